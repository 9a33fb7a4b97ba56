//! [`Look`]: a first look at a block, made once for all rules: how much text, how many links, how its words begin.
//! Owns what is known before a [`Shape`](super::shape::Shape) is read; must not miss what a shape has.

use super::containers::{self, Holds};
use super::opening::Opening;
use super::shape::{self, Part};
use super::signs::{Shown, Signs};
use super::stems::Stems;
use super::words::{self, Perhaps, Use};
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};

/// What a cheap look at a block shows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    /// The bytes of text outside of links; `u32::MAX` where no rule reads so much, and all else is only perhaps so.
    text: u32,
    /// How many links [`Shape::links`](super::shape::Shape::links) has.
    pub links: u32,
    /// Whether letters or digits stand outside of links.
    pub letters: bool,
    /// Whether a line ends in it.
    pub breaks: bool,
    /// What its words outside of links may be, or begin with.
    pub outside: Perhaps,
    /// The same for all its words.
    pub words: Perhaps,
    /// The same for the words of its first link.
    pub first_link: Perhaps,
}

/// The most text outside of links that any rule reads, in bytes.
const MOST_TEXT: u32 = 2000;
/// A block of so many nodes is no label.
const MOST_NODES: u32 = 1000;
/// What is too long for any rule.
const TOO_LONG: Look = Look {
    text: u32::MAX,
    links: u32::MAX,
    letters: true,
    breaks: true,
    outside: Perhaps::ANYTHING,
    words: Perhaps::ANYTHING,
    first_link: Perhaps::ANYTHING,
};

impl Look {
    /// Looks at `block`.
    pub fn at(block: NodeRef<'_>) -> Self {
        let mut look = Look::default();
        let document = block.document;
        let mut outside = words::opening();
        // all words: the same up to the first link
        let mut all: Option<Opening<'_>> = None;
        let next = block.node().next;
        if next - block.id.0 > MOST_NODES {
            return TOO_LONG;
        }
        // up to which node a shape reads nothing
        let mut hidden = 0;
        let nodes = &document.parsed.tree.nodes;
        let mut id = block.id.0 + 1;
        while id < next {
            let Some(node) = nodes.get(id as usize) else { break };
            let seen = id >= hidden;
            let n = document.node(NodeId(id));
            id += 1;
            match Part::of(node) {
                Part::Text => {
                    look.text += node.end - node.start;
                    if look.text > MOST_TEXT {
                        return TOO_LONG;
                    }
                    if seen && !outside.is_full() {
                        push_text(n, &mut outside);
                        if let Some(all) = &mut all {
                            push_text(n, all);
                        }
                    }
                }
                Part::LineEnd | Part::Block => {
                    look.breaks = true;
                    outside.blank();
                    if let Some(all) = &mut all {
                        all.blank();
                    }
                }
                Part::Link => {
                    id = node.next;
                    if seen {
                        look.links += 1;
                        let all = all.get_or_insert(outside);
                        outside.blank();
                        all.blank();
                        let before = all.is_empty();
                        if look.links == 1 {
                            let mut first = words::opening();
                            push_words(n, &mut first);
                            look.first_link = Perhaps::opened_by(&first);
                            if before {
                                *all = first;
                            }
                        }
                        if !(before && look.links == 1) {
                            push_words(n, all);
                        }
                        all.blank();
                    }
                }
                Part::Picture => id = node.next,
                Part::Other | Part::Script if matches!(node.kind, Kind::CodeBlock | Kind::Table) => {
                    return TOO_LONG;
                }
                Part::Other | Part::Script => hidden = hidden.max(node.next),
                Part::Field => {
                    outside.blank();
                    if let Some(all) = &mut all {
                        all.blank();
                    }
                    hidden = hidden.max(node.next);
                }
                Part::Nothing => {}
            }
        }
        look.letters = !outside.is_empty();
        look.outside = Perhaps::opened_by(&outside);
        look.words = all.map_or(look.outside, |all| Perhaps::opened_by(&all));
        look
    }

