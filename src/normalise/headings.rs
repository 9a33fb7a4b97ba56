//! Headings: what stands round their text, and how a setext heading becomes an ATX one.

use super::place::{is_generator_line, line_before, prefix_before, quote_depth, start_of};
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use memchr::memchr_iter;

/// The marker of an ATX heading, its text, and what follows the text.
pub(crate) struct Atx {
    /// The bytes of the `#`s.
    pub(crate) marker: Span,
    /// The text without blanks around it; empty (at the marker's end) where there is none.
    pub(crate) text: Span,
    /// The blanks and the closing hashes after the text, if there are closing hashes.
    pub(crate) closing: Option<Span>,
}

/// The parts of an ATX heading.
pub(crate) fn atx(heading: NodeRef<'_>) -> Option<Atx> {
    if heading.has(Flags::OTHER) {
        return None;
    }
    let bytes = heading.document.text.as_bytes();
    let span = Span::new(start_of(heading), heading.span().end);
    let marker = Span::new(span.start, span.start + heading.node().data as usize);
    let blanks = |mut at: usize| {
        while at < span.end && is_blank(bytes[at]) {
            at += 1;
        }
        at
    };
    let trimmed = |mut end: usize| {
        while end > marker.end && is_blank(bytes[end - 1]) {
            end -= 1;
        }
        end
    };
    let start = blanks(marker.end);
    let mut hashes = span.end;
    while hashes > marker.end && bytes[hashes - 1] == b'#' {
        hashes -= 1;
    }
    let closes = hashes < span.end && (hashes == start || is_blank(bytes[hashes - 1]));
    // an escaped hash is text: the tree knows
    let told = heading.last_child().map_or(marker.end, |c| c.span().end);
    if !closes || told > hashes {
        return Some(Atx { marker, text: Span::new(start, span.end.max(start)), closing: None });
    }
    let end = trimmed(hashes);
    Some(Atx { marker, text: Span::new(start.min(end), end), closing: Some(Span::new(end, span.end)) })
}

/// Whether the text of a heading would lose its end without closing hashes after it.
pub(crate) fn ends_like_a_heading(text: &str) -> bool {
    text.ends_with(['#', '\\'])
}

fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// The edits that make a setext heading an ATX one: the marker goes before the text, lines are joined, the underline goes.
/// `None` where text could be read otherwise.
pub(crate) fn atx_edits(heading: NodeRef<'_>) -> Option<Vec<Edit>> {
    let document = heading.document;
    let level = heading.node().data;
    if !heading.has(Flags::OTHER) || !(1..=2).contains(&level) {
        return None;
    }
    let span = Span::new(start_of(heading), heading.span().end);
    let source = document.slice(span);
    let underline = source.rfind('\n')?;
    let text = source[..underline].trim_end_matches([' ', '\t', '\r']);
    // `\` before a line end, `#` at the end and a table's bars are read otherwise in other places
    if text.is_empty()
        || ends_like_a_heading(text)
        || source.lines().any(is_generator_line)
        || is_slide_matter(heading)
        || text.contains('|') && (text.contains('\n') || source.ends_with('-'))
    {
        return None;
    }
    let text = Span::new(span.start, span.start + text.len());
    // a definition at the head of the paragraph is no part of the heading
    if heading.children().next()?.span().start > span.start + 1
        || !is_underline(document.slice(span.end_line(underline)))
    {
        return None;
    }
    let mut edits = vec![Edit::insert(text.start, if level == 1 { "# " } else { "## " })];
    edits.extend(joined_lines(heading, text)?);
    edits.push(Edit::remove(Span::new(text.end, span.end)));
    Some(edits)
}

/// Whether a heading, as CommonMark reads it, is the front matter of a slide: lines of keys and values between two lines of dashes.
pub(crate) fn is_slide_matter(heading: NodeRef<'_>) -> bool {
    let document = heading.document;
    let source = document.slice(Span::new(start_of(heading), heading.span().end));
    let Some((text, "---")) = source.trim_end().rsplit_once('\n') else { return false };
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_pair = |line: &str| {
        let rest = line.trim_start_matches(is_key);
        rest.len() < line.len() && rest.strip_prefix(':').is_some_and(|v| v.is_empty() || v.starts_with(' '))
    };
    let opens = || {
        line_before(document, start_of(heading)).is_some_and(|line| document.slice(line).trim_end() == "---")
    };
    text.lines().all(|line| line.starts_with([' ', '\t']) || is_pair(line)) && opens()
}

/// Edits that put one blank in place of each line end in `text`, a stretch of the heading.
fn joined_lines(heading: NodeRef<'_>, text: Span) -> Option<Vec<Edit>> {
    let document = heading.document;
    let bytes = document.text.as_bytes();
    if heading.descendants().any(|n| matches!(n.kind(), Kind::HardBreak | Kind::TaskMarker)) {
        return None;
    }
    // a heading of one line has no prefix to count
    let quoted = heading.ancestors().any(|n| n.kind() == Kind::Quote)
        && heading.descendants().any(|n| n.kind() == Kind::SoftBreak);
    let quotes = if quoted { quote_depth(heading)? } else { 0 };
    let mut edits = Vec::new();
    for end in heading.descendants().filter(|n| n.kind() == Kind::SoftBreak) {
        let mut from = end.span().start;
        while from > text.start && matches!(bytes[from - 1], b' ' | b'\t' | b'\r') {
            from -= 1;
        }
        let to = after_prefix(bytes, end.span().end, quotes);
        if to > text.end || from > text.start && bytes[from - 1] == b'\\' {
            return None;
        }
        edits.push(Edit::replace(Span::new(from, to), " "));
    }
    // line ends in code, tags and addresses are no breaks: they stay, and the heading with them
    let line_ends = memchr_iter(b'\n', document.slice(text).as_bytes()).count();
    (edits.len() == line_ends).then_some(edits)
}

/// The first byte at or after `at` that is neither a blank nor one of at most `quotes` quote marks; a mark that is indented like
/// code is text.
fn after_prefix(bytes: &[u8], mut at: usize, quotes: usize) -> usize {
    let (mut marks, mut blanks) = (0, 0);
    while let Some(&b) = bytes.get(at) {
        match b {
            b' ' | b'\t' => blanks += 1,
            b'>' if marks < quotes && blanks < 4 => (marks, blanks) = (marks + 1, 0),
            _ => break,
        }
        at += 1;
    }
    at
}

fn is_underline(line: &str) -> bool {
    let bare = line.trim_matches([' ', '\t', '>', '\r', '\n']);
    !bare.is_empty() && (bare.bytes().all(|b| b == b'=') || bare.bytes().all(|b| b == b'-'))
}

impl Span {
    /// From `offset` bytes after the start to the end.
    fn end_line(self, offset: usize) -> Span {
        Span::new(self.start + offset, self.end)
    }
}

/// The blanks before a block that stands directly in the document.
pub(crate) fn indent(block: NodeRef<'_>) -> Option<Span> {
    let document: Document<'_> = block.document;
    let start = start_of(block);
    let at_root = block.parent().is_some_and(|p| p.kind() == Kind::Root);
    let prefix = prefix_before(document, start)?;
    (at_root && !prefix.is_empty() && prefix.bytes().all(|b| b == b' '))
        .then(|| Span::new(start - prefix.len(), start))
}
