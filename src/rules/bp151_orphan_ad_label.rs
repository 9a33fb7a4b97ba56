//! BP151: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::boilerplate::shape::Shape;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{mentions_elsewhere, report};

pub(super) struct OrphanAdLabel;

static INFO: Info = Info {
    code: "BP151",
    name: "orphan-ad-label",
    summary: "the label of an ad that is gone",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp151_orphan_ad_label.md"),
};

impl Rule for OrphanAdLabel {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > 160 || node.parent().is_none_or(|p| !matches!(p.kind(), Kind::Root | Kind::Quote)) {
            return;
        }
        let shape = Shape::of(node);
        let text = words::folded(&shape.outside);
        if !shape.is_plain() || text.is_empty() || !words::is(&text, Use::AdLabel) {
            return;
        }
        let written = shape.outside.trim().trim_matches(['-', '–', '—', '*', ' ', ':', '[', ']', '(', ')']);
        let long = text.split(' ').count() >= 3 || text.chars().filter(|c| !c.is_ascii()).count() >= 12;
        // a text that speaks of ads may name one
        if !long && mentions_elsewhere(node, &[written], 3) >= 3 {
            return;
        }
        report(cx, &INFO, node, node, "the label of an ad that is gone", "a paragraph of that word alone");
    }
}
