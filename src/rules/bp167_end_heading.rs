//! BP167: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, leads_to_a_tag};
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, is_among_the_last, removal, report};
use crate::document::{Kind, NodeRef};
use crate::evidence::url::{UrlView, is_year};
use crate::finding::{Safety, Severity};

pub(super) struct EndHeading;

static INFO: Info = Info {
    code: "BP167",
    name: "end-heading",
    summary: "the heading or label of what a page appended, with nothing below it",
    phase: Phase::Content,
    kinds: &[Kind::Heading, Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp167_end_heading.md"),
};

/// The longest of them, in bytes.
const LONGEST: usize = 120;
/// What they announce.
const WHAT: [Use; 8] = [
    Use::Related,
    Use::AlsoRead,
    Use::Share,
    Use::Like,
    Use::Newsletter,
    Use::Comments,
    Use::CommentForm,
    Use::Platform,
];

/// What labels announce that are no headings.
const LABELS: [Use; 2] = [Use::Related, Use::AlsoRead];

impl Rule for EndHeading {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&LABELS), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Paragraph {
            last_label(node, cx);
            return;
        }
        if node.span().len() > LONGEST
            || node.node().data <= 1
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !cx.heading(node).is_any(&WHAT)
            || removal::previous(node).is_none()
            || !announces_nothing_else(node)
        {
            return;
        }
        // the text ends here, or with such headings alone; in a row of empty ones it may be a plan
        let mut below = removal::below(node).filter(|n| n.kind() != Kind::Definition);
        let is_last = below.by_ref().take(MOST_BESIDE).all(announces_nothing_else) && below.next().is_none();
        if !is_last {
            before_the_foot(node, cx);
            return;
        }
        let above = removal::above(node).take(MOST_BESIDE).find(|n| !announces_nothing_else(*n));
        if is_last && above.is_some_and(|above| above.kind() != Kind::Heading) {
            let why = "what it announces is not here, and nothing else follows";
            report(cx, &INFO, node, node, "a heading with nothing below it", why);
        }
    }
}

/// Reports the label of a list of links that a page appended, as the last of all.
fn last_label(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let is_label = |n: NodeRef<'_>| {
        n.kind() == Kind::Paragraph
            && n.span().len() <= LONGEST
            && words::is_any(&words::folded(&n.words()), &LABELS)
    };
    let follows_text =
        || removal::previous(node).is_some_and(|above| above.kind() != Kind::Heading && !announces(above));
    if node.parent().is_some_and(|p| p.kind() == Kind::Root)
        && removal::next(node).is_none()
        && is_label(node)
        && follows_text()
    {
        let why = "what it announces is not here, and nothing else follows";
        report(cx, &INFO, node, node, "a label with nothing below it", why);
    }
}

/// Reports a heading that stands in emphasis, as plug-ins write it, right before what ends the page: the tags of the post, its date, a
/// heading of its own rank.
fn before_the_foot(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let is_emphasised =
        || removal::only_shown(node).is_some_and(|n| matches!(n.kind(), Kind::Emphasis | Kind::Strong));
    let is_foot = |n: NodeRef<'_>| match n.kind() {
        Kind::Heading => n.node().data <= node.node().data,
        Kind::Break => true,
        Kind::Paragraph => leads_to_lists_of_posts(n),
        _ => false,
    };
    if is_emphasised()
        && cx.heading(node).is_any(&[Use::Related, Use::AlsoRead])
        && is_among_the_last(node)
        && removal::next(node).is_some_and(is_foot)
        && removal::previous(node).is_some_and(|above| above.kind() != Kind::Heading)
    {
        report(cx, &INFO, node, node, "a heading with nothing below it", "what ends a page stands there");
    }
}

/// Whether a paragraph is links to the tags of a post, to those of its author or its day, with next to no words beside them.
fn leads_to_lists_of_posts(paragraph: NodeRef<'_>) -> bool {
    if paragraph.span().len() > LONGEST_FOOT {
        return false;
    }
    let shape = Shape::of(paragraph);
    shape.is_words_and_links()
        && !shape.links.is_empty()
        && shape.outside.len() <= LONGEST
        && shape.links.iter().all(|link| {
            let url = address(*link);
            let mut segments = UrlView::parse(&url).path.split('/');
            let is_year = |s: &str| is_year(s) && s.bytes().all(|b| b.is_ascii_digit());
            leads_to_a_tag(*link) || segments.any(|s| is_year(s) || s == "author")
        })
}

/// The longest such paragraph, in bytes.
const LONGEST_FOOT: usize = 1500;

/// Whether a block is a heading of what pages append.
fn announces_nothing_else(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Heading
        && block.span().len() <= LONGEST
        && words::is_any(&words::folded(&block.words()), &WHAT)
}

/// How many such headings may stand together.
const MOST_BESIDE: usize = 4;
