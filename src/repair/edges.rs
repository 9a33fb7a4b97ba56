//! The edges of parsed emphasis, links and code: the letters on both sides of a delimiter, and whether words were glued there.
//! Owns the judgement of one edge; [`Habits`](crate::repair::habits::Habits) adds up those of a document.
//!
//! Bold set in a word on purpose is small: an ending (`dom**ami**`), a prefix (`**ver**stehen`), a root, an initial
//! (`**E**xtensible`), a plural behind an acronym (`**URL**s`). Words glued by a scraper are whole words: one side is a function word of the
//! language, or the bold has several words, or it begins like a name behind a word in lower case.

use super::characters::{is_letter, letters_before, letters_behind};
use crate::document::{Kind, NodeRef};
use crate::evidence::language::{Language, is_prefix};
use crate::span::Span;

/// How long emphasis or a link is judged, in bytes: words that are marked are few.
pub const LONGEST: usize = 600;

/// From how many letters on what stands behind a word is no ending of it.
const LONGEST_ENDING: usize = 6;

/// Articles: they begin no other words, and words that are glued to them do not make a list of examples.
const ARTICLES: &[&str] = &[
    "the", "der", "die", "das", "den", "dem", "le", "la", "les", "el", "los", "las", "il", "lo", "gli", "de",
    "het", "os", "as",
];

/// Words before which an English preposition or verb begins a name: `the to**String** method`.
const DETERMINERS: &[&str] = &["the", "a", "an", "each", "every"];

/// What English names of methods and events begin with that are function words.
const METHOD_BEGINNINGS: &[&str] =
    &["is", "has", "can", "to", "on", "for", "from", "by", "with", "as", "at", "do", "if", "in"];

/// What English compounds end with that are function words: `**log**in`, `**plug**in`.
const COMPOUND_ENDINGS: &[&str] = &["in", "up", "on", "off", "out", "over"];

/// Which edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Where it begins.
    Left,
    /// Where it ends.
    Right,
}

/// What an edge with letters on both sides is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glue {
    /// Set so on purpose: part of a word.
    Part,
    /// Too short to tell: damage only in a document that glues words all over.
    Short,
    /// One or the other: the rest of the document decides.
    Open,
    /// Two words, if the document shows more of it.
    Likely,
    /// Two words.
    Certain,
}

/// An edge with letters on both sides.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'a> {
    /// The byte at which a blank is missing.
    pub at: usize,
    /// The letters outside.
    pub outside: &'a str,
    /// What it is the edge of.
    pub node: NodeRef<'a>,
    /// Which side of it.
    pub side: Side,
}

/// What an edge leaves open, so that the other edges of the document decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing.
    None,
    /// A function word before a small word: it may be a prefix, where the text has a list of such words.
    Prefix,
    /// The same in a list of words: `op**bellen**, aan**komen**`.
    Listed,
    /// A function word behind a span that may be an ending: `**Excel**u`, `**Freund**in`.
    Ending,
    /// One that is no known ending and as short as one: it may be of a language that is not known.
    Short,
}

/// Whether the node can have edges that are judged: emphasis, links and code of Markdown.
pub fn has_edges(node: NodeRef<'_>) -> bool {
    let begins = |mark: &str| node.document.slice(node.span()).starts_with(mark);
    !node.is_html()
        && match node.kind() {
            // bold in bold is a delimiter taken for another
            Kind::Strong => node.parent().is_none_or(|parent| parent.kind() != Kind::Strong),
            Kind::Emphasis => true,
            Kind::Link => begins("["),
            Kind::Code => begins("`"),
            Kind::Strike => begins("~~"),
            _ => false,
        }
}

/// Whether no emphasis, link or code in a block reaches over the end of a line, so that its lines can be parted.
pub fn stays_on_lines(block: NodeRef<'_>) -> bool {
    block.children().all(|n| {
        matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak)
            || memchr::memchr(b'\n', n.source().as_bytes()).is_none()
    })
}

