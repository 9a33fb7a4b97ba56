//! Reads UTF-8 sequences out of characters, as one code page would write their bytes. Owns shape; must not judge.
//!
//! Besides UTF-8 proper ([RFC 3629](https://www.rfc-editor.org/rfc/rfc3629)) it reads CESU-8
//! ([UTR #26](https://www.unicode.org/reports/tr26/)): surrogate pairs of three bytes each.

use super::bytes::Table;
use super::code_page::CodePage;

/// What stood in for a byte that is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Losses {
    /// Bytes that U+FFFD or `?` stands for.
    pub replaced: u16,
    /// No-break spaces that became spaces.
    pub spaces: u16,
}

/// A chain of sequences, one right after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    /// The page whose bytes they are.
    pub page: CodePage,
    /// How many characters were read.
    pub length: usize,
    /// How many sequences they are.
    pub sequences: u16,
    /// Bytes beyond the second of every sequence: what chance makes less and less likely.
    pub extra: u16,
    /// What was lost.
    pub losses: Losses,
    /// Whether a surrogate pair was among them.
    pub surrogates: bool,
    /// Whether a control character 0x80–0x9F took part.
    pub controls: bool,
    /// Whether a character took part that Latin-1 does not have.
    pub beyond_latin1: bool,
}

impl Chain {
    /// How much its mere shape says: that so many bytes fit by chance grows unlikely.
    pub(super) fn against_chance(&self) -> i32 {
        i32::from(self.extra) * 20 + i32::from(self.sequences.saturating_sub(1)) * 10
    }
}

/// What a reader accepts in place of a continuation byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tolerance {
    /// U+FFFD anywhere, `?` inside sequences of three bytes that go on.
    Strict,
    /// The same, also with nothing but letters beside the loss: below a layer that was damage for sure.
    Below,
    /// Also spaces for no-break spaces, and `?` wherever a byte is missing.
    Tolerant,
}

/// The most characters a sequence has: a surrogate pair.
const LONGEST: usize = 6;

/// Reads the longest chain at the start of `characters`; the decoded characters are added to `decoded`.
pub(super) fn read_chain(
    table: Table,
    characters: &[char],
    page: CodePage,
    tolerance: Tolerance,
    decoded: &mut Vec<char>,
) -> Chain {
    let mut chain = Chain {
        page,
        length: 0,
        sequences: 0,
        extra: 0,
        losses: Losses::default(),
        surrogates: false,
        controls: false,
        beyond_latin1: false,
    };
    while let Some(sequence) = read_sequence(table, &characters[chain.length..], page, tolerance) {
        decoded.push(sequence.character);
        for &c in &characters[chain.length..chain.length + sequence.length] {
            match c {
                '\u{80}'..='\u{9f}' => chain.controls = true,
                '\u{a0}'..='\u{ff}' | ' ' | '?' => {}
                _ => chain.beyond_latin1 = true,
            }
        }
        chain.length += sequence.length;
        chain.sequences = chain.sequences.saturating_add(1);
        chain.extra = chain.extra.saturating_add(sequence.length.saturating_sub(2) as u16);
        chain.losses.replaced += sequence.losses.replaced;
        chain.losses.spaces += sequence.losses.spaces;
        chain.surrogates |= sequence.length == LONGEST;
    }
    chain
}

/// One sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence {
    pub character: char,
    /// In characters.
    pub length: usize,
    pub losses: Losses,
}

/// Reads the sequence at the start of `characters`.
#[inline]
pub(super) fn read_sequence(
    table: Table,
    characters: &[char],
    page: CodePage,
    tolerance: Tolerance,
) -> Option<Sequence> {
    let index = page.index();
    let lead = table.role(*characters.first()?).byte[index];
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut losses = Losses::default();
    let mut code = u32::from(lead) & (0x7F >> length);
    let mut signs = 0;
    for at in 1..length {
        let byte = match characters.get(at).copied() {
            Some('\u{FFFD}') => {
                losses.replaced += 1;
                continue;
            }
            Some('?') if question_mark_fits(table, characters, index, at, length, tolerance) => {
                losses.replaced += 1;
                continue;
            }
            Some(' ') if tolerance == Tolerance::Tolerant && page.has_nbsp_at_a0() => {
                losses.spaces += 1;
                0xA0
            }
            Some(c) => table.role(c).byte[index],
            None => return None,
        };
        if !(0x80..0xC0).contains(&byte) {
            return None;
        }
        signs += u32::from(characters.get(at).is_some_and(|&c| !table.role(c).is_letter));
        code = code << 6 | u32::from(byte & 0x3F);
    }
    if losses.replaced > 0 {
        // Without a sign behind its lead it says too little, unless it is short: letters end in losses too.
        if length > 2 && signs == 0 && (tolerance != Tolerance::Below || losses.replaced + 1 == length as u16)
        {
            return None;
        }
        return Some(Sequence { character: '\u{FFFD}', length, losses });
    }
    let smallest = [0, 0, 0x80, 0x800, 0x1_0000][length];
    if code < smallest {
        return None;
    }
    if (0xD800..0xDC00).contains(&code) {
        let low = surrogate(table, &characters[3..], index)?;
        let joined = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        return char::from_u32(joined).map(|character| Sequence { character, length: LONGEST, losses });
    }
    char::from_u32(code).map(|character| Sequence { character, length, losses })
}

/// `?` ends right sentences too: it is a lost byte only where the sequence goes on behind it, or when all is tolerated.
fn question_mark_fits(
    table: Table,
    characters: &[char],
    index: usize,
    at: usize,
    length: usize,
    tolerance: Tolerance,
) -> bool {
    let continues = |c: Option<&char>| c.is_some_and(|&c| (0x80..0xC0).contains(&table.role(c).byte[index]));
    let leads = |c: Option<&char>| c.is_some_and(|&c| table.role(c).byte[index] >= 0xC2);
    if length > 2 {
        // `â?¬` and `â€?`: two of three are there.
        at == 1 && continues(characters.get(2)) || at > 1 && tolerance == Tolerance::Tolerant
    } else {
        // `Ã?Â¢`: only where the next sequence follows at once.
        leads(characters.get(2)) && continues(characters.get(3))
    }
}

/// The second half of a surrogate pair.
fn surrogate(table: Table, characters: &[char], index: usize) -> Option<u32> {
    let byte = |at: usize| characters.get(at).map(|&c| table.role(c).byte[index]);
    match (byte(0)?, byte(1)?, byte(2)?) {
        (0xED, second @ 0xB0..=0xBF, third @ 0x80..=0xBF) => {
            Some(0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => None,
    }
}
