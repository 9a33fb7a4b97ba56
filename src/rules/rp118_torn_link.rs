//! RP118: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::boilerplate::removal;
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::lines::line_end_near;
use crate::span::Span;

pub(super) struct TornLink;

static INFO: Info = Info {
    code: "RP118",
    name: "torn-link",
    summary: "a link that blank lines tear: `[`, its picture or title, `](address)`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp118_torn_link.md"),
};

/// How many blocks may stand in such a link.
const MOST_BLOCKS: usize = 6;
/// How far before the end of a block its bracket is looked for, in bytes.
const NEAR: usize = 2000;
/// The longest address with its title, in bytes.
const LONGEST: usize = 3000;

impl Rule for TornLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if let Some((span, edits)) = torn_title(node) {
            let report = Report::new(&INFO, span, "blank lines tear the title of a link");
            cx.report(
                report
                    .because("an address, and a quotation mark that nothing closes before `\")`")
                    .fix(edits),
            );
            return;
        }
        if node.source().starts_with('[') {
            if let Some((span, edits)) = parted_words(node) {
                let report = Report::new(&INFO, span, "a link that blank lines tear");
                cx.report(report.because("a lone bracket, and `words](address)` below it").fix(edits));
            }
            return;
        }
        if !node.source().starts_with("](") {
            return;
        }
        let Some(link) = Torn::ending_in(node) else { return };
        if let Some(edits) = link.edits() {
            let span = Span::new(link.bracket, link.end);
            let what = "a link that blank lines tear";
            cx.report(Report::new(&INFO, span, what).because("a lone bracket, and `](address)`").fix(edits));
        }
    }
}

/// A link whose bracket, text and address stand in blocks of their own.
struct Torn<'a> {
    /// The block that its bracket ends or stands in.
    opening: NodeRef<'a>,
    /// Where the bracket is.
    bracket: usize,
    /// The blocks between.
    blocks: Vec<NodeRef<'a>>,
    /// The block that begins with the address.
    closing: NodeRef<'a>,
    /// Where the address ends, behind its parenthesis.
    end: usize,
}

impl<'a> Torn<'a> {
    /// The one that `closing` ends, which begins with `](`.
    fn ending_in(closing: NodeRef<'a>) -> Option<Self> {
        let end = closing.span().start + end_of_address(closing.source())?;
        let mut blocks = Vec::new();
        for block in removal::above(closing).take(MOST_BLOCKS + 1) {
            if !matches!(block.kind(), Kind::Paragraph | Kind::Heading) {
                return None;
            }
            if let Some(at) = open_bracket(block) {
                blocks.reverse();
                return Some(Torn { opening: block, bracket: block.span().start + at, blocks, closing, end });
            }
            if block.source().starts_with("](") {
                return None;
            }
            blocks.push(block);
        }
        None
    }

    /// What stands behind the bracket in its own block.
    fn label(&self) -> Span {
        let block = self.opening;
        let end = block.span().start + block.source().trim_end().len();
        let start = (self.bracket + 1).min(end);
        let text = block.document.text.get(start..end).unwrap_or("");
        Span::new(start + text.len() - text.trim_start().len(), end)
    }

    /// The edits that make it a link again; `None` where it can be none.
    fn edits(&self) -> Option<Vec<Edit>> {
        let text = self.closing.document.text;
        let at_root = self.closing.parent().is_some_and(|p| p.kind() == Kind::Root);
        let rest = text.get(self.end..self.closing.span().end)?.trim_end();
        let goes_on = !rest.is_empty();
        // other containers would need a prefix
        if goes_on && !at_root {
            return None;
        }
        let label = self.label();
        let carrier = self.carrier(label)?;
        let mut edits = Vec::new();
        // the bracket
        if carrier.start != label.start {
            let first = self.blocks.first().map_or(carrier.start, |b| b.span().start);
            let before = text.get(self.opening.span().start..self.bracket)?;
            let marks = before.trim();
            // emphasis round all of it
            let is_emphasised = !marks.is_empty() && marks.bytes().all(|b| matches!(b, b'*' | b'_'));
            if is_emphasised && !rest.starts_with(marks) {
                return None;
            }
            let is_alone = label.is_empty() && (marks.is_empty() || is_emphasised);
            let is_title = self.opening.kind() == Kind::Heading && label.is_empty();
            if (is_alone || is_title) && first == carrier.start {
                edits.push(Edit::remove(Span::new(self.bracket + 1, carrier.start)));
            } else if is_emphasised || is_title {
                return None;
            } else {
                let (start, end) = if is_alone {
                    (self.bracket, first)
                } else if label.is_empty() {
                    (self.opening.span().start + before.trim_end().len(), self.bracket + 1)
                } else {
                    (self.bracket, label.start)
                };
                edits.push(Edit::remove(Span::new(start, end)));
                edits.push(Edit::insert(carrier.start, "["));
            }
        }
        // the address
        let last = self.blocks.last().map_or(label.end, |b| b.span().start + b.source().trim_end().len());
        let is_last = self.blocks.last().is_none_or(|b| inside(*b).is_some_and(|s| s == carrier));
        if is_last {
            let gap = Span::new(carrier.end, self.closing.span().start);
            if !gap.is_empty() {
                edits.push(Edit::remove(gap));
            }
            if rest.starts_with('[') {
                edits.push(Edit::insert(self.end, line_end_near(text, self.end).repeat(2)));
            }
        } else {
            let address = self.closing.span().start;
            edits.push(Edit::insert(carrier.end, text.get(address..self.end)?));
            let blanks = rest.len() - rest.trim_start().len();
            let gone =
                if goes_on { Span::new(address, self.end + blanks) } else { Span::new(last, self.end) };
            edits.push(Edit::remove(gone));
        }
        Some(edits)
    }

