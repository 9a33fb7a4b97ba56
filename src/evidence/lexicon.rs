//! The words of advertising on pages: labels, calls to action. Owns matching them;
//! must not know what element they stand in.

use super::edge::{Edge, is_rim, is_vowel_mark};
use crate::bytes::any_byte;
use crate::data::{AD_WORDS, CALL_WORDS, for_each_listed};
use crate::hash::Quick;
use crate::script::is_east_asian;
use std::collections::HashSet;
use std::sync::LazyLock;

/// How many words a call to action has besides the phrase that makes it one.
const WORDS_BESIDE_CALL: usize = 5;
/// The longest text that is looked at as a label, in bytes.
pub(crate) const LONGEST_LABEL: usize = 120;
/// The longest text that is looked at as a call to action, in bytes.
const LONGEST_CALL: usize = 160;
/// The longest word in brackets before a call, in bytes.
const LONGEST_TAG: usize = 24;

type Words = HashSet<&'static str, Quick>;

#[derive(Default)]
struct Lexicon {
    labels: Words,
    /// How labels begin.
    label_beginnings: Edge,
    starts: Words,
    start_beginnings: Edge,
    start_lengths: Lengths,
    ends: Words,
    end_endings: Edge,
    end_lengths: Lengths,
    /// Ends that titles have too.
    adverbs: Words,
    /// The first words of the starts.
    first_words: Words,
    offers: Words,
    /// Parts of headings over those who pay for a project.
    sponsors: Vec<&'static str>,
    /// How sentences end, without a colon, that say that something follows.
    announcements: Vec<&'static str>,
}

/// The lengths of phrases in bytes, as bits.
#[derive(Default)]
struct Lengths(u128);

impl Lengths {
    fn add(&mut self, length: usize) {
        self.0 |= 1 << length.min(127);
    }

    fn has(&self, length: usize) -> bool {
        length < 127 && self.0 & 1 << length != 0
    }
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for word in ["erid", "реклама"] {
        lexicon.label_beginnings.add_beginning(word);
    }
    for_each_listed(AD_WORDS, |list, word| match list {
        "labels" => {
            lexicon.label_beginnings.add_beginning(word);
            lexicon.labels.insert(word);
        }
        "sponsors" => lexicon.sponsors.push(word),
        "announcements" => lexicon.announcements.push(word),
        _ => {}
    });
    for_each_listed(CALL_WORDS, |list, word| {
        match list {
            "starts" => {
                lexicon.start_beginnings.add_beginning(word);
                lexicon.start_lengths.add(word.len());
                lexicon.first_words.extend(word.split(' ').next());
                lexicon.starts.insert(word)
            }
            "ends" | "adverbs" => {
                lexicon.end_endings.add_ending(word);
                lexicon.end_lengths.add(word.len());
                if list == "adverbs" {
                    lexicon.adverbs.insert(word);
                }
                lexicon.ends.insert(word)
            }
            _ => lexicon.offers.insert(word),
        };
    });
    lexicon
});

/// Reads the lists, so that the first text does not wait for them.
pub(crate) fn prepare() {
    LazyLock::force(&LEXICON);
}

