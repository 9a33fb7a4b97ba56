//! BP134: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::fold::is_letter;
use crate::boilerplate::lists;
use crate::boilerplate::look::{LONGEST_COUNTERS, Look, has_digits, is_at_root};
use crate::boilerplate::pictures::is_of_article;
use crate::boilerplate::shape::{LINK, Part, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Perhaps, Use};
use crate::boilerplate::{removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use std::borrow::Cow;

pub(super) struct CounterLine;

static INFO: Info = Info {
    code: "BP134",
    name: "counter-line",
    summary: "a line of counters: views, comments, minutes to read",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp134_counter_line.md"),
};

impl Rule for CounterLine {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::DIGITS.or(Signs::words(&FIRST)), LONGEST_COUNTERS)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > 900 || !is_at_root(node) {
            return;
        }
        let look = *cx.look(node);
        if !look.is_short(LONGEST_COUNTERS) || !may_count(node, &look) {
            return;
        }
        let shape = Shape::of(node);
        if shape.links.iter().any(|link| is_of_article(*link)) {
            return;
        }
        if !shape.is_words_and_links() || !shape.scripts.is_empty() {
            return;
        }
        let digits_alone = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
        };
        if shape.links.is_empty()
            && look.outside.is_any(&[Use::Counter])
            && words::is_like(&words::folded(&shape.outside), Use::Counter, digits_alone)
        {
            report(cx, &INFO, node, node, "counters of the page", "the words of a counter");
            return;
        }
        let Some(Counted { pieces, counters, others, digits, reading_time }) = counted(&shape) else {
            return;
        };
        if counters == 0 || pieces == 1 && !(digits >= 3 || reading_time || !shape.links.is_empty()) {
            return;
        }
        let (first, last) = if others == 0 { with_mark(node) } else { (node, node) };
        let Some((span, mut edits)) = removal::remove(first, last) else { return };
        if reading_time && last.id != node.id {
            edits.extend(
                claps(last)
                    .and_then(|(first, last)| removal::remove(first, last))
                    .into_iter()
                    .flat_map(|r| r.1),
            );
        }
        let mut report = Report::new(&INFO, span, "counters of the page")
            .because("numbers with what they count, and nothing else")
            .confidence(0.9)
            .fix(edits);
        let alone = pieces == 1 && shape.links.is_empty();
        if others > 0 || alone && !is_at_edge(node) {
            // who wrote it, and when, may be wanted; a number amid the text may be what it tells
            report = report.confidence(0.5).needs_review();
        }
        cx.report(report);
    }
}

/// Whether a block stands near the title, with no other heading between, or among the last ones.
fn is_at_edge(block: NodeRef<'_>) -> bool {
    let mut above = removal::above(block);
    let begins =
        above.by_ref().take(NEAR).all(|n| n.kind() != Kind::Heading || removal::previous(n).is_none())
            && above.next().is_none();
    let mut below = removal::below(block);
    begins || below.by_ref().take(NEAR).count() < NEAR
}

/// How many blocks are near.
const NEAR: usize = 4;

/// A paragraph with the mark beside it that would part nothing any more: «·», «•». Between two others one stays.
fn with_mark<'a>(node: NodeRef<'a>) -> (NodeRef<'a>, NodeRef<'a>) {
    let mark = |n: Option<NodeRef<'a>>| n.filter(|n| is_mark(*n));
    match (mark(removal::previous(node)), mark(removal::next(node))) {
        (_, Some(below)) => (node, below),
        (Some(above), None) => (above, node),
        (None, None) => (node, node),
    }
}

/// Whether a paragraph is a mark between the pieces of a byline, and nothing else.
fn is_mark(node: NodeRef<'_>) -> bool {
    node.kind() == Kind::Paragraph
        && matches!(node.source().trim(), "·" | "•" | "|" | "⋅" | "∙" | "/" | "¦" | "—" | "–")
}

