//! Instructions told by how the sentence is built, whatever its verb: a first word before an article, an infinitive at the end.
//! Owns those forms; the words they are made of are data of each language.

use super::words::Language;

impl Language {
    /// Whether the first word is a verb by what follows it: an article or another word with which objects begin (`Jiggle the
    /// plug`, `Feche-o`). `clause` is in lower case and begins with a letter.
    pub(crate) fn opens_with_object(&self, clause: &str) -> bool {
        if self.objects.is_empty() {
            return false;
        }
        let first = word(clause);
        if first.chars().count() < 2 || self.not_before_objects.holds(first) {
            return false;
        }
        let rest = clause.get(first.len()..).unwrap_or("");
        if let Some(glued) = rest.strip_prefix('-') {
            let own = format!("-{}", word(glued));
            return own.len() > 1 && self.objects.contains(&own);
        }
        let Some(rest) = rest.strip_prefix([' ', '\u{a0}']) else { return false };
        let second = word(rest);
        if second.is_empty() {
            return false;
        }
        // `l'eau`: an article before an apostrophe
        let apostrophe =
            rest.get(second.len()..).and_then(|r| r.chars().next()).filter(|c| matches!(c, '\'' | '’'));
        match apostrophe {
            Some(c) => self.objects.contains(&format!("{second}{c}")) || self.objects.contains(second),
            None => self.objects.contains(second),
        }
    }

    /// Whether a sentence begins with a word that says when or where, and not with what it is about.
    pub(crate) fn opens_with_circumstance(&self, lower: &str) -> bool {
        let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.not_before_objects.holds(word(bare)) && self.subjects.end_at_start(bare).is_none()
    }

    /// Whether the first clause ends in an infinitive and has no other verb: `Den Deckel abnehmen, dann …`. In the case it is
    /// written in: nouns are told by their capitals.
    pub(crate) fn ends_in_infinitive(&self, text: &str) -> bool {
        if self.infinitives.is_empty() {
            return false;
        }
        let clause = text
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .split([',', '.', ';', ':', '!', '?', '(', '–', '—', '\n'])
            .next()
            .unwrap_or("");
        let words: Vec<&str> =
            clause.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
        let [first, .., last] = words.as_slice() else { return false };
        if words.len() > 24 || !last.chars().all(|c| c.is_lowercase() || c == '-') {
            return false;
        }
        let is_infinitive = last.chars().count() >= 4
            && self.infinitives.iter().any(|e| last.ends_with(e.as_str()))
            && !words.iter().any(|w| self.finite.contains(w.to_lowercase().as_str()));
        let may_state =
            self.plural_subjects.contains("*") || self.plural_subjects.contains(&first.to_lowercase());
        is_infinitive && (!may_state || self.separable.iter().any(|s| last.starts_with(s.as_str())))
    }
}

/// The word at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}
