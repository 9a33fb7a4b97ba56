//! [`strip_tracking`]: what of a URL tracks, as edits on it as written. Owns query, fragment and shop paths;
//! must not take a parameter that no fact names.

use super::classify::is_allowed;
use super::view::{Parameter, UrlView};
use crate::data::{Facts, Family, HostFacts};
use crate::edit::Edit;
use crate::span::Span;

/// What tracks in a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stripping {
    /// Removals (and a shop's path made short), ascending, in bytes of the URL as given.
    pub edits: Vec<Edit>,
    /// The names of what goes, percent-decoded, in order; `ref=` stands for a shop's path tail.
    pub names: Vec<String>,
    /// Whether an affiliate's id goes (`AF`): else all of it only tracks (`TR`).
    pub affiliate: bool,
}

/// The tracking parameters of `url` (with those that pay an affiliate) as edits on it; `None` if there are none.
///
/// Separators stay as written (`&`, `&amp;`, `;`), the fragment stays unless it is nothing but tracking. The host never
/// changes, the path only on shops known to put an id into it. Names that only look like tracking (`ref`, `source`,
/// `tag`) go on the hosts alone that use them so.
///
/// ```
/// use mdscrub::evidence::url::{Facts, strip_tracking, stripped};
///
/// let facts = Facts::builtin();
/// let url = "https://docs.example.org/en/?id=4&amp;utm%5Fsource=mail&amp;ref=main#install";
/// let found = strip_tracking(url, &facts).expect("it tracks");
/// assert_eq!(found.names, ["utm_source"]);
/// assert_eq!(stripped(url, &facts).as_deref(), Some("https://docs.example.org/en/?id=4&amp;ref=main#install"));
/// assert_eq!(strip_tracking("https://git.example.org/raw?ref=v1.4.0", &facts), None);
/// ```
pub fn strip_tracking(url: &str, facts: &Facts) -> Option<Stripping> {
    strip_tracking_of(&UrlView::parse(url), facts)
}

/// What tracks in a URL that is cut up already.
pub(crate) fn strip_tracking_of(view: &UrlView<'_>, facts: &Facts) -> Option<Stripping> {
    if view.query.is_none() && view.fragment.is_none() && !may_name_referrer(view.path) {
        return None;
    }
    if view.host.is_empty() && !view.scheme.is_empty() || is_allowed(view, facts) || holds_page(view.path) {
        return None;
    }
    let host = facts.of_host(view.host);
    let mut found = Stripping::default();
    shop_path(view, &mut found);
    if view.query.is_some() {
        query(view, &host, &mut found);
    }
    fragment(view, &host, &mut found);
    (!found.edits.is_empty()).then_some(found)
}

/// Whether another page's address stands in a path, as an archive names what it keeps: the query is that page's, and part of the name.
fn holds_page(path: &str) -> bool {
    memchr::memchr_iter(b':', path.as_bytes()).any(|at| {
        let (before, behind) = path.split_at(at);
        let scheme = |name: &str| before.ends_with(name);
        behind.starts_with(":/") && (scheme("/http") || scheme("/https"))
    })
}

/// Whether a shop's path may tell where the reader came from.
fn may_name_referrer(path: &str) -> bool {
    memchr::memchr2(b'=', b'N', path.as_bytes()).is_some()
        && (path.contains("/ref=") || path.contains("ASIN"))
}

