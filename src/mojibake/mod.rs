//! Mojibake: text whose bytes were read in the wrong code page, found and repaired span by span.
//!
//! Owns detection and repair on plain text. Knows no Markdown and no rules: whoever has Markdown hands in the text
//! of its runs (see [`Profile`]) and maps the spans back.

mod bytes;
mod character;
mod code_page;
mod decide;
mod layers;
mod reading;
mod scan;
mod sequence;
mod strangeness;

pub use code_page::CodePage;

use crate::edit::Edit;
use crate::span::Span;
use bytes::Table;
use decide::{Evidence, chosen};
use reading::{Reading, Readings};
use scan::{Stop, next_stop};
use sequence::Tolerance;
use serde::Serialize;

/// A repair: an edit and what it undoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The bytes that change, and what they become.
    pub edit: Edit,
    /// The code page the text was misread in.
    pub code_page: CodePage,
    /// How many times it was misread.
    pub layers: u8,
    /// What kind of damage it is.
    pub damage: Damage,
}

/// Kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Damage {
    /// UTF-8 misread, every byte of it there: `cafÃ©`.
    Utf8,
    /// The same, with surrogate pairs (CESU-8).
    Surrogates,
    /// A byte was replaced by U+FFFD or `?`.
    Lossy,
    /// A no-break space of the sequence became a space or was dropped.
    NoBreakSpace,
}

/// What a document shows as a whole.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    evidence: Evidence,
}

impl Profile {
    /// Gathers the evidence of the texts of a document.
    pub fn gather<'a>(texts: impl IntoIterator<Item = &'a str>) -> Profile {
        let mut profile = Profile::default();
        for text in texts {
            profile.add(&collected(text));
        }
        profile
    }

    fn add(&mut self, collected: &Collected) {
        let alone = Evidence { letters: collected.letters, ..Evidence::default() };
        for at in chosen(&collected.readings, &alone) {
            let reading = &collected.readings.all[at];
            let page = &mut self.evidence.pages[reading.page.index()];
            *page = page.saturating_add(reading.gain.clamp(0, 200) as u32);
        }
        for (sum, n) in self.evidence.letters.iter_mut().zip(collected.letters) {
            *sum = sum.saturating_add(n);
        }
    }
}

/// The repairs of `text`.
pub fn repair(text: &str) -> Vec<Repair> {
    let collected = collected(text);
    let mut profile = Profile::default();
    profile.add(&collected);
    repairs(text, &collected, &profile)
}

/// The repairs of `text`, a part of the document that `profile` was gathered from.
pub fn repair_with(text: &str, profile: &Profile) -> Vec<Repair> {
    repairs(text, &collected(text), profile)
}

struct Collected {
    readings: Readings,
    letters: scan::Letters,
}

fn collected(text: &str) -> Collected {
    let table = Table::new();
    let mut collected = Collected { readings: Readings::default(), letters: Default::default() };
    let mut at = 0;
    while let Some(stop) = next_stop(table, text.as_bytes(), at, &mut collected.letters) {
        at = match stop {
            Stop::Sequence(start) => collected.readings.collect_run(table, text, start, u16::MAX, Tolerance::Strict),
            Stop::Control(start) => start + 2,
            Stop::Escape(start) => start + 1,
        };
    }
    collected
}

fn repairs(text: &str, collected: &Collected, profile: &Profile) -> Vec<Repair> {
    chosen(&collected.readings, &profile.evidence)
        .into_iter()
        .filter_map(|at| {
            let reading = collected.readings.all.get(at)?;
            repair_of(text, reading, collected.readings.text_of(reading))
        })
        .collect()
}

/// The repair a reading makes, without the characters at its ends that stay.
fn repair_of(text: &str, reading: &Reading, new: &str) -> Option<Repair> {
    let old = text.get(reading.start..reading.end)?;
    let same_start = common(old.chars(), new.chars());
    let (old, new) = (old.get(same_start..)?, new.get(same_start..)?);
    let same_end = common(old.chars().rev(), new.chars().rev());
    let (old, new) = (old.get(..old.len() - same_end)?, new.get(..new.len() - same_end)?);
    if old == new {
        return None;
    }
    let start = reading.start + same_start;
    Some(Repair {
        edit: Edit::replace(Span::new(start, start + old.len()), new),
        code_page: reading.page,
        layers: reading.layers,
        damage: reading.damage,
    })
}

/// How many bytes the two have in common at their beginning.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
