//! HT103: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::document::NodeRef;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::{Change, REPORTED_ON, report};

pub(super) struct HtmlLink;

static INFO: Info = Info {
    code: "HT103",
    name: "html-link",
    summary: "a link spelled in tags",
    phase: Phase::Content,
    kinds: REPORTED_ON,
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: true,
    documentation: include_str!("ht103_html_link.md"),
};

impl Rule for HtmlLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        report(&INFO, Change::Link, "a link that Markdown can spell", node, cx);
    }
}
