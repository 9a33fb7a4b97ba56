//! The article as a flat row of blocks, in reading order. Owns flattening the tree and what stands at the beginning of a block
//! (its words, its bold lead, its mark); must not decide what is a step.

use super::marker::{Mark, Marker, marker};
use super::wording::{Collector, Words, first_words};
use super::words::WordClass;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::evidence::comments::Remark;
use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading of that level.
    Heading(u8),
    /// Words.
    Paragraph,
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// The number of its first item.
        first: u32,
    },
    /// Pictures alone.
    Media,
    /// Code, a quote, a table, a note: what a list is continued after.
    Aside,
    /// A thematic break.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    /// The item.
    pub(crate) node: NodeRef<'a>,
    /// Its bytes.
    pub(crate) span: Span,
    /// Its first words.
    pub(crate) words: Words,
    /// The mark they begin with.
    pub(crate) marker: Option<Marker>,
}

impl Item<'_> {
    /// Whether more than its first paragraph and lists stand in it: an entry of a table of contents has no text of its own.
    pub(crate) fn has_body(&self) -> bool {
        let blank = |n: &NodeRef<'_>| n.kind() == Kind::Text && n.source().trim().is_empty();
        self.node.children().skip_while(blank).skip(1).any(|n| match n.kind() {
            Kind::Paragraph | Kind::CodeBlock | Kind::Quote | Kind::Table => true,
            Kind::Element => matches!(n.tag(), Tag::P | Tag::Pre | Tag::Blockquote | Tag::Table | Tag::Div),
            _ => false,
        })
    }
}

/// A block of the article.
#[derive(Clone, Debug)]
pub(crate) struct Block<'a> {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its first node.
    pub(crate) node: NodeRef<'a>,
    /// Its bytes.
    pub(crate) span: Span,
    /// Its words (of a heading or paragraph).
    pub(crate) words: Words,
    /// The mark they begin with.
    pub(crate) marker: Option<Marker>,
    /// The items of a list.
    pub(crate) items: Vec<Item<'a>>,
}

impl Block<'_> {
    /// The level of a heading.
    pub(crate) fn level(&self) -> Option<u8> {
        match self.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        }
    }

    /// Whether it is a paragraph of bold words alone: a heading of sorts.
    pub(crate) fn is_bold_line(&self) -> bool {
        self.kind == BlockKind::Paragraph
            && self.words.all_bold
            && self.words.text.chars().count() <= 160
            && !self.words.text.trim_end().contains('\n')
    }
}

/// The row of blocks.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// The blocks in reading order.
    pub(crate) blocks: Vec<Block<'a>>,
    /// What belongs to ads: between marker comments, in ad elements.
    pub(crate) ads: Vec<Span>,
    /// Whether the page is marked as a codelab: lines `Duration: 1:00` below headings.
    pub(crate) durations: usize,
}

/// Flattens a document.
pub(crate) fn outline(document: Document<'_>) -> Outline<'_> {
    let mut flat = Flattener { out: Outline::default(), run: Vec::new(), ad_since: None };
    flat.walk(document.root());
    flat.flush();
    if let Some(at) = flat.ad_since {
        // a marker without its end says nothing
        flat.out.ads.retain(|s| s.start != at);
    }
    flat.out
}

struct Flattener<'a> {
    out: Outline<'a>,
    /// Inline nodes that stand beside each other outside of a paragraph: they make one of their own.
    run: Vec<NodeRef<'a>>,
    ad_since: Option<usize>,
}

/// Elements whose content is no part of the article.
pub(crate) fn is_outside(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Ins
            | Tag::Noscript
            | Tag::Iframe
            | Tag::Nav
            | Tag::Aside
            | Tag::Footer
            | Tag::Form
    ) || tag.is_hidden()
}

impl<'a> Flattener<'a> {
    fn walk(&mut self, parent: NodeRef<'a>) {
        for node in parent.children() {
            if let Some(since) = self.ad_since {
                if node.kind() == Kind::Comment && Remark::of(node.source()).ends_ad() {
                    self.out.ads.push(Span::new(since, node.span().end));
                    self.ad_since = None;
                }
                continue;
            }
            self.visit(node);
        }
    }

    fn visit(&mut self, node: NodeRef<'a>) {
        match node.kind() {
            Kind::Heading => self.push(BlockKind::Heading(node.node().data.clamp(1, 6) as u8), node),
            Kind::Paragraph => self.paragraph(node),
            Kind::List => self.list(node, node.has(Flags::ORDERED), node.node().data),
            Kind::CodeBlock | Kind::Quote | Kind::Table => self.push(BlockKind::Aside, node),
            Kind::Break => self.push(BlockKind::Rule, node),
            Kind::Comment => {
                if Remark::of(node.source()).begins_ad() && self.ad_ends_later(node) {
                    self.flush();
                    self.ad_since = Some(node.span().start);
                }
            }
            Kind::Definition | Kind::Footnote | Kind::Markup | Kind::EndTag => {}
            Kind::Element => self.element(node),
            Kind::Root | Kind::Item | Kind::Row | Kind::Cell => self.walk(node),
            _ => self.run.push(node),
        }
    }

