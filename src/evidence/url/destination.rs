//! [`destination`]: the page that a wrapper's URL carries. Owns which parts are looked at and when a URL in a URL is a
//! destination; must not fetch anything: a short link has none.

use super::classify::{classify, is_allowed};
use super::decode::{ampersands_decoded, base64_decoded, hex_decoded, percent_decoded, with_safe_characters};
use super::strip::stripped;
use super::view::{Parameter, UrlView};
use crate::bytes::holds;
use crate::data::{Facts, FileKind, Form, Role, Unwrap, path_match_end};

/// Wrappers in wrappers are followed so deep.
const DEPTH: usize = 6;

/// The URL that `url` forwards to, if it carries it; wrappers in wrappers are followed to the last one. `None` for
/// ordinary URLs (also those that carry a URL for another reason: share buttons, archives, log-ins, image proxies), if
/// what is carried is not a web address, or leads to a wrapper that tells no more.
///
/// ```
/// use mdscrub::evidence::url::{Facts, destination};
///
/// let facts = Facts::builtin();
/// let wrapped = "https://go.skimresources.com/?id=1&amp;url=https%3A%2F%2Fwww.example.org%2Fa%23b";
/// assert_eq!(destination(wrapped, &facts).as_deref(), Some("https://www.example.org/a#b"));
/// let base64 = "https://go.nobody.example/out?aff=4471&u64=aHR0cHM6Ly93d3cuZXhhbXBsZS5vcmcv";
/// assert_eq!(destination(base64, &facts).as_deref(), Some("https://www.example.org/"));
/// assert_eq!(destination("https://www.example.org/login?next=https%3A%2F%2Fapp.example.net", &facts), None);
/// ```
pub fn destination(url: &str, facts: &Facts) -> Option<String> {
    let mut target = one_step(url, facts)?;
    for _ in 1..DEPTH {
        match one_step(&target, facts) {
            Some(next) => target = next,
            None => return (!classify(&target, facts).is_commercial()).then_some(target),
        }
    }
    None
}

/// The page worth a link that `url` leads to: its [`destination`], or itself, without what tracks. `None` if it is that
/// already, or leads to none.
///
/// ```
/// use mdscrub::evidence::url::{Facts, readable_target};
///
/// let url = "https://goto.walmart.com/c/1/2/3?u=https%3A%2F%2Fwww.walmart.com%2Fip%2F5%3Futm_source%3Dx";
/// assert_eq!(readable_target(url, &Facts::builtin()).as_deref(), Some("https://www.walmart.com/ip/5"));
/// ```
pub fn readable_target(url: &str, facts: &Facts) -> Option<String> {
    match destination(url, facts) {
        Some(target) => Some(stripped(&target, facts).unwrap_or(target)),
        None => stripped(url, facts),
    }
}

/// Where `url` forwards to, without a look at what that is.
fn one_step(url: &str, facts: &Facts) -> Option<String> {
    // A URL without another one in it is told at once.
    if !may_carry(url) {
        return None;
    }
    let url = ampersands_decoded(url.trim());
    let view = UrlView::parse(&url);
    if view.scheme.eq_ignore_ascii_case("javascript") {
        return in_script(view.path, facts);
    }
    if !view.is_web() || is_allowed(&view, facts) {
        return None;
    }
    let path = if view.path.is_empty() { "/" } else { view.path };
    let host = facts.of_host(view.host);
    let decoded = percent_decoded(path);
    for rule in host.unwraps() {
        let end = match rule.form {
            Form::Value => path_match_end(rule.path, &decoded),
            _ => path_match_end(rule.path, path),
        };
        if let Some(target) = end.and_then(|end| by_rule(rule, &view, path, end)) {
            return Some(target);
        }
    }
    let verdict = classify(&url, facts);
    let wrapper = matches!(
        verdict.role,
        Role::Click | Role::Redirector | Role::Shortener | Role::Display | Role::Checkout
    ) || verdict.role == Role::Creative && verdict.network.is_some() && view.query.is_some();
    if !wrapper {
        return None;
    }
    carried_whole(&view, verdict.network.is_some()).or_else(|| carried(&view))
}

