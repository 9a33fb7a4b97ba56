//! Sequences without step words: sets of alternatives, numbered headings, numbered paragraphs, numbered lists. Owns finding them;
//! their weighing is in `evidence`.

use super::StepKind;
use super::article::Article;
use super::evidence::{self, Run, RunKind, of_list, of_run, share};
use super::groups;
use super::marker::{Mark, Style};
use super::outline::BlockKind;
use super::rules::{Deciding, counts, kind_of};
use super::sequences::{Found, sequences, words_of};
use super::start::{Form, Start, heading_start, paragraph_starts};
use super::tongue::Instructs;
use super::words::{Topic, WordClass};
use std::collections::{BTreeMap, HashSet};

/// Takes a sequence for steps.
pub(crate) fn take(d: &mut Deciding<'_, '_>, found: Found, kind: StepKind, group: Option<usize>, sure: f64) {
    let Some(first) = found.starts.first().map(|s| s.block) else { return };
    d.cover(first, found.end);
    d.run += 1;
    for start in found.starts {
        d.choose(start, kind, group, sure);
    }
}

/// The members of a set: a heading or bold line with its extent.
struct Member {
    start: Start,
    end: usize,
}

/// R2: headings or bold lines that count ways to do something.
pub(crate) fn alternatives(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    let mut sets: BTreeMap<(bool, Option<usize>, u8, String), Vec<Start>> = BTreeMap::new();
    for (i, block) in article.blocks.iter().enumerate() {
        let is_way =
            |s: &Start| counts(s.mark(), WordClass::Alternative) || counts(s.mark(), WordClass::Part);
        if d.is_covered(i)
            || matches!(article.exclusion(i), Some(Topic::Faq | Topic::Contents | Topic::Related))
        {
            continue;
        }
        match block.kind {
            BlockKind::Heading(level) => {
                let Some(s) = heading_start(article, i).filter(is_way) else { continue };
                let parent = article.section_of[i].and_then(|s| article.sections[s].parent);
                let word = s.marker.as_ref().map(|m| m.word.clone()).unwrap_or_default();
                sets.entry((true, parent, level, word)).or_default().push(s);
            }
            BlockKind::Paragraph => {
                if block.words.anchor_link || block.words.all_linked {
                    continue;
                }
                let Some(s) = paragraph_starts(article, i).into_iter().next().filter(is_way) else {
                    continue;
                };
                let Some(m) = s.marker.as_ref() else { continue };
                let bold = block.words.bold.first().is_some_and(|b| b.start <= m.start && b.end >= m.end);
                if block.is_bold_line() || bold && m.separated {
                    let word = m.word.clone();
                    sets.entry((false, article.section_of[i], 0, word)).or_default().push(s);
                }
            }
            _ => {}
        }
    }
    // bold lines that repeat the words of headings are their table of contents
    let headed: HashSet<String> = sets.keys().filter(|k| k.0).map(|k| k.3.clone()).collect();
    for ((is_heading, _, _, word), starts) in sets {
        if !is_heading && headed.contains(&word) {
            continue;
        }
        set_of_ways(d, starts, is_heading);
    }
}

