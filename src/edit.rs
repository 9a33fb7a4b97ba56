//! [`Edit`]s: what a fix proposes, and what an outcome says was done.
//! Owns merging, applying and composing of edit lists; must not know rules.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A replacement of the bytes of `span` by `text`. An empty span inserts, an empty text removes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What stands in their place.
    pub text: String,
}

impl Edit {
    /// Replaces the bytes of `span` by `text`.
    pub fn replace(span: impl Into<Span>, text: impl Into<String>) -> Self {
        Self { span: span.into(), text: text.into() }
    }

    /// Removes the bytes of `span`.
    pub fn remove(span: impl Into<Span>) -> Self {
        Self { span: span.into(), text: String::new() }
    }

    /// Inserts `text` before byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(at), text: text.into() }
    }
}

/// An edit of an outcome: on the original text, with the indices of the findings it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnedEdit {
    /// What is replaced in the original text, and by what.
    #[serde(flatten)]
    pub edit: Edit,
    /// Indices into [`Outcome::findings`](crate::Outcome::findings), ascending, never empty.
    pub findings: Vec<u32>,
}

impl OwnedEdit {
    /// An edit that serves one finding.
    pub fn new(edit: Edit, finding: u32) -> Self {
        Self { edit, findings: vec![finding] }
    }
}

/// Sorts edits and joins those that touch, so that between any two stands a byte that stays. Edits must not overlap.
pub fn canonical(mut edits: Vec<OwnedEdit>) -> Vec<OwnedEdit> {
    edits.sort_by_key(|e| (e.edit.span.start, e.edit.span.end));
    let mut out: Vec<OwnedEdit> = Vec::with_capacity(edits.len());
    for e in edits {
        match out.last_mut() {
            Some(last) if last.edit.span.end >= e.edit.span.start => {
                last.edit.span.end = last.edit.span.end.max(e.edit.span.end);
                last.edit.text.push_str(&e.edit.text);
                own(&mut last.findings, &e.findings);
            }
            _ => out.push(e),
        }
    }
    out
}

fn own(owners: &mut Vec<u32>, more: &[u32]) {
    for &o in more {
        if let Err(at) = owners.binary_search(&o) {
            owners.insert(at, o);
        }
    }
}

/// The text after `edits` (ascending, not overlapping, on character boundaries).
pub fn apply(text: &str, edits: &[OwnedEdit]) -> String {
    let grown: usize = edits.iter().map(|e| e.edit.text.len()).sum();
    let mut out = String::with_capacity(text.len() + grown);
    let mut at = 0;
    for e in edits {
        let kept = text.get(at..e.edit.span.start);
        debug_assert!(kept.is_some(), "{:?} behind byte {at} cuts a character or another edit", e.edit.span);
        out.push_str(kept.unwrap_or(""));
        out.push_str(&e.edit.text);
        at = e.edit.span.end;
    }
    debug_assert!(text.get(at..).is_some(), "an edit ends at {at}, beyond the text or in a character");
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// One list that does what `first`, then `second` on its result, do. Both are canonical, and so is what comes out; `length` is
/// that of the text `first` applies to, in bytes. Between bytes of it that stay there is one edit, owned by all that took part.
pub fn compose(length: usize, first: Vec<OwnedEdit>, second: Vec<OwnedEdit>) -> Vec<OwnedEdit> {
    if first.is_empty() {
        return second;
    }
    let mut work = Composition {
        out: Vec::with_capacity(first.len() + second.len()),
        gap: None,
        second: second.into_iter(),
        skip_to: 0,
        middle: 0,
    };
    let mut at = 0;
    for e in first {
        work.kept(at, e.edit.span.start);
        at = e.edit.span.end;
        work.inserted(e);
    }
    work.kept(at, length);
    while let Some(e) = work.second.next() {
        work.gap_at(length).take(e);
    }
    work.flush();
    work.out
}

struct Composition {
    out: Vec<OwnedEdit>,
    gap: Option<OwnedEdit>,
    second: std::vec::IntoIter<OwnedEdit>,
    /// Bytes of the text between the two lists before this one are removed by `second`.
    skip_to: usize,
    /// The place in the text between the two lists.
    middle: usize,
}

impl OwnedEdit {
    /// Joins what `other` inserts, whatever it replaces.
    fn take(&mut self, other: OwnedEdit) {
        if self.edit.text.is_empty() {
            self.edit.text = other.edit.text;
        } else {
            self.edit.text.push_str(&other.edit.text);
        }
        if self.findings.is_empty() {
            self.findings = other.findings;
        } else {
            own(&mut self.findings, &other.findings);
        }
    }
}

impl Composition {
    fn gap_at(&mut self, at: usize) -> &mut OwnedEdit {
        self.gap.get_or_insert_with(|| OwnedEdit { edit: Edit::insert(at, ""), findings: Vec::new() })
    }

    fn flush(&mut self) {
        if let Some(gap) = self.gap.take()
            && !(gap.edit.span.is_empty() && gap.edit.text.is_empty())
        {
            self.out.push(gap);
        }
    }

    /// Where the next edit of `second` begins.
    fn next_start(&self) -> usize {
        self.second.as_slice().first().map_or(usize::MAX, |e| e.edit.span.start)
    }

    /// The next edit of `second`, if it begins at this place of the text in between.
    fn begins_here(&mut self, original: usize) -> bool {
        if self.next_start() != self.middle {
            return false;
        }
        let Some(e) = self.second.next() else { return false };
        self.skip_to = e.edit.span.end;
        self.gap_at(original).take(e);
        true
    }

    /// Where the current state (removed, kept) ends, at most `length` bytes on.
    fn stretch(&self, length: usize) -> (usize, bool) {
        if self.middle < self.skip_to {
            return (length.min(self.skip_to - self.middle), true);
        }
        (length.min(self.next_start().saturating_sub(self.middle)), false)
    }

    fn kept(&mut self, mut from: usize, to: usize) {
        while from < to {
            if self.middle >= self.skip_to && self.begins_here(from) {
                continue;
            }
            let (length, removed) = self.stretch(to - from);
            if removed {
                self.gap_at(from).edit.span.end = from + length;
            } else {
                self.flush();
            }
            from += length;
            self.middle += length;
        }
    }

    fn inserted(&mut self, e: OwnedEdit) {
        let end = self.middle + e.edit.text.len();
        if self.gap.is_none() && self.middle >= self.skip_to && self.next_start() > end {
            // nothing of `second` is near
            self.middle = end;
            self.out.push(e);
            return;
        }
        let gap = self.gap_at(e.edit.span.start);
        gap.edit.span.end = gap.edit.span.end.max(e.edit.span.end);
        own(&mut gap.findings, &e.findings);
        let (original, mut from) = (e.edit.span.end, 0);
        while from < e.edit.text.len() {
            if self.middle >= self.skip_to && self.begins_here(original) {
                continue;
            }
            let (length, removed) = self.stretch(e.edit.text.len() - from);
            if !removed {
                let piece = e.edit.text.get(from..from + length).unwrap_or("");
                self.gap_at(original).edit.text.push_str(piece);
            }
            from += length;
            self.middle += length;
        }
    }
}

/// Where bytes of an edited text were in the original.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// For each edit: where its replacement begins and ends in the edited text, and its span in the original.
    steps: Vec<(usize, usize, Span)>,
}

