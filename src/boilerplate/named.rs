//! Words of an interface that a text speaks of: in emphasis, in quotes, in code, in a heading. Owns finding them: where a text explains
//! its buttons, they are no interface.

use super::removal::only_shown;
use super::words::{self, Use};
use crate::document::{Document, Kind, NodeRef};
use crate::hash::Quick;
use crate::rules::Gather;
use crate::settings::Settings;
use crate::zone::Zone;
use std::collections::HashSet;

/// The words of interfaces that a text speaks of, folded.
pub(crate) struct Named(HashSet<String, Quick>);

impl Named {
    /// How many of `words` (folded) the text speaks of.
    pub fn count(&self, words: &[String]) -> usize {
        words.iter().filter(|word| self.0.contains(*word)).count()
    }
}

/// The longest such word, in bytes.
const LONGEST: usize = 160;

/// What stands before and behind a quoted word.
const QUOTES: [(char, char); 9] = [
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('»', '«'),
    ('「', '」'),
    ('『', '』'),
    ('‘', '’'),
    ('【', '】'),
];

impl Gather for Named {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut named = HashSet::default();
        let mut add = |text: &str| {
            if text.len() <= LONGEST {
                let text = words::folded(text);
                if words::is_any(&text, &[Use::Interface, Use::Platform, Use::Share]) {
                    named.insert(text);
                }
            }
        };
        for node in document.root().descendants() {
            match node.kind() {
                Kind::Emphasis | Kind::Strong if !is_alone(node) => add(&node.words()),
                Kind::Code => add(node.source().trim_matches('`')),
                Kind::Text => quoted(node.source(), &mut add),
                _ => {}
            }
        }
        Self(named)
    }
}

/// Hands what `text` quotes to `add`.
fn quoted(text: &str, add: &mut impl FnMut(&str)) {
    for (at, open) in text.char_indices() {
        let Some((_, close)) = QUOTES.iter().find(|(c, _)| *c == open) else { continue };
        let rest = text.get(at + open.len_utf8()..).unwrap_or("");
        if let Some((end, _)) = rest.char_indices().take(LONGEST).find(|(_, c)| c == close) {
            add(rest.get(..end).unwrap_or(""));
        }
    }
}

/// Whether emphasis is all that its block shows.
fn is_alone(emphasis: NodeRef<'_>) -> bool {
    emphasis
        .parent()
        .is_some_and(|p| only_shown(p).is_some() && matches!(p.kind(), Kind::Paragraph | Kind::Heading))
}
