//! Scraped articles in, clean Markdown out.
//!
//! [`clean`] takes Markdown with HTML in it as scrapers leave it, removes what is not the article (ads, affiliate links, trackers,
//! boilerplate), repairs what was damaged, normalises the Markdown, and gives an [`Outcome`]: the clean text, a [`Finding`] for
//! everything that was touched, and the edits (bytes of the text that came in) that make the one of the other.
//!
//! * [`Cleaner`] does the same by a [`Config`], for many texts and threads: [`Cleaner::clean`], [`Cleaner::clean_bytes`].
//! * [`Outcome::steps`] reads the article's procedure as data, [`steps::Steps`].
//! * [`Outcome::origins`] and [`edit`] lead from a place of the clean text to the bytes it came from, and back.
//! * [`rules::find`] tells what a rule does, why, and when it is wrong.
//!
//! ```
//! let config = mdscrub::Config::from_toml("ignore = [\"NM\"]\nallow-hosts = [\"shop.example.org\"]")?;
//! let cleaner = mdscrub::Cleaner::new(config)?;
//! let outcome = cleaner.clean("Open the**Settings** app, then press **Enter** .\n");
//! assert_eq!(outcome.markdown, "Open the **Settings** app, then press **Enter**.\n");
//! assert_eq!(outcome.findings.len(), 2);
//! assert_eq!(mdscrub::edit::apply("Open the**Settings** app, then press **Enter** .\n", &outcome.edits), outcome.markdown);
//! # Ok::<(), mdscrub::ConfigError>(())
//! ```
//!
//! Lower levels are public for those who want one part alone: [`document`] (the parsed text as a tree), [`evidence::url`] (what an
//! address is for), [`mojibake`] (misread text), [`steps`].
//!
//! Features: `cli` (on by default) is the program. Without it the library has no threads, files, clocks or environment.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod ads;
mod apply;
mod boilerplate;
mod bytes;
mod choose;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
mod context;
mod contract;
pub mod data;
pub mod document;
pub mod edit;
mod error;
pub mod evidence;
mod excision;
mod explained;
mod finding;
mod first_look;
mod guard;
mod hash;
mod html_to_markdown;
mod links;
pub mod mojibake;
mod normalise;
mod outcome;
mod parameters;
mod pipeline;
mod repair;
pub mod report;
pub mod rules;
mod script;
mod selectors;
mod settings;
mod span;
pub mod steps;
mod verify;
mod zone;

pub use cleaner::Cleaner;
pub use config::{Config, GuardLimits, HtmlPolicy, Policy, Treat};
pub use edit::{Edit, OwnedEdit};
pub use error::{ConfigError, DecodeError};
pub use finding::{Finding, Fix, Safety, Severity, Status};
pub use outcome::{Outcome, Stats};
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
