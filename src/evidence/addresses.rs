//! [`Addresses`]: where a document's links, images, frames and bare addresses lead. Owns finding them, once for all rules of a round;
//! what becomes of one, rules say.

use super::memo::{Known, Memo};
use crate::data::Facts;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId};
use crate::parameters::bare_urls;
use crate::span::Span;
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

/// All addresses of a document.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Those of links, images and definitions, in document order.
    pub of_nodes: Vec<Address>,
    /// Those that stand in the text as such, in document order.
    pub bare: Vec<Address>,
    /// Frames, films, sounds with the bytes of their `src`.
    pub frames: Vec<(NodeId, Span)>,
    /// Whether a link's start tag is closed nowhere in its container.
    pub has_open_links: bool,
}

impl Addresses {
    pub fn of(document: Document<'_>, facts: &Facts, memo: &Memo) -> Self {
        let mut out = Self::default();
        let nodes = &document.parsed.tree.nodes;
        for (index, record) in nodes.iter().enumerate() {
            match record.kind {
                Kind::Link | Kind::Image | Kind::Definition => {
                    let id = NodeId(index as u32);
                    out.has_open_links |= record.kind == Kind::Link && record.has(Flags::UNCLOSED);
                    if let Some(destination) = document.node(id).destination() {
                        let url = destination.url();
                        let is_plain = matches!(url, Cow::Borrowed(_));
                        let known = memo.of(&url, facts);
                        out.of_nodes.push(Address { node: id, span: destination.span, known, is_plain });
                    }
                }
                Kind::Element
                    if matches!(
                        record.tag,
                        Tag::Iframe | Tag::Video | Tag::Audio | Tag::Source | Tag::Embed
                    ) =>
                {
                    let id = NodeId(index as u32);
                    if let Some(span) = document.node(id).attribute("src").and_then(|a| a.value_span) {
                        out.frames.push((id, span));
                    }
                }
                _ => {}
            }
        }
        out.find_bare(document, facts, memo);
        out
    }

    fn find_bare(&mut self, document: Document<'_>, facts: &Facts, memo: &Memo) {
        let nodes = &document.parsed.tree.nodes;
        let bytes = document.text.as_bytes();
        let mut from = 0;
        for at in memchr::memmem::find_iter(bytes, b"://") {
            if at < from {
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
                self.bare.push(Address { node: id, span, known, is_plain: true });
            }
            from = node.end as usize;
        }
    }

    /// The address of a link, an image or a definition.
    pub fn at(&self, id: NodeId) -> Option<&Address> {
        let place = self.of_nodes.binary_search_by_key(&id, |a| a.node).ok()?;
        self.of_nodes.get(place)
    }
}
