//! [`Config`]: what a user can choose. Unset values mean the column of the table in DESIGN that the verb has;
//! the library's own column is `clean`'s.

use crate::data::UserNetwork;
use crate::error::ConfigError;
use serde::{Deserialize, Serialize};

/// What becomes of left-over HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HtmlPolicy {
    /// It stays; only what is empty or unsafe goes.
    Keep,
    /// Meaningless wrappers go, their content stays.
    Unwrap,
    /// What Markdown can say becomes Markdown.
    Convert,
}

/// The configuration of a [`Cleaner`](crate::Cleaner). As TOML its keys are in kebab case; unknown keys are refused.
///
/// ```
/// let config = mdscrub::Config::from_toml("ignore = [\"NM\"]\nallow-hosts = [\"shop.example.org\"]")?;
/// assert_eq!(config.ignore, ["NM"]);
/// assert!(mdscrub::Config::from_toml("ingore = []").is_err());
/// # Ok::<(), mdscrub::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Config {
    /// Codes or families (`AD101`, `NM`): exactly these run, whatever is on by default.
    pub select: Option<Vec<String>>,
    /// Codes or families that do not run.
    pub ignore: Vec<String>,
    /// Whether unsafe fixes are applied too.
    pub unsafe_fixes: bool,
    /// Whether style is normalised (family `NM`). Unset: yes.
    pub normalise: Option<bool>,
    /// What becomes of left-over HTML. Unset: `convert`.
    pub html: Option<HtmlPolicy>,
    /// Hosts whose links, images and frames are never taken for ads or trackers (and their subdomains).
    pub allow_hosts: Vec<String>,
    /// Affiliate ids of the reader's own programme (`mytag-20`): links that carry one stay as they are.
    pub allow_ids: Vec<String>,
    /// Networks of the reader's own: `[[network]]` tables.
    #[serde(rename = "network")]
    pub networks: Vec<UserNetwork>,
    /// How much of an article removals may take.
    pub guard: GuardLimits,
}

/// How much of an article removals may take: `guard = { fix = 0.25, total = 0.5, words = 100 }`.
///
/// ```
/// let config = mdscrub::Config::from_toml("guard = { total = 0.9 }")?;
/// assert_eq!((config.guard.fix, config.guard.total), (0.25, 0.9));
/// # Ok::<(), mdscrub::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct GuardLimits {
    /// The share of a document's words of prose that one fix may take.
    pub fix: f64,
    /// The share that all removals together may take; if they take more, all are dropped.
    pub total: f64,
    /// Documents with fewer words of prose are exempt from the limit of one fix.
    pub words: usize,
}

impl Default for GuardLimits {
    fn default() -> Self {
        Self { fix: 0.25, total: 0.5, words: 100 }
    }
}

impl Config {
    /// Reads a configuration from TOML text.
    ///
    /// # Errors
    /// [`ConfigError::Syntax`] with line and column for broken TOML, unknown keys and wrong types.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|e| ConfigError::Syntax { message: e.to_string() })
    }
}
