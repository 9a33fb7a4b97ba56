//! BP131: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::address;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, removed, report};
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
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
        if node.kind() == Kind::Element && !(node.tag() == Tag::P && node.has(Flags::IN_BLOCK)) {
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
        if look.links == 0
            && !(cx.stems(node).feed && node.source().trim_end().trim_end_matches('.').ends_with(MEDIUM))
        {
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
        let text = shape.all_words();
        let mut begins_with_title = false;
        let mut first = true;
        let fits = |part: &str| {
            let part = words::folded(part);
            begins_with_title |= std::mem::take(&mut first) && text.starts_with(part.as_str());
            filled += usize::from(links.contains(&part));
            !part.is_empty()
        };
        if words::is_like(&text, Use::Feed, fits) && filled >= links.len() {
            let (what, evidence) = ("the footer of a feed", "the words that WordPress adds in feeds");
            // without «the post» it may be a sentence on what appeared where
            let is_certain = !begins_with_title
                || removal::next(node).is_none_or(|n| n.kind() != Kind::Paragraph)
                || shape.links.last().is_some_and(|link| leads_home(*link));
            let Some(report) = removed(&INFO, node, node, what, evidence) else { return };
            cx.report(if is_certain { report } else { report.confidence(0.5).needs_review() });
        }
    }
}

/// Whether a link leads to the first page of a site.
fn leads_home(link: NodeRef<'_>) -> bool {
    let url = address(link);
    let view = UrlView::parse(&url);
    !view.host.is_empty() && view.query.is_none() && matches!(view.path, "" | "/")
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
