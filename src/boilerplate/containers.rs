//! HTML elements that say by class or id what they hold. Owns the names of plug-ins, themes and services; must not decide what goes.

use crate::data::WordTable;
use crate::document::NodeRef;
use std::sync::LazyLock;

/// What a container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Share buttons.
    Share,
    /// Links to other posts.
    Related,
    /// A sign-up form.
    Newsletter,
    /// A cookie notice.
    Cookies,
    /// A comment thread that a script fills.
    Comments,
    /// What a blog editor or a feed appended.
    Editor,
    /// Stars to click on.
    Rating,
    /// A breadcrumb trail.
    Trail,
}

/// Class names and ids, whole, in lower case. Sources: the plug-ins' and
/// services' own documentation and markup.
const NAMES: &[(Holds, &str)] = &[
    (
        Holds::Share,
        "addthis addthis_toolbox addthis_inline_share_toolbox addthis_sharing_toolbox addthis_button at-below-post at-above-post at-share-btn a2a_kit a2a_dd addtoany \
        addtoany_share_save_container sharedaddy sd-sharing sd-sharing-enabled jp-sharing share-buttons share-button share_buttons sharebuttons share-bar share-links share-icons \
        share-this share-post post-share social-share social-sharing social-share-buttons social_share socialshare ssba ssba-wrap ssbp essb_links essb heateor_sss \
        heateor-sss the_champ_sharing shareaholic-canvas shareaholic sharethis sharethis-inline-share-buttons st_sharethis st-btn st_facebook st_twitter \
        sharify mashsb mashsb-container swp_social_panel dpsp-content-wrapper dpsp-share sfsi_widget sfsi_outr_div naver-splugin \
        jiathis jiathis_style bdsharebuttonbox bdshare bshare bshare-custom social-share-cs fb-like fb-share-button fb-send fb_iframe_widget twitter-share-button \
        twitter-follow-button g-plusone g-plus pin-it-button hatena-bookmark-button line-it-button tumblr-share-button reddit-share-button linkedin-share-button ya-share2 pluso pluso-engine uptolike-buttons \
        goodshare likely getsocial synved-social-button zemanta-share novashare-inline monarch-inline et_social_inline wpsr snax-share mks_share sassy-social-share \
        share-container share-wrapper share-box sharebox share-widget article-share entry-share post-sharing sns-share sns-box ss-inline-share-content digg-share \
        wabtn zalo-share-button kakao-share shariff shariff-buttons tweet-button retweet-button tweetmeme_button",
    ),
    (
        Holds::Related,
        "related-posts relatedposts related_posts related-post jp-relatedposts yarpp yarpp-related related-articles relatedarticles related_articles related-stories \
        related-story related-entries related-news also-read alsoread also_read atpl-alsoreadstyle read-also readalso read-more-posts read-next readnext recommended-posts recommended-articles \
        more-stories more-posts more-articles crp_related rp4wp-related-posts td_block_related_posts jeg_related_post penci-related wp_rp_wrap wp_rp zem_rp linkwithin_div linkwithin \
        outbrain-related you-may-like you-might-like may-also-like you-may-also-like post-related post-relations entry-related article-related nrelate wpp-list popular-posts recent-posts \
        relpost-thumb-wrapper aal_related single-related relative-posts xg_related internal-linking-related-contents irp inline-related-post mh-related-content latest-posts",
    ),
    (
        Holds::Newsletter,
        "mc_embed_signup mc4wp-form mailchimp newsletter-signup newsletter-form newsletter-box newsletter-widget newsletter-subscribe newsletter_form newsletter-cta newsletter-optin \
        newsletter-container newsletter-wrapper newsletter-inline tnp tnp-subscription subscribe-box subscribe-form subscribe-widget subscription-form jetpack_subscription_widget wp-block-jetpack-subscriptions \
        convertkit-form formkit-form ck_form_container optin-box optin-form optin-monster mailmunch-forms ml-form-embedcontainer ml-embedded sib-form sibwp_form email-signup email-subscribe \
        signup-form sendfox-form klaviyo-form beehiiv-embed substack-widget follow-by-email followbyemail es_shortcode_form email-subscribers newsletter-module",
    ),
    (
        Holds::Cookies,
        "cookie-notice cookie-banner cookie-consent cookie-bar cookiebar cookiebanner cookieconsent cookie-law-info-bar cookie-law cookie-popup cookie-policy-banner cookie-message cookie-alert \
        cookie-warning cookie_notice cookies-notice cookies-banner cookies-consent cc-window cc-banner cmplz-cookiebanner eu-cookie eucookielaw-container eu_cookie_bar eupopup gdpr-banner gdpr-cookie gdpr-consent \
        gdpr-notice moove_gdpr_cookie_info_bar onetrust-banner-sdk onetrust-consent-sdk osano-cm-window cybotcookiebotdialog truste-consent iubenda-cs-banner cky-consent qc-cmp2-container \
        sp_message_container didomi-host usercentrics-root cn-notice-text borlabs-cookie catapult-cookie-bar tarteaucitronroot consent-banner widget_eu_cookie_law_widget",
    ),
    (
        Holds::Comments,
        "disqus_thread disqus-thread disqus disqus_comments dsq-content utterances giscus fb-comments commento hyvor-talk-view cusdis_thread isso-thread remark42 livefyre livefyre-comments \
        gitalk-container gitalk gitment twikoo tcomment valine vcomments waline ds-thread uyan_frame lv-container cackle mc-container hypercomments_widget vk_comments talkyard-comments \
        intensedebate comment-respond commentform comment-form comments-area respond spot-im-comments coral_thread graphcomment intense_debate changyan sohucs",
    ),
    (
        Holds::Editor,
        "wlwritereditablesmartcontent wlwriterheadersmartcontent wlwritersmartcontent zemanta-pixie zemanta-related zemanta-articles zemanta-articles-ul feedflare blogger-post-footer \
        wp_rss_footer technorati-tags technoratitags performancingtags bjtags posttagsblock scribefire-powered qumana",
    ),
    (
        Holds::Rating,
        "post-ratings kk-star-ratings kksr-legend wp-postratings gdrts-rating-block yasr-vv yasr-visitor-votes yasr rmp-rating-widget rmp-widgets-container rmp-main star-ratings post-rating \
        epoll-rating ratingblock helpful wp-helpful was-this-helpful feedback-helpful thumbs-rating-container",
    ),
    (
        Holds::Trail,
        "breadcrumb breadcrumbs breadcrumb-trail bread-crumbs bread-crumb crumbs yoast-breadcrumb yoast-breadcrumbs rank-math-breadcrumb wp-breadcrumb breadcrumb-nav breadcrumb-navigation",
    ),
];