    /// Whether a closing comment follows under the same parent; looked for only among the next few nodes.
    fn ad_ends_later(&self, node: NodeRef<'a>) -> bool {
        std::iter::successors(node.next_sibling(), |n| n.next_sibling())
            .take(40)
            .any(|n| n.kind() == Kind::Comment && Remark::of(n.source()).ends_ad())
    }

    fn element(&mut self, node: NodeRef<'a>) {
        let tag = node.tag();
        if is_outside(tag) {
            if tag == Tag::Ins || tag == Tag::Iframe {
                self.out.ads.push(node.span());
            }
            return;
        }
        if let Some(level) = tag.heading_level() {
            return self.push(BlockKind::Heading(level), node);
        }
        match tag {
            Tag::Ol | Tag::Ul => self.list(node, tag == Tag::Ol, node.first_number().unwrap_or(1)),
            Tag::P if !holds_blocks(node) => self.paragraph(node),
            Tag::Pre | Tag::Table | Tag::Blockquote => self.push(BlockKind::Aside, node),
            Tag::Hr => self.push(BlockKind::Rule, node),
            _ if holds_blocks(node) => {
                self.flush();
                self.walk(node);
                self.flush();
            }
            _ if tag.is_block() => self.paragraph(node),
            _ => self.run.push(node),
        }
    }

    fn paragraph(&mut self, node: NodeRef<'a>) {
        self.push(BlockKind::Paragraph, node);
    }

    fn list(&mut self, node: NodeRef<'a>, ordered: bool, first: u32) {
        self.flush();
        let mut items = Vec::new();
        for child in node.children() {
            let is_item =
                child.kind() == Kind::Item || child.kind() == Kind::Element && child.tag() == Tag::Li;
            if is_item {
                let words = first_words(child);
                let counted = (ordered && !words.text.is_empty())
                    .then(|| counted_word(first.saturating_add(items.len() as u32), &words.text))
                    .flatten();
                let marker = counted.or_else(|| marker(&words.text));
                items.push(Item { node: child, span: child.span(), words, marker });
            }
        }
        let span = node.span();
        self.out.blocks.push(Block {
            kind: BlockKind::List { ordered, first },
            node,
            span,
            words: Words::default(),
            marker: None,
            items,
        });
    }

    fn push(&mut self, kind: BlockKind, node: NodeRef<'a>) {
        self.flush();
        let words = match kind {
            BlockKind::Heading(_) => Collector::default().all(node),
            BlockKind::Paragraph => first_words(node),
            _ => Words::default(),
        };
        self.add(kind, node, node.span(), words);
    }

    fn add(&mut self, kind: BlockKind, node: NodeRef<'a>, span: Span, words: Words) {
        let kind = match kind {
            BlockKind::Paragraph if words.text.trim().is_empty() => {
                if words.pictures.is_empty() {
                    return;
                }
                BlockKind::Media
            }
            other => other,
        };
        let kind = if kind == BlockKind::Paragraph && is_code_alone(node) { BlockKind::Aside } else { kind };
        if kind == BlockKind::Paragraph {
            self.out.durations += usize::from(is_duration(&words.text));
            // a heading without words has those of the line below it
            if let Some(heading) =
                self.out.blocks.last_mut().filter(|b| b.level().is_some() && b.words.text.trim().is_empty())
                && words.text.chars().count() <= 160
                && words.pictures.is_empty()
            {
                heading.marker = marker(&words.text);
                heading.span.end = span.end;
                heading.words = words;
                return;
            }
        }
        let marker = marker(&words.text);
        self.out.blocks.push(Block { kind, node, span, words, marker, items: Vec::new() });
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let span = Span::new(first.span().start, last.span().end);
        let mut collector = Collector::default();
        for node in &run {
            collector.node(*node);
        }
        self.add(BlockKind::Paragraph, *first, span, collector.finish());
    }
}

/// Whether a line gives the time a codelab's section takes: `Duration: 2:00`.
pub(crate) fn is_duration(text: &str) -> bool {
    let lower: String = text.trim_start().chars().take(20).collect::<String>().to_lowercase();
    lower
        .strip_prefix("duration:")
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a paragraph holds code spans and nothing else.
fn is_code_alone(node: NodeRef<'_>) -> bool {
    let mut found = false;
    node.kind() == Kind::Paragraph
        && node.children().all(|c| {
            found |= c.kind() == Kind::Code;
            matches!(c.kind(), Kind::Code | Kind::SoftBreak | Kind::HardBreak)
                || c.kind() == Kind::Text && c.source().trim().is_empty()
        })
        && found
}

/// The mark of an item whose own number counts its first word: `2. Schritt: …`, which Markdown reads as a list.
fn counted_word(number: u32, text: &str) -> Option<Marker> {
    let prefix = format!("{number}. ");
    let found = marker(&format!("{prefix}{text}"))
        .filter(|m| m.mark == Mark::Word(WordClass::Step) && m.separated)?;
    let back = |at: usize| at.saturating_sub(prefix.len());
    Some(Marker { start: back(found.start), end: back(found.end), title: back(found.title), ..found })
}

/// Whether blocks stand among the children of an element, or among those of its inline wrappers.
fn holds_blocks(node: NodeRef<'_>) -> bool {
    node.children().any(|c| match c.kind() {
        Kind::Element => {
            c.tag().is_block()
                || c.tag().heading_level().is_some()
                || c.children().take(8).any(|g| g.kind().is_block())
        }
        kind => kind.is_block(),
    })
}
