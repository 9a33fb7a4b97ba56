//! RP105: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct LeadingBlank;

static INFO: Info = Info {
    code: "RP105",
    name: "leading-blank",
    summary: "a paragraph that begins with one blank",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp105_leading_blank.md"),
};

impl Rule for LeadingBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let text = cx.document.text;
        let bytes = text.as_bytes();
        let start = node.span().start;
        if !matches!(start.checked_sub(1).and_then(|i| bytes.get(i)), Some(b' ')) || node.has(Flags::TIGHT) {
            return;
        }
        // what other programs read at the start of a line: attribute lists, admonitions, templates
        let tail = text.get(start..).unwrap_or("");
        let first = tail.chars().next();
        // at the start of the document it would become one
        if first == Some('\u{feff}') {
            return;
        }
        if first.is_some_and(|c| c.is_ascii_punctuation() && !"*_[(\"'`\\&.…".contains(c))
            && !tail.starts_with("![")
        {
            return;
        }
        let Some(parent) = node.parent() else { return };
        let line_start =
            |at: usize| bytes.get(..at).and_then(|b| memchr::memrchr(b'\n', b)).map_or(0, |i| i + 1);
        let line = line_start(start);
        let prefix = text.get(line..start).unwrap_or("");
        let stray = match parent.kind() {
            Kind::Root => prefix == " ",
            // one blank behind the mark belongs to it
            Kind::Quote => prefix.ends_with(">  "),
            Kind::Item => {
                let content = parent.children().next().map(|c| c.span().start);
                content.is_some_and(|c| {
                    let column = c - line_start(c);
                    // four blanks are what some readers of Markdown ask for in a list
                    let is_habit = prefix.len() % 4 == 0;
                    c < line && prefix.len() == column + 1 && !is_habit && prefix.bytes().all(|b| b == b' ')
                })
            }
            _ => false,
        };
        if stray {
            let blank = Span::new(start - 1, start);
            cx.report(
                Report::new(&INFO, blank, "the paragraph begins with one blank")
                    .fix(vec![Edit::remove(blank)]),
            );
        }
    }
}
