//! Findings for people: place, excerpt with carets, evidence, what the fix does. Owns the words and the drawing; prints nothing.

use super::lines::{Lines, Position};
use crate::edit::Edit;
use crate::finding::{Finding, Fix, Severity, Status};
use crate::span::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Lines of a finding that are shown.
const EXCERPT_LINES: usize = 4;
/// Bytes of a line before and behind the beginning of a finding that are shown; lines may be a whole page long.
const EXCERPT_BEFORE: usize = 60;
const EXCERPT_BEHIND: usize = 180;
/// Characters of a document that are quoted in a sentence.
const QUOTED: usize = 60;
/// Edits of a fix that are told one by one.
const TOLD_EDITS: usize = 3;

/// A finding as people read it, colours as ANSI sequences; ends with an empty line. `name` is the file's.
pub fn finding(finding: &Finding, lines: &Lines<'_>, name: &str) -> String {
    let place = lines.position(finding.span.start);
    let excerpt = Excerpt::of(lines, finding.span);
    let snippet = Snippet::source(excerpt.text).line_start(place.line).fold(false);
    // where the line is cut the column cannot be read off the excerpt
    let (origin, snippet) = if excerpt.is_cut {
        (Some(Origin::path(name).line(place.line).char_column(place.column)), snippet)
    } else {
        (None, snippet.path(name))
    };
    let level = match finding.severity {
        Severity::Note => Level::NOTE,
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group: Group<'_> = level
        .primary_title(&*finding.message)
        .id(finding.rule)
        .elements(origin)
        .element(snippet.annotation(AnnotationKind::Primary.span(excerpt.span.range())));
    if !finding.evidence.is_empty() {
        let evidence: Vec<String> = finding.evidence.iter().map(|e| printable(e)).collect();
        group = group.element(Level::NOTE.with_name(Some("because")).message(evidence.join("; ")));
    }
    let mut advice = finding.fix.as_ref().map_or_else(String::new, |fix| what_it_does(fix, lines));
    match finding.status {
        Status::NeedsReview => advice.push_str(" (with --unsafe-fixes: it wants a look)"),
        Status::Guarded => advice.push_str(" (not applied: it would take too much of the article)"),
        Status::Dropped => advice.push_str(" (not applied: it would do more than it says)"),
        _ => {}
    }
    if !advice.is_empty() {
        group = group.element(Level::HELP.with_name(Some("fix")).message(advice));
    }
    let mut out = Renderer::styled().render(&[group]);
    out.push_str("\n\n");
    out
}

/// A stretch of the text that can be drawn, and where in it the finding is.
struct Excerpt {
    text: String,
    span: Span,
    /// Whether the beginning of the first line is left out.
    is_cut: bool,
}

impl Excerpt {
    fn of(lines: &Lines<'_>, span: Span) -> Self {
        let first = lines.position(span.start).line;
        let last = lines.position(span.end.max(span.start)).line;
        let mut excerpt = Excerpt { text: String::new(), span: Span::default(), is_cut: false };
        for number in first..=last.min(first + EXCERPT_LINES - 1) {
            let line = lines.line(number);
            // a finding that takes its line end too does not show the next line
            if number > first && line.start >= span.end {
                break;
            }
            if number > first {
                excerpt.text.push('\n');
            }
            let begins = span.start.clamp(line.start, line.end);
            let ends = span.end.clamp(line.start, line.end);
            let from = character_start(lines.text(), begins.saturating_sub(EXCERPT_BEFORE).max(line.start));
            let to = character_start(lines.text(), (begins + EXCERPT_BEHIND).min(line.end));
            if from > line.start {
                excerpt.text.push('…');
            }
            let offset = excerpt.text.len();
            excerpt.text.push_str(lines.text().get(from..to).unwrap_or(""));
            if number == first {
                excerpt.is_cut = from > line.start;
                excerpt.span.start = offset + (begins - from);
            }
            excerpt.span.end = offset + (ends.min(to).max(from) - from);
            if to < line.end {
                excerpt.text.push('…');
            }
        }
        excerpt.span.end = excerpt.span.end.max(excerpt.span.start);
        excerpt
    }
}

/// The place at or before `at` where a character begins.
fn character_start(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// What a fix does to the text, in words.
pub fn what_it_does(fix: &Fix, lines: &Lines<'_>) -> String {
    let mut told: Vec<String> = fix.edits.iter().take(TOLD_EDITS).map(|e| in_words(e, lines)).collect();
    match fix.edits.len().saturating_sub(TOLD_EDITS) {
        0 => {}
        1 => told.push("one more change".to_owned()),
        more => told.push(format!("{more} more changes")),
    }
    told.join(", ")
}

fn in_words(edit: &Edit, lines: &Lines<'_>) -> String {
    let old = lines.text().get(edit.span.range()).unwrap_or("");
    let (from, to) = (lines.position(edit.span.start), last_position(edit.span, lines));
    let several = from.line < to.line;
    let whole = several && from.column == 1 && edit.span.end >= lines.line(to.line).end;
    let what = match (whole, several) {
        (true, _) => format!("lines {} to {}", from.line, to.line),
        (false, true) => format!("{} (line {} to {})", quoted(old), from.line, to.line),
        _ => quoted(old),
    };
    match (old.is_empty(), edit.text.is_empty()) {
        (true, _) => format!("inserts {}", quoted(&edit.text)),
        (false, true) => format!("removes {what}"),
        (false, false) => format!("replaces {what} by {}", quoted(&edit.text)),
    }
}

/// The place of the last byte of `span`, line ends left out.
fn last_position(span: Span, lines: &Lines<'_>) -> Position {
    let text = lines.text().get(span.range()).unwrap_or("");
    lines.position(span.start + text.trim_end_matches(['\r', '\n']).len())
}

fn quoted(text: &str) -> String {
    let blank = !text.is_empty() && text.trim_matches([' ', '\t', '\n', '\r']).is_empty();
    if blank {
        let count = text.chars().count();
        let what = if text.contains('\n') { "line end" } else { "blank" };
        return if count == 1 { format!("a {what}") } else { format!("{count} characters of white space") };
    }
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{}`", printable(&short))
}

/// Text of a document that may be sent to a terminal: no control characters, nothing that turns the direction of writing.
fn printable(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}
