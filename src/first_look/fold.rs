//! How the lists spell words: [`folded`]. Owns folding; must not know any word.

use crate::evidence::is_combining_mark;

/// What becomes of a character.
pub(super) enum Folded {
    /// White space.
    Blank,
    /// Nothing that is seen.
    Nothing,
    /// A character.
    One(char),
}

#[inline(always)]
pub(super) fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            ' ' | '\t'..='\r' => Folded::Blank,
            c => Folded::One(c.to_ascii_lowercase()),
        };
    }
    match c {
        // most letters of most scripts without capitals, and small Cyrillic ones
        c if is_plain(c) => Folded::One(c),
        '’' | '‘' | 'ʼ' | '＇' => Folded::One('\''),
        // soft hyphens, joiners and direction marks are not seen
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' => {
            Folded::Nothing
        }
        'İ' => Folded::One('i'),
        c if c.is_whitespace() => Folded::Blank,
        // no other letter becomes several
        c if c.is_uppercase() => Folded::One(c.to_lowercase().next().unwrap_or(c)),
        c => Folded::One(c),
    }
}

/// A label as the lists spell it: lower case, blanks folded, apostrophes straight, without punctuation, marks and pictographs at
/// its ends.
pub(crate) fn folded(text: &str) -> String {
    let out = if text.is_ascii() { folded_ascii(text) } else { folded_chars(text) };
    let edge = |c: char| !(is_letter(c) || matches!(c, '+' | ')' | '）' | '(' | '¿'));
    let trimmed = out.trim_matches(edge);
    // brackets around the whole
    let trimmed = trimmed
        .strip_prefix(['(', '（'])
        .and_then(|t| t.strip_suffix([')', '）']))
        .filter(|t| !t.contains(['(', '（']))
        .unwrap_or(trimmed)
        .trim_matches(edge);
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

/// `text`, which is ASCII, in lower case, with blanks folded.
fn folded_ascii(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut blank = true;
    for byte in text.bytes() {
        let is_blank = matches!(byte, b' ' | b'\t'..=b'\r');
        if !is_blank {
            out.push(byte.to_ascii_lowercase());
        } else if !blank {
            out.push(b' ');
        }
        blank = is_blank;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// `text` in lower case, with blanks folded and apostrophes straight.
fn folded_chars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for c in text.chars() {
        match fold(c) {
            Folded::Nothing => {}
            Folded::Blank => {
                if !blank {
                    out.push(' ');
                }
                blank = true;
            }
            Folded::One(c) => {
                out.push(c);
                blank = false;
            }
        }
    }
    out
}

/// Letters and digits with the marks of Indic and other scripts that `char::is_alphanumeric` leaves out.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        is_plain(c) || is_western(c) || !is_sign(c) && (c.is_alphanumeric() || is_combining_mark(c))
    }
}

/// Letters that need no look into a table: small Cyrillic, kana, ideographs, hangul.
#[inline]
fn is_plain(c: char) -> bool {
    matches!(c, '\u{430}'..='\u{44f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Letters with and without capitals that need no look into a table: Latin, Cyrillic.
#[inline]
fn is_western(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}')
        && !matches!(c, '×' | '÷')
}

/// What is no letter, and needs no look into a table: dashes, quotes, bullets, arrows, pictographs.
#[inline]
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2775}' | '\u{2794}'..='\u{2bff}'
        | '\u{3008}'..='\u{3020}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_folded_as_all_else_is() {
        let all: String = ('\0'..='\x7f').collect();
        for text in [all.as_str(), " Also\t Read:\r\n\x0b MORE ", ""] {
            assert_eq!(folded_ascii(text), folded_chars(text));
        }
    }

    #[test]
    fn plain_letters_are_letters_without_capitals() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| is_plain(*c)) {
            assert!(c.is_alphanumeric() && !c.is_uppercase() && !c.is_whitespace(), "{c}");
        }
    }

    #[test]
    fn what_needs_no_table_is_what_the_table_says() {
        for c in '\u{80}'..=char::MAX {
            assert!(!is_western(c) || c.is_alphanumeric(), "{c}");
            assert!(!is_sign(c) || !(c.is_alphanumeric() || is_combining_mark(c)), "{c}");
        }
    }
}
