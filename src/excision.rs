//! [`removal`]: taking something out of a text so that what stood round it stays what it was. Owns lines and blanks;
//! must not know what is removed, or why.

use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;

/// What is taken out, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Removed<'a> {
    pub span: Span,
    /// Whether a reader saw nothing of it: then the lines round it belong together.
    pub invisible: bool,
    /// The node that it stands in.
    pub parent: NodeRef<'a>,
    /// Its neighbours there.
    pub previous: Option<NodeRef<'a>>,
    pub next: Option<NodeRef<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// There is none.
    None,
    Blank,
    Text,
}

/// The edit that takes `removed` out. Where it fills its lines they go with it, blank lines round it become those of one break, no two
/// paragraphs grow together and no list is cut; within a line no words join and no blank is left before a stop.
pub(crate) fn removal(document: Document<'_>, removed: &Removed<'_>) -> Edit {
    let text = document.text;
    let span = removed.span;
    let (before, after) = (before_in_line(text, span.start), after_in_line(text, span.end));
    if is_prefix(before) && after.trim().is_empty() {
        let lines = Span::new(span.start - before.len(), span.end + after.len());
        whole_lines(document, removed, before, lines)
    } else {
        within_line(document, span, before, after)
    }
}

/// How much of a line is looked at on either side, in bytes, where that is not blank: lines may be long, and removals in them many.
const NEAR: usize = 512;

/// The last byte up to `at` that a character begins at, or the end.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What stands before byte `at` in its line; of a long line its end, if that has words.
fn before_in_line(text: &str, at: usize) -> &str {
    let in_line = |from: usize| {
        let part = text.get(from..at).unwrap_or("");
        part.rfind('\n').map_or(part, |end| &part[end + 1..])
    };
    let near = in_line(boundary(text, at.saturating_sub(NEAR)));
    if near.len() + 4 > NEAR && is_prefix(near) { in_line(0) } else { near }
}

/// What stands behind byte `at` in its line, without the line end; of a long line its beginning, if that has words.
fn after_in_line(text: &str, at: usize) -> &str {
    let in_line = |to: usize| {
        let part = text.get(at..to).unwrap_or("");
        let part = part.find('\n').map_or(part, |end| &part[..end]);
        part.strip_suffix('\r').unwrap_or(part)
    };
    let near = in_line(boundary(text, at.saturating_add(NEAR).min(text.len())));
    if near.len() + 4 > NEAR && near.trim().is_empty() { in_line(text.len()) } else { near }
}

/// Whether a line's beginning is nothing but the marks of quotes and indents.
fn is_prefix(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>'))
}

/// Whether a line's beginning is the marker of a list item (behind marks of quotes and indents).
fn is_marker(text: &str) -> bool {
    let t = text.trim_matches([' ', '\t', '>']);
    matches!(t, "-" | "*" | "+")
        || t.strip_suffix(['.', ')'])
            .is_some_and(|n| !n.is_empty() && n.len() <= 9 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a line begins with the marker of a list item.
pub(crate) fn begins_with_marker(line: &str) -> bool {
    let t = line.trim_start_matches([' ', '\t', '>']);
    let word = t.split([' ', '\t', '\r', '\n']).next().unwrap_or("");
    is_marker(word)
}

struct Lines<'a> {
    document: Document<'a>,
    body: usize,
    quoted: bool,
}

impl Lines<'_> {
    fn kind(&self, line: Option<Span>) -> Line {
        let Some(line) = line else { return Line::None };
        let text = self.document.slice(line);
        let marks: &[char] = if self.quoted { &[' ', '\t', '>', '\r'] } else { &[' ', '\t', '\r'] };
        if text.trim_matches(marks).is_empty() { Line::Blank } else { Line::Text }
    }

    /// The line that ends before byte `start`.
    fn before(&self, start: usize) -> Option<Span> {
        (start > self.body).then(|| self.document.line_at(start - 1))
    }

    /// The line that begins at byte `start`.
    fn at(&self, start: usize) -> Option<Span> {
        (start < self.document.text.len()).then(|| self.document.line_at(start))
    }

    /// The byte after the line end that stands at `end`.
    fn after(&self, end: usize) -> usize {
        let bytes = self.document.text.as_bytes();
        let mut at = end;
        if bytes.get(at) == Some(&b'\r') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'\n') { at + 1 } else { at }
    }

    fn is_quoted(&self, line: Option<Span>) -> bool {
        line.is_some_and(|l| self.document.slice(l).trim_start().starts_with('>'))
    }
}

