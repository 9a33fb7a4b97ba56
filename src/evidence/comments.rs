//! Comments that mark ads: whether one speaks of advertising, begins or ends something. Owns their words; must not look at what
//! stands beside them.

use super::lexicon::{is_label, token_weight};

/// The words of a comment as written.
pub(crate) fn comment_words(source: &str) -> impl Iterator<Item = &str> {
    comment_text(source).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Whether two words are the same but for case.
pub(crate) fn is_same_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !one.is_ascii() && !other.is_ascii() && one.to_lowercase() == other.to_lowercase()
}

/// Whether a comment has one of these words, given in lower case.
fn has_word(source: &str, words: &[&str]) -> bool {
    comment_words(source).any(|w| {
        if w.is_ascii() {
            words.iter().any(|known| w.eq_ignore_ascii_case(known))
        } else {
            words.contains(&w.to_lowercase().as_str())
        }
    })
}

pub(crate) fn comment_text(source: &str) -> &str {
    source.trim_start_matches("<!--").trim_end_matches("-->").trim()
}

/// Whether a comment is short enough to speak of what stands beside it.
fn is_short(source: &str) -> bool {
    (1..=120).contains(&comment_text(source).len())
}

/// What a comment says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remark {
    /// How much it speaks of advertising, 0 to 6.
    pub weight: i16,
    /// Whether it says that something begins.
    pub begins: bool,
    /// Whether it says that something ends.
    pub ends: bool,
    /// Whether another program reads it.
    pub is_directive: bool,
}

impl Remark {
    pub fn of(source: &str) -> Self {
        Self {
            weight: comment_weight(source),
            begins: is_begin(source),
            ends: is_end(source),
            is_directive: is_directive(source),
        }
    }

    /// Whether it says that an ad begins.
    pub fn begins_ad(self) -> bool {
        self.begins && self.weight >= 4
    }

    /// Whether it says that an ad ends.
    pub fn ends_ad(self) -> bool {
        self.ends && self.weight >= 4
    }
}

/// How much a comment speaks of advertising, 0 to 6.
fn comment_weight(source: &str) -> i16 {
    if !is_short(source) {
        return 0;
    }
    let text = comment_text(source);
    // the path of a unit: /21709104563/article_mid
    if text.strip_prefix('/').is_some_and(|t| t.bytes().take_while(u8::is_ascii_digit).count() >= 5) {
        return 6;
    }
    let joined = text.replace(' ', "-");
    token_weight(&joined).max(if is_label(text) { 5 } else { 0 })
}

/// Whether a comment says that something begins.
fn is_begin(source: &str) -> bool {
    has_word(
        source,
        &[
            "begin",
            "begins",
            "start",
            "starts",
            "open",
            "beginn",
            "anfang",
            "début",
            "inicio",
            "inizio",
            "início",
            "начало",
            "开始",
            "開始",
            "ここから",
            "시작",
        ],
    )
}

/// Whether a comment says that something ends.
fn is_end(source: &str) -> bool {
    has_word(
        source,
        &[
            "end",
            "ends",
            "stop",
            "close",
            "ende",
            "fin",
            "fine",
            "fim",
            "конец",
            "结束",
            "終了",
            "ここまで",
            "끝",
        ],
    )
}

/// The first words of comments that other programs read.
const DIRECTIVES: &[&str] = &[
    "more",
    "truncate",
    "excerpt",
    "toc",
    "prettier",
    "markdownlint",
    "eslint",
    "textlint",
    "vale",
    "include",
    "todo",
    "fixme",
    "readmore",
    "mdscrub",
    "lint",
    "remark",
    "cspell",
    "nextpage",
];

/// Comments that other programs read.
fn is_directive(source: &str) -> bool {
    comment_words(source).next().is_some_and(|w| DIRECTIVES.iter().any(|d| is_same_word(w, d)))
}
