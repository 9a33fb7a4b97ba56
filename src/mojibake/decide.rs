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
}

/// What a reading must gain when nothing else speaks for it.
const SURE: i32 = 30;

/// The most that a page's other readings can add.
const SUPPORT: i32 = 28;

impl Evidence {
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
        reading.gain + self.weight_of_scripts(reading) + self.support(reading.page) - SURE
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
            script if reading.length <= 2 && letters(script) == 0 && all >= 8 => weight -= 30,
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
