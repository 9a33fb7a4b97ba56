//! AD103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct DisplayBanner;

static INFO: Info = Info {
    code: "AD103",
    name: "display-banner",
    summary: "a linked image that is an ad",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad103_display_banner.md"),
};

impl Rule for DisplayBanner {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::Banner, "a banner");
    }
}
