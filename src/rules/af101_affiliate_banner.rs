//! AF101: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct AffiliateBanner;

static INFO: Info = Info {
    code: "AF101",
    name: "affiliate-banner",
    summary: "an affiliate's banner with its pixel, wrapper, label and markers",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af101_affiliate_banner.md"),
};

impl Rule for AffiliateBanner {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::AffiliateBanner, "an affiliate's banner");
    }
}
