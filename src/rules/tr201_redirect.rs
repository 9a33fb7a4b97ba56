//! TR201: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::Role;
use crate::explained::hosts_in_code;
use crate::finding::{Safety, Severity};
use crate::links::{restored, spelled};

pub(super) struct Redirect;

static INFO: Info = Info {
    code: "TR201",
    name: "redirect",
    summary: "a link over a redirector that counts clicks, for nobody's pay: it leads to its destination again",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("tr201_redirect.md"),
};

impl Rule for Redirect {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let addresses = cx.addresses();
        let mut shown = None;
        for address in addresses.of_nodes.iter().filter(|a| a.known.role() == Role::Redirector) {
            let node = cx.document.node(address.node);
            let link = node.kind() == Kind::Link && !node.has(Flags::REFERENCE);
            // a destination is carried after the host
            if !(link || node.kind() == Kind::Definition) || address.span.len() < 20 {
                continue;
            }
            let Some(target) = restored(&address.known, cx) else { continue };
            // the article is about the redirector
            let shown = shown.get_or_insert_with(|| hosts_in_code(cx.document));
            if shown.contains(&address.known.view().host.to_ascii_lowercase()) {
                continue;
            }
            let verdict = address.known.verdict();
            let edit = Edit::replace(address.span, spelled(&target, node.is_html()));
            cx.report(
                Report::new(&INFO, node.span(), "the link goes over a redirector that counts it")
                    .because_all(verdict.reasons())
                    .confidence(verdict.confidence())
                    .fix(vec![edit]),
            );
        }
    }
}
