//! TR101: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct TrackingPixel;

static INFO: Info = Info {
    code: "TR101",
    name: "tracking-pixel",
    summary: "an image or frame nobody sees that counts readers",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("tr101_tracking_pixel.md"),
};

impl Rule for TrackingPixel {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::Pixel, "a tracking pixel");
    }
}
