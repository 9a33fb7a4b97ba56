//! Which readings become repairs: the strangeness they take away, weighed with what the rest of the document shows.
//! Owns thresholds; must not read bytes.

use super::CodePage;
use super::bytes::Table;
use super::character::{Kind, Script, traits};
use super::code_page::PAGES;
use super::garbage::without_garbage;
use super::reading::{MIXED, Reading, Readings};
use super::scan::{ASCII, Letters};

/// What a document shows, in the measure of `strangeness`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// For every page, how much strangeness its sure readings take away.
    pub pages: [u32; PAGES],
    /// Letters that are no part of a reading, by script.
    pub letters: Letters,
    /// Letters that sure readings turn into, by script.
    pub repaired: Letters,
    /// For every page, how much strangeness all its readings would take away, sure or not.
    pub explained: [u32; PAGES],
}

/// What a reading must gain when nothing else speaks for it.
const SURE: i32 = 26;

/// What the page that explains most of the document has ahead of the others.
const LEADING: i32 = 12;

/// The most that a page's other readings can add.
const SUPPORT: i32 = 28;

impl Evidence {
    /// Whether the whole document has no sure reading but `reading`.
    fn speaks_for_no_more_than(&self, reading: &Reading) -> bool {
        let sum = self.pages.iter().fold(0u32, |sum, &page| sum.saturating_add(page));
        sum <= reading.gain.max(0) as u32
    }

    /// Whether any page is spoken for.
    pub(super) fn any(&self) -> bool {
        self.pages.iter().any(|&sum| sum > 0)
    }

    /// How much the other readings of `page` speak for one more.
    pub(super) fn support(&self, page: CodePage) -> i32 {
        let of = |page: CodePage| self.pages[page.index()];
        let relatives: &[CodePage] = match page {
            CodePage::Windows1252 | CodePage::Latin1 | CodePage::Windows1254 => {
                &[CodePage::Windows1252, CodePage::Latin1, CodePage::Windows1254]
            }
            CodePage::Windows1250 | CodePage::Iso8859_2 => &[CodePage::Windows1250, CodePage::Iso8859_2],
            _ => &[],
        };
        let family = relatives.iter().fold(0u32, |sum, &page| sum.saturating_add(of(page)));
        let sum = (of(page) / 4).saturating_add(family / 8);
        i32::try_from(sum).map_or(SUPPORT, |sum| sum.min(SUPPORT))
    }

    /// Counts `reading`, which is sure by itself.
    fn add_sure(&mut self, reading: &Reading) {
        let gain = reading.gain.clamp(0, 200) as u32;
        let page = &mut self.pages[reading.page.index()];
        *page = page.saturating_add(gain);
        let letters = &mut self.repaired[reading.script_after as usize];
        *letters = letters.saturating_add(u32::from(reading.length));
    }

    /// Counts the readings of a text, with its `letters`: the sure ones until a page is settled, all for what pages
    /// explain.
    pub(super) fn add(&mut self, table: Table, text: &str, readings: &Readings, letters: Letters) {
        let alone = Evidence { letters, ..Evidence::default() };
        for some in readings.all.chunks(SAMPLE) {
            if self.is_settled() {
                break;
            }
            for at in chosen(table, text, some, &alone) {
                self.add_sure(&some[at]);
            }
        }
        for reading in &readings.all {
            self.explain(reading);
        }
        for (sum, n) in self.letters.iter_mut().zip(letters) {
            *sum = sum.saturating_add(n);
        }
    }

    /// Whether the document is damaged in one page for sure.
    fn is_settled(&self) -> bool {
        self.pages.iter().any(|&sum| sum >= SETTLED)
    }

    /// Counts `reading` for the pages that explain it.
    fn explain(&mut self, reading: &Reading) {
        let gain = reading.gain.clamp(0, 10_000) as u32;
        let mut pages = reading.alike | 1 << reading.page.index();
        while pages != 0 {
            let index = pages.trailing_zeros() as usize;
            pages &= pages - 1;
            // Of two pages that read it the same way, the one without control characters of its own is named.
            let is_plain = reading.mixed && index == CodePage::Iso8859_2.index();
            if let Some(sum) = self.explained.get_mut(index) {
                *sum = sum.saturating_add(gain + if is_plain { MIXED as u32 } else { 0 });
            }
        }
    }

    /// The page to name for `reading`: the one that explains most, of those that read it the same way.
    pub(super) fn page_of(&self, reading: &Reading) -> CodePage {
        let mut best = reading.page;
        if reading.alike == 0 {
            return best;
        }
        for page in CodePage::ALL {
            if reading.alike & 1 << page.index() != 0
                && self.explained[page.index()] > self.explained[best.index()]
            {
                best = page;
            }
        }
        best
    }

    /// Whether no other page explains as much of the document. It must be more than one reading's worth.
    fn explains_most(&self, page: CodePage) -> bool {
        let own = self.explained[page.index()];
        own > 100 && CodePage::ALL.iter().all(|&other| other == page || self.explained[other.index()] < own)
    }
}

/// The evidence from which on a document is taken to be damaged in one page.
const SETTLED: u32 = 250;

/// How many readings are looked at in one go until then.
const SAMPLE: usize = 256;

/// What it costs a reading to be of another page then.
const FOREIGN: i32 = 30;

