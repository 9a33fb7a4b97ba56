//! The examples of the CommonMark specification and of GitHub's extensions, read from the sources of `pulldown-cmark`, which
//! carries them as tests: their licence is not ours.

use crate::{assert_sound, styled};
use std::path::PathBuf;
use std::process::Command;

/// The folder with the parser's tests, where Cargo can name it.
fn suite() -> Option<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let package = metadata["packages"].as_array()?.iter().find(|p| p["name"] == "pulldown-cmark")?;
    let folder = PathBuf::from(package["manifest_path"].as_str()?).parent()?.join("tests/suite");
    folder.is_dir().then_some(folder)
}

/// The Markdown of all tests of a file.
fn examples(source: &str) -> Vec<&str> {
    source
        .split("let original = r##\"")
        .skip(1)
        .filter_map(|rest| rest.split_once("\"##;").map(|(text, _)| text))
        .collect()
}

fn each_example(file: &str, least: usize, check: impl Fn(&str, &str)) {
    let Some(folder) = suite() else {
        eprintln!("the sources of pulldown-cmark are not here: nothing is compared");
        return;
    };
    let source = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
    let all = examples(&source);
    assert!(all.len() >= least, "{file} has {} examples", all.len());
    for (number, text) in all.iter().enumerate() {
        check(text, &format!("{file} {}", number + 1));
    }
}

#[test]
fn the_specification_renders_the_same_under_both_renderers() {
    each_example("spec.rs", 650, assert_sound);
}

#[test]
fn the_extensions_of_github_render_the_same() {
    for (file, least) in [("gfm_table.rs", 8), ("gfm_strikethrough.rs", 2), ("gfm_tasklist.rs", 2)] {
        each_example(file, least, assert_sound);
    }
    for file in ["table.rs", "footnotes.rs", "strikethrough.rs", "regression.rs", "blockquotes_tags.rs"] {
        each_example(file, 5, |text, place| {
            let once = styled(text);
            assert_eq!(styled(&once), once, "{place}: a second run changes something of\n{text}");
        });
    }
}

#[test]
fn dialects_keep_their_marks() {
    for file in ["math.rs", "wikilinks.rs", "definition_lists.rs", "heading_attrs.rs", "metadata_blocks.rs"] {
        each_example(file, 5, |text, place| {
            let once = styled(text);
            assert_eq!(styled(&once), once, "{place}: a second run changes something of\n{text}");
            let words = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
            assert_eq!(words(text), words(&once), "{place}");
        });
    }
}
