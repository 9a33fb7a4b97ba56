//! What a document shows as a whole: evidence that rules read and that is computed once.
//! Owns facts and measures; must not change or report anything.

pub mod habits;
pub mod language;
