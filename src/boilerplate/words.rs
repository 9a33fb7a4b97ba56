//! The words of `data/boilerplate_words.toml` as the rules ask for them. Owns folding and lookup; must not judge blocks.

use crate::data::{BOILERPLATE, for_each_row};
use aho_corasick::{AhoCorasick, MatchKind};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

/// What words are there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A label before links to other posts.
    AlsoRead,
    /// The same, where authors use it too.
    Related,
    /// A label before share buttons.
    Share,
    /// What a share button says, with a network's name in it.
    ShareText,
    /// A network's name.
    Network,
    /// What a sign-up box says at its top.
    Newsletter,
    /// What its button says.
    SignUp,
    /// What a cookie notice says.
    Cookie,
    /// What its buttons say.
    Consent,
    /// What a disclosure says.
    Disclosure,
    /// What is counted.
    Counter,
    /// What stands before an author or a date.
    Byline,
    /// A link that serves the page.
    Chrome,
    /// The first entry of a trail.
    Home,
    /// What feeds append.
    Feed,
    /// A label of a tag line.
    Tags,
    /// What comment widgets leave.
    Comments,
    /// What like buttons leave.
    Like,
    /// What rating widgets leave.
    Rating,
    /// A label of an ad.
    AdLabel,
    /// The button of an image viewer.
    Close,
}

impl Use {
    /// The name in the data file.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "also-read" => Self::AlsoRead,
            "related" => Self::Related,
            "share" => Self::Share,
            "share-text" => Self::ShareText,
            "network" => Self::Network,
            "newsletter" => Self::Newsletter,
            "sign-up" => Self::SignUp,
            "cookie" => Self::Cookie,
            "consent" => Self::Consent,
            "disclosure" => Self::Disclosure,
            "counter" => Self::Counter,
            "byline" => Self::Byline,
            "chrome" => Self::Chrome,
            "home" => Self::Home,
            "feed" => Self::Feed,
            "tags" => Self::Tags,
            "comments" => Self::Comments,
            "like" => Self::Like,
            "rating" => Self::Rating,
            "ad-label" => Self::AdLabel,
            "close" => Self::Close,
            _ => return None,
        })
    }
}

/// The words, compiled.
#[derive(Debug, Default)]
struct Words {
    /// Bits of [`Use`] by whole phrase, as [`folded`] spells it.
    whole: HashMap<Cow<'static, str>, u32>,
    /// Phrases with `*`, as what stands between the stars.
    patterns: Vec<(Use, Vec<&'static str>)>,
    cookie: Option<AhoCorasick>,
    disclosure: Option<AhoCorasick>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        let mut cookie: Vec<&'static str> = Vec::new();
        let mut disclosure: Vec<&'static str> = Vec::new();
        for_each_row(BOILERPLATE, |row| {
            let Some(kind) = Use::named(row.text("kind")) else { return };
            for phrase in row.text("words").split('|') {
                match kind {
                    Use::Cookie => cookie.push(phrase),
                    Use::Disclosure => disclosure.push(phrase),
                    _ if phrase.contains('*') && !phrase.starts_with("* req") => {
                        words.patterns.push((kind, phrase.split('*').collect()));
                    }
                    _ => {
                        let key = match folded(phrase) {
                            key if key == phrase => Cow::Borrowed(phrase),
                            key => Cow::Owned(key),
                        };
                        *words.whole.entry(key).or_default() |= 1 << kind as u32;
                    }
                }
            }
        });
        let finder = |list: &[&str]| AhoCorasick::builder().match_kind(MatchKind::Standard).build(list).ok();
        words.cookie = finder(&cookie);
        words.disclosure = finder(&disclosure);
        words
    })
}

/// A label as the lists spell it: lower case, blanks folded, apostrophes straight, without punctuation, marks and pictographs at
/// its ends.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        match c {
            '’' | '‘' | 'ʼ' | '＇' => out.push('\''),
            // soft hyphens, joiners and direction marks are not seen
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' => {}
            'İ' => out.push('i'),
            c if c.is_uppercase() => out.extend(c.to_lowercase()),
            c => out.push(c),
        }
    }
    let edge = |c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '+' | ')' | '）' | '(' | '¿'));
    let trimmed = out.trim_matches(edge);
    // brackets around the whole
    let trimmed = trimmed
        .strip_prefix(['(', '（'])
        .and_then(|t| t.strip_suffix([')', '）']))
        .filter(|t| !t.contains(['(', '（']))
        .unwrap_or(trimmed)
        .trim_matches(edge);
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

