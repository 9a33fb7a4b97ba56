//! Where a block stands: in which quotes, on which line, after what. Owns the reading of line prefixes; must not judge style.

use super::fence;
use super::headings::is_slide_matter;
use super::lines::line_end_near;
use super::lists::abut;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::Edit;
use crate::span::Span;

/// How many quotes in each other are still looked at.
const DEEPEST: usize = 32;

/// How many quotes the block stands in, if it stands in nothing but (few) quotes.
pub(crate) fn quote_depth(block: NodeRef<'_>) -> Option<usize> {
    let mut depth = 0;
    let mut at = block.parent()?;
    while at.kind() == Kind::Quote && depth < DEEPEST {
        depth += 1;
        at = at.parent()?;
    }
    (at.kind() == Kind::Root).then_some(depth)
}

/// Where the block begins, blanks before it left out (the parser counts them to some blocks inside of items).
pub(crate) fn start_of(block: NodeRef<'_>) -> usize {
    let span = block.span();
    let bytes = block.source().as_bytes();
    span.start + bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// The text between the start of the line and byte `at`, if it is nothing but blanks and quote marks.
pub(crate) fn prefix_before(document: Document<'_>, at: usize) -> Option<&str> {
    let bytes = document.text.as_bytes().get(..at)?;
    let marks = bytes.iter().rev().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
    let start = at - marks;
    (start == 0 || bytes[start - 1] == b'\n' || start == document.body_start())
        .then(|| document.text.get(start..at))
        .flatten()
}

/// Whether the leaf block is a cell of a row that is indented like code: readers disagree on it.
pub(crate) fn is_indented_cell(leaf: NodeRef<'_>) -> bool {
    leaf.kind() == Kind::Cell && leaf.parent().is_some_and(is_indented_row)
}

/// Whether a row of a table is indented like code.
pub(crate) fn is_indented_row(row: NodeRef<'_>) -> bool {
    let line = row.document.line_at(row.span().start);
    let head = row.document.slice(line).trim_start_matches('>');
    head.starts_with("    ") || head.contains('\t')
}

/// The line before the line of byte `at`, its line end not included.
pub(crate) fn line_before(document: Document<'_>, at: usize) -> Option<Span> {
    let start = document.line_at(at).start;
    (start > document.body_start()).then(|| document.line_at(start - 1))
}

/// Whether the line has nothing on it but blanks and quote marks. A quote mark that is indented like code may be text.
pub(crate) fn is_blank(document: Document<'_>, line: Span) -> bool {
    let text = document.slice(line);
    let indent = text.len() - text.trim_start_matches(' ').len();
    has_only_marks(document, line) && (indent < 4 || !text.contains('>'))
}

fn has_only_marks(document: Document<'_>, line: Span) -> bool {
    document.slice(line).bytes().all(|b| matches!(b, b' ' | b'\t' | b'>' | b'\r'))
}

/// Whether something on the line is read by a site generator: nothing is put beside it.
pub(crate) fn is_generator_line(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    if bare.starts_with(":::")
        || bare.starts_with("!!!")
        || bare.starts_with("???")
        || bare.starts_with(": ")
        || bare.starts_with("=== \"")
        || bare.starts_with("[!")
        || bare.starts_with("$$")
    {
        return true;
    }
    let bytes = bare.as_bytes();
    memchr::memchr_iter(b'{', bytes).any(|i| matches!(bytes.get(i + 1), Some(b'{' | b'%' | b':' | b'#')))
        || bare.ends_with("}}")
        || bare.ends_with("%}")
}

/// The edit that puts a blank line between a block and the one before it, where none stands and a reader of CommonMark sees the
/// same: both stand directly in the document or in quotes, and the second begins a block on its own.
pub(crate) fn blank_line_before(block: NodeRef<'_>) -> Option<Edit> {
    let document = block.document;
    let bytes = document.text.as_bytes();
    // before most blocks a blank line stands
    let is_blank_above = |at: usize| {
        let above = bytes.get(..at).unwrap_or(&[]);
        matches!(above, [] | [b'\n'] | [.., b'\n', b'\n'] | [.., b'\n', b'\r', b'\n'])
    };
    if block.has(Flags::TIGHT) || is_blank_above(block.span().start) {
        return None;
    }
    let start = start_of(block);
    let blanks = bytes[..start].iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
    if start <= document.body_start() || is_blank_above(start - blanks) {
        return None;
    }
    let depth = quote_depth(block)?;
    let prefix = prefix_before(document, start)?;
    let previous = block.previous_sibling()?;
    let before = line_before(document, start)?;
    if is_blank(document, before) || previous.span().end <= before.start || !parts(previous, block) {
        return None;
    }
    let line = document.line_at(start);
    if prefix.bytes().filter(|b| *b == b'>').count() != depth
        || is_generator_line(document.slice(before))
        || is_generator_line(document.slice(line))
        || block.kind() == Kind::Heading && is_slide_matter(block)
    {
        return None;
    }
    let end = line_end_near(document.text, before.end);
    let marks = if depth == 0 { "" } else { prefix.trim_end() };
    Some(Edit::insert(before.end, format!("{end}{marks}")))
}

/// Whether a blank line between two neighbours changes nothing: each begins a block whatever stands before it, or the first
/// cannot go on.
fn parts(first: NodeRef<'_>, second: NodeRef<'_>) -> bool {
    // the end of an item or a quote closes the fence in it: a blank line would be code
    let last = first.document.node(NodeId(first.node().next.saturating_sub(1)));
    if last.has(Flags::FENCED) && fence::fence(last).is_none_or(|f| f.close.is_none()) {
        return false;
    }
    let fenced = |n: NodeRef<'_>| n.kind() == Kind::CodeBlock && n.has(Flags::FENCED);
    let begins = match second.kind() {
        Kind::Heading => !second.has(Flags::OTHER),
        Kind::CodeBlock => fenced(second),
        Kind::Break | Kind::Quote | Kind::List => true,
        _ => false,
    };
    match first.kind() {
        // dashes under a definition are text to some
        Kind::Break => first.previous_sibling().is_none_or(|p| p.kind() != Kind::Definition),
        Kind::Heading => true,
        Kind::CodeBlock => fenced(first) || begins,
        // of a difference of files, a list of changes
        Kind::List if abut(first, second) => false,
        Kind::Paragraph | Kind::Quote | Kind::List => begins,
        // to a reader without tables its rows are lines of a paragraph, if none of them begins a list
        Kind::Table => {
            begins && first.source().lines().all(|l| l.trim_start_matches([' ', '>']).starts_with('|'))
        }
        _ => false,
    }
}

/// Where the content of a block ends: the parser counts the empty lines of a quote to the list before them.
fn content_end(block: NodeRef<'_>) -> usize {
    let last = block.document.node(NodeId(block.node().next.saturating_sub(1)));
    if matches!(block.kind(), Kind::List | Kind::Quote) { last.span().end } else { block.span().end }
}

/// The edit that spells a thematic break `---`; `***` where that could begin front matter.
pub(crate) fn house_break(node: NodeRef<'_>) -> Option<Edit> {
    let document = node.document;
    let span = Span::new(start_of(node), node.span().end);
    let written = document.slice(span);
    if written == "---" && indented(node).is_none() {
        return None;
    }
    // on the line of a list marker it would be one more dash
    prefix_before(document, span.start)?;
    // an unclosed front matter would be closed
    let body = document.body_start();
    if document.parsed.front_matter.is_none()
        && document.text.get(body..).is_some_and(|t| t.starts_with("---"))
    {
        return None;
    }
    let first = document.text.get(body..span.start)?.bytes().all(|b| b.is_ascii_whitespace());
    if first && document.parsed.front_matter.is_none() {
        return (!matches!(written, "***" | "---")).then(|| Edit::replace(span, "***"));
    }
    let free = |line: Span| {
        has_only_marks(document, line) && node.previous_sibling().is_none_or(|p| content_end(p) <= line.start)
    };
    let apart = line_before(document, span.start).is_none_or(free)
        || match node.previous_sibling() {
            None => node.parent().is_some_and(|p| p.kind() == Kind::Quote),
            Some(p) => match p.kind() {
                Kind::Break => true,
                Kind::Heading => !p.has(Flags::OTHER),
                Kind::CodeBlock => p.has(Flags::FENCED),
                _ => false,
            },
        };
    apart.then(|| Edit::replace(Span::new(indented(node).unwrap_or(span.start), span.end), "---"))
}

/// Where the blanks before a break that stands directly in the document begin, if there are any.
fn indented(node: NodeRef<'_>) -> Option<usize> {
    super::headings::indent(node).map(|s| s.start)
}
