//! RP113: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Phase, Report, Rule};
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::lines::line_end_near;
use crate::repair::edges::stays_on_lines;
use crate::repair::habits::Habits;
use crate::repair::items::{are_dates, are_items};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(super) struct ListWithoutBlank;

static INFO: Info = Info {
    code: "RP113",
    name: "list-without-blank",
    summary: "lines of a list that lack the blank behind their markers: `1.Open`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp113_list_without_blank.md"),
};

impl Rule for ListWithoutBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.parent().is_none_or(|p| p.kind() != Kind::Root) {
            return;
        }
        // most are one line
        if !node.children().any(|n| matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak)) {
            return;
        }
        let source = node.source();
        let last = memchr::memrchr(b'\n', source.as_bytes()).and_then(|i| source.get(i + 1..));
        let last = last.unwrap_or("").trim_start_matches(' ');
        // `1.Open` above `2. Close`
        let begins = source.lines().take(2).find(|line| !announces(line)).and_then(marker);
        let leads = begins.is_some_and(|m| m.number == Some(1) && !m.has_blank);
        if numbered(last).is_some() && !leads {
            report_numbered(node, source, cx);
            return;
        }
        if marker(last).is_none() {
            return;
        }
        let lines: Vec<(usize, Option<Marker>)> = line_starts(source)
            .map(|at| (at, marker(source.get(at..).and_then(|s| s.lines().next()).unwrap_or(""))))
            .collect();
        // a line that announces the list may stand before it
        let first = usize::from(lines.first().is_some_and(|l| l.1.is_none()));
        let list = lines.get(first..).unwrap_or(&[]);
        // where some have their blank, two lines may be a sentence that is broken at a number
        let least = if list.iter().any(|l| l.1.as_ref().is_some_and(|m| m.has_blank)) { 3 } else { 2 };
        if list.len() < least || first == 1 && !source.lines().next().is_some_and(announces) || !is_list(list)
        {
            return;
        }
        // emphasis over several lines would be cut, what is indented behind the list would become part of it
        let whole = stays_on_lines(node);
        let behind =
            node.next_sibling().is_none_or(|n| cx.document.line_at(n.span().start).start == n.span().start);
        if !whole || !behind {
            return;
        }
        let words: Vec<&str> =
            list.iter().filter_map(|(at, m)| source.get(at + m.as_ref()?.length..)?.lines().next()).collect();
        let byte = list.first().and_then(|l| l.1.as_ref()).map_or(0, |m| m.byte);
        let has_notes = byte == b'*' && cx.gathered::<Notes>().has_some;
        if !are_items(&words, byte, first == 1, has_notes, cx.gathered::<Habits>().language(cx.document)) {
            return;
        }
        let base = node.span().start;
        let lacking =
            list.iter().filter_map(|(at, m)| Some(at + m.as_ref().filter(|m| !m.has_blank)?.length));
        let mut edits: Vec<Edit> = lacking.map(|at| Edit::insert(base + at, " ")).collect();
        // a numbered list that does not begin with one needs a blank line before it
        if first == 1
            && list.first().and_then(|l| l.1.as_ref()).is_some_and(|m| m.number.is_some_and(|n| n != 1))
        {
            return;
        }
        edits.sort_by_key(|e| e.span.start);
        cx.report(
            Report::new(
                &INFO,
                Span::new(base, base + source.len()),
                "the markers of this list lack the blank behind them",
            )
            .confidence(0.85)
            .fix(edits),
        );
    }
}

/// Whether a word of the document has an asterisk behind it, which leads to a note.
struct Notes {
    has_some: bool,
}

impl Gather for Notes {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let is_note = |source: &str, at: usize| {
            let before = source.get(..at).unwrap_or("").trim_end_matches('\\');
            let behind = source.get(at + 1..).and_then(|rest| rest.chars().next());
            before.ends_with(char::is_alphanumeric)
                && behind.is_none_or(|c| matches!(c, ' ' | ',' | '.' | ')' | ':'))
        };
        let mut texts =
            document.nodes().filter(|n| n.kind() == Kind::Text && !n.has(Flags::RAW)).map(|n| n.source());
        Self { has_some: texts.any(|s| memchr::memchr_iter(b'*', s.as_bytes()).any(|at| is_note(s, at))) }
    }
}