/// What stands below the date of a byline of Medium, each in a line of its own: `--`, how often was clapped, its buttons.
fn claps<'a>(mark: NodeRef<'a>) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
    let date = removal::next(mark).filter(|n| n.kind() == Kind::Paragraph && n.span().len() < 40)?;
    if !is_date(&words::folded(&date.words())) {
        return None;
    }
    let first = removal::next(date).filter(|n| n.kind() == Kind::Paragraph && n.source().trim() == "--")?;
    let is_button = |n: &NodeRef<'a>| {
        let text = n.source().trim();
        n.kind() == Kind::Paragraph
            && (lists::is_byline_button(&words::folded(text))
                || text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'K')))
    };
    let buttons = removal::below(first).take(6).take_while(is_button);
    Some((first, buttons.last().unwrap_or(first)))
}

/// What may stand at the beginning of a line of counters without a digit in it.
const FIRST: [Use; 6] = [Use::Counter, Use::Chrome, Use::Share, Use::Network, Use::ShareText, Use::Byline];
/// The fewest digits of a date.
const LEAST_OF_A_DATE: usize = 5;
/// The most bytes of a counter, folded.
const LONGEST_COUNTER: usize = 60;

/// Whether a block may be a line of counters: by its first words and its digits, before it is read.
fn may_count(block: NodeRef<'_>, look: &Look) -> bool {
    let link = look.links == 0 || look.first_link.is_any(&FIRST);
    if look.outside.is_any(&FIRST) && link && (look.links > 0 || look.letters) {
        return true;
    }
    // what does not begin with one of those begins with a date, or with a number and what it counts
    has_digits(block) && (look.outside.is_any(&FIRST) || !look.letters || begins_with_a_count(block))
}

/// Whether the first words of a block may be a date or a counter: with a digit, and short.
fn begins_with_a_count(block: NodeRef<'_>) -> bool {
    let (mut letters, mut other, mut digit) = (0, false, false);
    for n in block.descendants() {
        match Part::of(n.node()) {
            Part::Text => {
                for c in n.source().chars() {
                    if c.is_ascii_alphanumeric() {
                        letters += 1;
                        digit |= c.is_ascii_digit();
                        if letters > LONGEST_COUNTER {
                            return false;
                        }
                    } else if c == '&' {
                        // a reference may be anything
                        return true;
                    } else if is_separator(c) && (letters > 0 || other) {
                        return digit;
                    } else {
                        other |= !c.is_ascii() && c.is_alphanumeric();
                    }
                }
            }
            Part::LineEnd | Part::Block | Part::Link | Part::Field if letters > 0 || other => return digit,
            Part::LineEnd | Part::Block | Part::Link | Part::Field => return true,
            _ => {}
        }
    }
    digit
}

/// Whether `c` stands between counters; a line end and a link do too.
fn is_separator(c: char) -> bool {
    matches!(c, '|' | '·' | '•' | '/' | '\n' | LINK | '¦' | '—' | '–' | '⋅')
}

/// Whether a piece, not folded yet, may be of a line of counters.
fn may_belong(piece: &str) -> bool {
    let (mut letters, mut digits) = (0, 0);
    for byte in piece.bytes() {
        letters += usize::from(byte.is_ascii_alphanumeric());
        digits += usize::from(byte.is_ascii_digit());
    }
    digits > 0 && letters <= LONGEST_COUNTER && (digits >= LEAST_OF_A_DATE || may_be_counter(piece))
        || Perhaps::of(piece).is_any(&FIRST)
}

/// Whether a piece with digits in it, not folded yet, may be a [counter](is_counter): by the first letters of what it counts.
fn may_be_counter(piece: &str) -> bool {
    let is_left_out = |c: char| is_of_number(c) || matches!(c, '’' | '‘' | 'ʼ' | '＇');
    let mut unit = words::opening();
    piece.split(is_left_out).for_each(|part| unit.push(part));
    let begin = piece.trim_start_matches(|c: char| is_left_out(c) || !is_letter(c));
    let thousands = begin.starts_with(['k', 'K', 'm', 'M', '万']);
    thousands || Perhaps::opened_by(&unit).is_any(&[Use::Counter])
}

/// Whether `c` is of a number with what stands round it.
fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ')' | ':' | '：' | '+' | '\'')
}

