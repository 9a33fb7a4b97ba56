//! Finds the places worth a look: skips ASCII at memory speed, and all characters that cannot lead a misread sequence.
//! Owns the walk over bytes; must not judge.

use super::CodePage;
use super::bytes::{Role, Table};
use super::character::{Kind, SCRIPTS, Script, traits};

/// How many characters of each script were passed, by `Script as usize`; behind them, at [`ASCII`] the bytes of ASCII,
/// and at [`PUNCTUATION`] the signs that stand in any prose.
pub(super) type Letters = [u32; SCRIPTS + 2];

/// Where ASCII is counted in [`Letters`].
pub(super) const ASCII: usize = SCRIPTS;

/// Where common punctuation is counted in [`Letters`].
pub(super) const PUNCTUATION: usize = SCRIPTS + 1;

/// Where `c` is counted in [`Letters`].
pub(super) fn counter(c: char) -> usize {
    let traits = traits(c);
    if traits.kind == Kind::Punctuation { PUNCTUATION } else { traits.script as usize }
}

/// What the walk stopped at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A character that leads a sequence in some page, and one behind it that continues it there.
    Sequence(usize),
    /// A control character 0x80–0x9F.
    Control(usize),
    /// An ampersand or a backslash.
    Escape(usize),
}

/// Bytes looked at in one step.
const STEP: usize = 64;

/// Bytes that are looked at together when something stands in a step.
const PART: usize = 16;

