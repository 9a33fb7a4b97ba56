//! Splits the front matter off: YAML between `---`, TOML between `+++`, JSON in braces. Owns its extent; must not look inside.

use crate::span::Span;

/// How much of a text may be front matter, in bytes: an unclosed `---` is a thematic break, however long the text.
const LONGEST: usize = 256 * 1024;

/// The bytes of the front matter with its delimiter lines and the line end after them, if the text begins with one
/// (a byte order mark may stand before it). Hugo reads it behind empty lines too: these are part of it, where all between the
/// delimiters are fields; elsewhere a delimiter is a thematic break.
pub fn front_matter(text: &str) -> Option<Span> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let blank = blank_lines(&text[start..]);
    let rest = &text[start + blank..];
    let end = match rest.as_bytes().first()? {
        b'-' => fenced(rest, "---")?,
        b'+' => fenced(rest, "+++")?,
        b'{' if blank == 0 => json(rest)?,
        _ => return None,
    };
    if blank > 0 && !has_fields_alone(&rest[..end]) {
        return None;
    }
    Some(Span::new(start, start + blank + end))
}

/// How many bytes of empty lines a text begins with.
fn blank_lines(text: &str) -> usize {
    let is_blank = |line: &&str| line.trim_matches([' ', '\t', '\r', '\n']).is_empty();
    text.split_inclusive('\n').take_while(is_blank).map(str::len).sum()
}

/// Whether what stands between two delimiter lines is fields alone: `key: value` or `key = value`, what is indented below, lists,
/// tables, comments.
fn has_fields_alone(fenced: &str) -> bool {
    let inner = fenced.lines().map(|l| l.trim_end()).skip(1);
    let mut fields = 0;
    for line in inner.take_while(|l| !matches!(*l, "---" | "..." | "+++")) {
        if line.is_empty() || line.starts_with([' ', '\t', '#', '[', ']']) || line.starts_with("- ") {
            continue;
        }
        let end = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"')));
        let Some((key, rest)) = end.and_then(|at| line.split_at_checked(at)) else { return false };
        let has_sign = rest == ":" || rest.starts_with(": ") || rest.trim_start().starts_with('=');
        if key.is_empty() || !has_sign {
            return false;
        }
        fields += 1;
    }
    fields > 0
}

fn fenced(text: &str, fence: &str) -> Option<usize> {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches(['\n', '\r', ' ', '\t']);
        at += line.len();
        if number == 0 {
            if bare != fence {
                return None;
            }
        } else if bare == fence || (fence == "---" && bare == "...") {
            return Some(at);
        } else if number == 1 && bare.is_empty() && fence == "---" {
            // `---` and a blank line: a thematic break
            return None;
        }
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// A JSON object that begins at a line's start and whose last brace ends a line.
fn json(text: &str) -> Option<usize> {
    let first = text.split('\n').next()?.trim_end();
    let second = text.split('\n').nth(1).map(str::trim_start).unwrap_or("");
    if first != "{" || !(second.starts_with('"') || second.starts_with('}')) {
        return None;
    }
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, b) in text.bytes().enumerate().take(LONGEST) {
        if quoted {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match b {
            b'"' => quoted = true,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let rest = &text[at + 1..];
                    let line = rest.split_inclusive('\n').next().unwrap_or("");
                    return line.trim().is_empty().then_some(at + 1 + line.len());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<&str> {
        front_matter(text).map(|s| &text[s.range()])
    }

    #[test]
    fn the_three_spellings() {
        assert_eq!(split("---\na: b\n---\n# t\n"), Some("---\na: b\n---\n"));
        assert_eq!(split("---\r\na: b\r\n---\r\ntext"), Some("---\r\na: b\r\n---\r\n"));
        assert_eq!(split("+++\na = 1\n+++\n\ntext"), Some("+++\na = 1\n+++\n"));
        assert_eq!(split("{\n\"a\": \"}\"\n}\ntext"), Some("{\n\"a\": \"}\"\n}\n"));
        assert_eq!(split("---\n---\ntext"), Some("---\n---\n"));
        assert_eq!(split("\u{feff}---\na: b\n---\n"), Some("---\na: b\n---\n"));
    }

    #[test]
    fn fields_behind_empty_lines() {
        assert_eq!(split("\n---\na: b\n---\n# t\n"), Some("\n---\na: b\n---\n"));
        assert_eq!(
            split("\r\n \n---\r\nlist:\r\n- b\r\n  c: d\r\n---\r\n"),
            Some("\r\n \n---\r\nlist:\r\n- b\r\n  c: d\r\n---\r\n")
        );
        assert_eq!(split("\n+++\na = 1\n[b]\nc = 2\n+++\n"), Some("\n+++\na = 1\n[b]\nc = 2\n+++\n"));
        assert_eq!(split("\n---\nNote: what follows\nis a heading\n---\n"), None);
        assert_eq!(split("\n---\nA heading\n---\n"), None);
        assert_eq!(split("\n---\n---\n"), None);
        assert_eq!(split("\n---\n# t\n---\n"), None);
        assert_eq!(split("\n {\n\"a\": 1\n}\n"), None);
    }

    #[test]
    fn a_break_is_no_front_matter() {
        assert_eq!(split("---\n\ntext\n\n---\n"), None);
        assert_eq!(split("---\nnever closed\n"), None);
        assert_eq!(split("{% include x %}\n"), None);
        assert_eq!(split("{{< x >}}\n"), None);
        assert_eq!(split("text\n---\na: b\n---\n"), None);
    }
}
