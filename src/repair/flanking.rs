//! Delimiters that a parser left as text: `** bold **`, `**Note:**text`. Owns pairing them by the flanking rules of CommonMark
//! (section 6.2 of the specification) and how a blank put or taken makes them emphasis.

use super::characters::{before, behind, is_blank, is_letter, is_punctuation, is_space};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::script::is_unspaced;
use crate::span::Span;
use std::collections::VecDeque;

/// A run of `*` or `_` that is text.
#[derive(Clone, Copy, Debug)]
pub struct Delimiter {
    /// Its bytes.
    pub span: Span,
    /// Which character.
    pub byte: u8,
}

/// Two delimiters of the same kind and length, with what stands around them.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The document.
    pub document: Document<'a>,
    /// The first.
    pub open: Delimiter,
    /// The second.
    pub close: Delimiter,
    /// Whether nothing of its block stands before it (but blanks).
    pub leads: bool,
}

/// Whether there are delimiters that are text right in `block`. Most that it has made emphasis: these are passed with what they mark.
pub fn has_delimiters(block: NodeRef<'_>) -> bool {
    let (nodes, bytes) = (&block.document.parsed.tree.nodes, block.document.text.as_bytes());
    let (mut at, end) = (block.span().start, block.span().end);
    let (mut child, behind) = (block.id.0 + 1, block.node().next);
    while let Some(found) = bytes.get(at..end).and_then(|rest| memchr::memchr2(b'*', b'_', rest)) {
        let place = at + found;
        // the child that it stands in, or else the next
        let node = loop {
            match nodes.get(child as usize).filter(|_| child < behind) {
                Some(node) if node.end as usize <= place => child = node.next.max(child + 1),
                Some(node) => break node,
                None => return false,
            }
        };
        let is_before = place < node.start as usize;
        if node.kind == Kind::Text && !is_before {
            return true;
        }
        at = if is_before { node.start } else { node.end } as usize;
    }
    false
}

/// The delimiters that are text right in `block`, neighbours of the same kind paired.
pub fn pairs(block: NodeRef<'_>, byte: u8) -> Vec<Pair<'_>> {
    let mut found: VecDeque<Delimiter> = VecDeque::new();
    let mut out = Vec::new();
    for child in block.children() {
        match child.kind() {
            Kind::Text => in_text(child, byte, &mut found),
            // a pair does not reach over a line break that is meant
            Kind::HardBreak => found.clear(),
            _ => {}
        }
        while let (Some(&open), Some(&close)) = (found.front(), found.get(1)) {
            let pair = Pair {
                document: block.document,
                open,
                close,
                leads: block.document.slice(Span::new(block.span().start, open.span.start)).trim().is_empty(),
            };
            let is_even = open.span.len() == close.span.len();
            if is_even && pair.is_plausible() {
                out.push(pair);
                found.pop_front();
            } else if is_even && is_sign(block.document.slice(pair.content())) {
                // `**:**` and `**#**` are two that belong together, too: neither waits for another
                found.pop_front();
            }
            found.pop_front();
        }
    }
    out
}

/// Whether text is one sign, no letter or digit.
fn is_sign(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| !c.is_alphanumeric() && !is_space(c)) && chars.next().is_none()
}

