//! [`Habits`]: how often a document shows a kind of damage. Owns counting; rules decide what follows from it.
//!
//! One glued bold may be meant, one blank before a full stop may be a file name; a scraper does the same thing all over a document.

use super::characters::{is_blank, marks_behind_blanks};
use super::edges::{Doubt, Edge, Glue, Side, edge, has_edges};
use crate::contract::Gather;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::evidence::language::Language;
use crate::settings::Settings;
use crate::zone::Zone;
use std::cell::OnceCell;

/// Up to how many glued edges are told apart by their number.
const MOST_COUNTED: u32 = 100;

/// What an edge with letters on both sides is.
#[derive(Clone, Copy, Debug)]
struct Judged {
    /// What it is an edge of.
    id: NodeId,
    /// Which one.
    side: Side,
    /// What it is.
    glue: Glue,
    /// Why it might be something else.
    doubt: Doubt,
}

impl Judged {
    /// Whether two words are glued there.
    fn is_glued(&self) -> bool {
        matches!(self.glue, Glue::Likely | Glue::Certain)
    }

    /// The edge itself.
    fn edge<'a>(&self, document: Document<'a>) -> Option<Edge<'a>> {
        edge(document.node(self.id), self.side)
    }
}

/// How often a document shows the damage of scrapers.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// The language, once somebody asks for it.
    language: OnceCell<Language>,
    /// What each edge with letters on both sides is, ascending.
    glues: Vec<Judged>,
    /// Whether prefixes and listed forms are parts of words.
    is_lesson: bool,
    /// Whether what may be endings behind spans are words.
    has_words_behind: bool,
    /// Edges of emphasis and links with two words glued, surely or likely.
    pub glued: u32,
    /// Edges inside of words that are meant.
    pub meant: u32,
    /// Edges with letters on both sides that say nothing, before a span.
    pub open: u32,
    /// The same behind a span, where the rest of a compound may stand: `**Haus**meister`.
    pub open_behind: u32,
    /// Bold and links in all.
    pub spans: u32,
    /// Blanks before a full stop or comma behind a span: `**Enter** .`
    pub stray_behind_spans: u32,
    /// Blanks before a question or exclamation mark that ends a sentence.
    pub stray_marks: u32,
    /// Blanks before a full stop or comma behind a word.
    pub stray_behind_words: u32,
}

impl Gather for Habits {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut habits = Habits::default();
        for (index, record) in document.parsed.tree.nodes.iter().enumerate() {
            if matches!(record.kind, Kind::Strong | Kind::Emphasis | Kind::Link | Kind::Code | Kind::Strike) {
                habits.edges(document.node(NodeId(index as u32)));
            }
        }
        habits.settle(document);
        habits.count_edges(document);
        habits.count_strays(document);
        habits
    }

    fn grants(&self) -> Option<u128> {
        let says = [
            self.glues(),
            self.glues_everywhere(),
            self.is_scraped(),
            self.strays(),
            self.stray_marks >= 2,
            self.stray_behind_words >= 2,
            self.stray_behind_spans >= 1,
            self.stray_behind_spans >= 2,
            self.has_words_behind,
            !self.is_lesson,
        ];
        let bits = says.iter().fold(0, |bits, &says| bits << 1 | u128::from(says));
        // an edge may turn out to be glued because the word behind it stands alone elsewhere now: so many are left
        let left = if self.glues() { self.glued.min(MOST_COUNTED) } else { 0 };
        Some(bits | u128::from(left > 0) << (says.len() as u32 + left))
    }
}

/// Whether a byte may be of a letter.
fn may_be_letter(byte: Option<&u8>) -> bool {
    byte.is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii())
}

