//! Evidence: what speaks for an element or a URL being an ad, and which language a document is in. Owns signals,
//! weights, roles and measures; must not change or report anything: rules do, by reading it.
//!
//! * [`url`]: what a URL tells by itself.
//! * `attributes`, `script`, `seed`: what an element tells by itself.
//! * `judge`: what neighbours and containers add to that, from the leaves of the tree up; its rooms are `links`, `elements`,
//!   `labels`, `containers`, `neighbours`, `joined`.
//! * `units`: the ads of a document with all that belongs to each (`Evidence::units`).
//! * `lexicon`, `names`: labels, calls to action, class names of many languages (`data/ad_words.toml`, `data/cta_words.toml`).

mod addresses;
mod attributes;
mod bare_urls;
pub(crate) mod comments;
mod containers;
mod data_names;
mod edge;
mod elements;
mod handlers;
mod joined;
mod judge;
mod labels;
pub(crate) mod language;
mod lexicon;
mod links;
mod memo;
mod names;
mod neighbours;
mod page;
mod script;
mod seed;
mod signal;
mod sites;
mod units;
pub mod url;

pub use crate::settings::Outside;
pub(crate) use addresses::{Address, Addresses, BareAddresses};
pub(crate) use edge::is_combining_mark;
pub(crate) use lexicon::{is_bare_call, is_call_to_action, is_label};
pub(crate) use memo::{Known, Memo};
pub(crate) use script::phrases_weight;
pub(crate) use seed::is_picture;
pub(crate) use signal::Signal;
pub(crate) use units::Unit;

use crate::document::Document;
use crate::settings::Settings;

/// Reads all lists of words, so that the first text does not wait for them.
pub(crate) fn prepare() {
    lexicon::prepare();
    names::prepare();
    language::prepare();
    url::prepare();
    script::prepare();
    comments::prepare();
    data_names::prepare();
    sites::prepare();
}

/// What an ad is, as the rules divide them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UnitKind {
    /// A place that a script fills with an ad: `<ins class="adsbygoogle">`, `<div id="div-gpt-ad-…">`, `<amp-ad>`.
    Slot,
    /// A script that loads or configures ads.
    Script,
    /// A script that counts readers.
    Counter,
    /// A linked image of a display network, or of nobody known.
    Banner,
    /// A frame, a film, an object of Flash that is an ad.
    Frame,
    /// A container that says it is an ad, with the words in it.
    Container,
    /// Marker comments with nothing left between them.
    Markers,
    /// A linked image of an affiliate programme.
    AffiliateBanner,
    /// A link of an affiliate programme that is a block of its own, words included.
    AffiliateBlock,
    /// Nothing but calls to action that lead to ads.
    CallToAction,
    /// An image that nobody sees and that counts readers.
    Pixel,
}

/// The ads of a document, with what led to each.
#[derive(Debug)]
pub(crate) struct Evidence {
    units: Vec<Unit>,
}

impl Evidence {
    /// The ads, in document order. No two overlap.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Judges the blocks of a document whose addresses are known.
    pub(crate) fn of(
        document: Document<'_>,
        settings: &Settings,
        addresses: &Addresses,
        memo: &Memo,
    ) -> Self {
        let bytes = document.text.as_bytes();
        // no address, no tag: no ad
        if (addresses.of_nodes.is_empty() || memchr::memmem::find(bytes, b"//").is_none())
            && memchr::memchr(b'<', bytes).is_none()
        {
            return Self { units: Vec::new() };
        }
        let page = page::Page::of(document, addresses);
        let outside = settings.outside.as_deref();
        let scales = seed::Scales { facts: &settings.facts, addresses, memo, page: &page, outside };
        let mut judge = judge::Judge::new(document, scales);
        judge.run();
        Self { units: units::units(&mut judge) }
    }
}
