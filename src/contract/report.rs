//! [`Report`]: what a rule found, before it is known what becomes of it. Owns how one is put together.

use super::Info;
use crate::edit::Edit;
use crate::finding::Safety;
use crate::span::Span;
use std::borrow::Cow;

/// What a rule found, in bytes of the text that it was shown.
#[derive(Clone, Debug)]
pub struct Report {
    pub(crate) rule: &'static Info,
    pub(crate) span: Span,
    pub(crate) message: Cow<'static, str>,
    pub(crate) confidence: f32,
    pub(crate) evidence: Vec<Cow<'static, str>>,
    pub(crate) edits: Option<Vec<Edit>>,
    pub(crate) safety: Safety,
    pub(crate) note: bool,
}

impl Report {
    /// A report of `rule` on `span`; `message` is one sentence for a person.
    pub fn new(rule: &'static Info, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rule,
            span,
            message: message.into(),
            confidence: 1.0,
            evidence: Vec::new(),
            edits: None,
            safety: rule.safety,
            note: false,
        }
    }

    /// With a fix: edits that are taken together or not at all, ascending, not overlapping.
    #[must_use]
    pub fn fix(mut self, edits: Vec<Edit>) -> Self {
        self.edits = Some(edits);
        self
    }

    /// With the fix of removing `span`.
    #[must_use]
    pub fn remove(self, span: Span) -> Self {
        self.fix(vec![Edit::remove(span)])
    }

    /// With a signal that led to it.
    #[must_use]
    pub fn because(mut self, evidence: impl Into<Cow<'static, str>>) -> Self {
        self.evidence.push(evidence.into());
        self
    }

    /// With signals that led to it.
    #[must_use]
    pub fn because_all(mut self, evidence: impl IntoIterator<Item = Cow<'static, str>>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// With how sure the rule is, from 0 to 1.
    #[must_use]
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.confidence = confidence;
        self
    }

    /// With a fix that wants a look, though the rule's fixes are safe.
    #[must_use]
    pub fn needs_review(mut self) -> Self {
        self.safety = Safety::Unsafe;
        self
    }

    /// From the first to the last byte that it is about or changes.
    pub(crate) fn reach(&self) -> Span {
        self.edits
            .iter()
            .flatten()
            .fold(self.span, |all, e| Span::new(all.start.min(e.span.start), all.end.max(e.span.end)))
    }

    /// As a note: nobody can act on it, it never sets the exit code.
    #[must_use]
    pub fn note(mut self) -> Self {
        self.note = true;
        self
    }
}
