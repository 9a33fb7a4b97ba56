//! [`Addresses`]: where a document's links, images, frames and bare addresses lead. Owns finding them, once for all rules of a round;
//! what becomes of one, rules say.

use super::memo::{Known, Memo};
use crate::data::Facts;
use crate::document::html::Tag;
use crate::document::tree::Node;
use crate::document::node::any_byte;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef, Tree};
use crate::parameters::bare_urls;
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

/// The addresses of the blocks that touch a zone.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Those of links, images and definitions, in document order.
    pub of_nodes: Vec<Address>,
    /// Those that stand in the text as such, in document order.
    pub bare: Vec<Address>,
    /// Frames, films, sounds with the bytes of their `src`.
    pub frames: Vec<(NodeId, Span)>,
    /// Whether a link's start tag is closed nowhere in its container, in the zone or out of it. Such a link may reach from
    /// anywhere to anywhere: then all blocks are looked at.
    pub has_open_links: bool,
}

impl Addresses {
    pub fn of(document: Document<'_>, facts: &Facts, memo: &Memo, zone: &Zone) -> Self {
        let mut out = Self { has_open_links: has_open_links(document), ..Self::default() };
        let nodes = &document.parsed.tree.nodes;
        if zone.is_all() || out.has_open_links {
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
        let bytes = document.text.as_bytes();
        for (record, index) in nodes.iter().zip(from as u32..) {
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
                Kind::Text => {
                    let source = bytes.get(record.start as usize..record.end as usize).unwrap_or_default();
                    if any_byte(source, |b| b == b':') && names_scheme(source) {
                        self.add_bare(document.node(NodeId(index)), facts, memo);
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

    /// Adds those that stand in a text as such.
    fn add_bare(&mut self, text: NodeRef<'_>, facts: &Facts, memo: &Memo) {
        for span in bare_urls(text) {
            let known = memo.of(text.document.slice(span), facts);
            self.bare.push(Address { node: text.id, span, known, is_plain: true });
        }
    }

    /// The address of a link, an image or a definition.
    pub fn at(&self, id: NodeId) -> Option<&Address> {
        let place = self.of_nodes.binary_search_by_key(&id, |a| a.node).ok()?;
        self.of_nodes.get(place)
    }
}

/// Whether the end of a scheme stands in a text.
fn names_scheme(text: &[u8]) -> bool {
    memchr::memchr_iter(b':', text).any(|at| text.get(at + 1..).is_some_and(|rest| rest.starts_with(b"//")))
}

/// The nodes of the blocks that touch `zone`, as first and end.
pub(super) fn blocks(tree: &Tree, zone: &Zone) -> impl Iterator<Item = (usize, usize)> {
    let mut seen = zone.walker();
    let extent = |id: NodeId, node: &Node| (id.index(), node.next as usize);
    tree.children(NodeId::ROOT).filter_map(move |id| {
        let node = tree.node(id);
        seen.touches(node.span()).then(|| extent(id, node))
    })
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
