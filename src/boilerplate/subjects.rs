//! What a text is about, as far as boilerplate is about it too: how often it speaks of cookies, of affiliate links, of ad blockers.
//! Owns counting; must not know boxes.

use super::lists::{stems_of, stems_of_blockers};
use crate::document::{Document, NodeRef};
use crate::rules::Gather;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(crate) use super::lists::Subject;

/// Where a document speaks of each [`Subject`], ascending.
pub(crate) struct Subjects([Vec<usize>; Subject::ALL.len()]);

impl Gather for Subjects {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        Self(Subject::ALL.map(|subject| places(document.text, stems_of(subject))))
    }
}

impl Subjects {
    /// How often the text speaks of `subject` outside of `node`.
    pub fn elsewhere(&self, subject: Subject, node: NodeRef<'_>) -> usize {
        outside(&self.0[subject as usize], node.span())
    }
}

/// Where a document speaks of ad blockers, ascending: few texts are asked for that.
pub(crate) struct AdBlockers(Vec<usize>);

impl Gather for AdBlockers {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        Self(places(document.text, stems_of_blockers()))
    }
}

impl AdBlockers {
    /// How often the text speaks of them outside of `span`.
    pub fn outside(&self, span: Span) -> usize {
        outside(&self.0, span)
    }
}

/// Where one of `stems` stands in `text`, ascending.
fn places(text: &str, stems: impl Iterator<Item = &'static str>) -> Vec<usize> {
    let is_ascii = text.is_ascii();
    let mut places = Vec::new();
    for stem in stems.filter(|stem| !is_ascii || stem.is_ascii()) {
        places.extend(memchr::memmem::find_iter(text.as_bytes(), stem.as_bytes()));
    }
    places.sort_unstable();
    places
}

fn outside(places: &[usize], span: Span) -> usize {
    let before = |end: usize| places.partition_point(|at| *at < end);
    places.len() - (before(span.end) - before(span.start))
}
