//! Lines that begin like the items of a list and are something else: dialogue behind dashes, notes behind asterisks, options of programs,
//! moves of chess, books of the Bible, dates. Owns telling them by their words; rules decide where lists are looked for.

use crate::data::{REPAIR_WORDS, listed};
use crate::evidence::language::Language;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The names of months as they follow a day with a full stop.
static MONTHS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| listed(REPAIR_WORDS, "months").into_iter().collect());

/// Whether lines, given without the marker they begin with, are the items of a list. `byte` is the marker's (`.` behind a number), `announced`
/// says that a line with a colon stands above them, `has_notes` that a word of the document has an asterisk behind it.
pub fn are_items(lines: &[&str], byte: u8, announced: bool, has_notes: bool, language: &Language) -> bool {
    match byte {
        b'-' => !is_dialogue(lines, announced) && !are_options(lines, language),
        b'*' => (announced || !lines.iter().all(|l| ends_sentence(l))) && !has_notes,
        b'.' => !are_moves(lines) && !are_references(lines) && !are_dates(lines),
        _ => true,
    }
}

/// Whether all lines, given without their number, begin with a month.
pub fn are_dates(lines: &[&str]) -> bool {
    lines.iter().all(|line| {
        let month = line.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        !month.is_empty() && MONTHS.contains(month.to_lowercase().as_str())
    })
}

/// Whether two lines at least begin as options of a program do (`h shows help`), or one with a number in its name (`O2`).
fn are_options(lines: &[&str], language: &Language) -> bool {
    let names = lines.iter().map(|line| line.split(' ').next().unwrap_or(""));
    let (mut letters, mut words) = (0, 0);
    for name in names {
        let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letter_count = name.len() - digits.len();
        let is_numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if is_numbered && (1..=2).contains(&letter_count) {
            return true;
        }
        let is_letter = letter_count == 1 && digits.is_empty();
        letters += usize::from(is_letter);
        words += usize::from(is_letter && language.is_function_word(name));
    }
    letters >= 2 && letters > words
}

/// Speech has questions and exclamations, and is made of sentences.
fn is_dialogue(lines: &[&str], announced: bool) -> bool {
    let asks = |line: &&str| last(line) == Some('?') || line.contains(['¿', '¡']);
    if announced {
        return lines.iter().any(asks);
    }
    lines.iter().any(|l| asks(l) || last(l) == Some('!')) || lines.iter().all(|l| ends_sentence(l))
}

fn ends_sentence(line: &str) -> bool {
    matches!(last(line), Some('.' | '!' | '?' | '…' | '。' | '！' | '？'))
}

/// The last character, less closing marks.
fn last(line: &str) -> Option<char> {
    line.trim_end().trim_end_matches(['"', '”', '»', '*', '_', ')', '\\']).chars().next_back()
}

/// `1.e4 e5`, `2.Nf3 Nc6`: a square behind the letter of a piece.
fn are_moves(lines: &[&str]) -> bool {
    let is_move = |line: &&str| {
        let word = line.trim_start().split(' ').next().unwrap_or("").trim_end_matches(['+', '#', '!', '?']);
        let squares = word.strip_prefix(['K', 'Q', 'R', 'B', 'N']).unwrap_or(word).replace('x', "");
        let bytes = squares.as_bytes();
        let square = |b: &[u8]| matches!(b, [b'a'..=b'h', b'1'..=b'8']);
        match bytes {
            [file, rest @ ..] if bytes.len() == 3 => file.is_ascii_alphanumeric() && square(rest),
            _ => square(bytes),
        }
    };
    lines.iter().filter(|l| is_move(l)).count() >= 2
}

/// `1.Mose 1,1`, `2.Korinther 5`: a name and the number of a chapter, no more.
fn are_references(lines: &[&str]) -> bool {
    lines.iter().all(|line| {
        let mut words = line.split_whitespace();
        let name = words
            .next()
            .is_some_and(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic));
        let chapter = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        name && chapter && words.count() <= 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_and_dates_are_told_by_their_first_word() {
        assert!(are_moves(&["e4 e5", "Nf3 Nc6"]));
        assert!(are_moves(&["exd5 c6", "Rad1 b5"]));
        assert!(!are_moves(&["Open the lid", "Close it"]));
        assert!(are_dates(&[" května v parku", "června v lese"]));
        assert!(!are_dates(&["Mai im Garten", "Maibaum holen"]));
    }
}
