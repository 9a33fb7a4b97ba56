//! BP133: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::{self, Holds};
use crate::boilerplate::links::address;
use crate::boilerplate::look::first_link;
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::stems::COMMENT_LOADERS;
use crate::boilerplate::subjects::text_round;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, last_of_run, removal, removed};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct CommentWidget;

static INFO: Info = Info {
    code: "BP133",
    name: "comment-widget",
    summary: "the place of a comment thread, and its loader",
    phase: Phase::Structure,
    kinds: &[Kind::Element, Kind::Paragraph, Kind::Link, Kind::Comment],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp133_comment_widget.md"),
};

impl Rule for CommentWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS.or(Signs::words(&[Use::Comments, Use::CommentForm])), LONGEST_NOTICE)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let perhaps = match node.kind() {
            Kind::Element => {
                matches!(node.tag(), Tag::Script | Tag::Noscript)
                    || node.tag() == Tag::P && cx.look(node).words.is_any(&[Use::CommentForm])
                    || cx.holds(node) == Some(Holds::Comments)
            }
            Kind::Paragraph => {
                let look = cx.look(node);
                look.is_short(LONGEST) && look.words.is_any(&[Use::Comments])
                    || look.links == 1
                        && look.is_short(LONGEST_MARKS)
                        && first_link(node).is_some_and(leads_to_comments)
                    || look.is_short(LONGEST_NOTICE) && look.words.is_any(&[Use::CommentForm])
            }
            Kind::Link => node.is_html(),
            _ => true,
        };
        if !perhaps {
            return;
        }
        let Some(evidence) = part(node) else { return };
        if let Some(last) = last_of_run(node, |n| part(n).is_some()) {
            let (first, last, is_whole) =
                if evidence == FORM { with_title_and_labels(node, last) } else { (node, last, false) };
            let report = removed(&INFO, first, last, "what is left of a comment thread", evidence);
            // sites put words of their own into their forms; a text on forms may quote a sentence of one
            let is_form = (evidence == FORM || evidence == FORM_BY_ID) && !is_whole;
            if let Some(report) = report.map(|r| if is_form { r.needs_review() } else { r }) {
                cx.report(report);
            }
        }
    }
}

/// The most text that is left of a thread, in bytes.
const LONGEST: usize = 160;
/// The most text of a form's notice.
const LONGEST_NOTICE: usize = 400;

/// The evidence, if a node is part of a thread.
fn part(node: NodeRef<'_>) -> Option<&'static str> {
    match node.kind() {
        Kind::Comment => {
            if node.span().len() >= 120 || memchr::memchr2(b'q', b'Q', node.source().as_bytes()).is_none() {
                return None;
            }
            let text = node.source().to_ascii_lowercase();
            let marks = text.contains("disqus")
                && ["end", "begin", "comments"].iter().any(|word| text.contains(word));
            marks.then_some("a comment of a comment service")
        }
        Kind::Link => {
            let named = node.is_html()
                && (node
                    .attribute("class")
                    .is_some_and(|c| c.value.contains("dsq-") || c.value == "hc-link")
                    || node.attribute("id").is_some_and(|id| id.value == "mc-link"));
            named.then_some("a link of a comment service")
        }
        Kind::Element if node.tag() == Tag::P && is_form_notice(node) => Some(FORM),
        Kind::Paragraph if is_form_notice(node) => Some(FORM),
        Kind::Element if matches!(node.tag(), Tag::Script | Tag::Noscript) => {
            loads_comments(node).then_some("the loader of a comment service")
        }
        Kind::Element => {
            if containers::holds(node) != Some(Holds::Comments) || !is_short(node, LONGEST) {
                return None;
            }
            let shape = Shape::of(node);
            let words = shape.outside.chars().any(char::is_alphanumeric)
                && !words::is(&shape.all_words(), Use::Comments);
            if is_form_text(&shape, &[Use::CommentForm, Use::CommentFormMore]) {
                return Some(FORM_BY_ID);
            }
            let empty = !shape.other
                && shape.pictures == 0
                && shape.links.iter().all(|l| is_of_service(*l))
                && !(shape.links.is_empty() && words);
            empty.then_some("the id of a comment service")
        }
        Kind::Paragraph if node.span().len() >= 8 && is_short(node, LONGEST) => {
            let shape = Shape::of(node);
            // in a list it is an entry of the contents
            if node.parent().is_none_or(|p| p.kind() != Kind::Item) && is_link_to_comments(&shape) {
                return Some("a link to the comments alone");
            }
            (!shape.other && words::is(&shape.all_words(), Use::Comments))
                .then_some("the words of a comment service")
        }
        _ => None,
    }
}

/// The most text beside a link to the comments, in bytes: arrows.
const LONGEST_MARKS: usize = 12;

/// Whether a block is a link to the comments of the page alone, and says so: «[Leave a comment](…/comments)».
fn is_link_to_comments(shape: &Shape<'_>) -> bool {
    let says = |link: &NodeRef<'_>| {
        let text = words::folded(&link.words());
        let counted = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '));
        words::is_any(&text, &[Use::CommentForm, Use::CommentFormMore, Use::Comments])
            || counted.len() < text.len() && words::is(counted, Use::CommentFormMore)
    };
    shape.is_words_and_links()
        && !shape.outside.contains(char::is_alphanumeric)
        && matches!(shape.links.as_slice(), [link] if leads_to_comments(*link) && says(link))
}

