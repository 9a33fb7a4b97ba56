//! What an element says beyond its words: decides whether a wrapper can go, whether an attribute would be missed.
//! Owns the lists of attributes, classes and styles; must not change or parse anything.

use crate::document::html::Tag;
use crate::document::{AttributeRef, Document, Kind, NodeRef};
use crate::evidence::url::is_code;
use std::cell::OnceCell;
use std::collections::HashSet;

#[rustfmt::skip]
/// Words in class names that somebody reads: a style sheet that shows a box, a script, a person.
const TELLING: &[&str] = &[
    "admonition", "alert", "annotation", "aside", "attention", "badge", "callout", "carousel", "caution", "chart",
    "chip", "danger", "details", "diagram", "equation", "error", "fa", "fab", "far", "fas", "flash", "footnote",
    "footnotes", "gallery", "glyphicon", "graph", "hidden", "hint", "icon", "important", "info", "instagram",
    "katex", "kbd", "latex", "lozad", "marginnote", "math", "mathjax", "mermaid", "note", "notice", "notranslate",
    "plotly", "poem", "pullquote", "sidenote", "slider", "spoiler", "sr", "success", "tab", "tabs", "tex", "tip",
    "tldr", "toc", "tooltip", "tweet", "verse", "warn", "warning",
];

/// Classes of empty elements that only keep others apart.
const SPACERS: &[&str] =
    &["clear", "clearfix", "clearer", "clearboth", "spacer", "separator", "gap", "msonormal"];

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
    "face",
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

/// The fragments (`#part-1`) that links of the document lead to: an `id` that is one of them is not noise.
/// Read when the first `id` is met.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fragments<'d> {
    document: Document<'d>,
    names: &'d OnceCell<HashSet<String>>,
}

impl<'d> Fragments<'d> {
    /// Those of a document; `names` keeps what is read.
    pub(crate) fn of(document: Document<'d>, names: &'d OnceCell<HashSet<String>>) -> Self {
        Self { document, names }
    }

    fn is_led_to(&self, id: &str) -> bool {
        self.names.get_or_init(|| names(self.document)).contains(&id.to_ascii_lowercase())
    }
}

fn names(document: Document<'_>) -> HashSet<String> {
    let mut names = HashSet::new();
    for node in document.nodes().filter(|n| matches!(n.kind(), Kind::Link | Kind::Definition)) {
        if let Some(d) = node.destination()
            && let Some((_, name)) = d.written.split_once('#')
        {
            names.insert(name.to_ascii_lowercase());
        }
    }
    names
}

