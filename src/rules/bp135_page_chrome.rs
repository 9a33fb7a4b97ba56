//! BP135: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::{Purpose, address, purpose};
use crate::boilerplate::look::{first_link, says};
use crate::boilerplate::pieces::{self, Stretch};
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::titles::Titles;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{page_lines, removal, report};
use crate::data::FileKind;
use crate::document::Flags;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct PageChrome;

static INFO: Info = Info {
    code: "BP135",
    name: "page-chrome",
    summary: "links that serve the page: skip to content, print, breadcrumbs",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp135_page_chrome.md"),
};

impl Rule for PageChrome {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&FIRST), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element {
            if cx.holds(node) == Some(Holds::Trail) && is_short(node, 120) {
                let shape = Shape::of(node);
                let short = |l: &NodeRef<'_>| l.words().chars().count() <= 60;
                if !shape.other
                    && shape.fields == 0
                    && (1..=8).contains(&shape.links.len())
                    && shape.links.iter().all(short)
                {
                    report(cx, &INFO, node, node, "a breadcrumb trail", "a class of breadcrumb trails");
                }
            }
            return;
        }
        if node.kind() == Kind::Paragraph && page_lines::find(&INFO, node, cx) {
            return;
        }
        let serves = || first_link(node).is_some_and(|link| says(link).is_any(&FIRST));
        if node.span().len() > 1500 || node.parent().is_none_or(|p| p.kind() != Kind::Root) || !serves() {
            return;
        }
        let look = cx.look(node);
        if !(1..=8).contains(&look.links) || !look.is_short(LONGEST) {
            return;
        }
        let shape = Shape::of(node);
        if shape.other
            || shape.fields > 0
            || shape.links.is_empty()
            || shape.links.len() > 8
            || shape.pictures > 0
        {
            return;
        }
        if is_chrome(&shape, cx) {
            // below a heading of its own the source of the page is what a section is about
            let heads = |p: NodeRef<'_>| p.kind() == Kind::Heading && p.node().data > 1;
            if removal::previous(node).is_some_and(heads) && lead_to_editor(&shape) {
                return;
            }
            report(
                cx,
                &INFO,
                node,
                node,
                "links that serve the page",
                "what the links say and where they lead",
            );
        } else if node.kind() == Kind::List {
            if is_trail(node, &shape, cx) {
                report(cx, &INFO, node, node, TRAIL, ABOVE);
            }
        } else {
            trail(node, cx);
        }
    }
}

/// What is found.
const TRAIL: &str = "a breadcrumb trail";
/// Why it is one.
const ABOVE: &str = "links from the home page down, above the article";

/// A trail that is a paragraph, or the first lines of one.
fn trail(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let pieces = pieces::pieces(node);
    let goes_on = |line: usize| {
        // the mark between two of its parts may end a line or begin one
        let outside = |l: usize| pieces.iter().filter(move |p| p.line == l).map(|p| p.shape.outside.trim());
        outside(line).next().is_some_and(|text| text.starts_with(MARKS))
            || outside(line - 1).next_back().is_some_and(|text| text.ends_with(MARKS))
    };
    let lines = pieces.last().map_or(0, |p| p.line);
    let last_line = (1..=lines).take_while(|line| goes_on(*line)).last().unwrap_or(0);
    let Some(last) = pieces.iter().rposition(|p| p.line <= last_line) else { return };
    let part = Stretch { first: 0, last };
    if !is_trail(node, &pieces::shape_of(&pieces, part), cx) {
        return;
    }
    if let Some(report) = pieces::removed_stretch(&INFO, node, node, &pieces, part, TRAIL, ABOVE) {
        cx.report(report);
    }
}

/// What stands between the parts of a trail.
const MARKS: [char; 6] = ['»', '›', '>', '→', '❯', '/'];

/// Whether words may be the title of a page, the last part of a trail: not many, and no sentence.
fn may_be_title(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    words.split_whitespace().count() <= LONGEST_TITLE
        && !words.contains('\n')
        && !words.ends_with(['.', '。', '।'])
}

/// The most words of such a title.
const LONGEST_TITLE: usize = 12;

/// The most text outside of links, in bytes.
const LONGEST: usize = 160;
/// What the first link is for.
const FIRST: [Use; 2] = [Use::Chrome, Use::Home];

