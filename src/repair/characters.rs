//! Classes of characters. Owns which scripts put blanks between words and what CommonMark takes for punctuation.

use crate::evidence::language::is_mark;
use crate::script::is_unspaced;

/// Whether `c` is a letter (or a mark on one) of a script that puts blanks between words.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { (c.is_alphabetic() || is_mark(c)) && !is_unspaced(c) }
}

/// A blank or a no-break space.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

/// Unicode white space as CommonMark reads it.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Punctuation and symbols as CommonMark reads them; marks, joiners and soft hyphens are none.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !c.is_control()
        && !is_mark(c)
        && !matches!(u32::from(c), 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe01ef)
}

/// The letters directly before byte `at`.
pub fn letters_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    let rest = head.trim_end_matches(is_letter);
    head.get(rest.len()..).unwrap_or("")
}

/// The letters directly behind byte `at`.
pub fn letters_behind(text: &str, at: usize) -> &str {
    let tail = text.get(at..).unwrap_or("");
    let rest = tail.trim_start_matches(is_letter);
    tail.get(..tail.len() - rest.len()).unwrap_or("")
}

/// The character before byte `at`.
pub fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at byte `at`.
pub fn behind(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// How many pairs of bytes are compared at once.
const STRIDE: usize = 32;

/// The first byte from `from` on that is the second of such a pair of neighbours.
#[inline]
pub fn find_pair(bytes: &[u8], from: usize, is_pair: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let mut at = from.max(1);
    while let Some(window) = bytes.get(at - 1..).and_then(|rest| rest.first_chunk::<{ STRIDE + 1 }>()) {
        let mut has_pair = false;
        for i in 0..STRIDE {
            has_pair |= is_pair(window[i], window[i + 1]);
        }
        if has_pair {
            break;
        }
        at += STRIDE;
    }
    let rest = bytes.get(at - 1..)?;
    rest.windows(2).position(|pair| is_pair(pair[0], pair[1])).map(|found| at + found)
}

/// The punctuation marks of ASCII that stand behind a blank or, maybe, a no-break space.
pub fn marks_behind_blanks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // `,` and `.` differ in one bit, as do `:` and `;`, `!` and `)`
    let is_mark = |b: u8| (b | 2 == b'.') | (b | 1 == b';') | (b | 8 == b')') | (b == b'?');
    let next =
        move |from| find_pair(bytes, from, |before, b| ((before == b' ') | (before == 0xa0)) & is_mark(b));
    std::iter::successors(next(1), move |last| next(last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_behind_blanks_are_found_wherever_they_stand() {
        for before in 0..80 {
            let text = format!("{}. , x\u{a0}!{}", "x".repeat(before), " ?".repeat(3));
            let found: Vec<usize> = marks_behind_blanks(text.as_bytes()).collect();
            assert_eq!(found, [2, 7, 9, 11, 13].map(|at| before + at));
        }
        assert_eq!(marks_behind_blanks(b" *").next(), None);
    }

    #[test]
    fn letters_stop_at_other_characters() {
        assert_eq!(letters_before("l'été ", 7), "été");
        assert_eq!(letters_behind("में, x", 0), "में");
        assert_eq!(letters_before("设置", 6), "");
        assert_eq!(letters_before("é", 1), "");
    }
}
