//! [`Shape`]: what a block consists of. Owns the reading of a block as words, links and pictures; must not judge it.

use super::words::folded;
use crate::document::html::Tag;
use crate::document::tree::Node;
use crate::document::{Flags, Kind, NodeId, NodeRef};

/// What stands for a link in [`Shape::outside`].
pub(crate) const LINK: char = '\u{fffc}';

/// What a block consists of.
#[derive(Debug, Default)]
pub(crate) struct Shape<'a> {
    /// Its words outside of links, a [`LINK`] for each link.
    pub outside: String,
    /// Its links, in order.
    pub links: Vec<NodeRef<'a>>,
    /// Pictures that no link holds.
    pub pictures: usize,
    /// Whether code, a table, a form field or a frame is in it.
    pub other: bool,
    /// Fields and buttons of a form.
    pub fields: usize,
    /// Scripts.
    pub scripts: Vec<NodeRef<'a>>,
}

/// What a node is to a block that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words, or blanks between them.
    Text,
    /// The end of a line.
    LineEnd,
    /// A block of its own.
    Block,
    /// A link, with all in it.
    Link,
    /// An image, with all in it.
    Picture,
    /// Code, a table, a frame, with all in it.
    Other,
    /// A script, with all in it.
    Script,
    /// A field or a button, with all in it.
    Field,
    /// Nothing that is seen by itself.
    Nothing,
}

impl Part {
    /// What `node` is.
    #[inline]
    pub fn of(node: &Node) -> Self {
        // most are text
        if node.kind == Kind::Text { Self::of_text(node) } else { Self::of_other(node) }
    }

    #[inline]
    fn of_text(text: &Node) -> Self {
        if text.has(Flags::RAW) { Self::Nothing } else { Self::Text }
    }

    fn of_other(node: &Node) -> Self {
        match node.kind {
            Kind::SoftBreak | Kind::HardBreak => Self::LineEnd,
            Kind::Link => Self::Link,
            Kind::Image => Self::Picture,
            Kind::Code
            | Kind::CodeBlock
            | Kind::Table
            | Kind::Protected
            | Kind::FootnoteReference
            | Kind::TaskMarker => Self::Other,
            Kind::Element => match node.tag {
                Tag::Script | Tag::Style | Tag::Noscript => Self::Script,
                Tag::Input | Tag::Button | Tag::Select | Tag::Textarea | Tag::Label => Self::Field,
                Tag::Iframe
                | Tag::Video
                | Tag::Audio
                | Tag::Table
                | Tag::Pre
                | Tag::Code
                | Tag::Object
                | Tag::Embed
                | Tag::Canvas => Self::Other,
                tag if tag.is_block() => Self::Block,
                _ => Self::Nothing,
            },
            kind if kind.is_block() => Self::Block,
            _ => Self::Nothing,
        }
    }
}

/// Whether no more than `cap` bytes of text stand outside of links below `block`: a cheap look before [`Shape::of`].
pub(crate) fn is_short(block: NodeRef<'_>, cap: usize) -> bool {
    // a block of so many nodes is no label
    const MOST_NODES: u32 = 1000;
    let mut sum = 0;
    let mut skip = 0;
    if block.node().next - block.id.0 > MOST_NODES {
        return false;
    }
    for n in block.descendants() {
        if n.id.0 < skip {
            continue;
        }
        match n.kind() {
            Kind::Text if !n.has(Flags::RAW) => {
                sum += n.span().len();
                if sum > cap {
                    return false;
                }
            }
            Kind::Link | Kind::Image => skip = n.node().next,
            Kind::CodeBlock | Kind::Table => return false,
            _ => {}
        }
    }
    true
}

