//! NM113: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::frozen::BlankEnd;
use crate::normalise::lines::line_end_near;
use crate::span::Span;
use memchr::memchr;

pub(super) struct FinalLineEnd;

static INFO: Info = Info {
    code: "NM113",
    name: "final-line-end",
    summary: "a text that does not end in one line end",
    phase: Phase::Style,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm113_final_line_end.md"),
};

impl Rule for FinalLineEnd {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let lines = cx.lines();
        let text = cx.document.text;
        if lines.first >= lines.last || lines.ambiguous {
            return;
        }
        let Some(newline) = memchr(b'\n', text.as_bytes().get(lines.last..).unwrap_or(&[])) else {
            if !cx.gathered::<BlankEnd>().is_blank {
                return;
            }
            let edit = Edit::insert(text.len(), line_end_near(text, text.len()));
            cx.report(
                Report::new(&INFO, Span::at(text.len()), "the last line has no line end").fix(vec![edit]),
            );
            return;
        };
        let extra = Span::new(lines.last + newline + 1, text.len());
        if extra.is_empty() || !cx.gathered::<BlankEnd>().is_blank {
            return;
        }
        cx.report(Report::new(&INFO, extra, "blank lines stand after the text").remove(extra));
    }
}
