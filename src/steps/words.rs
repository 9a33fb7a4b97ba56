//! The words by which articles mark, announce or rule out steps. Owns reading `data/step_words.toml` and matching it against
//! text; must not know documents.

use crate::script::has_unspaced_words;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

const SOURCE: &str = include_str!("../data/step_words.toml");

/// The lists that every language has of which sentences are read.
#[cfg(test)]
pub(crate) const LISTS: [&str; 40] = [
    "step",
    "alternative",
    "part",
    "tip",
    "item",
    "numerals",
    "ordinals",
    "directions",
    "announce",
    "howto",
    "listicle",
    "explain",
    "faq",
    "contents",
    "prerequisites",
    "ingredients",
    "related",
    "references",
    "changelog",
    "features",
    "proscons",
    "conclusion",
    "overview",
    "terms",
    "clause",
    "note",
    "warning",
    "common",
    "openers",
    "verbs",
    "verbs_within",
    "endings",
    "endings_last",
    "objects",
    "not_before_objects",
    "infinitives",
    "finite",
    "plural_subjects",
    "separable",
    "subjects",
];

/// The first and the last of the [`LISTS`] that a language may leave empty, for it marks instructions by other means.
#[cfg(test)]
const MAY_BE_EMPTY: [&str; 2] = ["verbs", "separable"];

/// The lists that every language has, also those of which only marks and headings are read.
#[cfg(test)]
const OF_MARKS: [&str; 7] =
    ["step", "faq", "contents", "prerequisites", "ingredients", "related", "conclusion"];

/// What a heading is about, as far as that decides whether steps can stand below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// Below it even bullets are steps.
    Directions,
    /// Questions and answers.
    Faq,
    /// A table of contents.
    Contents,
    /// What is needed beforehand.
    Prerequisites,
    /// What goes into a dish.
    Ingredients,
    /// Links elsewhere.
    Related,
    /// Sources, notes, thanks.
    References,
    /// What changed.
    Changelog,
    /// What something can do.
    Features,
    /// Judgements.
    ProsCons,
    /// The end of the article.
    Conclusion,
    /// Its beginning.
    Overview,
    /// What is agreed: terms of service and the like.
    Terms,
}

impl Topic {
    const ALL: [(Topic, &'static str); 13] = [
        (Topic::Directions, "directions"),
        (Topic::Faq, "faq"),
        (Topic::Contents, "contents"),
        (Topic::Prerequisites, "prerequisites"),
        (Topic::Ingredients, "ingredients"),
        (Topic::Related, "related"),
        (Topic::References, "references"),
        (Topic::Changelog, "changelog"),
        (Topic::ProsCons, "proscons"),
        (Topic::Features, "features"),
        (Topic::Conclusion, "conclusion"),
        (Topic::Overview, "overview"),
        (Topic::Terms, "terms"),
    ];

    /// What it is called in the reasons.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(t, _)| *t == self).map_or("", |(_, n)| n)
    }
}

/// What kind of thing a numbered word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum WordClass {
    /// `Step 1`.
    Step,
    /// `Method 1`: one of several ways.
    Alternative,
    /// `Part 1`: perhaps a chapter.
    Part,
    /// `Tip 1`: advice to follow.
    Tip,
    /// `Reason 1`: an entry of a list.
    Item,
}

/// Words of all languages that are looked for inside a text.
#[derive(Debug)]
pub(crate) struct WordSet {
    automaton: Option<AhoCorasick>,
    stem: Vec<bool>,
}

/// Whether Korean: words take endings without a blank.
fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{0900}'..='\u{0DFF}' | '\u{0590}'..='\u{06FF}') && !c.is_ascii_punctuation()
}

/// Whether a text ends in the Arabic article, alone or behind a particle written with it: `ال`, `وال`, `بال`, `لل`.
fn follows_article(before: &str) -> bool {
    let word = before.rsplit(|c: char| !is_letter(c)).next().unwrap_or("");
    matches!(word, "ال" | "وال" | "بال" | "فال" | "كال" | "لل" | "ولل")
}

