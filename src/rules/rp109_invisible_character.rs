//! RP109: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::finding::{Safety, Severity};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::repair::characters::{before, behind};
use crate::span::Span;

pub(super) struct InvisibleCharacter;

static INFO: Info = Info {
    code: "RP109",
    name: "invisible-character",
    summary: "a character without width inside text: soft hyphen, zero-width space, byte order mark",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    effect: Effect::Spacing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp109_invisible_character.md"),
};

impl Rule for InvisibleCharacter {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source();
        if source.is_ascii() || node.has(Flags::RAW) {
            return;
        }
        let base = node.span().start;
        for (at, c) in source.char_indices() {
            let Some(name) = name(c) else { continue };
            let span = Span::new(base + at, base + at + c.len_utf8());
            if is_stray(node, span, c) && keeps_lines(node, span) {
                cx.report(
                    Report::new(&INFO, span, format!("a {name} (U+{:04X}) inside text", u32::from(c)))
                        .confidence(0.95)
                        .fix(vec![Edit::remove(span)]),
                );
            }
        }
    }
}

/// The name of a character without width that scrapers leave behind.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "byte order mark",
        _ => return None,
    })
}

/// Whether it does nothing there: it joins no letters or emoji, breaks no line of a script without blanks, and keeps no mark from being read.
fn is_stray(node: NodeRef<'_>, span: Span, c: char) -> bool {
    let text = node.document.text;
    let skip = |found: Option<char>| found.filter(|c| name(*c).is_none());
    let left = text.get(..span.start).and_then(|t| t.trim_end_matches(|c| name(c).is_some()).chars().next_back());
    let right = text.get(span.end..).and_then(|t| t.trim_start_matches(|c| name(c).is_some()).chars().next());
    let plain = |c: Option<char>| c.is_some_and(joins_plainly);
    let calm = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || joins_plainly(c) || is_cjk(c) || ends_clause(c));
    // with a delimiter beside it, it may be what makes emphasis or keeps it from being made
    let marked = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '_' | '~' | '`' | '[' | ']' | '<' | '>' | '|'));
    match c {
        '\u{200c}' | '\u{200d}' => plain(left) && plain(right),
        '\u{ad}' => plain(left) && plain(right) || plain(left) && right.is_none_or(char::is_whitespace),
        '\u{feff}' => span.start > 0 && !marked(skip(before(text, span.start))) && !marked(behind(text, span.end)),
        _ => calm(left) && calm(right) && !(left.is_none_or(char::is_whitespace) && right.is_some_and(ends_clause)),
    }
}

/// Letters of scripts that know no joiners, and digits.
fn joins_plainly(c: char) -> bool {
    c.is_alphanumeric() && (u32::from(c) < 0x590 || matches!(u32::from(c), 0x1e00..=0x1fff))
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3000..=0x9fff | 0xac00..=0xd7ff | 0xff00..=0xffef)
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | '!' | '?' | ')' | '"' | '\'' | '”' | '’' | '»' | '…' | '–' | '—')
}

/// Whether its line stays what it is without it: not blank, no marker at its start, no hard break at its end.
fn keeps_lines(node: NodeRef<'_>, span: Span) -> bool {
    let line = node.document.line_at(span.start);
    let text = node.document.text;
    let blank = |c: char| c.is_whitespace() || name(c).is_some();
    let head = text.get(line.start..span.start).unwrap_or("");
    let tail = text.get(span.end..line.end).unwrap_or("").trim_start_matches(blank);
    if tail.is_empty() {
        return !head.trim_matches(blank).is_empty() && !head.ends_with(char::is_whitespace);
    }
    let directly = text.get(span.end..).unwrap_or("").trim_start_matches(|c| name(c).is_some());
    head.contains(char::is_alphanumeric) || directly.starts_with(char::is_alphabetic)
}