/// The edge of `node` on that side, if letters stand on both sides of it.
pub fn edge<'a>(node: NodeRef<'a>, side: Side) -> Option<Edge<'a>> {
    let (text, span) = (node.document.text, node.span());
    if span.len() > LONGEST {
        return None;
    }
    // most edges have a blank or a sign beside them
    let beside = match side {
        Side::Left => span.start.checked_sub(1).and_then(|i| text.as_bytes().get(i)),
        Side::Right => text.as_bytes().get(span.end),
    };
    if beside.is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic()) {
        return None;
    }
    let (at, outside, inside) = match side {
        Side::Left => (span.start, letters_before(text, span.start), first_letter(node)),
        Side::Right => (span.end, letters_behind(text, span.end), last_letter(node)),
    };
    // code begins and ends with any character
    if outside.is_empty()
        || node.kind() != Kind::Code
            && !inside.is_some_and(|c| is_letter(c) || c.is_ascii_digit() && has_number_and_words(node))
    {
        return None;
    }
    // what stands there must be prose: not an entity, an escape, or the end of another delimiter
    let neighbour = match side {
        Side::Left => node.previous_sibling()?,
        Side::Right => node.next_sibling()?,
    };
    let whole = match side {
        Side::Left => Span::new(at - outside.len(), at),
        Side::Right => Span::new(at, at + outside.len()),
    };
    (neighbour.kind() == Kind::Text && neighbour.span().contains(whole)).then_some(Edge {
        at,
        outside,
        node,
        side,
    })
}

/// Whether bold holds a number and words beside it, no formula: `for**25 minutes**`, not `H**2**O` nor `sin**2 x + cos**2 x`.
fn has_number_and_words(node: NodeRef<'_>) -> bool {
    if node.kind() != Kind::Strong {
        return false;
    }
    let words = node.words();
    let is_plain = |word: &str| {
        let letters = word.chars().filter(|c| is_letter(*c)).count();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | ':' | '%');
        letters >= 2 && digits == 0 || digits >= 1 && word.chars().all(is_of_number)
    };
    words.contains(' ') && words.contains(is_letter) && words.split(' ').all(is_plain)
}

fn first_letter(node: NodeRef<'_>) -> Option<char> {
    let mut at = node;
    while let Some(child) = at.children().next() {
        at = child;
    }
    (at.kind() == Kind::Text).then(|| at.text().chars().next())?
}

fn last_letter(node: NodeRef<'_>) -> Option<char> {
    let mut at = node;
    while let Some(child) = at.last_child() {
        at = child;
    }
    (at.kind() == Kind::Text).then(|| at.text().chars().next_back())?
}

impl<'a> Edge<'a> {
    /// What it is.
    pub fn glue(&self, language: &Language) -> Glue {
        if self.node.kind() == Kind::Code {
            return self.code(language);
        }
        if self.is_between_stars(language) {
            return Glue::Part;
        }
        let words = self.node.words();
        let letters = words.chars().filter(|&c| is_letter(c)).count();
        if letters <= 1 && !words.contains(' ') {
            return self.initial(language);
        }
        match self.side {
            Side::Left => self.left(&words, language),
            Side::Right => self.right(&words, language),
        }
    }

    /// What it leaves to the other edges of the document.
    pub fn doubt(&self, glue: Glue, language: &Language) -> Doubt {
        if glue == Glue::Part || self.node.kind() == Kind::Code || !language.is_function_word(self.outside) {
            return Doubt::None;
        }
        let words = self.node.words();
        let small = !words.contains(' ') && !words.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        match self.side {
            Side::Right if self.may_be_ending(&words, language) => Doubt::Ending,
            Side::Right if self.is_short_ending() => Doubt::Short,
            Side::Left if small && !ARTICLES.contains(&self.outside.to_lowercase().as_str()) => {
                if self.is_listed() { Doubt::Listed } else { Doubt::Prefix }
            }
            _ => Doubt::None,
        }
    }

