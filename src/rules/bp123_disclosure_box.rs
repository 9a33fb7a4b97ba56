//! BP123: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::announces;
use crate::boilerplate::lists;
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::removal;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::subjects::{Subject, Subjects};
use crate::boilerplate::words;
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct DisclosureBox;

static INFO: Info = Info {
    code: "BP123",
    name: "disclosure-box",
    summary: "a block that says that links earn money",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Quote, Kind::Heading, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp123_disclosure_box.md"),
};

impl Rule for DisclosureBox {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::DISCLOSURE, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let quote = node.kind() == Kind::Quote;
        if node.kind() == Kind::Element
            && !(node.has(Flags::IN_BLOCK)
                && matches!(node.tag(), Tag::P | Tag::Div | Tag::Aside | Tag::Blockquote))
        {
            return;
        }
        // the title of a section is no sentence
        if node.span().len() < if node.kind() == Kind::Heading { SENTENCE } else { 16 }
            || !cx.stems(node).disclosure
            || !cx.look(node).is_short(if quote { 900 } else { LONGEST })
            || node.parent().is_some_and(|p| p.kind() == Kind::Item)
        {
            return;
        }
        let shape = Shape::of(node);
        let text = shape.all_words();
        let is_footer = lists::is_footer_of_products(&text);
        if !is_footer && !words::discloses(&text) {
            return;
        }
        if shape.other || shape.links.len() > 3 || shape.fields > 0 {
            return;
        }
        let set_off = quote
            || is_footer
            || is_emphasised(node)
            || begins_with_label(&text)
            || is_note(node.source())
            || is_in_brackets(node.source())
            || node.parent().is_some_and(|p| p.kind() == Kind::Quote || p.tag() == Tag::Blockquote);
        let short = text.chars().count() <= if set_off { 600 } else { 260 };
        let is_box = short
            && (set_off
                || node.kind() != Kind::Heading
                    && words::discloses(words::first_words(&text, 10))
                    && is_at_an_edge(node));
        if !is_box {
            // the quote reports for what is in it
            if !quote && node.kind() == Kind::Paragraph {
                cx.report(
                    Report::new(&INFO, node.span(), "a disclosure in the article's own words")
                        .confidence(0.3)
                        .note(),
                );
            }
            return;
        }
        let (what, evidence) =
            ("a disclosure of affiliate links", "the words of a disclosure, and nothing else");
        // what stands in the same paragraph or quote may be the article's
        let pieces = pieces::pieces(node);
        let Some(part) = pieces::stretch(&pieces, &|piece| says(piece, set_off)) else { return };
        let is_all = part.is_all(&pieces);
        if !is_all && removal::blocks_in(node).nth(1).is_some() {
            // they are looked at one by one
            return;
        }
        // a sentence among others in its line is the article's own
        if pieces::shares_line(&pieces, part) {
            return;
        }
        let subject = cx.gathered::<Subjects>().elsewhere(Subject::Affiliates, node);
        let is_example = || {
            is_cited(node)
                && !begins_with_label(&text)
                && (subject >= SUBJECT_OF_EXAMPLES || is_announced(node))
        };
        if !is_footer && (subject >= SUBJECT || is_example()) {
            let Some((span, edits)) = removal::remove(node, node).filter(|_| is_all) else { return };
            cx.report(
                Report::new(&INFO, span, what)
                    .because("the text has affiliate links as its subject")
                    .confidence(0.4)
                    .fix(edits)
                    .needs_review(),
            );
            return;
        }
        if let Some(report) = pieces::removed_stretch(&INFO, node, node, &pieces, part, what, evidence) {
            cx.report(report);
        }
    }
}

/// Whether a piece is of a disclosure: it discloses, is its label, or thanks; in the line of one that does it may speak of links and of
/// itself, and where the line is `set_off` say anything.
fn says(piece: &Piece<'_>, set_off: bool) -> Says {
    let text = &piece.words;
    if piece.is_picture {
        Says::Else
    } else if lists::is_footer_of_products(text)
        || words::discloses(text)
        || lists::is_disclosure_label(text)
        || lists::thanks(text)
    {
        Says::It
    } else if set_off || lists::speaks_of_itself(text) || lists::speaks_of_links(text) {
        Says::Perhaps
    } else {
        Says::Else
    }
}

/// From how many bytes on a heading may be a disclosure in small letters.
const SENTENCE: usize = 80;

/// From how many mentions elsewhere on affiliate links are a text's subject.
const SUBJECT: usize = 7;
/// How often a text whose subject they are says so that cites an example.
const SUBJECT_OF_EXAMPLES: usize = 2;

/// Whether a block is cited amid a text: it stands in a quote, or between quotation marks, and the text goes on.
fn is_cited(node: NodeRef<'_>) -> bool {
    let is_quote = |n: NodeRef<'_>| n.kind() == Kind::Quote || n.tag() == Tag::Blockquote;
    let outer = node.parent().filter(|p| is_quote(*p)).unwrap_or(node);
    let is_in_marks = || node.source().trim_start().starts_with(['"', '“', '„', '«', '「']);
    (is_quote(outer) || is_in_marks()) && !is_at_an_edge(outer)
}

/// Whether the text says that what is cited follows.
fn is_announced(node: NodeRef<'_>) -> bool {
    let outer = node.parent().filter(|p| p.kind() != Kind::Root).unwrap_or(node);
    removal::previous(outer).is_some_and(|p| p.kind() == Kind::Paragraph && announces(p))
}

/// Whether a paragraph is emphasised as a whole.
fn is_emphasised(node: NodeRef<'_>) -> bool {
    removal::only_shown(node).is_some_and(|c| {
        matches!(c.kind(), Kind::Emphasis | Kind::Strong)
            || c.kind() == Kind::Element
                && matches!(c.tag(), Tag::Em | Tag::I | Tag::Small | Tag::Strong | Tag::B)
    })
}

fn is_in_brackets(source: &str) -> bool {
    let source = source.trim_matches(['*', '_', ' ']);
    let opens = source.starts_with(['(', '[', '（', '"', '“', '「']);
    opens && source.trim_end_matches('.').ends_with([')', ']', '）', '"', '”', '」'])
}

/// Whether a text is a note by the mark that it begins with: `※`, `\*`.
fn is_note(source: &str) -> bool {
    source.trim_start().starts_with(['※', '＊']) || source.trim_start().starts_with("\\*")
}

/// `Disclosure:`, `Hinweis:`.
fn begins_with_label(text: &str) -> bool {
    text.split_once([':', '：', '—', '–', '-'])
        .is_some_and(|(label, _)| lists::is_disclosure_label(label.trim()))
}

/// The most text of a disclosure outside of its links, in bytes.
const LONGEST: usize = 2000;

/// Whether a block is the first or last one, or stands beside a break: where disclosures that are no prose stand.
fn is_at_an_edge(node: NodeRef<'_>) -> bool {
    let edge = |n: Option<NodeRef<'_>>| n.is_none_or(|n| n.kind() == Kind::Break);
    let first = removal::previous(node).is_none_or(|p| {
        p.kind() == Kind::Break || p.kind() == Kind::Heading && removal::previous(p).is_none()
    });
    first || edge(removal::next(node))
}
