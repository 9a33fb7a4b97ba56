//! Comments that mark ads: whether one speaks of advertising, begins or ends something. Owns their words; must not look at what
//! stands beside them.

use super::lexicon::{is_label, token_weight};

/// The words of a comment in lower case.
pub(crate) fn comment_words(source: &str) -> Vec<String> {
    comment_text(source)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

pub(crate) fn comment_text(source: &str) -> &str {
    source.trim_start_matches("<!--").trim_end_matches("-->").trim()
}

/// How much a comment speaks of advertising, 0 to 6.
pub(crate) fn comment_weight(source: &str) -> i16 {
    let text = comment_text(source);
    if text.len() > 120 || text.is_empty() {
        return 0;
    }
    // the path of a unit: /21709104563/article_mid
    if text.strip_prefix('/').is_some_and(|t| t.bytes().take_while(u8::is_ascii_digit).count() >= 5) {
        return 6;
    }
    let joined = text.replace(' ', "-");
    token_weight(&joined).max(if is_label(text) { 5 } else { 0 })
}

pub(crate) fn is_begin(words: &[String]) -> bool {
    words.iter().any(|w| {
        matches!(
            w.as_str(),
            "begin"
                | "begins"
                | "start"
                | "starts"
                | "open"
                | "beginn"
                | "anfang"
                | "début"
                | "inicio"
                | "inizio"
                | "início"
                | "начало"
                | "开始"
                | "開始"
                | "ここから"
                | "시작"
        )
    })
}

pub(crate) fn is_end(words: &[String]) -> bool {
    words.iter().any(|w| {
        matches!(
            w.as_str(),
            "end"
                | "ends"
                | "stop"
                | "close"
                | "ende"
                | "fin"
                | "fine"
                | "fim"
                | "конец"
                | "结束"
                | "終了"
                | "ここまで"
                | "끝"
        )
    })
}
