//! MO102: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::mojibake::Damage as Kinds;

pub(super) struct CutSequence;

static INFO: Info = Info {
    code: "MO102",
    name: "cut-sequence",
    summary: "what remains of misread text of which a byte was lost",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    // front-matter values are prose; runs hold no code and no templates
    enters_protected: true,
    documentation: include_str!("mo102_cut_sequence.md"),
};

impl Rule for CutSequence {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        for place in &cx.damage().repairs {
            if matches!(place.kind, Kinds::Cut | Kinds::Lossy) {
                let message =
                    format!("a byte of misread text was lost: `{}` is `{}`", place.before, place.after);
                cx.report(place.report(&INFO, message));
            }
        }
    }
}
