//! Which stretches of an edited text are parsed again. Owns where a stretch may begin and end; must not build trees.

use super::{Splice, is_loose};
use crate::document::tree::{Flags, Kind, Node, NodeId, Tree};
use crate::edit::{Edit, OwnedEdit};
use crate::span::Span;

/// How many blocks away a witness may stand.
const REACH: usize = 16;

/// A stretch of top-level blocks that edits touch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// The index of its first block.
    pub first: usize,
    /// The index of the block behind its last one; no more than `first` where edits touch nothing but blank lines.
    pub after: usize,
    /// Its bytes in the old text.
    cut: Span,
    left: Edge,
    right: Edge,
}

/// Why nothing reaches over the edge of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    /// The text begins or ends there.
    End,
    /// The outermost block of the window is one that no edit touches: it must come out as it was.
    Witness,
    /// A blank line that no edit touches, below a block that goes on over no blank line.
    Blank,
}

/// The windows of `edits` in a text with these top-level `blocks`, ascending and apart; nothing if all must be parsed.
pub(super) fn windows(
    tree: &Tree,
    text: &str,
    blocks: &[NodeId],
    edits: &[OwnedEdit],
    body: usize,
) -> Option<Vec<Window>> {
    let mut finder = Finder { tree, text, blocks, body, from: 0, line_end: None };
    let mut windows: Vec<Window> = Vec::new();
    // edits that end before it are inside the last window
    let mut limit = 0;
    for (index, e) in edits.iter().enumerate() {
        if e.edit.span.end < limit {
            continue;
        }
        let edit = |index: usize| edits.get(index).map(|e| &e.edit);
        let beside = Beside { above: index.checked_sub(1).and_then(edit), below: edit(index + 1) };
        let (window, its_limit) = finder.around(&e.edit, beside)?;
        limit = its_limit;
        match windows.last_mut() {
            Some(w) if w.after >= window.first => {
                w.after = window.after;
                w.right = window.right;
                w.cut.end = window.cut.end;
            }
            _ => windows.push(window),
        }
    }
    let is_sound = windows.iter().all(|w| {
        let (Some(first), Some(last)) = (blocks.get(w.first), w.last(blocks)) else { return true };
        let nodes = tree.nodes.get(first.index()..tree.node(last).next as usize).unwrap_or(&[]);
        w.after <= w.first || !nodes.iter().any(is_loose)
    });
    is_sound.then_some(windows)
}

/// Finds the window of one edit after the other.
struct Finder<'t> {
    tree: &'t Tree,
    text: &'t str,
    blocks: &'t [NodeId],
    /// Where the text behind the front matter begins.
    body: usize,
    /// The first block that does not end above the last edit.
    from: usize,
    /// Where the line ends in which the last edit does: lines may be long.
    line_end: Option<usize>,
}

/// The edits next to one.
#[derive(Clone, Copy)]
struct Beside<'e> {
    above: Option<&'e Edit>,
    below: Option<&'e Edit>,
}

impl Beside<'_> {
    /// Whether the blank line that begins at byte `blank` still is one after the edit above it.
    fn leaves(self, text: &str, blank: usize) -> bool {
        self.above.is_none_or(|edit| leaves_line(text, edit, blank))
    }
}

