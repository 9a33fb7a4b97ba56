//! The words of `data/boilerplate_words.toml` as the rules ask for them. Owns lookup; must not judge blocks.

pub(crate) use super::fold::folded;
use super::fold::is_letter;
use super::list::List;
use super::lists::{Lists, speaks_of_itself, speaks_of_links};
use super::opening::{Opening, Openings, is_of_a_count};
use super::phrases::Phrases;
pub(crate) use super::uses::Use;
use crate::data::{BOILERPLATE, for_each_row};
use crate::hash::Quick;
use crate::script::is_han_or_kana;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The words, compiled.
#[derive(Debug, Default)]
struct Words {
    /// Bits of [`Use`] by whole phrase: the file spells them as [`folded`] does.
    whole: HashMap<&'static str, u32, Quick>,
    /// Phrases with `*` for each [`Use`], as what stands between the stars.
    patterns: [Vec<Vec<&'static str>>; Use::COUNT],
    /// Bits of [`Use`] by the hash of the opening of a phrase.
    openings: Openings,
    cookie: Phrases,
    disclosure: Phrases,
    /// Names of links that earn money, and of paid posts.
    disclosure_nouns: Phrases,
    commission: Phrases,
    follow: Phrases,
    /// How the addresses of channels begin: a host, and a part of a path behind its first slash.
    channels: Vec<(&'static str, &'static str)>,
    lists: Lists,
}

/// The bit of the tools of a page: no use has it.
const TOOL: u32 = 1 << Use::COUNT;

/// Room for the whole phrases at once: there are less than nine thousand.
const PHRASES: usize = 9000;

impl Words {
    fn compile() -> Self {
        let mut words = Words::default();
        words.whole.reserve(PHRASES);
        let mut cookie: Vec<&'static str> = Vec::new();
        let mut disclosure: Vec<&'static str> = Vec::new();
        let mut commission: Vec<&'static str> = Vec::new();
        let mut follow: Vec<&'static str> = Vec::new();
        let mut nouns: Vec<&'static str> = Vec::new();
        for_each_row(BOILERPLATE, |row| {
            let Some(kind) = Use::named(row.text("kind")) else {
                let said = row.text("words").split('|');
                match (row.text("kind"), List::named(row.text("kind"))) {
                    (_, Some(list)) => {
                        if let Some(what) = list.opening() {
                            said.clone().for_each(|p| words.openings.add_folded(p, what.bit()));
                        }
                        if list == List::Tool {
                            said.for_each(|phrase| *words.whole.entry(phrase).or_default() |= TOOL);
                            return;
                        }
                        words.lists.extend(list, said);
                    }
                    ("channel", _) => {
                        words.channels.extend(said.filter_map(|begins| begins.split_once('/')));
                    }
                    ("disclosure-noun", _) => nouns.extend(said),
                    _ => follow.extend(said),
                }
                return;
            };
            for phrase in row.text("words").split('|') {
                match kind {
                    Use::Cookie => cookie.push(phrase),
                    Use::Disclosure => disclosure.push(phrase),
                    Use::Commission => commission.push(phrase),
                    _ if memchr::memchr(b'*', phrase.as_bytes()).is_some() => {
                        let pieces: Vec<_> = phrase.split('*').collect();
                        // where a star is first: in share texts a name, in others a word beyond ASCII comes later
                        if let Some(first) = pieces.first().filter(|first| !first.is_empty()) {
                            words.openings.add(first, kind.bit());
                        }
                        words.patterns[kind as usize].push(pieces);
                    }
                    _ => {
                        // of these nobody asks how they begin
                        if !matches!(kind, Use::Consent | Use::CommentFormMore) {
                            words.openings.add_folded(phrase, kind.bit());
                        }
                        *words.whole.entry(phrase).or_default() |= kind.bit();
                    }
                }
            }
        });
        words.cookie = Phrases::new(&cookie);
        words.disclosure = Phrases::new(&disclosure);
        words.disclosure_nouns = Phrases::new(&nouns);
        words.commission = Phrases::new(&commission);
        words.follow = Phrases::new(&follow);
        words
    }
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::compile)
}

/// The words that are looked for as they are.
pub(super) fn lists() -> &'static Lists {
    &words().lists
}

