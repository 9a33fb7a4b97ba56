//! Evidence: what speaks for an element or a URL being an ad, and what a document shows as a whole (habits, language). Owns signals,
//! weights, roles and measures; must not change or report anything: rules do, by reading it.

pub mod habits;
pub mod language;
pub mod url;
