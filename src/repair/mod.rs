//! What the rules that repair damaged Markdown (family `RP`) share: classes of characters, the edges of emphasis and links,
//! delimiters that a parser left as text, and how often a document shows what ([`habits`]). Owns reading; rules decide and report.

pub mod characters;
pub mod edges;
pub mod flanking;
pub mod habits;
pub mod items;
pub mod masks;
pub mod title;
pub mod unspaced;
