//! RP109: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{before, behind};
use crate::script::{is_cjk, is_unspaced};
use crate::span::Span;
use std::ops::Range;

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

    fn needs(&self) -> Needs {
        Needs::marks(Marks::INVISIBLE)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source();
        if source.is_ascii() || node.has(Flags::RAW) {
            return;
        }
        let base = node.span().start;
        let mut run = 0..0;
        let mut sides = Sides::default();
        for (at, c) in source.char_indices() {
            let Some(name) = name(c) else { continue };
            if at >= run.end {
                // characters side by side are judged by what stands around all of them
                let tail = source.get(at..).unwrap_or("");
                run = at..source.len() - tail.trim_start_matches(is_invisible).len();
                sides = Sides::of(node, base + run.start, base + run.end);
            }
            let span = Span::new(base + at, base + at + c.len_utf8());
            if is_stray(&sides, span, c) && sides.keeps_lines() && !defuses_address(source, &run) {
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

fn is_invisible(c: char) -> bool {
    name(c).is_some()
}

/// What stands around invisible characters.
#[derive(Clone, Copy, Default)]
struct Sides {
    left: Option<char>,
    right: Option<char>,
    /// Whether a letter or digit stands before it on its line.
    behind_text: bool,
    /// Whether its node ends emphasis on that side, seen from inside.
    inside: [bool; 2],
    /// Whether it ends a link on that side, seen from inside.
    in_link: [bool; 2],
}

impl Sides {
    /// Around the bytes from `start` to `end` in the text `node`.
    fn of(node: NodeRef<'_>, start: usize, end: usize) -> Self {
        let text = node.document.text;
        let (left, right) = (before(text, start), behind(text, end));
        let mut head = text.get(..start).unwrap_or("").chars().rev().take(REACH).take_while(|c| *c != '\n');
        let emphasis = node.parent().is_some_and(|p| matches!(p.kind(), Kind::Strong | Kind::Emphasis));
        let is_link = node.parent().is_some_and(|p| p.kind() == Kind::Link && !p.is_html());
        let span = node.span();
        Self {
            left,
            right,
            behind_text: head.any(char::is_alphanumeric),
            inside: [emphasis && start == span.start, emphasis && end == span.end],
            in_link: [
                is_link && left == Some('[') && start == span.start,
                is_link && right == Some(']') && end == span.end,
            ],
        }
    }

    /// Whether its line stays what it is without it: not blank, no marker at its start, no hard break at its end.
    fn keeps_lines(&self) -> bool {
        match self.right {
            None | Some('\n' | '\r') => self.behind_text && !self.left.is_some_and(char::is_whitespace),
            Some(c) => self.behind_text || c.is_alphabetic(),
        }
    }
}

/// How many characters are looked back for the text of a line.
const REACH: usize = 200;

/// Whether it does nothing there: it joins no letters or emoji, breaks no line of a script without blanks, and keeps no mark from being read.
fn is_stray(sides: &Sides, span: Span, c: char) -> bool {
    let Sides { left, right, inside, in_link, .. } = *sides;
    let plain = |c: Option<char>| c.is_some_and(joins_plainly);
    let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    let open = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let calm = |c: Option<char>| {
        c.is_none_or(|c| c.is_whitespace() || joins_plainly(c) || is_cjk(c) || ends_clause(c))
    };
    // beside a delimiter it may be what makes emphasis or keeps it from being made: only where a blank or the word inside does the same
    match c {
        '\u{200c}' | '\u{200d}' => plain(left) && plain(right),
        '\u{ad}' => plain(left) && (plain(right) || open(right)),
        // at the start of the document it is what it says
        '\u{feff}' if span.start == 0 => false,
        _ if matches!(left, Some('*')) => open(right) && !inside[0] || inside[0] && plain(right),
        _ if matches!(right, Some('*')) => {
            open(left) && !inside[1] && left.is_some_and(|c| c != '\n') || inside[1] && plain(left)
        }
        // the words of a link begin and end there
        _ if in_link[0] => spaced(right),
        _ if in_link[1] => spaced(left),
        // where letters have no blanks between them it tells words apart, but a byte order mark does not
        '\u{feff}' if right.is_some_and(is_unspaced) && open(left) => true,
        _ => calm(left) && calm(right) && !(open(left) && right.is_some_and(ends_clause)),
    }
}

/// Whether an invisible character keeps renderers from making a link of `www` and what is behind it.
fn defuses_address(source: &str, run: &Range<usize>) -> bool {
    let (head, tail) = (source.get(..run.start).unwrap_or(""), source.get(run.end..).unwrap_or(""));
    head.ends_with("www.") || head.ends_with("www") && tail.starts_with('.')
}

/// Letters of scripts that know no joiners, and digits.
fn joins_plainly(c: char) -> bool {
    c.is_alphanumeric() && (u32::from(c) < 0x590 || matches!(u32::from(c), 0x1e00..=0x1fff))
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | '!' | '?' | ')' | '"' | '\'' | '”' | '’' | '»' | '…' | '–' | '—')
}
