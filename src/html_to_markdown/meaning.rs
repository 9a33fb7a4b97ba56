//! What an element says beyond its words: decides whether a wrapper can go, whether an attribute would be missed.
//! Owns the list of attributes; [`words`] knows classes,
//! [`style`](super::style) styles; must not change or parse anything.

use super::empty;
use super::referrers::Referrers;
use super::style::{
    Apart, is_font_of_signs, is_neutral_colour, is_out_of_sight, is_plain_style, keeps_blanks, sets_apart,
    takes_room, weight_and_slant, without,
};
use super::words::{self, Known};
use crate::document::html::Tag;
use crate::document::{AttributeRef, Flags, Kind, NodeRef};
use crate::evidence::url::is_code;
use crate::script::is_wide;
use crate::span::Span;

/// Attributes that say where and how large, not what.
const NOISE: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "clear",
    "crossorigin",
    "decoding",
    "fetchpriority",
    "frame",
    "height",
    "hreflang",
    "hspace",
    // Blogger's editor
    "imageanchor",
    "itemprop",
    "itemscope",
    "itemtype",
    "loading",
    // Thunderbird's
    "moz-do-not-send",
    "noshade",
    "nowrap",
    "ping",
    "property",
    "referrerpolicy",
    "rel",
    "rev",
    "rules",
    "scope",
    "size",
    "sizes",
    "srcset",
    "summary",
    "tabindex",
    "target",
    // Blogger's
    "trbidi",
    "typeof",
    "unselectable",
    "valign",
    "vspace",
    "width",
    "role",
    "aria-describedby",
    "aria-labelledby",
    "aria-label",
    "aria-level",
];

/// Whether the attributes of an element, those named in `expressible` aside, would not be missed.
pub(crate) fn says_nothing(node: NodeRef<'_>, referrers: &Referrers<'_>, expressible: &[&str]) -> bool {
    let mut any = false;
    node.attributes().all(|a| {
        any = true;
        if expressible.iter().any(|e| a.name.eq_ignore_ascii_case(e)) {
            !(a.name.eq_ignore_ascii_case("class") && words::has_class(a.value, Known::NotDrawn))
        } else {
            is_noise(node, &a, referrers)
        }
    }) && !(any && (is_place_of_script(node) || is_embed(node) || is_sign(node) || is_drawn_apart(node)))
        && !is_kept_empty(node, referrers)
}

/// Whether an element with nothing in it is there for somebody: an anchor, an icon, a place to fill. What this run emptied is not.
fn is_kept_empty(node: NodeRef<'_>, referrers: &Referrers<'_>) -> bool {
    node.end_tag().is_some()
        && !node.has(Flags::UNCLOSED)
        && empty::shows_only_content(node.tag())
        && node.children().all(is_blank_text)
        && (empty::parts_an_address(node) || !is_bare(node, referrers))
        && !referrers.have_emptied(node)
}

fn is_blank_text(node: NodeRef<'_>) -> bool {
    match node.kind() {
        Kind::Text => node.text().trim().is_empty(),
        Kind::SoftBreak => true,
        _ => false,
    }
}

/// Whether a service's script makes a post, a film or a drawing of an element: it says so by its class, and of which by an attribute.
fn is_embed(node: NodeRef<'_>) -> bool {
    let names_one = |class: &str| {
        let class = class.to_ascii_lowercase();
        class.ends_with("-embed") || class.ends_with("-media") || class.starts_with("embed-")
    };
    let is_data = |a: &AttributeRef<'_>| {
        a.name.get(..5).is_some_and(|n| n.eq_ignore_ascii_case("data-")) && !a.value.is_empty()
    };
    node.attribute("class").is_some_and(|c| c.value.split_ascii_whitespace().any(names_one))
        && (node.tag() == Tag::Blockquote || node.attributes().any(|a| is_data(&a)))
}

/// Whether a font draws what an element holds as a sign: a character that has no meaning of its own.
fn is_sign(node: NodeRef<'_>) -> bool {
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    let mut children = node.children();
    match (children.next(), children.next()) {
        (Some(only), None) if only.kind() == Kind::Text => {
            let text = only.text();
            let mut shown = text.trim().chars();
            shown.next().is_some_and(is_private) && shown.all(is_private)
        }
        _ => false,
    }
}

/// Whether words on either side of an inline wrapper's tags would join that its style sets apart.
fn is_drawn_apart(node: NodeRef<'_>) -> bool {
    if node.tag().is_block() || !is_wrapper(node.tag()) {
        return false;
    }
    let Some(apart) = node.attribute("style").and_then(|style| sets_apart(&style.decoded())) else {
        return false;
    };
    let (Some(first), Some(last)) = (edge_letter(node, true), edge_letter(node, false)) else { return false };
    let joins = |inner: char, outer: Option<char>| {
        // scripts without blanks need no gap
        outer.is_some_and(|c| c.is_alphanumeric() && (apart == Apart::Line || !is_wide(c)))
            && inner.is_alphanumeric()
            && (apart == Apart::Line || !is_wide(inner))
    };
    // the large first letter of a word is one with it
    let is_initial = node.words().chars().filter(|c| c.is_alphanumeric()).nth(1).is_none();
    !is_initial && (joins(first, letter_beside(node, false)) || joins(last, letter_beside(node, true)))
}

