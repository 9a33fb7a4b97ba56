//! AF201: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::config::Treat;
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::{Address, is_bare_call, is_call_to_action};
use crate::finding::{Safety, Severity};
use crate::links::{
    Place, Treatment, place_of_address, restored, spelled, take_out, take_out_span, treatment, unwrap,
};

pub(super) struct AffiliateLink;

static INFO: Info = Info {
    code: "AF201",
    name: "affiliate-link",
    summary: "a link in prose that pays an affiliate: it leads to its destination again, or only its words stay",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("af201_affiliate_link.md"),
};

impl Rule for AffiliateLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let policy = cx.settings.config.policy.affiliate_links;
        if policy == Treat::Keep {
            return;
        }
        let (addresses, zone) = (cx.addresses(), cx.zone().clone());
        let mut seen = zone.walker();
        let is_sure = |a: &Address| a.known.leads_to_network() && !a.known.is_unsure();
        let mut has_sure = None;
        for address in addresses.of_nodes.iter().filter(|a| a.known.leads_to_network()) {
            let node = cx.document.node(address.node);
            if !seen.touches(node.span()) {
                continue;
            }
            // others have addresses like it: one that carries nothing stays unless something else speaks for an ad
            if address.known.is_unsure()
                && restored(&address.known, cx).is_none()
                && !speaks_for_ad(node)
                && !*has_sure.get_or_insert_with(|| addresses.of_nodes.iter().any(is_sure))
            {
                continue;
            }
            match node.kind() {
                Kind::Link => link(node, address, policy, cx),
                Kind::Definition => definition(node, address, cx),
                _ => {}
            }
        }
    }
}

/// Whether a link is nothing but «Download now», between the end of a sentence and the end of its line; on a line of its own it may
/// say what there is to gain, too.
fn is_call_behind_sentence(node: NodeRef<'_>) -> bool {
    let Some(block) = node.parent().filter(|p| matches!(p.kind(), Kind::Paragraph | Kind::Cell)) else {
        return false;
    };
    let text = node.document.text;
    let span = node.span();
    let before = text.get(block.span().start..span.start).unwrap_or("");
    let has_own_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
    let before = before.trim_end();
    let behind = text.get(span.end..block.span().end).unwrap_or("");
    let behind = behind.split('\n').next().unwrap_or("");
    before.ends_with(['.', '!', '?', '…', '。', '！', '？'])
        && behind.trim().is_empty()
        && (is_bare_call(&node.words()) || has_own_line && is_call_to_action(&node.words()))
}

/// Whether a link says itself that it is paid, calls to buy, or stands round a picture.
fn speaks_for_ad(node: NodeRef<'_>) -> bool {
    let rel = node.attribute("rel").map(|a| a.decoded().to_ascii_lowercase());
    rel.is_some_and(|rel| rel.contains("sponsored") || rel.contains("nofollow"))
        || node.kind() == Kind::Link && (!node.has_words() || is_call_to_action(&node.words()))
}

fn link(node: NodeRef<'_>, address: &Address, policy: Treat, cx: &mut Context<'_>) {
    let url = &address.known.url;
    if !url.contains("//") && !url.contains("%2F") && !url.contains('?') {
        return;
    }
    let what = treatment(node, &address.known, cx);
    let shows_ad = !node.has_words() && {
        let addresses = cx.addresses();
        let is_creative = |n: NodeRef<'_>| {
            n.kind() == Kind::Image && addresses.at(n.id).is_some_and(|a| a.known.is_commercial())
        };
        node.descendants().any(is_creative)
    };
    if shows_ad {
        return;
    }
    let verdict = address.known.verdict();
    let what = if policy == Treat::Remove { Treatment::Remove } else { what };
    if matches!(what, Treatment::Unwrap) && shows_address(node) {
        let report = Report::new(&INFO, node.span(), "the address leads to an affiliate programme")
            .because_all(verdict.reasons())
            .confidence(verdict.confidence());
        match place_of_address(node, node.span()) {
            Place::Apart => {}
            Place::Said => {
                return cx.report(report.because("the words beside it would say nothing without it"));
            }
            Place::Advertised(block) => return cx.report(report.fix(take_out(block))),
        }
    }
    let (message, edits) = match what {
        Treatment::Restore(target) if node.has(Flags::REFERENCE) => {
            // its definition is changed, once for all that use it
            let _ = target;
            return;
        }
        Treatment::Restore(target) => (
            "the link counts a click on its way",
            vec![Edit::replace(address.span, spelled(&target, node.is_html()))],
        ),
        Treatment::Point(anchor) => {
            ("an entry of the contents leads to an ad", vec![Edit::replace(address.span, anchor)])
        }
        Treatment::Remove => ("the link leads to an affiliate programme", take_out(node)),
        Treatment::Unwrap if is_call_behind_sentence(node) => {
            ("a call to action behind a sentence, without a destination", take_out(node))
        }
        Treatment::Unwrap => {
            ("the link leads to an affiliate programme and carries no destination", unwrap(node))
        }
    };
    if edits.is_empty() {
        return;
    }
    cx.report(
        Report::new(&INFO, node.span(), message)
            .because_all(verdict.reasons())
            .confidence(verdict.confidence())
            .fix(edits),
    );
}

/// Whether a link shows where it leads, in place of words.
fn shows_address(node: NodeRef<'_>) -> bool {
    let begins = || node.document.slice(node.content_span()).trim_start().starts_with("http");
    node.has(Flags::AUTOLINK)
        || begins() && {
            let words = node.words();
            words.contains("://") && !words.trim().contains(' ')
        }
}

fn definition(node: NodeRef<'_>, address: &Address, cx: &mut Context<'_>) {
    let verdict = address.known.verdict();
    let edits = match restored(&address.known, cx) {
        Some(target) => vec![Edit::replace(address.span, spelled(&target, false))],
        None => {
            let index = node.node().data;
            let of_image = cx
                .document
                .nodes()
                .any(|n| n.kind() == Kind::Image && n.has(Flags::REFERENCE) && n.node().data == index);
            if of_image {
                return;
            }
            take_out_span(cx.document, node, node.span())
        }
    };
    let report = Report::new(&INFO, node.span(), "the definition leads to an affiliate programme");
    cx.report(report.because_all(verdict.reasons()).confidence(verdict.confidence()).fix(edits));
}
