//! AD107: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef, Parsed};
use crate::evidence::UnitKind;
use crate::finding::{Safety, Severity};
use crate::links::take_out_span;

pub(super) struct IndentedAd;

static INFO: Info = Info {
    code: "AD107",
    name: "indented-ad",
    summary: "an indented block that is code by accident and holds nothing but an ad",
    phase: Phase::Structure,
    kinds: &[Kind::CodeBlock],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: true,
    documentation: include_str!("ad107_indented_ad.md"),
};

impl Rule for IndentedAd {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.has(Flags::FENCED) {
            return;
        }
        let source = node.source();
        if !source.contains("//") || !source.contains(['<', '[']) || source.len() > 8000 || is_announced(node)
        {
            return;
        }
        let text: String = source.lines().flat_map(|l| [l.trim_start(), "\n"]).collect();
        let parsed = Parsed::new(&text);
        let document = parsed.document(&text);
        let evidence = cx.evidence_of(document);
        // code that an article shows may be any of these; a banner with its ids is none
        let [unit] = evidence.units() else { return };
        let banner = matches!(unit.kind, UnitKind::AffiliateBanner | UnitKind::Banner | UnitKind::Pixel);
        let all = text.trim_matches(char::is_whitespace).len() == unit.span.len();
        if !banner || !all || unit.grounds.total() < 10 {
            return;
        }
        let edits = take_out_span(cx.document, node, node.span());
        cx.report(
            Report::new(&INFO, node.span(), "an ad that is indented as code by accident")
                .because_all(unit.grounds.reasons())
                .confidence(unit.grounds.confidence())
                .fix(edits),
        );
    }
}

/// Whether the text before a block announces code: it ends with a colon, or is code itself.
fn is_announced(node: NodeRef<'_>) -> bool {
    let Some(before) = node.previous_sibling() else { return false };
    before.kind() == Kind::CodeBlock
        || before.source().trim_end().ends_with([':', '：'])
        || before.descendants().any(|n| n.kind() == Kind::Code)
}
