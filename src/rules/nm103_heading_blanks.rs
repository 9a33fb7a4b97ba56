//! NM103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::headings::{Atx, atx, indent};
use crate::span::Span;

pub(super) struct HeadingBlanks;

static INFO: Info = Info {
    code: "NM103",
    name: "heading-blanks",
    summary: "a heading that is indented, or more than one blank after its marker",
    phase: Phase::Style,
    kinds: &[Kind::Heading],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm103_heading_blanks.md"),
};

impl Rule for HeadingBlanks {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if let Some(indent) = indent(node)
            && cx.are_certain(&[Edit::remove(indent)])
        {
            cx.report(Report::new(&INFO, indent, "the heading is indented").remove(indent));
        }
        let Some(Atx { marker, text, .. }) = atx(node) else { return };
        let blanks = Span::new(marker.end, text.start);
        if text.is_empty() || cx.document.slice(blanks) == " " {
            return;
        }
        let edit = if cx.document.slice(blanks).starts_with(' ') {
            Edit::remove(Span::new(blanks.start + 1, blanks.end))
        } else {
            Edit::replace(blanks, " ")
        };
        let edits = vec![edit];
        if cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, blanks, "one blank stands after the marker").fix(edits));
        }
    }
}