impl WordSet {
    fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<&str> = words.collect();
        all.sort_unstable();
        all.dedup();
        let stem = all.iter().map(|w| w.ends_with('*')).collect();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(all.iter().map(|w| w.trim_end_matches('*')))
            .ok();
        Self { automaton, stem }
    }

    /// Where its words stand in `lower`, a text in lower case: first byte, byte after the last; words may overlap.
    pub(crate) fn matches<'t>(&'t self, lower: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        self.automaton.iter().flat_map(move |a| a.find_overlapping_iter(lower)).filter_map(move |m| {
            let before = lower.get(..m.start())?.chars().next_back();
            let after = lower.get(m.end()..)?.chars().next();
            let first = lower.get(m.start()..)?.chars().next()?;
            let last = lower.get(..m.end())?.chars().next_back()?;
            let free_before = has_unspaced_words(first)
                || !before.is_some_and(|c| is_letter(c) && !has_unspaced_words(c))
                || follows_article(lower.get(..m.start())?);
            let free_after = self.stem.get(m.pattern().as_usize()).copied().unwrap_or(false)
                || has_unspaced_words(last)
                || is_hangul(last)
                || !after.is_some_and(|c| is_letter(c) && !has_unspaced_words(c));
            (free_before && free_after).then_some((m.start(), m.end()))
        })
    }

    /// Whether one of its words stands in `lower`.
    pub(crate) fn is_in(&self, lower: &str) -> bool {
        self.matches(lower).next().is_some()
    }

    /// The end of the longest of its words at the very beginning of `lower`.
    pub(crate) fn end_at_start(&self, lower: &str) -> Option<usize> {
        self.matches(lower).take_while(|m| m.1 <= 64).filter(|m| m.0 == 0).map(|m| m.1).max()
    }

    /// The share of the letters of `lower` that its longest word takes.
    fn share(&self, lower: &str) -> f64 {
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
        let whole = letters(lower).max(1);
        let longest =
            self.matches(lower).map(|(s, e)| letters(lower.get(s..e).unwrap_or(""))).max().unwrap_or(0);
        longest as f64 / whole as f64
    }
}

/// All words, compiled.
#[derive(Debug)]
pub(crate) struct Words {
    /// Words that count something, longest first.
    pub(crate) counted: Vec<(String, WordClass)>,
    /// Numbers in words.
    pub(crate) numerals: HashMap<String, u32>,
    /// The longest of them, in characters.
    pub(crate) longest_numeral: usize,
    topics: Vec<(Topic, WordSet)>,
    /// Words that count the clauses of contracts.
    pub(crate) clause: Vec<String>,
    /// Tips inside steps.
    pub(crate) note: WordSet,
    /// Warnings inside steps.
    pub(crate) warning: WordSet,
    /// What is read language by language.
    pub(crate) languages: Vec<Language>,
}

/// The words of one language that say what a sentence does.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its code.
    pub(crate) code: String,
    /// Things to do are announced.
    pub(crate) announce: WordSet,
    /// Titles that promise instructions.
    pub(crate) howto: WordSet,
    /// Titles that promise a list of things.
    pub(crate) listicle: WordSet,
    /// What follows is explained, not done.
    pub(crate) explain: WordSet,
    /// Words before the verb of an instruction.
    pub(crate) openers: WordSet,
    /// Beginnings of instructions.
    pub(crate) verbs: WordSet,
    /// Instructions further back in a sentence.
    pub(crate) verbs_within: WordSet,
    /// How the first word of an instruction ends.
    pub(crate) endings: Vec<String>,
    /// How its last word ends.
    pub(crate) endings_last: Vec<String>,
    /// How the object of a verb begins.
    pub(crate) objects: HashSet<String>,
    /// What stands before those and is no verb of instruction.
    pub(crate) not_before_objects: Excluded,
    /// How verbs end that stand last in an instruction.
    pub(crate) infinitives: Vec<String>,
    /// Words beside which such a verb instructs nobody.
    pub(crate) finite: HashSet<String>,
    /// First words of sentences that may state as well.
    pub(crate) plural_subjects: HashSet<String>,
    /// How verbs begin that a statement would split.
    pub(crate) separable: Vec<String>,
    /// Beginnings of statements.
    pub(crate) subjects: WordSet,
    /// Frequent small words: they tell which language a text is in.
    pub(crate) common: HashSet<String>,
}

