//! What a run of emphasis delimiters can do, by the characters beside it (CommonMark 0.31, section 6.2).
//! Owns the flanking rules; must not match delimiters.

/// What stands beside a delimiter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Blank,
    Punctuation,
    Word,
    /// A character that one edition of the specification takes for punctuation and another does not.
    Unsure,
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Blank,
        Some(c) if c.is_whitespace() => Side::Blank,
        Some(c) if c.is_ascii_punctuation() => Side::Punctuation,
        Some(c) if c.is_alphanumeric() => Side::Word,
        Some(
            '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{ff0c}'
            | '\u{ff1a}'
            | '\u{ff1b}'
            | '\u{ff01}'
            | '\u{ff1f}'
            | '\u{ff08}'
            | '\u{ff09}'
            | '\u{2010}'..='\u{2027}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{bf}'
            | '\u{a1}',
        ) => Side::Punctuation,
        Some(_) => Side::Unsure,
    }
}

fn each(side: Side) -> &'static [Side] {
    match side {
        Side::Blank => &[Side::Blank],
        Side::Punctuation => &[Side::Punctuation],
        Side::Word => &[Side::Word],
        Side::Unsure => &[Side::Punctuation, Side::Word],
    }
}

fn left_flanking(before: Side, after: Side) -> bool {
    after != Side::Blank && (after != Side::Punctuation || before != Side::Word)
}

/// The characters beside `range` of `text`.
fn neighbours(text: &str, start: usize, end: usize) -> (Side, Side) {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    (side(before), side(after))
}

/// Whether a run of `*` at `start..end` can open and cannot close, whatever edition reads it.
pub(crate) fn only_opens(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = neighbours(text, start, end);
    every(before, after, |b, a| left_flanking(b, a) && !left_flanking(a, b))
}

/// Whether a run of `*` at `start..end` can close and cannot open, whatever edition reads it.
pub(crate) fn only_closes(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = neighbours(text, start, end);
    every(before, after, |b, a| left_flanking(a, b) && !left_flanking(b, a))
}

/// Whether a run at `start..end` can neither open nor close: blanks stand on both sides.
pub(crate) fn does_nothing(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = neighbours(text, start, end);
    before == Side::Blank && after == Side::Blank
}

fn every(before: Side, after: Side, test: impl Fn(Side, Side) -> bool) -> bool {
    each(before).iter().all(|&b| each(after).iter().all(|&a| test(b, a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_decide() {
        assert!(only_opens("a *b", 2, 3));
        assert!(!only_opens("a*b", 1, 2) && !only_closes("a*b", 1, 2));
        assert!(only_closes("b* a", 1, 2));
        assert!(only_closes("b*.", 1, 2));
        assert!(only_opens("(*b", 1, 2));
        // an emoji is a symbol: punctuation since 0.31, a word before
        assert!(!only_opens("🙂*b", 4, 5));
        assert!(does_nothing("a * b", 2, 3));
    }
}
