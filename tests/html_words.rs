//! What the `HT` rules promise, on generated documents: a reader sees the same words and the same structure, a second run changes nothing,
//! and time grows with the text. Rendering is comrak's and html5ever's, which the rules do not use.

use mdscrub::{Cleaner, Config};
use proptest::prelude::*;
use scraper::{ElementRef, Html};

fn cleaner() -> Cleaner {
    let mut config = Config::default();
    config.select = Some(vec!["HT".into()]);
    Cleaner::new(config).unwrap()
}

fn rendered(markdown: &str) -> Html {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    Html::parse_fragment(&comrak::markdown_to_html(markdown, &options))
}

const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "section",
    "center",
    "details",
    "summary",
    "figure",
    "br",
    "hr",
    "body",
    "thead",
    "tbody",
];

/// The letters that are seen, a blank between words. Stars are none: where a lone tag swallowed a line, they become emphasis once it is gone.
fn words(document: &Html) -> String {
    fn walk(element: ElementRef<'_>, out: &mut String) {
        if matches!(element.value().name(), "script" | "style") {
            return;
        }
        let is_block = BLOCKS.contains(&element.value().name());
        out.push_str(if is_block { " " } else { "" });
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                out.push_str(text);
            } else if let Some(child) = ElementRef::wrap(child) {
                walk(child, out);
            }
        }
        out.push_str(if is_block { " " } else { "" });
    }
    let mut out = String::new();
    walk(document.root_element(), &mut out);
    out.replace('*', "")
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words and the elements round them that mean something, in order.
fn structure(document: &Html) -> String {
    fn walk(element: ElementRef<'_>, out: &mut String) {
        let name = match element.value().name() {
            "b" => "strong",
            "i" => "em",
            "s" => "del",
            "p" | "div" | "span" | "html" | "thead" | "tbody" | "br" | "section" => "",
            other => other,
        };
        let before = out.len();
        if !name.is_empty() {
            out.push_str(&format!("<{name}>"));
        }
        let inside = out.len();
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                out.extend(text.split_whitespace());
            } else if let Some(child) = ElementRef::wrap(child) {
                walk(child, out);
            }
        }
        if !name.is_empty() {
            // what is empty is not seen
            if out.len() == inside && !matches!(name, "img" | "td" | "th" | "hr") {
                out.truncate(before);
            } else {
                out.push_str(&format!("</{name}>"));
            }
        }
    }
    let mut out = String::new();
    walk(document.root_element(), &mut out);
    out
}

/// Tags, words and signs in no order. No back ticks and no backslashes: where a lone tag swallowed such a line, taking the tag away makes them what
/// they were meant to be, and letters go or come.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<em>",
        "</em>",
        "<strong class=\"x\">",
        "</strong>",
        "<code>",
        "</code>",
        "<br>",
        "<br/>",
        "<hr>",
        "<span style=\"font-weight:400\">",
        "</span>",
        "<ul>",
        "</ul>",
        "<ol start=3>",
        "</ol>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<a href=\"/u\">",
        "</a>",
        "<img src=\"u\" alt=\"\">",
        "<kbd>",
        "</kbd>",
        "<details>",
        "</details>",
        "<u>",
        "</u>",
        "<!-- c -->",
        "<font color=\"black\">",
        "</font>",
        "<s>",
        "</s>",
        "<center>",
        "</center>",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        " ",
        " ",
        "  ",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "| ",
        "*",
        "**",
        "_",
        "[x]",
        "~~",
        "&amp;",
        "&lt;",
        "&nbsp;",
        "word",
        "two words",
        "a",
        "Zoé",
        "漢字",
        "、",
        "(",
        ")",
        "!",
        ".",
        "שלום",
        "нет",
        "\r\n",
        "\t",
        "===",
        "---",
        "=",
        "+ ",
        "{{ x }}",
        "{% y %}",
        "[^1]",
        "$z$",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

