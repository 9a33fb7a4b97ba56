//! The visible words of a block, and what is bold, linked or pictured in them. Owns collecting them; must not know marks.

use super::outline::is_outside;
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeRef};
use crate::span::Span;

/// The visible words of a block, with line ends, and what is bold at their beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// The words; `\n` where the source or a `<br>` breaks the line.
    pub(crate) text: String,
    /// Where words are bold, ascending.
    pub(crate) bold: Vec<Span>,
    /// Whether all of them are bold.
    pub(crate) all_bold: bool,
    /// Whether all of them are in links.
    pub(crate) all_linked: bool,
    /// Whether most are in links within the page, as in a table of contents; the number of a note is few.
    pub(crate) anchor_link: bool,
    /// Whether bold words or code stand in them.
    pub(crate) has_markup: bool,
    /// Pairs of a place in `text` and the byte of the source it stands at, ascending.
    places: Vec<(usize, usize)>,
    /// Places in `text` where a picture stands.
    pub(crate) pictures: Vec<usize>,
}

impl Words {
    /// The byte of the source at which the words at `at` stand.
    pub(crate) fn source_at(&self, at: usize) -> Option<usize> {
        let i = self.places.partition_point(|p| p.0 <= at).checked_sub(1)?;
        let (text, source) = *self.places.get(i)?;
        Some(source + (at - text))
    }

    /// Where the lines end that hold words, before the first line that holds a picture and no words.
    pub(crate) fn end_before_picture_line(&self) -> usize {
        let mut at = 0;
        let mut seen = false;
        for line in self.text.split_inclusive('\n') {
            let end = at + line.len();
            if line.trim().is_empty() {
                let first = self.pictures.get(self.pictures.partition_point(|&p| p < at));
                let lone_picture = first.is_some_and(|&p| p < end.max(at + 1));
                if seen && lone_picture {
                    return at;
                }
            } else {
                seen = true;
            }
            at = end;
        }
        self.text.len()
    }
}

/// The words of a paragraph, or of the first paragraph of an item: up to the first block below it.
pub(crate) fn first_words(node: NodeRef<'_>) -> Words {
    let mut collector = Collector::default();
    if node.kind() == Kind::Paragraph || node.kind() == Kind::Heading {
        collector.inlines(node);
        return collector.finish();
    }
    for child in node.children() {
        let block = child.kind().is_block() || child.kind() == Kind::Element && child.tag().is_block();
        if !block {
            collector.node(child);
            continue;
        }
        if !collector.is_empty() {
            break;
        }
        let paragraph = child.kind() == Kind::Paragraph
            || child.kind() == Kind::Heading
            || child.kind() == Kind::Element
                && (child.tag() == Tag::P || child.tag().heading_level().is_some());
        if paragraph {
            collector.inlines(child);
            if !collector.words.text.trim().is_empty() {
                break;
            }
        } else {
            break;
        }
    }
    collector.finish()
}

/// Collects words node by node.
#[derive(Default)]
pub(crate) struct Collector {
    words: Words,
    bold: u32,
    link: u32,
    anchor: u32,
    /// Letters in links within the page, and all letters.
    anchored: usize,
    letters: usize,
    seen_plain: bool,
    seen_unlinked: bool,
}

impl Collector {
    /// The words of everything below a node.
    pub(crate) fn all(mut self, node: NodeRef<'_>) -> Words {
        self.inlines(node);
        self.finish()
    }

    fn is_empty(&self) -> bool {
        self.words.text.trim().is_empty() && self.words.pictures.is_empty()
    }

    fn inlines(&mut self, parent: NodeRef<'_>) {
        for node in parent.children() {
            self.node(node);
        }
    }

    /// Adds the words of a node.
    pub(crate) fn node(&mut self, node: NodeRef<'_>) {
        match node.kind() {
            Kind::Text if node.has(Flags::RAW) => {}
            Kind::Text => self.text(&node.text(), node.span().start),
            Kind::SoftBreak | Kind::HardBreak => self.words.text.push('\n'),
            Kind::Code => {
                self.words.has_markup = true;
                let source = node.source();
                let ticks = source.len() - source.trim_start_matches('`').len();
                self.text(source.trim_matches('`').trim(), node.span().start + ticks);
            }
            Kind::Protected => self.text(node.source(), node.span().start),
            Kind::Strong => self.bold(node, true),
            Kind::Image => {
                self.words.pictures.push(self.words.text.len());
                // words on both sides of a picture do not touch
                if !self.words.text.is_empty() && !self.words.text.ends_with(char::is_whitespace) {
                    self.words.text.push(' ');
                }
            }
            Kind::Link => {
                let anchor = u32::from(node.destination().is_some_and(|d| d.written.starts_with('#')));
                self.anchor += anchor;
                self.link += 1;
                if node.has(Flags::AUTOLINK) {
                    self.text(node.source().trim_matches(['<', '>']), node.span().start + 1);
                } else {
                    self.inlines(node);
                }
                self.link -= 1;
                self.anchor -= anchor;
            }
            Kind::FootnoteReference | Kind::Comment | Kind::Markup | Kind::EndTag | Kind::TaskMarker => {}
            Kind::Element => match node.tag() {
                Tag::B | Tag::Strong => self.bold(node, true),
                tag if is_outside(tag) => {}
                Tag::Br => self.words.text.push('\n'),
                Tag::Code | Tag::Kbd => {
                    self.words.has_markup = true;
                    self.inlines(node);
                }
                _ => self.inlines(node),
            },
            kind if kind.is_block() => {}
            _ => self.inlines(node),
        }
    }

    fn bold(&mut self, node: NodeRef<'_>, strong: bool) {
        self.words.has_markup |= strong;
        let from = self.words.text.len();
        self.bold += u32::from(strong);
        self.inlines(node);
        self.bold -= u32::from(strong);
        if strong && self.bold == 0 {
            self.words.bold.push(Span::new(from, self.words.text.len()));
        }
    }

    fn text(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        if text.chars().any(|c| !c.is_whitespace()) {
            if self.bold == 0 {
                self.seen_plain |= text.chars().any(char::is_alphanumeric);
            }
            self.seen_unlinked |= self.link == 0 && text.chars().any(char::is_alphanumeric);
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.anchored += if self.anchor > 0 { letters } else { 0 };
        self.words.places.push((self.words.text.len(), source));
        self.words.text.push_str(text);
    }

    /// The words collected.
    pub(crate) fn finish(mut self) -> Words {
        let has_letters = self.words.text.chars().any(char::is_alphanumeric);
        self.words.all_bold = has_letters && !self.seen_plain;
        self.words.anchor_link = self.anchored * 2 >= self.letters.max(1);
        self.words.all_linked = has_letters && !self.seen_unlinked;
        self.words
    }
}
