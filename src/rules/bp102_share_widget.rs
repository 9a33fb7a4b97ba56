//! BP102: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::containers::{self, Holds};
use crate::boilerplate::links::Purpose;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::stems::SHARE_COMMENTS;
use crate::boilerplate::torn::Whole;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{certain, is_share_script, label_above, last_of_run, removal, removed, report};
use crate::data::Role;
use crate::document::Document;
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct ShareWidget;

static INFO: Info = Info {
    code: "BP102",
    name: "share-widget",
    summary: "a widget that draws share buttons, with its scripts and comments",
    phase: Phase::Structure,
    kinds: &[Kind::Element, Kind::Link, Kind::Comment],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp102_share_widget.md"),
};

impl Rule for ShareWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let may_be = node.kind() == Kind::Comment || matches!(node.tag(), Tag::Script | Tag::Iframe);
        if !may_be && cx.holds(node) != Some(Holds::Share) {
            return;
        }
        let Some(evidence) = part(node, cx) else {
            if let Some(report) = torn_box(node, cx) {
                cx.report(report);
            }
            return;
        };
        if let Some(last) = last_of_run(node, |n| part(n, cx).is_some()) {
            report(cx, &INFO, label_above(node, Use::Share), last, "a share widget", evidence);
        }
    }
}

/// The evidence, if a node is part of a widget.
fn part(node: NodeRef<'_>, cx: &Context<'_>) -> Option<&'static str> {
    match node.kind() {
        Kind::Comment => is_service_comment(node).then_some("a comment of a share service"),
        Kind::Element if node.tag() == Tag::Script => (is_share_script(node)
            && !serves_embeds(node, node.document))
        .then_some("a script that draws share buttons"),
        Kind::Element if node.tag() == Tag::Iframe => {
            let source = node.attribute_value("src")?;
            (cx.known(&source).role() == Role::Share).then_some("a frame of a share service")
        }
        Kind::Element | Kind::Link => {
            let named = containers::holds(node) == Some(Holds::Share) && !is_torn_open(node);
            (named && is_only_buttons(node, cx)).then_some("a class of a share service")
        }
        _ => None,
    }
}

/// Whether `node` is a start tag whose end tag may read as code.
fn is_torn_open(node: NodeRef<'_>) -> bool {
    node.has(Flags::UNCLOSED) && node.partner().is_none() && Whole::of(node).is_some()
}

/// The report on a box of which a part reads as indented code, because a blank line stands in it.
fn torn_box(node: NodeRef<'_>, cx: &Context<'_>) -> Option<Report> {
    if !matches!(node.kind(), Kind::Element) || containers::holds(node) != Some(Holds::Share) {
        return None;
    }
    let whole = Whole::of(node)?;
    if !is_only_buttons(whole.element()?, cx) {
        return None;
    }
    let (what, evidence) = ("a share widget", "a class of a share service, up to its end tag");
    let end = whole.end()?;
    if !node.has(Flags::UNCLOSED) && end == node.span().end {
        return removed(&INFO, label_above(node, Use::Share), node, what, evidence);
    }
    // the end tag that the parser found is another element's, or it found none
    let (span, edits) = removal::remove_up_to(node, end)?;
    Some(certain(&INFO, span, what, evidence, edits))
}

/// Whether nothing in a container says more than share buttons do.
fn is_only_buttons(node: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if node.kind() == Kind::Link {
        return words::is_share_text(&words::folded(&node.words()));
    }
    if !is_short(node, 300) {
        return false;
    }
    let shape = Shape::of(node);
    let is_known = |piece: &String| words::is_share_text(piece);
    !shape.other
        && (shape.pieces().iter().all(is_known) || containers::is_of_share_plug_in(node) && is_label(&shape))
        && shape.links.iter().zip(shape.purposes(cx)).all(|(link, purpose)| {
            let text = words::folded(&link.words());
            words::is_share_text(&text) || purpose == Purpose::Share && text.len() < 80
        })
}

/// Whether the words outside of links are a label in a language that nobody knows, or those of the like button that plug-ins put beside.
fn is_label(shape: &Shape<'_>) -> bool {
    let pieces = shape.pieces();
    let unknown = pieces.iter().filter(|p| !words::is_share_text(p) && !words::is(p, Use::Like));
    let sentence = || shape.outside.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '।', '؟']);
    match unknown.collect::<Vec<_>>().as_slice() {
        [] => true,
        [label] => label.chars().count() <= LONGEST_LABEL && shape.pictures == 0 && !sentence(),
        _ => false,
    }
}

/// The most characters of a label that is known by its place alone.
const LONGEST_LABEL: usize = 40;

/// `<!-- AddThis Button BEGIN -->` and its like.
fn is_service_comment(node: NodeRef<'_>) -> bool {
    let text = node.source();
    if text.len() > 160 {
        return false;
    }
    let text = text.to_ascii_lowercase();
    SHARE_COMMENTS.is_in(&text)
        && ["begin", "end", "start", "button", "/", "code"].iter().any(|word| text.contains(word))
}

/// Whether the script also draws posts that the article quotes.
fn serves_embeds(script: NodeRef<'_>, document: Document<'_>) -> bool {
    let source = script.source();
    let has = |name: &str| memchr::memmem::find(document.text.as_bytes(), name.as_bytes()).is_some();
    (source.contains("platform.twitter.com")
        && (has("twitter-tweet") || has("twitter-timeline") || has("twitter-video") || has("twitter-moment")))
        || (source.contains("connect.facebook.net") && (has("fb-post") || has("fb-video") || has("fb-page")))
        || (source.contains("assets.pinterest.com") && has("embedPin"))
}
