//! [`Tree`]: one flat pre-order vector for Markdown and HTML together. Owns node storage and navigation;
//! must not parse, and holds no text: spans and numbers only, so that an outcome can keep it.

use super::html::Tag;
use crate::span::Span;

/// What a node is. A Markdown image and an `<img>`, a Markdown link, an autolink and an `<a href>` are one kind each;
/// [`Flags`] tell the spellings apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum Kind {
    /// The document.
    Root,
    /// A paragraph; also the bare text of a tight list item ([`Flags::TIGHT`]).
    Paragraph,
    /// A Markdown heading, ATX or setext; its level is `Node::data`.
    Heading,
    /// A fenced ([`Flags::FENCED`]) or indented code block.
    CodeBlock,
    /// A thematic break.
    Break,
    /// A link reference definition; its record is `Tree::definitions` at `Node::data`.
    Definition,
    /// A block quote.
    Quote,
    /// A list; [`Flags::ORDERED`], its first number is `Node::data`.
    List,
    /// An item of a Markdown list.
    Item,
    /// A pipe table.
    Table,
    /// A row of a pipe table, the head ([`Flags::HEAD`]) too.
    Row,
    /// A cell of a pipe table.
    Cell,
    /// A footnote definition.
    Footnote,
    /// Text; [`Flags::DECODED`] where it is spelled as a character reference.
    Text,
    /// A line end inside a paragraph.
    SoftBreak,
    /// A hard line break of Markdown, or `<br>`.
    HardBreak,
    /// A code span.
    Code,
    /// `*emphasis*`.
    Emphasis,
    /// `**strong**`.
    Strong,
    /// `~~struck~~`.
    Strike,
    /// A link: inline, reference, autolink, or `<a href>` ([`Flags::HTML`]).
    Link,
    /// An image: inline, reference, or `<img>` ([`Flags::HTML`]).
    Image,
    /// A reference to a footnote.
    FootnoteReference,
    /// The box of a task list item.
    TaskMarker,
    /// An HTML element other than `<a href>`, `<img>`, `<br>`.
    Element,
    /// An end tag that closes nothing here.
    EndTag,
    /// An HTML comment.
    Comment,
    /// A declaration, processing instruction or `CDATA` section.
    Markup,
    /// Something no rule may look into: a template, math.
    Protected,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Kind::Protected as usize + 1;

    /// Whether a node of this kind stands in the flow of text inside a leaf block (HTML elements may stand in both).
    pub fn is_inline(self) -> bool {
        self >= Kind::Text
    }

    /// Whether it is a Markdown block.
    pub fn is_block(self) -> bool {
        self < Kind::Text
    }

    /// Whether it is a Markdown block whose children are inline.
    pub fn is_leaf_block(self) -> bool {
        matches!(self, Kind::Paragraph | Kind::Heading | Kind::Cell)
    }

    /// Whether it is a Markdown block whose children are blocks.
    pub fn is_container(self) -> bool {
        matches!(
            self,
            Kind::Root | Kind::Quote | Kind::Item | Kind::Footnote | Kind::List | Kind::Table | Kind::Row
        )
    }
}

/// Properties of a node, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u16);

impl Flags {
    /// Spelled as HTML.
    pub const HTML: Flags = Flags(1);
    /// Of an HTML block (else inline in a Markdown block).
    pub const IN_BLOCK: Flags = Flags(1 << 1);
    /// A start tag that nothing closes in its container: it has no children, its span is the tag.
    pub const UNCLOSED: Flags = Flags(1 << 2);
    /// The text of a tight list item: no paragraph when rendered.
    pub const TIGHT: Flags = Flags(1 << 3);
    /// Text whose source is not what it says (a character reference).
    pub const DECODED: Flags = Flags(1 << 4);
    /// A fenced code block.
    pub const FENCED: Flags = Flags(1 << 5);
    /// A numbered list.
    pub const ORDERED: Flags = Flags(1 << 6);
    /// The head row of a table.
    pub const HEAD: Flags = Flags(1 << 7);
    /// `<https://…>`.
    pub const AUTOLINK: Flags = Flags(1 << 8);
    /// `[text][label]`, `[label][]`, `[label]`: `Node::data` is the definition.
    pub const REFERENCE: Flags = Flags(1 << 9);
    /// An element whose end tag is implied.
    pub const IMPLIED_END: Flags = Flags(1 << 10);
    /// Text inside a raw text element (`<script>`, `<style>`, …).
    pub const RAW: Flags = Flags(1 << 11);
    /// A setext heading; a task that is done; a duplicate definition that loses.
    pub const OTHER: Flags = Flags(1 << 12);
    /// A self-closing tag (`/>`).
    pub const SELF_CLOSING: Flags = Flags(1 << 13);

