//! [`Edge`]: what a list of phrases begins or ends with, to tell at a glance that a text is none of them. Owns the filter;
//! what it lets pass may still be none.

/// The first (or last) two characters of phrases, and the first (or last) words of those of ASCII letters, as bits.
pub(super) struct Edge {
    pairs: [u64; 64],
    words: [u64; 64],
}

impl Default for Edge {
    fn default() -> Self {
        Self { pairs: [0; 64], words: [0; 64] }
    }
}

impl Edge {
    /// Adds how a phrase, folded, begins.
    pub fn add_beginning(&mut self, phrase: &str) {
        self.add_pair(phrase.chars());
        if phrase.is_ascii() {
            self.add_word(first_word(phrase.as_bytes()));
        }
    }

    /// Adds how a phrase, folded, ends.
    pub fn add_ending(&mut self, phrase: &str) {
        self.add_pair(phrase.chars().rev());
        if phrase.is_ascii() {
            self.add_word(last_word(phrase.as_bytes()));
        }
    }

    fn add_pair(&mut self, mut chars: impl Iterator<Item = char>) {
        let Some(first) = chars.next() else { return };
        let (slot, bit) = place_of_pair(first, chars.next().unwrap_or('\0'));
        self.pairs[slot] |= bit;
    }

    fn add_word(&mut self, word: &[u8]) {
        let (slot, bit) = place_of_word(word);
        self.words[slot] |= bit;
    }

    /// Whether one of the phrases may stand at the beginning of `text`, folded. If not `whole`, it may end within a word.
    pub fn may_begin(&self, text: &str, whole: bool) -> bool {
        if !text.is_ascii() {
            return self.may_have_pair(text.chars(), whole);
        }
        let bytes = text.as_bytes();
        let Some(from) = bytes.iter().position(|b| !is_ascii_rim(*b)) else { return false };
        let word = first_word(&bytes[from..]);
        word.is_empty() || !whole && from + word.len() == bytes.len() || self.has_word(word)
    }

    /// Whether one of the phrases may stand at the end of `text`, folded. If not `whole`, it may begin within a word.
    pub fn may_end(&self, text: &str, whole: bool) -> bool {
        if !text.is_ascii() {
            return self.may_have_pair(text.chars().rev(), whole);
        }
        let bytes = text.as_bytes();
        let Some(last) = bytes.iter().rposition(|b| !is_ascii_rim(*b)) else { return false };
        let word = last_word(&bytes[..=last]);
        word.is_empty() || !whole && word.len() == last + 1 || self.has_word(word)
    }

    fn may_have_pair(&self, chars: impl Iterator<Item = char>, whole: bool) -> bool {
        let mut chars = chars.filter(|&c| !is_vowel_mark(c)).skip_while(|&c| is_rim(c));
        let Some(first) = chars.next() else { return false };
        let second = chars.next();
        if second.is_none() && !whole {
            return true;
        }
        let (Some(first), Some(second)) = (small(first), small(second.unwrap_or('\0'))) else {
            return true;
        };
        let has = |first, second| {
            let (slot, bit) = place_of_pair(first, second);
            self.pairs[slot] & bit != 0
        };
        has(first, second) || has(first, '\0')
    }

    fn has_word(&self, word: &[u8]) -> bool {
        let (slot, bit) = place_of_word(word);
        self.words[slot] & bit != 0
    }
}

fn first_word(bytes: &[u8]) -> &[u8] {
    let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    &bytes[..length]
}

fn last_word(bytes: &[u8]) -> &[u8] {
    let length = bytes.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    &bytes[bytes.len() - length..]
}

fn place_of_pair(first: char, second: char) -> (usize, u64) {
    let mixed = (u32::from(first).wrapping_mul(0x9e37) ^ u32::from(second)).wrapping_mul(0x9e37_79b1) >> 20;
    (mixed as usize >> 6, 1 << (mixed & 63))
}

/// The same for both cases of a letter.
fn place_of_word(word: &[u8]) -> (usize, u64) {
    let mix = |hash: u32, byte: &u8| (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193);
    let mixed = word.iter().fold(0x811c_9dc5, mix).wrapping_mul(0x9e37_79b1) >> 20;
    (mixed as usize >> 6, 1 << (mixed & 63))
}

/// A character as a folded text has it, if one comes of it.
fn small(c: char) -> Option<char> {
    match c {
        'a'..='z' => Some(c),
        '’' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        c if c.is_uppercase() => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.next().is_none())
        }
        c => Some(c),
    }
}

/// The marks that Arabic and Hebrew may be written with or without, and the stroke that stretches Arabic words.
pub(super) fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

fn is_ascii_rim(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric() && byte != b'%'
}

/// What does not count at the ends of a label or a call.
pub(super) fn is_rim(c: char) -> bool {
    !c.is_alphanumeric() && c != '%' && !is_combining_mark(c)
}

/// Vowel signs and other marks of Indic and other scripts that `char::is_alphanumeric` leaves out.
pub(crate) fn is_combining_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0xdff | 0xe31..=0xe4e)
}
