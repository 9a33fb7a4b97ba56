//! [`Config`]: what a user can choose. Where a value is unset, `clean` and the library normalise style and make Markdown of left-over
//! HTML, `check` and `fix` do neither.

use crate::data::UserNetwork;
use crate::error::ConfigError;
use serde::{Deserialize, Serialize};

/// What becomes of left-over HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
    /// CSS selectors of elements that are removed: by tag, class, id, attribute, ancestor (`div.promo > p`).
    ///
    /// ```
    /// let config = mdscrub::Config::from_toml("remove = ['div.promo']")?;
    /// let cleaner = mdscrub::Cleaner::new(config)?;
    /// assert_eq!(cleaner.clean("A.\n\n<div class=\"promo\">Words</div>\n\nB.\n").markdown, "A.\n\nB.\n");
    /// # Ok::<(), mdscrub::ConfigError>(())
    /// ```
    pub remove: Vec<String>,
    /// CSS selectors of elements that no removal may touch.
    pub keep: Vec<String>,
    /// What becomes of ads and links of each role.
    pub policy: Policy,
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

/// What becomes of something that pays or tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Treat {
    /// It goes, words included.
    Remove,
    /// Its link goes (or leads to its destination), what it shows stays.
    Unwrap,
    /// It stays as it is.
    Keep,
}

/// What becomes of ads and links, by role. Where a role cannot be unwrapped (a script, a pixel), `unwrap` keeps it.
///
/// ```
/// let config = mdscrub::Config::from_toml("policy = { affiliate-links = 'keep' }")?;
/// let cleaner = mdscrub::Cleaner::new(config)?;
/// let text = "Use [this](https://brand.sjv.io/abc123).\n";
/// assert_eq!(cleaner.clean(text).markdown, text);
/// # Ok::<(), mdscrub::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Policy {
    /// Display ads: slots, scripts, frames, banners of nobody known.
    pub ads: Treat,
    /// Banners of affiliate programmes.
    pub affiliate_banners: Treat,
    /// Links of affiliate programmes that are a block of their own.
    pub affiliate_blocks: Treat,
    /// Nothing but calls to action that pay.
    pub calls_to_action: Treat,
    /// Links of affiliate programmes in prose: unwrapped they lead to their destination, or only their words stay.
    pub affiliate_links: Treat,
    /// Pixels and scripts that count readers.
    pub trackers: Treat,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            ads: Treat::Remove,
            affiliate_banners: Treat::Remove,
            affiliate_blocks: Treat::Remove,
            calls_to_action: Treat::Remove,
            affiliate_links: Treat::Unwrap,
            trackers: Treat::Remove,
        }
    }
}
