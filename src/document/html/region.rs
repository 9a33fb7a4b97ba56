//! [`Region`]: HTML that need not be contiguous in the source, and the way back from its content to the source.
//!
//! In quotes and lists each line of HTML has a prefix (`> `, an indent) that is not HTML.

use crate::span::Span;
use std::borrow::Cow;

/// Which side of the gap between two segments a position between them maps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A span starts there: the start of the segment after the gap.
    Start,
    /// A span ends there: the end of the segment before the gap.
    End,
}

/// The HTML of some segments of a source, as one text.
#[derive(Clone, Debug)]
pub struct Region<'s> {
    content: Cow<'s, str>,
    /// Where content byte 0 is in the source.
    first: usize,
    /// The pieces after the first, ascending; most regions have one piece and allocate nothing.
    rest: Vec<Piece>,
}

/// Where a run of the content starts, in the content and in the source.
#[derive(Clone, Copy, Debug)]
struct Piece {
    content: usize,
    source: usize,
}

impl<'s> Region<'s> {
    /// The region of the segments (ascending, on character boundaries) of `source`. Segments that are neither are left
    /// out. Where only a lone `\r` stands between two (parsers of Markdown leave it out of their pieces), it is part of
    /// the content.
    pub fn new(source: &'s str, segments: impl IntoIterator<Item = Span>) -> Self {
        let mut first = None;
        let mut rest: Vec<Piece> = Vec::new();
        let mut joined = String::new();
        // The source from here to there is not in `joined` yet.
        let mut run = Span::default();
        for segment in segments {
            if source.get(segment.range()).is_none_or(str::is_empty) || segment.start < run.end {
                continue;
            }
            match source.get(run.end..segment.start) {
                Some("" | "\r") if !run.is_empty() => run.end = segment.end,
                _ => {
                    joined.push_str(source.get(run.range()).unwrap_or_default());
                    run = segment;
                    if first.is_none() {
                        first = Some(segment.start);
                    } else {
                        rest.push(Piece { content: joined.len(), source: segment.start });
                    }
                }
            }
        }
        let last = source.get(run.range()).unwrap_or_default();
        let content = if joined.is_empty() {
            Cow::Borrowed(last)
        } else {
            joined.push_str(last);
            Cow::Owned(joined)
        };
        Self { content, first: first.unwrap_or(0), rest }
    }

    /// The HTML.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Whether it is one piece of the source.
    pub fn is_contiguous(&self) -> bool {
        self.rest.is_empty()
    }

    /// The byte of the source that byte `position` of the content is.
    pub fn to_source(&self, position: usize, side: Side) -> usize {
        let position = position.min(self.content.len());
        let after = self.rest.partition_point(|piece| match side {
            Side::Start => piece.content <= position,
            Side::End => piece.content < position,
        });
        match after.checked_sub(1).and_then(|index| self.rest.get(index)) {
            Some(piece) => piece.source + (position - piece.content),
            None => self.first + position,
        }
    }

    /// The bytes of the source from the first to the last of `span` of the content: prefixes of lines in its middle are
    /// in it, those at its ends are not. An empty span stays empty.
    pub fn span_to_source(&self, span: Span) -> Span {
        if self.is_contiguous() && span.end <= self.content.len() {
            return Span::new(self.first + span.start, self.first + span.end);
        }
        let start = self.to_source(span.start, Side::Start);
        if span.is_empty() { Span::at(start) } else { Span::new(start, self.to_source(span.end, Side::End)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quoted_tag_is_read_whole_and_removed_with_its_prefix() {
        let source = "> <div\n> class=a>\n> x</div>\n";
        let region = Region::new(source, [Span::new(2, 7), Span::new(9, 18), Span::new(20, 28)]);
        assert_eq!(region.content(), "<div\nclass=a>\nx</div>\n");
        assert!(!region.is_contiguous());
        assert_eq!(&source[region.span_to_source(Span::new(0, 13)).range()], "<div\n> class=a>");
        assert_eq!(&source[region.span_to_source(Span::new(5, 12)).range()], "class=a");
        assert_eq!(&source[region.span_to_source(Span::new(0, 5)).range()], "<div\n");
        assert_eq!((region.to_source(5, Side::Start), region.to_source(5, Side::End)), (9, 7));
    }

    #[test]
    fn pieces_without_their_carriage_returns_are_contiguous() {
        let source = "<p>\r\n</p>\r\n";
        let region =
            Region::new(source, [Span::new(0, 3), Span::new(4, 5), Span::new(5, 9), Span::new(10, 11)]);
        assert!(region.is_contiguous());
        assert_eq!(region.content(), source);
        assert_eq!(region.span_to_source(Span::new(5, 9)), Span::new(5, 9));
    }

    #[test]
    fn segments_that_cannot_be_are_left_out() {
        let region =
            Region::new("é<b>", [Span::new(1, 3), Span::new(2, 5), Span::new(0, 2), Span::new(5, 9)]);
        assert_eq!((region.content(), region.to_source(99, Side::End)), ("<b>", 5));
        assert_eq!(Region::new("", []).span_to_source(Span::new(0, 0)), Span::at(0));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_maps_to_itself(source in "[ab<>\r\n]{0,40}", cuts in prop::collection::vec(0..40usize, 0..10)) {
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut <= source.len()).collect();
            cuts.sort_unstable();
            let segments: Vec<Span> = cuts.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect();
            let region = Region::new(&source, segments.iter().copied());
            for at in 0..region.content().len() {
                let span = region.span_to_source(Span::new(at, at + 1));
                prop_assert_eq!(&source[span.range()], &region.content()[at..=at]);
            }
            for segment in segments.iter().filter(|segment| !segment.is_empty()) {
                prop_assert!(region.content().contains(&source[segment.range()]));
            }
        }
    }
}