    /// Whether neither letters nor links are in it.
    #[inline]
    pub fn says_nothing(&self) -> bool {
        self.links == 0 && !self.letters
    }

    /// Whether some rule reads so much text.
    #[inline]
    pub fn is_readable(&self) -> bool {
        self.text <= MOST_TEXT
    }

    /// Whether no more than `cap` bytes of text stand outside of links; see [`is_short`](super::shape::is_short).
    #[inline]
    pub fn is_short(&self, cap: usize) -> bool {
        debug_assert!(cap <= MOST_TEXT as usize);
        self.text as usize <= cap
    }
}

/// The most text of a paragraph whose words are a matter of structure, in bytes: what comment widgets and forms leave.
const LONGEST_OF_STRUCTURE: u32 = 400;

/// What a paragraph shows to the rules of structure: they want but links, and few words.
pub(crate) fn shown_to_structure(paragraph: NodeRef<'_>) -> Shown {
    let nodes = &paragraph.document.parsed.tree.nodes;
    let end = paragraph.node().next;
    let (mut text, mut links) = (0, 0);
    let mut id = paragraph.id.0 + 1;
    while id < end
        && let Some(node) = nodes.get(id as usize)
    {
        id += 1;
        match node.kind {
            Kind::Link | Kind::Image => {
                links += u32::from(node.kind == Kind::Link);
                id = node.next;
            }
            Kind::Text if !node.has(Flags::RAW) => text += node.end - node.start,
            _ => {}
        }
    }
    let words = match links {
        _ if text > LONGEST_OF_STRUCTURE => Signs::NONE,
        0 => Signs::of(outside(paragraph)),
        _ => Signs::of(Look::at(paragraph).words),
    };
    // links in what is no text are counted too: so many may be few
    Shown { signs: words.or(Signs::FEW_LINKS.only_if(links > 0)), text }
}

/// What the words of a link may be, or begin with.
pub(crate) fn says(link: NodeRef<'_>) -> Perhaps {
    let mut words = words::opening();
    push_words(link, &mut words);
    Perhaps::opened_by(&words)
}

/// What the words of a heading may be, or begin with, by its source: a look at most headings that costs little. One that begins with a
/// reference or with code may be missed.
fn heading(heading: NodeRef<'_>) -> Perhaps {
    let source = heading.source();
    let begin = source.bytes().position(|byte| !matches!(byte, b'#' | b' ')).unwrap_or(0);
    Perhaps::of(source.get(begin..).unwrap_or(source))
}

/// The nodes from `first` up to `end` with what each is of a block, less what is inside of links, fields, pictures and code.
fn parts(document: Document<'_>, first: u32, end: u32) -> impl Iterator<Item = (NodeRef<'_>, Part)> {
    let mut id = first;
    std::iter::from_fn(move || {
        let node = (id < end).then(|| document.node(NodeId(id)))?;
        let part = Part::of(node.node());
        id = match part {
            Part::Link | Part::Field | Part::Picture | Part::Other | Part::Script => node.node().next,
            Part::Text | Part::LineEnd | Part::Block | Part::Nothing => id + 1,
        };
        Some((node, part))
    })
}

/// The same of what is in a block.
fn parts_of(block: NodeRef<'_>) -> impl Iterator<Item = (NodeRef<'_>, Part)> {
    parts(block.document, block.id.0 + 1, block.node().next)
}

