//! [`Run`]: the inline text of one leaf block as a reader reads it, with the way back to the source.
//! Owns decoding and mapping; must not judge the text.

use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use std::ops::Range;

/// What stands in a run for code, URLs, images, protected regions: nothing is repaired across it
/// ([`HOLE`](crate::mojibake::HOLE)).
const HOLE_TEXT: &str = "\u{fffc}";

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the run.
    at: u32,
    /// Its source.
    start: u32,
    end: u32,
    /// Whether run and source are the same bytes.
    literal: bool,
}

/// The text of a leaf block without its marks: escapes decoded, character references as they are spelled, soft and hard breaks as `\n`,
/// emphasis, link and tag delimiters left out, what is not prose as [`HOLE`](crate::mojibake::HOLE).
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    text: String,
    pieces: Vec<Piece>,
    has_urls: bool,
}

impl Run {
    /// The run of a leaf block (or of any node: of what is inline below it).
    pub fn of(block: NodeRef<'_>) -> Self {
        let mut run = Run::default();
        let source = block.source();
        run.text.reserve(source.len());
        run.has_urls = memchr::memmem::find(source.as_bytes(), b"://").is_some();
        run.read(block);
        run
    }

    /// The run of a stretch of source that is plain text (an attribute value, a front-matter value).
    pub fn plain(document: Document<'_>, span: Span) -> Self {
        let mut run = Run::default();
        run.push(document.slice(span), span, true);
        run
    }

    fn push(&mut self, text: &str, source: Span, literal: bool) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.text.push_str(text);
        self.pieces.push(Piece { at, start: source.start as u32, end: source.end as u32, literal });
    }

    /// Bare URLs are no prose.
    fn push_around_urls(&mut self, text: &str, start: usize) {
        let mut at = 0;
        while let Some(url) = bare_url(text, at) {
            self.push(&text[at..url.start], Span::new(start + at, start + url.start), true);
            self.push(HOLE_TEXT, Span::new(start + url.start, start + url.end), false);
            at = url.end;
        }
        self.push(&text[at..], Span::new(start + at, start + text.len()), true);
    }

    fn read(&mut self, block: NodeRef<'_>) {
        let document = block.document;
        let mut skip = 0;
        let own = (block.kind() == Kind::Text).then_some(block);
        for n in own.into_iter().chain(block.descendants()) {
            if n.id.0 < skip {
                continue;
            }
            let span = n.span();
            match n.kind() {
                Kind::Text if n.has(Flags::RAW) => self.push(HOLE_TEXT, span, false),
                Kind::Text if self.has_urls => self.push_around_urls(document.slice(span), span.start),
                Kind::Text => self.push(document.slice(span), span, true),
                Kind::SoftBreak | Kind::HardBreak => self.push("\n", span, false),
                Kind::Code | Kind::Protected | Kind::FootnoteReference | Kind::TaskMarker => {
                    self.push(HOLE_TEXT, span, false);
                }
                Kind::Image => {
                    self.push(HOLE_TEXT, span, false);
                    skip = n.node().next;
                }
                Kind::Link if n.has(Flags::AUTOLINK) => {
                    self.push(HOLE_TEXT, span, false);
                    skip = n.node().next;
                }
                Kind::Element if is_opaque(n.tag()) => {
                    self.push(HOLE_TEXT, span, false);
                    skip = n.node().next;
                }
                Kind::Link | Kind::Element => {}
                k if k.is_block() => self.push("\n", Span::at(span.start), false),
                _ => {}
            }
        }
    }

    /// The text, in UTF-8.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn piece_at(&self, at: usize) -> Option<(usize, &Piece)> {
        let index = self.pieces.partition_point(|p| p.at as usize <= at).checked_sub(1)?;
        Some((index, self.pieces.get(index)?))
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |p| p.at as usize)
    }

    /// The source byte at which byte `at` of the run begins. At a boundary: behind the delimiter.
    pub fn source_start(&self, at: usize) -> usize {
        match self.piece_at(at) {
            Some((_, p)) if p.literal => p.start as usize + (at - p.at as usize),
            Some((_, p)) if at == p.at as usize => p.start as usize,
            Some((_, p)) => p.end as usize,
            None => self.pieces.first().map_or(0, |p| p.start as usize),
        }
    }

    /// The source byte at which what stands before byte `at` of the run ends. At a boundary: before the delimiter.
    pub fn source_end(&self, at: usize) -> usize {
        match at.checked_sub(1).and_then(|i| self.piece_at(i)) {
            Some((_, p)) if p.literal => p.start as usize + (at - p.at as usize),
            Some((_, p)) => p.end as usize,
            None => self.source_start(at),
        }
    }

    /// From the first to the last source byte of `range`, delimiters in it included.
    pub fn source(&self, range: Range<usize>) -> Span {
        let start = self.source_start(range.start);
        Span::new(start, self.source_end(range.end).max(start))
    }

    /// Edits that put `replacement` where `range` of the run is: delimiters inside the range stay, the replacement stands where the
    /// range begins. `None` where the range touches a hole, or an entity in part.
    pub fn replace(&self, range: Range<usize>, replacement: &str) -> Option<Vec<Edit>> {
        if range.is_empty() {
            return Some(vec![Edit::insert(self.source_start(range.start), replacement)]);
        }
        let mut edits: Vec<Edit> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let (index, piece) = self.piece_at(at)?;
            let end = self.piece_end(index).min(range.end);
            let (from, to) = (piece.at as usize, self.piece_end(index));
            if self.text.get(from..to) == Some(HOLE_TEXT) {
                return None;
            }
            let source = if piece.literal {
                Span::new(piece.start as usize + at - from, piece.start as usize + end - from)
            } else if at == from && end == to {
                Span::new(piece.start as usize, piece.end as usize)
            } else {
                return None;
            };
            match edits.last_mut() {
                Some(last) if last.span.end == source.start => last.span.end = source.end,
                _ => edits.push(Edit::remove(source)),
            }
            at = end;
        }
        edits.first_mut()?.text = replacement.to_owned();
        Some(edits)
    }
}

