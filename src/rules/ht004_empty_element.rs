//! HT004: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::empty::{Hollow, around};

pub(super) struct EmptyElement;

static INFO: Info = Info {
    code: "HT004",
    name: "empty-element",
    summary: "an element with nothing in it",
    phase: Phase::Content,
    kinds: &[Kind::Element, Kind::Link],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("ht004_empty_element.md"),
};

impl Rule for EmptyElement {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let hollow = cx.gathered::<Hollow>();
        // of empty elements in each other the outermost goes
        if hollow.has(node)
            && !node.parent().is_some_and(|p| hollow.has(p))
            && let Some(edit) = around(node)
        {
            cx.report(Report::new(&INFO, node.span(), "there is nothing in this element").fix(vec![edit]));
        }
    }
}
