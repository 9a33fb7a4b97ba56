//! [`Item`]s: the elements of one stretch of HTML as a small tree that can be walked apart from the document's.
//! Owns finding the stretches: HTML that follows each other in the source without a blank line, in one Markdown container.

use super::empty::shows_only_content;
use super::meaning::is_wrapper;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::span::Span;

/// How deep items nest; what is deeper is left as it is.
const DEPTH: usize = 96;

/// What an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// An element with both its tags (or a void one) in the stretch.
    Element,
    /// A start tag whose end is elsewhere.
    LooseOpen,
    /// An end tag whose start is elsewhere.
    LooseClose,
    /// Text of HTML: what looks like Markdown in it is none.
    Text,
    /// A comment.
    Comment,
    /// Markdown, in a leaf block.
    Markdown,
    /// Anything that nothing is known of.
    Other,
}

/// A node of a stretch, with what is in it.
#[derive(Debug)]
pub(crate) struct Item {
    pub node: NodeId,
    pub role: Role,
    pub span: Span,
    pub children: Vec<Item>,
    /// Whether it is, or holds, an element that browsers lay out as a block.
    pub has_block: bool,
}

/// A stretch of HTML blocks.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The Markdown node that holds it.
    pub container: NodeId,
    pub items: Vec<Item>,
    pub span: Span,
}

impl Item {
    fn new(node: NodeRef<'_>, role: Role, span: Span) -> Self {
        let has_block = role == Role::Element && node.tag().is_block();
        Self { node: node.id, role, span, children: Vec::new(), has_block }
    }

    /// The item of an inline node in a leaf block, with what is in it.
    pub(crate) fn inline(node: NodeRef<'_>, depth: usize) -> Self {
        let role = match node.kind() {
            Kind::EndTag => Role::LooseClose,
            Kind::Comment | Kind::Markup => Role::Other,
            _ if node.has(Flags::UNCLOSED) => Role::LooseOpen,
            _ if node.is_html() && node.kind() != Kind::Text => Role::Element,
            _ => Role::Markdown,
        };
        let mut item = Self::new(node, role, node.span());
        let is_walked = matches!(
            node.kind(),
            Kind::Element | Kind::Link | Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Image
        ) && !(node.kind() == Kind::Image || node.has(Flags::AUTOLINK));
        if is_walked && depth < DEPTH {
            item.children = node.children().map(|c| Item::inline(c, depth + 1)).collect();
        } else if depth >= DEPTH {
            item.role = Role::Other;
        }
        item.has_block |= item.children.iter().any(|c| c.has_block);
        item
    }
}

enum Part {
    Open(NodeId, Span),
    Close(NodeId, Span),
    Whole(NodeId, Role, Span),
}

