//! BP124: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{Purpose, purpose};
use crate::boilerplate::lists;
use crate::boilerplate::look::outside;
use crate::boilerplate::pieces;
use crate::boilerplate::removal;
use crate::boilerplate::report;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct ConsentPlaceholder;

static INFO: Info = Info {
    code: "BP124",
    name: "consent-placeholder",
    summary: "what stands where a film, a map or a post was to be loaded once somebody agrees",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp124_consent_placeholder.md"),
};

impl Rule for ConsentPlaceholder {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Placeholder]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !is_placeholder(node, cx) {
            return;
        }
        // those of one placeholder go together
        if removal::previous(node).is_some_and(|above| is_placeholder(above, cx)) {
            return;
        }
        let first = removal::previous(node).filter(|above| is_part(*above, cx)).unwrap_or(node);
        let below = removal::below(node);
        let last = below.take_while(|n| is_part(*n, cx) || is_placeholder(*n, cx)).last().unwrap_or(node);
        report(
            cx,
            &INFO,
            first,
            last,
            "a placeholder of an embed",
            "it asks to agree before something is loaded",
        );
    }
}

/// The most text of a placeholder's paragraph, in bytes.
const LONGEST: usize = 600;
/// The longest title or button, in bytes.
const LONGEST_PART: usize = 120;

/// Whether a paragraph of the article's own level begins as placeholders do, and has nothing but words and the links of a privacy policy.
fn is_placeholder(node: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if node.kind() != Kind::Paragraph
        || node.span().len() > 2 * LONGEST
        || node.parent().is_none_or(|p| p.kind() != Kind::Root)
        || !outside(node).is_any(&[Use::Placeholder])
    {
        return false;
    }
    let shape = Shape::of(node);
    shape.outside.len() <= LONGEST
        && !shape.other
        && shape.pictures == 0
        && shape.links.len() <= 3
        && shape.links.iter().all(|link| purpose(*link, cx) != Purpose::Share)
        && words::starts_with(&words::folded(&shape.outside), Use::Placeholder)
        && is_one_line(node)
}

/// Whether what stands in other lines than the first says what placeholders do: the article may go on there.
fn is_one_line(node: NodeRef<'_>) -> bool {
    pieces::pieces(node).iter().all(|piece| {
        piece.line == 0
            || !piece.is_picture
                && (lists::is_placeholder_part(&piece.words)
                    || lists::names_policy(&piece.words)
                    || lists::asks_to_agree(&piece.words))
    })
}

/// Whether a paragraph or heading is the title or a button of one, or several of its buttons.
fn is_part(node: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if !matches!(node.kind(), Kind::Paragraph | Kind::Heading) || node.span().len() > 3 * LONGEST_PART {
        return false;
    }
    let shape = Shape::of(node);
    let said = shape.links.iter().map(|link| words::folded(&link.words()));
    let away = shape.links.iter().any(|link| purpose(*link, cx) == Purpose::Page);
    !shape.other
        && shape.pictures == 0
        && shape.outside.len() <= LONGEST_PART
        && !(away && node.kind() == Kind::Heading)
        && shape.pieces().into_iter().chain(said).all(|piece| lists::is_placeholder_part(&piece))
}
