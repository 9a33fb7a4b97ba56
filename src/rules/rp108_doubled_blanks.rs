//! RP108: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::habits::{Habits, is_span};
use crate::finding::{Safety, Severity};
use crate::repair::characters::{find_pair, is_blank};
use crate::span::Span;

pub(super) struct DoubledBlanks;

static INFO: Info = Info {
    code: "RP108",
    name: "doubled-blanks",
    summary: "a run of blanks or no-break spaces inside a sentence",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    effect: Effect::Spacing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp108_doubled_blanks.md"),
};

impl Rule for DoubledBlanks {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::BLANKS)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source();
        let bytes = source.as_bytes();
        let mut from = 0;
        // two blanks, or a no-break space
        let is_pair = |a: u8, b: u8| ((a == b' ') & (b == b' ')) | ((a == 0xc2) & (b == 0xa0));
        while let Some(at) = find_pair(bytes, from + 1, is_pair) {
            let start = source.get(..at - 1).unwrap_or("").trim_end_matches(is_blank).len();
            let tail = source.get(start..).unwrap_or("");
            let length = tail.len() - tail.trim_start_matches(is_blank).len();
            from = start + length.max(1);
            look(node, tail.get(..length).unwrap_or(""), start, cx);
        }
    }
}

fn look(node: NodeRef<'_>, run: &str, start: usize, cx: &mut Context<'_>) {
    let count = run.chars().count();
    let source = node.source();
    let (head, tail) = (source.get(..start).unwrap_or(""), source.get(start + run.len()..).unwrap_or(""));
    let before = head.chars().next_back();
    let behind = tail.chars().next();
    // inside a sentence only: what stands on both sides is a word or a span of the same block
    let left = before.is_some() || node.previous_sibling().is_some_and(is_span);
    let right = behind.is_some() || node.next_sibling().is_some_and(is_span);
    if count < 2 || !left || !right || node.has(Flags::RAW) {
        return;
    }
    // two blanks behind a sentence are a habit of typists, a wide gap behind the first word of a line makes a column
    let last = before.or_else(|| node.previous_sibling()?.words().chars().next_back());
    let ends_sentence = last.is_some_and(|c| matches!(c, '.' | '!' | '?' | ':' | '"' | '”' | ')'));
    let at_span = before.is_none() || behind.is_none();
    let damage = count >= 3
        || !ends_sentence && (run.contains('\u{a0}') || at_span && cx.gathered::<Habits>().is_scraped());
    let column =
        node.previous_sibling().is_none_or(|n| n.kind() == Kind::SoftBreak || n.kind() == Kind::HardBreak)
            && !run.contains('\u{a0}')
            && !head.trim().contains(is_blank);
    // « French quotation marks » have their own blanks
    let quotes = before == Some('«') || behind == Some('»');
    let prose = node.leaf_block().is_some_and(|b| {
        b.kind() != Kind::Cell && !is_aligned(node.document.text, node.span().start + start)
    });
    if !damage || quotes || column || !prose {
        return;
    }
    let base = node.span().start + start;
    let span = Span::new(base, base + run.len());
    // of the run one blank stays where it was
    let fix = if run.starts_with(' ') {
        Edit::remove(Span::new(base + 1, span.end))
    } else if let Some(space) = run.rfind(' ').filter(|&i| i + 1 == run.len()) {
        Edit::remove(Span::new(base, base + space))
    } else {
        Edit::replace(span, " ")
    };
    cx.report(Report::new(&INFO, span, format!("{count} blanks in a row")).confidence(0.9).fix(vec![fix]));
}

/// Whether the text at byte `at` is set in columns: a line beside its own has a wide gap as well, be it of another item.
fn is_aligned(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let wide = |line: &[u8]| memchr::memmem::find(line.trim_ascii(), b"   ").is_some();
    let head = bytes.get(at.saturating_sub(LINE)..at).unwrap_or(&[]);
    let tail = bytes.get(at..bytes.len().min(at + LINE)).unwrap_or(&[]);
    let above = memchr::memrchr(b'\n', head).and_then(|i| head.get(..i)).map(|h| {
        let start = memchr::memrchr(b'\n', h).map_or(0, |i| i + 1);
        h.get(start..).unwrap_or(&[])
    });
    let below = memchr::memchr(b'\n', tail).and_then(|i| tail.get(i + 1..)).map(|t| {
        let end = memchr::memchr(b'\n', t).unwrap_or(t.len());
        t.get(..end).unwrap_or(&[])
    });
    above.is_some_and(wide) || below.is_some_and(wide)
}

/// How far the end of a line is looked for, in bytes: columns are short.
const LINE: usize = 400;
