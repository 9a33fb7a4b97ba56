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

use crate::edit::Edit;
use crate::rules::Context;

/// Whether the places of all these edits read the same to every reader of Markdown, and belong to no site generator.
pub(crate) fn are_certain(cx: &mut Context<'_>, edits: &[Edit]) -> bool {
    let lines = cx.lines();
    let generators = &cx.document.parsed.style_protected;
    !lines.ambiguous && edits.iter().all(|e| !lines.is_disputed(e.span) && generators.hit(e.span).is_none())
}
