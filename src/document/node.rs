//! [`NodeRef`]: how rules look at a document. Owns navigation and what a node says (attributes, alternative, words);
//! must not remember anything. Where links lead is `destination`'s.

use super::Document;
use super::html::Tag;
use super::html::entities::{decode_attribute, decode_text};
use super::tree::{Attribute, Element, Flags, Kind, NONE, Node, NodeId, Tree};
use crate::span::Span;
use std::borrow::Cow;

/// The largest number of a list item in Markdown (CommonMark 0.31, section 5.2).
pub const LARGEST_NUMBER: u32 = 999_999_999;

/// A node with its document. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'a> {
    /// The document.
    pub document: Document<'a>,
    /// Its place.
    pub id: NodeId,
}

/// An attribute of an HTML element.
#[derive(Clone, Copy, Debug)]
pub struct AttributeRef<'a> {
    /// The name as written.
    pub name: &'a str,
    /// The value as written, without quotes; empty where there is none.
    pub value: &'a str,
    /// The bytes of the value.
    pub value_span: Option<Span>,
    /// Name, equals sign, value and quotes.
    pub whole: Span,
}

impl<'a> AttributeRef<'a> {
    /// The value with its character references decoded.
    pub fn decoded(&self) -> Cow<'a, str> {
        decode_attribute(self.value)
    }
}

