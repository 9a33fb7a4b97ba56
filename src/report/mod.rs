//! Views of an outcome. Owns how findings are told to people and programs; reads the library's types, changes and prints nothing.

pub mod json;
pub mod lines;
#[cfg(feature = "cli")]
pub(crate) mod text;