/// The stretches of HTML blocks of a document.
pub(crate) fn stretches(document: Document<'_>) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut builder = Collector {
        document,
        container: NodeId::ROOT,
        parts: Vec::new(),
        end: 0,
        goes_on: false,
        found: &mut found,
    };
    // open nodes: their id, where their subtree ends, whether they are HTML of a block
    let mut open: Vec<(NodeRef<'_>, u32, bool)> = Vec::new();
    let mut containers: Vec<NodeId> = vec![NodeId::ROOT];
    let close = |open: &mut Vec<(NodeRef<'_>, u32, bool)>,
                 containers: &mut Vec<NodeId>,
                 builder: &mut Collector<'_, '_>,
                 at: u32| {
        while open.last().is_some_and(|o| o.1 <= at) {
            if let Some((node, _, html)) = open.pop() {
                if html {
                    builder.goes_on = !is_wrapper(node.tag());
                    let span = node.end_tag().unwrap_or(Span::at(node.span().end));
                    builder
                        .push(Part::Close(node.id, span), containers.last().copied().unwrap_or(NodeId::ROOT));
                } else {
                    containers.pop();
                    builder.finish();
                }
            }
        }
    };
    let nodes = &document.parsed.tree.nodes;
    let html = Flags::HTML.with(Flags::IN_BLOCK);
    let mut index = 1;
    while index < nodes.len() {
        // between HTML blocks there is nothing to see: on to the next one, with what it stands in
        if builder.parts.is_empty() && open.iter().all(|o| !o.2) {
            let Some(next) = nodes.get(index..).and_then(|rest| rest.iter().position(|n| n.has(html))) else {
                break;
            };
            index += next;
            let first = document.node(NodeId(index as u32));
            open = first
                .ancestors()
                .filter(|n| n.id != NodeId::ROOT)
                .map(|n| (n, n.node().next, false))
                .collect();
            open.reverse();
            containers = std::iter::once(NodeId::ROOT).chain(open.iter().map(|o| o.0.id)).collect();
        }
        let node = document.node(NodeId(index as u32));
        index += 1;
        close(&mut open, &mut containers, &mut builder, node.id.0);
        if !node.has(html) {
            builder.finish();
            if node.node().next > node.id.0 + 1 {
                open.push((node, node.node().next, false));
                containers.push(node.id);
            }
            continue;
        }
        let container = containers.last().copied().unwrap_or(NodeId::ROOT);
        let role = match node.kind() {
            Kind::Text => Role::Text,
            Kind::Comment => Role::Comment,
            Kind::EndTag => Role::LooseClose,
            Kind::Element | Kind::Link | Kind::Image | Kind::HardBreak if !node.has(Flags::UNCLOSED) => {
                Role::Element
            }
            Kind::Element | Kind::Link => Role::LooseOpen,
            _ => Role::Other,
        };
        let is_open = role == Role::Element && !node.tag().is_void();
        builder.goes_on = open.last().is_some_and(|o| o.2 && !is_wrapper(o.0.tag()));
        if is_open {
            let start = node.start_tag().unwrap_or(node.span());
            builder.push(Part::Open(node.id, start), container);
            open.push((node, node.node().next, true));
        } else {
            builder.push(Part::Whole(node.id, role, node.span()), container);
        }
    }
    close(&mut open, &mut containers, &mut builder, u32::MAX);
    builder.finish();
    found
}

struct Collector<'d, 'f> {
    document: Document<'d>,
    container: NodeId,
    parts: Vec<Part>,
    end: usize,
    /// Whether a list, a table or the like is open, which goes on after an empty line.
    goes_on: bool,
    found: &'f mut Vec<Stretch>,
}

impl Collector<'_, '_> {
    fn push(&mut self, part: Part, container: NodeId) {
        let span = match part {
            Part::Open(_, s) | Part::Close(_, s) | Part::Whole(_, _, s) => s,
        };
        let gap = self.document.text.get(self.end..span.start.max(self.end)).unwrap_or("");
        let is_near =
            !gap.contains('\n') || self.goes_on && gap.bytes().all(|b| b.is_ascii_whitespace() || b == b'>');
        let joins = container == self.container && is_near && span.start >= self.end;
        if !self.parts.is_empty() && !joins {
            self.finish();
        }
        if self.parts.is_empty() {
            // an end that is only implied begins nothing
            if matches!(part, Part::Close(_, s) if s.is_empty()) {
                return;
            }
            self.container = container;
        }
        self.end = span.end;
        self.parts.push(part);
    }

    fn finish(&mut self) {
        if self.parts.is_empty() {
            return;
        }
        let mut levels: Vec<Vec<Item>> = vec![Vec::new()];
        let mut open: Vec<(NodeId, Span)> = Vec::new();
        let first = match self.parts.first() {
            Some(Part::Open(_, s) | Part::Close(_, s) | Part::Whole(_, _, s)) => s.start,
            None => 0,
        };
        for part in self.parts.drain(..) {
            match part {
                Part::Open(id, span) => {
                    open.push((id, span));
                    levels.push(Vec::new());
                }
                Part::Whole(id, role, span) => {
                    if let Some(level) = levels.last_mut() {
                        level.push(Item::new(self.document.node(id), role, span));
                    }
                }
                Part::Close(id, span) => {
                    if open.last().is_some_and(|o| o.0 == id) {
                        let start = open.pop().map_or(span.start, |o| o.1.start);
                        let children = levels.pop().unwrap_or_default();
                        let mut item =
                            Item::new(self.document.node(id), Role::Element, Span::new(start, span.end));
                        item.has_block |= children.iter().any(|c| c.has_block);
                        item.children = children;
                        if let Some(level) = levels.last_mut() {
                            level.push(item);
                        }
                    } else if let Some(level) = levels.last_mut() {
                        level.push(Item::new(self.document.node(id), Role::LooseClose, span));
                    }
                }
            }
        }
        // what is still open has its end in another stretch
        while let Some((id, span)) = open.pop() {
            let children = levels.pop().unwrap_or_default();
            if let Some(level) = levels.last_mut() {
                level.push(Item::new(self.document.node(id), Role::LooseOpen, span));
                level.extend(children);
            }
        }
        let items = levels.pop().unwrap_or_default();
        self.found.push(Stretch { container: self.container, items, span: Span::new(first, self.end) });
    }
}

/// The Markdown lists, and what could become part of one, beside a stretch of nodes: what ends right before it, what begins right behind.
pub(crate) struct Beside<'a> {
    pub list_above: Option<NodeRef<'a>>,
    /// Whether a list of HTML, which may become one of Markdown, ends there.
    has_html_list_above: bool,
    pub below: Option<NodeRef<'a>>,
}

