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
    let mut open = Open { d, found: Vec::new(), list: None, rows: Vec::new(), headed: None };
    for i in from..to.min(d.article.blocks.len()) {
        match d.article.blocks[i].kind {
            BlockKind::Heading(_) => {
                open.list = None;
                open.rows.clear();
                open.headed = lone_first(d, i);
            }
            BlockKind::Media | BlockKind::Rule | BlockKind::Aside => {}
            BlockKind::List { ordered: false, .. } => open.part_list(),
            BlockKind::List { ordered: true, first } => open.add_list(i, first),
            BlockKind::Paragraph => open.add_paragraph(i),
        }
    }
    open.found
}

/// The sequences so far, and which of them may go on.
struct Open<'d, 'r, 'a> {
    d: &'d Deciding<'r, 'a>,
    found: Vec<Found>,
    list: Option<OpenList>,
    /// Rows that may go on, the outer ones first: `（1）` may stand between `4、` and `5、`.
    rows: Vec<OpenRow>,
    /// A heading `1)` whose sequence may go on as a list `2)`.
    headed: Option<Start>,
}

impl Open<'_, '_, '_> {
    /// Something stands between the open list and what may continue it.
    fn part_list(&mut self) {
        if let Some(list) = &mut self.list {
            list.between += 1;
        }
    }

    /// A list with numbers, which may go on with another one.
    fn add_list(&mut self, i: usize, first: u32) {
        let items = self.d.article.blocks[i].items.len();
        if self.d.is_covered(i) || items == 0 {
            self.list = None;
            return;
        }
        let one = items == 1;
        let last = first.saturating_add(items as u32 - 1);
        let joins = self.list.as_ref().filter(|o| {
            let all_ones = first == 1 && o.ones && one && o.between == 0;
            first == o.last + 1 && o.between <= 6 || all_ones
        });
        // `1、` and then `2.`: a row of paragraphs that goes on as a list
        let from_row = self.rows.last().filter(|r| joins.is_none() && first > 1 && first == r.last + 1);
        let id = joins.map(|o| o.id).or(from_row.map(|r| r.id));
        let ones = joins.map_or(one && first == 1, |o| o.ones && one && first == 1);
        let starts = (0..items).filter_map(|k| item_start(self.d.article, i, k));
        let id = match id.and_then(|id| self.found.get_mut(id).map(|f| (id, f))) {
            Some((id, f)) => {
                f.starts.extend(starts);
                f.end = i + 1;
                id
            }
            None => {
                let before = self.headed.take().filter(|_| first == 2);
                self.found.push(Found { starts: before.into_iter().chain(starts).collect(), end: i + 1 });
                self.found.len() - 1
            }
        };
        self.list = Some(OpenList { id, last, between: 0, ones });
    }

    /// A paragraph: the next of a row or a list if it begins with the next number, else the first of a row, or something between.
    fn add_paragraph(&mut self, i: usize) {
        let marks = numbered_lines(self.d, i);
        let (Some(number), mark) = (marks.first().map(Start::number), marks.first().and_then(Start::mark))
        else {
            return self.part_list();
        };
        let last = marks.last().map_or(number, Start::number);
        let goes_on = |r: &OpenRow| r.mark == mark && (number == r.last + 1 || number == r.last + 2);
        let depth = self.rows.iter().rposition(goes_on);
        let in_row = depth.and_then(|at| self.rows.get(at)).map(|r| r.id);
        let in_list = self.list.as_ref().filter(|o| in_row.is_none() && number == o.last + 1).map(|o| o.id);
        let Some(f) = in_row.or(in_list).and_then(|id| self.found.get_mut(id)) else {
            return self.begin_row(i, marks, last);
        };
        f.starts.extend(marks);
        f.end = i + 1;
        match depth {
            Some(at) => {
                self.rows.truncate(at + 1);
                if let Some(row) = self.rows.get_mut(at) {
                    row.last = last;
                }
                self.part_list();
            }
            None => self.list = self.list.take().map(|o| OpenList { last, between: 0, ones: false, ..o }),
        }
    }

    /// A paragraph that continues nothing begins a row, where its marks begin one.
    fn begin_row(&mut self, i: usize, marks: Vec<Start>, last: u32) {
        let nothing_before = self.rows.is_empty() && self.list.is_none();
        let Some(before) = beginning(self.d, i, &marks, &mut self.headed, nothing_before) else { return };
        let mark = marks.first().and_then(Start::mark);
        self.rows.retain(|r| r.mark != mark);
        self.rows.push(OpenRow { id: self.found.len(), last, mark });
        self.found.push(Found { starts: before.into_iter().chain(marks).collect(), end: i + 1 });
        self.part_list();
    }
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
