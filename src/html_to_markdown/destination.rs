//! How an address, a title and an image's alternative are spelled in Markdown. Owns their escapes.

/// The address in the one spelling that both sides are compared in: what Markdown cannot hold is percent-encoded.
pub(crate) fn address(url: &str) -> String {
    let url = url.trim_matches(|c: char| c.is_ascii_whitespace() || c.is_ascii_control());
    if !url.bytes().any(|b| matches!(b, 0..=b' ' | b'<' | b'>' | b'\\' | b'"' | b'`' | b'|' | 0x7f)) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            // browsers drop line ends and tabs inside addresses
            '\t' | '\n' | '\r' => {}
            ' ' | '<' | '>' | '\\' | '"' | '`' | '|' | '\u{0}'..='\u{1f}' | '\u{7f}' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The address as it stands between the parentheses of a link.
pub(crate) fn spelled(url: &str) -> String {
    let plain = address(url);
    if memchr::memchr3(b'(', b')', b'&', plain.as_bytes()).is_none() {
        return plain;
    }
    let mut depth = 0i32;
    let balanced = plain.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    let mut out = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        match c {
            '(' | ')' if !balanced => {
                out.push('\\');
                out.push(c);
            }
            // what reads like a character reference must not become a character
            '&' if reads_as_reference(&plain[at..]) => out.push_str("&amp;"),
            '*' | '_' | '[' | ']' | '~' => out.push(c),
            _ => out.push(c),
        }
    }
    out
}

/// Whether `text` begins with what CommonMark may decode.
pub(crate) fn reads_as_reference(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('&') else { return false };
    let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#').len();
    name > 0 && rest.as_bytes().get(name) == Some(&b';')
}

/// A title with its quotes and the blank before it; nothing for an empty one.
pub(crate) fn spelled_title(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return String::new();
    }
    let mut out = String::from(" \"");
    for (at, c) in title.char_indices() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '&' if reads_as_reference(&title[at..]) => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether an image's alternative can stand between brackets as it is written.
pub(crate) fn is_plain_alternative(alternative: &str) -> bool {
    !alternative.contains([
        '[', ']', '\\', '*', '_', '`', '<', '>', '&', '!', '|', '~', '\n', '\r', '\t', '$', '{', '}',
    ]) && !alternative.starts_with([' ', '^'])
        && !alternative.ends_with(' ')
}

/// An image's alternative as it stands between brackets.
pub(crate) fn spelled_alternative(alternative: &str) -> String {
    let alternative = alternative.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(alternative.len());
    for (at, c) in alternative.char_indices() {
        match c {
            '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '&' if reads_as_reference(&alternative[at..]) => out.push_str("&amp;"),
            '^' if at == 0 => out.push_str("\\^"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_addresses() {
        assert_eq!(spelled("https://example.org/a_(b)"), "https://example.org/a_(b)");
        assert_eq!(spelled(" my page.html "), "my%20page.html");
        assert_eq!(spelled("/a)b"), "/a\\)b");
        assert_eq!(spelled("/?a=1&lt;=2"), "/?a=1&amp;lt;=2");
        assert_eq!(spelled_title("a \"b\"\n c"), " \"a \\\"b\\\" c\"");
        assert_eq!(spelled_title(" "), "");
        assert_eq!(spelled_alternative("a [b]*"), "a \\[b\\]\\*");
    }
}
