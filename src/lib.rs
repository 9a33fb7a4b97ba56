//! Scraped articles in, clean Markdown out.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod document;
pub mod edit;
pub mod error;
pub mod finding;
pub mod span;
pub mod steps;

pub use config::{Config, HtmlPolicy};
pub use edit::{Edit, OwnedEdit};
pub use error::{ConfigError, DecodeError};
pub use finding::{Finding, Fix, Safety, Severity, Status};
pub use span::Span;
