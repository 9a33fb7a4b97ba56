//! BP139: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, leads_to_a_tag};
use crate::boilerplate::place::ends_prose;
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, is_among_the_last, removal, removed, report};
use crate::document::{Flags, Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct TagLine;

static INFO: Info = Info {
    code: "BP139",
    name: "tag-line",
    summary: "the line of links to a post's tags and categories",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp139_tag_line.md"),
};

/// The most text outside of links, in bytes.
const LONGEST: usize = 120;
/// How many blocks may stand above a line of tags at the beginning of a text: its title, its author, its date.
const MOST_ABOVE: usize = 3;

impl Rule for TagLine {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS.or(Signs::words(&[Use::TagLabel])), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::List {
            list(node, cx);
            return;
        }
        if unlabelled(node, cx) {
            return;
        }
        let look = cx.look(node);
        if !look.is_short(LONGEST)
            || look.links == 0
            || !look.outside.is_any(&[Use::TagLabel])
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !(is_among_the_last(node) || removal::above(node).nth(MOST_ABOVE).is_none())
        {
            return;
        }
        let shape = Shape::of(node);
        let pieces: Vec<String> = shape.outside.split(LINK).map(words::folded).collect();
        let is_label = |piece: &String| words::is(piece, Use::TagLabel);
        let labelled = pieces.first().is_some_and(is_label);
        let nothing_else = || pieces.iter().all(|piece| piece.is_empty() || is_label(piece));
        if !shape.is_words_and_links() || !labelled || !nothing_else() {
            return;
        }
        let (tags, others): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) =
            shape.links.iter().copied().partition(|link| leads_to_a_tag(*link));
        let evidence = "a label of tags, and links to their pages alone";
        if tags.is_empty() || !others.iter().all(|link| is_of_author(*link) || is_permalink(*link)) {
            return;
        }
        if others.iter().any(|link| is_of_author(*link)) {
            // who wrote it may be wanted
            let found = removed(&INFO, node, node, "a line of tags", evidence);
            found.into_iter().for_each(|found| cx.report(found.confidence(0.5).needs_review()));
        } else {
            report(cx, &INFO, node, node, "a line of tags", evidence);
        }
    }
}

/// A list of links to the pages of tags alone, with its label above.
fn list(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let is_label = |p: &NodeRef<'_>| {
        matches!(p.kind(), Kind::Paragraph | Kind::Heading)
            && p.span().len() <= LONGEST
            && (p.kind() != Kind::Heading || p.node().data > 1)
            && words::is(&words::folded(&p.words()), Use::TagLabel)
    };
    let items = || node.children().filter(|n| !removal::is_nothing(*n));
    // most lists begin with words
    let begins_with_link = |item: NodeRef<'_>| {
        let says = |n: &NodeRef<'_>| matches!(n.kind(), Kind::Link | Kind::Text | Kind::Code);
        item.descendants().find(says).is_some_and(|n| n.kind() == Kind::Link)
    };
    if node.has(Flags::ORDERED)
        || node.span().len() > LONGEST_LIST
        || !items().take(1).all(|item| begins_with_link(item) && is_tag(item))
    {
        return;
    }
    let Some(label) = removal::previous(node).filter(is_label) else { return };
    let stands_beside_text = is_among_the_last(node) || removal::above(label).nth(MOST_ABOVE).is_none();
    if stands_beside_text && items().all(is_tag) {
        report(cx, &INFO, label, node, "a list of tags", "a label of tags, and links to their pages alone");
    }
}

/// The longest list of tags, in bytes.
const LONGEST_LIST: usize = 6000;

/// Whether an item is a link to the page of a tag alone.
fn is_tag(item: NodeRef<'_>) -> bool {
    let shape = Shape::of(item);
    shape.is_words_and_links()
        && shape.pieces().is_empty()
        && matches!(shape.links.as_slice(), [link] if leads_to_a_tag(*link))
}

/// Reports a line without a label that is links to the pages of tags alone, two at least, below the text; whether it is one.
fn unlabelled(node: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    if node.parent().is_none_or(|p| p.kind() != Kind::Root) {
        return false;
    }
    let look = *cx.look(node);
    if look.links == 1 && look.is_short(LONGEST_MARKS) {
        return in_paragraphs(node, cx);
    }
    if look.links < 2
        || !is_among_the_last(node)
        || !look.is_short(LONGEST_MARKS)
        || removal::previous(node).is_none_or(|p| p.kind() == Kind::Heading || announces(p))
    {
        return false;
    }
    let shape = Shape::of(node);
    let is_one = shape.is_words_and_links()
        && !shape.outside.contains(char::is_alphanumeric)
        && shape.links.iter().all(|link| leads_to_a_tag(*link));
    if is_one {
        report(cx, &INFO, node, node, "a line of tags", "links to the pages of tags alone, below the text");
    }
    is_one
}

/// Reports paragraphs that are each a link to the page of a tag alone, two at least, below the text; whether `node` is the first of them.
fn in_paragraphs(node: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let is_one = |n: &NodeRef<'_>| {
        n.kind() == Kind::Paragraph && n.span().len() <= LONGEST_TAG && is_tag(*n) && {
            let name = n.words();
            name.chars().count() <= LONGEST_NAME && name.split_whitespace().count() <= MOST_WORDS
        }
    };
    let ends = |above: NodeRef<'_>| above.kind() == Kind::Paragraph && ends_prose(above) && !announces(above);
    if !node.source().starts_with(['[', '<']) || !is_one(&node) || !removal::previous(node).is_some_and(ends)
    {
        return false;
    }
    let last = removal::below(node).take(MOST_TAGS).take_while(is_one).last();
    let Some(last) = last.filter(|last| is_among_the_last(*last)) else { return false };
    let (what, why) = ("tags", "links to the pages of tags alone, each in a paragraph, below the text");
    report(cx, &INFO, node, last, what, why);
    true
}

/// The longest paragraph that is a tag, in bytes.
const LONGEST_TAG: usize = 300;
/// The longest name of a tag, in characters.
const LONGEST_NAME: usize = 25;
/// The most words of one.
const MOST_WORDS: usize = 3;
/// The most tags in paragraphs of their own.
const MOST_TAGS: usize = 20;

/// The most bytes that stand between such links.
const LONGEST_MARKS: usize = 60;

/// Whether a link leads to the page of an author: `/author/ann/`.
fn is_of_author(link: NodeRef<'_>) -> bool {
    let url = address(link);
    UrlView::parse(&url).path.split('/').any(|segment| segment == "author")
}

/// Whether a link leads to the post itself, by its words.
fn is_permalink(link: NodeRef<'_>) -> bool {
    words::folded(&link.words()) == PERMALINK
}

/// What that link of WordPress says in all languages.
const PERMALINK: &str = "permalink";
