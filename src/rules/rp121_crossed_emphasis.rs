//! RP121: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct CrossedEmphasis;

static INFO: Info = Info {
    code: "RP121",
    name: "crossed-emphasis",
    summary: "asterisks of which one half stands in a link and the other outside: `[**the page](…)**`",
    phase: Phase::Content,
    kinds: &[Kind::Link],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp121_crossed_emphasis.md"),
};

/// How far from the link its partner is looked for, in bytes.
const NEAR: usize = 200;
/// The most asterisks of emphasis.
const MOST: usize = 3;

impl Rule for CrossedEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::STAR)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.is_html() || !node.source().starts_with('[') {
            return;
        }
        let (Some(first), Some(last)) = (node.children().next(), node.last_child()) else { return };
        let words = Span::new(first.span().start, last.span().end);
        let edits = opening_inside(node, first, words).or_else(|| closing_inside(node, last, words));
        if let Some(edits) = edits {
            let what = "one half of the emphasis stands in the link, the other outside";
            cx.report(Report::new(&INFO, node.span(), what).confidence(0.93).fix(edits));
        }
    }
}

/// `[**the page](…)**` and `[**the page](…) of it**`.
fn opening_inside(link: NodeRef<'_>, first: NodeRef<'_>, words: Span) -> Option<Vec<Edit>> {
    let inner = link.document.slice(words);
    let marks = marks_of(first, inner, true)?;
    let next = link.next_sibling().filter(is_text)?;
    let end = link.span().end;
    let outer = link.document.text.get(end..next.span().end)?;
    let line = near(outer.lines().next().unwrap_or(""));
    let at = line.find('*')?;
    let behind = line.get(at..).filter(|rest| run(rest) == marks)?;
    let (run_at, before) = (end + at, line.get(..at)?);
    // what opens another is no end of this one
    if before.ends_with(char::is_whitespace)
        || at > 0 && behind.get(marks..)?.starts_with(char::is_alphanumeric)
        || before.contains(['[', '`', '\\'])
    {
        return None;
    }
    let opening = Span::new(words.start, words.start + marks);
    let text = link.document.slice(opening);
    Some(if at == 0 {
        vec![Edit::insert(words.end, text), Edit::remove(Span::new(run_at, run_at + marks))]
    } else {
        vec![Edit::insert(link.span().start, text), Edit::remove(opening)]
    })
}

/// `**[the page**](…)` and `**See [the page**](…)`.
fn closing_inside(link: NodeRef<'_>, last: NodeRef<'_>, words: Span) -> Option<Vec<Edit>> {
    let inner = link.document.slice(words);
    let marks = marks_of(last, inner, false)?;
    let previous = link.previous_sibling().filter(is_text)?;
    let start = link.span().start;
    let outer = link.document.text.get(previous.span().start..start)?;
    let line = near_end(outer.rsplit('\n').next().unwrap_or(""));
    let at = line.rfind('*')? + 1;
    let (before, between) = (line.get(..at)?, line.get(at..)?);
    if run_at_end(before) != marks
        || between.starts_with(char::is_whitespace)
        || !between.is_empty() && before.get(..at - marks)?.ends_with(char::is_alphanumeric)
        || between.contains([']', '`', '\\'])
        || before.get(..at - marks)?.ends_with('\\')
    {
        return None;
    }
    let run_end = start - between.len();
    let opening = Span::new(run_end - marks, run_end);
    let closing = Span::new(words.end - marks, words.end);
    let text = link.document.slice(closing);
    Some(if between.is_empty() {
        vec![Edit::remove(opening), Edit::insert(words.start, text)]
    } else {
        vec![Edit::remove(closing), Edit::insert(link.span().end, text)]
    })
}

/// How many asterisks the words of a link begin with (or end with), if they hold no others and `edge`, its first (or last) text, has them
/// as they are.
fn marks_of(edge: NodeRef<'_>, words: &str, begins: bool) -> Option<usize> {
    let marks = if begins { run(words) } else { run_at_end(words) };
    let rest = if begins { words.get(marks..)? } else { words.get(..words.len() - marks)? };
    let (inner, outer) = if begins {
        (rest.chars().next()?, edge.source().starts_with('*'))
    } else {
        (rest.chars().next_back()?, edge.source().ends_with('*'))
    };
    let is_emphasis = (1..=MOST).contains(&marks) && outer && is_text(&edge);
    // a lone one marks a footnote as well
    let is_word = marks > 1 || rest.contains(char::is_alphabetic);
    (is_emphasis && is_word && !inner.is_whitespace() && inner != '\\' && !rest.contains('*'))
        .then_some(marks)
}

fn is_text(node: &NodeRef<'_>) -> bool {
    node.kind() == Kind::Text && !node.has(Flags::RAW)
}

fn run(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b'*').count()
}

fn run_at_end(text: &str) -> usize {
    text.bytes().rev().take_while(|b| *b == b'*').count()
}

/// The beginning of `text` that is near.
fn near(text: &str) -> &str {
    let end = (0..=NEAR.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

/// The end of `text` that is near.
fn near_end(text: &str) -> &str {
    let from = (text.len().saturating_sub(NEAR)..=text.len()).find(|at| text.is_char_boundary(*at));
    text.get(from.unwrap_or(0)..).unwrap_or("")
}