/// The lines of a paragraph that has more than one, each as its first and last node.
pub(crate) fn lines<'a>(block: NodeRef<'a>) -> Vec<(NodeRef<'a>, NodeRef<'a>)> {
    let mut lines: Vec<(NodeRef<'a>, NodeRef<'a>)> = Vec::new();
    let mut open = false;
    let mut breaks = 0;
    for child in block.children() {
        match (matches!(child.kind(), Kind::SoftBreak | Kind::HardBreak), lines.last_mut()) {
            (true, _) => {
                open = false;
                breaks += 1;
            }
            (false, Some(line)) if open => line.1 = child,
            (false, _) => {
                lines.push((child, child));
                open = true;
            }
        }
    }
    if breaks == 0 {
        lines.clear();
    }
    lines
}

impl<'a> Shape<'a> {
    /// Reads `block`.
    pub fn of(block: NodeRef<'a>) -> Self {
        Self::read(block.descendants())
    }

    /// Reads the siblings `first` to `last`.
    pub fn of_run(first: NodeRef<'a>, last: NodeRef<'a>) -> Self {
        let document = first.document;
        Self::read((first.id.0..last.node().next).map(move |id| document.node(NodeId(id))))
    }

    fn read(nodes: impl Iterator<Item = NodeRef<'a>>) -> Self {
        let mut shape = Shape::default();
        let mut skip = 0;
        for n in nodes {
            if n.id.0 < skip {
                continue;
            }
            let node = n.node();
            match Part::of(node) {
                Part::Text => shape.outside.push_str(&n.text()),
                Part::LineEnd | Part::Block => shape.outside.push('\n'),
                Part::Link => {
                    shape.outside.push(LINK);
                    shape.links.push(n);
                    skip = node.next;
                }
                Part::Picture => {
                    shape.pictures += 1;
                    skip = node.next;
                }
                Part::Other => {
                    shape.other = true;
                    skip = node.next;
                }
                Part::Script => {
                    shape.scripts.push(n);
                    skip = node.next;
                }
                Part::Field => {
                    shape.fields += 1;
                    shape.outside.push('\n');
                    skip = node.next;
                }
                Part::Nothing => {}
            }
        }
        shape
    }

    /// Adds what stands behind it.
    pub fn add(&mut self, behind: &Self) {
        self.outside.push_str(&behind.outside);
        self.links.extend(&behind.links);
        self.pictures += behind.pictures;
        self.other |= behind.other;
        self.fields += behind.fields;
        self.scripts.extend(&behind.scripts);
    }

    /// What stands between links and separators (bars, dots, commas, line ends), folded, empty pieces left out.
    pub fn pieces(&self) -> Vec<String> {
        self.outside
            .split(|c: char| {
                matches!(
                    c,
                    LINK | '|'
                        | '·'
                        | '•'
                        | '/'
                        | ','
                        | '、'
                        | '\n'
                        | ':'
                        | '：'
                        | '—'
                        | '–'
                        | '¦'
                        | '»'
                        | '›'
                        | '>'
                        | ';'
                )
            })
            .map(folded)
            .filter(|piece| !piece.is_empty())
            .collect()
    }

    /// The words before the first link, folded.
    pub fn label(&self) -> String {
        folded(self.outside.split(LINK).next().unwrap_or(""))
    }

    /// Whether anything but punctuation stands behind the first link outside of links.
    pub fn has_words_behind_label(&self) -> bool {
        self.outside.split_once(LINK).is_some_and(|(_, rest)| rest.chars().any(char::is_alphanumeric))
    }

    /// Whether it has nothing but words and links, as far as a reader sees: no pictures, code, fields.
    pub fn is_words_and_links(&self) -> bool {
        !self.other && self.fields == 0 && self.pictures == 0
    }

    /// Whether it has nothing but words: no links, pictures, code, fields.
    pub fn is_plain(&self) -> bool {
        self.links.is_empty() && self.is_words_and_links()
    }

    /// Its words with those of its links, folded.
    pub fn all_words(&self) -> String {
        let mut links = self.links.iter();
        let mut out = String::with_capacity(self.outside.len());
        for c in self.outside.chars() {
            match c {
                LINK => {
                    if let Some(link) = links.next() {
                        out.push(' ');
                        out.push_str(&link.words());
                        out.push(' ');
                    }
                }
                c => out.push(c),
            }
        }
        folded(&out)
    }
}
