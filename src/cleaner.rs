//! [`Cleaner`]: the configured, reusable form of [`clean`](crate::clean). Owns nothing but its settings.

use crate::config::Config;
use crate::document::decode::decode;
use crate::error::{ConfigError, DecodeError};
use crate::evidence::Outside;
use crate::outcome::Outcome;
use crate::pipeline;
use crate::rules::Ruleset;
use std::borrow::Cow;
use std::sync::Arc;

/// Cleans texts by one configuration. Cheap to share between threads.
///
/// ```
/// let mut config = mdscrub::Config::default();
/// config.ignore = vec!["NM".into()];
/// let cleaner = mdscrub::Cleaner::new(config)?;
/// assert_eq!(cleaner.clean("* stays").markdown, "* stays");
/// # Ok::<(), mdscrub::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cleaner {
    ruleset: Ruleset,
}

impl Cleaner {
    /// A cleaner with that configuration.
    ///
    /// # Errors
    /// [`ConfigError`] where the configuration names what does not exist, or holds what cannot be.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self { ruleset: Ruleset::new(config)? })
    }

    /// The same with evidence from outside of the texts: what recurs over a corpus, a filter list.
    ///
    /// ```
    /// #[derive(Debug)]
    /// struct Seen;
    /// impl mdscrub::evidence::Outside for Seen {
    ///     fn weight(&self, url: &str) -> i16 {
    ///         if url.starts_with("https://img.example.org/r/") { 5 } else { 0 }
    ///     }
    /// }
    /// let cleaner = mdscrub::Cleaner::default().with_evidence(std::sync::Arc::new(Seen));
    /// let text = "One.\n\n<img src=\"https://img.example.org/r/7.gif?id=77\" width=\"1\" height=\"1\">\n\nTwo.\n";
    /// assert_eq!(cleaner.clean(text).markdown, "One.\n\nTwo.\n");
    /// ```
    #[must_use]
    pub fn with_evidence(mut self, outside: Arc<dyn Outside>) -> Self {
        self.ruleset.settings.outside = Some(outside);
        self
    }

    /// The clean text, with all that was found. Cannot fail.
    pub fn clean<'t>(&self, text: &'t str) -> Outcome<'t> {
        pipeline::clean(Cow::Borrowed(text), &self.ruleset)
    }

    /// The same for bytes: UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// [`DecodeError`] with the offset of the first byte that is not part of a character.
    pub fn clean_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Outcome<'t>, DecodeError> {
        Ok(pipeline::clean(decode(bytes)?, &self.ruleset))
    }

    /// Whether the rule with that code runs.
    ///
    /// ```
    /// let config = mdscrub::Config::from_toml("ignore = [\"NM\"]")?;
    /// let cleaner = mdscrub::Cleaner::new(config)?;
    /// assert!(cleaner.runs("AD101") && !cleaner.runs("NM101"));
    /// # Ok::<(), mdscrub::ConfigError>(())
    /// ```
    pub fn runs(&self, code: &str) -> bool {
        self.ruleset.settings.runs(code)
    }
}

impl Default for Cleaner {
    fn default() -> Self {
        match Self::new(Config::default()) {
            Ok(cleaner) => cleaner,
            // the default configuration names no rule
            Err(e) => unreachable!("{e}"),
        }
    }
}
