//! BP139: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, is_reference};
use crate::boilerplate::lists;
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{is_among_the_last, removal, removed, report};
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct TagLine;

static INFO: Info = Info {
    code: "BP139",
    name: "tag-line",
    summary: "the line of links to a post's tags and categories",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
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
        Needs::signs(Signs::words(&[Use::TagLabel]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
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

/// Whether a link leads to the page of a tag or a category of a site: `/tag/bees/`.
fn leads_to_a_tag(link: NodeRef<'_>) -> bool {
    let url = address(link);
    let view = UrlView::parse(&url);
    let mut segments = view.path.split('/').filter(|segment| !segment.is_empty()).rev();
    // the last one is the tag's name
    let is_named = segments.next().is_some() || view.query.is_some();
    is_named
        && !is_reference(&url)
        && segments.any(|segment| lists::is_of_tags(&segment.to_ascii_lowercase()))
}