/// Nothing but links that say they serve the page and stay on it.
fn is_chrome(shape: &Shape<'_>, cx: &mut Context<'_>) -> bool {
    if !shape.pieces().iter().all(|p| words::serves_page(p)) {
        return false;
    }
    let (titles, cx) = (cx.gathered::<Titles>(), &*cx);
    let is_button = |link: &NodeRef<'_>| purpose(*link, cx) == Purpose::Nowhere || prints(&address(*link));
    let has_button = shape.links.iter().any(is_button);
    shape.links.iter().all(|link| {
        let words = words::folded(&link.words());
        if !words::serves_page(&words) {
            return false;
        }
        let address = address(*link);
        // a file to keep: the article's
        if FileKind::of_path(UrlView::parse(&address).path) == Some(FileKind::Document) {
            return false;
        }
        // a place in the text may have the name of a tool
        let may_be_place = words::is(&words, Use::Chrome) || has_button;
        // one that has the words of a heading leads to what is below that
        address.contains('#') && may_be_place && !titles.has(&words)
            || is_button(link)
            || leads_to_editor(&address)
            // whoever edits the page may report what is wrong with it
            || address.contains("/issues/new") && lead_to_editor(shape)
    })
}

/// Whether an address is that of a page to print, keep or answer to.
fn prints(address: &str) -> bool {
    let behind_host = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, rest)| rest));
    ["print", "replytocom=", "pdf"].iter().any(|part| behind_host.contains(part))
}

/// Whether one of the links of a block opens the source of a page.
fn lead_to_editor(shape: &Shape<'_>) -> bool {
    shape.links.iter().any(|link| leads_to_editor(&address(*link)))
}

/// Whether an address opens the source of a page in the editor of a host of repositories.
fn leads_to_editor(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let is_source = matches!(FileKind::of_path(path), Some(FileKind::Manual | FileKind::Page));
    address.starts_with("http") && path.contains("/edit/") && is_source
}

/// `[Home](/) » [Baking](/baking/) » Bread`, or a list of that, before anything of the article.
fn is_trail(node: NodeRef<'_>, shape: &Shape<'_>, cx: &Context<'_>) -> bool {
    let above = removal::above(node).take(4);
    let mut first = true;
    for n in above {
        first &= n.kind() == Kind::Heading || n.kind() == Kind::Paragraph && n.span().len() < 250;
    }
    let Some(home) = shape.links.first() else { return false };
    if !first || !words::is(&words::folded(&home.words()), Use::Home) {
        return false;
    }
    // the pages of a project lie on several sites, a trail on one
    let mut hosts = shape.links.iter().map(|link| UrlView::parse(&address(*link)).host.to_ascii_lowercase());
    let host = hosts.find(|host| !host.is_empty());
    if host.is_some_and(|host| hosts.any(|other| !other.is_empty() && other != host)) {
        return false;
    }
    let leads =
        |p: Purpose| matches!(p, Purpose::Page | Purpose::RootPage | Purpose::Near | Purpose::Nowhere);
    if shape.links.iter().any(|l| l.words().chars().count() > 60) || !shape.purposes(cx).all(leads) {
        return false;
    }
    if node.kind() == Kind::List {
        let items = node.children().count();
        // each item is a link alone; the last one may be the page itself
        return !node.has(Flags::ORDERED)
            && (2..=6).contains(&items)
            && shape.links.len() + 1 >= items
            && node.children().take(items - 1).all(|item| {
                let item = Shape::of(item);
                item.links.len() == 1 && !item.outside.chars().any(char::is_alphanumeric)
            })
            && may_be_title(shape.outside.rsplit(LINK).next().unwrap_or(""))
            && removal::next(node).is_some()
            && shape.links.len() < items;
    }
    if !may_be_title(shape.outside.rsplit(LINK).next().unwrap_or("")) {
        return false;
    }
    let before = shape.outside.split(LINK).next().unwrap_or("");
    let marks = shape.outside.chars().filter(|c| MARKS.contains(c)).count();
    let words_beside = shape.outside.chars().filter(|c| c.is_alphanumeric()).count();
    !before.chars().any(char::is_alphanumeric)
        && marks >= shape.links.len().max(2) - 1
        && marks >= 1
        && words_beside < 120
        && shape.links.len() + usize::from(words_beside > 0) >= 2
}
