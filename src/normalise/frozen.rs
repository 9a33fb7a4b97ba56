//! [`Frozen`]: where white space at a line's end, or a line end itself, is part of what is said.
//! Owns the list; must not propose anything.

use super::fence;
use super::lines::first_and_last;
use super::place::is_indented_row;
use crate::contract::Gather;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use memchr::memchr;

/// Spans of more than one line in which lines may not change: code, templates, raw text, comments, the inside of tags, addresses
/// and titles of links, reference definitions.
#[derive(Debug, Default)]
pub(crate) struct Frozen {
    /// Ascending, disjoint.
    spans: Vec<Span>,
    /// The hard breaks, ascending: their blanks stay.
    breaks: Vec<Span>,
}

impl Gather for Frozen {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut frozen = Frozen::default();
        frozen.spans.extend_from_slice(document.parsed.protected.spans());
        // blank lines say nothing in the text of an admonition, unless there is code in it
        let fenced = |s: &&Span| {
            let text = document.slice(**s);
            text.contains("```") || text.contains("~~~")
        };
        frozen.spans.extend(document.parsed.style_protected.spans().iter().filter(fenced));
        for (index, record) in document.parsed.tree.nodes.iter().enumerate() {
            match record.kind {
                Kind::HardBreak => frozen.breaks.push(record.span()),
                // most nodes
                Kind::Text if !record.has(Flags::IN_BLOCK) => {}
                Kind::Paragraph | Kind::Heading | Kind::SoftBreak | Kind::Strong | Kind::Emphasis => {}
                _ => frozen.spans.extend(frozen_span(document.node(NodeId(index as u32)))),
            }
        }
        merge(&mut frozen.spans);
        frozen
    }
}

impl Frozen {
    /// Whether a change of `span` (white space or line ends) would change what a reader sees.
    pub(crate) fn holds(&self, span: Span) -> bool {
        let index = self.spans.partition_point(|s| s.end <= span.start);
        self.spans.get(index).is_some_and(|s| s.start < span.end)
    }

    /// Whether `span` is, in part, a hard break.
    pub(crate) fn is_hard_break(&self, span: Span) -> bool {
        let index = self.breaks.partition_point(|s| s.end <= span.start);
        self.breaks.get(index).is_some_and(|s| s.start < span.end)
    }
}

fn frozen_span(node: NodeRef<'_>) -> Option<Span> {
    let document = node.document;
    let span = node.span();
    let lines = |span: Span| memchr(b'\n', document.slice(span).as_bytes()).is_some().then_some(span);
    match node.kind() {
        // nobody closes it: all is code up to what comes next
        Kind::CodeBlock
            if node.has(Flags::FENCED) && fence::fence(node).is_none_or(|f| f.close.is_none()) =>
        {
            let next = document.parsed.tree.nodes.get(node.node().next as usize);
            Some(Span::new(span.start, next.map_or(document.text.len(), |n| n.start as usize)))
        }
        // the blanks that end the last line are code too
        Kind::CodeBlock => Some(Span::new(span.start, document.line_at(span.end).end.max(span.end))),
        Kind::Row if is_indented_row(node) => Some(document.line_at(span.start)),
        Kind::Comment | Kind::Markup | Kind::Definition | Kind::EndTag | Kind::Code => lines(span),
        Kind::Element if has_own_lines(node.tag()) => {
            if node.has(Flags::UNCLOSED) {
                let end = node.partner().map_or(document.text.len(), |p| p.span().end);
                Some(Span::new(span.start, end.max(span.end)))
            } else {
                lines(span)
            }
        }
        Kind::Element => lines(node.start_tag()?),
        // a `>` on a line of its own is a character there, not a quote
        Kind::Text if node.has(Flags::IN_BLOCK) => {
            lines(span).filter(|s| memchr(b'>', document.slice(*s).as_bytes()).is_some())
        }
        Kind::Link | Kind::Image if node.is_html() => lines(node.start_tag()?),
        Kind::Link | Kind::Image => {
            let whole = lines(span)?;
            Some(Span::new(node.last_child().map_or(whole.start, |c| c.span().end), whole.end))
        }
        _ => None,
    }
}

/// The code, and the paragraphs and headings of more than one line, ascending: a `>` at the head of a line of theirs is text.
pub(crate) fn leaf_blocks(document: Document<'_>) -> Vec<Span> {
    document
        .nodes()
        .filter(|n| {
            let lines = n.kind().is_leaf_block() && memchr(b'\n', n.source().as_bytes()).is_some();
            lines || n.kind() == Kind::CodeBlock
        })
        .map(NodeRef::span)
        .collect()
}

/// Whether the blank lines after the last line are nothing but that: no code, no HTML that nobody closed.
pub(crate) struct BlankEnd {
    pub(crate) is_blank: bool,
}

impl Gather for BlankEnd {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let (_, last) = first_and_last(document.text.as_bytes(), document.body_start());
        Self { is_blank: ends_in_blank_lines(document, last) }
    }

    // what hid the end may go, and stood anywhere
    fn grants(&self) -> Option<u128> {
        Some(u128::from(self.is_blank))
    }
}

fn ends_in_blank_lines(document: Document<'_>, last: usize) -> bool {
    document.nodes().all(|n| match n.kind() {
        Kind::CodeBlock if n.document.line_at(n.span().end).end >= last && n.has(Flags::FENCED) => {
            fence::fence(n).is_some_and(|f| f.close.is_some())
        }
        Kind::Comment | Kind::Markup => n.span().end <= last,
        Kind::Element if has_own_lines(n.tag()) => !n.has(Flags::UNCLOSED) || n.partner().is_some(),
        _ => true,
    })
}

/// Whether line ends inside the element are shown as they are, or are no text at all.
fn has_own_lines(tag: Tag) -> bool {
    tag.is_raw_text() || matches!(tag, Tag::Pre | Tag::Textarea | Tag::Math | Tag::Svg | Tag::Xmp | Tag::Code)
}

fn merge(spans: &mut Vec<Span>) {
    if spans.windows(2).all(|w| w[0].end <= w[1].start) {
        return;
    }
    spans.sort_unstable();
    let mut kept = 0;
    for i in 1..spans.len() {
        let next = spans[i];
        let last = &mut spans[kept];
        if next.start < last.end {
            last.end = last.end.max(next.end);
        } else {
            kept += 1;
            spans[kept] = next;
        }
    }
    spans.truncate(kept + 1);
}
