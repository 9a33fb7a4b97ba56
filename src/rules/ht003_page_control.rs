//! HT003: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::empty::around;

pub(super) struct PageControl;

static INFO: Info = Info {
    code: "HT003",
    name: "page-control",
    summary: "an element that sends the reader elsewhere or bends all addresses",
    phase: Phase::Content,
    kinds: &[Kind::Element],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ht003_page_control.md"),
};

impl Rule for PageControl {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let message = match node.tag() {
            Tag::Base if node.attribute("href").is_some() || node.attribute("target").is_some() => {
                "`<base>` bends the addresses of the whole page"
            }
            Tag::Meta
                if node
                    .attribute_value("http-equiv")
                    .is_some_and(|v| v.trim().eq_ignore_ascii_case("refresh")) =>
            {
                "the page sends its reader elsewhere"
            }
            _ => return,
        };
        if let Some(edit) = around(node) {
            cx.report(Report::new(&INFO, node.span(), message).fix(vec![edit]));
        }
    }
}
