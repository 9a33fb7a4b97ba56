//! [`Reading`]: what a reader sees of some nodes, spelled so that HTML and Markdown that show the same give the same text.
//! Owns that notion of sameness; a conversion is proposed only where both sides have one reading.
//!
//! Paragraphs are edges between words, in whatever spelling; wrappers that say nothing are not seen; blanks leave the inline
//! elements at whose ends they stand; two line breaks in a row are the edge of a paragraph.

use super::container::Prefix;
use super::destination::address;
use super::meaning::{self, Stress};
use super::referrers::Referrers;
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeId, NodeRef};
use crate::span::Span;

/// What a reader sees, as a text of words and marks; texts are equal where readings are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    shown: String,
    /// Comments, which readers do not see and tools may.
    comments: Vec<String>,
    #[doc(hidden)]
    state: State,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct State {
    blank: bool,
    breaks: usize,
    edge: bool,
    /// Marks that wait for the first word: an element without any is not seen.
    waiting: Vec<String>,
    /// Whether a block's mark was written last: the edge beside it is not seen.
    at_mark: bool,
}

/// Makes a [`Reading`] of nodes and texts, one after the other.
pub(crate) struct Reader<'r> {
    out: Reading,
    referrers: &'r Referrers<'r>,
    prefix: &'r Prefix,
}

impl<'r> Reader<'r> {
    /// A reader of nodes whose text may hold the line prefix of their container.
    pub(crate) fn new(referrers: &'r Referrers<'_>, prefix: &'r Prefix) -> Self {
        let state = State { at_mark: true, ..State::default() };
        Self { out: Reading { state, ..Reading::default() }, referrers, prefix }
    }

    /// Reads a node with what is below it.
    pub(crate) fn node(&mut self, node: NodeRef<'_>) {
        // ids at which a subtree ends, with the mark that closes it
        let mut open: Vec<(u32, Seen)> = Vec::new();
        let end = node.node().next;
        let mut at = node.id.0;
        while at < end {
            self.out.close_until(&mut open, at);
            let n = node.document.node(NodeId(at));
            let mark = self.out.enter(n, self.referrers, self.prefix);
            if matches!(mark, Seen::Leaf) {
                at = n.node().next;
            } else {
                open.push((n.node().next, mark));
                at += 1;
            }
        }
        self.out.close_until(&mut open, end);
    }

    /// Reads a tag whose other half is elsewhere.
    pub(crate) fn loose(&mut self, node: NodeRef<'_>, tag: Span) {
        self.out.loose(node, tag);
    }

    /// Reads words.
    pub(crate) fn text(&mut self, text: &str) {
        self.out.words(text);
    }

    /// What was read.
    pub(crate) fn finish(mut self) -> Reading {
        self.out.state = State::default();
        self.out
    }
}

enum Seen {
    /// Nothing below it is looked at.
    Leaf,
    /// Not seen itself.
    Clear,
    /// Its ends are edges.
    Edge,
    /// An inline element.
    Inline,
    /// A block with a mark of its own.
    Block,
}

impl Reading {
    fn close_until(&mut self, open: &mut Vec<(u32, Seen)>, at: u32) {
        while open.last().is_some_and(|(end, _)| *end <= at) {
            match open.pop() {
                Some((_, Seen::Edge)) => self.edge(),
                Some((_, Seen::Inline)) if self.state.waiting.pop().is_none() => self.shown.push('\u{3}'),
                Some((_, Seen::Block)) => {
                    if self.state.waiting.pop().is_none() {
                        self.shown.push('\u{4}');
                        self.state.at_mark = true;
                    }
                    self.edge();
                }
                _ => {}
            }
        }
    }

    fn edge(&mut self) {
        self.state.edge = true;
        self.state.blank = false;
        self.state.breaks = 0;
    }

    /// Writes what waited for a word.
    fn flush(&mut self) {
        if self.state.edge || self.state.breaks > 1 {
            if !self.state.at_mark && !self.shown.is_empty() {
                self.shown.push('\u{1}');
            }
        } else if self.state.breaks == 1 {
            self.shown.push_str(if self.state.at_mark || self.shown.is_empty() { "" } else { "\u{2}br" });
        } else if self.state.blank && !self.state.at_mark {
            self.shown.push(' ');
        }
        for mark in self.state.waiting.drain(..) {
            self.shown.push('\u{2}');
            self.shown.push_str(&mark);
            self.shown.push('\u{5}');
        }
        self.state.waiting.clear();
        (self.state.edge, self.state.blank, self.state.breaks, self.state.at_mark) = (false, false, 0, false);
    }

