//! [`NodeRef`]: how rules look at a document. Owns navigation and what a node says (destination, alternative, words);
//! must not remember anything.

use super::Document;
use super::html::Tag;
use super::html::entities::{decode_attribute, decode_text};
use super::tree::{Attribute, Definition, Element, Flags, Kind, NONE, Node, NodeId, Tree};
use crate::bytes::any_byte;
use crate::span::Span;
use std::borrow::Cow;

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

/// Where a link leads or what an image shows, as written.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The bytes of the address, without brackets or quotes.
    pub span: Span,
    /// The address as written.
    pub written: &'a str,
    html: bool,
}

impl<'a> Destination<'a> {
    /// The address with character references and (in Markdown) escapes decoded.
    pub fn url(&self) -> Cow<'a, str> {
        if !self.html {
            unescape(self.written)
        } else if any_byte(self.written.as_bytes(), |b| b == b'&') {
            decode_attribute(self.written)
        } else {
            Cow::Borrowed(self.written)
        }
    }
}

/// Markdown text with backslash escapes and character references decoded.
pub fn unescape(written: &str) -> Cow<'_, str> {
    if !any_byte(written.as_bytes(), |b| (b == b'\\') | (b == b'&')) {
        return Cow::Borrowed(written);
    }
    let decoded = decode_text(written);
    if !decoded.contains('\\') {
        return decoded;
    }
    let mut out = String::with_capacity(decoded.len());
    let mut chars = decoded.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.extend(chars.next());
        }
    }
    Cow::Owned(out)
}

impl<'a> NodeRef<'a> {
    #[inline]
    fn tree(self) -> &'a Tree {
        &self.document.parsed.tree
    }

    /// Its record.
    #[inline]
    pub fn node(self) -> &'a Node {
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
    pub fn element(self) -> Option<&'a Element> {
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

    fn attribute_record(self, name: &str) -> Option<&'a Attribute> {
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

    /// The definition that a reference link or image, or a definition's own node, stands for.
    pub fn definition(self) -> Option<&'a Definition> {
        let node = self.node();
        let refers = node.kind == Kind::Definition
            || matches!(node.kind, Kind::Link | Kind::Image) && node.has(Flags::REFERENCE);
        refers.then(|| self.tree().definitions.get(node.data as usize)).flatten()
    }

    /// Where a link leads, what an image shows, in any spelling; for a reference, the place in its definition.
    pub fn destination(self) -> Option<Destination<'a>> {
        let node = self.node();
        let in_html = |name: &str| {
            let span = self.attribute_record(name)?.value.span()?;
            Some(Destination { span, written: self.document.slice(span), html: true })
        };
        match node.kind {
            Kind::Link if node.has(Flags::HTML) => in_html("href"),
            Kind::Image if node.has(Flags::HTML) => in_html("src"),
            Kind::Link | Kind::Image | Kind::Definition => {
                let span = if let Some(d) = self.definition() {
                    d.destination.span()?
                } else if node.has(Flags::AUTOLINK) {
                    Span::new(node.start as usize + 1, (node.end as usize).saturating_sub(1))
                } else if node.kind != Kind::Definition && !node.has(Flags::REFERENCE) {
                    self.inline_destination()?
                } else {
                    return None;
                };
                Some(Destination { span, written: self.document.slice(span), html: false })
            }
            _ => None,
        }
    }

    /// The byte after the last child: where the text of an inline link or image ends.
    fn content_end(self) -> usize {
        let (nodes, record) = (&self.tree().nodes, self.node());
        let start = record.start as usize + if record.kind == Kind::Image { 2 } else { 1 };
        if record.next <= self.id.0 + 1 {
            return start;
        }
        // the last node below it, or what that stands in
        let mut last = nodes.get(record.next as usize - 1);
        while let Some(node) = last
            && node.parent != self.id.0
        {
            last = nodes.get(node.parent as usize);
        }
        last.map_or(start, |child| (child.end as usize).max(start))
    }

    /// The bytes of an inline link's address: after `](`, in angle brackets or with balanced parentheses.
    fn inline_destination(self) -> Option<Span> {
        let text = self.document.text;
        let end = self.node().end as usize;
        let from = self.content_end();
        let rest = text.get(from..end)?;
        // nothing but white space stands between the last child and the bracket, or nothing at all
        let open = from + if rest.starts_with("](") { 2 } else { rest.find("](")? + 2 };
        let bytes = text.as_bytes();
        // no blank up to the last bracket: nothing but the address stands there
        let inner = bytes.get(open..end.saturating_sub(1)).unwrap_or_default();
        if bytes.get(end - 1) == Some(&b')')
            && inner.first() != Some(&b'<')
            && !any_byte(inner, |b| b <= b' ')
        {
            return Some(Span::new(open, end - 1));
        }
        let mut at = open;
        while at < end && matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | b'>') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'<') {
            let mut close = at + 1;
            while close < end && bytes[close] != b'>' {
                close += if bytes[close] == b'\\' { 2 } else { 1 };
            }
            return Some(Span::new(at + 1, close.min(end)));
        }
        let start = at;
        let mut depth = 0usize;
        while at < end {
            // most bytes of an address are none of these
            let plain = |b: &u8| !matches!(b, b'\\' | b'(' | b')' | b' ' | b'\t' | b'\n' | b'\r');
            at += bytes[at..end].iter().take_while(|b| plain(b)).count();
            if at == end {
                break;
            }
            match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b' ' | b'\t' | b'\n' | b'\r' => break,
                _ => {}
            }
            at += 1;
        }
        Some(Span::new(start, at.min(end)))
    }

    /// The bytes of the title of an inline link or image, or of an HTML `title`, without quotes.
    pub fn title(self) -> Option<Span> {
        if self.is_html() {
            return self.attribute("title").and_then(|a| a.value_span);
        }
        if !matches!(self.kind(), Kind::Link | Kind::Image) || self.definition().is_some() {
            return None;
        }
        let end = self.span().end;
        let mut at = self.destination()?.span.end;
        let bytes = self.document.text.as_bytes();
        if bytes.get(at) == Some(&b'>') {
            at += 1;
        }
        while at < end && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let close = match bytes.get(at)? {
            b'"' => b'"',
            b'\'' => b'\'',
            b'(' => b')',
            _ => return None,
        };
        let last = memchr::memrchr(close, &bytes[at + 1..end.saturating_sub(1).max(at + 1)])?;
        Some(Span::new(at + 1, at + 1 + last))
    }

    /// The bytes between `[` and `]` of a Markdown link or image, or between the tags of an element.
    pub fn content_span(self) -> Span {
        let span = self.span();
        match self.kind() {
            Kind::Link | Kind::Image if !self.is_html() => {
                let start = span.start + if self.kind() == Kind::Image { 2 } else { 1 };
                if self.has(Flags::AUTOLINK) {
                    return Span::new(span.start + 1, span.end.saturating_sub(1));
                }
                let from = self.content_end();
                let close = self
                    .document
                    .text
                    .get(from..span.end)
                    .and_then(|s| s.find(']'))
                    .map_or(from, |i| from + i);
                Span::new(start, close.max(start))
            }
            _ => match (self.start_tag(), self.end_tag()) {
                (Some(a), Some(b)) => Span::new(a.end, b.start.max(a.end)),
                (Some(a), None) => Span::new(a.end, span.end.max(a.end)),
                _ => span,
            },
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