impl Finder<'_> {
    fn node(&self, index: usize) -> Option<&Node> {
        self.blocks.get(index).map(|b| self.tree.node(*b))
    }

    /// Where the line of a block begins.
    fn line(&self, index: usize) -> Option<usize> {
        self.node(index).map(|b| line_of(self.text, b.start as usize).max(self.body))
    }

    /// The window of an edit and the byte before which edits behind it must end to be inside.
    fn around(&mut self, edit: &Edit, beside: Beside<'_>) -> Option<(Window, usize)> {
        let span = edit.span;
        while self.node(self.from).is_some_and(|b| ends_above(self.text, b.end as usize, span.start)) {
            self.from += 1;
        }
        let from = self.from;
        let line_end = match self.line_end {
            Some(end) if end >= span.end => end,
            _ => end_of_line(self.text, span.end),
        };
        self.line_end = Some(line_end);
        let mut after = from;
        while self.node(after).is_some_and(|b| b.start as usize <= line_end) {
            after += 1;
        }
        if let Some(window) = self.of_nothing(from, edit, beside) {
            return Some((window, span.end));
        }
        let (first, start, left) = self.left(from, span.start)?;
        let ends = self.ends_for_good(from, after, span);
        let mut window =
            Window { first, after, cut: Span::new(start, self.text.len()), left, right: Edge::End };
        let Some(line) = self.line(after) else { return Some((window, usize::MAX)) };
        if ends && let Some(blank) = blank_above(self.text, line).filter(|b| leaves_line(self.text, edit, *b))
        {
            window.right = Edge::Blank;
            window.cut.end = line;
            return Some((window, blank));
        }
        let reach = after..self.blocks.len().min(after + REACH);
        let Some(witness) = reach.clone().find(|&i| self.node(i).is_some_and(is_witness)) else {
            window.after = self.blocks.len();
            return (reach.end == self.blocks.len()).then_some((window, usize::MAX));
        };
        window.right = Edge::Witness;
        window.after = witness + 1;
        window.cut.end = self.line(witness + 1).unwrap_or(self.text.len());
        Some((window, self.line(witness)?))
    }

    /// The window of an edit after which nothing is left to be parsed; `from` is the first block that does not end above it. The block
    /// below, which no edit touches, began anew on its line, and does again: a blank line stays above it.
    fn of_nothing(&self, from: usize, edit: &Edit, beside: Beside<'_>) -> Option<Window> {
        if !edit.text.is_empty() {
            return None;
        }
        let starts_below = |i: &usize| self.node(*i).is_some_and(|b| b.start as usize >= edit.span.end);
        let behind = (from..self.blocks.len()).find(starts_below)?;
        let block = self.node(behind)?;
        if beside.below.is_some_and(|next| next.span.start <= block.end as usize + 1) {
            return None;
        }
        // what is parsed above it may come out as what goes on over blank lines
        let above = from.checked_sub(1).and_then(|i| self.node(i)).filter(|a| !ends_at_blank(a));
        if above.zip(beside.above).is_some_and(|(block, edit)| edit.span.end > block.start as usize) {
            return None;
        }
        self.of_indent(behind, edit, beside).or_else(|| self.of_removed(from, behind, edit, beside))
    }

    /// Of an edit that takes blanks from before words: they are no code, and blanks say nothing else.
    fn of_indent(&self, block: usize, edit: &Edit, beside: Beside<'_>) -> Option<Window> {
        let (words, line) = (self.node(block)?, self.line(block)?);
        let indent = self.text.get(line..words.start as usize)?;
        let is_indent = indent.len() < 4 && indent.bytes().all(|b| b == b' ') && line <= edit.span.start;
        let is_apart = || beside.leaves(self.text, blank_above(self.text, line)?).then_some(());
        (is_indent && matches!(words.kind, Kind::Paragraph | Kind::Heading) && is_apart().is_some())
            .then_some(Window {
                first: block,
                after: block,
                cut: Span::new(line, words.start as usize),
                left: Edge::Blank,
                right: Edge::Blank,
            })
    }

    /// Of an edit that removes all that stands between two blocks.
    fn of_removed(&self, from: usize, behind: usize, edit: &Edit, beside: Beside<'_>) -> Option<Window> {
        let Span { start, end } = edit.span;
        let (next, below) = (self.node(behind)?, self.line(behind)?);
        // a line of HTML may have gone on a block of HTML
        if !is_markdown(next) {
            blank_above(self.text, below)?;
        }
        let (top, left) = match from.checked_sub(1).map(|above| self.node(above)) {
            None => (beside.above.is_none().then_some(self.body)?, Edge::End),
            Some(above) => {
                let begins_line = line_of(self.text, next.start as usize) == next.start as usize;
                let ends_list = begins_line && matches!(next.kind, Kind::Paragraph | Kind::Heading);
                let above = above.filter(|a| ends_at_blank(a) || a.kind == Kind::List && ends_list)?;
                let top = blank_below(self.text, above.end as usize)?;
                let blank = line_of(self.text, top.checked_sub(1)?);
                (beside.leaves(self.text, blank).then_some(top)?, Edge::Blank)
            }
        };
        let is_blank = |from, to| self.text.get(from..to).is_some_and(|t| t.trim_ascii().is_empty());
        let mut gone = self.blocks.get(from..behind)?.iter().map(|b| self.tree.node(*b).span());
        let is_all = gone.all(|block| top <= block.start && block.end <= below)
            && is_blank(top, start)
            && is_blank(end, below);
        // blanks before it may not come to stand before the block below
        let leaves_line = end < below || line_of(self.text, start) == start;
        (is_all && leaves_line).then_some(Window {
            first: from,
            after: behind,
            cut: Span::new(top, below),
            left,
            right: Edge::Blank,
        })
    }

    /// Where the window of an edit at byte `at` begins, the first block that the edit touches being `from`: block, byte and why there.
    fn left(&self, from: usize, at: usize) -> Option<(usize, usize, Edge)> {
        let Some(above) = from.checked_sub(1).and_then(|i| self.node(i)) else {
            return Some((0, self.body, Edge::End));
        };
        // the last block of a text may be a fence that nothing closes
        let is_over = ends_at_blank(above) || is_witness(above) && from < self.blocks.len();
        if is_over && let Some(below) = blank_below(self.text, above.end as usize).filter(|b| *b <= at) {
            return Some((from, below, Edge::Blank));
        }
        let reach = from.saturating_sub(REACH)..from;
        match reach.clone().rev().find(|&i| self.node(i).is_some_and(is_witness)) {
            Some(witness) => Some((witness, self.line(witness)?, Edge::Witness)),
            None => (reach.start == 0).then_some((0, self.body, Edge::End)),
        }
    }

    /// Whether it is likely that the blocks that an edit touches end at a blank line when they are edited.
    fn ends_for_good(&self, from: usize, after: usize, edit: Span) -> bool {
        let last = after.checked_sub(1).filter(|i| *i >= from).and_then(|i| self.node(i));
        last.is_none_or(|b| ends_at_blank(b) || edit.start <= b.start as usize && b.end as usize <= edit.end)
    }
}

