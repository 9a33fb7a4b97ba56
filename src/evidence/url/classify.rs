//! [`classify`]: facts first, then shapes, then the sum of weak signals. Owns their order; must not know single networks
//! (the data does).

use super::decode::percent_decoded;
use super::signals::{Evidence, Signal, Verdict};
use super::view::UrlView;
use super::weak_signals::{by_signals, stem};
use super::words::{Kind, lists};
use crate::data::{Facts, Family, FileKind, HostFacts, Network, Role, path_match_end, value_matches};

/// The weight of a fact.
pub(super) const CERTAIN: i16 = 10;

/// The weight of a shape that others have too.
pub(crate) const UNSURE: i16 = 6;

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
    classify_view(&UrlView::parse(url), facts, |host| facts.of_host(host))
}

/// What a URL is that is cut up already; `of_host` tells what is known about its host.
pub(crate) fn classify_view<'f>(
    view: &UrlView<'_>,
    facts: &'f Facts,
    of_host: impl FnOnce(&str) -> HostFacts<'f>,
) -> Verdict<'f> {
    if view.scheme.eq_ignore_ascii_case("javascript") {
        return in_script(view.path, facts);
    }
    if view.host.is_empty() && !matches!(view.scheme, "" | "http" | "https") {
        return Verdict::ordinary();
    }
    if is_allowed(view, facts) {
        let mut verdict = Verdict::ordinary();
        verdict.evidence.push(Signal::Allowed, 0);
        return verdict;
    }
    let host = of_host(view.host);
    let verdict = known(view, &host).unwrap_or_else(|| by_signals(view, &host));
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
    memchr::memchr(b':', path.as_bytes()).is_some()
        && path.rsplit('/').next().is_some_and(|last| {
            last.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
                && last.get(11..).is_some_and(is_code)
        })
}

/// Whether what stands behind `javascript:` at the end of a page's address is code: nothing to do, or a call. An article of that name is
/// none (`/wiki/Javascript:x`).
pub(crate) fn is_code(behind: &str) -> bool {
    let starts = |word: &str| behind.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let behind_words = behind.trim_start_matches(' ');
    behind_words.starts_with(';')
        || starts("void")
        || starts("return")
        || behind.contains('(')
        || behind.contains("%28")
        || behind.starts_with("//")
}

/// What the facts say.
fn known<'f>(view: &UrlView<'_>, host: &HostFacts<'f>) -> Option<Verdict<'f>> {
    let path = percent_decoded(if view.path.is_empty() { "/" } else { view.path });
    let path = path.as_ref();
    if host.has_users_networks() {
        let (of_path, of_host) = best_rows(host.users_networks(), path, view);
        if let Some(network) = of_path.or(of_host) {
            let signal = if of_path.is_some() { Signal::KnownPath } else { Signal::KnownHost };
            return Some(verdict_of(network, network.role, signal));
        }
    }
    let (of_path, of_host) = best_rows(host.networks(), path, view);
    if let Some(network) = of_path {
        return Some(verdict_of(network, network.role, Signal::KnownPath));
    }
    if of_host.is_none_or(|network| network.role != Role::Ordinary)
        // A path of nothing says less than a known host.
        && let Some(shape) = host.shape(path, |shape| {
            (of_host.is_none() || shape.path.len() > 3)
                && matches(shape, path, view)
                && !(shape.unsure && of_host.is_none() && by_signals(view, host).evidence.has(Signal::Documentation))
        })
    {
        let mut verdict = verdict_of(of_host.unwrap_or(shape), shape.role, Signal::Shape);
        if shape.unsure && of_host.is_none() && !says_more(view, host) {
            verdict.evidence.push(Signal::Shape, UNSURE - CERTAIN);
            verdict.score = UNSURE;
        }
        return Some(verdict);
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
        evidence.push(Signal::KnownPath, CERTAIN);
        Verdict { role: Role::Redirector, family: Family::Tracking, network: None, evidence, score: CERTAIN }
    })
}

