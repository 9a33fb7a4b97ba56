//! What HT004 promises holds with all rules on HTML together: an element with nothing in it that has a name, a class, data or a look of
//! its own stays, whatever other rule rewrites its tag. Without any of these it goes. What a removal would have taken and the guard or the
//! user keeps is mended all the same.

use mdscrub::{Cleaner, Config};

const TAGS: &[&str] = &["i", "b", "em", "strong", "span", "a", "div", "section", "code", "u"];

const ATTRIBUTES: &[&str] = &[
    "class=\"rad\"",
    "class=\"mdi mdi-cog\"",
    "id=\"ziel\"",
    "name=\"ziel\"",
    "data-post=\"17\"",
    "aria-label=\"Feed\"",
    "style=\"width:2em\"",
    "style=\"background:#eee\"",
];

fn cleaner(families: &str) -> Cleaner {
    let config = Config::from_toml(&format!("select = [{families}]")).expect("the configuration is valid");
    Cleaner::new(config).expect("the configuration is valid")
}

#[test]
fn an_empty_element_that_says_something_stays() {
    let cleaner = cleaner("\"HT\"");
    for tag in TAGS {
        for attribute in ATTRIBUTES {
            // a span of one word is what editors leave; icons have names of several
            if *tag == "span" && attribute.contains("\"rad\"") {
                continue;
            }
            let element = format!("<{tag} {attribute}></{tag}>");
            for text in [format!("Vor {element} nach.\n"), format!("Vor.\n\n{element}\n\nNach.\n")] {
                assert_eq!(cleaner.clean(&text).markdown, text);
            }
        }
    }
}

#[test]
fn an_empty_element_that_says_nothing_goes() {
    let cleaner = cleaner("\"HT\"");
    for tag in TAGS {
        for attribute in
            ["", " class=\"clear\"", " style=\"clear:both;height:0\"", " style=\"width:1px;height:1px\""]
        {
            let text = format!("Vor <{tag}{attribute}></{tag}> nach.\n");
            let markdown = cleaner.clean(&text).markdown;
            // how many blanks stay is the business of others
            assert_eq!(markdown.split_whitespace().collect::<Vec<_>>(), ["Vor", "nach."], "{text}");
        }
    }
}

#[test]
fn a_span_of_one_word_with_nothing_in_it_goes() {
    let text = "Vor<span class=\"x\"></span> nach.\n";
    assert_eq!(cleaner("\"HT\"").clean(text).markdown, "Vor nach.\n");
}

#[test]
fn what_a_removed_tracker_leaves_empty_goes() {
    let cleaner = cleaner("\"HT\", \"TR\"");
    let pixel = "<img src=\"https://pixel.wp.com/g.gif?blog=1\" width=\"1\" height=\"1\">";
    for open in ["<span class=\"stats\">", "<span id=\"stats-1\">", "<span data-stats=\"1\">"] {
        let text = format!("Vor.\n\nDas {open}{pixel}</span> Rad.\n");
        assert_eq!(cleaner.clean(&text).markdown, "Vor.\n\nDas Rad.\n", "{text}");
    }
}

#[test]
fn what_is_kept_from_a_removal_is_mended() {
    let words = "the gate is opened by hand and closed again before the tank runs dry ";
    let form = "Need more information\n\nThanks for it\\! It helps\n\nOthers\n\n".repeat(12);
    let guarded = format!("# Gates\n\n{}\n\nWas this page helpful?\n\n{form}", words.repeat(6));
    let kept =
        "Mix.\n\n<div class=\"ad-slot stays\">\n\n&nbsp;**Bake** it\\! now\n\n</div>\n\nEat.\n".to_owned();
    for (configuration, text) in [("", guarded), ("keep = [\".stays\"]", kept)] {
        let config = Config::from_toml(configuration).expect("the configuration is valid");
        let cleaner = Cleaner::new(config).expect("the configuration is valid");
        let once = cleaner.clean(&text);
        assert!(once.markdown.contains("it! "), "{}", once.markdown);
        assert_eq!(cleaner.clean(&once.markdown).markdown, once.markdown);
    }
}
