//! How the lists spell words: [`folded`], and [`Opening`], the first letters of it. Owns folding; must not know any word.

/// What becomes of a character.
enum Folded {
    Blank,
    Nothing,
    One(char),
}

#[inline]
fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            ' ' | '\t'..='\r' => Folded::Blank,
            c => Folded::One(c.to_ascii_lowercase()),
        };
    }
    match c {
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

/// Letters and digits with the marks of Indic and other scripts that `char::is_alphanumeric` leaves out.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

/// Vowel signs and other marks of Indic and other scripts that `char::is_alphanumeric` leaves out.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0xdff | 0xe31..=0xe4e)
}

/// The first three characters of a text as [`folded`] spells it, from its first letter on: what a phrase of the lists
/// is told by before anything is folded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opening {
    chars: [char; 3],
    len: usize,
}

impl Opening {
    /// The opening of a text.
    pub fn of(text: &str) -> Self {
        let mut opening = Self::default();
        opening.push(text);
        opening
    }

    /// Whether more text says nothing new.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.len == 3
    }

    /// Goes on with more text.
    pub fn push(&mut self, text: &str) {
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
        if self.len > 0 && !self.is_full() && self.chars[self.len - 1] != ' ' {
            self.add(' ');
        }
    }

    #[inline]
    fn add(&mut self, c: char) {
        self.chars[self.len] = c;
        self.len += 1;
    }

    /// Its characters.
    #[inline]
    pub fn chars(&self) -> &[char] {
        &self.chars[..self.len]
    }
}