/// Vowel signs and other marks of Indic and other scripts that `char::is_alphanumeric` leaves out.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0xdff | 0xe31..=0xe4e)
}

/// Whether `phrase` ([`folded`]) is one of the whole phrases for `what`.
pub(crate) fn is(phrase: &str, what: Use) -> bool {
    words().whole.get(phrase).is_some_and(|bits| bits & (1 << what as u32) != 0)
}

/// Whether `phrase` ([`folded`]) is one of the whole phrases for any of `what`.
pub(crate) fn is_any(phrase: &str, what: &[Use]) -> bool {
    words().whole.get(phrase).is_some_and(|bits| what.iter().any(|w| bits & (1 << *w as u32) != 0))
}

/// Whether `text` ([`folded`]) has the form of one of the phrases with `*` for `what`. What stands for each star is handed to `fits`.
pub(crate) fn is_like(text: &str, what: Use, mut fits: impl FnMut(&str) -> bool) -> bool {
    words()
        .patterns
        .iter()
        .filter(|(kind, _)| *kind == what)
        .any(|(_, pieces)| matches(text, pieces, &mut fits))
}

/// Whether `text` is the pieces with something between them.
fn matches(text: &str, pieces: &[&str], fits: &mut impl FnMut(&str) -> bool) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return false };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    for (index, piece) in rest.iter().enumerate() {
        let last = index + 1 == rest.len();
        let at = match (last, piece.trim_end()) {
            (true, "") => Some(left.len()),
            // the end of the whole lost its punctuation
            (true, end) => left
                .strip_suffix(end.trim_end_matches([')', '）']))
                .or_else(|| left.strip_suffix(end))
                .map(str::len),
            (false, _) => left.find(piece),
        };
        let Some(at) = at else { return false };
        if !fits(left[..at].trim()) {
            return false;
        }
        left = if last { "" } else { &left[at + piece.len()..] };
    }
    true
}

/// Whether `text` ([`folded`]) begins with one of the phrases for `what` that has more than one word (or is of a script without
/// blanks), up to the end of a word.
pub(crate) fn starts_with(text: &str, what: Use) -> bool {
    let ends = text.char_indices().skip(1).take(90).filter(|(at, c)| {
        let before = text[..*at].chars().next_back().is_some_and(|b| b.is_alphanumeric() || is_mark(b));
        before && !(c.is_alphanumeric() && c.is_ascii())
    });
    ends.map(|(at, _)| at).chain([text.len()]).any(|at| {
        let start = &text[..at];
        let enough = what == Use::Byline
            || start.contains(' ')
            || start.chars().filter(|c| !c.is_ascii()).count() >= 5;
        enough && is(start, what)
    })
}

/// The first `count` words; of a text without blanks, as many letters times four.
pub(crate) fn first_words(text: &str, count: usize) -> &str {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += match c {
            ' ' => 4,
            c if matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff) => 2,
            _ => 0,
        };
        if seen >= count * 4 {
            return &text[..at];
        }
    }
    text
}

/// The last word.
pub(crate) fn last_word(text: &str) -> String {
    folded(text.rsplit([' ', '.', '。', '!', '|']).find(|w| !w.is_empty()).unwrap_or(""))
}

/// Whether a text that does not say «cookie» may speak of one: a cheap look.
pub(crate) fn may_speak_of_cookies(source: &str) -> bool {
    static STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::new([
            "куки",
            "Куки",
            "クッキー",
            "쿠키",
            "çerez",
            "Çerez",
            "iasteczk",
            "الارتباط",
            "کوکی",
            "עוגיות",
            "कुकी",
            "คุกกี้",
            "бисквитк",
            "колачић",
            "kolačić",
            "västei",
            "galetes",
            "sütik",
            "kakor",
            "piškot",
            "kuki",
            "informasjonskapsler",
        ])
        .ok()
    });
    STEMS.as_ref().is_some_and(|s| s.is_match(source))
}

