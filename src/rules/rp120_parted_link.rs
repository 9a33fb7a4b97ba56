//! RP120: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct PartedLink;

static INFO: Info = Info {
    code: "RP120",
    name: "parted-link",
    summary: "a link whose address stands apart from its words: `[the page] (https://…)`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp120_parted_link.md"),
};

/// What stands between the words and the address.
const TORN: [&str; 3] = ["] (", "]（", "] （"];
/// How long words and addresses are looked at, in bytes.
const LONGEST: usize = 400;

impl Rule for PartedLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(first) = torn(node.source(), 0) else { return };
        let mut next = Some(node.span().start + first);
        for text in node.descendants().filter(|n| n.kind() == Kind::Text && !n.has(Flags::RAW)) {
            let span = text.span();
            while let Some(at) = next.filter(|at| *at < span.end) {
                if at >= span.start && !text.ancestors().take(8).any(|a| a.kind() == Kind::Link) {
                    look(node, at, cx);
                }
                let from = at + 1 - node.span().start;
                next = torn(node.source(), from).map(|found| node.span().start + found);
            }
        }
    }
}

/// The first `]` from byte `from` on that an address in brackets may follow.
fn torn(source: &str, from: usize) -> Option<usize> {
    let rest = source.as_bytes().get(from..)?;
    // one search for the bracket: most are followed by the address
    let is_torn = |at: &usize| {
        let gap = rest.get(*at..).unwrap_or_default();
        gap.get(1) != Some(&b'(') && TORN.iter().any(|torn| gap.starts_with(torn.as_bytes()))
    };
    memchr::memchr_iter(b']', rest).find(is_torn).map(|at| from + at)
}

/// A bracket that closes words at byte `at` of the document.
fn look(block: NodeRef<'_>, at: usize, cx: &mut Context<'_>) {
    let text = cx.document.text;
    let (head, tail) = (text.get(block.span().start..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
    let Some((start, words)) = words_before(head) else { return };
    let gap = tail.len() - tail.trim_start_matches(' ').len();
    let Some(open) = tail.get(gap..).and_then(|t| t.chars().next()) else { return };
    let close = if open == '(' { ')' } else { '）' };
    let inner = tail.get(gap + open.len_utf8()..).unwrap_or("");
    let Some(length) = address(inner, close) else { return };
    if is_note(words) {
        return;
    }
    let from = at + 1;
    let behind = from + gap + open.len_utf8() + length;
    let mut edits = vec![Edit::replace(Span::new(from, from + gap + open.len_utf8()), "(")];
    if gap > 0 && open == '(' {
        edits = vec![Edit::remove(Span::new(from, from + gap))];
    }
    if close != ')' {
        edits.push(Edit::replace(Span::new(behind, behind + close.len_utf8()), ")"));
    }
    cx.report(
        Report::new(
            &INFO,
            Span::new(block.span().start + start, behind + close.len_utf8()),
            "the address of a link stands apart from its words",
        )
        .confidence(0.9)
        .fix(edits),
    );
}

/// Where the bracket opens that the end of `head` closes, and the words in it.
fn words_before(head: &str) -> Option<(usize, &str)> {
    let mut depth = 0usize;
    for (i, byte) in head.bytes().enumerate().rev().take(LONGEST) {
        match byte {
            b'\\' | b'`' | b'<' => return None,
            b']' => depth += 1,
            b'[' if depth > 0 => depth -= 1,
            b'[' => {
                let before = head.get(..i)?;
                let is_plain = !before.ends_with(['\\', ']', '[']);
                return is_plain.then(|| head.get(i + 1..).map(|words| (i, words)))?;
            }
            _ => {}
        }
    }
    None
}

/// The length of the address of a page at the start of `text`, if `close` stands right behind it.
fn address(text: &str, close: char) -> Option<usize> {
    if !["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    }
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            _ if c == close && depth == 0 => return (i > 10).then_some(i),
            _ if i > LONGEST || c.is_whitespace() => return None,
            '<' | '>' | '`' | '\\' => return None,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// Whether words in brackets are the number of a note, an abbreviation, a year of a source, a box to tick: no words of a link.
fn is_note(words: &str) -> bool {
    let is_small = |c: char| c.is_alphabetic() && !c.is_uppercase();
    let ends_in_year = {
        let head = words.trim_end_matches(|c: char| c.is_ascii_digit());
        words.len() - head.len() == 4 && head.ends_with([' ', ','])
    };
    words.starts_with(['^', '@', '!'])
        || words.chars().filter(|c| is_small(*c)).nth(1).is_none()
        || ends_in_year
        || words.contains("](")
        || words.contains('\n') && words.contains("\n\n")
}