/// The first link of `block` that a [`Shape`](super::shape::Shape) has.
pub(crate) fn first_link(block: NodeRef<'_>) -> Option<NodeRef<'_>> {
    parts_of(block).find(|(_, part)| *part == Part::Link).map(|(link, _)| link)
}

/// What the words of `block` outside of links may be, or begin with: [`Look::outside`] alone, read no further than it takes.
pub(crate) fn outside(block: NodeRef<'_>) -> Perhaps {
    let mut outside = words::opening();
    for (node, part) in parts_of(block) {
        if outside.is_full() {
            break;
        }
        match part {
            Part::Text => push_text(node, &mut outside),
            Part::LineEnd | Part::Block | Part::Link | Part::Field => outside.blank(),
            Part::Picture | Part::Other | Part::Script | Part::Nothing => {}
        }
    }
    Perhaps::opened_by(&outside)
}

/// What the lines of a paragraph that have a link begin with, or their first links, all together.
fn lines(paragraph: NodeRef<'_>) -> Signs {
    let begin =
        |(first, last)| beginning(first, last).map(|(before, link)| Signs::of(before).or(Signs::of(link)));
    shape::lines(paragraph).into_iter().filter_map(begin).fold(Signs::NONE, Signs::or)
}

/// What the last line of a paragraph begins with, if marks part its words as they part buttons.
fn last_row(paragraph: NodeRef<'_>) -> Signs {
    let source = paragraph.source().trim_end();
    let line = memchr::memrchr(b'\n', source.as_bytes()).and_then(|at| source.get(at + 1..)).unwrap_or("");
    // «·», «•», «｜», «¦» are no ASCII
    let has_marks = !line.is_ascii() || memchr::memchr(b'|', line.as_bytes()).is_some();
    if has_marks && line.len() <= LONGEST_COUNTERS + 60 { Signs::of(Perhaps::of(line)) } else { Signs::NONE }
}

/// Words of an interface that short lines of a paragraph begin with.
fn rows(paragraph: NodeRef<'_>) -> Signs {
    let lines = paragraph.source().lines().skip(1);
    let is_row = |line: &str| line.len() <= LONGEST_ROW && Perhaps::of(line).is_any(&INTERFACE);
    Signs::words(&INTERFACE).only_if(lines.into_iter().any(is_row))
}

/// The longest line of words of an interface, in bytes.
const LONGEST_ROW: usize = 100;

/// Words of an interface.
const INTERFACE: [Use; 2] = [Use::Interface, Use::Platform];

/// How the siblings `first` to `last` begin: what their words before the first link may be, or begin with, and what those of that
/// link. `None` if a [`Shape`](super::shape::Shape) of them has no link.
pub(crate) fn beginning(first: NodeRef<'_>, last: NodeRef<'_>) -> Option<(Perhaps, Perhaps)> {
    let mut before = words::opening();
    for (node, part) in parts(first.document, first.id.0, last.node().next) {
        match part {
            Part::Text => push_text(node, &mut before),
            Part::LineEnd | Part::Block | Part::Field => before.blank(),
            Part::Link => return Some((Perhaps::opened_by(&before), says(node))),
            Part::Picture | Part::Other | Part::Script | Part::Nothing => {}
        }
    }
    None
}

/// The most links of a paragraph that has few: an invitation to follow names so many networks.
const MOST_LINKS: u32 = 6;
/// The most text of a paragraph that is told by its first words, in bytes.
pub(crate) const LONGEST_LINE: usize = 500;
/// The most text of a line of counters, in bytes.
pub(crate) const LONGEST_COUNTERS: usize = 140;

/// Whether digits are in the text of a block.
pub(crate) fn has_digits(block: NodeRef<'_>) -> bool {
    // written so that many bytes are compared at once
    let any = |text: &str| text.bytes().fold(0, |found, byte| found | u8::from(byte.is_ascii_digit())) != 0;
    block.descendants().any(|n| matches!(n.kind(), Kind::Text | Kind::Code) && any(n.source()))
}

/// Whether a block stands where lines of counters do: in no list.
pub(crate) fn is_at_root(block: NodeRef<'_>) -> bool {
    block.parent().is_some_and(|p| matches!(p.kind(), Kind::Root | Kind::Quote))
}

/// Goes on with what a text node says.
#[inline]
fn push_text(text: NodeRef<'_>, opening: &mut Opening<'_>) {
    let node = text.node();
    if node.has(Flags::DECODED) {
        opening.push(&text.text());
    } else {
        opening.push_part(text.document.text, node.start as usize, node.end as usize);
    }
}

/// Goes on with the words of a link as [`NodeRef::words`] gives them.
fn push_words(link: NodeRef<'_>, opening: &mut Opening<'_>) {
    let mut skip = 0;
    for n in link.descendants() {
        if opening.is_full() {
            return;
        }
        if n.id.0 < skip {
            continue;
        }
        match n.kind() {
            Kind::Text if !n.has(Flags::RAW) => push_text(n, opening),
            Kind::Code => opening.push(n.source().trim_matches('`')),
            Kind::Image => skip = n.node().next,
            Kind::SoftBreak | Kind::HardBreak => opening.blank(),
            k if k.is_block() => opening.blank(),
            Kind::Element if n.tag().is_block() => opening.blank(),
            _ => {}
        }
    }
}

/// What is known of the node that the rules look at: found out when the first rule asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    node: NodeId,
    look: Option<Look>,
    heading: Option<Perhaps>,
    holds: Option<Option<Holds>>,
    stems: Option<Stems>,
}

