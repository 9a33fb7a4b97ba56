//! NM140: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::normalise::fence::delimiter_edits;

pub(super) struct CodeFence;

static INFO: Info = Info {
    code: "NM140",
    name: "code-fence",
    summary: "a fence that is not three backticks, or blanks around its info string",
    phase: Phase::Style,
    kinds: &[Kind::CodeBlock],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("nm140_code_fence.md"),
};

impl Rule for CodeFence {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.has(Flags::FENCED) {
            return;
        }
        let edits = delimiter_edits(node);
        if !edits.is_empty() && cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, node.span(), "the fence is spelled otherwise").fix(edits));
        }
    }
}
