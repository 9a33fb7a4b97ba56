//! RP116: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::title::title;
use crate::span::Span;

pub(super) struct RepeatedTitle;

static INFO: Info = Info {
    code: "RP116",
    name: "repeated-title",
    summary: "a heading that repeats the title of the front matter",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Unsafe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp116_repeated_title.md"),
};

impl Rule for RepeatedTitle {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(heading) = node.children().next().filter(|n| n.kind() == Kind::Heading) else { return };
        if !cx.zone().touches(heading.span()) {
            return;
        }
        let Some(title) = title(cx.document) else { return };
        if !same_words(&title.words, &heading.words()) {
            return;
        }
        // with the blank lines behind it
        let end = heading
            .next_sibling()
            .map_or(cx.document.text.len(), |n| cx.document.line_at(n.span().start).start);
        let span = Span::new(cx.document.line_at(heading.span().start).start, end.max(heading.span().end));
        cx.report(
            Report::new(&INFO, heading.span(), "the heading repeats the title").fix(vec![Edit::remove(span)]),
        );
    }
}

/// Whether two texts are the same but for case, blanks and punctuation.
fn same_words(a: &str, b: &str) -> bool {
    let mut any = false;
    let (mut a, mut b) =
        (a.chars().filter(|c| c.is_alphanumeric()), b.chars().filter(|c| c.is_alphanumeric()));
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a.eq_ignore_ascii_case(&b) || a.to_lowercase().eq(b.to_lowercase()) => {
                any = true
            }
            (None, None) => return any,
            _ => return false,
        }
    }
}
