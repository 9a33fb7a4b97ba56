//! [`Habits`]: how often a document shows a kind of damage. Owns counting; rules decide what follows from it.
//!
//! One glued bold may be meant, one blank before a full stop may be a file name; a scraper does the same thing all over a document.

use super::language::Language;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::repair::characters::is_blank;
use crate::repair::edges::{Glue, Side, edge, has_edges};
use crate::rules::Gather;
use crate::settings::Settings;
use crate::zone::Zone;
use std::cell::OnceCell;

/// How often a document shows the damage of scrapers.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// Edges of emphasis and links with two words glued, surely or likely.
    pub glued: u32,
    /// Edges inside of words that are meant.
    pub meant: u32,
    /// Edges with letters on both sides that say nothing.
    pub open: u32,
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
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self {
        let mut habits = Habits::default();
        let language = OnceCell::new();
        let language = || language.get_or_init(|| Language::gather(document, settings, zone));
        for node in document.nodes() {
            match node.kind() {
                Kind::Strong | Kind::Emphasis | Kind::Link if has_edges(node) => {
                    habits.edges(node, &language)
                }
                Kind::Text if !node.has(Flags::RAW) => habits.count_strays(node),
                _ => {}
            }
        }
        habits
    }
}

impl Habits {
    fn edges<'l>(&mut self, node: NodeRef<'_>, language: &impl Fn() -> &'l Language) {
        self.spans += 1;
        for side in [Side::Left, Side::Right] {
            let Some(edge) = edge(node, side) else { continue };
            match edge.glue(language()) {
                Glue::Part => self.meant += 1,
                Glue::Short => {}
                Glue::Open => self.open += 1,
                Glue::Likely | Glue::Certain => self.glued += 1,
            }
        }
    }

    fn count_strays(&mut self, node: NodeRef<'_>) {
        let text = node.source();
        let bytes = text.as_bytes();
        let before = |at: &usize| at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
        for at in memchr::memchr2_iter(b'!', b'?', bytes).filter(|at| before(at) == Some(b' ')) {
            let ends = match text.get(at + 1..).map(|t| t.trim_start_matches(' ').chars().next()) {
                Some(Some(c)) => c.is_uppercase(),
                _ => {
                    node.next_sibling().is_none_or(|n| matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak))
                }
            };
            if ends {
                self.stray_marks += 1;
            }
        }
        // a blank, or the last byte of a no-break space
        let is_apart = |at: &usize| matches!(before(at), Some(b' ' | 0xa0));
        for at in memchr::memchr2_iter(b'.', b',', bytes).filter(is_apart) {
            let head = text.get(..at).unwrap_or("");
            let comma = bytes.get(at) == Some(&b',');
            let ends = match text.get(at + 1..).and_then(|t| t.chars().next()) {
                Some(c) => is_blank(c),
                None => comma || node.next_sibling().is_none_or(|n| !is_span(n)),
            };
            if !ends || !head.ends_with(is_blank) {
                continue;
            }
            let starts = text.get(at + 2..).and_then(|t| t.chars().next());
            match head.trim_end_matches(is_blank).chars().next_back() {
                None if node.previous_sibling().is_some_and(is_span) => self.stray_behind_spans += 1,
                Some(c)
                    if c.is_alphanumeric()
                        && (comma || starts.is_none_or(|c| c.is_alphabetic() && !c.is_lowercase())) =>
                {
                    self.stray_behind_words += 1;
                }
                _ => {}
            }
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
        let glued = self.glued + self.open;
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
