//! What the words and shapes of a URL add up to where the facts are silent. Owns the sum and the role it gives;
//! must not know hosts of networks.

use super::classify::CERTAIN;
use super::signals::{Evidence, Signal, Verdict};
use super::view::{UrlView, is_year};
use super::words::{Kind, THRESHOLD, creative_size_weight, lists};
use crate::data::{Family, FileKind, HostFacts, Role, site_start};

/// A file name without its ending.
pub(super) fn stem(segment: &str) -> &str {
    segment.split_once('.').map_or(segment, |(name, _)| name)
}

/// What no sum goes beyond: all of them together are a number still.
const MOST: i16 = 1000;

/// What words must weigh, so that the numbers beside them count: `/go/`, `/c/` and `ref.` are others' too.
const LEAST_WORDS: i16 = 4;

/// Weak signals, added up.
#[derive(Default)]
struct Sums {
    evidence: Evidence,
    click: i16,
    creative: i16,
    pixel: i16,
    any: i16,
    against: i16,
    /// Whether the path is made of ids: it counts beside words only.
    numeric: bool,
    click_in_path: i16,
}

impl Sums {
    fn add(&mut self, signal: Signal, (kind, weight): (Kind, i16)) {
        let sum = match kind {
            Kind::Click => &mut self.click,
            Kind::Creative => &mut self.creative,
            Kind::Pixel => &mut self.pixel,
            Kind::Any => &mut self.any,
            Kind::Against => &mut self.against,
        };
        // an address may be as long as the text
        *sum = sum.saturating_add(weight).clamp(-MOST, MOST);
        let signal = if kind == Kind::Against { Signal::Documentation } else { signal };
        self.evidence.push(signal, weight);
    }
}

/// What the signals add up to where the facts are silent.
pub(super) fn by_signals<'f>(view: &UrlView<'_>, host: &HostFacts<'f>) -> Verdict<'f> {
    let mut sums = Sums::default();
    host_signals(view, host.suffix_start, &mut sums);
    let click_on_host = sums.click;
    let shown_by_host = sums.creative + sums.any;
    let file = path_signals(view, &mut sums);
    sums.click_in_path = sums.click - click_on_host;
    let code = invitation(view);
    if code == Invitation::ToAccount {
        sums.add(Signal::Invitation, (Kind::Click, 5));
    }
    if has_macro(view) {
        sums.add(Signal::Macro, (Kind::Any, 5));
    }
    let words = sums.click + sums.any;
    if sums.numeric && words >= LEAST_WORDS {
        sums.add(Signal::NumericPath, (Kind::Any, 2));
    }
    let creative_in_path = sums.creative;
    let ids = query_signals(view, host, &mut sums);
    if code == Invitation::Anywhere {
        sums.add(Signal::Invitation, (Kind::Click, 1));
    }
    let total = sums.click + sums.creative + sums.pixel + sums.any + sums.against;
    // A script is no part of an article's text, an image on a host for banners none of its figures: less is enough.
    let less = file == File::Script || file == File::Image && shown_by_host >= 4;
    let threshold = if less { THRESHOLD - 1 } else { THRESHOLD };
    let silent = total < threshold || words + sums.creative + sums.pixel == 0;
    let role = if silent {
        match file {
            _ if !ids.affiliate => Role::Ordinary,
            File::Script => Role::Script,
            File::Image => Role::Creative,
            File::Other => Role::Retail,
        }
    } else if file == File::Script {
        Role::Script
    } else if file == File::Image {
        if sums.creative == 0 && sums.pixel > 0 { Role::Pixel } else { Role::Creative }
    } else if sums.pixel >= sums.creative && sums.pixel > sums.click_in_path {
        Role::Pixel
    } else if creative_in_path > sums.click_in_path {
        Role::Creative
    } else {
        Role::Click
    };
    let family = match role {
        Role::Ordinary => Family::None,
        Role::Retail | Role::Click if ids.affiliate || sums.click >= sums.any => Family::Affiliate,
        Role::Pixel => Family::Tracking,
        _ => Family::Ad,
    };
    let mut score = total;
    if silent && ids.affiliate && score < CERTAIN {
        sums.evidence.push(Signal::IdParameter, CERTAIN - score);
        score = CERTAIN;
    }
    Verdict { role, family, network: None, evidence: sums.evidence, score }
}