/// Whether an address ends as those of comments do: `/comments`, `#respond`.
fn leads_to_comments(link: NodeRef<'_>) -> bool {
    let url = address(link);
    // most addresses have neither a place nor that name
    if memchr::memchr(b'#', url.as_bytes()).is_none() && !url.contains("comments") {
        return false;
    }
    let view = UrlView::parse(&url);
    const PLACES: [&str; 8] = [
        "comments",
        "respond",
        "disqus_thread",
        "comment-form",
        "postcomments",
        "reply",
        "commentform",
        "leave-a-comment",
    ];
    let is_place = |name: &str| PLACES.iter().any(|place| name.eq_ignore_ascii_case(place));
    view.fragment.is_some_and(is_place)
        || view.path.trim_end_matches('/').rsplit('/').next().is_some_and(|last| last == "comments")
}

/// The evidence for the words of a form.
const FORM: &str = "the words of a comment form";
/// The evidence for its element.
const FORM_BY_ID: &str = "the id of a comment form";

/// Whether a paragraph is a sentence that comment forms alone have, with others of theirs: «Your email address will not be
/// published. Required fields are marked *».
fn is_form_notice(paragraph: NodeRef<'_>) -> bool {
    let stands_alone = paragraph.parent().is_some_and(|p| matches!(p.kind(), Kind::Root | Kind::Element));
    if !stands_alone || paragraph.span().len() > 900 || !is_short(paragraph, LONGEST_NOTICE) {
        return false;
    }
    let shape = Shape::of(paragraph);
    sentences(&shape.outside).chain(sentences(&shape.all_words())).any(|s| words::is(&s, Use::CommentForm))
        && is_form_text(&shape, &[Use::CommentForm, Use::CommentFormMore])
}

/// Whether nothing but sentences for `what` is in a block and in its links, and at least one.
fn is_form_text(shape: &Shape<'_>, what: &[Use]) -> bool {
    let fit = |s: String| words::is_any(&s, what);
    let in_links = shape.links.iter().map(|l| words::folded(&l.words())).filter(|text| !text.is_empty());
    let mut all = sentences(&shape.outside).chain(in_links).peekable();
    !shape.other
        && shape.pictures == 0
        && all.peek().is_some()
        // «You must be [logged in] to post a comment»
        && (all.all(fit) || !shape.links.is_empty() && sentences(&shape.all_words()).all(fit))
}

