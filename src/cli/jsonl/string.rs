//! Strings of JSON. Owns escaping and its way back; in long strides, for texts are long and most of their bytes stand for themselves.

use std::borrow::Cow;
use std::io::Write;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many of the first bytes stand for themselves in a JSON string.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let (quote, backslash) = (word ^ (LOW * 0x22), word ^ (LOW * 0x5c));
        // the lowest marked byte is right; those above it may not be
        let marked = (word.wrapping_sub(LOW * 0x20) & !word
            | quote.wrapping_sub(LOW) & !quote
            | backslash.wrapping_sub(LOW) & !backslash)
            & HIGH;
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
    let Some(mut at) = memchr::memchr(b'\\', written.as_bytes()) else { return Ok(written.into()) };
    let mut out = String::with_capacity(written.len());
    let mut copied = 0;
    loop {
        out.push_str(written.get(copied..at).unwrap_or(""));
        let (character, length) = match written.as_bytes().get(at + 1) {
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'u') => decode_unicode(written, at)
                .ok_or_else(|| format!("half of a surrogate pair at byte {at} of the string"))?,
            Some(&other) => (char::from(other), 2),
            None => break,
        };
        out.push(character);
        copied = at + length;
        let rest = written.as_bytes().get(copied..).unwrap_or(&[]);
        match memchr::memchr(b'\\', rest) {
            Some(next) => at = copied + next,
            None => break,
        }
    }
    out.push_str(written.get(copied..).unwrap_or(""));
    Ok(out.into())
}

/// The character of a `\uXXXX`, or of two that make a pair, and how many bytes they take.
fn decode_unicode(written: &str, at: usize) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = written.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let first = unit(at)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = unit(at + 6).filter(|s| (0xdc00..0xe000).contains(s))?;
    Some((char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?, 12))
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