/// The first byte from `from` on that is not ASCII, or is `&` or `\`.
#[inline]
pub(super) fn skip_ascii(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    // Words of prose in other scripts are short: look at a few bytes before setting up the long strides.
    for _ in 0..8 {
        match bytes.get(at) {
            Some(&b) if !is_stop(b) => at += 1,
            _ => return at,
        }
    }
    while bytes.get(at..at + STEP).is_some_and(|chunk| !has_stop(chunk)) {
        at += STEP;
    }
    // it stands in one of these, or in what is left of the text
    while bytes.get(at..at + PART).is_some_and(|part| !has_stop(part)) {
        at += PART;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().position(|b| is_stop(*b)).unwrap_or(rest.len())
}

/// Written so that many bytes are compared at once.
#[inline]
fn has_stop(bytes: &[u8]) -> bool {
    let found = |found: u8, &b: &u8| found | (b & 0x80) | u8::from(b == b'&') | u8::from(b == b'\\');
    bytes.iter().fold(0, found) != 0
}

#[inline]
const fn is_stop(b: u8) -> bool {
    b >= 0x80 || b == b'&' || b == b'\\'
}

/// The character at byte `at`, and its length in bytes. `at` must be a character boundary inside the text.
#[inline]
pub(super) fn character_at(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let low = |offset: usize| bytes.get(at + offset).map_or(0, |&b| u32::from(b & 0x3F));
    let lead = *bytes.get(at)?;
    let (code, length) = match lead {
        0..=0x7F => (u32::from(lead), 1),
        0x80..=0xDF => (u32::from(lead & 0x1F) << 6 | low(1), 2),
        0xE0..=0xEF => (u32::from(lead & 0x0F) << 12 | low(1) << 6 | low(2), 3),
        _ => (u32::from(lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
    };
    char::from_u32(code).map(|c| (c, length))
}

/// The character that ends at byte `at`.
#[inline]
pub(super) fn character_before(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let mut start = at.checked_sub(1)?;
    while start > 0 && bytes.get(start).is_some_and(|b| b & 0xC0 == 0x80) {
        start -= 1;
    }
    character_at(bytes, start)
}

/// The next stop from byte `from` on. Letters that are passed are counted.
pub(super) fn next_stop(table: Table, bytes: &[u8], from: usize, letters: &mut Letters) -> Option<Stop> {
    let mut at = from;
    loop {
        let b = *bytes.get(at)?;
        if b < 0x80 {
            let end = skip_ascii(bytes, at);
            letters[ASCII] = letters[ASCII].wrapping_add((end - at) as u32);
            at = end;
            match bytes.get(at)? {
                b'&' | b'\\' => return Some(Stop::Escape(at)),
                _ => continue,
            }
        }
        // East Asian text: no page has a character from U+3000 to U+DFFF.
        let began = at;
        while let Some(0xE3..=0xED) = bytes.get(at) {
            at += 3;
        }
        if at != began {
            let letters = &mut letters[Script::EastAsian as usize];
            *letters = letters.wrapping_add(((at - began) / 3) as u32);
            continue;
        }
        // Most letters of other scripts: two bytes, and nothing behind them that goes with them.
        while let Some(&[first @ 0xC2..=0xDF, second, third, ..]) = bytes.get(at..) {
            let low = table.low(first, second);
            if low.special {
                break;
            }
            if low.lead != 0 {
                let goes_on = match third {
                    0..=0x7F => low.long != 0 && third == b'?',
                    0xC2..=0xDF => match bytes.get(at + 3) {
                        Some(&fourth) => low.lead & table.low(third, fourth).continuation != 0,
                        None => true,
                    },
                    _ => true,
                };
                if goes_on {
                    break;
                }
            }
            let letters = &mut letters[usize::from(low.counter) % (SCRIPTS + 2)];
            *letters = letters.wrapping_add(1);
            at += 2;
        }
        if bytes.get(at).is_some_and(u8::is_ascii) {
            continue;
        }
        let (c, length) = character_at(bytes, at)?;
        let b = *bytes.get(at)?;
        let role = table.role(c);
        if role.lead != 0 && leads_something(table, bytes, at, c, length, role) {
            return Some(Stop::Sequence(at));
        }
        if b == 0xC2 && c <= '\u{9f}' {
            return Some(Stop::Control(at));
        }
        let letters = &mut letters[counter(c)];
        *letters = letters.wrapping_add(1);
        at += length;
    }
}

/// Whether what stands behind the lead `c` at byte `at` continues a sequence in one of its pages, or tells of a loss.
#[inline]
pub(super) fn leads_something(
    table: Table,
    bytes: &[u8],
    at: usize,
    c: char,
    length: usize,
    role: &Role,
) -> bool {
    let second = at + length;
    if matches!(c, 'Ã' | 'Â' | 'â' | 'ã') && tells_of_a_loss(bytes, at, c, second) {
        return true;
    }
    // Right behind most letters stands ASCII.
    if bytes.get(second).is_none_or(u8::is_ascii) {
        return role.long != 0
            && bytes.get(second) == Some(&b'?')
            && bytes.get(second + 1).is_some_and(|b| *b >= 0x80);
    }
    let Some((next, next_length)) = character_at(bytes, second) else { return false };
    if next == '\u{FFFD}' {
        return true;
    }
    let shared = role.lead & table.role(next).continuation;
    if shared == 0 {
        return false;
    }
    let third = bytes.get(second + next_length);
    if shared & !role.long != 0 {
        // "L’été": punctuation before an accented letter is Mac Roman damage only where more of it follows.
        let is_plain = traits(c).kind == Kind::Punctuation
            && shared == 1 << CodePage::MacRoman.index()
            && third.is_some_and(u8::is_ascii_alphabetic);
        if !is_plain || !traits(next).is_letter() {
            return true;
        }
    }
    match third {
        Some(b'?') => true,
        Some(b) if *b >= 0x80 => character_at(bytes, second + next_length)
            .is_some_and(|(c, _)| shared & role.long & table.role(c).continuation != 0 || c == '\u{FFFD}'),
        _ => false,
    }
}

/// Whether something behind Ã, Â, â or ã at byte `at` tells that part of a sequence was lost. `second` is the next byte.
fn tells_of_a_loss(bytes: &[u8], at: usize, c: char, second: usize) -> bool {
    let Some((next, _)) = character_at(bytes, second) else { return true };
    if c == 'ã' {
        // `cafã©`: put in lower case.
        return matches!(traits(next).kind, Kind::Symbol | Kind::Math | Kind::Control);
    }
    if !traits(next).is_letter() {
        return true;
    }
    // `10Âkm`: an Â behind a digit or a lower-case letter.
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    c == 'Â' && before.is_some_and(|b| !matches!(b, b'A'..=b'Z' | b' ' | 0x80..))
}
