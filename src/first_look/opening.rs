//! [`Opening`]: by its first letters it is told that a text is no phrase of the lists, before anything is folded.
//! Owns the table of those letters; must not miss a phrase, and need not be sure of one.

use super::fold::{Folded, fold, is_letter};

/// How many characters of a phrase are looked at.
const LONGEST: u8 = 6;
/// How many slots the table has: four times as many as there are openings, at least.
const SLOTS: usize = 1 << 14;

/// Sets of bits by a phrase's first characters: all of them, or the first six, as
/// [`folded`](super::fold::folded) spells them, from the first letter on.
#[derive(Debug)]
pub(crate) struct Openings(Box<[(u32, u32); SLOTS]>);

impl Default for Openings {
    fn default() -> Self {
        Self(Box::new([(0, 0); SLOTS]))
    }
}

impl Openings {
    /// Adds the bits of a phrase that is [`folded`](super::fold::folded) already. If it has less than six characters, no letter of
    /// ASCII goes on behind it.
    pub fn add_folded(&mut self, phrase: &str, bits: u32) {
        let letters = phrase.chars().skip_while(|c| !is_letter(*c)).take(usize::from(LONGEST));
        self.add_key(letters.zip(0..).fold(0, |key, (c, place)| with(key, c, place)), bits);
    }

    /// Adds the bits of how phrases begin; what has less than six characters ends with a word.
    pub fn add(&mut self, phrase: &str, bits: u32) {
        let mut opening = Opening::new(self);
        opening.push(phrase);
        let key = opening.key;
        self.add_key(key, bits);
    }

