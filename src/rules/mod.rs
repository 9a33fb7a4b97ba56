//! The rules: what each is ([`Info`]), what it does ([`Rule`]), and the list of all ([`ALL`]).
//! Owns the contract between a rule and the pipeline; must not know how fixes are chosen or applied.
//!
//! A rule is two files side by side, `ad101_adsense_unit.rs` and `.md`. The `.md` is its documentation, what
//! `mdscrub explain` prints, and its tests. CONTRIBUTING.md shows how to add one.

mod context;
mod damage;
mod marks;
mod plan;
mod run;

pub(crate) use context::Gathered;
pub use context::{Context, Gather, Report};
pub use marks::Marks;
pub(crate) use plan::{Plan, Rules, Wanted};
pub use run::Run;

use crate::boilerplate::signs::{Shown, Signs};
use crate::document::{Flags, Kind, NodeRef};
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
    ad107_indented_ad::IndentedAd,
    ad108_sponsored_section::SponsoredSection,
    ad901_selected_element::SelectedElement,
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
    tr301_lazy_placeholder::LazyPlaceholder,
    //
    // BP: boilerplate and residue
    bp101_share_bar::ShareBar,
    bp102_share_widget::ShareWidget,
    bp103_click_to_tweet::ClickToTweet,
    bp104_follow_prompt::FollowPrompt,
    bp105_share_text::ShareText,
    bp111_also_read::AlsoRead,
    bp112_related_container::RelatedContainer,
    bp121_newsletter_box::NewsletterBox,
    bp122_cookie_notice::CookieNotice,
    bp123_disclosure_box::DisclosureBox,
    bp124_consent_placeholder::ConsentPlaceholder,
    bp125_ad_block_message::AdBlockMessage,
    bp131_feed_footer::FeedFooter,
    bp132_editor_residue::EditorResidue,
    bp133_comment_widget::CommentWidget,
    bp134_counter_line::CounterLine,
    bp135_page_chrome::PageChrome,
    bp136_like_button::LikeButton,
    bp137_rating_widget::RatingWidget,
    bp138_post_navigation::PostNavigation,
    bp139_tag_line::TagLine,
    bp141_gallery_leftover::GalleryLeftover,
    bp142_empty_link::EmptyLink,
    bp143_junk_fence::JunkFence,
    bp144_hidden_address::HiddenAddress,
    bp145_editor_comment::EditorComment,
    bp146_page_links::PageLinks,
    bp147_reaction_bar::ReactionBar,
    bp151_orphan_ad_label::OrphanAdLabel,
    bp155_contents_widget::ContentsWidget,
    bp156_app_badges::AppBadges,
    bp157_author_box::AuthorBox,
    bp158_end_line::EndLine,
    bp165_interface_bar::InterfaceBar,
    bp166_browser_message::BrowserMessage,
    bp167_end_heading::EndHeading,
    //
    // MO: mojibake
    mo101_misread_text::MisreadText,
    mo102_cut_sequence::CutSequence,
    mo103_control_character::ControlCharacter,
    mo104_misread_references::MisreadReferences,
    mo106_lost_character::LostCharacter,
    //
    // RP: repair
    rp101_escaped_number::EscapedNumber,
    rp102_glued_left::GluedLeft,
    rp103_glued_right::GluedRight,
    rp104_blank_inside_emphasis::BlankInsideEmphasis,
    rp105_leading_blank::LeadingBlank,
    rp106_emphasis_without_blank::EmphasisWithoutBlank,
    rp107_blank_before_punctuation::BlankBeforePunctuation,
    rp108_doubled_blanks::DoubledBlanks,
    rp109_invisible_character::InvisibleCharacter,
    rp110_glued_heading::GluedHeading,
    rp111_heading_without_blank::HeadingWithoutBlank,
    rp112_swallowed_heading::SwallowedHeading,
    rp113_list_without_blank::ListWithoutBlank,
    rp114_heading_without_text::HeadingWithoutText,
    rp115_caret_number::CaretNumber,
    rp116_repeated_title::RepeatedTitle,
    rp117_quoted_title::QuotedTitle,
    //
    // HT: HTML
    ht001_event_handler::EventHandler,
    ht002_script_url::ScriptUrl,
    ht003_page_control::PageControl,
    ht004_empty_element::EmptyElement,
    ht005_stray_end_tag::StrayEndTag,
    ht006_blank_paragraph::BlankParagraph,
    ht101_html_emphasis::HtmlEmphasis,
    ht102_html_code::HtmlCode,
    ht103_html_link::HtmlLink,
    ht104_html_image::HtmlImage,
    ht105_html_line_break::HtmlLineBreak,
    ht106_meaningless_wrapper::MeaninglessWrapper,
    ht111_html_paragraph::HtmlParagraph,
    ht112_html_heading::HtmlHeading,
    ht113_html_list::HtmlList,
    ht114_html_table::HtmlTable,
    ht115_html_quote::HtmlQuote,
    ht116_html_preformatted::HtmlPreformatted,
    ht117_html_break::HtmlBreak,
    ht118_swallowed_markdown::SwallowedMarkdown,
    //
    // NM: style
    nm101_setext_heading::SetextHeading,
    nm102_closing_hashes::ClosingHashes,
    nm103_heading_blanks::HeadingBlanks,
    nm110_missing_blank_line::MissingBlankLine,
    nm111_extra_blank_lines::ExtraBlankLines,
    nm112_blank_lines_at_start::BlankLinesAtStart,
    nm113_final_line_end::FinalLineEnd,
    nm114_trailing_blanks::TrailingBlanks,
    nm115_mixed_line_ends::MixedLineEnds,
    nm120_bullet::Bullet,
    nm121_number_mark::NumberMark,
    nm130_underscore_emphasis::UnderscoreEmphasis,
    nm131_needless_escape::NeedlessEscape,
    nm140_code_fence::CodeFence,
    nm150_thematic_break::ThematicBreak,
}

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

    /// Looks at a node of one of its kinds and reports what it finds.
    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>);
}

/// The families, in order, with what they are.
pub const FAMILIES: [(&str, &str); 8] = [
    ("AD", "display ads"),
    ("AF", "affiliate links and banners"),
    ("TR", "tracking: pixels, scripts, parameters, redirects"),
    ("BP", "boilerplate and scraper residue"),
    ("MO", "mojibake and broken characters"),
    ("RP", "repair of damaged Markdown"),
    ("HT", "left-over, empty or unsafe HTML"),
    ("NM", "normalisation of style; the rendering stays the same"),
];

/// The rule with that code or name.
pub fn find(code: &str) -> Option<&'static dyn Rule> {
    ALL.iter()
        .copied()
        .find(|r| r.info().code.eq_ignore_ascii_case(code) || r.info().name.eq_ignore_ascii_case(code))
}
