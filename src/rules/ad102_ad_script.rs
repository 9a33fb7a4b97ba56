//! AD102: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct AdScript;

static INFO: Info = Info {
    code: "AD102",
    name: "ad-script",
    summary: "a script that loads ads",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad102_ad_script.md"),
};

impl Rule for AdScript {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::Script, "a script that loads ads");
    }
}
