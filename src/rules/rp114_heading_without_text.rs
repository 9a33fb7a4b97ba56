//! RP114: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct HeadingWithoutText;

static INFO: Info = Info {
    code: "RP114",
    name: "heading-without-text",
    summary: "an empty heading whose text fell into the next line",
    phase: Phase::Content,
    kinds: &[Kind::Heading],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp114_heading_without_text.md"),
};

impl Rule for HeadingWithoutText {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source().trim();
        let hashes = source.len() - source.trim_start_matches('#').len();
        if node.has(Flags::OTHER) || hashes == 0 || hashes != source.len() {
            return;
        }
        let start = node.span().start + node.source().find('#').unwrap_or(0);
        // one hash alone among other blocks is the prompt of a shell
        if hashes == 1 && node.previous_sibling().is_some() {
            return;
        }
        let Some(next) = node.next_sibling().filter(|n| is_title(*n) || is_step(*n)) else { return };
        // the blanks before the number of a list are its own
        let blanks = next.source().len() - next.source().trim_start().len();
        let gap = Span::new(start + hashes, next.span().start + blanks);
        if !cx.document.slice(gap).trim().is_empty() {
            return;
        }
        cx.report(
            Report::new(
                &INFO,
                Span::new(start, next.span().end),
                "the text of this empty heading fell into the next line",
            )
            .confidence(0.85)
            .fix(vec![Edit::replace(gap, " ")]),
        );
    }
}

/// Whether a list is a heading that begins with its number (`1. lépés: …`): one entry of one line.
fn is_step(list: NodeRef<'_>) -> bool {
    let only = |n: NodeRef<'_>| n.children().count() == 1;
    list.kind() == Kind::List
        && list.source().trim_start().starts_with(|c: char| c.is_ascii_digit())
        && only(list)
        && list
            .children()
            .next()
            .filter(|item| only(*item))
            .and_then(|item| item.children().next())
            .is_some_and(is_title)
}

/// Whether a paragraph reads like a heading: one short line that is no sentence and more than a link.
fn is_title(node: NodeRef<'_>) -> bool {
    if node.kind() != Kind::Paragraph || node.source().contains('\n') {
        return false;
    }
    let words = node.words();
    let length = words.chars().count();
    let sentence = words.ends_with(['.', ',', ';', ':', '。', '，', '；', '：', '।', '؛']);
    let alone = node.children().count() == 1
        && node.children().all(|c| matches!(c.kind(), Kind::Link | Kind::Image | Kind::Code));
    (1..=100).contains(&length)
        && !sentence
        && !alone
        && words.chars().any(char::is_alphabetic)
        && node.descendants().all(|n| !matches!(n.kind(), Kind::Image | Kind::HardBreak))
}
