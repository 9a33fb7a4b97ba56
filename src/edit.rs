//! [`Edit`]s: what a fix proposes, and what an outcome says was done.
//! Owns merging, applying and composing of edit lists; must not know rules.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A replacement of the bytes of `span` by `text`. An empty span inserts, an empty text removes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What stands in their place.
    pub text: String,
}

impl Edit {
    /// Replaces the bytes of `span` by `text`.
    pub fn replace(span: impl Into<Span>, text: impl Into<String>) -> Self {
        Self { span: span.into(), text: text.into() }
    }

    /// Removes the bytes of `span`.
    pub fn remove(span: impl Into<Span>) -> Self {
        Self { span: span.into(), text: String::new() }
    }

    /// Inserts `text` before byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(at), text: text.into() }
    }
}

/// An edit of an outcome: on the original text, with the indices of the findings it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnedEdit {
    /// What is replaced in the original text, and by what.
    #[serde(flatten)]
    pub edit: Edit,
    /// Indices into [`Outcome::findings`](crate::Outcome::findings), ascending, never empty.
    pub findings: Vec<u32>,
}
