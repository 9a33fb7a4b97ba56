//! BP165: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::bars::{self, Place};
use crate::boilerplate::interface::{self, Bar, Class};
use crate::boilerplate::named::Named;
use crate::boilerplate::shape::{LINK, Shape, lines};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{certain, removed};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct InterfaceBar;

static INFO: Info = Info {
    code: "BP165",
    name: "interface-bar",
    summary: "words of a platform's interface: its buttons and counts above and below the text",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp165_interface_bar.md"),
};

/// What tells of them.
const WORDS: [Use; 3] = [Use::Interface, Use::Platform, Use::Share];
/// What is found.
const WHAT: &str = "what a platform's interface left";
/// Why it is that.
const RUN: &str = "its buttons and counts, several together, and nothing else";
const OWN: &str = "words that nothing but such an interface has";
/// The longest paragraph of which a part may go, in bytes.
const LONGEST: usize = 20_000;
/// The longest line that ends with buttons, in bytes.
const LONGEST_LINE: usize = 300;

impl Rule for InterfaceBar {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&WORDS), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.parent().is_none_or(|p| p.kind() != Kind::Root) || node.span().len() > LONGEST {
            return;
        }
        if node.kind() == Kind::Heading && !cx.heading(node).is_any(&WORDS) {
            return;
        }
        let look = *cx.look(node);
        let may_be_prose = || look.links == 0 && !look.outside.is_any(&[Use::Platform]);
        if !look.breaks
            && (!look.is_short(interface::LONGEST) || may_be_prose() && interface::is_sentence(node.source()))
        {
            return;
        }
        match interface::class(node, cx) {
            Class::Bar(bar) if !bar.words.is_empty() || bar.own > 0 => visit_run(node, bar, cx),
            Class::Provenance if node.kind() == Kind::Paragraph && visit_end(node, cx) => {}
            Class::Provenance if matches!(bars::place(node, node), Place::Head | Place::Foot) => {
                review(node, cx);
            }
            Class::Kept | Class::Else if look.breaks && node.kind() == Kind::Paragraph => {
                visit_lines(node, cx)
            }
            _ => {}
        }
    }
}

/// Reports the run that begins with `node`, if it is one.
fn visit_run(node: NodeRef<'_>, bar: Bar, cx: &mut Context<'_>) {
    let Some(run) = bars::run_at(node, Class::Bar(bar), cx) else { return };
    let bar = run.bar();
    let Some((first, last)) = run.ends() else { return };
    if !bar.is_enough() {
        return;
    }
    let place = bars::place(first, last);
    let Some(is_sure) = is_sure(&bar, place, cx) else { return };
    // a survey has headings, too
    let is_sure = is_sure && (bar.is_own() || !run.takes_headings());
    let why = if bar.is_own() { OWN } else { RUN };
    for (first, last) in run.going() {
        if let Some(report) = removed(&INFO, first, last, WHAT, why) {
            cx.report(if is_sure { report } else { report.confidence(0.5).needs_review() });
        }
    }
    for block in run.provenance() {
        review(block, cx);
    }
}

/// Whether it is sure that `bar` is of an interface in that place; `None` if it is not.
fn is_sure(bar: &Bar, place: Place, cx: &mut Context<'_>) -> Option<bool> {
    // several buttons that ask to log in first are of no section
    if place == Place::Owned && bar.for_members < 2 || !bar.is_enough() {
        return None;
    }
    // a text that speaks of buttons may show them
    let named = cx.gathered::<Named>().count(&bar.words);
    if named >= 2 || named == 1 && bar.words.len() == 1 {
        return None;
    }
    let is_at_end = matches!(place, Place::Head | Place::Foot);
    (is_at_end || bar.is_own() || bar.words.len() > MOST_AMID)
        .then_some(named == 0 && bar.is_certain() && (is_at_end || bar.is_own()))
}

/// How many words of an interface may stand amid a text.
const MOST_AMID: usize = 4;

