//! `steps`: the procedure of an article, in four formats.

use super::{PIXEL, folder, run};
use serde_json::Value;

const TEA: &str = "# How to make tea\n\n## Step 1: Boil the water\n\nUse fresh water.\n\n## Step 2: Pour it over the leaves\n\nWait.\n";

#[test]
fn steps_are_printed_in_each_format() {
    let folder = folder(&[("tea.md", TEA)]);
    let text = run(folder.path(), &["steps", "tea.md"], "");
    assert_eq!(text.code, 0);
    assert!(text.out.contains("1. Boil the water"), "{}", text.out);
    let markdown = run(folder.path(), &["steps", "--format", "markdown", "tea.md"], "");
    assert!(markdown.out.contains("Boil the water"), "{}", markdown.out);
    let json: Value =
        serde_json::from_str(&run(folder.path(), &["steps", "--format", "json", "-"], TEA).out).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["steps"][1]["title"], "Pour it over the leaves");
    let linked = run(
        folder.path(),
        &["steps", "--format", "jsonld", "--url", "https://example.org/tea", "tea.md"],
        "",
    );
    let linked: Value = serde_json::from_str(&linked.out).unwrap();
    assert_eq!(linked["@type"], "HowTo");
}

#[test]
fn the_schema_is_printed_without_an_article() {
    let folder = folder(&[]);
    let printed = run(folder.path(), &["steps", "--format", "schema", "no-such-file.md"], "");
    assert_eq!(printed.code, 0);
    let schema: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(schema, mdscrub::steps::json_schema());
}

#[test]
fn an_article_without_steps_has_none() {
    let folder = folder(&[]);
    let none = run(folder.path(), &["steps", "--format", "json"], "Prose.\n");
    assert_eq!(none.code, 0);
    assert_eq!(serde_json::from_str::<Value>(&none.out).unwrap()["steps"], serde_json::json!([]));
    let text = run(folder.path(), &["steps"], "Prose.\n");
    assert_eq!((text.code, text.out.as_str()), (0, ""));
    assert!(text.err.contains("<stdin>: no steps found"), "{}", text.err);
    assert_eq!(run(folder.path(), &["steps"], b"\xff").code, 2);
}

#[test]
fn lines_carry_the_same_object() {
    let folder = folder(&[]);
    let damaged = TEA.replace("fresh", &format!("{PIXEL}fresh"));
    let line = serde_json::json!({"text": damaged, "steps": "old"}).to_string();
    let answer = run(folder.path(), &["clean", "--jsonl", "--steps"], line);
    let answer: Value = serde_json::from_str(&answer.out).unwrap();
    let alone = run(folder.path(), &["steps", "--format", "json"], damaged.as_str());
    assert_eq!(answer["steps"], serde_json::from_str::<Value>(&alone.out).unwrap());
}
