//! BP163: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::lists::{Told, told_by_reader};
use crate::boilerplate::{certain, removal, words};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::links::key;
use crate::span::Span;

pub(super) struct ReaderHeader;

static INFO: Info = Info {
    code: "BP163",
    name: "reader-header",
    summary: "the lines that a program which reads pages writes above their text",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp163_reader_header.md"),
};

/// How many lines such a header has at the most.
const MOST_LINES: usize = 6;
/// The longest label, in bytes.
const LONGEST_LABEL: usize = 20;

impl Rule for ReaderHeader {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(first) = node.children().find(|n| !removal::is_nothing(*n)) else { return };
        let lines: Vec<_> = header(first).collect();
        let is_told = |told| lines.iter().any(|(_, line)| line.told == told);
        let Some((last, text)) = lines.last().filter(|(_, line)| line.told == Told::Text) else { return };
        if !is_told(Told::Address) {
            return;
        }
        // a title that stands nowhere else stays
        let has_title = |n: NodeRef<'_>, title| {
            // the heading may begin with the label
            let label = if n.id == last.id { text.end - n.span().start } else { 0 };
            n.id >= last.id && has_title(n, label, title)
        };
        let from = lines.iter().position(|(_, line)| {
            line.told != Told::Title || node.children().any(|n| has_title(n, line.value))
        });
        let Some((begin, _)) = from.and_then(|from| lines.get(from)) else { return };
        let start = begin.span().start;
        let behind = cx.document.text.get(text.end..).unwrap_or("");
        // the blank lines go, the indent of the text stays
        let blank = behind.len() - behind.trim_start().len();
        let lines_end = behind.get(..blank).and_then(|blank| blank.rfind('\n')).map_or(blank, |at| at + 1);
        let end = text.end + lines_end;
        let span = Span::new(start, end);
        let why = "its last line says that the text follows";
        cx.report(certain(
            &INFO,
            span,
            "the header of a program that reads pages",
            why,
            vec![Edit::remove(span)],
        ));
    }
}

/// A line of such a header.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    told: Told,
    /// What stands behind the label.
    value: &'a str,
    /// The byte behind it.
    end: usize,
}

/// The blocks from `first` on that are lines of such a header, up to the one that says that the text follows.
fn header<'a>(first: NodeRef<'a>) -> impl Iterator<Item = (NodeRef<'a>, Line<'a>)> {
    let mut is_over = false;
    std::iter::once(first).chain(removal::below(first)).take(MOST_LINES).map_while(move |block| {
        if std::mem::replace(&mut is_over, true) {
            return None;
        }
        let line = line(block)?;
        is_over = line.told == Told::Text;
        Some((block, line))
    })
}

/// The line that `block` is; what the text follows may have its first lines behind the label.
fn line<'a>(block: NodeRef<'a>) -> Option<Line<'a>> {
    if !matches!(block.kind(), Kind::Paragraph | Kind::Heading) {
        return None;
    }
    let source = block.source();
    let end = source.find('\n').unwrap_or(source.len());
    let line = source.get(..end)?;
    let (label, value) = line.split_once(':').filter(|(label, _)| label.len() <= LONGEST_LABEL)?;
    let told = told_by_reader(&words::folded(label))?;
    let value = value.trim();
    let is_sound = match told {
        Told::Address => value.starts_with("http"),
        Told::Text => value.is_empty(),
        Told::Title | Told::Fact => !value.is_empty(),
    };
    let is_alone = told == Told::Text || source.trim_end().len() <= end;
    (is_sound && is_alone).then(|| Line { told, value, end: block.span().start + end })
}

/// Whether a block is a heading or a line with that title, or with all of it but the name of the site, without its first bytes.
fn has_title(block: NodeRef<'_>, without: usize, title: &str) -> bool {
    let own = block.source().get(without..).unwrap_or("");
    if !matches!(block.kind(), Kind::Heading | Kind::Paragraph) || own.len() > 3 * title.len() {
        return false;
    }
    let own = if without == 0 { key(&block.words()) } else { key(own) };
    let title = key(title);
    own == title || block.kind() == Kind::Heading && own.len() * 2 > title.len() && title.starts_with(&own)
}
