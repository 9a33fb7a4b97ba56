//! Ads whose tags are torn apart: an element that begins in one block and ends in another, a link whose words run over blank
//! lines, an end tag that reads as code. Owns finding where such a thing ends; what it is worth is weighed as for any other.

use super::UnitKind;
use super::attributes::add_names;
use super::judge::{Judge, Nature, Part};
use super::seed::{Seed, is_click};
use super::signal::{Grounds, THRESHOLD};
use crate::document::{Flags, Kind, NodeId, NodeRef, Tag};
use crate::span::Span;

/// How long an ad may be that runs over blank lines, in bytes.
pub(super) const LONGEST_OPEN_AD: usize = 8000;
/// How deep elements that join across blocks are followed.
const JOINED_DEPTH: u32 = 16;

impl<'a> Judge<'a> {
    /// An element that begins at sibling `at` with the tag `start` and ends in another one.
    pub(super) fn joined_part(
        &mut self,
        ids: &[NodeId],
        at: usize,
        start: NodeRef<'a>,
        depth: u32,
    ) -> Option<Part> {
        let &id = ids.get(at)?;
        let Some(end) = start.partner() else { return self.part_to_end_tag_in_code(ids, at, start) };
        if depth >= JOINED_DEPTH || end.id <= start.id {
            return None;
        }
        let last = ids.partition_point(|i| *i <= end.id).checked_sub(1)?;
        if last <= at {
            return None;
        }
        let &last_id = ids.get(last)?;
        let span = Span::new(start.span().start, end.span().end);
        let known = self.joined.get(&start.id.0).copied();
        if start.id == id && end.id == last_id {
            let inner = ids.get(at + 1..last)?;
            let nature = known.unwrap_or_else(|| self.joined_element(start, inner, depth));
            self.joined.insert(start.id.0, nature);
            return match nature {
                Nature::Ad(_) | Nature::Maybe(_) | Nature::Text(_) | Nature::Empty => {
                    Some(Part { from: at, to: last + 1, node: id, span, nature, leaves_rest: false })
                }
                _ => None,
            };
        }
        // a link that begins one paragraph and ends in a later one
        let siblings = ids.get(at..=last).unwrap_or(&[]);
        let nature = known.unwrap_or_else(|| match start.kind() {
            Kind::Link => self.open_link(start, end, siblings),
            _ => self.open_wrapper(start, end, siblings),
        });
        self.joined.insert(start.id.0, nature);
        let Nature::Ad(_) = nature else { return None };
        let last_node = self.document.node(last_id);
        let rest = Span::new(span.end, last_node.span().end.max(span.end));
        let leaves_rest = !self.document.slice(rest).trim().is_empty();
        Some(Part { from: at, to: last + 1, node: id, span, nature, leaves_rest })
    }

    /// A link to an ad whose end tag reads as indented code, because a blank line and a tab stand in its words.
    fn part_to_end_tag_in_code(&mut self, ids: &[NodeId], at: usize, start: NodeRef<'a>) -> Option<Part> {
        if start.kind() != Kind::Link {
            return None;
        }
        for (index, &id) in ids.iter().enumerate().skip(at + 1).take(6) {
            let node = self.document.node(id);
            if node.kind() == Kind::CodeBlock && !node.has(Flags::FENCED) {
                let Some(end) = node.source().find("</a>") else { continue };
                let span = Span::new(start.span().start, node.span().start + end + 4);
                let known = self.joined.get(&start.id.0).copied();
                let siblings = ids.get(at..index)?;
                let nature = known.unwrap_or_else(|| self.open_link_over(start, span, siblings));
                self.joined.insert(start.id.0, nature);
                let rest = Span::new(span.end, node.span().end.max(span.end));
                let leaves_rest = !self.document.slice(rest).trim().is_empty();
                return match nature {
                    Nature::Ad(_) if !leaves_rest => {
                        Some(Part { from: at, to: index + 1, node: *ids.get(at)?, span, nature, leaves_rest })
                    }
                    _ => None,
                };
            }
            if !matches!(node.kind(), Kind::Paragraph | Kind::List | Kind::Text) {
                return None;
            }
        }
        None
    }

