//! RP102: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{before, is_blank, is_letter, letters_before};
use crate::repair::edges::{Edge, Glue, LONGEST, Side, edge, has_edges};
use crate::repair::habits::Habits;
use crate::span::Span;

pub(super) struct GluedLeft;

static INFO: Info = Info {
    code: "RP102",
    name: "glued-left",
    summary: "emphasis, a link or code glued to the word before it",
    phase: Phase::Content,
    kinds: &[Kind::Strong, Kind::Emphasis, Kind::Strike, Kind::Link, Kind::Code],
    effect: Effect::Spacing,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp102_glued_left.md"),
};

impl Rule for GluedLeft {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        // most have a blank or a bracket before them
        let before = node.span().start.checked_sub(1).and_then(|at| cx.document.text.as_bytes().get(at));
        if before == Some(&b'*') && node.kind() == Kind::Link {
            behind_label(node, cx);
            return;
        }
        let may_be_glued = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii() || is_mark(char::from(*b));
        if !before.is_some_and(may_be_glued) || !has_edges(node) {
            return;
        }
        let Some(edge) = edge(node, Side::Left) else {
            if node.kind() != Kind::Code {
                behind_punctuation(node, cx);
            }
            return;
        };
        report_missing_blank(cx, &INFO, &edge, "a blank is missing before the span");
    }
}

/// Reports an edge of a span at which a blank is missing, if the document shows that one is.
pub(super) fn report_missing_blank(
    cx: &mut Context<'_>,
    info: &'static Info,
    edge: &Edge<'_>,
    message: &'static str,
) {
    let habits = cx.gathered::<Habits>();
    let glue = habits.glue(edge);
    let is_strong = edge.node.kind() == Kind::Strong || edge.node.source().starts_with("***");
    // what is glued on one side is no part of a word on the other
    let is_word = is_strong || edge.node.kind() != Kind::Code && habits.is_glued_beyond(edge);
    let is_missing = match glue {
        Glue::Part => false,
        Glue::Short => (is_word || edge.node.kind() == Kind::Code) && habits.glues(),
        // of a link no part of a word is made, where the text glues words
        Glue::Open => {
            is_word && habits.glues_everywhere() || edge.node.kind() == Kind::Link && habits.glues()
        }
        Glue::Likely => habits.glues() || is_strong && habits.stray_behind_spans >= 2,
        Glue::Certain => true,
    };
    if !is_missing {
        return;
    }
    cx.report(
        Report::new(info, Span::at(edge.at), message)
            .because(format!("glued edges of emphasis and links in this document: {}", habits.glued))
            .confidence(if matches!(glue, Glue::Open | Glue::Short) { 0.8 } else { 0.95 })
            .fix(vec![Edit::insert(edge.at, " ")]),
    );
}

/// `**Note:**[the page](…)`: a link right behind a label in bold.
fn behind_label(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let start = node.span().start;
    let Some(label) = node.previous_sibling().filter(|n| n.kind() == Kind::Strong && n.span().end == start)
    else {
        return;
    };
    let is_spaced = |c: Option<char>| c.is_some_and(is_letter);
    let words = label.words();
    let Some(name) = words.trim_end_matches(is_blank).strip_suffix(':') else { return };
    let is_label =
        is_spaced(name.trim_end_matches(is_blank).chars().next_back()) && !words.ends_with(is_blank);
    if !has_edges(node) || label.is_html() || !is_label || !is_spaced(node.words().chars().next()) {
        return;
    }
    cx.report(
        Report::new(&INFO, Span::at(start), "a blank is missing between a label and the link")
            .confidence(0.95)
            .fix(vec![Edit::insert(start, " ")]),
    );
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?')
}

/// `first,**second**`: punctuation that should have a blank behind it, in a document that glues words.
fn behind_punctuation(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let start = node.span().start;
    let text = node.document.text;
    if node.span().len() > LONGEST {
        return;
    }
    let Some(mark) = before(text, start).filter(|c| is_mark(*c)) else { return };
    let Some(inside) = node.words().chars().next().filter(|&c| is_letter(c)) else { return };
    let word = letters_before(text, start - 1);
    let ends_sentence = word.chars().count() >= 3
        && inside.is_uppercase()
        && word.chars().all(|c| !c.is_uppercase() || word.starts_with(c));
    let plain =
        node.previous_sibling().is_some_and(|n| n.kind() == Kind::Text && n.span().len() > word.len());
    if word.is_empty()
        || !plain
        || matches!(mark, '.' | '!' | '?') && !ends_sentence
        || !cx.gathered::<Habits>().glues()
    {
        return;
    }
    cx.report(
        Report::new(&INFO, Span::at(start), format!("a blank is missing between `{mark}` and the span"))
            .confidence(0.9)
            .fix(vec![Edit::insert(start, " ")]),
    );
}
