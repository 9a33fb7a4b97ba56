//! The JSON-LD of steps, by schema.org's vocabulary: each property is one of its type, and each step stands in its place.
//! `cargo test --test linked_data -- --ignored` asks a reader of RDF as well that we did not write: pyld (`pip install pyld`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The properties that each type may have here, its own and those of `Thing`, `CreativeWork` and `ListItem`: schema.org/HowTo and the types that it
/// leads to.
const PROPERTIES: [(&str, &[&str]); 7] = [
    ("HowTo", &["name", "step"]),
    ("HowToSection", &["name", "position", "itemListElement"]),
    ("HowToStep", &["name", "position", "text", "url", "image", "itemListElement"]),
    ("HowToDirection", &["position", "text"]),
    ("HowToTip", &["position", "text"]),
    ("ItemList", &["name", "numberOfItems", "itemListElement"]),
    ("ListItem", &["name", "position", "url", "image"]),
];

/// The articles with steps: their files, their JSON-LD, and the titles of their steps and entries, in order.
fn articles() -> Vec<(PathBuf, Value, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/steps");
    let mut articles = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let steps = mdscrub::clean(&std::fs::read_to_string(&path).unwrap()).steps();
        let Some(linked) = mdscrub::steps::to_jsonld(&steps, Some("https://example.org/page")) else {
            continue;
        };
        let procedure = steps.steps.iter().filter(|s| s.kind == mdscrub::steps::StepKind::Procedure);
        let items = steps.steps.iter().filter(|s| s.kind == mdscrub::steps::StepKind::ListItem);
        let titles = procedure.chain(items).map(|s| s.title.clone()).collect();
        articles.push((path, linked, titles));
    }
    assert!(articles.len() > 20, "{} articles give JSON-LD", articles.len());
    articles
}

/// Checks what a thing says, and what is in it; adds the names of the steps and entries in it, in order.
fn read(thing: &Value, names: &mut Vec<String>) {
    let kind = thing["@type"].as_str().expect("a type");
    let (_, known) = PROPERTIES.iter().find(|(name, _)| *name == kind).expect("a type of schema.org");
    for (key, value) in thing.as_object().unwrap().iter().filter(|(key, _)| !key.starts_with('@')) {
        assert!(known.contains(&key.as_str()), "{kind} has no {key}");
        match key.as_str() {
            "position" | "numberOfItems" => assert!(value.is_u64(), "{key}: {value}"),
            "step" | "itemListElement" => assert!(value.as_array().is_some_and(|v| !v.is_empty()), "{key}"),
            "image" => assert!(value.is_string() || value.is_array(), "{key}: {value}"),
            _ => assert!(value.as_str().is_some_and(|v| !v.is_empty() || key == "text"), "{key}: {value}"),
        }
    }
    if matches!(kind, "HowToStep" | "ListItem") {
        names.push(thing["name"].as_str().expect("a name").to_owned());
    }
    let inside = thing.get("step").or_else(|| thing.get("itemListElement")).and_then(Value::as_array);
    for (number, part) in (1..).zip(inside.into_iter().flatten()) {
        assert_eq!(part["position"], number, "{part}");
        read(part, names);
    }
}

#[test]
fn each_property_is_one_of_its_type_and_each_step_in_its_place() {
    for (path, linked, titles) in articles() {
        assert_eq!(linked["@context"], "https://schema.org", "{}", path.display());
        let whole = [linked.clone()];
        let things = linked["@graph"].as_array().map_or(&whole[..], Vec::as_slice);
        let mut names = Vec::new();
        for thing in things {
            assert!(thing["@type"] == "HowTo" || thing["@type"] == "ItemList", "{}", path.display());
            read(thing, &mut names);
        }
        assert_eq!(names, titles, "{}", path.display());
    }
}

/// Reads a list of JSON-LD documents, prints a line for each: its types, its steps or entries in order of their positions, and
/// how many properties it was given and kept.
const READER: &str = r#"
import json, sys
from pyld import jsonld
VOCABULARY = "https://schema.org/"
def vocabulary(url, options=None):
    return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json",
            "document": {"@context": {"@vocab": VOCABULARY, "url": {"@type": "@id"}, "image": {"@type": "@id"}}}}
def given(value):
    if isinstance(value, dict):
        return sum((not k.startswith("@")) + given(v) for k, v in value.items())
    return sum(map(given, value)) if isinstance(value, list) else 0
def kept(value):
    if isinstance(value, dict):
        return sum(k.startswith(VOCABULARY) + kept(v) for k, v in value.items())
    return sum(map(kept, value)) if isinstance(value, list) else 0
def one(node, name):
    return node[VOCABULARY + name][0]["@value"]
def names(node):
    inside = node.get(VOCABULARY + "step", node.get(VOCABULARY + "itemListElement", []))
    out = []
    for part in sorted(inside, key=lambda p: one(p, "position")):
        kind = part["@type"][0]
        out += names(part) if kind.endswith("HowToSection") else [one(part, "name")]
    return out
for document in json.load(sys.stdin):
    nodes = jsonld.expand(document, {"documentLoader": vocabulary, "base": "https://example.org/page"})
    print(json.dumps({"types": [n["@type"][0] for n in nodes], "names": [t for n in nodes for t in names(n)],
                      "given": given(document), "kept": kept(nodes)}))
"#;

#[test]
#[ignore = "needs Python 3 with pyld"]
fn a_reader_of_linked_data_sees_all_of_it() {
    let wanted = articles();
    let documents: Vec<&Value> = wanted.iter().map(|(_, linked, _)| linked).collect();
    let input = serde_json::to_vec(&documents).unwrap();
    let python =
        Command::new("python3").args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut python = python.expect("python3 is there");
    python.stdin.take().unwrap().write_all(&input).expect("pyld is there");
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "the reader failed");
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), wanted.len());
    for (seen, (path, _, titles)) in lines.iter().zip(&wanted) {
        assert_eq!(seen["given"], seen["kept"], "{}: properties were lost", path.display());
        assert_eq!(seen["names"], serde_json::json!(titles), "{}", path.display());
        let types = seen["types"].as_array().unwrap();
        let known = |t: &Value| t == "https://schema.org/HowTo" || t == "https://schema.org/ItemList";
        assert!(!types.is_empty() && types.iter().all(known), "{}: {types:?}", path.display());
    }
}
