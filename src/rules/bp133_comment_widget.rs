//! BP133: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::{self, Holds};
use crate::boilerplate::links::address;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::stems::COMMENT_LOADERS;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{last_of_run, report};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct CommentWidget;

static INFO: Info = Info {
    code: "BP133",
    name: "comment-widget",
    summary: "the place of a comment thread, and its loader",
    phase: Phase::Structure,
    kinds: &[Kind::Element, Kind::Paragraph, Kind::Link, Kind::Comment],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp133_comment_widget.md"),
};

impl Rule for CommentWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Comments]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let perhaps = match node.kind() {
            Kind::Element => {
                matches!(node.tag(), Tag::Script | Tag::Noscript) || cx.holds(node) == Some(Holds::Comments)
            }
            Kind::Paragraph => {
                let look = cx.look(node);
                look.is_short(LONGEST) && look.words.is_any(&[Use::Comments])
            }
            Kind::Link => node.is_html(),
            _ => true,
        };
        if !perhaps {
            return;
        }
        let Some(evidence) = part(node) else { return };
        if let Some(last) = last_of_run(node, |n| part(n).is_some()) {
            report(cx, &INFO, node, last, "what is left of a comment thread", evidence);
        }
    }
}

/// The most text that is left of a thread, in bytes.
const LONGEST: usize = 160;

/// The evidence, if a node is part of a thread.
fn part(node: NodeRef<'_>) -> Option<&'static str> {
    match node.kind() {
        Kind::Comment => {
            if node.span().len() >= 120 || memchr::memchr2(b'q', b'Q', node.source().as_bytes()).is_none() {
                return None;
            }
            let text = node.source().to_ascii_lowercase();
            let marks = text.contains("disqus")
                && ["end", "begin", "comments"].iter().any(|word| text.contains(word));
            marks.then_some("a comment of a comment service")
        }
        Kind::Link => {
            let named = node.is_html() && node.attribute("class").is_some_and(|c| c.value.contains("dsq-"));
            named.then_some("a link of a comment service")
        }
        Kind::Element if matches!(node.tag(), Tag::Script | Tag::Noscript) => {
            loads_comments(node).then_some("the loader of a comment service")
        }
        Kind::Element => {
            if containers::holds(node) != Some(Holds::Comments) || !is_short(node, LONGEST) {
                return None;
            }
            let shape = Shape::of(node);
            let words = shape.outside.chars().any(char::is_alphanumeric)
                && !words::is(&shape.all_words(), Use::Comments);
            let empty = !shape.other
                && shape.links.iter().all(|l| is_of_service(*l))
                && !(shape.links.is_empty() && words);
            empty.then_some("the id of a comment service")
        }
        Kind::Paragraph if node.span().len() >= 8 && is_short(node, LONGEST) => {
            let shape = Shape::of(node);
            (!shape.other && words::is(&shape.all_words(), Use::Comments))
                .then_some("the words of a comment service")
        }
        _ => None,
    }
}

fn is_of_service(link: NodeRef<'_>) -> bool {
    address(link).contains("disqus") || words::is(&words::folded(&link.words()), Use::Comments)
}

fn loads_comments(node: NodeRef<'_>) -> bool {
    let source = node.source();
    if source.len() > 8000 {
        return false;
    }
    COMMENT_LOADERS.is_in(source)
}