/// Whether the attributes of an element, those named in `expressible` aside, would not be missed.
pub(crate) fn says_nothing(node: NodeRef<'_>, fragments: &Fragments<'_>, expressible: &[&str]) -> bool {
    node.attributes().all(|a| {
        expressible.iter().any(|e| a.name.eq_ignore_ascii_case(e)) || is_noise(node.tag(), &a, fragments)
    }) && !is_place_of_script(node)
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

fn is_noise(tag: Tag, attribute: &AttributeRef<'_>, fragments: &Fragments<'_>) -> bool {
    let name = attribute.name.to_ascii_lowercase();
    let value = attribute.decoded();
    let value = value.trim();
    if value.contains(['{', '}']) {
        return false;
    }
    match name.as_str() {
        "class" => !is_telling_class(value),
        "style" => is_plain_style(tag, value),
        "id" | "name" => tag != Tag::A && !fragments.is_led_to(value),
        "align" => {
            !matches!(tag, Tag::Div | Tag::P | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
                || !(value.eq_ignore_ascii_case("center") || value.eq_ignore_ascii_case("right"))
        }
        "dir" => value.eq_ignore_ascii_case("ltr"),
        "color" | "bgcolor" => is_neutral_colour(&value.to_ascii_lowercase()),
        "type" => matches!(tag, Tag::A) || value.eq_ignore_ascii_case("disc") || value == "1",
        "role" => matches!(
            value,
            "main" | "presentation" | "none" | "list" | "listitem" | "heading" | "article" | "region"
        ),
        // what Google's and Angular's programs number their elements with
        n if n.starts_with("data-") || n.starts_with("closure_uid_") || n.starts_with("_ngcontent-") => true,
        "jsname" | "jscontroller" | "jsaction" | "jslog" => true,
        n => NOISE.contains(&n),
    }
}

/// Whether a class names something that a reader would miss. Words are told apart by blanks, hyphens and underscores.
fn is_telling_class(value: &str) -> bool {
    value
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| TELLING.binary_search(&word.to_ascii_lowercase().as_str()).is_ok())
        || value.split_whitespace().any(|c| c.starts_with("lang-") || c.starts_with("language-"))
}

/// Whether an empty element is nothing to anybody: no name, no data, no class that a style sheet may fill.
pub(crate) fn is_bare(node: NodeRef<'_>, fragments: &Fragments<'_>) -> bool {
    node.attributes().all(|a| {
        let name = a.name.to_ascii_lowercase();
        let value = a.decoded();
        match name.as_str() {
            "class" => {
                matches!(node.tag(), Tag::P)
                    || node.tag().heading_level().is_some()
                    || value.split_whitespace().all(|c| SPACERS.contains(&c.to_ascii_lowercase().as_str()))
            }
            "style" => {
                let style = value.to_ascii_lowercase();
                is_plain_style(node.tag(), &style)
                    && !["width", "height", "background", "border"].iter().any(|p| style.contains(p))
            }
            n if n.starts_with("data-") || n.starts_with("aria-") => false,
            "href" | "target" | "rel" => true,
            "role" => false,
            _ => !matches!(name.as_str(), "id" | "name" | "title") && is_noise(node.tag(), &a, fragments),
        }
    })
}

/// Whether a style changes only looks that carry no sense: not hidden, bold, italic, struck, coloured, set as it stands. Links have the
/// looks of links.
fn is_plain_style(tag: Tag, style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').all(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else { return declaration.trim().is_empty() };
        let value = value.trim().trim_end_matches("!important").trim();
        match name.trim() {
            // the frame of a film that fills it: without it the film would fill the page
            "padding-bottom" | "padding-top" => !is_share_of_width(value),
            "display" => value != "none",
            "visibility" => value != "hidden",
            "font-weight" => {
                !value.starts_with("bold") && value.parse::<u32>().map_or(true, |weight| weight < 600)
            }
            "font-style" => !matches!(value, "italic" | "oblique"),
            "color" | "text-decoration" | "text-decoration-line" if tag == Tag::A => value != "line-through",
            "text-decoration" | "text-decoration-line" => {
                !value.contains("line-through") && !value.contains("underline")
            }
            "color" | "background" | "background-color" => is_neutral_colour(value),
            "white-space" => !value.starts_with("pre") && value != "break-spaces",
            "direction" => value == "ltr",
            "vertical-align" => !matches!(value, "super" | "sub"),
            "text-transform" | "font-variant" => matches!(value, "none" | "normal" | "inherit" | "initial"),
            "unicode-bidi" | "writing-mode" | "content" | "opacity" => false,
            _ => true,
        }
    })
}

/// Whether a padding is so many percent of the width that it gives a box its height: `56.25%`.
fn is_share_of_width(value: &str) -> bool {
    let number = value.strip_suffix('%');
    number.and_then(|n| n.trim().parse::<f32>().ok()).is_some_and(|n| n >= 20.0)
}

/// Whether a colour is none: black, white, grey, what the page has anyway.
fn is_neutral_colour(value: &str) -> bool {
    if matches!(
        value,
        "" | "none"
            | "black"
            | "white"
            | "inherit"
            | "initial"
            | "unset"
            | "transparent"
            | "currentcolor"
            | "windowtext"
    ) || value.ends_with("gray")
        || value.ends_with("grey")
        || value.starts_with("var(")
    {
        return true;
    }
    channels(value).is_some_and(|[r, g, b]| {
        let (low, high) = (r.min(g).min(b), r.max(g).max(b));
        high - low <= 40
    })
}

fn channels(value: &str) -> Option<[u32; 3]> {
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u32> = hex.chars().map_while(|c| c.to_digit(16)).collect();
        return match digits.as_slice() {
            [r, g, b] | [r, g, b, _] => Some([r * 17, g * 17, b * 17]),
            [r, r2, g, g2, b, b2, ..] => Some([r * 16 + r2, g * 16 + g2, b * 16 + b2]),
            _ => None,
        };
    }
    let inside = value.strip_prefix("rgb")?.trim_start_matches('a').strip_prefix('(')?;
    let mut numbers = inside
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|n| !n.is_empty())
        .map(|n| n.split('.').next().unwrap_or("").parse::<u32>().unwrap_or(0).min(255));
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
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
    fn the_lists_are_sorted_where_they_are_searched() {
        assert!(TELLING.is_sorted());
    }

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

    #[test]
    fn styles_that_say_something() {
        for plain in [
            "",
            "font-weight: 400;",
            "font-family: Arial; color:#222",
            "margin:0 auto",
            "color: rgb(34, 34, 34)",
        ] {
            assert!(is_plain_style(Tag::Span, plain), "{plain}");
        }
        for telling in
            ["display:none", "color: red", "color:#c00", "font-weight:bold", "white-space: pre-wrap"]
        {
            assert!(!is_plain_style(Tag::Span, telling), "{telling}");
        }
    }
}
