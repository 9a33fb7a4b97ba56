//! What is empty or closes nothing: [`Hollow`] elements, [`Strays`] among end tags, and what goes [`around`] with them. Owns those two
//! judgements for a whole document, each in one pass.

use super::escape::line_start;
use super::items;
use super::meaning;
use super::referrers::{Referred, Referrers};
use crate::contract::Gather;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::{Earlier, Edit};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::collections::{HashMap, HashSet};

/// How many bytes of a line are looked at.
const NEAR: usize = 256;
/// How deep a nest is looked at where blanks are drawn.
const DEEPEST: usize = 32;
/// How many nodes of a list or quote are looked at for the sake of an end tag in it.
const MOST_READ: u32 = 256;

/// Which elements hold nothing that anybody sees or reads.
pub(crate) struct Hollow {
    /// Ascending.
    nodes: Vec<NodeId>,
}

impl Hollow {
    /// Whether `node` is one.
    pub(crate) fn has(&self, node: NodeRef<'_>) -> bool {
        self.nodes.binary_search(&node.id).is_ok()
    }
}

impl Gather for Hollow {
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self {
        Self::gather_after(document, settings, zone, &Earlier::NOTHING)
    }

    fn gather_after(document: Document<'_>, _: &Settings, _: &Zone, earlier: &Earlier<'_>) -> Self {
        Self::of(document, &Referred::after(earlier.removals()))
    }
}

impl Hollow {
    /// Those of a document of which `referred` is known.
    pub(super) fn of(document: Document<'_>, referred: &Referred) -> Self {
        let referrers = Referrers::of(document, referred);
        let mut nodes: Vec<NodeId> = Vec::new();
        // children come behind their parents, so the way back meets them first
        for index in (0..document.parsed.tree.nodes.len() as u32).rev() {
            let node = document.node(NodeId(index));
            if !matches!(node.kind(), Kind::Element | Kind::Link)
                || !node.is_html()
                || node.end_tag().is_none()
            {
                continue;
            }
            let is_blank = |child: NodeRef<'_>| match child.kind() {
                Kind::Text => {
                    !child.has(Flags::RAW)
                        && child.text().chars().all(|c| c.is_whitespace() || c == '\u{200b}')
                }
                Kind::SoftBreak => true,
                Kind::HardBreak => child.is_html(),
                // found last, and in the other direction
                Kind::Element | Kind::Link => nodes.binary_search_by(|n| child.id.cmp(n)).is_ok(),
                _ => false,
            };
            if node.children().all(is_blank)
                && can_be_hollow(node, &referrers)
                && !is_gap(node)
                && !is_in_code(node)
            {
                nodes.push(node.id);
            }
        }
        nodes.reverse();
        Self { nodes }
    }
}

/// Whether the blanks in a node that has nothing else are drawn, by it or by what it stands in: the gap of an exercise, a field of a form, a blank as code.
fn is_gap(node: NodeRef<'_>) -> bool {
    let is_blank = |c: char| c.is_whitespace() && c != '\n' && c != '\r';
    let blanks = |n: NodeRef<'_>| {
        let texts = n.descendants().take(DEEPEST).filter(|t| t.kind() == Kind::Text);
        texts.fold((0, false), |(count, wide), t| {
            let text = t.text();
            (
                count + text.chars().filter(|c| is_blank(*c)).count(),
                wide || text.chars().any(|c| is_blank(c) && !c.is_ascii()),
            )
        })
    };
    let (count, wide) = match node.children().next() {
        None => return false,
        Some(_) => blanks(node),
    };
    count > 0
        && std::iter::once(node).chain(node.ancestors()).take(DEEPEST).any(|n| match n.tag() {
            Tag::Code | Tag::Tt | Tag::Kbd | Tag::Samp => true,
            // one blank is what editors leave
            Tag::U | Tag::Ins | Tag::S | Tag::Strike | Tag::Del | Tag::Mark => count > 1 || wide,
            _ => false,
        })
}

/// Whether it stands in preformatted text, where nothing is taken out: programs that colour code leave empty elements there.
fn is_in_code(node: NodeRef<'_>) -> bool {
    node.ancestors().take(DEEPEST).any(|n| n.tag() == Tag::Pre)
}

