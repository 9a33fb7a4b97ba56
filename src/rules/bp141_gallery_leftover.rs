//! BP141: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Needs, Phase, Rule};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, gallery_controls, removal, report};
use crate::document::Document;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::settings::Settings;
use crate::zone::Zone;

pub(super) struct GalleryLeftover;

static INFO: Info = Info {
    code: "BP141",
    name: "gallery-leftover",
    summary: "the buttons of an image viewer: «Close» beside an image, «Next image»",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp141_gallery_leftover.md"),
};

impl Rule for GalleryLeftover {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Close, Use::Enlarge]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if gallery_controls::find(&INFO, node, cx) {
            return;
        }
        if cx.look(node).outside.is_any(&[Use::Enlarge]) && is_told_to_press_enter(node) {
            in_press_enter(node, cx);
            return;
        }
        if node.span().len() > 80
            || !cx.look(node).outside.is_any(&[Use::Close, Use::Enlarge])
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !is_button(node, &[Use::Close, Use::Enlarge])
        {
            return;
        }
        let (above, below) = (removal::previous(node), removal::next(node));
        let image = |n: Option<NodeRef<'_>>| n.is_some_and(is_image_alone);
        if !is_button(node, &[Use::Close]) {
            // of a picture that leads to a larger one it is true
            if above.is_some_and(|n| is_image_alone(n) && !leads_on(n)) {
                report(
                    cx,
                    &INFO,
                    node,
                    node,
                    "the button of an image viewer",
                    "alone below an image that leads nowhere",
                );
            }
            return;
        }
        let heading = |n: Option<NodeRef<'_>>| n.is_some_and(|n| n.kind() == Kind::Heading);
        if above.is_some_and(|image| shows_word(image, node)) || is_caption_of_several(node) {
            return;
        }
        let evidence = if image(above) || image(below) {
            "alone beside an image"
        } else if heading(below) && cx.gathered::<Viewers>().0 {
            "above a heading, and the same word stands beside images elsewhere"
        } else {
            return;
        };
        report(cx, &INFO, node, node, "the button of an image viewer", evidence);
    }
}

/// The most text of a paragraph that begins with words for those who do not see, in bytes.
const LONGEST: usize = 500;
/// What Medium tells those who do not see, above each picture; whoever wrote the article never did.
const PRESS_ENTER: &str = "Press enter or click to view image in full size";

fn is_told_to_press_enter(node: NodeRef<'_>) -> bool {
    node.source().starts_with(PRESS_ENTER)
}

/// Takes the words for those who do not see, where they are a line: alone, or above a caption.
fn in_press_enter(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let is_quoted = || removal::previous(node).is_some_and(announces);
    if is_quoted() {
        return;
    }
    let mut children = node.children();
    let Some(text) = children.next().filter(|n| n.kind() == Kind::Text && n.source().trim() == PRESS_ENTER)
    else {
        return;
    };
    let last = match children.next() {
        None => node,
        Some(end) if matches!(end.kind(), Kind::SoftBreak | Kind::HardBreak) => text,
        Some(_) => return,
    };
    let first = if last.id == node.id { node } else { text };
    report(
        cx,
        &INFO,
        first,
        last,
        "the button of an image viewer",
        "the words that Medium puts above pictures",
    );
}

fn is_button(node: NodeRef<'_>, what: &[Use]) -> bool {
    let mut children = node.children();
    let (Some(text), None) = (children.next(), children.next()) else { return false };
    text.kind() == Kind::Text
        && words::is_any(&words::folded(&text.text()), what)
        && !node.source().trim().ends_with(['.', '!', '?', '。'])
}

fn is_image_alone(node: NodeRef<'_>) -> bool {
    let holds = matches!(node.kind(), Kind::Paragraph | Kind::Image)
        || node.kind() == Kind::Element
        || node.kind() == Kind::Link;
    holds
        && (node.kind() == Kind::Image || node.descendants().any(|n| n.kind() == Kind::Image))
        && !node.has_words()
}

/// Whether an image's alternative text says the word below it: an icon that is explained.
fn shows_word(block: NodeRef<'_>, word: NodeRef<'_>) -> bool {
    if !is_image_alone(block) {
        return false;
    }
    let word = words::folded(&word.words());
    let image = Some(block)
        .filter(|n| n.kind() == Kind::Image)
        .or_else(|| block.descendants().find(|n| n.kind() == Kind::Image));
    let Some(image) = image else { return false };
    let mut says = image.words();
    if let Some(alternative) = image.attribute_value("alt") {
        says.push_str(&alternative);
    }
    !word.is_empty() && words::folded(&says).contains(word.as_str())
}

/// Whether the next image has a word of another sense below it: a row of icons and what they are for.
fn is_caption_of_several(word: NodeRef<'_>) -> bool {
    let Some(image) = removal::next(word).filter(|n| is_image_alone(*n)) else { return false };
    removal::next(image).is_some_and(|other| {
        other.kind() == Kind::Paragraph
            && other.span().len() <= 40
            && !is_image_alone(other)
            && !is_button(other, &[Use::Close, Use::Enlarge])
            && !other.source().trim_end().ends_with(['.', '!', '?', '。', '！', '？', ':', '：'])
            && removal::previous(word).is_some_and(is_image_alone)
    })
}

/// Whether a block's image is a link.
fn leads_on(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Link || block.descendants().any(|n| n.kind() == Kind::Link)
}

/// Whether the button of an image viewer stands right below an image somewhere.
struct Viewers(bool);

impl Gather for Viewers {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut above = false;
        let mut found = false;
        for node in document.root().children().filter(|n| !removal::is_nothing(*n)) {
            found |= above
                && node.kind() == Kind::Paragraph
                && node.span().len() <= 40
                && is_button(node, &[Use::Close]);
            above = is_image_alone(node);
        }
        Viewers(found)
    }

    fn grants(&self) -> Option<u128> {
        Some(u128::from(self.0))
    }
}