/// The opening of a text, to be read.
#[inline]
pub(crate) fn opening() -> Opening<'static> {
    Opening::new(&words().openings)
}

/// Makes the tables.
pub(crate) fn prepare() {
    words();
}

/// What a text with this opening may be, or begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Perhaps(u32);

impl Perhaps {
    /// Any of all.
    pub const ANYTHING: Self = Self(u32::MAX);

    /// What a text with this opening may be. Without letters it may be a share text, for those may be empty.
    #[inline]
    pub fn opened_by(opening: &Opening<'_>) -> Self {
        // counts are share texts too
        Self(if opening.counts() { opening.bits() | Use::Share.bit() } else { opening.bits() })
    }

    /// What `text`, folded or not, may be or begin with.
    pub fn of(text: &str) -> Self {
        let mut opening = opening();
        opening.push(text);
        Self::opened_by(&opening)
    }

    /// The bits of the uses of all that it may be.
    #[inline]
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Whether it may be a phrase for any of `what`, or begin with one (one with `*` at its very beginning excepted).
    #[inline]
    pub fn is_any(self, what: &[Use]) -> bool {
        what.iter().any(|w| self.0 & w.bit() != 0)
    }

    /// Whether it may be what a share button says.
    #[inline]
    pub fn is_share_text(self) -> bool {
        self.is_any(&[Use::Share, Use::Network, Use::ShareText])
    }
}

/// Whether `phrase` ([`folded`]) is one of the whole phrases for `what`.
pub(crate) fn is(phrase: &str, what: Use) -> bool {
    words().whole.get(phrase).is_some_and(|bits| bits & what.bit() != 0)
}

/// Whether `phrase` ([`folded`]) is one of the whole phrases for any of `what`.
pub(crate) fn is_any(phrase: &str, what: &[Use]) -> bool {
    words().whole.get(phrase).is_some_and(|bits| what.iter().any(|w| bits & w.bit() != 0))
}

/// The longest beginning of `text` ([`folded`]) that is a whole phrase for one of `what`, in bytes: up to the end of a word, or amid one of
/// the first words, for buttons may be glued to each other.
pub(crate) fn longest_of(text: &str, what: &[Use]) -> Option<usize> {
    if !Perhaps::of(text).is_any(what) {
        return None;
    }
    let is = |end: &usize| text.get(..*end).is_some_and(|begin| is_any(begin, what));
    let ends = || text.char_indices().skip(1).take(LONGEST_PHRASE);
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let whole = ends().filter(|(_, c)| !is_plain(*c)).map(|(at, _)| at);
    let whole = whole.chain((text.len() <= LONGEST_PHRASE * 4).then_some(text.len())).filter(is).last();
    whole.or_else(|| {
        let mut blanks = 0;
        let glued = ends().take_while(|(_, c)| {
            blanks += usize::from(*c == ' ');
            blanks <= MOST_BLANKS
        });
        glued.filter(|(_, c)| is_plain(*c)).map(|(at, _)| at).filter(is).last()
    })
}

/// The longest phrase that is looked for at the beginning of a text, in characters.
const LONGEST_PHRASE: usize = 48;
/// How many blanks a phrase has that is glued to the next one.
const MOST_BLANKS: usize = 2;

/// Whether `phrase` ([`folded`]) is what links and buttons say that serve a page.
pub(crate) fn serves_page(phrase: &str) -> bool {
    words().whole.get(phrase).is_some_and(|bits| bits & (Use::Chrome.bit() | TOOL) != 0)
}

/// Whether `text` ([`folded`]) has the form of one of the phrases with `*` for `what`. What stands for each star is handed to `fits`.
pub(crate) fn is_like(text: &str, what: Use, mut fits: impl FnMut(&str) -> bool) -> bool {
    let first = text.as_bytes().first();
    let may_begin = |pieces: &[&str]| {
        pieces.first().and_then(|piece| piece.as_bytes().first()).is_none_or(|byte| Some(byte) == first)
    };
    words().patterns[what as usize].iter().any(|pieces| may_begin(pieces) && matches(text, pieces, &mut fits))
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
    if !Perhaps::of(text).is_any(&[what]) {
        return false;
    }
    let ends = text.char_indices().skip(1).take(90).filter(|(at, c)| {
        let before = text[..*at].chars().next_back().is_some_and(is_letter);
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
            c if is_han_or_kana(c) => 2,
            _ => 0,
        };
        if seen >= count * 4 {
            return &text[..at];
        }
    }
    text
}