/// How many nodes are looked at beside a stretch.
const NEAR: usize = 8;

/// What stands beside the source from `start` on: above it the node before index `first`, below it that at index `next`.
pub(crate) fn beside(document: Document<'_>, first: u32, start: usize, next: u32) -> Beside<'_> {
    let mut list_above = None;
    let mut has_html_list_above = false;
    for at in (0..first).rev().take(NEAR) {
        let node = document.node(NodeId(at));
        if node.node().next <= first && shows_nothing(node) {
            continue;
        }
        for n in std::iter::once(node).chain(node.ancestors()).take(64).take_while(|n| n.span().end <= start)
        {
            if n.kind() == Kind::List {
                list_above = Some(n);
            }
            has_html_list_above |= matches!(n.tag(), Tag::Ul | Tag::Ol);
        }
        break;
    }
    let behind = (next..document.parsed.tree.nodes.len() as u32).take(NEAR);
    let below = behind.map(|at| document.node(NodeId(at))).find(|&n| !shows_nothing(n));
    Beside { list_above, has_html_list_above, below }
}

/// Whether a node keeps nothing apart for long: the line ends of HTML blocks, which are text, and what may go too: end tags that close
/// nothing, elements with nothing in them.
fn shows_nothing(node: NodeRef<'_>) -> bool {
    let is_small = (node.node().next - node.id.0) as usize <= NEAR;
    let shows_no_more = |n: NodeRef<'_>| match n.kind() {
        Kind::Text => n.has(Flags::IN_BLOCK) && n.source().trim().is_empty(),
        Kind::EndTag => n.partner().is_none(),
        Kind::Element => shows_only_content(n.tag()),
        _ => false,
    };
    is_small && shows_no_more(node) && node.descendants().all(shows_no_more)
}

impl<'a> Beside<'a> {
    /// What stands beside both, if nothing is between.
    pub(crate) fn and_below(self, other: &Beside<'a>) -> Self {
        Self { below: other.below, ..self }
    }

    /// Whether something must stand between, or lists, or code, would become one.
    pub(crate) fn must_be_parted(&self) -> bool {
        let is_code = |n: NodeRef<'_>| n.kind() == Kind::CodeBlock && !n.has(Flags::FENCED);
        let Some(below) = self.below else { return false };
        let is_list = |n: NodeRef<'_>| n.kind() == Kind::List || matches!(n.tag(), Tag::Ul | Tag::Ol);
        let begins_with_list = is_list(below) || below.is_html() && below.descendants().take(6).any(is_list);
        (self.list_above.is_some() || self.has_html_list_above)
            && (begins_with_list || is_code(below) || is_indented(below))
            || is_code(below)
    }
}

/// Whether a block begins so far to the right that a list above would take it in.
pub(crate) fn is_indented(node: NodeRef<'_>) -> bool {
    let line = node.document.line_at(node.span().start);
    let before = node.document.slice(Span::new(line.start, node.span().start));
    let is_far = |blanks: &str| blanks.ends_with("  ") || blanks.ends_with('\t');
    let source = node.source();
    is_far(before)
        || is_far(source.get(..source.len() - source.trim_start_matches([' ', '\t']).len()).unwrap_or(""))
}
