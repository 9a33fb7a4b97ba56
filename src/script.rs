//! Which script a character is of, as far as blanks between words go. Owns the ranges of Unicode; must not judge a text.
//!
//! Scripts differ: Chinese and Japanese have no blanks, Thai, Lao, Khmer and Burmese have some between clauses, Hangul has some between words
//! and puts particles right behind them. Each question has its own function; their edges (signs, radicals, wide forms) are what those who ask need.

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A syllable of Japanese.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// A character of Chinese or Japanese: two are about a word.
#[inline]
pub(crate) fn is_han_or_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// A character of Chinese, Japanese, Korean, Thai or Lao: words are not told by blanks there, or not alone.
#[inline]
pub(crate) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// A wide form of a letter, a digit or a mark.
pub(crate) fn is_wide_form(c: char) -> bool {
    matches!(c, '\u{ff00}'..='\u{ffef}')
}

/// A character, a mark or a wide form of Chinese, Japanese or Korean.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}') || is_wide_form(c)
}

/// Whether a character takes the room of two: all from the radicals of Chinese on.
#[inline]
pub(crate) fn is_wide(c: char) -> bool {
    c >= '\u{2e80}'
}

/// Whether `c` is of a script that puts no blanks between words, or (Hangul) puts particles behind them.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0xe00..=0xeff // Thai, Lao
        | 0xf00..=0xfff // Tibetan
        | 0x1000..=0x109f // Myanmar
        | 0x1100..=0x11ff // Hangul Jamo
        | 0x1780..=0x17ff // Khmer
        | 0x1950..=0x19df // Tai Le, New Tai Lue
        | 0x2e80..=0x303f // CJK radicals, punctuation
        | 0x3040..=0x31ff // Kana, Bopomofo, Hangul compatibility
        | 0x3200..=0x9fff // CJK
        | 0xa960..=0xa97f | 0xac00..=0xd7ff // Hangul
        | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xffef
        | 0x1b000..=0x1b2ff | 0x1f200..=0x1f2ff | 0x20000..=0x3ffff)
}

/// Whether words of the script of `c` stand without blanks between them, and take no endings: Thai and Lao, Burmese, Khmer, kana and
/// Chinese characters.
pub(crate) fn has_unspaced_words(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x30ff | 0x31f0..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Whether a letter that may stand beside others without a blank is of a script that puts blanks behind clauses: Hangul, Thai, Khmer; not
/// Chinese, not Japanese.
pub(crate) fn has_blanks(letter: char) -> bool {
    !matches!(u32::from(letter), 0x2e80..=0x312f | 0x31a0..=0x9fff | 0xf900..=0xffef | 0x1b000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrower_questions_are_within_wider_ones() {
        for c in '\0'..=char::MAX {
            assert!(!is_kana(c) && !is_han(c) || is_han_or_kana(c), "{c}");
            assert!(!is_han_or_kana(c) || is_east_asian(c) && has_unspaced_words(c) && !has_blanks(c), "{c}");
            assert!(!is_east_asian(c) && !has_unspaced_words(c) || is_unspaced(c), "{c}");
            assert!(!is_cjk(c) || is_wide(c) && is_unspaced(c), "{c}");
        }
    }

    #[test]
    fn scripts_with_blanks_are_none_of_them() {
        for c in "aé жя αω אב عر हि ა Ꭰ 1,.—“".chars() {
            assert!(!is_unspaced(c) && !is_wide(c) && has_blanks(c), "{c}");
        }
        assert!("ไลខမ한".chars().all(|c| is_unspaced(c) && has_blanks(c)));
    }
}
