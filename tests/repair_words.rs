//! The family `RP` never changes words: letters and digits of a text come out as they went in, in order; what a reader sees has the
//! same letters; and a second run changes nothing.

use mdscrub::{Cleaner, Config};
use proptest::prelude::*;

fn repair(ignore: &[&str]) -> Cleaner {
    let mut config = Config::default();
    config.select = Some(vec!["RP".to_owned()]);
    config.ignore = ignore.iter().map(|code| (*code).to_owned()).collect();
    Cleaner::new(config).expect("a valid configuration")
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters that a reader of the rendered page sees. Digits are left out: a number may become the marker of its list.
fn rendered_letters(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    let mut html = comrak::markdown_to_html(text, &options);
    for reference in ["&quot;", "&amp;", "&nbsp;", "&lt;", "&gt;", "nbsp;", "amp;"] {
        html = html.replace(reference, "");
    }
    let mut in_tag = false;
    let seen = html.chars().filter(|&c| {
        let shown = !in_tag && c != '<';
        in_tag = if in_tag { c != '>' } else { c == '<' };
        shown
    });
    seen.filter(|c| c.is_alphabetic()).collect()
}

/// Pieces of damaged and of sound text, in several scripts.
const PIECES: &[&str] = &[
    "the",
    "open",
    "die",
    "Druck",
    "и",
    "кнопку",
    "按钮",
    "を押す",
    "설정",
    "كتب",
    "में",
    "e",
    "s",
    "Settings",
    "Enter",
    "un",
    "ing",
    "7",
    "2024",
    "10",
    ".",
    ",",
    " .",
    " ,",
    " :",
    " ?",
    " )",
    "(",
    ")",
    ":",
    "**",
    "*",
    "_",
    "__",
    "** ",
    " **",
    "**Enter**",
    "**Note:**",
    "**E**",
    "[link](https://example.org/x)",
    "[",
    "](y)",
    "`code .`",
    "![i](i.png)",
    "^7^",
    "^1^",
    "^",
    "2^10^",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{200d}",
    "\u{a0}",
    "   ",
    "  ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n\n ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n>  ",
    "\n    ",
    "\n\n## ",
    "##",
    "## ",
    "\n\n##\n\n",
    "\n##Title",
    "text.## Title",
    "1\\. ",
    "\\",
    "\\*",
    "&amp;",
    "&nbsp;",
    "<b>bold</b>",
    "<br>",
    "\n<div>\n",
    "\n</div>\n",
    "\n# x",
    "\n| a | b |\n| - | - |\n| ",
    " | ",
    "\n```\n",
    "\n1.Open\n2.Close\n",
    "\n-item one\n-item two\n",
    "...",
    ":)",
    ".NET",
    "«",
    "»",
    "{{ x }}",
    "snake_case",
    "~~",
    "***",
    "\r\n",
    "  \n",
    "---\ntitle: \"x\"\n---\n",
];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_stay_and_a_second_run_changes_nothing(text in document()) {
        let cleaner = repair(&[]);
        let once = cleaner.clean(&text);
        prop_assert!(once.converged, "{:?} does not settle", text);
        // RP118 takes the address of a torn link to its words
        let in_place = repair(&["RP118"]).clean(&text);
        prop_assert_eq!(letters_and_digits(&text), letters_and_digits(&in_place.markdown));
        let twice = cleaner.clean(&once.markdown);
        prop_assert_eq!(&once.markdown, &twice.markdown, "of {:?}", text);
    }

    #[test]
    fn a_reader_sees_the_same_letters(text in document()) {
        // RP112 makes Markdown of what stood in HTML, RP118 and RP120 make links: before, readers saw the addresses
        let out = repair(&["RP112", "RP118", "RP120"]).clean(&text).markdown.into_owned();
        prop_assert_eq!(rendered_letters(&text), rendered_letters(&out), "of {:?} to {:?}", text, out);
    }
}

/// A text without what stands between `](` and the next `)`.
fn without_destinations(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(')').map_or(part, |(_, behind)| behind))
}

/// The same for every case of the rules' documentation.
#[test]
fn words_of_all_cases_stay() {
    let cleaner = repair(&[]);
    for rule in mdscrub::rules::all().filter(|r| r.family() == "RP") {
        for piece in rule.documentation.split("\n```") {
            let out = cleaner.clean(piece).markdown;
            // RP118 takes the address of a torn card to the title in it
            let words = |text: &str| match rule.code {
                "RP118" => letters_and_digits(&without_destinations(text)),
                _ => letters_and_digits(text),
            };
            assert_eq!(words(piece), words(&out), "{}", rule.code);
        }
    }
}
