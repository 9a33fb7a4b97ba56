//! [`Outcome`]: everything a run gives. Reports are views of it; it decides nothing.

use crate::document::Parsed;
use crate::edit::{Origins, OwnedEdit};
use crate::finding::{Finding, Severity, Status};
use crate::span::Span;
use serde::Serialize;
use std::borrow::Cow;

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// How many times rules looked at the text.
    pub rounds: u32,
    /// Bytes of the input.
    pub bytes_in: usize,
    /// Bytes of the output.
    pub bytes_out: usize,
    /// Fixes that were dropped because they did what they had not declared.
    pub dropped: u32,
}

/// What cleaning a text gave: the clean text, and a finding for every byte that was touched.
///
/// Serialised it has the fields below; the document is not among them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Outcome<'t> {
    /// The clean text; borrowed from the input where nothing changed.
    pub markdown: Cow<'t, str>,
    /// What was changed, on the original text: ascending, never overlapping or touching. Applied to it they give `markdown`.
    pub edits: Vec<OwnedEdit>,
    /// What was found, by place in the original text.
    pub findings: Vec<Finding>,
    /// Counts.
    pub stats: Stats,
    /// Whether the last round found nothing more to fix.
    pub converged: bool,
    #[serde(skip)]
    pub(crate) parsed: Parsed,
}

impl Outcome<'_> {
    /// Where bytes of `markdown` were in the original text.
    pub fn origins(&self) -> Origins {
        Origins::new(&self.edits)
    }

    /// The document of the clean text.
    pub fn document(&self) -> crate::document::Document<'_> {
        self.parsed.document(&self.markdown)
    }

    /// Whether nothing was found that somebody can act on; notes and what is suppressed do not count.
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(|f| f.severity > Severity::Note && f.status != Status::Suppressed)
    }

    /// Whether something is left that its fix did not mend.
    pub fn is_left(&self) -> bool {
        self.findings
            .iter()
            .any(|f| f.severity > Severity::Note && !matches!(f.status, Status::Applied | Status::Suppressed))
    }

    /// The steps of the article, read from the clean text each time it is asked.
    ///
    /// ```
    /// let outcome = mdscrub::clean("# Bread\n\n## Step 1: Mix\n\nMix.\n\n## Step 2: Bake\n\nBake.\n");
    /// assert_eq!(outcome.steps().steps.len(), 2);
    /// ```
    pub fn steps(&self) -> crate::steps::Steps {
        let origins = self.origins();
        crate::steps::extract(self.document(), |span| origins.span(span))
    }

    /// The bytes of the original that `span` of the clean text stands for.
    pub fn original_span(&self, span: Span) -> Span {
        self.origins().span(span)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_outcome_is_serialised_without_its_tree() {
        let outcome = crate::clean("one  two\u{200b}three\n");
        let value = serde_json::to_value(&outcome).expect("its types have names for keys");
        assert_eq!(value["markdown"], *outcome.markdown);
        assert_eq!(value["findings"].as_array().map(Vec::len), Some(outcome.findings.len()));
        assert!(value.get("parsed").is_none());
    }
}
