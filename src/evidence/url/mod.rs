//! What a URL is, where it leads, and which of its parts track: by facts ([`data`](crate::data)) and by shape.
//!
//! Pure functions on URL strings; they see no document. The signals they return have names and weights, so that what
//! looks at the whole document can add its own (the size of an image, `rel=sponsored`, a label, a paired pixel).
//!
//! * [`classify`]: the role of a URL, with its evidence.
//! * [`destination`]: the page a wrapper carries; [`readable_target`]: that, without what tracks.
//! * [`strip_tracking`]: tracking parameters as edits on the URL as written.
//! * [`ids`], [`pair_score`]: whether two URLs (a click and an impression) are of the same placement.

mod classify;
mod decode;
pub(crate) use decode::percent_decoded;
mod destination;
mod pairs;
mod signals;
mod strip;
#[cfg(test)]
mod tests;
mod view;
mod weak_signals;
mod words;

pub use crate::data::{Facts, Family, Role};
pub use classify::classify;
pub(crate) use classify::{UNSURE, classify_view, is_code};
pub use destination::{destination, readable_target};
pub use pairs::{ids, pair_score};
pub(crate) use pairs::{ids_of, score as shared_ids_score};
pub use signals::{Evidence, Signal, Verdict};
pub(crate) use strip::strip_tracking_of;
pub use strip::{Stripping, strip_tracking, stripped};
pub use view::{Parameter, Parameters, UrlView};
pub(crate) use view::{Places, is_year};
pub(crate) use words::{creative_size_weight, names_embed};

/// Reads the lists of words, so that the first URL does not wait for them.
pub(crate) fn prepare() {
    words::lists();
}
