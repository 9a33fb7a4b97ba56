//! Where a line of a page stands in a text: what ends above it, what begins below. Owns those questions; must not know what the line says.

use crate::document::{Kind, NodeRef};
use crate::script::is_wide;

/// From how many characters on a paragraph is prose though no sentence ends in it; of a script without blanks, half of it.
const PROSE: usize = 80;
/// The same of a sentence.
const SENTENCE: usize = 20;

/// Whether a block ends as prose does, or is none that a word below would belong to.
pub(crate) fn ends_prose(block: NodeRef<'_>) -> bool {
    match block.kind() {
        Kind::Paragraph | Kind::Quote => ends_sentence(block.source()),
        Kind::List | Kind::CodeBlock | Kind::Table | Kind::Break => true,
        Kind::Element => block.tag().is_block(),
        _ => false,
    }
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || QUOTES.contains(&c));
    // Thai sentences have no mark at their ends
    bare.ends_with(ENDS) || bare.ends_with(|c| matches!(c, '\u{e01}'..='\u{e5b}'))
}

/// What sentences end with.
const ENDS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '．', '؟', '।', '።'];
/// What may stand behind that.
const QUOTES: [char; 14] = ['"', '”', '»', '«', '“', ')', '）', '」', '』', '*', '_', '’', '\'', ']'];

/// Whether a block begins another part of the text: a heading, a thematic break, a paragraph of prose.
pub(crate) fn begins_prose(block: NodeRef<'_>) -> bool {
    match block.kind() {
        Kind::Heading | Kind::Break => true,
        Kind::Paragraph => {
            let words = block.words();
            let wide = words.chars().filter(|c| c.is_alphabetic() && is_wide(*c)).count();
            let length = words.chars().count() + wide;
            length >= PROSE || length >= SENTENCE && ends_sentence(&words)
        }
        _ => false,
    }
}
