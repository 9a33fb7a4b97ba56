//! Whether a Markdown source can show damage at all, told in one pass over its bytes. Owns the doubt: where it is not certain that a
//! text without its marks holds nothing that [`scan`](super::scan) would stop at, it says yes.
//!
//! What a reader sees next to a character may stand behind marks in the source (`â**€**`, `é](url)“`): those are looked past.

use super::bytes::Table;
use super::entities::reference;
use super::scan::{character_at, leads_something, skip_ascii};

/// Whether a text that was written as `source`, in Markdown and HTML, may hold damage or what is lost (U+FFFD).
pub(crate) fn may_show_damage(source: &str) -> bool {
    let table = Table::new();
    let bytes = source.as_bytes();
    let mut at = 0;
    loop {
        at = skip_ascii(bytes, at);
        let Some(&byte) = bytes.get(at) else { return false };
        if byte < 0x80 {
            if is_suspicious_reference(table, source, at) {
                return true;
            }
            at += 1;
            continue;
        }
        // East Asian text: no page has a character from U+3000 to U+DFFF
        if matches!(byte, 0xE3..=0xED) {
            at += 3;
            continue;
        }
        let Some((c, length)) = character_at(bytes, at) else { return true };
        if c <= '\u{9f}' || c == '\u{fffd}' || is_suspicious(table, bytes, at, c, length) {
            return true;
        }
        at += length;
    }
}

/// Whether the character `c` at byte `at`, `length` bytes long, may lead a sequence.
fn is_suspicious(table: Table, bytes: &[u8], at: usize, c: char, length: usize) -> bool {
    let role = table.role(c);
    if role.lead == 0 {
        return false;
    }
    let second = at + length;
    let next = bytes.get(second).copied().unwrap_or(b'\n');
    // these tell of a loss by themselves
    match c {
        'Â' => return true,
        'Ã' | 'â' | 'ã' if !next.is_ascii_alphabetic() => return true,
        _ => {}
    }
    if next.is_ascii() {
        return if is_mark(next) {
            match behind_marks(bytes, second) {
                Behind::At(place) => bytes.get(place).is_some_and(|b| !b.is_ascii() || *b == b'?'),
                Behind::Unknown => true,
            }
        } else {
            let after = bytes.get(second + 1).copied().unwrap_or(b'\n');
            next == b'?' && role.long != 0 && !(after.is_ascii_alphanumeric() || after.is_ascii_whitespace())
        };
    }
    let Some((after, width)) = character_at(bytes, second) else { return true };
    let third = bytes.get(second + width).copied().unwrap_or(b'\n');
    let goes_on = role.lead & role.long & table.role(after).continuation != 0;
    goes_on && is_mark(third) || leads_something(table, bytes, at, c, length, role)
}

/// Whether the ampersand or backslash at byte `at` spells a character that may lead a sequence.
fn is_suspicious_reference(table: Table, source: &str, at: usize) -> bool {
    let rest = |at: usize| source.get(at..).unwrap_or("");
    let Some((c, length)) = reference(rest(at)) else { return false };
    let lead = table.role(c).lead;
    if lead == 0 {
        return false;
    }
    let behind = match behind_marks(source.as_bytes(), at + length) {
        Behind::At(place) => rest(place),
        Behind::Unknown => return true,
    };
    match reference(behind).map(|r| r.0).or_else(|| behind.chars().next()) {
        Some('\u{fffd}') => true,
        Some(next) => lead & table.role(next).continuation != 0,
        None => false,
    }
}

/// Whether a byte may be, or begin, a mark that no reader sees.
const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~' | b'[' | b']' | b'<')
}

/// What a reader may see next.
enum Behind {
    /// What stands at that byte (or nothing, at the end of the text). If the marks before it are text, that is ASCII.
    At(usize),
    /// Too much stands between.
    Unknown,
}

/// What stands behind the marks at byte `from`: delimiters, tags, the address of a link.
fn behind_marks(bytes: &[u8], from: usize) -> Behind {
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b'*' | b'_' | b'~' | b'[') => at += 1,
            Some(b']') => {
                at += 1;
                let (open, close) = match bytes.get(at) {
                    Some(b'(') => (b'(', b')'),
                    Some(b'[') => (b'[', b']'),
                    _ => continue,
                };
                let rest = bytes.get(at + 1..).unwrap_or(&[]);
                let Some(length) = memchr::memchr(close, rest) else { return Behind::Unknown };
                let inside = rest.get(..length).unwrap_or(&[]);
                if inside.iter().any(|b| *b == open || matches!(b, b'"' | b'\'' | b'\\' | b'<')) {
                    return Behind::Unknown;
                }
                at += length + 2;
            }
            Some(b'<') => {
                let rest = bytes.get(at + 1..).unwrap_or(&[]);
                let Some(length) = memchr::memchr(b'>', rest) else { return Behind::Unknown };
                let inside = rest.get(..length).unwrap_or(&[]);
                let quotes = memchr::memchr_iter(b'"', inside).count();
                if quotes % 2 == 1 || memchr::memchr(b'\'', inside).is_some() || inside.starts_with(b"!") {
                    return Behind::Unknown;
                }
                at += length + 2;
            }
            _ => return Behind::At(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mojibake::repair;

    #[test]
    fn usual_texts_show_nothing() {
        for text in [
            "",
            "plain *text* with [links](https://a.example/?b=c&d=e) & more",
            "“Quoted” – it’s… **déjà** vu, “**bold**” and [“a link”](https://a.example), 5 €.",
            "&nbsp;**a** &mdash; AT&amp;T&copy; &#8217;s<br>",
            "日本語の文章。한국어 문장. Русский текст – «да».",
        ] {
            assert!(!may_show_damage(text), "{text}");
        }
    }

    #[test]
    fn damage_is_suspected_through_marks() {
        for text in [
            "cafÃ©",
            "â**€**™",
            "Ð[°](x)Ð±",
            "Р<b>°</b>",
            "&acirc;<i>&euro;</i>",
            "\\u00e2\\u20ac\\u2122",
            "don\u{92}t",
            "a \u{fffd}",
            "voilÃ ",
        ] {
            assert!(may_show_damage(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_repaired_is_suspected(text in "([a-zé ]|[ÃÂâãÐРé“”’…]|[\u{80}-\u{bf}]|[€™œž]|&[a-z#0-9]{1,5};|[?*\n])*") {
            if !repair(&text).is_empty() {
                proptest::prop_assert!(may_show_damage(&text));
            }
            // marks between characters hide nothing
            let marked: String = text.chars().flat_map(|c| [c, '*']).collect();
            if !text.contains(['&', '*', '?', '\n']) && !repair(&text).is_empty() {
                proptest::prop_assert!(may_show_damage(&marked));
            }
        }
    }
}