fn set_of_ways(d: &mut Deciding<'_, '_>, starts: Vec<Start>, headings: bool) {
    let article = d.article;
    let part = starts.first().is_some_and(|s| counts(s.mark(), WordClass::Part));
    let members: Vec<Member> = starts
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let end = if headings { d.section_end(s.block) } else { article.next_heading(s.block) };
            // plain headings of the same level between two ways belong to the first
            let end = starts.get(i + 1).map_or(end, |n| n.block.max(s.block));
            Member { start: s.clone(), end }
        })
        .collect();
    let mut sequences: Vec<Option<(Vec<Found>, StepKind)>> = Vec::new();
    let mut marked = Vec::new();
    for m in &members {
        let steps = d.chosen_in(m.start.block + 1, m.end);
        marked.push(steps);
        sequences.push(if steps { None } else { sequence_inside(d, m.start.block, m.end) });
    }
    let numbered_deeper = members.iter().any(|m| has_numbered_headings(article, m));
    let any = marked.iter().any(|m| *m) || sequences.iter().any(Option::is_some);
    let Some(first) = members.first().map(|m| m.start.block) else { return };
    if !any && !numbered_deeper {
        if members.len() < 2 {
            return;
        }
        if part {
            let found = Found { end: members.last().map_or(first + 1, |m| m.end), starts };
            judge_run(d, found, true);
            return;
        }
        d.because(first, "steps, for they are numbered ways without sequences of their own", None);
        let end = members.last().map_or(first + 1, |m| m.end);
        // what stands between the ways is covered with them
        take(d, Found { starts, end }, StepKind::Procedure, None, 0.8);
        return;
    }
    if numbered_deeper && !any {
        // the deeper headings decide; these are their groups
        return;
    }
    d.because(first, "groups, for they are numbered ways that hold sequences", None);
    for ((m, inside), steps) in members.into_iter().zip(sequences).zip(marked) {
        let block = m.start.block;
        match inside {
            _ if steps => {}
            Some((found, kind)) => {
                for f in found {
                    take(d, f, kind, Some(block), 0.9);
                }
                d.cover(block + 1, m.end);
            }
            None if !part && !has_numbered_headings(article, &m) && holds_text(article, block + 1, m.end) => {
                d.cover(block, m.end);
                d.run += 1;
                d.choose(m.start, StepKind::Procedure, Some(block), 0.7);
            }
            None => {}
        }
    }
}

fn holds_text(article: &Article<'_>, from: usize, to: usize) -> bool {
    article
        .blocks
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .any(|b| b.kind == BlockKind::Paragraph || !b.items.is_empty() || b.kind == BlockKind::Aside)
}

fn has_numbered_headings(article: &Article<'_>, m: &Member) -> bool {
    let inside = article.blocks.get(m.start.block + 1..m.end).unwrap_or_default();
    inside
        .iter()
        .filter(|b| {
            b.level().is_some()
                && b.marker.as_ref().is_some_and(|k| {
                    matches!(k.mark, Mark::Number(s) if s != Style::Loose)
                        || counts(Some(k.mark), WordClass::Item)
                        || counts(Some(k.mark), WordClass::Tip)
                })
        })
        .take(2)
        .count()
        == 2
}

/// The ordered sequences of a way: of its lists those that instruct best, or its numbered paragraphs.
fn sequence_inside(d: &Deciding<'_, '_>, from: usize, to: usize) -> Option<(Vec<Found>, StepKind)> {
    let mut taken = Vec::new();
    for found in sequences(d, from + 1, to) {
        let words = words_of(d.article, &found);
        let judgement = of_list(d.article, found.starts.first()?.block, &words);
        // standing inside a way is evidence of its own
        if judgement.score >= 0.5 {
            taken.push(found);
        }
    }
    (!taken.is_empty()).then_some((taken, StepKind::Procedure))
}

