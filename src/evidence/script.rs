//! What a script is for, by its source and by what it says. Owns the phrases; must not run anything.

use super::attributes::add_names;
use super::seed::Scales;
use super::signal::{Grounds, Signal};
use super::sites::is_host_of;
use super::url::{Role, UrlView};
use crate::document::NodeRef;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// What a script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// It loads or configures ads.
    Ads,
    /// It counts readers.
    Counts,
}

/// Phrases of scripts, what they are for and how much they say. Sources: the vendors' documented tags.
const PHRASES: &[(&str, Does, i16)] = &[
    ("adsbygoogle", Does::Ads, 8),
    ("googletag", Does::Ads, 8),
    ("google_ad_", Does::Ads, 8),
    ("_taboola", Does::Ads, 8),
    ("outbrain", Does::Ads, 8),
    ("_mNHandle", Does::Ads, 8),
    ("_mNDetails", Does::Ads, 8),
    ("atOptions", Does::Ads, 8),
    ("AdProvider", Does::Ads, 8),
    ("yaContextCb", Does::Ads, 8),
    ("Ya.Context", Does::Ads, 8),
    ("Ya.Direct", Does::Ads, 8),
    ("yandex_context", Does::Ads, 8),
    ("yandex_ad", Does::Ads, 8),
    ("MRGtag", Does::Ads, 8),
    ("imobile_", Does::Ads, 8),
    ("ezstandalone", Does::Ads, 8),
    ("apstag", Does::Ads, 8),
    ("pbjs", Does::Ads, 8),
    ("prebid", Does::Ads, 6),
    ("amzn_assoc", Does::Ads, 8),
    ("amazon-adsystem", Does::Ads, 8),
    ("criteo", Does::Ads, 6),
    ("revcontent", Does::Ads, 6),
    ("infolinks", Does::Ads, 6),
    ("adfox", Does::Ads, 6),
    ("AdButler", Does::Ads, 8),
    ("nitroAds", Does::Ads, 8),
    ("fusetag", Does::Ads, 8),
    // Playwire
    ("ramp.que", Does::Ads, 8),
    ("ramp.addTag", Does::Ads, 8),
    ("freestar", Does::Ads, 6),
    ("vglnk", Does::Ads, 8),
    ("skimlinks", Does::Ads, 8),
    ("viglink", Does::Ads, 8),
    ("MafRakuten", Does::Ads, 8),
    ("rakuten_", Does::Ads, 6),
    ("msmaflink", Does::Ads, 8),
    // queues of commands, as header bidding and vendors' tags have them: `X = window.X || {cmd: []}; X.cmd.push(`
    (".cmd.push(", Does::Ads, 5),
    ("passback", Does::Ads, 5),
    // HubSpot's calls to action; its forms may be the page's own
    ("hbspt.cta", Does::Ads, 8),
    // Cackle's comments and reviews
    ("cackle_widget", Does::Ads, 8),
    // Equativ (Smart AdServer), Sogou, Strossle, Adhese, CPMStar, AdPushup, Snigel, Hashtag Labs, AdStir, MicroAd
    ("sas.call(", Does::Ads, 8),
    ("sas.cmd", Does::Ads, 8),
    ("sas.render(", Does::Ads, 8),
    ("sogou_ad_", Does::Ads, 8),
    ("strossle", Does::Ads, 8),
    ("adhese", Does::Ads, 8),
    ("cpmstar", Does::Ads, 8),
    // Baidu's union
    ("slotbydup", Does::Ads, 8),
    ("BAIDU_CLB", Does::Ads, 8),
    ("adpushup", Does::Ads, 8),
    ("snigelPubConf", Does::Ads, 8),
    ("htlbid", Does::Ads, 8),
    ("adstir_vars", Does::Ads, 8),
    ("microadCompass", Does::Ads, 8),
    ("ado.slave(", Does::Ads, 8),
    ("ado.placement(", Does::Ads, 8),
    ("ado.master(", Does::Ads, 8),
    ("bw_ad_id", Does::Ads, 8),
    ("ados_", Does::Ads, 6),
    ("add_placement", Does::Ads, 5),
    ("addPlacement", Does::Ads, 5),
    ("setZone(", Does::Ads, 4),
    ("__lxGc__", Does::Ads, 8),
    ("window.relap", Does::Ads, 8),
    ("admicroAD", Does::Ads, 8),
    ("admixer", Does::Ads, 8),
    (".defineSlot(", Does::Ads, 5),
    ("admzone", Does::Ads, 6),
    // the loaders of push and pop-under networks
    ("(document.body||document.documentElement).appendChild(", Does::Ads, 5),
    ("popunder", Does::Ads, 6),
    ("clickunder", Does::Ads, 6),
    ("adsense", Does::Ads, 6),
    ("adserver", Does::Ads, 6),
    ("adunit", Does::Ads, 5),
    ("ad_unit", Does::Ads, 5),
    ("adslot", Does::Ads, 5),
    ("ad_slot", Does::Ads, 5),
    ("ad-slot", Does::Ads, 5),
    ("ad_client", Does::Ads, 5),
    ("zoneid", Does::Ads, 5),
    ("zone_id", Does::Ads, 5),
    ("data-zone", Does::Ads, 5),
    ("affiliate", Does::Ads, 4),
    ("aff_id", Does::Ads, 4),
    ("banner", Does::Ads, 3),
    ("showAd", Does::Ads, 5),
    ("loadAd", Does::Ads, 5),
    ("displayAd", Does::Ads, 5),
    ("adsQueue", Does::Ads, 5),
    ("advert", Does::Ads, 4),
    ("interstitial", Does::Ads, 4),
    ("subid", Does::Ads, 3),
    ("GoogleAnalyticsObject", Does::Counts, 8),
    ("googletagmanager", Does::Counts, 8),
    ("google-analytics", Does::Counts, 8),
    ("gtag(", Does::Counts, 8),
    ("gtm.start", Does::Counts, 8),
    ("dataLayer", Does::Counts, 6),
    ("_gaq", Does::Counts, 8),
    ("ga('create'", Does::Counts, 8),
    ("fbq(", Does::Counts, 8),
    ("_paq", Does::Counts, 8),
    ("matomo", Does::Counts, 6),
    ("piwik", Does::Counts, 6),
    ("_hjSettings", Does::Counts, 8),
    ("clarity.ms", Does::Counts, 8),
    ("metrika", Does::Counts, 8),
    ("mixpanel", Does::Counts, 6),
    ("_hmt", Does::Counts, 8),
    ("hm.baidu", Does::Counts, 8),
    ("cnzz", Does::Counts, 8),
    ("histats", Does::Counts, 8),
    ("sc_project", Does::Counts, 8),
    ("statcounter", Does::Counts, 8),
    ("_qevents", Does::Counts, 8),
    ("quantserve", Does::Counts, 8),
    ("comscore", Does::Counts, 8),
    ("_linkedin_partner", Does::Counts, 8),
    ("twq(", Does::Counts, 8),
    ("pintrk", Does::Counts, 8),
    ("snaptr", Does::Counts, 6),
    ("ttq.", Does::Counts, 6),
    ("uetq", Does::Counts, 8),
    ("_tmr", Does::Counts, 8),
    ("liveinternet", Does::Counts, 8),
    ("yadro.ru", Does::Counts, 8),
    ("plausible", Does::Counts, 6),
    ("umami", Does::Counts, 6),
    ("amplitude", Does::Counts, 6),
    ("_hsq", Does::Counts, 8),
    ("heap.load", Does::Counts, 8),
    ("analytics", Does::Counts, 6),
    ("trackPageview", Does::Counts, 8),
    ("trackEvent", Does::Counts, 5),
    ("pageview", Does::Counts, 5),
    ("tracker", Does::Counts, 4),
    ("counter", Does::Counts, 4),
    ("sendBeacon", Does::Counts, 7),
    ("new Image", Does::Counts, 3),
    ("document.referrer", Does::Counts, 5),
    ("eval(atob", Does::Ads, 7),
    ("eval(unescape", Does::Ads, 7),
    ("eval(function(p,a,c,k", Does::Ads, 7),
    ("Function(atob", Does::Ads, 7),
    ("atob(", Does::Ads, 2),
    // an address that no cache may answer
    ("=\"+Math.random(", Does::Ads, 2),
    ("='+Math.random(", Does::Ads, 2),
    ("=\"+Date.now(", Does::Ads, 2),
    ("='+Date.now(", Does::Ads, 2),
    ("document.write(unescape", Does::Ads, 7),
    ("document.write", Does::Ads, 3),
    ("fromCharCode", Does::Ads, 3),
    ("createElement", Does::Ads, 2),
    ("insertBefore", Does::Ads, 2),
    ("appendChild", Does::Ads, 1),
    ("setAttribute('data-", Does::Ads, 2),
    (".async", Does::Ads, 1),
    (".push(", Does::Ads, 1),
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        // the fastest machine takes longest to make, and scripts are short
        .kind(Some(aho_corasick::AhoCorasickKind::ContiguousNFA))
        .build(PHRASES.iter().map(|(p, _, _)| p))
        .ok()
});

