//! The HTML between Markdown's events: elements, their ends and their partners. Owns when an element is open, closed, implied, joined to an
//! end tag of a later block; must not know Markdown's blocks.

use super::{Builder, Open};
use crate::document::html::tag::closes_implicitly;
use crate::document::html::{self, AttributeRange, Region, Tag, TokenKind};
use crate::document::tree::{Attribute, Element, Flags, Kind, NONE, Range32};
use crate::span::Span;
use pulldown_cmark::CowStr;

/// How deep HTML elements nest; deeper ones are leaves.
const DEPTH_CAP: usize = 256;
/// How many unclosed elements a stray end tag looks back over.
const PARTNER_REACH: usize = 64;

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

impl Builder<'_> {
    /// An element whose container ends: an omitted `</p>` or `</li>` is fine, else it keeps its start tag alone.
    pub(super) fn leave_open(&mut self, open: &Open) {
        self.left_html(open.tag);
        let next = self.tree.nodes.len() as u32;
        let last_end = self.end_of_content(open.node);
        let node = &mut self.tree.nodes[open.node as usize];
        if open.tag.may_omit_end_tag() && !open.joined {
            node.next = next;
            node.flags = node.flags.with(Flags::IMPLIED_END);
            node.end = node.end.max(last_end);
        } else {
            node.next = open.node + 1;
            node.flags = node.flags.with(Flags::UNCLOSED);
            self.has_orphans |= next > open.node + 1;
            let container = self.container();
            self.unclosed.push((open.tag, container, open.node));
        }
    }

    pub(super) fn imply_end(&mut self, before: usize) {
        let Some(open) = self.stack.pop() else { return };
        self.left_html(open.tag);
        let next = self.tree.nodes.len() as u32;
        let last_end = self.end_of_content(open.node);
        let node = &mut self.tree.nodes[open.node as usize];
        node.next = next;
        node.flags = node.flags.with(Flags::IMPLIED_END);
        node.end = node.end.max(last_end).min((before as u32).max(node.end));
    }

    /// Where the last of what an open element holds ends, 0 if it holds nothing.
    fn end_of_content(&self, element: u32) -> u32 {
        // the last node's ancestors below the element may end behind that node: with an end tag, with an underline
        let (mut end, mut at) = (0, self.tree.nodes.len() as u32 - 1);
        while at > element {
            let Some(last) = self.tree.nodes.get(at as usize) else { break };
            (end, at) = (last.end.max(end), last.parent);
        }
        end
    }

    fn left_html(&mut self, tag: Tag) {
        self.html_depth = self.html_depth.saturating_sub(1);
        if tag.is_raw_text() {
            self.raw_depth = self.raw_depth.saturating_sub(1);
        }
    }

    pub(super) fn inline_html(&mut self, content: &CowStr<'_>, start: usize, end: usize) {
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
    pub(super) fn cut_at_container(&self, pieces: &mut Vec<Span>) {
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

    pub(super) fn html(&mut self, region: &Region<'_>, block: bool) {
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
