//! BP102: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::{self, Holds};
use crate::boilerplate::links::Purpose;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::stems::SHARE_COMMENTS;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{is_share_script, label_above, last_of_run, report};
use crate::data::Role;
use crate::document::Document;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
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
        let Some(evidence) = part(node, cx) else { return };
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
            let named = containers::holds(node) == Some(Holds::Share);
            (named && is_only_buttons(node, cx)).then_some("a class of a share service")
        }
        _ => None,
    }
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
    !shape.other
        && shape.pieces().iter().all(|piece| words::is_share_text(piece))
        && shape.links.iter().zip(shape.purposes(cx)).all(|(link, purpose)| {
            let text = words::folded(&link.words());
            words::is_share_text(&text) || purpose == Purpose::Share && text.len() < 80
        })
}

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
