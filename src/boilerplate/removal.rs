//! The fix that takes boilerplate away with what is then empty: emphasis, paragraph, list item, list, quote, wrapper.
//! Owns how far a removal reaches; lines and blanks are [`crate::removal`]'s; must not decide what goes.

use super::pictures::is_of_article;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::comments::{Remark, comment_text};
use crate::excision::{Removed, removal};
use crate::span::Span;

/// The siblings `first` to `last` with what their removal empties: the span, and the edits that take it away. `None` where they are
/// all there is.
pub(crate) fn remove<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> Option<(Span, Vec<Edit>)> {
    if let Some(span) = without_pictures(first, last) {
        return Some((span, vec![Edit::remove(span)]));
    }
    remove_with_pictures(first, last)
}

/// What [`remove`] gives, where the pictures in lines of their own go, too: one is a code to scan.
pub(crate) fn remove_with_pictures<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> Option<(Span, Vec<Edit>)> {
    let (first, last) = with_markers(first, last);
    let (first, last) = with_emptied(first, last);
    let (first, last) = (with_break_above(first, last), with_break_below(first, last));
    let parent = first.parent()?;
    let span = Span::new(first.span().start, last.span().end.max(first.span().end));
    let removed = Removed {
        span,
        invisible: false,
        parent,
        previous: first
            .previous_sibling()
            .and_then(|n| if is_nothing(n) { n.previous_sibling() } else { Some(n) }),
        next: last.next_sibling().and_then(|n| if is_nothing(n) { n.next_sibling() } else { Some(n) }),
    };
    Some((span, vec![removal(first.document, &removed)]))
}

/// What [`remove`] gives for `first` and all that follows it up to byte `end`, which may be the midst of a block.
pub(crate) fn remove_up_to(first: NodeRef<'_>, end: usize) -> Option<(Span, Vec<Edit>)> {
    let span = Span::new(first.span().start, end);
    let removed =
        Removed { span, invisible: false, parent: first.parent()?, previous: previous(first), next: None };
    Some((span, vec![removal(first.document, &removed)]))
}

/// The child of `node` that shows something, if there is one alone.
pub(crate) fn only_shown(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut shown = node.children().filter(|c| !is_nothing(*c));
    shown.next().filter(|_| shown.next().is_none())
}

/// The blocks that stand in `node`.
pub(crate) fn blocks_in(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    node.children().filter(|n| n.kind().is_block() || n.tag().is_block())
}

/// Whether a node shows nothing: white space, a comment, the end of a line.
pub(crate) fn is_nothing(node: NodeRef<'_>) -> bool {
    match node.kind() {
        Kind::Text => node.text().trim().is_empty(),
        Kind::SoftBreak | Kind::HardBreak | Kind::Comment => true,
        _ => false,
    }
}

/// The sibling before `node` that shows something.
pub(crate) fn previous<'a>(node: NodeRef<'a>) -> Option<NodeRef<'a>> {
    std::iter::successors(node.previous_sibling(), |n| n.previous_sibling()).take(4).find(|n| !is_nothing(*n))
}

/// The sibling after `node` that shows something.
pub(crate) fn next<'a>(node: NodeRef<'a>) -> Option<NodeRef<'a>> {
    std::iter::successors(node.next_sibling(), |n| n.next_sibling()).take(4).find(|n| !is_nothing(*n))
}

/// The siblings before `node` that show something, the nearest first.
pub(crate) fn above<'a>(node: NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + Clone {
    std::iter::successors(previous(node), |n| previous(*n))
}

/// The siblings after `node` that show something, the nearest first.
pub(crate) fn below<'a>(node: NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + Clone {
    std::iter::successors(next(node), |n| next(*n))
}

/// The siblings `first` to `last` without the article's own pictures in lines of their own at their ends, if there are any: no blank line
/// parts them from what is taken away.
fn without_pictures(first: NodeRef<'_>, last: NodeRef<'_>) -> Option<Span> {
    let whole = Span::new(first.span().start, last.span().end.max(first.span().end));
    let is_break = |n: NodeRef<'_>| {
        matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak)
            || n.kind() == Kind::Element && n.tag() == Tag::Br
    };
    let mut span = whole;
    // behind: the last line, in whatever block it stands
    let mut at = innermost(last, |n| n.children().filter(|c| !is_nothing(*c)).last());
    while let Some(n) = at.filter(|n| is_of_article(*n) || is_break(*n)) {
        if !is_break(n) {
            span.end = n.span().start;
        }
        at = previous(n);
    }
    let mut at = innermost(first, |n| n.children().find(|c| !is_nothing(*c)));
    let mut begin = None;
    while let Some(n) = at.filter(|n| is_of_article(*n) || is_break(*n)) {
        begin = Some(n.span().end);
        let behind = n.next_sibling().filter(|b| b.kind() != Kind::Text || !b.source().trim().is_empty());
        // beside a link it may be the link's
        let is_apart = |b: NodeRef<'_>| is_break(b) || b.kind() == Kind::Text;
        if !is_break(n) && !behind.is_some_and(is_apart) {
            begin = None;
            break;
        }
        at = next(n);
    }
    span.start = begin.unwrap_or(span.start);
    (span != whole && span.start < span.end).then_some(span)
}