/// The first bare `http` or `https` URL from byte `from` on: up to a blank, less closing punctuation.
fn bare_url(text: &str, from: usize) -> Option<Range<usize>> {
    let mut search = from;
    loop {
        let colon = search + memchr::memmem::find(text.as_bytes().get(search..)?, b"://")?;
        let scheme = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let start = colon - scheme;
        if matches!(text.get(start..colon), Some("http" | "https" | "HTTP" | "HTTPS")) {
            let rest = &text[colon..];
            let length =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
            let url = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
            return Some(start..colon + url.len().max(3));
        }
        search = colon + 3;
    }
}

fn is_opaque(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Code | Pre | Kbd | Samp | Script | Style | Textarea | Math | Svg | Iframe | Video)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parsed;

    fn run_of(text: &str) -> Run {
        let parsed = Parsed::new(text);
        let document = parsed.document(text);
        Run::of(document.nodes().find(|n| n.kind().is_leaf_block()).unwrap())
    }

    #[test]
    fn marks_are_left_out_and_holes_stand_for_what_is_no_prose() {
        let text = "a **b** \\* &amp; `c` [d](e) ![f](g)\nh";
        let run = run_of(text);
        assert_eq!(run.text(), "a b * &amp; \u{fffc} d \u{fffc}\nh");
        assert_eq!(&text[run.source(2..3).range()], "b");
        assert_eq!(&text[run.source(6..11).range()], "&amp;");
        assert_eq!(&text[run.source(0..3).range()], "a **b");
    }

    #[test]
    fn bare_urls_are_holes() {
        assert_eq!(
            run_of("see https://a.b/c, or ftp://x and http://d.").text(),
            "see \u{fffc}, or ftp://x and \u{fffc}."
        );
        assert_eq!(Run::of(Parsed::new("a &amp; b").document("a &amp; b").root()).text(), "\na &amp; b");
    }

    #[test]
    fn a_replacement_leaves_delimiters_alone() {
        let text = "x**â**€™y";
        let run = run_of(text);
        assert_eq!(run.text(), "xâ€™y");
        let range = 1..run.text().len() - 1;
        let edits = run.replace(range, "’").unwrap();
        let owned = edits.into_iter().map(|e| crate::edit::OwnedEdit::new(e, 0)).collect();
        assert_eq!(crate::edit::apply(text, &crate::edit::canonical(owned)), "x**’**y");
        assert_eq!(run_of("a `b` c").replace(1..4, ""), None);
    }
}
