//! What a text explains: parameters that its words name, redirectors that its code shows. The addresses that it shows are its examples.
//! Owns telling that; must not know parameters or hosts.

use crate::document::{Document, Kind};
use crate::hash::Quick;
use std::collections::HashSet;

/// The hosts of addresses in the code of a text, in lower case.
pub(crate) fn hosts_in_code(document: Document<'_>) -> HashSet<String, Quick> {
    let mut hosts = HashSet::default();
    for node in document.nodes().filter(|n| matches!(n.kind(), Kind::Code | Kind::CodeBlock)) {
        let source = node.source();
        for at in memchr::memmem::find_iter(source.as_bytes(), b"://") {
            let rest = source.get(at + 3..).unwrap_or("");
            let host = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').next();
            hosts.extend(host.map(str::to_ascii_lowercase));
        }
    }
    hosts.remove("");
    hosts
}

/// Whether what begins at byte `at` stands apart, as names do in words and code: in an address a sign of the address stands before it.
pub(crate) fn is_apart(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    before.is_none_or(|b| b.is_ascii_whitespace() || !b.is_ascii() || b"`\"'(*|[".contains(b))
}

/// Those of `names` (of parameters, in lower case) that the words of a text or its code name, outside of addresses.
pub(crate) fn names_in_words(text: &str, names: &HashSet<String, Quick>) -> HashSet<String, Quick> {
    let mut found = HashSet::default();
    let Some(longest) = names.iter().map(String::len).max() else { return found };
    let bytes = text.as_bytes();
    let is_of_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|b| is_of_name(**b)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let (apart, quoted) = (is_apart(bytes, at), bytes[..at].ends_with(b"`"));
        let behind = bytes.get(at + length).copied().unwrap_or(b' ');
        let word = text.get(at..at + length).unwrap_or("");
        at += length;
        if !apart || length < 3 || length > longest || behind == b'=' || behind == b'/' {
            continue;
        }
        // a word of a language may be a parameter's name too: only code names that
        let is_name =
            word.contains('_') || word.contains("cl") && word.ends_with("id") || quoted && behind == b'`';
        if is_name && names.contains(&word.to_ascii_lowercase()) {
            found.insert(word.to_ascii_lowercase());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_outside_of_addresses() {
        let names = ["fbclid", "tag", "pk_kwd"].map(str::to_owned).into_iter().collect();
        let named = |text: &str| names_in_words(text, &names).len();
        assert_eq!(named("Der Parameter `fbclid`, in `tag` und „pk_kwd“."), 3);
        assert_eq!(named("A tag: https://a.example/?fbclid=1&tag=2 [x](https://b.example/?pk_kwd=3)"), 0);
    }
}
