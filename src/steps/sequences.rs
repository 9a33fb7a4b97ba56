//! Numbered lists and rows of numbered paragraphs, put together from their pieces. Owns finding them; must not weigh them.

use super::article::Article;
use super::marker::{Mark, Style};
use super::outline::BlockKind;
use super::rules::Deciding;
use super::start::{Start, heading_start, item_start, paragraph_starts};
use super::wording::Words;

/// A sequence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its members.
    pub(crate) starts: Vec<Start>,
    /// The block after its last member.
    pub(crate) end: usize,
}

/// The words of a sequence's members.
pub(crate) fn words_of<'w>(article: &'w Article<'_>, found: &Found) -> Vec<&'w Words> {
    found
        .starts
        .iter()
        .filter_map(|s| {
            let b = article.blocks.get(s.block)?;
            match s.item {
                Some(i) => b.items.get(i).map(|i| &i.words),
                None => Some(&b.words),
            }
        })
        .collect()
}

/// Numbered lists and numbered paragraphs between two blocks, pieces joined: a list goes on behind pictures, code and notes, and
/// behind anything if its numbers do.
pub(crate) fn sequences(d: &Deciding<'_, '_>, from: usize, to: usize) -> Vec<Found> {
    let article = d.article;
    let mut out: Vec<Found> = Vec::new();
    let mut list: Option<OpenList> = None;
    // rows that may go on, the outer ones first: `（1）` may stand between `4、` and `5、`
    let mut rows: Vec<OpenRow> = Vec::new();
    // a heading `1)` whose sequence may go on as a list `2)`
    let mut headed: Option<Start> = None;
    for i in from..to.min(article.blocks.len()) {
        let block = &article.blocks[i];
        match block.kind {
            BlockKind::Heading(_) => {
                list = None;
                rows.clear();
                headed = lone_first(d, i);
            }
            BlockKind::Media | BlockKind::Rule | BlockKind::Aside => {}
            BlockKind::List { ordered: false, .. } => {
                if let Some(o) = &mut list {
                    o.between += 1;
                }
            }
            BlockKind::List { ordered: true, first } => {
                if d.is_covered(i) || block.items.is_empty() {
                    list = None;
                    continue;
                }
                let one = block.items.len() == 1;
                let last = first.saturating_add(block.items.len() as u32 - 1);
                let joins = list.as_ref().filter(|o| {
                    let all_ones = first == 1 && o.ones && one && o.between == 0;
                    first == o.last + 1 && o.between <= 6 || all_ones
                });
                // `1、` and then `2.`: a row of paragraphs that goes on as a list
                let from_row = rows.last().filter(|r| joins.is_none() && first > 1 && first == r.last + 1);
                let id = joins.map(|o| o.id).or(from_row.map(|r| r.id));
                let ones = joins.map_or(one && first == 1, |o| o.ones && one && first == 1);
                let starts = (0..block.items.len()).filter_map(|k| item_start(article, i, k));
                let id = match id.and_then(|id| out.get_mut(id).map(|f| (id, f))) {
                    Some((id, f)) => {
                        f.starts.extend(starts);
                        f.end = i + 1;
                        id
                    }
                    None => {
                        let before = headed.take().filter(|_| first == 2);
                        out.push(Found { starts: before.into_iter().chain(starts).collect(), end: i + 1 });
                        out.len() - 1
                    }
                };
                list = Some(OpenList { id, last, between: 0, ones });
            }
            BlockKind::Paragraph => {
                let marks = numbered_lines(d, i);
                let (Some(number), mark) =
                    (marks.first().map(Start::number), marks.first().and_then(Start::mark))
                else {
                    if let Some(o) = &mut list {
                        o.between += 1;
                    }
                    continue;
                };
                let last = marks.last().map_or(number, Start::number);
                let goes_on = |r: &OpenRow| r.mark == mark && (number == r.last + 1 || number == r.last + 2);
                let depth = rows.iter().rposition(goes_on);
                let in_row = depth.and_then(|at| rows.get(at)).map(|r| r.id);
                let in_list =
                    list.as_ref().filter(|o| in_row.is_none() && number == o.last + 1).map(|o| o.id);
                if let Some(f) = in_row.or(in_list).and_then(|id| out.get_mut(id)) {
                    f.starts.extend(marks);
                    f.end = i + 1;
                } else if let Some(before) =
                    beginning(d, i, &marks, &mut headed, rows.is_empty() && list.is_none())
                {
                    out.push(Found { starts: before.into_iter().chain(marks).collect(), end: i + 1 });
                    rows.retain(|r| r.mark != mark);
                    rows.push(OpenRow { id: out.len() - 1, last, mark });
                    if let Some(o) = &mut list {
                        o.between += 1;
                    }
                    continue;
                } else {
                    continue;
                }
                if let Some(at) = depth {
                    rows.truncate(at + 1);
                    if let Some(r) = rows.get_mut(at) {
                        r.last = last;
                    }
                    if let Some(o) = &mut list {
                        o.between += 1;
                    }
                } else {
                    list = list.map(|o| OpenList { last, between: 0, ones: false, ..o });
                }
            }
        }
    }
    out
}

