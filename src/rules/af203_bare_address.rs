//! AF203: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::{Role, classify};
use crate::finding::{Safety, Severity};
use crate::links::{leads_to_network, restored, take_out, take_out_span};
use crate::parameters::bare_urls;

pub(super) struct BareAddress;

static INFO: Info = Info {
    code: "AF203",
    name: "bare-address",
    summary: "an address of an affiliate programme or redirector that stands in the text as such",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af203_bare_address.md"),
};

impl Rule for BareAddress {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        for span in bare_urls(node) {
            let url = cx.document.slice(span);
            let verdict = classify(url, &cx.settings.facts);
            if !leads_to_network(&verdict) && verdict.role != Role::Redirector {
                continue;
            }
            let edits = match restored(url, &verdict, &cx.settings.facts) {
                Some(target) => vec![Edit::replace(span, target)],
                None if verdict.role == Role::Redirector => continue,
                None if span == node.span() => take_out(node),
                None => take_out_span(cx.document, node, span),
            };
            cx.report(
                Report::new(&INFO, span, "the address leads to an affiliate programme")
                    .because_all(verdict.reasons())
                    .confidence(verdict.confidence())
                    .fix(edits),
            );
        }
    }
}
