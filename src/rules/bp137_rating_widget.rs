//! BP137: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::feedback_form;
use crate::boilerplate::fold::is_letter;
use crate::boilerplate::links::{Purpose, address};
use crate::boilerplate::lists;
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, is_among_the_last, removal, removed, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct RatingWidget;

static INFO: Info = Info {
    code: "BP137",
    name: "rating-widget",
    summary: "a question for a rating, with nothing but its buttons",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp137_rating_widget.md"),
};

impl Rule for RatingWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Rating]).or(Signs::DIGITS), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Heading {
            as_heading(node, cx);
            return;
        }
        if node.kind() == Kind::Element {
            if cx.holds(node) == Some(Holds::Rating) && is_short(node, 160) {
                let shape = Shape::of(node);
                let away = shape
                    .purposes(cx)
                    .any(|p| matches!(p, Purpose::Page | Purpose::RootPage | Purpose::Near));
                if !shape.other && !away && shape.pieces().iter().all(|p| is_rating_text(p)) {
                    // the author's own verdict, or advice
                    let asks = !shape.links.is_empty()
                        || shape.fields > 0
                        || !shape.scripts.is_empty()
                        || shape.pictures > 1
                        || shape.pieces().iter().any(|p| is_of_readers(p))
                        || shape.pieces().is_empty();
                    if !asks {
                        doubt(node, node, cx);
                        return;
                    }
                    report(cx, &INFO, node, node, "a rating widget", "a class of a rating plug-in");
                }
            }
            return;
        }
        if node.span().len() > LONGEST_SOURCE {
            return;
        }
        let look = *cx.look(node);
        if look.is_short(LONGEST) && are_stars(node) {
            let last = removal::next(node).filter(|next| are_stars(*next));
            report(cx, &INFO, node, last.unwrap_or(node), "a rating widget", "the stars of a rating plug-in");
            return;
        }
        if !look.is_short(LONGEST)
            || !look.outside.is_any(&[Use::Rating])
            || node.parent().is_some_and(|p| p.kind() == Kind::Item)
        {
            return;
        }
        let shape = Shape::of(node);
        if is_result(&shape, cx) && !removal::previous(node).is_some_and(announces) {
            report(
                cx,
                &INFO,
                node,
                node,
                "a rating widget",
                "it asks for a rating and counts those that were given",
            );
            return;
        }
        let question = words::is(&shape.label(), Use::Rating)
            || shape.links.is_empty()
                && words::is(&words::folded(shape.outside.lines().next().unwrap_or("")), Use::Rating);
        let average = || {
            shape.links.is_empty()
                && words::is_like(&words::folded(&shape.outside), Use::Rating, |part| {
                    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
                })
        };
        if shape.is_words_and_links() && average() {
            report(cx, &INFO, node, node, "a rating widget", "the average and the votes of a rating widget");
            return;
        }
        let rest = || shape.pieces().iter().all(|p| is_rating_text(p));
        if shape.is_words_and_links() && question && are_buttons(&shape, cx) && rest() {
            let last = removal::next(node)
                .filter(|next| shape.links.is_empty() && is_buttons(*next, cx))
                .or_else(|| answers_below(node).filter(|_| shape.links.is_empty()));
            // a question of a talk, a form, a questionnaire
            let is_thanked = || removal::next(node).is_some_and(thanks);
            let form = feedback_form::last_block_below(last.unwrap_or(node)).or_else(|| {
                // the answers are lines of it, too
                feedback_form::last_block_below(node)
            });
            let last = form.or(last);
            let is_alone = last.is_none() && shape.links.is_empty() && shape.pieces().len() < 2;
            let is_shown = || removal::previous(node).is_some_and(announces);
            if is_alone && (is_shown() || !is_among_the_last(node) && !is_thanked()) {
                doubt(node, node, cx);
                return;
            }
            report(
                cx,
                &INFO,
                node,
                last.unwrap_or(node),
                "a rating widget",
                "the words of a rating widget, and nothing else",
            );
        }
    }
}

/// A heading that asks the question, above the form or its answers.
fn as_heading(heading: NodeRef<'_>, cx: &mut Context<'_>) {
    let source = heading.source().trim_end();
    if source.len() > LONGEST || !source.ends_with(['?', '？', '؟']) {
        return;
    }
    if !words::is(&words::folded(&heading.words()), Use::Rating) {
        return;
    }
    let last = feedback_form::last_block_below(heading).or_else(|| answers_below(heading));
    if let Some(last) = last {
        report(cx, &INFO, heading, last, "a rating widget", "a heading that asks, and the lines of a form");
    }
}

