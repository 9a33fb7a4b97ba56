//! Bytes of short texts, such as addresses and names, and of blocks: many at once, for a search that is made for long texts takes longer
//! to begin than to search. Owns loading and looking; must not know what is looked for.

/// Eight bytes of one.
pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each of eight bytes: set where they are beyond ASCII.
pub(crate) const HIGHEST: u64 = ONES * 0x80;

/// Eight bytes from byte `at` on, the first one lowest; zeros behind the end.
#[inline]
pub(crate) fn eight_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Whether a byte passes a test.
#[inline]
pub(crate) fn any_byte(bytes: &[u8], test: impl Fn(u8) -> bool) -> bool {
    // all of a chunk at once, as vectors
    let in_chunk = |chunk: &[u8; 16]| chunk.iter().fold(0, |any, &b| any | u8::from(test(b))) != 0;
    let (chunks, rest) = bytes.as_chunks();
    if chunks.iter().any(in_chunk) {
        return true;
    }
    match bytes.last_chunk() {
        Some(last) => !rest.is_empty() && in_chunk(last),
        None => rest.iter().any(|&b| test(b)),
    }
}

/// Whether `word`, which is not empty, stands in a text.
#[inline]
pub(crate) fn holds(text: &[u8], word: &[u8]) -> bool {
    let Some(&first) = word.first() else { return true };
    memchr::memchr_iter(first, text).any(|at| text[at..].starts_with(word))
}

/// The value of a hexadecimal digit.
#[inline]
pub(crate) fn hex_digit(byte: u8) -> Option<u8> {
    let value = HEX_DIGITS[usize::from(byte)];
    (value < 16).then_some(value)
}

/// The value of each byte as a hexadecimal digit; 16 of what is none.
const HEX_DIGITS: [u8; 256] = {
    let mut table = [16; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        table[digit as usize] = value as u8;
        table[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        for length in 1..50 {
            let mut bytes = vec![b'a'; length];
            assert!(!any_byte(&bytes, |b| b == b'b'));
            for at in 0..length {
                bytes[at] = b'b';
                assert!(any_byte(&bytes, |b| b == b'b') && holds(&bytes, b"b"), "{length} {at}");
                bytes[at] = b'a';
            }
        }
        assert!(!any_byte(b"", |_| true));
        assert!(holds(b"aaab", b"ab") && !holds(b"aaa", b"ab") && !holds(b"", b"a"));
    }

    #[test]
    fn behind_the_end_are_zeros() {
        let bytes = b"0123456789";
        assert_eq!(eight_at(bytes, 1).to_le_bytes(), *b"12345678");
        assert_eq!(eight_at(bytes, 7).to_le_bytes(), *b"789\0\0\0\0\0");
        assert_eq!((eight_at(bytes, 10), eight_at(bytes, 99)), (0, 0));
    }
}
