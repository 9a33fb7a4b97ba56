//! What a link in a block is there for, as far as boilerplate goes. Owns the reading of its address; must not look at neighbours.

use super::addresses::{self, has_label};
use super::list::List;
use super::shape::Shape;
use crate::context::Context;
use crate::data::{FileKind, Role};
use crate::document::NodeRef;
use crate::evidence::url::UrlView;
use std::borrow::Cow;

/// What a link is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It opens a form that posts the page to a network.
    Share,
    /// It leads nowhere: `javascript:`, `#`.
    Nowhere,
    /// It leads to a page of the web, by its full address.
    Page,
    /// It leads to a page of the same site, from its root.
    RootPage,
    /// It leads to a place in this page, or to a file near it.
    Near,
    /// It writes a mail.
    Mail,
}

/// Where `link` leads, decoded.
pub(crate) fn address<'a>(link: NodeRef<'a>) -> Cow<'a, str> {
    link.destination().map(|d| d.url()).unwrap_or_default()
}

/// The site (`example.co.uk`) that an address is on, in lower case; empty where it names none.
pub(crate) fn site_of(url: &str) -> String {
    UrlView::parse(url).site().to_ascii_lowercase()
}

/// What `link` is there for.
pub(crate) fn purpose(link: NodeRef<'_>, cx: &Context<'_>) -> Purpose {
    let address = address(link);
    let url = address.trim();
    let view = UrlView::parse(url);
    if view.scheme.eq_ignore_ascii_case("mailto") {
        return if shares_by_mail(url) { Purpose::Share } else { Purpose::Mail };
    }
    if url.is_empty() || matches!(url, "#" | "#!" | "about:blank") {
        return Purpose::Nowhere;
    }
    let is_app = matches!(view.scheme, "whatsapp" | "fb-messenger" | "tg" | "viber" | "kakaolink");
    if (is_app || view.host.ends_with("whatsapp.com") || view.host == "wa.me") && writes_to_somebody(&view) {
        return Purpose::Page;
    }
    match cx.known(url).role() {
        Role::Share | Role::Widget => return Purpose::Share,
        Role::Void => return Purpose::Nowhere,
        _ => {}
    }
    // the buttons of WordPress post to the page itself
    let wordpress = view.parameters().any(|p| {
        p.raw_name == "share"
            && p.raw_value.is_some_and(|v| {
                super::words::is_network(v)
                    || ["jetpack-", "google-plus", "custom-"].iter().any(|start| v.starts_with(start))
            })
    });
    // those of Substack too, on whatever host
    let substack = || view.parameters().any(|p| p.raw_name == "action" && p.raw_value == Some("share"));
    if wordpress || is_app || substack() {
        Purpose::Share
    } else if view.path.ends_with("/cdn-cgi/l/email-protection") {
        // a mail to whom a script alone can tell
        Purpose::Nowhere
    } else if !view.host.is_empty() && view.fragment.is_some_and(|f| f == "print" || f.starts_with("print?"))
    {
        // the page itself, to be printed
        Purpose::Nowhere
    } else if !view.host.is_empty() {
        Purpose::Page
    } else if url.starts_with('/') {
        Purpose::RootPage
    } else {
        Purpose::Near
    }
}

impl Shape<'_> {
    /// What its links are there for.
    pub(crate) fn purposes(&self, cx: &Context<'_>) -> impl Iterator<Item = Purpose> {
        self.links.iter().map(|link| purpose(*link, cx))
    }
}

/// Whether a messenger's address names to whom to write, and not what to share.
fn writes_to_somebody(view: &UrlView<'_>) -> bool {
    let has = |names: &[&str]| {
        view.parameters().any(|p| {
            p.raw_value.is_some_and(|v| !v.is_empty())
                && names.iter().any(|n| p.raw_name.eq_ignore_ascii_case(n))
        })
    };
    has(&["phone", "number", "domain", "abid"]) && !has(&["url", "link"]) && !shares_text(view)
}