/// How far is climbed and walked to find the letter beside a tag.
const NEAR: usize = 16;

/// The first or last character in an element, if it is one of its text.
fn edge_letter(node: NodeRef<'_>, first: bool) -> Option<char> {
    let mut at = node;
    for _ in 0..NEAR {
        if at.kind() == Kind::Text {
            let text = at.text();
            return if first { text.chars().next() } else { text.chars().next_back() };
        }
        if at.tag().is_block() || at.tag().is_void() {
            return None;
        }
        at = if first { at.children().next()? } else { at.last_child()? };
    }
    None
}

/// The character that stands right before or behind an inline element, tags aside.
fn letter_beside(node: NodeRef<'_>, behind: bool) -> Option<char> {
    let mut at = node;
    for _ in 0..NEAR {
        let beside = if behind { at.next_sibling() } else { at.previous_sibling() };
        if let Some(beside) = beside {
            return edge_letter(beside, behind);
        }
        at = at.parent().filter(|p| p.is_html() && !p.tag().is_block())?;
    }
    None
}

/// Whether another program writes one of the attributes of a tag: `href={url}`, `href="<%= url %>"`.
pub(crate) fn is_template_tag(node: NodeRef<'_>) -> bool {
    node.attributes().any(|a| is_of_template(&a))
}

/// Whether another program writes the value of an attribute: an expression of JSX, a tag of ERB or PHP, a `${…}`.
pub(crate) fn is_of_template(attribute: &AttributeRef<'_>) -> bool {
    let value = attribute.value;
    let is_quoted = attribute.value_span.is_none_or(|s| s.end != attribute.whole.end);
    !is_quoted && value.starts_with('{')
        || memchr::memchr3(b'<', b'$', b'#', value.as_bytes()).is_some()
            && ["<%", "<?", "${", "#{"].iter().any(|sign| value.contains(sign))
}

/// Whether a script may find an element by this attribute.
fn is_found_by_script(attribute: &AttributeRef<'_>) -> bool {
    let name = attribute.name;
    let is_data = name.get(..5).is_some_and(|n| n.eq_ignore_ascii_case("data-"));
    let is_name = name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("class");
    is_data || is_name && !attribute.value.trim().is_empty()
}

/// Whether an element is empty, has an id, a class or data, and a script stands beside it: it may fill it, with a chart, a map, a poll.
fn is_place_of_script(node: NodeRef<'_>) -> bool {
    if !matches!(node.tag(), Tag::Div | Tag::Span | Tag::Section)
        || node.children().next().is_some()
        || !node.attributes().any(|a| is_found_by_script(&a))
    {
        return false;
    }
    let shows =
        |n: &NodeRef<'_>| !matches!(n.kind(), Kind::Text | Kind::SoftBreak) || !n.source().trim().is_empty();
    let is_script = |n: Option<NodeRef<'_>>| n.is_some_and(|n| n.tag() == Tag::Script);
    is_script(std::iter::successors(node.next_sibling(), |n| n.next_sibling()).take(3).find(shows))
        || is_script(
            std::iter::successors(node.previous_sibling(), |n| n.previous_sibling()).take(3).find(shows),
        )
}

