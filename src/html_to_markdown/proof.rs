//! Writes a stretch or a leaf block, and proves it: what was written is parsed, and must read as the HTML did. Where it does not,
//! emphasis that Markdown would not see keeps its tags; where that is not enough, nothing is proposed.

use super::container::Prefix;
use super::items::{self, Beside, Item, Role, Stretch, is_indented};
use super::reading::{Reader, Reading};
use super::unwrap::{is_removable, is_transparent};
use super::writer::{Changed, Mark, Surroundings, Writer};
use super::{Change, Work};
use crate::document::html::entities::decode_text;
use crate::document::{Flags, Kind, NodeId, NodeRef, Parsed};
use crate::edit::Edit;
use crate::excision::begins_with_marker;
use crate::span::Span;
use std::cell::OnceCell;
use std::collections::HashSet;

/// What was written and proved.
pub(crate) struct Written {
    pub region: Span,
    pub edits: Vec<(Edit, Vec<u32>)>,
    pub changed: Vec<Changed>,
    /// The list that it ends with.
    pub ends_with: Markers,
}

/// The marker of a bullet list and the sign behind the numbers of a numbered one, where there is one.
pub(crate) type Markers = (Option<char>, Option<char>);

/// Where Markdown that an HTML block swallowed begins: text on a line of its own behind the last tag.
struct Tail {
    /// The item whose text it begins in.
    item: usize,
    /// Where the text before it ends, and where it begins.
    cut: usize,
    start: usize,
}

