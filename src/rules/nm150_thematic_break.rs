//! NM150: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::place::house_break;

pub(super) struct ThematicBreak;

static INFO: Info = Info {
    code: "NM150",
    name: "thematic-break",
    summary: "a thematic break that is not `---`",
    phase: Phase::Style,
    kinds: &[Kind::Break],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm150_thematic_break.md"),
};

impl Rule for ThematicBreak {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(edit) = house_break(node) else { return };
        let edits = vec![edit];
        if cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, node.span(), "the thematic break is spelled otherwise").fix(edits));
        }
    }
}