/// The URL that stands in the query as it is, with a query of its own (`?to=https://b.example/?x=1&y=2`): what follows is that one's, but
/// for what a publisher notes about the click. Of a known network it ends where its parameter does.
fn carried_whole(view: &UrlView<'_>, is_known: bool) -> Option<String> {
    let query = view.query?;
    let start = query.find("=http")? + 1;
    let own = query.get(start..)?;
    let first = own.split('&').next()?;
    if is_known || !first.contains("://") || !first.contains('?') || own.len() == first.len() {
        return None;
    }
    let name = query.get(..start - 1)?.rsplit('&').next()?;
    if is_of_the_click(name) {
        return None;
    }
    let mut whole = first.to_owned();
    for part in own.split('&').skip(1) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !is_of_the_click(name) && !value.starts_with("http") {
            whole.push('&');
            whole.push_str(part);
        }
    }
    web_address(&whole, view, false)
}

/// Whether there is anything in `url` that could be a URL: a cheap scan.
fn may_carry(url: &str) -> bool {
    let bytes = url.as_bytes();
    let scheme = memchr::memchr_iter(b':', bytes).find(|&at| bytes[at + 1..].starts_with(b"//"));
    let after = &bytes[scheme.map_or(0, |at| at + 3)..];
    // In a query or encoded; else a second colon or base64 in the path, AMP's form, or that of podcasts.
    memchr::memchr3(b'?', b'%', b':', after).is_some()
        || holds(after, b"aHR0c")
        || holds(after, b"/eyJ")
        || holds(after, b"/s/")
        || holds(after, b".mp3")
        || holds(after, b".m4a")
}

fn by_rule(rule: &Unwrap, view: &UrlView<'_>, path: &str, pattern_end: usize) -> Option<String> {
    match rule.form {
        Form::Value => rule.keys.split_ascii_whitespace().find_map(|key| {
            let of_key = every_parameter(view).filter(|p| p.name().eq_ignore_ascii_case(key));
            of_key.filter_map(|p| p.raw_value).find_map(|value| web_address(value, view, true))
        }),
        Form::Tail => in_path(view, path, pattern_end, true),
        Form::Query => {
            let query = view.query?;
            let start = query.find("http")?;
            if !matches!(query[..start].bytes().next_back(), None | Some(b'&' | b'(')) {
                return None;
            }
            // Tradedoubler: `p(1)a(2)url(https%3A…)`.
            let bracketed = query[..start].ends_with('(').then(|| query[start..].find(')')).flatten();
            web_address(&query[start..bracketed.map_or(query.len(), |end| start + end)], view, true)
        }
        Form::UrlDefense => url_defense(rule, view),
        Form::Json => {
            let is_object = |text: &String| text.starts_with('{');
            let in_query = || {
                let key = rule.keys.split_ascii_whitespace().next()?;
                let value = view.parameters().find(|p| p.name().eq_ignore_ascii_case(key))?.raw_value?;
                base64_decoded(&percent_decoded(value)).filter(is_object)
            };
            let object = base64_decoded(path.get(pattern_end..)?).filter(is_object).or_else(in_query)?;
            let address = member(&object, rule.keys)?;
            // Mandrill: an object in the member of an object
            let address = if is_object(&address) { member(&address, rule.keys)? } else { address };
            web_address(&address, view, true)
        }
    }
}

/// The first member of an object in JSON that one of `keys` names and that is text.
fn member(object: &str, keys: &str) -> Option<String> {
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(object).ok()?;
    keys.split_ascii_whitespace().find_map(|key| Some(members.get(key)?.as_str()?.to_owned()))
}

/// The parameters cut at `&`, then those cut at `;` too: `C/?bn=1;cpdir=https://…`.
fn every_parameter<'a>(view: &UrlView<'a>) -> impl Iterator<Item = Parameter<'a>> {
    view.parameters().chain(view.parameters_at_semicolons())
}

