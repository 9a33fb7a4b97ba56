//! BP103: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::boilerplate::links::{Purpose, purpose};
use crate::boilerplate::removal;
use crate::boilerplate::stems::POSTS_A_SENTENCE;
use crate::boilerplate::words::{self, Use};
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};

pub(super) struct ClickToTweet;

static INFO: Info = Info {
    code: "BP103",
    name: "click-to-tweet",
    summary: "a sentence of the article made a link that posts it",
    phase: Phase::Content,
    kinds: &[Kind::Link],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp103_click_to_tweet.md"),
};

impl Rule for ClickToTweet {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.has(Flags::REFERENCE) && !POSTS_A_SENTENCE.is_in(node.source()) {
            return;
        }
        let Some(destination) = node.destination() else { return };
        let written = destination.written;
        if !(written.contains("twitter.com/")
            || written.contains("x.com/")
            || written.contains("clicktotweet")
            || written.contains("ctt."))
        {
            return;
        }
        let text = words::folded(&node.words());
        let shares = purpose(node, cx) == Purpose::Share
            || written.contains("clicktotweet.com/")
            || written.contains("//ctt.ec/")
            || written.contains("//ctt.ac/");
        if !shares {
            return;
        }
        if words::is(&text, Use::Share) {
            if is_behind_a_sentence(node, cx)
                && let Some((span, edits)) = removal::remove(node, node)
            {
                cx.report(
                    Report::new(&INFO, span, "the button to post a sentence")
                        .because("it stands behind a sentence, and opens a form to post it")
                        .fix(edits),
                );
            }
            return;
        }
        if words::is_share_text(&text) || !is_sentence(&text) {
            return;
        }
        let (whole, content) = (node.span(), node.content_span());
        if node.is_html() && node.end_tag().is_none() || content.is_empty() || node.has(Flags::REFERENCE) {
            return;
        }
        cx.report(
            Report::new(&INFO, whole, "a sentence that is a link to post it")
                .because("the link opens a form to post the sentence")
                .fix(vec![Edit::remove(whole.start..content.start), Edit::remove(content.end..whole.end)]),
        );
    }
}

/// Whether a link is the last in its block, and a whole sentence (or a link that posts it) stands before it: the object of a
/// sentence («tap [Tweet](…)») is none.
fn is_behind_a_sentence(button: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if removal::next(button).is_some() {
        return false;
    }
    let Some(before) = removal::previous(button) else { return false };
    match before.kind() {
        Kind::Text => before.text().trim_end().ends_with([
            '.', '!', '?', '…', '”', '“', '"', '»', '«', '’', '。', '！', '？', '」', '』', '؟', '।',
        ]),
        Kind::Link => purpose(before, cx) == Purpose::Share && is_sentence(&words::folded(&before.words())),
        _ => false,
    }
}

/// Whether a link's text says more than a button does.
fn is_sentence(text: &str) -> bool {
    text.split(' ').count() >= 5 || text.chars().filter(|c| !c.is_ascii()).count() >= 12
}