fn can_be_hollow(node: NodeRef<'_>, referrers: &Referrers<'_>) -> bool {
    node.end_tag().is_some()
        && shows_only_content(node.tag())
        && meaning::is_bare(node, referrers)
        && !parts_an_address(node)
}

/// How much of the words on either side of an element is looked at, in bytes.
const WORD: usize = 64;

/// Whether an element keeps what stands on either side of it from being read as an address: `www.<b></b>example.org`.
pub(super) fn parts_an_address(node: NodeRef<'_>) -> bool {
    let text = node.document.text.as_bytes();
    let span = node.span();
    let is_of_word = |b: &&u8| !matches!(**b, b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'>');
    let before: Vec<u8> = text
        .get(..span.start)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(WORD)
        .take_while(is_of_word)
        .copied()
        .collect();
    let after: Vec<u8> =
        text.get(span.end..).unwrap_or_default().iter().take(WORD).take_while(is_of_word).copied().collect();
    let (Some(last), Some(next)) = (before.first(), after.first()) else { return false };
    let joined: Vec<u8> = before.iter().rev().chain(&after).copied().collect();
    let has = |part: &[u8]| memchr::memmem::find(&joined, part).is_some();
    has(b"@")
        || has(b"://")
        || joined.get(..4).is_some_and(|s| s.eq_ignore_ascii_case(b"www."))
        || *last == b'.' && next.is_ascii_alphabetic()
        || *next == b'.' && after.get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Whether a reader sees nothing of such an element but what is in it.
pub(super) fn shows_only_content(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        P | B
            | Strong
            | I
            | Em
            | U
            | S
            | Strike
            | Del
            | Span
            | Font
            | Center
            | Big
            | Small
            | Div
            | Section
            | Article
            | Header
            | Footer
            | Main
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | Ul
            | Ol
            | Blockquote
            | A
            | Code
            | Tt
            | Sub
            | Sup
            | Ins
            | Mark
            | Cite
            | Nobr
            | Figcaption
    )
}

/// Which end tags close nothing in the whole document.
pub(crate) struct Strays {
    /// Elements that something opens without closing it.
    open: HashSet<Tag>,
    /// End tags behind what may be the start tag of their element as text: another program reads it. Ascending.
    behind_unread: Vec<NodeId>,
    has_templates: bool,
}

impl Strays {
    /// Whether the end tag `node` closes nothing.
    pub(crate) fn has(&self, node: NodeRef<'_>) -> bool {
        let tag = node.tag();
        !self.has_templates
            && may_be_stray(tag)
            && !self.open.contains(&tag)
            && self.behind_unread.binary_search(&node.id).is_err()
    }
}

/// Whether the end tag of an element may close nothing. What HTML lets be closed by what follows may be closed by it, too.
fn may_be_stray(tag: Tag) -> bool {
    !matches!(tag, Tag::Unknown | Tag::Br) && (tag == Tag::P || !tag.may_omit_end_tag())
}

/// The elements of which an end tag may be a stray.
fn with_strays() -> impl Iterator<Item = Tag> {
    Tag::ALL.iter().copied().filter(|tag| may_be_stray(*tag) && !tag.is_void())
}

/// The bit of an element among them.
fn bit(tag: Tag) -> u128 {
    with_strays().position(|t| t == tag).map_or(0, |at| 1_u128.checked_shl(at as u32).unwrap_or(0))
}

/// The first place of what may be a start tag in a leaf block and is text, by its element.
fn unread_tags(leaf: NodeRef<'_>) -> HashMap<Tag, usize> {
    let (source, start) = (leaf.source(), leaf.span().start);
    let mut read = HashSet::new();
    let mut code = Vec::new();
    for node in leaf.descendants() {
        read.extend(node.start_tag().map(|tag| tag.start));
        code.extend(matches!(node.kind(), Kind::Code | Kind::Comment).then(|| node.span()));
    }
    let mut unread = HashMap::new();
    let mut code = code.into_iter().peekable();
    for at in memchr::memchr_iter(b'<', source.as_bytes()) {
        while code.next_if(|span| span.end <= start + at).is_some() {}
        if read.contains(&(start + at)) || code.peek().is_some_and(|span| span.start <= start + at) {
            continue;
        }
        let rest = source.get(at + 1..).unwrap_or("");
        let name = rest.split([' ', '>', '\n', '\t']).next().unwrap_or("");
        if name.len() < rest.len() {
            unread.entry(Tag::from_name(name)).or_insert(start + at);
        }
    }
    unread
}

