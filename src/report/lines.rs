//! [`Lines`]: where bytes are for a person. Owns counting; every question is answered in the same small time, however long a line is.

use crate::span::Span;

/// Bytes between two counts of characters.
const STRIDE: usize = 1 << 10;

/// A place for a person: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1. Lines end at `\n`.
    pub line: usize,
    /// The column, from 1, in characters (code points).
    pub column: usize,
}

/// The lines of a text.
///
/// ```
/// use mdscrub::report::lines::Lines;
/// let lines = Lines::new("one\ntwö three");
/// let place = lines.position(9);
/// assert_eq!((place.line, place.column), (2, 5));
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`. Linear in its length.
    pub fn new(text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for piece in text.as_bytes().chunks(STRIDE) {
            characters.push(count);
            count += count_characters(piece);
        }
        characters.push(count);
        Self { text, starts, characters }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where byte `offset` is; the end of the text, if it is beyond.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&s| s <= offset);
        let start = self.start(line);
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The bytes of a line (from 1) without its line end.
    pub fn line(&self, line: usize) -> Span {
        let start = self.start(line);
        let end = self.starts.get(line).map_or(self.text.len(), |&next| next - 1);
        let end = if self.text.get(start..end).is_some_and(|l| l.ends_with('\r')) { end - 1 } else { end };
        Span::new(start, end)
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn characters_before(&self, offset: usize) -> usize {
        let index = offset / STRIDE;
        let counted = self.characters.get(index).copied().unwrap_or(0);
        counted + self.text.as_bytes().get(index * STRIDE..offset).map_or(0, count_characters)
    }
}

/// How many characters begin in `bytes`.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_what_counting_gives(text in "[a\né\r€]{0,3000}", at in 0usize..3000) {
            let at = (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap();
            let before = &text[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            prop_assert_eq!(Lines::new(&text).position(at), Position { line, column });
        }
    }

    #[test]
    fn a_line_has_no_line_end() {
        let lines = Lines::new("a\r\n\nb");
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.line(1), Span::new(0, 1));
        assert_eq!(lines.line(2), Span::new(3, 3));
        assert_eq!(lines.line(3), Span::new(4, 5));
    }
}
