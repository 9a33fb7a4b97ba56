//! MO101: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::mojibake::Damage as Kinds;

pub(super) struct MisreadText;

static INFO: Info = Info {
    code: "MO101",
    name: "misread-text",
    summary: "text that was UTF-8 and was read in another code page",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    // front-matter values are prose; runs hold no code and no templates
    enters_protected: true,
    documentation: include_str!("mo101_misread_text.md"),
};

impl Rule for MisreadText {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        for place in &cx.damage().repairs {
            if matches!(
                place.kind,
                Kinds::Utf8
                    | Kinds::Surrogates
                    | Kinds::NoBreakSpace
                    | Kinds::Straightened
                    | Kinds::Lowercased
            ) {
                let message = format!("text was misread: `{}` is `{}`", place.before, place.after);
                cx.report(place.report(&INFO, message));
            }
        }
    }
}