/// Whether the text that an address hands over has another address in it: a question to somebody has none.
fn shares_text(view: &UrlView<'_>) -> bool {
    view.parameters().any(|p| {
        p.raw_name.eq_ignore_ascii_case("text")
            && p.raw_value.is_some_and(|v| {
                let v = v.to_ascii_lowercase();
                v.contains("http") || v.contains('{') || v.contains("%7b")
            })
    })
}

/// A mail to nobody with a subject or a text.
fn shares_by_mail(url: &str) -> bool {
    url.get(7..).is_some_and(|rest| rest.starts_with('?'))
}

/// Whether an address is that of a channel on a network: a page to follow, no post.
pub(crate) fn is_channel(url: &str) -> bool {
    let view = UrlView::parse(url);
    let host =
        ["www.", "m.", "web."].iter().find_map(|start| view.host.strip_prefix(start)).unwrap_or(view.host);
    let Some(path) = view.path.strip_prefix('/') else { return false };
    let mut on_host = super::words::channels().iter().filter(|(its, _)| host.eq_ignore_ascii_case(its));
    let name = on_host.find_map(|(_, start)| {
        let (head, name) = path.split_at_checked(start.len())?;
        head.eq_ignore_ascii_case(start).then_some(name)
    });
    // the names of Telegram's programs end so
    let is_program = |name: &str| {
        ["t.me", "telegram.me", "telegram.dog"].iter().any(|h| host.eq_ignore_ascii_case(h))
            && name.to_ascii_lowercase().ends_with("bot")
    };
    name.map(|name| name.trim_end_matches('/'))
        .is_some_and(|name| !name.is_empty() && !name.contains('/') && !is_program(name))
}

/// Whether an address is that of something that papers cite, by its host: `doi.org`.
pub(crate) fn is_of_papers(url: &str) -> bool {
    has_label(UrlView::parse(url).host, List::PaperHost)
}

/// Whether an address is that of a manual by its host: `docs.example.org`.
pub(crate) fn is_manual(url: &str) -> bool {
    has_label(UrlView::parse(url).host, List::ManualHost)
}

/// Whether an address looks like that of documentation, code or a reference work: articles link there for good.
pub(crate) fn is_reference(url: &str) -> bool {
    let view = UrlView::parse(url);
    has_label(view.host, List::ManualHost)
        || has_label(view.host, List::ReferenceHost)
        || view
            .path
            .split('/')
            .any(|s| matches!(s, "docs" | "doc" | "documentation" | "manual" | "reference" | "wiki" | "api"))
        || matches!(FileKind::of_path(view.path), Some(FileKind::Manual | FileKind::Document))
}

/// Whether a link leads to the page of a tag or a category of a site: `/tag/bees/`.
pub(crate) fn leads_to_a_tag(link: NodeRef<'_>) -> bool {
    let url = address(link);
    let view = UrlView::parse(&url);
    let mut segments = view.path.split('/').filter(|segment| !segment.is_empty()).rev();
    // the last one is the tag's name
    let is_named = segments.next().is_some() || view.query.is_some();
    is_named
        && !is_reference(&url)
        && segments.any(|segment| addresses::is_of_tags(&segment.to_ascii_lowercase()))
}

/// Whether an address is that of a page to log in or register which leads back to another: `/signin?redirect=…`. What a button of a page
/// does for those who have no account.
pub(crate) fn asks_to_log_in(url: &str) -> bool {
    let view = UrlView::parse(url);
    let Some(last) = view.path.trim_end_matches('/').rsplit('/').next() else { return false };
    let returns = |name: &str| addresses::is_to_return(&name.to_ascii_lowercase());
    view.query.is_some()
        && addresses::is_of_log_in(&last.to_ascii_lowercase())
        && view.parameters().any(|p| p.raw_value.is_some_and(|v| !v.is_empty()) && returns(p.raw_name))
}
