//! TR202: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::parameters::report_parameters;

pub(super) struct TrackingParameters;

static INFO: Info = Info {
    code: "TR202",
    name: "tracking-parameters",
    summary: "parameters of an address that only tracks the reader",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("tr202_tracking_parameters.md"),
};

impl Rule for TrackingParameters {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_parameters(cx, &INFO, false, "the address carries parameters that only track");
    }
}