    /// Whether the document counts it as a part of a word that is meant: plurals behind code and stars between letters say nothing.
    pub fn counts_as_meant(&self) -> bool {
        let several = || self.node.words().contains(' ');
        match self.node.kind() {
            Kind::Code => false,
            Kind::Emphasis => !several(),
            _ => true,
        }
    }

    /// Whether a clause ends behind the word that stands behind the span: function words that may be endings do not stand there.
    pub fn ends_clause(&self) -> bool {
        let rest = self.node.document.text.get(self.at + self.outside.len()..).unwrap_or("");
        let ends_block = || rest.trim_start_matches(' ').starts_with("\n\n") || rest.trim().is_empty();
        rest.starts_with(['.', ',', ';', ':', ')', '!', '?']) || ends_block()
    }

    /// Whether a word of small letters right behind the span is too short for anything but an ending.
    pub fn is_short_ending(&self) -> bool {
        let words = self.node.words();
        self.side == Side::Right
            && self.outside.chars().count() <= 3
            && self.outside.chars().all(char::is_lowercase)
            && words.chars().count() > 2
            && words.chars().next_back().is_some_and(char::is_lowercase)
    }

    /// Code takes no letters of words into it but for endings: plurals, participles.
    fn code(&self, language: &Language) -> Glue {
        let length = self.outside.chars().count();
        let is_word = length >= 2 && language.is_function_word(self.outside);
        match self.side {
            Side::Left if is_word && !is_prefix(self.outside) => Glue::Likely,
            Side::Left if is_word || length >= 4 => Glue::Short,
            Side::Right if is_word && !language.is_ending(self.outside) => Glue::Likely,
            Side::Right if length >= LONGEST_ENDING => Glue::Short,
            _ => Glue::Part,
        }
    }

    /// Whether the span is what stands between two stars that were meant as stars: `Schüler*innen und Lehrer*innen`.
    fn is_between_stars(&self, language: &Language) -> bool {
        if self.node.kind() != Kind::Emphasis {
            return false;
        }
        let source = self.node.source();
        let Some(content) = source.strip_prefix('*').and_then(|s| s.strip_suffix('*')) else { return false };
        if content.starts_with('*')
            || !content.starts_with(char::is_lowercase)
            || content.chars().all(is_letter)
        {
            return false;
        }
        let (text, span) = (self.node.document.text, self.node.span());
        let (before, behind) = (letters_before(text, span.start), letters_behind(text, span.end));
        if before.is_empty() || behind.is_empty() {
            return false;
        }
        let first = letters_behind(content, 0);
        let is_word = |word: &str| {
            word.chars().nth(1).is_some() && language.is_function_word(word) && !language.is_ending(word)
        };
        let are_words = is_word(before) && is_word(behind);
        !are_words || first.chars().nth(1).is_none() || language.is_ending(first)
    }

    /// Whether the word before the span stands where the words of a list do: behind a comma, colon or bracket.
    fn is_listed(&self) -> bool {
        let head = self.node.document.text.get(..self.at - self.outside.len()).unwrap_or("");
        head.trim_end_matches(' ').ends_with([',', ';', ':', '(', '،', '、'])
    }

