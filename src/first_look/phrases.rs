//! [`Phrases`]: whether one of many phrases stands somewhere in a text. Owns the search; must not know what the phrases say.
//!
//! The table takes next to nothing to make: it is made at each start, and asked about the few texts that a look at their stems lets
//! pass.

/// How many bytes at the beginning of a phrase it is looked up by: none is shorter.
pub(super) const KEY: usize = 4;
/// How many bits the filter has.
const BITS: usize = 1 << 14;

/// Phrases by their first four bytes.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Which keys there may be.
    filter: Box<[u64; BITS / 64]>,
    /// Ascending by key.
    phrases: Vec<(u32, &'static str)>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self { filter: Box::new([0; BITS / 64]), phrases: Vec::new() }
    }
}

impl Phrases {
    /// The table of `list`. What is shorter than four bytes is found nowhere.
    pub fn new(list: &[&'static str]) -> Self {
        let keyed = list.iter().filter_map(|phrase| Some((key(phrase.as_bytes().first_chunk()?), *phrase)));
        let mut table = Self { phrases: keyed.collect(), ..Self::default() };
        table.phrases.sort_unstable_by_key(|(key, _)| *key);
        for (key, _) in &table.phrases {
            let (slot, bit) = place(*key);
            table.filter[slot] |= bit;
        }
        table
    }

    /// Whether one of them is in `text`.
    pub fn are_any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.windows(KEY).enumerate().any(|(at, window)| {
            let Some(key) = window.first_chunk().map(key) else { return false };
            let (slot, bit) = place(key);
            self.filter[slot] & bit != 0 && self.begin(key, &bytes[at..])
        })
    }

    /// Whether `rest`, which has this key, begins with one of them.
    fn begin(&self, key: u32, rest: &[u8]) -> bool {
        let from = self.phrases.partition_point(|(other, _)| *other < key);
        let same = self.phrases.get(from..).unwrap_or_default().iter().take_while(|(other, _)| *other == key);
        same.into_iter().any(|(_, phrase)| rest.starts_with(phrase.as_bytes()))
    }
}

fn key(bytes: &[u8; KEY]) -> u32 {
    u32::from_le_bytes(*bytes)
}

/// The bit of a key: which word of the filter, and which of its bits.
#[inline]
fn place(key: u32) -> (usize, u64) {
    let mixed = (key.wrapping_mul(0x9e37_79b1) >> 18) as usize;
    (mixed / 64, 1 << (mixed % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrases_are_found_wherever_they_stand() {
        let phrases = Phrases::new(&["nous utilisons", "nous utiliserons", "куки"]);
        assert!(phrases.are_any_in("ici nous utilisons des témoins"));
        assert!(phrases.are_any_in("мы любим куки"));
        assert!(!phrases.are_any_in("nous utilis") && !phrases.are_any_in("nou") && !phrases.are_any_in(""));
    }

    proptest! {
        #[test]
        fn the_table_says_what_a_plain_search_says(text in "[ab ]{0,30}") {
            let list = ["abba", "abb a", "baaab"];
            prop_assert_eq!(Phrases::new(&list).are_any_in(&text), list.iter().any(|p| text.contains(p)));
        }
    }
}
