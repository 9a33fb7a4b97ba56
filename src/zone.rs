//! [`Zone`]: what of a text a round looks at: everything at first, later what changed and what stands round it.
//! Owns how far a change reaches; must not know rules.
//!
//! A text is seen as *chunks* between blank lines. What decides on a chunk is the chunk, and the chunks beside it: a label and the
//! list that it announces, an advertisement and its caption.

use crate::edit::{Moves, OwnedEdit};
use crate::span::Span;

/// Stretches of a text, ascending and disjoint, or all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Nothing stands for all of the text.
    spans: Option<Vec<Span>>,
}

/// A text of so many bytes is looked at as a whole: a few chunks are most of it.
const SMALL: usize = 2048;

impl Zone {
    /// The whole text.
    pub const ALL: Zone = Zone { spans: None };

    /// Nothing of it.
    pub const NOTHING: Zone = Zone { spans: Some(Vec::new()) };

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.spans.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it is the whole text.
    pub fn is_all(&self) -> bool {
        self.spans.is_none()
    }

    /// Its stretches, ascending; `None` for the whole text.
    pub(crate) fn stretches(&self) -> Option<&[Span]> {
        self.spans.as_deref()
    }

    /// Whether a byte of `span` lies in it, or beside it.
    pub fn touches(&self, span: Span) -> bool {
        let Some(spans) = &self.spans else { return true };
        let first = spans.partition_point(|s| s.end < span.start);
        spans.get(first).is_some_and(|s| s.start <= span.end)
    }

    /// A walker over the zone for spans whose beginnings ascend.
    pub(crate) fn walker(&self) -> Walker<'_> {
        Walker { rest: self.spans.as_deref() }
    }

    /// The same zone in the text after `edits` (canonical).
    pub(crate) fn moved(self, edits: &[OwnedEdit]) -> Self {
        let Some(mut spans) = self.spans else { return self };
        let moves = Moves::new(edits);
        spans.iter_mut().for_each(|s| *s = moves.span(*s));
        Zone::of(spans)
    }

    /// Both together.
    pub(crate) fn and(self, other: Zone) -> Self {
        let (Some(mut spans), Some(more)) = (self.spans, other.spans) else { return Zone::ALL };
        spans.extend(more);
        Zone::of(spans)
    }

    /// What has to be looked at again in `text`, which came out of `edits`; `reach` tells how many chunks
    /// on each side of it each matters to.
    pub(crate) fn after(text: &str, edits: &[OwnedEdit], reach: impl Fn(&OwnedEdit) -> usize) -> Self {
        if text.len() <= SMALL { Zone::ALL } else { Zone::round(text, edits, reach) }
    }

    fn round(text: &str, edits: &[OwnedEdit], reach: impl Fn(&OwnedEdit) -> usize) -> Self {
        let mut spans: Vec<Span> = Vec::with_capacity(edits.len());
        // until where the way down of the edit before holds for others of its reach
        let mut same = (0, 0);
        for (e, changed) in edits.iter().zip(Moves::new(edits).replaced()) {
            let reach = reach(e);
            if changed.end < same.0 && same.1 >= reach {
                continue;
            }
            let from = match spans.last() {
                // that of an edit which reaches less far begins too late
                Some(last) if last.end >= changed.start && same.1 >= reach => last.start,
                _ => above(text, changed.start, reach),
            };
            let (chunk, end) = below(text, changed.end, reach);
            same = (chunk, reach);
            spans.push(Span::new(from, end));
        }
        Zone::of(spans)
    }

    /// The chunks of `text` that it touches.
    pub(crate) fn widened(self, text: &str) -> Self {
        let Some(mut spans) = self.spans else { return self };
        // those of one chunk are widened once: it may hold many
        let mut known = Span::default();
        spans.retain_mut(|s| {
            let is_known = known.start <= s.start && s.end < known.end;
            if !is_known {
                known = Span::new(above(text, s.start, 0), below(text, s.end, 0).1);
                *s = known;
            }
            !is_known
        });
        Zone::of(spans)
    }

    /// The zone of these stretches.
    pub(crate) fn of(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
        Zone { spans: Some(spans) }
    }
}

/// See [`Zone::walker`].
pub(crate) struct Walker<'z> {
    rest: Option<&'z [Span]>,
}

impl Walker<'_> {
    /// Whether a byte of `span` lies in the zone, or beside it. Spans are asked for in the order of their beginnings.
    #[inline]
    pub fn touches(&mut self, span: Span) -> bool {
        let Some(rest) = &mut self.rest else { return true };
        while let [first, more @ ..] = rest
            && first.end < span.start
        {
            *rest = more;
        }
        rest.first().is_some_and(|s| s.start <= span.end)
    }
}

