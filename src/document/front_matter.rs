//! Splits the front matter off: YAML between `---`, TOML between `+++`, JSON in braces. Owns its extent; must not look inside.

use crate::span::Span;

/// How much of a text may be front matter, in bytes: an unclosed `---` is a thematic break, however long the text.
const LONGEST: usize = 256 * 1024;

/// The bytes of the front matter with its delimiter lines and the line end after them, if the text begins with one
/// (a byte order mark may stand before it).
pub fn front_matter(text: &str) -> Option<Span> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[start..];
    let end = match rest.as_bytes().first()? {
        b'-' => fenced(rest, "---")?,
        b'+' => fenced(rest, "+++")?,
        b'{' => json(rest)?,
        _ => return None,
    };
    Some(Span::new(start, start + end))
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
    fn a_break_is_no_front_matter() {
        assert_eq!(split("---\n\ntext\n\n---\n"), None);
        assert_eq!(split("---\nnever closed\n"), None);
        assert_eq!(split("{% include x %}\n"), None);
        assert_eq!(split("{{< x >}}\n"), None);
        assert_eq!(split("text\n---\na: b\n---\n"), None);
    }
}
