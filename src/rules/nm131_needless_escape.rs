//! NM131: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::escapes::needless;

pub(super) struct NeedlessEscape;

static INFO: Info = Info {
    code: "NM131",
    name: "needless-escape",
    summary: "a backslash that does nothing",
    phase: Phase::Style,
    kinds: &[Kind::Text],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm131_needless_escape.md"),
};

impl Rule for NeedlessEscape {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::BACKSLASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let start = node.span().start;
        if start == 0 || cx.document.text.as_bytes().get(start - 1) != Some(&b'\\') {
            return;
        }
        let Some(backslash) = needless(node) else { return };
        let edits = vec![Edit::remove(backslash)];
        if cx.are_certain(&edits) {
            cx.report(Report::new(&INFO, backslash, "the backslash does nothing").fix(edits));
        }
    }
}
