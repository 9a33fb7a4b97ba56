//! Whether a node is nothing but a label, or nothing at all. Owns reading the words of nodes for that; the words of labels are
//! `lexicon`'s.

use super::judge::{Judge, Nature};
use super::lexicon::{LONGEST_LABEL, is_label, may_be_label};
use crate::document::{Flags, Kind, NodeId, NodeRef};

/// So many pieces of text are passed on the way to what an attribute list belongs to.
const MOST_PIECES: usize = 8;

impl Judge<'_> {
    /// Whether a text is the attribute list of the link or image before it, or a piece of that.
    pub(super) fn is_in_attribute_list(&self, text: NodeRef<'_>) -> bool {
        if !self.scales.page.has_attribute_lists() {
            return false;
        }
        let before = std::iter::successors(text.previous_sibling(), |n| n.previous_sibling());
        let owner = before.take(MOST_PIECES).find(|n| n.kind() != Kind::Text);
        owner.is_some_and(|owner| owner.end_with_attributes() >= text.span().end)
    }

    /// Whether a node is nothing but a label.
    pub(super) fn is_label_node(&self, id: NodeId) -> bool {
        let node = self.document.node(id);
        if node.span().len() > LONGEST_LABEL * 3
            || matches!(
                node.kind(),
                Kind::CodeBlock | Kind::Code | Kind::Protected | Kind::Image | Kind::Heading
            )
        {
            return false;
        }
        match node.kind() {
            Kind::Text => is_label(&node.text()),
            Kind::Paragraph | Kind::Emphasis | Kind::Strong | Kind::Element => {
                let mut begun = false;
                for n in node.descendants() {
                    match n.kind() {
                        Kind::Image | Kind::Link | Kind::Code | Kind::Protected => return false,
                        Kind::Text if !begun && !n.has(Flags::RAW) => {
                            let text = n.text();
                            let mut letters = text.chars().filter(|c| c.is_alphanumeric());
                            // two letters of the words tell most of what is none
                            begun = letters.next().is_some();
                            if letters.next().is_some() && !may_be_label(&text, false) {
                                return false;
                            }
                        }
                        _ => {}
                    }
                }
                is_label(&node.words())
            }
            Kind::Link => node.node().next > node.id.0 + 1 && is_label(&node.words()),
            _ => false,
        }
    }
}

/// What a text is by itself.
pub(super) fn text_nature(node: NodeRef<'_>) -> Nature {
    if node.has(Flags::RAW) {
        return Nature::Content;
    }
    let source = node.source();
    let first = source.trim_start();
    if first.is_empty() {
        return Nature::Blank;
    }
    if first.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return Nature::Content;
    }
    let text = node.text();
    if text.trim().is_empty() {
        Nature::Blank
    } else if text.chars().any(|c| c.is_alphanumeric()) || text.len() > 12 {
        Nature::Content
    } else {
        Nature::Marks
    }
}