/// Well-formed HTML of blocks, as an editor writes it.
fn well_formed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "word",
        "zwei",
        "trois.",
        "четыре",
        "五",
        "- minus",
        "# hash",
        "1. one",
        "*star*",
        "a_b_c",
        "x < y",
        "`tick`",
        "[ref]",
        "5 > 3",
        "tail\\",
        "&amp;",
        "&eacute;t&eacute;",
        "&copy 2",
        "a | b",
        "!",
        "(paren)",
        "=",
        "~~no~~",
        "+",
        "* ",
        "---",
        "**",
    ])
    .prop_map(str::to_owned);
    let inline = word.prop_recursive(3, 12, 4, |inner| {
        let many = prop::collection::vec(inner, 1..4).prop_map(|v| v.join(" "));
        (
            prop::sample::select(vec!["b", "i", "em", "strong", "s", "span", "code", "kbd", "a"]),
            many,
            prop::sample::select(vec!["", " "]),
        )
            .prop_map(|(tag, content, blank)| match tag {
                "a" if content.contains("<a") => content,
                "a" => format!("<a href=\"/x\">{content}{blank}</a>"),
                "code" if content.contains('<') => content,
                _ => format!("<{tag}>{content}{blank}</{tag}>"),
            })
    });
    let inlines = prop::collection::vec((inline, prop::sample::select(vec!["", " ", "\n", "\n    "])), 1..4)
        .prop_map(|v| v.into_iter().map(|(i, b)| i + b).collect::<String>());
    let leaf = (prop::sample::select(vec!["p", "h2", "h3", "p"]), inlines)
        .prop_map(|(tag, content)| format!("<{tag}>{content}</{tag}>"));
    let block = leaf.prop_recursive(3, 16, 3, |inner| {
        let many = prop::collection::vec(inner, 1..4);
        (
            prop::sample::select(vec!["div", "blockquote", "ul", "ol", "section"]),
            many,
            prop::sample::select(vec!["\n", "", "\n  "]),
        )
            .prop_map(|(tag, blocks, gap)| {
                let is_list = matches!(tag, "ul" | "ol");
                let content: String = blocks
                    .into_iter()
                    .map(|b| if is_list { format!("<li>{b}</li>{gap}") } else { format!("{b}{gap}") })
                    .collect();
                format!("<{tag}>{gap}{content}</{tag}>")
            })
    });
    let markdown = prop::sample::select(vec![
        "- one\n- two",
        "1. one\n2. two",
        "    code",
        "> quote",
        "# Title",
        "plain *words*",
        "```\nfence\n```",
        "* star",
        "1) x",
        "<div>",
        "</div>",
        "<p></p>",
        "a <b>b</b> c",
        "- a <i>b</i>",
        "  - indented",
        "| a |\n| --- |\n| <b>b</b> |",
    ])
    .prop_map(str::to_owned);
    let html = (block, prop::sample::select(vec!["\n", "\n\n"])).prop_map(|(b, gap)| b + gap);
    prop::collection::vec(prop_oneof![3 => html, 1 => markdown.prop_map(|m| format!("\n{m}\n\n"))], 1..5)
        .prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_stay_in_soup(text in soup()) {
        let cleaner = cleaner();
        let out = cleaner.clean(&text).markdown.into_owned();
        let (want, got) = (words(&rendered(&text)), words(&rendered(&out)));
        prop_assert_eq!(want, got, "{:?} became {:?}", text, out);
        let again = cleaner.clean(&out);
        prop_assert_eq!(again.markdown.as_ref(), out.as_str(), "from {:?}", text);
    }

    #[test]
    fn structure_stays_in_well_formed_html(text in well_formed()) {
        let cleaner = cleaner();
        let out = cleaner.clean(&text).markdown.into_owned();
        prop_assert_eq!(structure(&rendered(&text)), structure(&rendered(&out)), "{:?} became {:?}", text, out);
        let again = cleaner.clean(&out);
        prop_assert_eq!(again.markdown.as_ref(), out.as_str(), "from {:?}", text);
    }
}

/// How often the rules look at the document: it must not grow with the depth of the nest.
fn rounds(text: &str) -> u32 {
    let outcome = cleaner().clean(text);
    assert!(outcome.converged, "{} rounds", outcome.stats.rounds);
    outcome.stats.rounds
}

#[test]
fn nests_of_wrappers_go_at_once() {
    for depth in [1, 20, 200] {
        let inside = format!("{}<p>x</p>{}\n", "<div>".repeat(depth), "</div>".repeat(depth));
        assert_eq!(cleaner().clean(&inside).markdown, "x\n");
        let across = format!("{}\nx *y*\n\n{}", "<div>\n".repeat(depth), "</div>\n".repeat(depth));
        assert_eq!(cleaner().clean(&across).markdown.trim(), "x *y*");
        assert!(rounds(&inside) <= 4 && rounds(&across) <= 4, "at depth {depth}");
    }
}

#[test]
fn hostile_nests_and_rows_come_to_an_end() {
    let many = 1_500;
    for text in [
        "<div>".repeat(many),
        format!("{}x{}", "<div>".repeat(many), "</div>".repeat(many)),
        format!("{}x{}", "<div>\n\n".repeat(many), "</div>\n\n".repeat(many)),
        format!("x {}y", "<b>".repeat(many)),
        format!("x {}y{}", "<b>".repeat(many), "</b>".repeat(many)),
        "<b>x</b> ".repeat(many),
        "<p>x</p>\n".repeat(many),
        "<p>x</p>\n\n".repeat(many),
        format!("<ul>{}</ul>", "<li>x</li>".repeat(many)),
        "<br>".repeat(many),
        "a</b>".repeat(many),
        "<p></p>".repeat(many),
        format!("<table><tr>{}</tr></table>", "<th>x</th>".repeat(many)),
        format!("{}x", "> ".repeat(400)) + "<b>y</b>",
        format!("*{}x", "*a **".repeat(many)) + "<b>y</b>",
    ] {
        cleaner().clean(&text);
    }
}

#[test]
fn policies_keep_unwrap_convert() {
    let text = "<div><p><b>x</b></p></div>\n\n<span>y</span> <b onclick=\"z()\">w</b>\n";
    let by = |html: mdscrub::HtmlPolicy| {
        let mut config = Config::default();
        config.html = Some(html);
        config.ignore = ["NM", "RP", "MO"].map(String::from).to_vec();
        Cleaner::new(config).unwrap().clean(text).markdown.into_owned()
    };
    assert_eq!(by(mdscrub::HtmlPolicy::Keep), "<div><p><b>x</b></p></div>\n\n<span>y</span> <b>w</b>\n");
    assert_eq!(by(mdscrub::HtmlPolicy::Unwrap), "<p><b>x</b></p>\n\ny <b>w</b>\n");
    assert_eq!(by(mdscrub::HtmlPolicy::Convert), "**x**\n\ny **w**\n");
}