fn is_noise(node: NodeRef<'_>, attribute: &AttributeRef<'_>, referrers: &Referrers<'_>) -> bool {
    let tag = node.tag();
    let name = attribute.name.to_ascii_lowercase();
    let value = attribute.decoded();
    let value = value.trim();
    if value.contains(['{', '}']) {
        return false;
    }
    match name.as_str() {
        "class" => !is_telling_class(node, value) && !referrers.dress(value),
        "style" => {
            is_plain_style(tag, value)
                || is_all_of_heading(node)
                    && !value.to_ascii_lowercase().contains("transparent")
                    && is_plain_style(tag, &without(&without(value, "color"), "background-color"))
                || keeps_blanks(value)
                    && folds_nothing(node)
                    && is_plain_style(tag, &without(value, "white-space"))
        }
        "id" | "name" => tag != Tag::A && !referrers.lead_to(value),
        "align" => {
            !matches!(tag, Tag::Div | Tag::P | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
                || !(value.eq_ignore_ascii_case("center") || value.eq_ignore_ascii_case("right"))
        }
        "dir" => value.eq_ignore_ascii_case("ltr"),
        "face" => !is_font_of_signs(value),
        "color" if is_all_of_heading(node) => true,
        "color" | "bgcolor" => is_neutral_colour(&value.to_ascii_lowercase()),
        // what the text is written in anyway
        "lang" | "xml:lang" => matches!(tag, Tag::Span | Tag::Font) && referrers.is_in_language(value),
        "type" => matches!(tag, Tag::A) || value.eq_ignore_ascii_case("disc") || value == "1",
        "role" => matches!(
            value,
            "main" | "presentation" | "none" | "list" | "listitem" | "heading" | "article" | "region"
        ),
        // what Google's and Angular's programs number their elements with
        n if words::is(n, Known::ShownByScript) => value.is_empty(),
        n if n.starts_with("data-") || n.starts_with("closure_uid_") || n.starts_with("_ngcontent-") => true,
        "jsname" | "jscontroller" | "jsaction" | "jslog" => true,
        n => NOISE.contains(&n),
    }
}

/// Whether it dresses a whole heading: its colour sets nothing apart.
fn is_all_of_heading(node: NodeRef<'_>) -> bool {
    let is_heading = |n: NodeRef<'_>| n.kind() == Kind::Heading || n.tag().heading_level().is_some();
    matches!(node.tag(), Tag::Span | Tag::Font)
        && node.parent().is_some_and(|parent| {
            is_heading(parent) && parent.children().take(4).all(|c| c.id == node.id || is_blank_text(c))
        })
}

/// Whether an element holds nothing but preformatted text, also in further boxes.
pub(super) fn holds_only_code(node: NodeRef<'_>) -> bool {
    let mut at = node;
    for _ in 0..4 {
        let mut shown = at.children().filter(|c| !is_blank_text(*c));
        match (shown.next(), shown.next()) {
            (Some(only), None) if only.tag() == Tag::Pre => return true,
            (Some(only), None) if only.tag() == Tag::Div => at = only,
            _ => return false,
        }
    }
    false
}

/// The heading or paragraph that is all a link of HTML holds: the link is one of its words.
pub(super) fn sole_block<'a>(link: NodeRef<'a>, referrers: &Referrers<'_>) -> Option<NodeRef<'a>> {
    let mut shown = link.children().filter(|c| !is_blank_text(*c));
    let block = shown.next().filter(|_| shown.next().is_none())?;
    let is_one = block.tag() == Tag::P || block.tag().heading_level().is_some();
    let holds_block = || block.descendants().any(|n| n.tag().is_block() || n.kind() == Kind::Link);
    (is_one && block.end_tag().is_some() && says_nothing(block, referrers, &[]) && !holds_block())
        .then_some(block)
}

/// Whether there are no blanks in a node that a browser would fold, so that it matters not whether it does.
fn folds_nothing(node: NodeRef<'_>) -> bool {
    node.descendants().take(MOST_FOLDED).all(|n| match n.kind() {
        Kind::Text => {
            let text = n.text();
            !text.contains(['\n', '\t', '\r']) && !text.contains("  ")
        }
        Kind::SoftBreak => false,
        _ => true,
    }) && node.descendants().nth(MOST_FOLDED).is_none()
}

/// How many nodes are looked at for blanks.
const MOST_FOLDED: usize = 32;

/// What an inline element does to its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stress {
    /// They are bold.
    Strong,
    /// They are italic.
    Emphasis,
    /// They are struck.
    Struck,
}

/// What an inline element does to its words, by its tag or, if that says nothing, its style. A style can take from a tag what it does:
/// `<b style="font-weight:normal">` is what Google Docs puts round all it copies.
pub(crate) fn stress(node: NodeRef<'_>, referrers: &Referrers<'_>) -> Option<Stress> {
    match node.tag() {
        Tag::B | Tag::Strong => (!is_undone(node)).then_some(Stress::Strong),
        Tag::I | Tag::Em => (!is_undone(node)).then_some(Stress::Emphasis),
        Tag::S | Tag::Strike | Tag::Del => Some(Stress::Struck),
        Tag::Span | Tag::Font => {
            let style = node.attribute("style")?;
            let (stress, property) = match weight_and_slant(&style.decoded()) {
                (Some(true), Some(false) | None) => (Stress::Strong, "font-weight"),
                (Some(false) | None, Some(true)) => (Stress::Emphasis, "font-style"),
                _ => return None,
            };
            let is_silent = |a: &AttributeRef<'_>| {
                is_noise(node, a, referrers)
                    || a.name.eq_ignore_ascii_case("style")
                        && !a.value.contains(['{', '}'])
                        && is_plain_style(
                            node.tag(),
                            &without(&without(&a.decoded(), property), "white-space"),
                        )
                        && (!keeps_blanks(&a.decoded()) || folds_nothing(node))
            };
            (node.attributes().all(|a| is_silent(&a)) && !is_place_of_script(node) && !is_sign(node))
                .then_some(stress)
        }
        _ => None,
    }
}

