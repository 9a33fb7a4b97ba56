//! [`treatment`]: what becomes of a link that leads to a network, and the edits for it. Owns restoring, unwrapping and re-pointing;
//! must not judge blocks (`evidence` does).

use crate::context::Context;
use crate::contract::Gather;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::Edit;
use crate::evidence::Known;
use crate::evidence::url::{Role, Signal, stripped};
use crate::evidence::{is_call_to_action, is_label};
use crate::excision::{Removed, removal};
use crate::hash::Quick;
use crate::script::{is_east_asian, is_wide_form};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::collections::HashMap;

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It leads to the page that its address carries.
    Restore(String),
    /// Its words stay, the link goes.
    Unwrap,
    /// A contents list's entry: it leads to its heading.
    Point(String),
    /// It goes, words included.
    Remove,
}

/// The headings of a document by their words, with the anchors that GitHub's renderer gives them.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    /// None if no link of the document leads to an anchor.
    anchors: Option<HashMap<String, String, Quick>>,
}

impl Gather for Headings {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let of_kind = |kind: Kind| {
            let nodes = document.parsed.tree.nodes.iter().zip(0..);
            nodes.filter(move |(n, _)| n.kind == kind).map(move |(_, index)| document.node(NodeId(index)))
        };
        let leads_to_anchor =
            |link: NodeRef<'_>| link.destination().is_some_and(|d| d.written.starts_with('#'));
        if !of_kind(Kind::Link).any(leads_to_anchor) {
            return Self::default();
        }
        let mut anchors: HashMap<String, String, Quick> = HashMap::default();
        let mut used: HashMap<String, u32, Quick> = HashMap::default();
        for heading in of_kind(Kind::Heading) {
            let words = heading.words();
            let slug = slug(&words);
            let count = used.entry(slug.clone()).or_default();
            let anchor = if *count == 0 { slug } else { format!("{slug}-{count}") };
            *count += 1;
            anchors.entry(key(&words)).or_insert(anchor);
        }
        Self { anchors: Some(anchors) }
    }
}

fn slug(words: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let mut slug = small(words, is_kept);
    if slug.contains(' ') {
        slug = slug.replace(' ', "-");
    }
    slug
}

/// The letters and digits of `words`, in lower case: two that have the same name the same heading.
pub(crate) fn key(words: &str) -> String {
    small(words, char::is_alphanumeric)
}

/// The characters of `words` that are kept, in lower case.
fn small(words: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|&c| is_kept(c)) {
        if c.is_ascii() { out.push(c.to_ascii_lowercase()) } else { out.extend(c.to_lowercase()) }
    }
    out
}

/// The page that a wrapper's address carries, without what tracks. What is a click by weak signals alone may be a shop's own page: then that
/// page without the affiliate's id.
pub(crate) fn restored(known: &Known, cx: &Context<'_>) -> Option<String> {
    let facts = &cx.settings.facts;
    if let Some(target) = known.destination(facts) {
        return Some(stripped(target, facts).unwrap_or_else(|| target.to_owned()));
    }
    let verdict = known.verdict();
    let told = [Signal::KnownHost, Signal::KnownPath, Signal::Shape].iter().any(|s| verdict.evidence.has(*s));
    if told || verdict.role != Role::Click {
        return None;
    }
    stripped(&known.url, facts).filter(|page| !cx.known(page).verdict().is_commercial())
}

/// What becomes of the link at `node`, which leads to a network.
pub(crate) fn treatment(node: NodeRef<'_>, known: &Known, cx: &mut Context<'_>) -> Treatment {
    if let Some(target) = restored(known, cx) {
        return Treatment::Restore(target);
    }
    if node.kind() == Kind::Link
        && !node.has(Flags::REFERENCE)
        && node.ancestors().any(|a| a.kind() == Kind::Item)
    {
        let headings = cx.gathered::<Headings>();
        if let Some(anchors) = &headings.anchors
            && let Some(anchor) = anchors.get(&key(&node.words()))
            && !anchor.is_empty()
        {
            return Treatment::Point(format!("#{anchor}"));
        }
    }
    Treatment::Unwrap
}