/// Whether a block asks for a rating and says what others gave, and how many they are: `Rate this article: ★★★★★ 4.6/5 (123 votes)`.
fn is_result(shape: &Shape<'_>, cx: &Context<'_>) -> bool {
    if !shape.is_words_and_links() || shape.purposes(cx).any(|p| p != Purpose::Nowhere) {
        return false;
    }
    let text = shape.outside.trim();
    let is_star = |c: char| matches!(c, '★' | '☆' | '⭐' | '✩' | '✭' | '✰' | LINK);
    let end = text.find(|c: char| is_star(c) || matches!(c, ':' | '：' | '\n' | '(') || c.is_ascii_digit());
    let Some((label, result)) = end.and_then(|end| text.split_at_checked(end)) else { return false };
    let label = words::folded(label);
    if !words::is(&label, Use::Rating) || lists::names_rating(&label) {
        return false;
    }
    let mut numbers = result.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let has_number = numbers.next().is_some();
    let is_graded = result.contains(is_star) || result.contains('/') && numbers.next().is_some();
    let mut said = result
        .split(|c: char| !is_letter(c) || c.is_ascii_digit())
        .map(words::folded)
        .filter(|w| !w.is_empty());
    let are_votes = |word: String| lists::speaks_of_votes(&word) || word.chars().count() <= SHORT;
    has_number && is_graded && said.by_ref().take(MOST_OF_RESULT).all(are_votes) && said.next().is_none()
}

/// The most words of a result, and how long one is that says nothing, in characters.
const MOST_OF_RESULT: usize = 6;
const SHORT: usize = 3;

/// Reports what may be a rating widget or the article's.
fn doubt(first: NodeRef<'_>, last: NodeRef<'_>, cx: &mut Context<'_>) {
    let (what, evidence) = ("a rating widget", "the words of a rating, with nothing to click on");
    let report = removed(&INFO, first, last, what, evidence);
    if let Some(report) = report {
        cx.report(report.confidence(0.5).needs_review());
    }
}

/// Whether a piece of text counts what readers gave, or asks for it.
fn is_of_readers(piece: &str) -> bool {
    words::is(piece, Use::Rating) || lists::speaks_of_votes(piece) || piece.contains(['(', '（'])
}

/// Whether a short paragraph thanks for an answer.
fn thanks(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph && block.span().len() <= 80 && {
        let words = words::folded(&block.words());
        lists::thanks(&words)
    }
}

/// Whether a paragraph is nothing but links of a word that lead nowhere: «Yes», «No».
fn is_buttons(node: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if node.kind() != Kind::Paragraph || node.span().len() > 200 {
        return false;
    }
    let shape = Shape::of(node);
    !shape.other
        && shape.pictures == 0
        && !shape.links.is_empty()
        && !shape.outside.chars().any(char::is_alphanumeric)
        && are_buttons(&shape, cx)
}

/// Whether a paragraph begins with the pictures of a rating plug-in and has no more than the votes beside them.
fn are_stars(node: NodeRef<'_>) -> bool {
    let is_plugins = |image: NodeRef<'_>| {
        let address = address(image).to_ascii_lowercase();
        address.contains("/plugins/") && address.contains("rating")
    };
    let begins = node.children().next().is_some_and(|n| n.kind() == Kind::Image && is_plugins(n));
    if node.kind() != Kind::Paragraph || !begins {
        return false;
    }
    let shape = Shape::of(node);
    shape.links.is_empty()
        && !shape.other
        && shape.fields == 0
        && shape.outside.len() <= 100
        && shape.outside.lines().filter(|line| line.contains(char::is_alphanumeric)).count() <= 1
        && node.descendants().filter(|n| n.kind() == Kind::Image).all(is_plugins)
}

/// The last of the paragraphs below a question that are nothing but its answers: what buttons leave as text. There are two of them at the
/// most: «Yes No», «YesNo», «Yes» above «No».
fn answers_below<'a>(question: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let first = removal::next(question)?;
    match answers(first)? {
        1 => Some(removal::next(first).filter(|second| answers(*second) == Some(1)).unwrap_or(first)),
        _ => Some(first),
    }
}

/// How many answers a paragraph is, one or two, if it is nothing else.
fn answers(node: NodeRef<'_>) -> Option<usize> {
    let source = node.source().trim();
    if node.kind() != Kind::Paragraph
        || source.len() > 40
        || source.ends_with(['.', '!', '?', '。', '！', '？'])
    {
        return None;
    }
    let mut count = 0;
    for word in source.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()) {
        let word = words::folded(word);
        count += if lists::answers(&word) { 1 } else { 2 };
        // two may be glued together
        if count > 2 || !lists::answers(&word) && !are_glued_answers(&word) {
            return None;
        }
    }
    (count > 0).then_some(count)
}

/// Whether a word is two answers: «yesno».
fn are_glued_answers(word: &str) -> bool {
    word.char_indices().skip(1).any(|(at, _)| lists::answers(&word[..at]) && lists::answers(&word[at..]))
}

/// Whether the links are of a word each and lead nowhere.
fn are_buttons(shape: &Shape<'_>, cx: &Context<'_>) -> bool {
    shape.links.iter().zip(shape.purposes(cx)).all(|(link, purpose)| {
        (purpose == Purpose::Nowhere || address(*link).starts_with('#')) && link.words().chars().count() <= 12
    })
}

/// The most bytes of a widget, with the addresses of its pictures.
const LONGEST_SOURCE: usize = 1000;
/// The most text of a question outside of its buttons, in bytes.
const LONGEST: usize = 120;

fn is_rating_text(piece: &str) -> bool {
    words::is(piece, Use::Rating)
        || piece.chars().count() <= 10
        || piece.chars().filter(char::is_ascii_digit).count() * 3 >= piece.len()
        || piece.len() < 60
            && (piece.starts_with("average") || piece.starts_with("vote") || piece.starts_with("rating"))
}
