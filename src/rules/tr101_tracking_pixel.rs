//! TR101: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct TrackingPixel;

static INFO: Info = Info {
    code: "TR101",
    name: "tracking-pixel",
    summary: "an image nobody sees that counts readers",
    phase: Phase::Structure,
    kinds: &[Kind::Image],
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

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let zero = |name: &str| node.attribute(name).is_some_and(|a| matches!(a.value, "0" | "1"));
        if node.is_html() && zero("width") && zero("height") {
            cx.report(Report::new(&INFO, node.span(), "a tracking pixel").because("1x1").remove(node.span()));
        }
    }
}
