//! RP107: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::language::{Language, is_french_letter};
use crate::finding::{Safety, Severity};
use crate::repair::characters::{behind, find_pair, is_blank, marks_behind_blanks};
use crate::repair::habits::{Habits, begins_small, is_span};
use crate::script::is_unspaced;
use crate::span::Span;

pub(super) struct BlankBeforePunctuation;

static INFO: Info = Info {
    code: "RP107",
    name: "blank-before-punctuation",
    summary: "a blank before a punctuation mark",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    effect: Effect::Spacing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp107_blank_before_punctuation.md"),
};

impl Rule for BlankBeforePunctuation {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::GAP)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.has(Flags::RAW) {
            return;
        }
        let source = node.source();
        for at in marks_behind_blanks(source.as_bytes()) {
            look(node, source, at, cx);
        }
        let leads = |before: u8, b: u8| {
            ((before == b' ') | (before == 0xa0)) & matches!(b, 0xd8 | 0xe0 | 0xe3 | 0xef)
        };
        let mut from = 1;
        while let Some(at) = find_pair(source.as_bytes(), from, leads) {
            if behind(source, at).is_some_and(|c| FULL_WIDTH.contains(&c)) {
                look(node, source, at, cx);
            }
            from = at + 1;
        }
    }
}

/// Punctuation of scripts other than Latin that never has a blank before it.
const FULL_WIDTH: [char; 11] = ['，', '。', '；', '：', '！', '？', '、', '،', '؛', '؟', '।'];

/// How many characters are looked back for a bracket.
const REACH: usize = 300;
/// How many bytes of a block are read for its language.
const SAMPLE: usize = 800;

/// What stands before the blanks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Span,
    Word,
    Other,
}

fn look(node: NodeRef<'_>, source: &str, at: usize, cx: &mut Context<'_>) {
    let Some(mark) = behind(source, at) else { return };
    let head = source.get(..at).unwrap_or("");
    let kept = head.trim_end_matches(is_blank);
    let before = match kept.chars().next_back() {
        None => match node.previous_sibling() {
            Some(sibling) if is_span(sibling) => Before::Span,
            _ => return,
        },
        Some(c) if c.is_alphanumeric() => Before::Word,
        Some(')' | ']' | '"' | '”' | '’' | '»' | '%' | '\'') => Before::Other,
        _ => return,
    };
    let behind_code = kept.is_empty() && node.previous_sibling().is_some_and(|n| n.kind() == Kind::Code);
    if !ends_well(node, source, at, mark, before == Before::Word || behind_code)
        || !is_mark_of_sentence(node, source, at, mark, before, cx)
        || !is_damage(node, kept, head, mark, before, cx)
    {
        return;
    }
    let base = node.span().start;
    let blanks = Span::new(base + kept.len(), base + at);
    let mut edits = vec![Edit::remove(blanks)];
    if mark == ')'
        && let Some(inner) = blank_behind_bracket(node, kept)
    {
        edits.insert(0, Edit::remove(inner));
    }
    // `**Ctrl** ,**Alt**`: the blank stands on the wrong side
    if mark == ',' && at + 1 == source.len() && node.next_sibling().is_some_and(is_span) {
        edits.push(Edit::insert(base + at + 1, " "));
    }
    let evidence = match before {
        Before::Span => "it stands behind emphasis, a link, code or an image",
        _ => "the document shows more of it",
    };
    cx.report(
        Report::new(&INFO, blanks, format!("a blank before `{mark}`"))
            .because(evidence)
            .confidence(if before == Before::Span { 0.97 } else { 0.9 })
            .fix(edits),
    );
}

