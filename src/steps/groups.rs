//! Which heading or bold line a step's group is. Owns that choice; must not choose steps.

use super::article::Article;
use super::marker::Mark;
use super::outline::Block;
use super::rules::Decision;
use super::start::{Form, Start};
use super::titles::fold;
use super::words::{Topic, WordClass, words};

/// Whether a heading counts alternatives, parts, or stands numbered: it groups what stands below it.
pub(crate) fn groups_by_mark(block: &Block<'_>) -> bool {
    match block.marker.as_ref().map(|m| m.mark) {
        Some(Mark::Word(class)) => class != WordClass::Step,
        Some(Mark::Number(_)) => block.marker.as_ref().is_some_and(|m| m.separated),
        None => false,
    }
}

fn is_step_heading(block: &Block<'_>) -> bool {
    block.marker.as_ref().is_some_and(|m| m.mark == Mark::Word(WordClass::Step))
}

/// The group of a step with a step word: a numbered heading above it, else the nearest heading or bold line above it that is not
/// the article's title and no step itself.
pub(crate) fn of_marked(article: &Article<'_>, start: &Start) -> Option<usize> {
    let block = start.block;
    let around: Vec<_> = article.sections_around(block).filter(|s| s.block != block).collect();
    for s in &around {
        if groups_by_mark(&article.blocks[s.block]) {
            return Some(s.block);
        }
    }
    // a numbered heading of the same level: the section it opens goes on under plain headings beside it
    let level = around.iter().find(|s| !is_step_heading(&article.blocks[s.block])).map(|s| s.level);
    let own_level = if start.form == Form::Heading { Some(start.level) } else { level };
    if let Some(level) = own_level.map(usize::from).filter(|&l| article.group_counts[l] >= 2) {
        // the section that the step stands in, or that it opens
        let own = article.sections.partition_point(|s| s.block <= block).checked_sub(1);
        if let Some(marked) = own.and_then(|s| article.groups_above[s][level]) {
            return Some(marked);
        }
    }
    if start.form != Form::Heading
        && let Some(lead) = lead(article, block).filter(|&l| !is_step_heading(&article.blocks[l]))
    {
        return Some(lead);
    }
    plain(article, block)
}

/// The nearest heading above that is no step, not the title, and does not just say that steps follow.
fn plain(article: &Article<'_>, block: usize) -> Option<usize> {
    article
        .sections_around(block)
        .filter(|s| s.block != block && !is_step_heading(&article.blocks[s.block]))
        .find(|s| s.topic != Some(Topic::Directions))
        .filter(|s| !s.is_title)
        .map(|s| s.block)
}

/// The group of a list or of numbered paragraphs: the bold line above, else the nearest heading.
pub(crate) fn nearest(article: &Article<'_>, block: usize) -> Option<usize> {
    lead(article, block).or_else(|| plain(article, block))
}

/// The bold line above, unless it is about something that holds no steps (`Ingredients`).
fn lead(article: &Article<'_>, block: usize) -> Option<usize> {
    let lead = article.lead_of.get(block).copied().flatten()?;
    let topic = words().topic(&article.blocks.get(lead)?.words.text);
    topic.is_none_or(|t| t == Topic::Directions).then_some(lead)
}

/// The title of a group's heading, without its mark.
pub(crate) fn title(block: &Block<'_>) -> String {
    let text = &block.words.text;
    let from = block.marker.as_ref().map_or(0, |m| m.title);
    let stripped = fold(text.get(from..).unwrap_or(""));
    let shown = if stripped.is_empty() { fold(text) } else { stripped };
    shown.trim_end_matches([':', '：']).trim_end().to_string()
}

/// One group for all is none.
pub(crate) fn settle(article: &Article<'_>, out: &mut Decision) {
    let same_title = |a: Option<usize>, b: Option<usize>| match (a, b) {
        (Some(a), Some(b)) => a == b,
        (None, None) => true,
        _ => false,
    };
    let first = out.chosen.first().and_then(|c| c.group);
    if out.chosen.iter().all(|c| same_title(c.group, first)) {
        for c in &mut out.chosen {
            c.group = None;
        }
    }
    let mut blocks: Vec<usize> = out.chosen.iter().filter_map(|c| c.group).collect();
    blocks.sort_unstable();
    blocks.dedup();
    blocks.retain(|&b| b < article.blocks.len());
    out.group_blocks = blocks;
}