    fn add_key(&mut self, key: u64, bits: u32) {
        let (mut at, check) = place(key);
        // one slot stays empty, so that every search ends
        for _ in 1..SLOTS {
            let (known, set) = &mut self.0[at];
            if *set == 0 || *known == check {
                *known = check;
                *set |= bits;
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The bits of first characters.
    #[inline]
    fn of(&self, key: u64) -> u32 {
        let (mut at, check) = place(key);
        loop {
            let (known, bits) = self.0[at];
            if bits == 0 || known == check {
                return bits;
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// The key of characters with the one behind them, the `place`th: their sum, each eight bits above the one before it. Those of ASCII
/// stay apart.
#[inline]
fn with(key: u64, c: char, place: u8) -> u64 {
    key.wrapping_add(u64::from(c) << (8 * place))
}

/// Where the search for a key begins, and what is compared.
#[inline]
fn place(key: u64) -> (usize, u32) {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 50) as usize, (mixed >> 19) as u32)
}

/// What a byte becomes: a letter or digit in lower case, or one of the following.
const FOLDED: [u8; 256] = {
    let mut table = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => BLANK,
            letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
            _ => SIGN,
        };
        byte += 1;
    }
    table
};
const BLANK: u8 = b' ';
/// What stays as it is, and begins nothing.
const SIGN: u8 = 0;
/// What may become several characters.
const BEYOND_ASCII: u8 = 255;

/// The first characters of a text, read as far as they say what it may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'t> {
    table: &'t Openings,
    key: u64,
    len: u8,
    blank: bool,
    /// The bits of all phrases that the text may begin with, as far as they end before its last word.
    bits: u32,
    /// Whether all is of a count such as `1.2k`.
    counts: bool,
}

impl<'t> Opening<'t> {
    /// Of no text yet.
    #[inline]
    pub fn new(table: &'t Openings) -> Self {
        Self { table, key: 0, len: 0, blank: false, bits: 0, counts: true }
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
    #[inline]
    pub fn bits(&self) -> u32 {
        if self.is_empty() { 0 } else { self.bits | self.table.of(self.key) }
    }

    /// Whether all is of a count such as `1.2k`; of no letter too.
    #[inline]
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// Goes on with more text.
    pub fn push(&mut self, text: &str) {
        self.push_part(text, 0, text.len());
    }

    /// Goes on with the bytes `start` to `end` of `text`, which are whole characters.
    pub fn push_part(&mut self, text: &str, start: usize, end: usize) {
        let bytes = text.as_bytes().get(start..end).unwrap_or_default();
        if self.len == 0
            && let Some(plain) = bytes.first_chunk().and_then(Plain::of)
        {
            return self.begin(&plain);
        }
        let mut at = 0;
        while !self.is_full()
            && let Some(&byte) = bytes.get(at)
        {
            match FOLDED[usize::from(byte)] {
                BLANK => self.blank(),
                BEYOND_ASCII => return self.push_chars(text.get(start + at..end).unwrap_or_default()),
                SIGN if self.len == 0 => {}
                SIGN => self.add(char::from(byte)),
                letter => self.add_letter(char::from(letter)),
            }
            at += 1;
        }
    }

    /// All of the opening, in six characters.
    fn begin(&mut self, plain: &Plain) {
        self.key = plain.key;
        self.len = LONGEST;
        self.counts = false;
        let mut blanks = plain.blanks;
        while blanks != 0 {
            let below = blanks & blanks.wrapping_neg();
            // phrases that end before it, and how others begin
            for part in [(below >> 7) - 1, (below << 1) - 1] {
                self.bits |= self.table.of(plain.key & part);
            }
            blanks &= blanks - 1;
        }
    }

    fn push_chars(&mut self, text: &str) {
        for c in text.chars() {
            if self.is_full() {
                return;
            }
            match fold(c) {
                Folded::One(c) if c.is_ascii_alphanumeric() => self.add_letter(c),
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

    /// Goes on with a letter or digit of ASCII: the word before it goes on.
    #[inline]
    fn add_letter(&mut self, c: char) {
        self.key = with(self.key, c, self.len);
        self.counts &= is_of_a_count(c);
        self.blank = false;
        self.len += 1;
    }

    /// Goes on with something else: a phrase may end before it, and with it.
    fn add(&mut self, c: char) {
        self.bits |= self.table.of(self.key);
        self.add_letter(c);
        self.bits |= self.table.of(self.key);
    }
}

/// Six characters that are nothing but letters and digits of ASCII with single blanks between them, and of no count: most texts begin
/// so. Eight bytes are looked at at once.
struct Plain {
    /// The key of the characters, in lower case.
    key: u64,
    /// The highest bit of each byte of the key that is a blank.
    blanks: u64,
}

impl Plain {
    /// The first six of `eight` bytes, if they are so.
    #[inline]
    fn of(eight: &[u8; 8]) -> Option<Self> {
        const ONES: u64 = 0x0000_0101_0101_0101;
        const HIGHEST: u64 = ONES * 0x80;
        const BLANKS: u64 = ONES * b' ' as u64;
        let written = u64::from_le_bytes(*eight) & (ONES * 0xff);
        if written & HIGHEST != 0 {
            return None;
        }
        // now no sum of two bytes carries over
        let from = |bytes: u64, least: u8| bytes + ONES * u64::from(0x80 - least);
        let key = written | BLANKS;
        let letters = from(key, b'a') & !from(key, b'z' + 1);
        let digits = from(written, b'0') & !from(written, b'9' + 1);
        let blanks = !((written ^ BLANKS) + ONES * 0x7f) & HIGHEST;
        let is_plain = (letters | digits | blanks) & HIGHEST == HIGHEST;
        let is_apart = (blanks << 8 | 0x80) & blanks == 0;
        (is_plain && is_apart && !is_of_a_count(char::from(key as u8))).then_some(Self { key, blanks })
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
    c.is_ascii() && COUNT[c as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_opening_is_how_the_folded_text_begins() {
        let mut table = Openings::default();
        table.add_folded("don't miss", 2);
        assert_eq!(table.0.iter().filter(|slot| slot.1 != 0).count(), 1);
        let key = |text: &str| {
            let mut opening = Opening::new(&table);
            opening.push(text);
            opening.key
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
            assert_eq!(key(text), key(opening), "{text}");
        }
        assert_ne!(key("also"), key("also r"));
        assert_eq!(table.of(key("(Don’t miss)")), 2);
    }

    proptest! {
        #[test]
        fn eight_bytes_at_once_say_what_one_by_one_say(text in "[ -~]{8,10}|[A-Za-z0-9 ]{8,10}|\\PC{8}") {
            let mut table = Openings::default();
            for (number, phrase) in ["a", "ab", "b c", "to a"].into_iter().enumerate() {
                table.add_folded(phrase, 1 << number);
            }
            let (mut whole, mut parts) = (Opening::new(&table), Opening::new(&table));
            whole.push(&text);
            text.chars().for_each(|c| parts.push(c.encode_utf8(&mut [0; 4])));
            prop_assert_eq!(whole.key, parts.key);
            prop_assert_eq!(whole.bits(), parts.bits());
            prop_assert_eq!(whole.counts(), parts.counts());
        }
    }

    #[test]
    fn a_short_phrase_ends_with_its_word() {
        let mut table = Openings::default();
        table.add_folded("by", 1);
        table.add_folded("via", 2);
        table.add_folded("分享", 4);
        table.add("am ", 8);
        let bits = |text: &str| {
            let mut opening = Opening::new(&table);
            opening.push(text);
            opening.bits()
        };
        for (text, expected) in [
            ("by", 1),
            ("By: me", 1),
            ("bytes", 0),
            ("by bytes", 1),
            ("viaduct", 0),
            ("— via", 2),
            ("分享到微博", 4),
            ("am 3. Mai", 8),
            ("amber", 0),
            ("", 0),
        ] {
            assert_eq!(bits(text), expected, "{text}");
        }
    }
}