/// R3 for headings.
pub(crate) fn numbered_headings(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    type Key = (u8, Option<Style>, String);
    let mut runs: BTreeMap<(usize, u32), Vec<Start>> = BTreeMap::new();
    let mut open: Vec<(Key, usize, u32)> = Vec::new();
    for s in &article.sections {
        let i = s.block;
        let Some(start) = heading_start(article, i) else { continue };
        if start.marker.is_some() {
            // a marked heading begins something else at all deeper levels; plain ones may just have the wrong level
            open.retain(|(k, _, _)| k.0 <= s.level);
        }
        let (style, word) = match start.mark() {
            Some(Mark::Number(style)) => (Some(style), String::new()),
            Some(Mark::Word(WordClass::Tip | WordClass::Item)) => {
                (None, start.marker.as_ref().map(|m| m.word.clone()).unwrap_or_default())
            }
            _ => continue,
        };
        if start.marker.as_ref().is_some_and(|m| m.dotted) {
            continue;
        }
        let key: Key = (s.level, style, word);
        let number = start.number();
        let slot = open.iter().position(|(k, _, _)| *k == key);
        let continues = slot.map(|o| open[o].2).filter(|&last| {
            let lettered = start.marker.as_ref().is_some_and(|m| m.lettered);
            number > last && number <= last + 2 || lettered && number == last
        });
        match (slot, continues) {
            (Some(o), Some(_)) => {
                open[o].2 = number;
                let id = open[o].1;
                runs.entry((id, 0)).or_default().push(start);
            }
            (slot, _) => {
                if number > 1 {
                    continue;
                }
                match slot {
                    Some(o) => open[o] = (key, i, number),
                    None => open.push((key, i, number)),
                }
                runs.entry((i, 0)).or_default().push(start);
            }
        }
    }
    let mut all: Vec<Vec<Start>> = runs.into_values().filter(|r| r.len() >= 2).collect();
    // outer runs decide first
    all.sort_by_key(|r| (r.first().map_or(0, |s| s.level), r.first().map_or(0, |s| s.block)));
    for starts in all {
        let Some(first) = starts.first().map(|s| s.block) else { continue };
        if d.is_covered(first) {
            continue;
        }
        let end = starts.last().map_or(first, |s| d.section_end(s.block));
        judge_run(d, Found { starts, end }, true);
    }
}

/// Weighs a run of numbered headings or paragraphs, and takes it for what it is.
fn judge_run(d: &mut Deciding<'_, '_>, found: Found, headings: bool) -> bool {
    let article = d.article;
    let Some(first) = found.starts.first().map(|s| s.block) else { return false };
    let titles: Vec<String> = found.starts.iter().map(|s| s.title.clone()).collect();
    let ends: Vec<usize> = found
        .starts
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let own = if headings { d.section_end(s.block) } else { article.next_heading(s.block) };
            found.starts.get(i + 1).map_or(own, |n| own.min(n.block)).max(s.block)
        })
        .collect();
    // what holds steps of its own groups them
    if headings && d.chosen_in(first + 1, found.end) {
        d.because(first, "groups, for they hold steps", None);
        return false;
    }
    let inside = |i: usize| article.blocks.get(found.starts[i].block + 1..ends[i]).unwrap_or_default();
    let count = |is: &dyn Fn(&[super::outline::Block<'_>]) -> bool| {
        (0..titles.len()).filter(|&i| is(inside(i))).count()
    };
    let with_code = count(&|b| b.iter().any(|b| matches!(b.kind, BlockKind::Aside | BlockKind::Media)));
    let with_lists = count(&|b| b.iter().any(|b| matches!(b.kind, BlockKind::List { ordered: true, .. })));
    let with_sections = count(&|b| b.iter().filter(|b| b.level().is_some()).count() >= 2);
    let style = match found.starts[0].mark() {
        Some(Mark::Number(style)) => Some(style),
        _ => None,
    };
    let parts = counts(found.starts[0].mark(), WordClass::Part);
    let run =
        Run { block: first, style, titles: &titles, with_code, with_lists, with_sections, headings, parts };
    let (mut kind, judgement) = of_run(article, &run);
    if counts(found.starts[0].mark(), WordClass::Item) && kind == RunKind::Procedure {
        kind = RunKind::Items;
    }
    let Some(step_kind) = kind_of(kind) else {
        d.because(first, "no steps, for these numbers count chapters", Some(&judgement));
        return false;
    };
    let what = if step_kind == StepKind::ListItem { "entries of a list" } else { "steps" };
    d.because(first, what, Some(&judgement));
    let group = if headings { heading_group(article, first) } else { groups::nearest(article, first) };
    let sure = (0.5 + judgement.score / 12.0).clamp(0.3, 0.9);
    let spans: Vec<(usize, usize)> = found.starts.iter().map(|s| s.block).zip(ends).collect();
    d.run += 1;
    for start in found.starts {
        d.choose(start, step_kind, group, sure);
    }
    for (from, to) in spans {
        d.cover(from, to);
    }
    true
}

