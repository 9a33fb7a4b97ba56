//! The rules, the list of [all], and which of them run (`ruleset`). What a rule is and may see stands in `contract` and `context`.
//! Must not know how fixes are chosen or applied.
//!
//! A rule is two files side by side, `ad101_adsense_unit.rs` and `.md`. The `.md` is its documentation, what
//! `mdscrub explain` prints, and its tests. CONTRIBUTING.md shows how to add one.

mod plan;
mod ruleset;

pub(crate) use crate::context::{Context, Marks, Needs, Rule};
pub use crate::contract::{Effect, Info, Phase};
pub(crate) use crate::contract::{Gather, Report};
pub(crate) use plan::{Rules, Wanted};
pub(crate) use ruleset::Ruleset;

/// Declares the modules of rules and lists them, in the order in which they are shown and win ties.
macro_rules! rules {
    ($($module:ident :: $rule:ident),* $(,)?) => {
        $(mod $module;)*
        /// All rules.
        pub(crate) static ALL: &[&dyn Rule] = &[$(&$module::$rule),*];
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
    ad109_ad_shortcode::AdShortcode,
    ad110_script_text::ScriptText,
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
    bp106_follow_icons::FollowIcons,
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
    bp161_heading_link::HeadingLink,
    bp162_code_button::CodeButton,
    bp163_reader_header::ReaderHeader,
    bp165_interface_bar::InterfaceBar,
    bp166_browser_message::BrowserMessage,
    bp167_end_heading::EndHeading,
    bp168_paywall_prompt::PaywallPrompt,
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
    rp118_torn_link::TornLink,
    rp119_split_emphasis::SplitEmphasis,
    rp120_parted_link::PartedLink,
    rp121_crossed_emphasis::CrossedEmphasis,
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

/// What each rule is, in the order in which they are shown.
pub fn all() -> impl ExactSizeIterator<Item = &'static Info> {
    ALL.iter().map(|rule| rule.info())
}

/// What the rule with that code or name is.
///
/// ```
/// let rule = mdscrub::rules::find("tracking-pixel").ok_or("no such rule")?;
/// assert_eq!((rule.code, rule.family()), ("TR101", "TR"));
/// # Ok::<(), &str>(())
/// ```
pub fn find(code: &str) -> Option<&'static Info> {
    all().find(|info| info.code.eq_ignore_ascii_case(code) || info.name.eq_ignore_ascii_case(code))
}
