//! RP105: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};

pub(super) struct LeadingBlank;

static INFO: Info = Info {
    code: "RP105",
    name: "leading-blank",
    summary: "a paragraph that begins with one blank",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp105_leading_blank.md"),
};

impl Rule for LeadingBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let start = node.span().start;
        let line = cx.document.line_at(start);
        if start == line.start + 1 && cx.document.text.as_bytes().get(line.start) == Some(&b' ') {
            let blank = line.start..start;
            cx.report(
                Report::new(&INFO, blank.clone().into(), "the paragraph begins with one blank")
                    .fix(vec![Edit::remove(blank)]),
            );
        }
    }
}
