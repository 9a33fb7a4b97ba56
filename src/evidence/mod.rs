//! Evidence: what speaks for an element or a URL being an ad, and how much. Owns signals, weights and roles;
//! must not change anything: rules do, by reading it.

pub mod url;
