//! HT116: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct HtmlPreformatted;

static INFO: Info = Info {
    code: "HT116",
    name: "html-preformatted",
    summary: "code blocks in tags",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht116_html_preformatted.md"),
};

impl Rule for HtmlPreformatted {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(&INFO, Change::Preformatted, "code that a fence can hold", node, cx);
    }
}
