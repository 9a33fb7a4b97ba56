//! Sites that articles show pictures, films and programs from: badges, players, maps. Owns their names.

use super::url::UrlView;
use crate::data::WordTable;
use std::sync::LazyLock;

const BADGES: &[&str] = &[
    "shields.io",
    "badge.fury.io",
    "travis-ci.org",
    "travis-ci.com",
    "codecov.io",
    "coveralls.io",
    "badgen.net",
    "circleci.com",
    "appveyor.com",
];

const FILMS: &[&str] = &[
    "youtube.com",
    "youtu.be",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "bilibili.com",
    "nicovideo.jp",
    "twitch.tv",
    "ted.com",
    "soundcloud.com",
    "spotify.com",
    "codepen.io",
    "jsfiddle.net",
    "codesandbox.io",
    "stackblitz.com",
    "google.com",
    "openstreetmap.org",
    "slideshare.net",
    "speakerdeck.com",
    "wistia.net",
    "wistia.com",
    "vk.com",
    "rutube.ru",
    "ytimg.com",
    "archive.org",
    "github.com",
    "instagram.com",
    "facebook.com",
    "twitter.com",
    "tiktok.com",
    "streamable.com",
    "loom.com",
    "figma.com",
    "observablehq.com",
    "datawrapper.de",
    "asciinema.org",
    "youku.com",
    "qq.com",
    "naver.com",
    "kakao.com",
    "glitch.com",
    "replit.com",
    "desmos.com",
    "geogebra.org",
    "sketchfab.com",
    "mixcloud.com",
    "bandcamp.com",
];

static OF_BADGES: LazyLock<WordTable> = LazyLock::new(|| table(BADGES));
static OF_FILMS: LazyLock<WordTable> = LazyLock::new(|| table(FILMS));

/// Reads the names, so that the first text does not wait for them.
pub(super) fn prepare() {
    LazyLock::force(&OF_BADGES);
    LazyLock::force(&OF_FILMS);
}

/// A badge of a build, a version, a licence, a store.
pub(super) fn is_badge(view: &UrlView<'_>) -> bool {
    is_of(view.host, &OF_BADGES) || is_badge_file(view.path.as_bytes())
}

/// Whether a segment of a path begins with `badge`, has `-badge-` in it, or is a picture whose name ends so.
fn is_badge_file(path: &[u8]) -> bool {
    memchr::memchr2_iter(b'b', b'B', path).any(|at| {
        let (before, word) = path.split_at(at);
        let Some(behind) = without_start(word, b"badge") else { return false };
        let is_picture = || {
            let rest = without_start(behind, b".svg").or_else(|| without_start(behind, b".png"));
            rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'/')))
        };
        match before.last() {
            None | Some(b'/') => true,
            Some(b'-') if behind.first() == Some(&b'-') => true,
            _ => is_picture(),
        }
    })
}

/// What follows behind `start`, given in lower case.
fn without_start<'b>(bytes: &'b [u8], start: &[u8]) -> Option<&'b [u8]> {
    let (head, rest) = bytes.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// A site that films, music, maps, programs are embedded from.
pub(super) fn is_film_site(host: &str) -> bool {
    const ADS: &[&str] = &["ads", "ad", "adservice", "pagead", "siape", "tpc"];
    is_of(host, &OF_FILMS) && !host.split('.').any(|l| ADS.iter().any(|a| l.eq_ignore_ascii_case(a)))
}

fn table(sites: &[&'static str]) -> WordTable {
    let mut table = WordTable::default();
    for site in sites {
        table.number(*site);
    }
    table
}

/// Whether `host` is one of `sites` or a subdomain of one.
fn is_of(host: &str, sites: &WordTable) -> bool {
    let bytes = host.as_bytes();
    let begins = |at: usize| at == 0 || bytes.get(at - 1) == Some(&b'.');
    // the last label is no site
    let Some(last) = memchr::memrchr(b'.', bytes) else { return false };
    (0..last)
        .rev()
        .filter(|&at| begins(at))
        .any(|at| host.get(at..).is_some_and(|end| sites.get(end).is_some()))
}

/// Whether `host` is one of a few `sites` or a subdomain of one.
pub(super) fn is_host_of(host: &str, sites: &[&str]) -> bool {
    let bytes = host.as_bytes();
    sites.iter().any(|s| {
        bytes.len().checked_sub(s.len()).is_some_and(|at| {
            bytes.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(s.as_bytes()))
                && (at == 0 || bytes.get(at - 1) == Some(&b'.'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_hold_for_their_subdomains() {
        for host in ["www.youtube.com", "YouTube.com", "badge.fury.io", "x.y.vk.com"] {
            let url = format!("https://{host}/a");
            assert!(is_film_site(host) || is_badge(&UrlView::parse(&url)), "{host}");
        }
        for host in ["myyoutube.com", "com", "", "youtube.com.example.org", "pagead.google.com"] {
            assert!(!is_film_site(host), "{host}");
        }
        for path in ["/Badges/a.svg", "/a-Badge-b/c", "/my_badge.png", "/x/badger.gif", "badge"] {
            assert!(is_badge_file(path.as_bytes()), "{path}");
        }
        for path in ["/abadger.svg", "/a-badge.gif", "/b/b/bad", "/my_badge.png.html", ""] {
            assert!(!is_badge_file(path.as_bytes()), "{path}");
        }
    }
}