    /// What becomes the text of the link: what stands behind the bracket if that is all, else a title, else words, else a picture.
    fn carrier(&self, label: Span) -> Option<Span> {
        let words = self.closing.document.text.get(label.range())?;
        let may_be_label = words.is_empty() || may_begin_link(words);
        if self.blocks.is_empty() {
            return may_be_label.then_some(label);
        }
        let mut free = self.blocks.iter().copied().filter(|b| may_be_text(*b));
        let heading = free.clone().find(|b| b.kind() == Kind::Heading && b.has_words());
        if heading.is_none() && may_be_label && !words.contains("](") && words.contains(char::is_alphanumeric)
        {
            return Some(label);
        }
        let with_words = heading.or_else(|| free.clone().find(|b| b.has_words()));
        with_words.or_else(|| free.next()).and_then(inside)
    }
}

/// `[words](address "its title`, blank lines, `more of it")`: where that is, and the edits that join it.
fn torn_title(block: NodeRef<'_>) -> Option<(Span, Vec<Edit>)> {
    let source = block.source().trim_end();
    let quote = memchr::memrchr(b'"', source.as_bytes())?;
    let link = source.get(..quote)?.strip_suffix(' ')?;
    // words in quotes are no title
    let address = link.rfind("](").and_then(|at| link.get(at + 2..))?;
    let is_address =
        !address.is_empty() && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | ')'));
    if !is_address || source.get(quote + 1..)?.trim().is_empty() {
        return None;
    }
    let start = block.span().start + link.get(..link.len() - address.len() - 2)?.rfind('[')?;
    let mut edits = Vec::new();
    let mut end = block.span().start + source.len();
    for next in removal::below(block).take(MOST_BLOCKS) {
        if next.kind() != Kind::Paragraph {
            return None;
        }
        edits.push(Edit::replace(Span::new(end, next.span().start), " "));
        let text = next.source().trim_end();
        if let Some(at) = memchr::memchr(b'"', text.as_bytes()) {
            let closes = text.get(at + 1..).is_some_and(|rest| rest.starts_with(')'));
            return closes.then(|| (Span::new(start, next.span().start + at + 2), edits));
        }
        end = next.span().start + text.len();
    }
    None
}

/// `[![](picture)`, blank lines, `words](address)`: where that is, and the edits that make a link of the words, or of those that stand
/// behind the bracket.
fn parted_words(opening: NodeRef<'_>) -> Option<(Span, Vec<Edit>)> {
    let is_link = opening.children().next().is_some_and(|n| n.kind() == Kind::Link);
    if is_link || open_bracket(opening) != Some(0) {
        return None;
    }
    let start = opening.span().start;
    let source = opening.source().trim_end();
    let label = source.get(1..)?;
    let is_picture = !opening.words().contains(char::is_alphanumeric);
    if label.is_empty() || !is_picture && !may_begin_link(label) {
        return None;
    }
    for closing in removal::below(opening).take(MOST_BLOCKS) {
        if closing.kind() != Kind::Paragraph || closing.source().starts_with("](") {
            return None;
        }
        let Some(at) = closing_bracket(closing.source()) else {
            if !may_be_text(closing) || closing.source().starts_with('[') {
                return None;
            }
            continue;
        };
        let words = closing.source().get(..at)?;
        let end = at + end_of_address(closing.source().get(at..)?)?;
        if !words.contains(char::is_alphanumeric) || words.ends_with(char::is_whitespace) {
            return None;
        }
        let base = closing.span().start;
        let address = Span::new(base + at, base + end);
        let edits = if is_picture {
            vec![Edit::remove(Span::new(start, start + 1)), Edit::insert(base, "[")]
        } else {
            let text = opening.document.slice(address);
            vec![Edit::insert(start + source.len(), text), Edit::remove(address)]
        };
        return Some((Span::new(start, base + end), edits));
    }
    None
}