fn host_signals(view: &UrlView<'_>, suffix_start: usize, sums: &mut Sums) {
    let words = &lists().host;
    let site = site_start(view.host, suffix_start);
    for label in view.host[..site].split('.').filter(|label| !matches!(*label, "" | "www" | "cdn" | "images"))
    {
        if let Some(weight) = words.weight(label) {
            sums.add(Signal::HostWord, weight);
            continue;
        }
        let bytes = label.as_bytes();
        let is_parted = memchr::memchr(b'-', bytes).is_some();
        if is_parted && !is_initialism(label) || bytes.last().is_some_and(u8::is_ascii_digit) {
            for part in label.split('-') {
                // `ad-server2`, `track3`: numbers tell servers apart.
                let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
                if let Some(weight) = words.weight(part) {
                    sums.add(Signal::HostWord, weight);
                }
            }
        }
        let starts = |start: &[u8]| bytes.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
        if starts(b"go2") || starts(b"affiliat") {
            sums.add(Signal::HostWord, (Kind::Click, 4));
        } else if starts(b"adserv") || starts(b"banner") {
            sums.add(Signal::HostWord, (Kind::Any, 4));
        }
    }
    let name = &view.host[site..suffix_start.saturating_sub(1).max(site)];
    if memchr::memchr(b'-', name.as_bytes()).is_some() && !is_initialism(name) {
        for part in name.split('-') {
            if let Some((kind, weight)) = words.weight(part)
                && weight > 2
            {
                sums.add(Signal::HostWord, (kind, 2));
            }
        }
    }
}

/// Whether a name ends with a letter of its own: `adv-r` and `ads-b` are names of other things, no words of the trade.
fn is_initialism(name: &str) -> bool {
    matches!(name.as_bytes(), [.., b'-', last] if last.is_ascii_alphabetic())
}

/// The weight of a segment of two words (`promocode-click`), a little less than that of its word. Longer ones are titles.
fn of_two_parts(name: &str) -> Option<(Kind, i16)> {
    let mut cuts = memchr::memchr2_iter(b'-', b'_', name.as_bytes());
    let cut = cuts.next()?;
    if cuts.next().is_some() {
        return None;
    }
    let (first, second) = (name.get(..cut)?, name.get(cut + 1..)?);
    let words = &lists().path;
    let weighs = |&(kind, weight): &(Kind, i16)| kind != Kind::Against && weight > 2;
    let (kind, weight) =
        words.weight(second).filter(weighs).or_else(|| words.weight(first).filter(weighs))?;
    Some((kind, weight - 1))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Image,
    Script,
    Other,
}

