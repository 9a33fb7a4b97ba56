//! Math in TeX. Owns telling it from money and from escaped brackets.

use super::{LONGEST_TAG, reach};
use memchr::{memchr, memmem};

/// How long a formula in a sentence may be, in bytes.
const LONGEST_FORMULA: usize = 512;
/// How long an environment may be, in bytes; blank lines may stand in it.
const LONGEST_ENVIRONMENT: usize = 16 * 1024;

/// The end of `$…$` or `$$…$$` at `at`. A price is neither: TeX's closing dollar follows no blank and has no digit behind it.
pub(super) fn dollar(text: &str, at: usize, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let next = *bytes.get(at + 1)?;
    if next == b'$' {
        let inner = reach(text, at, LONGEST_TAG).as_bytes();
        let close = memmem::find(inner.get(2..)?, b"$$")?;
        return (close > 0).then_some(at + 2 + close + 2);
    }
    if next.is_ascii_whitespace() || at > from && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let part = reach(text, at, LONGEST_FORMULA);
    let line = &part.as_bytes()[1..];
    let mut from = 0;
    let close = loop {
        let i = from + memchr(b'$', line.get(from..)?)?;
        if i == 0 || line[i - 1] != b'\\' {
            break i;
        }
        from = i + 1;
    };
    let content = &part[1..1 + close];
    let sound = close > 0
        && !line[close - 1].is_ascii_whitespace()
        && line.get(close + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
        && content.bytes().filter(|b| *b == b'\n').count() < 3
        // a sum of money reads on in words
        && !(content.as_bytes()[0].is_ascii_digit() && content.contains(' ') && !content.contains(['\\', '^', '_', '=', '+']));
    sound.then_some(at + close + 2)
}

/// The end of `\(…\)` or `\[…\]` at `at`, with one or two backslashes: an escaped bracket in prose looks the same, so something
/// mathematical must stand between.
pub(super) fn bracket(text: &str, at: usize, backslashes: usize) -> Option<usize> {
    let part = reach(text, at, LONGEST_TAG);
    let close = match (part.as_bytes().get(backslashes)?, backslashes) {
        (b'(', 1) => "\\)",
        (_, 1) => "\\]",
        (b'(', _) => "\\\\)",
        _ => "\\\\]",
    };
    let from = backslashes + 1;
    let end = part.get(from..)?.find(close)? + from;
    let content = &part.as_bytes()[from..end];
    // brackets around a link, as wikis write «[edit]»; its address has what looks like operators
    if ["](/", "](#", "](http"].iter().any(|link| memmem::find(content, link.as_bytes()).is_some()) {
        return None;
    }
    let command = content.windows(2).any(|w| w[0] == b'\\' && w[1].is_ascii_alphabetic());
    let operator = content.iter().any(|b| matches!(b, b'^' | b'=')) || memmem::find(content, b"_{").is_some();
    (command || operator).then_some(at + end + close.len())
}

/// The end of `\begin{align} … \end{align}` at `at`.
pub(super) fn environment(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix("\\begin{")?;
    let name = &rest[..rest.find('}').filter(|n| (1..32).contains(n))?];
    let mut limit = (at + LONGEST_ENVIRONMENT).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let close = format!("\\end{{{name}}}");
    Some(at + memmem::find(&text.as_bytes()[at..limit], close.as_bytes())? + close.len())
}
