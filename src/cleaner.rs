//! [`Cleaner`]: the configured, reusable form of [`clean`](crate::clean). Owns nothing but its settings.

use crate::config::Config;
use crate::document::decode::decode;
use crate::error::{ConfigError, DecodeError};
use crate::outcome::Outcome;
use crate::pipeline;
use crate::settings::Settings;
use std::borrow::Cow;

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
    settings: Settings,
}

impl Cleaner {
    /// A cleaner with that configuration.
    ///
    /// # Errors
    /// [`ConfigError`] where the configuration names what does not exist.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self { settings: Settings::new(config)? })
    }

    /// The clean text, with all that was found. Cannot fail.
    pub fn clean<'t>(&self, text: &'t str) -> Outcome<'t> {
        pipeline::clean(Cow::Borrowed(text), &self.settings)
    }

    /// The same for bytes: UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// [`DecodeError`] with the offset of the first byte that is not part of a character.
    pub fn clean_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Outcome<'t>, DecodeError> {
        Ok(pipeline::clean(decode(bytes)?, &self.settings))
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
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
