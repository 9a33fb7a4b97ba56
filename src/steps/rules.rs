//! Which of the article's sequences are its steps. Owns the order of the rules (numbers as in the labelling guideline: explicit
//! marks, alternatives, bare numbers, numbered lists, bullets, codelabs); must not build the steps.

use super::StepKind;
use super::article::Article;
use super::evidence::{Judgement, RunKind};
use super::groups;
use super::marker::Mark;
use super::outline::{BlockKind, is_duration};
use super::runs;
use super::sequences::Found;
use super::start::{Form, Start, heading_start, item_start, paragraph_starts};
use super::titles::key;
use super::words::{Topic, WordClass, words};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A step that was decided on.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    /// Where it begins.
    pub(crate) start: Start,
    /// What kind of step it is.
    pub(crate) kind: StepKind,
    /// The block of the heading or bold line that is its group.
    pub(crate) group: Option<usize>,
    /// Which sequence it is a member of.
    pub(crate) run: u32,
}

/// What was decided, and why.
#[derive(Debug, Default)]
pub(crate) struct Decision {
    /// The steps in reading order.
    pub(crate) chosen: Vec<Chosen>,
    /// Why, in sentences.
    pub(crate) reasons: Vec<String>,
    /// How sure, from 0 to 1.
    pub(crate) confidence: f64,
    /// Blocks that end the step before them: headings of groups.
    pub(crate) group_blocks: Vec<usize>,
}

/// What the rules share while they decide.
pub(crate) struct Deciding<'x, 'a> {
    pub(crate) article: &'x Article<'a>,
    pub(crate) out: Decision,
    /// Blocks that stand inside a step already chosen: sequences there are sub-steps.
    pub(crate) covered: Vec<bool>,
    /// The sequence that is being chosen.
    pub(crate) run: u32,
    /// The blocks in which chosen steps begin.
    blocks: BTreeSet<usize>,
    /// The sections in which steps were chosen, and whether any of those is no bullet.
    sections: HashMap<Option<usize>, bool>,
    /// Whether steps with marks of their own were chosen: words, or headings.
    pub(crate) has_marked: bool,
}

/// The line that says what was seen of a sequence.
fn seen(j: &Judgement) -> String {
    let list: Vec<&str> = j.seen.iter().filter(|s| !s.is_empty()).copied().collect();
    if list.is_empty() { String::new() } else { format!(": {}", list.join("; ")) }
}

impl Deciding<'_, '_> {
    pub(crate) fn line_of(&self, block: usize) -> usize {
        let at = self.article.blocks.get(block).map_or(0, |b| b.span.start);
        1 + self
            .article
            .document
            .text
            .as_bytes()
            .get(..at)
            .map_or(0, |t| memchr::memchr_iter(b'\n', t).count())
    }

    pub(crate) fn because(&mut self, block: usize, what: &str, j: Option<&Judgement>) {
        if self.out.reasons.len() < 40 {
            let line = self.line_of(block);
            self.out.reasons.push(format!("line {line}: {what}{}", j.map(seen).unwrap_or_default()));
        }
    }

    pub(crate) fn cover(&mut self, from: usize, to: usize) {
        let to = to.min(self.covered.len());
        if let Some(part) = self.covered.get_mut(from..to) {
            part.fill(true);
        }
    }

    pub(crate) fn is_covered(&self, block: usize) -> bool {
        self.covered.get(block).copied().unwrap_or(false)
    }

    pub(crate) fn choose(&mut self, start: Start, kind: StepKind, group: Option<usize>, sure: f64) {
        self.out.confidence = if self.out.chosen.is_empty() { sure } else { self.out.confidence.min(sure) };
        self.blocks.insert(start.block);
        self.has_marked |= start.is_step_word() || start.form == Form::Heading;
        let bullet = self
            .article
            .blocks
            .get(start.block)
            .is_some_and(|b| matches!(b.kind, BlockKind::List { ordered: false, .. }));
        let other = self.sections.entry(self.article.section_of[start.block]).or_insert(false);
        *other |= !bullet;
        self.out.chosen.push(Chosen { start, kind, group, run: self.run });
    }

