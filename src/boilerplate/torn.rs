//! Elements that a blank line tears: behind it CommonMark reads their indented lines as code. Owns reading such an element anew as the
//! HTML that it was, up to its own end tag; must not judge it.

use crate::document::{Flags, Kind, NodeRef, Parsed};
use crate::span::Span;

/// The most bytes of an element that is read anew.
const LONGEST: usize = 8000;
/// How many blocks are followed behind a start tag whose end tag is code.
const MOST_BLOCKS: usize = 16;

/// An element read anew: its lines without their indents, and without the blank ones.
pub(crate) struct Whole {
    text: String,
    parsed: Parsed,
    /// Where each line begins, in the text and in the document.
    lines: Vec<(usize, usize)>,
}

impl Whole {
    /// The element that `element` begins, if a part of it reads as indented code.
    pub fn of(element: NodeRef<'_>) -> Option<Self> {
        let span = reach(element)?;
        let mut text = String::with_capacity(span.len());
        let mut lines = Vec::new();
        let mut at = span.start;
        for line in element.document.slice(span).split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                lines.push((text.len(), at + (line.len() - line.trim_start().len())));
                text.push_str(words);
                text.push('\n');
            }
            at += line.len();
        }
        let parsed = Parsed::new(&text);
        Some(Self { text, parsed, lines })
    }

    /// The element, with all that it holds.
    pub fn element(&self) -> Option<NodeRef<'_>> {
        let first = self.parsed.document(&self.text).root().children().next()?;
        (first.kind() == Kind::Element && first.span().start == 0 && first.end_tag().is_some())
            .then_some(first)
    }

    /// Where it ends in the document; nothing else stands in that line.
    pub fn end(&self) -> Option<usize> {
        let end = self.element()?.span().end;
        let number = self.lines.partition_point(|(start, _)| *start < end).checked_sub(1)?;
        let (line, source) = self.lines.get(number)?;
        self.text.get(end..)?.starts_with('\n').then(|| source + (end - line))
    }
}

/// How far an element may reach that holds indented code with tags in it, or that such code follows.
fn reach(element: NodeRef<'_>) -> Option<Span> {
    let is_torn = |n: &NodeRef<'_>| {
        n.kind() == Kind::CodeBlock && !n.has(Flags::FENCED) && n.source().trim_start().starts_with('<')
    };
    if !element.is_html() || element.kind() != Kind::Element {
        return None;
    }
    let span = element.span();
    if !element.has(Flags::UNCLOSED) {
        return (span.len() <= LONGEST && element.descendants().any(|n| is_torn(&n))).then_some(span);
    }
    let mut last = None;
    let behind = std::iter::successors(element.next_sibling(), |n| n.next_sibling()).take(MOST_BLOCKS);
    for node in behind.take_while(|n| n.is_html() || is_torn(n)) {
        if is_torn(&node) {
            last = Some(node);
        }
    }
    let whole = Span::new(span.start, last?.span().end);
    (whole.len() <= LONGEST).then_some(whole)
}
