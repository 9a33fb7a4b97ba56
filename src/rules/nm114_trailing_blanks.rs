//! NM114: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::Frozen;

pub(super) struct TrailingBlanks;

static INFO: Info = Info {
    code: "NM114",
    name: "trailing-blanks",
    summary: "blanks at the end of a line",
    phase: Phase::Style,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm114_trailing_blanks.md"),
};

impl Rule for TrailingBlanks {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let lines = cx.lines();
        if lines.ambiguous || !lines.trailing.iter().any(|s| cx.zone().touches(*s)) {
            return;
        }
        let frozen = cx.gathered::<Frozen>();
        let bytes = cx.document.text.as_bytes();
        for &blanks in &lines.trailing {
            // a backslash before the line end would be a hard break; readers disagree on hashes before a tab
            let before = blanks.start.checked_sub(1).and_then(|i| bytes.get(i)).copied();
            let tab = before == Some(b'#') && cx.document.slice(blanks).contains('\t');
            if before != Some(b'\\')
                && !tab
                && !frozen.is_hard_break(blanks)
                && !lines.is_disputed(blanks)
                && cx.document.parsed.style_protected.hit(blanks).is_none()
                && !frozen.holds(blanks)
            {
                cx.report(Report::new(&INFO, blanks, "blanks stand at the end of the line").remove(blanks));
            }
        }
    }
}