fn path_signals(view: &UrlView<'_>, sums: &mut Sums) -> File {
    let path = view.path;
    let words = &lists().path;
    let mut numbers = 0;
    let mut segments = 0;
    let mut after_click = false;
    let mut uploads = false;
    let mut carries = false;
    let is_script = path.ends_with(".js");
    let mut file = "";
    let mut said = [""; 4];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        file = segment;
        uploads |= segment == "uploads";
        carries |= segment.len() > 4 && segment.as_bytes()[..4].eq_ignore_ascii_case(b"http")
            || segment.starts_with("aHR0c");
        // what the carried address is made of says nothing of the one that carries it
        segments += usize::from(!carries);
        let name = stem(segment);
        if !name.is_empty() && !is_year(name) && name.bytes().all(|b| b.is_ascii_digit()) {
            numbers += usize::from(!carries);
            if after_click && name.len() >= 3 {
                sums.add(Signal::NumericPath, (Kind::Any, 2));
            }
        } else if after_click && is_hexadecimal_id(name) {
            sums.add(Signal::NumericPath, (Kind::Any, 3));
        }
        after_click = false;
        let Some((kind, weight)) = words.weight(name).or_else(|| of_two_parts(name)) else { continue };
        after_click = kind == Kind::Click && weight > 1;
        // a word that is said again says no more: `/go/go/…/go/ast/` is a language's
        if said.contains(&name) {
            continue;
        }
        if let Some(place) = said.iter_mut().find(|place| place.is_empty()) {
            *place = name;
        }
        // `/tag/` is a topic of pages, and the loader of scripts.
        if !(is_script && kind == Kind::Against) {
            sums.add(Signal::PathWord, (kind, weight));
        }
    }
    // WordPress names every thumbnail by its size, and few have that of a banner alone
    if let Some(weight) = creative_size(path).filter(|&weight| !uploads || weight >= 4) {
        sums.add(Signal::CreativeSize, (Kind::Creative, if uploads { weight / 2 } else { weight }));
    }
    if carries && super::destination::carried_in_path(view).is_some() {
        sums.add(Signal::CarriesUrl, (Kind::Click, 2));
    }
    sums.numeric = numbers >= 2 && numbers + 2 >= segments;
    let Some((name, ending)) = file.rsplit_once('.').filter(|_| !path.ends_with('/')) else {
        return File::Other;
    };
    let Some(kind) = FileKind::of_ending(ending.as_bytes()) else { return File::Other };
    let is_one_of = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    match kind {
        FileKind::Picture | FileKind::Drawing | FileKind::Flash | FileKind::Film => {
            let pixel = [
                "0", "1", "1x1", "pixel", "px", "pix", "p", "b", "g", "o", "e", "count", "track", "open",
                "imp", "hit",
            ];
            let has_small = ["gif", "png"].iter().any(|small| small.eq_ignore_ascii_case(ending));
            if has_small && is_one_of(&pixel) {
                sums.add(Signal::PixelFile, (Kind::Pixel, 4));
            } else if view.query.is_some()
                && ending.eq_ignore_ascii_case("gif")
                && is_one_of(&["i", "t", "v"])
            {
                // a letter that figures have as well: only where something is told to it
                sums.add(Signal::PixelFile, (Kind::Pixel, 4));
            }
            File::Image
        }
        FileKind::Document | FileKind::Manual | FileKind::Code | FileKind::Data | FileKind::Archive => {
            // A document, a program, an archive: nobody counts clicks under such a name.
            sums.add(Signal::Documentation, (Kind::Against, -5));
            File::Other
        }
        FileKind::Script => File::Script,
        FileKind::Program | FileKind::Perl => {
            // `count.asp?id=12`: a program that counts, and answers with a picture
            if is_one_of(&["count", "counter", "hit", "hits", "pixel", "imp"]) {
                sums.add(Signal::PixelFile, (Kind::Pixel, 3));
            }
            File::Other
        }
        FileKind::Page | FileKind::Style | FileKind::Sound => File::Other,
    }
}

/// Whether a segment is the id of a database: `5f3ab19c8b30a8e1428b4567`.
fn is_hexadecimal_id(name: &str) -> bool {
    name.len() >= 16
        && name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        && name.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// What a code of who invites stands beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Invitation {
    /// There is none.
    None,
    /// A path where accounts are opened: `/register?ref=35771299`.
    ToAccount,
    /// Any path; the parameter's name says what it is: `/?refcode=77ac12`.
    Anywhere,
}

fn invitation(view: &UrlView<'_>) -> Invitation {
    if view.query.is_none() {
        return Invitation::None;
    }
    let is_code = |value: &str| {
        let letters = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_!.".contains(&b));
        value.len() >= 4 && letters && value.bytes().any(|b| b.is_ascii_digit())
    };
    let mut codes = view.parameters().filter(|p| p.raw_value.is_some_and(is_code));
    match codes.find_map(|p| lists().invitations.weight(&p.name())) {
        None => Invitation::None,
        Some(_) if view.path.split('/').any(|s| lists().accounts.weight(stem(s)).is_some()) => {
            Invitation::ToAccount
        }
        Some((_, weight)) if weight >= 4 => Invitation::Anywhere,
        Some(_) => Invitation::None,
    }
}

