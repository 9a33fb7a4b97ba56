//! Reads data files that are lists of words: `name = ["…", "…"]` with comments. Owns that subset of TOML, as `rows` does its own;
//! a test holds that the `toml` crate reads the same.

/// Calls `take` with each word and the name of the list that it stands in.
pub(crate) fn for_each(text: &'static str, mut take: impl FnMut(&'static str, &'static str)) {
    let mut name = "";
    for line in text.split('\n') {
        let mut rest = match line.as_bytes().first() {
            Some(b'a'..=b'z') => {
                let Some((key, rest)) = line.split_once('=') else { continue };
                name = key.trim_end();
                rest
            }
            Some(b' ') => line,
            _ => continue,
        };
        while let Some(at) = memchr::memchr2(b'"', b'#', rest.as_bytes()) {
            if rest.as_bytes().get(at) == Some(&b'#') {
                break;
            }
            let from = rest.get(at + 1..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'"', from.as_bytes()) else { break };
            take(name, from.get(..end).unwrap_or_default());
            rest = from.get(end + 1..).unwrap_or_default();
        }
    }
}

/// The words of the list `name`.
pub(crate) fn listed(text: &'static str, name: &str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for_each(text, |list, word| words.extend((list == name).then_some(word)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{
        AD_WORDS, BLOCK_PARTS, CALL_WORDS, CODE_NAMES, FILE_ENDINGS, HTML_WORDS, LANGUAGE_WORDS, REPAIR_WORDS,
    };

    #[test]
    fn the_toml_crate_reads_the_same() {
        for text in [
            AD_WORDS,
            BLOCK_PARTS,
            CALL_WORDS,
            CODE_NAMES,
            FILE_ENDINGS,
            HTML_WORDS,
            LANGUAGE_WORDS,
            REPAIR_WORDS,
        ] {
            let table: toml::Table = toml::from_str(text).expect("the file is TOML");
            let theirs: Vec<(&str, &str)> = table
                .iter()
                .flat_map(|(name, words)| {
                    let words = words.as_array().expect("a list");
                    words.iter().map(move |w| (name.as_str(), w.as_str().expect("a word")))
                })
                .collect();
            let mut ours = Vec::new();
            for_each(text, |name, word| ours.push((name, word)));
            // tables keep no order
            let sorted = |mut words: Vec<(&str, &str)>| {
                words.sort_unstable();
                words.iter().map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>()
            };
            assert_eq!(sorted(ours), sorted(theirs));
        }
    }
}
