//! How far each step goes. Owns extents; must not read what stands in them.

use super::article::Article;
use super::outline::{Block, BlockKind};
use super::rules::Decision;
use super::start::Form;
use super::words::{Topic, words};
use crate::document::{Kind, NodeRef};
use crate::span::Span;

/// A span without white space at its end.
pub(crate) fn trimmed(article: &Article<'_>, span: Span) -> Span {
    let text = article.document.slice(span);
    Span::new(span.start, span.start + text.trim_end().len())
}

/// Whether a picture shows the author.
pub(crate) fn is_portrait(node: NodeRef<'_>) -> bool {
    let lower = node.source().to_lowercase();
    let after_word =
        |w: &str| lower.match_indices(w).any(|(i, _)| !lower[..i].ends_with(char::is_alphanumeric));
    after_word("author") || after_word("avatar") || lower.contains("gravatar")
}

/// Whether a block stands behind the article: a related-links line, the author's portrait.
fn ends_article(block: &Block<'_>) -> bool {
    match block.kind {
        BlockKind::Media => {
            block.node.descendants().chain([block.node]).any(|n| n.kind() == Kind::Image && is_portrait(n))
        }
        BlockKind::Paragraph => {
            let text = block.words.text.trim();
            text.chars().count() <= 40 && words().topic(text) == Some(Topic::Related)
        }
        BlockKind::Heading(_) => words().topic(&block.words.text) == Some(Topic::Related),
        _ => false,
    }
}

/// Where the step at `i` ends: the byte, and the block that it does not reach into.
pub(crate) fn extent(article: &Article<'_>, decision: &Decision, i: usize) -> (usize, usize) {
    let blocks = &article.blocks;
    let chosen = &decision.chosen[i];
    let start = &chosen.start;
    let next = decision.chosen.get(i + 1);
    let text_end = article.document.text.len();
    let own_end = match start.form {
        Form::Heading => {
            let at = article.sections.partition_point(|s| s.block < start.block);
            article.sections.get(at).map_or(blocks.len(), |s| s.end)
        }
        Form::Paragraph => article.next_heading(start.block),
        Form::List => match next {
            Some(n) if n.run == chosen.run => article.next_heading(start.block),
            _ => list_end(article, start.block),
        },
    };
    let group = decision.group_blocks.partition_point(|&g| g <= start.block);
    let mut end_block = own_end.min(decision.group_blocks.get(group).copied().unwrap_or(blocks.len()));
    if start.form == Form::List && next.is_some_and(|n| n.start.block == start.block) {
        return (next.map_or(text_end, |n| n.start.at), start.block + 1);
    }
    if let Some(n) = next {
        end_block = end_block.min(n.start.block.max(start.block + 1));
    }
    let last = next.is_none();
    for (k, block) in blocks.iter().enumerate().take(end_block).skip(start.block + 1) {
        let rule =
            block.kind == BlockKind::Rule && (last || article.document.slice(block.span).trim().len() >= 8);
        if rule || ends_article(block) {
            end_block = k;
            break;
        }
    }
    let mut end = blocks.get(end_block).map_or(text_end, |b| b.span.start);
    if let Some(n) = next.filter(|n| n.start.at < end) {
        end = n.start.at;
    }
    (end, end_block)
}

/// How far the last item of a list goes: over pictures, code, and what is indented.
fn list_end(article: &Article<'_>, block: usize) -> usize {
    let mut end = block + 1;
    for b in article.blocks.get(block + 1..).unwrap_or_default() {
        let indented = || {
            let line = article.document.line_at(b.span.start);
            article.document.slice(line).starts_with([' ', '\t'])
        };
        let goes_on = match b.kind {
            BlockKind::Media => true,
            BlockKind::Aside => !matches!(b.node.kind(), Kind::Table),
            BlockKind::Paragraph | BlockKind::List { .. } => indented(),
            BlockKind::Heading(_) | BlockKind::Rule => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}
