//! Text of one code page that was read in another, byte by byte: `Ìîñêâà` for `Москва`. No shape gives it away, so it
//! is claimed only when most of a document shows it, and never repaired without being asked.
//! Owns that judgement and its repairs.

use super::bytes::Table;
use super::character::{Kind, traits};
use super::strangeness::{Places, Sides, strangeness};
use super::{CodePage, Damage, Repair, repair_between};
use crate::span::Span;

/// The pages that are met: the one it was read in, the one it was written in.
const PAIRS: [(CodePage, CodePage); 4] = [
    (CodePage::Windows1252, CodePage::Windows1251),
    (CodePage::Windows1252, CodePage::Windows1253),
    (CodePage::Windows1252, CodePage::Windows1250),
    (CodePage::Windows1252, CodePage::Windows1257),
];

/// How the words of a document would fare under each of [`PAIRS`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordCounts {
    /// Words with letters.
    words: u32,
    /// Words with characters beyond ASCII.
    beyond_ascii: u32,
    /// For each pair: words that would read better.
    better: [u32; PAIRS.len()],
    /// For each pair: words that would read worse.
    worse: [u32; PAIRS.len()],
    /// For each pair: how much better all words would read.
    gain: [i32; PAIRS.len()],
}

/// How much better a word must read.
const CLEARLY: i32 = 15;

/// A word more than half of whose letters stand in accented pairs reads so much worse, for every pair.
const CROWDED: i32 = 12;

/// The fewest words that show a mix-up.
const FEWEST: u32 = 3;

impl WordCounts {
    /// Counts the words of `text`.
    pub(super) fn add(&mut self, table: Table, text: &str) {
        for word in text.split_ascii_whitespace() {
            if word.bytes().any(|b| b.is_ascii_alphabetic()) || !word.is_ascii() {
                self.words = self.words.saturating_add(1);
            }
            if word.is_ascii() {
                continue;
            }
            let characters: Vec<char> = word.chars().collect();
            // Quotes and dashes are the same in all of these pages.
            if characters.iter().all(|&c| c.is_ascii() || traits(c).kind == Kind::Punctuation) {
                continue;
            }
            self.beyond_ascii = self.beyond_ascii.saturating_add(1);
            let before = strange(&characters) + crowded(&characters);
            for (at, pair) in PAIRS.into_iter().enumerate() {
                let Some(other) = transcoded(table, &characters, pair) else {
                    self.worse[at] = self.worse[at].saturating_add(1);
                    continue;
                };
                let gain = before - strange(&other) - crowded(&other);
                self.gain[at] = self.gain[at].saturating_add(gain);
                match gain {
                    CLEARLY.. => self.better[at] = self.better[at].saturating_add(1),
                    ..0 => self.worse[at] = self.worse[at].saturating_add(1),
                    _ => {}
                }
            }
        }
    }

    /// The pair that most words speak for, if they do.
    pub(super) fn mix_up(&self) -> Option<(CodePage, CodePage)> {
        let (at, pair) =
            PAIRS.into_iter().enumerate().max_by_key(|&(at, _)| (self.gain[at], usize::MAX - at))?;
        let (better, worse) = (self.better[at], self.worse[at]);
        let most = better >= FEWEST && better * 2 > self.beyond_ascii && worse * 8 <= better;
        // A page of another script changes nearly every word, one of the same script those with accents.
        let enough = if matches!(pair.1, CodePage::Windows1251 | CodePage::Windows1253) {
            better * 2 > self.words
        } else {
            better * 6 > self.words
        };
        (most && enough).then_some(pair)
    }
}

/// The repairs of `text` if `pair` was mixed up, outside the spans of `made`.
pub(super) fn single_byte_repairs(
    table: Table,
    text: &str,
    pair: (CodePage, CodePage),
    made: &[Repair],
) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut taken = made.iter().map(|repair| repair.edit.span).peekable();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(|c: char| !c.is_ascii())) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_ascii()).map_or(text.len(), |length| start + length);
        at = end;
        let span = Span::new(start, end);
        while taken.next_if(|span| span.end <= start).is_some() {}
        if taken.peek().is_some_and(|taken| taken.overlaps(span)) {
            continue;
        }
        let characters: Vec<char> = text.get(start..end).unwrap_or_default().chars().collect();
        let Some(other) = transcoded(table, &characters, pair) else { continue };
        let new: String = other.into_iter().collect();
        let damage = Damage::SingleByte { written_in: pair.1 };
        repairs.extend(repair_between(text, start, end, pair.0, 1, damage, &new));
    }
    repairs
}

/// The characters that the bytes of `characters` stand for in the page they were written in.
fn transcoded(table: Table, characters: &[char], (read, written): (CodePage, CodePage)) -> Option<Vec<char>> {
    characters
        .iter()
        .map(|&c| match table.role(c).byte[read.index()] {
            _ if c.is_ascii() => Some(c),
            0 => None,
            byte => Some(written.decoded(byte)),
        })
        .collect()
}

fn strange(characters: &[char]) -> i32 {
    strangeness(characters, Sides { before: [' '; 2], after: [' '; 2] }, Places::Full)
}

/// What accented Latin letters side by side cost: no language writes words of them.
fn crowded(characters: &[char]) -> i32 {
    let is_accented = |c: &char| {
        !c.is_ascii() && ('À'..='ɏ').contains(c) && matches!(traits(*c).kind, Kind::Lower | Kind::Upper)
    };
    let pairs = characters.windows(2).filter(|pair| pair.iter().all(is_accented)).count();
    i32::try_from(pairs).map_or(0, |pairs| pairs.saturating_mul(CROWDED))
}
