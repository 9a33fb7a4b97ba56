//! What the attributes of an element tell: its size, whether it is hidden, names of ad code. Owns reading them;
//! must not look at URLs nor at what the element holds.

use super::lexicon::{is_label, token_weight};
use super::signal::{Grounds, Signal};
use super::url::creative_size_weight;
use crate::document::NodeRef;

/// Width and height in pixels, by attributes or style, where they say so.
pub(crate) fn size(node: NodeRef<'_>) -> (Option<u32>, Option<u32>) {
    let (mut width, mut height) = (None, None);
    for a in node.attributes() {
        if a.name.eq_ignore_ascii_case("width") {
            width = pixels(a.value);
        } else if a.name.eq_ignore_ascii_case("height") {
            height = pixels(a.value);
        } else if a.name.eq_ignore_ascii_case("style") {
            for declaration in a.value.split(';') {
                let Some((name, value)) = declaration.split_once(':') else { continue };
                match name.trim() {
                    n if n.eq_ignore_ascii_case("width") => width = width.or_else(|| pixels(value.trim())),
                    n if n.eq_ignore_ascii_case("height") => height = height.or_else(|| pixels(value.trim())),
                    _ => {}
                }
            }
        }
    }
    (width, height)
}

/// `90`, `90px`, `0`; not `50%`, `2em`.
fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let unit = value.get(digits..)?.trim().trim_end_matches("!important").trim();
    (digits > 0 && (unit.is_empty() || unit.eq_ignore_ascii_case("px")))
        .then(|| value.get(..digits)?.parse().ok())
        .flatten()
}

/// Whether both sides are 0 or 1 pixel.
pub(crate) fn has_no_size(node: NodeRef<'_>) -> bool {
    matches!(size(node), (Some(0 | 1), Some(0 | 1)))
}

/// Whether its style or `hidden` keeps it from being seen.
pub(crate) fn is_hidden(node: NodeRef<'_>) -> bool {
    if node.attribute("hidden").is_some() {
        return true;
    }
    let Some(style) = node.attribute("style") else { return false };
    let style: String =
        style.value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    ["display:none", "visibility:hidden"].iter().any(|s| style.contains(s))
        || style.split(';').any(|d| d == "opacity:0" || d == "opacity:0.0")
        || style.split(';').any(|d| {
            d.split_once(":-").is_some_and(|(name, value)| {
                matches!(name, "left" | "top" | "right" | "text-indent" | "margin-left")
                    && value.bytes().take_while(u8::is_ascii_digit).count() >= 3
            })
        })
}

/// The weight of its size as one that ads have: 0, 3 or 4.
pub(crate) fn ad_size(node: NodeRef<'_>) -> i16 {
    match size(node) {
        (Some(width), Some(height)) => creative_size_weight(width, height),
        _ => 0,
    }
}

/// Counts what class, id, title and data attributes tell.
pub(crate) fn add_names(node: NodeRef<'_>, grounds: &mut Grounds) {
    let (mut token, mut attribute) = (0, 0);
    for a in node.attributes() {
        let name = a.name;
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            token = token.max(token_weight(a.value));
            token = token.max(generated_id_weight(a.value));
        } else if name.eq_ignore_ascii_case("name") {
            token = token.max(token_weight(a.value));
        } else if name.eq_ignore_ascii_case("title") || name.eq_ignore_ascii_case("aria-label") {
            if is_label(&a.decoded()) {
                grounds.add(Signal::Label, 4);
            }
        } else if name.len() > 5 && name.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("data-")) {
            attribute = attribute.max(data_weight(&name[5..], a.value));
        }
    }
    grounds.add(Signal::Token, token);
    grounds.add(Signal::Attribute, attribute);
}

/// `container-30356e73…`, `M727193ScriptRootC1219340`: ids that a program made up.
fn generated_id_weight(id: &str) -> i16 {
    let hex = id.split(['-', '_']).any(|p| p.len() >= 24 && p.bytes().all(|b| b.is_ascii_hexdigit()));
    if hex || id.contains("ScriptRoot") || id.contains("gpt-ad") {
        4
    } else if id.len() >= 6 && id.bytes().all(|b| b.is_ascii_digit()) {
        2
    } else {
        0
    }
}

/// How much `data-NAME` speaks for ad code. `data-ad-domain` may be Active Directory: only names that ad code has count.
fn data_weight(name: &str, value: &str) -> i16 {
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split(['-', '_']).collect();
    let has = |words: &[&str]| parts.iter().any(|p| words.contains(p));
    const OF_AD: &[&str] = &[
        "client",
        "slot",
        "unit",
        "format",
        "layout",
        "width",
        "height",
        "key",
        "host",
        "channel",
        "region",
        "test",
        "sizes",
        "size",
        "type",
        "id",
        "position",
        "targeting",
        "network",
        "status",
        "zone",
        "code",
        "tag",
        "block",
        "refresh",
        "path",
    ];
    if has(&["ad", "ads", "adv", "gpt", "dfp"]) && (parts.len() == 1 || has(OF_AD)) {
        return 5;
    }
    if has(&[
        "zoneid",
        "adunit",
        "adslot",
        "adzone",
        "adclient",
        "adformat",
        "ezoic",
        "taboola",
        "outbrain",
        "revive",
        "affiliate",
        "affid",
        "adid",
        "criteo",
        "prebid",
        "adbreak",
        "adtags",
        "clickid",
        "campaignid",
        "bannerid",
        "placementid",
    ]) {
        return 5;
    }
    if has(&["zone"]) && value.bytes().any(|b| b.is_ascii_digit()) || has(&["partner"]) && has(&["id", "key"])
    {
        return 5;
    }
    match name.as_str() {
        "aid" | "placement" | "placement-id" | "campaign" | "sponsor" | "sponsored" | "banner"
        | "creative" | "tracking-id" => 4,
        "sizes" if value.contains(',') && value.bytes().any(|b| b.is_ascii_digit()) => 3,
        "widget-id" | "slot" | "cfasync" => 2,
        _ => 0,
    }
}

/// Counts what `rel` says.
pub(crate) fn add_rel(node: NodeRef<'_>, grounds: &mut Grounds) {
    let Some(rel) = node.attribute("rel") else { return };
    for word in rel.value.split_ascii_whitespace() {
        if word.eq_ignore_ascii_case("sponsored") {
            grounds.add(Signal::Sponsored, 5);
        } else if word.eq_ignore_ascii_case("nofollow") {
            grounds.add(Signal::NoFollow, 1);
        }
    }
}
