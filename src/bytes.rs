//! Eight bytes of a text at once, as one number. Owns loading; must not know what is looked for.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_the_end_are_zeros() {
        let bytes = b"0123456789";
        assert_eq!(eight_at(bytes, 1).to_le_bytes(), *b"12345678");
        assert_eq!(eight_at(bytes, 7).to_le_bytes(), *b"789\0\0\0\0\0");
        assert_eq!((eight_at(bytes, 10), eight_at(bytes, 99)), (0, 0));
    }
}
