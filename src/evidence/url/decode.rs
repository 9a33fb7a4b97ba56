//! The ways a URL is written inside another one: percent-encoding, character references, base64, hexadecimal.
//! Owns decoding text to text; must not decide whether the result is a destination.

use crate::bytes::hex_digit;
use std::borrow::Cow;

/// `text` with its `%XX` decoded once. What would not be UTF-8 stays as it is.
pub(crate) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let decoded = decoded_bytes(text.as_bytes(), |_| true);
    let text_of = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    // A page in another encoding (`%E9` alone): only what is ASCII can be told.
    let Some(decoded) =
        text_of(decoded).or_else(|| text_of(decoded_bytes(text.as_bytes(), |b| b.is_ascii())))
    else {
        return Cow::Borrowed(text);
    };
    Cow::Owned(decoded)
}

fn decoded_bytes(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%'
            && let (Some(high), Some(low)) = (digit_at(bytes, at + 1), digit_at(bytes, at + 2))
            && wanted(high << 4 | low)
        {
            out.push(high << 4 | low);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    out
}

fn digit_at(bytes: &[u8], at: usize) -> Option<u8> {
    hex_digit(*bytes.get(at)?)
}

/// What base64 (standard or URL-safe, padded or not) says, up to the first byte that is of neither; if it is text.
pub(crate) fn base64_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    String::from_utf8(out).ok()
}

/// What pairs of hexadecimal digits say, if they are text.
pub(crate) fn hex_decoded(text: &str) -> Option<String> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = text.as_bytes().chunks_exact(2);
    let bytes: Option<Vec<u8>> =
        pairs.map(|pair| Some(digit_at(pair, 0)? << 4 | digit_at(pair, 1)?)).collect();
    String::from_utf8(bytes?).ok()
}

/// `text` with the character references that stand in URLs decoded (`&amp;` and its numbers).
pub(crate) fn ampersands_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains("&amp;") && !text.contains("&#") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("&amp;", "&").replace("&#38;", "&").replace("&#038;", "&").replace("&#x26;", "&"))
}

/// `url` with what cannot stand in a URL percent-encoded: blanks, control characters, `<>"` and the like.
pub(crate) fn with_safe_characters(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for character in url.chars() {
        if character <= ' '
            || matches!(character, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7f}')
        {
            out.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent() {
        assert_eq!(percent_decoded("a%2Fb%2e%zz%"), "a/b.%zz%");
        assert_eq!(percent_decoded("%C3%A9"), "é");
        assert_eq!(percent_decoded("%E9%2F"), "%E9/");
        assert!(matches!(percent_decoded("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn base64_and_hexadecimal() {
        assert_eq!(base64_decoded("aHR0cDovL2EuYi8_").as_deref(), Some("http://a.b/?"));
        assert_eq!(base64_decoded("aHR0cDovL2EuYi8/").as_deref(), Some("http://a.b/?"));
        assert_eq!(base64_decoded("aHR0cA==").as_deref(), Some("http"));
        assert_eq!(base64_decoded("____"), None);
        assert_eq!(hex_decoded("68747470").as_deref(), Some("http"));
        assert_eq!(hex_decoded("6874747"), None);
        assert_eq!(hex_decoded("zz"), None);
    }

    #[test]
    fn safe() {
        assert_eq!(with_safe_characters("https://a.b/c d?\"é|"), "https://a.b/c%20d?%22é%7C");
    }
}
