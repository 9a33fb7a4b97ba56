//! AD104: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct AdFrame;

static INFO: Info = Info {
    code: "AD104",
    name: "ad-frame",
    summary: "a frame, a film or a Flash object that is an ad",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad104_ad_frame.md"),
};

impl Rule for AdFrame {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::Frame, "an ad in a frame");
    }
}
