//! [`Opening`]: by its first letters it is told that a text is no phrase of the lists, before anything is folded.
//! Owns the table of those letters; must not miss a phrase, and need not be sure of one.

use super::fold::{Folded, fold, is_letter};

/// How many characters of a phrase are looked at.
const LONGEST: u8 = 6;
/// How many slots the table has.
const SLOTS: usize = 1 << 15;

/// Sets of bits by the hash of a phrase's first characters: all of them, or the first six, as
/// [`folded`](super::fold::folded) spells them, from the first letter on.
#[derive(Debug)]
pub(crate) struct Openings(Box<[u32; SLOTS]>);

impl Default for Openings {
    fn default() -> Self {
        Self(Box::new([0; SLOTS]))
    }
}

impl Openings {
    /// Adds the bits of a phrase that is [`folded`](super::fold::folded) already.
    pub fn add_folded(&mut self, phrase: &str, bits: u32) {
        let letters = phrase.chars().skip_while(|c| !is_letter(*c)).take(usize::from(LONGEST));
        let hash = letters.fold(0, with);
        self.0[slot(hash)] |= bits;
    }

    /// Adds the bits of how phrases begin.
    pub fn add(&mut self, phrase: &str, bits: u32) {
        let mut opening = Opening::new(self);
        opening.push(phrase);
        let hash = opening.hash;
        self.0[slot(hash)] |= bits;
    }
}

/// The hash of characters with one more.
#[inline]
fn with(hash: u32, c: char) -> u32 {
    (hash ^ u32::from(c)).wrapping_mul(0x9e37_79b1)
}

/// The slot of a hash: its upper 15 bits.
#[inline]
fn slot(hash: u32) -> usize {
    (hash >> 17) as usize
}

/// What a byte becomes; 255 where the character has more than one.
const FOLDED: [u8; 256] = {
    let mut table = [255; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'\t'..=b'\r' => b' ',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
};

/// The first characters of a text, read as far as they say what it may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'t> {
    table: &'t [u32; SLOTS],
    hash: u32,
    len: u8,
    blank: bool,
    /// The bits of all phrases that the text may begin with.
    bits: u32,
    /// Whether all is of a count such as `1.2k`.
    counts: bool,
}

impl<'t> Opening<'t> {
    /// Of no text yet.
    pub fn new(table: &'t Openings) -> Self {
        Self { table: &table.0, hash: 0, len: 0, blank: false, bits: 0, counts: true }
    }

    /// Whether it has no letter.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether more text says nothing new.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.len >= LONGEST
    }

    /// The bits of all phrases that the text may be, or begin with.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Whether all is of a count such as `1.2k`; of no letter too.
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// Goes on with more text.
    pub fn push(&mut self, text: &str) {
        self.push_part(text, 0, text.len());
    }

    /// Goes on with the bytes `start` to `end` of `text`, which are whole characters.
    pub fn push_part(&mut self, text: &str, start: usize, end: usize) {
        for (at, &byte) in text.as_bytes().get(start..end).unwrap_or_default().iter().enumerate() {
            if self.is_full() {
                return;
            }
            match FOLDED[usize::from(byte)] {
                b' ' => self.blank(),
                255 => return self.push_chars(text.get(start + at..end).unwrap_or_default()),
                c if self.len > 0 || c.is_ascii_alphanumeric() => self.add(char::from(c)),
                _ => {}
            }
        }
    }

    fn push_chars(&mut self, text: &str) {
        for c in text.chars() {
            if self.is_full() {
                return;
            }
            match fold(c) {
                Folded::One(c) if self.len > 0 || is_letter(c) => self.add(c),
                Folded::Blank => self.blank(),
                _ => {}
            }
        }
    }

    /// Goes on with a blank, or with what stands between words.
    #[inline]
    pub fn blank(&mut self) {
        if self.len > 0 && !self.blank && !self.is_full() {
            self.add(' ');
            self.blank = true;
        }
    }

    #[inline]
    fn add(&mut self, c: char) {
        self.hash = with(self.hash, c);
        self.bits |= self.table[slot(self.hash)];
        self.counts &= is_of_a_count(c);
        self.blank = false;
        self.len += 1;
    }
}

/// Whether `c` is of a count such as `1.2k`.
#[inline]
pub(crate) fn is_of_a_count(c: char) -> bool {
    const COUNT: [bool; 128] = {
        let mut set = [false; 128];
        let chars = *b"0123456789., km+";
        let mut at = 0;
        while at < chars.len() {
            set[chars[at] as usize] = true;
            at += 1;
        }
        set
    };
    COUNT.get(c as usize).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_how_the_folded_text_begins() {
        let mut table = Openings::default();
        table.add_folded("don't miss", 2);
        assert_eq!(table.0.iter().filter(|bits| **bits != 0).count(), 1);
        let hash = |text: &str| {
            let mut opening = Opening::new(&table);
            opening.push(text);
            opening.hash
        };
        for (text, opening) in [
            ("  «Also  Read:»", "also r"),
            ("【関連記事】", "関連記事】"),
            ("À lire", "à lire"),
            ("(Don’t miss)", "don't "),
            ("a \u{200b} b", "a b"),
            ("…", ""),
            ("x", "x"),
        ] {
            assert_eq!(hash(text), hash(opening), "{text}");
        }
        assert_ne!(hash("also"), hash("also r"));
        assert_eq!(table.0[slot(hash("(Don’t miss)"))], 2);
    }
}
