//! RP103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::finding::{Safety, Severity};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::habits::Habits;
use crate::repair::edges::{Glue, Side, edge, has_edges};
use crate::span::Span;

pub(super) struct GluedRight;

static INFO: Info = Info {
    code: "RP103",
    name: "glued-right",
    summary: "emphasis or a link glued to the word behind it",
    phase: Phase::Content,
    kinds: &[Kind::Strong, Kind::Emphasis, Kind::Link],
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
        let habits = cx.gathered::<Habits>();
        let glue = habits.glue(&edge);
        let damage = match glue {
            Glue::Part => false,
            Glue::Short => node.kind() == Kind::Strong && habits.glues(),
            Glue::Open => node.kind() == Kind::Strong && habits.glues_everywhere(),
            Glue::Likely => habits.glues() || node.kind() == Kind::Strong && habits.stray_behind_spans >= 2,
            Glue::Certain => true,
        };
        if !damage {
            return;
        }
        cx.report(
            Report::new(&INFO, Span::at(edge.at), "a blank is missing behind the span")
                .because(format!("glued edges of emphasis and links in this document: {}", habits.glued))
                .confidence(if matches!(glue, Glue::Open | Glue::Short) { 0.8 } else { 0.95 })
                .fix(vec![Edit::insert(edge.at, " ")]),
        );
    }
}