/// `text` as labels and calls are compared: lower case, white space folded, without what is no letter or digit at its ends.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim_matches(is_rim);
    if is_evenly_spaced(text) {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        match c {
            '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
            '’' => out.push('\''),
            c if is_vowel_mark(c) => {}
            c if c.is_uppercase() => out.extend(c.to_lowercase()),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text is of ASCII characters, with no white space but single blanks.
pub(crate) fn is_evenly_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    !any_byte(bytes, |b| !(b' '..=b'~').contains(&b))
        && pairs.fold(0, |any, (a, b)| any | u8::from((*a == b' ') & (*b == b' '))) == 0
}

/// Whether the words of a heading name those who pay for a project.
pub(super) fn names_sponsors(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    LEXICON.sponsors.iter().any(|name| heading.contains(name))
}

/// Whether a sentence says that something follows.
pub(super) fn announces(sentence: &str) -> bool {
    let sentence = sentence.trim_end().trim_end_matches(['。', '.']);
    sentence.ends_with([':', '：']) || LEXICON.announcements.iter().any(|end| sentence.ends_with(end))
}

/// Whether `text` is nothing but the label of an ad: «Advertisement», «Anzeige:», «— 広告 —», an advertiser's id as the law asks for it.
pub(crate) fn is_label(text: &str) -> bool {
    if text.is_empty() || text.len() > LONGEST_LABEL || !may_be_label(text, true) {
        return false;
    }
    let text = folded(text);
    if text.is_empty() {
        return false;
    }
    let words = &LEXICON.labels;
    words.contains(text.as_str()) || is_advertiser_id(&text) || {
        // «Ad · Sponsored», «Anzeige – Affiliate-Link»: a hyphen may be of a word
        let is_hyphenated = |part: &str| {
            part.contains('-') && part.split('-').map(str::trim).all(|p| p.is_empty() || words.contains(p))
        };
        let mut parts = text
            .split(['|', '·', '•', '/', '–', '—', ':', '(', ')', '［', '］', '【', '】'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .peekable();
        parts.peek().is_some() && parts.all(|p| words.contains(p) || is_hyphenated(p))
    }
}

/// Whether a label may begin as `text` does: a glance. If not `whole`, it may end within a word.
pub(crate) fn may_be_label(text: &str, whole: bool) -> bool {
    // an advertiser's id may be glued to its name
    let names_id =
        || text.trim_start_matches(is_rim).get(..4).is_some_and(|w| w.eq_ignore_ascii_case("erid"));
    LEXICON.label_beginnings.may_begin(text, whole) || names_id()
}

/// `erid: 2Vtzqw…`, and the line «Реклама. ООО … ИНН …» that Russian law asks for.
fn is_advertiser_id(text: &str) -> bool {
    let id = |s: &str| s.trim_start_matches([':', ' ']).bytes().all(|b| b.is_ascii_alphanumeric());
    text.strip_prefix("erid").is_some_and(|rest| rest.len() > 4 && id(rest))
        || text.starts_with("реклама") && (text.contains("инн") || text.contains("erid"))
}

/// `text` without the word in brackets that Japanese, Chinese and Korean buttons have before their call: «【公式】今すぐ申し込む».
fn without_tag(text: &str) -> &str {
    let Some(inside) = text.trim_start().strip_prefix('【') else { return text };
    match inside.split_once('】') {
        Some((tag, call)) if tag.len() <= LONGEST_TAG && !call.trim().is_empty() => call,
        _ => text,
    }
}

/// Whether `text` is nothing but a call to action: «Download now», «Zum Angebot», «今すぐ購入 »».
pub(crate) fn is_call_to_action(text: &str) -> bool {
    let lexicon = &*LEXICON;
    if text.is_empty() || text.len() > LONGEST_CALL {
        return false;
    }
    let text = without_tag(text);
    let (begins, ends) = (may_begin_call(text, true), may_end_call(text, true));
    if !begins && !ends {
        return false;
    }
    let points = ends_in_arrow(text);
    let text = folded(text);
    if text.is_empty() {
        return false;
    }
    let wide = !text.is_ascii() && text.chars().any(is_east_asian);
    if points {
        // a button that points somewhere may say what is there
        return if wide { text.chars().count() <= 30 } else { text.split_whitespace().count() <= 8 };
    }
    let beside = |rest: &str| {
        if wide {
            rest.chars().filter(|c| c.is_alphanumeric()).count() <= 12
        } else {
            rest.split_whitespace().count() <= WORDS_BESIDE_CALL
        }
    };
    if begins {
        // the folded text does not end in a blank, and behind one the words before it are the same
        let places =
            boundaries(&text).filter(|&(_, before, _)| before != ' ').map(|(at, _, count)| (at, count));
        for (at, _) in places.take_while(|&(at, count)| count < CALL_CHARACTERS && at <= LONGEST_LISTED) {
            if lexicon.start_lengths.has(at) && lexicon.starts.contains(&text[..at]) && beside(&text[at..]) {
                return true;
            }
        }
        if text.len() <= LONGEST_LISTED && lexicon.starts.contains(text.as_str()) {
            return text.chars().nth(CALL_CHARACTERS).is_none();
        }
    }
    if !ends {
        return false;
    }
    let few = if wide { text.chars().count() <= 14 } else { text.split_whitespace().count() <= 4 };
    // «The Power of Now»
    let orders = || text.split_whitespace().next().is_some_and(|word| lexicon.first_words.contains(word));
    few && boundaries(&text)
        .filter(|&(at, _, _)| text.len() - at <= LONGEST_LISTED)
        .map(|(at, _, _)| text[at..].trim_start())
        .any(|end| {
            lexicon.end_lengths.has(end.len())
                && lexicon.ends.contains(end)
                && (!lexicon.adverbs.contains(end) || orders())
        })
}

/// Whether a call to action may begin as `text` does: a glance. If not `whole`, it may end within a word.
pub(crate) fn may_begin_call(text: &str, whole: bool) -> bool {
    LEXICON.start_beginnings.may_begin(without_tag(text), whole)
}

/// Whether a call to action may end as `text` does: a glance. If not `whole`, it may begin within a word.
pub(crate) fn may_end_call(text: &str, whole: bool) -> bool {
    LEXICON.end_endings.may_end(text, whole) || ends_in_arrow(text)
}

/// Whether `text` ends in an arrow to the right, as buttons do.
fn ends_in_arrow(text: &str) -> bool {
    !text.is_ascii() && text.trim_end().ends_with(['→', '➡', '➜', '➔', '▶', '►', '⇒', '≫'])
}

/// How many beginnings of a text, by characters, may be a call to action.
const CALL_CHARACTERS: usize = 48;
/// No start or end of a call is longer, in bytes.
const LONGEST_LISTED: usize = 80;

/// Where a word may end in `text`, but for its beginning and end: the byte, the character before it, and how many places for characters lie
/// before it.
fn boundaries(text: &str) -> impl Iterator<Item = (usize, char, usize)> + '_ {
    let mut before: Option<char> = None;
    text.char_indices().enumerate().filter_map(move |(count, (at, c))| {
        let last = before.replace(c)?;
        let cuts = !last.is_alphanumeric() || !c.is_alphanumeric() || is_east_asian(last) || is_east_asian(c);
        cuts.then_some((at, last, count - 1))
    })
}

/// Whether `text` is a call to action as such, without a product's name, a shop's or a price: «Download now», not «View deal».
pub(crate) fn is_bare_call(text: &str) -> bool {
    let text = without_tag(text);
    if !LEXICON.start_beginnings.may_begin(text, true) {
        return false;
    }
    let text = folded(text);
    LEXICON.starts.contains(text.as_str()) && !LEXICON.offers.contains(text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_passes_its_filter() {
        let lexicon = &*LEXICON;
        for word in &lexicon.labels {
            let capitals = word.to_uppercase();
            assert!(may_be_label(word, true), "{word}");
            let line = format!("— {capitals} :");
            assert!(may_be_label(&line, true) || capitals.to_lowercase() != *word, "{word}");
        }
        for word in &lexicon.starts {
            assert!(lexicon.start_beginnings.may_begin(word, true), "{word}");
            assert!(lexicon.start_beginnings.may_begin(&format!("» {word} 7"), true), "{word}");
        }
        for word in &lexicon.ends {
            assert!(lexicon.end_endings.may_end(word, true), "{word}");
            assert!(lexicon.end_endings.may_end(&format!("x {word} »"), true), "{word}");
        }
        assert!(lexicon.starts.iter().chain(&lexicon.ends).all(|w| w.len() <= LONGEST_LISTED));
    }

    #[test]
    fn labels_of_many_languages() {
        for label in [
            "Advertisement",
            "— ANZEIGE —",
            "Publicité :",
            "[広告]",
            "Реклама",
            "Ad · Sponsored",
            "erid: 2VtzqwQ1abc",
            "PUBBLICITÀ",
        ] {
            assert!(is_label(label), "{label}");
        }
        for text in ["Advertisement rates rose in May", "The ad", "", "Werbung im Fernsehen", "Close"] {
            assert!(!is_label(text), "{text}");
        }
    }

    #[test]
    fn calls_to_action_of_many_languages() {
        for call in [
            "Download Now",
            "Jetzt kaufen!",
            "➡ Voir l’offre",
            "【公式】今すぐ申し込む",
            "Купить сейчас",
            "今すぐ購入",
            "点击领取优惠",
            "View On Amazon $55",
            "Get yours here »",
            "Satın al",
        ] {
            assert!(is_call_to_action(call), "{call}");
        }
        for text in [
            "The Pragmatic Programmer",
            "Downloading drivers is the slow way",
            "レバテックカレッジ",
            "The Power of Now",
            "El poder del ahora",
            "Apocalypse Now",
            "Reinstall Device Driver",
            "野田琺瑯の容器",
        ] {
            assert!(!is_call_to_action(text), "{text}");
        }
    }
}
