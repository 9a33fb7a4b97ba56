//! [`Finding`]: what a rule saw, why, and what it would do about it.

use crate::edit::Edit;
use crate::span::Span;
use serde::Serialize;
use std::borrow::Cow;

/// Whether a fix can be applied without a look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Safety {
    /// Applied by default.
    Safe,
    /// Applied with `--unsafe-fixes` ([`Config::unsafe_fixes`](crate::Config::unsafe_fixes)) only.
    Unsafe,
}

/// What a rule proposes: edits that are taken together or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// The edits, ascending, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether it needs a look.
    pub safety: Safety,
}

impl Fix {
    /// A fix that is applied by default.
    pub fn safe(edits: Vec<Edit>) -> Self {
        Self { edits, safety: Safety::Safe }
    }

    /// A fix that is applied on request only.
    pub fn needs_review(edits: Vec<Edit>) -> Self {
        Self { edits, safety: Safety::Unsafe }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Severity {
    /// Nobody can act on it: it never sets the exit code.
    Note,
    /// Style.
    Info,
    /// Damage or residue.
    Warning,
    /// An ad, a tracker, unsafe HTML.
    Error,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// Its fix is part of the outcome's edits.
    Applied,
    /// Its fix is unsafe and was not asked for.
    NeedsReview,
    /// It has no fix: something for a person, or a note.
    Reported,
    /// Its fix would have taken too much of the article.
    Guarded,
    /// Its fix did something it had not declared, and was dropped.
    Dropped,
    /// It was switched off where it stands: no rule of this version does that.
    Suppressed,
}

/// What a rule saw at one place. All spans are bytes of the decoded original text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's code, such as `AD101`.
    pub rule: &'static str,
    /// The bytes it is about.
    pub span: Span,
    /// One sentence for a person.
    pub message: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// The signals that led to it, in words.
    pub evidence: Vec<Cow<'static, str>>,
    /// What it proposes, in bytes of the original text where they can be named there.
    pub fix: Option<Fix>,
    /// What became of it.
    pub status: Status,
    /// Findings of one group touch or build on each other: they are taken or left together.
    pub group: Option<u32>,
}