/// Where the first bracket stands that closes what nothing in `source` opened, before an address.
fn closing_bracket(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut open = 0usize;
    for (at, byte) in bytes.iter().enumerate().take(NEAR) {
        let is_escaped = || at.checked_sub(1).and_then(|b| bytes.get(b)) == Some(&b'\\');
        match byte {
            b'`' | b'<' => return None,
            b'[' | b']' if is_escaped() => {}
            b'[' => open += 1,
            b']' if open > 0 => open -= 1,
            b']' => return (bytes.get(at + 1) == Some(&b'(')).then_some(at),
            _ => {}
        }
    }
    None
}

/// The text of a block without the marks of a heading.
fn inside(block: NodeRef<'_>) -> Option<Span> {
    match block.kind() {
        Kind::Heading => {
            Some(Span::new(block.children().next()?.span().start, block.last_child()?.span().end))
        }
        _ => Some(Span::new(block.span().start, block.span().start + block.source().trim_end().len())),
    }
}

/// Whether the text behind a bracket in its own block may be that of a link: it begins with words or a picture, and holds no link.
fn may_begin_link(text: &str) -> bool {
    let begins = text
        .starts_with(|c: char| c.is_alphabetic() || matches!(c, '!' | '*' | '_' | '"' | '“' | '«' | '「'));
    begins
        && text.len() <= LONGEST_LABEL
        && is_balanced(text)
        && text.matches('(').count() == text.matches(')').count()
        && text.matches("](").count() == text.matches("![").count()
}

/// The longest such text, in bytes: pictures have long addresses.
const LONGEST_LABEL: usize = 600;

/// Whether all of a block may stand in a link.
fn may_be_text(block: NodeRef<'_>) -> bool {
    block.span().len() <= LONGEST
        && is_balanced(block.source())
        && block.descendants().all(|n| !n.is_html() && !n.kind().is_block() && n.kind() != Kind::Link)
}

/// Whether each bracket in a text has its twin.
fn is_balanced(text: &str) -> bool {
    let mut open = 0usize;
    for byte in text.bytes() {
        match byte {
            b'[' => open += 1,
            b']' if open == 0 => return false,
            b']' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// Where in a block the bracket stands that nothing closes: at its end, or before the text of a link.
fn open_bracket(block: NodeRef<'_>) -> Option<usize> {
    let source = block.source().trim_end();
    let bytes = source.as_bytes();
    if source.ends_with('[') {
        let at = bytes.len() - 1;
        let before = at.checked_sub(1).and_then(|b| bytes.get(b));
        return (!matches!(before, Some(b'\\' | b'!' | b'['))).then_some(at);
    }
    if block.kind() != Kind::Paragraph {
        return None;
    }
    let mut closed = 0usize;
    for (at, byte) in bytes.iter().enumerate().rev().take(NEAR) {
        let is_escaped = || at.checked_sub(1).and_then(|b| bytes.get(b)) == Some(&b'\\');
        match byte {
            b'`' | b'<' => return None,
            b']' if !is_escaped() => closed += 1,
            b'[' if is_escaped() => {}
            b'[' if closed > 0 => closed -= 1,
            b'[' => {
                let before = at.checked_sub(1).and_then(|b| bytes.get(b));
                let is_begin = matches!(before, None | Some(b' ' | b'\n' | b')' | b'*' | b'_'));
                return is_begin.then_some(at);
            }
            _ => {}
        }
    }
    None
}

/// Where the address ends that `source`, which begins with `](`, has there: behind its parenthesis.
fn end_of_address(source: &str) -> Option<usize> {
    let bytes = source.as_bytes().get(..LONGEST.min(source.len()))?;
    let mut open = 0usize;
    // the quote of its title, and where that begins
    let mut title: Option<(u8, usize)> = None;
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        match (title, byte) {
            (_, b'\n') => return None,
            (Some((quote, start)), b) if b == quote && at > start => title = None,
            (Some(_), _) => {}
            (None, b'(') => open += 1,
            (None, b')') if open == 1 => return (at > 2).then_some(at + 1),
            (None, b')') => open = open.saturating_sub(1),
            (None, b'<' | b'[') => return None,
            (None, b' ') => match bytes.get(at + 1) {
                Some(&quote @ (b'"' | b'\'')) => title = Some((quote, at + 1)),
                Some(b')') => {}
                _ => return None,
            },
            (None, _) => {}
        }
    }
    None
}
