//! What `steps` promises: the fixtures' steps, sound spans on any text, JSON as its schema says, schema.org's own names.

use super::*;
use crate::document::Parsed;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn read(text: &str) -> Steps {
    let parsed = Parsed::new(text);
    extract(parsed.document(text), |span| span)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/steps")
}

fn fixtures() -> Vec<(String, String, Value)> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("fixtures/steps")
        .map(|e| e.expect("entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|p| {
            let text = std::fs::read_to_string(&p).expect("fixture");
            let wanted = std::fs::read_to_string(p.with_extension("steps.json")).expect("steps.json");
            let name = p.file_stem().and_then(|n| n.to_str()).expect("name").to_string();
            (name, text, serde_json::from_str(&wanted).expect("JSON"))
        })
        .collect()
}

/// The parts of a result that fixtures fix.
fn shown(steps: &Steps) -> Value {
    let list: Vec<Value> = steps
        .steps
        .iter()
        .map(|s| {
            let mut out = serde_json::Map::new();
            out.insert("number".into(), s.number.into());
            out.insert("title".into(), s.title.clone().into());
            if let Some(printed) = &s.printed {
                out.insert("printed".into(), printed.clone().into());
            }
            if s.kind == StepKind::ListItem {
                out.insert("kind".into(), "list-item".into());
            }
            if let Some(group) = &s.group {
                out.insert("group".into(), group.clone().into());
            }
            if !s.images.is_empty() {
                out.insert("images".into(), s.images.iter().map(|i| i.url.clone()).collect());
            }
            if !s.code.is_empty() {
                out.insert("code".into(), s.code.iter().map(|c| c.text.clone()).collect());
            }
            if !s.substeps.is_empty() {
                out.insert("substeps".into(), s.substeps.iter().map(|c| c.title.clone()).collect());
            }
            if !s.tips.is_empty() {
                out.insert("tips".into(), s.tips.iter().cloned().collect());
            }
            Value::Object(out)
        })
        .collect();
    serde_json::json!({"kind": steps.kind, "groups": steps.groups, "steps": list})
}

