//! The words of `data/words.toml` as the engine asks for them, and what an ad's size says. Owns the threshold;
//! must not add up weights.

use super::view::UrlView;
use super::weak_signals::stem;
use crate::data::{WORDS, WordTable, for_each_row};
use std::sync::OnceLock;

/// The sum from which a URL has a role, if its host, path or file say anything at all.
pub(crate) const THRESHOLD: i16 = 5;

/// What a word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Following it counts.
    Click,
    /// It is shown.
    Creative,
    /// It counts views.
    Pixel,
    /// Advertising of some kind.
    Any,
    /// Documentation, code, archives: speaks against.
    Against,
}

/// A word's kind and weight.
pub(crate) type Weight = (Kind, i16);

/// Words with their weights.
#[derive(Debug, Default)]
pub(crate) struct Words {
    table: WordTable,
    weights: Vec<Weight>,
    /// The length of the longest one.
    longest: usize,
}

impl Words {
    fn add(&mut self, words: &'static str, weight: Weight) {
        for word in words.split(' ') {
            self.longest = self.longest.max(word.len());
            if self.table.number(word) == self.weights.len() {
                self.weights.push(weight);
            }
        }
    }

    /// The weight of `word`, without regard to case.
    #[inline]
    pub fn weight(&self, word: &str) -> Option<Weight> {
        // a title in an address is longer than any
        if word.len() > self.longest {
            return None;
        }
        self.weights.get(self.table.get(word)?).copied()
    }
}

/// The lists, by what they are looked up for.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Labels of hosts.
    pub host: Words,
    /// Segments of paths.
    pub path: Words,
    /// Names of parameters.
    pub query: Words,
    /// Labels of hosts and segments of paths that what articles embed has.
    pub embeds: Words,
    /// Segments of paths where accounts are opened.
    pub accounts: Words,
    /// Names of parameters that hold the code of who invites.
    pub invitations: Words,
    /// Names of what ad servers fill in.
    pub macros: Words,
}

/// The lists, compiled at the first call.
pub(crate) fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists::default();
        for_each_row(WORDS, |row| {
            let kind = match row.text("kind") {
                "click" => Kind::Click,
                "creative" => Kind::Creative,
                "pixel" => Kind::Pixel,
                "against" => Kind::Against,
                _ => Kind::Any,
            };
            let weight = row.text("weight").parse().unwrap_or_default();
            let list = match row.text("where") {
                "host" => &mut lists.host,
                "path" => &mut lists.path,
                "embed" => &mut lists.embeds,
                "account" => &mut lists.accounts,
                "invitation" => &mut lists.invitations,
                "macro" => &mut lists.macros,
                _ => &mut lists.query,
            };
            list.add(row.text("words"), (kind, weight));
        });
        lists
    })
}

/// Whether a host or a path has a word that what articles embed has: `player.`, `/embed/`.
pub(crate) fn names_embed(view: &UrlView<'_>) -> bool {
    let words = &lists().embeds;
    let parts = view.host.split('.').chain(view.path.split('/').map(stem));
    parts.flat_map(|part| part.split(['-', '_'])).any(|word| words.weight(word).is_some())
}

/// Sizes of ads in pixels and how much each says: some are shapes that only ads have, some are thumbnails' too.
/// Source: IAB "Display & Mobile Advertising Creative Format Guidelines" and its older sets.
pub(crate) fn creative_size_weight(width: u32, height: u32) -> i16 {
    match (width, height) {
        (728 | 970, 90) | (468 | 234, 60) | (160 | 120, 600) | (970, 250 | 66) | (320, 50 | 100) => 4,
        (88, 31)
        | (980, 90 | 120 | 240)
        | (930, 180)
        | (750, 100 | 200 | 300)
        | (640, 90 | 100)
        | (300, 50) => 4,
        (125, 125) | (120, 60 | 90 | 240) | (240, 400) | (300, 1050) | (580, 400) | (950, 90) | (960, 90) => {
            3
        }
        (300, 250 | 600) | (336, 280) | (250, 250) | (200, 200) | (180, 150) | (300, 100) | (234, 234) => 3,
        // a strip, of no network's standard
        (_, 40..=120) if width >= 8 * height => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_enough_alone() {
        for list in [&lists().host, &lists().path, &lists().query] {
            for (kind, weight) in &list.weights {
                assert!(*weight != 0 && *weight <= THRESHOLD && (*weight < 0) == (*kind == Kind::Against));
            }
        }
        for list in [&lists().host, &lists().path] {
            assert!(list.weights.iter().all(|(_, weight)| *weight < THRESHOLD));
        }
        assert_eq!(lists().host.weight("CLICK"), Some((Kind::Click, 4)));
        assert_eq!(lists().path.weight("oven"), None);
    }

    #[test]
    fn sizes() {
        assert!(creative_size_weight(728, 90) > creative_size_weight(300, 250));
        assert_eq!(creative_size_weight(1920, 1080), 0);
        assert!(creative_size_weight(1000, 60) < creative_size_weight(234, 60));
    }
}