impl Window {
    fn last(&self, blocks: &[NodeId]) -> Option<NodeId> {
        self.after.checked_sub(1).and_then(|i| blocks.get(i)).copied()
    }

    /// Its bytes in the new text, which has `length`, and whose front matter ends at `body`.
    pub fn cut_after(&self, splice: &Splice<'_>, body: usize, length: usize) -> Span {
        let cut = splice.moved(self.cut);
        let start = if self.left == Edge::End { body } else { cut.start };
        Span::new(start, if self.right == Edge::End { length } else { cut.end }.max(start))
    }

    /// Whether the edges hold in what was parsed: witnesses come out with the same kind, in the same place, and what ends at a blank
    /// line is what ends there.
    pub fn holds(&self, blocks: &[NodeId], parsed: &Tree, cut: Span, splice: &Splice<'_>) -> bool {
        let same = |old: Option<NodeId>, new: Option<&Node>| {
            old.map(|o| splice.old.node(o)).zip(new).is_some_and(|(old, new)| {
                let span = splice.moved(old.span());
                old.kind == new.kind
                    && old.flags == new.flags
                    && old.data == new.data
                    && span.start == new.start as usize + cut.start
                    && span.end == new.end as usize + cut.start
            })
        };
        let mut children = (!parsed.nodes.is_empty())
            .then(|| parsed.children(NodeId::ROOT))
            .into_iter()
            .flatten()
            .map(|c| parsed.node(c));
        let first = children.next();
        let last = children.last().or(first);
        let left = self.left != Edge::Witness || same(blocks.get(self.first).copied(), first);
        left && match self.right {
            Edge::End => true,
            Edge::Witness => same(self.last(blocks), last),
            Edge::Blank => last.is_none_or(ends_at_blank),
        }
    }
}

/// Whether a block shows that nothing reached across it: Markdown with a plain beginning and end.
fn is_witness(block: &Node) -> bool {
    ends_at_blank(block) || block.kind == Kind::CodeBlock && block.has(Flags::FENCED)
}

/// Whether a block is Markdown that begins on a line of its own.
fn is_markdown(block: &Node) -> bool {
    matches!(
        block.kind,
        Kind::Paragraph
            | Kind::Heading
            | Kind::List
            | Kind::Quote
            | Kind::CodeBlock
            | Kind::Table
            | Kind::Break
    )
}

/// Whether a block is over at a blank line, whatever follows.
fn ends_at_blank(block: &Node) -> bool {
    matches!(block.kind, Kind::Paragraph | Kind::Heading | Kind::Break)
}

/// Whether the line that begins at byte `line` still is a line of its own after an edit above it.
fn leaves_line(text: &str, edit: &Edit, line: usize) -> bool {
    let Span { start, end } = edit.span;
    let is_line_end = |at: usize| at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    end < line
        || end == line && if edit.text.is_empty() { is_line_end(start) } else { edit.text.ends_with('\n') }
}

/// Where the line of byte `at` begins.
fn line_of(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', text.as_bytes().get(..at).unwrap_or(&[])).map_or(0, |i| i + 1)
}

/// Whether the line in which a block ends is over before byte `at`, with its line end.
fn ends_above(text: &str, end: usize, at: usize) -> bool {
    // blocks end before their line end
    if text.as_bytes().get(end) == Some(&b'\n') {
        return end + 1 < at;
    }
    memchr::memchr(b'\n', text.as_bytes().get(end..at).unwrap_or(&[])).is_some_and(|i| end + i + 1 < at)
}

/// Where the line of byte `at` ends: at its line end.
fn end_of_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', text.as_bytes().get(at..).unwrap_or(&[])).map_or(text.len(), |i| at + i)
}

/// Where the blank line begins that stands directly above the line of byte `line`.
fn blank_above(text: &str, line: usize) -> Option<usize> {
    let above = text.as_bytes().get(..line)?.strip_suffix(b"\n")?;
    let words = above.iter().rev().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    (words == Some(&b'\n')).then(|| line_of(text, above.len()))
}

/// Where the line begins that follows the blank line directly below a block that ends at byte `end`.
fn blank_below(text: &str, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_over = end.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'\n');
    let line = if is_over { end } else { end_of_line(text, end) + 1 };
    let blank = bytes.get(line..)?;
    let length = blank.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r'))?;
    (blank.get(length) == Some(&b'\n')).then_some(line + length + 1)
}
