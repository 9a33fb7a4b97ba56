//! The words of advertising on pages: labels, parts of class names, calls to action. Owns matching them;
//! must not know what element they stand in.

use crate::data::{AD_WORDS, CALL_WORDS, for_each_listed};
use crate::hash::Quick;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How many words a call to action has besides the phrase that makes it one.
const WORDS_BESIDE_CALL: usize = 5;
/// The longest text that is looked at as a label, in bytes.
pub(crate) const LONGEST_LABEL: usize = 120;
/// The longest text that is looked at as a call to action, in bytes.
const LONGEST_CALL: usize = 160;

type Words = HashSet<&'static str, Quick>;

/// What part of a name speaks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Advertising by itself.
    Token,
    /// Advertising beside a companion.
    Weak,
    /// What makes a weak one strong.
    Companion,
}

#[derive(Default)]
struct Lexicon {
    labels: Words,
    label_beginnings: Beginnings,
    parts: HashMap<&'static str, Part, Quick>,
    starts: Words,
    start_beginnings: Beginnings,
    ends: Words,
    offers: Words,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for word in ["erid", "реклама"] {
        lexicon.label_beginnings.add(word);
    }
    for_each_listed(AD_WORDS, |list, word| {
        let part = match list {
            "tokens" => Part::Token,
            "weak" => Part::Weak,
            "companions" => Part::Companion,
            _ => {
                lexicon.label_beginnings.add(word);
                lexicon.labels.insert(word);
                return;
            }
        };
        let known = lexicon.parts.entry(word).or_insert(part);
        if (part as u8) < *known as u8 {
            *known = part;
        }
    });
    for_each_listed(CALL_WORDS, |list, word| {
        match list {
            "starts" => {
                lexicon.start_beginnings.add(word);
                lexicon.starts.insert(word)
            }
            "ends" => lexicon.ends.insert(word),
            _ => lexicon.offers.insert(word),
        };
    });
    lexicon
});

/// Reads the lists, so that the first text does not wait for them.
pub(crate) fn prepare() {
    LazyLock::force(&LEXICON);
}

/// The first two characters of words, as a filter: what it lets pass may still be none.
struct Beginnings([u64; 64]);

impl Default for Beginnings {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Beginnings {
    fn place(first: char, second: char) -> (usize, u64) {
        let mixed =
            (u32::from(first).wrapping_mul(0x9e37) ^ u32::from(second)).wrapping_mul(0x9e37_79b1) >> 20;
        (mixed as usize >> 6, 1 << (mixed & 63))
    }

    fn add(&mut self, word: &str) {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return };
        let (slot, bit) = Self::place(first, chars.next().unwrap_or('\0'));
        self.0[slot] |= bit;
    }

    fn has(&self, first: char, second: char) -> bool {
        let (slot, bit) = Self::place(first, second);
        self.0.get(slot).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether one of the words may stand at the beginning of what [`folded`] makes of `text`.
    fn may_begin(&self, text: &str) -> bool {
        let mut chars = text.chars().filter(|&c| !is_vowel_mark(c)).skip_while(|&c| is_rim(c));
        let Some(first) = chars.next() else { return false };
        let (Some(first), Some(second)) = (small(first), small(chars.next().unwrap_or('\0'))) else {
            return true;
        };
        self.has(first, second) || self.has(first, '\0')
    }
}

/// A character as [`folded`] makes it, if one comes of it.
fn small(c: char) -> Option<char> {
    match c {
        'a'..='z' => Some(c),
        '’' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        c if c.is_uppercase() => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.next().is_none())
        }
        c => Some(c),
    }
}

/// The marks that Arabic and Hebrew may be written with or without, and the stroke that stretches Arabic words.
fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

/// What does not count at the ends of a label or a call.
fn is_rim(c: char) -> bool {
    !c.is_alphanumeric() && c != '%'
}

/// `text` as labels and calls are compared: lower case, white space folded, without what is no letter or digit at its ends.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim_matches(is_rim);
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

