//! TR301: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::data::FileKind;
use crate::document::html::Tag;
use crate::document::{Destination, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::lazy::{has_source_beside, kept_address, largest_of_set, stands_for};
use crate::html_to_markdown::words::Known;
use crate::links::{UsedDefinitions, spelled, take_out};
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

impl Rule for LazyPlaceholder {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let addresses = cx.addresses();
        // an article about data addresses shows them
        let mut is_about_data = None;
        for address in &addresses.of_nodes {
            let node = cx.document.node(address.node);
            if node.kind() == Kind::Image && node.is_html() && !address.known.holds_image {
                file_in_its_place(node, cx);
            } else if matches!(node.kind(), Kind::Image | Kind::Definition)
                && let Some(destination) = node.destination()
                && is_placeholder(destination.written)
                && !*is_about_data.get_or_insert_with(|| speaks_of_data(cx.document.text))
            {
                if node.kind() == Kind::Definition {
                    definition(node, cx);
                } else {
                    placeholder(node, destination, cx);
                }
            }
        }
    }
}

/// An image whose `src` is a file that stands in for one which a script was to load.
fn file_in_its_place(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let (Some(destination), Some(real)) = (node.destination(), kept_address(node, is_placeholder, None))
    else {
        return;
    };
    let url = real.decoded();
    if destination.url() != url && stands_for(&destination.url(), &url) {
        cx.report(
            Report::new(
                &INFO,
                node.span(),
                "the image was never loaded; its address is in another attribute",
            )
            .because("a placeholder of lazy loading")
            .fix(with_address(node, destination, &url)),
        );
    }
}

/// The edits that give an `<img>` its address; its twin for readers without scripts goes.
fn with_address(node: NodeRef<'_>, destination: Destination<'_>, url: &str) -> Vec<Edit> {
    let mut edits = vec![Edit::replace(destination.span, spelled(url, true))];
    let twin = node.next_sibling().filter(|n| n.tag() == Tag::Noscript && n.end_tag().is_some());
    let shows_it = |n: NodeRef<'_>| {
        let mut held = n.children().filter(|c| c.kind() != Kind::Text || !c.text().trim().is_empty());
        let only = held.next().filter(|c| c.kind() == Kind::Image && c.is_html());
        only.and_then(NodeRef::destination).is_some_and(|d| d.url() == url) && held.next().is_none()
    };
    if let Some(twin) = twin.filter(|n| shows_it(*n)) {
        edits.push(Edit::remove(twin.span()));
    }
    edits
}

/// Whether a text speaks of data addresses.
fn speaks_of_data(text: &str) -> bool {
    ["data URI", "data URL", "Data URI"].iter().any(|words| text.contains(words))
}

/// A definition of a placeholder: with its last image it goes.
fn definition(node: NodeRef<'_>, cx: &mut Context<'_>) {
    if !cx.gathered::<UsedDefinitions>().has(node) {
        cx.report(
            Report::new(&INFO, node.span(), "the definition of an image that was never loaded")
                .fix(take_out(node)),
        );
    }
}

fn placeholder(node: NodeRef<'_>, destination: Destination<'_>, cx: &mut Context<'_>) {
    let link = node.parent().filter(|p| p.kind() == Kind::Link);
    let report = |message: &'static str| {
        Report::new(&INFO, node.span(), message).because("a placeholder of lazy loading")
    };
    // the address is still there, for the script
    if node.is_html() {
        let real =
            kept_address(node, is_placeholder, Some(Known::OtherAddress)).map(|a| a.decoded().into_owned());
        if let Some(url) = real.or_else(|| largest_of_set(node, is_placeholder)) {
            cx.report(
                report("the image was never loaded; its address is in another attribute").fix(with_address(
                    node,
                    destination,
                    &url,
                )),
            );
            return;
        }
        // browsers take the picture from elsewhere
        let has_background = node.attribute("style").is_some_and(|s| s.value.contains("url("));
        if has_source_beside(node) || has_background {
            return;
        }
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

/// An alternative text worth keeping: a word at least, and nothing that Markdown would read.
fn alternative(image: NodeRef<'_>) -> Option<String> {
    let words = image.alternative();
    let plain = !words.contains(['[', ']', '*', '_', '`', '<', '\\', '\n']);
    (plain && words.chars().any(char::is_alphanumeric)).then(|| words.into_owned())
}

fn is_picture(url: &str) -> bool {
    FileKind::of_url(url).is_some_and(FileKind::is_picture)
}

/// `data:image/gif;base64,R0lGODlhAQAB…` (one pixel), an empty SVG; also where a scraper resolved it against the page's address.
fn is_placeholder(url: &str) -> bool {
    let lower = |s: &str| s.to_ascii_lowercase();
    // one search for the colon: addresses have few
    let mut schemes = memchr::memchr_iter(b':', url.as_bytes()).filter_map(|at| at.checked_sub(4));
    let begins = |at: &usize| url.get(*at..).is_some_and(|rest| rest.starts_with("data:image/"));
    let Some(at) = schemes.find(begins) else { return false };
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