/// `url` without what tracks; `None` if nothing does.
pub fn stripped(url: &str, facts: &Facts) -> Option<String> {
    let found = strip_tracking(url, facts)?;
    let mut out = String::with_capacity(url.len());
    let mut at = 0;
    for edit in &found.edits {
        out.push_str(url.get(at..edit.span.start)?);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(url.get(at..)?);
    Some(out)
}

/// Whether a parameter tracks on this host, and for an affiliate.
fn tracks(parameter: &Parameter<'_>, host: &HostFacts<'_>) -> Option<Family> {
    let fact = host.parameter(&parameter.name(), parameter.raw_value.unwrap_or_default())?;
    fact.strip.then_some(fact.family)
}

fn query(view: &UrlView<'_>, host: &HostFacts<'_>, found: &mut Stripping) {
    let all = view.query_span();
    let mut kept_before = false;
    // The run of parameters that go: from where, to where.
    let mut run: Option<Span> = None;
    let mut edits = Vec::new();
    for parameter in view.parameters_at_semicolons() {
        if let Some(family) = tracks(&parameter, host) {
            found.names.push(parameter.name().into_owned());
            found.affiliate |= family == Family::Affiliate;
            let start = if kept_before { parameter.separator } else { all.start };
            run = Some(Span::new(run.map_or(start, |run| run.start), parameter.span.end));
            continue;
        }
        if parameter.span.is_empty() && run.is_some() {
            continue; // An empty one goes with its neighbours, or stays before what is kept.
        }
        if let Some(run) = run.take() {
            let end = if kept_before { run.end } else { parameter.span.start };
            edits.push(Edit::remove(Span::new(run.start, end)));
        }
        kept_before |= !parameter.span.is_empty();
    }
    if let Some(run) = run {
        let start = if kept_before { run.start } else { all.start.saturating_sub(1) };
        edits.push(Edit::remove(Span::new(start, all.end)));
    }
    found.edits.append(&mut edits);
}

/// A fragment of nothing but tracking parameters (`#utm_source=x&utm_medium=y`, `#xtor=RSS-1`) goes.
fn fragment(view: &UrlView<'_>, host: &HostFacts<'_>, found: &mut Stripping) {
    let Some(fragment) = view.fragment.filter(|f| f.contains('=')) else { return };
    let as_query = format!("?{fragment}");
    let parsed = UrlView::parse(&as_query);
    let names: Option<Vec<String>> = parsed
        .parameters()
        .map(|p| tracks(&p, host).filter(|_| p.raw_value.is_some()).map(|_| p.name().into_owned()))
        .collect();
    let Some(names) = names else { return };
    let start = view.query_span().end;
    // With a query that goes to its end the two removals are one.
    let end = start + 1 + fragment.len();
    match found.edits.last_mut() {
        Some(last) if last.span.end == start && last.text.is_empty() => last.span.end = end,
        _ => found.edits.push(Edit::remove(Span::new(start, end))),
    }
    found.names.extend(names);
}

/// Amazon: `/exec/obidos/ASIN/0123456789/tag-22/ref=nosim/` becomes `/dp/0123456789`, `/ref=…` at the end goes.
fn shop_path(view: &UrlView<'_>, found: &mut Stripping) {
    if !view.site().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("amazon.")) {
        return;
    }
    let span = view.path_span();
    let old = [
        "/exec/obidos/tg/detail/-/",
        "/exec/obidos/ASIN/",
        "/exec/obidos/asin/",
        "/o/ASIN/",
        "/ASIN/",
        "/o/asin/",
    ];
    let product = old.iter().find_map(|form| {
        let (_, rest) = view.path.split_once(form)?;
        let id = rest.split('/').next()?;
        (id.len() == 10 && id.bytes().all(|b| b.is_ascii_alphanumeric()))
            .then_some((id, rest.len() > id.len() + 1))
    });
    if let Some((id, tagged)) = product {
        found.edits.push(Edit::replace(span, format!("/dp/{id}")));
        found.names.push("ref=".to_owned());
        found.affiliate |= tagged;
    } else if let Some(at) = view.path.find("/ref=") {
        found.edits.push(Edit::remove(Span::new(span.start + at, span.end)));
        found.names.push("ref=".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(url: &str) -> String {
        stripped(url, &Facts::builtin()).unwrap_or_else(|| url.to_owned())
    }

    #[test]
    fn every_parameter_row_does_what_its_example_says() {
        let rows: toml::Table = toml::from_str(crate::data::PARAMS).expect("TOML");
        for row in rows["param"].as_array().expect("rows") {
            let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            assert_eq!(without(text("example")), text("gives"), "{row}");
        }
    }

    #[test]
    fn separators_stay_as_written() {
        for (url, clean) in [
            ("https://a.example/?utm_source=x", "https://a.example/"),
            ("https://a.example/?utm_source=x&", "https://a.example/"),
            ("https://a.example/?utm_source=x&b=1", "https://a.example/?b=1"),
            ("https://a.example/?a=1&utm_source=x", "https://a.example/?a=1"),
            ("https://a.example/?a=1&utm_source=x&utm_medium=y&b=2", "https://a.example/?a=1&b=2"),
            ("https://a.example/?utm_source=x&a=1&utm_medium=y&b=2&gclid=z", "https://a.example/?a=1&b=2"),
            ("https://a.example/?a=1&amp;utm_source=x&amp;b=2", "https://a.example/?a=1&amp;b=2"),
            ("https://a.example/?utm_source=x&amp;b=2", "https://a.example/?b=2"),
            ("https://a.example/item?id=42;utm_source=list;utm_medium=mail", "https://a.example/item?id=42"),
            ("https://a.example/?a=b;c&utm_source=x", "https://a.example/?a=b;c"),
            ("https://a.example/?utm%5Fsource=x#top", "https://a.example/#top"),
            ("https://a.example/p#utm_source=x&utm_medium=y", "https://a.example/p"),
            ("https://a.example/p?utm_source=x#xtor=RSS-1", "https://a.example/p"),
            ("https://a.example/p#section=2", "https://a.example/p#section=2"),
            ("/relative?fbclid=abc", "/relative"),
            ("//a.example/?a&&utm_source=x", "//a.example/?a&"),
        ] {
            assert_eq!(without(url), clean);
            assert_eq!(without(clean), clean, "stable");
        }
    }

    #[test]
    fn shops() {
        for (url, clean) in [
            (
                "https://www.amazon.co.uk/dp/0007381247/ref=nosim?tag=mine-21&ascsubtag=a1",
                "https://www.amazon.co.uk/dp/0007381247",
            ),
            (
                "https://www.amazon.co.jp/exec/obidos/ASIN/B000FQPA1U/mine-22/ref=nosim/",
                "https://www.amazon.co.jp/dp/B000FQPA1U",
            ),
            (
                "http://www.amazon.com/A-Title/gp/product/020161622X/ref=as_li_tl?ie=UTF8&camp=1789&tag=mine-20",
                "http://www.amazon.com/A-Title/gp/product/020161622X",
            ),
            ("https://www.amazon.de/dp/0007381247?th=1", "https://www.amazon.de/dp/0007381247?th=1"),
            (
                "https://www.booking.com/hotel/is/a.html?aid=1183475&label=kp&checkin=2024-06-01",
                "https://www.booking.com/hotel/is/a.html?checkin=2024-06-01",
            ),
            (
                "https://git.example.org/ref=x/ASIN/0123456789",
                "https://git.example.org/ref=x/ASIN/0123456789",
            ),
            (
                "https://forum.example.org/latest?tag=rust&source=list",
                "https://forum.example.org/latest?tag=rust&source=list",
            ),
        ] {
            assert_eq!(without(url), clean);
            assert_eq!(without(clean), clean, "stable");
        }
    }

    #[test]
    fn names_and_family() {
        let facts = Facts::builtin();
        let found = strip_tracking("https://www.amazon.com/dp/0007381247/?tag=a-20&utm_source=x", &facts)
            .expect("some");
        assert_eq!(
            (found.names.as_slice(), found.affiliate),
            (&["tag".to_owned(), "utm_source".to_owned()][..], true)
        );
        let mine = Facts::new(&[], &[], &["a-20".to_owned()]).expect("valid");
        assert_eq!(
            strip_tracking("https://www.amazon.com/dp/0007381247/?tag=a-20&utm_source=x", &mine),
            None
        );
    }
}
