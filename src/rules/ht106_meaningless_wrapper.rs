//! HT106: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct MeaninglessWrapper;

static INFO: Info = Info {
    code: "HT106",
    name: "meaningless-wrapper",
    summary: "a wrapper that says nothing",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht106_meaningless_wrapper.md"),
};

impl Rule for MeaninglessWrapper {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(&INFO, Change::Wrapper, "a wrapper that says nothing about what it holds", node, cx);
    }
}
