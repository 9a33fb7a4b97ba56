//! Builds the [`Tree`]: pulldown-cmark's events and the tokens of the HTML between them, joined in one pass.
//! Owns where Markdown and HTML meet; must not decide what is an ad.
//!
//! An HTML block is no node, its elements are. An element closes only within the Markdown container that it was opened in; the
//! container's end leaves it [`Flags::UNCLOSED`]: a leaf that holds its start tag alone, so that nothing can be removed by an
//! end tag that somebody forgot. Where its end tag turns up in another block of the same container, the two are partners.

mod definitions;
mod elements;

use super::html::{self, Region, Tag};
use super::tree::{Flags, Kind, NONE, Node, Tree};
use crate::span::Span;
use definitions::fold_label;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag as Start, TagEnd};
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

/// How deep Markdown containers, emphasis and links nest; what lies deeper is one node that no rule may look into.
const MARKDOWN_DEPTH_CAP: usize = 96;

/// The Markdown that is understood: what GitHub renders, less bare URLs.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

/// The tree of `text[body_start..]`. `templates` are regions that no parser may look into, ascending.
pub(crate) fn build(text: &str, body_start: usize, templates: &[Span]) -> Tree {
    let body = text.get(body_start..).unwrap_or("");
    let mut events = Parser::new_ext(body, options()).into_offset_iter();
    let mut definitions: Vec<(Range<usize>, &str)> =
        events.reference_definitions().iter().map(|(label, d)| (d.span.clone(), label)).collect();
    definitions.sort_by_key(|(span, _)| span.start);
    let mut builder = Builder::new(text, templates);
    for (span, label) in definitions {
        builder.define(span.start + body_start..span.end + body_start, label);
    }
    for (event, range) in events.by_ref() {
        builder.event(event, range.start + body_start, range.end + body_start);
    }
    builder.finish()
}

struct Open {
    node: u32,
    html: bool,
    tag: Tag,
    joined: bool,
}

