//! A text and what a reader sees in it: [`Document`] puts a text and its [`Parsed`] tree together, [`NodeRef`] walks it.
//! Owns reading; must not change or judge anything.
//!
//! `decode` makes bytes text · `front_matter` splits it · `template` finds what other programs read · `markdown` joins
//! Markdown and `html` into one `tree` · `protect` says where nothing may be touched · `node` is how rules look at it, `destination` where links lead.

mod attribute_list;
pub(crate) mod decode;
pub(crate) mod destination;
pub(crate) mod front_matter;
pub(crate) mod html;
mod markdown;
pub(crate) mod node;
pub(crate) mod protect;
mod reparse;
mod template;
pub(crate) mod tree;

pub(crate) use attribute_list::{attribute_in_list, attribute_list};
pub use destination::Destination;
pub use html::Tag;
pub use node::{AttributeRef, NodeRef};
pub use protect::Protected;
pub(crate) use reparse::Reparsed;
pub(crate) use tree::Tree;
pub use tree::{Flags, Kind, NodeId};

use crate::span::Span;

/// What parsing a text gives. It holds no text itself.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Markdown and HTML in one tree.
    pub(crate) tree: Tree,
    /// The front matter with its delimiter lines.
    pub front_matter: Option<Span>,
    /// Where nothing may be touched.
    pub protected: Protected,
    /// Whether something in it is read by other programs.
    has_templates: bool,
    /// Where the spelling of Markdown stays: templates, and text that a site generator reads by its indentation (its words may
    /// be repaired).
    pub style_protected: Protected,
}

impl Parsed {
    /// Parses `text`. Texts of 4 GiB and more have an empty tree: offsets take 32 bits.
    pub fn new(text: &str) -> Self {
        if u32::try_from(text.len()).is_err() {
            return Self { tree: markdown::build("", 0, &[]), ..Self::default() };
        }
        let front_matter = front_matter::front_matter(text);
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let body = front_matter.map_or(mark, |f| f.end);
        let template::Regions { opaque, spelled } = template::regions(text, body);
        let tree = markdown::build(text, body, &opaque);
        let has_templates = !opaque.is_empty() || !spelled.is_empty();
        let protected = Protected::gather(&tree, opaque, front_matter);
        Self { tree, front_matter, protected, has_templates, style_protected: Protected::of(spelled) }
    }

    /// The tree over the text that it was made from.
    pub fn document<'a>(&'a self, text: &'a str) -> Document<'a> {
        Document { text, parsed: self }
    }
}

/// A text with its tree.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The whole text, front matter and byte order mark included.
    pub text: &'a str,
    /// What was read in it.
    pub parsed: &'a Parsed,
}

impl<'a> Document<'a> {
    /// The root.
    pub fn root(self) -> NodeRef<'a> {
        self.node(NodeId::ROOT)
    }

    /// The node at `id`.
    #[inline]
    pub fn node(self, id: NodeId) -> NodeRef<'a> {
        NodeRef { document: self, id }
    }

    /// The byte after the front matter, or after a byte order mark: where Markdown begins.
    pub fn body_start(self) -> usize {
        let mark = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        self.parsed.front_matter.map_or(mark, |f| f.end)
    }

    /// All nodes in document order, the root first.
    pub fn nodes(self) -> impl Iterator<Item = NodeRef<'a>> {
        (0..self.parsed.tree.nodes.len() as u32).map(move |i| self.node(NodeId(i)))
    }

    /// The text of `span`.
    #[inline]
    pub fn slice(self, span: Span) -> &'a str {
        let text = self.text.get(span.range());
        debug_assert!(text.is_some(), "{span:?} leaves the text or cuts a character");
        text.unwrap_or("")
    }

    /// The span without what lies outside of the line that byte `at` is in (the line end not included).
    pub fn line_at(self, at: usize) -> Span {
        let bytes = self.text.as_bytes();
        let at = at.min(bytes.len());
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let end = if end > start && bytes[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, end)
    }
}