/// All pairs of asterisks in `block` as they are written, whatever a parser made of them: the first with the second, the third with the
/// fourth. `None` unless there are two pairs at least, of two asterisks each, and none in code, in an address or escaped.
pub fn written_pairs(block: NodeRef<'_>) -> Option<Vec<Pair<'_>>> {
    let (nodes, text) = (&block.document.parsed.tree.nodes, block.document.text);
    let inner = nodes.get(block.id.0 as usize + 1..block.node().next as usize)?;
    let is_plain = |kind| matches!(kind, Kind::Text | Kind::Strong | Kind::SoftBreak);
    let has_star =
        |start: u32, end: u32| text.get(start as usize..end as usize).is_none_or(|s| s.contains('*'));
    if inner.iter().any(|n| !is_plain(n.kind) && has_star(n.start, n.end)) {
        return None;
    }
    let (base, bytes) = (block.span().start, block.source().as_bytes());
    let mut found: Vec<Delimiter> = Vec::new();
    let mut at = 0;
    while let Some(i) = bytes.get(at..).and_then(|rest| memchr::memchr(b'*', rest)) {
        let start = at + i;
        at = start + bytes.get(start..)?.iter().take_while(|b| **b == b'*').count();
        let is_escaped = start > 0 && bytes.get(start - 1) == Some(&b'\\');
        if at - start != 2 || is_escaped {
            return None;
        }
        found.push(Delimiter { span: Span::new(base + start, base + at), byte: b'*' });
    }
    let pair = |two: &[Delimiter]| match two {
        [open, close] => Some(Pair {
            document: block.document,
            open: *open,
            close: *close,
            leads: open.span.start == base,
        }),
        _ => None,
    };
    let pairs: Option<Vec<Pair<'_>>> = found.chunks(2).map(pair).collect();
    pairs.filter(|p| p.len() >= 2 && p.iter().all(Pair::is_plausible))
}

fn in_text(node: NodeRef<'_>, byte: u8, found: &mut VecDeque<Delimiter>) {
    let (base, source) = (node.span().start, node.source().as_bytes());
    let mut at = 0;
    while let Some(i) = source.get(at..).and_then(|rest| memchr::memchr(byte, rest)) {
        let start = at + i;
        let mut end = start + 1;
        while source.get(end) == Some(&byte) {
            end += 1;
        }
        let span = Span::new(base + start, base + end);
        let text = node.document.text;
        // an escape, or a part of a longer run whose other part was parsed
        let cut = start == 0
            && text.as_bytes().get(base.wrapping_sub(1)).is_some_and(|b| *b == b'\\' || *b == byte)
            || end == source.len() && text.as_bytes().get(base + end) == Some(&byte);
        if span.len() > 3 {
            // stars that rate, a mask: no pair reaches over them
            found.clear();
        } else if !cut {
            found.push_back(Delimiter { span, byte });
        }
        at = end;
    }
}

impl<'a> Pair<'a> {
    /// What stands between the two.
    pub fn content(&self) -> Span {
        Span::new(self.open.span.end, self.close.span.start.max(self.open.span.end))
    }

    fn is_plausible(&self) -> bool {
        let content = self.document.slice(self.content());
        content.len() <= 200
            && content.chars().any(|c| c.is_alphanumeric())
            && memchr::memchr_iter(b'\n', content.as_bytes()).count() <= 1
    }

    /// The edits that make the pair emphasis, with the blanks where they belong: none inside, one outside where words would be glued.
    /// `None` where that takes nothing, or cannot be done.
    pub fn mended(&self) -> Option<Mended> {
        let text = self.document.text;
        let (open, close) = (self.open.span, self.close.span);
        let content = self.document.slice(self.content());
        let trimmed = content.trim_matches(is_blank);
        if trimmed.is_empty() || trimmed.starts_with(is_space) || trimmed.ends_with(is_space) {
            return None;
        }
        let (first, last) = (trimmed.chars().next()?, trimmed.chars().next_back()?);
        let inner_left =
            Span::new(open.end, open.end + (content.len() - content.trim_start_matches(is_blank).len()));
        let inner_right =
            Span::new(close.start - (content.len() - content.trim_end_matches(is_blank).len()), close.start);
        let (outer_left, outer_right) = (before(text, open.start), behind(text, close.end));
        let missing = |outer: Option<char>, inner: char, blank: Span| {
            outer.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c))
                && !is_unspaced(inner)
                && (!blank.is_empty() || is_punctuation(inner) || self.open.byte == b'_')
        };
        let blank_left = missing(outer_left, first, inner_left);
        let blank_right = missing(outer_right, last, inner_right);
        let outside = |c: Option<char>, put: bool| if put { Some(' ') } else { c };
        let opens = flanks(outside(outer_left, blank_left), first);
        let closes = flanks(outside(outer_right, blank_right), last);
        let word_inside = self.open.byte == b'_'
            && (outside(outer_left, blank_left).is_some_and(char::is_alphanumeric)
                || outside(outer_right, blank_right).is_some_and(char::is_alphanumeric));
        let mut edits = Vec::new();
        if blank_left {
            edits.push(Edit::insert(open.start, " "));
        }
        for blank in [inner_left, inner_right] {
            if !blank.is_empty() {
                edits.push(Edit::remove(blank));
            }
        }
        if blank_right {
            edits.push(Edit::insert(close.end, " "));
        }
        (opens && closes && !word_inside && !edits.is_empty()).then_some(Mended {
            edits,
            blank_inside: [!inner_left.is_empty(), !inner_right.is_empty()],
            blank_put: [blank_left, blank_right],
            outer: [outer_left, outer_right],
        })
    }
}

/// How a pair becomes emphasis. The pairs of values are for its left and its right edge.
#[derive(Clone, Debug)]
pub struct Mended {
    /// What to change.
    pub edits: Vec<Edit>,
    /// Whether blanks stood inside.
    pub blank_inside: [bool; 2],
    /// Whether a blank is put outside.
    pub blank_put: [bool; 2],
    /// What stands outside now.
    pub outer: [Option<char>; 2],
}

/// Whether a delimiter between `outer` and `inner` can begin or end emphasis on the side of `inner`.
pub fn flanks(outer: Option<char>, inner: char) -> bool {
    !is_space(inner) && (!is_punctuation(inner) || outer.is_none_or(|c| is_space(c) || is_punctuation(c)))
}

/// Whether there are two letters in a row in `text`: prose, not a formula.
pub fn has_word(text: &str) -> bool {
    let mut letters = 0;
    text.chars().any(|c| {
        letters = if is_letter(c) { letters + 1 } else { 0 };
        letters >= 2 || is_unspaced(c) && c.is_alphabetic()
    })
}
