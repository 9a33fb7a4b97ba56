//! [`Marks`]: which characters that repairs and style look for a stretch of text has. Owns one pass over the bytes for all rules, so
//! that each of them is done with most nodes after one comparison; must not judge: what it says is sure only where it says no.

use crate::bytes::{HIGHEST, ONES, eight_at};
use crate::span::Span;

/// Bytes that are looked at in one go.
const STEP: usize = 64;

/// Set where a step has been looked at.
const KNOWN: u16 = 1 << 15;

/// A set of characters that may occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    /// None.
    pub const NONE: Marks = Marks(0);
    /// `\`.
    pub const BACKSLASH: Marks = Marks(1);
    /// `*`.
    pub const STAR: Marks = Marks(1 << 1);
    /// `_` or `^`.
    pub const LOW_LINE_OR_CARET: Marks = Marks(1 << 2);
    /// `#`.
    pub const HASH: Marks = Marks(1 << 3);
    /// A blank before a punctuation mark that has none before it in most languages.
    pub const GAP: Marks = Marks(1 << 4);
    /// Two blanks (or no-break spaces) side by side.
    pub const BLANKS: Marks = Marks(1 << 5);
    /// A character without width: soft hyphen, zero-width space, byte order mark.
    pub const INVISIBLE: Marks = Marks(1 << 6);
    /// A byte beyond ASCII.
    const NON_ASCII: Marks = Marks(1 << 7);

    /// Both sets.
    #[must_use]
    pub const fn or(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// How many marks rules may ask for: each is the number of its bit.
    pub(crate) const COUNT: usize = 7;

    /// What is in both sets.
    #[inline]
    pub(crate) const fn and(self, other: Marks) -> Marks {
        Marks(self.0 & other.0)
    }

    /// The numbers of the marks in it, each less than [`COUNT`](Self::COUNT).
    #[inline]
    pub(crate) fn each(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0 & ((1 << Self::COUNT) - 1);
        std::iter::from_fn(move || {
            let next = (rest != 0).then_some(rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            next
        })
    }

    /// Whether characters beyond ASCII may occur.
    #[inline]
    pub(super) const fn has_non_ascii(self) -> bool {
        self.has_any(Self::NON_ASCII)
    }

    /// Whether it is empty.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of `others` may occur.
    #[inline]
    pub const fn has_any(self, others: Marks) -> bool {
        self.0 & others.0 != 0
    }
}

/// The marks of a text by steps; each step is looked at when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct MarkMap {
    steps: Vec<u16>,
}

impl MarkMap {
    /// The marks that may occur in `span` of `text`, which is the same text at each call. A character just beside it may count too.
    #[inline]
    pub fn of(&mut self, text: &str, span: Span) -> Marks {
        let step = span.start / STEP;
        match self.steps.get(step) {
            Some(&marks) if marks != 0 && span.end / STEP == step => Marks(marks & !KNOWN),
            _ => self.look(text, span),
        }
    }

    fn look(&mut self, text: &str, span: Span) -> Marks {
        let bytes = text.as_bytes();
        if self.steps.is_empty() {
            self.steps = vec![0; bytes.len() / STEP + 1];
        }
        let first = span.start / STEP;
        let behind = self.steps.len().min(span.end / STEP + 1);
        let mut found = 0;
        let mut from = first * STEP;
        for step in self.steps.get_mut(first..behind).unwrap_or_default() {
            if *step == 0 {
                *step = KNOWN | marks_at(bytes, from);
            }
            found |= *step;
            from += STEP;
        }
        Marks(found & !KNOWN)
    }
}

/// The marks of the step that begins at byte `from`. Most steps are known: it is kept out of the loop over them.
#[inline(never)]
fn marks_at(bytes: &[u8], from: usize) -> u16 {
    let before = from.saturating_sub(1);
    let rest = bytes.get(before..).unwrap_or_default();
    let found = match rest.first_chunk() {
        Some(window) if from > 0 => marks_of(window),
        _ => {
            // the first step has nothing before it, the last one is not full
            let mut window = [0; STEP + 1];
            let shift = usize::from(from == 0);
            let length = rest.len().min(window.len() - shift);
            window[shift..][..length].copy_from_slice(&rest[..length]);
            marks_of(&window)
        }
    };
    if found & Marks::NON_ASCII.0 == 0 { found } else { found | marks_beyond_ascii(bytes, from) }
}

/// The marks of all but the first byte of `window`. Written so that many bytes are compared at once.
fn marks_of(window: &[u8; STEP + 1]) -> u16 {
    let mut found = 0u8;
    for i in 0..STEP {
        let (before, byte) = (window[i], window[i + 1]);
        let mut bits = byte & Marks::NON_ASCII.0 as u8;
        let mut note = |is: bool, mark: Marks| bits |= if is { mark.0 as u8 } else { 0 };
        note(byte == b'\\', Marks::BACKSLASH);
        note(byte == b'*', Marks::STAR);
        // `^` and `_` differ in their last bit, as do `:` and `;`
        note(byte | 1 == b'_', Marks::LOW_LINE_OR_CARET);
        note(byte == b'#', Marks::HASH);
        // `,` and `.`, `!` and `)` differ in one bit
        let punctuation = (byte | 1 == b';') | (byte | 2 == b'.') | (byte | 8 == b')') | (byte == b'?');
        note((before == b' ') & punctuation, Marks::GAP);
        note((before == b' ') & (byte == b' '), Marks::BLANKS);
        found |= bits;
    }
    u16::from(found)
}