/// The text, not raw, that byte `at` stands in.
fn text_at(document: Document<'_>, at: usize) -> Option<NodeRef<'_>> {
    let nodes = &document.parsed.tree.nodes;
    // the leaf that begins last before it
    let index = nodes.partition_point(|n| n.start as usize <= at).checked_sub(1)?;
    let record = nodes.get(index)?;
    (record.kind == Kind::Text && at < record.end as usize && !record.has(Flags::RAW))
        .then(|| document.node(NodeId(index as u32)))
}

impl Habits {
    /// The language of the document that they are of.
    pub fn language(&self, document: Document<'_>) -> &Language {
        self.language.get_or_init(|| Language::of_document(document))
    }

    /// What an edge with letters on both sides is.
    pub fn glue(&self, edge: &Edge<'_>) -> Glue {
        let found = self.glues.binary_search_by_key(&(edge.node.id, edge.side), |e| (e.id, e.side));
        let known = found.ok().and_then(|index| self.glues.get(index));
        known.map_or_else(|| edge.glue(self.language(edge.node.document)), |known| known.glue)
    }

    /// Whether two words are glued at the other edge of what this one is an edge of.
    pub fn is_glued_beyond(&self, edge: &Edge<'_>) -> bool {
        let side = match edge.side {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        };
        let found = self.glues.binary_search_by_key(&(edge.node.id, side), |e| (e.id, e.side));
        found.ok().and_then(|index| self.glues.get(index)).is_some_and(Judged::is_glued)
    }

    fn edges(&mut self, node: NodeRef<'_>) {
        let (span, bytes) = (node.span(), node.document.text.as_bytes());
        let before = may_be_letter(span.start.checked_sub(1).and_then(|at| bytes.get(at)));
        let behind = may_be_letter(bytes.get(span.end));
        // code is everywhere: what share of it is glued says nothing
        let counts = !matches!(node.kind(), Kind::Code | Kind::Strike);
        if !(counts || before || behind) || !has_edges(node) {
            return;
        }
        self.spans += u32::from(counts);
        for (side, may_be) in [(Side::Left, before), (Side::Right, behind)] {
            let Some(edge) = may_be.then(|| edge(node, side)).flatten() else { continue };
            let language = self.language(node.document);
            let glue = edge.glue(language);
            let doubt = edge.doubt(glue, language);
            self.glues.push(Judged { id: node.id, side, glue, doubt });
        }
    }

    /// Decides what the edges in doubt are.
    fn settle(&mut self, document: Document<'_>) {
        let count = |doubt| self.glues.iter().filter(|e| e.doubt == doubt).count();
        let is_lesson = count(Doubt::Listed) >= 2;
        let doubted = count(Doubt::Ending);
        let has_words = doubted > 0 && self.has_words_behind(document, doubted);
        let has_endings = count(Doubt::Short) > 0 && self.has_endings(document);
        (self.is_lesson, self.has_words_behind) = (is_lesson, has_words);
        let mut before: Option<Judged> = None;
        for judged in &mut self.glues {
            let is_part = match judged.doubt {
                Doubt::None => false,
                Doubt::Prefix | Doubt::Listed => is_lesson,
                Doubt::Ending => {
                    // glued on both sides it is no word with an ending
                    let both =
                        before.is_some_and(|e| e.id == judged.id && (e.is_glued() || e.glue == Glue::Open));
                    !both && !has_words
                }
                Doubt::Short => {
                    let both = before.is_some_and(|e| e.id == judged.id && e.glue != Glue::Part);
                    !both && has_endings
                }
            };
            if is_part {
                judged.glue = Glue::Part;
            }
            before = Some(*judged);
        }
    }

    /// Whether words are glued behind spans that are no endings, at least half as many as what may be, and the text has no endings there.
    fn has_words_behind(&self, document: Document<'_>, doubted: usize) -> bool {
        let mut words = 0;
        for judged in self.glues.iter().filter(|e| e.side == Side::Right) {
            let edge = || judged.edge(document);
            match judged.glue {
                _ if judged.doubt == Doubt::Ending && edge().is_some_and(|e| e.ends_clause()) => {
                    return false;
                }
                Glue::Likely | Glue::Certain if judged.doubt != Doubt::Ending => words += 1,
                Glue::Part if edge().is_some_and(|e| e.is_short_ending()) => return false,
                _ => {}
            }
        }
        words > 0 && words * 2 >= doubted
    }

    /// Whether what stands behind spans is endings, no words among it but what may be endings, too.
    fn has_endings(&self, document: Document<'_>) -> bool {
        let (mut endings, mut words) = (0, 0);
        for judged in self.glues.iter().filter(|e| e.side == Side::Right) {
            match judged.glue {
                Glue::Part if judged.edge(document).is_some_and(|e| e.is_short_ending()) => endings += 1,
                Glue::Likely | Glue::Certain if judged.doubt == Doubt::None => words += 1,
                _ => {}
            }
        }
        endings > words
    }

    /// Adds up the edges.
    fn count_edges(&mut self, document: Document<'_>) {
        for index in 0..self.glues.len() {
            let Some(judged) = self.glues.get(index).copied() else { continue };
            match judged.glue {
                Glue::Part if matches!(judged.doubt, Doubt::Ending | Doubt::Short) => {}
                Glue::Part => {
                    let counts = judged.edge(document).is_none_or(|edge| edge.counts_as_meant());
                    self.meant += u32::from(counts);
                }
                Glue::Short => {}
                Glue::Open if judged.side == Side::Left => self.open += 1,
                Glue::Open => self.open_behind += 1,
                Glue::Likely | Glue::Certain => self.glued += 1,
            }
        }
    }

    fn count_strays(&mut self, document: Document<'_>) {
        let bytes = document.text.as_bytes();
        for at in marks_behind_blanks(bytes) {
            let count = match bytes.get(at) {
                Some(b'!' | b'?') => Self::count_mark,
                Some(b'.' | b',') => Self::count_stop,
                _ => continue,
            };
            // the last byte of a no-break space is that of other characters, too
            let is_blank = document.text.get(..at).is_some_and(|head| head.ends_with(is_blank));
            if let Some(node) = text_at(document, at).filter(|_| is_blank) {
                count(self, node, at - node.span().start);
            }
        }
    }

    /// A question or exclamation mark at byte `at` of a text, behind a blank.
    fn count_mark(&mut self, node: NodeRef<'_>, at: usize) {
        let text = node.source();
        let ends = match text.get(at + 1..).map(|t| t.trim_start_matches(' ').chars().next()) {
            Some(Some(c)) => c.is_uppercase(),
            _ => node.next_sibling().is_none_or(|n| matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak)),
        };
        // `a = ? AND`, `90 % !`: an operator, a sign
        let head = text.get(..at).and_then(|head| head.strip_suffix(' ')).unwrap_or("");
        let is_behind_word =
            head.ends_with(char::is_alphanumeric) || head.is_empty() || head.ends_with([')', '"', '”', '’']);
        if ends && is_behind_word && at > 0 && text.as_bytes().get(at - 1) == Some(&b' ') {
            self.stray_marks += 1;
        }
    }

    /// A full stop or comma at byte `at` of a text, behind a blank.
    fn count_stop(&mut self, node: NodeRef<'_>, at: usize) {
        let text = node.source();
        let head = text.get(..at).unwrap_or("");
        let comma = text.as_bytes().get(at) == Some(&b',');
        let ends = match text.get(at + 1..).and_then(|t| t.chars().next()) {
            Some(c) => is_blank(c),
            None => comma || node.next_sibling().is_none_or(|n| !is_span(n)),
        };
        if !ends || !head.ends_with(is_blank) {
            return;
        }
        let starts = text.get(at + 2..).and_then(|t| t.chars().next());
        match head.trim_end_matches(is_blank).chars().next_back() {
            // `**u** . **v**`, `**git add** . and`: an operator or an argument
            None if node.previous_sibling().is_some_and(is_span) => {
                let next = node.next_sibling().filter(|n| starts.is_none() && is_span(*n));
                let goes_on = starts.is_some_and(char::is_lowercase) || next.is_some_and(begins_small);
                self.stray_behind_spans += u32::from(comma || !goes_on);
            }
            // columns of tables may be set with blanks
            Some(c)
                if c.is_alphanumeric()
                    && node.leaf_block().is_none_or(|b| b.kind() != Kind::Cell)
                    && (comma || starts.is_none_or(|c| c.is_alphabetic() && !c.is_lowercase())) =>
            {
                self.stray_behind_words += 1;
            }
            _ => {}
        }
    }

    /// Whether words are glued to emphasis all over the document.
    pub fn glues(&self) -> bool {
        self.glued >= 2 && self.glued >= 2 * self.meant || self.glued >= 1 && self.glues_most()
    }

    /// Whether even edges that say little are damage: most spans are glued, and none is meant.
    pub fn glues_everywhere(&self) -> bool {
        self.glues() || self.glues_most()
    }

    /// Whether two thirds of all spans may be glued, and none is meant so.
    fn glues_most(&self) -> bool {
        // what may be compounds speaks for damage only beside what is
        let behind = if self.glued + self.open > 0 { self.open_behind } else { 0 };
        let glued = self.glued + self.open + behind;
        glued >= 2 && self.meant == 0 && glued * 3 >= self.spans * 2
    }

    /// Whether the document shows what scrapers do to spans at all.
    pub fn is_scraped(&self) -> bool {
        self.stray_behind_spans >= 1 || self.glues()
    }

    /// Whether blanks stand before full stops and commas all over the document.
    pub fn strays(&self) -> bool {
        self.stray_behind_spans >= 1 || self.stray_behind_words >= 2
    }
}

/// Whether a span begins with a small letter or the sign of a variable, as no sentence does.
pub fn begins_small(span: NodeRef<'_>) -> bool {
    let is_small = |c: char| c.is_lowercase() || c == '$';
    match span.kind() {
        Kind::Code => span.source().trim_start_matches('`').starts_with(is_small),
        _ => span.words().starts_with(is_small),
    }
}

/// Whether a node is a span of text: emphasis, a link, code, an image, an element.
pub fn is_span(node: NodeRef<'_>) -> bool {
    matches!(
        node.kind(),
        Kind::Strong
            | Kind::Emphasis
            | Kind::Strike
            | Kind::Link
            | Kind::Code
            | Kind::Image
            | Kind::FootnoteReference
    ) || node.kind() == Kind::Element && !node.tag().is_block()
}
