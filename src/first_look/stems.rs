//! Parts of words without which no cookie notice and no disclosure is: one scan over all that a round looks at, before any block
//! is read; and names of services in addresses and scripts. Owns the search for them (`block_parts.toml`); must not judge.

use super::signs::Signs;
use crate::contract::Gather;
use crate::data::{BLOCK_PARTS, for_each_listed};
use crate::document::Document;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What the source of a block may speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stems {
    /// Of cookies.
    pub cookie: bool,
    /// Of links that earn money.
    pub disclosure: bool,
    /// Of the post and the feed it is from, in languages that begin with its title.
    pub feed: bool,
}

/// Which stems a pattern is of. Capitals differ: their first letters are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Cookie,
    /// Of cookies where letters beyond ASCII are in the same block.
    CookieAbroad,
    Disclosure,
    Feed,
}

impl Of {
    fn named(list: &str) -> Option<Self> {
        Some(match list {
            "cookie" => Self::Cookie,
            "cookie-abroad" => Self::CookieAbroad,
            "disclosure" => Self::Disclosure,
            "feed" => Self::Feed,
            _ => return None,
        })
    }
}

/// Looks for several strings at once.
pub(crate) enum Finder {
    /// By vector instructions.
    Packed(Searcher),
    /// Where the machine has none.
    Automaton(AhoCorasick),
    /// Never: the lists are short.
    Nothing,
}

impl Finder {
    fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        if let Some(packed) = Searcher::new(names.clone()) {
            return Self::Packed(packed);
        }
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(names)
            .map_or(Self::Nothing, Self::Automaton)
    }

    /// The first of the strings in `text`: its number, and where it ends.
    fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        let hit = match self {
            Self::Packed(packed) => packed.find(text),
            Self::Automaton(automaton) => automaton.find(text),
            Self::Nothing => None,
        }?;
        Some((hit.pattern().as_usize(), hit.end()))
    }

    /// Whether one of the strings is in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text.as_bytes()).is_some()
    }

    /// Whether one of the strings is in `text` as it is in lower case (capitals beyond ASCII stay).
    pub fn is_in_lower_case_of(&self, text: &str) -> bool {
        let mut room = [0; 256];
        match room.get_mut(..text.len()) {
            Some(lower) => {
                lower.copy_from_slice(text.as_bytes());
                lower.make_ascii_lowercase();
                self.find(lower).is_some()
            }
            None => self.is_in(&text.to_ascii_lowercase()),
        }
    }
}

/// Looks for stems.
struct StemFinder {
    of: Vec<Of>,
    finder: Finder,
}

impl StemFinder {
    /// Looks for the stems of the lists whose names begin so.
    fn new(letters: &str) -> Self {
        let stems =
            PARTS.iter().filter_map(|(list, stem)| Some((Of::named(list.strip_prefix(letters)?)?, *stem)));
        Self {
            of: stems.clone().map(|(of, _)| of).collect(),
            finder: Finder::new(stems.map(|(_, stem)| stem)),
        }
    }

    /// What is found in `source`, with where it ends.
    fn each_in(&self, source: &str) -> impl Iterator<Item = (Of, usize)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (number, end) = self.finder.find(source.as_bytes().get(at..).unwrap_or_default())?;
            at += end;
            Some((*self.of.get(number)?, at))
        })
    }
}

static FINDERS: LazyLock<[StemFinder; 3]> =
    LazyLock::new(|| ["ascii-", "latin-", "other-"].map(StemFinder::new));

/// What `block_parts.toml` lists, with the names of the lists: read once for all of them.
static PARTS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut parts = Vec::with_capacity(192);
    for_each_listed(BLOCK_PARTS, |list, part| parts.push((list, part)));
    parts
});

/// The parts of a list, in its order.
pub(crate) fn parts_of(name: &str) -> impl Iterator<Item = &'static str> + Clone {
    PARTS.iter().filter(move |(list, _)| *list == name).map(|(_, part)| *part)
}

