//! RP106: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::habits::Habits;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{is_letter, letters_before};
use crate::repair::flanking::{Mended, Pair, has_word, pairs};
use crate::span::Span;

pub(super) struct EmphasisWithoutBlank;

static INFO: Info = Info {
    code: "RP106",
    name: "emphasis-without-blank",
    summary: "delimiters that make no emphasis for want of a blank: `**Note:**text`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp106_emphasis_without_blank.md"),
};

impl Rule for EmphasisWithoutBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::STAR.or(Marks::LOW_LINE_OR_CARET))
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !cx.has_delimiters(node) {
            return;
        }
        let bytes = node.source().as_bytes();
        bold_colon(node, cx);
        for byte in [b'*', b'_'] {
            let Some(first) = memchr::memchr(byte, bytes) else { continue };
            // nothing to pair with
            if memchr::memrchr(byte, bytes) == Some(first) {
                continue;
            }
            for pair in pairs(node, byte) {
                let Some(mended) = pair.mended() else { continue };
                if mended.blank_inside == [false, false] && is_meant(&pair, &mended, cx) {
                    cx.report(
                        Report::new(
                            &INFO,
                            Span::new(pair.open.span.start, pair.close.span.end),
                            "without a blank beside them the delimiters make no emphasis",
                        )
                        .confidence(0.9)
                        .fix(mended.edits),
                    );
                }
            }
        }
    }
}

/// `**Label** **:**text`: a colon in bold behind a label in bold, glued to the word behind it.
fn bold_colon(node: NodeRef<'_>, cx: &mut Context<'_>) {
    const COLON: &str = "**:**";
    let is_text = |n: &NodeRef<'_>| n.kind() == Kind::Text;
    for text in node.children().filter(is_text) {
        let rest = text.source().trim_start_matches(' ');
        let is_glued = rest.strip_prefix(COLON).is_some_and(|words| words.starts_with(is_letter));
        let is_apart = rest.len() < text.span().len();
        if is_glued && is_apart && text.previous_sibling().is_some_and(|n| n.kind() == Kind::Strong) {
            let start = text.span().end - rest.len();
            let end = start + COLON.len();
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(start, end),
                    "without a blank beside them the delimiters make no emphasis",
                )
                .confidence(0.9)
                .fix(vec![Edit::insert(end, " ")]),
            );
        }
    }
}

/// Whether the delimiters were meant as emphasis: a label, bold in brackets or quotes, words glued to an underscore.
fn is_meant(pair: &Pair<'_>, mended: &Mended, cx: &mut Context<'_>) -> bool {
    let content = pair.document.slice(pair.content());
    if !has_word(content) {
        return false;
    }
    let label = pair.leads && content.ends_with(':') && content.chars().count() <= 40 && !mended.blank_put[0];
    if label {
        return true;
    }
    let outside = letters_before(pair.document.text, pair.open.span.start);
    if pair.open.byte == b'_' {
        // `snake_case and more_of it` is told by what stands before it
        return pair.open.span.len() == 1
            && mended.blank_put == [true, false]
            && !outside.is_empty()
            && if content.starts_with(char::is_uppercase) {
                let habits = cx.gathered::<Habits>();
                habits.language(cx.document).is_function_word(outside) || habits.glues()
            } else {
                content.contains(' ') && cx.gathered::<Habits>().glues()
            };
    }
    if pair.open.span.len() < 2 || mended.outer.iter().flatten().any(|c| c.is_numeric()) {
        return false;
    }
    let right = !mended.blank_put[1] || mended.outer[1].is_some_and(is_letter);
    right && (!mended.blank_put[0] || outside.chars().count() >= 2)
}
