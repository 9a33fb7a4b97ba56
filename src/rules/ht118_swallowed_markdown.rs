//! HT118: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct SwallowedMarkdown;

static INFO: Info = Info {
    code: "HT118",
    name: "swallowed-markdown",
    summary: "Markdown glued to an HTML block, which swallows it",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht118_swallowed_markdown.md"),
};

impl Rule for SwallowedMarkdown {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(
            &INFO,
            Change::Swallowed,
            "the next line is meant as Markdown and is part of the HTML block",
            node,
            cx,
        );
    }
}
