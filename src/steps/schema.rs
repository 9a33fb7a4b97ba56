//! The JSON Schema of [`Steps`](super::Steps). Owns that description; a test holds every fixture against it.

use serde_json::{Value, json};

/// The JSON Schema (draft 2020-12) of the JSON that `steps --format json` prints: [`Steps`](super::Steps) as serde writes it.
pub fn json_schema() -> Value {
    let object = |properties: Value| {
        let required: Vec<&String> = properties.as_object().map(|p| p.keys().collect()).unwrap_or_default();
        let required = json!(required);
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    };
    let list = |items: Value| json!({"type": "array", "items": items});
    let text = || json!({"type": "string"});
    let text_or_null = || json!({"type": ["string", "null"]});
    let span = || {
        object(json!({"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}}))
    };
    let count = || json!({"type": "integer", "minimum": 1});
    let step = object(json!({
        "number": count(),
        "printed": text_or_null(),
        "title": text(),
        "kind": {"enum": ["procedure", "list-item"]},
        "group": text_or_null(),
        "level": {"type": "integer", "minimum": 0, "maximum": 6},
        "body": text(),
        "images": list(object(json!({"url": text(), "alt": text()}))),
        "links": list(object(json!({"url": text(), "text": text()}))),
        "code": list(object(json!({"language": text_or_null(), "text": text()}))),
        "substeps": list(object(json!({"number": count(), "printed": text_or_null(), "title": text(), "span": span()}))),
        "tips": list(text()),
        "span": span(),
        "original_span": span(),
    }));
    let mut schema = object(json!({
        "version": {"const": 1},
        "kind": {"enum": ["procedure", "list-item", "mixed", "none"]},
        "groups": list(text()),
        "steps": list(step),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("The steps of an article");
    schema
}
