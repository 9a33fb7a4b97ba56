//! What must be escaped so that text of HTML stays text in Markdown. Owns CommonMark's rules for single characters and the
//! starts of lines.

/// Where in `line` (its beginning, a whole line or the rest of a text) a backslash must stand so that it begins no block: a list, a heading,
/// a quote, a break, an underline, a fence, a table's second line.
pub(crate) fn line_start(line: &str) -> Option<usize> {
    let line = line.split(['\n', '\r']).next().unwrap_or("");
    let bytes = line.as_bytes();
    let is_end = |at: usize| bytes.get(at).is_none_or(|b| matches!(b, b' ' | b'\t'));
    match bytes.first()? {
        b'#' => {
            let hashes = bytes.iter().take_while(|b| **b == b'#').count();
            (hashes <= 6 && is_end(hashes)).then_some(0)
        }
        b'>' => Some(0),
        b'+' => is_end(1).then_some(0),
        b'*' => is_end(1).then_some(0),
        b'-' => (is_end(1) || is_made_of(bytes, b"- \t") || is_delimiter_row(bytes)).then_some(0),
        b'=' => is_made_of(bytes, b"= \t").then_some(0),
        b'_' => (is_made_of(bytes, b"_ \t") && line.matches('_').count() > 2).then_some(0),
        b'|' | b':' => is_delimiter_row(bytes).then_some(0),
        b'~' => line.starts_with("~~~").then_some(0),
        b'`' => line.starts_with("```").then_some(0),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            (digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && is_end(digits + 1))
                .then_some(digits)
        }
        _ => None,
    }
}

fn is_made_of(bytes: &[u8], of: &[u8]) -> bool {
    bytes.iter().all(|b| of.contains(b))
}

/// Whether a line can be the second one of a pipe table.
fn is_delimiter_row(bytes: &[u8]) -> bool {
    bytes.contains(&b'-') && is_made_of(bytes, b"-|: \t")
}

/// What stands around a character of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    pub before: Option<char>,
    pub after: Option<char>,
    /// In a cell of a pipe table.
    pub in_cell: bool,
    /// In the text of a link.
    pub in_link: bool,
    /// Nothing but tags stand behind it in its text.
    pub is_last: bool,
}

/// Whether `c` would be markup.
pub(crate) fn is_markup(c: char, around: Around) -> bool {
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '*' => !(blank(around.before) && blank(around.after)),
        '_' => !(blank(around.before) && blank(around.after) || word(around.before) && word(around.after)),
        '`' => true,
        '~' => {
            !(blank(around.before)
                && (blank(around.after) || around.after.is_some_and(|c| c.is_ascii_digit())))
        }
        '[' => true,
        ']' => around.in_link,
        '|' => around.in_cell,
        '<' => around.after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '\\' => {
            around.is_last || around.after.is_none_or(|c| c.is_ascii_punctuation() || c == '\n' || c == '\r')
        }
        '!' => around.after.is_none(),
        '$' => false,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_would_begin_a_block() {
        for (line, at) in [
            ("1986. A year", 4),
            ("# 1", 0),
            ("- minus", 0),
            ("> x", 0),
            ("+", 0),
            ("===", 0),
            ("---", 0),
            ("12) x", 2),
            ("| --- | --- |", 0),
            ("~~~", 0),
            ("* x", 0),
        ] {
            assert_eq!(line_start(line), Some(at), "{line}");
        }
        for line in
            ["1986.5", "#1", "-5", "+1", "a - b", "=x", ":)", "", "1234567890. x", "####### x", "_x_ y"]
        {
            assert_eq!(line_start(line), None, "{line}");
        }
    }
}
