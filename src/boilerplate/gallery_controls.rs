//! The buttons of an image viewer that stand below each other: «1 of 7», «Previous image», «Next image», «View fullscreen».
//! Owns the run of them; one button beside its image is BP141's.

use super::links::{Purpose, purpose};
use super::pieces::{Stretch, pieces, shape_of};
use super::words::{self, Use};
use super::{announces, lists, removal, removed};
use crate::context::Context;
use crate::contract::Info;
use crate::document::{Kind, NodeRef};

/// The longest block with such buttons, in bytes.
const LONGEST: usize = 300;
/// The most blocks that they are in.
const MOST: usize = 8;

/// What a block of buttons has in it.
#[derive(Default)]
struct Controls {
    /// What the buttons say.
    buttons: Vec<String>,
    /// Whether it says which picture of how many is shown.
    counts: bool,
}

/// Reports the run of buttons whose first one is in `block`; whether it was one.
pub(crate) fn find(rule: &'static Info, block: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    if block.span().len() > LONGEST || block.parent().is_none_or(|p| p.kind() != Kind::Root) {
        return false;
    }
    let Some(mut all) = controls(block, cx).filter(|c| !c.buttons.is_empty()) else { return false };
    let (mut first, mut last) = (block, block);
    while let Some(above) = removal::previous(first) {
        let Some(its) = controls(above, cx) else { break };
        if !its.buttons.is_empty() {
            // that one reports them
            return true;
        }
        all.counts |= its.counts;
        first = above;
    }
    for below in removal::below(block).take(MOST) {
        let Some(its) = controls(below, cx) else { break };
        all.counts |= its.counts;
        all.buttons.extend(its.buttons);
        last = below;
    }
    all.buttons.sort_unstable();
    all.buttons.dedup();
    let is_of_gallery = all.buttons.iter().any(|b| lists::controls_gallery(b));
    let marks = all.buttons.len() + usize::from(all.counts);
    let above = removal::previous(first);
    let has_picture = || [above, removal::next(last)].into_iter().flatten().any(has_image);
    let is_shown = above.is_some_and(|a| announces(a) || a.kind() == Kind::Heading && !all.counts);
    if !is_of_gallery || marks < 2 || marks == 2 && !all.counts && !has_picture() || is_shown {
        return false;
    }
    if let Some(report) =
        removed(rule, first, last, "the buttons of an image viewer", "several of them, and nothing else")
    {
        cx.report(report);
    }
    true
}

fn has_image(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Image || block.descendants().any(|n| n.kind() == Kind::Image)
}

/// The buttons of a block, if it is nothing else.
fn controls(block: NodeRef<'_>, cx: &Context<'_>) -> Option<Controls> {
    if block.kind() != Kind::Paragraph || block.span().len() > LONGEST {
        return None;
    }
    let pieces = pieces(block);
    let last = pieces.len().checked_sub(1)?;
    let shape = shape_of(&pieces, Stretch { first: 0, last });
    let leads = |link: &NodeRef<'_>| purpose(*link, cx) == Purpose::Nowhere;
    if !shape.is_words_and_links() || !shape.links.iter().all(leads) {
        return None;
    }
    let mut found = Controls::default();
    for piece in &pieces {
        if counts(&piece.words) {
            found.counts = true;
        } else if lists::controls_gallery(&piece.words)
            || words::is_any(&piece.words, &[Use::Enlarge, Use::Close])
        {
            found.buttons.push(piece.words.clone());
        } else {
            return None;
        }
        // a sentence has its stop
        if piece.shape.outside.trim_end().ends_with(['.', '!', '?', '。', ',', ':']) {
            return None;
        }
    }
    Some(found)
}

/// Whether words say which picture of how many is shown: «1 of 7», «1/7».
fn counts(words: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let (from, to) = (words.trim_start_matches(is_digit), words.trim_end_matches(is_digit));
    let (Some(one), Some(all)) = (words.strip_suffix(from), words.strip_prefix(to)) else { return false };
    let between = from.strip_suffix(all).unwrap_or("").trim();
    let number = |n: &str| n.parse::<u32>().ok();
    matches!((number(one), number(all)), (Some(one), Some(all)) if one <= all && all < 1000)
        && (between == "/"
            || (1..=4).contains(&between.chars().count()) && between.chars().all(char::is_alphabetic))
}
