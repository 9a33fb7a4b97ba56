//! BP156: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::addresses;
use crate::boilerplate::links::address;
use crate::boilerplate::lists;
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::stems::parts_of;
use crate::boilerplate::subjects::text_round;
use crate::boilerplate::words;
use crate::boilerplate::{removal, removed};
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};
use std::sync::LazyLock;

pub(super) struct AppBadges;

static INFO: Info = Info {
    code: "BP156",
    name: "app-badges",
    summary: "badges of the shops that have the app of a site",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp156_app_badges.md"),
};

impl Rule for AppBadges {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let is_block = node.parent().is_some_and(|p| p.kind() == Kind::Root)
            && (node.kind() == Kind::Paragraph
                || node.has(Flags::IN_BLOCK)
                    && matches!(node.tag(), Tag::Div | Tag::P | Tag::Section | Tag::Aside));
        if !is_block || !begins_with_picture_or_label(node) {
            return;
        }
        let shape = Shape::of(node);
        if !shape.is_words_and_links()
            || !shape.scripts.is_empty()
            || !(1..=MOST_BADGES).contains(&shape.links.len())
            || !shape.links.iter().all(|link| is_badge(*link))
        {
            return;
        }
        let mut outside = shape.outside.split(LINK);
        let own = words::folded(outside.next().unwrap_or(""));
        // the label stands above its badges; what stands below is the article's
        if outside.any(|text| text.contains(char::is_alphanumeric)) {
            return;
        }
        let above = removal::previous(node).filter(|p| is_label(*p));
        let (first, label) = match (own.is_empty(), above) {
            (true, Some(above)) => (above, words::folded(&above.words())),
            (false, _) if own.chars().count() <= LONGEST_LABEL => (node, own),
            _ => return,
        };
        if !lists::offers_own_app(&label) {
            return;
        }
        let (what, evidence) =
            ("badges of the app of a site", "a label, and badges that lead to shops of apps");
        let Some(report) = removed(&INFO, first, node, what, evidence) else { return };
        // a text on an app says where to get it
        let is_about = is_elsewhere(first, node);
        cx.report(if is_about { report.confidence(0.5).needs_review() } else { report });
    }
}

/// The most text outside of links, in bytes.
const LONGEST: usize = 120;
/// The most characters of a label.
const LONGEST_LABEL: usize = 70;
/// The most badges in a row.
const MOST_BADGES: usize = 5;

/// A first look at what a block begins with: a badge, or the label of a box in HTML.
fn begins_with_picture_or_label(block: NodeRef<'_>) -> bool {
    let mut inside = block.descendants().filter(|n| !removal::is_nothing(*n));
    if block.kind() == Kind::Element {
        return block.source().len() <= 3000 && has_shop(block.source());
    }
    inside.next().is_some_and(|n| n.kind() == Kind::Link)
        && inside.next().is_some_and(|n| n.kind() == Kind::Image)
        && has_shop(block.source())
}

/// Whether the address of a shop may be in a text.
fn has_shop(text: &str) -> bool {
    SHOPS.iter().any(|(host, _)| memchr::memmem::find(text.as_bytes(), host.as_bytes()).is_some())
}

/// Hosts of shops for apps, and how the paths of apps begin there.
static SHOPS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    parts_of("app-shops").filter_map(|beginning| beginning.split_at_checked(beginning.find('/')?)).collect()
});

/// Whether a link is a picture alone that leads to an app in a shop, and the picture is the shop's badge.
fn is_badge(link: NodeRef<'_>) -> bool {
    let Some(picture) = removal::only_shown(link).filter(|n| n.kind() == Kind::Image) else { return false };
    let address = address(link);
    let view = UrlView::parse(&address);
    if !SHOPS.iter().any(|(host, path)| view.host.eq_ignore_ascii_case(host) && view.path.starts_with(path)) {
        return false;
    }
    let source = picture.destination().map(|d| d.url().to_ascii_lowercase()).unwrap_or_default();
    let name = format!("{source} {}", picture.alternative().to_lowercase());
    addresses::is_name_of_badge(&name)
}

/// Whether a block may be the label above badges.
fn is_label(block: NodeRef<'_>) -> bool {
    if !matches!(block.kind(), Kind::Paragraph | Kind::Heading) || block.source().len() > 4 * LONGEST_LABEL {
        return false;
    }
    let shape = Shape::of(block);
    // a sentence above the label in the same paragraph is the article's
    let is_one_line = !shape.outside.trim().contains(['\n', '.', '。']);
    is_one_line
        && shape.is_plain()
        && shape.scripts.is_empty()
        && shape.outside.chars().count() <= LONGEST_LABEL
}

/// Whether the text speaks of shops or of its own app elsewhere, or is too long to tell.
fn is_elsewhere(first: NodeRef<'_>, last: NodeRef<'_>) -> bool {
    text_round(first, last).is_none_or(|parts| {
        parts.iter().any(|part| {
            let part = part.to_lowercase();
            has_shop(&part)
                || part.contains("google play")
                || part.contains("app store")
                || lists::speaks_of_own_app(&part)
        })
    })
}