#[test]
fn fixtures_give_their_steps() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 40, "{} fixtures", fixtures.len());
    let mut wrong = String::new();
    for (name, text, wanted) in &fixtures {
        let found = read(text);
        let shown = shown(&found);
        if std::env::var_os("MDSCRUB_BLESS_STEPS").is_some() {
            let pretty = serde_json::to_string_pretty(&shown).expect("JSON") + "\n";
            std::fs::write(folder().join(format!("{name}.steps.json")), pretty).expect("write");
        } else if shown != *wanted {
            wrong.push_str(&format!(
                "== {name}\nfound  {shown}\nwanted {wanted}\nwhy    {:#?}\n",
                found.reasons
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let empty = fixtures.iter().filter(|f| f.2["kind"] == "none").count();
    assert!(empty * 3 >= fixtures.len(), "{empty} of {} look like steps and are none", fixtures.len());
}

#[test]
fn line_ends_do_not_matter() {
    for (name, text, _) in fixtures() {
        let crlf = text.replace('\n', "\r\n");
        let titles = |s: &Steps| s.steps.iter().map(|s| s.title.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&read(&text)), titles(&read(&crlf)), "{name}");
    }
}

/// A validator of as much of JSON Schema as ours uses; panics on keywords it does not know.
fn check(schema: &Value, value: &Value, at: &str) {
    for (keyword, says) in schema.as_object().expect("schema") {
        match keyword.as_str() {
            "$schema" | "title" => {}
            "type" => {
                let is = |t: &str| match t {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "null" => value.is_null(),
                    _ => panic!("{t}"),
                };
                let one = says.as_str().map(|t| vec![t]);
                let types = one.unwrap_or_else(|| {
                    says.as_array().expect("types").iter().filter_map(Value::as_str).collect()
                });
                assert!(types.into_iter().any(is), "{at}: {value} is no {says}");
            }
            "const" => assert_eq!(value, says, "{at}"),
            "enum" => assert!(says.as_array().expect("enum").contains(value), "{at}: {value}"),
            "minimum" => assert!(value.as_f64() >= says.as_f64(), "{at}"),
            "maximum" => assert!(value.as_f64() <= says.as_f64(), "{at}"),
            "required" => {
                for name in says.as_array().expect("required") {
                    assert!(value.get(name.as_str().expect("name")).is_some(), "{at} lacks {name}");
                }
            }
            "additionalProperties" => {
                for name in value.as_object().into_iter().flat_map(|o| o.keys()) {
                    assert!(schema["properties"].get(name).is_some(), "{at} has {name}");
                }
            }
            "properties" => {
                for (name, inner) in says.as_object().expect("properties") {
                    if let Some(v) = value.get(name) {
                        check(inner, v, &format!("{at}.{name}"));
                    }
                }
            }
            "items" => {
                for (i, v) in value.as_array().into_iter().flatten().enumerate() {
                    check(says, v, &format!("{at}[{i}]"));
                }
            }
            other => panic!("{other}"),
        }
    }
}

#[test]
fn the_json_is_as_its_schema_says() {
    let schema = json_schema();
    for (name, text, _) in fixtures() {
        let steps = read(&text);
        let value = serde_json::to_value(&steps).expect("JSON");
        check(&schema, &value, &name);
        let back: Steps = serde_json::from_value(value).expect("read back");
        assert_eq!(back.steps, steps.steps, "{name}");
        for step in &steps.steps {
            assert!(step.group.as_ref().is_none_or(|g| steps.groups.contains(g)), "{name}: {:?}", step.group);
        }
    }
    let caught =
        std::panic::catch_unwind(|| check(&json_schema(), &serde_json::json!({"version": 2}), "bad"));
    assert!(caught.is_err(), "the validator lets anything pass");
}

/// schema.org's types with the properties we may use of them and of their parents.
fn vocabulary() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(folder().join("schema_org.json")).expect("schema_org.json");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    assert!(data["source"].as_str().is_some_and(|s| s.starts_with("https://schema.org/")));
    serde_json::from_value(data["types"].clone()).expect("types")
}

fn check_names(known: &BTreeMap<String, Vec<String>>, value: &Value) {
    match value {
        Value::Array(list) => list.iter().for_each(|v| check_names(known, v)),
        Value::Object(object) => {
            let properties = object.get("@type").map(|t| {
                let name = t.as_str().expect("type");
                known.get(name).unwrap_or_else(|| panic!("schema.org has no {name}"))
            });
            for (key, inner) in object {
                if !key.starts_with('@') {
                    let properties = properties.expect("properties of something without a type");
                    assert!(properties.contains(key), "{:?} has no {key}", object.get("@type"));
                }
                check_names(known, inner);
            }
        }
        _ => {}
    }
}

#[test]
fn json_ld_uses_the_names_of_schema_org() {
    let known = vocabulary();
    let mut kinds = std::collections::BTreeSet::new();
    for (name, text, _) in fixtures() {
        let steps = read(&text);
        let linked = to_jsonld(&steps, Some("https://example.org/page"));
        assert!(linked.is_none() || !steps.steps.is_empty(), "{name}");
        let Some(linked) = linked else { continue };
        check_names(&known, &linked);
        assert_eq!(linked["@context"], "https://schema.org", "{name}");
        match steps.kind {
            ArticleKind::Procedure => assert_eq!(linked["@type"], "HowTo", "{name}"),
            ArticleKind::ListItem => assert_eq!(linked["@type"], "ItemList", "{name}"),
            ArticleKind::Mixed => assert_eq!(linked["@graph"].as_array().map(Vec::len), Some(2), "{name}"),
            ArticleKind::None => panic!("{name}"),
        }
        let all = linked.to_string();
        for t in ["HowToSection", "HowToStep", "HowToDirection", "HowToTip", "ItemList", "ListItem"] {
            if all.contains(&format!("\"{t}\"")) {
                kinds.insert(t);
            }
        }
    }
    assert_eq!(kinds.len(), 6, "the fixtures show only {kinds:?}");
}

#[test]
fn nothing_is_linked_where_parts_are_missing() {
    assert_eq!(to_jsonld(&read("Just words.\n"), None), None);
    let untitled = "Follow these steps:\n\n1. Open the lid.\n2. Close the lid.\n";
    assert_eq!(read(untitled).steps.len(), 2);
    assert_eq!(to_jsonld(&read(untitled), None), None);
}

#[test]
fn shown_forms_hold_all_titles() {
    for (_, text, _) in fixtures() {
        let steps = read(&text);
        let plain = to_text(&steps);
        assert!(steps.steps.iter().all(|s| plain.contains(&s.title)));
        let markdown = to_markdown(&steps);
        assert_eq!(markdown.is_empty(), steps.steps.is_empty());
    }
}

#[test]
fn original_spans_are_what_the_mapping_says() {
    let text = "# Tea\n\n1. Boil the water.\n2. Pour it on.\n";
    let parsed = Parsed::new(text);
    let steps = extract(parsed.document(text), |s| Span::new(s.start + 100, s.end + 100));
    for s in &steps.steps {
        assert_eq!((s.original_span.start, s.original_span.end), (s.span.start + 100, s.span.end + 100));
    }
}

#[test]
fn every_article_says_why() {
    for (name, text, _) in fixtures() {
        assert!(!read(&text).reasons.is_empty(), "{name}");
    }
}

#[test]
fn work_grows_with_the_text_alone() {
    // pathological rows: were any of them read again for each block, this would not end in time
    let lines = ["1\\.\n", "**a** b\n", "![a](b)\n", "1、\n"];
    for line in lines {
        read(&("1\\. ".to_string() + &line.repeat(20_000)));
    }
    let rows = [
        "1. Open the lid.\n\ntext\n\n",
        "## Step 1\n\n",
        "**Method 1**\n\n",
        "1\\. a\n",
        "7\\. a\n\n",
        "# 1\\. a\n\n2. b\n\n",
        "- Step 1: go\n",
        "> - 1. a\n",
        "#\n\n",
        "一、一\n\n",
        "**a**\n\n- b\n\n1. open\n\n",
    ];
    for row in rows {
        let text = row.repeat(3_000);
        let steps = read(&text);
        assert!(steps.steps.len() <= 6_000);
    }
}

fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "# Title\n\n",
        "## Step 1: Open\n",
        "## Step 2\n",
        "### Method 1: x\n",
        "**Step 3.** go\n\n",
        "1. Open the lid\n",
        "2. Close it\n",
        "1) a\n",
        "1\\. b\n\n",
        "- Step 1: c\n",
        "   note\n",
        "\n",
        "![a](b.png)\n",
        "<img src=x>",
        "<ol><li>Open</li><li>b",
        "</ol>",
        "<h2>Step 1</h2>",
        "```\ncode\n",
        "```\n",
        "    indented\n",
        "> quote\n",
        "---\n",
        "第一步：开\n\n",
        "❶ x\n",
        "一、y\n\n",
        "Duration: 1:00\n\n",
        "<!-- ads begin -->",
        "<!-- ads end -->",
        "text ",
        "**bold** ",
        "[l](#a)",
        "\\",
        "é",
        "\u{feff}",
        "\r\n",
        "| a |\n|-|\n| 1 |\n",
        "<p>",
        "</div>",
        "<div>",
        "Follow these steps:\n\n",
        "Part 2\n\n",
        "{#id}",
        "Ⅳ. ",
        "１．",
        "\u{20e3}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|p| p.concat())
}

fn sound(text: &str) {
    let steps = read(text);
    let mut last = 0;
    for s in &steps.steps {
        assert!(
            s.span.start >= last && s.span.start <= s.span.end && s.span.end <= text.len(),
            "{:?} in {text:?}",
            s.span
        );
        assert!(text.get(s.span.range()).is_some(), "{:?} cuts a character of {text:?}", s.span);
        last = s.span.end;
        for sub in &s.substeps {
            assert!(text.get(sub.span.range()).is_some(), "{text:?}");
        }
    }
    let mut counts: BTreeMap<(Option<&str>, bool), u32> = BTreeMap::new();
    for s in &steps.steps {
        let count = counts.entry((s.group.as_deref(), s.kind == StepKind::ListItem)).or_insert(0);
        assert!(s.number >= 1 && s.number <= *count + 1, "{text:?}");
        *count += 1;
    }
    check(&json_schema(), &serde_json::to_value(&steps).expect("JSON"), "soup");
    let _ = (to_text(&steps), to_markdown(&steps), to_jsonld(&steps, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_soup_gives_sound_steps(text in soup()) {
        sound(&text);
    }

    #[test]
    fn any_text_gives_sound_steps(text in "\\PC{0,200}") {
        sound(&text);
    }
}
