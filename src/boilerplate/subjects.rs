//! What a text is about, as far as boilerplate is about it too: how often it speaks of cookies, of affiliate links, of ad blockers.
//! Owns counting; must not know boxes.

use super::lists::stems_of;
use crate::contract::Gather;
use crate::document::{Document, NodeRef};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::cell::OnceCell;

pub(crate) use super::lists::Subject;

/// Where a document speaks of each [`Subject`], ascending; looked for when a rule asks.
pub(crate) struct Subjects([OnceCell<Vec<usize>>; Subject::COUNT]);

impl Gather for Subjects {
    fn gather(_: Document<'_>, _: &Settings, _: &Zone) -> Self {
        Self([const { OnceCell::new() }; Subject::COUNT])
    }
}

impl Subjects {
    /// How often the text speaks of `subject` outside of `node`.
    pub fn elsewhere(&self, subject: Subject, node: NodeRef<'_>) -> usize {
        self.outside(subject, node.document.text, node.span())
    }

    /// How often `text`, which is the document's, speaks of `subject` outside of `span`.
    pub fn outside(&self, subject: Subject, text: &str, span: Span) -> usize {
        let places = self.0[subject as usize].get_or_init(|| places(subject, text));
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

/// The longest text that is read for the sake of each box in it, in bytes.
const LONGEST_TEXT: usize = 1 << 16;

/// The text above and below the blocks `first` to `last`. `None` if it is too long to be read for each: nobody knows what it is about.
pub(crate) fn text_round<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> Option<[&'a str; 2]> {
    let text = first.document.text;
    let part = |part: Option<&'a str>| part.unwrap_or_default();
    (text.len() <= LONGEST_TEXT)
        .then(|| [part(text.get(..first.span().start)), part(text.get(last.span().end..))])
}
