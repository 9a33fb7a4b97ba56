//! What the style rules (`NM`) share: where lines end, where white space means something, which list follows which, what a
//! delimiter can open or close, which backslash does nothing. Owns the questions; the rules in `rules/` ask them and report.
//!
//! Every answer is on the safe side: where it is not certain that a reader sees the same, in CommonMark and in the dialects that
//! site generators add to it, the spelling stays.

pub(crate) mod emphasis;
pub(crate) mod escapes;
pub(crate) mod fence;
mod flanking;
pub(crate) mod frozen;
pub(crate) mod headings;
pub(crate) mod lines;
pub(crate) mod lists;
pub(crate) mod place;

pub(crate) use frozen::Frozen;
pub(crate) use lines::Lines;
