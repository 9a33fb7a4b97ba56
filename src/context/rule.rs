//! [`Rule`]: one that looks at nodes, and [`Needs`], by which most nodes are left before it does. Must not know which rules there are.

use super::{Context, Marks};
use crate::contract::Info;
use crate::document::{Flags, NodeRef};
use crate::first_look::signs::{Shown, Signs};
use crate::settings::Settings;

/// What a node must have for a rule to find anything there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// All of these.
    pub flags: Flags,
    /// One of these in its source, or right before it; any source if there are none.
    pub marks: Marks,
    /// If it is a paragraph, one of these at a first look; any paragraph if there are none.
    pub signs: Signs,
    /// The most text that such a paragraph has outside of its links, in bytes.
    pub longest: u32,
}

impl Needs {
    /// Nothing.
    pub const NOTHING: Needs =
        Needs { flags: Flags(0), marks: Marks::NONE, signs: Signs::NONE, longest: u32::MAX };
    /// That it is spelled as HTML.
    pub const HTML: Needs = Needs { flags: Flags::HTML, ..Needs::NOTHING };

    /// One of these marks.
    pub const fn marks(marks: Marks) -> Needs {
        Needs { marks, ..Needs::NOTHING }
    }

    /// One of these signs in a paragraph that has no more text than that outside of its links, in bytes.
    pub const fn signs(signs: Signs, longest: usize) -> Needs {
        Needs { signs, longest: longest as u32, ..Needs::NOTHING }
    }

    /// Whether what a paragraph shows is enough.
    #[inline]
    pub(crate) fn are_met_by(&self, shown: Shown) -> bool {
        self.signs.is_empty() || shown.signs.has_any(self.signs) && shown.text <= self.longest
    }
}

/// A rule. All rules of a round share one walk over the document.
pub trait Rule: Sync {
    /// What it is.
    fn info(&self) -> &'static Info;

    /// What a node must have before it is asked about it: most nodes are left after one comparison.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    /// Whether the settings give it anything to do.
    fn has_work(&self, _settings: &Settings) -> bool {
        true
    }

    /// Looks at a node of one of its kinds and reports what it finds.
    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>);
}
