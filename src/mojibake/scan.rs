//! Finds the places worth a look: skips ASCII at memory speed, and all characters that cannot lead a misread sequence.
//! Owns the walk over bytes; must not judge.

use super::bytes::Table;
use super::character::{SCRIPTS, traits};

/// How many letters of each script were passed, by `Script as usize`. ASCII is counted in bytes, as if all were letters.
pub(super) type Letters = [u32; SCRIPTS];

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
    while let Some(chunk) = bytes.get(at..at + STEP) {
        let found = chunk
            .iter()
            .fold(0u8, |found, &b| found | (b & 0x80) | u8::from(b == b'&') | u8::from(b == b'\\'));
        if found != 0 {
            break;
        }
        at += STEP;
    }
    while let Some(&b) = bytes.get(at) {
        if is_stop(b) {
            break;
        }
        at += 1;
    }
    at
}

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
        let Some(&b) = bytes.get(at) else { return None };
        if b < 0x80 {
            let end = skip_ascii(bytes, at);
            letters[1] = letters[1].saturating_add((end - at) as u32);
            at = end;
            match bytes.get(at) {
                None => return None,
                Some(b'&' | b'\\') => return Some(Stop::Escape(at)),
                Some(_) => {}
            }
        }
        // East Asian text: no page has a character from U+3000 to U+DFFF.
        let began = at;
        while let Some(0xE3..=0xED) = bytes.get(at) {
            at += 3;
        }
        if at != began {
            letters[6] = letters[6].saturating_add(((at - began) / 3) as u32);
            continue;
        }
        let (c, length) = character_at(bytes, at)?;
        if c.is_ascii() {
            continue;
        }
        let role = table.role(c);
        // `10Âkm`: an Â behind a digit or a lower-case letter.
        if c == 'Â'
            && at
                .checked_sub(1)
                .and_then(|before| bytes.get(before))
                .is_some_and(|b| !matches!(b, b'A'..=b'Z' | b' ' | 0x80..))
        {
            return Some(Stop::Sequence(at));
        }
        if role.lead != 0 {
            if let Some((next, _)) = character_at(bytes, at + length) {
                // U+FFFD may stand for any byte.
                // Ã, Â and â are looked at with anything behind them that tells of a loss.
                let lost = matches!(c, 'Ã' | 'Â' | 'â') && !traits(next).is_letter() || next == '\u{FFFD}';
                if role.lead & table.role(next).continuation != 0 || lost {
                    return Some(Stop::Sequence(at));
                }
            }
        }
        if ('\u{80}'..='\u{9f}').contains(&c) {
            return Some(Stop::Control(at));
        }
        let traits = traits(c);
        letters[traits.script as usize] = letters[traits.script as usize].saturating_add(1);
        at += length;
    }
}