/// Compiles the phrases, so that the first script does not wait for them.
pub(crate) fn prepare() {
    LazyLock::force(&FINDER);
}

/// Hosts whose scripts show something that articles embed. Their scripts are no ads, whatever they do.
const EMBEDS: &[&str] = &[
    "gist.github.com",
    "codepen.io",
    "jsfiddle.net",
    "asciinema.org",
    "twitter.com",
    "x.com",
    "instagram.com",
    "tiktok.com",
    "facebook.net",
    "speakerdeck.com",
    "embedly.com",
    "imgur.com",
    "redditmedia.com",
    "reddit.com",
    "mathjax.org",
    "jsdelivr.net",
    "unpkg.com",
    "cloudflare.com",
    "datawrapper.de",
    "flourish.studio",
    "observablehq.com",
    "plot.ly",
    "typeform.com",
    "soundcloud.com",
    "spotify.com",
    "hatena.ne.jp",
    "disqus.com",
    "repl.it",
    "glitch.me",
    "stackblitz.com",
    "telegram.org",
    "playground.com",
    "jquery.com",
    "googleapis.com",
    "gstatic.com",
];

/// Whether `host` is one that articles embed things from.
fn is_embed_host(host: &str) -> bool {
    is_host_of(host, EMBEDS)
}

