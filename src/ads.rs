//! [`report_units`]: the ads of a document, each with what the user wants to become of it. Owns the edits for ads; must not judge what is one
//! (`evidence` does).

use crate::config::{Policy, Treat};
use crate::context::Context;
use crate::contract::{Info, Report};
use crate::document::{Document, Kind, NodeId};
use crate::edit::Edit;
use crate::evidence::UnitKind;
use crate::excision::{Removed, removal};
use crate::span::Span;

/// Reports the ads of one kind, each with the fix of taking it out.
pub(crate) fn report_units(cx: &mut Context<'_>, rule: &'static Info, kind: UnitKind, message: &'static str) {
    let treat = treat(&cx.settings.config.policy, kind);
    if treat == Treat::Keep {
        return;
    }
    let evidence = cx.evidence();
    let document = cx.document;
    for unit in evidence.units().iter().filter(|u| u.kind == kind) {
        let report = Report::new(rule, unit.span, message)
            .because_all(unit.grounds.reasons())
            .confidence(unit.grounds.confidence());
        if treat == Treat::Unwrap {
            let links = unit.nodes().map(|id| document.node(id)).filter(|n| n.kind() == Kind::Link);
            let mut edits: Vec<Edit> = links.flat_map(crate::links::unwrap).collect();
            edits.sort_by_key(|e| e.span.start);
            if !edits.is_empty() {
                cx.report(report.fix(edits));
            }
            continue;
        }
        let node = |id: Option<NodeId>| id.map(|id| document.node(id));
        let removed = Removed {
            span: unit.span,
            invisible: unit.invisible,
            parent: document.node(unit.parent),
            previous: node(unit.previous),
            next: node(unit.next),
        };
        let mut edits = Vec::new();
        for span in joined(document, unit.span, &unit.definitions) {
            let whole = span.contains(unit.span);
            edits.push(if whole {
                removal(document, &Removed { span, ..removed })
            } else {
                removal(
                    document,
                    &Removed { span, previous: None, next: None, parent: document.root(), invisible: true },
                )
            });
        }
        cx.report(report.fix(disjoint(edits)));
    }
}

/// What the user's policy says about ads of a kind.
fn treat(policy: &Policy, kind: UnitKind) -> Treat {
    match kind {
        UnitKind::AffiliateBanner => policy.affiliate_banners,
        UnitKind::AffiliateBlock => policy.affiliate_blocks,
        UnitKind::CallToAction => policy.calls_to_action,
        UnitKind::Pixel | UnitKind::Counter => policy.trackers,
        _ => policy.ads,
    }
}

/// An ad and its definitions as stretches: those with nothing but white space between are one.
fn joined(document: Document<'_>, ad: Span, definitions: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = std::iter::once(ad).chain(definitions.iter().copied()).collect();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if document.slice(Span::new(last.end, span.start.max(last.end))).trim().is_empty() => {
                last.end = last.end.max(span.end)
            }
            _ => out.push(span),
        }
    }
    out
}

/// Removals in order, those that overlap or touch as one.
fn disjoint(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for e in edits {
        match out.last_mut() {
            Some(last) if last.span.end >= e.span.start => {
                last.span.end = last.span.end.max(e.span.end);
                if last.text.is_empty() {
                    last.text = e.text;
                }
            }
            _ => out.push(e),
        }
    }
    out
}
