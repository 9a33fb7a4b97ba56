//! Strings of JSON. Owns escaping and its way back; in long strides, for texts are long and most of their bytes stand for themselves.

use crate::bytes::{HIGHEST, ONES, hex_digit};
use std::borrow::Cow;
use std::io::Write;

/// How many of the first bytes stand for themselves in a JSON string.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let (quote, backslash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
        // the lowest marked byte is right; those above it may not be
        let marked = (word.wrapping_sub(ONES * 0x20) & !word
            | quote.wrapping_sub(ONES) & !quote
            | backslash.wrapping_sub(ONES) & !backslash)
            & HIGHEST;
        if marked != 0 {
            return index * 8 + marked.trailing_zeros() as usize / 8;
        }
    }
    let plain = rest.iter().take_while(|b| !matches!(b, 0..=0x1f | b'"' | b'\\')).count();
    words.len() * 8 + plain
}

/// Appends `text` as a JSON string, quotes included.
pub(super) fn push_string(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + text.len() / 16 + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, after) = rest.split_at(plain_length(rest));
        out.extend_from_slice(plain);
        let Some((&byte, after)) = after.split_first() else { break };
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            8 => b'b',
            12 => b'f',
            _ => {
                // a Vec takes every write
                let _ = write!(out, "\\u{byte:04x}");
                rest = after;
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
        rest = after;
    }
    out.push(b'"');
}

/// What a JSON string says, `written` being what stands between its quotes in valid JSON.
///
/// # Errors
/// Half of a surrogate pair: no text holds it. Says at which byte of `written`.
pub(super) fn decode_string(written: &str) -> Result<Cow<'_, str>, String> {
    let mut plain = length_to_backslash(written.as_bytes());
    if plain == written.len() {
        return Ok(written.into());
    }
    // what is said is no longer than what is written
    let mut said = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, escape)) = rest.split_at_checked(plain) {
        said.push_str(before);
        let Some(&code) = escape.as_bytes().get(1) else { break };
        let (character, length) = match code {
            b'n' => ('\n', 2),
            b'r' => ('\r', 2),
            b't' => ('\t', 2),
            b'b' => ('\u{8}', 2),
            b'f' => ('\u{c}', 2),
            b'u' => decode_unicode(escape.as_bytes()).ok_or_else(|| {
                format!("half of a surrogate pair at byte {} of the string", written.len() - escape.len())
            })?,
            other => (char::from(other), 2),
        };
        said.push(character);
        rest = escape.get(length..).unwrap_or_default();
        plain = length_to_backslash(rest.as_bytes());
    }
    Ok(said.into())
}

/// How many bytes stand before the first backslash.
fn length_to_backslash(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let other = u64::from_le_bytes(*word) ^ (ONES * 0x5c);
        let marked = other.wrapping_sub(ONES) & !other & HIGHEST;
        if marked != 0 {
            return index * 8 + marked.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8 + rest.iter().take_while(|b| **b != b'\\').count()
}

/// The character of a `\uXXXX` that `written` begins with, or of two that make a pair, and how many bytes they take.
fn decode_unicode(written: &[u8]) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let [b'\\', b'u', digits @ ..] = written.get(at..at + 6)? else { return None };
        digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | u32::from(hex_digit(*digit)?)))
    };
    let first = unit(0)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = unit(6).filter(|s| (0xdc00..0xe000).contains(s))?;
    Some((char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?, 12))
}

/// Appends a number.
pub(super) fn push_number(out: &mut Vec<u8>, number: usize) {
    let (first, mut rest) = (out.len(), number);
    loop {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.get_mut(first..).unwrap_or_default().reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_are_refused() {
        for written in [r"\ud800", r"a\udc00", r"\ud800\ud800", r"\ud83dx", r"\ud83d\n"] {
            assert!(decode_string(written).is_err(), "{written}");
        }
        assert_eq!(decode_string(r"\ud83d\ude00\u0000").unwrap(), "😀\0");
    }

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 7, 10, 1234, usize::MAX] {
            let mut out = Vec::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string().as_bytes());
        }
    }

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_string_comes_back_and_is_spelled_as_serde_json_does(text in "(?s)[\u{0}-\u{7f}é\"\\\\\n]{0,60}|.{0,60}") {
            let mut out = Vec::new();
            push_string(&mut out, &text);
            let written = String::from_utf8(out).unwrap();
            prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(decode_string(&written[1..written.len() - 1]).unwrap(), text.as_str());
        }

        #[test]
        fn whatever_serde_json_reads_is_read_the_same(inner in "(\\\\([\"\\\\/bfnrt]|u[0-9a-fD]{4}|ud83d\\\\ude0[0-9])|[a-zé])*") {
            if let Ok(read) = serde_json::from_str::<String>(&format!("\"{inner}\"")) {
                prop_assert_eq!(decode_string(&inner).unwrap(), read);
            } else {
                prop_assert!(decode_string(&inner).is_err());
            }
        }
    }
}
