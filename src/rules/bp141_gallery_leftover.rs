//! BP141: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};

pub(super) struct GalleryLeftover;

static INFO: Info = Info {
    code: "BP141",
    name: "gallery-leftover",
    summary: "the «Close» of an image viewer, alone beside an image",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp141_gallery_leftover.md"),
};

impl Rule for GalleryLeftover {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > 40 || node.parent().is_none_or(|p| p.kind() != Kind::Root) {
            return;
        }
        if !is_close(node) {
            return;
        }
        let (above, below) = (removal::previous(node), removal::next(node));
        let image = |n: Option<NodeRef<'_>>| n.is_some_and(is_image_alone);
        let heading = |n: Option<NodeRef<'_>>| n.is_some_and(|n| n.kind() == Kind::Heading);
        let evidence = if image(above) || image(below) {
            "alone beside an image"
        } else if heading(below) && has_other_beside_image(node) {
            "above a heading, and the same word stands beside images elsewhere"
        } else {
            return;
        };
        report(cx, &INFO, node, node, "the button of an image viewer", evidence);
    }
}

fn is_close(node: NodeRef<'_>) -> bool {
    let mut children = node.children();
    let (Some(text), None) = (children.next(), children.next()) else { return false };
    text.kind() == Kind::Text && words::is(&words::folded(&text.text()), Use::Close) && !node.source().trim().ends_with(['.', '!', '?', '。'])
}

fn is_image_alone(node: NodeRef<'_>) -> bool {
    let holds = matches!(node.kind(), Kind::Paragraph | Kind::Image) || node.kind() == Kind::Element || node.kind() == Kind::Link;
    holds && (node.kind() == Kind::Image || node.descendants().any(|n| n.kind() == Kind::Image)) && !node.has_words()
}

fn has_other_beside_image(node: NodeRef<'_>) -> bool {
    let siblings: Vec<NodeRef<'_>> = node.document.root().children().filter(|n| !removal::is_nothing(*n)).collect();
    siblings.windows(2).any(|pair| matches!(pair, [a, b] if b.id != node.id && b.kind() == Kind::Paragraph && b.span().len() <= 40 && is_image_alone(*a) && is_close(*b)))
}