/// What a `<script>` is for. No grounds at all: it is something else's (an embed, data, mathematics).
pub(crate) fn script_grounds(node: NodeRef<'_>, scales: &Scales<'_>) -> Option<(Grounds, Does)> {
    let mut grounds = Grounds::default();
    let kind = node.attribute("type").map(|a| a.value).unwrap_or_default();
    if !kind.is_empty()
        && !kind.eq_ignore_ascii_case("module")
        && !kind.to_ascii_lowercase().contains("javascript")
        && !kind.eq_ignore_ascii_case("text/partytown")
        && !kind.eq_ignore_ascii_case("text/plain")
    {
        return None;
    }
    let mut does = (0, 0);
    if let Some(src) = node.attribute_value("src") {
        let view = UrlView::parse(&src);
        if view.scheme.eq_ignore_ascii_case("data") {
            grounds.add(Signal::Script, 7);
        } else {
            let known = scales.memo.of(&src, scales.facts);
            let verdict = known.verdict();
            if verdict.is_commercial() {
                grounds.add_url(Signal::Url, &known, 10);
                match verdict.role {
                    Role::Analytics | Role::Pixel => does.1 += 10,
                    _ => does.0 += 10,
                }
            } else if matches!(verdict.role, Role::Widget | Role::Share)
                || is_embed_host(view.host)
                || view.host.is_empty()
            {
                return None;
            } else {
                grounds.add_url(Signal::Url, &known, verdict.score.clamp(0, 5));
                let file = view.path.rsplit('/').next().unwrap_or_default();
                if view.path.split('/').any(|s| s.len() >= 24 && s.bytes().all(|b| b.is_ascii_hexdigit())) {
                    grounds.add(Signal::Ids, 4);
                }
                if view.query.is_some_and(|q| q.bytes().any(|b| b.is_ascii_digit()))
                    || file.bytes().filter(u8::is_ascii_digit).count() >= 5
                {
                    grounds.add(Signal::Ids, 2);
                }
                grounds.add(Signal::Script, file_weight(file));
                if counts_by_attribute(node, file) {
                    grounds.add(Signal::Attribute, 6);
                    does.1 += 6;
                }
                // what vendors of ads tell their publishers to write, so that a cache leaves the loader alone
                if grounds.has(Signal::Ids)
                    && node.attribute("data-cfasync").is_some_and(|a| a.value.eq_ignore_ascii_case("false"))
                {
                    grounds.add(Signal::Attribute, 3);
                }
            }
        }
    }
    add_names(node, &mut grounds);
    for child in node.children() {
        add_phrases(child.source(), scales, &mut grounds, &mut does);
    }
    grounds.add(Signal::Script, 1);
    Some((grounds, if does.1 > does.0 { Does::Counts } else { Does::Ads }))
}

