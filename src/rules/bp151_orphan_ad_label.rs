//! BP151: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::look::outside;
use crate::boilerplate::removal;
use crate::boilerplate::report;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::document::{Kind, NodeRef};
use crate::evidence::is_label;
use crate::finding::{Safety, Severity};

pub(super) struct OrphanAdLabel;

static INFO: Info = Info {
    code: "BP151",
    name: "orphan-ad-label",
    summary: "the label of an ad that is gone",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List, Kind::Heading],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp151_orphan_ad_label.md"),
};

impl Rule for OrphanAdLabel {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::AdLabel]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Heading {
            if is_over_nothing(node) {
                report(cx, &INFO, node, node, "the label of ads that are gone", "a heading of such words over nothing");
            }
            return;
        }
        if node.span().len() > LONGEST
            || !outside(node).is_any(&[Use::AdLabel])
            || node.parent().is_none_or(|p| !matches!(p.kind(), Kind::Root | Kind::Quote))
        {
            return;
        }
        let shape = Shape::of(node);
        let text = words::folded(&shape.outside);
        if !shape.is_plain() || text.is_empty() {
            return;
        }
        let mut names_number = false;
        let takes = |part: &str| {
            names_number |= part.split([' ', ',', ':']).any(is_number);
            true
        };
        if node.kind() == Kind::Paragraph && words::is_like(&text, Use::AdLabel, takes) && names_number {
            report(cx, &INFO, node, node, "the label of an ad that is gone", "a line that names an advertiser's number");
            return;
        }
        if !words::is(&text, Use::AdLabel) {
            // «Advertisement - Scroll to continue»
            let parts = shape.outside.split(" - ").flat_map(|part| part.split(['–', '—', '|', '\n']));
            let mut labels = parts.map(words::folded).filter(|label| !label.is_empty());
            if node.kind() == Kind::Paragraph && labels.all(|label| words::is(&label, Use::AdLabel)) {
                report(cx, &INFO, node, node, "the label of an ad that is gone", "a paragraph of such words alone");
            }
            return;
        }
        // what it stands on may be the ad, though nothing else tells
        if removal::next(node).is_some_and(is_link_alone) {
            return;
        }
        let written = bare(&shape.outside);
        // `- Advertisement -` is no list
        if node.kind() == Kind::List
            && !(node.children().count() == 1 && shape.outside.trim_end().ends_with(['-', '–', '—']))
        {
            return;
        }
        let long = text.split(' ').count() >= 3 || text.chars().filter(|c| !c.is_ascii()).count() >= 12;
        if !long && (is_spoken_of(node, written) || is_in_list_of_names(node)) {
            return;
        }
        report(cx, &INFO, node, node, "the label of an ad that is gone", "a paragraph of that word alone");
    }
}

/// How many paragraphs above and below a label are looked at.
const NEAR: usize = 2;

/// Whether a label stands among paragraphs as short as itself: the parts of a page, named one a line, and what it names is one of them.
fn is_in_list_of_names(node: NodeRef<'_>) -> bool {
    let above = std::iter::successors(node.previous_sibling(), |n| n.previous_sibling()).take(NEAR);
    let below = std::iter::successors(node.next_sibling(), |n| n.next_sibling()).take(NEAR);
    let is_name = |n: &NodeRef<'_>| {
        n.kind() == Kind::Paragraph
            && n.span().len() <= LONGEST_NAME
            && n.children().all(|c| matches!(c.kind(), Kind::Text | Kind::Strong | Kind::Emphasis))
            && !n.source().trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？', '：'])
    };
    above.filter(is_name).count() == NEAR && below.filter(is_name).count() == NEAR
}

/// The longest name of a part of a page, in bytes.
const LONGEST_NAME: usize = 36;

/// The longest block that may be such a label, in bytes.
const LONGEST: usize = 240;

/// Whether a heading of a label's words has nothing below it: the native ads that stood there are gone.
fn is_over_nothing(heading: NodeRef<'_>) -> bool {
    let level = |n: NodeRef<'_>| n.node().data;
    let is_last =
        removal::next(heading).is_none_or(|n| n.kind() == Kind::Heading && level(n) <= level(heading));
    if !is_last || heading.span().len() > LONGEST {
        return false;
    }
    let words = heading.words();
    words.trim().contains(char::is_whitespace) && is_label(&words)
}

/// Whether a paragraph is one link, with nothing beside it.
fn is_link_alone(block: NodeRef<'_>) -> bool {
    if block.kind() != Kind::Paragraph {
        return false;
    }
    let shape = Shape::of(block);
    shape.links.len() == 1
        && !shape.outside.contains(char::is_alphanumeric)
        && block.descendants().all(|n| n.kind() != Kind::Image)
}

/// From how many mentions in its prose on a text speaks of ads.
const SUBJECT: usize = 2;

/// Whether a word is the number of an advertiser or of a placement: letters and digits without sense.
fn is_number(word: &str) -> bool {
    word.len() >= 8
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && word.bytes().any(|b| b.is_ascii_digit())
}

/// A label without the marks around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches(['-', '–', '—', '*', '_', ' ', ':', '：', '[', ']', '(', ')', '#', '>'])
}

/// Whether the text names what the label says in its prose too: then it may name it in a line of its own.
fn is_spoken_of(node: NodeRef<'_>, label: &str) -> bool {
    // the first letter may be small in prose
    let stem = label
        .char_indices()
        .nth(1)
        .filter(|_| label.is_ascii() || label.chars().count() > 5)
        .map_or(label, |(at, _)| &label[at..]);
    if stem.is_empty() {
        return false;
    }
    let text = node.document.text;
    memchr::memmem::find_iter(text.as_bytes(), stem.as_bytes())
        .filter(|at| !bare(node.document.slice(node.document.line_at(*at))).eq_ignore_ascii_case(label))
        .take(SUBJECT)
        .count()
        >= SUBJECT
}
