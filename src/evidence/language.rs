//! [`Language`]: which language a document is written in, as its function words tell.
//! Owns the reading of `language_words.toml`; must not judge damage. It is used to know words that were glued and the typography of French.

use crate::data::{LANGUAGE_WORDS, for_each_listed};
use crate::document::{Document, Flags, Kind};
use std::sync::LazyLock;

/// How many words of a document are looked at.
const SAMPLE: usize = 600;

/// Whether French has a letter, in lower case.
pub(crate) fn is_french_letter(letter: char) -> bool {
    letter.is_ascii()
        || matches!(
            letter,
            'à' | 'â'
                | 'æ'
                | 'ç'
                | 'é'
                | 'è'
                | 'ê'
                | 'ë'
                | 'î'
                | 'ï'
                | 'ô'
                | 'œ'
                | 'ù'
                | 'û'
                | 'ü'
                | 'ÿ'
        )
}

/// Whether a letter, small or capital, is none of French.
#[inline]
fn is_foreign(letter: char) -> bool {
    if is_small_beyond_ascii(letter) {
        return !is_french_letter(letter);
    }
    letter.to_lowercase().any(|small| !is_french_letter(small))
}

/// Whether a letter beyond ASCII is small, or of a script without capitals, as most are: no table has to be asked.
#[inline]
fn is_small_beyond_ascii(letter: char) -> bool {
    matches!(letter,
        'ß'..='ö'
        | 'ø'..='ÿ'
        | 'а'..='џ'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// What `language_words.toml` says.
#[derive(Default)]
struct Lists {
    /// The ISO 639-1 codes of the languages; the place of each is the number of its bit.
    codes: Vec<&'static str>,
    /// The hashes of function words to the languages that have them, as bits: half of the places at least are empty.
    by_word: Vec<(u64, u64)>,
    /// Function words that are also endings, by the code of their language.
    endings: Vec<(&'static str, &'static str)>,
    /// Letters that one language alone has, ascending, with the number of its bit.
    letters: Vec<(char, usize)>,
    /// Function words that also begin longer words.
    prefixes: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists { by_word: vec![(0, 0); SLOTS], ..Lists::default() };
    for_each_listed(LANGUAGE_WORDS, |name, words| match name.split_once('-') {
        Some((code, "letters")) => {
            if let Some(index) = lists.index(code) {
                lists.letters.extend(words.chars().filter(|c| *c != ' ').map(|c| (c, index)));
            }
        }
        Some((code, _)) => lists.endings.push((code, words)),
        None if name == "prefixes" => lists.prefixes.extend(words.split(' ')),
        None => lists.add(name, words),
    });
    lists.letters.sort_unstable();
    lists
});

impl Lists {
    /// Adds function words of a language; those of one follow each other.
    fn add(&mut self, code: &'static str, words: &str) {
        if self.codes.last() != Some(&code) {
            self.codes.push(code);
        }
        let own = 1 << (self.codes.len() - 1);
        for word in words.split(' ') {
            let hash = hash(word);
            let mut at = hash as usize % SLOTS;
            while self.by_word.get(at).is_some_and(|slot| slot.1 != 0 && slot.0 != hash) {
                at = (at + 1) % SLOTS;
            }
            if let Some(slot) = self.by_word.get_mut(at) {
                *slot = (hash, slot.1 | own);
            }
        }
    }

    /// The number of the bit of the one language that has a letter.
    fn owner(&self, letter: char) -> Option<usize> {
        let found = self.letters.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
        self.letters.get(found).map(|(_, index)| *index)
    }

    /// The number of the bit of a language.
    fn index(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| *known == code)
    }
}

/// The most languages, for a bit each.
const MOST: usize = u64::BITS as usize;

/// How many places the table of words has.
const SLOTS: usize = 4096;

/// Builds the table of words, so that no text has to wait for it.
pub(crate) fn prepare() {
    LazyLock::force(&LISTS);
}

/// A number that tells words apart, in lower case and capitals the same (FNV-1a, 64 bits: two of a text's words share one by chance
/// once in 10^14 texts).
fn hash(word: &str) -> u64 {
    if word.contains('Σ') {
        // its small letter depends on where it stands
        return word.to_lowercase().bytes().fold(FIRST, with_byte);
    }
    word.chars().fold(FIRST, with_char)
}

/// The hash of nothing.
const FIRST: u64 = 0xcbf2_9ce4_8422_2325;

#[inline]
const fn with_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// What is no letter in [`SMALL`].
const NO_LETTER: u8 = 0;
/// What may be of one.
const BEYOND_ASCII: u8 = 0x80;

