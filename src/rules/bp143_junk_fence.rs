//! BP143: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::excision::{Removed, removal};
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct JunkFence;

static INFO: Info = Info {
    code: "BP143",
    name: "junk-fence",
    summary: "lines of many four-tick runs that scraping left",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: true,
    documentation: include_str!("bp143_junk_fence.md"),
};

impl Rule for JunkFence {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let text = cx.document.text;
        // two runs on a line are no fence: an opening line has no ticks in its words
        let Some(first) = memchr::memmem::find(text.as_bytes(), b"```` ``") else { return };
        let mut scraped = false;
        let blocks: Vec<Span> =
            cx.document.nodes().filter(|n| n.kind() == Kind::CodeBlock).map(|n| n.span()).collect();
        let in_code = |at: usize| {
            let index = blocks.partition_point(|b| b.end <= at);
            blocks.get(index).is_some_and(|b| b.start <= at)
        };
        let mut start = cx.document.line_at(first).start;
        while start < text.len() {
            let line = cx.document.line_at(start);
            if let Some(junk) =
                junk(cx.document.slice(line)).map(|j| Span::new(line.start + j.start, line.start + j.end))
                && !in_code(junk.start)
            {
                scraped = true;
                let whole = cx.document.slice(Span::new(line.start, junk.start)).trim().is_empty()
                    && junk.end == line.end;
                let root = cx.document.root();
                let removed =
                    Removed { span: junk, invisible: true, parent: root, previous: None, next: None };
                let own = line_with_end(text, line);
                let blank = |line: Span| cx.document.slice(line).trim().is_empty();
                let between_text = line.start > 0
                    && own.end < text.len()
                    && !blank(cx.document.line_at(line.start - 1))
                    && !blank(cx.document.line_at(own.end));
                let edit = match (whole, between_text) {
                    (true, true) => Edit::remove(own),
                    (true, false) => removal(cx.document, &removed),
                    _ => Edit::remove(junk),
                };
                cx.report(
                    Report::new(&INFO, junk, "runs of ticks that open no code")
                        .because("several runs of four on a line")
                        .fix(vec![edit]),
                );
            }
            start = line_with_end(text, line).end.max(line.end + 1);
        }
        if scraped {
            fences_of_markdown(cx);
        }
    }
}

/// Beside runs of ticks that scraping left, a fence of four ticks that holds the article itself is of the same origin.
fn fences_of_markdown(cx: &mut Context<'_>) {
    let fences: Vec<NodeRef<'_>> =
        cx.document.nodes().filter(|n| n.kind() == Kind::CodeBlock && n.has(Flags::FENCED)).collect();
    for fence in fences {
        let span = fence.span();
        let opening = cx.document.line_at(span.start);
        let closing = cx.document.line_at(span.end.saturating_sub(1).max(span.start));
        let own = line_with_end(cx.document.text, opening);
        let is_bare = |line: Span| {
            let line = cx.document.slice(line).trim();
            line.len() >= 4 && line.bytes().all(|b| b == b'`')
        };
        let inside = cx.document.slice(Span::new(own.end.min(span.end), span.end));
        if !is_bare(opening) || !is_article(inside) {
            continue;
        }
        let mut edits = vec![Edit::remove(own)];
        if closing.start > opening.start && is_bare(closing) {
            edits.push(Edit::remove(line_with_end(cx.document.text, closing)));
        }
        cx.report(
            Report::new(&INFO, opening, "a fence that scraping left makes code of the article")
                .because("runs of ticks elsewhere, headings and pictures or links in it")
                .confidence(0.8)
                .fix(edits),
        );
    }
}

/// Whether what a fence holds is an article and no example of Markdown: headings, and pictures or tags of links, no fence.
fn is_article(text: &str) -> bool {
    let (mut headings, mut shown) = (0, 0);
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with("```") && !line.bytes().all(|b| b == b'`') || line.starts_with("~~~") {
            return false;
        }
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        headings += usize::from(hashes > 1 && line[hashes..].starts_with(' '));
        shown += usize::from(line.starts_with("![") || line.starts_with("<a ") || line.starts_with("<img "));
    }
    headings > 0 && shown > 0
}

/// The bytes of the ticks at a line's beginning, if there are at least two runs, with the blanks behind them; or of a run of four
/// and one of two at its end.
fn junk(line: &str) -> Option<Span> {
    let trimmed = line.trim_end();
    if let Some(before) = trimmed.strip_suffix("```` ``")
        && !before.contains("``")
    {
        return Some(Span::new(before.trim_end_matches([' ', '`']).len(), line.len()));
    }
    let start = line.len() - line.trim_start().len();
    let (mut runs, mut at) = (0, start);
    loop {
        let rest = line.get(at..)?;
        let ticks = rest.bytes().take_while(|b| *b == b'`').count();
        if ticks == 0 {
            break;
        }
        // a run of less is code of the article; the last one may be cut
        let cut = runs >= 2 && rest.len() == ticks || runs == 1 && ticks == 2 && !rest[2..].contains("``");
        if ticks < 4 && !cut {
            return None;
        }
        runs += usize::from(ticks >= 4 || runs == 1);
        at += ticks + rest[ticks..].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
    }
    (runs >= 2).then(|| Span::new(start, at))
}

fn line_with_end(text: &str, line: Span) -> Span {
    let bytes = text.as_bytes();
    let mut end = line.end;
    if bytes.get(end) == Some(&b'\r') {
        end += 1;
    }
    if bytes.get(end) == Some(&b'\n') {
        end += 1;
    }
    Span::new(line.start, end)
}
