//! The tree of an edited text, made from the old tree where that is sound. Owns the windows that are parsed again;
//! must give exactly what [`Parsed::new`] gives.
//!
//! A window is the top-level blocks that edits touch. Parsing it alone is enough when nothing reaches across its edges: there stands
//! a blank line below a block that goes on over none, or an untouched block, the *witness*, that comes out as it was; there are no
//! definitions (a label resolves anywhere), no templates, no HTML that is open at an edge. Else everything is parsed.

mod windows;

use super::front_matter::front_matter;
use super::tree::{Attribute, Element, Flags, Kind, NONE, Node, NodeId, Range32, Tree};
use super::{Parsed, Protected, markdown, template};
use crate::edit::{Moves, OwnedEdit, shifts};
use crate::span::Span;
use std::cmp::Ordering;
use windows::windows;

/// Above this share of the text (in percent) one whole parse is cheaper than windows.
/// Tests want windows always.
const WORTH_WHILE: usize = if cfg!(test) { 1000 } else { 90 };

/// A tree made from another one.
#[derive(Debug)]
pub(crate) struct Reparsed {
    pub parsed: Parsed,
    /// Whether all of the text was parsed, so that any of it may read otherwise than before.
    pub whole: bool,
}

impl Parsed {
    /// The same as [`Parsed::new`] of `new_text`, which is `old_text` after `edits` (canonical); `self` is the tree of `old_text`.
    pub(crate) fn after(&self, old_text: &str, edits: &[OwnedEdit], new_text: &str) -> Reparsed {
        // what stood in the text becomes the mark at its beginning, which is none of it
        let gains_mark = new_text.starts_with('\u{feff}') && !old_text.starts_with('\u{feff}');
        let spliced = if gains_mark { None } else { self.spliced(old_text, edits, new_text) };
        match spliced {
            Some(parsed) => Reparsed { parsed, whole: false },
            None => Reparsed { parsed: Parsed::new(new_text), whole: true },
        }
    }

    /// Where `new`, the tree after `edits` (canonical), reads what no edit touched in another way: in bytes of the new text.
    pub(crate) fn differences(&self, new: &Parsed, edits: &[OwnedEdit]) -> Vec<Span> {
        let moves = Moves::new(edits);
        let mut spans = Vec::new();
        let (mut i, mut j) = (1, 1);
        // the stretch between two edits: how far it moved, and where it ends
        let (mut passed, mut shift, mut end) = (0, 0isize, 0);
        while let Some(node) = new.tree.nodes.get(j) {
            let Some(old) = self.tree.nodes.get(i) else {
                spans.push(node.span());
                j += 1;
                continue;
            };
            if old.start as usize >= end {
                while let Some(e) = edits.get(passed).filter(|e| e.edit.span.end < old.start as usize) {
                    shift += e.edit.text.len() as isize - e.edit.span.len() as isize;
                    passed += 1;
                }
                end = edits.get(passed).map_or(usize::MAX, |e| e.edit.span.start);
            }
            let moved = if (old.end as usize) < end {
                let place = |at: u32| (at as usize).wrapping_add_signed(shift);
                Span::new(place(old.start), place(old.end))
            } else {
                moves.span(old.span())
            };
            let is_same = old.kind == node.kind && old.tag == node.tag && old.flags == node.flags;
            if is_same && moved == node.span() {
                (i, j) = (i + 1, j + 1);
                continue;
            }
            let order = moved.start.cmp(&(node.start as usize));
            spans.push(if order == Ordering::Less { moved } else { node.span() });
            i += usize::from(order != Ordering::Greater);
            j += usize::from(order != Ordering::Less);
        }
        spans
    }

