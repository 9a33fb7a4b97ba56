//! RP111: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::finding::{Safety, Severity};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::rules::Gather;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(super) struct HeadingWithoutBlank;

static INFO: Info = Info {
    code: "RP111",
    name: "heading-without-blank",
    summary: "a heading that lacks the blank behind its hashes: `##Heading`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp111_heading_without_blank.md"),
};

impl Rule for HeadingWithoutBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::HASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(level) = missing_blank(node) else { return };
        // a sentence is a heading only in a document that writes its headings so
        if ends_as_sentence(node) && cx.gathered::<Hashes>().headings == 0 {
            return;
        }
        // one hash may be the mark of a topic: only beside headings that lack their blank as well
        if level == 1 && cx.gathered::<Hashes>().headings == 0 {
            return;
        }
        // above a line of text it is one where others stand alone
        if node.source().contains('\n') && (level == 1 || cx.gathered::<Hashes>().headings == 0) {
            return;
        }
        let at = node.span().start + level;
        cx.report(
            Report::new(&INFO, Span::new(node.span().start, at), "the heading lacks the blank behind its hashes")
                .confidence(if level == 1 { 0.8 } else { 0.9 })
                .fix(vec![Edit::insert(at, " ")]),
        );
    }
}

/// How many paragraphs are headings of level two and more that lack their blank and do not end as sentences do.
struct Hashes {
    headings: usize,
}

impl Gather for Hashes {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let paragraphs = document.nodes().filter(|n| n.kind() == Kind::Paragraph);
        let is_sure = |n: &NodeRef<'_>| {
            missing_blank(*n).is_some_and(|level| level > 1)
                && !ends_as_sentence(*n)
                && !n.source().contains('\n')
        };
        Self { headings: paragraphs.filter(is_sure).count() }
    }

    fn grants(&self) -> Option<u64> {
        Some(u64::from(self.headings > 0))
    }
}

/// The level of the heading that a paragraph, or its first line, was meant to be.
fn missing_blank(node: NodeRef<'_>) -> Option<usize> {
    if !node.source().starts_with('#') {
        return None;
    }
    let source = first_line(node);
    let title = source.trim_start_matches('#');
    let level = source.len() - title.len();
    let first = title.chars().next()?;
    let letters = first.is_alphabetic()
        || first.is_ascii_digit() && title.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '、', ')']);
    let topics = title.split_whitespace().any(|w| w.starts_with('#') && w.len() > 1);
    let one = level == 1 && (!title.contains(' ') || !first.is_alphabetic() || !title.starts_with(char::is_uppercase));
    let fits = level <= 6 && letters && !topics && !one && title.chars().count() <= 120;
    let plain = node.parent().is_some_and(|p| matches!(p.kind(), Kind::Root | Kind::Quote));
    (fits && plain && !title.ends_with([',', ';'])).then_some(level)
}

/// The first line of a paragraph.
fn first_line<'a>(node: NodeRef<'a>) -> &'a str {
    node.source().lines().next().unwrap_or("").trim_end()
}

/// Whether the line ends with a full stop.
fn ends_as_sentence(node: NodeRef<'_>) -> bool {
    first_line(node).ends_with(['.', '。'])
}