/// The small letter of each byte.
const SMALL: [u8; 256] = {
    let mut table = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = (byte as u8).to_ascii_lowercase();
        table[byte] = if letter.is_ascii_lowercase() { letter } else { NO_LETTER };
        byte += 1;
    }
    table
};

/// The hash with a character more, in lower case.
fn with_char(hash: u64, c: char) -> u64 {
    let with_small = |hash: u64, small: char| small.encode_utf8(&mut [0; 4]).bytes().fold(hash, with_byte);
    match c {
        c if c.is_ascii() => with_byte(hash, c.to_ascii_lowercase() as u8),
        c if is_small_beyond_ascii(c) => with_small(hash, c),
        c => c.to_lowercase().fold(hash, with_small),
    }
}

/// The languages that have the word of that hash.
#[inline]
fn languages_of(table: &[(u64, u64)], hash: u64) -> u64 {
    let mut at = hash as usize % SLOTS;
    while let Some((known, bits)) = table.get(at).filter(|slot| slot.1 != 0) {
        if *known == hash {
            return *bits;
        }
        at = (at + 1) % SLOTS;
    }
    0
}

/// What the sampled words of a text say about its language.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Bits of the languages whose function words are (nearly) the most frequent.
    likely: u64,
    /// Whether French is the most frequent.
    french: bool,
    /// Whether two function words at least were seen, or letters that French does not have.
    known: bool,
    /// The hashes of words that stand alone, in lower case.
    words: Vec<u64>,
}

impl Language {
    /// The language of a document.
    pub fn of_document(document: Document<'_>) -> Self {
        let mut tally = Tally { words: Vec::with_capacity(SAMPLE), ..Tally::default() };
        let nodes = &document.parsed.tree.nodes;
        for node in nodes.iter().filter(|n| n.kind == Kind::Text && !n.has(Flags::RAW)) {
            if tally.read >= SAMPLE {
                break;
            }
            tally.text(document.slice(node.span()), false);
        }
        tally.language()
    }

    /// The language of a stretch of text.
    pub fn of(text: &str) -> Self {
        let mut tally = Tally::default();
        tally.text(text, true);
        tally.language()
    }

    /// Whether enough was seen to tell French from others: function words, or letters that French does not have.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Whether more function words of it are French than of any other language, two at least.
    pub fn is_french(&self) -> bool {
        self.french
    }

    /// Whether `word` is a function word of the language (of any, if too little is known).
    pub fn is_function_word(&self, word: &str) -> bool {
        let bits = languages_of(&LISTS.by_word, hash(word));
        bits != 0 && (self.likely == 0 || bits & self.likely != 0)
    }

    /// Whether `word` is also an ending of the language (of any, if too little is known).
    pub fn is_ending(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let has = |endings: &str| endings.split(' ').any(|ending| ending == word);
        LISTS.endings.iter().any(|(code, endings)| has(endings) && self.may_be(code))
    }

    /// Whether the language is likely that of an ISO 639-1 code.
    pub fn is_likely(&self, code: &str) -> bool {
        LISTS.index(code).is_some_and(|index| self.likely & 1 << index != 0)
    }

    /// The same, or too little is known.
    pub fn may_be(&self, code: &str) -> bool {
        self.likely == 0 || self.is_likely(code)
    }

    /// Whether `word` stands alone somewhere in the text.
    pub fn is_seen(&self, word: &str) -> bool {
        self.words.contains(&hash(word))
    }
}

/// Whether `word` (a function word) also begins longer words.
pub fn is_prefix(word: &str) -> bool {
    let word = word.to_lowercase();
    LISTS.prefixes.contains(&word.as_str())
}

struct Tally {
    hits: [u32; MOST],
    words: Vec<u64>,
    read: usize,
    /// Whether letters were seen that French does not have.
    foreign: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self { hits: [0; MOST], words: Vec::new(), read: 0, foreign: false }
    }
}