/// Words, and endings of words.
#[derive(Debug)]
pub(crate) struct Excluded {
    words: HashSet<String>,
    endings: Vec<String>,
}

impl Excluded {
    /// The words are those of all languages, for languages that are told apart by a few words share many.
    fn new(own: &[String], all: &HashSet<String>) -> Self {
        let endings = own.iter().filter_map(|w| w.strip_prefix('*')).map(str::to_string).collect();
        Self { words: all.clone(), endings }
    }

    /// Whether a word in lower case is one of these.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.words.contains(word) || self.endings.iter().any(|e| word.ends_with(e.as_str()))
    }
}

type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn table() -> Table {
    toml::from_str(SOURCE).unwrap_or_default()
}

/// The words, compiled on first use.
pub(crate) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| compile(&table()))
}

fn compile(table: &Table) -> Words {
    let list = |name: &'static str| {
        table
            .values()
            .flat_map(move |t| t.get(name).map(Vec::as_slice).unwrap_or_default().iter().map(String::as_str))
    };
    let set = |name: &'static str| WordSet::new(list(name));
    let mut counted: BTreeMap<String, WordClass> = BTreeMap::new();
    for (name, class) in [
        ("step", WordClass::Step),
        ("alternative", WordClass::Alternative),
        ("part", WordClass::Part),
        ("tip", WordClass::Tip),
        ("item", WordClass::Item),
    ] {
        for word in list(name) {
            let kept = counted.entry(word.to_string()).or_insert(class);
            // a word of two languages is what marks steps more surely, but for English, whose words are borrowed
            let english =
                table.get("en").is_some_and(|t| t.get(name).is_some_and(|l| l.iter().any(|w| w == word)));
            if english || class < *kept {
                *kept = class;
            }
        }
    }
    let mut counted: Vec<(String, WordClass)> = counted.into_iter().collect();
    counted.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    let mut numerals = HashMap::new();
    for language in table.values() {
        for name in ["numerals", "ordinals"] {
            for (i, word) in language.get(name).map(Vec::as_slice).unwrap_or_default().iter().enumerate() {
                numerals.entry(word.clone()).or_insert(i as u32 + 1);
            }
        }
    }
    let no_verbs: HashSet<String> =
        list("not_before_objects").filter(|w| !w.starts_with('*')).map(str::to_string).collect();
    let longest_numeral = numerals.keys().map(|w| w.chars().count()).max().unwrap_or(0);
    Words {
        counted,
        longest_numeral,
        numerals,
        topics: Topic::ALL.iter().map(|(t, n)| (*t, set(n))).collect(),
        clause: list("clause").map(str::to_string).collect(),
        note: set("note"),
        warning: set("warning"),
        // of the others there are marks and headings, no sentences
        languages: table
            .iter()
            .filter(|(_, lists)| lists.contains_key("common"))
            .map(|(code, lists)| language(code, lists, &no_verbs))
            .collect(),
    }
}

fn language(code: &str, lists: &BTreeMap<String, Vec<String>>, no_verbs: &HashSet<String>) -> Language {
    let list = |name: &str| lists.get(name).map(Vec::as_slice).unwrap_or_default();
    let set = |name: &str| WordSet::new(list(name).iter().map(String::as_str));
    let words = |name: &str| list(name).iter().cloned().collect();
    Language {
        code: code.to_string(),
        announce: set("announce"),
        howto: set("howto"),
        listicle: set("listicle"),
        explain: set("explain"),
        openers: set("openers"),
        verbs: set("verbs"),
        verbs_within: set("verbs_within"),
        endings: list("endings").to_vec(),
        endings_last: list("endings_last").to_vec(),
        objects: words("objects"),
        not_before_objects: Excluded::new(list("not_before_objects"), no_verbs),
        infinitives: list("infinitives").to_vec(),
        finite: words("finite"),
        plural_subjects: words("plural_subjects"),
        separable: list("separable").to_vec(),
        subjects: set("subjects"),
        common: words("common"),
    }
}

