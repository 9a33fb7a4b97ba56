//! Mojibake that is meant: an article about mojibake quotes it. Owns telling examples from damage; needs no language:
//! an example stands in quotes or alone, and its right form stands beside it, or the text speaks of encodings.

use super::Repair;
use super::character::traits;
use aho_corasick::{AhoCorasick, packed};
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

/// Names that are used when encodings are spoken of, in any language (without the letters that may be capitals).
const NAMES: [&str; 20] = [
    "ojibake",
    "OJIBAKE",
    "UTF-8",
    "utf-8",
    "UTF8",
    "utf8",
    "atin-1",
    "atin1",
    "8859-",
    "indows-125",
    "cp125",
    "CP125",
    "harset",
    "ode page",
    "odepage",
    "文字化け",
    "乱码",
    "亂碼",
    "кракозябр",
    "крякозябр",
];

static ENCODINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(NAMES).ok());

/// The same where the processor can compare many bytes at once; then the other one is never made.
static PACKED: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| packed::Searcher::new(NAMES));

/// Builds the searchers.
pub(super) fn prepare() {
    if LazyLock::force(&PACKED).is_none() {
        LazyLock::force(&ENCODINGS);
    }
    LazyLock::force(&OPENING);
}

/// Whether `text` speaks of encodings.
pub(super) fn speaks_of_encodings(text: &str) -> bool {
    match &*PACKED {
        Some(names) => names.find(text).is_some(),
        None => ENCODINGS.as_ref().is_some_and(|names| names.is_match(text)),
    }
}

/// The most bytes of a line that are looked at on each side.
const REACH: usize = 400;

/// The most characters a quoted example has.
const LONGEST: usize = 48;

/// `repairs` without those of examples. `speaks` says whether the document speaks of encodings.
pub(super) fn without_examples(text: &str, repairs: Vec<Repair>, speaks: &dyn Fn() -> bool) -> Vec<Repair> {
    let mut examples = Vec::new();
    let mut from = 0;
    while let Some(first) = repairs.get(from) {
        let line = line_around(text, first.edit.span.start);
        let of_line = repairs.get(from..).unwrap_or_default();
        let count = of_line.iter().take_while(|repair| repair.edit.span.start < line.end).count().max(1);
        let of_line = of_line.get(..count).unwrap_or_default();
        // Damage and examples do not share a line: what is damaged is damaged throughout.
        let quotes = has_quotes(text.get(line.clone()).unwrap_or_default());
        if (0..count).all(|at| is_example(text, &line, of_line, at, quotes, speaks)) {
            examples.push(from..from + count);
        }
        from += count;
    }
    let mut repairs = repairs;
    for range in examples.into_iter().rev() {
        repairs.drain(range);
    }
    repairs
}

/// Whether a pair of quotes may stand in `line`.
fn has_quotes(line: &str) -> bool {
    let bytes = line.as_bytes();
    let ascii = memchr::memchr3_iter(b'"', b'\'', b'`', bytes).take(2).count();
    ascii > 1 || OPENING.iter().any(|quote| quote.find(bytes).is_some())
}

static OPENING: LazyLock<[memmem::Finder<'static>; 5]> =
    LazyLock::new(|| ["“", "„", "‘", "«", "「"].map(memmem::Finder::new));

/// The line around byte `at`, as far as it is looked at.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (at + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let before = text
        .get(start..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(start, |newline| start + newline + 1);
    let after = text.get(at..end).and_then(|after| after.find('\n')).map_or(end, |newline| at + newline);
    before..after
}

fn is_example(
    text: &str,
    line: &Range<usize>,
    repairs: &[Repair],
    at: usize,
    quotes: bool,
    speaks: &dyn Fn() -> bool,
) -> bool {
    let Some(span) = repairs.get(at).map(|repair| repair.edit.span) else { return false };
    let quoted = if quotes { quoted_around(text, line, span.start, span.end) } else { None };
    let phrase = quoted.clone().unwrap_or_else(|| word_around(text, line, span.start, span.end));
    if (quoted.is_some() || stands_alone(text, &phrase, repairs)) && speaks() {
        return true;
    }
    // Half-damaged text has the same word in both forms too.
    if quoted.is_none() && !speaks() {
        return false;
    }
    let right = repaired(text, &phrase, repairs);
    let is_there = |range: Range<usize>| {
        text.get(range).is_some_and(|part| {
            part.match_indices(right.as_str()).any(|(found, _)| {
                let before = part.get(..found).and_then(|before| before.chars().next_back());
                let after = part.get(found + right.len()..).and_then(|after| after.chars().next());
                let ends = |c: Option<char>| c.is_none_or(|c| !traits(c).is_letter());
                ends(before) && ends(after)
            })
        })
    };
    !right.is_empty() && (is_there(line.start..phrase.start) || is_there(phrase.end..line.end))
}

/// Whether `phrase` is made of damage and signs alone.
fn stands_alone(text: &str, phrase: &Range<usize>, repairs: &[Repair]) -> bool {
    let mut at = phrase.start;
    let no_letters = |from: usize, to: usize| {
        text.get(from..to).is_none_or(|part| !part.chars().any(|c| traits(c).is_letter()))
    };
    for repair in repairs.iter().filter(|repair| phrase.contains(&repair.edit.span.start)) {
        if !no_letters(at, repair.edit.span.start) {
            return false;
        }
        at = repair.edit.span.end;
    }
    no_letters(at, phrase.end)
}

/// What `phrase` says once it is repaired.
fn repaired(text: &str, phrase: &Range<usize>, repairs: &[Repair]) -> String {
    let mut right = String::new();
    let mut at = phrase.start;
    for repair in repairs.iter().filter(|repair| phrase.contains(&repair.edit.span.start)) {
        right.push_str(text.get(at..repair.edit.span.start).unwrap_or_default());
        right.push_str(&repair.edit.text);
        at = repair.edit.span.end;
    }
    right.push_str(text.get(at..phrase.end).unwrap_or_default());
    right
}

/// What stands between the quotes around the bytes from `start` to `end`, if any do.
fn quoted_around(text: &str, line: &Range<usize>, start: usize, end: usize) -> Option<Range<usize>> {
    let before = text.get(line.start..start)?;
    let after = text.get(end..line.end)?;
    for (at, c) in before.char_indices().rev().take(LONGEST) {
        let closing = match c {
            '"' | '\'' | '`' => c,
            '“' | '„' => '”',
            '‘' => '’',
            '«' => '»',
            '「' => '」',
            _ => continue,
        };
        let from = line.start + at + c.len_utf8();
        // An apostrophe is no quote.
        if before
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|c| traits(c).is_letter())
        {
            continue;
        }
        return after.char_indices().take(LONGEST).find(|&(_, c)| c == closing).map(|(to, _)| from..end + to);
    }
    None
}

/// The word around the bytes from `start` to `end`, without signs at its ends.
fn word_around(text: &str, line: &Range<usize>, start: usize, end: usize) -> Range<usize> {
    let is_part = |c: char| traits(c).is_letter() || !c.is_ascii() && !c.is_whitespace();
    let before = text.get(line.start..start).unwrap_or_default();
    let after = text.get(end..line.end).unwrap_or_default();
    let from =
        before.len() - before.chars().rev().take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
    let to: usize = after.chars().take_while(|&c| is_part(c)).map(char::len_utf8).sum();
    line.start + from..end + to
}
