//! AF202: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::parameters::report_parameters;

pub(super) struct AffiliateParameters;

static INFO: Info = Info {
    code: "AF202",
    name: "affiliate-parameters",
    summary: "parameters of a page that pay an affiliate",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af202_affiliate_parameters.md"),
};

impl Rule for AffiliateParameters {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        report_parameters(cx, &INFO, true, "the address carries the id of an affiliate");
    }
}
