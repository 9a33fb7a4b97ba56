//! Marks of more than one byte: wikilinks, admonitions, content tabs, alerts, the module lines of MDX, ends of shortcodes.
//! Owns the one pass that finds them.

use super::line_from;
use crate::span::Span;
use aho_corasick::packed;
use memchr::{memchr, memrchr};
use std::sync::LazyLock;

/// How far an admonition's text is followed, in bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// A region that was found.
pub(super) enum Region {
    /// No rule looks inside.
    Opaque(Span),
    /// A marker line with the indented text that belongs to it, a mark that has lost its other half.
    Body(Span),
    /// `import` and `export` of MDX.
    Module(Span),
    /// A `[/`, which may end a shortcode.
    End(usize),
}

/// The search has eight buckets for them, and the last mark shares that of the first: both are rare, and so are their mixtures.
const MARKS: [&str; 10] = ["???", "[[", "[!", "!!! ", ":::", "=== \"", "--8<--", "import ", "export ", "[/"];

static SEARCHER: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| packed::Searcher::new(MARKS));

/// Calls `take` for each region of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, mut take: impl FnMut(Region)) {
    let bytes = text.as_bytes();
    // where the processor has no vector instructions, one search for each mark
    let Some(searcher) = SEARCHER.as_ref() else {
        for (kind, mark) in MARKS.iter().enumerate() {
            for at in memchr::memmem::find_iter(bytes.get(from..).unwrap_or(&[]), mark.as_bytes()) {
                region(text, from, at + from, kind, &mut take);
            }
        }
        return;
    };
    for hit in searcher.find_iter(bytes.get(from..).unwrap_or(&[])) {
        region(text, from, hit.start() + from, hit.pattern().as_usize(), &mut take);
    }
}

fn region(text: &str, from: usize, at: usize, kind: usize, take: &mut impl FnMut(Region)) {
    let bytes = text.as_bytes();
    match MARKS[kind] {
        "[[" => {
            if let Some(end) = wikilink(text, at) {
                let start = if at > from && bytes[at - 1] == b'!' { at - 1 } else { at };
                take(Region::Opaque(Span::new(start, end)));
            }
        }
        "[!" => {
            if let Some(end) = alert(text, at) {
                take(Region::Opaque(Span::new(at, end)));
            }
        }
        "[/" => take(Region::End(at)),
        "import " | "export " => {
            let begins = at == from || bytes[at - 1] == b'\n';
            if begins && is_module_line(line_from(text, at)) {
                take(Region::Module(Span::new(at, paragraph_end(text, at))));
            }
        }
        mark => {
            let Some(indent) = indent_before(text, from, at) else { return };
            let line = line_from(text, at).trim_end();
            let rest = line.trim_start_matches(['!', '?', ':', '+']);
            let sound = match mark {
                ":::" | "=== \"" | "--8<--" => true,
                _ => rest.strip_prefix(' ').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic())),
            };
            if !sound {
                return;
            }
            if mark != "=== \"" {
                take(Region::Opaque(Span::new(at, at + line.len())));
            }
            if mark != ":::" && mark != "--8<--" {
                take(Region::Body(Span::new(at, body_end(text, at + line.len(), indent))));
            }
        }
    }
}

/// The longest marks of quotes before an alert, in bytes.
const LONGEST_QUOTE_MARKS: usize = 64;
/// The longest indent of a mark, in bytes.
const LONGEST_INDENT: usize = 32;

/// What stands before `at` in its line, which begins at `from` or later; `None` if it is longer: long lines are not read for each mark.
fn head_of_line(bytes: &[u8], from: usize, at: usize, longest: usize) -> Option<&[u8]> {
    let nearest = at.saturating_sub(longest + 1).max(from);
    let near = bytes.get(nearest..at)?;
    match memrchr(b'\n', near) {
        Some(end) => near.get(end + 1..),
        None => (near.len() <= longest).then_some(near),
    }
}

/// How many columns of blanks stand before `at`, if nothing else does; a tab is four.
fn indent_before(text: &str, from: usize, at: usize) -> Option<usize> {
    let head = head_of_line(text.as_bytes(), from, at, LONGEST_INDENT)?;
    // in a quote, as far as it goes
    if head.contains(&b'>') {
        return head.iter().all(|b| b" \t>".contains(b)).then_some(0);
    }
    indent_of(head, head.len())
}

/// The width of `length` bytes of blanks.
fn indent_of(line: &[u8], length: usize) -> Option<usize> {
    let blanks = line.get(..length)?;
    blanks.iter().try_fold(0, |width, b| match b {
        b' ' => Some(width + 1),
        b'\t' => Some(width + 4),
        _ => None,
    })
}

/// Where the text ends that is indented by four columns more than `indent`; blank lines at its end are no part of it.
fn body_end(text: &str, line_end: usize, indent: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = line_end;
    let Some(mut at) = memchr(b'\n', &bytes[line_end..]).map(|i| line_end + i + 1) else { return end };
    while at < bytes.len() && at - line_end < LONGEST_BODY {
        let stop = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let line = &bytes[at..stop];
        let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let blank = line.len() == blanks || &line[blanks..] == b"\r";
        if !blank {
            if indent_of(line, blanks).is_none_or(|width| width < indent + 4) {
                break;
            }
            end = if stop > at && bytes[stop - 1] == b'\r' { stop - 1 } else { stop };
        }
        at = stop + 1;
    }
    end
}

fn wikilink(text: &str, at: usize) -> Option<usize> {
    let line = line_from(text, at);
    let line = line.get(..512).unwrap_or(line);
    let close = line.find("]]")?;
    let content = &line[2..close];
    // `[[1]](url)` is a link whose text has brackets
    (!content.is_empty() && !content.contains(['[', ']']) && !line[close + 2..].starts_with(['(', '[', ':']))
        .then_some(at + close + 2)
}

/// The end of `[!NOTE]` at the head of a quote, with the mark that folds it.
fn alert(text: &str, at: usize) -> Option<usize> {
    let head = head_of_line(text.as_bytes(), 0, at, LONGEST_QUOTE_MARKS)?;
    if !head.contains(&b'>') || !head.iter().all(|b| b" \t>".contains(b)) {
        return None;
    }
    let rest = &text[at + 2..];
    let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let after = rest[name..].strip_prefix(']')?;
    let fold = usize::from(after.starts_with(['+', '-']));
    (name > 1).then_some(at + 2 + name + 1 + fold)
}

/// Whether a line that begins with `import` or `export` is JavaScript.
fn is_module_line(line: &str) -> bool {
    let line = line.trim_end();
    if let Some(rest) = line.strip_prefix("import ") {
        let quoted = |s: &str| s.starts_with(['\'', '"']);
        let named = rest.starts_with(['{', '*']);
        return quoted(rest)
            || rest.rsplit_once(" from ").is_some_and(|(_, source)| quoted(source.trim()))
            || named && rest.ends_with(['{', ',']);
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    ["const ", "let ", "var ", "function ", "default ", "async ", "class ", "{", "* from"]
        .iter()
        .any(|word| rest.starts_with(word))
        && (rest.contains(['=', '(', '{', '*']) || rest.starts_with("default "))
}

fn paragraph_end(text: &str, at: usize) -> usize {
    let part = super::reach(text, at, super::LONGEST_TAG);
    at + part.trim_end().len()
}
