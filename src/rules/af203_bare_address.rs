//! AF203: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::Role;
use crate::finding::{Safety, Severity};
use crate::links::{restored, take_out, take_out_span};

pub(super) struct BareAddress;

static INFO: Info = Info {
    code: "AF203",
    name: "bare-address",
    summary: "an address of an affiliate programme or redirector that stands in the text as such",
    phase: Phase::Content,
    kinds: &[Kind::Root],
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

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let addresses = cx.bare_addresses();
        for address in &addresses.0 {
            let verdict = address.known.verdict();
            if !address.known.leads_to_network() && verdict.role != Role::Redirector {
                continue;
            }
            let (node, span) = (cx.document.node(address.node), address.span);
            let edits = match restored(&address.known, cx) {
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
