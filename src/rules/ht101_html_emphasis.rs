//! HT101: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct HtmlEmphasis;

static INFO: Info = Info {
    code: "HT101",
    name: "html-emphasis",
    summary: "emphasis spelled in tags",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht101_html_emphasis.md"),
};

impl Rule for HtmlEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(&INFO, Change::Emphasis, "emphasis that Markdown can mark", node, cx);
    }
}