/// The names, and by their numbers what they stand for.
static TABLE: LazyLock<(WordTable, Vec<Holds>)> = LazyLock::new(|| {
    let mut table = WordTable::default();
    let mut holds: Vec<Holds> = Vec::new();
    for (what, list) in NAMES {
        for name in list.split_ascii_whitespace() {
            let number = table.number(name);
            match holds.get_mut(number) {
                Some(known) => *known = *what,
                None => holds.push(*what),
            }
        }
    }
    (table, holds)
});

/// How the classes of share plug-ins begin that nobody else uses.
const SHARE_PLUG_INS: [&str; 27] = [
    "sharedaddy",
    "sd-sharing",
    "jp-sharing",
    "addtoany_share_save",
    "a2a_kit",
    "addthis_",
    "heateor_sss",
    "the_champ_sharing",
    "essb_links",
    "ssba",
    "ssbp",
    "shareaholic",
    "sharethis-inline",
    "mashsb",
    "swp_social_panel",
    "dpsp-",
    "sfsi_widget",
    "jiathis",
    "bdsharebuttonbox",
    "bdshare",
    "ya-share2",
    "pluso",
    "uptolike",
    "shariff",
    "snax-share",
    "mks_share",
    "novashare",
];

/// Whether a class of `element` is of a share plug-in, and of nothing else.
pub(crate) fn is_of_share_plug_in(element: NodeRef<'_>) -> bool {
    element.attribute("class").is_some_and(|class| {
        class
            .value
            .split_ascii_whitespace()
            .any(|name| SHARE_PLUG_INS.iter().any(|start| name.starts_with(start)))
    })
}

/// Makes the table of names.
pub(crate) fn prepare() {
    LazyLock::force(&TABLE);
}

/// What an element says it holds by a class name or id.
pub(crate) fn holds(element: NodeRef<'_>) -> Option<Holds> {
    let tree = &element.document.parsed.tree;
    let record = element.element()?;
    let from = record.first_attribute as usize;
    let attributes = tree.attributes.get(from..from + record.attribute_count as usize)?;
    let mut found = None;
    for attribute in attributes {
        let (Some(name), Some(value)) = (attribute.name.span(), attribute.value.span()) else { continue };
        let wanted = match name.len() {
            5 => "class",
            2 => "id",
            _ => continue,
        };
        if !element.document.slice(name).eq_ignore_ascii_case(wanted) {
            continue;
        }
        let value = element.document.slice(value);
        if value.starts_with("scid:0767317B-992E-4b12-91E0-4F059A8CECA8") {
            return Some(Holds::Editor);
        }
        if found.is_none() {
            let (table, holds) = &*TABLE;
            found = value
                .split_ascii_whitespace()
                .find_map(|name| table.get(name).and_then(|number| holds.get(number)))
                .copied();
        }
    }
    found
}