impl<'a> NodeRef<'a> {
    #[inline]
    pub(super) fn tree(self) -> &'a Tree {
        &self.document.parsed.tree
    }

    /// Its record.
    #[inline]
    pub(crate) fn node(self) -> &'a Node {
        self.tree().node(self.id)
    }

    /// What it is.
    #[inline]
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The name of an HTML element.
    #[inline]
    pub fn tag(self) -> Tag {
        self.node().tag
    }

    /// Whether it has all bits of `flags`.
    #[inline]
    pub fn has(self, flags: Flags) -> bool {
        self.node().flags.has(flags)
    }

    /// Whether it is spelled as HTML.
    #[inline]
    pub fn is_html(self) -> bool {
        self.has(Flags::HTML)
    }

    /// Its bytes.
    #[inline]
    pub fn span(self) -> Span {
        self.node().span()
    }

    /// Its source.
    #[inline]
    pub fn source(self) -> &'a str {
        self.document.slice(self.span())
    }

    #[inline]
    fn at(self, id: u32) -> Option<NodeRef<'a>> {
        (id != NONE && (id as usize) < self.tree().nodes.len()).then(|| self.document.node(NodeId(id)))
    }

    /// The parent.
    #[inline]
    pub fn parent(self) -> Option<NodeRef<'a>> {
        self.at(self.node().parent)
    }

    /// The ancestors, the parent first, the root last.
    #[inline]
    pub fn ancestors(self) -> impl Iterator<Item = NodeRef<'a>> {
        std::iter::successors(self.parent(), |n| n.parent())
    }

    /// The direct children.
    #[inline]
    pub fn children(self) -> impl Iterator<Item = NodeRef<'a>> {
        self.tree().children(self.id).map(move |id| self.document.node(id))
    }

    /// The last direct child.
    pub fn last_child(self) -> Option<NodeRef<'a>> {
        self.children().last()
    }

    /// Everything below it, in document order.
    #[inline]
    pub fn descendants(self) -> impl Iterator<Item = NodeRef<'a>> {
        (self.id.0 + 1..self.node().next).map(move |i| self.document.node(NodeId(i)))
    }

    /// The next node under the same parent.
    pub fn next_sibling(self) -> Option<NodeRef<'a>> {
        let next = self.at(self.node().next)?;
        (next.node().parent == self.node().parent).then_some(next)
    }

    /// The previous node under the same parent.
    pub fn previous_sibling(self) -> Option<NodeRef<'a>> {
        if self.id.0 == 0 || self.node().parent == self.id.0 - 1 {
            return None;
        }
        // the node before is the last of the previous sibling's subtree: climb to the sibling
        let mut at = self.at(self.id.0 - 1)?;
        while at.node().parent != self.node().parent {
            at = at.parent()?;
        }
        Some(at)
    }

    /// Where it ends with the attribute list that belongs to it: Markdown's links and images may have one.
    pub(crate) fn end_with_attributes(self) -> usize {
        let end = self.span().end;
        let may_have = matches!(self.kind(), Kind::Link | Kind::Image) && !self.is_html();
        end + self.document.text.get(end..).filter(|_| may_have).map_or(0, super::attribute_list)
    }

    /// The value of an attribute in the list behind it.
    pub(crate) fn listed_attribute(self, name: &str) -> Option<&'a str> {
        let end = self.span().end;
        let list = self.document.text.get(end..self.end_with_attributes()).filter(|list| !list.is_empty())?;
        super::attribute_in_list(list, name)
    }

    /// The leaf block (paragraph, heading, cell) that it stands in.
    pub fn leaf_block(self) -> Option<NodeRef<'a>> {
        self.ancestors().find(|n| n.kind().is_leaf_block())
    }

    /// The Markdown container (document, quote, item, footnote) that it stands in.
    pub fn container(self) -> NodeRef<'a> {
        self.ancestors()
            .find(|n| matches!(n.kind(), Kind::Root | Kind::Quote | Kind::Item | Kind::Footnote))
            .unwrap_or(self.document.root())
    }

    /// The record of its tags, if it is spelled as HTML.
    pub(crate) fn element(self) -> Option<&'a Element> {
        self.tree().element(self.id)
    }

    /// The bytes of its start tag.
    pub fn start_tag(self) -> Option<Span> {
        self.element()?.start_tag.span()
    }

    /// The bytes of its end tag.
    pub fn end_tag(self) -> Option<Span> {
        self.element()?.end_tag.span()
    }

    /// For an element that begins in one block and ends in another: the node of the other tag.
    pub fn partner(self) -> Option<NodeRef<'a>> {
        self.at(self.element()?.partner)
    }

    /// The records of its attributes.
    fn attribute_records(self) -> &'a [Attribute] {
        self.element().map_or(&[], |e| {
            let from = e.first_attribute as usize;
            self.tree().attributes.get(from..from + e.attribute_count as usize).unwrap_or(&[])
        })
    }

    /// The names of its attributes as written, with the bytes of the values: for who looks at many and wants few.
    #[inline]
    pub(crate) fn attribute_names(self) -> impl Iterator<Item = (&'a [u8], Option<Span>)> {
        let bytes = self.document.text.as_bytes();
        self.attribute_records().iter().map(move |a| {
            (bytes.get(a.name.start as usize..a.name.end as usize).unwrap_or_default(), a.value.span())
        })
    }

    fn attribute_at(self, record: &Attribute) -> AttributeRef<'a> {
        AttributeRef {
            name: record.name.span().map_or("", |s| self.document.slice(s)),
            value: record.value.span().map_or("", |s| self.document.slice(s)),
            value_span: record.value.span(),
            whole: record.whole.span().unwrap_or_default(),
        }
    }

    /// The attributes of its start tag as written; a repeated name counts once, the first time.
    pub fn attributes(self) -> impl Iterator<Item = AttributeRef<'a>> {
        self.attribute_records().iter().map(move |a| self.attribute_at(a))
    }

    pub(super) fn attribute_record(self, name: &str) -> Option<&'a Attribute> {
        let bytes = self.document.text.as_bytes();
        self.attribute_records().iter().find(|a| {
            let place = a.name.start as usize..a.name.end as usize;
            place.len() == name.len()
                && bytes.get(place).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        })
    }

    /// The first attribute of that name (lower case).
    pub fn attribute(self, name: &str) -> Option<AttributeRef<'a>> {
        self.attribute_record(name).map(|a| self.attribute_at(a))
    }

    /// The decoded value of the first attribute of that name (lower case).
    pub fn attribute_value(self, name: &str) -> Option<Cow<'a, str>> {
        self.attribute(name).map(|a| a.decoded())
    }

    /// The number of the first item of an ordered list, of Markdown or HTML: at most `LARGEST_NUMBER`.
    pub fn first_number(self) -> Option<u32> {
        match (self.kind(), self.tag()) {
            (Kind::List, _) => self.has(Flags::ORDERED).then_some(self.node().data),
            (Kind::Element, Tag::Ol) => {
                let start = self.attribute("start").and_then(|a| a.value.trim().parse::<u32>().ok());
                Some(start.unwrap_or(1).min(LARGEST_NUMBER))
            }
            _ => None,
        }
    }

    /// What an image says where it cannot be shown.
    pub fn alternative(self) -> Cow<'a, str> {
        if self.is_html() {
            self.attribute_value("alt").unwrap_or_default()
        } else {
            Cow::Owned(self.words())
        }
    }

    /// What a text node says: references decoded, line ends and white space as they are.
    pub fn text(self) -> Cow<'a, str> {
        let source = self.source();
        if self.has(Flags::DECODED) && !self.has(Flags::RAW) {
            decode_text(source)
        } else {
            Cow::Borrowed(source)
        }
    }

    /// The visible words below it as one line: white space folded, code spans included, image alternatives and raw text not.
    pub fn words(self) -> String {
        let mut out = String::new();
        let mut blank = false;
        let mut add = |piece: &str, blank: &mut bool| {
            out.reserve(piece.len() + 1);
            let mut rest = piece;
            while !rest.is_empty() {
                let (word, behind) = rest.split_at(end_of_word(rest));
                if !word.is_empty() {
                    if *blank && !out.is_empty() {
                        out.push(' ');
                    }
                    *blank = false;
                    out.push_str(word);
                }
                rest = behind.trim_start();
                *blank |= rest.len() < behind.len();
            }
        };
        let image = self.kind() == Kind::Image;
        let own = if self.kind() == Kind::Text { Some(self) } else { None };
        let mut skip = 0;
        for n in own.into_iter().chain(self.descendants()) {
            if n.id.0 < skip {
                continue;
            }
            match n.kind() {
                Kind::Text if !n.has(Flags::RAW) => add(&n.text(), &mut blank),
                Kind::Code => add(n.source().trim_matches('`'), &mut blank),
                Kind::Image if !image => skip = n.node().next,
                Kind::SoftBreak | Kind::HardBreak => blank = true,
                k if k.is_block() => blank = true,
                Kind::Element if n.tag().is_block() => blank = true,
                _ => {}
            }
        }
        out
    }

    /// Whether a reader sees words below it.
    pub fn has_words(self) -> bool {
        let mut skip = 0;
        self.descendants().any(|n| {
            if n.id.0 < skip {
                return false;
            }
            match n.kind() {
                Kind::Image => {
                    skip = n.node().next;
                    false
                }
                Kind::Text => !n.has(Flags::RAW) && n.text().chars().any(char::is_alphanumeric),
                Kind::Code | Kind::CodeBlock => true,
                _ => false,
            }
        })
    }
}

/// Where the first white space of `text` stands.
fn end_of_word(text: &str) -> usize {
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r' | 0x80..);
    let Some(at) = text.bytes().position(|byte| ends(&byte)) else { return text.len() };
    // what is not ASCII may be blank too
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(char::is_whitespace).unwrap_or(rest.len())
}