/// Whether a disclosure may be in `source`: a cheap look.
pub(crate) fn may_disclose(source: &str) -> bool {
    static STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::new([
            "ffili",
            "filia",
            "fliate",
            "ommission",
            "omisión",
            "omissão",
            "ommissione",
            "ponsored",
            "artnerlink",
            "erbelink",
            "rovision",
            "rovize",
            "rovizi",
            "rowizj",
            "artnersk",
            "afiliad",
            "ostenlos",
            "mazon",
            "xtra cost",
            "ditional cost",
            "артн",
            "омисси",
            "омісі",
            "omisyon",
            "ortaklı",
            "عمولة",
            "تابعة",
            "omisi",
            "hoa hồng",
            "tiếp thị",
            "พันธมิตร",
            "คอมมิชชั่น",
            "アフィリ",
            "プロモーション",
            "広告",
            "アソシエイト",
            "제휴",
            "수수료",
            "파트너스",
            "联盟",
            "推广",
            "佣金",
            "返利",
            "聯盟",
            "推廣",
            "佣",
            "eklamel",
            "nnonsl",
            "ainoslink",
            "προμήθεια",
            "συνεργατ",
            "omision",
            "utalék",
            "ommissie",
            "tjen provisjon",
        ])
        .ok()
    });
    STEMS.as_ref().is_some_and(|s| s.is_match(source))
}

/// Whether a sentence of a cookie notice is in `text` ([`folded`]).
pub(crate) fn speaks_of_cookies(text: &str) -> bool {
    words().cookie.as_ref().is_some_and(|finder| finder.is_match(text))
}

/// Whether a sentence of an affiliate disclosure is in `text` ([`folded`]).
pub(crate) fn discloses(text: &str) -> bool {
    words().disclosure.as_ref().is_some_and(|finder| finder.is_match(text))
}

/// Whether `text` ([`folded`]) is what a share button says: a label, a network's name, a count, or a phrase with a name in it.
pub(crate) fn is_share_text(text: &str) -> bool {
    text.is_empty()
        || text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | 'k' | 'm' | '+'))
        || is_any(text, &[Use::Share, Use::Network])
        || is_like(text, Use::ShareText, is_network)
}

/// Whether `name` is a network's.
pub(crate) fn is_network(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
    // «Facebooku», «Twitter'da»: names with the endings of a language
    let stems = name.char_indices().rev().take(3).map(|(at, _)| &name[..at]).filter(|stem| stem.len() >= 7);
    is(name, Use::Network) || stems.map(|stem| stem.trim_end_matches('\'')).any(|stem| is(stem, Use::Network))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_file_is_well_formed() {
        let mut seen = BTreeSet::new();
        let mut languages = BTreeSet::new();
        for_each_row(BOILERPLATE, |row| {
            assert!(Use::named(row.text("kind")).is_some(), "{row:?}");
            assert!(!row.text("source").is_empty() && !row.text("lang").is_empty(), "{row:?}");
            languages.insert(row.text("lang"));
            for phrase in row.text("words").split('|') {
                assert!(!phrase.is_empty() && phrase.trim() == phrase, "{phrase:?}");
                assert_eq!(phrase.to_lowercase(), phrase, "in lower case");
                assert!(seen.insert((row.text("kind"), phrase)), "{phrase} twice in {}", row.text("kind"));
            }
        });
        assert!(languages.len() >= 25, "{languages:?}");
    }

    #[test]
    fn labels_are_folded() {
        for (text, label) in [
            ("  Also  read: ", "also read"),
            ("【関連記事】", "関連記事"),
            ("À lire aussi :", "à lire aussi"),
            ("👉 READ MORE…", "read more"),
            ("Don’t miss!", "don't miss"),
            ("(Anzeige)", "anzeige"),
        ] {
            assert_eq!(folded(text), label);
        }
        assert!(is("相关阅读", Use::Related));
        assert!(!is("also", Use::AlsoRead));
    }

    #[test]
    fn phrases_with_names() {
        assert!(is_share_text(&folded("Click to share on Twitter (Opens in new window)")));
        assert!(is_share_text(&folded("Auf Facebook teilen")));
        assert!(is_share_text(&folded("Facebookでシェア")));
        assert!(is_share_text("1.2k"));
        assert!(!is_share_text(&folded("Share on your own server")));
        assert!(is_like(&folded("The post Bread appeared first on Baking."), Use::Feed, |s| !s.is_empty()));
        assert!(!is_like(&folded("The post Bread appeared first on"), Use::Feed, |s| !s.is_empty()));
    }
}
