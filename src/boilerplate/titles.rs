//! The headings of a text, as the words of links are compared with them. Owns gathering them; must not know links.

use super::words;
use crate::contract::Gather;
use crate::document::{Document, Kind};
use crate::hash::Quick;
use crate::settings::Settings;
use crate::zone::Zone;
use std::collections::HashSet;

/// The words of all headings that stand in nothing else, folded.
pub(crate) struct Titles(HashSet<String, Quick>);

impl Titles {
    /// Whether `words` (folded) are those of a heading.
    pub fn has(&self, words: &str) -> bool {
        self.0.contains(words)
    }

    /// Whether `words` (folded) are a part of a heading.
    pub fn speak_of(&self, words: &str) -> bool {
        self.0.iter().any(|title| title.contains(words))
    }
}

impl Gather for Titles {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let headings = document.root().children().filter(|n| n.kind() == Kind::Heading);
        Self(headings.map(|n| words::folded(&n.words())).collect())
    }
}
