//! Words that are no words, whatever is repaired in them: text that was changed after it was misread (put in lower case,
//! cut), of which parts happen to fit. Owns telling them; their readings are dropped.

use super::bytes::{Pages, Table};
use super::reading::{Reading, Readings};
use super::strangeness::{Places, Sides, strangeness};
use std::ops::Range;

/// What a word may keep of strangeness once it is repaired; above that it was no word.
const RESIDUE: i32 = 45;

/// The `chosen` readings (their position in `readings`, and their margin) without those in garbage.
pub(super) fn without_garbage(
    table: Table,
    text: &str,
    readings: &Readings,
    chosen: Vec<(usize, i32)>,
) -> Vec<(usize, i32)> {
    let mut kept = Vec::with_capacity(chosen.len());
    let mut rest = chosen.as_slice();
    while let Some(&(first, _)) = rest.first() {
        let word = word_around(text, readings.all[first].start);
        let count = rest.iter().take_while(|&&(at, _)| readings.all[at].start < word.end).count().max(1);
        let (mut of_word, others) = (rest.get(..count).unwrap_or_default().to_vec(), rest.get(count..).unwrap_or_default());
        rest = others;
        if count > 1 {
            of_word = of_one_page(readings, of_word);
        }
        let parts: Vec<&Reading> = of_word.iter().map(|&(at, _)| &readings.all[at]).collect();
        if !leaves_strange_rest(table, text, word, &parts) {
            kept.append(&mut of_word);
        }
    }
    kept
}

/// The pages a reading may be of, one bit each. Latin-1 goes with Windows-1252.
fn pages_of(reading: &Reading) -> Pages {
    let own = match reading.page {
        super::CodePage::Latin1 => super::CodePage::Windows1252,
        page => page,
    };
    reading.alike | 1 << own.index()
}

/// The readings of a word that are of one page: a word is not misread in two. Without a page that gains twice as
/// much as the others together there are none.
fn of_one_page(readings: &Readings, of_word: Vec<(usize, i32)>) -> Vec<(usize, i32)> {
    let pages = of_word.iter().fold(Pages::MAX, |pages, &(at, _)| pages & pages_of(&readings.all[at]));
    if pages != 0 {
        return of_word;
    }
    let gain_of = |bit: Pages| -> i32 {
        let of_page = of_word.iter().map(|&(at, _)| &readings.all[at]).filter(|reading| pages_of(reading) & bit != 0);
        of_page.map(|reading| reading.gain).sum()
    };
    let all = gain_of(Pages::MAX);
    let Some(best) = (0..Pages::BITS).map(|at| 1 << at).max_by_key(|&bit| gain_of(bit)) else { return of_word };
    if gain_of(best) * 3 < all * 2 {
        return Vec::new();
    }
    of_word.into_iter().filter(|&(at, _)| pages_of(&readings.all[at]) & best != 0).collect()
}

/// The bytes of the word around byte `at`: what stands between blanks.
fn word_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.iter().take(at).rposition(u8::is_ascii_whitespace);
    let after = bytes.iter().skip(at).position(u8::is_ascii_whitespace);
    before.map_or(0, |blank| blank + 1)..after.map_or(bytes.len(), |blank| at + blank)
}

/// Whether too much is left of what the pages of `parts` could have made and no part of them explains.
fn leaves_strange_rest(table: Table, text: &str, word: Range<usize>, parts: &[&Reading]) -> bool {
    let (mut strange, mut uncovered, mut covered) = (0, 0, 0);
    let mut at = word.start;
    let pages = parts.iter().fold(0, |pages, part| pages | pages_of(part));
    let is_of_pages = |c: &char| {
        let role = table.role(*c);
        !c.is_ascii() && (role.lead | role.continuation) & pages != 0
    };
    let mut leave = |from: usize, to: usize| {
        let Some(piece) = text.get(from..to).filter(|piece| !piece.is_ascii()) else { return };
        let characters: Vec<char> = piece.chars().filter(is_of_pages).collect();
        // How it stands beside the damage says nothing.
        strange += strangeness(&characters, Sides { before: [' '; 2], after: [' '; 2] }, Places::Full);
        uncovered += characters.len();
    };
    for part in parts {
        leave(at, part.start);
        at = part.end;
        covered += text.get(part.start..part.end).map_or(0, |part| part.chars().count());
    }
    leave(at, word.end);
    strange > RESIDUE && uncovered * 3 >= covered * 2
}
