//! Finds what other programs read: template tags, shortcodes, math, wikilinks, attribute lists, admonition markers.
//! Owns their extent in the source; must not know where code is (a region inside code is harmless: code is protected anyway).

use crate::span::Span;
use memchr::{memchr, memchr3_iter, memmem};

/// How long one tag may be, in bytes: an opening brace without its partner must not swallow the article.
const LONGEST_TAG: usize = 4096;
/// Liquid and Jinja blocks whose whole content is opaque.
const OPAQUE_BLOCKS: [&str; 6] = ["raw", "highlight", "comment", "codeblock", "verbatim", "mermaid"];

/// The opaque regions of `text` from byte `from` on, ascending, disjoint.
pub(crate) fn template_spans(text: &str, from: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let bytes = text.as_bytes();
    let Some(rest) = bytes.get(from..) else { return spans };
    let mut done = from;
    for at in memchr3_iter(b'{', b'$', b'\\', rest).map(|i| i + from) {
        if at < done {
            continue;
        }
        let end = match bytes[at] {
            b'{' => brace(text, at),
            b'$' => dollar(text, at, from),
            _ => match bytes.get(at + 1) {
                Some(b'(' | b'[') => tex_bracket(text, at),
                // an escaped character opens nothing
                Some(b'{' | b'$' | b'\\') => {
                    done = at + 2;
                    None
                }
                _ => None,
            },
        };
        if let Some(end) = end {
            spans.push(Span::new(at, end));
            done = end;
        }
    }
    let tags = spans.len();
    for at in memmem::find_iter(rest, b"[[").map(|i| i + from) {
        if let Some(end) = wikilink(text, at) {
            let start = if at > from && bytes[at - 1] == b'!' { at - 1 } else { at };
            spans.push(Span::new(start, end));
        }
    }
    for marker in ["\n!!!", "\n???", "\n:::", "[!"] {
        for at in memmem::find_iter(rest, marker.as_bytes()).map(|i| i + from) {
            spans.extend(marker_line(text, at, marker));
        }
    }
    if spans.len() > tags {
        merge(&mut spans);
    }
    spans
}

fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for s in spans.drain(..) {
        match out.last_mut() {
            Some(last) if s.start < last.end => last.end = last.end.max(s.end),
            _ => out.push(s),
        }
    }
    *spans = out;
}

/// The part of `text` from `at` in which a tag must end: no blank line, not too long.
fn reach(text: &str, at: usize) -> &str {
    let mut end = (at + LONGEST_TAG).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = &text[at..end];
    let blank = memmem::find(part.as_bytes(), b"\n\n").or_else(|| memmem::find(part.as_bytes(), b"\n\r\n"));
    blank.map_or(part, |i| &part[..i])
}

fn brace(text: &str, at: usize) -> Option<usize> {
    let part = reach(text, at);
    let bytes = part.as_bytes();
    match bytes.get(1)? {
        b'{' => {
            let close = match bytes.get(2) {
                Some(b'<') => ">}}",
                Some(b'%') => "%}}",
                _ => "}}",
            };
            let end = at + memmem::find(bytes, close.as_bytes())? + close.len();
            Some(if text[end..].starts_with('}') { end + 1 } else { end })
        }
        b'%' => {
            let end = at + memmem::find(bytes, b"%}")? + 2;
            let name = text[at + 2..end - 2].trim_start_matches('-').split_whitespace().next().unwrap_or("");
            if OPAQUE_BLOCKS.contains(&name) {
                Some(opaque_block_end(text, end, name).unwrap_or(end))
            } else {
                Some(end)
            }
        }
        b'#' if bytes.get(2).is_some_and(|b| b.is_ascii_alphanumeric()) => {
            let line = &part[..memchr(b'\n', bytes).unwrap_or(part.len())];
            line.find('}').map(|i| at + i + 1)
        }
        b':' | b'.' => {
            let line = &part[..memchr(b'\n', bytes).unwrap_or(part.len())];
            line.find('}').filter(|&i| i > 2).map(|i| at + i + 1)
        }
        b'#' => memmem::find(bytes, b"#}").map(|i| at + i + 2),
        _ => None,
    }
}

fn opaque_block_end(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + memmem::find(&text.as_bytes()[at..], b"{%")?;
        let close = open + memmem::find(&text.as_bytes()[open..], b"%}")?;
        let inner = text[open + 2..close].trim_matches(['-', ' ', '\t', '\n', '\r']);
        if inner.strip_prefix("end") == Some(name) {
            return Some(close + 2);
        }
        at = close + 2;
    }
}

