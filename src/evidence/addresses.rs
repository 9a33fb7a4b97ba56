//! [`Addresses`]: where a document's links, images, frames and bare addresses lead. Owns finding them, once for all rules of a round;
//! what becomes of one, rules say.

use super::bare_urls::bare_urls;
use super::memo::{Known, Memo};
use crate::data::Facts;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, Tree};
use crate::span::Span;
use crate::zone::Zone;
use std::borrow::Cow;
use std::rc::Rc;

/// An address at its place.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// The link, image or definition; for one in the text as such, the text.
    pub node: NodeId,
    /// Its bytes as written: for a reference, those in its definition.
    pub span: Span,
    /// What it is, decoded.
    pub known: Rc<Known>,
    /// Whether it is written without escapes and character references.
    pub is_plain: bool,
}

/// The addresses of the blocks that touch a zone. Kinds of nodes are told by their order in [`Kind`]: what is inline and may tell
/// something comes last.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Those of links, images and definitions, in document order.
    pub of_nodes: Vec<Address>,
    /// Frames, films, sounds with the bytes of their `src`.
    pub frames: Vec<(NodeId, Span)>,
    /// What an ad may be told by, in document order: links, images, elements, comments, tags that nothing closes or opens.
    pub telling: Vec<NodeId>,
    /// Whether all blocks are looked at.
    pub is_complete: bool,
    /// Whether a link's start tag is closed nowhere in its container, in the zone or out of it. Such a link may reach from
    /// anywhere to anywhere: then all blocks are looked at.
    pub has_open_links: bool,
}

impl Addresses {
    pub fn of(document: Document<'_>, facts: &Facts, memo: &Memo, zone: &Zone) -> Self {
        let mut out = Self { has_open_links: has_open_links(document), ..Self::default() };
        let nodes = &document.parsed.tree.nodes;
        out.is_complete = zone.is_all() || out.has_open_links;
        if out.is_complete {
            out.add(document, facts, memo, 0, nodes.len());
        } else {
            for (from, to) in blocks(&document.parsed.tree, zone) {
                out.add(document, facts, memo, from, to);
            }
        }
        out
    }

    /// Adds those of the nodes `from..to`.
    fn add(&mut self, document: Document<'_>, facts: &Facts, memo: &Memo, from: usize, to: usize) {
        let nodes = document.parsed.tree.nodes.get(from..to).unwrap_or_default();
        for (record, index) in nodes.iter().zip(from as u32..) {
            // most nodes are blocks and text
            if record.kind < Kind::Link && record.kind != Kind::Definition {
                continue;
            }
            if matches!(record.kind, Kind::Link | Kind::Image | Kind::Element | Kind::EndTag | Kind::Comment)
            {
                self.telling.push(NodeId(index));
            }
            match record.kind {
                Kind::Link | Kind::Image | Kind::Definition => {
                    let id = NodeId(index);
                    if let Some(destination) = document.node(id).destination() {
                        let url = destination.url();
                        let is_plain = matches!(url, Cow::Borrowed(_));
                        let known = memo.of(&url, facts);
                        self.of_nodes.push(Address { node: id, span: destination.span, known, is_plain });
                    }
                }
                Kind::Element
                    if matches!(
                        record.tag,
                        Tag::Iframe | Tag::Video | Tag::Audio | Tag::Source | Tag::Embed
                    ) =>
                {
                    let id = NodeId(index);
                    if let Some(span) = document.node(id).attribute("src").and_then(|a| a.value_span) {
                        self.frames.push((id, span));
                    }
                }
                _ => {}
            }
        }
    }

    /// The address of a link, an image or a definition.
    pub fn at(&self, id: NodeId) -> Option<&Address> {
        let place = self.of_nodes.binary_search_by_key(&id, |a| a.node).ok()?;
        self.of_nodes.get(place)
    }
}

/// The addresses that stand in the text of the blocks that touch a zone as such, in document order.
#[derive(Debug)]
pub(crate) struct BareAddresses(pub Vec<Address>);

impl BareAddresses {
    /// Those beside `addresses`, which are those of the same zone.
    pub fn of(
        document: Document<'_>,
        addresses: &Addresses,
        facts: &Facts,
        memo: &Memo,
        zone: &Zone,
    ) -> Self {
        let nodes = &document.parsed.tree.nodes;
        let stretches = if zone.is_all() {
            vec![Span::new(0, document.text.len())]
        } else {
            let span = |(from, to): (usize, usize)| {
                // a block ends with its last node, or behind it
                let end = nodes.get(from..to)?.iter().map(|n| n.end).max()?;
                Some(Span::new(nodes.get(from)?.start as usize, end as usize))
            };
            blocks(&document.parsed.tree, zone).into_iter().filter_map(span).collect()
        };
        let mut out = Vec::new();
        let mut of_nodes = addresses.of_nodes.iter().peekable();
        let bytes = document.text.as_bytes();
        let mut behind = 0;
        for stretch in stretches {
            for place in memchr::memchr_iter(b':', bytes.get(stretch.range()).unwrap_or_default()) {
                let at = stretch.start + place;
                if at < behind || bytes.get(at + 1..at + 3) != Some(b"//") {
                    continue;
                }
                // most stand in the address of a link
                while of_nodes.next_if(|a| a.span.end <= at).is_some() {}
                if of_nodes.peek().is_some_and(|a| a.span.start <= at) {
                    continue;
                }
                // the leaf that begins last before it
                let index = nodes.partition_point(|n| n.start as usize <= at).saturating_sub(1);
                let Some(node) = nodes.get(index) else { break };
                if node.kind != Kind::Text || (node.end as usize) < at + 3 {
                    continue;
                }
                let id = NodeId(index as u32);
                for span in bare_urls(document.node(id)) {
                    let known = memo.of(document.slice(span), facts);
                    out.push(Address { node: id, span, known, is_plain: true });
                }
                behind = node.end as usize;
            }
        }
        Self(out)
    }
}

/// The nodes of the blocks that touch `zone`, as first and end; those of blocks side by side are one stretch.
fn blocks(tree: &Tree, zone: &Zone) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut seen = zone.walker();
    for id in tree.children(NodeId::ROOT) {
        let block = tree.node(id);
        if !seen.touches(block.span()) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.1 == id.index() => last.1 = block.next as usize,
            _ => out.push((id.index(), block.next as usize)),
        }
    }
    out
}

/// Whether a link's start tag is closed nowhere in its container.
fn has_open_links(document: Document<'_>) -> bool {
    let tree = &document.parsed.tree;
    // few elements have a name of one letter and no end
    let may_be = tree.elements.iter().any(|e| {
        e.end_tag.span().is_none()
            && e.name.span().is_some_and(|name| document.slice(name).eq_ignore_ascii_case("a"))
    });
    may_be && tree.nodes.iter().any(|n| n.kind == Kind::Link && n.has(Flags::UNCLOSED))
}