fn whole_lines(document: Document<'_>, removed: &Removed<'_>, prefix: &str, span: Span) -> Edit {
    let body = document.parsed.front_matter.map_or(0, |f| f.end);
    let lines = Lines { document, body, quoted: prefix.contains('>') };
    let (mut from, mut to) = (span.start, lines.after(span.end));
    let above = |from: usize| lines.kind(lines.before(from));
    let below = |to: usize| lines.kind(lines.at(to));
    let mut separator = String::new();
    let quote_ends = lines.quoted && !lines.is_quoted(lines.at(to));
    match (above(from), below(to)) {
        (Line::None | Line::Blank, Line::Blank) if !quote_ends => {
            while below(to) == Line::Blank && (!lines.quoted || lines.is_quoted(lines.at(to))) {
                to = lines.after(lines.at(to).map_or(to, |l| l.end));
            }
            let ended = below(to) == Line::None || lines.quoted && !lines.is_quoted(lines.at(to));
            if ended || is_between_items(removed) {
                while above(from) == Line::Blank {
                    from = lines.before(from).map_or(from, |l| l.start);
                }
            }
        }
        (Line::Blank, Line::Blank | Line::None | Line::Text) if quote_ends || below(to) == Line::None => {
            while above(from) == Line::Blank {
                from = lines.before(from).map_or(from, |l| l.start);
            }
        }
        (Line::Text, Line::Text) if needs_break(document, removed, &lines, from, to) => {
            let end = if document.slice(Span::new(span.end, to)).starts_with('\r') { "\r\n" } else { "\n" };
            let marks = prefix.rfind('>').map_or("", |i| &prefix[..=i]);
            separator = format!("{marks}{end}");
        }
        _ => {}
    }
    // a text without a last line end stays one
    if to >= document.text.len() && !document.text.ends_with('\n') && from > body {
        let line = lines.before(from).map_or(from, |l| l.end);
        from = line.max(body);
    }
    Edit::replace(Span::new(from, to), separator)
}

/// Whether it stands between two lists that were one, with their items close together.
fn is_between_items(removed: &Removed<'_>) -> bool {
    let (Some(a), Some(b)) = (removed.previous, removed.next) else { return false };
    if a.kind() != Kind::List || b.kind() != Kind::List {
        return false;
    }
    let ordered = crate::document::Flags::ORDERED;
    if a.has(ordered) != b.has(ordered) {
        return false;
    }
    let tight = |list: NodeRef<'_>| {
        let mut items = list.children().peekable();
        let mut several = None;
        while let Some(item) = items.next() {
            if let Some(next) = items.peek() {
                let gap = list.document.slice(Span::new(item.span().end, next.span().start));
                several = Some(several.unwrap_or(true) && gap.matches('\n').count() <= 1);
            }
        }
        several
    };
    tight(a).or(tight(b)).unwrap_or(true)
}

/// Whether the lines above and below would become one paragraph that they were not.
fn needs_break(
    document: Document<'_>,
    removed: &Removed<'_>,
    lines: &Lines<'_>,
    from: usize,
    to: usize,
) -> bool {
    let (Some(above), Some(below)) = (lines.before(from), lines.at(to)) else { return false };
    let (above, below) = (document.slice(above), document.slice(below));
    let in_item =
        removed.parent.kind() == Kind::Item || removed.parent.ancestors().any(|a| a.kind() == Kind::Item);
    let after_list = removed.previous.is_some_and(|p| matches!(p.kind(), Kind::List | Kind::Item));
    if begins_with_marker(below) && (in_item || after_list || matches!(removed.parent.kind(), Kind::List)) {
        return false;
    }
    if above.contains('|') && below.trim_start().starts_with('|') {
        return false;
    }
    if matches!(removed.parent.kind(), Kind::Element | Kind::Link) {
        return false;
    }
    let html = |n: Option<NodeRef<'_>>| n.is_some_and(|n| n.is_html() && n.kind() != Kind::Text);
    if html(removed.previous) && html(removed.next) {
        return false;
    }
    if removed.parent.kind() == Kind::Paragraph {
        if removed.invisible {
            return false;
        }
        let stop = above.trim_end().chars().next_back().is_some_and(|c| ".!?:;…。！？：؟।".contains(c));
        let begins = below.trim_start_matches([' ', '\t', '>']).chars().next();
        return stop || begins.is_none_or(|c| !c.is_lowercase() && (c.is_uppercase() || !c.is_alphabetic()));
    }
    true
}

fn within_line(document: Document<'_>, span: Span, before: &str, after: &str) -> Edit {
    let blank = |c: char| c == ' ' || c == '\t';
    let left = before.len() - before.trim_end_matches(blank).len();
    let right = after.len() - after.trim_start_matches(blank).len();
    let (mut from, mut to) = (span.start, span.end);
    if is_marker(before) && after.trim().is_empty() {
        // the item goes on in the next line
        let rest = document.text.get(to..).unwrap_or("");
        let gap = rest.len() - rest.trim_start().len();
        to += gap;
    } else if is_prefix(before) || is_marker(before) {
        to += right;
    } else if after.trim().is_empty() {
        from -= left;
    } else if left > 0 && right > 0 {
        to += right;
    } else if left > 0 && after.starts_with(|c: char| ".,;:!?)]}»”’。、，；：！？）」』】".contains(c))
    {
        from -= left;
    }
    Edit::remove(Span::new(from, to))
}