/// Whether an attribute tells a counter that sites host themselves: Umami, GoatCounter, Cloudflare's, Plausible. Source: their documented tags.
fn counts_by_attribute(script: NodeRef<'_>, file: &str) -> bool {
    let value = |name: &str| script.attribute(name).map(|a| a.value);
    ["data-website-id", "data-goatcounter", "data-cf-beacon"].iter().any(|name| value(name).is_some())
        || file.starts_with("script.") && value("data-domain").is_some_and(|domain| domain.contains('.'))
}

/// What the name of a script's file says: `ads.js`, `invoke.js`, `tag.min.js`.
fn file_weight(file: &str) -> i16 {
    let name = file.split('.').next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "ads" | "ad" | "adv" | "show_ads" | "showads" | "adsbygoogle" | "advert" | "banner" | "banners"
        | "prebid" | "gpt" | "invoke" | "ad-provider" | "rotation" | "rotator" => 4,
        "analytics" | "stats" | "counter" | "track" | "tracker" | "tracking" | "pixel" | "beacon"
        | "collect" | "hit" | "count" => 4,
        "tag" | "tags" | "loader" | "t" | "p" | "a" | "s" | "w" | "async" | "delivery" | "show"
        | "display" | "serve" | "code" | "pub" | "partner" => 2,
        _ => 0,
    }
}

/// How much phrases of ad code and of counters are in a text that may be a script's.
pub(crate) fn phrases_weight(text: &str) -> i16 {
    let Some(finder) = FINDER.as_ref() else { return 0 };
    let mut seen: Vec<usize> = finder.find_iter(text).map(|found| found.pattern().as_usize()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.iter().filter_map(|index| PHRASES.get(*index)).map(|phrase| phrase.2).sum()
}

fn add_phrases(text: &str, scales: &Scales<'_>, grounds: &mut Grounds, does: &mut (i16, i16)) {
    let Some(finder) = FINDER.as_ref() else { return };
    // A program that is long is an application of the article, not a tag: its words count less.
    let text = if text.len() > 8192 { text.get(..8192).unwrap_or("") } else { text };
    let mut seen: Vec<usize> = Vec::new();
    for found in finder.find_iter(text) {
        let index = found.pattern().as_usize();
        if seen.contains(&index) {
            continue;
        }
        seen.push(index);
        if let Some(&(_, purpose, weight)) = PHRASES.get(index) {
            grounds.add(Signal::Script, weight);
            match purpose {
                Does::Ads => does.0 += weight,
                Does::Counts => does.1 += weight,
            }
        }
    }
    for url in urls_in(text).take(4) {
        let known = scales.memo.of(url, scales.facts);
        let verdict = known.verdict();
        if verdict.is_commercial() {
            grounds.add_url(Signal::Url, &known, 8);
            match verdict.role {
                Role::Analytics | Role::Pixel => does.1 += 8,
                _ => does.0 += 8,
            }
        } else if matches!(verdict.role, Role::Widget | Role::Share) || is_embed_host(known.view().host) {
            grounds.add(Signal::Embed, -12);
        }
    }
}

/// The addresses in a program's text.
fn urls_in(text: &str) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(text.as_bytes(), "//").filter_map(move |at| {
        let rest = text.get(at..)?;
        let end =
            rest.find(['"', '\'', ' ', '\n', '\r', ')', '<', '>', '\\', '`', ';']).unwrap_or(rest.len());
        let url = rest.get(..end)?;
        (url.len() > 6 && url.contains('.')).then_some(url)
    })
}
