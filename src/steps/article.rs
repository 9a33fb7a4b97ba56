//! The article's headings, what each is about, and which text stands below which. Owns the context rules decide in; must not
//! decide itself.

use super::groups::groups_by_mark;
use super::marker::Mark;
use super::number::{any_number, lowered};
use super::outline::{Block, BlockKind, Outline};
use super::tongue::Tongue;
use super::wording::Words;
use super::words::{Topic, WordClass, words};
use crate::document::Document;
use std::collections::HashSet;

/// A heading with what stands below it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The heading's block.
    pub(crate) block: usize,
    /// The heading's level.
    pub(crate) level: u8,
    /// The section of a higher level that it stands in.
    pub(crate) parent: Option<usize>,
    /// What it is about.
    pub(crate) topic: Option<Topic>,
    /// The topic, its own or of a section it stands in, for which nothing in it is a step.
    pub(crate) excluded: Option<Topic>,
    /// The same of the sections it stands in alone.
    pub(crate) excluded_above: Option<Topic>,
    /// The block after the last one in it.
    pub(crate) end: usize,
    /// Whether it is the article's title.
    pub(crate) is_title: bool,
    /// Whether its heading counts a clause of a contract.
    pub(crate) is_clause: bool,
}

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
    pub(crate) groups_above: Vec<[Option<usize>; 7]>,
    /// How many headings of each level group by their marks.
    pub(crate) group_counts: [usize; 7],
    /// The languages it is in.
    pub(crate) tongue: Tongue,
    /// Whether headings carry codelab durations.
    pub(crate) is_codelab: bool,
    /// Whether it is terms of service and the like, by its title.
    pub(crate) is_contract: bool,
}

