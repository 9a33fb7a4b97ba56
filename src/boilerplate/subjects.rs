//! What a text is about, as far as boilerplate is about it too: how often it speaks of cookies, or of affiliate links.
//! Owns counting; must not know boxes.

use super::lists::stems_of;
use crate::document::{Document, NodeRef};
use crate::rules::Gather;
use crate::settings::Settings;
use crate::zone::Zone;
use std::cell::OnceCell;

pub(crate) use super::lists::Subject;

/// Where a document speaks of each [`Subject`], ascending; looked for when a rule asks.
pub(crate) struct Subjects([OnceCell<Vec<usize>>; Subject::ALL.len()]);

impl Gather for Subjects {
    fn gather(_: Document<'_>, _: &Settings, _: &Zone) -> Self {
        Self(Subject::ALL.map(|_| OnceCell::new()))
    }
}

impl Subjects {
    /// How often the text speaks of `subject` outside of `node`.
    pub fn elsewhere(&self, subject: Subject, node: NodeRef<'_>) -> usize {
        let places = self.0[subject as usize].get_or_init(|| places(subject, node.document.text));
        let span = node.span();
        let before = |end: usize| places.partition_point(|at| *at < end);
        places.len() - (before(span.end) - before(span.start))
    }
}

/// Where `text` speaks of `subject`, ascending.
fn places(subject: Subject, text: &str) -> Vec<usize> {
    let is_ascii = text.is_ascii();
    let mut places = Vec::new();
    for stem in stems_of(subject).filter(|stem| !is_ascii || stem.is_ascii()) {
        places.extend(memchr::memmem::find_iter(text.as_bytes(), stem.as_bytes()));
        if stem.is_ascii() {
            let capitals = stem.to_ascii_uppercase();
            places.extend(memchr::memmem::find_iter(text.as_bytes(), capitals.as_bytes()));
        }
    }
    places.sort_unstable();
    places
}
