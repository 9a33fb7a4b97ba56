//! MO103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::mojibake::Damage as Kinds;

pub(super) struct ControlCharacter;

static INFO: Info = Info {
    code: "MO103",
    name: "control-character",
    summary: "an invisible control character that was a character of Windows-1252",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    // front-matter values are prose; runs hold no code and no templates
    enters_protected: true,
    documentation: include_str!("mo103_control_character.md"),
};

impl Rule for ControlCharacter {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        for place in &cx.damage().repairs {
            if matches!(place.kind, Kinds::Control) {
                let message =
                    format!("the control character {} was {}", place.before.escape_default(), place.after);
                cx.report(place.report(&INFO, message));
            }
        }
    }
}