    /// Whether a chosen step begins in one of these blocks.
    pub(crate) fn chosen_in(&self, from: usize, to: usize) -> bool {
        from < to && self.blocks.range(from..to).next().is_some()
    }

    /// Whether a chosen step begins under the same heading as this block.
    pub(crate) fn chosen_beside(&self, block: usize) -> bool {
        self.article.section_of.get(block).is_some_and(|section| self.sections.contains_key(section))
    }

    /// The block after the last one of the section that a heading opens.
    pub(crate) fn section_end(&self, block: usize) -> usize {
        let sections = &self.article.sections;
        let at = sections.partition_point(|s| s.block < block);
        sections.get(at).filter(|s| s.block == block).map_or(block + 1, |s| s.end)
    }
}

/// Applies the rules.
pub(crate) fn decide(article: &Article<'_>) -> Decision {
    let mut d = Deciding {
        article,
        out: Decision::default(),
        covered: vec![false; article.blocks.len()],
        run: 0,
        blocks: BTreeSet::new(),
        sections: HashMap::new(),
        has_marked: false,
    };
    explicit_steps(&mut d);
    if article.is_codelab && d.out.chosen.is_empty() {
        codelab(&mut d);
    } else {
        runs::alternatives(&mut d);
        runs::numbered_headings(&mut d);
        runs::numbered_paragraphs_and_lists(&mut d);
        bullets(&mut d);
    }
    let mut out = d.out;
    out.chosen.sort_by_key(|c| c.start.at);
    out.chosen.dedup_by_key(|c| c.start.at);
    groups::settle(article, &mut out);
    if out.chosen.is_empty() && out.reasons.is_empty() {
        out.reasons.push("nothing in it is marked or numbered as steps are".to_string());
    }
    out
}

/// All step-word marks in reading order.
fn marked_steps(article: &Article<'_>) -> Vec<Start> {
    let mut found = Vec::new();
    for (i, block) in article.blocks.iter().enumerate() {
        let never = matches!(
            article.exclusion(i),
            Some(Topic::Faq | Topic::Contents | Topic::Related | Topic::References | Topic::Changelog)
        );
        if never {
            continue;
        }
        match block.kind {
            BlockKind::Heading(_) => found.extend(heading_start(article, i).filter(Start::is_step_word)),
            BlockKind::Paragraph => {
                for s in paragraph_starts(article, i) {
                    let Some(m) = s.marker.as_ref().filter(|_| s.is_step_word()) else { continue };
                    let bold = block.words.bold.first().is_some_and(|b| b.start <= m.start && b.end >= m.end);
                    let listed = block.words.all_linked || block.words.anchor_link;
                    if (m.separated || bold) && !listed {
                        found.push(s);
                    }
                }
            }
            BlockKind::List { .. } => {
                for (k, item) in block.items.iter().enumerate() {
                    let entry = (item.words.all_linked || item.words.anchor_link) && !item.has_body();
                    if entry || item.marker.is_none() {
                        continue;
                    }
                    found.extend(item_start(article, i, k).filter(Start::is_step_word));
                }
            }
            _ => {}
        }
    }
    // a table of contents in words repeats the headings
    let headings: HashSet<(u32, String)> =
        found.iter().filter(|s| s.form == Form::Heading).map(|s| (s.number(), key(&s.title))).collect();
    found.retain(|s| s.form == Form::Heading || !headings.contains(&(s.number(), key(&s.title))));
    // parts of a step (`Step 1.2`) are sub-steps, unless that step itself stands nowhere
    let dotted = |s: &Start| s.marker.as_ref().is_some_and(|m| m.dotted);
    let whole: HashSet<u32> = found.iter().filter(|s| !dotted(s)).map(Start::number).collect();
    found.retain(|s| !dotted(s) || !whole.contains(&s.number()));
    found
}

