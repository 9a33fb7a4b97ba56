//! RP119: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{before, behind};
use crate::span::Span;

pub(super) struct SplitEmphasis;

static INFO: Info = Info {
    code: "RP119",
    name: "split-emphasis",
    summary: "delimiters left in bold where two pieces of it meet: `**Sa****ve**`",
    phase: Phase::Content,
    kinds: &[Kind::Strong],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp119_split_emphasis.md"),
};

/// The end of one piece and the start of the next.
const SEAM: &str = "****";

impl Rule for SplitEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::STAR)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source();
        behind_label(node, cx);
        if node.is_html() || !source.starts_with("**") || !has_seam(source) {
            return;
        }
        for text in node.children().filter(|n| n.kind() == Kind::Text && !n.has(Flags::RAW)) {
            let base = text.span().start;
            for (found, _) in text.source().match_indices(SEAM) {
                let seam = Span::new(base + found, base + found + SEAM.len());
                let Some(edit) = mended(cx.document.text, seam) else { continue };
                cx.report(
                    Report::new(&INFO, seam, "two pieces of bold meet here, and their delimiters are left")
                        .confidence(0.93)
                        .fix(vec![edit]),
                );
            }
        }
    }
}

/// Whether four asterisks stand in a row behind the delimiter at the start; most spans hold none.
fn has_seam(source: &str) -> bool {
    let inner = source.as_bytes().get(2..).unwrap_or_default();
    memchr::memchr_iter(b'*', inner)
        .any(|at| inner.get(at..).is_some_and(|rest| rest.starts_with(SEAM.as_bytes())))
}

/// `**Step 1:****Open**`: a label whose end is taken for a part of the start of the bold behind it.
fn behind_label(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let start = node.span().start;
    let text = cx.document.text;
    if !text.get(..start).is_some_and(|head| head.ends_with("**")) || !node.source().starts_with("**") {
        return;
    }
    let Some(before) = node.previous_sibling().filter(|n| n.kind() == Kind::Text && n.span().end == start)
    else {
        return;
    };
    // the delimiter and what it should close may be texts of their own
    let mut from = start.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = cx.document.slice(Span::new(from, start - 2));
    let line = near.rsplit('\n').next().unwrap_or("");
    let Some((head, label)) = line.rsplit_once("**") else { return };
    let begins_well = head.is_empty() || head.ends_with([' ', '>', '|']);
    let is_label = label.chars().count() <= LONGEST_LABEL
        && label.starts_with(char::is_alphanumeric)
        && label.ends_with([':', '.', ')', '!', '?'])
        && !label.contains(['*', '`', '\\']);
    if before.source().ends_with("**") && begins_well && is_label {
        cx.report(
            Report::new(&INFO, Span::at(start), "a label and the bold behind it are not parted")
                .confidence(0.93)
                .fix(vec![Edit::insert(start, " ")]),
        );
    }
}

/// How many bytes are looked back for a label.
const NEAR: usize = 200;
/// How many characters a label has at most.
const LONGEST_LABEL: usize = 40;

/// One word goes on behind the seam; a word in capitals, or one behind a sign, is another.
fn mended(text: &str, seam: Span) -> Option<Edit> {
    let (left, right) = (before(text, seam.start)?, behind(text, seam.end)?);
    let is_blank = |c: char| c == ' ' || c == '\u{a0}';
    let is_word = char::is_alphanumeric;
    // longer runs rate something, or hide it
    if left == '*' || right == '*' {
        return None;
    }
    if is_word(left) && is_word(right) {
        let is_new = left.is_lowercase() && right.is_uppercase();
        return Some(if is_new { Edit::replace(seam, " ") } else { Edit::remove(seam) });
    }
    if is_blank(left) && is_word(right) || is_word(left) && is_blank(right) {
        return Some(Edit::remove(seam));
    }
    let ends = matches!(left, ':' | '.' | ',' | ';' | '!' | '?' | ')');
    (ends && is_word(right)).then(|| Edit::replace(seam, " "))
}