    /// Whether all bits of `other` are set.
    #[inline]
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets of bits.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// The index of a node: its place in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The document.
    pub const ROOT: NodeId = NodeId(0);

    /// As an index.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// No index: the absent value of index fields.
pub const NONE: u32 = u32::MAX;

/// A node: 28 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The element's name; [`Tag::Unknown`] for what is no element.
    pub tag: Tag,
    /// Its properties.
    pub flags: Flags,
    /// First byte.
    pub start: u32,
    /// Byte after the last one. Blocks end before their line end.
    pub end: u32,
    /// The parent's index ([`NONE`] for the root).
    pub parent: u32,
    /// The index after the last node of its subtree.
    pub next: u32,
    /// By kind: a heading's level, a list's first number, an index into [`Tree::elements`] or `Tree::definitions`.
    pub data: u32,
}

impl Node {
    /// Its bytes.
    #[inline]
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether all bits of `flags` are set.
    #[inline]
    pub fn has(&self, flags: Flags) -> bool {
        self.flags.has(flags)
    }
}

/// A range of bytes in 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Range32 {
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Range32 {
    /// The absent range.
    pub const NONE: Range32 = Range32 { start: NONE, end: NONE };

    /// As a [`Span`], unless absent.
    #[inline]
    pub fn span(self) -> Option<Span> {
        (self.start != NONE).then(|| Span::new(self.start as usize, self.end as usize))
    }
}

impl From<Span> for Range32 {
    fn from(span: Span) -> Self {
        Self { start: span.start as u32, end: span.end as u32 }
    }
}

/// The tags of an HTML element. `<img>` and `<a href>` nodes have a record too.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// The name in the start tag.
    pub name: Range32,
    /// The start tag with its brackets.
    pub start_tag: Range32,
    /// The end tag with its brackets, absent where there is none.
    pub end_tag: Range32,
    /// Its first attribute in [`Tree::attributes`].
    pub first_attribute: u32,
    /// How many attributes it has.
    pub attribute_count: u32,
    /// The other half where the element begins in one block and ends in another: the node of the unclosed start tag or of the
    /// stray end tag ([`NONE`] otherwise).
    pub partner: u32,
}

/// An attribute of an HTML element.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Range32,
    /// Its value without quotes, absent where it has none.
    pub value: Range32,
    /// Name, equals sign, value, quotes.
    pub whole: Range32,
}

/// A link reference definition.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The whole definition.
    pub span: Range32,
    /// The destination without angle brackets.
    pub destination: Range32,
}

/// The nodes of a document with their side tables.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// All nodes in document order; the first is the root.
    pub nodes: Vec<Node>,
    /// Tags of HTML elements, in document order.
    pub elements: Vec<Element>,
    /// Attributes, in document order.
    pub attributes: Vec<Attribute>,
    /// Link reference definitions, in document order.
    pub definitions: Vec<Definition>,
}

impl Tree {
    /// The node at `id`.
    #[inline]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The element record of a node, if it is an HTML element.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        let node = self.node(id);
        (node.has(Flags::HTML)
            && matches!(node.kind, Kind::Element | Kind::Link | Kind::Image | Kind::HardBreak | Kind::EndTag))
        .then(|| self.elements.get(node.data as usize))
        .flatten()
    }

    /// The indices of the direct children of `id`.
    #[inline]
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, at: id.0 + 1, end: self.node(id).next }
    }

    /// Start and end tags of one element that stand in different blocks: each with the other.
    pub(crate) fn partners(&self) -> impl Iterator<Item = (Span, Span)> + '_ {
        let own = |partner: &Node| {
            let element = self.elements.get(partner.data as usize)?;
            self.nodes.get(element.partner as usize)
        };
        let joined = self.elements.iter().filter(|e| e.partner != NONE);
        joined.filter_map(move |e| {
            let partner = self.nodes.get(e.partner as usize)?;
            Some((own(partner)?.span(), partner.span()))
        })
    }

    /// Sets every parent from the extents of the subtrees.
    pub(crate) fn link_parents(&mut self) {
        let mut open: Vec<u32> = Vec::with_capacity(16);
        for at in 0..self.nodes.len() as u32 {
            while open.last().is_some_and(|&top| self.nodes[top as usize].next <= at) {
                open.pop();
            }
            let node = &mut self.nodes[at as usize];
            node.parent = open.last().copied().unwrap_or(NONE);
            if node.next > at + 1 {
                open.push(at);
            }
        }
    }
}

/// An iterator over direct children.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    tree: &'t Tree,
    at: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId(self.at);
        self.at = self.tree.node(id).next;
        Some(id)
    }
}