    /// The unclosed start tag that `node` is, or begins with.
    #[inline]
    pub(super) fn open_start(&self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let record = node.node();
        if record.has(Flags::UNCLOSED) {
            return Some(node);
        }
        if record.kind != Kind::Paragraph || record.next == node.id.0 + 1 {
            return None;
        }
        let first = self.document.node(NodeId(node.id.0 + 1));
        let may_join = first.kind() == Kind::Link || is_wrapper(first) && first.partner().is_some();
        (first.has(Flags::UNCLOSED) && may_join).then_some(first)
    }

    fn joined_element(&mut self, start: NodeRef<'a>, inner: &[NodeId], depth: u32) -> Nature {
        if start.kind() == Kind::Link {
            let inside = match (inner.first(), inner.last()) {
                (Some(first), Some(last)) => first.0..self.document.node(*last).node().next,
                _ => 0..0,
            };
            return match self.link(start, inside) {
                Nature::Text(seed) => Nature::Ad(seed),
                other => other,
            };
        }
        let mut own = Grounds::default();
        add_names(start, &mut own);
        if let (Some(first), Some(last)) = (inner.first(), inner.last())
            && self.is_product_box(&own, &(first.0..self.document.node(*last).node().next))
        {
            return self.weighed(Seed::new(start, UnitKind::AffiliateBlock, own));
        }
        let parts = self.parts(inner, start, own.total(), depth + 1);
        match self.nature_of(&parts, start, Some(start), own) {
            Nature::Content => Nature::Content,
            other => other,
        }
    }

    /// `<noscript><div>` and a pixel in a paragraph, `</div></noscript>` behind it: an ad if nothing else is between.
    fn open_wrapper(&self, start: NodeRef<'a>, end: NodeRef<'a>, siblings: &[NodeId]) -> Nature {
        let Some((&first, behind)) = siblings.split_first() else { return Nature::Content };
        let mut found = Nature::Content;
        let inside = self.document.node(first).children().skip(1).map(|n| n.id);
        for id in inside.chain(behind.iter().copied()) {
            let node = self.document.node(id);
            let is_tag_between = (node.has(Flags::UNCLOSED) || node.kind() == Kind::EndTag)
                && node.partner().is_some_and(|p| p.id >= start.id && p.id <= end.id)
                && is_wrapper(node);
            match self.nature(id) {
                _ if is_tag_between => {}
                Nature::Blank | Nature::Empty | Nature::Comment => {}
                ad @ Nature::Ad(_) if found == Nature::Content => found = ad,
                Nature::Ad(_) => {}
                _ => return Nature::Content,
            }
        }
        found
    }

    fn open_link(&mut self, start: NodeRef<'a>, end: NodeRef<'a>, siblings: &[NodeId]) -> Nature {
        self.open_link_over(start, Span::new(start.span().start, end.span().end), siblings)
    }

    fn open_link_over(&mut self, start: NodeRef<'a>, span: Span, siblings: &[NodeId]) -> Nature {
        if span.len() > LONGEST_OPEN_AD {
            return Nature::Content;
        }
        let other = siblings.iter().any(|id| {
            matches!(
                self.document.node(*id).kind(),
                Kind::Heading | Kind::CodeBlock | Kind::Table | Kind::Footnote
            )
        });
        let Some(url) = self.scales.address(start) else { return Nature::Content };
        if other || url.is_allowed() || !url.is_commercial() || !is_click(url.role()) {
            return Nature::Content;
        }
        let grounds = self.scales.link(start, url);
        self.weighed(Seed::new(start, UnitKind::AffiliateBlock, grounds))
    }

    /// The grounds of an unclosed link that begins its line, if it leads to an ad.
    pub(super) fn open_ad_at(&self, start: NodeRef<'a>) -> Option<Grounds> {
        // it begins its line, but for the marks of quotes
        let head = self.document.text.get(..start.span().start).unwrap_or("");
        let above = head.trim_end_matches([' ', '\t', '>']);
        if !above.is_empty() && !above.ends_with('\n') {
            return None;
        }
        let url = self.scales.address(start)?;
        if url.is_allowed() || !url.is_commercial() || !is_click(url.role()) {
            return None;
        }
        let grounds = self.scales.link(start, url);
        (grounds.total() >= THRESHOLD).then_some(grounds)
    }
}

/// Whether a tag is of an element that says nothing by itself.
fn is_wrapper(tag: NodeRef<'_>) -> bool {
    matches!(tag.tag(), Tag::Noscript | Tag::Div | Tag::Span | Tag::Center | Tag::P)
}
