//! Mojibake: text whose bytes were read in the wrong code page, found and repaired span by span.
//!
//! Owns detection and repair on plain text. Knows no Markdown and no rules: whoever has Markdown hands in the text
//! of its runs (see [`Profile`]) and maps the spans back.

mod bytes;
mod character;
mod code_page;
mod controls;
mod decide;
mod entities;
mod examples;
mod layers;
mod reading;
mod remains;
mod scan;
mod sequence;
mod strangeness;

pub use code_page::CodePage;

use crate::edit::Edit;
use crate::span::Span;
use bytes::Table;
use controls::control_repairs;
use decide::{Evidence, chosen};
use examples::{speaks_of_encodings, without_examples};
use reading::Readings;
use remains::with_remains;
use scan::{Stop, next_stop};
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
    /// A no-break space of the sequence became a space or vanished: `voilÃ le`, `10Âkm`.
    NoBreakSpace,
    /// The last byte vanished: `â€ ` for `”`.
    Cut,
    /// A quote of the sequence was straightened: `â€"` for `—`.
    Straightened,
    /// The text was put in lower case after it was misread: `cafã©`.
    Lowercased,
    /// A control character 0x80–0x9F that is a character of Windows-1252: `don` U+0092 `t`.
    Control,
    /// Character references spell the sequence: `&acirc;&euro;&trade;`.
    Entity,
    /// JSON escapes spell the sequence: `\u00e2\u20ac\u2122`.
    Escape,
}

/// What a document shows as a whole.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    evidence: Evidence,
    /// Whether it speaks of encodings, so that mojibake may be quoted in it.
    speaks_of_encodings: bool,
}

impl Profile {
    /// Gathers the evidence of the texts of a document.
    pub fn gather<'a>(texts: impl IntoIterator<Item = &'a str>) -> Profile {
        let texts: Vec<&str> = texts.into_iter().collect();
        let mut profile = Profile::default();
        let mut asks = false;
        for text in &texts {
            let collected = collected(text);
            asks |= collected.may_repair();
            profile.add(text, &collected);
        }
        profile.speaks_of_encodings = asks && texts.iter().any(|text| speaks_of_encodings(text));
        profile
    }

    fn add(&mut self, text: &str, collected: &Collected) {
        let alone = Evidence { letters: collected.letters, ..Evidence::default() };
        for at in chosen(text, &collected.readings, &alone) {
            let reading = &collected.readings.all[at];
            let page = &mut self.evidence.pages[reading.page.index()];
            *page = page.saturating_add(reading.gain.clamp(0, 200) as u32);
            let letters = &mut self.evidence.repaired[reading.script_after as usize];
            *letters = letters.saturating_add(u32::from(reading.length));
        }
        for reading in &collected.readings.all {
            self.evidence.explain(reading);
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
    profile.add(text, &collected);
    profile.speaks_of_encodings = collected.may_repair() && speaks_of_encodings(text);
    repairs(text, &collected, &profile)
}

/// The repairs of `text`, a part of the document that `profile` was gathered from.
pub fn repair_with(text: &str, profile: &Profile) -> Vec<Repair> {
    repairs(text, &collected(text), profile)
}

struct Collected {
    readings: Readings,
    letters: scan::Letters,
    /// Where control characters 0x80–0x9F start.
    controls: Vec<usize>,
    /// Whether something looks like what remains of a sequence.
    suspect: bool,
}

impl Collected {
    /// Whether there is anything that may become a repair.
    fn may_repair(&self) -> bool {
        !self.readings.all.is_empty() || !self.controls.is_empty() || self.suspect
    }
}

fn collected(text: &str) -> Collected {
    let table = Table::new();
    let mut collected = Collected {
        readings: Readings::default(),
        letters: Default::default(),
        controls: Vec::new(),
        suspect: false,
    };
    let mut at = 0;
    while let Some(stop) = next_stop(table, text.as_bytes(), at, &mut collected.letters) {
        at = match stop {
            Stop::Sequence(start) => {
                let count = collected.readings.all.len();
                let end = collected.readings.collect_run(table, text, start);
                collected.suspect |= collected.readings.all.len() == count;
                collected.controls.extend(controls_in(text, start, end));
                end
            }
            Stop::Control(start) => {
                collected.controls.push(start);
                start + 2
            }
            Stop::Escape(start) => collected.readings.collect_references(table, text, start),
        };
    }
    collected
}

fn controls_in(text: &str, start: usize, end: usize) -> impl Iterator<Item = usize> {
    let characters = text.get(start..end).unwrap_or_default().char_indices();
    characters.filter(|(_, c)| ('\u{80}'..='\u{9f}').contains(c)).map(move |(at, _)| start + at)
}

fn repairs(text: &str, collected: &Collected, profile: &Profile) -> Vec<Repair> {
    let evidence = &profile.evidence;
    let chosen = chosen(text, &collected.readings, evidence);
    let mut repairs: Vec<Repair> = chosen
        .iter()
        .filter_map(|&at| {
            let reading = collected.readings.all.get(at)?;
            let page = evidence.page_of(reading);
            let new = collected.readings.text_of(reading);
            repair_between(text, reading.start, reading.end, page, reading.layers, reading.damage, new)
        })
        .collect();
    if !collected.controls.is_empty() {
        let mut covering = repairs.iter().map(|repair| repair.edit.span).peekable();
        let is_free = |&at: &usize| {
            while covering.next_if(|span| span.end <= at).is_some() {}
            covering.peek().is_none_or(|span| at < span.start)
        };
        let places: Vec<usize> = collected.controls.iter().copied().filter(is_free).collect();
        if !places.is_empty() {
            repairs.extend(control_repairs(text, &places));
            repairs.sort_by_key(|repair| repair.edit.span);
        }
    }
    if collected.suspect || evidence.any() {
        repairs = with_remains(Table::new(), text, evidence, repairs);
    }
    without_examples(text, repairs, profile.speaks_of_encodings)
}

/// The repair that puts `new` in place of the bytes from `start` to `end`, without the characters at its ends that stay.
fn repair_between(
    text: &str,
    start: usize,
    end: usize,
    code_page: CodePage,
    layers: u8,
    damage: Damage,
    new: &str,
) -> Option<Repair> {
    let old = text.get(start..end)?;
    let same_start = common(old.chars(), new.chars());
    let (old, new) = (old.get(same_start..)?, new.get(same_start..)?);
    let same_end = common(old.chars().rev(), new.chars().rev());
    let (old, new) = (old.get(..old.len() - same_end)?, new.get(..new.len() - same_end)?);
    if old == new {
        return None;
    }
    let start = start + same_start;
    let edit = Edit::replace(Span::new(start, start + old.len()), new);
    Some(Repair { edit, code_page, layers, damage })
}

/// How many bytes the two have in common at their beginning.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
