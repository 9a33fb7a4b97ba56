//! What a rule agrees on with those who run it: what it says of itself ([`Info`]), what it hands in ([`Report`]), and what rooms find out for all
//! rules ([`Gather`]). Owns these types; must not know any rule, nor what rules look at.

mod gather;
mod report;

pub use gather::Gather;
pub use report::Report;

use crate::document::Kind;
use crate::finding::{Safety, Severity};

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Removes blocks of HTML: what it takes away decides what the text around it is, so it comes first.
    Structure,
    /// Links, text, left-over HTML, on the settled tree.
    Content,
    /// Spelling of Markdown that no reader sees; where its edits touch another rule's it waits a round.
    Style,
}

/// What the fix of a rule changes for a reader: the pipeline holds it to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Nothing: the rendering stays the same.
    Nothing,
    /// White space between words and around emphasis; the structure stays.
    Spacing,
    /// Structure (a heading, a list, emphasis appears) while letters and digits stay.
    Structure,
    /// Words change or go.
    Words,
}

impl Effect {
    /// How many chunks on each side of a change it matters to: what is spelled otherwise is the same to those beside it.
    pub(crate) fn reach(self) -> usize {
        match self {
            Effect::Nothing => 0,
            Effect::Spacing => 1,
            Effect::Structure | Effect::Words => 2,
        }
    }
}

/// What a rule is.
#[derive(Debug)]
#[non_exhaustive]
pub struct Info {
    /// Family and number: `AD101`. Never reused.
    pub code: &'static str,
    /// In kebab case: `adsense-unit`.
    pub name: &'static str,
    /// One line: what it finds.
    pub summary: &'static str,
    /// When it runs.
    pub phase: Phase,
    /// The kinds of node it wants to see.
    pub kinds: &'static [Kind],
    /// What its fix changes for a reader.
    pub effect: Effect,
    /// Whether its fixes are safe; single fixes may be less so.
    pub safety: Safety,
    /// How much its findings matter.
    pub severity: Severity,
    /// Whether its fix may reach into protected regions (code, templates, front matter; its `.md` says which).
    pub enters_protected: bool,
    /// Documentation and cases.
    pub documentation: &'static str,
}

impl Info {
    /// The two letters of its family.
    pub fn family(&self) -> &'static str {
        self.code.get(..2).unwrap_or(self.code)
    }

    /// Whether `selector` (a code or a family) names it.
    pub fn is_named(&self, selector: &str) -> bool {
        selector.eq_ignore_ascii_case(self.code)
            || selector.eq_ignore_ascii_case(self.family())
            || selector.eq_ignore_ascii_case(self.name)
    }

    /// Whether it takes pollution away: the guard counts the words that such rules remove.
    pub fn removes(&self) -> bool {
        matches!(self.family(), "AD" | "AF" | "TR" | "BP")
    }
}
