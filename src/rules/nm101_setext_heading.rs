//! NM101: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::headings::atx_edits;

pub(super) struct SetextHeading;

static INFO: Info = Info {
    code: "NM101",
    name: "setext-heading",
    summary: "a heading marked by a line under it",
    phase: Phase::Style,
    kinds: &[Kind::Heading],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm101_setext_heading.md"),
};

impl Rule for SetextHeading {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.has(Flags::OTHER) {
            return;
        }
        if let Some(edits) = atx_edits(node)
            && cx.are_certain(&edits)
        {
            cx.report(Report::new(&INFO, node.span(), "the heading is marked by a line under it").fix(edits));
        }
    }
}
