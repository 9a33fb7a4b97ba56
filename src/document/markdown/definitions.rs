//! Link reference definitions: where they stand, what they are called. Owns the parts of one; must not resolve references to nodes.

use super::Builder;
use crate::document::html::Tag;
use crate::document::tree::{Definition, Flags, Kind, Range32};
use crate::span::Span;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn define(&mut self, range: Range<usize>, label: &str) {
        let source = &self.text[range.clone()];
        let Some(destination) = destination_of(source) else { return };
        let shift = |r: Range<usize>| Range32::from(Span::new(r.start + range.start, r.end + range.start));
        self.labels.insert(fold_label(label), self.tree.definitions.len() as u32);
        self.tree
            .definitions
            .push(Definition { span: Span::from(range.clone()).into(), destination: shift(destination) });
    }

    /// Definitions give no events: each becomes a node before the first node that follows it.
    pub(super) fn flush_definitions(&mut self, before: u32) {
        while let Some(d) = self.tree.definitions.get(self.next_definition) {
            if d.span.start >= before {
                break;
            }
            let d = *d;
            let (start, end) = (d.span.start as usize, self.trimmed_end(d.span.start, d.span.end));
            let data = self.next_definition as u32;
            self.next_definition += 1;
            self.push_raw(Kind::Definition, Tag::Unknown, Flags::default(), start, end, data);
        }
    }
}

/// A link label as CommonMark compares it: case folded, white space collapsed.
pub(super) fn fold_label(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase));
    }
    out
}

/// The destination of a definition, as a range of `source`.
fn destination_of(source: &str) -> Option<Range<usize>> {
    let bytes = source.as_bytes();
    let open = source.find('[')?;
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != b']' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    if bytes.get(at + 1) != Some(&b':') {
        return None;
    }
    at += 2;
    while at < bytes.len() && matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | b'>') {
        at += 1;
    }
    if bytes.get(at) == Some(&b'<') {
        let end = source[at..].find('>').map_or(bytes.len(), |i| at + i);
        return Some(at + 1..end.max(at + 1));
    }
    let end = bytes[at..].iter().position(|b| b.is_ascii_whitespace()).map_or(bytes.len(), |i| at + i);
    Some(at..end)
}
