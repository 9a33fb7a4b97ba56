//! HT006: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::boilerplate::removal;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct BlankParagraph;

static INFO: Info = Info {
    code: "HT006",
    name: "blank-paragraph",
    summary: "a paragraph of nothing but no-break spaces",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("ht006_blank_paragraph.md"),
};

impl Rule for BlankParagraph {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > LONGEST || node.parent().is_none_or(|p| p.kind() != Kind::Root) {
            return;
        }
        if !node.children().all(|c| {
            matches!(c.kind(), Kind::SoftBreak | Kind::HardBreak)
                || c.kind() == Kind::Text && c.text().chars().all(is_blank)
        }) {
            return;
        }
        let (above, below) = (removal::previous(node), removal::next(node));
        // alone in a document it says at least that; what it keeps apart, such as two lists, would be one
        let is_list =
            |n: Option<NodeRef<'_>>| n.is_some_and(|n| matches!(n.kind(), Kind::List | Kind::CodeBlock));
        if above.is_none() && below.is_none() || is_list(above) && is_list(below) {
            return;
        }
        let Some((span, edits)) = removal::remove(node, node) else { return };
        cx.report(Report::new(&INFO, span, "a paragraph without anything in it").confidence(0.95).fix(edits));
    }
}

/// The longest paragraph that is looked at, in bytes.
const LONGEST: usize = 48;

/// Whether a character is a blank of any width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}
