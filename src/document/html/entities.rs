//! Character references (`&amp;`, `&#8217;`), with `html5ever`'s own table of names.
//!
//! Decodes references and nothing else: line ends and NUL bytes stay as they are.
//! After <https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;
use std::borrow::Cow;

/// A character reference at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its length in bytes, `&` and `;` included.
    pub len: usize,
    /// The character it stands for.
    pub first: char,
    /// The second one, for the few that stand for two.
    pub second: Option<char>,
}

/// The character reference at the start of `text`, `None` if there is none: `text` starts with `&` then, if at all, as
/// text. In attributes, for the sake of old URLs, `&copy=1` is none.
pub fn entity_at(text: &str, in_attribute: bool) -> Option<Reference> {
    match text.as_bytes() {
        [b'&', b'#', b'x' | b'X', ..] => numeric(text, 3, 16),
        [b'&', b'#', ..] => numeric(text, 2, 10),
        [b'&', b'a'..=b'z' | b'A'..=b'Z', ..] => named(text, in_attribute),
        _ => None,
    }
}

/// The text with its references decoded, as character data.
pub fn decode_text(text: &str) -> Cow<'_, str> {
    decode(text, |rest| entity_at(rest, false))
}

/// Markdown with its references decoded: CommonMark knows those alone that end in a semicolon, HTML some others too.
pub fn decode_markdown(text: &str) -> Cow<'_, str> {
    let is_closed = |rest: &str, r: &Reference| rest.as_bytes().get(r.len.wrapping_sub(1)) == Some(&b';');
    decode(text, |rest| entity_at(rest, false).filter(|r| is_closed(rest, r)))
}

/// The text with its references decoded, as the value of an attribute.
pub fn decode_attribute(text: &str) -> Cow<'_, str> {
    decode(text, |rest| entity_at(rest, true))
}

fn decode(text: &str, reference_at: impl Fn(&str) -> Option<Reference>) -> Cow<'_, str> {
    let mut decoded = String::new();
    // Up to `copied` the text is in `decoded`, up to `read` it holds no reference that is not.
    let (mut copied, mut read) = (0, 0);
    while let Some(found) = text.as_bytes().get(read..).and_then(|rest| memchr(b'&', rest)) {
        let at = read + found;
        let Some(reference) = text.get(at..).and_then(&reference_at) else {
            read = at + 1;
            continue;
        };
        decoded.push_str(text.get(copied..at).unwrap_or_default());
        decoded.push(reference.first);
        decoded.extend(reference.second);
        read = at + reference.len;
        copied = read;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    decoded.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(decoded)
}

/// `&#…` with digits of `base` from byte `digits` on.
fn numeric(text: &str, digits: usize, base: u32) -> Option<Reference> {
    let mut number: u32 = 0;
    let mut len = digits;
    for &byte in text.as_bytes().get(digits..)? {
        let Some(digit) = char::from(byte).to_digit(base) else { break };
        number = number.saturating_mul(base).saturating_add(digit);
        len += 1;
    }
    if len == digits {
        return None;
    }
    if text.as_bytes().get(len) == Some(&b';') {
        len += 1;
    }
    let replaced =
        number.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize).copied().flatten());
    let first = match number {
        0 => char::REPLACEMENT_CHARACTER,
        _ => replaced.or(char::from_u32(number)).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some(Reference { len, first, second: None })
}

/// `&name`: the longest name the text starts with.
fn named(text: &str, in_attribute: bool) -> Option<Reference> {
    let mut longest = None;
    let mut end = 2;
    // The table holds the beginnings of names too, with zeros.
    while let Some(characters) = text.get(1..end).and_then(|name| NAMED_ENTITIES.get(name)) {
        if characters.0 != 0 {
            longest = Some((end, *characters));
        }
        end += 1;
        if end > text.len() {
            break;
        }
    }
    let (len, (first, second)) = longest?;
    let is_closed = text.as_bytes().get(len - 1) == Some(&b';');
    if in_attribute
        && !is_closed
        && text.as_bytes().get(len).is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric())
    {
        return None;
    }
    let second = if second == 0 { None } else { char::from_u32(second) };
    Some(Reference { len, first: char::from_u32(first)?, second })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_references_is_borrowed() {
        for text in ["", "plain", "a & b", "AT&T", "&;", "&#;", "&#x;", "&nosuch;"] {
            assert!(matches!(decode_text(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn old_urls_keep_their_ampersands() {
        assert_eq!(decode_attribute("?a=1&copy=2&amp;lt=3&notit;&copy;"), "?a=1&copy=2&lt=3&notit;©");
        assert_eq!(decode_text("?a=1&copy=2&notit;"), "?a=1©=2¬it;");
    }

    #[test]
    fn a_reference_says_how_long_it_is() {
        assert_eq!(entity_at("&nbsp;x", false), Some(Reference { len: 6, first: '\u{a0}', second: None }));
        assert_eq!(entity_at("&#150 ", false), Some(Reference { len: 5, first: '–', second: None }));
        assert_eq!(entity_at("&NotEqualTilde;", false).and_then(|r| r.second), Some('\u{338}'));
        assert_eq!(entity_at("&copy=", true), None);
        assert_eq!(entity_at("x", false), None);
    }
}
