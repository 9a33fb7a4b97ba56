//! AF102: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::ads::report_units;
use crate::document::{Kind, NodeRef};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};

pub(super) struct AffiliateBlock;

static INFO: Info = Info {
    code: "AF102",
    name: "affiliate-block",
    summary: "a raw HTML link of an affiliate programme that is a block of its own",
    phase: Phase::Structure,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af102_affiliate_block.md"),
};

impl Rule for AffiliateBlock {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_units(cx, &INFO, UnitKind::AffiliateBlock, "an affiliate's text ad");
    }
}
