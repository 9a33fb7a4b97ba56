//! BP112: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::Purpose;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct RelatedContainer;

static INFO: Info = Info {
    code: "BP112",
    name: "related-container",
    summary: "an element that says it holds links to other posts",
    phase: Phase::Structure,
    kinds: &[Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp112_related_container.md"),
};

impl Rule for RelatedContainer {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if cx.holds(node) != Some(Holds::Related) || !is_short(node, 1200) {
            return;
        }
        let shape = Shape::of(node);
        if shape.other || shape.fields > 0 {
            return;
        }
        let away =
            shape.purposes(cx).all(|p| matches!(p, Purpose::Page | Purpose::RootPage | Purpose::Nowhere));
        // what is no label may be dates and the like, never more than the titles
        let labels = |piece: &String| words::is_any(piece, &[Use::AlsoRead, Use::Related]);
        let beside: usize = shape.pieces().iter().filter(|p| !labels(p)).map(String::len).sum();
        let titles: usize = shape.links.iter().map(|l| l.words().len()).sum();
        if !away || beside > titles.max(if shape.links.is_empty() { 0 } else { 40 }) {
            return;
        }
        if shape.links.is_empty() {
            // a label in a paragraph is judged with what stands below the paragraph: BP111
            let in_paragraph = node.parent().is_some_and(|p| p.kind() == Kind::Paragraph);
            if in_paragraph || shape.pieces().is_empty() {
                return;
            }
        }
        let last = if shape.links.is_empty() { below_label(node, cx) } else { node };
        report(cx, &INFO, node, last, "links to other posts", "a class of a related-posts widget");
    }
}

/// A container that holds the label alone goes with the element of links behind it.
fn below_label<'a>(node: NodeRef<'a>, cx: &Context<'_>) -> NodeRef<'a> {
    removal::next(node)
        .filter(|n| {
            let list = n.kind() == Kind::List
                || n.kind() == Kind::Element && matches!(n.tag(), Tag::Div | Tag::Ul | Tag::Ol);
            list && is_short(*n, 400)
        })
        .filter(|n| {
            let shape = Shape::of(*n);
            let away = |p: Purpose| matches!(p, Purpose::Page | Purpose::RootPage);
            !shape.other
                && !shape.links.is_empty()
                && shape.purposes(cx).all(away)
                && shape.pieces().is_empty()
        })
        .unwrap_or(node)
}