/// What a line of counters is made of.
struct Counted {
    /// Counters and all else.
    pieces: usize,
    counters: usize,
    /// Dates and bylines.
    others: usize,
    /// The most digits of a counter.
    digits: usize,
    reading_time: bool,
}

/// The pieces of a block, if all of them are of a line of counters.
fn counted(shape: &Shape<'_>) -> Option<Counted> {
    let mut all = Counted { pieces: 0, counters: 0, others: 0, digits: 0, reading_time: false };
    let outside = shape.outside.split(is_separator).map(Cow::Borrowed);
    let links = shape.links.iter().map(|l| Cow::Owned(l.words()));
    for piece in outside.chain(links) {
        if !may_belong(&piece) {
            return None;
        }
        let piece = words::folded(&piece);
        if piece.is_empty() {
            continue;
        }
        all.pieces += 1;
        if is_counter(&piece) || are_counters(&piece) {
            all.counters += 1;
            all.reading_time |= lists::has_minutes(&piece);
            all.digits = all.digits.max(piece.bytes().filter(u8::is_ascii_digit).count());
        } else if words::serves_page(&piece) || words::is_share_text(&piece) {
        } else if is_date(&piece) || begins_like_a_byline(&piece) {
            all.others += 1;
        } else {
            return None;
        }
    }
    Some(all)
}

/// A number and what it counts, in either order; or that there is nothing to count.
fn is_counter(piece: &str) -> bool {
    if piece.len() > LONGEST_COUNTER {
        return false;
    }
    if !piece.bytes().any(|byte| byte.is_ascii_digit()) {
        return piece.contains(' ') && words::is(piece, Use::Counter);
    }
    let unit: String = piece.chars().filter(|c| !is_of_number(*c)).collect();
    let unit = unit.trim();
    let unit = unit
        .strip_prefix("k ")
        .or_else(|| unit.strip_prefix("m "))
        .or_else(|| unit.strip_prefix("万 "))
        .unwrap_or(unit)
        .trim();
    let unit = unit.trim_end_matches(['回', '次', '件', '人', '条', '회', '개', '명']).trim();
    words::is(&words::folded(unit), Use::Counter)
}

/// Several numbers, each with what it counts in front of it, or each behind: `1,204 views 17 comments`.
fn are_counters(piece: &str) -> bool {
    if piece.len() > LONGEST_COUNTER {
        return false;
    }
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    // `1 204`
    let mut whole = String::with_capacity(piece.len());
    for c in piece.chars() {
        if c.is_ascii_digit()
            && whole.ends_with(' ')
            && whole.trim_end().ends_with(|d: char| d.is_ascii_digit())
        {
            whole.pop();
        }
        whole.push(c);
    }
    let piece = whole.as_str();
    let units: Vec<&str> = piece.split(is_digit).map(str::trim).filter(|unit| !unit.is_empty()).collect();
    let numbers = piece.split(|c| !is_digit(c)).filter(|n| n.bytes().any(|b| b.is_ascii_digit())).count();
    let begins = piece.starts_with(is_digit);
    let counts = |unit: &&str| {
        // the counting word of the number before
        let unit = unit.trim_start_matches(['回', '次', '件', '人', '条', '회', '개', '명']);
        words::is(&words::folded(unit), Use::Counter)
    };
    let counting_word = |unit: &str| unit.chars().count() == 1 && !unit.is_ascii();
    numbers >= 2
        && if begins || units.len() == numbers {
            units.len() == numbers && units.iter().all(counts)
        } else {
            units.len() == numbers + 1
                && units.last().is_some_and(|last| counting_word(last))
                && units[..numbers].iter().all(counts)
        }
}

fn is_date(piece: &str) -> bool {
    piece.len() < 40
        && piece.bytes().filter(u8::is_ascii_digit).count() >= LEAST_OF_A_DATE
        && piece.split(' ').count() <= 4
}

fn begins_like_a_byline(piece: &str) -> bool {
    piece.len() < 60 && piece.split(' ').count() <= 6 && words::starts_with(piece, Use::Byline)
}
