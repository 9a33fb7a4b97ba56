//! RP115: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::language::Language;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{letters_before, letters_behind};
use crate::repair::habits::Habits;
use crate::rules::Gather;
use crate::script::is_unspaced;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(super) struct CaretNumber;

static INFO: Info = Info {
    code: "RP115",
    name: "caret-number",
    summary: "a number wrapped in carets: `Our ^7^ tips`",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp115_caret_number.md"),
};

impl Rule for CaretNumber {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(super::Marks::LOW_LINE_OR_CARET)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.has(Flags::RAW) || memchr::memchr(b'^', node.source().as_bytes()).is_none() {
            return;
        }
        let found = wrapped_numbers(node);
        // other carets: formulas, patterns
        if memchr::memchr_iter(b'^', node.source().as_bytes()).count() != 2 * found.len() {
            return;
        }
        for wrapped in found {
            if !is_prose(node, &wrapped, cx) {
                continue;
            }
            let Span { start, end } = wrapped.span;
            cx.report(
                Report::new(&INFO, wrapped.span, "the number is wrapped in carets")
                    .confidence(0.9)
                    .fix(vec![Edit::remove(start..start + 1), Edit::remove(end - 1..end)]),
            );
        }
    }
}

/// A number between carets.
struct Wrapped {
    span: Span,
    number: Option<u32>,
    before: Option<char>,
    behind: Option<char>,
}

fn wrapped_numbers(node: NodeRef<'_>) -> Vec<Wrapped> {
    let (base, source) = (node.span().start, node.source());
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(i) = source.get(from..).and_then(|s| s.find('^')) {
        let start = from + i;
        let inside = source.get(start + 1..).unwrap_or("");
        let digits =
            inside.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '%' | '+'));
        let length = inside.len() - digits.len();
        from = start + 1;
        let number = inside.get(..length).unwrap_or("");
        if !number.starts_with(char::is_numeric) || length > 8 || !digits.starts_with('^') {
            continue;
        }
        let end = start + length + 2;
        out.push(Wrapped {
            span: Span::new(base + start, base + end),
            number: number.parse().ok(),
            before: source.get(..start).and_then(|s| s.chars().next_back()),
            behind: source.get(end..).and_then(|s| s.chars().next()),
        });
        from = end;
    }
    out
}

/// What the wrapped numbers of a document are.
struct Marks {
    /// References to notes, numbers of verses: directly behind a word, in order, behind full stops, or counting nothing.
    notes: bool,
    /// How many stand before a word.
    counts: usize,
}

impl Gather for Marks {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut tally = Tally { in_order: true, ..Tally::default() };
        let mut language = None;
        for node in document.nodes().filter(|n| n.kind() == Kind::Text && !n.has(Flags::RAW)) {
            let numbers = wrapped_numbers(node);
            if !numbers.is_empty() {
                let language = language.get_or_insert_with(|| Language::of_document(document));
                for wrapped in numbers {
                    tally.add(node, &wrapped, language);
                }
            }
        }
        Self { notes: tally.are_notes(), counts: tally.counts }
    }

    fn grants(&self) -> Option<u128> {
        Some(u128::from(self.counts >= 2) << 1 | u128::from(!self.notes))
    }
}

/// What is seen of the wrapped numbers of a document.
#[derive(Default)]
struct Tally {
    behind_words: bool,
    /// Whether some stand between two letters of scripts without blanks.
    wedged: bool,
    /// Those of the text.
    count: usize,
    /// Whether they go up by one.
    in_order: bool,
    first: Option<u32>,
    last: Option<u32>,
    /// How many stand before a word.
    counts: usize,
    /// Those before a word that is no function word.
    things: usize,
    /// Those that stand where references do: behind a stop or comma, at the end of a paragraph.
    refers: usize,
    in_headings: usize,
}