/// Words without white space, punctuation and case: for comparing titles.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// White space folded, an attribute list at the end dropped.
pub(crate) fn fold(text: &str) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.contains("**") {
        // emphasis that its author glued to words is none to Markdown: its stars are no part of a title
        out = out.replace("**", "");
    }
    if out.ends_with('}')
        && let Some(at) = out.rfind("{#").or_else(|| out.rfind("{:")).or_else(|| out.rfind("{."))
    {
        out.truncate(at);
        out.truncate(out.trim_end().len());
    }
    out
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
        let mut titles: Vec<String> = front_matter_title(document).into_iter().collect();
        let mut sections: Vec<Section> = Vec::new();
        let mut section_of = vec![None; blocks.len()];
        let mut open: Vec<usize> = Vec::new();
        let first_heading = blocks.iter().position(|b| b.level().is_some());
        let top_headings = blocks.iter().filter(|b| b.level() == Some(1)).count();
        for (i, block) in blocks.iter().enumerate() {
            if let Some(level) = block.level() {
                while open.last().is_some_and(|&s| sections[s].level >= level) {
                    if let Some(s) = open.pop() {
                        sections[s].end = i;
                    }
                }
                let parent = open.last().copied();
                let title = fold(&block.words.text);
                let own = key(&title);
                let named = titles.first().is_some_and(|t| {
                    let t = key(t);
                    !own.is_empty()
                        && own.len() > 8
                        && (t == own || t.contains(&own) || own.contains(&t) && t.len() > 8)
                });
                let is_title = block.marker.is_none()
                    && (level == 1 && top_headings == 1
                        || named && sections.len() < 2
                        || Some(i) == first_heading && stands_as_title(&blocks, i, level));
                let stripped = block
                    .marker
                    .as_ref()
                    .and_then(|m| block.words.text.get(m.title..))
                    .unwrap_or(&block.words.text);
                let topic = words().topic(stripped);
                let inherited = parent
                    .and_then(|p| sections[p].excluded)
                    .filter(|t| !matches!(t, Topic::Contents | Topic::Overview));
                let own_exclusion = topic.filter(|t| {
                    *t != Topic::Directions
                        && (!is_title
                            || matches!(
                                t,
                                Topic::Changelog
                                    | Topic::Faq
                                    | Topic::Related
                                    | Topic::References
                                    | Topic::Terms
                            ))
                });
                if is_title {
                    titles.push(title);
                }
                open.push(sections.len());
                sections.push(Section {
                    block: i,
                    level,
                    parent,
                    topic,
                    excluded: own_exclusion.or(inherited),
                    excluded_above: inherited,
                    end: blocks.len(),
                    is_title,
                    is_clause: !is_title && is_clause(&block.words.text),
                });
            }
            section_of[i] = open.last().copied();
        }
        let lead_of = leads(&blocks);
        let heading_keys = sections
            .iter()
            .filter(|s| !s.is_title)
            .map(|s| {
                let b = &blocks[s.block];
                let from = b.marker.as_ref().map_or(0, |m| m.title);
                key(before_aside(b.words.text.get(from..).unwrap_or("")))
            })
            .filter(|k| !k.is_empty())
            .collect();
        let mut groups_above = Vec::with_capacity(sections.len());
        let mut group_counts = [0; 7];
        let mut above: [Option<usize>; 7] = [None; 7];
        for s in &sections {
            groups_above.push(above);
            let level = usize::from(s.level);
            above.iter_mut().skip(level + 1).for_each(|a| *a = None);
            if s.excluded.is_some() {
                above = [None; 7];
            } else if groups_by_mark(&blocks[s.block]) {
                above[level] = Some(s.block);
                group_counts[level] += 1;
            }
        }
        let tongue = Tongue::of(blocks.iter().flat_map(|b| {
            std::iter::once(b.words.text.as_str()).chain(b.items.iter().map(|i| i.words.text.as_str()))
        }));
        let is_codelab = outline.durations >= 2;
        let is_contract = titles
            .iter()
            .any(|t| [t.as_str(), before_aside(t)].iter().any(|t| words().topic(t) == Some(Topic::Terms)));
        // one clause alone may be anything: `Article 3` of a series
        if sections.iter().filter(|s| s.is_clause).count() < 2 {
            sections.iter_mut().for_each(|s| s.is_clause = false);
        }
        Self {
            document,
            blocks,
            sections,
            section_of,
            lead_of,
            titles,
            heading_keys,
            groups_above,
            group_counts,
            tongue,
            is_codelab,
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

/// Whether the first heading of an article without another title is it: no prose above it, and deeper headings or none below.
fn stands_as_title(blocks: &[Block<'_>], i: usize, level: u8) -> bool {
    // what only names a part that articles have is the first part, not the title
    let part = blocks.get(i).and_then(|b| words().topic(&b.words.text));
    if part.is_some_and(|t| !matches!(t, Topic::Directions | Topic::Changelog | Topic::Terms)) {
        return false;
    }
    let prose_above =
        blocks[..i].iter().any(|b| b.kind == BlockKind::Paragraph && b.words.text.chars().count() > 80);
    let next = blocks[i + 1..].iter().find(|b| b.kind != BlockKind::Rule);
    let followed_by_list = next.is_some_and(|b| matches!(b.kind, BlockKind::List { .. }));
    let alike = blocks[i + 1..].iter().any(|b| b.level().is_some_and(|l| l <= level));
    !(prose_above || followed_by_list && alike)
}

/// Whether a heading counts a clause of a contract or a law: `§ 3`, `Article 3`, `第3条`, `제3조`, `Madde 3`.
fn is_clause(heading: &str) -> bool {
    let text = heading.trim_start();
    if let Some(rest) = text.strip_prefix('§') {
        return behind_number(rest.trim_start_matches('§')).is_some();
    }
    if let Some(rest) = text.strip_prefix('第').or_else(|| text.strip_prefix('제')) {
        return behind_number(rest).is_some_and(|r| r.starts_with(['条', '條', '조']));
    }
    let lower = lowered(text, 24);
    words().clause.iter().any(|word| {
        lower.starts_with(word.as_str())
            && text
                .get(word.len()..)
                .filter(|r| !r.starts_with(char::is_alphabetic))
                .is_some_and(|r| behind_number(r).is_some())
    })
}

/// What stands behind the number at the beginning of a text, which may follow blanks and a point.
fn behind_number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '\u{a0}', '.', '°', 'º']);
    text.get(any_number(text)?.len..).map(str::trim_start)
}

/// The part of a title before a bracket, colon or dash.
pub(crate) fn before_aside(text: &str) -> &str {
    let text = text.trim();
    let cut = text
        .char_indices()
        .skip(4)
        .find(|(_, c)| matches!(c, ':' | '：' | '(' | '（' | '–' | '—' | '\n'))
        .map(|(i, _)| i);
    text.get(..cut.unwrap_or(text.len())).unwrap_or(text)
}

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