    /// Whether the function word behind the span is an ending of the language as well.
    fn may_be_ending(&self, words: &str, language: &Language) -> bool {
        let last = words.rsplit(' ').next().unwrap_or("");
        if language.is_ending(self.outside) {
            let vowel =
                |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'í' | 'ó' | 'ã' | 'à');
            let alone = self.outside.chars().nth(1).is_none();
            return match last.chars().next_back() {
                // Romance endings take the place of a vowel, no Slavic ones follow a soft sign
                Some('ь') => false,
                Some(c) if alone && vowel(c) => {
                    !["es", "pt", "it", "ro"].iter().any(|l| language.is_likely(l))
                }
                _ => true,
            };
        }
        let small = !words.contains(' ') && words.chars().all(char::is_lowercase);
        let compound = || {
            language.may_be("en")
                && words.chars().count() <= LONGEST_ENDING
                && COMPOUND_ENDINGS.contains(&self.outside)
        };
        // `**where**as`
        small && (compound() || language.is_function_word(words))
    }

    /// Whether an English function word begins a name: `the to**String** method`.
    fn begins_method(&self, language: &Language) -> bool {
        if !METHOD_BEGINNINGS.contains(&self.outside) || !language.may_be("en") {
            return false;
        }
        let text = self.node.document.text;
        let head = text.get(..self.at - self.outside.len()).unwrap_or("").trim_end_matches(' ');
        let word = letters_before(text, head.len());
        DETERMINERS.iter().any(|d| d.eq_ignore_ascii_case(word))
    }

    /// A single letter: a key (`and**R** at once`) or an initial (`e**X**tensible`, `**E**xtensible`).
    fn initial(&self, language: &Language) -> Glue {
        let alone = self.side == Side::Left && edge(self.node, Side::Right).is_none();
        let key = alone && language.is_function_word(self.outside) && !is_prefix(self.outside);
        let word = alone && self.outside.chars().count() >= 4;
        match (key, word) {
            (true, _) => Glue::Likely,
            (_, true) => Glue::Short,
            _ => Glue::Part,
        }
    }

    /// Whether what stands before the span may be a word of its own and not the beginning of a name: `Java**Script**datei`.
    fn may_be_word(&self, language: &Language) -> bool {
        !self.outside.starts_with(char::is_uppercase)
            || language.is_seen(self.outside)
            || starts_sentence(self.node.document.text, self.at - self.outside.len())
    }

    fn left(&self, words: &str, language: &Language) -> Glue {
        let first = words.split(' ').next().unwrap_or("");
        let several = words.contains(' ');
        let function = language.is_function_word(self.outside);
        if function && !several && self.begins_method(language) {
            return Glue::Part;
        }
        let named = begins_like_a_name(first)
            && self.outside.chars().next_back().is_some_and(char::is_lowercase)
            || has_article(first) && !is_prefix(self.outside);
        let length = self.outside.chars().count();
        if function && (several || named || !is_prefix(self.outside)) {
            let caseless = is_caseless(first) && first.chars().count() > 2;
            let sure = named || several && !is_prefix(self.outside) || caseless && !is_prefix(self.outside);
            // `You**Tube**`
            let start = self.at - self.outside.len();
            let inner = self.outside.starts_with(char::is_uppercase)
                && !starts_sentence(self.node.document.text, start);
            let is_number = words.starts_with(|c: char| c.is_ascii_digit());
            return if sure && !inner && !is_number { Glue::Certain } else { Glue::Likely };
        }
        // `un**believ**able`: a word goes on behind it, and no function word does
        let other = edge(self.node, Side::Right);
        if let Some(other) = other
            && !several
            && !language.is_function_word(other.outside)
        {
            let is_inside = names_inside(words, self.outside, other.outside) && self.may_be_word(language);
            return if is_inside { Glue::Short } else { Glue::Part };
        }
        // `You**Tube**`: a name with a capital inside; at the start of a sentence it may be a word
        let joint = named
            && !several
            && self.outside.starts_with(char::is_uppercase)
            && !language.is_seen(self.outside);
        if joint {
            return if starts_sentence(self.node.document.text, self.at - self.outside.len()) {
                Glue::Open
            } else {
                Glue::Short
            };
        }
        if several && (length > 2 || function) || named && (length > 2 || language.is_seen(self.outside)) {
            return Glue::Likely;
        }
        let seen = language.is_seen(self.outside);
        let opens = self.outside.starts_with(char::is_uppercase)
            && starts_sentence(self.node.document.text, self.at - self.outside.len());
        // where words have no case and few letters, what stands before the bold is a word or one of a few prefixes
        let caseless = is_caseless(self.outside) && !is_prefix(self.outside);
        let shortest = if caseless {
            1
        } else if opens {
            2
        } else {
            3
        };
        if length <= shortest && !seen && !function {
            // `Mở**Cài đặt**`: a short word of its own, where the text glues words
            let is_word = length == 2 && several && named && opens && !is_prefix(self.outside);
            if is_word { Glue::Short } else { Glue::Part }
        } else if length <= 4 && !seen || function || first.chars().count() <= 4 {
            Glue::Short
        } else {
            Glue::Open
        }
    }

    fn right(&self, words: &str, language: &Language) -> Glue {
        let last = words.rsplit(' ').next().unwrap_or("");
        let several = words.contains(' ');
        let function = language.is_function_word(self.outside);
        let length = self.outside.chars().count();
        if length == 1 && self.ends_clause() {
            return Glue::Part;
        }
        let acronym = last.chars().count() >= 2 && !last.chars().any(char::is_lowercase);
        let capital = self.outside.chars().next().is_some_and(char::is_uppercase)
            && last.chars().next_back().is_some_and(char::is_lowercase);
        // `**Log**In`
        if function && (acronym || capital && !several) && length <= 2 {
            return Glue::Short;
        }
        if function {
            let is_number = words.ends_with(|c: char| c.is_ascii_digit());
            let sure = !is_number && (several || begins_like_a_name(last) && length > 2);
            return if sure { Glue::Certain } else { Glue::Likely };
        }
        if let Some(other) = edge(self.node, Side::Left)
            && !several
            && !function
            && !language.is_function_word(other.outside)
        {
            let is_inside = names_inside(words, other.outside, self.outside) && other.may_be_word(language);
            return if is_inside { Glue::Short } else { Glue::Part };
        }
        if length <= 3 || acronym && length <= 4 || !several && language.is_ending(self.outside) {
            return Glue::Part;
        }
        // `**Java**Script`
        if capital && !several && !language.is_seen(self.outside) {
            return Glue::Part;
        }
        if several || capital || language.is_seen(self.outside) && begins_like_a_name(last) {
            return Glue::Likely;
        }
        if begins_like_a_name(last)
            || last.chars().count() > 4 && !last.chars().any(char::is_uppercase) && is_caseless(last)
        {
            Glue::Open
        } else if !acronym
            && last.chars().count() >= 4
            && (length >= 5 && language.is_seen(last) || length >= LONGEST_ENDING)
        {
            // `**window**instead`: two words, if the text has the first by itself or the second is no ending
            Glue::Short
        } else {
            Glue::Part
        }
    }
}

