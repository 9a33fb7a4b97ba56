//! Words that are no words, whatever is repaired in them: text that was changed after it was misread (put in lower case,
//! cut), of which parts happen to fit. Owns telling them; their readings are dropped.

use super::bytes::{Pages, Table};
use super::reading::Reading;
use super::strangeness::{Places, Sides, strangeness};
use std::ops::Range;

/// What a word may keep of strangeness once it is repaired; above that it was no word.
const RESIDUE: i32 = 45;

/// The most bytes of a word that are looked at on each side: some scripts have no blanks.
const REACH: usize = 512;

/// The `chosen` readings (their position in `readings`, and their margin) without those in garbage.
pub(super) fn without_garbage(
    table: Table,
    text: &str,
    readings: &[Reading],
    mut chosen: Vec<(usize, i32)>,
) -> Vec<(usize, i32)> {
    // What is kept moves to the front.
    let (mut from, mut kept) = (0, 0);
    while let Some(&(first, _)) = chosen.get(from) {
        let word = word_around(text, readings[first].start);
        let rest = chosen.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|&&(at, _)| readings[at].start < word.end).count().max(1);
        let of_word = rest.get(..count).unwrap_or_default();
        let pages = of_word.iter().fold(Pages::MAX, |pages, &(at, _)| pages & pages_of(&readings[at]));
        if pages != 0 {
            if !leaves_strange_rest(table, text, word, readings, of_word) {
                chosen.copy_within(from..from + count, kept);
                kept += count;
            }
        } else {
            let of_word = of_one_page(readings, of_word);
            if !leaves_strange_rest(table, text, word, readings, &of_word) {
                for one in of_word {
                    chosen[kept] = one;
                    kept += 1;
                }
            }
        }
        from += count;
    }
    chosen.truncate(kept);
    chosen
}

/// The pages a reading may be of, one bit each. Latin-1 goes with Windows-1252.
fn pages_of(reading: &Reading) -> Pages {
    let own = match reading.page {
        super::CodePage::Latin1 => super::CodePage::Windows1252,
        page => page,
    };
    reading.alike | 1 << own.index()
}

/// The readings of one page among those of a word, which are of several: a word is not misread in two. Without a page
/// that gains twice as much as the others together there are none.
fn of_one_page(readings: &[Reading], of_word: &[(usize, i32)]) -> Vec<(usize, i32)> {
    let gain_of = |bit: Pages| -> i32 {
        let of_page =
            of_word.iter().map(|&(at, _)| &readings[at]).filter(|reading| pages_of(reading) & bit != 0);
        of_page.map(|reading| reading.gain).sum()
    };
    let all = gain_of(Pages::MAX);
    let Some(best) = (0..Pages::BITS).map(|at| 1 << at).max_by_key(|&bit| gain_of(bit)) else {
        return Vec::new();
    };
    if gain_of(best) * 3 < all * 2 {
        return Vec::new();
    }
    of_word.iter().copied().filter(|&(at, _)| pages_of(&readings[at]) & best != 0).collect()
}

/// The bytes of the word around byte `at`: what stands between blanks, as far as it is looked at.
fn word_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut from, mut to) = (at.saturating_sub(REACH), at.saturating_add(REACH).min(bytes.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let is_blank = u8::is_ascii_whitespace;
    let before = bytes.get(from..at).and_then(|before| before.iter().rposition(is_blank));
    let after = bytes.get(at..to).and_then(|after| after.iter().position(is_blank));
    before.map_or(from, |blank| from + blank + 1)..after.map_or(to, |blank| at + blank)
}

/// Whether too much is left in `word` of what the pages of its readings could have made and none of them explains.
fn leaves_strange_rest(
    table: Table,
    text: &str,
    word: Range<usize>,
    readings: &[Reading],
    of_word: &[(usize, i32)],
) -> bool {
    let (mut strange, mut uncovered, mut covered) = (0, 0, 0);
    let mut at = word.start;
    let parts = || of_word.iter().map(|&(at, _)| &readings[at]);
    let pages = parts().fold(0, |pages, part| pages | pages_of(part));
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
    for part in parts() {
        leave(at, part.start);
        at = part.end;
    }
    leave(at, word.end);
    if strange <= RESIDUE {
        return false;
    }
    for part in parts() {
        covered += text.get(part.start..part.end).map_or(0, |part| part.chars().count());
    }
    uncovered * 3 >= covered * 2
}
