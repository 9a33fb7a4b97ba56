//! RP104: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::finding::{Safety, Severity};
use crate::document::{Kind, NodeRef};
use crate::repair::characters::{is_space, is_unspaced};
use crate::repair::flanking::{Mended, Pair, has_word, pairs};
use crate::span::Span;

pub(super) struct BlankInsideEmphasis;

static INFO: Info = Info {
    code: "RP104",
    name: "blank-inside-emphasis",
    summary: "asterisks with blanks inside, which make no emphasis: `** bold **`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp104_blank_inside_emphasis.md"),
};

impl Rule for BlankInsideEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if memchr::memmem::find(node.source().as_bytes(), b"**").is_none() {
            return;
        }
        for pair in pairs(node, b'*') {
            let Some(mended) = pair.mended() else { continue };
            if pair.open.span.len() < 2 || mended.blank_inside == [false, false] || !is_meant(&pair, &mended) {
                continue;
            }
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(pair.open.span.start, pair.close.span.end),
                    "blanks inside the asterisks keep them from making emphasis",
                )
                .confidence(0.9)
                .fix(mended.edits),
            );
        }
    }
}

/// Whether the asterisks were meant as emphasis: no powers, no keyword arguments, no marks of footnotes.
fn is_meant(pair: &Pair<'_>, mended: &Mended) -> bool {
    let content = pair.document.slice(pair.content());
    if !has_word(content) || content.chars().count() > 60 || content.contains(['=', '(']) && content.contains(',') {
        return false;
    }
    let free = |outer: Option<char>| outer.is_none_or(|c| is_space(c) || is_unspaced(c) || !c.is_alphanumeric());
    let words = content.trim();
    let named = words.chars().next().is_some_and(|c| c.is_uppercase() || is_unspaced(c))
        && words.split_whitespace().count() <= 4;
    match mended.blank_inside {
        [true, true] => !mended.outer.iter().flatten().any(|c| c.is_numeric()),
        // `Price** and weight**`: two marks of a footnote
        [true, false] => free(mended.outer[0]),
        // `**args and **kwargs`
        [false, true] => free(mended.outer[1]) || pair.leads && words.ends_with([':', '：']) || named,
        [false, false] => false,
    }
}