impl Origins {
    /// The way back over `edits` (canonical).
    pub fn new(edits: &[OwnedEdit]) -> Self {
        let (mut original, mut edited) = (0, 0);
        let mut steps = Vec::with_capacity(edits.len());
        for e in edits {
            let start = edited + (e.edit.span.start - original);
            let end = start + e.edit.text.len();
            steps.push((start, end, e.edit.span));
            original = e.edit.span.end;
            edited = end;
        }
        Self { steps }
    }

    /// The bytes of the original that `span` of the edited text stands for: at least those that stayed, and the whole of an
    /// edit in whose replacement it begins or ends.
    pub fn span(&self, span: Span) -> Span {
        // a span that begins where a replacement ends does not include it
        let first = self.steps.partition_point(|s| s.0 <= span.start);
        let start = self.place(first, span.start, true);
        // most are short: no edit, or one, begins between
        let behind = self.steps.get(first..).unwrap_or_default();
        let last = match behind {
            [one, ..] if one.0 < span.end => first + behind.partition_point(|s| s.0 < span.end),
            _ if span.is_empty() => self.steps.partition_point(|s| s.0 < span.end),
            _ => first,
        };
        Span::new(start, self.place(last, span.end, false).max(start))
    }

    /// Where byte `at` was, which `index` steps begin before.
    fn place(&self, index: usize, at: usize, is_start: bool) -> usize {
        let Some((start, end, original)) = index.checked_sub(1).and_then(|i| self.steps.get(i)).copied()
        else {
            return at;
        };
        if at < end || (at == end && !is_start) && start < end {
            if is_start { original.start } else { original.end }
        } else {
            original.end + (at - end)
        }
    }
}

/// For each of the edits (canonical), how many bytes what follows it has moved.
pub(crate) fn shifts(edits: &[OwnedEdit]) -> Vec<isize> {
    let mut shift = 0;
    let mut add = |e: &OwnedEdit| {
        shift += e.edit.text.len() as isize - e.edit.span.len() as isize;
        shift
    };
    edits.iter().map(&mut add).collect()
}

/// What was done to a text so far: the original and the edits (canonical) that made the text as it stands of it.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'e> {
    /// As it was given.
    pub original: &'e str,
    /// Ascending, without overlaps.
    pub edits: &'e [OwnedEdit],
}

