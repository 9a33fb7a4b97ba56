//! BP136: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::address;
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct LikeButton;

static INFO: Info = Info {
    code: "BP136",
    name: "like-button",
    summary: "what a like button left: «Like this: Like Loading…»",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp136_like_button.md"),
};

impl Rule for LikeButton {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Like]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > LONGEST
            || !cx.look(node).outside.is_any(&[Use::Like])
            || node.parent().is_some_and(|p| p.kind() == Kind::Item)
        {
            return;
        }
        let shape = Shape::of(node);
        let of_service = is_of_service(&shape);
        if !shape.is_plain() && !of_service {
            return;
        }
        let text = words::folded(&shape.outside);
        // «Like Loading…» is two of its words, a lone «Loading…» may be a message that the article shows
        let both = text
            .match_indices(' ')
            .any(|(at, _)| words::is(&text[..at], Use::Like) && words::is(&text[at + 1..], Use::Like));
        let label = removal::previous(node)
            .filter(|p| matches!(p.kind(), Kind::Heading | Kind::Paragraph) && p.span().len() < 80)
            .filter(|p| {
                let shape = Shape::of(*p);
                shape.is_plain() && words::is(&words::folded(&shape.outside), Use::Like)
            });
        let evidence = if of_service {
            "a link to the service of the button"
        } else if both && (label.is_some() || words::is(&text, Use::Like)) {
            // without its label the whole must be known
            "its label and its loading message"
        } else {
            return;
        };
        report(cx, &INFO, label.unwrap_or(node), node, "what a like button left", evidence);
    }
}

/// The longest text of a button, in bytes.
const LONGEST: usize = 160;

/// Whether a block is the link of WordPress' like button and words of that button.
fn is_of_service(shape: &Shape<'_>) -> bool {
    shape.links.len() == 1
        && shape.is_words_and_links()
        && shape.links.iter().all(|link| address(*link).contains("//widgets.wp.com/likes"))
        && words::is(&words::folded(shape.outside.replace(LINK, "").trim()), Use::Like)
}
