//! Hash tables for host suffixes and words. Own the look-up; must not know what stands behind a number they give.

use std::borrow::Cow;

const OFFSET: u32 = 0x811c_9dc5;

/// One step of FNV-1a. Setting one bit makes the two cases of a letter one; what else becomes one is told by comparing.
#[inline]
const fn mixed(hash: u32, byte: u8) -> u32 {
    (hash ^ (byte | 0x20) as u32).wrapping_mul(0x0100_0193)
}

/// The slot that FNV's hash, whose low bits are its best, belongs to.
#[inline]
const fn slot(hash: u32, mask: usize) -> usize {
    (hash ^ (hash >> 15)) as usize & mask
}

/// The hash of a host's suffix, given that of the labels behind its first one. Setting one bit of each byte makes the two cases of a
/// letter one.
fn with_label(hash: u32, label: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(FACTOR);
        product as u64 ^ (product >> 64) as u64
    };
    let (words, rest) = label.as_chunks::<8>();
    let lower = |word: [u8; 8]| u64::from_le_bytes(word) | 0x2020_2020_2020_2020;
    let state = words.iter().fold(u64::from(hash).rotate_left(20), |state, word| mix(state, lower(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(state, lower(last) ^ (rest.len() as u64) << 56) as u32
}

/// The labels of a host with their places, the last one first.
fn labels_from_end(host: &str) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = host.as_bytes();
    let mut end = Some(bytes.len());
    std::iter::from_fn(move || {
        let to = end?;
        let dot = bytes[..to].iter().rposition(|&b| b == b'.');
        end = dot;
        let from = dot.map_or(0, |dot| dot + 1);
        Some((from, &bytes[from..to]))
    })
}

/// Words, looked up without regard to case; each has the number that `push` gave it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordTable {
    words: Vec<(u32, Cow<'static, str>)>,
    /// Numbers of words plus one; 0 is free. Its length is a power of two, at least twice the number of words.
    slots: Vec<u32>,
}

impl WordTable {
    /// Adds `word`, or finds it, and gives its number. Numbers count up from 0.
    pub fn number(&mut self, word: impl Into<Cow<'static, str>>) -> usize {
        let word = word.into();
        let hash = word.bytes().fold(OFFSET, mixed);
        self.insert(hash, word)
    }

    fn insert(&mut self, hash: u32, word: Cow<'static, str>) -> usize {
        if let Some(number) = self.find(hash, |known| known.eq_ignore_ascii_case(&word)) {
            return number;
        }
        self.words.push((hash, word));
        if self.slots.len() < self.words.len() * 2 {
            let size = (self.words.len() * 4).next_power_of_two().max(16);
            self.slots.clear();
            self.slots.resize(size, 0);
            for number in 0..self.words.len() {
                self.place(number);
            }
        } else {
            self.place(self.words.len() - 1);
        }
        self.words.len() - 1
    }

    fn place(&mut self, number: usize) {
        let mask = self.slots.len() - 1;
        let mut at = slot(self.words[number].0, mask);
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number as u32 + 1;
    }

    #[inline]
    fn find(&self, hash: u32, same: impl Fn(&str) -> bool) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = slot(hash, mask);
        loop {
            let number = (self.slots[at] as usize).checked_sub(1)?;
            let (its, word) = &self.words[number];
            if *its == hash && same(word) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of `word`, if it is known.
    #[inline]
    pub fn get(&self, word: &str) -> Option<usize> {
        self.find(word.bytes().fold(OFFSET, mixed), |known| known.eq_ignore_ascii_case(word))
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Host suffixes of whole labels: `example.org` holds for itself and for `a.b.example.org`; `example.*` for the same
/// under every public suffix (`example.de`, `www.example.co.uk`).
#[derive(Clone, Debug, Default)]
pub(crate) struct HostTable {
    words: WordTable,
    /// By number, whether the suffix was asked for: `name.*` on the way to `a.name.*` was not.
    wanted: Vec<bool>,
}

/// The numbers of the suffixes that hold for a host, the longest last.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HostMatches {
    /// Numbers, and where in the host their suffixes begin.
    found: [(u32, u32); 6],
    len: usize,
}

impl HostMatches {
    /// Adds a suffix that begins at byte `start` of the host.
    fn push(&mut self, number: usize, start: usize) {
        if self.len == self.found.len() {
            return;
        }
        let longer = |&(_, its): &(u32, u32)| (its as usize) < start;
        let place = self.found[..self.len].iter().position(longer).unwrap_or(self.len);
        self.found.copy_within(place..self.len, place + 1);
        self.found[place] = (number as u32, start.min(u32::MAX as usize) as u32);
        self.len += 1;
    }

    /// The longest suffix first.
    pub fn longest_first(&self) -> impl Iterator<Item = usize> + '_ {
        self.found[..self.len].iter().rev().map(|&(number, _)| number as usize)
    }

    /// Whether no suffix holds.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl HostTable {
    /// Adds a suffix, or finds it, and gives its number.
    pub fn number(&mut self, host: impl Into<Cow<'static, str>>) -> usize {
        let host = host.into();
        // The look-up of `a.name.*` goes over `name.*`.
        if host.ends_with(".*") {
            for (dot, _) in host.match_indices('.').filter(|&(dot, _)| &host[dot..] != ".*") {
                self.insert(host[dot + 1..].to_owned().into());
            }
        }
        let number = self.insert(host);
        if let Some(wanted) = self.wanted.get_mut(number) {
            *wanted = true;
        }
        number
    }

    fn insert(&mut self, host: Cow<'static, str>) -> usize {
        let hash = host.rsplit('.').fold(OFFSET, |hash, label| with_label(hash, label.as_bytes()));
        let number = self.words.insert(hash, host);
        self.wanted.resize(self.words.len(), false);
        number
    }

    /// How many suffixes there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The suffixes that hold for `host` (no port, no final dot). `suffix_start` is where its public suffix begins.
    #[inline]
    pub fn matches(&self, host: &str, suffix_start: usize) -> HostMatches {
        if self.words.is_empty() { HostMatches::default() } else { self.found_in(host, suffix_start) }
    }

    fn found_in(&self, host: &str, suffix_start: usize) -> HostMatches {
        let mut found = HostMatches::default();
        let mut hash = OFFSET;
        for (at, label) in labels_from_end(host) {
            hash = with_label(hash, label);
            if let Some(number) = self.words.find(hash, |known| known.eq_ignore_ascii_case(&host[at..])) {
                found.push(number, at);
            }
        }
        let mut hash = with_label(OFFSET, b"*");
        // a host of one label has no name before its suffix
        let name = host.get(..suffix_start.saturating_sub(1)).filter(|name| !name.is_empty());
        for (at, label) in name.into_iter().flat_map(labels_from_end) {
            hash = with_label(hash, label);
            let same = |known: &str| {
                known.strip_suffix('*').is_some_and(|name| name.eq_ignore_ascii_case(&host[at..suffix_start]))
            };
            match self.words.find(hash, same) {
                Some(number) if self.wanted[number] => found.push(number, at),
                Some(_) => {}
                None => break,
            }
        }
        found
    }
}

/// Where the public suffix of `host` begins: after `example.` in `www.example.co.uk`. By shape, without a list: a
/// country's label and before it a label of one of the usual kinds (`co`, `com`, `net`, `org`, …).
pub(crate) fn public_suffix_start(host: &str) -> usize {
    let dot_before = |end: usize| host.as_bytes()[..end].iter().rposition(|&b| b == b'.');
    let Some(last) = dot_before(host.len()) else { return 0 };
    let before = dot_before(last);
    let second = &host[before.map_or(0, |at| at + 1)..last];
    let country = host.len() - last == 3;
    if country
        && let Some(before) = before
        && ["co", "com", "net", "org", "or", "ne", "ac", "edu", "gov", "go", "gob"]
            .iter()
            .any(|kind| kind.eq_ignore_ascii_case(second))
    {
        before + 1
    } else {
        last + 1
    }
}

/// Where the site's name begins: at `example` in `www.example.co.uk`, whose public suffix begins at `suffix_start`.
pub(crate) fn site_start(host: &str, suffix_start: usize) -> usize {
    let name_end = suffix_start.saturating_sub(1).min(host.len());
    host.as_bytes()[..name_end].iter().rposition(|&b| b == b'.').map_or(0, |dot| dot + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(table: &HostTable, host: &str) -> Vec<usize> {
        table.matches(host, public_suffix_start(host)).longest_first().collect()
    }

    #[test]
    fn hosts_match_by_whole_labels() {
        let mut table = HostTable::default();
        for host in ["sjv.io", "amazon.*", "rover.ebay.com", "ebay.*", "ads.amazon.com"] {
            table.number(host);
        }
        assert_eq!(table.len(), 5);
        assert_eq!(found(&table, "brand.SJV.io"), [0]);
        assert_eq!(found(&table, "notsjv.io"), [] as [usize; 0]);
        assert_eq!(found(&table, "www.amazon.co.uk"), [1]);
        assert_eq!(found(&table, "amazon.de"), [1]);
        assert_eq!(found(&table, "amazon.com.br"), [1]);
        assert_eq!(found(&table, "amazon.example.com"), [] as [usize; 0]);
        assert_eq!(found(&table, "rover.ebay.com"), [2, 3]);
        assert_eq!(found(&table, "x.ads.amazon.com"), [4, 1]);
        let number = table.number("c.lazada.*");
        assert_eq!(found(&table, "c.lazada.co.id"), [number]);
        assert_eq!(found(&table, "s.c.lazada.sg"), [number]);
        assert_eq!(found(&table, "lazada.sg"), [] as [usize; 0]);
        assert_eq!(found(&table, ""), [] as [usize; 0]);
        assert_eq!(found(&table, "..."), [] as [usize; 0]);
    }

    #[test]
    fn words_grow() {
        let mut table = WordTable::default();
        let words: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        for word in &words {
            table.number(word.clone());
        }
        assert_eq!(table.number("WORD7"), 7);
        assert!(words.iter().enumerate().all(|(n, word)| table.get(word) == Some(n)));
        assert_eq!(table.get("word500"), None);
        assert_eq!((table.len(), table.is_empty()), (500, false));
    }

    #[test]
    fn public_suffixes() {
        for (host, suffix) in [
            ("www.example.co.uk", "co.uk"),
            ("example.com", "com"),
            ("t.co", "co"),
            ("co.uk", "uk"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(&host[public_suffix_start(host)..], suffix);
        }
    }
}
