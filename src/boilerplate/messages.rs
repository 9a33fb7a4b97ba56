//! Messages of a browser or a program that a page holds for the case that something does not work: «Your browser does not support the
//! video tag.» Owns what such a message is, and whether the text is about what it speaks of.

use super::lists;
use super::shape::{Shape, is_short};
use super::words;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::rules::Gather;
use crate::settings::Settings;
use crate::zone::Zone;

/// The longest paragraph of messages, in bytes.
pub(crate) const LONGEST: usize = 700;

/// Whether `paragraph` is one message or several, and nothing else.
pub(crate) fn is_message(paragraph: NodeRef<'_>) -> bool {
    if paragraph.span().len() > LONGEST || !is_short(paragraph, LONGEST) {
        return false;
    }
    let shape = Shape::of(paragraph);
    // it may link what it asks to do: «[Reload]() to refresh your session»
    let is_shown = |n: NodeRef<'_>| matches!(n.kind(), Kind::Element | Kind::Image);
    if shape.other || paragraph.descendants().any(is_shown) {
        return false;
    }
    are_messages(&shape.all_words())
}

/// Whether `text` (folded) is messages alone.
fn are_messages(text: &str) -> bool {
    let mut rest = text;
    let mut any = false;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '!' | '。' | '！'));
        if rest.is_empty() {
            return any;
        }
        let Some((message, is_own)) = lists::message_at(rest) else { return false };
        any |= is_own;
        rest = rest.get(message..).unwrap_or("");
        // a sentence that goes on is another one
        if rest.starts_with(|c: char| c.is_alphanumeric() && c.is_ascii()) && !begins_message(rest) {
            return false;
        }
    }
}

fn begins_message(text: &str) -> bool {
    lists::message_at(text).is_some()
}

/// Whether a text is about what messages speak of: scripts, the elements of films and recordings.
pub(crate) struct Topics {
    scripts: bool,
    players: bool,
}

impl Topics {
    /// Whether the text is about what `message` speaks of.
    pub fn are_of(&self, message: NodeRef<'_>) -> bool {
        let text = words::folded(&message.words());
        lists::speaks_of_scripts(&text) && self.scripts || lists::speaks_of_players(&text) && self.players
    }
}

impl Gather for Topics {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut topics = Self { scripts: false, players: false };
        for block in document.root().children() {
            if block.kind() == Kind::Paragraph && is_message(block) {
                continue;
            }
            for node in std::iter::once(block).chain(block.descendants()) {
                let says = match node.kind() {
                    Kind::Text => !node.has(Flags::RAW),
                    Kind::Code | Kind::CodeBlock => true,
                    _ => false,
                };
                if says && node.span().len() >= SHORTEST {
                    let text = node.source().to_lowercase();
                    topics.scripts |= lists::speaks_of_scripts(&text);
                    topics.players |=
                        lists::speaks_of_players(&text) || ELEMENTS.iter().any(|e| text.contains(e));
                }
            }
            if topics.scripts && topics.players {
                break;
            }
        }
        topics
    }
}

/// The elements for films and recordings, as code has them.
const ELEMENTS: [&str; 2] = ["<video", "<audio"];

/// The shortest text that speaks of one of them, in bytes.
const SHORTEST: usize = 5;