/// What it costs a reading that the text as it stands is letters that go together.
const WORD: i32 = 15;

/// What it adds to a reading that it gives letters of the script around.
const NATIVE: i32 = 15;

/// The weights that the evidence of a document gives its readings, worked out once.
struct Weights<'a> {
    evidence: &'a Evidence,
    support: [i32; PAGES],
    leading: [i32; PAGES],
    /// Whether the document is damaged in one page for sure.
    settled: bool,
    /// All its letters.
    letters: u32,
    /// Those of them that are Latin.
    latin: u32,
}

impl<'a> Weights<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        Self {
            evidence,
            support: CodePage::ALL.map(|page| evidence.support(page)),
            leading: CodePage::ALL.map(|page| if evidence.explains_most(page) { LEADING } else { 0 }),
            settled: evidence.is_settled(),
            latin: evidence.letters[Script::Latin as usize].saturating_add(evidence.letters[ASCII]),
            letters: evidence.letters.iter().fold(0, |sum, n| sum.saturating_add(*n)),
        }
    }

    /// By how much `reading` passes the bar; not above zero: it is left alone.
    fn margin(&self, reading: &Reading) -> i32 {
        let index = reading.page.index();
        let (mut support, mut leading) = (self.support[index], self.leading[index]);
        let mut alike = reading.alike;
        while alike != 0 {
            let index = alike.trailing_zeros() as usize;
            alike &= alike - 1;
            support = support.max(self.support.get(index).copied().unwrap_or(0));
            leading = leading.max(self.leading.get(index).copied().unwrap_or(0));
        }
        let foreign = if support == 0 && self.settled { FOREIGN } else { 0 };
        let word = if reading.word && support < SUPPORT / 2 { WORD } else { 0 };
        if is_sign_behind_dash(reading) {
            // `(–∞; 5)`, `–±2`: only longer readings can speak for it
            leading = 0;
            support -= SUPPORT;
        }
        reading.gain + self.weight_of_scripts(reading) + support + leading - word - foreign - SURE
    }

    fn weight_of_scripts(&self, reading: &Reading) -> i32 {
        let letters = |script: Script| self.evidence.letters[script as usize];
        let is_native =
            |script: Script| letters(script) >= 3 || letters(script) > 0 && self.latin / 4 <= letters(script);
        let mut weight = 0;
        match reading.script_before {
            Script::None | Script::Latin => {}
            // Text of that script stands around it: then it is more likely to be what it seems.
            script if is_native(script) && reading.script_after != script => weight -= 60,
            script if is_native(script) => weight -= 15,
            script if letters(script) == 0 && self.letters > 0 => weight += 20,
            _ => {}
        }
        match reading.script_after {
            Script::None | Script::Latin => {}
            script if letters(script) >= 3 && reading.script_before != script => {
                weight += if is_sign_behind_dash(reading) { 0 } else { NATIVE };
            }
            // Greek letters are signs in text of other scripts too.
            Script::Greek if reading.length == 1 => {}
            script if reading.length <= 2 && letters(script) == 0 && self.letters >= 8 => {
                weight -= if self.evidence.repaired[script as usize] <= 2 { 30 } else { 0 };
            }
            _ => {}
        }
        weight
    }
}

/// Whether a reading makes one letter of a dash and a sign, as Mac Roman has the bytes of Cyrillic: formulas have them for a minus.
fn is_sign_behind_dash(reading: &Reading) -> bool {
    reading.page == CodePage::MacRoman
        && reading.length == 1
        && reading.script_before == Script::None
        && reading.script_after == Script::Cyrillic
}

/// The readings to repair by, ascending and not overlapping, by their position in `readings`.
pub(super) fn chosen(table: Table, text: &str, readings: &[Reading], evidence: &Evidence) -> Vec<usize> {
    let weights = Weights::new(evidence);
    let mut chosen: Vec<(usize, i32)> = Vec::with_capacity(readings.len());
    for (at, reading) in readings.iter().enumerate() {
        let margin = weights.margin(reading);
        if margin <= 0 {
            continue;
        }
        let mut loses = false;
        while let Some(&(last, its_margin)) = chosen.last() {
            if readings[last].end <= reading.start {
                break;
            }
            if its_margin >= margin {
                loses = true;
                break;
            }
            chosen.pop();
        }
        if !loses {
            chosen.push((at, margin));
        }
    }
    let mut chosen = without_garbage(table, text, readings, chosen);
    if let [(only, _)] = chosen[..] {
        let reading = &readings[only];
        if reading.is_ring && evidence.speaks_for_no_more_than(reading) && is_well_decoded(text, reading) {
            chosen.clear();
        }
    }
    chosen.into_iter().map(|(at, _)| at).collect()
}

/// Whether the text around `reading` was decoded right, to judge by its punctuation, and has no letters beyond ASCII.
/// A single "Ã¥" in such text is as well Mac Roman as Windows-1252 (ftfy's issue 202): better left alone.
fn is_well_decoded(text: &str, reading: &Reading) -> bool {
    let around = [text.get(..reading.start), text.get(reading.end..)];
    let mut characters =
        around.into_iter().flatten().flat_map(str::chars).filter(|c| !c.is_ascii()).peekable();
    characters.peek().is_some() && characters.all(|c| traits(c).kind == Kind::Punctuation)
}
