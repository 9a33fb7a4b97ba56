//! NM110: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::place::blank_line_before;

pub(super) struct MissingBlankLine;

static INFO: Info = Info {
    code: "NM110",
    name: "missing-blank-line",
    summary: "blocks without a blank line between them",
    phase: Phase::Style,
    kinds: &[
        Kind::Paragraph,
        Kind::Heading,
        Kind::CodeBlock,
        Kind::Break,
        Kind::Quote,
        Kind::List,
        Kind::Table,
    ],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm110_missing_blank_line.md"),
};

impl Rule for MissingBlankLine {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(edit) = blank_line_before(node) else { return };
        let edits = vec![edit];
        if cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, node.span(), "no blank line stands before the block").fix(edits));
        }
    }
}
