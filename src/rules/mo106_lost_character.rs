//! MO106: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct LostCharacter;

static INFO: Info = Info {
    code: "MO106",
    name: "lost-character",
    summary: "a replacement character: what stood there is lost",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Note,
    enters_protected: false,
    documentation: include_str!("mo106_lost_character.md"),
};

impl Rule for LostCharacter {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        for span in &cx.damage().lost {
            cx.report(Report::new(&INFO, *span, "a character was lost here (U+FFFD)").note());
        }
    }
}
