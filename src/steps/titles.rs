//! Titles as they are compared and shown. Owns folding them; must not know what they say.

/// Words without white space, punctuation and case: for comparing titles.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// White space folded, an attribute list at the end dropped.
pub(crate) fn fold(text: &str) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.contains("**") {
        // emphasis that its author glued to words is none to Markdown: its stars are no part of a title
        out = out.replace("**", "");
    }
    if out.ends_with('}')
        && let Some(at) = out.rfind("{#").or_else(|| out.rfind("{:")).or_else(|| out.rfind("{."))
    {
        out.truncate(at);
        out.truncate(out.trim_end().len());
    }
    out
}

/// The part of a title before a bracket, colon or dash.
pub(crate) fn before_aside(text: &str) -> &str {
    let text = text.trim();
    let cut = text
        .char_indices()
        .skip(4)
        .find(|(_, c)| matches!(c, ':' | '：' | '(' | '（' | '–' | '—' | '\n'))
        .map(|(i, _)| i);
    text.get(..cut.unwrap_or(text.len())).unwrap_or(text)
}
