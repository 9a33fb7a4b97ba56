//! NM121: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::lists::respelled_chain;

pub(super) struct NumberMark;

static INFO: Info = Info {
    code: "NM121",
    name: "number-mark",
    summary: "numbers of a list that a parenthesis follows",
    phase: Phase::Style,
    kinds: &[Kind::List],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm121_number_mark.md"),
};

impl Rule for NumberMark {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.has(Flags::ORDERED) {
            return;
        }
        let edits = respelled_chain(node, *b".)");
        if !edits.is_empty() && cx.are_certain(&edits) {
            cx.report(
                Report::new(&INFO, node.span(), "the numbers of the list are marked otherwise").fix(edits),
            );
        }
    }
}
