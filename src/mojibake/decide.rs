//! Which readings become repairs: the strangeness they take away, weighed with what the rest of the document shows.
//! Owns thresholds; must not read bytes.

use super::CodePage;
use super::character::Script;
use super::code_page::PAGES;
use super::reading::{Reading, Readings};
use super::scan::Letters;

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
const SURE: i32 = 30;

/// What the page that explains most of the document has ahead of the others.
const LEADING: i32 = 12;

/// The most that a page's other readings can add.
const SUPPORT: i32 = 28;

impl Evidence {
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

    /// By how much `reading` passes the bar; not above zero: it is left alone.
    fn margin(&self, reading: &Reading) -> i32 {
        let leading = if self.explains_most(reading.page) { LEADING } else { 0 };
        reading.gain + self.weight_of_scripts(reading) + self.support(reading.page) + leading - SURE
    }

    /// Counts `reading` for the pages that explain it.
    pub(super) fn explain(&mut self, reading: &Reading) {
        let gain = reading.gain.clamp(0, 200) as u32;
        for page in CodePage::ALL {
            if page == reading.page || reading.alike & 1 << page.index() != 0 {
                // Of two pages that read it the same way, the one without control characters of its own is named.
                let plain = page == CodePage::Iso8859_2 && reading.mixed;
                let sum = &mut self.explained[page.index()];
                *sum = sum.saturating_add(gain + if plain { super::reading::MIXED as u32 } else { 0 });
            }
        }
    }

    /// The page to name for `reading`: the one that explains most, of those that read it the same way.
    pub(super) fn page_of(&self, reading: &Reading) -> CodePage {
        let mut best = reading.page;
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

    fn weight_of_scripts(&self, reading: &Reading) -> i32 {
        let letters = |script: Script| self.letters[script as usize];
        let all: u32 = self.letters.iter().fold(0, |sum, n| sum.saturating_add(*n));
        let mut weight = 0;
        match reading.script_before {
            Script::None | Script::Latin => {}
            // Text of that script stands around it: then it is more likely to be what it seems.
            script if letters(script) >= 3 && reading.script_after != script => weight -= 60,
            script if letters(script) >= 3 => weight -= 15,
            script if letters(script) == 0 && all > 0 => weight += 20,
            _ => {}
        }
        match reading.script_after {
            Script::None | Script::Latin => {}
            script
                if reading.length <= 2
                    && letters(script) == 0
                    && self.repaired[script as usize] <= 2
                    && all >= 8 =>
            {
                weight -= 30;
            }
            _ => {}
        }
        weight
    }
}

/// The readings to repair by, ascending and not overlapping, by their position in `readings`.
pub(super) fn chosen(readings: &Readings, evidence: &Evidence) -> Vec<usize> {
    let mut chosen: Vec<(usize, i32)> = Vec::new();
    for (at, reading) in readings.all.iter().enumerate() {
        let margin = evidence.margin(reading);
        if margin <= 0 {
            continue;
        }
        let mut loses = false;
        while let Some(&(last, its_margin)) = chosen.last() {
            if readings.all[last].end <= reading.start {
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
    chosen.into_iter().map(|(at, _)| at).collect()
}