/// What stands before the marks of a paragraph that continues nothing, where they begin a sequence: nothing before a 1, or before
/// numbers that rise where they are the first under their heading (`nothing_before`); the heading that is 1 before a 2.
fn beginning(
    d: &Deciding<'_, '_>,
    block: usize,
    marks: &[Start],
    headed: &mut Option<Start>,
    nothing_before: bool,
) -> Option<Option<Start>> {
    let first = marks.first()?;
    if first.number() == 1 {
        return Some(None);
    }
    let heading = headed.take_if(|h| first.number() == 2 && h.mark() == first.mark());
    (heading.is_some() || nothing_before && rises(d, block, marks)).then_some(heading)
}

/// A heading with the number 1 of which the next heading is no 2: a member of its sequence that came out too large.
fn lone_first(d: &Deciding<'_, '_>, block: usize) -> Option<Start> {
    let article = d.article;
    let arabic = |s: &Start| s.mark() == Some(Mark::Number(Style::Arabic));
    let first =
        heading_start(article, block).filter(|s| arabic(s) && s.number() == 1 && !d.is_covered(block))?;
    let next = article.next_heading(block);
    let goes_on = heading_start(article, next).is_some_and(|s| arabic(&s) && s.number() == 2);
    (!goes_on).then_some(first)
}

/// Whether a row of numbered paragraphs that does not begin with 1 (its beginning was cut off) counts up at least three of them
/// under the same heading.
fn rises(d: &Deciding<'_, '_>, block: usize, marks: &[Start]) -> bool {
    const AS_FAR_AS: usize = 8;
    let (Some(first), Some(mark)) = (marks.first(), marks.first().map(Start::mark)) else { return false };
    let enough = first.number() + 2;
    let mut last = marks.last().map_or(0, Start::number);
    let to = d.article.next_heading(block).min(block + 1 + AS_FAR_AS);
    for next in block + 1..to {
        if last >= enough {
            break;
        }
        let more = numbered_lines(d, next);
        if more.first().is_some_and(|s| s.mark() == mark && s.number() == last + 1) {
            last = more.last().map_or(last, Start::number);
        }
    }
    last >= enough
}

/// A list that may go on: its place among the sequences, its last number, what stood since, whether it is `1.` `1.` `1.`.
struct OpenList {
    id: usize,
    last: u32,
    between: usize,
    ones: bool,
}

/// A row of numbered paragraphs that may go on.
struct OpenRow {
    id: usize,
    last: u32,
    mark: Option<Mark>,
}

/// The lines of a paragraph that begin with bare numbers.
fn numbered_lines(d: &Deciding<'_, '_>, i: usize) -> Vec<Start> {
    let words = &d.article.blocks[i].words;
    if d.is_covered(i) || words.anchor_link || words.all_linked {
        return Vec::new();
    }
    let mut starts = paragraph_starts(d.article, i);
    starts.retain(|s| {
        let Some(m) = s.marker.as_ref() else { return false };
        let entry = matches!(m.mark, Mark::Number(Style::Circled | Style::Hash));
        let counts = matches!(m.mark, Mark::Number(style) if style != Style::Loose);
        counts && !m.dotted && !m.lettered && (m.separated || entry)
    });
    starts
}