/// Whether `text` is nothing but the label of an ad: «Advertisement», «Anzeige:», «— 広告 —», an advertiser's id as the law asks for it.
pub(crate) fn is_label(text: &str) -> bool {
    if text.is_empty() || text.len() > LONGEST_LABEL || !may_be_label(text) {
        return false;
    }
    let text = folded(text);
    if text.is_empty() {
        return false;
    }
    let words = &LEXICON.labels;
    words.contains(text.as_str()) || is_advertiser_id(&text) || {
        // «Ad · Sponsored», «Werbung | Anzeige»
        let mut parts = text
            .split(['|', '·', '•', '/', '–', '—', ':', '-', '(', ')', '［', '］', '【', '】'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .peekable();
        parts.peek().is_some() && parts.all(|p| words.contains(p))
    }
}

/// Whether a label may begin with the first letters of `text`: a glance.
pub(crate) fn may_be_label(text: &str) -> bool {
    LEXICON.label_beginnings.may_begin(text)
}

/// `erid: 2Vtzqw…`, and the line «Реклама. ООО … ИНН …» that Russian law asks for.
fn is_advertiser_id(text: &str) -> bool {
    let id = |s: &str| s.trim_start_matches([':', ' ']).bytes().all(|b| b.is_ascii_alphanumeric());
    text.strip_prefix("erid").is_some_and(|rest| rest.len() > 4 && id(rest))
        || text.starts_with("реклама") && (text.contains("инн") || text.contains("erid"))
}

/// How much a class, an id, a name of an attribute speaks for an ad, by its whole parts: 0 to 6.
pub(crate) fn token_weight(value: &str) -> i16 {
    if value.is_empty() || value.len() > 400 {
        return 0;
    }
    let lexicon = &*LEXICON;
    let mut weight = 0;
    for name in value.split_ascii_whitespace() {
        let mut found = Found::default();
        if name.is_ascii() {
            for_each_part(name, |part| found.count(lexicon, part));
        } else {
            for part in parts(name) {
                found.count(lexicon, &part);
            }
        }
        let all = lexicon.part(name) == Some(Part::Token)
            || name.eq_ignore_ascii_case("ad")
            || name.eq_ignore_ascii_case("ads");
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
    fn count(&mut self, lexicon: &Lexicon, part: &str) {
        match lexicon.part(part) {
            Some(Part::Token) => self.strong += 1,
            Some(Part::Weak) => {
                self.weak += 1;
                self.companion |= self.weak > 1;
            }
            Some(Part::Companion) => self.companion = true,
            None => self.companion |= is_size(part) || part.bytes().all(|b| b.is_ascii_digit()),
        }
    }
}

/// The longest part of a name that is looked up, in bytes.
const LONGEST_PART: usize = 48;

impl Lexicon {
    /// What a part of a name is, without regard to the case of ASCII letters.
    fn part(&self, part: &str) -> Option<Part> {
        let mut lower = [0_u8; LONGEST_PART];
        let lower = lower.get_mut(..part.len())?;
        lower.copy_from_slice(part.as_bytes());
        lower.make_ascii_lowercase();
        self.parts.get(str::from_utf8(lower).ok()?).copied()
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

/// Whether `text` is nothing but a call to action: «Download now», «Zum Angebot», «今すぐ購入 »».
pub(crate) fn is_call_to_action(text: &str) -> bool {
    if text.is_empty() || text.len() > LONGEST_CALL {
        return false;
    }
    let text = folded(text);
    if text.is_empty() {
        return false;
    }
    let lexicon = &*LEXICON;
    let wide = !text.is_ascii() && text.chars().any(is_wide);
    let beside = |rest: &str| {
        if wide {
            rest.chars().filter(|c| c.is_alphanumeric()).count() <= 12
        } else {
            rest.split_whitespace().count() <= WORDS_BESIDE_CALL
        }
    };
    if lexicon.start_beginnings.may_begin(&text) {
        // the folded text does not end in a blank, and behind one the words before it are the same
        let places =
            boundaries(&text).filter(|&(_, before, _)| before != ' ').map(|(at, _, count)| (at, count));
        for (at, _) in places.take_while(|&(at, count)| count < CALL_CHARACTERS && at <= LONGEST_LISTED) {
            if lexicon.starts.contains(&text[..at]) && beside(&text[at..]) {
                return true;
            }
        }
        if text.len() <= LONGEST_LISTED && lexicon.starts.contains(text.as_str()) {
            return text.chars().nth(CALL_CHARACTERS).is_none();
        }
    }
    let few = if wide { text.chars().count() <= 14 } else { text.split_whitespace().count() <= 4 };
    few && boundaries(&text)
        .filter(|&(at, _, _)| text.len() - at <= LONGEST_LISTED)
        .any(|(at, _, _)| lexicon.ends.contains(text[at..].trim_start()))
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
        let cuts = !last.is_alphanumeric() || !c.is_alphanumeric() || is_wide(last) || is_wide(c);
        cuts.then_some((at, last, count - 1))
    })
}

/// Whether `text` is a call to action as such, without a product's name, a shop's or a price: «Download now», not «View deal».
pub(crate) fn is_bare_call(text: &str) -> bool {
    let text = folded(text);
    LEXICON.starts.contains(text.as_str()) && !LEXICON.offers.contains(text.as_str())
}

/// Whether a character is of a script without blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_passes_its_filter() {
        let lexicon = &*LEXICON;
        for word in &lexicon.labels {
            let capitals = word.to_uppercase();
            assert!(may_be_label(word), "{word}");
            assert!(may_be_label(&format!("— {capitals} :")) || capitals.to_lowercase() != *word, "{word}");
        }
        for word in &lexicon.starts {
            assert!(lexicon.start_beginnings.may_begin(word), "{word}");
        }
        assert!(lexicon.parts.keys().all(|p| p.len() <= LONGEST_PART));
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

    #[test]
    fn calls_to_action_of_many_languages() {
        for call in [
            "Download Now",
            "Jetzt kaufen!",
            "➡ Voir l’offre",
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
            "Reinstall Device Driver",
            "野田琺瑯の容器",
        ] {
            assert!(!is_call_to_action(text), "{text}");
        }
    }
}
