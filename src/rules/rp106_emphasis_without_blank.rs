//! RP106: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{before, behind, is_letter, letters_before, letters_behind};
use crate::repair::flanking::{Mended, Pair, has_word, pairs};
use crate::repair::habits::Habits;
use crate::repair::unspaced::{moved_behind, parted};
use crate::script::{has_blanks, is_unspaced};
use crate::span::Span;

pub(super) struct EmphasisWithoutBlank;

static INFO: Info = Info {
    code: "RP106",
    name: "emphasis-without-blank",
    summary: "delimiters that make no emphasis for want of a blank: `**Note:**text`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell, Kind::Strong],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp106_emphasis_without_blank.md"),
};

impl Rule for EmphasisWithoutBlank {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::STAR.or(Marks::LOW_LINE_OR_CARET))
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Strong {
            label_around_bold(node, cx);
            return;
        }
        if !cx.has_delimiters(node) {
            return;
        }
        let bytes = node.source().as_bytes();
        bold_colon(node, cx);
        for byte in [b'*', b'_'] {
            let Some(first) = memchr::memchr(byte, bytes) else { continue };
            // nothing to pair with
            if memchr::memrchr(byte, bytes) == Some(first) {
                continue;
            }
            for pair in pairs(node, byte) {
                let mended = pair.mended().filter(|m| m.blank_inside == [false, false]);
                let put = mended.filter(|m| is_meant(&pair, m, cx)).map(|m| m.edits);
                if let Some(edits) = put.or_else(|| parted(&pair)) {
                    cx.report(
                        Report::new(
                            &INFO,
                            Span::new(pair.open.span.start, pair.close.span.end),
                            "without a blank beside them the delimiters make no emphasis",
                        )
                        .confidence(0.9)
                        .fix(edits),
                    );
                }
            }
        }
    }
}

/// `**注意：**请先**保存**，`: the end of a label taken for the start of bold in bold that ends with the next one.
fn label_around_bold(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let mut children = node.children();
    let (Some(label), Some(bold)) = (children.next(), children.next()) else { return };
    if label.kind() != Kind::Text || bold.kind() != Kind::Strong || node.is_html() || bold.is_html() {
        return;
    }
    let text = cx.document.text;
    let opening = Span::new(bold.span().start, bold.span().start + 2);
    let beside = [
        behind(text, opening.end),
        before(text, bold.span().end.saturating_sub(2)),
        behind(text, bold.span().end),
    ];
    let is_word = |c: &Option<char>| c.is_some_and(char::is_alphanumeric);
    if cx.document.slice(opening) != "**"
        || !beside.iter().all(is_word)
        || label.source().chars().count() > 40
    {
        return;
    }
    let Some(mark) = moved_behind(label.source()).filter(|m| matches!(*m, ":" | "：")) else { return };
    let stays = label.source().get(..label.source().len() - mark.len()).and_then(|l| l.chars().next_back());
    if !stays.is_some_and(char::is_alphanumeric) {
        return;
    }
    let spaced =
        beside[0].is_some_and(|c| !is_unspaced(c) || has_blanks(c)) && !stays.is_some_and(is_without_blanks);
    let edits = if spaced {
        vec![Edit::insert(opening.end, " ")]
    } else {
        vec![
            Edit::remove(Span::new(opening.start - mark.len(), opening.start)),
            Edit::insert(opening.end, mark),
        ]
    };
    cx.report(
        Report::new(&INFO, node.span(), "the delimiters behind a label do not close its emphasis")
            .confidence(0.9)
            .fix(edits),
    );
}

/// Whether a letter is of a script that puts no blanks behind clauses either.
fn is_without_blanks(letter: char) -> bool {
    is_unspaced(letter) && !has_blanks(letter)
}

/// `**Label** **:**text`: a colon in bold behind a label in bold, glued to the word behind it.
fn bold_colon(node: NodeRef<'_>, cx: &mut Context<'_>) {
    const COLON: &str = "**:**";
    let is_text = |n: &NodeRef<'_>| n.kind() == Kind::Text;
    for text in node.children().filter(is_text) {
        let rest = text.source().trim_start_matches(' ');
        let is_glued = rest.strip_prefix(COLON).is_some_and(|words| words.starts_with(is_letter));
        let is_apart = rest.len() < text.span().len();
        if is_glued && is_apart && text.previous_sibling().is_some_and(|n| n.kind() == Kind::Strong) {
            let start = text.span().end - rest.len();
            let end = start + COLON.len();
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(start, end),
                    "without a blank beside them the delimiters make no emphasis",
                )
                .confidence(0.9)
                .fix(vec![Edit::insert(end, " ")]),
            );
        }
    }
}

