//! NM115: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::Frozen;
use crate::span::Span;
use memchr::memchr_iter;

pub(super) struct MixedLineEnds;

static INFO: Info = Info {
    code: "NM115",
    name: "mixed-line-ends",
    summary: "two kinds of line ends in one text",
    phase: Phase::Style,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm115_mixed_line_ends.md"),
};

impl Rule for MixedLineEnds {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let lines = cx.lines();
        if lines.crlf == 0 || lines.lf == 0 || lines.ambiguous {
            return;
        }
        let frozen = cx.gathered::<Frozen>();
        let bytes = cx.document.text.as_bytes();
        let keep_crlf = lines.crlf > lines.lf;
        for newline in memchr_iter(b'\n', bytes).filter(|i| *i >= lines.body) {
            let crlf = newline > 0 && bytes[newline - 1] == b'\r';
            let end = Span::new(newline - usize::from(crlf), newline + 1);
            if crlf == keep_crlf
                || frozen.holds(end)
                || cx.document.parsed.style_protected.hit(end).is_some()
                || lines.is_disputed(end)
            {
                continue;
            }
            let edit = if crlf {
                Edit::remove(Span::new(newline - 1, newline))
            } else {
                Edit::insert(newline, "\r")
            };
            cx.report(Report::new(&INFO, end, "the line ends in another way than most").fix(vec![edit]));
        }
    }
}
