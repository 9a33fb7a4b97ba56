//! [`classify`]: facts first, then shapes, then the sum of weak signals. Owns how they are weighed against each other;
//! must not know single networks (the data does).

use super::decode::percent_decoded;
use super::signals::{Evidence, Signal, Verdict};
use super::view::UrlView;
use super::words::{Kind, THRESHOLD, creative_size_weight, lists};
use crate::data::{Facts, Family, HostFacts, Network, Role, path_match_end, value_matches};

/// What `url` is: an absolute or relative URL reference as it stands in Markdown or HTML, raw or decoded.
///
/// ```
/// use mdscrub::evidence::url::{Facts, Role, classify};
///
/// let facts = Facts::builtin();
/// let verdict = classify("https://goto.merchant.example/c/156932/564546/9358", &facts);
/// assert_eq!((verdict.role, verdict.network), (Role::Click, Some("Impact")));
/// // Nobody's network, told by its structure:
/// let verdict = classify("https://go.some-net.example/track?offer=2218&subid=side", &facts);
/// assert_eq!((verdict.role, verdict.network), (Role::Click, None));
/// assert_eq!(classify("https://forum.example.org/c/support/12/l/latest", &facts).role, Role::Ordinary);
/// ```
pub fn classify<'f>(url: &str, facts: &'f Facts) -> Verdict<'f> {
    let view = UrlView::parse(url);
    if view.scheme.eq_ignore_ascii_case("javascript") {
        return in_script(view.path, facts);
    }
    if view.host.is_empty() && !matches!(view.scheme, "" | "http" | "https") {
        return Verdict::ordinary();
    }
    if is_allowed(&view, facts) {
        let mut verdict = Verdict::ordinary();
        verdict.evidence.push(Signal::Allowed, 0);
        return verdict;
    }
    let host = facts.of_host(view.host);
    let verdict = known(&view, &host).unwrap_or_else(|| by_signals(&view, &host));
    if verdict.role == Role::Ordinary && has_resolved_script(view.path) {
        return Verdict { role: Role::Void, family: Family::Share, ..verdict };
    }
    verdict
}

/// Whether the user's configuration leaves it alone: its host, or an id in its path or parameters.
pub(super) fn is_allowed(view: &UrlView<'_>, facts: &Facts) -> bool {
    facts.allows_host(view.host) || facts.allowed_ids().iter().any(|id| holds_id(view, id))
}

fn holds_id(view: &UrlView<'_>, id: &str) -> bool {
    view.parameters().any(|p| p.value().eq_ignore_ascii_case(id))
        || view.path.split('/').any(|segment| percent_decoded(segment).eq_ignore_ascii_case(id))
}

/// `javascript:window.open(decodeURIComponent('https%3A%2F%2F…'))` leads somewhere, `javascript:void(0)` does not.
fn in_script<'f>(code: &str, facts: &'f Facts) -> Verdict<'f> {
    let decoded = percent_decoded(code);
    let url = decoded.find("http://").or_else(|| decoded.find("https://")).map(|at| &decoded[at..]);
    let Some(url) = url else {
        return Verdict { role: Role::Void, family: Family::Share, ..Verdict::ordinary() };
    };
    let end = url.find(['\'', '"', ')', ' ', '`']).unwrap_or(url.len());
    let mut verdict = classify(&url[..end], facts);
    if verdict.role == Role::Ordinary {
        verdict.role = Role::Void;
        verdict.family = Family::Share;
    }
    verdict.evidence.push(Signal::InScript, 2);
    verdict.score += 2;
    verdict
}

/// Whether a `javascript:` link was resolved against the page it stood on.
fn has_resolved_script(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|last| last.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:")))
}

/// What the facts say.
fn known<'f>(view: &UrlView<'_>, host: &HostFacts<'f>) -> Option<Verdict<'f>> {
    let path = percent_decoded(if view.path.is_empty() { "/" } else { view.path });
    let path = path.as_ref();
    let mut of_host = None;
    let mut of_path: Option<&Network> = None;
    for network in host.networks() {
        if network.path.is_empty() && network.query.is_empty() {
            of_host = of_host.or(Some(network));
        } else if matches(network, path, view)
            && of_path.is_none_or(|best| {
                network.path.len() + network.query.len() > best.path.len() + best.query.len()
            })
        {
            of_path = Some(network);
        }
    }
    if let Some(network) = of_path {
        return Some(verdict_of(network, network.role, Signal::KnownPath));
    }
    if of_host.is_none_or(|network| network.role != Role::Ordinary)
        // A path of nothing says less than a known host.
        && let Some(shape) = host.shapes(path).find(|shape| {
            (of_host.is_none() || shape.path.len() > 3) && matches(shape, path, view)
        })
    {
        return Some(verdict_of(of_host.unwrap_or(shape), shape.role, Signal::Shape));
    }
    if let Some(network) = of_host {
        let role = role_by_file(network.role, path, view);
        let mut verdict = verdict_of(network, role, Signal::KnownHost);
        if is_vendor_site(network.role, path, view) {
            verdict.role = Role::VendorSite;
            verdict.family = Family::None;
            verdict.evidence.push(Signal::VendorSite, -6);
            verdict.score -= 6;
        }
        return Some(verdict);
    }
    let wraps = host.own_unwraps().any(|rule| rule.neutral && path_match_end(rule.path, path).is_some());
    wraps.then(|| {
        let mut evidence = Evidence::default();
        evidence.push(Signal::KnownPath, 10);
        Verdict { role: Role::Redirector, family: Family::Tracking, network: None, evidence, score: 10 }
    })
}

