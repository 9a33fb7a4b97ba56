//! RP119: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct TornLink;

static INFO: Info = Info {
    code: "RP119",
    name: "torn-link",
    summary: "a link whose brackets stand in paragraphs of their own",
    phase: Phase::Structure,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp119_torn_link.md"),
};

/// The most bytes of what such a link shows.
const LONGEST: usize = 4000;

impl Rule for TornLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > 3 || node.source().trim() != "[" {
            return;
        }
        let Some((shown, bracket)) = torn(node) else { return };
        let open = node.span().start;
        let content = shown.content_span();
        let edits = if shown.kind() == Kind::Heading {
            let hashes = shown.source().len() - shown.source().trim_start_matches(['#', ' ', '\t']).len();
            vec![
                Edit::remove(Span::new(open, shown.span().start)),
                Edit::insert(shown.span().start + hashes, "["),
                Edit::remove(Span::new(content.end, bracket)),
            ]
        } else {
            vec![
                Edit::remove(Span::new(open + 1, content.start)),
                Edit::remove(Span::new(content.end, bracket)),
            ]
        };
        cx.report(Report::new(&INFO, Span::new(open, bracket), "a link that blank lines tore").fix(edits));
    }
}

/// What a link shows whose opening bracket is all of a paragraph, and where its closing bracket stands.
fn torn(open: NodeRef<'_>) -> Option<(NodeRef<'_>, usize)> {
    let shown = open.next_sibling()?;
    let close = shown.next_sibling()?;
    let is_inline = match shown.kind() {
        Kind::Paragraph => true,
        Kind::Heading => shown.source().starts_with('#') && !shown.source().trim_end().ends_with('#'),
        _ => false,
    };
    let may_stand_in_link = |n: NodeRef<'_>| !matches!(n.kind(), Kind::Link | Kind::Element | Kind::Footnote);
    let fits = is_inline
        && shown.span().len() <= LONGEST
        && close.kind() == Kind::Paragraph
        && shown.descendants().all(may_stand_in_link)
        && leads_somewhere(close.source());
    fits.then_some((shown, close.span().start))
}

/// Whether a text begins like a link's end: `](https://…)`, with or without a title.
fn leads_somewhere(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("](") else { return false };
    let line = rest.lines().next().unwrap_or("");
    let Some(inside) = line.find(')').and_then(|_| line.rfind(')')).and_then(|end| line.get(..end)) else {
        return false;
    };
    let address = inside.split([' ', '\t']).next().unwrap_or("");
    let title = inside.get(address.len()..).unwrap_or("").trim();
    let has_title = title.is_empty() || title.len() >= 2 && (title.starts_with('"') && title.ends_with('"'));
    let is_address =
        address.contains("://") || address.starts_with(['/', '#', '.']) || address.starts_with("mailto:");
    // what follows on its line was no part of the link
    is_address && has_title && line.trim_end().ends_with(')') && !address.contains([')', '('])
}
