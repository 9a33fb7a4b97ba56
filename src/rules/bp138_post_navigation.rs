//! BP138: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::Purpose;
use crate::boilerplate::lists;
use crate::boilerplate::look::LONGEST_LINE;
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{neighbours, removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct PostNavigation;

static INFO: Info = Info {
    code: "BP138",
    name: "post-navigation",
    summary: "the links to the post before and the post after",
    phase: Phase::Content,
    kinds: &[Kind::Heading, Kind::Paragraph, Kind::List],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp138_post_navigation.md"),
};

/// The longest heading, in bytes.
const LONGEST: usize = 100;
/// The most text outside of the links, in bytes: «Previous», «Next», arrows.
const LONGEST_BESIDE: usize = 80;
/// Where the link of an item begins at the latest, in bytes.
const LONGEST_ITEM: usize = 40;
/// The most words of them beside a link, and letters.
const MOST_WORDS: usize = 3;
const LONGEST_LABEL: usize = 24;
/// The most links: one back, one forth.
const MOST_LINKS: usize = 2;

impl Rule for PostNavigation {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Chrome]), LONGEST_LINE)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() != Kind::Heading {
            neighbours::find(&INFO, node, cx);
            return;
        }
        if node.span().len() > LONGEST || node.parent().is_none_or(|p| p.kind() != Kind::Root) {
            return;
        }
        let may_be =
            |n: NodeRef<'_>| matches!(n.kind(), Kind::Heading | Kind::Comment) || begins_with_link(n);
        if !node.next_sibling().is_none_or(may_be)
            || !cx.heading(node).is_any(&[Use::Chrome])
            || !lists::is_navigation(&words::folded(&node.words()))
        {
            return;
        }
        let next = removal::next(node);
        let mut links = 0;
        let blocks = removal::below(node).take(MOST_LINKS).take_while(|n| {
            links += links_of(*n, cx).unwrap_or(MOST_LINKS + 1);
            links <= MOST_LINKS
        });
        let last = blocks.last().unwrap_or(node);
        // a section with something else in it is the author's, and an outline has headings alone
        let is_outline = || removal::previous(node).is_none_or(|n| n.kind() == Kind::Heading);
        if last.id == node.id && (next.is_some_and(|n| n.kind() != Kind::Heading) || is_outline()) {
            return;
        }
        report(
            cx,
            &INFO,
            node,
            last,
            "links to the post before and the post after",
            "the heading that themes give them",
        );
    }
}

/// Whether a block may begin with a link, or its first item may.
#[inline]
fn begins_with_link(block: NodeRef<'_>) -> bool {
    let begin = block.source().as_bytes();
    match (block.kind(), begin.first()) {
        (Kind::Paragraph, Some(first)) => *first == b'[' || *first == b'<' || !first.is_ascii(),
        (Kind::List, _) => begin.iter().take(LONGEST_ITEM).any(|byte| *byte == b'['),
        _ => false,
    }
}

/// How many links a block is, if it is nothing but one or two to other pages.
fn links_of(block: NodeRef<'_>, cx: &Context<'_>) -> Option<usize> {
    if !begins_with_link(block) || !is_short(block, LONGEST_BESIDE) {
        return None;
    }
    let shape = Shape::of(block);
    let leads = |p: Purpose| matches!(p, Purpose::Page | Purpose::RootPage | Purpose::Near);
    let is_label = |text: &str| {
        text.split_whitespace().count() <= MOST_WORDS
            && text.chars().filter(|c| c.is_alphanumeric()).count() <= LONGEST_LABEL
            && !text.trim_end().ends_with(['.', ',', '。'])
    };
    let fits = shape.is_words_and_links()
        && shape.outside.split(LINK).all(is_label)
        && shape.purposes(cx).all(leads);
    (fits && !shape.links.is_empty()).then_some(shape.links.len())
}