/// `$…$` and `$$…$$`; a price is neither: TeX's closing dollar follows no blank and has no digit behind it.
fn dollar(text: &str, at: usize, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let part = reach(text, at);
    let inner = part.as_bytes();
    if inner.get(1) == Some(&b'$') {
        let close = memmem::find(inner.get(2..)?, b"$$")?;
        return (close > 0).then_some(at + 2 + close + 2);
    }
    if inner.get(1).is_none_or(|b| b.is_ascii_whitespace())
        || at > from && bytes[at - 1].is_ascii_alphanumeric()
    {
        return None;
    }
    let line = &inner[1..];
    let mut from = 0;
    let close = loop {
        let i = from + memchr(b'$', &line[from..])?;
        if i == 0 || line[i - 1] != b'\\' {
            break i;
        }
        from = i + 1;
    };
    let content = &part[1..1 + close];
    let sound = close > 0
        && !line[close - 1].is_ascii_whitespace()
        && line.get(close + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
        && content.bytes().filter(|b| *b == b'\n').count() < 3
        // a sum of money reads on in words
        && !(content.as_bytes()[0].is_ascii_digit() && content.contains(' ') && !content.contains(['\\', '^', '_', '=', '+']));
    sound.then_some(at + close + 2)
}

/// `\(…\)` and `\[…\]`: an escaped bracket in prose looks the same, so something mathematical must stand between.
fn tex_bracket(text: &str, at: usize) -> Option<usize> {
    let part = reach(text, at);
    let close = if part.as_bytes()[1] == b'(' { "\\)" } else { "\\]" };
    let end = part[2..].find(close)? + 2;
    let content = part[2..end].as_bytes();
    let command = content.windows(2).any(|w| w[0] == b'\\' && w[1].is_ascii_alphabetic());
    let operator = content.iter().any(|b| matches!(b, b'^' | b'=')) || memmem::find(content, b"_{").is_some();
    (command || operator).then_some(at + end + 2)
}

fn wikilink(text: &str, at: usize) -> Option<usize> {
    let part = reach(text, at);
    let line = &part[..memchr(b'\n', part.as_bytes()).unwrap_or(part.len())];
    let close = line.find("]]")?;
    let content = &line[2..close];
    // `[[1]](url)` is a link whose text has brackets
    (!content.is_empty() && !content.contains(['[', ']']) && !line[close + 2..].starts_with(['(', '[', ':']))
        .then_some(at + close + 2)
}

/// The line of an admonition (`!!! note`, `??? tip`, `:::warning`) or the marker of an alert (`> [!NOTE]`).
fn marker_line(text: &str, at: usize, marker: &str) -> Option<Span> {
    if marker == "[!" {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let rest = &text[at + 2..];
        let end = rest.find(|c: char| !c.is_ascii_uppercase())?;
        let quoted = text[start..at].trim().chars().all(|c| c == '>') && text[start..at].contains('>');
        return (quoted && end > 2 && rest[end..].starts_with(']')).then(|| Span::new(at, at + 2 + end + 1));
    }
    let start = at + 1;
    let line = text[start..].split('\n').next().unwrap_or("").trim_end();
    let rest = line.trim_start_matches(['!', '?', ':', '+']);
    let sound = match marker {
        "\n:::" => true,
        _ => {
            rest.strip_prefix(' ').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()))
                || rest.is_empty()
        }
    };
    (sound && !line.is_empty()).then(|| Span::new(start, start + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        template_spans(text, 0).into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn shortcodes_and_tags() {
        assert_eq!(found("a {{< fig src=\"_a_\" >}} b {{% x %}}"), ["{{< fig src=\"_a_\" >}}", "{{% x %}}"]);
        assert_eq!(found("{% if a %}text{% endif %} {{ b }}"), ["{% if a %}", "{% endif %}", "{{ b }}"]);
        assert_eq!(found("{% raw %}\n\n{{ a }}\n\n{% endraw %} b"), ["{% raw %}\n\n{{ a }}\n\n{% endraw %}"]);
        assert_eq!(found("para\n{: .note}\n\n{:toc}\n## h {#id}"), ["{: .note}", "{:toc}", "{#id}"]);
        assert_eq!(found("{{ never\n\nclosed }}"), Vec::<&str>::new());
    }

    #[test]
    fn math_is_not_money() {
        assert_eq!(found("so $a_1 + b$ and $$\nx\n$$"), ["$a_1 + b$", "$$\nx\n$$"]);
        assert_eq!(found("from $5 to $10, US$3 and 4$ more"), Vec::<&str>::new());
        assert_eq!(found("\\(x^2\\) but \\(see below\\)"), ["\\(x^2\\)"]);
    }

    #[test]
    fn markers_and_wikilinks() {
        assert_eq!(found("see [[Page|text]] and ![[a.png]] not [[1]](u)"), ["[[Page|text]]", "![[a.png]]"]);
        assert_eq!(
            found("\n!!! note \"T\"\n    body\n\n:::tip\nx\n:::\n"),
            ["!!! note \"T\"", ":::tip", ":::"]
        );
        assert_eq!(found("> [!NOTE]\n> text [!x]"), ["[!NOTE]"]);
    }
}