struct Builder<'t> {
    text: &'t str,
    templates: &'t [Span],
    tree: Tree,
    stack: Vec<Open>,
    html_depth: usize,
    raw_depth: usize,
    /// Whether an element gave what it held away: its parent is another one.
    has_orphans: bool,
    /// Unclosed elements of blocks that ended: name, Markdown container, node.
    unclosed: Vec<(Tag, u32, u32)>,
    labels: HashMap<String, u32>,
    next_definition: usize,
    /// The pieces of the HTML block being read.
    pieces: Vec<Span>,
    in_html_block: bool,
    in_code: bool,
    /// Markdown nodes that are open, and how many of them lie below the cap.
    markdown_depth: usize,
    too_deep: usize,
    /// A place, and where what stands before it ends without blanks.
    trimmed: Cell<(usize, usize)>,
    /// The attributes of the HTML being read; kept for its memory.
    attributes: Vec<html::Attribute>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, templates: &'t [Span]) -> Self {
        let mut tree = Tree::default();
        tree.nodes.reserve(text.len() / 16 + 8);
        tree.nodes.push(Node {
            kind: Kind::Root,
            tag: Tag::Unknown,
            flags: Flags::default(),
            start: 0,
            end: text.len() as u32,
            parent: NONE,
            next: 1,
            data: 0,
        });
        Self {
            text,
            templates,
            tree,
            stack: vec![Open { node: 0, html: false, tag: Tag::Unknown, joined: false }],
            html_depth: 0,
            raw_depth: 0,
            has_orphans: false,
            unclosed: Vec::new(),
            labels: HashMap::new(),
            next_definition: 0,
            pieces: Vec::new(),
            in_html_block: false,
            in_code: false,
            markdown_depth: 0,
            too_deep: 0,
            trimmed: Cell::new((usize::MAX, 0)),
            attributes: Vec::new(),
        }
    }

    /// The end of a block without the line ends and blanks after it. Blocks in each other end at the same byte: the way back over
    /// the blanks is gone once for all of them.
    fn trimmed_end(&self, start: u32, end: u32) -> usize {
        let bytes = self.text.as_bytes();
        let (from, known) = self.trimmed.get();
        let mut at = (end as usize).min(bytes.len());
        if from == at && known >= start as usize {
            return known;
        }
        let whole = at;
        while at > start as usize && matches!(bytes[at - 1], b'\n' | b'\r' | b' ' | b'\t') {
            at -= 1;
        }
        self.trimmed.set((whole, at));
        at
    }

    fn push(&mut self, kind: Kind, flags: Flags, start: usize, end: usize, data: u32) -> u32 {
        if self.next_definition < self.tree.definitions.len() {
            self.flush_definitions(start as u32);
        }
        self.push_raw(kind, Tag::Unknown, flags, start, end, data)
    }

    fn push_raw(&mut self, kind: Kind, tag: Tag, flags: Flags, start: usize, end: usize, data: u32) -> u32 {
        let at = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node {
            kind,
            tag,
            flags,
            start: start as u32,
            end: end as u32,
            // where an element stays open and gives its content away, set anew at the end
            parent: self.stack.last().map_or(NONE, |o| o.node),
            next: at + 1,
            data,
        });
        at
    }

    /// A node that begins at byte `start`, behind the definitions that stand before it; it may hold others until it is closed.
    fn open(&mut self, kind: Kind, flags: Flags, start: usize, end: usize, data: u32) {
        if kind.is_block() {
            self.end_open_paragraph_element(start);
        }
        let node = self.push(kind, flags, start, end, data);
        self.stack.push(Open { node, html: false, tag: Tag::Unknown, joined: false });
    }

    /// A Markdown block inside an open `<p>` ends it, as in the HTML that is rendered.
    fn end_open_paragraph_element(&mut self, start: usize) {
        while self.stack.last().is_some_and(|o| o.html && o.tag == Tag::P && !o.joined) {
            self.imply_end(start);
        }
    }

    /// Ends the innermost Markdown node and what HTML is still open in it.
    fn close(&mut self) {
        if self.next_definition < self.tree.definitions.len()
            && let Some(open) = self.stack.iter().rev().find(|o| !o.html)
        {
            let end = self.tree.nodes[open.node as usize].end;
            self.flush_definitions(end);
        }
        while let Some(open) = self.stack.pop() {
            if open.html {
                self.leave_open(&open);
                continue;
            }
            let next = self.tree.nodes.len() as u32;
            let node = &mut self.tree.nodes[open.node as usize];
            node.next = next;
            break;
        }
    }

    fn container(&self) -> u32 {
        self.stack
            .iter()
            .rev()
            .find(|o| !o.html && !self.tree.nodes[o.node as usize].kind.is_inline_container())
            .map_or(0, |o| o.node)
    }

    /// Takes an event of Markdown, which stands from byte `start` to byte `end`.
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(_) => {
                self.markdown_depth += 1;
                if self.markdown_depth > MARKDOWN_DEPTH_CAP {
                    self.too_deep += 1;
                    if self.too_deep == 1 {
                        self.push(Kind::Protected, Flags::default(), start, end, 0);
                    }
                }
            }
            Event::End(_) => self.markdown_depth = self.markdown_depth.saturating_sub(1),
            _ => {}
        }
        if self.too_deep > 0 {
            self.too_deep -= usize::from(matches!(event, Event::End(_)));
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag),
            Event::Text(content) => self.text_event(&content, start, end),
            Event::Html(_) => self.pieces.push(Span::new(start, end)),
            Event::Rule => {
                self.end_tight_paragraph();
                self.end_open_paragraph_element(start);
                let end = self.trimmed_end(start as u32, end as u32);
                self.push(Kind::Break, Flags::default(), start, end, 0);
            }
            _ => {
                self.inline_block(start);
                match event {
                    Event::Code(_) => {
                        self.push(Kind::Code, Flags::default(), start, end, 0);
                    }
                    Event::InlineHtml(content) => self.inline_html(&content, start, end),
                    Event::SoftBreak => {
                        self.push(Kind::SoftBreak, Flags::default(), start, end, 0);
                    }
                    Event::HardBreak => {
                        self.push(Kind::HardBreak, Flags::default(), start, end, 0);
                    }
                    Event::FootnoteReference(_) => {
                        self.push(Kind::FootnoteReference, Flags::default(), start, end, 0);
                    }
                    Event::TaskListMarker(done) => {
                        let flags = if done { Flags::OTHER } else { Flags::default() };
                        self.push(Kind::TaskMarker, flags, start, end, 0);
                    }
                    _ => {}
                }
            }
        }
    }

    fn start(&mut self, tag: Start<'_>, start: usize, end: usize) {
        let none = Flags::default();
        let block_end = |b: &Self| b.trimmed_end(start as u32, end as u32);
        if matches!(
            tag,
            Start::Emphasis | Start::Strong | Start::Strikethrough | Start::Link { .. } | Start::Image { .. }
        ) {
            self.inline_block(start);
        } else if !matches!(tag, Start::HtmlBlock) {
            self.end_tight_paragraph();
        }
        match tag {
            Start::Paragraph => self.open(Kind::Paragraph, none, start, block_end(self), 0),
            Start::Heading { level, .. } => {
                let end = block_end(self);
                let source = &self.text[start..end];
                let flags = if source.trim_start().starts_with('#') && !is_setext(source) {
                    none
                } else {
                    Flags::OTHER
                };
                self.open(Kind::Heading, flags, start, end, level as u32);
            }
            Start::BlockQuote(_) => self.open(Kind::Quote, none, start, block_end(self), 0),
            Start::CodeBlock(kind) => {
                let flags = if matches!(kind, CodeBlockKind::Fenced(_)) { Flags::FENCED } else { none };
                let end = block_end(self);
                self.open(Kind::CodeBlock, flags, start, end, 0);
                self.in_code = true;
            }
            Start::HtmlBlock => {
                self.end_tight_paragraph();
                self.pieces.clear();
                self.in_html_block = true;
            }
            Start::List(first) => {
                let flags = if first.is_some() { Flags::ORDERED } else { none };
                self.open(
                    Kind::List,
                    flags,
                    start,
                    block_end(self),
                    first.unwrap_or(0).min(u64::from(NONE)) as u32,
                );
            }
            Start::Item => self.open(Kind::Item, none, start, block_end(self), 0),
            Start::FootnoteDefinition(_) => self.open(Kind::Footnote, none, start, block_end(self), 0),
            Start::Table(_) => self.open(Kind::Table, none, start, block_end(self), 0),
            Start::TableHead => self.open(Kind::Row, Flags::HEAD, start, block_end(self), 0),
            Start::TableRow => self.open(Kind::Row, none, start, block_end(self), 0),
            Start::TableCell => {
                // the parser puts a cell that is missing behind its row's line end
                let row_end = self
                    .stack
                    .last()
                    .and_then(|o| self.tree.nodes.get(o.node as usize))
                    .map_or(end, |n| n.end as usize);
                self.open(Kind::Cell, none, start.min(row_end), end.min(row_end), 0);
            }
            Start::Emphasis => self.open(Kind::Emphasis, none, start, end, 0),
            Start::Strong => self.open(Kind::Strong, none, start, end, 0),
            Start::Strikethrough => self.open(Kind::Strike, none, start, end, 0),
            Start::Link { link_type, id, .. } => self.link(Kind::Link, link_type, &id, start, end),
            Start::Image { link_type, id, .. } => self.link(Kind::Image, link_type, &id, start, end),
            _ => self.open(Kind::Markup, none, start, end, 0),
        }
    }

    fn link(&mut self, kind: Kind, link_type: LinkType, label: &str, start: usize, end: usize) {
        let (flags, data) = match link_type {
            LinkType::Inline | LinkType::WikiLink { .. } => (Flags::default(), NONE),
            LinkType::Autolink | LinkType::Email => (Flags::AUTOLINK, NONE),
            _ => (Flags::REFERENCE, self.labels.get(&fold_label(label)).copied().unwrap_or(NONE)),
        };
        self.open(kind, flags, start, end, data);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                self.in_html_block = false;
                let mut pieces = std::mem::take(&mut self.pieces);
                self.cut_at_container(&mut pieces);
                let region = Region::new(self.text, pieces.iter().copied());
                self.html(&region, true);
                // raw text ends with its block: what follows is read as Markdown
                while self.raw_depth > 0 && self.stack.last().is_some_and(|o| o.html && o.tag.is_raw_text()) {
                    if let Some(open) = self.stack.pop() {
                        self.leave_open(&open);
                    }
                }
                self.pieces = pieces;
            }
            TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_tight_paragraph();
                self.close();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.close();
            }
            _ => self.close(),
        }
    }

    /// A tight list item has its text without a paragraph: one is made, so that inline nodes always stand in a leaf block.
    fn inline_block(&mut self, start: usize) {
        let Some(open) = self.stack.iter().rev().find(|o| !o.html) else { return };
        if matches!(self.tree.nodes[open.node as usize].kind, Kind::Item | Kind::Footnote) {
            self.open(Kind::Paragraph, Flags::TIGHT, start, start, 0);
        }
    }

    fn end_tight_paragraph(&mut self) {
        let Some(at) = self.stack.iter().rposition(|o| !o.html) else { return };
        let node = self.stack[at].node as usize;
        if self.tree.nodes[node].has(Flags::TIGHT) {
            let end = self.tree.nodes.last().map_or(0, |n| n.end);
            let end = self.deep_end(node).max(end);
            self.tree.nodes[node].end = end;
            self.close();
        }
    }

    fn deep_end(&self, node: usize) -> u32 {
        let mut end = self.tree.nodes[node].start;
        let mut at = node as u32 + 1;
        while let Some(child) = self.tree.nodes.get(at as usize) {
            end = end.max(child.end);
            at = child.next;
        }
        end
    }

    fn text_event(&mut self, content: &CowStr<'_>, start: usize, end: usize) {
        if self.in_code || self.in_html_block {
            return;
        }
        self.inline_block(start);
        let literal = content.len() == end - start
            && self.text.get(start..end).is_some_and(|s| std::ptr::eq(s.as_ptr(), content.as_ptr()));
        let mut flags = if literal { Flags::default() } else { Flags::DECODED };
        if self.raw_depth > 0 {
            flags = flags.with(Flags::RAW);
        }
        // a tab behind the words of a heading is none of its text
        let holder = self.stack.last().and_then(|o| self.tree.nodes.get(o.node as usize));
        let end = match holder {
            Some(n) if n.kind == Kind::Heading => end.min(n.end as usize),
            _ => end,
        };
        if start >= end {
            return;
        }
        if !self.templates.is_empty() {
            self.text_around_templates(flags, start, end);
        } else {
            self.push_text(flags, start, end);
        }
    }

    fn push_text(&mut self, flags: Flags, start: usize, end: usize) {
        // a text only grows where it stands
        let parent = self.stack.last().map_or(NONE, |o| o.node);
        if flags == Flags::default()
            && let Some(last) = self.tree.nodes.last_mut()
            && last.kind == Kind::Text
            && last.flags == flags
            && last.end as usize == start
            && last.parent == parent
        {
            last.end = end as u32;
            return;
        }
        self.push(Kind::Text, flags, start, end, 0);
    }

    fn text_around_templates(&mut self, flags: Flags, start: usize, end: usize) {
        let mut at = start;
        let mut index = self.templates.partition_point(|t| t.end <= start);
        while let Some(t) = self.templates.get(index).filter(|t| t.start < end) {
            if at < t.start {
                self.push_text(flags, at, t.start);
            }
            let stop = t.end.min(end);
            self.push(Kind::Protected, Flags::default(), at.max(t.start), stop, 0);
            at = stop;
            index += 1;
        }
        if at < end {
            self.push_text(flags, at, end);
        }
    }

    fn in_template(&self, start: usize, end: usize) -> bool {
        let index = self.templates.partition_point(|t| t.end <= start);
        self.templates.get(index).is_some_and(|t| t.start <= start && end <= t.end)
    }

    fn finish(mut self) -> Tree {
        self.end_tight_paragraph();
        self.flush_definitions(NONE);
        while !self.stack.is_empty() {
            self.close();
        }
        if self.has_orphans {
            self.tree.link_parents();
        }
        self.tree
    }
}

impl Kind {
    /// Whether it is a node of Markdown that holds inline nodes alone.
    fn is_inline_container(self) -> bool {
        self.is_leaf_block()
            || matches!(self, Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Link | Kind::Image)
    }
}

fn is_setext(source: &str) -> bool {
    source.contains('\n')
}
