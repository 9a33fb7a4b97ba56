//! Comments that mark ads: whether one speaks of advertising, begins or ends something. Owns the reading of their words; must not look at what
//! stands beside them.

use super::lexicon::is_label;
use super::names::token_weight;
use crate::data::{AD_WORDS, WordTable, for_each_listed};
use std::sync::LazyLock;

/// The words of a comment as written.
pub(crate) fn comment_words(source: &str) -> impl Iterator<Item = &str> {
    comment_text(source).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Whether two words are the same but for case.
pub(crate) fn is_same_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !one.is_ascii() && !other.is_ascii() && one.to_lowercase() == other.to_lowercase()
}

pub(crate) fn comment_text(source: &str) -> &str {
    let mut text = source;
    while let Some(rest) = text.strip_prefix("<!--") {
        text = rest;
    }
    while let Some(rest) = text.strip_suffix("-->") {
        text = rest;
    }
    text.trim()
}

/// Whether a comment is short enough to speak of what stands beside it.
fn is_short(source: &str) -> bool {
    (1..=120).contains(&comment_text(source).len())
}

/// Whether two comments have a word of three letters or more in common, and are short enough to be marks.
pub(crate) fn share_word(one: &str, other: &str) -> bool {
    is_short(one)
        && is_short(other)
        && comment_words(one)
            .any(|w| w.chars().nth(2).is_some() && comment_words(other).any(|o| is_same_word(w, o)))
}

/// What a comment says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remark {
    /// How much it speaks of advertising, 0 to 6.
    pub weight: i16,
    /// Whether it says that something begins.
    pub begins: bool,
    /// Whether it says that something ends.
    pub ends: bool,
    /// Whether another program reads it.
    pub is_directive: bool,
}

impl Remark {
    pub fn of(source: &str) -> Self {
        let mut all = 0;
        let mut first = None;
        for word in comment_words(source) {
            let bits = bits_of(word);
            all |= bits;
            first.get_or_insert(bits);
        }
        Self {
            weight: comment_weight(source),
            begins: all & BEGINS != 0,
            ends: all & ENDS != 0,
            is_directive: first.is_some_and(|bits| bits & DIRECTIVE != 0),
        }
    }

    /// Whether it says that an ad begins.
    pub fn begins_ad(self) -> bool {
        self.begins && self.weight >= 4
    }

    /// Whether it says that an ad ends.
    pub fn ends_ad(self) -> bool {
        self.ends && self.weight >= 4
    }
}

/// How much a comment speaks of advertising, 0 to 6.
fn comment_weight(source: &str) -> i16 {
    if !is_short(source) {
        return 0;
    }
    let text = comment_text(source);
    // the path of a unit: /21709104563/article_mid, GAM 71161633/LOAF/incontent_1
    let of_manager = ["GAM ", "DFP "].iter().find_map(|name| text.strip_prefix(name));
    if of_manager.is_some_and(|path| {
        let path = path.strip_prefix('/').unwrap_or(path);
        let digits = path.bytes().take_while(u8::is_ascii_digit).count();
        digits >= 5 && path.as_bytes().get(digits) == Some(&b'/')
    }) {
        return 6;
    }
    if text.strip_prefix('/').is_some_and(|t| t.bytes().take_while(u8::is_ascii_digit).count() >= 5) {
        return 6;
    }
    let joined = text.replace(' ', "-");
    token_weight(&joined).max(if is_label(text) { 5 } else { 0 })
}

/// What a word of a comment may say, as bits.
const BEGINS: u8 = 1;
const ENDS: u8 = 2;
/// As the first word: that another program reads the comment.
const DIRECTIVE: u8 = 4;

/// The words, with their bits by number.
static TABLE: LazyLock<(WordTable, Vec<u8>)> = LazyLock::new(|| {
    let (mut table, mut bits) = (WordTable::default(), Vec::new());
    for_each_listed(AD_WORDS, |list, word| {
        let bit = match list {
            "comment-begins" => BEGINS,
            "comment-ends" => ENDS,
            "comment-directives" => DIRECTIVE,
            _ => return,
        };
        table.number(word);
        bits.push(bit);
    });
    (table, bits)
});

/// Reads the words, so that the first text does not wait for them.
pub(super) fn prepare() {
    LazyLock::force(&TABLE);
}

fn bits_of(word: &str) -> u8 {
    let (table, bits) = &*TABLE;
    let number = if word.is_ascii() { table.get(word) } else { table.get(&word.to_lowercase()) };
    number.and_then(|number| bits.get(number)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_one_list() {
        let (table, bits) = &*TABLE;
        assert_eq!(table.len(), bits.len());
    }

    #[test]
    fn remarks() {
        let begins = Remark::of("<!-- BEGIN ad-slot -->");
        assert!(begins.begins_ad() && !begins.ends && !begins.is_directive);
        assert!(Remark::of("<!-- Конец -->").ends && !Remark::of("<!-- Конец -->").ends_ad());
        assert!(Remark::of("<!-- more -->").is_directive && !Remark::of("<!-- no more -->").is_directive);
    }
}
