//! The swallowed line: an HTML block runs to the next blank line, so what follows an ad at once is inside of it for every reader of
//! Markdown. When the ad is gone, it must be back, byte for byte, and be what it was meant to be.

use mdscrub::document::Kind;

/// An affiliate banner with its pixel, as scraped posts have it: no blank line behind it.
const AD: &str = "<a href=\"https://x.sjv.io/c/1234567/1234567/12345\" target=\"_top\" id=\"1234567\">\n  <img src=\"//a.impactradius-go.com/display-ad/12345-1234567\" border=\"0\" alt=\"\" width=\"728\" height=\"90\"/></a><img height=\"0\" width=\"0\" src=\"https://x.sjv.io/i/1234567/1234567/12345\" style=\"position:absolute;visibility:hidden;\" border=\"0\" />\n";

/// What follows the ad, and what it must be again.
const SWALLOWED: [(&str, Kind, &str); 7] = [
    ("a heading", Kind::Heading, "## 2. Check the settings\n\nOpen the app and look around.\n"),
    (
        "an image",
        Kind::Image,
        "![The settings window](https://images.example.org/settings.png)\n\nThat is how it looks.\n",
    ),
    ("a list item", Kind::Item, "- Hold the button\n- Let it go\n\nWait for the light.\n"),
    ("a numbered item", Kind::Item, "1. Hold the button\n2. Let it go\n\nWait for the light.\n"),
    (
        "a table row",
        Kind::Row,
        "| Key | Meaning |\n| --- | --- |\n| F1 | help |\n\nKeys differ from maker to maker.\n",
    ),
    ("a paragraph", Kind::Strong, "Open the **Settings** app and choose a network.\n\nThen wait.\n"),
    (
        "a fence's opening line",
        Kind::CodeBlock,
        "```sh\nsudo apt update\n\n# not a heading: <b>code</b>\n```\n\nThen restart.\n",
    ),
];

fn check(before: &str, after: &str, line_end: &str) {
    for (name, kind, swallowed) in SWALLOWED {
        let with = |lines: &str| lines.replace('\n', line_end);
        let text = with(&format!("{before}{AD}{swallowed}{after}"));
        let wanted = with(swallowed);
        let outcome = mdscrub::clean(&text);
        let cleaned = &*outcome.markdown;
        assert!(
            !cleaned.contains("sjv.io") && !cleaned.contains("impactradius"),
            "{name}: the ad is left in {cleaned:?}"
        );
        assert!(cleaned.contains(&wanted), "{name}: want {wanted:?} in {cleaned:?}");
        let there = outcome.document().nodes().any(|n| {
            n.kind() == kind
                && !n.is_html()
                && swallowed.contains(n.source().lines().next().unwrap_or("?").trim_end())
        });
        assert!(there, "{name}: not what it was in {cleaned:?}");
        assert!(!outcome.document().nodes().any(|n| n.is_html()), "{name}: HTML is left in {cleaned:?}");
        let again = mdscrub::clean(cleaned);
        assert_eq!(again.markdown, cleaned, "{name}: a second run");
        let mut rebuilt = text.clone();
        for e in outcome.edits.iter().rev() {
            rebuilt.replace_range(e.edit.span.range(), &e.edit.text);
        }
        assert_eq!(rebuilt, cleaned, "{name}: the edits rebuild the output");
    }
}

#[test]
fn a_line_after_an_ad_comes_back() {
    check("# Title\n\nSome words before.\n\n", "\nSome words behind.\n", "\n");
}

#[test]
fn a_line_after_an_ad_comes_back_with_crlf() {
    check("# Title\n\nSome words before.\n\n", "\nSome words behind.\n", "\r\n");
}

#[test]
fn the_first_and_the_last_line_come_back() {
    check("", "", "\n");
    check("", "", "\r\n");
}

#[test]
fn code_and_prose_change_places_once_only() {
    // without its opening line the fence below opens where it should close, and prose reads as code
    let text = format!(
        "# Title\n\nRun this:\n\n{AD}```sh\nmake all\n```\n\nThen open the**Settings** app.\n\n```sh\nmake  test .\n```\n\nThe end.\n"
    );
    let outcome = mdscrub::clean(&text);
    assert!(outcome.markdown.contains("```sh\nmake all\n```\n"), "{}", outcome.markdown);
    assert!(
        outcome.markdown.contains("```sh\nmake  test .\n```\n"),
        "code is not repaired: {}",
        outcome.markdown
    );
    assert!(outcome.markdown.contains("open the **Settings** app."), "prose is: {}", outcome.markdown);
}

#[test]
fn an_ad_between_two_items_does_not_restart_the_list() {
    let text =
        format!("1. One thing to do\n{AD}2. Another thing to do\n{AD}3. A third thing to do\n\nDone.\n");
    let outcome = mdscrub::clean(&text);
    let lists: Vec<usize> =
        outcome.document().nodes().filter(|n| n.kind() == Kind::List).map(|n| n.children().count()).collect();
    assert_eq!(lists, [3], "{}", outcome.markdown);
}