/// Whether the host or the query speaks for a click too.
fn says_more(view: &UrlView<'_>, host: &HostFacts<'_>) -> bool {
    let evidence = by_signals(view, host).evidence;
    [Signal::HostWord, Signal::IdParameter, Signal::CarriesUrl].iter().any(|signal| evidence.has(*signal))
}

/// The row with the longest patterns that match, and the first one without patterns.
fn best_rows<'f>(
    rows: impl Iterator<Item = &'f Network>,
    path: &str,
    view: &UrlView<'_>,
) -> (Option<&'f Network>, Option<&'f Network>) {
    let (mut of_path, mut of_host) = (None::<&Network>, None);
    let length = |row: &Network| row.path.len() + row.query.len();
    for row in rows {
        if length(row) == 0 {
            of_host = of_host.or(Some(row));
        } else if matches(row, path, view) && of_path.is_none_or(|best| length(row) > length(best)) {
            of_path = Some(row);
        }
    }
    (of_path, of_host)
}

fn verdict_of<'f>(network: &'f Network, role: Role, signal: Signal) -> Verdict<'f> {
    if role == Role::Ordinary {
        return Verdict { network: Some(&network.name), ..Verdict::ordinary() };
    }
    let mut evidence = Evidence::default();
    evidence.push(signal, CERTAIN);
    Verdict { role, family: network.family, network: Some(&network.name), evidence, score: CERTAIN }
}

fn matches(network: &Network, path: &str, view: &UrlView<'_>) -> bool {
    (network.query.is_empty() || view.query.is_some())
        && path_match_end(&network.path, path).is_some()
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
    use FileKind::*;
    let kind = FileKind::of_path(path);
    if kind == Some(Script) {
        Role::Script
    } else if matches!(kind, Some(Picture | Drawing | Flash | Film)) && view.query.is_none() {
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

/// Labels of hosts under which a company speaks to people, in lower case and sorted.
const LABELS_OF_SITES: [&str; 22] = [
    "about",
    "academy",
    "blog",
    "blogs",
    "careers",
    "community",
    "developer",
    "developers",
    "doc",
    "docs",
    "engineering",
    "help",
    "info",
    "investors",
    "knowledge",
    "labs",
    "learn",
    "login",
    "news",
    "press",
    "status",
    "support",
];

/// Whether it is the web site of the network: its front page, a page under `docs.`, `blog.` and the like, a page under `www.` that is
/// named with words.
fn is_vendor_site(role: Role, path: &str, view: &UrlView<'_>) -> bool {
    let label = view.host.strip_suffix(view.site()).unwrap_or_default().trim_end_matches('.');
    let speaks = LABELS_OF_SITES.iter().any(|name| name.eq_ignore_ascii_case(label));
    let own = speaks || label.is_empty() || label.eq_ignore_ascii_case("www");
    let is_number = |s: &str| s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if speaks
        && role != Role::Ordinary
        && view.query.is_none_or(|query| query.starts_with("utm_"))
        && path.split('/').all(|s| is_word_of_a_page(s) || is_number(s))
    {
        return true;
    }
    match role {
        Role::Ordinary => false,
        // the menu of buttons, where the service reads from whence it was opened
        Role::Share if path == "/share" => false,
        _ if own && path == "/" && view.query.is_none() => true,
        Role::Display | Role::Analytics | Role::Widget | Role::Script | Role::Share => {
            own && view.query.is_none_or(|query| query.starts_with("utm_"))
                && path.split('/').all(is_word_of_a_page)
        }
        Role::Click | Role::Creative => {
            // no query, and a file named with several words: `/shareasale-help.cfm`
            let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            own && view.query.is_none()
                && stem(last).contains('-')
                && last.contains('.')
                && path.split('/').all(|s| is_word_of_a_page(stem(s)))
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