impl Earlier<'_> {
    /// Nothing.
    pub const NOTHING: Earlier<'static> = Earlier { original: "", edits: &[] };

    /// Where in the text as it stands something that was no blank is gone or was replaced, ascending.
    pub fn removals(&self) -> Vec<Span> {
        let is_blank = |e: &Edit| self.original.get(e.span.range()).is_none_or(|s| s.trim().is_empty());
        let places = Moves::new(self.edits);
        self.edits
            .iter()
            .zip(places.replaced())
            .filter(|(e, _)| !is_blank(&e.edit))
            .map(|(_, at)| at)
            .collect()
    }
}

/// Where bytes of a text come to stand in the edited text: the other way than [`Origins`].
#[derive(Debug)]
pub(crate) struct Moves<'e> {
    edits: &'e [OwnedEdit],
    /// For each edit: how far what follows it has moved.
    shifts: Vec<isize>,
}

impl<'e> Moves<'e> {
    /// The way over `edits` (canonical).
    pub fn new(edits: &'e [OwnedEdit]) -> Self {
        Self { edits, shifts: shifts(edits) }
    }

    /// The new places of what replaced the edits, ascending.
    pub fn replaced(&self) -> impl Iterator<Item = Span> {
        let before = std::iter::once(&0).chain(&self.shifts);
        self.edits.iter().zip(before).map(|(OwnedEdit { edit, .. }, shift)| {
            let start = edit.span.start.saturating_add_signed(*shift);
            Span::new(start, start + edit.text.len())
        })
    }

    /// The new place of `span`; where it begins or ends in an edit, the whole of what replaced that.
    pub fn span(&self, span: Span) -> Span {
        let start = self.place(span.start, true);
        Span::new(start, self.place(span.end, false).max(start))
    }

    fn place(&self, at: usize, is_start: bool) -> usize {
        let index = self.edits.partition_point(|e| e.edit.span.end < at);
        let shift = index.checked_sub(1).and_then(|i| self.shifts.get(i)).copied().unwrap_or(0);
        match self.edits.get(index).map(|e| &e.edit) {
            Some(e) if e.span.start <= at => {
                e.span.start.saturating_add_signed(shift) + if is_start { 0 } else { e.text.len() }
            }
            _ => at.saturating_add_signed(shift),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Random canonical edits of a text of that length, from raw numbers.
    fn edits_of(length: usize, raw: &[(usize, usize, String)], owner: u32) -> Vec<OwnedEdit> {
        let mut at = 0;
        let mut out = Vec::new();
        for (i, (skip, take, text)) in raw.iter().enumerate() {
            let start = at + skip;
            let end = start + take;
            if end > length {
                break;
            }
            if !(start == end && text.is_empty()) {
                out.push(OwnedEdit::new(Edit::replace(start..end, text.as_str()), owner + i as u32));
            }
            at = end + 1;
        }
        canonical(out)
    }

    fn raw() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((0usize..6, 0usize..5, "[xyz]{0,3}"), 0..8)
    }

    proptest! {
        #[test]
        fn composing_is_doing_one_after_the_other(text in "[a-m]{0,40}", a in raw(), b in raw(), c in raw()) {
            let first = edits_of(text.len(), &a, 0);
            let middle = apply(&text, &first);
            let second = edits_of(middle.len(), &b, 100);
            let last = apply(&middle, &second);
            let both = compose(text.len(), first.clone(), second.clone());
            prop_assert_eq!(&apply(&text, &both), &last);
            prop_assert!(both.windows(2).all(|w| w[0].edit.span.end < w[1].edit.span.start));
            let third = edits_of(last.len(), &c, 200);
            let left = compose(text.len(), both.clone(), third.clone());
            let right = compose(text.len(), first, compose(middle.len(), second, third.clone()));
            prop_assert_eq!(apply(&text, &left), apply(&last, &third));
            let spans = |l: &[OwnedEdit]| l.iter().map(|e| e.edit.clone()).collect::<Vec<_>>();
            prop_assert_eq!(spans(&left), spans(&right));
            for e in &both {
                prop_assert!(!e.findings.is_empty());
            }
        }

        #[test]
        fn origins_lead_back_to_bytes_that_stayed(text in "[a-m]{1,40}", a in raw(), at in 0usize..40) {
            let edits = edits_of(text.len(), &a, 0);
            let out = apply(&text, &edits);
            let origins = Origins::new(&edits);
            if at < out.len() {
                let span = origins.span(Span::new(at, at + 1));
                prop_assert!(span.end <= text.len());
                if span.len() == 1 && !"xyz".contains(&out[at..at + 1]) {
                    prop_assert_eq!(&text[span.range()], &out[at..at + 1]);
                }
            }
        }
    }

    #[test]
    fn an_insertion_that_is_taken_back_leaves_nothing() {
        let first = vec![OwnedEdit::new(Edit::insert(2, "xx"), 0)];
        let second = vec![OwnedEdit::new(Edit::remove(2..4), 1)];
        assert!(compose(5, first, second).is_empty());
    }
}
