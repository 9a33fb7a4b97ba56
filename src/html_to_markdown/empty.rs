//! What is empty or closes nothing: [`Hollow`] elements, [`Strays`] among end tags, and what goes [`around`] with them. Owns those two
//! judgements for a whole document, each in one pass.

use super::meaning::{self, Fragments};
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::rules::Gather;
use crate::settings::Settings;
use crate::span::Span;
use std::collections::HashSet;

/// Which elements hold nothing that anybody sees or reads.
pub(crate) struct Hollow {
    by_node: Vec<bool>,
}

impl Hollow {
    /// Whether `node` is one.
    pub(crate) fn has(&self, node: NodeRef<'_>) -> bool {
        self.by_node.get(node.id.index()).copied().unwrap_or(false)
    }
}

impl Gather for Hollow {
    fn gather(document: Document<'_>, _: &Settings) -> Self {
        let fragments = Fragments::of(document);
        let count = document.parsed.tree.nodes.len();
        let mut filled = vec![false; count];
        let mut by_node = vec![false; count];
        // children come behind their parents, so the way back meets them first
        let nodes: Vec<NodeRef<'_>> = document.nodes().collect();
        for node in nodes.into_iter().rev() {
            let index = node.id.index();
            let is_blank = match node.kind() {
                Kind::Text => !node.has(Flags::RAW) && node.text().chars().all(|c| c.is_whitespace() || c == '\u{200b}'),
                Kind::SoftBreak => true,
                Kind::HardBreak => node.is_html(),
                Kind::Element | Kind::Link => {
                    let hollow = !filled[index] && can_be_hollow(node, &fragments);
                    by_node[index] = hollow;
                    hollow
                }
                _ => false,
            };
            if !is_blank && let Some(parent) = node.parent() {
                filled[parent.id.index()] = true;
            }
        }
        Self { by_node }
    }
}

fn can_be_hollow(node: NodeRef<'_>, fragments: &Fragments) -> bool {
    use Tag::*;
    node.end_tag().is_some()
        && matches!(
            node.tag(),
            P | B | Strong | I | Em | U | S | Strike | Del | Span | Font | Center | Big | Small | Div | Section | Article
                | Header | Footer | Main | H1 | H2 | H3 | H4 | H5 | H6 | Ul | Ol | Blockquote | A | Code | Tt | Sub | Sup
                | Ins | Mark | Cite | Nobr | Figcaption
        )
        && meaning::is_bare(node, fragments)
}

/// Which end tags close nothing in the whole document.
pub(crate) struct Strays {
    /// Elements that something opens without closing it.
    open: HashSet<Tag>,
    has_templates: bool,
}

impl Strays {
    /// Whether the end tag `node` closes nothing.
    pub(crate) fn has(&self, node: NodeRef<'_>) -> bool {
        !self.has_templates && node.tag() != Tag::Unknown && node.tag() != Tag::Br && !self.open.contains(&node.tag())
    }
}

impl Gather for Strays {
    fn gather(document: Document<'_>, _: &Settings) -> Self {
        let open = document.nodes().filter(|n| n.has(Flags::UNCLOSED)).map(|n| n.tag()).collect();
        let has_templates = document.nodes().any(|n| n.kind() == Kind::Protected)
            || document.parsed.protected.spans().iter().any(|s| document.slice(*s).starts_with('{'));
        Self { open, has_templates }
    }
}

/// The edit that removes `node`: with its line, where it stands alone; with one of two blanks beside it; never so that words join or an
/// indented line becomes code.
pub(crate) fn around(node: NodeRef<'_>) -> Edit {
    let span = node.span();
    let text = node.document.text;
    let line = node.document.line_at(span.start);
    let before = node.document.slice(Span::new(line.start, span.start));
    let rest = text.get(span.end..).unwrap_or("");
    let after = rest.split('\n').next().unwrap_or("");
    let held_blank = node.content_span().len() > 0 && node.source().contains(|c: char| c.is_whitespace()) && node.has_blank_content();
    if before.trim_matches([' ', '\t']).is_empty() && after.trim().is_empty() {
        let next = text.get(span.end + after.len() + 1..).unwrap_or("");
        let is_code_next = next.starts_with("    ") || next.starts_with('\t');
        let end = span.end + after.len() + usize::from(rest.len() > after.len());
        if !is_code_next {
            return Edit::remove(Span::new(line.start, end));
        }
        return Edit::remove(span);
    }
    let blank_before = before.is_empty() || before.ends_with([' ', '\t']);
    let blank_after = after.is_empty() || after.starts_with([' ', '\t', '\r']);
    if node.tag().is_block() {
        return Edit::remove(span);
    }
    match (blank_before, blank_after) {
        (true, true) if !before.is_empty() && after.starts_with(' ') => Edit::remove(Span::new(span.start, span.end + 1)),
        (false, false) if held_blank => Edit::replace(span, " "),
        _ => Edit::remove(span),
    }
}

impl NodeRef<'_> {
    /// Whether there are blanks between its tags that a reader sees.
    fn has_blank_content(self) -> bool {
        let mut all = self.descendants();
        all.any(|n| n.kind() == Kind::Text && !n.has(Flags::RAW) && !n.text().is_empty() || n.kind() == Kind::HardBreak || n.kind() == Kind::SoftBreak)
    }
}
