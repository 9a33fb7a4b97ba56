//! [`Tongue`]: the languages an article is in, and what its sentences do in them. Owns that reading; must not know documents.

use super::words::{Language, WordSet, words};
use crate::script::{is_han, is_kana};
use std::collections::HashMap;

/// How a sentence instructs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Instructs {
    /// Not at all.
    No,
    /// A word of instruction stands somewhere in it.
    Perhaps,
    /// It begins, or a clause of it begins, with a word of instruction.
    Yes,
}

/// The languages of an article.
#[derive(Debug)]
pub(crate) struct Tongue {
    active: Vec<&'static Language>,
    /// Whether its words carry no forms: what instructs and what states look alike.
    pub(crate) is_uninflected: bool,
}

impl Tongue {
    /// Finds the languages of a text given in pieces: by script, and by the common words of those that share one.
    pub(crate) fn of<'t>(pieces: impl Iterator<Item = &'t str>) -> Self {
        let all = &words().languages;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let (mut kana, mut han, mut letters, mut spaced) = (0usize, 0usize, 0usize, 0usize);
        let mut read = 0usize;
        for piece in pieces {
            read += piece.len();
            if read > 60_000 {
                break;
            }
            for c in piece.chars() {
                kana += usize::from(is_kana(c));
                han += usize::from(is_han(c));
                letters += usize::from(c.is_alphabetic());
            }
            for word in piece.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && w.len() < 24) {
                spaced += 1;
                let lower = word.to_lowercase();
                for language in all.iter().filter(|l| l.common.contains(&lower)) {
                    *counts.entry(language.code.as_str()).or_insert(0) += 1;
                }
            }
        }
        let most = counts.values().copied().max().unwrap_or(0).max(1);
        let active: Vec<&Language> = all
            .iter()
            .filter(|l| match l.code.as_str() {
                "en" => true,
                "ja" => kana > 0,
                "zh" => han > 0 && kana * 20 < han,
                "ko" | "th" | "hi" | "el" | "he" => true,
                // a few words tell nothing
                code => spaced < 25 && most < 2 || counts.get(code).is_some_and(|&c| c * 2 >= most),
            })
            .collect();
        Self { active, is_uninflected: han * 4 > letters && kana * 20 < han }
    }

    fn any(&self, lower: &str, set: impl Fn(&Language) -> &WordSet) -> bool {
        self.active.iter().any(|l| set(l).is_in(lower))
    }

    /// Whether things to do are announced. `lower` is in lower case, as in all that follow.
    pub(crate) fn announces(&self, lower: &str) -> bool {
        self.any(lower, |l| &l.announce)
    }

    /// Whether a title promises instructions.
    pub(crate) fn promises_howto(&self, lower: &str) -> bool {
        self.any(lower, |l| &l.howto)
    }

    /// Whether a list of things is promised.
    pub(crate) fn promises_list(&self, lower: &str) -> bool {
        self.any(lower, |l| &l.listicle)
    }

    /// Whether an explanation is announced.
    pub(crate) fn explains(&self, lower: &str) -> bool {
        self.any(lower, |l| &l.explain)
    }

    /// Whether a sentence instructs: it begins with a verb of instruction, or one of its clauses does, or it has a form of
    /// instruction further back. Reads the first 400 bytes of a text of any case.
    pub(crate) fn instructs(&self, text: &str) -> Instructs {
        let mut cut = text.len().min(400);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = text.get(..cut).unwrap_or("");
        let lower = text.to_lowercase();
        self.active
            .iter()
            .map(|l| if l.ends_in_infinitive(text) { Instructs::Yes } else { l.instructs(&lower) })
            .max()
            .unwrap_or(Instructs::No)
    }

    /// Whether a title begins with a verb of instruction, behind `First` and the like.
    pub(crate) fn begins_with_verb(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.active.iter().any(|l| l.begins_with_verb(&lower))
    }

    /// Whether a title ends in the infinitive that stands for an instruction, in a language whose nouns are told by their capitals:
    /// `Router anschließen`.
    pub(crate) fn ends_in_infinitive(&self, text: &str) -> bool {
        self.active.iter().any(|l| l.code == "de" && l.ends_in_infinitive(text))
    }

    /// Whether a sentence states: it begins with an article, a pronoun or a question word.
    pub(crate) fn states(&self, text: &str) -> bool {
        let lower: String = text.chars().take(60).collect::<String>().to_lowercase();
        let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.active.iter().any(|l| l.subjects.end_at_start(bare).is_some() && !l.ends_in_infinitive(text))
    }
}

/// Where clauses begin.
fn opens_clause(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '،'
            | '؛'
            | '–'
            | '—'
            | '-'
            | '('
            | '（'
            | '“'
            | '"'
            | '\''
            | '「'
            | '\n'
    )
}

