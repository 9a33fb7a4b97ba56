//! MO104: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::mojibake::Damage as Kinds;

pub(super) struct MisreadReferences;

static INFO: Info = Info {
    code: "MO104",
    name: "misread-references",
    summary: "character references or escapes that spell misread text",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    // front-matter values are prose; runs hold no code and no templates
    enters_protected: true,
    documentation: include_str!("mo104_misread_references.md"),
};

impl Rule for MisreadReferences {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        for place in &cx.damage().repairs {
            if matches!(place.kind, Kinds::Entity | Kinds::Escape) {
                let message =
                    format!("references spell misread text: `{}` is `{}`", place.before, place.after);
                cx.report(place.report(&INFO, message));
            }
        }
    }
}
