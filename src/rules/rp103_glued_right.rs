//! RP103: see the `.md` beside this file.

use super::rp102_glued_left::report_missing_blank;
use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::repair::edges::{Side, edge, has_edges};

pub(super) struct GluedRight;

static INFO: Info = Info {
    code: "RP103",
    name: "glued-right",
    summary: "emphasis, a link or code glued to the word behind it",
    phase: Phase::Content,
    kinds: &[Kind::Strong, Kind::Emphasis, Kind::Strike, Kind::Link, Kind::Code],
    effect: Effect::Spacing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp103_glued_right.md"),
};

impl Rule for GluedRight {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        // most have a blank or a sign behind them
        let may_be_letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
        if !cx.document.text.as_bytes().get(node.span().end).is_some_and(may_be_letter) || !has_edges(node) {
            return;
        }
        let Some(edge) = edge(node, Side::Right) else { return };
        report_missing_blank(cx, &INFO, &edge, "a blank is missing behind the span");
    }
}