/// Whether a sentence of a cookie notice is in `text` ([`folded`]).
pub(crate) fn speaks_of_cookies(text: &str) -> bool {
    words().cookie.are_any_in(text)
}

/// Whether a sentence of an affiliate disclosure is in `text` ([`folded`]).
pub(crate) fn discloses(text: &str) -> bool {
    let words = words();
    words.disclosure.are_any_in(text)
        || words.commission.are_any_in(text) && speaks_of_links(text)
        || words.disclosure_nouns.are_any_in(text) && (is_mere_name(text) || speaks_of_itself(text))
}

/// Whether `text` is hardly more than the name of something.
fn is_mere_name(text: &str) -> bool {
    text.split_whitespace().count() <= 4 && text.chars().count() <= 40
}

/// Whether words that invite to follow a site are in `text` ([`folded`]).
pub(crate) fn invites_to_follow(text: &str) -> bool {
    words().follow.are_any_in(text)
}

/// How the addresses of channels begin: a host, and a part of a path behind its first slash.
pub(crate) fn channels() -> &'static [(&'static str, &'static str)] {
    &words().channels
}

/// Whether `text` ([`folded`]) is what a share button says: a label, a network's name, a count, or a phrase with a name in it.
pub(crate) fn is_share_text(text: &str) -> bool {
    let perhaps = Perhaps::of(text);
    perhaps.is_share_text()
        && (text.chars().all(is_of_a_count)
            || is_any(text, &[Use::Share, Use::Network, Use::ShareText])
            || perhaps.is_any(&[Use::ShareText, Use::Network])
                && (is_like(text, Use::ShareText, is_network)
                    || without_name_behind(text).is_some_and(|said| {
                        is_any(said, &[Use::Share, Use::ShareText])
                            || is_like(said, Use::ShareText, is_network)
                    })))
}

/// What a button says to those who do not see it, if the name that it shows stands behind: «share on x (opens in new window) x».
pub(crate) fn without_name_behind(text: &str) -> Option<&str> {
    let at = text.rfind([')', '）'])?;
    let (said, name) = text.split_at_checked(at + text[at..].chars().next()?.len_utf8())?;
    is_network(name.trim()).then_some(said)
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
            let is_list = List::named(row.text("kind")).is_some()
                || matches!(row.text("kind"), "follow" | "channel" | "disclosure-noun");
            assert_ne!(is_list, Use::named(row.text("kind")).is_some(), "one of them reads it: {row:?}");
            assert!(!row.text("source").is_empty() && !row.text("lang").is_empty(), "{row:?}");
            languages.insert(row.text("lang"));
            for phrase in row.text("words").split('|') {
                assert!(!phrase.is_empty() && phrase.trim() == phrase, "{phrase:?}");
                assert_eq!(phrase.to_lowercase(), phrase, "in lower case");
                match row.text("kind") {
                    "channel" => assert!(phrase.contains('/'), "{phrase}"),
                    "cookie" | "disclosure" | "disclosure-noun" | "disclosure-own" | "commission"
                    | "follow" => {
                        assert!(phrase.len() >= super::super::phrases::KEY, "{phrase}")
                    }
                    _ if phrase.contains('*') => {
                        let first = phrase.split('*').next().unwrap_or("");
                        assert!(first.len() >= 6 || !first.ends_with(|c: char| c.is_ascii_alphanumeric()));
                    }
                    // it is the source, a class or an address that has it
                    "editor" | "share-plug-in" | "app-badge" | "icon-address" | "badge-address"
                    | "blocker-name" => {}
                    // the tables are made without folding
                    _ => assert_eq!(folded(phrase), phrase),
                }
                assert!(
                    !phrase.starts_with('*')
                        || !phrase.is_ascii()
                        || matches!(row.text("kind"), "sign-up" | "feed"),
                    "{phrase}"
                );
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
