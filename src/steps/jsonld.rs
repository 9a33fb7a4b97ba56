//! Steps as schema.org JSON-LD. Owns which type says what; must not read documents.
//!
//! Types and properties: <https://schema.org/HowTo>, <https://schema.org/ItemList>.

use super::text::words_of;
use super::{Step, StepKind, Steps};
use serde_json::{Map, Value, json};

/// The steps as JSON-LD: `HowTo` with `HowToSection`, `HowToStep`, `HowToDirection` and `HowToTip` for a procedure, `ItemList` for
/// a listicle, both in a `@graph` for an article that is both. `page` is the address of the article, for links to its headings.
///
/// `None` where the required parts are missing: there are no steps, or the article has no title to name them by.
///
/// ```
/// let text = "# Tea\n\n1. Boil the water.\n2. Pour it over the leaves.\n";
/// let parsed = mdscrub::document::Parsed::new(text);
/// let steps = mdscrub::steps::extract(parsed.document(text), |span| span);
/// let linked = mdscrub::steps::to_jsonld(&steps, None).unwrap();
/// assert_eq!(linked["@type"], "HowTo");
/// assert_eq!(linked["step"][0]["name"], "Boil the water.");
/// ```
pub fn to_jsonld(steps: &Steps, page: Option<&str>) -> Option<Value> {
    let name = steps.title.as_deref().map(str::trim).filter(|t| !t.is_empty())?;
    let of = |kind: StepKind| {
        steps.steps.iter().filter(move |s| s.kind == kind && !s.title.is_empty()).collect::<Vec<_>>()
    };
    let how_to = how_to(name, &of(StepKind::Procedure), page);
    let list = item_list(name, &of(StepKind::ListItem), page);
    let mut out = match (how_to, list) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(a), Some(b)) => Map::from_iter([("@graph".to_string(), json!([a, b]))]),
    };
    let mut whole = Map::from_iter([("@context".to_string(), json!("https://schema.org"))]);
    whole.append(&mut out);
    Some(Value::Object(whole))
}

fn typed(name: &str) -> Map<String, Value> {
    Map::from_iter([("@type".to_string(), json!(name))])
}

fn how_to(name: &str, steps: &[&Step], page: Option<&str>) -> Option<Map<String, Value>> {
    if steps.is_empty() {
        return None;
    }
    let mut parts: Vec<Value> = Vec::new();
    let mut open: Option<(&str, Vec<Value>)> = None;
    let close = |open: &mut Option<(&str, Vec<Value>)>, parts: &mut Vec<Value>| {
        if let Some((title, inside)) = open.take() {
            let mut section = typed("HowToSection");
            section.insert("name".to_string(), json!(title));
            section.insert("position".to_string(), json!(parts.len() + 1));
            section.insert("itemListElement".to_string(), Value::Array(inside));
            parts.push(Value::Object(section));
        }
    };
    for step in steps {
        let group = step.group.as_deref();
        if open.as_ref().map(|(title, _)| *title) != group {
            close(&mut open, &mut parts);
        }
        match group {
            Some(title) => {
                let (_, inside) = open.get_or_insert_with(|| (title, Vec::new()));
                let position = inside.len() + 1;
                inside.push(how_to_step(step, position, page));
            }
            None => {
                let position = parts.len() + 1;
                parts.push(how_to_step(step, position, page));
            }
        }
    }
    close(&mut open, &mut parts);
    let mut out = typed("HowTo");
    out.insert("name".to_string(), json!(name));
    out.insert("step".to_string(), Value::Array(parts));
    Some(out)
}

fn how_to_step(step: &Step, position: usize, page: Option<&str>) -> Value {
    let mut out = typed("HowToStep");
    out.insert("position".to_string(), json!(position));
    out.insert("name".to_string(), json!(step.title));
    out.insert("text".to_string(), json!(words_of(step)));
    if let Some(url) = url(step, page) {
        out.insert("url".to_string(), json!(url));
    }
    if let Some(image) = image(step) {
        out.insert("image".to_string(), image);
    }
    let directions = step.substeps.iter().map(|s| ("HowToDirection", &s.title));
    let tips = step.tips.iter().map(|t| ("HowToTip", t));
    let inside: Vec<Value> = directions
        .chain(tips)
        .filter(|(_, text)| !text.is_empty())
        .enumerate()
        .map(|(i, (kind, text))| json!({"@type": kind, "position": i + 1, "text": text}))
        .collect();
    if !inside.is_empty() {
        out.insert("itemListElement".to_string(), Value::Array(inside));
    }
    Value::Object(out)
}

fn item_list(name: &str, steps: &[&Step], page: Option<&str>) -> Option<Map<String, Value>> {
    if steps.is_empty() {
        return None;
    }
    let mut out = typed("ItemList");
    out.insert("name".to_string(), json!(name));
    out.insert("numberOfItems".to_string(), json!(steps.len()));
    let items = steps.iter().enumerate().map(|(i, step)| {
        let mut item = typed("ListItem");
        item.insert("position".to_string(), json!(i + 1));
        item.insert("name".to_string(), json!(step.title));
        if let Some(url) = url(step, page) {
            item.insert("url".to_string(), json!(url));
        }
        if let Some(image) = image(step) {
            item.insert("image".to_string(), image);
        }
        Value::Object(item)
    });
    out.insert("itemListElement".to_string(), items.collect());
    Some(out)
}

/// The addresses of a step's pictures: one, or a list; pictures inside the page (`data:`) have none.
fn image(step: &Step) -> Option<Value> {
    let urls: Vec<&str> = step
        .images
        .iter()
        .map(|i| i.url.as_str())
        .filter(|u| !u.is_empty() && !u.starts_with("data:"))
        .collect();
    match urls.as_slice() {
        [] => None,
        [one] => Some(json!(one)),
        many => Some(json!(many)),
    }
}

/// The address of a step's heading, with the fragment that generators of sites make of its words.
fn url(step: &Step, page: Option<&str>) -> Option<String> {
    if step.level == 0 {
        return None;
    }
    let words = format!("{} {}", step.printed.as_deref().unwrap_or(""), step.title);
    let mut fragment = String::new();
    for c in words.trim().chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => fragment.extend(c.to_lowercase()),
            ' ' | '-' => fragment.push('-'),
            _ => {}
        }
    }
    (!fragment.is_empty()).then(|| format!("{}#{fragment}", page.unwrap_or("")))
}
