//! NM111: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::Frozen;
use crate::normalise::frozen::leaf_blocks;
use crate::span::Span;

pub(super) struct ExtraBlankLines;

static INFO: Info = Info {
    code: "NM111",
    name: "extra-blank-lines",
    summary: "more than one blank line in a row",
    phase: Phase::Style,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm111_extra_blank_lines.md"),
};

impl Rule for ExtraBlankLines {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let lines = cx.lines();
        if lines.ambiguous || !lines.extra.iter().any(|s| cx.zone().touches(*s)) {
            return;
        }
        let frozen = cx.gathered::<Frozen>();
        let mut leaves = None;
        for &extra in lines.extra.iter().filter(|s| !frozen.holds(**s)) {
            if lines.is_disputed(extra) {
                continue;
            }
            if cx.document.slice(extra).contains('>') {
                let leaves: &Vec<Span> = leaves.get_or_insert_with(|| leaf_blocks(cx.document));
                let both = Span::new(cx.document.line_at(extra.start.saturating_sub(1)).start, extra.end);
                let next = leaves.partition_point(|s| s.end <= both.start);
                if leaves.get(next).is_some_and(|s| s.overlaps(both)) {
                    continue;
                }
            }
            cx.report(Report::new(&INFO, extra, "one blank line is enough").remove(extra));
        }
    }
}