fn verdict_of<'f>(network: &'f Network, role: Role, signal: Signal) -> Verdict<'f> {
    if role == Role::Ordinary {
        return Verdict { network: Some(&network.name), ..Verdict::ordinary() };
    }
    let mut evidence = Evidence::default();
    evidence.push(signal, 10);
    Verdict { role, family: network.family, network: Some(&network.name), evidence, score: 10 }
}

fn matches(network: &Network, path: &str, view: &UrlView<'_>) -> bool {
    path_match_end(&network.path, path).is_some()
        && network.query.split_ascii_whitespace().all(|wanted| {
            let (name, value) = wanted.split_once('=').unwrap_or((wanted, ""));
            view.parameters().any(|p| {
                p.name().eq_ignore_ascii_case(name) && value_matches(value, p.raw_value.unwrap_or_default())
            })
        })
}

/// What a URL of a network is by the kind of its file, where the facts name the host alone.
fn role_by_file(role: Role, path: &str, view: &UrlView<'_>) -> Role {
    if !matches!(role, Role::Display | Role::Click) {
        return role;
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is = |endings: &[&str]| endings.iter().any(|e| e.eq_ignore_ascii_case(ending));
    if is(&["js"]) {
        Role::Script
    } else if is(&["gif", "png", "jpg", "jpeg", "webp", "svg", "swf", "mp4", "webm"]) && view.query.is_none()
    {
        Role::Creative
    } else if role == Role::Display
        && path.split('/').any(|s| {
            lists().path.weight(stem(s)).is_some_and(|(kind, weight)| kind == Kind::Click && weight > 1)
        })
    {
        Role::Click
    } else {
        role
    }
}

/// A file name without its ending.
fn stem(segment: &str) -> &str {
    segment.split_once('.').map_or(segment, |(name, _)| name)
}

/// Whether it is the web site of the network: its front page, or a page under `www.`, `docs.`, `blog.` of a display or
/// statistics network that is no file of theirs.
fn is_vendor_site(role: Role, path: &str, view: &UrlView<'_>) -> bool {
    let label = view.host.strip_suffix(view.site()).unwrap_or_default().trim_end_matches('.');
    let own = [
        "",
        "www",
        "docs",
        "doc",
        "blog",
        "help",
        "support",
        "developer",
        "developers",
        "about",
        "info",
        "status",
    ]
    .iter()
    .any(|name| name.eq_ignore_ascii_case(label));
    match role {
        Role::Shortener | Role::Ordinary => false,
        _ if own && path == "/" && view.query.is_none() => true,
        Role::Display | Role::Analytics | Role::Widget | Role::Script => {
            own && view.query.is_none_or(|query| query.starts_with("utm_"))
                && path.split('/').all(is_word_of_a_page)
        }
        _ => false,
    }
}

/// Whether a segment of a path reads like words, and not like a server's task.
fn is_word_of_a_page(segment: &str) -> bool {
    let name = segment.strip_suffix(".html").unwrap_or(segment);
    name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'))
        && !["tag", "tags", "js", "delivery", "static", "collect"]
            .iter()
            .any(|task| task.eq_ignore_ascii_case(name))
        && lists().path.weight(name).is_none_or(|(kind, weight)| kind == Kind::Against || weight < 2)
}

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
        match kind {
            Kind::Click => self.click += weight,
            Kind::Creative => self.creative += weight,
            Kind::Pixel => self.pixel += weight,
            Kind::Any => self.any += weight,
            Kind::Against => self.against += weight,
        }
        let signal = if kind == Kind::Against { Signal::Documentation } else { signal };
        self.evidence.push(signal, weight);
    }
}