    fn spliced(&self, old_text: &str, edits: &[OwnedEdit], new_text: &str) -> Option<Self> {
        if new_text.len() > NONE as usize
            || self.has_templates
            || !self.tree.definitions.is_empty()
            || self.has_footnotes()
        {
            return None;
        }
        let body = self.body_start(old_text);
        if edits.first().is_some_and(|e| e.edit.span.start < body)
            || front_matter(new_text) != self.front_matter
        {
            return None;
        }
        let blocks: Vec<NodeId> = self.tree.children(NodeId::ROOT).collect();
        let windows = windows(&self.tree, old_text, &blocks, edits, body)?;
        let mut splice = Splice::new(&self.tree, new_text.len(), edits);
        let cuts: Vec<Span> = windows.iter().map(|w| w.cut_after(&splice, body, new_text.len())).collect();
        if cuts.iter().map(|c| c.len()).sum::<usize>() * 100 > new_text.len() * WORTH_WHILE {
            return None;
        }
        for (w, &new_cut) in windows.iter().zip(&cuts) {
            let source = new_text.get(new_cut.range())?;
            let window = if source.trim_ascii().is_empty() { Tree::default() } else { read(source)? };
            if !w.holds(&blocks, &window, new_cut, &splice) {
                return None;
            }
            splice.keep_until(blocks.get(w.first).map_or(NONE, |b| b.0));
            splice.take(&window, new_cut.start);
            splice.skip_to(blocks.get(w.after).map_or(NONE, |b| b.0));
        }
        splice.keep_until(self.tree.nodes.len() as u32);
        let tree = splice.finish();
        let protected = Protected::gather(&tree, Vec::new(), self.front_matter);
        Some(Parsed { tree, front_matter: self.front_matter, protected, ..Parsed::default() })
    }

    fn has_footnotes(&self) -> bool {
        self.tree.nodes.iter().any(|n| n.kind == Kind::Footnote)
    }

    fn body_start(&self, text: &str) -> usize {
        self.front_matter.map_or(if text.starts_with('\u{feff}') { 3 } else { 0 }, |f| f.end)
    }
}

/// Whether a node may have to do with HTML outside its block.
fn is_loose(node: &Node) -> bool {
    node.kind == Kind::EndTag || node.kind == Kind::Footnote || node.has(Flags::HTML.with(Flags::UNCLOSED))
}

/// A new tree made of pieces of the old one and of parsed windows.
struct Splice<'t> {
    old: &'t Tree,
    new: Tree,
    edits: &'t [OwnedEdit],
    /// For each edit: how far what follows it has moved.
    shifts: Vec<isize>,
    at: u32,
    /// Stretches of old nodes that were kept: their first index in the old tree and in the new one, and how many.
    kept: Vec<(u32, u32, u32)>,
}

impl<'t> Splice<'t> {
    fn new(old: &'t Tree, length: usize, edits: &'t [OwnedEdit]) -> Self {
        let mut new = Tree::default();
        new.nodes.reserve(old.nodes.len() + 16);
        new.elements.reserve(old.elements.len());
        new.attributes.reserve(old.attributes.len());
        if let Some(root) = old.nodes.first() {
            new.nodes.push(Node { end: length as u32, ..*root });
        }
        Self { old, new, edits, shifts: shifts(edits), at: 1, kept: Vec::new() }
    }

    fn shift_at(&self, at: usize) -> isize {
        let index = self.edits.partition_point(|e| e.edit.span.end <= at && e.edit.span.start < at);
        index.checked_sub(1).and_then(|i| self.shifts.get(i)).copied().unwrap_or(0)
    }

    /// Where a span whose ends no edit touches has moved to.
    fn moved(&self, span: Span) -> Span {
        let place = |at: usize| at.saturating_add_signed(self.shift_at(at));
        Span::new(place(span.start), place(span.end))
    }

    /// Copies the old nodes up to `until` (no edit touches them).
    fn keep_until(&mut self, until: u32) {
        let until = until.min(self.old.nodes.len() as u32);
        if self.at >= until {
            return;
        }
        let nodes = self.old.nodes.get(self.at as usize..until as usize).unwrap_or(&[]);
        let Some(first) = nodes.first() else { return };
        let bytes = self.shift_at(first.start as usize);
        let elements = tables(self.old, nodes);
        self.kept.push((self.at, self.new.nodes.len() as u32, nodes.len() as u32));
        self.copy(nodes, self.at, bytes, elements);
        self.at = until;
    }

