//! Lists that stand side by side: only their markers keep them apart, so that the markers alternate.

use super::place::{is_blank, line_before, start_of};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use memchr::memrchr;

/// How far into its line a list is still looked at, in bytes.
const LONGEST_PREFIX: usize = 256;

/// The edits that give the lists from `head` on, which only their markers keep apart, the two `marks` in turn, the first one first.
/// They belong together: half of them would merge lists. Nothing where `head` is not the first, or something could be read otherwise.
pub(crate) fn respelled_chain(head: NodeRef<'_>, marks: [u8; 2]) -> Vec<Edit> {
    let ordered = head.has(Flags::ORDERED);
    if !ordered && marks_say_something(head) {
        return Vec::new();
    }
    let follows = |a: NodeRef<'_>| a.kind() == Kind::List && a.has(Flags::ORDERED) == ordered;
    if head.previous_sibling().is_some_and(follows) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut next = Some(head);
    let mut place = 0;
    while let Some(list) = next.filter(|n| follows(*n)) {
        let Some(edits) = item_edits(list, marks[place % 2]) else { return Vec::new() };
        out.extend(edits);
        next = list.next_sibling();
        place += 1;
    }
    out
}

/// Whether the marks of a list, or of one that it stands in, say something: line by line they are others than those of the list
/// above or below, as in `+ added`, `- removed`, in a difference of files, in a table of operators.
fn marks_say_something(list: NodeRef<'_>) -> bool {
    std::iter::successors(Some(list), |n| n.parent()).take(DEEPEST).filter(is_bulleted).any(|n| {
        n.next_sibling().is_some_and(|next| abut(n, next))
            || n.previous_sibling().is_some_and(|previous| abut(previous, n))
    })
}

/// Whether two lists with other bullets stand line to line, one of them with `+`, which nobody needs to keep two lists apart.
pub(crate) fn abut(first: NodeRef<'_>, second: NodeRef<'_>) -> bool {
    is_bulleted(&first)
        && is_bulleted(&second)
        && (is_plus_among(first, NodeRef::previous_sibling) || is_plus_among(second, NodeRef::next_sibling))
        // an item of a line each: what goes on over lines is a list that somebody wrote
        && line_before(second.document, start_of(second))
            .is_some_and(|line| last_items(first).any(|item| start_of(item) >= line.start))
}

/// The last item of a list, the last one of the list that it ends with, and so on.
fn last_items(list: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::successors(list.last_child(), |item| {
        item.last_child().filter(|n| n.kind() == Kind::List).and_then(|list| list.last_child())
    })
    .take(DEEPEST)
}

fn is_bulleted(list: &NodeRef<'_>) -> bool {
    list.kind() == Kind::List && !list.has(Flags::ORDERED)
}

/// Whether `+` is the bullet of a list or of those that follow it as `next` goes.
fn is_plus_among<'a>(list: NodeRef<'a>, next: fn(NodeRef<'a>) -> Option<NodeRef<'a>>) -> bool {
    std::iter::successors(Some(list), |n| next(*n))
        .take(DEEPEST)
        .take_while(is_bulleted)
        .any(|n| n.document.text.as_bytes().get(start_of(n)) == Some(&b'+'))
}

/// How many containers and neighbours of a list are looked at.
const DEEPEST: usize = 8;

/// The edits that give all items of a list the marker `mark`; `None` where a line could be read otherwise then.
fn item_edits(list: NodeRef<'_>, mark: u8) -> Option<Vec<Edit>> {
    let document = list.document;
    let bytes = document.text.as_bytes();
    let ordered = list.has(Flags::ORDERED);
    let mut edits = Vec::new();
    for item in list.children() {
        if item.kind() != Kind::Item {
            continue;
        }
        let mut at = item.span().start;
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        if ordered {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
        }
        let written = *bytes.get(at)?;
        let known =
            if ordered { matches!(written, b'.' | b')') } else { matches!(written, b'-' | b'*' | b'+') };
        if !known {
            return None;
        }
        if written == mark {
            continue;
        }
        if !ordered && reads_like_a_break(item, edits.is_empty()) {
            return None;
        }
        edits.push(Edit::replace(Span::new(at, at + 1), char::from(mark).to_string()));
    }
    Some(edits)
}

/// Whether the item's line has nothing but marks on it, of which a thematic break or a setext underline could come.
fn reads_like_a_break(item: NodeRef<'_>, first: bool) -> bool {
    let document = item.document;
    let bytes = document.text.as_bytes();
    let start = item.span().start;
    // so far into a line there is no list that anybody wrote
    let near = start.saturating_sub(LONGEST_PREFIX);
    let line = match memrchr(b'\n', &bytes[near..start]) {
        Some(i) => near + i + 1,
        None if near == 0 => 0,
        None => return true,
    };
    let after_text = || line_before(document, line).is_some_and(|l| !is_blank(document, l));
    marks_only(&bytes[start..]).is_some_and(|marks| marks > 1)
        || marks_only(&bytes[line..]).is_some_and(|marks| marks > 1 || first && after_text())
}

/// How many marks of lists, breaks and tables a line has, if it has nothing else.
fn marks_only(line: &[u8]) -> Option<usize> {
    let mut marks = 0;
    for b in line {
        match b {
            b'\n' => break,
            // so many lists on one line are no list that anybody wrote
            b'-' | b'*' | b'+' | b'_' | b'|' | b':' if marks == 8 => return Some(marks),
            b'-' | b'*' | b'+' | b'_' | b'|' | b':' => marks += 1,
            b' ' | b'\t' | b'>' | b'\r' => {}
            _ => return None,
        }
    }
    Some(marks)
}
