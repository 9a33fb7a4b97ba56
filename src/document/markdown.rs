//! Builds the [`Tree`]: pulldown-cmark's events and the tokens of the HTML between them, joined in one pass.
//! Owns where Markdown and HTML meet; must not decide what is an ad.
//!
//! An HTML block is no node, its elements are. An element closes only within the Markdown container that it was opened in; the
//! container's end leaves it [`Flags::UNCLOSED`]: a leaf that holds its start tag alone, so that nothing can be removed by an
//! end tag that somebody forgot. Where its end tag turns up in another block of the same container, the two are partners.

use super::html::tag::closes_implicitly;
use super::html::{self, AttributeRange, Region, Tag, TokenKind};
use super::tree::{Attribute, Definition, Element, Flags, Kind, NONE, Node, Range32, Tree};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag as Start, TagEnd};
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

/// How deep HTML elements nest; deeper ones are leaves.
const DEPTH_CAP: usize = 256;
/// How deep Markdown containers, emphasis and links nest; what lies deeper is one node that no rule may look into.
const MARKDOWN_DEPTH_CAP: usize = 96;
/// How many unclosed elements a stray end tag looks back over.
const PARTNER_REACH: usize = 64;

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

/// A start tag: its place and its name, in the source and in its region.
struct StartTag {
    source: Span,
    name: Span,
    tag: Tag,
    attributes: AttributeRange,
}

/// An end tag, likewise.
struct EndTag {
    source: Span,
    name: Span,
    tag: Tag,
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

