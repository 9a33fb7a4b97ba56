//! Mojibake: text whose bytes were read in the wrong code page, found and repaired span by span.
//!
//! Owns detection and repair on plain text. Knows no Markdown and no rules: whoever has Markdown hands in the text of
//! its runs, with [`HOLE`] where code or a URL stands, and maps the spans back.
//!
//! ```
//! use mdscrub::mojibake::{CodePage, Damage, repair};
//!
//! // One damaged word in a good line; what is right stays.
//! let text = "Le café est fermé, dÃ©solé.";
//! let repairs = repair(text);
//! assert_eq!(repairs.len(), 1);
//! assert_eq!(&text[repairs[0].edit.span.range()], "Ã©");
//! assert_eq!(repairs[0].edit.text, "é");
//! assert_eq!(repairs[0].code_page, CodePage::Windows1252);
//! assert_eq!(repairs[0].layers, 1);
//! assert_eq!(repairs[0].damage, Damage::Utf8);
//! assert!(repair("SÃO PAULO – EDIÇÃO DE SÁBADO, 5€").is_empty());
//! ```
//!
//! # How it is decided
//!
//! 1. **Scan** (`scan`): ASCII is skipped at memory speed. So is every character that does not lead a UTF-8 sequence
//!    in any of the eleven [code pages](CodePage), or has nothing behind it that continues one there.
//! 2. **Read** (`sequence`, `reading`): where one does, the whole chain of sequences is decoded in each page that fits;
//!    CESU-8 and sequences with U+FFFD in place of a byte are read too. What comes out may be mojibake again: layers
//!    are peeled off as long as that makes it read better (`layers`).
//! 3. **Weigh** (`strangeness`, `character`): a text is strange by how rare its characters are and how badly they stand
//!    together: capitals inside words, a currency sign between letters, two scripts in one word. The strangeness that a
//!    reading takes away is its gain.
//! 4. **Decide** (`decide`): the gain, and what the rest of the document shows: which page explains it, which scripts
//!    it is written in. Readings of garbage, of which parts happen to fit, are dropped.
//! 5. **Remains** (`remains`): beside sure readings, and where no right text looks like that, sequences are found of
//!    which a byte was lost on the way: `voilÃ le`, `10Âkm`, `â€ ` for `”`.
//! 6. **Examples** (`examples`): mojibake quoted in an article about mojibake stays.
//!
//! Control characters 0x80–0x9F that are characters of Windows-1252, and single-byte mix-ups, have no UTF-8 shape; they
//! are found in `controls` and `single_byte`.
//!
//! # Units and sources
//! Spans are bytes of the text that was handed in. Strangeness is in tenths of a bit, roughly, weighed by hand against
//! ftfy's test cases (Apache-2.0) and the translations that Linux packages carry. The kinds of damage are those that
//! [ftfy](https://ftfy.readthedocs.io/) describes; the tables' sources are named at [`CodePage`].

mod bytes;
mod character;
mod code_page;
mod controls;
mod decide;
mod entities;
mod examples;
mod fixpoint;
mod garbage;
mod layers;
mod plain;
mod reading;
mod remains;
mod scan;
mod sequence;
mod single_byte;
mod spoken_of;
mod strangeness;
mod suspicion;

pub use code_page::CodePage;
pub(crate) use suspicion::may_show_damage;

use crate::edit::Edit;
use crate::span::Span;
use bytes::Table;
use controls::control_repairs;
use decide::{Evidence, chosen};
use examples::{speaks_of_encodings, without_contrasted_cells, without_examples};
use fixpoint::until_nothing_is_left;
use reading::Readings;
use remains::with_remains;
use scan::{Stop, next_stop};
use serde::Serialize;
use single_byte::{WordCounts, single_byte_repairs};
use std::cell::OnceCell;

/// Stands in a text for something that is not prose: code, a URL. No repair crosses it or depends on what it is.
///
/// ```
/// use mdscrub::mojibake::{HOLE, repair};
/// assert!(repair(&format!("â{HOLE}€™")).is_empty());
/// ```
pub const HOLE: char = '\u{FFFC}';

/// A repair: an edit and what it undoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The bytes that change, and what they become. Characters that stay are not in it.
    pub edit: Edit,
    /// The code page the bytes were misread in; of several layers, the last one that was added.
    pub code_page: CodePage,
    /// How many times the bytes were misread, 1 or more.
    pub layers: u8,
    /// What kind of damage it is.
    pub damage: Damage,
}

