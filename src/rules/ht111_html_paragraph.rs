//! HT111: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct HtmlParagraph;

static INFO: Info = Info {
    code: "HT111",
    name: "html-paragraph",
    summary: "paragraphs in tags",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht111_html_paragraph.md"),
};

impl Rule for HtmlParagraph {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(&INFO, Change::Paragraph, "paragraphs that need no tags", node, cx);
    }
}
