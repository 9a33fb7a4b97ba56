//! MDX: expressions in braces and JSX tags, where a module line has shown that the text is MDX.
//! Owns their extent; whether the text is MDX is decided by who calls.

use super::{LONGEST_TAG, reach};
use crate::span::Span;
use memchr::memchr2_iter;

/// Adds the expressions and the tags of components to `spans`.
pub(super) fn expressions(text: &str, from: usize, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut done = from;
    for at in memchr2_iter(b'{', b'<', bytes.get(from..).unwrap_or(&[])).map(|i| i + from) {
        if at < done || at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let tag = bytes[at] == b'<';
        let name = bytes.get(at + 1).copied().unwrap_or(b' ');
        let component = name.is_ascii_uppercase()
            || name == b'>'
            || name == b'/' && bytes.get(at + 2).is_some_and(|b| b.is_ascii_uppercase() || *b == b'>');
        if tag && !component {
            continue;
        }
        if let Some(end) = balanced_end(text, at, tag) {
            spans.push(Span::new(at, end));
            done = end;
        }
    }
}

/// The end of an expression or a tag: braces balance, quoted text does not count.
fn balanced_end(text: &str, at: usize, tag: bool) -> Option<usize> {
    let part = if tag {
        reach(text, at, LONGEST_TAG)
    } else {
        text.get(at..at + LONGEST_TAG).unwrap_or(&text[at..])
    };
    let mut depth = 0usize;
    let mut quote = None;
    for (i, b) in part.bytes().enumerate() {
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), b'\n') if !tag => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'`') => quote = Some(b),
            (None, b'\'') if tag || depth > 0 => quote = Some(b),
            (None, b'{') => depth += 1,
            (None, b'}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 && !tag {
                    return Some(at + i + 1);
                }
            }
            (None, b'>') if tag && depth == 0 => return Some(at + i + 1),
            _ => {}
        }
    }
    None
}