    fn define(&mut self, range: Range<usize>, label: &str) {
        let source = &self.text[range.clone()];
        let Some((label_range, destination)) = definition_parts(source) else { return };
        let shift = |r: Range<usize>| Range32::from(Span::new(r.start + range.start, r.end + range.start));
        self.labels.insert(fold_label(label), self.tree.definitions.len() as u32);
        self.tree.definitions.push(Definition {
            span: Span::from(range.clone()).into(),
            label: shift(label_range),
            destination: shift(destination),
        });
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
            parent: NONE,
            next: at + 1,
            data,
        });
        at
    }

    /// Definitions give no events: each becomes a node before the first node that follows it.
    fn flush_definitions(&mut self, before: u32) {
        while let Some(d) = self.tree.definitions.get(self.next_definition) {
            if d.span.start >= before {
                break;
            }
            let d = *d;
            let (start, end) = (d.span.start as usize, self.trimmed_end(d.span.start, d.span.end));
            let data = self.next_definition as u32;
            self.next_definition += 1;
            self.push_raw(Kind::Definition, Tag::Unknown, Flags::default(), start, end, data);
        }
    }

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

    /// An element whose container ends: an omitted `</p>` or `</li>` is fine, else it keeps its start tag alone.
    fn leave_open(&mut self, open: &Open) {
        self.left_html(open.tag);
        let next = self.tree.nodes.len() as u32;
        let last_end = self.tree.nodes.last().map_or(0, |n| n.end);
        let node = &mut self.tree.nodes[open.node as usize];
        if open.tag.may_omit_end_tag() && !open.joined {
            node.next = next;
            node.flags = node.flags.with(Flags::IMPLIED_END);
            node.end = node.end.max(last_end);
        } else {
            node.next = open.node + 1;
            node.flags = node.flags.with(Flags::UNCLOSED);
            let container = self.container();
            self.unclosed.push((open.tag, container, open.node));
        }
    }

    fn imply_end(&mut self, before: usize) {
        let Some(open) = self.stack.pop() else { return };
        self.left_html(open.tag);
        let next = self.tree.nodes.len() as u32;
        // the last node's ancestors below it may end behind that node: with an end tag, with an underline
        let (mut last_end, mut at) = (0, next - 1);
        while at > open.node {
            let Some(last) = self.tree.nodes.get(at as usize) else { break };
            (last_end, at) = (last.end.max(last_end), last.parent);
        }
        let node = &mut self.tree.nodes[open.node as usize];
        node.next = next;
        node.flags = node.flags.with(Flags::IMPLIED_END);
        node.end = node.end.max(last_end).min((before as u32).max(node.end));
    }

    fn left_html(&mut self, tag: Tag) {
        self.html_depth = self.html_depth.saturating_sub(1);
        if tag.is_raw_text() {
            self.raw_depth = self.raw_depth.saturating_sub(1);
        }
    }

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
        if !self.templates.is_empty() {
            self.text_around_templates(flags, start, end);
        } else {
            self.push_text(flags, start, end);
        }
    }

    fn push_text(&mut self, flags: Flags, start: usize, end: usize) {
        // provisional, so that a text only grows where it stands; set for good at the end
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
        let node = self.push(Kind::Text, flags, start, end, 0);
        self.tree.nodes[node as usize].parent = parent;
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

    fn inline_html(&mut self, content: &CowStr<'_>, start: usize, end: usize) {
        if !self.templates.is_empty() && self.in_template(start, end) {
            self.push(Kind::Protected, Flags::default(), start, end, 0);
            return;
        }
        if content.len() == end - start {
            let region = Region::new(self.text, [Span::new(start, end)]);
            self.html(&region, false);
        } else {
            let pieces = lines_without_prefix(content, self.text, start, end);
            let region = Region::new(self.text, pieces);
            self.html(&region, false);
        }
    }

    /// Takes from HTML what lies behind its quote or item: the parser counts their last line end, and a blank line after it, to the HTML.
    fn cut_at_container(&self, pieces: &mut Vec<Span>) {
        let Some(container) = self.stack.iter().rev().find(|o| !o.html) else { return };
        let Some(end) = self.tree.nodes.get(container.node as usize).map(|n| n.end as usize) else { return };
        while let Some(last) = pieces.last_mut() {
            if last.start < end {
                last.end = last.end.min(end);
                break;
            }
            pieces.pop();
        }
    }

    fn html(&mut self, region: &Region<'_>, block: bool) {
        let mut tokens =
            html::Tokens::with_attributes(region.content(), std::mem::take(&mut self.attributes));
        let flags = if block { Flags::HTML.with(Flags::IN_BLOCK) } else { Flags::HTML };
        while let Some(token) = tokens.next() {
            let source = region.span_to_source(token.span);
            match token.kind {
                TokenKind::Text { raw } => {
                    let raw = raw.is_some_and(|r| !r.is_escapable_raw_text()) || self.raw_depth > 0;
                    let flags = if raw { flags.with(Flags::RAW) } else { flags };
                    let bytes = self.text.as_bytes().get(source.range()).unwrap_or(&[]);
                    let decoded = memchr::memchr(b'&', bytes).is_some();
                    let flags = if decoded { flags.with(Flags::DECODED) } else { flags };
                    self.push(Kind::Text, flags, source.start, source.end, 0);
                }
                TokenKind::StartTag { name, tag, attributes, self_closing } => {
                    let flags = if self_closing { flags.with(Flags::SELF_CLOSING) } else { flags };
                    let written = StartTag { source, name, tag, attributes };
                    self.start_tag(region, &tokens, &written, flags);
                }
                TokenKind::EndTag { name, tag } => {
                    self.end_tag(region, &EndTag { source, name, tag }, flags);
                }
                TokenKind::Comment { .. } => {
                    self.push(Kind::Comment, flags, source.start, source.end, 0);
                }
                _ => {
                    self.push(Kind::Markup, flags, source.start, source.end, 0);
                }
            }
        }
        self.attributes = tokens.into_attributes();
        self.attributes.clear();
    }

    fn start_tag(
        &mut self,
        region: &Region<'_>,
        tokens: &html::Tokens<'_>,
        written: &StartTag,
        flags: Flags,
    ) {
        let StartTag { source, name, tag, attributes } = *written;
        while let Some(open) = self.stack.last() {
            if !open.html || open.joined || !closes_implicitly(open.tag, tag) {
                break;
            }
            if open.tag.may_omit_end_tag() {
                self.imply_end(source.start);
            } else if let Some(open) = self.stack.pop() {
                self.leave_open(&open);
            }
        }
        let first_attribute = self.tree.attributes.len() as u32;
        let mut has_href = false;
        for a in tokens.attributes(attributes) {
            has_href |= tag == Tag::A && a.is_named(region.content(), "href");
            self.tree.attributes.push(Attribute {
                name: region.span_to_source(a.name).into(),
                value: a.value.map_or(Range32::NONE, |v| region.span_to_source(v).into()),
                whole: region.span_to_source(a.whole()).into(),
            });
        }
        let data = self.tree.elements.len() as u32;
        self.tree.elements.push(Element {
            name: region.span_to_source(name).into(),
            start_tag: source.into(),
            end_tag: Range32::NONE,
            first_attribute,
            attribute_count: self.tree.attributes.len() as u32 - first_attribute,
            partner: NONE,
        });
        let kind = match tag {
            Tag::A if has_href => Kind::Link,
            Tag::Img => Kind::Image,
            Tag::Br => Kind::HardBreak,
            _ => Kind::Element,
        };
        if self.next_definition < self.tree.definitions.len() {
            self.flush_definitions(source.start as u32);
        }
        let node = self.push_raw(kind, tag, flags, source.start, source.end, data);
        if tag.is_void() {
            return;
        }
        if self.html_depth >= DEPTH_CAP {
            self.tree.nodes[node as usize].flags = flags.with(Flags::UNCLOSED);
            return;
        }
        self.html_depth += 1;
        if tag.is_raw_text() {
            self.raw_depth += 1;
        }
        self.stack.push(Open { node, html: true, tag, joined: false });
    }

    fn end_tag(&mut self, region: &Region<'_>, end: &EndTag, flags: Flags) {
        let EndTag { source, name, tag } = *end;
        let written = &region.content()[name.range()];
        let floor = self.stack.iter().rposition(|o| !o.html).unwrap_or(0);
        let found = (floor + 1..self.stack.len()).rev().find(|&i| {
            let open = &self.stack[i];
            open.tag == tag && !open.joined && (tag != Tag::Unknown || self.same_name(open.node, written))
        });
        let Some(found) = found else {
            self.stray_end_tag(region, end, flags, floor);
            return;
        };
        while self.stack.len() > found + 1 {
            if let Some(open) = self.stack.pop() {
                self.leave_open(&open);
            }
        }
        let Some(open) = self.stack.pop() else { return };
        self.left_html(open.tag);
        let next = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[open.node as usize];
        node.next = next;
        node.end = source.end as u32;
        let element = node.data as usize;
        self.tree.elements[element].end_tag = source.into();
    }

    fn same_name(&self, node: u32, written: &str) -> bool {
        let element = &self.tree.elements[self.tree.nodes[node as usize].data as usize];
        element.name.span().is_some_and(|s| self.text[s.range()].eq_ignore_ascii_case(written))
    }

    /// An end tag that closes nothing in its block: its start tag may stand in an earlier block of the same container.
    fn stray_end_tag(&mut self, region: &Region<'_>, end: &EndTag, flags: Flags, floor: usize) {
        let EndTag { source, name, tag } = *end;
        let data = self.tree.elements.len() as u32;
        let mut partner = NONE;
        if tag != Tag::Unknown && tag != Tag::P && tag != Tag::Br {
            let container = self.container();
            let open = self.stack[..floor]
                .iter_mut()
                .rev()
                .take_while(|o| o.html)
                .find(|o| o.tag == tag && !o.joined);
            if let Some(open) = open {
                open.joined = true;
                partner = open.node;
            } else {
                let from = self.unclosed.len().saturating_sub(PARTNER_REACH);
                if let Some(i) = (from..self.unclosed.len())
                    .rev()
                    .find(|&i| self.unclosed[i].0 == tag && self.unclosed[i].1 == container)
                {
                    partner = self.unclosed.remove(i).2;
                }
            }
        }
        self.tree.elements.push(Element {
            name: region.span_to_source(name).into(),
            start_tag: Range32::NONE,
            end_tag: source.into(),
            first_attribute: self.tree.attributes.len() as u32,
            attribute_count: 0,
            partner,
        });
        let node = self.push_raw(Kind::EndTag, tag, flags, source.start, source.end, data);
        if partner != NONE {
            let element = self.tree.nodes[partner as usize].data as usize;
            self.tree.elements[element].partner = node;
        }
    }

    fn finish(mut self) -> Tree {
        self.end_tight_paragraph();
        self.flush_definitions(NONE);
        while !self.stack.is_empty() {
            self.close();
        }
        self.tree.link_parents();
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

/// A link label as CommonMark compares it: case folded, white space collapsed.
fn fold_label(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase));
    }
    out
}

