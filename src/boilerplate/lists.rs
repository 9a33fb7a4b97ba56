//! [`Lists`]: words of `data/boilerplate_words.toml` that are looked for as they are, or as parts of a text. Owns those questions;
//! phrases with openings and patterns are [`words`](super::words)'.

use super::words::lists;

/// What the words of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Parts of words by which a text speaks of links, or of who pays for them.
    Links,
    /// What fields for an address say.
    Field,
    /// What the buttons below a question say: «yes», «no».
    Answer,
    /// What themes write above the links to the post before and the post after.
    Navigation,
    /// What stands above and below the text of a placeholder: its title, its buttons.
    PlaceholderPart,
    /// Parts of the names of policies on privacy and cookies.
    Policy,
    /// Parts of words by which a notice asks to agree.
    Agree,
    /// Labels of ads that are hardly anything else where they stand alone.
    LabelOnly,
    /// How the comments of editors begin.
    Editor,
    /// What the button says that copies an address.
    Copy,
    /// What stands beside that button.
    BesideCopy,
    /// How a text speaks of itself, or of what it has.
    Own,
}

impl List {
    const COUNT: usize = List::Own as usize + 1;

    /// The list of a kind in the data file.
    pub fn named(kind: &str) -> Option<Self> {
        Some(match kind {
            "links" => Self::Links,
            "field" => Self::Field,
            "answer" => Self::Answer,
            "navigation" => Self::Navigation,
            "placeholder-part" => Self::PlaceholderPart,
            "policy" => Self::Policy,
            "agree" => Self::Agree,
            "ad-label-only" => Self::LabelOnly,
            "editor" => Self::Editor,
            "copy" => Self::Copy,
            "beside-copy" => Self::BesideCopy,
            "disclosure-own" => Self::Own,
            _ => return None,
        })
    }
}

/// The lists, each as the file has it.
#[derive(Debug, Default)]
pub(super) struct Lists([Vec<&'static str>; List::COUNT]);

impl Lists {
    pub fn extend(&mut self, list: List, words: impl Iterator<Item = &'static str>) {
        self.0[list as usize].extend(words);
    }

    fn of(&self, list: List) -> &[&'static str] {
        &self.0[list as usize]
    }

    /// Whether `text` is one of its words.
    fn has(&self, list: List, text: &str) -> bool {
        self.of(list).contains(&text)
    }

    /// Whether one of its words is in `text`.
    fn has_part_of(&self, list: List, text: &str) -> bool {
        self.of(list).iter().any(|word| text.contains(word))
    }
}

/// Whether `text` (folded) speaks of itself or of what it has: rules, judgements and questions speak of paid links too.
pub(super) fn speaks_of_itself(text: &str) -> bool {
    lists().has_part_of(List::Own, text)
}

/// Whether `text` (folded) speaks of links, or of who pays for them: banks take commissions too.
pub(super) fn speaks_of_links(text: &str) -> bool {
    lists().has_part_of(List::Links, text)
}

/// Whether `text` (folded) is what a field for a mail address says.
pub(crate) fn asks_for_address(text: &str) -> bool {
    lists().has(List::Field, text)
}

/// Whether `word` (folded) is what a button below a question says.
pub(crate) fn answers(word: &str) -> bool {
    lists().has(List::Answer, word)
}

/// Whether `text` (folded) is the heading of the links to the post before and the post after.
pub(crate) fn is_navigation(text: &str) -> bool {
    lists().has(List::Navigation, text)
}

/// Whether `text` (folded) is the title or a button of what stands where a film or a map was to be loaded.
pub(crate) fn is_placeholder_part(text: &str) -> bool {
    lists().has(List::PlaceholderPart, text)
}

/// Whether `text` (folded) names a policy on privacy or cookies.
pub(crate) fn names_policy(text: &str) -> bool {
    lists().has_part_of(List::Policy, text)
}

/// Whether `text` (folded) asks its reader to agree, or says that to go on is to agree.
pub(crate) fn asks_to_agree(text: &str) -> bool {
    lists().has_part_of(List::Agree, text)
}

/// Whether `text` (folded) is what the button says that copies the address of a page: no article has that in a line of its own.
pub(crate) fn copies_address(text: &str) -> bool {
    lists().has(List::Copy, text)
}

/// Whether `text` (folded) is what stands beside that button: its answer, the name of a network that is a word elsewhere.
pub(crate) fn is_beside_copy(text: &str) -> bool {
    lists().has(List::BesideCopy, text)
}

/// Whether a label of an ad (folded) is hardly anything else where it stands alone.
pub(crate) fn is_label_only(label: &str) -> bool {
    lists().has(List::LabelOnly, label)
}

/// Whether a comment with this text begins as an editor's own notes do.
pub(crate) fn begins_as_editors(text: &str) -> bool {
    let begins = |start: &&str| text.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    lists().of(List::Editor).iter().any(begins)
}
