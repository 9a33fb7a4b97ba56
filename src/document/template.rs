//! Finds what other programs read: template tags, shortcodes, math, wikilinks, attribute lists, admonitions, MDX.
//! Owns their extent in the source; must not know where code is (a region inside code is harmless: code is protected anyway).
//!
//! Two passes over the text: one for the rare bytes `{`, `$` and `\`, one for the few longer marks. `math`, `marks`, `mdx` and
//! `shortcodes` know one kind each.

mod marks;
mod math;
mod mdx;
mod shortcodes;

use crate::span::Span;
use memchr::{memchr, memchr3_iter, memmem};

/// How long one tag may be, in bytes: an opening brace without its partner must not swallow the article.
const LONGEST_TAG: usize = 4096;
/// Blocks of Liquid, Jinja and Hexo (`{% raw %}`) and of Hugo (`{{< highlight >}}`) whose whole content is opaque.
const OPAQUE_BLOCKS: [&str; 14] = [
    "raw",
    "highlight",
    "comment",
    "code",
    "codeblock",
    "verbatim",
    "mermaid",
    "math",
    "katex",
    "latex",
    "plantuml",
    "rawhtml",
    "chart",
    "svg",
];

/// What other programs read in a text.
#[derive(Debug, Default)]
pub(crate) struct Regions {
    /// What no rule may look into; ascending, disjoint.
    pub(crate) opaque: Vec<Span>,
    /// That, and the text that a program reads by its indentation: its words may be repaired, its spelling stays. Ascending,
    /// disjoint.
    pub(crate) spelled: Vec<Span>,
}

/// The regions of `text` from byte `from` on.
pub(crate) fn regions(text: &str, from: usize) -> Regions {
    let mut opaque = tags(text, from);
    let sorted = opaque.len();
    let mut bodies: Vec<Span> = Vec::new();
    let mut esm: Vec<Span> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    marks::find(text, from, |region| match region {
        marks::Region::Opaque(span) => opaque.push(span),
        marks::Region::Body(span) => bodies.push(span),
        marks::Region::Module(span) => esm.push(span),
        marks::Region::End(at) => ends.push(at),
    });
    if !ends.is_empty() {
        shortcodes::find(text, from, &ends, &mut opaque, &mut bodies);
    }
    if !esm.is_empty() {
        mdx::expressions(text, from, &mut opaque);
        opaque.append(&mut esm);
    }
    if opaque.len() > sorted {
        merge(&mut opaque);
    }
    let mut spelled = opaque.clone();
    if !bodies.is_empty() {
        spelled.append(&mut bodies);
        merge(&mut spelled);
    }
    Regions { opaque, spelled }
}

