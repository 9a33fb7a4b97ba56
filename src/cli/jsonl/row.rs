//! One line of the stream. Owns the contract: the same object out, other fields to the byte, our keys replaced; must not read or write streams.

use super::string::{decode_string, push_number, push_string};
use crate::cli::args::Findings;
use crate::cli::without_panic;
use crate::report::json::FindingView;
use crate::report::lines::Lines;
use crate::span::Span;
use crate::{Cleaner, Outcome};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How lines are answered.
pub(in crate::cli) struct Rows {
    /// By which each text is cleaned.
    pub cleaner: Arc<Cleaner>,
    /// The key that holds the text.
    pub text_field: String,
    /// What is said of findings.
    pub findings: Findings,
    /// Whether the list of edits is added.
    pub edits: bool,
    /// Whether the article's steps are added.
    pub steps: bool,
    /// Which lines could not be cleaned.
    pub failed: Failed,
}

/// Lines that could not be cleaned.
#[derive(Debug)]
pub(in crate::cli) struct Failed {
    count: AtomicU64,
    /// The number of the first one, from 1.
    first: AtomicU64,
}

impl Default for Failed {
    fn default() -> Self {
        Self { count: AtomicU64::new(0), first: AtomicU64::new(u64::MAX) }
    }
}

impl Failed {
    fn add(&self, number: u64) {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.first.fetch_min(number, Ordering::Relaxed);
    }

    /// What is to be said of them, if there are any.
    pub fn summary(&self) -> Option<String> {
        let first = self.first.load(Ordering::Relaxed);
        match self.count.load(Ordering::Relaxed) {
            0 => None,
            1 => Some(format!("line {first} could not be cleaned: `error` in its answer says why")),
            count => Some(format!(
                "{count} lines could not be cleaned, the first is line {first}: `error` in their answers says why"
            )),
        }
    }
}

/// The keys that answers add.
pub(in crate::cli) const OUR_KEYS: [&str; 4] = ["findings", "edits", "steps", "error"];

/// The fields of an object in their order, keys and values as written.
struct Fields<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields<'de>, M::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Whether a key as written says `name`.
fn says(key: &RawValue, name: &str) -> bool {
    string(key).is_ok_and(|k| k == name)
}

impl Rows {
    /// Appends the answer to one line, without a line end. `number` is the line's, from 1.
    pub fn write(&self, line: &[u8], number: u64, out: &mut Vec<u8>) {
        let fields = match parse(line) {
            Ok(fields) => fields,
            Err(problem) => {
                self.failed.add(number);
                out.extend_from_slice(b"{\"error\":");
                push_string(out, &format!("line {number}: {problem}"));
                out.push(b'}');
                return;
            }
        };
        // where a key comes twice the last one counts, as for most readers of JSON
        let text =
            fields.0.iter().rev().find(|(key, _)| says(key, &self.text_field)).map(|(_, value)| *value);
        let decoded = match text {
            None => Err(format!("no `{}`", self.text_field)),
            Some(raw) => string(raw).map_err(|e| format!("`{}`: {e}", self.text_field)),
        };
        let cleaned = decoded.as_deref().map_err(String::clone).and_then(|text| {
            let work = || {
                let outcome = self.cleaner.clean(text);
                let steps = self.steps.then(|| serde_json::to_vec(&outcome.steps()));
                (text, outcome, steps)
            };
            without_panic(work).map_err(str::to_owned)
        });
        match cleaned {
            Err(problem) => {
                self.failed.add(number);
                let mut comma = self.write_fields(&fields, None, out);
                key(out, &mut comma, "error");
                push_string(out, &format!("line {number}: {problem}"));
            }
            Ok((decoded, outcome, steps)) => {
                // a text that stays, stays as it is spelled
                let new = (!outcome.edits.is_empty()).then_some(&*outcome.markdown);
                let mut comma = self.write_fields(&fields, Some((text, new)), out);
                self.write_findings(decoded, &outcome, &mut comma, out);
                if self.edits {
                    key(out, &mut comma, "edits");
                    write_edits(&outcome, out);
                }
                if let Some(Ok(steps)) = steps {
                    key(out, &mut comma, "steps");
                    out.extend_from_slice(&steps);
                }
            }
        }
        out.push(b'}');
    }