    /// Takes over the blocks of a parsed window that begins at byte `start` of the new text.
    fn take(&mut self, window: &Tree, start: usize) {
        let nodes = window.nodes.get(1..).unwrap_or(&[]);
        self.copy(nodes, 1, start as isize, (&window.elements, 0, &window.attributes, 0));
    }

    fn skip_to(&mut self, at: u32) {
        self.at = at;
    }

    fn copy(
        &mut self,
        nodes: &[Node],
        first: u32,
        bytes: isize,
        tables: (&[Element], u32, &[Attribute], u32),
    ) {
        let (elements, first_element, attributes, first_attribute) = tables;
        let base = self.new.nodes.len() as u32;
        let element_base = self.new.elements.len() as u32;
        let attribute_base = self.new.attributes.len() as u32;
        let byte = |at: u32| (at as usize).wrapping_add_signed(bytes) as u32;
        let index = |at: u32| at.wrapping_sub(first).wrapping_add(base);
        self.new.nodes.extend(nodes.iter().map(|n| Node {
            start: byte(n.start),
            end: byte(n.end),
            parent: if n.parent == 0 { 0 } else { index(n.parent) },
            next: index(n.next),
            ..*n
        }));
        if !elements.is_empty() {
            let copied = self.new.nodes.get_mut(base as usize..).unwrap_or_default();
            for node in copied.iter_mut().filter(|n| has_element(n)) {
                node.data = node.data - first_element + element_base;
            }
        }
        let range =
            |r: Range32| if r.start == NONE { r } else { Range32 { start: byte(r.start), end: byte(r.end) } };
        self.new.elements.extend(elements.iter().map(|e| Element {
            name: range(e.name),
            start_tag: range(e.start_tag),
            end_tag: range(e.end_tag),
            first_attribute: e.first_attribute - first_attribute + attribute_base,
            attribute_count: e.attribute_count,
            // an old index still: the partner may stand in another stretch
            partner: e.partner,
        }));
        self.new.attributes.extend(attributes.iter().map(|a| Attribute {
            name: range(a.name),
            value: range(a.value),
            whole: range(a.whole),
        }));
    }

    fn finish(mut self) -> Tree {
        let count = self.new.nodes.len() as u32;
        if let Some(root) = self.new.nodes.first_mut() {
            root.next = count;
        }
        for e in &mut self.new.elements {
            if e.partner != NONE {
                let at = self.kept.partition_point(|k| k.0 <= e.partner).checked_sub(1);
                let kept = at.and_then(|i| self.kept.get(i)).filter(|k| e.partner < k.0 + k.2);
                e.partner = kept.map_or(NONE, |k| e.partner - k.0 + k.1);
            }
        }
        self.new
    }
}

/// The tree of a window, if what is in it has nothing to do with the rest of the text.
fn read(source: &str) -> Option<Tree> {
    let found = template::regions(source, 0);
    if !found.opaque.is_empty() || !found.spelled.is_empty() {
        return None;
    }
    let window = markdown::build(source, 0, &[]);
    (window.definitions.is_empty() && !window.nodes.iter().any(is_loose)).then_some(window)
}

fn has_element(node: &Node) -> bool {
    node.has(Flags::HTML)
        && matches!(node.kind, Kind::Element | Kind::Link | Kind::Image | Kind::HardBreak | Kind::EndTag)
}

