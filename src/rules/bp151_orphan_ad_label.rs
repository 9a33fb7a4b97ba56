//! BP151: see the `.md` beside this file.

use super::ad108_sponsored_section::{is_among_entries, last_of_section};
use super::{Context, Effect, Gather, Info, Needs, Phase, Rule};
use crate::boilerplate::lists;
use crate::boilerplate::look::outside;
use crate::boilerplate::pieces;
use crate::boilerplate::place::{begins_prose, ends_prose};
use crate::boilerplate::removal;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, certain, report};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::is_label;
use crate::finding::{Safety, Severity};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

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
        Needs::signs(Signs::words(&[Use::AdLabel]), LONGEST_GLUED)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Heading {
            if is_over_nothing(node) {
                report(
                    cx,
                    &INFO,
                    node,
                    node,
                    "the label of ads that are gone",
                    "a heading of such words over nothing",
                );
            }
            return;
        }
        if !outside(node).is_any(&[Use::AdLabel])
            || node.parent().is_none_or(|p| !matches!(p.kind(), Kind::Root | Kind::Quote))
        {
            return;
        }
        if let Some(taken) = first_line(node, cx) {
            let (what, evidence) =
                ("the label of an ad that is gone", "a line of such words alone, glued to a text");
            cx.report(certain(&INFO, taken, what, evidence, vec![Edit::remove(taken)]));
            return;
        }
        if node.span().len() > LONGEST {
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
        if node.kind() == Kind::Paragraph
            && words::is_like(&text, Use::AdLabel, takes)
            && names_number
            && pieces::pieces(node).iter().all(|piece| piece.line == 0)
        {
            report(
                cx,
                &INFO,
                node,
                node,
                "the label of an ad that is gone",
                "a line that names an advertiser's number",
            );
            return;
        }
        if !words::is(&text, Use::AdLabel) {
            // «Advertisement - Scroll to continue»
            let parts = shape.outside.split(" - ").flat_map(|part| part.split(['–', '—', '|', '\n']));
            let mut labels = parts.map(words::folded).filter(|label| !label.is_empty());
            if node.kind() == Kind::Paragraph
                && labels.all(|label| words::is(&label, Use::AdLabel))
                && !is_in_vocabulary(node)
            {
                report(
                    cx,
                    &INFO,
                    node,
                    node,
                    "the label of an ad that is gone",
                    "a paragraph of such words alone",
                );
            }
            return;
        }
        // what it stands on may be the ad, though nothing else tells
        if removal::next(node).is_some_and(is_link_alone) {
            return;
        }
        let written = shape.outside.trim();
        // `- Advertisement -` is no list
        if node.kind() == Kind::List
            && !(node.children().count() == 1 && shape.outside.trim_end().ends_with(['-', '–', '—']))
        {
            return;
        }
        if !is_long(&text)
            && (written.ends_with([':', '：'])
                || is_in_list_of_names(node)
                || !is_between_prose(node, &text, cx))
        {
            return;
        }
        report(cx, &INFO, node, node, "the label of an ad that is gone", "a paragraph of that word alone");
    }
}

