//! The JSON-LD of steps as a reader of RDF sees it that we did not write: pyld, where Python and it are there (`pip install pyld`).
//! Each article's JSON-LD is expanded against schema.org's vocabulary, and no property may be lost on the way.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads a list of JSON-LD documents, prints a line for each: its types, its steps or entries in order of their positions, and
/// how many properties it was given and kept.
const READER: &str = r#"
import json, sys
try:
    from pyld import jsonld
except ImportError:
    sys.exit(77)
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
fn a_reader_of_linked_data_sees_all_of_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/steps");
    let mut documents = Vec::new();
    let mut wanted = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let steps = mdscrub::clean(&std::fs::read_to_string(&path).unwrap()).steps();
        let Some(linked) = mdscrub::steps::to_jsonld(&steps, Some("https://example.org/page")) else {
            continue;
        };
        documents.push(linked);
        let procedure = steps.steps.iter().filter(|s| s.kind == mdscrub::steps::StepKind::Procedure);
        let items = steps.steps.iter().filter(|s| s.kind == mdscrub::steps::StepKind::ListItem);
        wanted.push((path, procedure.chain(items).map(|s| s.title.clone()).collect::<Vec<_>>()));
    }
    assert!(documents.len() > 20, "{} articles give JSON-LD", documents.len());
    let input = serde_json::to_vec(&documents).unwrap();
    let python =
        Command::new("python3").args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else { return };
    // a reader that is not there does not read
    let _ = python.stdin.take().unwrap().write_all(&input);
    let output = python.wait_with_output().unwrap();
    if output.status.code() == Some(77) {
        return;
    }
    assert!(output.status.success(), "the reader failed");
    let lines: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), wanted.len());
    for (seen, (path, titles)) in lines.iter().zip(&wanted) {
        assert_eq!(seen["given"], seen["kept"], "{}: properties were lost", path.display());
        assert_eq!(seen["names"], serde_json::json!(titles), "{}", path.display());
        let types = seen["types"].as_array().unwrap();
        let known =
            |t: &serde_json::Value| t == "https://schema.org/HowTo" || t == "https://schema.org/ItemList";
        assert!(!types.is_empty() && types.iter().all(known), "{}: {types:?}", path.display());
    }
}
