//! AF203: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::Role;
use crate::finding::{Safety, Severity};
use crate::links::{Place, place_of_address, restored, take_out, take_out_span};
use crate::span::Span;

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
            let report = Report::new(&INFO, span, "the address leads to an affiliate programme")
                .because_all(verdict.reasons())
                .confidence(verdict.confidence());
            let edits = match restored(&address.known, cx) {
                Some(target) => vec![Edit::replace(span, target)],
                None if verdict.role == Role::Redirector => continue,
                None => match place_of_address(node, span) {
                    Place::Said => {
                        cx.report(report.because("the words beside it would say nothing without it"));
                        continue;
                    }
                    Place::Advertised(block) => take_out(block),
                    Place::Apart if span == node.span() => take_out(node),
                    Place::Apart => take_out_span(cx.document, node, with_brackets(node, span)),
                },
            };
            cx.report(report.fix(edits));
        }
    }
}

/// `span` with the brackets right round it, if they are of the text in `node`: not those of a link that came apart.
fn with_brackets(node: NodeRef<'_>, span: Span) -> Span {
    let text = node.document.text;
    let before = text.get(node.span().start..span.start).unwrap_or("");
    let behind = text.get(span.end..node.span().end).unwrap_or("");
    let is_of_link = before.ends_with("](") || before.len() < 2 || behind.is_empty();
    if !is_of_link && before.ends_with(" (") && behind.starts_with(')') {
        return Span::new(span.start - 1, span.end + 1);
    }
    span
}
