//! NM102: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::headings::{Atx, atx, ends_like_a_heading};

pub(super) struct ClosingHashes;

static INFO: Info = Info {
    code: "NM102",
    name: "closing-hashes",
    summary: "hashes after a heading",
    phase: Phase::Style,
    kinds: &[Kind::Heading],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm102_closing_hashes.md"),
};

impl Rule for ClosingHashes {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.source().ends_with('#') {
            return;
        }
        let Some(Atx { text, closing: Some(closing), .. }) = atx(node) else { return };
        let edits = vec![Edit::remove(closing)];
        if !ends_like_a_heading(cx.document.slice(text)) && cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, closing, "the heading has hashes after it").fix(edits));
        }
    }
}