/// Reports who wrote the text and when: it may be wanted.
fn review(block: NodeRef<'_>, cx: &mut Context<'_>) {
    let what = "who wrote the text, when, or where it is from, as a platform says it";
    if let Some(report) = removed(&INFO, block, block, what, OWN) {
        cx.report(report.confidence(0.5).needs_review());
    }
}

/// Reports the buttons that a line about the author ends with; whether there are any.
fn visit_end(node: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let (Some(first), Some(last)) = (node.children().next(), node.last_child()) else { return false };
    let Some(from) = end_of_line(first, last) else { return false };
    take(node, from, node.span().start + node.source().trim_end().len(), cx);
    true
}

/// Reports lines of a paragraph that are words of an interface, or the end of its last one.
fn visit_lines(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let lines = lines(node);
    let rows: Vec<Option<Bar>> = lines.iter().map(|(first, last)| row(*first, *last)).collect();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let stretch = rows.iter().skip(at).take_while(|row| row.is_some()).count();
        if row.is_some() && stretch < lines.len() {
            let mut bar = Bar::default();
            rows.iter().skip(at).take(stretch).flatten().for_each(|row| bar.add(row));
            let is_enough = bar.own > 0 && bar.words.len() >= 2
                || bar.words.len() >= 3 && bar.is_certain() && bars::place_in(node, at == 0) != Place::Midst;
            if is_enough && cx.gathered::<Named>().count(&bar.words) == 0 {
                cut(node, lines.get(at), lines.get(at + stretch), cx);
                return;
            }
        }
        at += stretch.max(1);
    }
}

/// The words of an interface that a line is, if it is nothing else.
fn row(first: NodeRef<'_>, last: NodeRef<'_>) -> Option<Bar> {
    let span = Span::new(first.span().start, last.span().end);
    let source = first.document.text.get(span.range())?;
    if span.len() > LONGEST_LINE || first.kind() == Kind::Text && !interface::may_begin_line(source) {
        return None;
    }
    let shape = Shape::of_run(first, last);
    if is_plain(&shape) { interface::line(&shape.all_words()) } else { None }
}

/// Whether a line is words and links alone.
fn is_plain(shape: &Shape<'_>) -> bool {
    !shape.other && shape.pictures == 0 && shape.fields == 0 && shape.scripts.is_empty()
}

/// Where the buttons begin that a line of text ends with, in bytes.
fn end_of_line(first: NodeRef<'_>, last: NodeRef<'_>) -> Option<usize> {
    let span = Span::new(first.span().start, last.span().end);
    let shape = Shape::of_run(first, last);
    if span.len() > LONGEST_LINE || !is_plain(&shape) || shape.outside.contains(LINK) {
        return None;
    }
    let line = first.document.text.get(span.range())?;
    let starts = line.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1);
    let mut starts = starts.filter(|at| {
        let bar = line.get(*at..).and_then(|end| interface::line(&words::folded(end)));
        bar.is_some_and(|bar| bar.own > 0 && bar.words.len() >= 3)
    });
    starts.next().map(|at| span.start + at)
}

/// A line, as its first and last node.
type Line<'a> = (NodeRef<'a>, NodeRef<'a>);

/// Reports the lines of `node` from `from` up to `to`, or to its end.
fn cut(node: NodeRef<'_>, from: Option<&Line<'_>>, to: Option<&Line<'_>>, cx: &mut Context<'_>) {
    let Some((from, _)) = from else { return };
    match to {
        None => take(node, from.span().start, node.span().start + node.source().trim_end().len(), cx),
        Some((to, _)) => {
            let span = Span::new(from.span().start, to.span().start);
            cx.report(certain(&INFO, span, WHAT, RUN, vec![Edit::remove(span)]));
        }
    }
}

/// Reports the end of `node` from byte `from` to `end`.
fn take(node: NodeRef<'_>, from: usize, end: usize, cx: &mut Context<'_>) {
    let before = node.document.text.get(node.span().start..from).map_or(0, |text| text.trim_end().len());
    let start = node.span().start + before;
    if before > 0 && from < end {
        cx.report(certain(&INFO, Span::new(from, end), WHAT, RUN, vec![Edit::remove(Span::new(start, end))]));
    }
}