impl Tally {
    /// Reads words. The first and the last may be pieces of words unless the text is `whole`: they are not taken as seen.
    fn text(&mut self, text: &str, whole: bool) {
        let lists = &*LISTS;
        let table = lists.by_word.as_slice();
        let bytes = text.as_bytes();
        let mut at = 0;
        while self.read < SAMPLE {
            while at < bytes.len() && SMALL[usize::from(bytes[at])] == NO_LETTER {
                at += 1;
            }
            let start = at;
            let mut number = FIRST;
            let mut sigma = false;
            let mut owner = None;
            while at < bytes.len() {
                let letter = SMALL[usize::from(bytes[at])];
                if letter.is_ascii_lowercase() {
                    number = with_byte(number, letter);
                    at += 1;
                    continue;
                }
                if letter == NO_LETTER {
                    break;
                }
                let next = text.get(at..).and_then(|rest| rest.chars().next());
                let Some(c) = next.filter(|c| is_of_word(*c)) else { break };
                number = with_char(number, c);
                sigma |= c == 'Σ';
                if is_foreign(c) {
                    self.foreign = true;
                    owner = lists.owner(c);
                }
                at += c.len_utf8();
            }
            if at == start {
                let Some(other) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                at += other.len_utf8();
                continue;
            }
            if sigma {
                number = hash(text.get(start..at).unwrap_or(""));
            }
            self.read += 1;
            // a text of few function words is told by its letters
            if let Some(hits) = owner.and_then(|index| self.hits.get_mut(index)) {
                *hits += 1;
            }
            let mut bits = languages_of(table, number);
            while bits != 0 {
                if let Some(hits) = self.hits.get_mut(bits.trailing_zeros() as usize) {
                    *hits += 1;
                }
                bits &= bits - 1;
            }
            if whole || start > 0 && at < text.len() {
                self.words.push(number);
            }
        }
    }

    fn language(self) -> Language {
        let most = self.hits.iter().copied().max().unwrap_or(0);
        let mut likely = 0;
        for (index, &hits) in self.hits.iter().enumerate() {
            if most > 0 && hits * 10 >= most * 7 {
                likely |= 1 << index;
            }
        }
        let french =
            LISTS.index("fr").and_then(|i| self.hits.get(i)).is_some_and(|&hits| hits >= 2 && hits == most);
        Language { likely, french, known: most >= 2 || self.foreign, words: self.words }
    }
}

/// Whether a word goes on with `c`; most letters need no look into a table.
#[inline]
fn is_of_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => true,
        '\u{400}'..='\u{481}'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        '\0'..='\u{7f}' | '\u{2010}'..='\u{2070}' | '\u{2190}'..='\u{22ff}' | '\u{3001}'..='\u{3004}' => {
            false
        }
        _ => c.is_alphabetic() || is_mark(c),
    }
}

/// Vowel signs and other marks that belong to the letter before them.
pub fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0x903 | 0x93a..=0x94f | 0x951..=0x957 | 0x962..=0x963
        | 0x981..=0x983 | 0x9bc..=0x9cd | 0xa01..=0xa03 | 0xa3c..=0xa4d | 0xa81..=0xa83 | 0xabc..=0xacd | 0xb01..=0xb03
        | 0xb3c..=0xb57 | 0xb82 | 0xbbe..=0xbcd | 0xc00..=0xc04 | 0xc3c..=0xc56 | 0xc81..=0xc83 | 0xcbc..=0xcd6 | 0xd00..=0xd03
        | 0xd3b..=0xd4d | 0xd81..=0xd83 | 0xdca..=0xddf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell_the_language() {
        assert!(Language::of("Que faire pour les lampes de la maison").is_french());
        assert!(!Language::of("Que hacer para las lámparas de la casa en el año").is_french());
        assert!(!Language::of("What to do with the lamps of your house").is_french());
        let english = Language::of("open the box and take it from the shelf of your house");
        assert!(english.is_function_word("The"));
        assert!(!english.is_function_word("avec"));
        assert!(english.is_seen("Shelf"));
    }

    #[test]
    fn words_are_the_same_in_capitals() {
        for c in '\0'..=char::MAX {
            let plain = c
                .to_lowercase()
                .fold(FIRST, |hash, small| small.encode_utf8(&mut [0; 4]).bytes().fold(hash, with_byte));
            assert_eq!(with_char(FIRST, c), plain, "{c}");
        }
        assert_eq!(hash("ΤΗΣ"), hash("της"));
    }

    #[test]
    fn words_go_on_with_letters_and_marks() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_of_word(c), c.is_alphabetic() || is_mark(c), "{c}");
        }
    }

    #[test]
    fn words_are_in_lower_case_and_each_language_has_a_bit() {
        assert!((25..=MOST).contains(&LISTS.codes.len()));
        for_each_listed(LANGUAGE_WORDS, |name, words| {
            assert_eq!(words.to_lowercase(), words, "{name}");
            assert!(words.split(' ').all(|word| !word.is_empty()), "{name}: two blanks");
        });
        assert!(LISTS.letters.iter().all(|(letter, _)| !letter.is_ascii()) && !LISTS.letters.is_empty());
        assert!(LISTS.letters.windows(2).all(|two| two[0].0 < two[1].0), "a letter is of two languages");
        for (code, _) in &LISTS.endings {
            assert!(LISTS.index(code).is_some(), "{code} has endings and no words");
        }
        let mut codes = LISTS.codes.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), LISTS.codes.len(), "a language stands in two places");
    }
}
