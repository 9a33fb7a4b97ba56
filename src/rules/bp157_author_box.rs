//! BP157: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::removed;
use crate::boilerplate::shape::{Shape, is_short};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct AuthorBox;

static INFO: Info = Info {
    code: "BP157",
    name: "author-box",
    summary: "the box about the author that a plug-in put below a text",
    phase: Phase::Structure,
    kinds: &[Kind::Element],
    effect: Effect::Words,
    safety: Safety::Unsafe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp157_author_box.md"),
};

/// The most text of a box outside of links, in bytes.
const LONGEST: usize = 1200;

impl Rule for AuthorBox {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if cx.holds(node) != Some(Holds::Author) || node.end_tag().is_none() || !is_short(node, LONGEST) {
            return;
        }
        let shape = Shape::of(node);
        let says = shape.outside.contains(char::is_alphanumeric) || !shape.links.is_empty();
        if shape.other || shape.fields > 0 || shape.pictures > 2 || !says {
            return;
        }
        let evidence = "a class of a plug-in for authors";
        let Some(report) = removed(&INFO, node, node, "a box about the author", evidence) else { return };
        cx.report(report.confidence(0.6).needs_review());
    }
}
