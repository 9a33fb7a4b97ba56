//! What a style says: whether it changes only looks that carry no sense, whether it sets words apart. Owns the properties of CSS that
//! matter; must not look at elements.

use super::words::{self, Known};
use crate::document::html::Tag;

/// A text that far to the left (in pixels) is out of the window.
const FAR_OUTSIDE: f32 = -500.0;

/// Whether a style changes only looks that carry no sense: not hidden, bold, italic, struck, coloured, set as it stands. Links have the
/// looks of links.
pub(super) fn is_plain_style(tag: Tag, style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').all(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else { return declaration.trim().is_empty() };
        let value = value.trim().trim_end_matches("!important").trim();
        match name.trim() {
            // the frame of a film that fills it: without it the film would fill the page
            "padding-bottom" | "padding-top" => !is_share_of_width(value),
            "display" => value != "none",
            "font-size" => length(value) != Some(0.0),
            "clip" => value == "auto",
            "clip-path" | "filter" => value == "none",
            // where no reader looks
            "left" | "top" | "right" | "margin-left" | "margin-top" | "text-indent" => {
                length(value).is_none_or(|n| n > FAR_OUTSIDE)
            }
            "page-break-before" | "page-break-after" | "break-before" | "break-after" => {
                matches!(value, "auto" | "avoid" | "avoid-page" | "inherit" | "initial" | "unset")
            }
            "font" => value.split_whitespace().all(|word| {
                !matches!(
                    word,
                    "bold" | "bolder" | "italic" | "oblique" | "small-caps" | "700" | "800" | "900"
                )
            }),
            "font-family" => !is_font_of_signs(value),
            "border" if tag == Tag::Span => matches!(
                value.split_whitespace().next(),
                None | Some("none" | "0" | "0px" | "initial" | "inherit" | "unset")
            ),
            "list-style" | "list-style-type" => {
                !value.split_whitespace().any(|word| words::is(word, Known::Counted))
            }
            "color" if value == "transparent" => false,
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

/// Whether a style has blanks drawn as they are written.
pub(super) fn keeps_blanks(style: &str) -> bool {
    property(style, "white-space")
        .is_some_and(|value| matches!(value.trim(), "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
}

/// A style without the declarations of a property.
pub(super) fn without(style: &str, name: &str) -> String {
    let is_other = |declaration: &&str| {
        !declaration.split_once(':').is_some_and(|(property, _)| property.trim().eq_ignore_ascii_case(name))
    };
    style.split(';').filter(is_other).collect::<Vec<_>>().join(";")
}

/// Whether a style makes words bold, and whether italic; `None` where it does not say.
pub(super) fn weight_and_slant(style: &str) -> (Option<bool>, Option<bool>) {
    let weight =
        property(style, "font-weight").and_then(|value| match value.trim().to_ascii_lowercase().as_str() {
            "bold" => Some(true),
            "normal" => Some(false),
            number => number.parse::<u32>().ok().map(|weight| weight >= 600),
        });
    let slant =
        property(style, "font-style").and_then(|value| match value.trim().to_ascii_lowercase().as_str() {
            "italic" | "oblique" => Some(true),
            "normal" => Some(false),
            _ => None,
        });
    (weight, slant)
}

/// Whether a padding is so many percent of the width that it gives a box its height: `56.25%`.
fn is_share_of_width(value: &str) -> bool {
    let number = value.strip_suffix('%');
    number.and_then(|n| n.trim().parse::<f32>().ok()).is_some_and(|n| n >= 20.0)
}

/// Whether a colour is none: black, white, grey, what the page has anyway.
pub(super) fn is_neutral_colour(value: &str) -> bool {
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

/// Whether letters of a font are drawn as signs.
pub(super) fn is_font_of_signs(names: &str) -> bool {
    let names = names.to_ascii_lowercase();
    words::all(Known::SignFont).iter().any(|font| names.contains(font))
}

/// A length in pixels, more or less: `2em`, `-9999px`. `None` for what is none.
fn length(value: &str) -> Option<f32> {
    let digits = value.len()
        - value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).len();
    let (number, unit) = value.split_at_checked(digits)?;
    let number: f32 = number.parse().ok()?;
    Some(match unit.trim() {
        "px" | "" => number,
        "pt" => number * 1.33,
        "em" | "rem" | "ch" | "ex" => number * 16.0,
        "%" | "vw" | "vh" => number * 8.0,
        _ => return None,
    })
}

/// A width in pixels of an image as an attribute or a style says it.
pub(super) fn width(value: &str) -> Option<f32> {
    let value = value.trim().to_ascii_lowercase();
    if value.ends_with('%') { None } else { length(&value) }
}

/// The value of a property in a style.
pub(super) fn property<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    let declarations = style.split(';').filter_map(|d| d.split_once(':'));
    declarations
        .rev()
        .filter(|(n, _)| n.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .next()
}

/// Whether a style (in lower case) gives a box with nothing in it a size, a ground or a border.
pub(super) fn takes_room(style: &str) -> bool {
    style.split(';').filter_map(|d| d.split_once(':')).any(|(name, value)| {
        let is_of_box = ["width", "height", "background", "border"].iter().any(|p| name.contains(p));
        let value = value.trim().trim_end_matches("!important").trim();
        is_of_box
            && name.trim() != "line-height"
            && length(value) != Some(0.0)
            && !matches!(value, "none" | "auto" | "transparent" | "inherit" | "initial" | "unset")
    })
}

/// Whether a style (in lower case) puts a box far out of the window, or leaves it no more than a pixel: nothing in it is seen.
pub(super) fn is_out_of_sight(style: &str) -> bool {
    let at_most =
        |name: &str, most: f32| property(style, name).and_then(width).is_some_and(|n| n.abs() <= most);
    let far = |name: &str| property(style, name).and_then(length).is_some_and(|n| n <= FAR_OUTSIDE);
    far("left") || far("top") || at_most("width", 1.0) && at_most("height", 1.0)
}

/// How an inline element sets what it holds apart from the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// On a line or at a place of its own.
    Line,
    /// By a gap.
    Gap,
}

/// A gap that is as wide as a blank, in pixels.
const BLANK: f32 = 3.0;

/// How a style sets an inline element apart, if it does.
pub(super) fn sets_apart(style: &str) -> Option<Apart> {
    let style = style.to_ascii_lowercase();
    let mut found = None;
    for (name, value) in style.split(';').filter_map(|d| d.split_once(':')) {
        let value = value.trim().trim_end_matches("!important").trim();
        let is_gap = |value: &str| length(value).is_some_and(|n| n >= BLANK);
        match name.trim() {
            "display" if matches!(value, "block" | "flex" | "grid" | "table" | "table-row" | "list-item") => {
                return Some(Apart::Line);
            }
            "float" if matches!(value, "left" | "right") => return Some(Apart::Line),
            "position" if matches!(value, "absolute" | "fixed") => return Some(Apart::Line),
            "display" if value == "table-cell" => found = Some(Apart::Gap),
            "margin-left" | "margin-right" | "padding-left" | "padding-right" if is_gap(value) => {
                found = Some(Apart::Gap);
            }
            // the second of them is that of the sides
            "margin" | "padding" => {
                let sides: Vec<&str> = value.split_whitespace().collect();
                let side = sides.get(1).or(sides.first()).copied().unwrap_or("");
                if is_gap(side) || sides.get(3).is_some_and(|s| is_gap(s)) {
                    found = Some(Apart::Gap);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_say_something() {
        for plain in [
            "",
            "font-weight: 400;",
            "font-family: Arial; color:#222",
            "margin:0 auto",
            "background: transparent; text-indent: -18pt",
            "page-break-inside: avoid; border: none; font: 12px Arial",
            "list-style: none",
            "color: rgb(34, 34, 34)",
        ] {
            assert!(is_plain_style(Tag::Span, plain), "{plain}");
        }
        for telling in [
            "display:none",
            "color: red",
            "color:#c00",
            "font-weight:bold",
            "white-space: pre-wrap",
            "font-size:0",
            "color: transparent",
            "left: -9999px",
            "page-break-after: always",
            "font: bold 12px serif",
            "border:1px solid",
            "list-style-type: lower-alpha",
            "font-family: Wingdings",
        ] {
            assert!(!is_plain_style(Tag::Span, telling), "{telling}");
        }
    }

    #[test]
    fn boxes_that_take_room() {
        for style in ["height:2em", "background:#eee", "border-top: 1px solid", "width: 100%"] {
            assert!(takes_room(style), "{style}");
        }
        for style in
            ["clear:both;display:block;overflow:hidden;height:0;", "border: none", "line-height: 2", ""]
        {
            assert!(!takes_room(style), "{style}");
        }
    }

    #[test]
    fn styles_that_set_words_apart() {
        for (style, apart) in [
            ("display:block", Some(Apart::Line)),
            ("float: right", Some(Apart::Line)),
            ("margin: 0 1em", Some(Apart::Gap)),
            ("padding-left:4px", Some(Apart::Gap)),
            ("margin:0;padding:0", None),
            ("display:inline", None),
            ("margin: 10px 0", None),
            ("", None),
        ] {
            assert_eq!(sets_apart(style), apart, "{style}");
        }
    }
}
