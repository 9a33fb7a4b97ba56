//! What the attributes of an element tell: its size, whether it is hidden, names of ad code. Owns reading them;
//! must not look at URLs nor at what the element holds.

use super::data_names::data_weight;
use super::lexicon::is_label;
use super::names::token_weight;
use super::signal::{Grounds, Signal};
use super::url::creative_size_weight;
use crate::bytes::holds;
use crate::document::html::entities::decode_attribute;
use crate::document::{Kind, NodeRef, Tag};

/// What an attribute may tell, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Width,
    Height,
    Style,
    Hidden,
    /// A class or an id.
    Names,
    Name,
    /// A title or a label for who cannot see it.
    Title,
    Data,
    Nothing,
}

#[inline]
fn tells(name: &[u8]) -> Tells {
    let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    match name.len() {
        2 if is("id") => Tells::Names,
        4 if is("name") => Tells::Name,
        5 if is("class") => Tells::Names,
        5 if is("width") => Tells::Width,
        5 if is("style") => Tells::Style,
        5 if is("title") => Tells::Title,
        6 if is("height") => Tells::Height,
        6 if is("hidden") => Tells::Hidden,
        10 if is("aria-label") => Tells::Title,
        _ if name.len() > 5 && name[..5].eq_ignore_ascii_case(b"data-") => Tells::Data,
        _ => Tells::Nothing,
    }
}

/// Calls `take` with what the attributes of an element may tell, their names and their values as written.
#[inline]
fn for_each_told<'a>(node: NodeRef<'a>, mut take: impl FnMut(Tells, &'a [u8], &'a str)) {
    for (name, value) in node.attribute_names() {
        let tells = tells(name);
        if tells != Tells::Nothing {
            take(tells, name, value.map_or("", |span| node.document.slice(span)));
        }
    }
}

/// Width and height in pixels, by attributes or style, where they say so.
pub(crate) fn size(node: NodeRef<'_>) -> (Option<u32>, Option<u32>) {
    let (mut width, mut height) = (None, None);
    for_each_told(node, |tells, _, value| match tells {
        Tells::Width => width = pixels(value),
        Tells::Height => height = pixels(value),
        Tells::Style => {
            for declaration in value.split(';') {
                let Some((name, value)) = declaration.split_once(':') else { continue };
                match name.trim() {
                    n if n.eq_ignore_ascii_case("width") => width = width.or_else(|| pixels(value.trim())),
                    n if n.eq_ignore_ascii_case("height") => height = height.or_else(|| pixels(value.trim())),
                    _ => {}
                }
            }
        }
        _ => {}
    });
    (width, height)
}

/// `90`, `90px`, `0`; not `50%`, `2em`.
fn pixels(value: &str) -> Option<u32> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if digits == value.len() {
        return value.parse().ok();
    }
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let unit = value.get(digits..)?.trim().trim_end_matches("!important").trim();
    (digits > 0 && (unit.is_empty() || unit.eq_ignore_ascii_case("px")))
        .then(|| value.get(..digits)?.parse().ok())
        .flatten()
}

/// Whether both sides are 0 or 1 pixel.
pub(crate) fn has_no_size(node: NodeRef<'_>) -> bool {
    matches!(size(node), (Some(0 | 1), Some(0 | 1)))
}

/// Whether its style or `hidden` keeps it from being seen.
pub(crate) fn is_hidden(node: NodeRef<'_>) -> bool {
    let (mut hidden, mut style) = (false, None);
    for_each_told(node, |tells, _, value| match tells {
        Tells::Hidden => hidden = true,
        Tells::Style => style = style.or(Some(value)),
        _ => {}
    });
    hidden || style.is_some_and(hides)
}

