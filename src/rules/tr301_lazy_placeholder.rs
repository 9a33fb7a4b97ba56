//! TR301: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Destination, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::links::{spelled, take_out};
use crate::span::Span;

pub(super) struct LazyPlaceholder;

static INFO: Info = Info {
    code: "TR301",
    name: "lazy-placeholder",
    summary: "the placeholder of an image that a script was to load",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("tr301_lazy_placeholder.md"),
};

/// Attributes in which a lazy image keeps its address.
const SOURCES: &[&str] = &[
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-actualsrc",
    "data-real-src",
    "data-orig-file",
    "data-url",
];

impl Rule for LazyPlaceholder {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let addresses = cx.addresses();
        // an article about data addresses shows them
        let mut is_about_data = None;
        for address in addresses.of_nodes.iter().filter(|a| !a.is_plain || a.known.holds_image) {
            let node = cx.document.node(address.node);
            if matches!(node.kind(), Kind::Image | Kind::Definition)
                && let Some(destination) = node.destination()
                && is_placeholder(destination.written)
                && !*is_about_data.get_or_insert_with(|| speaks_of_data(cx.document.text))
            {
                placeholder(node, destination, cx);
            }
        }
    }
}

/// Whether a text speaks of data addresses.
fn speaks_of_data(text: &str) -> bool {
    ["data URI", "data URL", "Data URI"].iter().any(|words| text.contains(words))
}

fn placeholder(node: NodeRef<'_>, destination: Destination<'_>, cx: &mut Context<'_>) {
    if node.kind() == Kind::Definition {
        let used = cx.document.nodes().any(|n| {
            n.has(Flags::REFERENCE)
                && matches!(n.kind(), Kind::Image | Kind::Link)
                && n.node().data == node.node().data
        });
        if !used {
            cx.report(
                Report::new(&INFO, node.span(), "the definition of an image that was never loaded")
                    .fix(take_out(node)),
            );
        }
        return;
    }
    let link = node.parent().filter(|p| p.kind() == Kind::Link);
    let report = |message: &'static str| {
        Report::new(&INFO, node.span(), message).because("a placeholder of lazy loading")
    };
    // the address is still there, for the script
    if node.is_html()
        && let Some(real) = node.attributes().find(|a| {
            SOURCES.iter().any(|s| a.name.eq_ignore_ascii_case(s))
                && !a.value.is_empty()
                && !is_placeholder(a.value)
        })
    {
        let url = real.decoded();
        cx.report(
            report("the image was never loaded; its address is in another attribute")
                .fix(vec![Edit::replace(destination.span, spelled(&url, true))]),
        );
        return;
    }
    let words = alternative(node);
    if let Some(link) = link {
        if let Some(to) = link.destination()
            && is_picture(to.written)
            && !node.is_html()
            && !node.has(Flags::REFERENCE)
            && !link.is_html()
            && !link.has(Flags::REFERENCE)
        {
            // the link leads to the very image
            let edits = vec![
                Edit::remove(Span::new(link.span().start, node.span().start)),
                Edit::replace(destination.span, to.written),
                Edit::remove(Span::new(node.span().end, link.span().end)),
            ];
            cx.report(report("the image was never loaded; the link round it leads to it").fix(edits));
            return;
        }
        let alone = !link.has_words();
        if alone && words.is_some() {
            let edit = Edit::replace(node.span(), words.unwrap_or_default());
            cx.report(
                report("the image was never loaded; what it says instead stays in its link").fix(vec![edit]),
            );
            return;
        }
        if alone {
            cx.report(report("the image was never loaded").fix(take_out(link)));
            return;
        }
    }
    cx.report(report("the image was never loaded").fix(take_out(node)));
}

/// An alternative text worth keeping: several words of plain text.
fn alternative(image: NodeRef<'_>) -> Option<String> {
    let words = image.alternative();
    let plain = !words.contains(['[', ']', '*', '_', '`', '<', '\\', '\n']);
    (plain && words.split_whitespace().count() >= 1 && words.chars().any(char::is_alphanumeric))
        .then(|| words.into_owned())
}

fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let end = path.rsplit('.').next().unwrap_or_default();
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"].iter().any(|e| e.eq_ignore_ascii_case(end))
}

/// `data:image/gif;base64,R0lGODlhAQAB…` (one pixel), an empty SVG; also where a scraper resolved it against the page's address.
fn is_placeholder(url: &str) -> bool {
    let lower = |s: &str| s.to_ascii_lowercase();
    let Some(at) = memchr::memmem::find(url.as_bytes(), b"data:image/") else { return false };
    let resolved = at > 0;
    if resolved && !url.get(..at).is_some_and(|b| b.ends_with('/')) {
        return false;
    }
    let rest = url.get(at + 11..).unwrap_or("");
    if rest.starts_with("gif;base64,R0lGODlhAQAB") || rest.starts_with("gif;base64,R0lGODdhAQAB") {
        return true;
    }
    let text = lower(rest);
    if text.starts_with("svg+xml") {
        let shows = ["path", "circle", "text", "polygon", "%3cg", "<g", "image", "use", "line"]
            .iter()
            .any(|s| text.contains(s));
        let base64 = text.starts_with("svg+xml;base64,");
        return !shows && (base64 && text.len() < 200 || !base64 && text.len() < 400);
    }
    // resolved against the page, any data address is lost
    resolved || text.starts_with("gif;base64,r0lgod") && text.len() < 100
}