/// The first URL on another host in the query or the path.
fn carried(view: &UrlView<'_>) -> Option<String> {
    let in_query = every_parameter(view).find_map(|p| {
        let name = p.name();
        if is_of_the_click(&name) {
            return None;
        }
        web_address(p.raw_value?, view, false)
    });
    if in_query.is_some() {
        return in_query;
    }
    // `?https://www.example.org/a`: no name.
    if let Some(query) = view.query
        && query.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
        && let Some(target) = web_address(query, view, false)
    {
        return Some(target);
    }
    carried_in_path(view)
}

/// The URL in the path.
pub(super) fn carried_in_path(view: &UrlView<'_>) -> Option<String> {
    in_path(view, view.path, 0, false)
}

/// Whether a parameter says where the click comes from, or carries what a publisher notes about it.
fn is_of_the_click(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let origin = [
        "src", "loc", "from", "page", "pageurl", "dr", "xs", "xcust", "u1", "sid", "uuid", "title", "img",
        "image",
    ];
    origin.contains(&name.as_str())
        || name != "href" && ["ref", "sub", "source", "origin"].iter().any(|part| name.contains(part))
}

/// The URL in the path from byte `from`: written out to the end with the query, or encoded in one segment.
/// `sure`: what stands there is one, even without a scheme.
fn in_path(view: &UrlView<'_>, path: &str, from: usize, sure: bool) -> Option<String> {
    let tail = path.get(from..)?;
    let Some(start) = find_scheme(tail) else {
        // base64 in a segment of its own.
        if let Some(segment) =
            tail.split(['/', ':']).chain([path.rsplit('/').next()?]).find(|s| s.starts_with("aHR0c"))
        {
            return web_address(segment, view, false);
        }
        if path[..from].ends_with("/aHR0c") {
            return web_address(path[from - 5..].split('/').next()?, view, false);
        }
        if !sure {
            return None;
        }
        let segment = tail.split('/').next().unwrap_or_default();
        let whole = if segment.contains("%2F") || segment.contains("%2f") {
            segment.to_owned()
        } else {
            with_query(view, tail)
        };
        return web_address(&whole, view, true);
    };
    let tail = &tail[start..];
    let colon = tail.find([':', '%'])?;
    let encoded = tail[colon..].starts_with('%') || tail[colon + 1..].starts_with('%');
    if encoded {
        let end = tail.find(['/', ')', '(', ';', '&']).unwrap_or(tail.len());
        // `https%3A//www.example.org/a/b`: only the colon is encoded.
        let whole_tail = tail.get(colon + 3..).is_some_and(|rest| rest.starts_with("//"));
        if !whole_tail {
            return web_address(&tail[..end], view, true);
        }
    }
    web_address(&with_query(view, tail), view, true)
}

fn with_query(view: &UrlView<'_>, tail: &str) -> String {
    let mut whole = tail.to_owned();
    if let Some(query) = view.query {
        whole.push('?');
        whole.push_str(query);
    }
    whole
}

/// Where `http:` or `https:`, perhaps encoded, begins.
fn find_scheme(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("http").map(|(at, _)| at).find(|&at| {
        let rest = &lower[at + 4..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        [":/", "%3a", ":%2f", "%253a"].iter().any(|colon| rest.starts_with(colon))
    })
}

/// `value` as the address of a page on another host than the wrapper's, decoded as often as it was encoded.
/// `sure`: it may lack its scheme, and be on the wrapper's own host.
fn web_address(value: &str, view: &UrlView<'_>, sure: bool) -> Option<String> {
    let mut value = value.to_owned();
    for _ in 0..4 {
        let trimmed = value.trim().trim_start_matches('[').trim_end_matches(']').trim();
        if let Some(address) = plain_address(trimmed, sure) {
            return on_another_host(&address, view, sure).then(|| complete(&address, view));
        }
        let base64 = trimmed.strip_prefix("a1").filter(|rest| rest.starts_with("aHR0c")).unwrap_or(trimmed);
        let next = if base64.starts_with("aHR0c") || base64.starts_with("Ly93d3cu") {
            base64_decoded(base64)?
        } else if trimmed.get(..8).is_some_and(|start| start == "68747470") {
            hex_decoded(trimmed)?
        } else {
            percent_decoded(trimmed).into_owned()
        };
        if next == value {
            return None;
        }
        value = next;
    }
    None
}

/// `text` as it is, if it is a web address with nothing encoded before its path.
fn plain_address(text: &str, sure: bool) -> Option<String> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://", "//"].into_iter().find(|scheme| lower.starts_with(scheme));
    match scheme {
        Some("//") => is_host(host_of(&text[2..])).then(|| format!("https:{text}")),
        Some(scheme) => is_host(host_of(&text[scheme.len()..])).then(|| text.to_owned()),
        None if lower.starts_with("http:/") || lower.starts_with("https:/") => {
            // One slash was lost in a path.
            let (scheme, rest) = text.split_once(":/")?;
            is_host(host_of(rest)).then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()))
        }
        None => {
            let host = host_of(text);
            let named = sure || starts_with_www(text);
            (named && is_host(host) && !host.ends_with('.') && is_top_level(host))
                .then(|| format!("https://{text}"))
        }
    }
}

