//! RP108: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{find_pair, is_blank, letters_before, letters_behind};
use crate::repair::habits::{Habits, is_span};
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
            && !head.trim().contains(is_blank)
            && !node.leaf_block().is_some_and(is_loose_sentence);
    // « French quotation marks » have their own blanks
    let quotes = before == Some('«') || behind == Some('»');
    let no_break = run.contains('\u{a0}');
    let prose = node.leaf_block().is_some_and(|b| {
        b.kind() != Kind::Cell && !is_aligned(node.document.text, node.span().start + start, run, no_break)
    });
    if !damage || quotes || column || !prose || parts_pieces(head, tail) {
        return;
    }
    if !no_break && !at_span && !is_in_sentence(node, head, tail, cx) {
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

/// Whether a block is a sentence in one line with several gaps: a column has one line above the other, a term one gap behind it.
fn is_loose_sentence(block: NodeRef<'_>) -> bool {
    let source = block.source().trim_end();
    if memchr::memchr(b'\n', source.as_bytes()).is_some()
        || !source.ends_with(['.', '!', '?', '。', '।', '؟'])
    {
        return false;
    }
    source.split("  ").filter(|piece| !piece.trim().is_empty()).nth(2).is_some()
}

/// Whether what stands beside a gap is laid out by it: items of a quiz (`A) red   B) blue`), lines to fill in, the frame of a table or diagram.
fn parts_pieces(head: &str, tail: &str) -> bool {
    let mut chars = tail.chars();
    let is_item = chars.next().is_some_and(char::is_alphanumeric)
        && matches!(chars.next(), Some(')' | '.'))
        && chars.next().is_some_and(is_blank);
    is_item
        || ["__", "|", "--", "-*-", "(__", "..", "……"].iter().any(|mark| tail.starts_with(mark))
        || ["__", "|", "--", ".."].iter().any(|mark| head.ends_with(mark))
}

/// Whether a gap stands in a sentence: in a heading, in a block that ends as sentences do, or beside a function word. Others set pieces apart:
/// two names to sign with, the number of an equation, a listing.
fn is_in_sentence(node: NodeRef<'_>, head: &str, tail: &str, cx: &mut Context<'_>) -> bool {
    let Some(block) = node.leaf_block() else { return false };
    let source = block.source().trim_end();
    let closing = ['"', '”', '»', '*', '_', ')', '’'];
    if block.kind() == Kind::Heading
        || source
            .trim_end_matches(closing)
            .ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '：', '।', '؟'])
    {
        return true;
    }
    let (before, behind) = (letters_before(head, head.len()), letters_behind(tail, 0));
    let habits = cx.gathered::<Habits>();
    let language = habits.language(cx.document);
    [before, behind].iter().any(|word| word.chars().count() >= 2 && language.is_function_word(word))
}

/// Whether the gap `run` at byte `at` is one of columns: a line beside its own has a wide gap as well, be it of another item. With no-break
/// spaces, which scrapers leave anywhere, both gaps must end at the same place.
fn is_aligned(text: &str, at: usize, run: &str, no_break: bool) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.get(at.saturating_sub(LINE)..at).unwrap_or(&[]);
    let tail = bytes.get(at..bytes.len().min(at + LINE)).unwrap_or(&[]);
    let own = memchr::memrchr(b'\n', head).map_or(0, |i| i + 1);
    let above = own.checked_sub(1).and_then(|end| head.get(..end)).map(|h| {
        let start = memchr::memrchr(b'\n', h).map_or(0, |i| i + 1);
        h.get(start..).unwrap_or(&[])
    });
    let below = memchr::memchr(b'\n', tail).and_then(|i| tail.get(i + 1..)).map(|t| {
        let end = memchr::memchr(b'\n', t).unwrap_or(t.len());
        t.get(..end).unwrap_or(&[])
    });
    if no_break {
        let column = characters(head.get(own..).unwrap_or(&[])) + run.chars().count();
        let fits = |line: &[u8]| has_gap_to(line, column);
        return above.is_some_and(fits) || below.is_some_and(fits);
    }
    let wide = |line: &[u8]| memchr::memmem::find(line.trim_ascii(), b"   ").is_some();
    above.is_some_and(wide) || below.is_some_and(wide)
}

/// How many characters begin in bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

/// Whether a run of three blanks or more ends before the character of that number in a line.
fn has_gap_to(line: &[u8], column: usize) -> bool {
    let mut end = 0;
    let mut seen = 0;
    while seen < column {
        let Some(byte) = line.get(end) else { return false };
        end += match byte {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        seen += 1;
    }
    let head = line.get(..end).unwrap_or(&[]);
    let mut rest = head;
    let mut count = 0;
    while let Some(before) = rest.strip_suffix(b" ").or_else(|| rest.strip_suffix("\u{a0}".as_bytes())) {
        rest = before;
        count += 1;
    }
    let goes_on = line
        .get(end)
        .is_some_and(|b| *b != b' ' && !line.get(end..).unwrap_or(&[]).starts_with("\u{a0}".as_bytes()));
    count >= 3 && goes_on && !rest.is_empty()
}

/// How far the end of a line is looked for, in bytes: columns are short.
const LINE: usize = 400;