impl Words {
    /// What a heading of these words is about. A topic's words must make up most of it (for questions a part is enough).
    pub(crate) fn topic(&self, heading: &str) -> Option<Topic> {
        let lower = heading.to_lowercase();
        let mut best: Option<(Topic, f64)> = None;
        for (topic, set) in &self.topics {
            let share = set.share(&lower);
            let enough = match topic {
                Topic::Faq => share > 0.0,
                // `Write a privacy policy` is something to do
                Topic::Directions | Topic::Terms => share >= 0.75,
                Topic::Related => share >= 0.6,
                Topic::Features | Topic::Changelog | Topic::ProsCons | Topic::Ingredients => share >= 0.45,
                _ => share >= 0.55,
            };
            if enough && best.is_none_or(|(_, s)| share > s) {
                best = Some((*topic, share));
            }
        }
        best.map(|(t, _)| t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_well_formed() {
        let table = table();
        assert!(table.len() >= 20, "{} languages", table.len());
        let [first, last] = MAY_BE_EMPTY.map(|name| LISTS.iter().position(|list| *list == name).unwrap());
        for (language, lists) in &table {
            let only_marks = !lists.contains_key("common");
            for (index, name) in LISTS.into_iter().enumerate() {
                let Some(list) = lists.get(name) else {
                    assert!(only_marks && !OF_MARKS.contains(&name), "{language} lacks {name}");
                    continue;
                };
                assert!((first..=last).contains(&index) || !list.is_empty(), "{language}.{name} is empty");
                for word in list {
                    assert_eq!(*word, word.to_lowercase(), "{language}.{name}");
                    assert_eq!(word.trim(), word, "{language}.{name}");
                    let any = name == "plural_subjects" && word == "*";
                    assert!(any || !word.trim_matches('*').is_empty(), "{language}.{name}");
                }
                let mut unique = list.clone();
                unique.sort();
                unique.dedup();
                assert_eq!(unique.len(), list.len(), "{language}.{name} says a word twice: {list:?}");
            }
            assert!(lists.keys().all(|k| LISTS.contains(&k.as_str())), "{language} has a list nobody reads");
            for name in ["numerals", "ordinals"] {
                assert_eq!(lists.get(name).map_or(10, Vec::len), 10, "{language}");
            }
            assert!(
                only_marks || !lists["verbs"].is_empty() || !lists["verbs_within"].is_empty(),
                "{language} has no verbs"
            );
        }
    }

    #[test]
    fn topics_fill_their_heading() {
        let words = words();
        assert_eq!(words.topic("Frequently asked questions about glue"), Some(Topic::Faq));
        assert_eq!(words.topic("How to write a conclusion for a long essay"), None);
        assert_eq!(words.topic("Voraussetzungen"), Some(Topic::Prerequisites));
        assert_eq!(words.topic("Our Terms of Service"), Some(Topic::Terms));
        assert_eq!(words.topic("Write a privacy policy"), None);
        assert_eq!(words.topic("Преди да започнете"), Some(Topic::Prerequisites));
        assert_eq!(words.topic("មាតិកា"), Some(Topic::Contents));
    }

    #[test]
    fn the_arabic_article_is_no_part_of_a_word() {
        let set = WordSet::new(["بديل", "أدوات"].into_iter());
        for text in ["بديل مجاني", "البديل المجاني", "والأدوات", "هذا للأدوات"]
        {
            assert!(set.is_in(text), "{text}");
        }
        for text in ["تبديل", "البديلة", "نأدوات"] {
            assert!(!set.is_in(text), "{text}");
        }
    }
}