/// What the signals add up to where the facts are silent.
fn by_signals<'f>(view: &UrlView<'_>, host: &HostFacts<'f>) -> Verdict<'f> {
    let mut sums = Sums::default();
    host_signals(view, &mut sums);
    let click_on_host = sums.click;
    let file = path_signals(view.path, &mut sums);
    sums.click_in_path = sums.click - click_on_host;
    let words = sums.click + sums.any;
    if sums.numeric && words > 0 {
        sums.add(Signal::NumericPath, (Kind::Any, 2));
    }
    let ids = query_signals(view, host, &mut sums);
    let total = sums.click + sums.creative + sums.pixel + sums.any + sums.against;
    let role = if total < THRESHOLD {
        if ids.affiliate { Role::Retail } else { Role::Ordinary }
    } else if file == File::Script {
        Role::Script
    } else if file == File::Image {
        if sums.creative == 0 && sums.pixel > 0 { Role::Pixel } else { Role::Creative }
    } else if sums.pixel >= sums.creative && sums.pixel > sums.click_in_path {
        Role::Pixel
    } else if sums.creative > sums.click + 2 && ids.count == 0 {
        Role::Creative
    } else if words > 0 {
        Role::Click
    } else {
        // Ids alone, on a path of words: a merchant's page.
        Role::Retail
    };
    let family = match role {
        Role::Ordinary => Family::None,
        Role::Retail | Role::Click if ids.affiliate || sums.click >= sums.any => Family::Affiliate,
        Role::Pixel => Family::Tracking,
        _ => Family::Ad,
    };
    Verdict { role, family, network: None, evidence: sums.evidence, score: total }
}

fn host_signals(view: &UrlView<'_>, sums: &mut Sums) {
    let Some(subdomains) = view.host.strip_suffix(view.site()) else { return };
    let words = &lists().host;
    for label in subdomains.split('.').filter(|label| !label.is_empty()) {
        if let Some(weight) = words.weight(label) {
            sums.add(Signal::HostWord, weight);
            continue;
        }
        for part in label.split('-') {
            // `ad-server2`, `track3`: numbers tell servers apart.
            let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
            if let Some((kind, weight)) = words.weight(part) {
                sums.add(Signal::HostWord, (kind, weight));
            }
        }
        let starts = |start: &str| label.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
        if starts("go2") || starts("adserv") {
            sums.add(Signal::HostWord, (Kind::Click, 4));
        }
    }
    let name = view.site().split('.').next().unwrap_or_default();
    for part in name.split('-').filter(|part| part.len() < name.len()) {
        if let Some((kind, weight)) = words.weight(part)
            && weight > 2
        {
            sums.add(Signal::HostWord, (kind, 2));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Image,
    Script,
    Other,
}

fn path_signals(path: &str, sums: &mut Sums) -> File {
    let words = &lists().path;
    let mut numbers = 0;
    let mut segments = 0;
    let uploads = path.contains("/uploads/");
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        segments += 1;
        let name = stem(segment);
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) {
            numbers += 1;
        }
        if let Some(weight) = words.weight(name) {
            sums.add(Signal::PathWord, weight);
        }
    }
    // WordPress names every thumbnail by its size.
    if !uploads && let Some(weight) = creative_size(path) {
        sums.add(Signal::CreativeSize, (Kind::Creative, weight));
    }
    sums.numeric = numbers >= 2 && numbers + 2 >= segments;
    let file = path.rsplit('/').next().unwrap_or_default();
    let Some((name, ending)) = file.rsplit_once('.') else { return File::Other };
    let is = |endings: &[&str]| endings.iter().any(|e| e.eq_ignore_ascii_case(ending));
    if is(&["gif", "png", "jpg", "jpeg", "webp", "svg", "avif", "swf", "mp4"]) {
        let pixel = [
            "0", "1", "1x1", "pixel", "px", "pix", "p", "b", "g", "o", "e", "count", "track", "open", "imp",
            "hit",
        ];
        if is(&["gif", "png"]) && pixel.iter().any(|p| p.eq_ignore_ascii_case(name)) {
            sums.add(Signal::PixelFile, (Kind::Pixel, 4));
        }
        File::Image
    } else if is(&["js"]) {
        File::Script
    } else {
        File::Other
    }
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
    count: usize,
    /// A parameter names an affiliate, by the facts.
    affiliate: bool,
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
                ids.count += usize::from(weight > 0);
                ids.affiliate |= kind == Kind::Click && weight >= 4;
            }
        }
        if host
            .parameter(&name, parameter.raw_value.unwrap_or_default())
            .is_some_and(|fact| fact.strip && fact.family == Family::Affiliate)
        {
            ids.affiliate = true;
        }
        if let Some(value) = parameter.raw_value {
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