/// The first line of a paragraph with the end of the line, if it is a label that is hardly anything else, and the article goes on below it.
fn first_line(node: NodeRef<'_>, cx: &mut Context<'_>) -> Option<Span> {
    let is_end = |n: &NodeRef<'_>| matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak);
    let end = node.children().filter(|_| node.kind() == Kind::Paragraph).take(MOST_OF_LABEL).find(is_end)?;
    let line = Span::new(node.span().start, end.span().start);
    if line.len() > LONGEST
        || node.children().take_while(|n| n.id < end.id).any(|n| {
            !matches!(n.kind(), Kind::Text | Kind::Emphasis | Kind::Strong)
                || n.descendants().any(|n| n.kind() != Kind::Text)
        })
    {
        return None;
    }
    let written = cx.document.slice(line);
    let label = words::folded(written.trim_matches(['*', '_', ' ']));
    if !words::is(&label, Use::AdLabel) || written.trim_end().ends_with([':', '：']) {
        return None;
    }
    let text = end.next_sibling()?;
    let below = Span::new(text.span().start, node.span().end);
    let behind = cx.document.slice(below).lines().next().unwrap_or("");
    let wide = behind.chars().filter(|c| u32::from(*c) >= 0x2e80).count();
    // another line of a verse or of a list of names is as short
    let is_text = text.kind() == Kind::Image
        || behind.chars().count() + wide >= SHORTEST_TEXT
            && !behind.starts_with(char::is_lowercase)
            && behind.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '”', '»'])
            && !behind.to_lowercase().contains(&label);
    let parted =
        removal::previous(node).is_none_or(|above| ends_prose(above) || above.kind() == Kind::Heading);
    let is_lone = is_long(&label)
        || lists::is_label_only(&label) && cx.gathered::<Mentions>().of(&label, cx.document.text).0 < SUBJECT;
    (is_text && parted && is_lone).then(|| Span::new(line.start, below.start))
}

/// How many nodes a label consists of at the most.
const MOST_OF_LABEL: usize = 4;
/// The shortest line below a label that is a text, in characters.
const SHORTEST_TEXT: usize = 30;
/// The longest paragraph that a label may be glued to, in bytes.
const LONGEST_GLUED: usize = 4000;

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

/// Whether a paragraph is a label, and hardly anything else: «Continue reading below».
fn is_other_label(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph
        && block.span().len() <= LONGEST
        && outside(block).is_any(&[Use::AdLabel])
        && {
            let label = words::folded(&block.words());
            words::is(&label, Use::AdLabel) && is_long(&label)
        }
}

/// Whether a label is a sentence, not a word that texts have too.
fn is_long(label: &str) -> bool {
    label.split(' ').count() >= 3 || label.chars().filter(|c| !c.is_ascii()).count() >= 12
}

/// Whether a line of two words stands beside another such line: words and what they mean.
fn is_in_vocabulary(node: NodeRef<'_>) -> bool {
    let is_entry = |n: NodeRef<'_>| {
        n.kind() == Kind::Paragraph
            && n.span().len() <= LONGEST_ENTRY
            && [" - ", " – ", " — ", " = "].iter().any(|mark| n.source().contains(mark))
    };
    let is_other = |n: NodeRef<'_>| is_entry(n) && n.source() != node.source();
    is_entry(node)
        && (removal::previous(node).is_some_and(is_other) || removal::next(node).is_some_and(is_other))
}

/// The longest entry of a vocabulary, in bytes.
const LONGEST_ENTRY: usize = 100;

/// The longest name of a part of a page, in bytes.
const LONGEST_NAME: usize = 36;

/// The longest block that may be such a label, in bytes.
const LONGEST: usize = 240;

/// Whether a heading of a label's words has nothing below it: the native ads that stood there are gone.
fn is_over_nothing(heading: NodeRef<'_>) -> bool {
    let level = |n: NodeRef<'_>| n.node().data;
    let is_last =
        removal::next(heading).is_none_or(|n| n.kind() == Kind::Heading && level(n) <= level(heading));
    if !is_last || heading.span().len() > LONGEST || is_in_outline(heading) {
        return false;
    }
    let words = heading.words();
    words.trim().contains(char::is_whitespace) && is_label(&words)
}

/// Whether another heading of its level beside it has nothing below it either: an outline.
fn is_in_outline(heading: NodeRef<'_>) -> bool {
    let is_like = |n: &NodeRef<'_>| {
        n.kind() == Kind::Heading && n.node().data == heading.node().data && !is_label(&n.words())
    };
    let below = removal::next(heading).filter(is_like);
    let is_empty = |n: NodeRef<'_>| {
        removal::next(n).is_none_or(|n| n.kind() == Kind::Heading && n.node().data <= heading.node().data)
    };
    removal::previous(heading).is_some_and(|n| is_like(&n)) || below.is_some_and(is_empty)
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