/// Whether what follows the mark ends a word: `.NET`, `...`, `:)` do not.
fn ends_well(node: NodeRef<'_>, source: &str, at: usize, mark: char, word_before: bool) -> bool {
    let mut rest = source.get(at + mark.len_utf8()..).unwrap_or("").chars();
    match rest.next() {
        // `. . .`, `react . js`
        Some(' ') if mark == '.' => !rest
            .next()
            .is_some_and(|c| c == '.' || word_before && (c.is_lowercase() || c.is_ascii_punctuation())),
        // 「a 、 b」: blanks on both sides are a style
        Some(' ') if is_unspaced(mark) => false,
        Some(' ') => true,
        Some(c) if is_unspaced(mark) => c != mark,
        Some('"' | '”' | '»' | ')' | '’' | ']') => !matches!(mark, ':' | ';' | ')'),
        // `( … ).`
        Some('.' | ',' | ';' | ':' | '?' | '!') if mark == ')' => rest.next().is_none_or(char::is_whitespace),
        Some(c) => c.is_whitespace(),
        None => match node.next_sibling() {
            None => true,
            Some(next) if matches!(next.kind(), Kind::SoftBreak | Kind::HardBreak) => true,
            // a block of HTML: its text ends where a tag begins
            Some(next) if mark == ',' => is_span(next),
            Some(next) => is_unspaced(mark) || next.kind() == Kind::Image || next.kind() == Kind::EndTag,
        },
    }
}

/// Whether the mark is one of the sentence, no argument (`**git add** . and`), operator (`**u** . **v**`, `n ! / k !`) or arrow's colon.
fn is_mark_of_sentence(
    node: NodeRef<'_>,
    source: &str,
    at: usize,
    mark: char,
    before: Before,
    cx: &mut Context<'_>,
) -> bool {
    let behind_span = before == Before::Span;
    let rest = source.get(at + mark.len_utf8()..).unwrap_or("");
    match mark {
        '.' if !behind_span && is_folder_of_command(node, at) => false,
        '.' | '!' | '?' => {
            // a sign that is spoken of: `**.** .`
            if behind_span && mark == '.' && node.previous_sibling().is_some_and(is_sign) {
                return false;
            }
            let first = rest.trim_start_matches(is_blank).chars().next();
            match first {
                _ if !rest.starts_with(is_blank) => true,
                None => {
                    let next = node.next_sibling().filter(|n| behind_span && is_span(*n));
                    !next.is_some_and(begins_small)
                }
                // a writer who begins sentences small shows the blank elsewhere, too
                Some(c) if mark == '.' => {
                    !behind_span || !c.is_lowercase() || cx.gathered::<Habits>().stray_behind_spans >= 1
                }
                // `begins with ! (an exclamation mark)`
                Some('(') if before == Before::Word => false,
                Some(c) => {
                    !c.is_lowercase() && !matches!(c, '=' | '/' | '*' | '+' | '<' | '>' | ')' | '!' | '?')
                }
            }
        }
        // `*f* : *A* → *B*`
        ':' if behind_span => {
            let is_letter = node.previous_sibling().is_some_and(|n| n.words().chars().count() == 1);
            !(is_letter && has_arrow(node, at))
        }
        _ => true,
    }
}

/// Whether the line up to byte `at` of a text is a command, which begins small and ends with the folder that it works on: `docker build -t shop .`
fn is_folder_of_command(node: NodeRef<'_>, at: usize) -> bool {
    let Some(block) = node.leaf_block() else { return false };
    let end = node.span().start + at;
    let head = node.document.text.get(block.span().start..end).unwrap_or("");
    let head_of_line = memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1);
    let line = head.get(head_of_line..).unwrap_or("");
    // each of the marks of a line looks at what stands before it
    if line.len() > LONGEST_COMMAND {
        return false;
    }
    let command = line.trim_start_matches(is_blank).trim_start_matches("$ ");
    if !command.starts_with(|c: char| c.is_ascii_lowercase()) || !command.is_ascii() {
        return false;
    }
    let is_option = |word: &str| {
        let name = word.trim_start_matches('-');
        matches!(word.len() - name.len(), 1 | 2) && name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    // few words that begin small are no sentence, but one that goes on from the line above, an item or a cell may be so short
    let is_alone = block.kind() == Kind::Paragraph
        && line.len() == head.len()
        && block.parent().is_some_and(|p| p.kind() == Kind::Root);
    let mut words = command.split_ascii_whitespace();
    words.clone().any(is_option) || is_alone && words.nth(MOST_OF_A_COMMAND).is_none()
}