/// Whether a style keeps what it is of from being seen.
fn hides(style: &str) -> bool {
    let bytes = style.as_bytes();
    // `display:none`, `visibility:hidden`, `opacity:0`; a place far outside
    let may_hide = memchr::memchr_iter(b':', bytes).any(|colon| {
        let next = bytes[colon + 1..].iter().find(|&&b| b > b' ');
        let last = bytes[..colon].iter().rfind(|&&b| b > b' ');
        let ends_in_y = matches!(last, Some(b'y' | b'Y') | Some(128..));
        matches!(next, Some(b'-' | 128..))
            || ends_in_y && matches!(next, Some(b'n' | b'N' | b'h' | b'H' | b'0'))
    });
    if !may_hide {
        return false;
    }
    let mut style: String = style.split_whitespace().collect();
    style.make_ascii_lowercase();
    ["display:none", "visibility:hidden"].iter().any(|s| style.contains(s))
        || style.split(';').any(|d| d == "opacity:0" || d == "opacity:0.0")
        || style.split(';').any(|d| {
            d.split_once(":-").is_some_and(|(name, value)| {
                matches!(name, "left" | "top" | "right" | "text-indent" | "margin-left")
                    && value.bytes().take_while(u8::is_ascii_digit).count() >= 3
            })
        })
}

/// The weight of its size as one that ads have: 0, 3 or 4.
pub(crate) fn ad_size(node: NodeRef<'_>) -> i16 {
    let listed = |name: &str| pixels(node.listed_attribute(name)?);
    weight_of_size(if node.is_html() { size(node) } else { (listed("width"), listed("height")) })
}

/// The weight of a size as one that ads have: 0, 3 or 4.
pub(crate) fn weight_of_size(size: (Option<u32>, Option<u32>)) -> i16 {
    match size {
        (Some(width), Some(height)) => creative_size_weight(width, height),
        _ => 0,
    }
}

/// Counts what class, id, title and data attributes tell.
pub(crate) fn add_names(node: NodeRef<'_>, grounds: &mut Grounds) {
    let (mut token, mut attribute) = (0, 0);
    for_each_told(node, |tells, name, value| match tells {
        Tells::Names => token = token.max(token_weight(value)).max(generated_id_weight(value)),
        Tells::Name => token = token.max(token_weight(value)),
        Tells::Title if is_label(&decode_attribute(value)) => grounds.add(Signal::Label, 4),
        Tells::Data => attribute = attribute.max(data_weight(&name[5..], value)),
        _ => {}
    });
    if node.tag() == Tag::Unknown && node.kind() == Kind::Element {
        token = token.max(custom_name(node).map_or(0, token_weight));
    }
    grounds.add(Signal::Token, token);
    grounds.add(Signal::Attribute, attribute);
}

/// The name of an element that a script defines: it has a hyphen.
fn custom_name(node: NodeRef<'_>) -> Option<&str> {
    let tag = node.document.slice(node.start_tag()?).trim_start_matches('<');
    let name = tag.split([' ', '\t', '\r', '\n', '/', '>']).next()?;
    name.contains('-').then_some(name)
}

/// `container-30356e73…`, `M727193ScriptRootC1219340`: ids that a program made up.
fn generated_id_weight(id: &str) -> i16 {
    let bytes = id.as_bytes();
    if bytes.len() < 6 {
        return 0;
    }
    let hex = bytes.len() >= 24
        && bytes
            .split(|b| matches!(b, b'-' | b'_'))
            .any(|p| p.len() >= 24 && p.iter().all(u8::is_ascii_hexdigit));
    if hex || holds(bytes, b"ScriptRoot") || holds(bytes, b"gpt-ad") {
        4
    } else if bytes.iter().all(u8::is_ascii_digit) {
        2
    } else {
        0
    }
}

/// Counts what `rel` says.
pub(crate) fn add_rel(node: NodeRef<'_>, grounds: &mut Grounds) {
    let rel =
        if node.is_html() { node.attribute("rel").map(|a| a.value) } else { node.listed_attribute("rel") };
    for word in rel.unwrap_or_default().split_ascii_whitespace() {
        if word.eq_ignore_ascii_case("sponsored") {
            grounds.add(Signal::Sponsored, 5);
        } else if word.eq_ignore_ascii_case("nofollow") {
            grounds.add(Signal::NoFollow, 1);
        }
    }
}