fn starts_with_www(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn host_of(text: &str) -> &str {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    authority.split_once(':').map_or(authority, |(host, _)| host)
}

/// Whether `host` is written like one: at least two labels.
fn is_host(host: &str) -> bool {
    let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    host.contains('.') && host.len() < 254 && host.split('.').all(label)
}

/// Whether the last label can be a top-level domain's, and is not that of a file.
fn is_top_level(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    // other endings are domains: `.md`, `.py`, `.zip`
    let is_file = |kind| {
        use FileKind::*;
        matches!(kind, Page | Program | Picture | Script | Style | Data)
    };
    last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !FileKind::of_ending(last.as_bytes()).is_some_and(is_file)
}

fn on_another_host(address: &str, view: &UrlView<'_>, sure: bool) -> bool {
    let target = UrlView::parse(address);
    sure || !target.host.eq_ignore_ascii_case(view.host)
}

/// The address with the wrapper's fragment, which browsers hand on, and no character that a URL cannot hold.
fn complete(address: &str, view: &UrlView<'_>) -> String {
    // disq.us: `https://www.example.org/a:token`.
    let disqus = view.host.eq_ignore_ascii_case("disq.us") || view.site().eq_ignore_ascii_case("disqus.com");
    let address = match address.rsplit_once(':') {
        Some((address, token)) if disqus && !token.starts_with("//") => address,
        _ => address,
    };
    let mut address = with_safe_characters(address);
    if let Some(fragment) = view.fragment.filter(|f| !f.is_empty() && !address.contains('#')) {
        address.push('#');
        address.push_str(fragment);
    }
    address
}

/// Proofpoint URL Defense. Version 3 stands in the path between `__` and `__;`, version 2 in a parameter with `-` for
/// `%` and `_` for `/`. Source: Proofpoint, "URL Defense Decoder".
fn url_defense(rule: &Unwrap, view: &UrlView<'_>) -> Option<String> {
    if rule.keys.is_empty() {
        let start = view.text.find("__")? + 2;
        let rest = &view.text[start..];
        // Characters that were replaced by `*` are listed, encoded, behind it: such a URL cannot be restored by sight.
        let target = &rest[..rest.find("__;")?];
        return (!target.contains('*')).then(|| web_address(target, view, true)).flatten();
    }
    let value = view.parameters().find(|p| p.name().eq_ignore_ascii_case(rule.keys))?.raw_value?;
    let encoded = value.replace('-', "%").replace('_', "/");
    web_address(&percent_decoded(&encoded), view, true)
}

/// The address in `javascript:window.open(decodeURIComponent('https%3A%2F%2F…'))`, and where that leads.
fn in_script(code: &str, facts: &Facts) -> Option<String> {
    let decoded = percent_decoded(code);
    let start = decoded.find("http://").or_else(|| decoded.find("https://"))?;
    let url = &decoded[start..];
    let end = url.find(['\'', '"', ')', ' ', '`']).unwrap_or(url.len());
    one_step(&url[..end], facts)
}

/// Whether the value of a parameter is a URL on another site than that of `view`, as it stands or encoded.
pub(super) fn looks_like_url(value: &str, view: &UrlView<'_>) -> bool {
    if !matches!(value.as_bytes().first(), Some(b'h' | b'H' | b'/' | b'%' | b'a')) {
        return false;
    }
    let start = value.get(..12).unwrap_or(value).to_ascii_lowercase();
    let may = start.starts_with("http")
        || start.starts_with("//")
        || start.starts_with("%2f%2f")
        || value.starts_with("aHR0c");
    may && web_address(value, view, false).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gives(url: &str) -> Option<String> {
        destination(url, &Facts::builtin())
    }

    #[test]
    fn every_unwrap_row_does_what_its_example_says() {
        let rows: toml::Table = toml::from_str(crate::data::UNWRAP).expect("TOML");
        let mut wrong = Vec::new();
        for row in rows["unwrap"].as_array().expect("rows") {
            let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            let given = gives(text("example"));
            if given.as_deref() != Some(text("gives")) {
                wrong.push(format!("{} gave {given:?}", text("example")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn wrappers_of_nobody() {
        for url in [
            "https://click.nobody.example/go?aff_id=1&to=https%3A%2F%2Fwww.example.org%2Fp",
            "https://track.nobody.example/c?offer=5&subid=x&d=https%253A%252F%252Fwww.example.org%252Fp",
            "https://go.nobody.example/out?affid=7&h=68747470733a2f2f7777772e6578616d706c652e6f72672f70",
            "https://go.nobody.example/click/5/https://www.example.org/p?affid=1",
            "https://ads.nobody.example/click?bid=1&url=//www.example.org/p",
        ] {
            let target = gives(url).unwrap_or_default();
            assert!(target.starts_with("https://www.example.org/p"), "{url} gave {target:?}");
        }
    }

    #[test]
    fn ordinary_urls_that_carry_one() {
        for url in [
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.example.org%2F",
            "https://web.archive.org/web/20200101000000/https://www.example.org/",
            "https://validator.w3.org/nu/?doc=https%3A%2F%2Fwww.example.org%2F",
            "https://translate.google.com/translate?sl=de&u=https%3A%2F%2Fwww.example.org%2F",
            "https://images.weserv.nl/?url=https%3A%2F%2Fwww.example.org%2Fa.png&w=300",
            "https://accounts.example.com/login?next=https%3A%2F%2Fwww.example.org%2F",
            "https://www.example.com/search?q=https%3A%2F%2Fwww.example.org",
            "https://publish.twitter.com/oembed?url=https%3A%2F%2Ftwitter.com%2Fa%2Fstatus%2F1",
            "https://www.example.com/feed?url=https%3A%2F%2Fwww.example.org%2Frss",
            "https://www.google.com/maps?q=https%3A%2F%2Fwww.example.org",
        ] {
            assert_eq!(gives(url), None, "{url}");
        }
    }

    #[test]
    fn what_leads_nowhere() {
        assert_eq!(gives("https://go.skimresources.com/?url=https%3A%2F%2Fgeni.us%2Fabc"), None);
        assert_eq!(gives("https://go.skimresources.com/?url=javascript%3Aalert(1)"), None);
        assert_eq!(gives("https://go.skimresources.com/?url="), None);
        assert_eq!(gives("https://geni.us/4k2Yq"), None);
        assert_eq!(gives(""), None);
    }

    #[test]
    fn scripts_and_safe_characters() {
        let script = "javascript:window.open(decodeURIComponent('https%3A%2F%2Fbrand.sjv.io%2Fc%2F12345%2F67890%2F1234%3Fu%3Dhttps%253A%252F%252Fwww.example.org%252Fa'),'_blank')";
        assert_eq!(gives(script).as_deref(), Some("https://www.example.org/a"));
        let blank = "https://click.linksynergy.com/deeplink?murl=https%3A%2F%2Fwww.example.org%2Fa%20b%22";
        assert_eq!(gives(blank).as_deref(), Some("https://www.example.org/a%20b%22"));
    }
}
