//! [`Writer`]: puts Markdown together out of pieces of the source that stay and text between them. Owns blanks, line ends and the
//! layout of blocks; must not decide what is converted.
//!
//! Words are never written anew: they are kept, so that the edits that come out cover tags, blanks and escapes alone.

use super::container::Prefix;
use super::referrers::Referrers;
use super::{Allowed, Change};
use crate::document::{Document, NodeId};
use crate::edit::Edit;
use crate::span::Span;
use std::collections::HashSet;

/// An element whose tags are written anew: who asked for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Changed {
    pub change: Change,
    pub node: NodeId,
}

#[derive(Debug)]
enum Piece {
    Keep(Span),
    /// Text for the sake of a changed element, by its index.
    Insert(String, Option<u32>),
}

/// Blanks between two words, where they are in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blank {
    pub span: Span,
    pub is_line_end: bool,
}

/// What is the same for everything written in a stretch.
pub(crate) struct Surroundings<'a> {
    pub document: Document<'a>,
    pub referrers: &'a Referrers<'a>,
    pub allowed: &'a Allowed,
    pub prefix: &'a Prefix,
    pub line_end: &'static str,
    /// Whether the text between tags is Markdown already.
    pub in_markdown: bool,
    /// Where that Markdown begins.
    pub markdown_from: Option<usize>,
    /// Emphasis that would not be read as such: its tags stay.
    pub refused: &'a HashSet<NodeId>,
}

/// Where a delimiter of emphasis stands in the text that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub node: NodeId,
    pub open: Span,
    pub close: Span,
}

pub(super) struct Waiting {
    pub text: String,
    pub owner: Option<u32>,
    pub node: NodeId,
}

pub(crate) struct Writer<'a> {
    pub(super) around: &'a Surroundings<'a>,
    pieces: Vec<Piece>,
    /// What was written, without the prefix of the container.
    pub(crate) plain: String,
    /// The prefix of the lists and quotes being written.
    pub(super) nested: String,
    pub(crate) changed: Vec<Changed>,
    pub(crate) marks: Vec<Mark>,
    pub(super) open_marks: Vec<(NodeId, Span)>,
    /// Whether something could not be written.
    pub(crate) has_failed: bool,
    /// Blanks since the last word.
    pub(super) blank: Option<Blank>,
    /// `<br>`s since the last word.
    pub(super) breaks: Vec<(Span, NodeId)>,
    pub(super) waiting: Vec<Waiting>,
    /// A block begins with the next word.
    pub(super) begins_block: bool,
    /// What begins with it: `## `.
    pub(super) block_start: Option<(String, Option<u32>)>,
    /// Nothing has been written in this block.
    pub(super) is_block_empty: bool,
    /// Nothing has been written in this container: no line end is due.
    pub(super) is_fresh: bool,
    /// Blocks follow each other without a blank line: an item's text and the list in it.
    pub(super) is_tight: bool,
    pub(super) is_line_start: bool,
    pub(super) escape_at: Option<usize>,
    /// Whether a line end cannot be written: in headings and cells.
    pub(super) is_one_line: bool,
    pub(super) is_in_cell: bool,
    pub(super) link_depth: u32,
    pub(super) inline_depth: u32,
    /// Where a block that stays as it is ended, if it was the last thing written.
    pub(super) kept_to: Option<usize>,
    /// The marker of the list that ended right before, and the sign behind its numbers.
    pub(super) bullet: Option<char>,
    pub(super) delimiter: Option<char>,
    /// The same for the list behind everything that is written.
    pub(super) below: (Option<char>, Option<char>),
}

