//! BP142: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::links::{Purpose, address, is_of_papers, purpose};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{addresses, removal, report};
use crate::data::FileKind;
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct EmptyLink;

static INFO: Info = Info {
    code: "BP142",
    name: "empty-link",
    summary: "a link without words or image, an image without address or words",
    phase: Phase::Content,
    kinds: &[Kind::Link, Kind::Image],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp142_empty_link.md"),
};

impl Rule for EmptyLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Image {
            if is_lost(node) {
                report(cx, &INFO, node, node, "an image that nobody sees", "no address and no words");
            }
            return;
        }
        if is_button_of_platform(node, cx) {
            report(cx, &INFO, node, node, "a button of a platform", "its icon alone, and its own page");
            return;
        }
        if node.has(Flags::AUTOLINK)
            || node.has(Flags::REFERENCE)
            || node.descendants().any(|n| !removal::is_nothing(n))
        {
            return;
        }
        if node.is_html()
            && (node.end_tag().is_none()
                || node.attribute("id").is_some()
                || node.attribute("name").is_some())
        {
            return;
        }
        // attributes of other Markdown dialects, and anchors of their headings
        let behind = cx.document.text.as_bytes().get(node.span().end);
        if behind == Some(&b'{')
            || node
                .leaf_block()
                .is_some_and(|b| b.kind() == Kind::Heading && !matches!(purpose(node, cx), Purpose::Page))
        {
            return;
        }
        let away = match purpose(node, cx) {
            Purpose::Share | Purpose::Nowhere => !address(node).is_empty() || node.is_html(),
            // an image that lost its `!` may be brought back; MyST writes what it cites so, and icons have a class
            Purpose::Page => {
                let url = address(node);
                !is_image_address(&url) && !is_of_papers(&url) && !has_looks(node) && !is_cited(node)
            }
            Purpose::Near => is_mark_of_lost_heading(node),
            _ => false,
        };
        if away {
            report(cx, &INFO, node, node, "a link that nobody sees", "no words and no image in it");
        }
    }
}

/// Whether a Markdown image has no address, and no words but those of a platform: `![]()`.
fn is_lost(image: NodeRef<'_>) -> bool {
    !image.is_html()
        && image.source().ends_with("]()")
        && (image.source() == "![]()" || words::is(&words::folded(&image.alternative()), Use::Platform))
        && image.parent().is_some_and(|p| p.kind() != Kind::Link)
        && image.document.text.as_bytes().get(image.span().end) != Some(&b'{')
}

/// Whether a link is the icon of a platform's interface alone, and opens a form of that platform.
fn is_button_of_platform(link: NodeRef<'_>, cx: &Context<'_>) -> bool {
    let Some(icon) = removal::only_shown(link).filter(|n| n.kind() == Kind::Image) else { return false };
    addresses::is_address_of_interface(&address(icon).to_ascii_lowercase())
        && purpose(link, cx) == Purpose::Share
}

/// Whether a link to a place in the page is alone below a heading without text: the mark that the page showed beside the heading.
fn is_mark_of_lost_heading(link: NodeRef<'_>) -> bool {
    address(link).starts_with('#')
        && link.parent().is_some_and(|p| {
            p.kind() == Kind::Paragraph
                && p.children().all(|c| c.id == link.id || removal::is_nothing(c))
                && removal::previous(p)
                    .is_some_and(|h| h.kind() == Kind::Heading && h.children().all(removal::is_nothing))
        })
}

/// Whether a style sheet may draw something for a link.
fn has_looks(link: NodeRef<'_>) -> bool {
    link.is_html()
        && link.attributes().any(|a| {
            let name = a.name.to_ascii_lowercase();
            name == "class" && !a.value.trim().is_empty()
                || name.starts_with("data-")
                || name == "aria-label"
                || name == "title"
        })
}

/// Whether a Markdown link stands where a citation does: in brackets, between commas.
fn is_cited(link: NodeRef<'_>) -> bool {
    let (text, span) = (link.document.text, link.span());
    let start = link.leaf_block().map_or(span.start, |block| block.span().start);
    let before = text.get(start..span.start).unwrap_or("").trim_end_matches(' ');
    let behind = text.get(span.end..).unwrap_or("").trim_start_matches(' ');
    // brackets of addresses close before the link, too
    let mut closed = 0;
    let is_open = before.bytes().rev().take(NEAR).any(|b| match b {
        b')' => {
            closed += 1;
            false
        }
        b'(' if closed > 0 => {
            closed -= 1;
            false
        }
        b => b == b'(',
    });
    !link.is_html()
        && (is_open || before.ends_with([',', ';', '（']) || behind.starts_with([')', '）', ',', ';']))
}

/// How many bytes before a link are looked at for a bracket.
const NEAR: usize = 300;

fn is_image_address(url: &str) -> bool {
    FileKind::of_url(url).is_some_and(|kind| kind.is_picture() || kind == FileKind::Film)
        || url.contains("img.shields.io")
        || url.contains("/image/")
        || url.contains("badge")
}
