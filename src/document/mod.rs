//! The document: what the source text is made of, with byte spans. Owns no rule and changes no text.

#[allow(dead_code, unused_imports, reason = "the tree and the rules that use it are merged after it")]
pub mod html;
