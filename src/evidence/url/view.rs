//! [`UrlView`]: the parts of a URL as it stands in Markdown or HTML, with their places. Owns the cutting up;
//! must not know what the parts mean.

use crate::data::{public_suffix_start, site_start};
use crate::span::Span;
use std::borrow::Cow;

/// A URL reference cut into its parts. It may be raw (`&amp;` between parameters, percent-encoded names) or decoded;
/// `//host/…` without a scheme and `www.host/…` have a host, `/path` and `path` have none.
///
/// ```
/// use mdscrub::evidence::url::UrlView;
///
/// let view = UrlView::parse("//Shop.example.org:8080/a?m%75rl=x&amp;b=2#top");
/// assert_eq!((view.scheme, view.host, view.path), ("", "Shop.example.org", "/a"));
/// assert_eq!((view.query, view.fragment), (Some("m%75rl=x&amp;b=2"), Some("top")));
/// let names: Vec<String> = view.parameters().map(|p| p.name().into_owned()).collect();
/// assert_eq!(names, ["murl", "b"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlView<'a> {
    /// The whole, as given.
    pub text: &'a str,
    /// `https`, `javascript`, …; empty if it has none.
    pub scheme: &'a str,
    /// The host as written (compare without regard to case), without user, port and final dot; empty if it has none.
    pub host: &'a str,
    /// From the first slash after the host to the query.
    pub path: &'a str,
    /// What stands after `?`, if there is one.
    pub query: Option<&'a str>,
    /// What stands after `#`, if there is one.
    pub fragment: Option<&'a str>,
    path_start: usize,
}

/// Whether a part of a path that is a number may be a year.
pub(crate) fn is_year(part: &str) -> bool {
    part.len() == 4 && (part.starts_with("19") || part.starts_with("20"))
}

/// Where the parts of a URL stand in its text: see [`UrlView::places`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    scheme: Span,
    host: Span,
    path: Span,
    query: Option<Span>,
    fragment: Option<Span>,
}

impl<'a> UrlView<'a> {
    /// Cuts `text`. Never fails: what is no URL is a path.
    pub fn parse(text: &'a str) -> Self {
        let is_blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        let (mut start, mut end) = (0, text.len());
        if is_blank(text.as_bytes().first()) || is_blank(text.as_bytes().last()) {
            start = text.len() - text.trim_ascii_start().len();
            end = text.trim_ascii_end().len().max(start);
        }
        let (scheme, mut at) = match scheme_end(&text[start..end]) {
            Some(colon) => (&text[start..start + colon], start + colon + 1),
            None => ("", start),
        };
        let web = is_web_scheme(scheme);
        let mut host = "";
        let rest = &text[at..end];
        let slashes = rest.starts_with("//");
        if slashes || web && scheme.is_empty() && starts_with_www(rest) {
            at += if slashes { 2 } else { 0 };
            let rest = &text[at..end];
            // the host begins behind the last `@` and ends at the first colon after it
            let (mut length, mut from, mut port) = (rest.len(), 0, None);
            for (place, byte) in rest.bytes().enumerate() {
                if ENDS_HOST_NAME[usize::from(byte)] {
                    match byte {
                        b'@' => (from, port) = (place + 1, None),
                        b':' => port = port.or(Some(place)),
                        _ => {
                            length = place;
                            break;
                        }
                    }
                }
            }
            let mut to = port.unwrap_or(length);
            while to > from && rest.as_bytes()[to - 1] == b'.' {
                to -= 1;
            }
            host = &rest[from..to];
            at += length;
        } else if !web {
            return Self { text, scheme, host, path: rest, query: None, fragment: None, path_start: at };
        }
        let rest = &text[at..end];
        // most addresses have neither
        let Some(first) = memchr::memchr2(b'?', b'#', rest.as_bytes()) else {
            return Self { text, scheme, host, path: rest, query: None, fragment: None, path_start: at };
        };
        let fragment_at = fragment_start(rest, first);
        let before = &rest[..fragment_at.unwrap_or(rest.len())];
        let query_at = memchr::memchr(b'?', &before.as_bytes()[first..]).map(|place| first + place);
        Self {
            text,
            scheme,
            host,
            path: &before[..query_at.unwrap_or(before.len())],
            query: query_at.map(|q| &before[q + 1..]),
            fragment: fragment_at.map(|f| &rest[f + 1..]),
            path_start: at,
        }
    }

    /// Where its parts stand, to look at it again without cutting it up.
    pub(crate) fn places(&self) -> Places {
        let start = self.text.as_ptr() as usize;
        let place = |part: &str| {
            let from = if part.is_empty() { 0 } else { (part.as_ptr() as usize).wrapping_sub(start) };
            Span::new(from, from + part.len())
        };
        Places {
            scheme: place(self.scheme),
            host: place(self.host),
            path: self.path_span(),
            query: self.query.map(|_| self.query_span()),
            fragment: self.fragment.map(place),
        }
    }

