//! Where a step may begin: a heading, a paragraph, a list item, with its title. Owns reading titles; must not decide.

use super::article::Article;
use super::marker::{Mark, Marker, Style, marker};
use super::outline::{Block, BlockKind};
use super::titles::fold;
use super::wording::Words;
use super::words::WordClass;

/// In what a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// A heading.
    Heading,
    /// An item of a list.
    List,
    /// A paragraph, or a line of one.
    Paragraph,
}

/// The beginning of a step.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// The block.
    pub(crate) block: usize,
    /// The item, in a list.
    pub(crate) item: Option<usize>,
    /// In what it stands.
    pub(crate) form: Form,
    /// The level of a heading, else 0.
    pub(crate) level: u8,
    /// Its first byte.
    pub(crate) at: usize,
    /// Its mark; a list item's own number is none.
    pub(crate) marker: Option<Marker>,
    /// The title without the mark.
    pub(crate) title: String,
    /// The mark as it stands.
    pub(crate) printed: Option<String>,
    /// The byte behind the title.
    pub(crate) title_end: usize,
}

impl Start {
    /// The mark's kind.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.marker.as_ref().map(|m| m.mark)
    }

    /// The number of the mark, 0 without one.
    pub(crate) fn number(&self) -> u32 {
        self.marker.as_ref().map_or(0, |m| m.number)
    }

    /// Whether its mark is a step word.
    pub(crate) fn is_step_word(&self) -> bool {
        self.mark() == Some(Mark::Word(WordClass::Step))
    }
}

/// The title in `words` from byte `from` to byte `to` of them, and where it ends. A paragraph that opens with a bold lead has that
/// for its title.
fn title(words: &Words, from: usize, to: usize, heading: bool) -> (String, usize) {
    let text = words.text.get(from..to).unwrap_or("");
    let lead_blank = text.len() - text.trim_start().len();
    let start = from + lead_blank;
    if !heading && !words.all_bold {
        let lead =
            words.bold.get(words.bold.partition_point(|b| b.end <= start)).filter(|b| b.start <= start);
        if let Some(lead) = lead {
            let bold = words.text.get(start..lead.end.min(to)).unwrap_or("");
            let behind = words.text.get(lead.end.min(to)..to).unwrap_or("");
            let line_break = behind.trim_start_matches([' ', '\t']).starts_with('\n');
            let cut = bold.trim_end().ends_with(['.', ':', '!', '?', '。', '：', '！', '？'])
                || behind.trim_start().starts_with([':', '：', '-', '–', '—'])
                || line_break;
            if cut && bold.chars().any(char::is_alphanumeric) && !behind.trim().is_empty() {
                let shown = fold(bold);
                return (shown.trim_end_matches([':', '：']).trim_end().to_string(), lead.end.min(to));
            }
        }
    }
    (fold(text), to)
}

/// A bare number with the point or bracket it is printed with.
fn with_point(mut printed: String, behind: &str) -> String {
    if printed.ends_with(|c: char| c.is_numeric()) && !printed.starts_with(char::is_alphabetic) {
        printed.extend(behind.chars().next().filter(|c| matches!(c, '.' | ')' | '、' | '）' | ':')));
    }
    printed
}

/// A heading as the beginning of a step.
pub(crate) fn heading_start(article: &Article<'_>, block: usize) -> Option<Start> {
    let b = article.blocks.get(block)?;
    let level = b.level()?;
    let text = &b.words.text;
    let from = b.marker.as_ref().map_or(0, |m| m.title);
    let (mut shown, _) = title(&b.words, from, text.len(), true);
    let printed =
        b.marker.as_ref().and_then(|m| Some(with_point(fold(text.get(m.start..m.end)?), text.get(m.end..)?)));
    if shown.is_empty() {
        shown = printed.clone().unwrap_or_else(|| fold(text));
    }
    Some(Start {
        block,
        item: None,
        form: Form::Heading,
        level,
        at: b.span.start,
        marker: b.marker.clone(),
        title: shown,
        printed,
        title_end: b.span.end,
    })
}