/// Whether the delimiters were meant as emphasis: a label, bold in brackets or quotes, words glued to an underscore.
fn is_meant(pair: &Pair<'_>, mended: &Mended, cx: &mut Context<'_>) -> bool {
    let content = pair.document.slice(pair.content());
    if !has_word(content) {
        return false;
    }
    if parts_word(pair, mended, cx) {
        return false;
    }
    let label = pair.leads && content.ends_with(':') && content.chars().count() <= 40 && !mended.blank_put[0];
    if label {
        return true;
    }
    let outside = letters_before(pair.document.text, pair.open.span.start);
    if pair.open.byte == b'_' {
        // `snake_case and more_of it` is told by what stands before it
        return pair.open.span.len() == 1
            && mended.blank_put == [true, false]
            && !outside.is_empty()
            && if content.starts_with(char::is_uppercase) {
                let habits = cx.gathered::<Habits>();
                habits.language(cx.document).is_function_word(outside) || habits.glues()
            } else {
                content.contains(' ') && cx.gathered::<Habits>().glues()
            };
    }
    if pair.open.span.len() < 2 || mended.outer.iter().flatten().any(|c| c.is_numeric()) {
        return false;
    }
    let right = !mended.blank_put[1] || mended.outer[1].is_some_and(is_letter);
    right && (!mended.blank_put[0] || outside.chars().count() >= 2)
}

/// Whether a blank would part what is one word or name: behind an apostrophe, a hyphen, a slash (`**qu'**il`, `**pre-**war`, `**/etc/**passwd`),
/// a dot or colon in a name (`**www.**example.org`, `**xsl:**template`), a mark with an ending behind it (`**Yahoo!**s`), or before one of them.
fn parts_word(pair: &Pair<'_>, mended: &Mended, cx: &mut Context<'_>) -> bool {
    let joins = |c: char| matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '/' | '@' | '_');
    let text = cx.document.text;
    let content = pair.document.slice(pair.content());
    let is_quoted = content.starts_with(['\'', '‘', '’']) && content.ends_with(['\'', '’']);
    let wrapped = content.starts_with('_') && content.ends_with('_');
    if mended.blank_put[0] && !is_quoted && begins_joined(content) {
        let outside = letters_before(text, pair.open.span.start);
        let habits = cx.gathered::<Habits>();
        if !habits.language(cx.document).is_function_word(outside) && !habits.glues() {
            return true;
        }
    }
    let Some(last) = content.chars().next_back().filter(|_| mended.blank_put[1]) else { return false };
    let head = content.strip_suffix(last).unwrap_or("");
    let behind = text.get(pair.close.span.end..).unwrap_or("");
    let tail = letters_behind(behind, 0);
    let small = head.ends_with(char::is_lowercase) && tail.starts_with(char::is_lowercase);
    match last {
        c if joins(c) => !is_quoted && !wrapped,
        ':' if head.ends_with(':') => true,
        ':' => small && !pair.leads && head.chars().all(char::is_lowercase),
        '.' => small && begins_with_address(behind),
        '!' | '?' => {
            head.ends_with(is_letter)
                && tail.chars().all(char::is_lowercase)
                && tail.chars().nth(2).is_none()
                && !cx.gathered::<Habits>().language(cx.document).is_function_word(tail)
        }
        _ => false,
    }
}

/// Whether `text` begins with a token that has a dot, a bracket or a slash in it.
fn begins_with_address(text: &str) -> bool {
    let token = text.split(char::is_whitespace).next().unwrap_or("");
    token.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).contains(['.', '(', '/'])
}

/// Whether `content` goes on a word before it: `non**-linear**`, `and**/or**`; not `use**/etc/hosts**`.
fn begins_joined(content: &str) -> bool {
    let mut chars = content.chars();
    match chars.next() {
        Some('\'' | '’' | '-' | '\u{2010}' | '\u{2011}') => chars.next().is_some_and(is_letter),
        Some('/') => chars.all(is_letter),
        _ => false,
    }
}
