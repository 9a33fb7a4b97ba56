//! The title that front matter gives. Owns reading that one value; it reads no YAML or TOML beyond it.

use crate::document::Document;
use crate::span::Span;

/// A title.
#[derive(Clone, Debug)]
pub struct Title {
    /// The value as written.
    pub span: Span,
    /// What it says.
    pub words: String,
    /// Whether it is written in double quotes.
    pub quoted: bool,
}

/// The title in the front matter, if it stands on one line at its top level.
pub fn title(document: Document<'_>) -> Option<Title> {
    let front = document.parsed.front_matter?;
    let mut at = front.start;
    for line in document.slice(front).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix("title") else { continue };
        let rest = rest.trim_start_matches(' ');
        let Some(value) = rest.strip_prefix(':').or_else(|| rest.strip_prefix('=')) else { continue };
        let written = value.trim();
        let offset = start + line.len() - value.len() + (value.len() - value.trim_start().len());
        let span = Span::new(offset, offset + written.len());
        return Some(read(written, span));
    }
    None
}

fn read(written: &str, span: Span) -> Title {
    let inside = |quote: char| written.strip_prefix(quote).and_then(|w| w.strip_suffix(quote));
    if let Some(inner) = inside('"') {
        let words = inner.replace("\\\"", "\"").replace("\\\\", "\\");
        return Title { span, words, quoted: true };
    }
    let words = inside('\'').map_or_else(|| written.to_owned(), |inner| inner.replace("''", "'"));
    Title { span, words, quoted: false }
}
