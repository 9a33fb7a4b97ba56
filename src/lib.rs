//! Scraped articles in, clean Markdown out.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod apply;
mod boilerplate;
mod bytes;
mod choose;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod data;
pub mod document;
pub mod edit;
pub mod error;
pub mod evidence;
mod explained;
pub mod finding;
mod guard;
mod hash;
mod html_to_markdown;
mod links;
pub mod mojibake;
mod normalise;
mod outcome;
mod parameters;
mod pipeline;
mod removal;
pub mod repair;
pub mod report;
pub mod rules;
mod selectors;
mod settings;
pub mod span;
pub mod steps;
mod verify;
mod zone;

pub use cleaner::Cleaner;
pub use config::{Config, GuardLimits, HtmlPolicy, Policy, Treat};
pub use edit::{Edit, OwnedEdit};
pub use error::{ConfigError, DecodeError};
pub use finding::{Finding, Fix, Safety, Severity, Status};
pub use outcome::{Outcome, Stats};
pub use settings::Settings;
pub use span::Span;

/// The clean text of an article, with a finding for everything that was touched.
///
/// ```
/// let outcome = mdscrub::clean("Open the <img src=\"https://sb.scorecardresearch.com/p?c1=2\" width=\"1\" height=\"1\">app\n");
/// assert_eq!(outcome.markdown, "Open the app\n");
/// ```
pub fn clean(text: &str) -> Outcome<'_> {
    Cleaner::default().clean(text)
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