/// The edits that take a link away and leave its content; where nothing is left, all of it.
pub(crate) fn unwrap(node: NodeRef<'_>) -> Vec<Edit> {
    let span = node.span();
    if node.has(Flags::AUTOLINK) {
        return take_out(node);
    }
    if node.is_html() {
        let Some(start) = node.start_tag() else { return Vec::new() };
        let end = node.end_tag().or_else(|| node.partner().map(|p| p.span()));
        if node.node().next == node.id.0 + 1 && node.partner().is_none() {
            return take_out(node);
        }
        let (before, after) = blanks_at(node, Span::new(start.end, end.map_or(start.end, |e| e.start)));
        let mut edits = vec![Edit::replace(start, before)];
        edits.extend(end.map(|e| Edit::replace(e, after)));
        return edits;
    }
    let content = node.content_span();
    if content.is_empty() {
        return take_out(node);
    }
    let mut edits = Vec::new();
    let opening = Span::new(span.start, content.start);
    let escape = escape_at_start(node, content);
    let (before, after) = blanks_at(node, content);
    edits.push(Edit::replace(opening, before));
    if let Some(at) = escape {
        if at == content.start {
            edits = vec![Edit::replace(opening, "\\")];
        } else {
            edits.push(Edit::insert(at, "\\"));
        }
    }
    edits.push(Edit::replace(Span::new(content.end, node.end_with_attributes()), after));
    edits
}

/// The blanks that keep the words of a link apart from those beside it: a link glued to a word or to another link was a word of its own.
fn blanks_at(node: NodeRef<'_>, content: Span) -> (&'static str, &'static str) {
    let text = node.document.text;
    let span = node.span();
    let inside = node.document.slice(content);
    let before = text.get(..span.start).and_then(|t| t.chars().next_back());
    let rest = text.get(span.end..).unwrap_or("");
    let first = inside.chars().find(|c| !matches!(c, '*' | '_' | '`'));
    let last = inside.chars().rev().find(|c| !matches!(c, '*' | '_' | '`'));
    let joins =
        |a: Option<char>, b: Option<char>| a.zip(b).is_some_and(|(a, b)| is_letter(a) && is_letter(b));
    let opening = if joins(before, first) { " " } else { "" };
    // an ending (`[URL](…)s`) belongs to the word
    let long = rest.chars().take_while(|c| c.is_alphanumeric()).take(3).count() == 3;
    let link = (rest.starts_with('[') || rest.starts_with("<a ")) && last.is_some_and(|c| !c.is_whitespace());
    let closing = if link || long && joins(last, rest.chars().next()) { " " } else { "" };
    (opening, closing)
}

/// A letter or digit of a script that puts blanks between words.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_east_asian(c) && !is_wide_form(c)
}

/// Where a backslash keeps the words of a link from becoming a list or heading, at the beginning of a block.
fn escape_at_start(node: NodeRef<'_>, content: Span) -> Option<usize> {
    let block = node.leaf_block()?;
    if block.kind() != Kind::Paragraph || block.span().start != node.span().start {
        return None;
    }
    let text = node.document.slice(content);
    let first = text.split([' ', '\t', '\n']).next().unwrap_or("");
    let followed = text.len() > first.len();
    if matches!(first, "-" | "+" | "*" | ">")
        || !first.is_empty() && first.len() <= 6 && first.bytes().all(|b| b == b'#')
    {
        return followed.then_some(content.start);
    }
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let marker = digits > 0 && digits <= 9 && matches!(first.get(digits..), Some("." | ")"));
    (marker && followed).then_some(content.start + digits)
}

/// For each definition whether a link or an image refers to it.
pub(crate) struct UsedDefinitions(Vec<bool>);

impl UsedDefinitions {
    /// Whether something refers to `definition`.
    pub fn has(&self, definition: NodeRef<'_>) -> bool {
        self.0.get(definition.node().data as usize) == Some(&true)
    }
}

impl Gather for UsedDefinitions {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let tree = &document.parsed.tree;
        let mut used = vec![false; tree.definitions.len()];
        for node in tree.nodes.iter().filter(|n| matches!(n.kind, Kind::Link | Kind::Image)) {
            if node.has(Flags::REFERENCE)
                && let Some(used) = used.get_mut(node.data as usize)
            {
                *used = true;
            }
        }
        Self(used)
    }
}

/// The edit that removes an inline node, with its block if nothing else is in it.
pub(crate) fn take_out(node: NodeRef<'_>) -> Vec<Edit> {
    let document = node.document;
    let mut gone = node;
    let end = node.end_with_attributes();
    // climb while the parent holds nothing else
    while let Some(parent) = gone.parent() {
        let alone = parent.children().all(|c| {
            c.id == gone.id
                || c.span().start >= node.span().end && c.span().end <= end
                || c.kind() == Kind::SoftBreak
                || c.kind() == Kind::Text && c.source().trim().is_empty()
        });
        if !alone
            || matches!(
                parent.kind(),
                Kind::Root | Kind::Cell | Kind::Row | Kind::Table | Kind::Footnote | Kind::Element
            )
        {
            break;
        }
        gone = parent;
    }
    let span = gone.span();
    take_out_span(document, gone, Span::new(span.start, span.end.max(end)))
}