/// The end tags of a document that stand behind what may be the start tag of their element, unread.
fn behind_unread(document: Document<'_>) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut unread: Option<(NodeId, HashMap<Tag, usize>)> = None;
    for node in document.nodes().filter(|n| n.kind() == Kind::EndTag && may_be_stray(n.tag())) {
        let Some(leaf) = node.leaf_block() else { continue };
        let (_, names) = match unread.take() {
            Some(of) if of.0 == leaf.id => unread.insert(of),
            _ => unread.insert((leaf.id, unread_tags(leaf))),
        };
        if names.get(&node.tag()).is_some_and(|at| *at < node.span().start) {
            found.push(node.id);
        }
    }
    found
}

impl Gather for Strays {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let open = document.nodes().filter(|n| n.has(Flags::UNCLOSED)).map(|n| n.tag()).collect();
        let has_templates = document.nodes().any(|n| n.kind() == Kind::Protected)
            || document.nodes().any(|n| n.is_html() && meaning::is_template_tag(n))
            || document.parsed.protected.spans().iter().any(|s| document.slice(*s).starts_with('{'));
        Self { open, behind_unread: behind_unread(document), has_templates }
    }

    fn grants(&self) -> Option<u128> {
        // an end tag is a stray where nothing opens its element
        let open = self.open.iter().fold(0, |bits, tag| bits | bit(*tag));
        Some(if self.has_templates { 0 } else { !open })
    }
}

/// The edit that removes `node`: with its line, where it stands alone; with one of two blanks beside it. `None` where words would join or what
/// stands beside it would become markup.
pub(crate) fn around(node: NodeRef<'_>) -> Option<Edit> {
    let span = node.span();
    let text = node.document.text;
    // lines may be long, and tags in them many: of what stands before only the end is read
    let head = text.get(..span.start).unwrap_or("");
    let begins_line = |head: &str| head.is_empty() || head.ends_with('\n');
    let rest = text.get(span.end..).unwrap_or("");
    let after = near(rest);
    let blanks_before = head.trim_end_matches([' ', '\t']);
    if begins_line(blanks_before) && after.trim().is_empty() {
        return whole_line(node, blanks_before.len());
    }
    let begins_block = node.parent().is_some_and(|p| {
        !p.is_html() && p.kind().is_block() && p.children().next().is_some_and(|c| c.id == node.id)
    });
    let is_first = begins_block || begins_line(head.trim_end_matches([' ', '\t', '>']));
    if is_first {
        // what follows begins the line now
        let follows = after.trim_start_matches([' ', '\t']);
        let blanks = after.len() - follows.len();
        // in an HTML block it may be the tag that begins the block
        let is_fine = if node.has(Flags::IN_BLOCK) {
            // `<pre>` and the like begin one that goes on beyond empty lines
            let begins_alike = |tag: Tag| tag.is_block() && !tag.is_raw_text() && tag != Tag::Pre;
            follows.starts_with('<')
                && node.next_sibling().is_some_and(|n| n.kind() == Kind::Element && begins_alike(n.tag()))
        } else {
            line_start(follows).is_none() && !follows.starts_with('<') && !closes_emphasis(follows)
        };
        return is_fine.then(|| Edit::remove(Span::new(span.start, span.end + blanks)));
    }
    // a tag that is left alone on its line may begin an HTML block
    if after.trim().is_empty() && !node.has(Flags::IN_BLOCK) {
        let line = node.document.line_at(span.start).start;
        if head.get(line..).is_some_and(|before| before.trim_start().starts_with('<')) {
            return None;
        }
    }
    let last = head.chars().next_back();
    let next = after.chars().next();
    let joins_well =
        |c: Option<char>, signs: &str| c.is_none_or(|c| !c.is_ascii_punctuation() || signs.contains(c));
    if !joins_well(last, ">.,;:?\"')") || !joins_well(next, "<.,;:?\"'") || head.ends_with('\\') {
        return None;
    }
    if last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| matches!(c, '.' | ')')) {
        return None;
    }
    if node.tag().is_block() {
        // it parted words
        // a stray end tag of a list, quote or heading ends the one that Markdown opened
        let closes = match node.tag() {
            Tag::P => true,
            Tag::Li => node.ancestors().any(|a| a.kind() == Kind::Item),
            tag @ (Tag::Ol | Tag::Ul) => {
                node.ancestors().any(|a| a.kind() == Kind::List && a.has(Flags::ORDERED) == (tag == Tag::Ol))
            }
            Tag::Blockquote => node.ancestors().any(|a| a.kind() == Kind::Quote),
            // that of a heading ends a heading of any level
            tag if tag.heading_level().is_some() => node.ancestors().any(|a| a.kind() == Kind::Heading),
            _ => false,
        };
        // what ends the list or quote of Markdown ends the elements in it too
        if closes
            && node.ancestors().find(|a| !a.is_html()).is_some_and(|around| has_other_block(around, node))
        {
            return None;
        }
        let is_parted = node.kind() == Kind::EndTag && !closes
            || last.is_none_or(char::is_whitespace)
            || next.is_none_or(char::is_whitespace);
        return Some(if is_parted { Edit::remove(span) } else { Edit::replace(span, " ") });
    }
    let blank_before = head.ends_with([' ', '\t']);
    let blank_after = after.is_empty() || after.starts_with([' ', '\t']);
    Some(match (blank_before, blank_after) {
        (true, true) if after.starts_with(' ') => Edit::remove(Span::new(span.start, span.end + 1)),
        (true, true) => Edit::remove(Span::new(blanks_before.len(), span.end)),
        (false, false) if has_blanks(node) => Edit::replace(span, " "),
        _ => Edit::remove(span),
    })
}

