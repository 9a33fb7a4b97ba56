//! RP111: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::edges::stays_on_lines;
use crate::rules::Gather;
use crate::script::is_unspaced;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(super) struct HeadingWithoutBlank;

static INFO: Info = Info {
    code: "RP111",
    name: "heading-without-blank",
    summary: "a heading that lacks the blank behind its hashes: `##Heading`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp111_heading_without_blank.md"),
};

impl Rule for HeadingWithoutBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::HASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let title = title_line(node);
        let Some(level) = missing_blank(node, title) else { return };
        // over text, and with a small letter, it may be a word of its own kind: `##rust and more`
        let is_over_text = title.len() < node.source().len();
        let begins_small = title.trim_start_matches('#').starts_with(char::is_lowercase);
        if is_over_text && (level == 1 || !goes_on_in_prose(node, title)) {
            return;
        }
        // a sentence is a heading only in a document that writes its headings so
        if (ends_as_sentence(title) || is_over_text && begins_small) && cx.gathered::<Hashes>().headings == 0
        {
            return;
        }
        // `##rust`, `##task[name]`, `##x <- 5`: a channel, a message to a program, a line of code
        if is_word_of_its_own(title) && cx.gathered::<Hashes>().headings == 0 {
            return;
        }
        // one hash may be the mark of a topic: only beside headings that lack their blank as well
        if level == 1 && cx.gathered::<Hashes>().headings == 0 {
            return;
        }
        let at = node.span().start + level;
        cx.report(
            Report::new(
                &INFO,
                Span::new(node.span().start, at),
                "the heading lacks the blank behind its hashes",
            )
            .confidence(if level == 1 { 0.8 } else { 0.9 })
            .fix(vec![Edit::insert(at, " ")]),
        );
    }
}

/// How many paragraphs are headings of level two and more that lack their blank and do not end as sentences do.
struct Hashes {
    headings: usize,
}

impl Gather for Hashes {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let paragraphs = document.nodes().filter(|n| n.kind() == Kind::Paragraph);
        let is_sure = |n: &NodeRef<'_>| {
            let title = title_line(*n);
            title.len() == n.source().len()
                && !ends_as_sentence(title)
                && !is_word_of_its_own(title)
                && missing_blank(*n, title).is_some_and(|level| level > 1)
        };
        Self { headings: paragraphs.filter(is_sure).count() }
    }

    fn grants(&self) -> Option<u128> {
        Some(u128::from(self.headings > 0))
    }
}

/// The first line of a paragraph, if it begins with a hash.
fn title_line(node: NodeRef<'_>) -> &str {
    let source = node.source();
    if !source.starts_with('#') {
        return "";
    }
    source.split('\n').next().unwrap_or("").trim_end()
}

/// Whether the line below the first one is prose that stays a paragraph: not code, no list, no further line with hashes (a comment has several).
fn goes_on_in_prose(node: NodeRef<'_>, title: &str) -> bool {
    let rest = node.source().get(title.len()..).unwrap_or("").trim_start_matches([' ', '\t', '\r']);
    let Some(line) = rest.strip_prefix('\n').and_then(|rest| rest.split('\n').next()) else { return false };
    let words = line.trim_start_matches(' ');
    let is_code =
        words.contains(['=', '{', '}', '$', '|', '\\', '<']) || words.trim_end().ends_with([';', ',', ')']);
    let first = words.strip_prefix("**").unwrap_or(words);
    let is_prose = first.starts_with(char::is_alphabetic) && words.trim_end().contains(' ') && !is_code;
    let is_wide = words.chars().next().is_some_and(is_unspaced) && !is_code;
    line.len() - words.len() < 4 && (is_prose || is_wide) && stays_on_lines(node)
}

/// Whether a title is one small word, begins with one that a bracket or equals sign follows, or is an operation.
fn is_word_of_its_own(title: &str) -> bool {
    let title = title.trim_start_matches('#');
    let mut words = title.split_whitespace();
    let first = words.next().unwrap_or("");
    let second = words.next();
    first.starts_with(char::is_lowercase)
        && (second.is_none_or(|w| matches!(w, "<-" | "->" | "=" | "==" | "+" | "-" | "*" | "/" | ":="))
            || first.contains(['[', '=', '(', '{']))
}

/// Whether a paragraph begins with its hashes and bold, emphasis, a link or code.
fn begins_with_span(node: NodeRef<'_>, level: usize) -> bool {
    let mut children = node.children();
    let hashes = children.next().is_some_and(|n| n.kind() == Kind::Text && n.span().len() == level);
    let span = children.next().filter(|_| hashes);
    span.is_some_and(|n| {
        !n.is_html()
            && matches!(n.kind(), Kind::Strong | Kind::Emphasis | Kind::Link | Kind::Code)
            && n.source().contains(char::is_alphanumeric)
    })
}

/// The level of the heading that the first line of a paragraph was meant to be.
fn missing_blank(node: NodeRef<'_>, source: &str) -> Option<usize> {
    if !source.starts_with('#') {
        return None;
    }
    let title = source.trim_start_matches('#');
    let level = source.len() - title.len();
    let first = title.chars().next()?;
    let letters = first.is_alphabetic()
        || first.is_ascii_digit()
            && title.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '、', ')'])
        || level > 1 && matches!(first, '*' | '_' | '[' | '`') && begins_with_span(node, level);
    let topics = title.split_whitespace().any(|w| w.starts_with('#') && w.len() > 1);
    // one word is a title where the document begins
    let is_title = || node.previous_sibling().is_none() && title.chars().nth(2).is_some();
    let one = level == 1
        && (!title.contains(' ') && !is_title()
            || !first.is_alphabetic()
            || !title.starts_with(char::is_uppercase));
    let fits = level <= 6 && letters && !topics && !one && title.chars().count() <= 120;
    let plain = node.parent().is_some_and(|p| matches!(p.kind(), Kind::Root | Kind::Quote));
    (fits && plain && !title.ends_with([',', ';'])).then_some(level)
}

/// Whether a line ends with a full stop.
fn ends_as_sentence(line: &str) -> bool {
    line.ends_with(['.', '。'])
}
