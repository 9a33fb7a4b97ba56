//! The article's headings, what each is about, and which text stands below which. Owns the context rules decide in; must not
//! decide itself.

use super::groups::groups_by_mark;
use super::marker::Mark;
use super::outline::{Block, BlockKind, Outline};
use super::sections::{Section, Sections};
use super::titles::{before_aside, key};
use super::tongue::Tongue;
use super::wording::Words;
use super::words::{Topic, WordClass, words};
use crate::document::Document;
use std::collections::HashSet;

/// A block for each level of headings.
pub(crate) type ByLevel = [Option<usize>; 7];

/// The article with its headings.
#[derive(Debug)]
pub(crate) struct Article<'a> {
    /// Text and tree.
    pub(crate) document: Document<'a>,
    /// The blocks.
    pub(crate) blocks: Vec<Block<'a>>,
    /// The headings in order.
    pub(crate) sections: Vec<Section>,
    /// For each block the innermost section it stands in; a heading stands in its own.
    pub(crate) section_of: Vec<Option<usize>>,
    /// For each block the bold line (or short line with a topic) above it under the same heading.
    pub(crate) lead_of: Vec<Option<usize>>,
    /// The titles of the article: of the front matter, of its first headings.
    pub(crate) titles: Vec<String>,
    /// Headings below the title, without marks, folded.
    pub(crate) heading_keys: HashSet<String>,
    /// For each section, by level, the last heading above it of that level that groups by its mark, with no heading of a higher
    /// level and none that holds no steps between.
    pub(crate) groups_above: Vec<ByLevel>,
    /// How many headings of each level group by their marks.
    pub(crate) group_counts: [usize; 7],
    /// The languages it is in.
    pub(crate) tongue: Tongue,
    /// Whether headings carry codelab durations.
    pub(crate) is_codelab: bool,
    /// Whether it is terms of service and the like, by its title.
    pub(crate) is_contract: bool,
}

/// The value of `title` in the front matter.
fn front_matter_title(document: Document<'_>) -> Option<String> {
    let text = document.slice(document.parsed.front_matter?);
    let line = text.lines().find_map(|l| {
        let l = l.trim_start_matches([' ', '"', '{']);
        let rest = l.strip_prefix("title")?.trim_start_matches('"').trim_start();
        rest.strip_prefix([':', '='])
    })?;
    let value = line.trim().trim_end_matches(',').trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_string())
}

impl<'a> Article<'a> {
    /// Reads the headings of an outline.
    pub(crate) fn new(document: Document<'a>, outline: Outline<'a>) -> Self {
        let blocks = outline.blocks;
        let Sections { sections, section_of, titles } = Sections::of(&blocks, front_matter_title(document));
        let (groups_above, group_counts) = groups_above(&blocks, &sections);
        let tongue = Tongue::of(blocks.iter().flat_map(|b| {
            std::iter::once(b.words.text.as_str()).chain(b.items.iter().map(|i| i.words.text.as_str()))
        }));
        let is_contract = titles
            .iter()
            .any(|t| [t.as_str(), before_aside(t)].iter().any(|t| words().topic(t) == Some(Topic::Terms)));
        Self {
            document,
            lead_of: leads(&blocks),
            heading_keys: heading_keys(&blocks, &sections),
            blocks,
            sections,
            section_of,
            titles,
            groups_above,
            group_counts,
            tongue,
            is_codelab: outline.durations >= 2,
            is_contract,
        }
    }

    /// The section that block `i` stands in, with those around it, the innermost first.
    pub(crate) fn sections_around(&self, i: usize) -> impl Iterator<Item = &Section> {
        let first = self.section_of.get(i).copied().flatten();
        std::iter::successors(first, |&s| self.sections.get(s).and_then(|s| s.parent))
            .filter_map(|s| self.sections.get(s))
    }

    /// The topic for which nothing at block `i` is a step: of the headings around it or of the bold line above it.
    pub(crate) fn exclusion(&self, i: usize) -> Option<Topic> {
        let section = self
            .section_of
            .get(i)
            .copied()
            .flatten()
            .and_then(|s| self.sections.get(s))
            .and_then(|s| s.excluded);
        let lead =
            self.lead_of.get(i).copied().flatten().and_then(|l| words().topic(&self.blocks[l].words.text));
        // a bold line stands beside the one above it, but for questions, which are bold below their bold heading
        let beside = self.blocks.get(i).is_some_and(Block::is_bold_line);
        section.or(lead.filter(|t| *t != Topic::Directions && (!beside || *t == Topic::Faq)))
    }