impl<'a> Writer<'a> {
    pub(crate) fn new(around: &'a Surroundings<'a>) -> Self {
        Self {
            around,
            pieces: Vec::new(),
            plain: String::new(),
            nested: String::new(),
            changed: Vec::new(),
            marks: Vec::new(),
            open_marks: Vec::new(),
            has_failed: false,
            blank: None,
            breaks: Vec::new(),
            waiting: Vec::new(),
            begins_block: false,
            block_start: None,
            is_block_empty: true,
            is_fresh: true,
            is_tight: false,
            is_line_start: true,
            escape_at: None,
            is_one_line: false,
            is_in_cell: false,
            link_depth: 0,
            inline_depth: 0,
            kept_to: None,
            bullet: None,
            delimiter: None,
            below: (None, None),
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.around.document.slice(span)
    }

    /// Notes that the tags of `node` are written anew; gives its index.
    pub(super) fn change(&mut self, change: Change, node: NodeId) -> Option<u32> {
        self.changed.push(Changed { change, node });
        Some(self.changed.len() as u32 - 1)
    }

    /// Keeps `span` of the source as it is.
    pub(super) fn keep(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        self.kept_to = None;
        let text = self.around.prefix.strip(self.slice(span));
        self.plain.push_str(&text);
        match self.pieces.last_mut() {
            Some(Piece::Keep(last)) if last.end == span.start => last.end = span.end,
            _ => self.pieces.push(Piece::Keep(span)),
        }
    }

    /// Writes `text`, which holds no line end.
    pub(super) fn insert(&mut self, text: &str, owner: Option<u32>) {
        if !text.is_empty() {
            self.plain.push_str(text);
            self.push_insert(text.to_owned(), owner);
        }
    }

    fn push_insert(&mut self, text: String, owner: Option<u32>) {
        match self.pieces.last_mut() {
            Some(Piece::Insert(last, o)) if *o == owner => last.push_str(&text),
            _ => self.pieces.push(Piece::Insert(text, owner)),
        }
    }

    /// Ends the line, with the prefix of the next one; `blank` leaves an empty line between.
    pub(super) fn line_end(&mut self, blank: bool, owner: Option<u32>) {
        let around = self.around;
        let (outer, end) = (around.prefix.written(), around.line_end);
        let mut text = String::new();
        if blank {
            let prefix = format!("{outer}{}", self.nested);
            text.push_str(end);
            text.push_str(prefix.trim_end());
            self.plain.push('\n');
            self.plain.push_str(self.nested.trim_end());
        }
        text.push_str(end);
        text.push_str(outer);
        text.push_str(&self.nested);
        self.plain.push('\n');
        self.plain.push_str(&self.nested);
        self.push_insert(text, owner);
    }

    /// Writes what is no part of the text that is proved: an empty line behind it.
    pub(super) fn insert_raw(&mut self, text: &str) {
        self.push_insert(text.to_owned(), None);
    }

    /// Ends a leaf block: blanks and breaks at its end are not seen.
    pub(super) fn end_of_leaf(&mut self) {
        self.blank = None;
        for (span, node) in std::mem::take(&mut self.breaks) {
            if self.around.allowed.is(Change::LineBreak) {
                self.change(Change::LineBreak, node);
            } else {
                self.keep(span);
            }
        }
        self.waiting.clear();
    }

    /// Begins a block: a blank line after what came before.
    pub(super) fn begin_block(&mut self) {
        if !self.is_fresh {
            self.line_end(!self.is_tight, None);
        }
        self.is_fresh = false;
        self.is_tight = false;
        self.kept_to = None;
        (self.bullet, self.delimiter) = (None, None);
        self.is_line_start = true;
        self.is_block_empty = true;
    }

    /// What is due before a word: the block's beginning, blanks, delimiters that waited for it.
    pub(super) fn before_word(&mut self) {
        if self.begins_block {
            self.begins_block = false;
            self.begin_block();
            if let Some((start, owner)) = self.block_start.take() {
                self.insert(&start, owner);
                self.is_line_start = false;
            }
        }
        self.write_blank();
        self.is_block_empty = false;
        for waiting in std::mem::take(&mut self.waiting) {
            let from = self.plain.len();
            self.insert(&waiting.text, waiting.owner);
            self.open_marks.push((waiting.node, Span::new(from, self.plain.len())));
            self.is_line_start = false;
        }
    }

    fn write_blank(&mut self) {
        let blank = self.blank.take();
        let breaks = std::mem::take(&mut self.breaks);
        if self.is_block_empty {
            return;
        }
        let leaves_tag_alone = self.ends_in_lone_tag();
        if let Some(&(first, node)) = breaks.first() {
            let is_simple = breaks.len() == 1;
            if self.is_one_line
                || leaves_tag_alone
                || !self.around.allowed.is(Change::LineBreak)
                || !is_simple && self.inline_depth > 0
            {
                for (span, _) in &breaks {
                    self.keep(*span);
                }
            } else if is_simple {
                let owner = self.change(Change::LineBreak, node);
                self.insert("  ", owner);
                match blank {
                    Some(b) if b.is_line_end && b.span.start >= first.end && self.around.in_markdown => {
                        self.keep(b.span);
                    }
                    _ => self.line_end(false, owner),
                }
                self.is_line_start = true;
                return;
            } else {
                for (_, node) in &breaks {
                    self.change(Change::LineBreak, *node);
                }
                let owner = Some(self.changed.len() as u32 - 1);
                self.line_end(true, owner);
                self.is_line_start = true;
                return;
            }
        }
        let Some(blank) = blank else { return };
        self.has_failed |= blank.is_line_end && leaves_tag_alone;
        if self.around.in_markdown && !blank.span.is_empty() {
            self.keep(blank.span);
            self.is_line_start |= blank.is_line_end;
        } else if blank.is_line_end && !self.is_one_line {
            self.line_end(false, None);
            self.is_line_start = true;
        } else {
            self.insert(" ", None);
        }
    }

    /// Whether the line being written in a quote or item is one tag so far. With a line end behind it that tag begins an HTML block
    /// for parsers that ask only whether the container is a paragraph, which it is not where the line lacks the container's prefix.
    fn ends_in_lone_tag(&self) -> bool {
        if !self.around.in_markdown || self.around.prefix.written().is_empty() || !self.plain.ends_with('>') {
            return false;
        }
        let line = self.plain.rsplit('\n').next().unwrap_or("").trim_start();
        line.starts_with('<') && line.rfind('<') == Some(0)
    }

    /// Notes blanks between words; of several, a line end stays.
    pub(super) fn note_blank(&mut self, span: Span, is_line_end: bool) {
        match &mut self.blank {
            Some(b) if b.span.end == span.start && self.around.in_markdown => {
                b.span.end = span.end;
                b.is_line_end |= is_line_end;
            }
            Some(b) if b.is_line_end || !is_line_end => {}
            slot => *slot = Some(Blank { span, is_line_end }),
        }
    }

    /// The tags of all changed elements with the indices of these, in the order of the source; tags never overlap.
    fn tags(&self) -> Vec<(Span, u32)> {
        let mut tags: Vec<(Span, u32)> = Vec::with_capacity(self.changed.len() * 2);
        for (index, changed) in self.changed.iter().enumerate() {
            let node = self.around.document.node(changed.node);
            tags.extend(
                [node.start_tag(), node.end_tag()].into_iter().flatten().map(|tag| (tag, index as u32)),
            );
        }
        tags.sort_unstable();
        tags
    }

    /// The edits that make the source in `region` what was written, with the changed elements each serves. `None` where pieces are not
    /// in the order of the source.
    pub(crate) fn edits(&self, region: Span) -> Option<Vec<(Edit, Vec<u32>)>> {
        let mut out = Vec::new();
        let mut at = region.start;
        let mut text = String::new();
        let mut owners: Vec<u32> = Vec::new();
        let tags = self.tags();
        let mut gap = |at: usize, end: usize, text: &mut String, owners: &mut Vec<u32>| {
            let span = Span::new(at, end);
            if self.slice(span) != text.as_str() {
                let first = tags.partition_point(|(tag, _)| tag.end <= span.start);
                let own = tags.iter().skip(first).take_while(|(tag, _)| tag.start < span.end);
                owners.extend(own.map(|(_, owner)| *owner));
                owners.sort_unstable();
                owners.dedup();
                out.push((Edit::replace(span, std::mem::take(text)), std::mem::take(owners)));
            }
            text.clear();
            owners.clear();
        };
        for piece in &self.pieces {
            match piece {
                Piece::Insert(inserted, owner) => {
                    text.push_str(inserted);
                    owners.extend(*owner);
                }
                Piece::Keep(span) => {
                    if span.start < at || span.end > region.end {
                        return None;
                    }
                    gap(at, span.start, &mut text, &mut owners);
                    at = span.end;
                }
            }
        }
        gap(at, region.end.max(at), &mut text, &mut owners);
        Some(out)
    }
}