/// R1: step words with numbers.
fn explicit_steps(d: &mut Deciding<'_, '_>) {
    let found = marked_steps(d.article);
    let alone = found.len() == 1 && found.iter().any(|s| s.form != Form::Heading);
    if found.is_empty() || alone {
        return;
    }
    // a mark inside the section of a step heading is a sub-step, unless it goes on with its numbers
    let mut open: Option<(usize, u8, u32)> = None;
    let mut inner: HashSet<(Form, u8, u32)> = HashSet::new();
    let mut covered_to = 0;
    for s in found {
        let number = s.number();
        let inside =
            open.is_some_and(|(end, level, _)| s.block < end && (s.form != Form::Heading || s.level > level));
        if let Some((end, level, last)) = open.filter(|_| inside) {
            let goes_on = number == last + 1 && !inner.contains(&(s.form, s.level, number.saturating_sub(1)));
            if !goes_on {
                inner.insert((s.form, s.level, number));
                continue;
            }
            open = Some((end, level, number));
        } else {
            inner.clear();
            open = (s.form == Form::Heading).then(|| (d.section_end(s.block), s.level, number));
        }
        let end =
            if s.form == Form::Heading { d.section_end(s.block) } else { d.article.next_heading(s.block) };
        d.cover(s.block.max(covered_to), end);
        covered_to = end.max(covered_to);
        let group = groups::of_marked(d.article, &s);
        if number <= 1 || d.out.chosen.last().is_none_or(|c| c.start.number() >= number || c.group != group) {
            d.run += 1;
        }
        d.choose(s, StepKind::Procedure, group, 0.95);
    }
    if let Some(first) = d.out.chosen.first().map(|c| c.start.block) {
        d.because(first, "steps, for they are marked with a word and a number", None);
    }
}

/// R6: pages whose sections carry durations.
fn codelab(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    let timed = |block: usize| {
        article
            .blocks
            .get(block + 1)
            .is_some_and(|b| b.kind == BlockKind::Paragraph && is_duration(&b.words.text))
    };
    let Some(level) = article.sections.iter().filter(|s| timed(s.block)).map(|s| s.level).min() else {
        return;
    };
    for s in &article.sections {
        let out = matches!(
            s.topic,
            Some(
                Topic::Overview
                    | Topic::Prerequisites
                    | Topic::Conclusion
                    | Topic::Related
                    | Topic::References
                    | Topic::Faq
                    | Topic::Contents
            )
        );
        if s.level != level || s.is_title || out {
            continue;
        }
        if let Some(start) = heading_start(article, s.block) {
            d.choose(start, StepKind::Procedure, None, 0.9);
        }
    }
    if let Some(first) = d.out.chosen.first().map(|c| c.start.block) {
        d.because(first, "steps, for the page is a codelab: its sections carry durations", None);
    }
}

/// R5: bullets under a heading that says they are steps.
fn bullets(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    for (i, block) in article.blocks.iter().enumerate() {
        let BlockKind::List { ordered: false, .. } = block.kind else { continue };
        if d.is_covered(i) || block.items.len() < 2 || article.exclusion(i).is_some() {
            continue;
        }
        let lead = article.lead_of[i].map(|l| words().topic(&article.blocks[l].words.text));
        let directions = match lead {
            Some(topic) => topic == Some(Topic::Directions),
            None => article.sections_around(i).take(2).any(|s| s.topic == Some(Topic::Directions)),
        };
        if !directions {
            continue;
        }
        // beside numbered steps under the same heading, bullets are remarks
        if d.sections.get(&article.section_of[i]).copied().unwrap_or(false) {
            continue;
        }
        let found = Found {
            starts: (0..block.items.len()).filter_map(|k| item_start(article, i, k)).collect(),
            end: i + 1,
        };
        d.because(i, "steps, for these bullets stand under a heading for directions", None);
        let group = groups::nearest(article, i);
        runs::take(d, found, StepKind::Procedure, group, 0.8);
    }
}

/// Whether the mark counts alternatives, and which word it has.
pub(crate) fn counts(mark: Option<Mark>, class: WordClass) -> bool {
    mark == Some(Mark::Word(class))
}

/// What a run's kind makes of its members.
pub(crate) fn kind_of(kind: RunKind) -> Option<StepKind> {
    match kind {
        RunKind::Procedure => Some(StepKind::Procedure),
        RunKind::Items => Some(StepKind::ListItem),
        RunKind::Nothing => None,
    }
}
