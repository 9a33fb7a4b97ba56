//! Bytes to text. Owns the choice of encoding; must not guess: what is neither UTF-8 nor UTF-16 with a byte order mark is an error.

use crate::error::DecodeError;
use std::borrow::Cow;

/// The text of `bytes`. A UTF-8 byte order mark stays the first character; UTF-16 (with its mark) becomes UTF-8 without one.
///
/// # Errors
/// [`DecodeError`] with the offset of the first byte that is not part of a character.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| DecodeError { offset: e.valid_up_to() })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, DecodeError> {
    let mut out = String::with_capacity(bytes.len());
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let mut offset = 2;
    for c in char::decode_utf16(pairs.map(|p| unit([p[0], p[1]]))) {
        let c = c.map_err(|_| DecodeError { offset })?;
        offset += c.len_utf16() * 2;
        out.push(c);
    }
    if odd { Err(DecodeError { offset: bytes.len() + 1 }) } else { Ok(Cow::Owned(out)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_keeps_its_mark_and_utf16_loses_it() {
        assert_eq!(decode("\u{feff}a".as_bytes()).unwrap(), "\u{feff}a");
        assert_eq!(decode(b"\xff\xfea\0\xe9\0").unwrap(), "aé");
        assert_eq!(decode(b"\xfe\xff\0a\0\xe9").unwrap(), "aé");
    }

    #[test]
    fn the_offset_names_the_byte() {
        assert_eq!(decode(b"abc\xff").unwrap_err().offset, 3);
        assert_eq!(decode(b"\xff\xfea\0\x00\xd8b\0").unwrap_err().offset, 4);
        assert_eq!(decode(b"\xff\xfea\0b").unwrap_err().offset, 4);
    }
}
