//! [`Gather`]: what a room finds out about a document as a whole, for all rules. Owns when it is asked; what it finds is its own.

use crate::document::Document;
use crate::edit::Earlier;
use crate::settings::Settings;
use crate::zone::Zone;

/// Something that the whole document shows, computed once for all rules of a round, when the first one asks
/// ([`Context::gathered`](crate::context::Context::gathered)): evidence, habits of spelling, the code page of damage.
pub trait Gather: 'static {
    /// Reads the document, linear in its size: at least what matters in `zone`, for no rule looks elsewhere in this round.
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self;

    /// The same for who wants to know what was done to the text before.
    #[doc(hidden)]
    fn gather_after(document: Document<'_>, settings: &Settings, zone: &Zone, _: &Earlier<'_>) -> Self
    where
        Self: Sized,
    {
        Self::gather(document, settings, zone)
    }

    /// What rules may do because the document as a whole is as it is, in bits, if it grants anything: where a change of the text sets another one, everything is
    /// looked at again, not only what changed.
    fn grants(&self) -> Option<u128> {
        None
    }
}
