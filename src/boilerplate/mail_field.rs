//! A field for a mail address that no form holds, and the box round it. Owns what such a box consists of; must not decide whether it is
//! an invitation.

use super::pictures;
use super::removal;
use super::shape::{Part, Shape, is_short};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};

/// The words of a box above and below its field.
pub(crate) struct Words {
    /// Those above it.
    pub above: String,
    below: String,
    blocks_above: usize,
}

impl Words {
    pub fn of(whole: NodeRef<'_>, field: NodeRef<'_>) -> Option<Self> {
        let mut words = Words { above: String::new(), below: String::new(), blocks_above: 0 };
        let mut skip = 0;
        for n in whole.descendants() {
            if n.id.0 < skip {
                continue;
            }
            let is_above = n.id.0 < field.id.0;
            match Part::of(n.node()) {
                Part::Field | Part::Script => skip = n.node().next,
                Part::Text if is_above => words.above.push_str(&n.text()),
                Part::Text => words.below.push_str(&n.text()),
                Part::Block | Part::LineEnd if is_above => {
                    words.above.push('\n');
                    words.blocks_above += usize::from(n.has_words() && !matches!(n.tag(), Tag::Div));
                }
                Part::Block | Part::LineEnd => words.below.push('\n'),
                Part::Other => return None,
                _ => {}
            }
        }
        Some(words)
    }

    pub fn is_empty(&self) -> bool {
        !self.above.contains(char::is_alphanumeric) && !self.below.contains(char::is_alphanumeric)
    }

    /// Whether words that no list has may be an invitation: a line or two in an element that has a name.
    pub fn may_invite(&self, whole: NodeRef<'_>) -> bool {
        (whole.attribute("class").is_some() || whole.attribute("id").is_some())
            && self.blocks_above <= 2
            && self.above.split_whitespace().count() <= MOST_WORDS / 2
    }

    /// Whether the words below are more than the note that one may leave at any time.
    pub fn below_is_prose(&self) -> bool {
        self.below.split_whitespace().count() > MOST_WORDS / 5
            || self.below.chars().count() > LONGEST_WORDS / 4
    }
}

/// The most words of a box round a field.
const MOST_WORDS: usize = 40;
/// The most characters of them.
const LONGEST_WORDS: usize = 240;

/// Whether an element is a field for a mail address.
pub(crate) fn takes_mail(node: NodeRef<'_>) -> bool {
    node.tag() == Tag::Input
        && node.attribute_value("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("email"))
}

/// Whether a node is a button that sends what a field holds.
pub(crate) fn is_button(node: NodeRef<'_>) -> bool {
    node.tag() == Tag::Button
        || node.tag() == Tag::Input
            && node
                .attribute_value("type")
                .is_some_and(|kind| ["submit", "button"].iter().any(|b| kind.trim().eq_ignore_ascii_case(b)))
}

/// What a button says.
pub(crate) fn said_by(button: NodeRef<'_>) -> String {
    match button.tag() {
        Tag::Button => button.words(),
        _ => button.attribute_value("value").unwrap_or_default().into_owned(),
    }
}

/// Whether a node holds one field for an address, buttons, and few words: nothing to write a message in, no password, no picture of the
/// article's.
pub(crate) fn is_small_box(node: NodeRef<'_>) -> bool {
    let is_container = match node.kind() {
        Kind::Paragraph => true,
        Kind::Element => {
            node.end_tag().is_some()
                && matches!(
                    node.tag(),
                    Tag::Div | Tag::Section | Tag::Aside | Tag::P | Tag::Center | Tag::Span
                )
        }
        _ => false,
    };
    if !is_container || !is_short(node, 500) {
        return false;
    }
    let (mut mails, mut harmless) = (0, true);
    for n in node.descendants() {
        match n.tag() {
            Tag::Input if takes_mail(n) => mails += 1,
            Tag::Input => {
                let kind = n.attribute_value("type").unwrap_or_default().to_ascii_lowercase();
                harmless &= matches!(kind.trim(), "submit" | "button" | "hidden" | "checkbox" | "" | "text");
            }
            Tag::Textarea | Tag::Select => harmless = false,
            _ => {}
        }
    }
    let shape = Shape::of(node);
    let words = shape.all_words();
    mails == 1
        && harmless
        && !shape.other
        && shape.links.len() <= 2
        && words.split(' ').count() <= MOST_WORDS
        && words.chars().count() <= LONGEST_WORDS
        && removal::blocks_in(node).count() <= MOST_BLOCKS
        && !node.descendants().any(pictures::is_of_article)
}

/// The most blocks of words in a box round a field.
const MOST_BLOCKS: usize = 5;

/// Whether code in the document shows fields: then a field may be what it is about.
pub(crate) fn shows_fields(node: NodeRef<'_>) -> bool {
    let Some(root) = node.ancestors().last() else { return true };
    root.descendants()
        .filter(|n| matches!(n.kind(), Kind::Code | Kind::CodeBlock | Kind::Protected))
        .any(|code| code.source().contains("<input") || code.source().contains("type=\"email\""))
}
