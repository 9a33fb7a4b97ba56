//! What a text is about, as far as boilerplate is about it too: how often it speaks of cookies, or of affiliate links.
//! Owns counting; must not know boxes.

use super::lists::stems_of;
use crate::document::{Document, NodeRef};
use crate::rules::Gather;
use crate::settings::Settings;
use crate::zone::Zone;

pub(crate) use super::lists::Subject;

/// Where a document speaks of each [`Subject`], ascending.
pub(crate) struct Subjects([Vec<usize>; Subject::ALL.len()]);

impl Gather for Subjects {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let text = document.text;
        let is_ascii = text.is_ascii();
        Self(Subject::ALL.map(|subject| {
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
        }))
    }
}

impl Subjects {
    /// How often the text speaks of `subject` outside of `node`.
    pub fn elsewhere(&self, subject: Subject, node: NodeRef<'_>) -> usize {
        let (places, span) = (&self.0[subject as usize], node.span());
        let before = |end: usize| places.partition_point(|at| *at < end);
        places.len() - (before(span.end) - before(span.start))
    }
}
