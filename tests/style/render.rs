//! Two renderers, and what a reader sees in what they give.

use std::fmt::Write;

/// A renderer: its name, and what it makes of Markdown.
pub type Renderer = (&'static str, fn(&str) -> String);

/// The renderers.
pub const RENDERERS: [Renderer; 4] = [
    ("comrak", comrak),
    ("comrak with GitHub's extensions", comrak_github),
    ("pulldown-cmark", pulldown),
    ("pulldown-cmark with GitHub's extensions", pulldown_github),
];

fn comrak(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    comrak::markdown_to_html(text, &options)
}

fn comrak_github(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    comrak::markdown_to_html(text, &options)
}

fn pulldown(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new(text));
    out
}

fn pulldown_github(text: &str) -> String {
    use pulldown_cmark::Options;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new_ext(text, options));
    out
}

/// The HTML with white space folded outside of `<pre>`, and dropped beside the tags of blocks.
pub fn shape(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find("<pre") {
        fold(&rest[..open], &mut out);
        let end = rest[open..].find("</pre>").map_or(rest.len(), |i| open + i + 6);
        // renderers disagree on the line end of code that the end of the text cuts off
        let _ =
            write!(out, "{}", rest[open..end].replace('\r', "").replace("\n</code></pre>", "</code></pre>"));
        rest = &rest[end..];
    }
    fold(rest, &mut out);
    out
}

fn fold(html: &str, out: &mut String) {
    const BLOCKS: [&str; 20] = [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "br",
    ];
    let words: Vec<&str> = html.split_ascii_whitespace().collect();
    let text = words.join(" ");
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|i| at + i) {
        let end = if text[open..].starts_with("<!--") {
            text[open..].find("-->").map_or(open + 4, |i| open + i + 3)
        } else {
            text[open..].find('>').map_or(text.len(), |i| open + i + 1)
        };
        let name: String = text[open + 1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let block = BLOCKS.contains(&name.as_str());
        let before = &text[at..open];
        out.push_str(if block { before.trim_end() } else { before });
        out.push_str(&text[open..end]);
        at = end;
        if block {
            at += text[at..].len() - text[at..].trim_start().len();
        }
    }
    out.push_str(&text[at..]);
    // blanks at the edges stand beside a block
    while out.ends_with(' ') {
        out.pop();
    }
}