    /// `text`, whose parts stand at `places`.
    pub(crate) fn at(text: &'a str, places: &Places) -> Self {
        let part = |span: Span| text.get(span.range()).unwrap_or_default();
        Self {
            text,
            scheme: part(places.scheme),
            host: part(places.host),
            path: part(places.path),
            query: places.query.map(part),
            fragment: places.fragment.map(part),
            path_start: places.path.start,
        }
    }

    /// Where the path stands in the text, in bytes.
    pub fn path_span(&self) -> Span {
        Span::new(self.path_start, self.path_start + self.path.len())
    }

    /// Where the query stands in the text, without its `?`; empty at the path's end if there is none.
    pub fn query_span(&self) -> Span {
        let start = self.path_start + self.path.len() + usize::from(self.query.is_some());
        Span::new(start, start + self.query.unwrap_or_default().len())
    }

    /// Whether it has a host and no other scheme than `http` and `https`.
    pub fn is_web(&self) -> bool {
        !self.host.is_empty() && is_web_scheme(self.scheme)
    }

    /// The parameters of the query, cut at `&` (also `&amp;`, `&#38;` and their doubly escaped forms).
    pub fn parameters(&self) -> Parameters<'a> {
        Parameters {
            text: self.query.unwrap_or_default(),
            at: 0,
            base: self.query_span().start,
            semicolons: false,
            done: self.query.is_none(),
        }
    }

    /// The parameters of the query, cut at `;` too where a name and `=` follow.
    pub fn parameters_at_semicolons(&self) -> Parameters<'a> {
        Parameters { semicolons: true, ..self.parameters() }
    }

    /// The host without its subdomains: `example.co.uk` of `www.example.co.uk`.
    pub fn site(&self) -> &'a str {
        let name = site_start(self.host, public_suffix_start(self.host));
        &self.host[name..]
    }
}

/// Bytes that end a host's name, or what stands before it.
const ENDS_HOST_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let (bytes, mut at) = (b"/?#\\@:", 0);
    while at < bytes.len() {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Whether a page of that scheme is one of the web; none is the page's own.
fn is_web_scheme(scheme: &str) -> bool {
    matches!(scheme, "https" | "http" | "")
        || scheme.eq_ignore_ascii_case("https")
        || scheme.eq_ignore_ascii_case("http")
}

/// Where the colon of the scheme stands.
fn scheme_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // most are one of these
    if text.starts_with("https:/") {
        return Some(5);
    }
    if text.starts_with("http:/") {
        return Some(4);
    }
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let end = bytes.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')))?;
    // `localhost:4000/x` and `example.org:80` are a host and a port.
    (bytes[end] == b':' && !text[..end].contains('.') && !bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        .then_some(end)
}

fn starts_with_www(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// Where the `#` of the fragment stands, `from` or behind it. That of a character reference (`&#38;`) is none.
fn fragment_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'#', &bytes[from..]).map(|place| from + place).find(|&at| {
        let reference = at > 0
            && bytes[at - 1] == b'&'
            && bytes[at + 1..].iter().take(6).position(|&b| b == b';').is_some_and(|length| {
                length > 0
                    && bytes[at + 1..at + 1 + length].iter().all(|b| b.is_ascii_hexdigit() || *b | 32 == b'x')
            });
        !reference
    })
}

/// One parameter of a query, with its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// The name as written.
    pub raw_name: &'a str,
    /// What stands after `=`, as written; nothing if there is no `=`.
    pub raw_value: Option<&'a str>,
    /// Its place in the text: from the name to the end of the value.
    pub span: Span,
    /// Where the separator before it begins (equal to `span.start` for the first one).
    pub separator: usize,
}

impl<'a> Parameter<'a> {
    /// The name, percent-decoded.
    pub fn name(&self) -> Cow<'a, str> {
        super::decode::percent_decoded(self.raw_name)
    }

    /// The value, percent-decoded once; empty if there is none.
    pub fn value(&self) -> Cow<'a, str> {
        super::decode::percent_decoded(self.raw_value.unwrap_or_default())
    }
}

/// Iterates over the parameters of a query. Empty ones (`a=1&&b=2`) are among them.
#[derive(Clone, Debug)]
pub struct Parameters<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    semicolons: bool,
    done: bool,
}