    /// Whether a section is a clause of a contract or stands in one, or the whole article is a contract.
    pub(crate) fn in_contract(&self, section: Option<usize>) -> bool {
        self.is_contract
            || std::iter::successors(section, |&s| self.sections.get(s).and_then(|s| s.parent))
                .filter_map(|s| self.sections.get(s))
                .any(|s| s.is_clause)
    }

    /// The heading of the section that block `i` stands in.
    pub(crate) fn heading_of(&self, i: usize) -> Option<&Block<'a>> {
        let s = self.section_of.get(i).copied().flatten()?;
        self.blocks.get(self.sections.get(s)?.block)
    }

    /// The paragraphs (at most `count`) directly above block `i`, under the same heading, the nearest first; over pictures.
    pub(crate) fn paragraphs_above(&self, i: usize, count: usize) -> Vec<&Block<'a>> {
        let mut out = Vec::new();
        for block in self.blocks.get(..i).unwrap_or_default().iter().rev().take(count + 3) {
            match block.kind {
                BlockKind::Paragraph => out.push(block),
                BlockKind::Media => {}
                _ => break,
            }
            if out.len() == count {
                break;
            }
        }
        out
    }

    /// Where the text ends that block `i` opens: at the next heading.
    pub(crate) fn next_heading(&self, i: usize) -> usize {
        // sections are in order: the first that begins after `i`
        let at = self.sections.partition_point(|s| s.block <= i);
        self.sections.get(at).map_or(self.blocks.len(), |s| s.block)
    }
}

/// The titles of the sections, without marks, folded.
fn heading_keys(blocks: &[Block<'_>], sections: &[Section]) -> HashSet<String> {
    sections
        .iter()
        .filter(|s| !s.is_title)
        .map(|s| {
            let b = &blocks[s.block];
            let from = b.marker.as_ref().map_or(0, |m| m.title);
            key(before_aside(b.words.text.get(from..).unwrap_or("")))
        })
        .filter(|k| !k.is_empty())
        .collect()
}

/// For each section, by level, the last heading above it that groups by its mark ([`Article::groups_above`]), and how many of each
/// level do.
fn groups_above(blocks: &[Block<'_>], sections: &[Section]) -> (Vec<ByLevel>, [usize; 7]) {
    let mut out = Vec::with_capacity(sections.len());
    let mut counts = [0; 7];
    let mut above: ByLevel = [None; 7];
    for s in sections {
        out.push(above);
        let level = usize::from(s.level);
        above.iter_mut().skip(level + 1).for_each(|a| *a = None);
        if s.excluded.is_some() {
            above = [None; 7];
        } else if groups_by_mark(&blocks[s.block]) {
            above[level] = Some(s.block);
            counts[level] += 1;
        }
    }
    (out, counts)
}

/// For each block the bold line above it ([`Article::lead_of`]).
fn leads(blocks: &[Block<'_>]) -> Vec<Option<usize>> {
    let mut lead: Option<usize> = None;
    // whether the lead rules out steps in the list it announces, and that list was seen: prose behind it is none of its own
    let mut spent = false;
    let mut out = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        let prose = block.kind == BlockKind::Paragraph && !block.words.all_linked && block.marker.is_none();
        if block.level().is_some() || spent && prose {
            (lead, spent) = (None, false);
        }
        out.push(lead);
        if let Some(l) = lead.filter(|_| matches!(block.kind, BlockKind::List { .. })) {
            spent = announces_one_list(&blocks[l].words.text);
        }
        // a bold step stands beside the steps that follow, not above them
        let step = block.marker.as_ref().is_some_and(|m| m.mark == Mark::Word(WordClass::Step));
        if block.kind == BlockKind::Paragraph && !step && is_lead(&block.words, block.is_bold_line()) {
            (lead, spent) = (Some(i), false);
        }
    }
    out
}

/// Whether a lead stands above one list of links or things, and not above a part of the article.
fn announces_one_list(lead: &str) -> bool {
    matches!(
        words().topic(lead),
        Some(Topic::Contents | Topic::Related | Topic::Ingredients | Topic::Prerequisites)
    )
}

fn is_lead(found: &Words, bold_line: bool) -> bool {
    let text = found.text.trim();
    if bold_line {
        let lower = text.to_lowercase();
        let is_note =
            words().note.end_at_start(&lower).or_else(|| words().warning.end_at_start(&lower)).is_some();
        let is_sentence = text.ends_with(['.', '!', '。', '！']) && text.chars().count() > 60;
        return !is_note && !is_sentence;
    }
    // a short line that is all topic: `Also read:`, `Ingredients`
    let topic = (text.chars().count() <= 40).then(|| words().topic(text)).flatten();
    topic.is_some_and(|t| {
        matches!(
            t,
            Topic::Related | Topic::Contents | Topic::Ingredients | Topic::Prerequisites | Topic::Features
        )
    })
}
