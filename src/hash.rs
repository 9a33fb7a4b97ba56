//! Hashes for the crate's own look-ups: quick on short strings. Owns mixing; they are no defence against chosen keys, so a table that
//! a stranger's text fills compares what it finds and stays bounded by the text.

use std::hash::{BuildHasherDefault, Hasher};

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of `bytes`, eight at a time.
#[inline]
pub(crate) fn hash_of(bytes: &[u8]) -> u64 {
    let mut state = Mixer::default();
    state.write(bytes);
    state.finish()
}

/// Multiplies and folds: the hasher of [`Quick`] tables.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixer(u64);

impl Mixer {
    #[inline]
    fn mix(&mut self, word: u64) {
        // both halves of the product, so that every bit of the word tells in every bit of the hash
        let product = u128::from(self.0.rotate_left(23) ^ word) * u128::from(FACTOR);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for Mixer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0_u8; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
        }
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// Builds [`Mixer`]s: for `HashMap` and `HashSet`.
pub(crate) type Quick = BuildHasherDefault<Mixer>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_have_different_hashes() {
        let mut seen = std::collections::HashSet::new();
        for length in 0..24 {
            for letter in b'a'..=b'z' {
                let mut word = vec![b'x'; length];
                word.push(letter);
                assert!(seen.insert(hash_of(&word)), "{word:?}");
            }
        }
        assert_eq!(hash_of(b"https://a.example/"), hash_of(b"https://a.example/"));
    }

    #[test]
    fn the_lower_bits_tell_words_apart() {
        let place = |n: u32| hash_of(format!("https://www.example.org/page-{n}").as_bytes()) % 1024;
        let places: std::collections::HashSet<u64> = (0..500).map(place).collect();
        assert!(places.len() > 350, "{}", places.len());
    }
}
