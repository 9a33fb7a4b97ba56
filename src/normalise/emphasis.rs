//! Which `_` may become `*`. Owns the proof that delimiters still find the same partners; must not change anything.
//!
//! Delimiters match like brackets as long as each of them can only open or only close and no run grows. So a block in which a
//! `*` stands that could do both, or that found no partner, keeps its underscores; and so does a pair with a delimiter beside it.

use super::flanking::{does_nothing, only_closes, only_opens};
use super::place::is_indented_cell;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::span::Span;
use memchr::{memchr, memchr_iter, memchr2};

/// How many `*` side by side are still looked at.
const LONGEST_RUN: usize = 8;

/// The delimiters of a pair: where it opens and where it closes.
pub(crate) struct Pair {
    /// The opening run.
    pub(crate) open: Span,
    /// The closing run.
    pub(crate) close: Span,
}

/// The pairs of underscores in a leaf block that may become asterisks, in document order.
pub(crate) fn respellable(block: NodeRef<'_>) -> Vec<Pair> {
    let document = block.document;
    let underscored = |n: &NodeRef<'_>| is_emphasis(n.kind()) && starts_with(*n, b'_');
    if !block.descendants().any(|n| underscored(&n)) || !stars_are_settled(block) || is_indented_cell(block) {
        return Vec::new();
    }
    block
        .descendants()
        .filter(underscored)
        .filter_map(|n| {
            if n.parent().is_some_and(|parent| is_triple(parent)) {
                return None;
            }
            let pair = if is_triple(n) { pair_of(n, 3)? } else { pair(n)? };
            let (open, close) = (with_strong(n, pair.open, true), with_strong(n, pair.close, false));
            let alone = |s: Span| {
                let bytes = document.text.as_bytes();
                let mark = |b: Option<&u8>| matches!(b, Some(b'*' | b'_'));
                !mark(s.start.checked_sub(1).and_then(|i| bytes.get(i))) && !mark(bytes.get(s.end))
            };
            let opens = only_opens(document.text, open.start, open.end) && alone(open);
            let closes = only_closes(document.text, close.start, close.end) && alone(close);
            (opens && closes).then_some(pair)
        })
        .collect()
}

fn starts_with(node: NodeRef<'_>, byte: u8) -> bool {
    node.document.text.as_bytes().get(node.span().start) == Some(&byte)
}

fn is_emphasis(kind: Kind) -> bool {
    matches!(kind, Kind::Emphasis | Kind::Strong)
}

/// `___a___`: bold in emphasis, with three marks on each side. `***a***` is the same.
fn is_triple(node: NodeRef<'_>) -> bool {
    let mut children = node.children();
    let only = children.next().filter(|c| children.next().is_none() && c.kind() == Kind::Strong);
    let is_close = |inner: Span, outer: Span| inner.start == outer.start + 1 && inner.end + 1 == outer.end;
    node.kind() == Kind::Emphasis
        && starts_with(node, b'_')
        && only.is_some_and(|c| starts_with(c, b'_') && is_close(c.span(), node.span()))
}

fn pair(node: NodeRef<'_>) -> Option<Pair> {
    pair_of(node, if node.kind() == Kind::Strong { 2 } else { 1 })
}

fn pair_of(node: NodeRef<'_>, width: usize) -> Option<Pair> {
    let span = node.span();
    (span.len() > 2 * width).then(|| Pair {
        open: Span::new(span.start, span.start + width),
        close: Span::new(span.end - width, span.end),
    })
}

/// The run that `_` makes with a `**` directly inside: `_**a**_` and `***a***` are the same, the outer one being the weaker;
/// the other way round they are not.
fn with_strong(node: NodeRef<'_>, run: Span, opening: bool) -> Span {
    let child = if opening { node.children().next() } else { node.last_child() };
    let Some(strong) = child.filter(|c| c.kind() == Kind::Strong && node.kind() == Kind::Emphasis) else {
        return run;
    };
    let inner = strong.span();
    if opening && inner.start == run.end && strong.source().starts_with("**") {
        Span::new(run.start, run.end + 2)
    } else if !opening && inner.end == run.start && strong.source().ends_with("**") {
        Span::new(run.start - 2, run.end)
    } else {
        run
    }
}

/// Whether each `*` of the block is a delimiter that can only do what it does, or a character that can do nothing.
fn stars_are_settled(block: NodeRef<'_>) -> bool {
    let document = block.document;
    if memchr2(b'*', b'~', block.source().as_bytes()).is_none() {
        return true;
    }
    block.descendants().all(|n| match n.kind() {
        // what a site generator reads is text to other readers
        Kind::Text | Kind::Protected if !n.has(Flags::DECODED) => {
            literal_stars_do_nothing(document, n.span())
        }
        Kind::Emphasis | Kind::Strong if n.source().starts_with('*') => pair(n).is_some_and(|p| {
            let (Some(open), Some(close)) = (whole_run(document, p.open), whole_run(document, p.close))
            else {
                return false;
            };
            only_opens(document.text, open.start, open.end)
                && only_closes(document.text, close.start, close.end)
        }),
        _ => true,
    })
}

fn literal_stars_do_nothing(document: Document<'_>, text: Span) -> bool {
    let bytes = document.text.as_bytes();
    // a lone `~` can be half of what only some readers strike out, with delimiters in it
    if memchr(b'~', document.slice(text).as_bytes()).is_some() {
        return false;
    }
    memchr_iter(b'*', document.slice(text).as_bytes()).map(|i| i + text.start).all(|at| {
        let escaped = at == text.start && at > 0 && bytes[at - 1] == b'\\';
        whole_run(document, Span::new(at, at + 1))
            .is_some_and(|run| escaped && run.len() == 1 || does_nothing(document.text, run.start, run.end))
    })
}

/// The run of `*` that `part` is of, unless it is absurdly long.
fn whole_run(document: Document<'_>, part: Span) -> Option<Span> {
    let bytes = document.text.as_bytes();
    let mut run = part;
    while run.start > 0 && bytes[run.start - 1] == b'*' && run.len() <= LONGEST_RUN {
        run.start -= 1;
    }
    while bytes.get(run.end) == Some(&b'*') && run.len() <= LONGEST_RUN {
        run.end += 1;
    }
    (run.len() <= LONGEST_RUN).then_some(run)
}