/// The tags in braces and the math.
fn tags(text: &str, from: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let bytes = text.as_bytes();
    let Some(rest) = bytes.get(from..) else { return spans };
    let mut unclosed = Unclosed::default();
    let mut done = from;
    for at in memchr3_iter(b'{', b'$', b'\\', rest).map(|i| i + from) {
        if at < done {
            continue;
        }
        let end = match bytes[at] {
            b'{' => brace(text, at, &mut unclosed),
            b'$' => math::dollar(text, at, from),
            _ => match bytes.get(at + 1) {
                Some(b'(' | b'[') => math::bracket(text, at, 1),
                Some(b'b') => math::environment(text, at),
                Some(b'\\') => {
                    done = at + 2;
                    // where Markdown takes one backslash away before TeX comes
                    matches!(bytes.get(at + 2), Some(b'(' | b'['))
                        .then(|| math::bracket(text, at, 2))
                        .flatten()
                }
                // an escaped character opens nothing
                Some(b'{' | b'$') => {
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

/// The part of `text` from `at` in which a tag must end: no blank line, at most `limit` bytes.
fn reach(text: &str, at: usize, limit: usize) -> &str {
    let mut end = (at + limit).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = &text[at..end];
    let blank = memchr::memchr_iter(b'\n', part.as_bytes())
        .find(|i| matches!(part.as_bytes().get(i + 1), Some(b'\n')) || part[i + 1..].starts_with("\r\n"));
    blank.map_or(part, |i| &part[..i])
}

/// The part of `text` from `at` to the line end, at most [`LONGEST_TAG`] bytes.
fn line_from(text: &str, at: usize) -> &str {
    let mut end = (at + LONGEST_TAG).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = &text[at..end];
    &part[..memchr(b'\n', part.as_bytes()).unwrap_or(part.len())]
}

/// The opaque blocks of which it is known that nothing closes them from here on.
#[derive(Default)]
struct Unclosed(Vec<String>);

fn brace(text: &str, at: usize, unclosed: &mut Unclosed) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at + 1)? {
        b'{' => {
            let part = reach(text, at, LONGEST_TAG);
            let close = match bytes.get(at + 2) {
                Some(b'<') => ">}}",
                Some(b'%') => "%}}",
                _ => "}}",
            };
            let end = at + memmem::find(part.as_bytes(), close.as_bytes())? + close.len();
            let end = if text[end..].starts_with('}') { end + 1 } else { end };
            let inner = text[at + 2..end].trim_start_matches(['<', '%', ' ', '\n']);
            let selfclosing = text[..end].ends_with("/>}}") || text[..end].ends_with("/%}}");
            let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if close.len() == 3 && !selfclosing && OPAQUE_BLOCKS.contains(&name) {
                return Some(unclosed.end_of(text, end, name, ["{{", "}}"], "/").unwrap_or(end));
            }
            Some(end)
        }
        b'%' => {
            let part = reach(text, at, LONGEST_TAG);
            // `{%}` is no tag: the percent sign cannot open and close
            let end = at + 2 + memmem::find(part.as_bytes().get(2..)?, b"%}")? + 2;
            let inner = text[at + 2..end - 2].trim_start_matches(['-', '+', ' ', '\n']);
            let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if OPAQUE_BLOCKS.contains(&name) {
                return Some(unclosed.end_of(text, end, name, ["{%", "%}"], "end").unwrap_or(end));
            }
            Some(end)
        }
        b'#' if bytes.get(at + 2).is_some_and(|b| b.is_ascii_alphanumeric()) => {
            line_from(text, at).find('}').map(|i| at + i + 1)
        }
        b':' => {
            let end = line_from(text, at).find('}').filter(|&i| i > 2).map(|i| at + i + 1)?;
            let inner = &text[at + 2..end - 1];
            match inner.strip_prefix(':') {
                // an extension of kramdown: `{::nomarkdown}` … `{:/}`
                Some(name) if !inner.ends_with('/') && !name.is_empty() => {
                    let name = name.split(' ').next().unwrap_or("");
                    let opaque = matches!(name, "nomarkdown" | "comment");
                    opaque.then(|| unclosed.end_of_extension(text, end)).flatten().or(Some(end))
                }
                _ => Some(end),
            }
        }
        b'.' => line_from(text, at).find('}').filter(|&i| i > 2).map(|i| at + i + 1),
        b'#' => memmem::find(reach(text, at, LONGEST_TAG).as_bytes(), b"#}").map(|i| at + i + 2),
        _ => None,
    }
}

impl Unclosed {
    /// The end of the tag that closes an extension of kramdown, which was opened before byte `from`: `{:/}`, `{:/comment}`.
    fn end_of_extension(&mut self, text: &str, from: usize) -> Option<usize> {
        const CLOSE: &str = "{:/";
        if self.0.iter().any(|key| key == CLOSE) {
            return None;
        }
        let Some(at) = memmem::find(&text.as_bytes()[from..], CLOSE.as_bytes()) else {
            self.0.push(CLOSE.to_owned());
            return None;
        };
        let open = from + at;
        Some(open + line_from(text, open).find('}')? + 1)
    }

    /// The end of the tag that closes the block `name`, which was opened before byte `from`: `{% endname %}`, `{{< /name >}}`.
    fn end_of(&mut self, text: &str, from: usize, name: &str, braces: [&str; 2], end: &str) -> Option<usize> {
        let key = format!("{}{name}", braces[0]);
        if self.0.contains(&key) {
            return None;
        }
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(open) = memmem::find(&bytes[at..], braces[0].as_bytes()).map(|i| at + i) {
            let Some(close) = memmem::find(&bytes[open..], braces[1].as_bytes()).map(|i| open + i) else {
                break;
            };
            let inner = text[open + 2..close].trim_matches(['-', '+', ' ', '\t', '\n', '\r', '<', '>', '%']);
            if inner.strip_prefix(end).map(str::trim_start) == Some(name) {
                return Some(close + 2);
            }
            at = close + 2;
        }
        self.0.push(key);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        regions(text, 0).opaque.into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn shortcodes_and_tags() {
        assert_eq!(found("a {{< fig src=\"_a_\" >}} b {{% x %}}"), ["{{< fig src=\"_a_\" >}}", "{{% x %}}"]);
        assert_eq!(found("{% if a %}text{% endif %} {{ b }}"), ["{% if a %}", "{% endif %}", "{{ b }}"]);
        assert_eq!(found("{{< fig\n  src=\"a\"\n>}}\ntext"), ["{{< fig\n  src=\"a\"\n>}}"]);
        assert_eq!(found("{{ never\n\nclosed }}"), Vec::<&str>::new());
        assert_eq!(found("\\{{ a }}"), Vec::<&str>::new());
    }

    #[test]
    fn opaque_blocks_are_taken_whole() {
        let raw = "{% raw %}\n\n{{ a }}\n\n{% endraw %}";
        assert_eq!(found(&format!("{raw} b")), [raw]);
        let hugo = "{{< highlight go \"linenos=table\" >}}\n# a\n\n* b\n{{< /highlight >}}";
        assert_eq!(found(&format!("{hugo} b {{{{< x >}}}}")), [hugo, "{{< x >}}"]);
        assert_eq!(found("{% raw %} a {% raw %} b"), ["{% raw %}", "{% raw %}"]);
        assert_eq!(found("{{< note >}}\n*a*\n{{< /note >}}"), ["{{< note >}}", "{{< /note >}}"]);
        let kramdown = "{::nomarkdown}\n*a*\n{:/nomarkdown}";
        assert_eq!(found(&format!("{kramdown} b")), [kramdown]);
    }

    #[test]
    fn shortcodes_of_code_are_taken_whole() {
        let code = "[code language=\"sql\"]\nSELECT 1 ;\n\n* x\n[/code]";
        assert_eq!(found(&format!("a\n{code}\nb")), [code]);
        let others =
            "[PHP]$a  ;[/php] and [cc_php tab=\"2\"]x[/cc_php], [code=c]y[/code], \\[js\\]z\\[/js\\]";
        assert_eq!(
            found(others),
            ["[PHP]$a  ;[/php]", "[cc_php tab=\"2\"]x[/cc_php]", "[code=c]y[/code]", "\\[js\\]z\\[/js\\]"]
        );
        // as WordPress reads it: the first start up to the first end
        assert_eq!(found("[xml] [xml] [/xml] a [/xml] b"), ["[xml] [xml] [/xml]"]);
        assert_eq!(found("[code] [php] [/php] x [/code]"), ["[code] [php] [/php] x [/code]"]);
        // prose, links, what is not closed
        assert_eq!(
            found("[caption id=\"1\"]words[/caption] [highlight]words[/highlight2]"),
            Vec::<&str>::new()
        );
        assert_eq!(found("see [code](a) and [/code](b), [css] and [html]"), Vec::<&str>::new());
        assert_eq!(found("see [code](a), [python3] and [/code]"), Vec::<&str>::new());
        assert_eq!(found("[highlight]words[/highlight]"), Vec::<&str>::new());
        assert_eq!(found("[highlight lang=\"c\"]x[/highlight]"), ["[highlight lang=\"c\"]x[/highlight]"]);
    }

    #[test]
    fn attribute_lists() {
        assert_eq!(found("para\n{: .note}\n\n{:toc}\n## h {#id}"), ["{: .note}", "{:toc}", "{#id}"]);
        assert_eq!(found("{# a comment #} ![](a){.wide}"), ["{# a comment #}", "{.wide}"]);
    }

    #[test]
    fn math_is_not_money() {
        assert_eq!(found("so $a_1 + b$ and $$\nx\n$$"), ["$a_1 + b$", "$$\nx\n$$"]);
        assert_eq!(found("from $5 to $10, US$3 and 4$ more"), Vec::<&str>::new());
        assert_eq!(found("\\(x^2\\) but \\(see below\\)"), ["\\(x^2\\)"]);
        assert_eq!(found("\\\\[a_1 = b\\\\] and \\\\[x\\\\]"), ["\\\\[a_1 = b\\\\]"]);
        assert_eq!(found("\\[[edit](/w?a=1)\\] \\[[1](#a=b)\\]"), Vec::<&str>::new());
        assert_eq!(found("\\[[f](x) = y\\]"), ["\\[[f](x) = y\\]"]);
        let align = "\\begin{align}\na &= b\\\\\n\nc\n\\end{align}";
        assert_eq!(found(&format!("{align} d")), [align]);
    }

    #[test]
    fn markers_and_wikilinks() {
        assert_eq!(found("see [[Page|text]] and ![[a.png]] not [[1]](u)"), ["[[Page|text]]", "![[a.png]]"]);
        assert_eq!(
            found("\n!!! note \"T\"\n    body\n\n:::tip\nx\n:::\n"),
            ["!!! note \"T\"", ":::tip", ":::"]
        );
        assert_eq!(found("> [!NOTE]\n> text [!x]"), ["[!NOTE]"]);
        assert_eq!(found("> [!tip]- Title\n> text"), ["[!tip]-"]);
    }

    #[test]
    fn bodies_of_admonitions_keep_their_spelling() {
        let text = "!!! note\n\n    body *a*\n\n    ??? tip\n        inner\n\nafter\n\n=== \"Tab\"\n\n\t* x\n\nend\n";
        let spelled: Vec<&str> = regions(text, 0).spelled.iter().map(|s| &text[s.range()]).collect();
        assert_eq!(
            spelled,
            ["!!! note\n\n    body *a*\n\n    ??? tip\n        inner", "=== \"Tab\"\n\n\t* x"]
        );
    }

    #[test]
    fn mdx_only_beside_its_modules() {
        assert_eq!(found("a {b} <C d={e} />\n"), Vec::<&str>::new());
        let mdx = "import C from './c';\n\nexport const x = {\n  a: 1,\n};\n\na {b + {c}} <C d={e > f} g=\"h\">i</C>\n";
        assert_eq!(
            found(mdx),
            [
                "import C from './c';",
                "export const x = {\n  a: 1,\n};",
                "{b + {c}}",
                "<C d={e > f} g=\"h\">",
                "</C>"
            ]
        );
        assert_eq!(found("import numpy as np\n\n{a}\n"), Vec::<&str>::new());
    }
}
