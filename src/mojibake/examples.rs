//! Mojibake that is meant: an article about mojibake quotes it. Owns telling examples from damage; needs no language:
//! an example stands in quotes or alone, and its right form stands beside it, or the text speaks of encodings.

use super::character::{Script, traits};
use super::{Damage, Repair};
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

/// Empties the repairs of those among `texts` that are nothing but damage beside a text, one or two away, that is nothing but its right
/// form: cells of a table that shows both.
pub(super) fn without_contrasted_cells(texts: &[&str], all: &mut [Vec<Repair>]) {
    for at in 0..texts.len() {
        let (Some(text), Some(repairs)) = (texts.get(at), all.get(at)) else { continue };
        let whole = 0..text.len();
        if repairs.is_empty() || text.len() > LONGEST || !stands_alone(text, &whole, repairs) {
            continue;
        }
        let right = repaired(text, &whole, repairs);
        let near = texts.get(at.saturating_sub(2)..texts.len().min(at + 3)).unwrap_or_default();
        if near.iter().any(|other| other.trim() == right.trim())
            && let Some(repairs) = all.get_mut(at)
        {
            repairs.clear();
        }
    }
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
    let alone = stands_alone(text, &phrase, repairs);
    if alone && (bytes_are_named(text, line, &phrase, repairs) || is_spelled_beside(text, repairs, at)) {
        return true;
    }
    if (quoted.is_some() || alone) && speaks() {
        return true;
    }
    let right = repaired(text, &phrase, repairs);
    // Half-damaged text has the same word in both forms too, but seldom so near.
    if quoted.is_none() && !speaks() {
        return is_contrasted(text, line, &phrase, &right)
            || alone
                && repairs.iter().take(CONTRASTED).any(|other| {
                    let span = other.edit.span;
                    let word = word_around(text, line, span.start, span.end);
                    word != phrase && is_contrasted(text, line, &word, &repaired(text, &word, repairs))
                });
    }
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

/// The most words that stand between an example and its right form.
const APART: usize = 4;

/// The most repairs of a line that are looked at for what they are contrasted with.
const CONTRASTED: usize = 8;

/// Whether the right form of `phrase` stands near it in the same sentence, a word or a sign between them: `café became cafÃ©`, `é → Ã©`.
/// Where a letter is a word of the language of the line, it stands there anyhow.
fn is_contrasted(text: &str, line: &Range<usize>, phrase: &Range<usize>, right: &str) -> bool {
    let (Some(before), Some(after)) = (text.get(line.start..phrase.start), text.get(phrase.end..line.end))
    else {
        return false;
    };
    if right.is_empty() || before.is_empty() && after.is_empty() {
        return false;
    }
    // short words come back in any sentence ("más rápida y más cara"), longer ones seldom with one word between
    let letters = right.chars().filter(|c| c.is_alphabetic()).count();
    let is_latin = right.chars().all(|c| traits(c).script == Script::Latin);
    let apart = match letters {
        1 if is_latin => APART,
        // signs come back too, and letters of other scripts are words
        0..=3 => return false,
        _ => 1,
    };
    let ends = |c: Option<char>| c.is_none_or(|c| !traits(c).is_letter() || !c.is_alphabetic() || is_wide(c));
    let contrasts = |between: &str| {
        between.chars().any(|c| c.is_alphabetic() || matches!(c, '→' | '=' | '>' | '|' | '⇒' | '/'))
            && between.split_whitespace().count() <= apart
            && !between.contains(['.', '!', '?', '。', '\n'])
    };
    let is_near = before.rmatch_indices(right).next().is_some_and(|(at, _)| {
        let behind = before.get(at + right.len()..).unwrap_or_default();
        ends(before.get(..at).and_then(|part| part.chars().next_back()))
            && ends(behind.chars().next())
            && contrasts(behind)
    }) || after.match_indices(right).next().is_some_and(|(at, _)| {
        let ahead = after.get(..at).unwrap_or_default();
        ends(ahead.chars().next_back())
            && ends(after.get(at + right.len()..).and_then(|part| part.chars().next()))
            && contrasts(ahead)
    });
    let is_letter = right.chars().count() == 1;
    is_near && !(is_letter && text.get(line.clone()).is_some_and(may_use_letters_as_words))
}

/// Whether `c` is of a script that puts no blanks between words.
fn is_wide(c: char) -> bool {
    traits(c).script == Script::EastAsian
}

/// Whether `line` is of a language in which an accented vowel is a word (à, é, è): to judge by the words that all of those have.
fn may_use_letters_as_words(line: &str) -> bool {
    let words = [
        "de", "la", "le", "les", "que", "o", "os", "e", "et", "il", "di", "el", "y", "un", "una", "une",
        "uma", "em", "do", "da", "du", "des", "del", "per", "che", "non", "un", "na", "no", "se",
    ];
    line.split_whitespace().any(|word| words.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether the line names the bytes of what `phrase` would become, or its number: `C3 A4`, `U+00E4`.
fn bytes_are_named(text: &str, line: &Range<usize>, phrase: &Range<usize>, repairs: &[Repair]) -> bool {
    let Some(line) = text.get(line.clone()) else { return false };
    let right = repaired(text, phrase, repairs);
    let mut characters = right.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else { return false };
    let number = format!("U+{:04X}", u32::from(c));
    let pairs: Vec<String> = right.bytes().map(|byte| format!("{byte:02X}")).collect();
    let is_there = |wanted: &str| {
        line.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    is_there(&number) || pairs.len() > 1 && (is_there(&pairs.join(" ")) || is_there(&pairs.concat()))
}

/// Whether the same is spelled in references and as itself in one line: it says how to spell it.
fn is_spelled_beside(text: &str, repairs: &[Repair], at: usize) -> bool {
    let Some(this) = repairs.get(at) else { return false };
    let is_spelled = |repair: &Repair| matches!(repair.damage, Damage::Entity | Damage::Escape);
    let whole =
        |repair: &Repair| text.get(repair.edit.span.range()).is_some_and(|part| part.chars().count() > 1);
    repairs.iter().take(CONTRASTED).any(|other| {
        is_spelled(other) != is_spelled(this)
            && other.edit.text == this.edit.text
            && whole(other)
            && whole(this)
    })
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
            '“' => '”',
            '„' => '“',
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
        return after
            .char_indices()
            .take(LONGEST)
            .find(|&(_, other)| other == closing || c == '„' && other == '”')
            .map(|(to, _)| from..end + to);
    }
    None
}

/// The word around the bytes from `start` to `end`, without signs at its ends.
fn word_around(text: &str, line: &Range<usize>, start: usize, end: usize) -> Range<usize> {
    // scripts that put no blanks between words have signs of their own width
    let is_apart = |c: char| is_wide(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}');
    let is_part = |c: char| (traits(c).is_letter() || !c.is_ascii() && !c.is_whitespace()) && !is_apart(c);
    let before = text.get(line.start..start).unwrap_or_default();
    let after = text.get(end..line.end).unwrap_or_default();
    let from =
        before.len() - before.chars().rev().take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
    let to: usize = after.chars().take_while(|&c| is_part(c)).map(char::len_utf8).sum();
    line.start + from..end + to
}
