//! AD106: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct AdMarkers;

static INFO: Info = Info {
    code: "AD106",
    name: "ad-markers",
    summary: "marker comments of an ad with nothing left between them",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad106_ad_markers.md"),
};

impl Rule for AdMarkers {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::Markers, "marker comments of an ad that is gone");
    }
}