/// Kinds of damage.
///
/// ```
/// use mdscrub::mojibake::{Damage, repair};
/// let kinds = |text: &str| repair(text).into_iter().map(|repair| repair.damage).collect::<Vec<_>>();
/// assert_eq!(kinds("cafÃ©"), [Damage::Utf8]);
/// assert_eq!(kinds("voilÃ le travail"), [Damage::NoBreakSpace]);
/// assert_eq!(kinds("he said â€œyesâ€ twice"), [Damage::Utf8, Damage::Cut]);
/// assert_eq!(kinds("it&acirc;&euro;&trade;s"), [Damage::Entity]);
/// assert_eq!(kinds("don\u{92}t"), [Damage::Control]);
/// assert_eq!(kinds("AT&amp;T &copy; 2020"), []);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Damage {
    /// UTF-8 misread, every byte of it there: `cafÃ©`.
    Utf8,
    /// The same, with surrogate pairs (CESU-8): `í` U+00A0 `½í¸` U+008D for 😍.
    Surrogates,
    /// A byte was replaced by U+FFFD or `?`. The repair holds U+FFFD: the rest of the sequence says nothing any more.
    Lossy,
    /// A no-break space of the sequence became a space or vanished: `voilÃ le`, `10Âkm`.
    NoBreakSpace,
    /// The last byte vanished: `â€ ` for `”`, where a quote is open.
    Cut,
    /// A quote of the sequence was straightened: `â€"` for `—`.
    Straightened,
    /// The text was put in lower case after it was misread: `cafã©`.
    Lowercased,
    /// A control character 0x80–0x9F that is a character of Windows-1252 (or Mac Roman): `don` U+0092 `t`.
    Control,
    /// Character references spell the sequence: `&acirc;&euro;&trade;`. No other reference is decoded.
    Entity,
    /// JSON escapes spell the sequence: `\u00e2\u20ac\u2122`.
    Escape,
    /// Not UTF-8 at all: the bytes of one code page read in another, [`Repair::code_page`]: `Ìîñêâà` for `Москва`.
    SingleByte {
        /// The page the bytes were written in.
        written_in: CodePage,
    },
}

impl Damage {
    /// Whether repairs of this kind may be made without being asked. Single-byte mix-ups may not: nothing in the bytes
    /// proves them.
    ///
    /// ```
    /// use mdscrub::mojibake::{CodePage, Damage};
    /// assert!(Damage::Utf8.is_safe());
    /// assert!(!Damage::SingleByte { written_in: CodePage::Windows1251 }.is_safe());
    /// ```
    pub const fn is_safe(self) -> bool {
        !matches!(self, Damage::SingleByte { .. })
    }
}

/// What a document shows as a whole: the code pages its damage is of, the scripts it is written in, whether it speaks
/// of encodings. A weak case in one text is decided by the strong ones in the others.
///
/// ```
/// use mdscrub::mojibake::{Profile, repair, repair_with};
/// let paragraphs = ["La rГ©gion est prГЁs de lвЂ™ouest.", "Il va Г pied."];
/// let profile = Profile::gather(paragraphs);
/// assert!(repair(paragraphs[1]).is_empty());
/// assert_eq!(repair_with(paragraphs[1], &profile)[0].edit.text, "à");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Profile {
    evidence: Evidence,
    /// Whether it speaks of encodings, so that mojibake may be quoted in it; unset until it matters.
    speaks_of_encodings: Option<bool>,
    words: WordCounts,
}

impl Profile {
    /// Gathers the evidence of the texts of a document: its paragraphs, headings, cells, attributes.
    pub fn gather<'a>(texts: impl IntoIterator<Item = &'a str>) -> Profile {
        let texts: Vec<&str> = texts.into_iter().collect();
        let mut profile = Profile::default();
        let mut asks = false;
        for text in &texts {
            let collected = collected(text);
            asks |= collected.may_repair();
            profile.add(text, &collected);
        }
        profile.speaks_of_encodings = Some(asks && texts.iter().any(|text| speaks_of_encodings(text)));
        profile
    }

    /// The code pages that sure damage of the document is of, the one that explains most first.
    ///
    /// ```
    /// use mdscrub::mojibake::{CodePage, Profile};
    /// assert_eq!(Profile::gather(["Donâ€™t."]).code_pages(), [CodePage::Windows1252]);
    /// assert!(Profile::gather(["Don’t."]).code_pages().is_empty());
    /// ```
    pub fn code_pages(&self) -> Vec<CodePage> {
        let sum = |page: CodePage| self.evidence.pages[page.index()];
        let mut pages: Vec<CodePage> = CodePage::ALL.into_iter().filter(|&page| sum(page) > 0).collect();
        pages.sort_by_key(|&page| std::cmp::Reverse(sum(page)));
        pages
    }

    /// The page the document was read in and the page it was written in, if most of its words show such a mix-up.
    ///
    /// ```
    /// use mdscrub::mojibake::{CodePage, Profile};
    /// let profile = Profile::gather(["Ìîñêâà ÿâëÿåòñÿ ñòîëèöåé ñòðàíû."]);
    /// assert_eq!(profile.mix_up(), Some((CodePage::Windows1252, CodePage::Windows1251)));
    /// assert_eq!(Profile::gather(["Où est passé l’élève ? Il était déjà là."]).mix_up(), None);
    /// ```
    pub fn mix_up(&self) -> Option<(CodePage, CodePage)> {
        self.words.mix_up()
    }

    fn add(&mut self, text: &str, collected: &Collected) {
        self.evidence.add(Table::new(), text, &collected.readings, collected.letters);
        if collected.is_dense {
            self.words.add(Table::new(), text);
        }
    }
}

