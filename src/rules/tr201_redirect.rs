//! TR201: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::{Role, classify};
use crate::finding::{Safety, Severity};
use crate::links::{restored, spelled};

pub(super) struct Redirect;

static INFO: Info = Info {
    code: "TR201",
    name: "redirect",
    summary: "a link over a redirector that counts clicks, for nobody's pay: it leads to its destination again",
    phase: Phase::Content,
    kinds: &[Kind::Link, Kind::Definition],
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

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.has(Flags::REFERENCE) && node.kind() == Kind::Link {
            return;
        }
        let Some(destination) = node.destination() else { return };
        // a destination is carried after the host
        if destination.written.len() < 20 {
            return;
        }
        let url = destination.url();
        let verdict = classify(&url, &cx.settings.facts);
        if verdict.role != Role::Redirector {
            return;
        }
        let Some(target) = restored(&url, &verdict, &cx.settings.facts) else { return };
        let edit = Edit::replace(destination.span, spelled(&target, node.is_html()));
        cx.report(
            Report::new(&INFO, node.span(), "the link goes over a redirector that counts it")
                .because_all(verdict.reasons())
                .confidence(verdict.confidence())
                .fix(vec![edit]),
        );
    }
}