impl Parameters<'_> {
    fn begins_with_separator(&self) -> bool {
        match self.text.as_bytes() {
            [b'&', ..] => true,
            [b';', rest @ ..] => self.semicolons && names_follow(rest),
            _ => false,
        }
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Parameter<'a>;

    fn next(&mut self) -> Option<Parameter<'a>> {
        if self.done {
            return None;
        }
        // `?&a=1`: the empty first parameters; stepped over, so that `at` is no longer the start
        while self.at == 0 && self.begins_with_separator() {
            let length = separator_length(self.text);
            self.text = &self.text[length..];
            self.base += length;
        }
        let bytes = self.text.as_bytes();
        let separator = self.at;
        let start = if separator == 0 { 0 } else { separator + separator_length(&self.text[separator..]) };
        let mut end = start;
        loop {
            match memchr::memchr2(b'&', b';', &bytes[end..]).map(|n| n + end) {
                None => {
                    end = bytes.len();
                    self.done = true;
                    break;
                }
                Some(at) if bytes[at] == b'&' || self.semicolons && names_follow(&bytes[at + 1..]) => {
                    // A separator at the very start: an empty parameter before it.
                    end = at;
                    break;
                }
                Some(at) => end = at + 1,
            }
        }
        self.at = end;
        let whole = &self.text[start..end];
        let (raw_name, raw_value) = match memchr::memchr(b'=', whole.as_bytes()) {
            Some(at) => (&whole[..at], Some(&whole[at + 1..])),
            None => (whole, None),
        };
        let span = Span::new(self.base + start, self.base + end);
        Some(Parameter { raw_name, raw_value, span, separator: self.base + separator })
    }
}

/// How long the separator at the start of `text` is: `&`, `&amp;`, `&amp;amp;`, `&#38;`, `&#038;`, `&%23038;`, `;`.
fn separator_length(text: &str) -> usize {
    let mut length = 1;
    if let [b'&', b'a' | b'#' | b'%', ..] = text.as_bytes() {
        while text[length..].starts_with("amp;") {
            length += 4;
        }
        for escaped in ["#38;", "#038;", "#x26;", "%23038;", "%2338;"] {
            if text[length..].starts_with(escaped) {
                return length + escaped.len();
            }
        }
    }
    length
}

/// Whether a name and `=` come next.
fn names_follow(bytes: &[u8]) -> bool {
    let length = bytes.iter().position(|b| {
        !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'%' | b'[' | b']' | b'$'))
    });
    matches!(length, Some(length) if length > 0 && bytes[length] == b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let view = UrlView::parse(" https://user:pw@Example.ORG.:443/a/b?x=1#f?g ");
        assert_eq!((view.scheme, view.host, view.path), ("https", "Example.ORG", "/a/b"));
        assert_eq!((view.query, view.fragment), (Some("x=1"), Some("f?g")));
        assert_eq!(&view.text[view.query_span().range()], "x=1");
        assert_eq!(&view.text[view.path_span().range()], "/a/b");
        assert!(view.is_web());
        let view = UrlView::parse("javascript:void(0)?a#b");
        assert_eq!((view.scheme, view.host, view.path), ("javascript", "", "void(0)?a#b"));
        assert!(!view.is_web());
        assert_eq!(UrlView::parse("www.example.org/a").host, "www.example.org");
        assert_eq!(UrlView::parse("a/b?c").path, "a/b");
        assert_eq!(UrlView::parse("#top").fragment, Some("top"));
        assert_eq!(UrlView::parse("").path, "");
        for url in
            ["", " //a.b.c/d?e#", "https://user@a.b:80?x=1&#38;y#z", "x:y", "#", "?#&#x26;", "www.a.b/c "]
        {
            let view = UrlView::parse(url);
            assert_eq!(UrlView::at(url, &view.places()), view);
        }
    }

    #[test]
    fn sites() {
        for (url, site) in [
            ("https://www.example.co.uk/", "example.co.uk"),
            ("https://example.com", "example.com"),
            ("//a.b.example.de/x", "example.de"),
            ("http://localhost:80/", "localhost"),
            ("/relative", ""),
        ] {
            assert_eq!(UrlView::parse(url).site(), site);
        }
    }

    #[test]
    fn parameters_and_their_separators() {
        let url = "https://example.org/?a=1&amp;b=2&#038;c&d=x;y=2&&%23e=";
        let view = UrlView::parse(url);
        let written: Vec<&str> = view.parameters().map(|p| &url[p.span.range()]).collect();
        assert_eq!(written, ["a=1", "b=2", "c", "d=x;y=2", "", "%23e="]);
        let written: Vec<&str> = view.parameters_at_semicolons().map(|p| &url[p.span.range()]).collect();
        assert_eq!(written, ["a=1", "b=2", "c", "d=x", "y=2", "", "%23e="]);
        assert_eq!(view.fragment, None);
        assert_eq!(UrlView::parse("https://example.org/").parameters().count(), 0);
        assert_eq!(UrlView::parse("https://example.org/?&a=1").parameters().count(), 1);
    }
}