/// The repairs of `text`, ascending, not overlapping, judged by `text` alone. Applied together they leave nothing to
/// repair: `repair` of the result is empty.
///
/// Repairs whose [`Damage`] is not [safe](Damage::is_safe) are among them; leave those out unless asked for.
pub fn repair(text: &str) -> Vec<Repair> {
    until_nothing_is_left(text, |text| {
        let collected = collected(text);
        let mut profile = Profile::default();
        profile.add(text, &collected);
        repairs(text, &collected, &profile)
    })
}

/// The repairs of `text`, which is one of the texts `profile` was gathered from. Otherwise like [`repair`].
pub fn repair_with(text: &str, profile: &Profile) -> Vec<Repair> {
    until_nothing_is_left(text, |text| repairs(text, &collected(text), profile))
}

/// The repairs of each of `texts`, which are those of one document: as [`repair_with`] gives them for each with the profile of all, but for
/// cells of a table that shows damage beside what is right.
pub(crate) fn repair_all(texts: &[&str]) -> Vec<Vec<Repair>> {
    let all: Vec<Collected> = texts.iter().map(|text| collected(text)).collect();
    let mut profile = Profile::default();
    for (text, collected) in texts.iter().zip(&all) {
        profile.add(text, collected);
    }
    let asks = all.iter().any(Collected::may_repair);
    profile.speaks_of_encodings = Some(asks && texts.iter().any(|text| speaks_of_encodings(text)));
    // without damage anywhere a text is only looked at if it shows some itself
    let anywhere = profile.evidence.any() || profile.mix_up().is_some();
    let mut found: Vec<Vec<Repair>> = texts
        .iter()
        .zip(&all)
        .map(|(text, first)| {
            if !anywhere && !first.may_repair() {
                return Vec::new();
            }
            let mut first = Some(first);
            until_nothing_is_left(text, |text| match first.take() {
                Some(first) => repairs(text, first, &profile),
                None => repairs(text, &collected(text), &profile),
            })
        })
        .collect();
    without_contrasted_cells(texts, &mut found);
    found
}

/// Builds the tables that reading damage needs, so that no text has to wait for them.
pub(crate) fn prepare() {
    Table::new();
    plain::prepare();
    examples::prepare();
}

/// Where characters are lost for good: the spans (bytes) of runs of U+FFFD in `text`.
///
/// ```
/// use mdscrub::{Span, mojibake::lost};
/// assert_eq!(lost("caf\u{FFFD}, na\u{FFFD}\u{FFFD}ve"), [Span::new(3, 6), Span::new(10, 16)]);
/// ```
pub fn lost(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}") {
        match spans.last_mut() {
            Some(last) if last.end == at => last.end = at + 3,
            _ => spans.push(Span::new(at, at + 3)),
        }
    }
    spans
}

struct Collected {
    readings: Readings,
    letters: scan::Letters,
    /// Where control characters 0x80–0x9F start.
    controls: Vec<usize>,
    /// Whether it has more accented letters, or more symbols, than text in Latin letters has.
    is_dense: bool,
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
        is_dense: false,
        suspect: false,
    };
    let mut at = 0;
    while let Some(stop) = next_stop(table, text.as_bytes(), at, &mut collected.letters) {
        at = match stop {
            Stop::Sequence(start) => {
                let end = collected.readings.collect_run(table, text, start, &mut collected.controls);
                collected.suspect |= may_remain(text, start);
                end
            }
            Stop::Control(start) => {
                collected.controls.push(start);
                start + 2
            }
            Stop::Escape(start) => collected.readings.collect_references(table, text, start),
        };
    }
    let [symbols, latin, ..] = collected.letters;
    let all: u32 = collected.letters.iter().fold(0, |sum, n| sum.saturating_add(*n));
    collected.is_dense = latin > all / 5 || symbols > all / 25;
    collected
}

/// Whether the character at byte `start` is one that what remains of a sequence begins with, in any case.
fn may_remain(text: &str, start: usize) -> bool {
    scan::character_at(text.as_bytes(), start)
        .is_some_and(|(c, _)| matches!(c, 'Ã' | 'Â' | 'â' | 'ã' | 'å' | 'ä'))
}

fn repairs(text: &str, collected: &Collected, profile: &Profile) -> Vec<Repair> {
    let evidence = &profile.evidence;
    let chosen = chosen(Table::new(), text, &collected.readings.all, evidence);
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
    let asked = OnceCell::new();
    let mut repairs = without_examples(text, repairs, &|| {
        *asked.get_or_init(|| profile.speaks_of_encodings.unwrap_or_else(|| speaks_of_encodings(text)))
    });
    if let Some(pair) = profile.mix_up() {
        let others = single_byte_repairs(Table::new(), text, pair, &repairs);
        repairs.extend(others);
        repairs.sort_by_key(|repair| repair.edit.span);
    }
    repairs
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