/// What an address that stands in the text as such is to what stands beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    /// Nothing needs it.
    Apart,
    /// It is what a label or a sentence says: without it, that ends in a colon, or has a hole.
    Said,
    /// The block is it and the label of an ad, or a call to action.
    Advertised(NodeRef<'a>),
}

/// In longer blocks, in bytes, an address is taken for a part of a sentence.
const LONGEST_BLOCK: usize = 1 << 15;

/// What the address at `span` is, which is in `node` or is that node, to what stands beside it in its block, and to the line that
/// announces it.
pub(crate) fn place_of_address(node: NodeRef<'_>, span: Span) -> Place<'_> {
    let document = node.document;
    let Some(block) = node.leaf_block() else { return Place::Apart };
    let of_block = block.span();
    if of_block.len() > LONGEST_BLOCK {
        return Place::Said;
    }
    let head = document.slice(Span::new(of_block.start, span.start));
    let tail = document.slice(Span::new(span.end, of_block.end));
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '>' | '\\');
    let (above, before) = head.rsplit_once('\n').unwrap_or(("", head));
    let behind = tail.split('\n').next().unwrap_or("");
    let before = before.trim_matches(is_mark);
    let behind = behind.trim_matches(is_mark);
    let label = before.trim_end_matches(['(', '[', '（']).trim_end_matches(is_mark);
    let is_bracketed = label.len() < before.len() && behind.starts_with([')', ']', '）']);
    let has_words = |text: &str| {
        let mut words = text.split_whitespace().filter(|word| !word.contains("://"));
        words.any(|word| word.contains(char::is_alphabetic))
    };
    let announces = |line: &str| line.ends_with([':', '：']);
    let is_of_ad = |line: &str| {
        let words = line.trim_end_matches([':', '：']).trim_matches(is_mark);
        is_label(words) || is_call_to_action(words)
    };
    let has_line_below = tail.contains('\n');
    if has_words(label) || has_words(behind) {
        let says = if is_bracketed { announces(label) && !has_words(behind) } else { true };
        return match says {
            true if is_of_ad(label) && !has_words(behind) && above.is_empty() && !has_line_below => {
                Place::Advertised(block)
            }
            true => Place::Said,
            false => Place::Apart,
        };
    }
    let above = above.trim_end_matches(is_mark);
    if !above.is_empty() {
        return match announces(above) && !has_line_below {
            true if is_of_ad(above) => Place::Advertised(block),
            true => Place::Said,
            false => Place::Apart,
        };
    }
    // the paragraph above may announce it, or the list that it stands in
    let around = std::iter::once(block).chain(block.ancestors()).take(8);
    let announcing = around
        .filter(|n| n.kind() != Kind::Item)
        .take_while(|n| n.parent().is_some())
        .find_map(|n| n.previous_sibling())
        .filter(|n| n.kind() == Kind::Paragraph)
        .map(|n| n.source().trim_end_matches(is_mark));
    match announcing {
        Some(line) if announces(line) && !is_of_ad(line) => Place::Said,
        _ => Place::Apart,
    }
}

/// The edit that removes `span` in or of `node`.
pub(crate) fn take_out_span(document: Document<'_>, node: NodeRef<'_>, span: Span) -> Vec<Edit> {
    let whole = span == node.span();
    let removed = Removed {
        span,
        invisible: true,
        parent: if whole { node.parent().unwrap_or(node) } else { node },
        previous: if whole { node.previous_sibling() } else { None },
        next: if whole { node.next_sibling() } else { None },
    };
    vec![removal(document, &removed)]
}

/// An address as it is written in Markdown where `written` stands: brackets and blanks encoded.
pub(crate) fn spelled(url: &str, html: bool) -> String {
    let mut out = String::with_capacity(url.len());
    let balanced = {
        let mut d = 0i32;
        url.chars().all(|c| {
            d += i32::from(c == '(') - i32::from(c == ')');
            d >= 0
        }) && url.matches('(').count() == url.matches(')').count()
    };
    for c in url.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\'' if html => out.push_str("%27"),
            '&' if html => out.push_str("&amp;"),
            '\\' => out.push_str("%5C"),
            '(' if !balanced => out.push_str("%28"),
            ')' if !balanced => out.push_str("%29"),
            c => out.push(c),
        }
    }
    out
}
