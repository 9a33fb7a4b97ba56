//! BP125: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::pieces::{self, Piece};
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::subjects::{Subject, Subjects};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{addresses, is_among_the_last, lists, removal, report};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct AdBlockMessage;

static INFO: Info = Info {
    code: "BP125",
    name: "ad-block-message",
    summary: "a message that asks readers to turn their ad blocker off",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp125_ad_block_message.md"),
};

impl Rule for AdBlockMessage {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::BlockerTitle]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element && is_named(node) {
            let says = |shape: &Shape<'_>| !shape.other && lists::asks_to_unblock(&shape.all_words());
            if is_short(node, LONGEST) && says(&Shape::of(node)) {
                report_message(cx, node, node, "a class of such messages, and their words");
            }
            return;
        }
        // of a text that speaks of ad blockers most blocks are longer
        if node.span().len() > LONGEST_BLOCK || node.tag() == Tag::Div || !is_block(node) {
            return;
        }
        let perhaps = if node.kind() == Kind::Heading { cx.heading(node) } else { cx.look(node).outside };
        if !perhaps.is_any(&[Use::BlockerTitle]) {
            return;
        }
        let said = words::folded(&node.words());
        if !words::starts_with(&said, Use::BlockerTitle) {
            return;
        }
        let mut last = node;
        if !is_plea(node) {
            if said.chars().count() > LONGEST_TITLE || Shape::of(node).other {
                return;
            }
            let Some(plea) = removal::next(node).filter(|n| n.kind() != Kind::Heading && is_plea(*n)) else {
                return;
            };
            last = plea;
        }
        last = removal::below(last).take(MOST_BUTTONS).take_while(|n| is_button(*n)).last().unwrap_or(last);
        // in an element of its own it is that
        let (mut first, mut end) = (node, last);
        while let Some(parent) = first.parent().filter(|p| p.kind() == Kind::Element) {
            if removal::previous(first).is_some() || removal::next(end).is_some() {
                break;
            }
            (first, end) = (parent, parent);
        }
        if first.parent().is_none_or(|p| p.kind() != Kind::Root) || !(is_at_top(first) || is_at_end(end)) {
            return;
        }
        report_message(cx, node, last, "the title and the plea of such a message, at an end of the text");
    }
}

/// The most text of a message outside of its links, in bytes.
const LONGEST: usize = 900;
/// The longest source of a block of one, in bytes.
const LONGEST_BLOCK: usize = 700;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 90;
/// So many buttons stand below a message at the most.
const MOST_BUTTONS: usize = 2;
/// From how many mentions elsewhere on ad blockers are a text's subject.
const SUBJECT: usize = 2;

fn report_message(cx: &mut Context<'_>, first: NodeRef<'_>, last: NodeRef<'_>, evidence: &'static str) {
    let what = "a message to readers with an ad blocker";
    let span = Span::new(first.span().start, last.span().end);
    if cx.gathered::<Subjects>().outside(Subject::AdBlockers, cx.document.text, span) < SUBJECT {
        report(cx, &INFO, first, last, what, evidence);
    } else if let Some((span, edits)) = removal::remove(first, last) {
        cx.report(
            Report::new(&INFO, span, what)
                .because("the text has ad blockers as its subject")
                .confidence(0.4)
                .fix(edits)
                .needs_review(),
        );
    }
}

/// Whether a class or the id of an element is that of such messages.
fn is_named(element: NodeRef<'_>) -> bool {
    matches!(element.tag(), Tag::Div | Tag::Section | Tag::Aside)
        && element.attribute_names().any(|(name, value)| {
            let is_name = name.eq_ignore_ascii_case(b"class") || name.eq_ignore_ascii_case(b"id");
            let value = value.filter(|_| is_name).map_or("", |span| element.document.slice(span));
            // all of them have that letter
            memchr::memchr2(b'b', b'B', value.as_bytes()).is_some()
                && value.split_ascii_whitespace().any(addresses::is_name_of_unblocking)
        })
}

/// Whether a node is a paragraph or a heading, and stands in no list.
fn is_block(node: NodeRef<'_>) -> bool {
    use Tag::*;
    let is_one = node.kind() != Kind::Element || matches!(node.tag(), P | Div | H1 | H2 | H3 | H4 | H5 | H6);
    let stands = |n: NodeRef<'_>| {
        n.kind() == Kind::Root || n.kind() == Kind::Element && matches!(n.tag(), Div | Section | Aside)
    };
    is_one && node.parent().is_some_and(stands)
}

/// Whether a block asks to turn the ad blocker off, for the sake of the site, and says nothing else.
fn is_plea(block: NodeRef<'_>) -> bool {
    if !is_block(block) || !is_short(block, LONGEST_BLOCK) {
        return false;
    }
    let shape = Shape::of(block);
    let text = shape.all_words();
    if shape.other || shape.pictures > 0 || shape.links.len() > 2 {
        return false;
    }
    let of_message = |piece: &Piece<'_>| {
        let said = &piece.words;
        !piece.is_picture
            && (lists::asks_to_unblock(said)
                || words::starts_with(said, Use::BlockerTitle)
                || lists::speaks_of_site(said)
                || lists::is_button_to_unblock(said))
    };
    lists::asks_to_unblock(&text)
        && lists::speaks_of_site(&text)
        && pieces::pieces(block).iter().all(of_message)
}

/// Whether a block is nothing but buttons of such a message.
fn is_button(block: NodeRef<'_>) -> bool {
    matches!(block.kind(), Kind::Paragraph | Kind::Element | Kind::Link)
        && is_short(block, LONGEST_TITLE)
        && lists::is_button_to_unblock(&words::folded(&block.words()))
}

/// Whether nothing stands above a block, or the title alone.
fn is_at_top(block: NodeRef<'_>) -> bool {
    removal::previous(block)
        .is_none_or(|above| above.kind() == Kind::Heading && removal::previous(above).is_none())
}

/// Whether little follows a block, and no further section.
fn is_at_end(block: NodeRef<'_>) -> bool {
    is_among_the_last(block) && removal::below(block).all(|n| n.kind() != Kind::Heading)
}
