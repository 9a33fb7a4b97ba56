//! The rules: what each is ([`Info`]), what it does ([`Rule`]), and the list of all ([`ALL`]).
//! Owns the contract between a rule and the pipeline; must not know how fixes are chosen or applied.
//!
//! A rule is two files side by side, `ad101_adsense_unit.rs` and `.md`. The `.md` is its documentation, what
//! `mdscrub explain` prints, and its tests. CONTRIBUTING.md shows how to add one.

mod context;
mod run;

pub use context::{Context, Gather, Report};
pub use run::Run;

use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

/// Declares the modules of rules and lists them, in the order in which they are shown and win ties.
macro_rules! rules {
    ($($module:ident :: $rule:ident),* $(,)?) => {
        $(mod $module;)*
        /// All rules.
        pub static ALL: &[&dyn Rule] = &[$(&$module::$rule),*];
    };
}

rules! {
    // AD: display ads
    ad101_ad_slot::AdSlot,
    ad102_ad_script::AdScript,
    ad103_display_banner::DisplayBanner,
    ad104_ad_frame::AdFrame,
    ad105_ad_container::AdContainer,
    ad106_ad_markers::AdMarkers,
    //
    // AF: affiliate links and banners
    af101_affiliate_banner::AffiliateBanner,
    af102_affiliate_block::AffiliateBlock,
    af103_call_to_action::CallToAction,
    af201_affiliate_link::AffiliateLink,
    af202_affiliate_parameters::AffiliateParameters,
    af203_bare_address::BareAddress,
    //
    // TR: tracking
    tr101_tracking_pixel::TrackingPixel,
    tr102_analytics_script::AnalyticsScript,
    tr201_redirect::Redirect,
    tr202_tracking_parameters::TrackingParameters,
    //
    // BP: boilerplate and residue
    //
    // MO: mojibake
    //
    // RP: repair
    rp105_leading_blank::LeadingBlank,
    //
    // HT: HTML
    //
    // NM: style
}

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// What a rule is.
#[derive(Debug)]
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
    /// Whether its fix may reach into protected regions (DESIGN step 4 names the exceptions; its `.md` says which).
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

/// A rule. All rules of a round share one walk over the document.
pub trait Rule: Sync {
    /// What it is.
    fn info(&self) -> &'static Info;

    /// Looks at a node of one of its kinds and reports what it finds.
    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>);
}

/// The families, in order, with what they are.
pub const FAMILIES: [(&str, &str); 9] = [
    ("AD", "display ads"),
    ("AF", "affiliate links and banners"),
    ("TR", "tracking: pixels, scripts, parameters, redirects"),
    ("BP", "boilerplate and scraper residue"),
    ("MO", "mojibake and broken characters"),
    ("RP", "repair of damaged Markdown"),
    ("HT", "left-over, empty or unsafe HTML"),
    ("NM", "normalisation of style; the rendering stays the same"),
    ("SU", "suppression hygiene"),
];

/// The rule with that code or name.
pub fn find(code: &str) -> Option<&'static dyn Rule> {
    ALL.iter()
        .copied()
        .find(|r| r.info().code.eq_ignore_ascii_case(code) || r.info().name.eq_ignore_ascii_case(code))
}