/// Whether a sentence or line begins at byte `at`.
fn starts_sentence(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("").trim_end_matches(' ');
    head.chars()
        .next_back()
        .is_none_or(|c| matches!(c, '\n' | '.' | '!' | '?' | ':' | ')' | '-' | '*' | '#' | '|' | '>'))
}

/// Whether a word with a capital stands between two of small letters, none of them short: `menüde**Yazdır**komutunu`. Three words, if the
/// text glues words; what is marked in a word (`un**believ**able`) has no capital.
fn names_inside(words: &str, before: &str, behind: &str) -> bool {
    let mut letters = words.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 2
        && letters.all(|c| c.is_lowercase() || !c.is_alphabetic());
    let is_long = |word: &str, shortest: usize| word.chars().nth(shortest - 1).is_some();
    is_name
        && before.chars().next_back().is_some_and(char::is_lowercase)
        && behind.chars().all(char::is_lowercase)
        && is_long(before, 4)
        && is_long(behind, if is_long(words, 5) { 2 } else { 3 })
}

/// Whether a word begins with a capital or is one of several capitals or digits.
fn begins_like_a_name(word: &str) -> bool {
    let mut chars = word.chars().filter(|c| c.is_alphanumeric());
    chars.next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) && chars.next().is_some()
}

/// Whether a word begins with the Arabic article, before which a word ends.
fn has_article(word: &str) -> bool {
    word.starts_with("ال") && word.chars().count() >= 5
}

fn is_caseless(word: &str) -> bool {
    !word.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}