impl Language {
    fn instructs(&self, lower: &str) -> Instructs {
        if self.verbs_within.is_in(lower) {
            return Instructs::Yes;
        }
        let longest = |set: &WordSet| {
            let mut ends: HashMap<usize, usize> = HashMap::new();
            for (s, e) in set.matches(lower) {
                let end = ends.entry(s).or_insert(e);
                *end = (*end).max(e);
            }
            ends
        };
        let verbs = longest(&self.verbs);
        if self.ends_as_instruction(lower) {
            return Instructs::Yes;
        }
        if verbs.is_empty() && self.endings.is_empty() && self.objects.is_empty() {
            return Instructs::No;
        }
        let openers = longest(&self.openers);
        let behind = lower.char_indices().filter(|(_, c)| opens_clause(*c)).map(|(i, c)| i + c.len_utf8());
        // a verb is told by its object where the sentence begins, and behind a first clause that says when or where
        let mut by_object = true;
        for start in std::iter::once(0).chain(behind) {
            let mut at = start;
            for _ in 0..4 {
                let rest = lower.get(at..).unwrap_or("");
                at += rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
                let clause = lower.get(at..).unwrap_or("");
                if verbs.contains_key(&at)
                    || self.begins_as_instruction(clause)
                    || by_object && self.opens_with_object(clause)
                {
                    return Instructs::Yes;
                }
                match openers.get(&at) {
                    Some(&end) => at = end,
                    None => break,
                }
            }
            by_object = start == 0 && self.opens_with_circumstance(lower);
        }
        if verbs.is_empty() { Instructs::No } else { Instructs::Perhaps }
    }

    /// Whether the first word, or the first two, end as those of instructions do.
    fn begins_as_instruction(&self, clause: &str) -> bool {
        if self.endings.is_empty() {
            return false;
        }
        let word_end = |from: usize| {
            clause
                .get(from..)
                .and_then(|r| r.find(|c: char| !c.is_alphabetic()))
                .map_or(clause.len(), |i| from + i)
        };
        let first = word_end(0);
        let second =
            if clause.get(first..).is_some_and(|r| r.starts_with(' ')) { word_end(first + 1) } else { first };
        self.endings.iter().any(|ending| {
            let end = if ending.contains(' ') { second } else { first };
            clause.get(..end).is_some_and(|w| w.ends_with(ending.as_str()) && w.chars().count() >= 5)
        })
    }

    /// Whether the last word of the first sentence ends as that of an instruction does.
    fn ends_as_instruction(&self, lower: &str) -> bool {
        if self.endings_last.is_empty() {
            return false;
        }
        let stop = lower.find(['.', '。', '!', '।', '\n', ':', '：']).unwrap_or(lower.len());
        let sentence = lower
            .get(..stop)
            .unwrap_or("")
            .trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
        let own = sentence.chars().next_back().is_some_and(|c| !c.is_ascii());
        let last = sentence.rsplit(' ').next().unwrap_or("");
        (own || last.len() > 3) && self.endings_last.iter().any(|e| last.ends_with(e.as_str()))
    }

    fn begins_with_verb(&self, lower: &str) -> bool {
        let mut rest = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        for _ in 0..3 {
            if self.verbs.end_at_start(rest).is_some() || self.opens_with_object(rest) {
                return true;
            }
            match self.openers.end_at_start(rest) {
                Some(end) => {
                    rest = rest.get(end..).unwrap_or("").trim_start_matches(|c: char| !c.is_alphanumeric())
                }
                None => break,
            }
        }
        self.verbs_within.is_in(lower)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Instructs {
        Tongue::of([text].into_iter()).instructs(text)
    }

    #[test]
    fn instructions_are_told_from_statements() {
        for text in [
            "Klicken Sie auf OK, und warten Sie, bis die Lampe leuchtet.",
            "First, open the lid.",
            "On your phone, tap Settings.",
            "Dans le menu, cliquez sur le bouton.",
            "電源ボタンをクリックします。",
            "点击设置",
            "Ayarlar düğmesine tıklayın",
            "Нажмите кнопку",
            // verbs that no table has, told by what follows
            "Jiggle the plug until the lamp blinks.",
            "Now unspool a metre of thread.",
            "Encaixe-o no outro balde.",
            "Desfralde as velas.",
            "Desenrosca la tapa con cuidado.",
            "Hisser la voile, puis attendre.",
            "Entwirre die Schnur.",
            "Ontwar het touw.",
            // infinitives at the end
            "Den Faden durch das Öhr fädeln.",
            "Eine feste Adresse vergeben, zum Beispiel die zweite.",
            "Die beiden Hälften zusammenstecken.",
        ] {
            assert_eq!(reads(text), Instructs::Yes, "{text}");
        }
        for text in ["The lamp is blue.", "Die Lampe ist blau.", "La lámpara es azul.", "灯是蓝色的"] {
            assert_eq!(reads(text), Instructs::No, "{text}");
        }
        for text in [
            "Behind the lamp.",
            "Blinks the whole night.",
            "Rarely the only one.",
            "Die Lampen leuchten.",
            "Der Faden soll nicht reißen.",
            "Drei blaue Lampen mit langen Fäden",
            "Gracias a la lámpara.",
            "Permet le séchage.",
            "Graças a esta lâmpada.",
        ] {
            assert_ne!(reads(text), Instructs::Yes, "{text}");
        }
        assert_eq!(reads("It was left open all night"), Instructs::Perhaps);
    }

    #[test]
    fn words_of_other_languages_are_not_read() {
        // `come` promises instructions in Italian, `configur*` instructs in French
        let english = "The lights come on when the configuration is loaded, and the door is shut by the time it is dark.";
        let tongue = Tongue::of([english].into_iter());
        assert!(!tongue.promises_howto(&english.to_lowercase()));
        assert_eq!(tongue.instructs("Configuration file settings"), Instructs::No);
        assert!(tongue.promises_list("the best editors"));
        assert!(!tongue.promises_list("bestow"));
    }
}
