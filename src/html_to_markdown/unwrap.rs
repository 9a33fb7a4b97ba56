//! Wrappers that begin in one block and end in another, with Markdown between: both tags go together. Owns finding the pairs; each
//! tag must stand in a block that holds nothing but such tags, so that taking it away changes nothing else.

use super::items::{self, Beside, Item, Role, Stretch};
use super::{Change, Conversion, Work, meaning};
use crate::document::html::Tag;
use crate::document::{Kind, NodeId, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use std::collections::HashMap;

/// Whether Markdown blocks can stand right behind this tag: what it wraps is a flow of blocks.
pub(super) fn is_transparent(node: NodeRef<'_>) -> bool {
    meaning::is_wrapper(node.tag()) || matches!(node.tag(), Tag::Details | Tag::Aside | Tag::Nav)
}

/// The node of the start tag of a loose tag, if both are known.
fn start_of<'a>(node: NodeRef<'a>) -> Option<NodeRef<'a>> {
    match (node.start_tag(), node.end_tag()) {
        (Some(_), Some(_)) => Some(node),
        (Some(_), None) => node.partner().map(|_| node),
        (None, _) => node.partner(),
    }
}

/// Whether both tags of the wrapper that a loose tag belongs to can go.
pub(super) fn is_removable(work: &Work<'_>, item: &Item) -> bool {
    start_of(work.document.node(item.node)).is_some_and(|start| {
        meaning::is_wrapper(start.tag()) && meaning::says_nothing(start, &work.referrers, &[])
    })
}

/// Whether a stretch holds nothing but tags of wrappers that begin or end elsewhere.
pub(super) fn is_pure(work: &Work<'_>, stretch: &Stretch) -> bool {
    stretch.items.iter().all(|i| match i.role {
        Role::LooseOpen | Role::LooseClose => meaning::is_wrapper(work.document.node(i.node).tag()),
        Role::Text => work.document.slice(i.span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>'),
        _ => false,
    })
}

/// The pairs of tags that can go.
pub(super) fn pairs(work: &Work<'_>, stretches: &[Stretch]) -> Vec<(NodeId, Conversion)> {
    let mut halves: HashMap<NodeId, (Span, Beside<'_>)> = HashMap::new();
    let mut out = Vec::new();
    for stretch in stretches.iter().filter(|s| is_pure(work, s)) {
        for (index, item) in stretch.items.iter().enumerate() {
            if !matches!(item.role, Role::LooseOpen | Role::LooseClose) || !is_removable(work, item) {
                continue;
            }
            let Some(start) = start_of(work.document.node(item.node)) else { continue };
            let (Some(first), Some(last)) = (stretch.items.first(), stretch.items.last()) else { continue };
            let next = match last.role {
                Role::LooseOpen => last.node.0 + 1,
                _ => work.document.node(last.node).node().next,
            };
            // the first node of a stretch that begins with an end tag is that of the element: what stands above is above the tag
            let beside = beside_tags(work, stretch, first, next);
            if beside.must_be_parted() {
                continue;
            }
            let span = removed(work, stretch, index, item);
            if item.role == Role::LooseOpen {
                halves.insert(start.id, (span, beside));
            } else if let Some((open, above)) = halves.remove(&start.id)
                && !work.hits_template(open)
                && !work.hits_template(span)
                && !(holds_nothing(work, start.id, item)
                    && (above.and_below(&beside).must_be_parted() || is_kept_empty(work, start, item)))
            {
                let edits = vec![Edit::remove(open), Edit::remove(span)];
                out.push((
                    start.id,
                    Conversion {
                        change: Change::Wrapper,
                        span: start.start_tag().unwrap_or(open),
                        edits,
                        elements: 1,
                    },
                ));
            }
        }
    }
    out
}

/// Whether there are only tags between the start tag of a wrapper and its end tag, few of them.
fn holds_nothing(work: &Work<'_>, start: NodeId, end: &Item) -> bool {
    let nodes = (start.0 + 1..).map_while(|id| work.document.parsed.tree.nodes.get(id as usize));
    let mut between = nodes.take_while(|n| (n.start as usize) < end.span.start).take(FEW);
    between.all(|n| {
        let is_blank = || work.document.slice(n.span()).trim().is_empty();
        matches!(n.kind, Kind::Element | Kind::EndTag) || n.kind == Kind::Text && is_blank()
    })
}

/// Whether a wrapper that is empty is there for somebody; what this run emptied is not.
fn is_kept_empty(work: &Work<'_>, start: NodeRef<'_>, end: &Item) -> bool {
    let content = Span::new(start.span().start, end.span.start.max(start.span().start));
    !meaning::is_bare(start, &work.referrers) && !work.referrers.have_taken_from(content)
}

/// How many nodes are looked at between two tags.
const FEW: usize = 64;

/// The bytes that go with a tag: its line, if it stands alone on it, and the empty line that would be left over.
fn removed(work: &Work<'_>, stretch: &Stretch, index: usize, item: &Item) -> Span {
    let line = work.document.line_at(item.span.start);
    let text = work.document.text;
    let is_alone = work.document.slice(line).trim() == work.document.slice(item.span);
    if !is_alone || stretch.container != NodeId::ROOT {
        // tags on one line: the blanks between them go too
        let next = stretch.items.get(index + 1).filter(|n| n.role == Role::Text);
        let blanks = next.map_or(0, |n| {
            let t = work.document.slice(n.span);
            t.len() - t.trim_start_matches([' ', '\t']).len()
        });
        return Span::new(item.span.start, item.span.end + blanks);
    }
    let mut end = line_after(text, line.end);
    let is_last = !stretch.items.iter().skip(index + 1).any(|i| i.role != Role::Text);
    let is_first = !stretch.items.iter().take(index).any(|i| i.role != Role::Text);
    let above_is_empty = line.start == 0
        || work.document.slice(work.document.line_at(line.start - 1)).trim().is_empty()
        || work.document.parsed.front_matter.is_some_and(|f| f.end == line.start);
    if is_last && is_first && above_is_empty && end < text.len() {
        let below = work.document.line_at(end);
        if work.document.slice(below).trim().is_empty() {
            end = line_after(text, below.end);
        }
    }
    Span::new(line.start, end)
}

/// The byte behind the line end at `at`.
fn line_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) }
}

/// What stands beside a stretch of loose tags.
fn beside_tags<'a>(work: &Work<'a>, stretch: &Stretch, first: &Item, next: u32) -> Beside<'a> {
    let node = work.document.node(first.node);
    let is_end_of_element = first.role == Role::LooseClose && node.start_tag().is_some();
    let at = if is_end_of_element { node.node().next } else { first.node.0 };
    items::beside(work.document, at, stretch.span.start, next)
}