/// The heading above numbered headings, unless it is the title.
fn heading_group(article: &Article<'_>, first: usize) -> Option<usize> {
    article.sections_around(first).find(|s| s.block != first).filter(|s| !s.is_title).map(|s| s.block)
}

/// R3 for paragraphs and R4.
pub(crate) fn numbered_paragraphs_and_lists(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    let found = sequences(d, 0, article.blocks.len());
    for f in found {
        let Some(first) = f.starts.first().map(|s| s.block) else { continue };
        if d.is_covered(first) {
            continue;
        }
        let lists = share(&f.starts, |s| s.form == Form::List);
        if lists < 0.5 {
            if f.starts.len() >= 2 {
                let end = f.end.max(article.next_heading(f.starts.last().map_or(first, |s| s.block)));
                judge_run(d, Found { end, ..f }, false);
            }
            continue;
        }
        let words = words_of(article, &f);
        let judgement = of_list(article, first, &words);
        // beside steps with marks of their own a list must speak for itself, less so one with a title of its own elsewhere
        let apart = article.lead_of[first].is_some() && !d.chosen_beside(first);
        let enough = match (d.has_marked, apart) {
            (false, _) => 2.0,
            (true, true) => 3.0,
            (true, false) => 4.0,
        };
        if judgement.score < enough || f.starts.len() < 2 && judgement.score < 4.0 {
            d.because(first, "no steps: the list does not tell what to do", Some(&judgement));
            continue;
        }
        d.because(first, "steps: the list tells what to do", Some(&judgement));
        let group = groups::nearest(article, first);
        let sure = (0.4 + judgement.score / 12.0).clamp(0.3, 0.9);
        take(d, f, StepKind::Procedure, group, sure);
    }
    bold_siblings(d);
}

/// Bold lines beside each other of which two hold steps and one a few bullets: that one is a step too.
fn bold_siblings(d: &mut Deciding<'_, '_>) {
    let article = d.article;
    let mut holding: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for c in &d.out.chosen {
        if let Some(lead) = article.lead_of[c.start.block] {
            holding.entry(article.section_of[c.start.block]).or_default().push(lead);
        }
    }
    for (section, mut leads) in holding {
        leads.dedup();
        let leads: HashSet<usize> = leads.into_iter().collect();
        if leads.len() < 2 {
            continue;
        }
        let from = section.map_or(0, |s| article.sections[s].block);
        let to = article.next_heading(from);
        for i in from..to {
            let block = &article.blocks[i];
            if leads.contains(&i)
                || d.is_covered(i)
                || !block.is_bold_line()
                || block.marker.is_some()
                || super::words::words().topic(&block.words.text).is_some()
            {
                continue;
            }
            let next = article.blocks.get(i + 1);
            let bullets = next.is_some_and(|b| matches!(b.kind, BlockKind::List { ordered: false, .. }));
            let lines: Vec<&str> =
                next.map(|b| b.items.iter().map(|i| i.words.text.as_str()).collect()).unwrap_or_default();
            if bullets
                && share(&lines, |t| article.tongue.instructs(t) == Instructs::Yes) >= 0.5
                && article.lead_of[i + 1] == Some(i)
            {
                let title = evidence::shown(&block.words.text);
                let start = Start {
                    block: i,
                    item: None,
                    form: Form::Paragraph,
                    level: 0,
                    at: block.span.start,
                    marker: None,
                    title,
                    printed: None,
                    title_end: block.span.end,
                };
                d.because(i, "a step, for the bold lines beside it hold steps", None);
                d.cover(i, i + 2);
                d.run += 1;
                d.choose(start, StepKind::Procedure, Some(i), 0.6);
            }
        }
    }
}