impl Tally {
    fn add(&mut self, node: NodeRef<'_>, wrapped: &Wrapped, language: &Language) {
        // `全部で^12^台`: where no blanks stand between words, headings tell
        let is_wide = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) && c.is_alphabetic());
        if is_wide(wrapped.before) && is_wide(wrapped.behind) {
            self.wedged = true;
        } else {
            self.behind_words |= wrapped.before.is_some_and(char::is_alphabetic);
        }
        self.counts += usize::from(wrapped.before != Some('^') && wrapped.behind == Some(' '));
        if node.leaf_block().is_some_and(|b| b.kind() == Kind::Heading) {
            self.in_headings += 1;
            return;
        }
        let text = node.document.text;
        self.in_order &= self.count == 0 || self.last.map(|n| n.saturating_add(1)) == wrapped.number;
        if self.count == 0 {
            self.first = wrapped.number;
        }
        self.last = wrapped.number;
        self.count += 1;
        let behind = text.get(wrapped.span.end..).unwrap_or("").trim_start_matches(' ');
        let word = letters_behind(behind, 0);
        self.things += usize::from(word.is_empty() || !language.is_function_word(word));
        let head = text.get(..wrapped.span.start).unwrap_or("");
        let starts_block = node.previous_sibling().is_none() && wrapped.before.is_none();
        let names = behind.starts_with(char::is_uppercase) && !language.is_likely("de");
        let refers = if starts_block {
            names
        } else if wrapped.before == Some(' ') {
            match head.trim_end_matches(' ').chars().next_back() {
                Some('.' | '!' | '?' | ',' | ';') => true,
                Some(':' | '”' | '"' | '»') => names,
                _ => wrapped.behind.is_none() && node.next_sibling().is_none(),
            }
        } else {
            false
        };
        self.refers += usize::from(refers);
    }

    fn are_notes(&self) -> bool {
        let in_order = self.in_order
            && (self.count > 2 || self.count == 2 && (self.first == Some(1) || self.refers > 0));
        let refer = self.refers > 0 && self.refers * 2 >= self.count && self.in_headings == 0;
        let count_nothing = self.count > 0 && self.things == 0 && self.in_headings == 0;
        let wedged = self.wedged && (self.in_headings == 0 || self.in_order);
        self.behind_words || wedged || in_order || refer || count_nothing
    }
}

/// Whether the number counts something in prose: no power, no unit, no isotope, no note.
fn is_prose(node: NodeRef<'_>, wrapped: &Wrapped, cx: &mut Context<'_>) -> bool {
    let heading = node.leaf_block().is_some_and(|b| b.kind() == Kind::Heading);
    let text = cx.document.text;
    let counts = match wrapped.behind {
        Some(' ') => text.get(wrapped.span.end + 1..).is_some_and(|t| {
            t.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '"' | '“' | '«' | '['))
        }),
        Some(c) if is_unspaced(c) && c.is_alphabetic() => true,
        Some(':' | '?' | '!' | ')' | ',') if heading => true,
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')') => cx.gathered::<Marks>().counts >= 2,
        Some(_) => false,
        None => {
            heading && node.next_sibling().is_none()
                || node.next_sibling().is_some_and(|n| n.kind() == Kind::SoftBreak)
        }
    };
    let follows = match wrapped.before {
        Some(' ') => {
            let head = text.get(..wrapped.span.start).unwrap_or("").trim_end_matches(' ');
            let word = letters_before(head, head.len());
            match head.chars().next_back() {
                _ if word.chars().count() >= 3 => true,
                _ if !word.is_empty() => cx.gathered::<Habits>().language(cx.document).is_function_word(word),
                Some(c) => {
                    is_unspaced(c) || matches!(c, ',' | ':' | '–' | '—' | '-' | '#' | '*' | '.' | '!' | '?')
                }
                None => true,
            }
        }
        Some(c) => is_unspaced(c) || matches!(c, '(' | '"' | '“' | '«'),
        // at the start of a line: of a heading, or of a text that is no note
        None => heading || node.previous_sibling().is_none() && wrapped.number != Some(1),
    };
    counts && follows && (heading || !cx.gathered::<Marks>().notes)
}