impl Default for Seen {
    fn default() -> Self {
        Self::nothing_of(NodeId(u32::MAX))
    }
}

impl Seen {
    fn nothing_of(node: NodeId) -> Self {
        Self { node, look: None, heading: None, holds: None, stems: None }
    }

    #[inline]
    fn at(&mut self, node: NodeRef<'_>) -> &mut Self {
        if self.node != node.id {
            *self = Self::nothing_of(node.id);
        }
        self
    }

    /// The first look at `node`.
    #[inline]
    pub fn look(&mut self, node: NodeRef<'_>) -> &Look {
        self.at(node).look.get_or_insert_with(|| Look::at(node))
    }

    /// What the words of a heading may be, or begin with, by its source.
    #[inline]
    pub fn heading(&mut self, node: NodeRef<'_>) -> Perhaps {
        *self.at(node).heading.get_or_insert_with(|| heading(node))
    }

    /// What a paragraph shows to the rules of content, with the stems in its source: most show nothing.
    pub fn shown(&mut self, paragraph: NodeRef<'_>, stems: Stems) -> Shown {
        let look = *self.look(paragraph);
        if look.says_nothing() {
            return Shown { signs: Signs::NONE, text: look.text };
        }
        let counts = look.is_short(LONGEST_COUNTERS) && is_at_root(paragraph) && has_digits(paragraph);
        let mut signs = stems
            .signs()
            .or(Signs::DIGITS.only_if(counts))
            .or(Signs::FEW_LINKS.only_if((1..=MOST_LINKS).contains(&look.links)));
        if look.is_short(LONGEST_LINE) {
            signs =
                signs.or(Signs::of(look.outside)).or(Signs::of(look.words)).or(Signs::of(look.first_link));
        }
        // sentences that are told by how they begin
        signs = signs.or(Signs::words(&[Use::Placeholder]).only_if(look.outside.is_any(&[Use::Placeholder])));
        if look.breaks && look.links > 0 {
            signs = signs.or(lines(paragraph));
        } else if look.breaks && look.is_readable() {
            if look.is_short(LONGEST_LINE) {
                signs = signs.or(last_row(paragraph));
            }
            signs = signs.or(rows(paragraph));
        }
        Shown { signs, text: look.text }
    }

    /// What `node` says it holds.
    #[inline]
    pub fn holds(&mut self, node: NodeRef<'_>) -> Option<Holds> {
        *self.at(node).holds.get_or_insert_with(|| containers::holds(node))
    }

    /// The stems in the source of `node`; `find` finds them.
    #[inline]
    pub fn stems(&mut self, node: NodeRef<'_>, find: impl FnOnce() -> Stems) -> Stems {
        *self.at(node).stems.get_or_insert_with(find)
    }
}