/// Reports the lines at the end of a paragraph that count on from a number other than one: without a blank line before them they are no list.
fn report_numbered(node: NodeRef<'_>, source: &str, cx: &mut Context<'_>) {
    let lines: Vec<usize> = line_starts(source).collect();
    let line_at = |at: usize| source.get(at..).and_then(|s| s.lines().next()).unwrap_or("");
    let mut first = lines.len();
    let mut next = None;
    for (index, at) in lines.iter().enumerate().rev() {
        match numbered(line_at(*at)) {
            Some(number) if next.is_none_or(|n| number.checked_add(1) == Some(n)) => {
                (first, next) = (index, Some(number))
            }
            _ => break,
        }
    }
    // a sentence may be broken before a number, before two in a row it is not
    let announced =
        first.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|at| announces(line_at(*at)));
    let Some(&at) =
        lines.get(first).filter(|_| announced && lines.len() - first >= 2 && stays_on_lines(node))
    else {
        return;
    };
    // `12. Mai`
    let words: Vec<&str> = lines
        .get(first..)
        .unwrap_or(&[])
        .iter()
        .map(|at| {
            line_at(*at).trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' '])
        })
        .collect();
    if are_dates(&words) {
        return;
    }
    let at = cx.document.line_at(node.span().start + at).start;
    let end = line_end_near(cx.document.text, at);
    cx.report(
        Report::new(&INFO, Span::new(at, node.span().end), "this list lacks the blank line above it")
            .because(format!("{} lines count on", lines.len() - first))
            .confidence(0.85)
            .fix(vec![Edit::insert(at, end)]),
    );
}

/// The number, other than one, of a line that begins as a list's: `3. word`.
fn numbered(line: &str) -> Option<u32> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let word = line.get(digits..)?.strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    let number = line.get(..digits).filter(|d| (1..=3).contains(&d.len()))?.parse().ok()?;
    (number != 1 && word.starts_with(|c: char| c.is_alphabetic() || c == '*' || c == '[')).then_some(number)
}

/// What begins a line like the marker of a list without its blank.
struct Marker {
    length: usize,
    /// Whether its blank is there: some lines of a list may have it.
    has_blank: bool,
    number: Option<u32>,
    byte: u8,
}

fn line_starts(source: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', source.as_bytes()).map(|i| i + 1))
        .map(|at| at + source.get(at..).map_or(0, |s| s.len() - s.trim_start_matches(' ').len()))
}

fn marker(line: &str) -> Option<Marker> {
    if !line.as_bytes().first().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'*' | b'+'))
    {
        return None;
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = line.get(..digits).and_then(|d| d.parse().ok());
    let byte = *line.as_bytes().get(digits)?;
    let fits = match byte {
        b'.' => (1..=3).contains(&digits),
        b'-' | b'*' | b'+' => digits == 0,
        _ => false,
    };
    let word = line.get(digits + 1..)?;
    let has_blank = digits > 0 && word.starts_with(' ');
    let word = word.strip_prefix(' ').filter(|_| has_blank).unwrap_or(word);
    let text = word.chars().next().is_some_and(char::is_alphabetic)
        && word.contains(|c: char| c == ' ' || !c.is_ascii());
    // `*word*` is emphasis
    let emphasis = byte == b'*' && word.contains('*');
    (fits && text && !emphasis).then_some(Marker { length: digits + 1, has_blank, number, byte })
}

/// Whether all lines have the same marker, numbers counting up from where they begin.
fn is_list(lines: &[(usize, Option<Marker>)]) -> bool {
    lines.windows(2).all(|pair| match (&pair[0].1, &pair[1].1) {
        (Some(a), Some(b)) => a.byte == b.byte && a.number.map(|n| n.saturating_add(1)) == b.number,
        _ => false,
    })
}

fn announces(line: &str) -> bool {
    line.trim_end().ends_with([':', '：'])
}