/// How many words a command without options has at most.
const MOST_OF_A_COMMAND: usize = 3;
/// The longest line that is looked at as a command, in bytes.
const LONGEST_COMMAND: usize = 400;

/// Whether emphasis holds no letter or digit.
fn is_sign(span: NodeRef<'_>) -> bool {
    matches!(span.kind(), Kind::Strong | Kind::Emphasis) && !span.words().contains(char::is_alphanumeric)
}

/// Whether an arrow follows byte `at` of a text on the same line, not far away.
fn has_arrow(node: NodeRef<'_>, at: usize) -> bool {
    let rest = node.document.text.get(node.span().start + at..).unwrap_or("");
    let near = rest.char_indices().take(NEAR).take_while(|(_, c)| *c != '\n').last().map_or(0, |(i, _)| i);
    let near = rest.get(..near).unwrap_or("");
    near.contains("->") || near.contains(['→', '↦', '⟶', '⇒'])
}

/// How many characters behind a colon an arrow is looked for.
const NEAR: usize = 40;

fn is_damage(
    node: NodeRef<'_>,
    kept: &str,
    head: &str,
    mark: char,
    before: Before,
    cx: &mut Context<'_>,
) -> bool {
    match mark {
        '.' | ',' => match before {
            Before::Span => true,
            // `( a , b ) .`: blanks on both sides of brackets are a style
            _ => {
                !closes_padded_bracket(node, kept) && is_padded(kept) != Some(true) && shows_damage(node, cx)
            }
        },
        ')' => {
            if blank_behind_bracket(node, kept).is_some() {
                return cx.gathered::<Habits>().strays();
            }
            let closes = opens_without_blank(node, kept);
            closes && (before == Before::Span || cx.gathered::<Habits>().strays())
        }
        ':' | ';' | '?' | '!' => {
            // a no-break space before them is set on purpose
            if head.ends_with('\u{a0}') || before != Before::Span && (mark == ':' || !in_paragraph(node)) {
                return false;
            }
            // `¿Listo ?`
            if mark != ':' && mark != ';' && opens_inverted(kept, mark) {
                return true;
            }
            let habits = cx.gathered::<Habits>();
            let emphasis = before == Before::Span
                && mark != ':'
                && node.previous_sibling().is_some_and(|n| n.kind() != Kind::Code);
            let marks = mark != ':' && habits.stray_marks >= 2;
            if !(habits.strays() || emphasis || marks) {
                return false;
            }
            let language = habits.language(cx.document);
            language.is_known() && !is_french(node, language) && !quotes_french(node)
        }
        '،' | '؛' | '؟' | '।' => before == Before::Span,
        _ => before == Before::Span || kept.chars().next_back().is_some_and(is_unspaced),
    }
}

/// Whether the document shows what scrapers do: blanks before full stops elsewhere, words glued to emphasis, or, where no custom of the
/// language puts them there, blanks before other marks.
fn shows_damage(node: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let habits = cx.gathered::<Habits>();
    if habits.strays() || !in_paragraph(node) {
        return habits.strays() && (in_paragraph(node) || habits.stray_behind_words >= 2);
    }
    habits.glues()
        || habits.stray_marks >= 2 && {
            let language = habits.language(cx.document);
            language.is_known() && !is_french(node, language)
        }
}

