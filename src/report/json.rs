//! Findings for programs. Owns the JSON of a finding: `"version": 1`, spans in bytes, lines and columns from 1, columns in characters.

use super::lines::Lines;
use crate::finding::{Finding, Safety, Severity, Status};
use serde::Serialize;
use std::borrow::Cow;

/// The version of all JSON that this crate writes; a change that readers notice raises it.
pub const VERSION: u32 = 1;

/// A finding as JSON says it.
#[derive(Debug, Serialize)]
pub struct FindingView<'a> {
    /// The file, as it was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    rule: &'a str,
    name: &'a str,
    severity: Severity,
    message: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    confidence: f32,
    evidence: &'a [Cow<'static, str>],
    status: Status,
    group: Option<u32>,
    fix: Option<FixView<'a>>,
}

#[derive(Debug, Serialize)]
struct FixView<'a> {
    safety: Safety,
    edits: Vec<EditView<'a>>,
}

#[derive(Debug, Serialize)]
struct EditView<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> FindingView<'a> {
    /// The view of `finding` in the text of `lines`.
    pub fn new(finding: &'a Finding, lines: &Lines<'_>, file: Option<&'a str>) -> Self {
        let start = lines.position(finding.span.start);
        let end = lines.position(finding.span.end);
        Self {
            file,
            rule: finding.rule,
            name: crate::rules::find(finding.rule).map_or("", |info| info.name),
            severity: finding.severity,
            message: &finding.message,
            start: finding.span.start,
            end: finding.span.end,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            confidence: finding.confidence,
            evidence: &finding.evidence,
            status: finding.status,
            group: finding.group,
            fix: finding.fix.as_ref().map(|fix| FixView {
                safety: fix.safety,
                edits: fix
                    .edits
                    .iter()
                    .map(|e| EditView { start: e.span.start, end: e.span.end, text: &e.text })
                    .collect(),
            }),
        }
    }
}