/// Whether `container` holds tags of blocks besides `node`, or so much that it is not read.
fn has_other_block(container: NodeRef<'_>, node: NodeRef<'_>) -> bool {
    container.node().next - container.id.0 > MOST_READ
        || container.descendants().any(|n| n.id != node.id && n.is_html() && n.tag().is_block())
}

/// Whether a line begins with delimiters that may end emphasis now, and could not right at the line's beginning.
fn closes_emphasis(line: &str) -> bool {
    let behind = line.trim_start_matches(['*', '_', '~']);
    behind.len() < line.len() && !behind.starts_with(char::is_alphanumeric)
}

/// The rest of a line as far as it matters here: what begins a block shows in its first bytes.
fn near(rest: &str) -> &str {
    let mut end = rest.len().min(NEAR);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let rest = rest.get(..end).unwrap_or("");
    rest.split(['\n', '\r']).next().unwrap_or("")
}

/// The edit that removes a node that stands alone on its lines.
fn whole_line(node: NodeRef<'_>, start: usize) -> Option<Edit> {
    if node.has(Flags::IN_BLOCK)
        && items::beside(node.document, node.id.0, node.span().start, node.node().next).must_be_parted()
    {
        return None;
    }
    let text = node.document.text;
    let end = node.span().end;
    let last = node.document.line_at(end);
    let next = text.get(last.end..).unwrap_or("");
    let next = next.strip_prefix('\r').unwrap_or(next);
    let below = next.strip_prefix('\n').unwrap_or("");
    let line_below = below.split(['\n', '\r']).next().unwrap_or("");
    let above = if start == 0 { "" } else { node.document.slice(node.document.line_at(start - 1)) };
    let is_code = below.starts_with("    ") || below.starts_with('\t');
    let would_join = !above.trim().is_empty()
        && !line_below.trim().is_empty()
        && (node.tag().is_block() && node.has(Flags::IN_BLOCK)
            || line_start(line_below.trim_start()).is_some());
    if is_code || would_join && !line_below.trim_start().starts_with('<') {
        // the line stays, empty: what is above and below keeps apart
        return (!is_code).then(|| Edit::remove(Span::new(start, last.end)));
    }
    Some(Edit::remove(Span::new(start, text.len() - below.len())))
}

/// Whether there are blanks between its tags that a reader sees.
fn has_blanks(node: NodeRef<'_>) -> bool {
    node.descendants().any(|n| {
        matches!(n.kind(), Kind::HardBreak | Kind::SoftBreak)
            || n.kind() == Kind::Text && !n.has(Flags::RAW) && !n.source().is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_with_strays_has_a_bit() {
        let bits = with_strays().map(bit).fold(0, |all: u128, bit| {
            assert!(bit != 0 && all & bit == 0);
            all | bit
        });
        assert!(bits != 0);
    }
}
