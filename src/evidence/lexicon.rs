//! The words of advertising on pages: labels, parts of class names, calls to action. Owns matching them;
//! must not know what element they stand in.

use std::collections::HashSet;
use std::sync::LazyLock;

/// How many words a call to action has besides the phrase that makes it one.
const WORDS_BESIDE_CALL: usize = 5;
/// The longest text that is looked at as a label, in bytes.
pub(crate) const LONGEST_LABEL: usize = 120;
/// The longest text that is looked at as a call to action, in bytes.
const LONGEST_CALL: usize = 160;

struct Lexicon {
    labels: HashSet<String>,
    tokens: HashSet<String>,
    weak: HashSet<String>,
    companions: HashSet<String>,
    starts: HashSet<String>,
    ends: HashSet<String>,
    offers: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words = lists(include_str!("../data/ad_words.toml"));
    let mut calls = lists(include_str!("../data/cta_words.toml"));
    let mut list = |name: &str| words.remove(name).unwrap_or_default();
    let mut call = |name: &str| calls.remove(name).unwrap_or_default();
    Lexicon {
        labels: list("labels"),
        tokens: list("tokens"),
        weak: list("weak"),
        companions: list("companions"),
        starts: call("starts"),
        ends: call("ends"),
        offers: call("offers"),
    }
});

fn lists(text: &str) -> std::collections::HashMap<String, HashSet<String>> {
    toml::from_str(text).unwrap_or_default()
}

/// `text` as labels and calls are compared: lower case, white space folded, without what is no letter or digit at its ends.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' => out.push('\''),
                c if c.is_uppercase() => out.extend(c.to_lowercase()),
                c => out.push(c),
            }
        }
    }
    out
}

/// Whether `text` is nothing but the label of an ad: «Advertisement», «Anzeige:», «— 広告 —», an advertiser's id as the law asks for it.
pub(crate) fn is_label(text: &str) -> bool {
    if text.is_empty() || text.len() > LONGEST_LABEL {
        return false;
    }
    let text = folded(text);
    if text.is_empty() {
        return false;
    }
    let words = &LEXICON.labels;
    words.contains(&text) || is_advertiser_id(&text) || {
        // «Ad · Sponsored», «Werbung | Anzeige»
        let mut parts = text
            .split(['|', '·', '•', '/', '–', '—', ':', '-', '(', ')', '［', '］', '【', '】'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .peekable();
        parts.peek().is_some() && parts.all(|p| words.contains(p))
    }
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
        let (mut strong, mut weak, mut companion) = (0, 0, false);
        for part in parts(name) {
            if lexicon.tokens.contains(&part) {
                strong += 1;
            } else if lexicon.weak.contains(&part) {
                weak += 1;
                companion |= weak > 1;
            } else if lexicon.companions.contains(&part)
                || is_size(&part)
                || part.chars().all(|c| c.is_ascii_digit())
            {
                companion = true;
            }
        }
        let all = lexicon.tokens.contains(&name.to_ascii_lowercase())
            || name.eq_ignore_ascii_case("ad")
            || name.eq_ignore_ascii_case("ads");
        let w = match (strong, weak, companion) {
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
        let word = p.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if word >= 2 {
            p.truncate(word);
        }
    }
    out
}

fn is_size(part: &str) -> bool {
    part.split_once('x').is_some_and(|(w, h)| {
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
    let wide = text.chars().any(is_wide);
    let boundary = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
        match (before, after) {
            (_, None) | (None, _) => true,
            (Some(a), Some(b)) => !a.is_alphanumeric() || !b.is_alphanumeric() || is_wide(a) || is_wide(b),
        }
    };
    let beside = |rest: &str| {
        if wide {
            rest.chars().filter(|c| c.is_alphanumeric()).count() <= 12
        } else {
            rest.split_whitespace().count() <= WORDS_BESIDE_CALL
        }
    };
    for (at, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]).take(48) {
        if boundary(at) && lexicon.starts.contains(text[..at].trim_end()) && beside(&text[at..]) {
            return true;
        }
    }
    let few = if wide { text.chars().count() <= 14 } else { text.split_whitespace().count() <= 4 };
    few && text
        .char_indices()
        .skip(1)
        .any(|(at, _)| boundary(at) && lexicon.ends.contains(text[at..].trim_start()))
}

/// Whether `text` is a call to action as such, without a product's name, a shop's or a price: «Download now», not «View deal».
pub(crate) fn is_bare_call(text: &str) -> bool {
    let text = folded(text);
    LEXICON.starts.contains(&text) && !LEXICON.offers.contains(&text)
}

/// Whether a character is of a script without blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
