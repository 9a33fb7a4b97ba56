//! BP167: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct EndHeading;

static INFO: Info = Info {
    code: "BP167",
    name: "end-heading",
    summary: "the heading of what a page appended, with nothing below it",
    phase: Phase::Content,
    kinds: &[Kind::Heading],
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

impl Rule for EndHeading {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
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
        let mut below = removal::below(node);
        let is_last = below.by_ref().take(MOST_BESIDE).all(announces_nothing_else) && below.next().is_none();
        let above = removal::above(node).take(MOST_BESIDE).find(|n| !announces_nothing_else(*n));
        if is_last && above.is_some_and(|above| above.kind() != Kind::Heading) {
            let why = "what it announces is not here, and nothing else follows";
            report(cx, &INFO, node, node, "a heading with nothing below it", why);
        }
    }
}

/// Whether a block is a heading of what pages append.
fn announces_nothing_else(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Heading
        && block.span().len() <= LONGEST
        && words::is_any(&words::folded(&block.words()), &WHAT)
}

/// How many such headings may stand together.
const MOST_BESIDE: usize = 4;
