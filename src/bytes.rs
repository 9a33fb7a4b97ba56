//! Looks at short texts, such as addresses and names: for these a search that is made for long ones takes longer to begin than to
//! search. Owns no meaning.

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
}