/// Whether a style takes from a tag of emphasis what it does.
pub(crate) fn is_undone(node: NodeRef<'_>) -> bool {
    let Some(style) = node.attribute("style") else { return false };
    let (weight, slant) = weight_and_slant(&style.decoded());
    match node.tag() {
        Tag::B | Tag::Strong => weight == Some(false),
        Tag::I | Tag::Em => slant == Some(false),
        _ => false,
    }
}

/// Whether a class names something that a reader would miss. Words are told apart by blanks, hyphens and underscores.
fn is_telling_class(node: NodeRef<'_>, value: &str) -> bool {
    value
        .split_ascii_whitespace()
        .filter(|class| !(class.eq_ignore_ascii_case("notranslate") && holds_only_code(node)))
        .any(|class| class.starts_with("lang-") || class.starts_with("language-") || words::is_telling(class))
}

/// Whether an empty element is nothing to anybody: no name, no data, no class that a style sheet may fill.
pub(crate) fn is_bare(node: NodeRef<'_>, referrers: &Referrers<'_>) -> bool {
    node.attributes().all(|a| {
        let name = a.name.to_ascii_lowercase();
        let value = a.decoded();
        match name.as_str() {
            "class" => {
                matches!(node.tag(), Tag::P)
                    || node.tag().heading_level().is_some()
                    || value
                        .split_ascii_whitespace()
                        .all(|c| words::is(c, Known::Spacer) || words::is(c, Known::Plain))
                    || node.tag() == Tag::Span && !names_an_icon(&value)
            }
            "style" => {
                let style = value.to_ascii_lowercase();
                is_out_of_sight(&style) || is_plain_style(node.tag(), &style) && !takes_room(&style)
            }
            n if n.starts_with("data-") || n.starts_with("aria-") => false,
            "href" | "target" | "rel" => true,
            "role" => false,
            _ => !matches!(name.as_str(), "id" | "name" | "title") && is_noise(node, &a, referrers),
        }
    })
}

/// Whether one of the classes may be of an icon, or of something else that is drawn: `mdi-cog`, `badge`. Those are names of several words, or known.
fn names_an_icon(classes: &str) -> bool {
    let known = [Known::Telling, Known::Icon, Known::Embed, Known::PageBreak];
    classes.contains(['-', '_']) || known.iter().any(|known| words::has_class(classes, *known))
}

/// Whether an attribute that runs a script may be taken from an element: code and templates show what they show, drawings (`<svg>`, `<math>`) are
/// protected too, and run it.
pub(crate) fn may_lose_script(node: NodeRef<'_>, attribute: Span) -> bool {
    let is_drawing = |n: NodeRef<'_>| matches!(n.tag(), Tag::Svg | Tag::Math);
    !node.document.parsed.protected.cuts(attribute)
        || std::iter::once(node).chain(node.ancestors()).any(is_drawing)
}

/// Whether an address (decoded) runs a script or holds a page: `javascript:`, also with the blanks and control characters in it that
/// browsers drop, and as a scraper left it behind the address of a page.
pub(crate) fn runs_script(url: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_ascii_whitespace() && !c.is_ascii_control())
            .take(24)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let start = letters(url.trim_start_matches(|c: char| c.is_ascii_whitespace() || c.is_ascii_control()));
    if [
        "javascript:",
        "vbscript:",
        "livescript:",
        "data:text/html",
        "data:application/xhtml",
        "data:text/xml",
    ]
    .iter()
    .any(|scheme| start.starts_with(scheme))
    {
        return true;
    }
    let is_web = start.starts_with("http:")
        || start.starts_with("https:")
        || start.starts_with('/')
        || start.starts_with('.');
    is_web
        && url.rsplit('/').next().is_some_and(|last| {
            let last = letters(last);
            ["javascript:", "javascript%3a"]
                .iter()
                .any(|scheme| last.strip_prefix(scheme).is_some_and(is_code))
        })
}

/// Whether the element is a wrapper of a kind that can be unwrapped: it groups or dresses what it holds.
pub(crate) const fn is_wrapper(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Div | Section
            | Article
            | Main
            | Header
            | Footer
            | Center
            | Span
            | Font
            | Big
            | Nobr
            | Hgroup
            | Basefont
            | Blink
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_run_scripts() {
        for url in [
            "javascript:void(0)",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "https://a.example/b/javascript:void%280%29;",
        ] {
            assert!(runs_script(url), "{url:?}");
        }
        for url in [
            "https://a.example/javascript",
            "/docs/javascript:intro.html/x",
            "data:image/png;base64,AA",
            "mailto:a@b.example",
            "javascript",
            "#javascript:",
        ] {
            assert!(!runs_script(url), "{url:?}");
        }
    }
}
