//! NM112: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct BlankLinesAtStart;

static INFO: Info = Info {
    code: "NM112",
    name: "blank-lines-at-start",
    summary: "blank lines before the text",
    phase: Phase::Style,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm112_blank_lines_at_start.md"),
};

impl Rule for BlankLinesAtStart {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let lines = cx.lines();
        let blank = Span::new(lines.body, lines.first);
        if blank.is_empty()
            || lines.first >= lines.last
            || lines.ambiguous
            || cx.document.parsed.front_matter.is_some()
        {
            return;
        }
        // what stands first in a file can be front matter
        let text = cx.document.text.get(lines.first..).unwrap_or("");
        if !text.starts_with(['-', '+', '{', '%']) {
            cx.report(Report::new(&INFO, blank, "blank lines stand before the text").remove(blank));
        }
    }
}
