//! The errors of the crate: each names the thing and the place, and says what to do.

use thiserror::Error;

/// Bytes that are not text.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
#[error(
    "not UTF-8 (nor UTF-16 with a byte order mark): invalid byte at offset {offset}; convert the file to UTF-8 first"
)]
pub struct DecodeError {
    /// The first byte that is not part of a character.
    pub offset: usize,
}

/// A configuration that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// A code that no rule has.
    #[error("{key}: unknown rule or family `{code}`{}; `mdscrub rules` lists them", did_you_mean(*similar))]
    #[non_exhaustive]
    UnknownRule {
        /// The configuration key or command line flag.
        key: &'static str,
        /// What was given.
        code: String,
        /// The code or name of a rule that may have been meant.
        similar: Option<&'static str>,
    },
    /// A CSS selector that cannot be used.
    #[error("{key}: selector `{selector}`: {reason}")]
    Selector {
        /// The configuration key.
        key: &'static str,
        /// What was given.
        selector: String,
        /// Why not.
        reason: String,
    },
    /// What is no host name.
    #[error("{key}: `{host}` is not a host name such as `shop.example.org`")]
    Host {
        /// The configuration key.
        key: &'static str,
        /// What was given.
        host: String,
    },
    /// A limit that is no share of anything.
    #[error("{key}: {value} is not a share between 0 and 1")]
    Share {
        /// The configuration key.
        key: &'static str,
        /// What was given, as written.
        value: String,
    },
    /// Text that is not the configuration's TOML.
    #[error("configuration: {message}")]
    Syntax {
        /// The parser's message, with line and column.
        message: String,
    },
}

/// The words for what may have been meant.
fn did_you_mean(similar: Option<&str>) -> String {
    similar.map_or_else(String::new, |similar| format!(" (did you mean `{similar}`?)"))
}
