//! HT005: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::empty::{Strays, around};

pub(super) struct StrayEndTag;

static INFO: Info = Info {
    code: "HT005",
    name: "stray-end-tag",
    summary: "an end tag that closes nothing",
    phase: Phase::Content,
    kinds: &[Kind::EndTag],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("ht005_stray_end_tag.md"),
};

impl Rule for StrayEndTag {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.partner().is_none()
            && cx.gathered::<Strays>().has(node)
            && let Some(edit) = around(node)
        {
            cx.report(
                Report::new(&INFO, node.span(), "nothing is open that this tag closes").fix(vec![edit]),
            );
        }
    }
}