/// A paragraph as the beginning of steps: of one, or of one on each line that begins with a mark of the same sequence.
pub(crate) fn paragraph_starts(article: &Article<'_>, block: usize) -> Vec<Start> {
    let Some(b) = article.blocks.get(block) else { return Vec::new() };
    let Some(first) = b.marker.clone().filter(|_| b.kind == BlockKind::Paragraph) else { return Vec::new() };
    let text = &b.words.text;
    let mut marks = vec![(0, first)];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0
            && let Some(mut m) = marker(line)
        {
            let last = &marks[marks.len() - 1].1;
            if m.mark == last.mark && m.number == last.number + 1 && m.separated {
                m.start += at;
                m.end += at;
                m.title += at;
                marks.push((at, m));
            }
        }
        at += line.len();
    }
    let whole = b.words.end_before_picture_line();
    (0..marks.len())
        .map(|i| {
            let (from, m) = &marks[i];
            let to =
                marks.get(i + 1).map_or(if marks.len() == 1 { whole } else { text.len() }, |next| next.0);
            let at = if i == 0 { b.span.start } else { b.words.source_at(m.start).unwrap_or(b.span.start) };
            paragraph_start(b, block, m.clone(), at, (*from, to), marks.len() == 1)
        })
        .collect()
}

fn paragraph_start(
    b: &Block<'_>,
    block: usize,
    m: Marker,
    at: usize,
    (from, to): (usize, usize),
    alone: bool,
) -> Start {
    let text = &b.words.text;
    let (mut shown, mut end) = title(&b.words, m.title.min(to), to, false);
    if b.words.all_bold {
        // it is a lead itself, not an item that happens to be bold
        shown.truncate(shown.trim_end_matches([':', '：']).trim_end().len());
    }
    let printed = text
        .get(m.start.max(from)..m.end.min(to))
        .map(|p| with_point(fold(p), text.get(m.end.min(to)..).unwrap_or("")));
    if shown.is_empty() {
        // the picture may stand between the mark and the words, or the words are the mark alone
        shown = printed.clone().unwrap_or_default();
        if from == 0 && alone {
            let (rest, rest_end) = title(&b.words, m.title, text.len().max(m.title), false);
            if !rest.is_empty() {
                (shown, end) = (rest, rest_end);
            }
        }
    }
    let title_end = if end >= text.len() {
        b.span.end
    } else {
        b.words.source_at(end).unwrap_or(b.span.end).min(b.span.end)
    };
    Start {
        block,
        item: None,
        form: Form::Paragraph,
        level: 0,
        at,
        marker: Some(m),
        title: shown,
        printed,
        title_end: title_end.max(at),
    }
}

/// An item of a list as the beginning of a step. A mark in its words is part of the title unless it is one of a step word.
pub(crate) fn item_start(article: &Article<'_>, block: usize, item: usize) -> Option<Start> {
    let b = article.blocks.get(block)?;
    let it = b.items.get(item)?;
    let strip = it.marker.as_ref().filter(|m| match m.mark {
        Mark::Word(_) => m.separated || m.title == it.words.text.len(),
        Mark::Number(style) => {
            matches!(style, Style::Circled)
                || m.number == item as u32 + 1 && m.separated && style != Style::Loose
        }
    });
    let from = strip.map_or(0, |m| m.title);
    let to = it.words.end_before_picture_line();
    let (mut shown, end) = title(&it.words, from.min(to), to, false);
    let marked = strip.and_then(|m| it.words.text.get(m.start..m.end)).map(fold);
    let own = article.document.slice(it.span).trim_start().split(char::is_whitespace).next().unwrap_or("");
    let own = Some(own.to_string())
        .filter(|o| o.starts_with(|c: char| c.is_ascii_digit()) && o.ends_with(['.', ')']));
    // `2. Schritt`: the list's number is part of the mark
    let marked = match (&own, marked) {
        (Some(own), Some(m)) if !m.chars().any(char::is_numeric) => Some(format!("{own} {m}")),
        (_, m) => m,
    };
    if shown.is_empty() {
        shown = marked.clone().unwrap_or_default();
    }
    let title_end =
        if it.words.text.is_empty() { it.span.start } else { it.words.source_at(end).unwrap_or(it.span.end) };
    Some(Start {
        block,
        item: Some(item),
        form: Form::List,
        level: 0,
        at: it.span.start,
        marker: strip.cloned(),
        title: shown,
        printed: marked.or(own),
        title_end: title_end.clamp(it.span.start, it.span.end),
    })
}