/// Whether the query has a macro of an ad server that was never filled in: `%%CACHEBUSTER%%`, `[timestamp]`, `${CLICK_URL}`.
fn has_macro(view: &UrlView<'_>) -> bool {
    let Some(query) = view.query else { return false };
    let named = |open: &str, close: &str| {
        let name = query.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        name.map_or("", |(name, _)| name)
    };
    let is_googles = || {
        let name = named("=%%", "%%");
        name.len() >= 4 && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    };
    let is_macro = |name: &str| lists().macros.weight(name).is_some();
    memchr::memchr3(b'%', b'[', b'$', query.as_bytes()).is_some()
        && (is_googles() || is_macro(named("=[", "]")) || is_macro(named("=${", "}")))
}

/// The weight of the largest ad size that `text` names: `300x250`, `728_90`, `160X600`.
fn creative_size(text: &str) -> Option<i16> {
    let bytes = text.as_bytes();
    let mut best = 0;
    for at in memchr::memchr3_iter(b'x', b'_', b'X', bytes).chain(memchr::memchr_iter(b'*', bytes)) {
        let before = bytes[..at].iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
        let after = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if !(2..=4).contains(&before) || !(2..=4).contains(&after) {
            continue;
        }
        let number = |range: &[u8]| range.iter().fold(0_u32, |n, b| n * 10 + u32::from(b - b'0'));
        let weight =
            creative_size_weight(number(&bytes[at - before..at]), number(&bytes[at + 1..at + 1 + after]));
        best = best.max(weight);
    }
    (best > 0).then_some(best)
}

#[derive(Default)]
struct Ids {
    /// Parameters of one letter, or `id`, with a number.
    short: usize,
    /// A parameter names an affiliate, by the facts.
    affiliate: bool,
}

/// `c=22`, `id=443`, `b_id=x1y2`: too common to say much.
fn is_short_id(name: &str, value: &str) -> bool {
    let ends_in_id = name.as_bytes().last_chunk::<2>().is_some_and(|end| end.eq_ignore_ascii_case(b"id"));
    let short = name.len() == 1 || name.len() < 8 && ends_in_id;
    short && value.bytes().any(|b| b.is_ascii_digit())
}

fn query_signals(view: &UrlView<'_>, host: &HostFacts<'_>, sums: &mut Sums) -> Ids {
    let mut ids = Ids::default();
    if view.query.is_none() {
        return ids;
    }
    for parameter in view.parameters() {
        let name = parameter.name();
        if let Some((kind, weight)) = lists().query.weight(&name) {
            let empty = parameter.raw_value.is_none_or(str::is_empty);
            if kind == Kind::Against || !empty {
                sums.add(Signal::IdParameter, (kind, weight));
                ids.affiliate |= kind == Kind::Click && weight >= 4;
            }
        } else if ids.short < 2 && is_short_id(&name, parameter.raw_value.unwrap_or_default()) {
            sums.add(Signal::IdParameter, (Kind::Any, 1));
            ids.short += 1;
        }
        if host
            .parameter(&name, parameter.raw_value.unwrap_or_default())
            .is_some_and(|fact| fact.strip && fact.family == Family::Affiliate)
        {
            ids.affiliate = true;
        }
        if super::destination::looks_like_url(parameter.raw_name, view) {
            sums.add(Signal::CarriesUrl, (Kind::Click, 2));
        } else if let Some(value) = parameter.raw_value {
            if value.len() > 4 && super::destination::looks_like_url(value, view) {
                sums.add(Signal::CarriesUrl, (Kind::Click, 2));
            } else if value.len() < 10
                && let Some(weight) = creative_size(value)
            {
                sums.add(Signal::CreativeSize, (Kind::Creative, weight));
            }
        }
    }
    ids
}
