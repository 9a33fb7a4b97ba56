//! AD110: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::evidence::phrases_weight;
use crate::finding::{Safety, Severity};
use crate::links::take_out;

pub(super) struct ScriptText;

static INFO: Info = Info {
    code: "AD110",
    name: "script-text",
    summary: "the program of an ad or a counter that a converter left as text",
    phase: Phase::Structure,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad110_script_text.md"),
};

/// The most bytes of such a paragraph.
const LONGEST: usize = 6000;
/// What phrases of ad code must weigh: one that has no other meaning.
const LEAST_PHRASES: i16 = 6;
/// So many words in a row are a sentence's.
const SENTENCE: usize = 4;

impl Rule for ScriptText {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        // how programs end, and hardly any sentence: most are left by their last byte
        let last = node.document.text.as_bytes().get(node.span().end.saturating_sub(1));
        if !matches!(last, Some(b';' | b'}' | b' ' | b'\t' | b'\r' | b'\n')) {
            return;
        }
        let source = node.source();
        if !source.trim_end().ends_with([';', '}']) || source.len() > LONGEST || !source.contains(['(', '='])
        {
            return;
        }
        let is_text = |n: NodeRef<'_>| {
            !matches!(n.kind(), Kind::Code | Kind::Image | Kind::Protected | Kind::Element | Kind::Comment)
        };
        if !node.descendants().all(is_text) {
            return;
        }
        let text = node.words();
        if !is_program(&text) || phrases_weight(&text) < LEAST_PHRASES || is_shown(node) {
            return;
        }
        let edits = take_out(node);
        cx.report(
            Report::new(&INFO, node.span(), "a script that loads ads or counts readers, as text")
                .because("a program with the phrases of such scripts, and no sentence")
                .fix(edits),
        );
    }
}

/// Whether a text is statements and nothing else.
fn is_program(text: &str) -> bool {
    let text = text.trim();
    let begins =
        text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '(' | '!' | '_' | '$' | '{' | ';'));
    let marks = text.bytes().filter(|b| b"(){}[]=;'\".|&,:".contains(b)).count();
    begins && marks * 10 >= text.len() && !holds_sentence(text)
}

/// Whether words stand in a row outside of quotation marks, as those of a sentence do.
fn holds_sentence(text: &str) -> bool {
    let (mut quote, mut row, mut letters) = (None, 0, 0);
    for c in text.chars().chain(std::iter::once('.')) {
        match (quote, c) {
            // an apostrophe
            (None, '\'' | '’') if letters > 0 => {}
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => continue,
            (None, '"' | '\'' | '`') => {
                quote = Some(c);
                (row, letters) = (0, 0);
            }
            (None, ' ') => {
                row += usize::from(letters > 0);
                letters = 0;
            }
            (None, c) if c.is_alphabetic() => letters += 1,
            _ => (row, letters) = (0, 0),
        }
        if row >= SENTENCE || letters > 0 && row + 1 >= SENTENCE {
            return true;
        }
    }
    false
}

/// So many blocks above and below are asked whether they speak of such programs, and so much of each, in bytes.
const NEAR: usize = 3;
const MOST_OF_BLOCK: usize = 2000;
/// Shorter blocks are labels.
const SHORTEST_PROSE: usize = 40;

/// Whether a block that is no program itself speaks of ad code or counters.
fn speaks_of_scripts(block: NodeRef<'_>) -> bool {
    let source = block.source();
    source.len() >= SHORTEST_PROSE
        && !source.trim_end().ends_with([';', '}'])
        && phrases_weight(source.get(..MOST_OF_BLOCK).unwrap_or(source)) >= LEAST_MENTION
}

/// What phrases of ad code must weigh, so that a sentence is about such code.
const LEAST_MENTION: i16 = 4;

/// Whether the text shows a program: a sentence announces it, code stands beside it, or what stands round it speaks of such programs.
fn is_shown(node: NodeRef<'_>) -> bool {
    let holds_code = |n: NodeRef<'_>| {
        matches!(n.kind(), Kind::CodeBlock | Kind::Code) || n.descendants().any(|n| n.kind() == Kind::Code)
    };
    let before = node.previous_sibling();
    let above = std::iter::successors(before, |n| n.previous_sibling()).take(NEAR);
    let below = std::iter::successors(node.next_sibling(), |n| n.next_sibling()).take(NEAR);
    above.chain(below).any(speaks_of_scripts)
        || before.is_some_and(|n| n.source().trim_end().ends_with([':', '：']))
        || [before, node.next_sibling()].into_iter().flatten().any(holds_code)
}