/// Those of the marks that take characters beyond ASCII, in the step that begins at byte `from`.
fn marks_beyond_ascii(bytes: &[u8], from: usize) -> u16 {
    let mut found = Marks::NONE;
    // characters may reach over the edges of the step
    for start in (from.saturating_sub(2)..from + STEP).step_by(8) {
        let eight = eight_at(bytes, start);
        // the first bytes of characters, and those that may end a no-break space
        let firsts = eight & eight << 1;
        let others = eight ^ (ONES * 0xa0);
        let mut beyond = (firsts | others.wrapping_sub(ONES) & !others) & HIGHEST;
        while beyond != 0 {
            found = found.or(mark_beyond_ascii(bytes, start + beyond.trailing_zeros() as usize / 8));
            beyond &= beyond - 1;
        }
    }
    found.0
}

/// The mark of byte `i`, if it is one of those beyond ASCII that have some.
#[inline]
fn mark_beyond_ascii(bytes: &[u8], i: usize) -> Marks {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let byte = at(i);
    if !matches!(byte, 0xa0 | 0xc2 | 0xd8 | 0xe0 | 0xe2 | 0xe3 | 0xef) {
        return Marks::NONE;
    }
    let (before, next, third) = (i.checked_sub(1).map_or(0, at), at(i + 1), at(i + 2));
    match (byte, next, third) {
        (0xc2, 0xad, _) | (0xe2, 0x80, 0x8b..=0x8d) | (0xe2, 0x81, 0xa0) | (0xef, 0xbb, 0xbf) => {
            Marks::INVISIBLE
        }
        // behind a no-break space (or what ends in the same byte) something may stand that has none before it
        (0xc2, 0xa0, _) if before == b' ' || before == 0xa0 || matches!(third, b' ' | 0xc2) => {
            Marks::BLANKS.or(Marks::GAP)
        }
        (0xa0, b'!' | b')' | b',' | b'.' | b':' | b';' | b'?' | 0x80.., _) => Marks::GAP,
        (0xd8, 0x8c | 0x9b | 0x9f, _) | (0xe0, 0xa5, 0xa4) | (0xe3, 0x80, 0x81 | 0x82) | (0xef, 0xbc, _)
            if before == b' ' =>
        {
            Marks::GAP
        }
        _ => Marks::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Marks {
        MarkMap::default().of(text, Span::new(0, text.len()))
    }

    #[test]
    fn each_mark_is_seen_wherever_it_stands() {
        let cases = [
            ("\\", Marks::BACKSLASH),
            ("*", Marks::STAR),
            ("_", Marks::LOW_LINE_OR_CARET),
            ("^", Marks::LOW_LINE_OR_CARET),
            ("#", Marks::HASH),
            (" .", Marks::GAP),
            (" ,", Marks::GAP),
            (" )", Marks::GAP),
            (" :", Marks::GAP),
            (" ?", Marks::GAP),
            (" !", Marks::GAP),
            (" ;", Marks::GAP),
            ("\u{a0}!", Marks::GAP),
            (" 。", Marks::GAP),
            (" ।", Marks::GAP),
            (" ؟", Marks::GAP),
            ("\u{a0}！", Marks::GAP),
            ("  ", Marks::BLANKS),
            (" \u{a0}", Marks::BLANKS),
            ("\u{a0} ", Marks::BLANKS),
            ("\u{a0}\u{a0}", Marks::BLANKS),
            ("\u{ad}", Marks::INVISIBLE),
            ("\u{200b}", Marks::INVISIBLE),
            ("\u{200d}", Marks::INVISIBLE),
            ("\u{2060}", Marks::INVISIBLE),
            ("\u{feff}", Marks::INVISIBLE),
        ];
        for (written, mark) in cases {
            for before in 0..140 {
                let text = format!("{}{written}{}", "x".repeat(before), "y".repeat(before % 7));
                assert!(marks(&text).has_any(mark), "{written:?} after {before}");
                let own = Span::new(before, before + written.len());
                assert!(MarkMap::default().of(&text, own).has_any(mark), "{written:?} alone after {before}");
            }
        }
    }

    #[test]
    fn prose_has_none() {
        let text =
            "Prose, with “quotes” – and (brackets); déjà vu! What else? 日本語、中文。 Это: да.".repeat(4);
        assert_eq!(marks(&text), Marks::NON_ASCII);
        assert_eq!(marks("plain words."), Marks(0));
    }
}
