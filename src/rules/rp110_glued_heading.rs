//! RP110: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::edges::stays_on_lines;
use crate::span::Span;

pub(super) struct GluedHeading;

static INFO: Info = Info {
    code: "RP110",
    name: "glued-heading",
    summary: "a heading glued to the end of a paragraph: `text.## Heading`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp110_glued_heading.md"),
};

impl Rule for GluedHeading {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::HASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let bytes = node.source().as_bytes();
        // in quotes and lists the new lines would need a prefix
        if node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !memchr::memchr_iter(b'#', bytes).any(|at| bytes.get(at + 1) == Some(&b'#'))
            || !stays_on_lines(node)
        {
            return;
        }
        for child in node.children().filter(|c| c.kind() == Kind::Text) {
            let (base, text) = (child.span().start, child.source());
            for at in memchr::memmem::find_iter(text.as_bytes(), b"## ") {
                // the first of the hashes, of which there are six at most
                let head = text.get(..at).unwrap_or("");
                let sentence = head.trim_end_matches('#');
                let level = 2 + head.len() - sentence.len();
                let title = text.get(at + 3..).unwrap_or("").trim();
                // `on. ## Check`: a heading that lost its line end to a blank
                let blank = sentence.len() - sentence.trim_end_matches(' ').len();
                if level > 6
                    || blank > 0 && !is_sure(node.source(), sentence.trim_end_matches(' '), title)
                    || !(ends_sentence(sentence.trim_end_matches(' ')) || is_behind_span(child, sentence))
                    || !is_title(title, child)
                    || !goes_on_as_text(cx.document, base + at)
                {
                    continue;
                }
                let hashes = base + sentence.len();
                let line = cx.document.line_at(hashes);
                let bytes = cx.document.text.as_bytes();
                let crlf = bytes.get(line.end) == Some(&b'\r')
                    || line.start >= 2 && bytes.get(line.start - 2) == Some(&b'\r');
                let end = if crlf { "\r\n\r\n" } else { "\n\n" };
                cx.report(
                    Report::new(
                        &INFO,
                        Span::new(hashes, hashes + level),
                        "the heading is glued to the paragraph before it",
                    )
                    .confidence(0.9)
                    .fix(vec![Edit::replace(Span::new(hashes - blank, hashes), end)]),
                );
                return;
            }
        }
    }
}

/// Whether hashes with blanks on both sides are those of a heading, not spoken of: no others in the paragraph, no colon before them, a short
/// title behind them that is no sentence and begins as one does.
fn is_sure(paragraph: &str, before: &str, title: &str) -> bool {
    let is_one = paragraph.split("##").filter(|s| !s.trim_matches('#').is_empty()).take(3).count() == 2;
    let begins = title.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    is_one
        && begins
        && !before.ends_with([':', '：'])
        && title.split(' ').count() <= 8
        && !title.contains(['\n', '.', ',', '。', '，', '`'])
}

/// Whether a picture stands before the hashes, or a link or emphasis with the mark that ends its sentence: `[here](x).## Title`.
fn is_behind_span(text: NodeRef<'_>, sentence: &str) -> bool {
    let is_span =
        |n: NodeRef<'_>| matches!(n.kind(), Kind::Link | Kind::Strong | Kind::Emphasis | Kind::Image);
    let before = text.previous_sibling().filter(|n| is_span(*n) && !n.is_html());
    before.is_some_and(|n| match sentence {
        "" => n.kind() == Kind::Image,
        "." | "!" | "?" => true,
        _ => false,
    })
}

/// Whether the text before ends a sentence, without a blank.
fn ends_sentence(text: &str) -> bool {
    let mut chars = text.chars().rev();
    match chars.next() {
        Some('.' | '!' | '?' | ':') => chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '"' | '”' | '»' | '*' | '’')),
        // `"… ok."`
        Some('"' | '’') => chars.next().is_some_and(|c| matches!(c, '.' | '!' | '?')),
        Some('。' | '！' | '？' | '：' | '…' | '»' | '”' | '」' | '।' | '؟' | '۔' | ')' | '）') => {
            true
        }
        _ => false,
    }
}

/// Whether a heading's text begins: with a letter or digit, or with a span.
fn is_title(text: &str, node: NodeRef<'_>) -> bool {
    match text.chars().next() {
        Some(c) => c.is_alphanumeric() || matches!(c, '"' | '“' | '«' | '¿' | '¡' | '「'),
        None => node.next_sibling().is_some_and(crate::repair::habits::is_span),
    }
}

/// Whether the line behind the heading, if the paragraph has one, stays a paragraph: it could turn into code or a list.
fn goes_on_as_text(document: Document<'_>, at: usize) -> bool {
    let rest = document.text.get(document.line_at(at).end..).unwrap_or("");
    let next = rest.trim_start_matches('\r').strip_prefix('\n').unwrap_or(rest);
    next.trim().is_empty() || next.starts_with(['\r', '\n']) || next.starts_with(char::is_alphabetic)
}
