//! [`Settings`]: a [`Config`] made ready for use. Owns what the user chose; must not know the rules, nor read files.

use crate::config::Config;
use crate::data::Facts;
use crate::error::ConfigError;
use crate::selectors::Selectors;
use std::sync::Arc;

/// Evidence from outside of the document: what recurs over a folder or corpus, filter lists of the user. It corroborates the
/// removal of creatives, frames and pixels; it removes no words.
pub trait Outside: std::fmt::Debug + Send + Sync {
    /// How much `url` is known as an ad, 0 (nothing is known) to 5.
    fn weight(&self, url: &str) -> i16;
}

/// A configuration, checked and compiled.
#[derive(Clone, Debug)]
pub struct Settings {
    /// As it was given.
    pub config: Config,
    /// The codes of the rules that run, ascending.
    running: Vec<&'static str>,
    /// Whether unsafe fixes are applied.
    pub unsafe_fixes: bool,
    /// What is known about networks, parameters and redirectors, the user's own included.
    pub facts: Facts,
    /// What is known about ads from outside of the document.
    pub outside: Option<Arc<dyn Outside>>,
    /// The elements that `remove` and `keep` name.
    pub(crate) selectors: Selectors,
}

impl Settings {
    /// Checks and compiles a configuration by which the rules with these codes run.
    ///
    /// # Errors
    /// [`ConfigError`] for selectors that are none, hosts that are none, and limits that are no shares.
    pub(crate) fn new(mut running: Vec<&'static str>, config: Config) -> Result<Self, ConfigError> {
        for (key, share) in [("guard.fix", config.guard.fix), ("guard.total", config.guard.total)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(ConfigError::Share { key, value: share.to_string() });
            }
        }
        let selectors = Selectors::new(&config.remove, &config.keep)?;
        let facts = Facts::new(&config.networks, &config.allow_hosts, &config.allow_ids)?;
        running.sort_unstable();
        let unsafe_fixes = config.unsafe_fixes;
        Ok(Self { running, unsafe_fixes, facts, outside: None, selectors, config })
    }

    /// Whether the rule with that code runs.
    pub fn runs(&self, code: &str) -> bool {
        self.running.binary_search(&code).is_ok()
    }
}
