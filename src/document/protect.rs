//! [`Protected`]: the regions of a text in which no rule may change a byte. Owns the list; exceptions are the pipeline's.

use super::tree::{Kind, Tree};
use crate::document::html::Tag;
use crate::span::Span;

/// Code, templates, math and front matter, ascending and disjoint.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    spans: Vec<Span>,
}

impl Protected {
    pub(crate) fn gather(tree: &Tree, templates: Vec<Span>, front_matter: Option<Span>) -> Self {
        let mut spans = templates;
        spans.extend(front_matter);
        let mut sorted = spans.len() < 2;
        for node in &tree.nodes {
            let code = match node.kind {
                Kind::CodeBlock | Kind::Code | Kind::Protected => true,
                Kind::Element => {
                    matches!(node.tag, Tag::Pre | Tag::Code | Tag::Textarea | Tag::Math | Tag::Svg | Tag::Xmp)
                }
                _ => false,
            };
            if code {
                spans.push(node.span());
                sorted = false;
            }
        }
        if !sorted {
            spans.sort_unstable();
            let mut out: Vec<Span> = Vec::with_capacity(spans.len());
            for s in spans {
                match out.last_mut() {
                    Some(last) if s.start < last.end => last.end = last.end.max(s.end),
                    _ => out.push(s),
                }
            }
            spans = out;
        }
        Self { spans }
    }

    /// Regions that are ascending and disjoint.
    pub(crate) fn of(spans: Vec<Span>) -> Self {
        Self { spans }
    }

    /// The regions, ascending and disjoint.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The first region that shares a byte with `span` (or has it, being empty, in its inside).
    pub fn hit(&self, span: Span) -> Option<Span> {
        let index = self.spans.partition_point(|s| s.end <= span.start);
        let s = *self.spans.get(index)?;
        let hit = if span.is_empty() { s.start < span.start && span.start < s.end } else { s.overlaps(span) };
        hit.then_some(s)
    }

    /// Whether `span` lies wholly in one region.
    pub fn covers(&self, span: Span) -> bool {
        let index = self.spans.partition_point(|s| s.end < span.end);
        self.spans.get(index).is_some_and(|s| s.contains(span))
    }

    /// Whether an edit of `span` would change a region in part: regions that it takes away whole do not count.
    pub fn cuts(&self, span: Span) -> bool {
        if span.is_empty() {
            return self.hit(span).is_some();
        }
        let first = self.spans.partition_point(|s| s.end <= span.start);
        self.spans[first..].iter().take_while(|s| s.start < span.end).any(|s| !span.contains(*s))
    }
}
