//! [`Signs`]: what a paragraph shows at a first look, and what rules on boilerplate want to see before they are asked about one.
//! Owns the set; must not look: [`Seen`](super::look::Seen) does.

use super::words::{Perhaps, Use};

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u64);

// the lower bits are those of uses
const _: () = assert!(Use::COUNT <= 32);

impl Signs {
    /// None.
    pub const NONE: Signs = Signs(0);
    /// Links, and perhaps no more than three.
    pub const FEW_LINKS: Signs = Signs(1 << 32);
    /// Digits, in a line that may be one of counters.
    pub const DIGITS: Signs = Signs(1 << 33);
    /// A stem of cookies.
    pub const COOKIE: Signs = Signs(1 << 34);
    /// A stem of links that earn money.
    pub const DISCLOSURE: Signs = Signs(1 << 35);
    /// A stem of the post and the feed it is from.
    pub const FEED: Signs = Signs(1 << 36);

    /// Words for one of these uses at a beginning: of the paragraph, of its words outside of links, of its first link, or of a line
    /// with a link.
    pub(crate) const fn words(uses: &[Use]) -> Signs {
        let mut bits = 0;
        let mut at = 0;
        while at < uses.len() {
            bits |= uses[at].bit() as u64;
            at += 1;
        }
        Signs(bits)
    }

    /// What words may be or begin with.
    #[inline]
    pub(crate) fn of(words: Perhaps) -> Signs {
        Signs(words.bits().into())
    }

    /// Both sets.
    #[must_use]
    #[inline]
    pub const fn or(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    /// The set, if it `is` so.
    #[must_use]
    #[inline]
    pub const fn only_if(self, is: bool) -> Signs {
        if is { self } else { Signs::NONE }
    }

    /// Whether it is empty.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of `others` is in it.
    #[inline]
    pub const fn has_any(self, others: Signs) -> bool {
        self.0 & others.0 != 0
    }
}

/// What a paragraph shows at a first look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// Its signs.
    pub signs: Signs,
    /// The bytes of text outside of links.
    pub text: u32,
}

impl Shown {
    /// All that a rule may want to see: of what nobody looked at.
    pub const ANYTHING: Shown = Shown { signs: Signs(u64::MAX), text: 0 };
}
