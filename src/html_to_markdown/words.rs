//! Words by which HTML says more than its tags, as data: parts of class names, class names, attributes, file names. Owns reading
//! `html_words.toml`; must not judge elements.

use crate::data::{HTML_WORDS, for_each_listed};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word is known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Telling,
    Plain,
    Spacer,
    NotDrawn,
    Icon,
    Embed,
    PageBreak,
    Counted,
    ShownByScript,
    SignFont,
    DrawnCode,
    LazyAddress,
    OtherAddress,
    AddressSet,
    Placeholder,
}

impl Known {
    const COUNT: usize = 15;

    fn of_list(name: &str) -> Option<Self> {
        Some(match name {
            "telling" => Self::Telling,
            "plain" => Self::Plain,
            "spacers" => Self::Spacer,
            "not-drawn" => Self::NotDrawn,
            "icons" => Self::Icon,
            "embeds" => Self::Embed,
            "page-breaks" => Self::PageBreak,
            "counted" => Self::Counted,
            "shown-by-script" => Self::ShownByScript,
            "sign-fonts" => Self::SignFont,
            "drawn-code" => Self::DrawnCode,
            "lazy-addresses" => Self::LazyAddress,
            "other-addresses" => Self::OtherAddress,
            "address-sets" => Self::AddressSet,
            "placeholders" => Self::Placeholder,
            _ => return None,
        })
    }
}

#[derive(Default)]
struct Table {
    /// What each word is known for, a bit each.
    whole: HashMap<&'static str, u16>,
    /// How words begin that are known for something.
    beginnings: Vec<(&'static str, Known)>,
    lists: [Vec<&'static str>; Known::COUNT],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for_each_listed(HTML_WORDS, |name, word| {
        let Some(known) = Known::of_list(name) else { return };
        match word.strip_suffix('*') {
            Some(beginning) => table.beginnings.push((beginning, known)),
            None => *table.whole.entry(word).or_default() |= bits(&[known]),
        }
        if let Some(list) = table.lists.get_mut(known as usize) {
            list.push(word);
        }
    });
    table
});

/// What words are known for, a bit each.
const fn bits(of: &[Known]) -> u16 {
    let (mut bits, mut at) = (0, 0);
    while at < of.len() {
        bits |= 1 << of[at] as u16;
        at += 1;
    }
    bits
}

fn bits_of(word: &str) -> u16 {
    let table = &*TABLE;
    let has_capitals = word.bytes().any(|b| b.is_ascii_uppercase());
    let lower: Cow<'_, str> =
        if has_capitals { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) };
    let whole = table.whole.get(&*lower).copied().unwrap_or(0);
    let begun = table.beginnings.iter().filter(|(beginning, _)| lower.starts_with(beginning));
    begun.fold(whole, |all, (_, known)| all | bits(&[*known]))
}

/// Whether `word` (in any case) is known for that.
pub(crate) fn is(word: &str, known: Known) -> bool {
    bits_of(word) & bits(&[known]) != 0
}

/// Whether a class name says something by itself, or by a part of it.
pub(crate) fn is_telling(class: &str) -> bool {
    const WHOLE: u16 =
        bits(&[Known::NotDrawn, Known::Icon, Known::Embed, Known::PageBreak, Known::Counted, Known::Telling]);
    let whole = bits_of(class);
    if whole & bits(&[Known::Plain]) != 0 {
        return false;
    }
    whole & WHOLE != 0
        || class
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| part.len() < class.len() && is(part, Known::Telling))
}

/// Whether one of the class names in the value of an attribute is known for that.
pub(crate) fn has_class(value: &str, known: Known) -> bool {
    value.split_ascii_whitespace().any(|class| is(class, known))
}

/// All words that are known for that.
pub(crate) fn all(known: Known) -> &'static [&'static str] {
    TABLE.lists.get(known as usize).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_known() {
        let mut names = Vec::new();
        for_each_listed(HTML_WORDS, |name, word| {
            assert!(Known::of_list(name).is_some(), "{name}");
            assert_eq!(word, word.to_lowercase());
            names.push(name);
        });
        names.dedup();
        assert_eq!(names.len(), Known::COUNT);
    }

    #[test]
    fn words_and_beginnings() {
        assert!(is("Screen-Reader-Text", Known::NotDrawn));
        assert!(is("material-symbols-outlined", Known::Icon));
        assert!(!is("material", Known::Icon));
        assert!(has_class("a pagebreak", Known::PageBreak));
    }
}
