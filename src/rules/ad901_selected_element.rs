//! AD901: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::links::take_out_span;
use crate::settings::Settings;

pub(super) struct SelectedElement;

static INFO: Info = Info {
    code: "AD901",
    name: "selected-element",
    summary: "an element that the configuration's `remove` names",
    phase: Phase::Structure,
    kinds: &[Kind::Element, Kind::Link, Kind::Image],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad901_selected_element.md"),
};

impl Rule for SelectedElement {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn has_work(&self, settings: &Settings) -> bool {
        !settings.selectors.is_empty()
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.is_html() || node.has(Flags::UNCLOSED) {
            return;
        }
        let Some(selector) = cx.settings.selectors.removing(node) else { return };
        let evidence = format!("the selector `{selector}` names it");
        let edits = take_out_span(cx.document, node, node.span());
        cx.report(
            Report::new(&INFO, node.span(), "the configuration removes the element")
                .because(evidence)
                .fix(edits),
        );
    }
}