/// What stands at one end of a block, in the blocks that it holds.
fn innermost<'a>(
    block: NodeRef<'a>,
    end: impl Fn(NodeRef<'a>) -> Option<NodeRef<'a>>,
) -> Option<NodeRef<'a>> {
    let holds = |n: &NodeRef<'a>| {
        matches!(n.kind(), Kind::Paragraph | Kind::Item | Kind::List | Kind::Quote)
            || n.kind() == Kind::Element && n.tag() == Tag::P
    };
    let mut at = Some(block).filter(holds)?;
    loop {
        let inner = end(at)?;
        if !holds(&inner) {
            return Some(inner);
        }
        at = inner;
    }
}

/// With the comments around them that mark a beginning and an end: `<!-- Begin Sign-up Form -->`.
fn with_markers<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> (NodeRef<'a>, NodeRef<'a>) {
    let is_space = |n: &NodeRef<'_>| n.kind() != Kind::Comment && is_nothing(*n);
    let before = std::iter::successors(first.previous_sibling(), |n| n.previous_sibling())
        .take(3)
        .find(|n| !is_space(n));
    let behind =
        std::iter::successors(last.next_sibling(), |n| n.next_sibling()).take(3).find(|n| !is_space(n));
    let remark =
        |n: &NodeRef<'_>| (n.kind() == Kind::Comment && n.span().len() < 120).then(|| Remark::of(n.source()));
    let begins = |n: &NodeRef<'_>| remark(n).is_some_and(|r| r.begins);
    let ends =
        |n: &NodeRef<'_>| remark(n).is_some_and(|r| r.ends || comment_text(n.source()).starts_with('/'));
    match (before, behind) {
        (Some(b), Some(e)) if begins(&b) && ends(&e) => (b, e),
        _ => (first, last),
    }
}

/// Climbs as long as the parent holds nothing else.
fn with_emptied<'a>(mut first: NodeRef<'a>, mut last: NodeRef<'a>) -> (NodeRef<'a>, NodeRef<'a>) {
    while let Some(parent) = first.parent() {
        let empties = match parent.kind() {
            Kind::Paragraph
            | Kind::Heading
            | Kind::Item
            | Kind::List
            | Kind::Quote
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strike => true,
            Kind::Element => is_wrapper(parent),
            _ => false,
        };
        let (from, to) = (first.id.0, last.node().next);
        if !empties || !parent.children().all(|c| c.id.0 >= from && c.id.0 < to || is_nothing(c)) {
            break;
        }
        (first, last) = (parent, parent);
    }
    (first, last)
}

/// With the thematic break above that has nothing to part any more: the text ends there, or the next break follows.
fn with_break_above<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> NodeRef<'a> {
    if first.parent().is_none_or(|p| p.kind() != Kind::Root) {
        return first;
    }
    let behind = std::iter::successors(last.next_sibling(), |n| n.next_sibling())
        .find(|n| !is_nothing(*n) && n.kind() != Kind::Definition);
    let above = previous(first).filter(|p| p.kind() == Kind::Break && previous(*p).is_some());
    match above {
        Some(above) if behind.is_none_or(|b| b.kind() == Kind::Break) => above,
        _ => first,
    }
}

/// With the thematic break below that parted the head of the page from the text: the title stands right above.
fn with_break_below<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> NodeRef<'a> {
    let is_title = |p: NodeRef<'a>| p.kind() == Kind::Heading && p.node().data == 1 && p.id.0 < HIGHEST_TITLE;
    if first.parent().is_none_or(|p| p.kind() != Kind::Root) || !previous(first).is_some_and(is_title) {
        return last;
    }
    next(last).filter(|n| n.kind() == Kind::Break && next(*n).is_some()).unwrap_or(last)
}

/// Of how many nodes the title of a page is one, at its head.
const HIGHEST_TITLE: u32 = 24;

/// Elements that are nothing without what they hold.
fn is_wrapper(element: NodeRef<'_>) -> bool {
    use Tag::*;
    element.end_tag().is_some()
        && matches!(
            element.tag(),
            Div | P
                | Span
                | Center
                | Section
                | Aside
                | Ul
                | Ol
                | Li
                | Font
                | B
                | I
                | Em
                | Strong
                | U
                | Small
                | Blockquote
                | Nav
                | Footer
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
        )
}