macro_rules! finders {
    ($($(#[$doc:meta])* $name:ident: $list:literal;)*) => {
        $($(#[$doc])* pub(crate) static $name: LazyLock<Finder> = LazyLock::new(|| Finder::new(parts_of($list)));)*

        /// Makes the finders.
        pub(crate) fn prepare() {
            LazyLock::force(&FINDERS);
            $(LazyLock::force(&$name);)*
        }
    };
}

finders! {
    /// Scripts that draw share buttons.
    SHARE_SCRIPTS: "share-scripts";
    /// Scripts that load a comment thread.
    COMMENT_LOADERS: "comment-loaders";
    /// Comments beside share buttons, in lower case.
    SHARE_COMMENTS: "share-comments";
    /// Addresses of sign-up forms, in lower case.
    SIGN_UP: "sign-up";
    /// Addresses of frames that hold a sign-up form, in lower case.
    SIGN_UP_FRAMES: "sign-up-frames";
    /// Addresses that post a sentence.
    POSTS_A_SENTENCE: "posts-a-sentence";
}

impl Stems {
    /// The signs that they are.
    pub fn signs(self) -> Signs {
        Signs::COOKIE
            .only_if(self.cookie)
            .or(Signs::DISCLOSURE.only_if(self.disclosure))
            .or(Signs::FEED.only_if(self.feed))
    }

    /// Adds one that was found in a block that is ASCII, or not.
    fn add(&mut self, of: Of, is_ascii: bool) {
        match of {
            Of::Cookie => self.cookie = true,
            Of::CookieAbroad => self.cookie |= !is_ascii,
            Of::Disclosure => self.disclosure = true,
            Of::Feed => self.feed = true,
        }
    }
}

/// Where the stems of ASCII stand in what a round looks at: one search for all blocks.
#[derive(Debug)]
pub(crate) struct StemMap {
    /// Where was searched, ascending.
    stretches: Vec<Span>,
    /// What was found, and where it ends, ascending.
    found: Vec<(usize, Of)>,
}

impl Gather for StemMap {
    fn gather(document: Document<'_>, _: &Settings, zone: &Zone) -> Self {
        let whole = [Span::new(0, document.text.len())];
        let stretches = zone.stretches().unwrap_or(&whole).to_vec();
        let [ascii, ..] = &*FINDERS;
        let mut found = Vec::new();
        for stretch in &stretches {
            let here = ascii.each_in(document.slice(*stretch));
            found.extend(here.map(|(of, end)| (stretch.start + end, of)));
        }
        Self { stretches, found }
    }
}

impl StemMap {
    /// The stems in a block with that span and source; `is_ascii`: nothing else is in it.
    pub fn of(&self, span: Span, source: &str, is_ascii: bool) -> Stems {
        let [ascii, latin, other] = &*FINDERS;
        let mut stems = Stems::default();
        let stretch = self.stretches.partition_point(|s| s.end < span.end);
        if self.stretches.get(stretch).is_some_and(|s| s.start <= span.start) {
            // no stem reaches over the beginning of a block
            let first = self.found.partition_point(|(end, _)| *end <= span.start);
            let here = self.found.get(first..).unwrap_or_default();
            here.iter().take_while(|(end, _)| *end <= span.end).for_each(|(_, of)| stems.add(*of, is_ascii));
        } else {
            ascii.each_in(source).for_each(|(of, _)| stems.add(of, is_ascii));
        }
        if !is_ascii {
            let scripts = Scripts::of(source);
            for (finder, _) in [(latin, scripts.latin), (other, scripts.other)].iter().filter(|(_, has)| *has)
            {
                finder.each_in(source).for_each(|(of, _)| stems.add(of, is_ascii));
            }
        }
        stems
    }
}

/// Which letters beyond ASCII a text may have.
struct Scripts {
    /// Latin ones: U+00C0 to U+017F.
    latin: bool,
    /// Any others.
    other: bool,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let (mut latin, mut other) = (false, false);
        for byte in text.bytes() {
            latin |= matches!(byte, 0xc3..=0xc5);
            // dashes, quotes and other signs begin with 0xE2
            other |= byte > 0xc5 && byte != 0xe2;
        }
        Self { latin, other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_read_and_no_part_stands_in_one_twice() {
        let finders = [
            "share-scripts",
            "comment-loaders",
            "share-comments",
            "sign-up",
            "sign-up-frames",
            "posts-a-sentence",
            "codes",
            "app-shops",
        ];
        let mut seen = std::collections::HashSet::new();
        for (list, part) in &*PARTS {
            let of = ["ascii-", "latin-", "other-"].iter().find_map(|letters| list.strip_prefix(letters));
            assert!(
                finders.contains(list) || of.is_some_and(|of| Of::named(of).is_some()),
                "nobody reads {list}"
            );
            assert!(seen.insert((list, part)) && !part.is_empty(), "{list}: {part}");
        }
        assert!(finders.iter().all(|list| parts_of(list).next().is_some()));
        let [ascii, latin, other] = &*FINDERS;
        assert!([ascii, latin, other].iter().all(|stems| stems.of.len() >= 10));
        assert!(ascii.of.iter().zip(parts_of("ascii-feed")).all(|(of, _)| *of == Of::Feed));
    }
}