fn tail(work: &Work<'_>, items: &[Item], prefix: &Prefix) -> Option<Tail> {
    for (index, item) in items.iter().enumerate() {
        match item.role {
            Role::LooseOpen => return None,
            Role::Text if index > 0 => {
                let text = work.document.slice(item.span);
                let mut at = 0;
                while let Some(found) = text.get(at..).and_then(|t| t.find('\n')) {
                    let line_end = at + found;
                    let line = line_end + 1;
                    let rest = text.get(line..).unwrap_or("");
                    let skip = prefix.skip(rest);
                    let content = rest.get(skip..).unwrap_or("");
                    let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
                    let content = content.trim_start_matches([' ', '\t']);
                    // an empty line ends no block that a `<pre>` began
                    if content.starts_with(['\n', '\r']) {
                        return None;
                    }
                    if !content.is_empty() {
                        let before = text.get(..line_end).unwrap_or("").trim_end_matches('\r');
                        let start = item.span.start + line + skip + indent;
                        return Some(Tail { item: index, cut: item.span.start + before.len(), start });
                    }
                    at = line;
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a line is plainly meant as Markdown: a heading, an image, an item, bold.
fn is_plainly_markdown(line: &str) -> bool {
    let line = line.split(['\n', '\r']).next().unwrap_or("");
    let hashes = line.len() - line.trim_start_matches('#').len();
    (1..=6).contains(&hashes) && line.get(hashes..).is_some_and(|r| r.starts_with(' '))
        || line.starts_with("![") && line.contains("](")
        || line.starts_with("* ")
        || line.starts_with("- ")
        || line.starts_with("**") && line.trim_start_matches("**").contains("**")
        || line.starts_with('[') && line.contains("](")
}

/// Writes a stretch of HTML blocks.
pub(crate) fn stretch(
    work: &Work<'_>,
    stretch: &Stretch,
    prefix: &Prefix,
    above: Markers,
) -> Option<Written> {
    let has_other_loose = stretch.items.iter().any(|i| {
        matches!(i.role, Role::LooseOpen | Role::LooseClose) && !is_transparent(work.document.node(i.node))
            || i.role == Role::Other
    });
    if has_other_loose {
        return None;
    }
    let beside = beside_stretch(work, stretch)?;
    let tail = tail(work, &stretch.items, prefix);
    let mut head: &[Item] = &stretch.items;
    let mut cut_item = None;
    if let Some(t) = &tail {
        head = stretch.items.get(..t.item)?;
        let item = stretch.items.get(t.item)?;
        let text = Span::new(item.span.start, t.cut);
        cut_item = Some(Item {
            node: item.node,
            role: Role::Text,
            span: text,
            children: Vec::new(),
            has_block: false,
        });
    }
    let end = tail.as_ref().map_or_else(|| trimmed_end(work, stretch), |t| t.start);
    let region = Span::new(stretch.span.start, end.max(stretch.span.start));
    let mut reader = Reader::new(&work.referrers, prefix);
    for item in head {
        match item.role {
            Role::LooseOpen | Role::LooseClose => reader.loose(work.document.node(item.node), item.span),
            _ => reader.node(work.document.node(item.node)),
        }
    }
    if let Some(item) = &cut_item {
        reader.text(&decode_text(&prefix.strip(work.document.slice(item.span))));
    }
    let wanted = reader.finish();
    attempts(|refused| {
        let around = Surroundings {
            document: work.document,
            referrers: &work.referrers,
            allowed: work.allowed,
            prefix,
            line_end: work.ground.line_end,
            in_markdown: false,
            markdown_from: None,
            refused,
        };
        let mut writer = Writer::new(&around);
        if needs_line_before(work, stretch, prefix) {
            writer.is_fresh = false;
            writer.is_tight = true;
        }
        let over = markers_of(beside.list_above);
        (writer.bullet, writer.delimiter) = (over.0.or(above.0), over.1.or(above.1));
        writer.below = markers_of(beside.below);
        match &cut_item {
            None => writer.flow(head),
            Some(item) => {
                // the text on the tag's line belongs to it
                let first = head.iter().rposition(|i| !writer.is_inline(i)).map_or(0, |i| i + 1);
                let (blocks, inline) = head.split_at(first);
                writer.flow(blocks);
                writer.paragraph_of(inline, item);
            }
        }
        let has_content = !writer.plain.is_empty();
        let below = tail.as_ref().and_then(|t| work.document.text.get(t.start..));
        // what stands beside would be one block without it
        writer.has_failed |= !has_content && tail.is_none() && beside.must_be_parted();
        writer.has_failed |= takes_in(&beside, (writer.bullet, writer.delimiter), below);
        let plain = writer.plain.clone();
        let mut changed = std::mem::take(&mut writer.changed);
        if changed.is_empty() {
            changed = freed(work, stretch, tail.as_ref())?;
        }
        writer.changed = changed;
        // the first character of what follows is the piece that stays, behind what is written
        let first_of_tail = below.and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        if let Some(t) = &tail {
            if has_content {
                writer.line_end(true, None);
            }
            writer.keep(Span::new(t.start, t.start + first_of_tail));
        } else if has_content && needs_line_after(work, region.end, prefix) {
            writer.insert_raw(work.ground.line_end);
        }
        let region =
            if tail.is_some() { Span::new(region.start, region.end + first_of_tail) } else { region };
        let got = || read_again(work, &format!("\n{plain}\n"), None);
        let doubtful =
            writer.marks.iter().any(|m| is_doubtful(&writer.plain, m) && !is_flanked(&writer.plain, m));
        if writer.has_failed || doubtful || got() != wanted {
            return Some(Err((plain, std::mem::take(&mut writer.marks), all_emphasis(&writer.changed))));
        }
        if let Some(t) = tail.as_ref().filter(|_| work.allowed.is(Change::Swallowed)) {
            return Some(Ok(parted(work, stretch, t, prefix)));
        }
        let edits = writer.edits(region)?;
        let ends_with = (writer.bullet, writer.delimiter);
        Some(Ok(Written { region, edits, changed: std::mem::take(&mut writer.changed), ends_with }))
    })
}

/// The empty line that gives swallowed Markdown back; what stands above it is converted in the next round.
fn parted(work: &Work<'_>, stretch: &Stretch, tail: &Tail, prefix: &Prefix) -> Written {
    let end = work.ground.line_end;
    let gap = Span::new(tail.cut, tail.start);
    let empty_line = format!("{end}{}{end}{}", prefix.written().trim_end(), prefix.written());
    let node = stretch.items.iter().find(|i| matches!(i.role, Role::Element | Role::LooseClose));
    Written {
        region: Span::new(stretch.span.start, tail.start),
        edits: vec![(Edit::replace(gap, empty_line), vec![0])],
        changed: node.map(|i| Changed { change: Change::Swallowed, node: i.node }).into_iter().collect(),
        ends_with: (None, None),
    }
}

/// What is free though no tag was written anew: text in a wrapper that goes in the next round, Markdown that was swallowed.
fn freed(work: &Work<'_>, stretch: &Stretch, tail: Option<&Tail>) -> Option<Vec<Changed>> {
    let loose = stretch
        .items
        .iter()
        .find(|i| matches!(i.role, Role::LooseOpen | Role::LooseClose) && is_removable(work, i));
    if let Some(item) = loose
        && work.allowed.is(Change::Wrapper)
    {
        return Some(vec![Changed { change: Change::Wrapper, node: item.node }]);
    }
    let t = tail?;
    let is_meant = is_plainly_markdown(work.document.text.get(t.start..).unwrap_or(""));
    let first = stretch.items.iter().find(|i| matches!(i.role, Role::Element | Role::LooseClose))?;
    (is_meant && work.allowed.is(Change::Swallowed))
        .then(|| vec![Changed { change: Change::Swallowed, node: first.node }])
}

/// Writes the inline elements of a leaf block.
pub(crate) fn leaf(work: &Work<'_>, leaf: NodeRef<'_>, items: &[Item], prefix: &Prefix) -> Option<Written> {
    let (first, last) = (items.first()?, items.last()?);
    let region = Span::new(first.span.start, last.span.end.max(first.span.start));
    let is_one_line = matches!(leaf.kind(), Kind::Heading | Kind::Cell);
    let empty = Prefix::default();
    let before = OnceCell::new();
    let before = || {
        before.get_or_init(|| {
            let mut reader = Reader::new(&work.referrers, &empty);
            leaf.children().for_each(|child| reader.node(child));
            (reader.finish(), definitions_of(leaf))
        })
    };
    attempts(|refused| {
        let around = Surroundings {
            document: work.document,
            referrers: &work.referrers,
            allowed: work.allowed,
            prefix,
            line_end: work.ground.line_end,
            in_markdown: true,
            markdown_from: Some(leaf.span().start),
            refused,
        };
        let mut writer = Writer::new(&around);
        (writer.is_one_line, writer.is_in_cell) = (is_one_line, leaf.kind() == Kind::Cell);
        writer.inline(items, region.start);
        writer.end_of_leaf();
        if writer.changed.is_empty() {
            return None;
        }
        let (wanted, definitions) = before();
        let plain = &writer.plain;
        let text = match leaf.kind() {
            Kind::Heading => format!("\n# {plain}\n{definitions}"),
            Kind::Cell => format!("\n| {plain} |\n| --- |\n{definitions}"),
            _ => format!("\n{plain}\n{definitions}"),
        };
        let doubtful =
            writer.marks.iter().any(|m| is_doubtful(&writer.plain, m) && !is_flanked(&writer.plain, m));
        let got = || read_again(work, &text, is_one_line.then_some(leaf.kind()));
        if writer.has_failed || doubtful || got() != *wanted {
            let plain = std::mem::take(&mut writer.plain);
            return Some(Err((plain, std::mem::take(&mut writer.marks), all_emphasis(&writer.changed))));
        }
        let edits = writer.edits(region)?;
        Some(Ok(Written {
            region,
            edits,
            changed: std::mem::take(&mut writer.changed),
            ends_with: (None, None),
        }))
    })
}

/// Why an attempt failed: what was written, its marks of emphasis, and all emphasis that was asked for.
type Failure = (String, Vec<Mark>, HashSet<NodeId>);

/// Writes with all emphasis; without that which cannot be read as such; without any.
fn attempts(mut write: impl FnMut(&HashSet<NodeId>) -> Option<Result<Written, Failure>>) -> Option<Written> {
    let mut refused = HashSet::new();
    for _ in 0..3 {
        match write(&refused)? {
            Ok(written) => return Some(written),
            Err((plain, marks, all)) => {
                let before = refused.len();
                refused.extend(marks.iter().filter(|m| !is_flanked(&plain, m)).map(|m| m.node));
                if refused.len() == before {
                    refused.extend(all);
                    if refused.len() == before {
                        return None;
                    }
                }
            }
        }
    }
    write(&refused)?.ok()
}

fn all_emphasis(changed: &[Changed]) -> HashSet<NodeId> {
    changed.iter().filter(|c| c.change == Change::Emphasis).map(|c| c.node).collect()
}

/// The text before and behind the run of delimiters that a delimiter is part of.
fn beside(plain: &str, delimiter: Span) -> (&str, &str) {
    let own = plain.get(delimiter.range()).and_then(|s| s.chars().next()).unwrap_or(' ');
    let before = plain.get(..delimiter.start).unwrap_or("").trim_end_matches(own);
    (before, plain.get(delimiter.end..).unwrap_or("").trim_start_matches(own))
}

/// Whether a mark is one of struck text, or stands beside one: there parsers do not agree.
fn is_doubtful(plain: &str, mark: &Mark) -> bool {
    plain.get(mark.open.range()) == Some("~~")
        || beside(plain, mark.open).0.ends_with('~')
        || beside(plain, mark.close).1.starts_with('~')
        || beside(plain, mark.open).1.starts_with('~')
        || beside(plain, mark.close).0.ends_with('~')
}

/// Whether both delimiters of a mark stand so that they can open and close (CommonMark, left- and right-flanking runs).
fn is_flanked(plain: &str, mark: &Mark) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    // GitHub's parser looks past the marks of struck text
    let around = |delimiter: Span| {
        let (before, after) = beside(plain, delimiter);
        (before.trim_end_matches('~').chars().next_back(), after.trim_start_matches('~').chars().next())
    };
    let (before, after) = around(mark.open);
    let opens = !blank(after) && (!sign(after) || blank(before) || sign(before));
    let (before, after) = around(mark.close);
    opens && !blank(before) && (!sign(before) || blank(after) || sign(after))
}

/// The reading of a text, or of what the first leaf block of a kind in it holds.
fn read_again(work: &Work<'_>, text: &str, only: Option<Kind>) -> Reading {
    let parsed = Parsed::new(text);
    let document = parsed.document(text);
    let empty = Prefix::default();
    let mut reader = Reader::new(&work.referrers, &empty);
    let root = only.and_then(|kind| document.nodes().find(|n| n.kind() == kind)).unwrap_or(document.root());
    for child in root.children() {
        reader.node(child);
    }
    reader.finish()
}

/// The definitions that the references in a leaf block need.
fn definitions_of(leaf: NodeRef<'_>) -> String {
    let mut out = String::new();
    let mut seen = HashSet::new();
    for n in leaf.descendants() {
        if let Some(d) = n.definition() {
            let span = d.span.span().unwrap_or_default();
            if seen.insert(span.start) {
                out.push_str(&format!("\n{}\n", n.document.slice(span).trim_end()));
            }
        } else if n.kind() == Kind::FootnoteReference && seen.insert(n.span().start) {
            out.push_str(&format!("\n{}: x\n", n.source()));
        }
    }
    out
}

fn trimmed_end(work: &Work<'_>, stretch: &Stretch) -> usize {
    let text = work.document.slice(stretch.span);
    stretch.span.start
        + text
            .trim_end_matches(|c: char| c.is_ascii_whitespace() || c == '>')
            .len()
            .max(last_item_end(stretch) - stretch.span.start)
}

fn last_item_end(stretch: &Stretch) -> usize {
    stretch.items.iter().rev().find(|i| i.role != Role::Text).map_or(stretch.span.start, |i| i.span.end)
}

/// Whether the line before is text that what is written would join.
fn needs_line_before(work: &Work<'_>, stretch: &Stretch, prefix: &Prefix) -> bool {
    let line = work.document.line_at(stretch.span.start);
    let own = work.document.slice(Span::new(line.start, stretch.span.start));
    if line.start == 0 || !own.bytes().all(|b| matches!(b, b' ' | b'>')) {
        return false;
    }
    let above = work.document.slice(work.document.line_at(line.start - 1));
    let content = above.get(prefix.skip(above)..).unwrap_or("");
    let is_kept_first = stretch.items.first().is_some_and(|i| i.role == Role::Comment);
    !content.trim().is_empty()
        && !is_kept_first
        && work.document.parsed.front_matter.is_none_or(|f| f.end < line.start)
}

/// Whether the next line is not empty.
fn needs_line_after(work: &Work<'_>, end: usize, prefix: &Prefix) -> bool {
    let line = work.document.line_at(end);
    let text = work.document.text;
    let Some(rest) = text.get(line.end..) else { return false };
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    let Some(next) = rest.strip_prefix('\n') else { return false };
    let next = next.split('\n').next().unwrap_or("");
    !next.get(prefix.skip(next)..).unwrap_or("").trim().is_empty()
}

/// The markers of a list beside the stretch: a list that is written takes another one.
fn markers_of(list: Option<NodeRef<'_>>) -> Markers {
    let Some(list) = list.filter(|n| n.kind() == Kind::List) else { return (None, None) };
    match list.source().trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).chars().next() {
        Some(c @ ('.' | ')')) => (None, Some(c)),
        other => (other, None),
    }
}

/// Whether a list that is written last would take in what follows.
fn takes_in(beside: &Beside<'_>, ends_with: Markers, tail: Option<&str>) -> bool {
    let is_list = ends_with != (None, None);
    let under = markers_of(beside.below);
    let is_same = under.0.is_some() && under.0 == ends_with.0 || under.1.is_some() && under.1 == ends_with.1;
    let follows = tail.filter(|t| begins_with_marker(t)).is_some_and(|t| {
        let marker = t.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next();
        marker.is_some() && (marker == ends_with.0 || marker == ends_with.1)
    });
    is_list
        && (follows
            || is_same && tail.is_none()
            || tail.is_none()
                && beside
                    .below
                    .is_some_and(|b| is_indented(b) || b.kind() == Kind::CodeBlock && !b.has(Flags::FENCED)))
}

/// What stands beside a stretch.
fn beside_stretch<'a>(work: &Work<'a>, stretch: &Stretch) -> Option<Beside<'a>> {
    let (first, last) = (stretch.items.first()?, stretch.items.last()?);
    let node = work.document.node(last.node);
    let next = if last.role == Role::LooseOpen { last.node.0 + 1 } else { node.node().next };
    let is_end = first.role == Role::LooseClose && work.document.node(first.node).start_tag().is_some();
    let above = if is_end { work.document.node(first.node).node().next } else { first.node.0 };
    Some(items::beside(work.document, above, stretch.span.start, next))
}