/// Where the chunk of byte `at` begins, or the one `reach` chunks before it.
fn above(text: &str, at: usize, reach: usize) -> usize {
    let bytes = text.as_bytes();
    let mut chunks = 0;
    // the line of `at` counts as a whole
    let at = at.min(bytes.len());
    let mut line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    let mut found = None;
    let mut is_first = true;
    loop {
        let start = memchr::memrchr(b'\n', &bytes[..line_end]).map_or(0, |i| i + 1);
        let is_blank = is_blank(&bytes[start..line_end]);
        // between chunks: the next one is beside it
        chunks += usize::from(std::mem::take(&mut is_first) && is_blank && reach > 0);
        if is_blank && found.is_some() {
            if chunks == reach {
                return found.unwrap_or(start);
            }
            chunks += 1;
            found = None;
        } else if !is_blank {
            found = Some(start);
        }
        if start == 0 {
            return 0;
        }
        line_end = start - 1;
    }
}

/// Where the chunk of byte `at` ends (behind its last line end), or the blank lines that it stands in, and the one `reach` chunks after it.
fn below(text: &str, at: usize, reach: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut chunks = 0;
    let at = at.min(bytes.len());
    let mut line = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
    let mut inside = false;
    let mut own = None;
    let mut is_first = true;
    let mut is_between = false;
    while line < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[line..]).map_or(bytes.len(), |i| line + i);
        let blank = is_blank(&bytes[line..end]);
        if std::mem::take(&mut is_first) && blank && reach > 0 {
            // between chunks: the next one is beside it
            chunks = 1;
            is_between = true;
        }
        if blank && inside {
            let own = *own.get_or_insert(line);
            if chunks == reach {
                return (own, line);
            }
            chunks += 1;
            inside = false;
        } else if !blank {
            inside = true;
            if std::mem::take(&mut is_between) {
                own = Some(line);
            }
        }
        line = end + 1;
    }
    (own.unwrap_or(bytes.len()), bytes.len())
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply, canonical};

    fn zone_of(text: &str, edits: Vec<Edit>, reach: usize) -> Vec<String> {
        let edits = canonical(edits.into_iter().map(|e| OwnedEdit::new(e, 0)).collect());
        let out = apply(text, &edits);
        let zone = Zone::round(&out, &edits, |_| reach);
        zone.spans.unwrap().iter().map(|s| out[s.range()].to_owned()).collect()
    }

    #[test]
    fn spacing_reaches_the_chunks_beside_its_own() {
        let text = "zero\n\none\n\ntwo\nand**three**\n\nfour\n\nfive\n";
        let at = text.find("**").unwrap();
        let zone = zone_of(text, vec![Edit::insert(at, " ")], 1);
        assert_eq!(zone, ["one\n\ntwo\nand **three**\n\nfour\n"]);
    }

    #[test]
    fn words_reach_two_chunks_on_each_side() {
        let text = "a\n\nb\n\nc\n\nAD\n\n\nd\n> e\n>\n> f\n\ng\n\nh";
        let at = text.find("AD").unwrap();
        let zone = zone_of(text, vec![Edit::remove(at..at + 4)], 2);
        assert_eq!(zone, ["b\n\nc\n\n\nd\n> e\n>\n> f\n"]);
    }

    #[test]
    fn an_edit_reaches_as_far_beside_one_that_reaches_less() {
        let text = "a\n\nb\n\nc  \nAD\n\nd\n";
        let edits = vec![Edit::remove(7..9), Edit::remove(10..13)];
        let edits = canonical(edits.into_iter().map(|e| OwnedEdit::new(e, 0)).collect());
        let out = apply(text, &edits);
        let reach = |e: &OwnedEdit| if e.edit.span.start == 7 { 0 } else { 2 };
        assert_eq!(Zone::round(&out, &edits, reach), Zone::of(vec![Span::new(3, out.len())]));
    }

    #[test]
    fn zones_move_with_the_text() {
        let text = "aaaa bbbb cccc dddd";
        let zone = Zone::of(vec![Span::new(5, 9), Span::new(10, 14)]);
        let edits = canonical(vec![
            OwnedEdit::new(Edit::remove(0..5), 0),
            OwnedEdit::new(Edit::replace(12..16, "x"), 0),
        ]);
        assert_eq!(apply(text, &edits), "bbbb ccxddd");
        assert_eq!(zone.moved(&edits).spans.unwrap(), [Span::new(0, 4), Span::new(5, 8)]);
    }

    #[test]
    fn a_walker_says_what_the_zone_says() {
        let zone = Zone::of(vec![Span::new(4, 8), Span::new(12, 12), Span::new(20, 30)]);
        let mut walker = zone.walker();
        for start in 0..40 {
            for length in [0, 1, 5] {
                let span = Span::new(start, start + length);
                assert_eq!(walker.touches(span), zone.touches(span), "{span:?}");
            }
        }
        assert!(Zone::ALL.touches(Span::at(3)) && !Zone::NOTHING.touches(Span::at(3)));
    }
}