/// Whether the sentence that a mark ends was opened by the same mark inverted, as in Spanish.
fn opens_inverted(kept: &str, mark: char) -> bool {
    let opening = if mark == '?' { '¿' } else { '¡' };
    kept.chars().rev().take(REACH).take_while(|c| !matches!(c, '.' | '!' | '?')).any(|c| c == opening)
}

/// Columns of tables may be set with blanks; only spans are sure there.
fn in_paragraph(node: NodeRef<'_>) -> bool {
    node.leaf_block().is_none_or(|b| b.kind() != Kind::Cell)
}

/// Whether a blank stands behind the bracket that is open at the end of `text`.
fn is_padded(text: &str) -> Option<bool> {
    let mut depth = 0usize;
    for (i, c) in text.char_indices().rev().take(REACH) {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => return Some(text.get(i + 1..).is_some_and(|t| t.starts_with(is_blank))),
            _ => {}
        }
    }
    None
}

/// Whether text ends with a bracket that has blanks inside, on both sides.
fn closes_padded_bracket(node: NodeRef<'_>, kept: &str) -> bool {
    let inside = kept.strip_suffix(')').filter(|inside| inside.ends_with(is_blank));
    inside.is_some_and(|inside| !opens_without_blank(node, inside))
}

/// The blank behind a bracket with one span in it: `( **so** )`.
fn blank_behind_bracket(node: NodeRef<'_>, kept: &str) -> Option<Span> {
    let opening = node.previous_sibling().filter(|_| kept.is_empty())?.previous_sibling()?;
    let padded = opening.kind() == Kind::Text && opening.source().ends_with("( ");
    padded.then(|| Span::new(opening.span().end - 1, opening.span().end))
}

/// Whether the bracket that `)` would close has no blank behind it either: `( so )` is a style.
fn opens_without_blank(node: NodeRef<'_>, kept: &str) -> bool {
    if let Some(padded) = is_padded(kept) {
        return !padded;
    }
    let mut sibling = node.previous_sibling();
    for _ in 0..8 {
        let Some(at) = sibling else { return false };
        if at.kind() == Kind::Text
            && let Some(padded) = is_padded(at.source())
        {
            return !padded;
        }
        sibling = at.previous_sibling();
    }
    false
}

/// Whether the block or else the document is French, which sets a blank before `: ; ? !`.
fn is_french(node: NodeRef<'_>, language: &Language) -> bool {
    language.is_french() || Language::of(near(node)).is_french()
}

/// Whether the text stands in emphasis, and such emphasis in its block is French amid text that is not: words of a sign, a line of dialogue.
fn quotes_french(node: NodeRef<'_>) -> bool {
    let is_quote = |n: NodeRef<'_>| matches!(n.kind(), Kind::Emphasis | Kind::Strong);
    let Some(block) = node.parent().filter(|p| is_quote(*p)).and_then(|p| p.parent()) else { return false };
    let beyond_ascii = |c: char| !c.is_ascii() && c.is_alphabetic();
    let has_accents = |text: &str| {
        let mut letters = text.chars().filter(|c| beyond_ascii(*c)).peekable();
        letters.peek().is_some() && letters.flat_map(char::to_lowercase).all(is_french_letter)
    };
    let mut french = false;
    for child in block.children().take(SPANS) {
        match child.kind() {
            Kind::Text if beginning(child).contains(beyond_ascii) => return false,
            _ if is_quote(child) => {
                french |= has_accents(beginning(child)) && beginning(child).contains([' ', '\u{a0}'])
            }
            _ => {}
        }
    }
    french
}

/// How many pieces of a block are looked at for quoted words.
const SPANS: usize = 24;

/// The beginning of the block that the text stands in.
fn near(node: NodeRef<'_>) -> &str {
    beginning(node.leaf_block().unwrap_or(node))
}

/// The first bytes of what a node was written as.
fn beginning(node: NodeRef<'_>) -> &str {
    let source = node.source();
    let mut end = source.len().min(SAMPLE);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    source.get(..end).unwrap_or("")
}
