//! What boilerplate is made of, and how it is taken away: what the `BP` rules share.
//! Owns places, pieces and the edits of a removal; must not decide: each rule does. What a block says and shows by itself is
//! [`first_look`](crate::first_look)'s, whose rooms are named here too.
//!
//! * [`links`]: which links are share buttons, which lead to another page.
//! * [`interface`]: words of a platform's interface; [`bars`]: where they stand; [`named`]: which of them the text speaks of.
//! * [`mail_field`]: the box round a field for a mail address.
//! * [`messages`]: what a page says to browsers that cannot.
//! * [`feedback_form`]: the form below the question whether a page was of help.
//! * [`gallery_controls`]: the row of buttons below a gallery.
//! * [`neighbours`]: a pair of links to the post before and the post after.
//! * [`place`]: what ends above a line and what begins below it.
//! * [`page_lines`]: what pages offer in words: to be read aloud, to be told of errors.
//! * [`sites`]: which sites the article's sentences lead to.
//! * [`subjects`]: how often a text speaks of what notices speak of.
//! * [`titles`]: the headings of a text.
//! * [`torn`]: elements of which a part reads as code.
//! * [`pictures`]: which pictures are the article's.
//! * [`pieces`]: sentences, lines and pictures of a block, of which a part may be the article's.
//! * [`removal`]: the edits that take blocks away with the list item, list or quote that is then empty.

pub(crate) mod bars;
pub(crate) mod feedback_form;
pub(crate) mod gallery_controls;
pub(crate) mod interface;
pub(crate) mod links;
pub(crate) mod mail_field;
pub(crate) mod messages;
pub(crate) mod named;
pub(crate) mod neighbours;
pub(crate) mod page_lines;
pub(crate) mod pictures;
pub(crate) mod pieces;
pub(crate) mod place;
pub(crate) mod removal;
pub(crate) mod sites;
pub(crate) mod subjects;
pub(crate) mod titles;
pub(crate) mod torn;
pub(crate) use crate::first_look::{
    addresses, containers, fold, list, lists, look, shape, signs, stems, words,
};

use crate::context::Context;
use crate::contract::{Info, Report};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use look::Look;
use shape::Shape;
use std::borrow::Cow;
use words::Use;

/// Reports the siblings `first` to `last`, with the fix of taking them away.
pub(crate) fn report(
    cx: &mut Context<'_>,
    rule: &'static Info,
    first: NodeRef<'_>,
    last: NodeRef<'_>,
    what: &'static str,
    evidence: impl Into<Cow<'static, str>>,
) {
    if let Some(report) = removed(rule, first, last, what, evidence) {
        cx.report(report);
    }
}

/// The report on the siblings `first` to `last`, with the fix of taking them away.
pub(crate) fn removed(
    rule: &'static Info,
    first: NodeRef<'_>,
    last: NodeRef<'_>,
    what: &'static str,
    evidence: impl Into<Cow<'static, str>>,
) -> Option<Report> {
    let (span, edits) = removal::remove(first, last)?;
    Some(certain(rule, span, what, evidence, edits))
}

/// The report on boilerplate that nothing speaks against.
pub(crate) fn certain(
    rule: &'static Info,
    span: Span,
    what: &'static str,
    evidence: impl Into<Cow<'static, str>>,
    edits: Vec<Edit>,
) -> Report {
    Report::new(rule, span, what).because(evidence).confidence(0.9).fix(edits)
}

/// The last node of the run of siblings that `node` begins, with nothing but white space between them; `None` if it does not begin one.
pub(crate) fn last_of_run<'a>(
    node: NodeRef<'a>,
    is_part: impl Fn(NodeRef<'a>) -> bool,
) -> Option<NodeRef<'a>> {
    let is_space = |n: &NodeRef<'_>| n.kind() != Kind::Comment && removal::is_nothing(*n);
    let before =
        std::iter::successors(node.previous_sibling(), |n| n.previous_sibling()).find(|n| !is_space(n));
    if before.is_some_and(&is_part) {
        return None;
    }
    let behind = std::iter::successors(node.next_sibling(), |n| n.next_sibling()).filter(|n| !is_space(n));
    Some(behind.take_while(|n| is_part(*n)).last().unwrap_or(node))
}

/// The block above `block` if it is one of the labels for `what` and nothing else, else `block` itself. A heading without text may stand
/// between them.
pub(crate) fn label_above<'a>(block: NodeRef<'a>, what: Use) -> NodeRef<'a> {
    let is_gap = |p: NodeRef<'a>| p.kind() == Kind::Heading && p.children().all(removal::is_nothing);
    removal::previous(block)
        .and_then(|p| if is_gap(p) { removal::previous(p) } else { Some(p) })
        .filter(|p| {
            p.span().len() < 160 && matches!(p.kind(), Kind::Paragraph | Kind::Heading | Kind::Element)
        })
        .filter(|p| Look::at(*p).outside.is_any(&[what]))
        .filter(|p| {
            let shape = Shape::of(*p);
            shape.is_plain() && shape.scripts.is_empty() && words::is(&words::folded(&shape.outside), what)
        })
        .unwrap_or(block)
}

/// Whether a block says that what follows belongs to it: it ends with a colon.
pub(crate) fn announces(block: NodeRef<'_>) -> bool {
    block.source().trim_end().ends_with([':', '：'])
}

/// Whether little follows a block.
pub(crate) fn is_among_the_last(block: NodeRef<'_>) -> bool {
    let mut following = removal::below(block);
    let mut last = following.by_ref().take(MOST_BEHIND);
    last.all(|n| n.span().len() <= LONGEST_BEHIND) && following.next().is_none()
}

/// How many blocks may follow one at the end of a text.
const MOST_BEHIND: usize = 4;
/// How long each of them may be, in bytes.
const LONGEST_BEHIND: usize = 300;

/// Whether a script draws share buttons.
pub(crate) fn is_share_script(script: NodeRef<'_>) -> bool {
    let source = script.source();
    source.len() < 6000 && stems::SHARE_SCRIPTS.is_in(source)
}
