//! AF103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct CallToAction;

static INFO: Info = Info {
    code: "AF103",
    name: "call-to-action",
    summary: "a block of nothing but calls to action that lead to an affiliate programme",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af103_call_to_action.md"),
};

impl Rule for CallToAction {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(
            cx,
            &INFO,
            UnitKind::CallToAction,
            "nothing but a call to action that pays an affiliate",
        );
    }
}