/// The sentences of a text, folded, without the stars that mark required fields.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split(['.', '。', '!', '！', '؟', '।', '\n', LINK])
        .map(|sentence| words::folded(&sentence.replace(['*', '＊'], "")))
        .filter(|sentence| !sentence.is_empty())
}

/// The run with the title of its form above (over labels of fields), and the labels below; and whether so much of the form is there that
/// it is nothing else: two labels of fields and no heading, which may be the author's own, or a heading with the form's link.
fn with_title_and_labels<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> (NodeRef<'a>, NodeRef<'a>, bool) {
    let heading = |n: &NodeRef<'_>| n.kind() == Kind::Heading || is_heading(n.tag());
    let mut above = removal::above(first)
        .take(6)
        .take_while(|n| (heading(n) || n.kind() == Kind::Paragraph) && is_of_form(*n))
        .peekable();
    // «Comment», «Name» may be words of the article, «Leave a reply» is a title
    let near = above.peek().copied().filter(|n| has_words(*n));
    let title = above.find(heading).or(near);
    let labels = removal::below(last)
        .take(12)
        .take_while(|n| n.kind() == Kind::Paragraph && (is_of_form(*n) || n.source().trim() == "Δ"));
    let labels: Vec<NodeRef<'a>> = labels.collect();
    let (top, end) = (title.unwrap_or(first), labels.last().copied().unwrap_or(last));
    let has_title = title.is_some_and(|t| heading(&t));
    let is_certain = if has_title { title.is_some_and(holds_form_link) } else { labels.len() >= 2 };
    let is_whole = is_certain && !is_announced(top) && !speaks_of_forms(first, top, end);
    (top, end, is_whole)
}

/// Whether a title has the link that takes a reply back: «Leave a Reply [Cancel reply](…#respond)».
fn holds_form_link(title: NodeRef<'_>) -> bool {
    title.descendants().any(|n| n.kind() == Kind::Link && address(n).ends_with("#respond"))
}

/// Whether the block above one says that an example follows.
fn is_announced(block: NodeRef<'_>) -> bool {
    removal::previous(block).is_some_and(|p| p.kind() == Kind::Paragraph && announces(p))
}

/// Whether the words of a form's notice stand elsewhere in the text too, or it is too long to tell: then it may be about forms.
fn speaks_of_forms(notice: NodeRef<'_>, first: NodeRef<'_>, last: NodeRef<'_>) -> bool {
    let Some(parts) = text_round(first, last) else { return true };
    let shape = Shape::of(notice);
    let Some(says) = sentences(&shape.outside).find(|s| words::is(s, Use::CommentForm)) else { return false };
    parts.iter().any(|part| part.to_lowercase().contains(&says))
}

/// Whether a block is a title of a comment form or labels of its fields: «Leave a reply», «Name Email».
fn is_of_form(block: NodeRef<'_>) -> bool {
    if block.span().len() >= 200 || !is_short(block, 80) {
        return false;
    }
    let shape = Shape::of(block);
    let labels = || {
        let text = words::folded(&shape.outside.replace('*', ""));
        !text.is_empty() && text.split(' ').all(|word| words::is(word, Use::CommentFormMore))
    };
    is_form_text(&shape, &[Use::CommentForm, Use::CommentFormMore]) || shape.is_plain() && labels()
}

/// Whether a block has more than a word.
fn has_words(block: NodeRef<'_>) -> bool {
    let text = words::folded(&Shape::of(block).outside);
    text.contains(' ') || text.chars().filter(|c| !c.is_ascii()).count() >= 4
}

fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

fn is_of_service(link: NodeRef<'_>) -> bool {
    address(link).contains("disqus") || words::is(&words::folded(&link.words()), Use::Comments)
}

fn loads_comments(node: NodeRef<'_>) -> bool {
    let source = node.source();
    if source.len() > 8000 {
        return false;
    }
    COMMENT_LOADERS.is_in(source)
}
