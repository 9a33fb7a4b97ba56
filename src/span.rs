//! [`Span`]: a range of bytes. Owns nothing; must not know what the bytes mean.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A range of bytes of a text, `start` inclusive, `end` exclusive. Both lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from byte `start` to byte `end` (exclusive).
    ///
    /// ```
    /// let span = mdscrub::Span::new(2, 5);
    /// assert_eq!(span.len(), 3);
    /// assert_eq!(&"a bcd e"[span.range()], "bcd");
    /// ```
    #[inline]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at byte `at`: where an insertion stands.
    #[inline]
    pub const fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Its length in bytes.
    #[inline]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The span as a range, for slicing.
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether every byte of `other` lies in it (an empty span lies in it at its ends too).
    #[inline]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two share a byte or stand side by side: edits on such spans cannot both be applied.
    pub const fn touches(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}