/// Whether a word is the number of an advertiser or of a placement: letters and digits without sense.
fn is_number(word: &str) -> bool {
    word.len() >= 8
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && word.bytes().any(|b| b.is_ascii_digit())
}

/// From how many mentions in its prose on a text speaks of ads.
const SUBJECT: usize = 2;
/// Whether a word that may be a label, or any word of the language, stands where only a label does: a sentence ends above it and other prose begins below;
/// or one of both where it is hardly anything else, stands more than once so, or alone in capitals. Below a heading, above a list, code or an image it may name what stands there.
fn is_between_prose(node: NodeRef<'_>, label: &str, cx: &mut Context<'_>) -> bool {
    // labels one below the other stand where one does
    let above = removal::above(node).take(NEAR).find(|n| !is_other_label(*n));
    let below = removal::below(node).take(NEAR).find(|n| !is_other_label(*n));
    let parted = above.is_none_or(ends_prose);
    let followed = below.is_none_or(begins_prose);
    let announced = above.is_some_and(|n| n.kind() == Kind::Heading || announces(n));
    let names = below.is_some_and(|n| !matches!(n.kind(), Kind::Paragraph | Kind::Heading | Kind::Break));
    if !(parted || followed) {
        return false;
    }
    // an entry of a glossary, a slide
    if above.is_some_and(|n| n.kind() == Kind::Break)
        && last_of_section(node).is_some_and(|last| is_among_entries(node, last))
    {
        return false;
    }
    let (spoken, alone) = cx.gathered::<Mentions>().of(label, cx.document.text);
    spoken < SUBJECT
        && (parted && followed
            || (alone > 1 || lists::is_label_only(label) || is_shouted(node)) && !announced && !names)
}

/// Whether a label is all capitals where no other line of its size is.
fn is_shouted(node: NodeRef<'_>) -> bool {
    let shouts = |text: &str| {
        text.chars().filter(|c| c.is_uppercase()).count() >= 5 && !text.chars().any(char::is_lowercase)
    };
    shouts(node.source())
        && !node.parent().into_iter().flat_map(|p| p.children()).any(|n| {
            n.id != node.id
                && matches!(n.kind(), Kind::Paragraph | Kind::Heading)
                && n.span().len() <= LONGEST
                && shouts(n.source())
                && !is_label(&n.words())
        })
}

/// How often a text speaks of what labels say.
#[derive(Debug, Default)]
struct Mentions {
    /// The text in lower case, once a label is looked for.
    text: OnceCell<String>,
    /// By label: how often it stands in prose, and how often alone.
    known: RefCell<HashMap<String, (usize, usize)>>,
}

impl Gather for Mentions {
    fn gather(_: Document<'_>, _: &Settings, _: &Zone) -> Self {
        Self::default()
    }
}

impl Mentions {
    /// How often `label` (in lower case) stands in `text` among other words, as a heading or as an item of a list, and how often alone on a line.
    fn of(&self, label: &str, text: &str) -> (usize, usize) {
        if let Some(known) = self.known.borrow().get(label) {
            return *known;
        }
        let text = self.text.get_or_init(|| text.to_lowercase());
        let (mut spoken, mut alone) = (0, 0);
        for at in memchr::memmem::find_iter(text.as_bytes(), label.as_bytes()) {
            let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |i| i + 1);
            let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
            let bare = line.trim_matches(['-', '–', '—', '*', '_', ' ', '[', ']', '(', ')', '>', '【', '】']);
            let item = line.starts_with(['-', '*', '+'])
                && line.get(1..2) == Some(" ")
                && !line.ends_with(['-', '*']);
            if bare == label && !item {
                alone += 1;
            } else {
                spoken += 1;
            }
            if spoken >= SUBJECT {
                break;
            }
        }
        self.known.borrow_mut().insert(label.to_owned(), (spoken, alone));
        (spoken, alone)
    }
}