    fn words(&mut self, text: &str) {
        let is_blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0xc);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if is_blank(byte) {
                self.state.blank = true;
                at += 1;
                continue;
            }
            if self.state.blank || self.state.edge || self.state.breaks > 0 || !self.state.waiting.is_empty()
            {
                self.flush();
            }
            self.state.at_mark = false;
            let rest = bytes.get(at..).unwrap_or(&[]);
            let end = at + rest.iter().position(is_blank).unwrap_or(rest.len());
            self.shown.push_str(text.get(at..end).unwrap_or(""));
            at = end;
        }
    }

    fn leaf(&mut self, mark: &str) -> Seen {
        self.flush();
        self.shown.push('\u{2}');
        self.shown.push_str(mark);
        self.shown.push('\u{5}');
        Seen::Leaf
    }

    fn block_leaf(&mut self, mark: &str) -> Seen {
        self.edge();
        self.leaf(mark);
        self.state.at_mark = true;
        self.edge();
        Seen::Leaf
    }

    fn inline(&mut self, mark: impl Into<String>) -> Seen {
        self.state.waiting.push(mark.into());
        Seen::Inline
    }

    /// A block's mark. Inline elements that are open and empty so far stay outside of it.
    fn block(&mut self, mark: impl Into<String>) -> Seen {
        self.edge();
        self.state.waiting.push(mark.into());
        Seen::Block
    }

    fn loose(&mut self, node: NodeRef<'_>, tag: Span) {
        // an end tag that closes nothing is passed over, but for that of a paragraph, which makes an empty one
        let is_passed_over = node.kind() == Kind::EndTag && node.partner().is_none() && node.tag() != Tag::P;
        let is_edge = node.tag().is_block() && !is_passed_over;
        if is_edge {
            self.edge();
        }
        if !meaning::is_wrapper(node.tag()) {
            self.leaf(&fold(node.document.slice(tag)));
        }
        if is_edge {
            self.edge();
        }
    }

    fn enter(&mut self, n: NodeRef<'_>, referrers: &Referrers<'_>, prefix: &Prefix) -> Seen {
        if n.has(Flags::UNCLOSED) || n.kind() == Kind::EndTag {
            self.loose(n, n.span());
            return Seen::Leaf;
        }
        match n.kind() {
            Kind::Root | Kind::Footnote | Kind::Definition => Seen::Edge,
            Kind::Paragraph => {
                self.edge();
                Seen::Edge
            }
            Kind::Heading => self.block(format!("h{}", n.node().data)),
            Kind::CodeBlock => self.block_leaf(&format!("pre {}", fenced_content(n))),
            Kind::Break => self.block_leaf("hr"),
            Kind::Quote => self.block("blockquote"),
            Kind::List if n.has(Flags::ORDERED) => self.block(format!("ol {}", n.node().data)),
            Kind::List => self.block("ul"),
            Kind::Item => self.block("li"),
            Kind::Table => self.block("table"),
            Kind::Row => self.block("tr"),
            Kind::Cell => self.cell(n.parent().is_some_and(|p| p.has(Flags::HEAD))),
            Kind::Text if n.has(Flags::RAW) => {
                self.words(n.source());
                Seen::Leaf
            }
            Kind::Text => {
                self.words(&prefix.strip(&n.text()));
                Seen::Leaf
            }
            Kind::SoftBreak => {
                self.state.blank = true;
                Seen::Leaf
            }
            Kind::HardBreak => {
                self.state.breaks += 1;
                Seen::Leaf
            }
            Kind::Code => {
                let content = code_content(n.source());
                let is_in_cell =
                    content.contains('|') && n.leaf_block().is_some_and(|l| l.kind() == Kind::Cell);
                // in a cell the bar is escaped even in code
                let content = if is_in_cell { content.replace("\\|", "|") } else { content };
                self.leaf(&format!("code {content}"))
            }
            Kind::Emphasis => self.inline("em"),
            Kind::Strong => self.inline("strong"),
            Kind::Strike => self.inline("del"),
            Kind::Link => self.link(n, referrers),
            Kind::Image => {
                let mark = format!("{} {}", pointing("img", n), fold(&n.alternative()));
                self.leaf(&mark)
            }
            Kind::Comment => {
                self.comments.push(fold(n.source()));
                Seen::Leaf
            }
            Kind::Element => self.element(n, referrers, prefix),
            _ => {
                let mark = fold(n.source());
                self.leaf(&mark)
            }
        }
    }

    fn link(&mut self, n: NodeRef<'_>, referrers: &Referrers<'_>) -> Seen {
        let block = if n.is_html() { meaning::sole_block(n, referrers) } else { None };
        let Some(block) = block else { return self.inline(pointing("a", n)) };
        // the link is one of the words of what it holds
        if let Some(level) = block.tag().heading_level() {
            return self.block(format!("h{level}"));
        }
        self.edge();
        Seen::Edge
    }

    fn cell(&mut self, head: bool) -> Seen {
        self.edge();
        self.flush();
        let mark = self.block(if head { "th" } else { "td" });
        self.flush();
        self.state.at_mark = true;
        mark
    }

    fn element(&mut self, n: NodeRef<'_>, referrers: &Referrers<'_>, prefix: &Prefix) -> Seen {
        use Tag::*;
        if let Some(link) = n.parent().filter(|p| p.kind() == Kind::Link && p.is_html())
            && meaning::sole_block(link, referrers).is_some_and(|block| block.id == n.id)
        {
            return self.inline(pointing("a", link));
        }
        match n.tag() {
            P if meaning::says_nothing(n, referrers, &[]) => {
                self.edge();
                Seen::Edge
            }
            Thead | Tbody | Tfoot => Seen::Clear,
            Figure if meaning::holds_only_code(n) && meaning::says_nothing(n, referrers, &[]) => {
                self.edge();
                Seen::Edge
            }
            // widths of columns
            Colgroup | Col if n.attribute("span").is_none() => Seen::Clear,
            tag if meaning::is_wrapper(tag) && meaning::says_nothing(n, referrers, &[]) => {
                if tag.is_block() {
                    self.edge();
                    Seen::Edge
                } else {
                    Seen::Clear
                }
            }
            A if n.attributes().next().is_none() => Seen::Clear,
            B | Strong | I | Em if meaning::is_undone(n) && meaning::says_nothing(n, referrers, &[]) => {
                Seen::Clear
            }
            B | Strong => self.inline("strong"),
            I | Em => self.inline("em"),
            Span | Font if meaning::stress(n, referrers) == Some(Stress::Strong) => self.inline("strong"),
            Span | Font if meaning::stress(n, referrers) == Some(Stress::Emphasis) => self.inline("em"),
            S | Strike | Del => self.inline("del"),
            Code | Tt if n.children().all(|c| matches!(c.kind(), Kind::Text | Kind::SoftBreak)) => {
                let text: String = n.children().map(|c| prefix.strip(&c.text()).into_owned()).collect();
                if text.trim().is_empty() {
                    return Seen::Clear;
                }
                self.leaf(&format!("code {}", fold(&text)))
            }
            Pre => {
                let text: String = n
                    .descendants()
                    .filter(|c| c.kind() == Kind::Text)
                    .map(|c| prefix.strip(&c.text()).into_owned())
                    .collect();
                self.block_leaf(&format!("pre {}", trimmed_lines(&text)))
            }
            Hr => self.block_leaf("hr"),
            Ul => self.block("ul"),
            Ol => self.block(format!("ol {}", n.first_number().unwrap_or(1))),
            Li => self.block("li"),
            Blockquote if meaning::says_nothing(n, referrers, &["cite"]) => self.block("blockquote"),
            Table => self.block("table"),
            Tr => self.block("tr"),
            Th => self.cell(true),
            Td => self.cell(false),
            tag => {
                if let Some(level) = tag.heading_level() {
                    return self.block(format!("h{level}"));
                }
                let start = n.start_tag().map_or("", |s| n.document.slice(s));
                if tag.is_void() {
                    self.leaf(&fold(start))
                } else if tag.is_block() {
                    let mark = self.block(fold(start));
                    self.flush();
                    self.state.at_mark = true;
                    mark
                } else {
                    self.inline(fold(start))
                }
            }
        }
    }
}

/// An address with its title, for a link or an image.
fn pointing(mark: &str, n: NodeRef<'_>) -> String {
    let to = n.destination().map(|d| address(&d.url())).unwrap_or_default();
    let title = if n.is_html() {
        n.attribute_value("title").unwrap_or_default().into_owned()
    } else {
        n.title()
            .map(|s| crate::document::destination::unescape(n.document.slice(s)).into_owned())
            .unwrap_or_default()
    };
    format!("{mark} {to} {}", fold(&title))
}

fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\n', '\r', '\u{c}']).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What stands in a code span, blanks folded as a browser shows them.
fn code_content(source: &str) -> String {
    fold(source.trim_matches('`'))
}

fn trimmed_lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_matches('\n').to_owned()
}

/// The lines of a fenced block without its fences.
fn fenced_content(n: NodeRef<'_>) -> String {
    let source = n.source();
    if !n.has(Flags::FENCED) {
        return trimmed_lines(source);
    }
    let inner = source.split_once('\n').map_or("", |(_, rest)| rest);
    let inner = inner.rfind('\n').map_or("", |at| &inner[..at]);
    trimmed_lines(inner)
}
