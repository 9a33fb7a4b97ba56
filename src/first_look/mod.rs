//! What a block says and shows by itself, the cheap questions first: on those most blocks are left.
//! Owns words, class names and the shape of a block; must not look beside it, nor decide: that is [`boilerplate`](crate::boilerplate)'s and the
//! rules'.
//!
//! * `uses`: what words are there for; [`words`]: labels, buttons and notices of many languages (`data/boilerplate_words.toml`).
//! * [`shape`]: what a block consists of: its words outside of links, its links, its pictures.
//! * [`containers`]: HTML elements that say by class or id what they hold.
//! * [`look`]: a first, cheap look at a block, on which most blocks are left; [`stems`]: the same for notices.
//! * [`signs`]: what a paragraph shows at that look, and rules want to see.
//! * [`fold`]: how the lists spell words; [`opening`]: how they begin.
//! * [`addresses`]: what addresses, classes and ids are for by their parts.
//! * [`lists`]: words that are looked for as they are; `list`: which lists there are.
//! * `phrases`: the search for sentences of notices.

pub(crate) mod addresses;
pub(crate) mod containers;
pub(crate) mod fold;
pub(crate) mod list;
pub(crate) mod lists;
pub(crate) mod look;
pub(crate) mod opening;
mod phrases;
pub(crate) mod shape;
pub(crate) mod signs;
pub(crate) mod stems;
mod uses;
pub(crate) mod words;

/// Makes the tables that the rules look words up in: they are shared, and made once.
pub(crate) fn prepare() {
    words::prepare();
    stems::prepare();
    containers::prepare();
}
