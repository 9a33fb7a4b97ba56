//! The delimiter lines of fenced code. Owns finding them; the code between them is nobody's business.

use super::place::start_of;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;
use memchr::memmem;

/// The fence of the house.
const HOUSE: &str = "```";

/// The delimiter lines of a fenced code block.
pub(crate) struct Fence {
    /// The run that opens it.
    pub(crate) open: Span,
    /// The info string without blanks around it; empty where there is none.
    pub(crate) info: Span,
    /// The blanks after it.
    pub(crate) after: Span,
    /// The run that closes it, and the blanks after it; `None` where the end of the container closes it.
    pub(crate) close: Option<(Span, Span)>,
    /// The lines between.
    pub(crate) body: Span,
}

/// The delimiter lines of a code block; `None` where it is not fenced, or it is not certain which line closes it.
pub(crate) fn fence(block: NodeRef<'_>) -> Option<Fence> {
    if block.kind() != Kind::CodeBlock || !block.has(Flags::FENCED) {
        return None;
    }
    let document = block.document;
    let bytes = document.text.as_bytes();
    let span = Span::new(start_of(block), block.span().end);
    let mark = *bytes.get(span.start)?;
    if mark != b'`' && mark != b'~' {
        return None;
    }
    let open = Span::new(span.start, run_end(bytes, span.start, mark));
    let first = document.line_at(span.start);
    let written = document.slice(Span::new(open.end, first.end));
    let info_start = open.end + (written.len() - written.trim_start_matches([' ', '\t']).len());
    let info_end = (open.end + written.trim_end_matches([' ', '\t']).len()).max(info_start);
    let fence = |close, body| Fence {
        open,
        info: Span::new(info_start.min(first.end), info_end.min(first.end)),
        after: Span::new(info_end.min(first.end), first.end),
        close,
        body,
    };
    let last = document.line_at(span.end);
    if last.start <= first.start {
        return Some(fence(None, Span::at(first.end)));
    }
    let mut at = last.start;
    while at < last.end && matches!(bytes[at], b' ' | b'\t' | b'>') {
        at += 1;
    }
    let end = run_end(bytes, at, mark);
    let blank = document.slice(Span::new(end, last.end)).bytes().all(|b| matches!(b, b' ' | b'\t'));
    if end - at < open.len() || !blank {
        // readers disagree on what may stand behind a closing fence
        let body = Span::new(first.end, span.end);
        let again = memmem::find(document.slice(body).as_bytes(), document.slice(open).as_bytes()).is_some();
        return (!again).then(|| fence(None, body));
    }
    // four columns further in than the container, the same line would be code
    let at_root = block.parent().is_some_and(|p| p.kind() == Kind::Root);
    let columns = if at_root { 3 } else { span.start - first.start };
    let quotes = |from: usize, to: usize| bytes[from..to].iter().filter(|b| **b == b'>').count();
    if at - last.start > columns
        || quotes(last.start, at) != quotes(first.start, span.start)
        || has_tab(document, last.start, at)
        || has_tab(document, end, last.end)
    {
        return None;
    }
    let close = (Span::new(at, end), Span::new(end, last.end));
    Some(fence(Some(close), Span::new(first.end, last.start)))
}

fn has_tab(document: Document<'_>, start: usize, end: usize) -> bool {
    document.slice(Span::new(start, end)).contains('\t')
}

fn run_end(bytes: &[u8], from: usize, mark: u8) -> usize {
    from + bytes.get(from..).map_or(0, |b| b.iter().take_while(|x| **x == mark).count())
}

/// The edits that make the delimiters three backticks each, with the info string directly after them. A fence stays where the code
/// holds three backticks in a row, or the info string means something by itself.
pub(crate) fn delimiter_edits(block: NodeRef<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let Some(fence) = fence(block) else { return edits };
    let document = block.document;
    let (open, info, body) =
        (document.slice(fence.open), document.slice(fence.info), document.slice(fence.body));
    let house = open == HOUSE;
    // notebooks run what stands between backticks, and only that: `~~~{r}`
    let runs = open.starts_with('~')
        && info.strip_prefix('{').is_some_and(|i| i.starts_with(|c: char| c.is_ascii_alphabetic()));
    let free =
        house || !runs && !info.contains('`') && memmem::find(body.as_bytes(), HOUSE.as_bytes()).is_none();
    let tight = !info.starts_with(['{', '`', '~', '=']);
    if free {
        let end = if tight { fence.info.start } else { fence.open.end };
        let whole = Span::new(fence.open.start, end);
        if house && end > fence.open.end {
            edits.push(Edit::remove(Span::new(fence.open.end, end)));
        } else if document.slice(whole) != HOUSE {
            edits.push(Edit::replace(whole, HOUSE));
        }
    }
    if !fence.after.is_empty() && !info.is_empty() {
        edits.push(Edit::remove(fence.after));
    }
    if let Some((close, blanks)) = fence.close {
        if free && document.slice(close) != HOUSE {
            edits.push(Edit::replace(Span::new(close.start, blanks.end), HOUSE));
        } else if !blanks.is_empty() {
            edits.push(Edit::remove(blanks));
        }
    }
    edits
}