    /// The fields of the input, those that are replaced left out; the text is taken from the second one, where there is one. Whether there were any.
    fn write_fields(
        &self,
        fields: &Fields<'_>,
        text: Option<(Option<&RawValue>, Option<&str>)>,
        out: &mut Vec<u8>,
    ) -> bool {
        let mut comma = false;
        out.push(b'{');
        for (name, value) in &fields.0 {
            let is_text = says(name, &self.text_field);
            if let Some((raw, _)) = text
                && is_text
                && raw.is_none_or(|raw| !std::ptr::eq(raw, *value))
            {
                continue;
            }
            if !is_text && OUR_KEYS.iter().any(|ours| self.replaces(ours) && says(name, ours)) {
                continue;
            }
            if std::mem::replace(&mut comma, true) {
                out.push(b',');
            }
            out.extend_from_slice(name.get().as_bytes());
            out.push(b':');
            match text {
                Some((_, Some(new))) if is_text => push_string(out, new),
                _ => out.extend_from_slice(value.get().as_bytes()),
            }
        }
        comma
    }

    /// Whether a key of the input is not the input's to say. What was not asked for is left as it was: it may be something else.
    fn replaces(&self, ours: &str) -> bool {
        match ours {
            "findings" => self.findings != Findings::Off,
            "edits" => self.edits,
            "steps" => self.steps,
            _ => true,
        }
    }

    fn write_findings(&self, text: &str, outcome: &Outcome<'_>, comma: &mut bool, out: &mut Vec<u8>) {
        if self.findings == Findings::Off {
            return;
        }
        key(out, comma, "findings");
        out.push(b'[');
        let lines = (self.findings == Findings::Full).then(|| Lines::new(text));
        for (index, finding) in outcome.findings.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            // a Vec takes every write, and a view has nothing that JSON cannot say
            let _: serde_json::Result<()> = match &lines {
                Some(lines) => serde_json::to_writer(&mut *out, &FindingView::new(finding, lines, None)),
                None => {
                    out.extend_from_slice(b"{\"rule\":\"");
                    out.extend_from_slice(finding.rule.as_bytes());
                    out.extend_from_slice(b"\",");
                    push_span(out, finding.span);
                    out.push(b'}');
                    Ok(())
                }
            };
        }
        out.push(b']');
    }
}

fn parse(line: &[u8]) -> Result<Fields<'_>, String> {
    let text = std::str::from_utf8(line)
        .map_err(|e| format!("not UTF-8: invalid byte at offset {}", e.valid_up_to()))?;
    if text.trim_ascii().is_empty() {
        return Err("empty".to_owned());
    }
    serde_json::from_str(text).map_err(|e| {
        // its own "at line 1" would read as if it were the stream's
        let message = e.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message);
        format!("column {}: {what}", e.column())
    })
}

/// What a JSON value says, if it is a string.
fn string(raw: &RawValue) -> Result<Cow<'_, str>, String> {
    let inner = raw.get().strip_prefix('"').and_then(|s| s.strip_suffix('"'));
    inner.map_or_else(|| Err("not a string".to_owned()), decode_string)
}

fn key(out: &mut Vec<u8>, comma: &mut bool, name: &str) {
    if std::mem::replace(comma, true) {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Appends the bytes that something is about, as two keys of an object.
fn push_span(out: &mut Vec<u8>, span: Span) {
    out.extend_from_slice(b"\"start\":");
    push_number(out, span.start);
    out.extend_from_slice(b",\"end\":");
    push_number(out, span.end);
}

fn write_edits(outcome: &Outcome<'_>, out: &mut Vec<u8>) {
    out.push(b'[');
    for (index, owned) in outcome.edits.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{");
        push_span(out, owned.edit.span);
        out.extend_from_slice(b",\"text\":");
        push_string(out, &owned.edit.text);
        out.extend_from_slice(b",\"rules\":[");
        let mut rules: Vec<&str> =
            owned.findings.iter().filter_map(|&i| outcome.findings.get(i as usize)).map(|f| f.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for (i, rule) in rules.iter().enumerate() {
            out.extend_from_slice(if i > 0 { b",\"" } else { b"\"" });
            out.extend_from_slice(rule.as_bytes());
            out.push(b'"');
        }
        out.extend_from_slice(b"]}");
    }
    out.push(b']');
}
