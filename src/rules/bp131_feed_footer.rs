//! BP131: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::{removal, report};
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct FeedFooter;

static INFO: Info = Info {
    code: "BP131",
    name: "feed-footer",
    summary: "the line that a feed puts below each post",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp131_feed_footer.md"),
};

impl Rule for FeedFooter {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEED.or(Signs::words(&[Use::Feed])), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element && !(node.tag() == Tag::P && node.has(Flags::IN_BLOCK))
        {
            return;
        }
        let look = *cx.look(node);
        if look.links > 2 || !look.is_short(LONGEST) {
            return;
        }
        if node.kind() == Kind::Paragraph && cx.stems(node).feed && is_of_ifttt(node) {
            report(cx, &INFO, node, node, "the footer of a feed", "the lines that IFTTT adds");
            return;
        }
        if look.links == 0 && !(cx.stems(node).feed && node.source().trim_end().trim_end_matches('.').ends_with(MEDIUM)) {
            return;
        }
        // some phrases begin with the title
        if !look.words.is_any(&[Use::Feed]) && !cx.stems(node).feed {
            return;
        }
        // in a button too
        if node.descendants().filter(|n| n.kind() == Kind::Link).take(3).count() > 2 {
            return;
        }
        let shape = Shape::of(node);
        if shape.other {
            return;
        }
        // what the words leave open are the links, each as a whole
        let links: Vec<String> = shape.links.iter().map(|l| words::folded(&l.words())).collect();
        let mut filled = 0;
        let fits = |part: &str| {
            let part = words::folded(part);
            filled += usize::from(links.contains(&part));
            !part.is_empty()
        };
        if words::is_like(&shape.all_words(), Use::Feed, fits) && filled >= links.len() {
            report(cx, &INFO, node, node, "the footer of a feed", "the words that WordPress adds in feeds");
        }
    }
}

/// How the footer of Medium ends, with links or without.
const MEDIUM: &str = "continuing the conversation by highlighting and responding to this story";

/// Whether a paragraph is the last one and «from», a name, the short address of IFTTT or its link: what its recipes add to a post.
fn is_of_ifttt(paragraph: NodeRef<'_>) -> bool {
    let source = paragraph.source().trim();
    let last = source.lines().next_back().unwrap_or("").trim();
    let short = last.rsplit(' ').next().unwrap_or("").trim_start_matches('<');
    let is_short = short.starts_with("https://ift.tt/") || short.starts_with("http://ift.tt/");
    let is_link = last.starts_with("via [IFTTT](") || last == "via IFTTT";
    source.starts_with("from ")
        && source.lines().count() <= 2
        && (is_short || is_link)
        && std::iter::successors(paragraph.next_sibling(), |n| n.next_sibling())
            .all(|n| removal::is_nothing(n) || n.kind() == Kind::Definition)
}

/// The most text of a footer outside of its links, in bytes.
const LONGEST: usize = 200;
