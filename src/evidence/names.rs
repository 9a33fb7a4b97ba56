//! Classes, ids and other names of elements that speak of advertising. Owns cutting names into parts and weighing these.

use crate::data::{AD_WORDS, WordTable, for_each_listed, listed};
use std::sync::LazyLock;

/// What part of a name speaks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Advertising by itself.
    Token,
    /// Advertising beside a companion.
    Weak,
    /// What makes a weak one strong.
    Companion,
    /// As a whole name: the box that a plug-in draws round a product.
    Box,
}

/// What the class of a box that a plug-in draws round a product weighs.
pub(crate) const PRODUCT_BOX: i16 = 10;

/// The parts of names that are known.
#[derive(Default)]
struct Names {
    table: WordTable,
    /// By their number in `table`.
    parts: Vec<Part>,
    /// For the last five bits of a part's first letter: the lengths that such parts have, as bits.
    lengths: [u64; 32],
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for_each_listed(AD_WORDS, |list, word| match list {
        "tokens" => names.add_part(word, Part::Token),
        "weak" => names.add_part(word, Part::Weak),
        "companions" => names.add_part(word, Part::Companion),
        "boxes" => names.add_part(word, Part::Box),
        _ => {}
    });
    names
});

/// Reads the list, so that the first text does not wait for it.
pub(super) fn prepare() {
    LazyLock::force(&NAMES);
}

impl Names {
    fn add_part(&mut self, name: &'static str, part: Part) {
        let number = self.table.number(name);
        match self.parts.get_mut(number) {
            Some(known) if (part as u8) < *known as u8 => *known = part,
            Some(_) => {}
            None => self.parts.push(part),
        }
        let (slot, bit) = Self::length_of(name);
        self.lengths[slot] |= bit;
    }

    /// Where a part's length is noted.
    fn length_of(part: &str) -> (usize, u64) {
        let first = part.as_bytes().first().copied().unwrap_or_default();
        (usize::from(first & 31), 1 << part.len().min(63))
    }

    /// What a part of a name is, without regard to the case of ASCII letters.
    fn part(&self, part: &str) -> Option<Part> {
        let (slot, bit) = Self::length_of(part);
        if self.lengths[slot] & bit == 0 {
            return None;
        }
        self.parts.get(self.table.get(part)?).copied()
    }
}

/// How much a class, an id, a name of an attribute speaks for an ad, by its whole parts: 0 to 6, or [`PRODUCT_BOX`].
pub(crate) fn token_weight(value: &str) -> i16 {
    if value.is_empty() || value.len() > 400 {
        return 0;
    }
    let names = &*NAMES;
    let mut weight = 0;
    for name in value.split_ascii_whitespace() {
        let mut found = Found::default();
        if name.is_ascii() {
            for_each_part(name, |part| found.count(names, part));
        } else {
            for part in parts(name) {
                found.count(names, &part);
            }
        }
        let whole = names.part(name);
        if whole == Some(Part::Box) {
            return PRODUCT_BOX;
        }
        let all =
            whole == Some(Part::Token) || name.eq_ignore_ascii_case("ad") || name.eq_ignore_ascii_case("ads");
        let w = match (found.strong, found.weak, found.companion) {
            _ if all => 5,
            (1.., _, true) | (2.., _, _) => 5,
            (1.., 1.., _) => 5,
            (1.., _, _) => 4,
            (0, 1.., true) => 4,
            (0, 1.., false) => 2,
            _ => 0,
        };
        weight = weight.max(w);
    }
    weight
}

/// What the parts of a name are.
#[derive(Default)]
struct Found {
    strong: u32,
    weak: u32,
    companion: bool,
}

impl Found {
    fn count(&mut self, names: &Names, part: &str) {
        match names.part(part) {
            Some(Part::Token) => self.strong += 1,
            Some(Part::Weak) => {
                self.weak += 1;
                self.companion |= self.weak > 1;
            }
            Some(Part::Companion) => self.companion = true,
            Some(Part::Box) | None => {
                self.companion |= part.starts_with(|c: char| c.is_ascii_digit())
                    && (is_size(part) || part.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}

/// Calls `take` with the parts of a name of ASCII characters, as written.
fn for_each_part(name: &str, mut take: impl FnMut(&str)) {
    let bytes = name.as_bytes();
    let mut from = 0;
    let mut small = false;
    for at in 0..=bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        let cuts = !byte.is_ascii_alphanumeric();
        if (cuts || byte.is_ascii_uppercase() && small) && from < at {
            take(without_number(name.get(from..at).unwrap_or_default()));
            from = at;
        }
        if cuts {
            from = at + 1;
        }
        small = byte.is_ascii_lowercase();
    }
}

/// A part without the digits behind its letters.
fn without_number(part: &str) -> &str {
    let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() >= 2 { word } else { part }
}

/// The parts of a name in lower case: cut at what is no letter or digit, and where a capital follows a small letter.
fn parts(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut part = String::new();
    let mut small = false;
    for c in name.chars() {
        let cut = !c.is_alphanumeric() || c.is_uppercase() && small;
        if cut && !part.is_empty() {
            out.push(std::mem::take(&mut part));
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    if !part.is_empty() {
        out.push(part);
    }
    for p in &mut out {
        p.truncate(without_number(p).len());
    }
    out
}

fn is_size(part: &str) -> bool {
    part.split_once(['x', 'X']).is_some_and(|(w, h)| {
        [w, h].iter().all(|n| (2..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// Whether an id is that of a count of readers with the words round it.
pub(crate) fn is_counter(id: &str) -> bool {
    static BEGINNINGS: LazyLock<Vec<&str>> = LazyLock::new(|| listed(AD_WORDS, "counters"));
    BEGINNINGS.iter().any(|begins| id.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_whole_names() {
        for class in ["aawp", "row lasso-display", "Kattene", "amazon-item-box no-icon"] {
            assert_eq!(token_weight(class), PRODUCT_BOX, "{class}");
        }
        for class in ["lasso", "lasso-tool", "egg-container", "kattene__title", "aawp-link"] {
            assert!(token_weight(class) < 4, "{class}");
        }
        assert!(is_counter("busuanzi_container_page_pv") && !is_counter("busuanzi_value_page_pv"));
    }

    #[test]
    fn class_names_count_by_whole_parts() {
        for class in [
            "ad-slot",
            "text-ad-content",
            "AdContainer",
            "adsbygoogle",
            "box-adv",
            "reklama-block",
            "widget ad_area",
            "div-gpt-ad-1234-0",
            "publicidad",
        ] {
            assert!(token_weight(class) >= 4, "{class}");
        }
        for class in [
            "ad-users",
            "header",
            "download",
            "adaptive",
            "shadow",
            "reading-road",
            "gadget",
            "load-more",
            "promo",
            "cascade",
        ] {
            assert!(token_weight(class) < 4, "{class}");
        }
    }
}
