//! BP131: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::report;
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
        let look = cx.look(node);
        if look.links == 0 || look.links > 2 || !look.is_short(LONGEST) {
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

/// The most text of a footer outside of its links, in bytes.
const LONGEST: usize = 200;