/// The label and the destination of a definition, as ranges of `source`.
fn definition_parts(source: &str) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = source.as_bytes();
    let open = source.find('[')?;
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != b']' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    let label = open + 1..at.min(bytes.len());
    if bytes.get(at + 1) != Some(&b':') {
        return None;
    }
    at += 2;
    while at < bytes.len() && matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | b'>') {
        at += 1;
    }
    if bytes.get(at) == Some(&b'<') {
        let end = source[at..].find('>').map_or(bytes.len(), |i| at + i);
        return Some((label, at + 1..end.max(at + 1)));
    }
    let end = bytes[at..].iter().position(|b| b.is_ascii_whitespace()).map_or(bytes.len(), |i| at + i);
    Some((label, at..end))
}

/// The source pieces of inline HTML whose lines carry the prefix of a quote or list that the parser took off.
fn lines_without_prefix(content: &str, text: &str, start: usize, end: usize) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = start;
    for line in content.split_inclusive('\n') {
        let Some(rest) = text.get(at..end) else { break };
        let source_line = rest.find('\n').map_or(rest.len(), |i| i + 1);
        let line_end = at + source_line;
        let from = line_end.saturating_sub(line.len()).max(at);
        let from = if text.is_char_boundary(from) { from } else { at };
        pieces.push(Span::new(from, line_end));
        at = line_end;
    }
    pieces
}