/// The stretches of the side tables that belong to a stretch of nodes: they are in document order too.
fn tables<'t>(tree: &'t Tree, nodes: &[Node]) -> (&'t [Element], u32, &'t [Attribute], u32) {
    if tree.elements.is_empty() {
        return (&[], 0, &[], 0);
    }
    let first = nodes.iter().find(|n| has_element(n)).map(|n| n.data);
    let last = nodes.iter().rev().find(|n| has_element(n)).map(|n| n.data);
    let (Some(first), Some(last)) = (first, last) else { return (&[], 0, &[], 0) };
    let elements = tree.elements.get(first as usize..=last as usize).unwrap_or(&[]);
    let from = elements.first().map_or(0, |e| e.first_attribute);
    let to = elements.last().map_or(0, |e| e.first_attribute + e.attribute_count);
    (elements, first, tree.attributes.get(from as usize..to as usize).unwrap_or(&[]), from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply, canonical};
    use proptest::prelude::*;

    fn shape(p: &Parsed) -> Vec<String> {
        let mut out: Vec<String> = p.tree.nodes.iter().map(|n| format!("{n:?}")).collect();
        out.extend(p.tree.elements.iter().map(|e| format!("{e:?}")));
        out.extend(p.tree.attributes.iter().map(|a| format!("{a:?}")));
        out.extend(p.protected.spans().iter().map(|a| format!("{a:?}")));
        out
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "para of text\n\n",
            "para\n",
            "## head\n",
            "- a\n- b\n",
            "  - c\n",
            "1. x\n",
            "> q\n",
            "```\ncode\n```\n",
            "```\n",
            "    code\n",
            "\n",
            "\n\n",
            "---\n",
            "===\n",
            "<div>\n",
            "</div>\n",
            "<a href=\"x\"><img src=\"y\"></a>\n",
            "<p>\n",
            "<!-- c -->\n",
            "<!--\n",
            "-->\n",
            "| a | b |\n|---|---|\n| c | d |\n",
            "**b** `c` [l](u)\n",
            "[r]: /u\n",
            "[r]\n",
            "> [^1]: note\n",
            "- [^2]: note\n",
            "x [^1] y\n",
            "[^2] z\n\n",
            "<b>x</b> y\n",
            "<b>z\n",
            "</b>\n",
            "{{ t }}\n",
            "text <img\nsrc=x> \n",
            "\u{e9}\u{fc}\n",
            "<script>\n",
            "</script>\n",
            "* * *\n",
            " lead\n",
            "  more\n\n",
            "   # deep\n",
            " \\- no item\n",
            "a\n\n  b\n",
            "\t- t\n",
            "<ins class=\"x\"></ins>\n",
            "$a$\n",
            "~~~\n",
            "[code]\n",
            "[code] a\n\n",
            "[/code]\n",
            "[/code] b\n\n",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20000))]
        #[test]
        fn blocks_that_go_leave_what_a_whole_parse_gives(
            pieces in prop::collection::vec((piece(), 0..12u8), 1..30),
        ) {
            let text: String = pieces.iter().map(|(piece, _)| *piece).collect();
            let mut edits = Vec::new();
            let mut at = 0;
            for (piece, fate) in pieces {
                // or its first byte, or the one behind that
                let gone = match fate {
                    0 | 1 => at..at + piece.len(),
                    2 | 3 => at..at + usize::from(piece.is_ascii()),
                    4 if piece.is_ascii() && piece.len() > 1 => at + 1..at + 2,
                    _ => at..at,
                };
                if !gone.is_empty() {
                    edits.push(OwnedEdit::new(Edit::remove(gone), 0));
                }
                at += piece.len();
            }
            let edits = canonical(edits);
            let new_text = apply(&text, &edits);
            let old = Parsed::new(&text);
            if let Some(fast) = old.spliced(&text, &edits, &new_text) {
                prop_assert_eq!(shape(&fast), shape(&Parsed::new(&new_text)));
            }
        }

        #[test]
        fn windows_give_what_a_whole_parse_gives(
            pieces in prop::collection::vec(piece(), 1..40),
            cuts in prop::collection::vec((0usize..120, 0usize..30, prop::option::of(piece())), 1..4),
        ) {
            let text: String = pieces.concat();
            let mut edits = Vec::new();
            let mut at = 0;
            for (skip, take, insert) in cuts {
                let start = at + skip;
                let end = (start + take).min(text.len());
                if start > text.len() || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                    break;
                }
                edits.push(OwnedEdit::new(Edit::replace(start..end, insert.unwrap_or("")), 0));
                at = end + 1;
            }
            let edits = canonical(edits);
            let new_text = apply(&text, &edits);
            let old = Parsed::new(&text);
            if let Some(fast) = old.spliced(&text, &edits, &new_text) {
                prop_assert_eq!(shape(&fast), shape(&Parsed::new(&new_text)));
            }
        }
    }
}
