//! [`List`]: the lists of `data/boilerplate_words.toml` that are looked for as they are, by name. Owns their names; what is asked of them
//! stands in [`lists`](super::lists).

use super::words::Use;

/// What the words of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Parts of words by which a text speaks of links, or of who pays for them.
    Links,
    /// What fields for an address say.
    Field,
    /// What the buttons below a question say: «yes», «no».
    Answer,
    /// What themes write above the links to the post before and the post after.
    Navigation,
    /// What stands above and below the text of a placeholder: its title, its buttons.
    PlaceholderPart,
    /// Parts of the names of policies on privacy and cookies.
    Policy,
    /// What sentences of cookie notices have in them that do not say that there are cookies.
    CookieStem,
    /// Parts of the words of texts on cookies, without the first letter where that may be a capital.
    CookieSubject,
    /// The same of texts on affiliate links.
    AffiliateSubject,
    /// The same of texts on ad blockers.
    BlockerSubject,
    /// Parts of words by which a text speaks of ad blockers.
    Blocker,
    /// Parts of words by which they ask to turn it off.
    BlockerPlea,
    /// Parts of words by which they speak of the site and of its ads.
    BlockerSite,
    /// What their buttons say.
    BlockerButton,
    /// How the classes and ids of such messages begin.
    BlockerName,
    /// How the line below the product boxes of a plug-in begins.
    ProductDate,
    /// What stands last in the line below the product boxes of a plug-in.
    ProductImages,
    /// The same of texts on links to pages.
    PagingSubject,
    /// The same of texts on keys.
    KeySubject,
    /// The same of texts on accounts.
    AccountSubject,
    /// Parts of the names and addresses of the badges of shops for apps.
    AppBadge,
    /// Parts of the words for minutes.
    Minutes,
    /// Parts of the addresses of icons, buttons and counters.
    IconAddress,
    /// Parts of the addresses of policies on privacy and cookies.
    PolicyAddress,
    /// Parts of what links to such policies say.
    PolicyLink,
    /// Parts of words by which a notice asks to agree.
    Agree,
    /// Labels of ads that are hardly anything else where they stand alone.
    LabelOnly,
    /// How the comments of editors begin.
    Editor,
    /// What the button says that copies an address.
    Copy,
    /// What stands beside that button.
    BesideCopy,
    /// What other buttons beside those for sharing say.
    Action,
    /// Networks whose names are hardly a word.
    People,
    /// Parts of words by which a site offers its own app.
    OwnApp,
    /// Lines that portals and agencies put below a text, whole.
    EndLine,
    /// What stands before the colon of such a line.
    EndLabel,
    /// How lines begin that speak for a platform, or of who may copy a text.
    EndBegin,
    /// Parts of such lines that no text but a platform's says.
    EndPart,
    /// Parts of lines that forbid to copy.
    NoCopying,
    /// How lines begin that ask to scan a code.
    CodePrompt,
    /// Parts of such lines by which they ask to follow.
    FollowAccount,
    /// Parts of lines that ask readers to press buttons of an app.
    Cheer,
    /// Parts of such lines by which they ask.
    CheerFor,
    /// Parts of lines that offer something to who follows.
    AccountGives,
    /// How lines begin that go on to ask to scan a code.
    CodeLead,
    /// Parts of sentences beside an invitation that tell what readers get.
    Offer,
    /// How a text speaks of itself, or of what it has.
    Own,
    /// What stands before the colon of a disclosure.
    DisclosureLabel,
    /// How a text begins that thanks for an answer.
    Thanks,
    /// Lines of the form below the question whether a page was of help.
    FeedbackForm,
    /// Words by which a piece of text speaks of what readers gave.
    Votes,
    /// What stands between names in a sentence.
    AndOr,
    /// What the buttons of a byline of Medium leave, each in a line of its own.
    BylineButton,
    /// How the classes of share plug-ins begin that nobody else uses.
    SharePlugIn,
    /// Parts of the paths of tags and categories.
    TagPath,
    /// Parts of the addresses of badges.
    BadgeAddress,
    /// Parts of paths at which readers log in.
    LogInPath,
    /// Parameters that say where a page goes back to once somebody has logged in.
    ReturnParameter,
    /// Labels of hosts that hold manuals.
    ManualHost,
    /// Labels of hosts that hold what papers cite.
    PaperHost,
    /// Labels of other hosts that articles link to for good.
    ReferenceHost,
    /// How links begin that lead to the post before, with a word for a post.
    PreviousPost,
    /// The same of the post after.
    NextPost,
    /// The same without that word.
    Previous,
    /// The same of the post after.
    Next,
    /// What stands before links to the pages of one article.
    PageLabel,
    /// What stands behind them, or among them.
    PageEnd,
    /// What stands before the number of a page in its address.
    PageKey,
    /// The buttons of an image viewer that only two of them tell.
    GalleryControl,
    /// How the line begins that asks to report an error.
    ErrorReport,
    /// Parts of words for an error.
    ErrorStem,
    /// What the link says that leads to the form or address for reporting one.
    ErrorRequest,
    /// Parts of what a wall asks those who pay already.
    PaywallAsk,
    /// Parts of what walls say.
    Paywall,
    /// What the button says that reads an article aloud.
    Listen,
    /// What the buttons say by which readers react.
    Reaction,
    /// How paragraphs begin that say who pays for an issue or an episode.
    Sponsor,
    /// The titles of contents lists.
    ContentsLabel,
    /// What their toggles say.
    ContentsToggle,
    /// The names of shortcodes by which plug-ins put ads into posts.
    AdShortcode,
    /// Labels of ratings that ask for none.
    RatingNoun,
    /// What the buttons of a page say, and articles too: [`words`](super::words) finds them.
    Tool,
    /// Parts of words for selecting a text.
    SelectStem,
    /// Parts of what tells that a link leads to the heading that it stands in.
    Permalink,
    /// What a link says by which a section of a wiki is edited.
    SectionEdit,
    /// What the buttons of a code block say, and nothing else does in a line of its own.
    CodeButton,
    /// What they say, and labels of code do, too.
    CodeButtonWord,
    /// How the line below embedded code ends.
    EmbedEnd,
    /// What a program that reads pages writes before their address.
    ReaderAddress,
    /// What it writes before their text.
    ReaderText,
    /// What it writes before their title.
    ReaderTitle,
    /// What else it tells of them.
    ReaderFact,
    /// How lines of an interface begin that say who wrote a text, when, or where it is from.
    Provenance,
    /// What stands among the buttons of an interface, and in any menu.
    InterfaceBeside,
    /// What nothing but an interface says, where something else of it stands beside.
    PlatformBeside,
    /// Parts of the addresses of its icons.
    InterfaceImage,
    /// What a page says to browsers that cannot.
    BrowserMessage,
    /// What stands beside that.
    MessageBeside,
    /// Parts of words by which a text speaks of scripts.
    ScriptTopic,
    /// The same of the elements for films and recordings.
    PlayerTopic,
}

impl List {
    pub const COUNT: usize = List::PlayerTopic as usize + 1;

    /// The list of a kind in the data file.
    pub fn named(kind: &str) -> Option<Self> {
        Some(match kind {
            "links" => Self::Links,
            "field" => Self::Field,
            "answer" => Self::Answer,
            "navigation" => Self::Navigation,
            "placeholder-part" => Self::PlaceholderPart,
            "policy" => Self::Policy,
            "cookie-stem" => Self::CookieStem,
            "cookie-subject" => Self::CookieSubject,
            "affiliate-subject" => Self::AffiliateSubject,
            "blocker-subject" => Self::BlockerSubject,
            "blocker" => Self::Blocker,
            "blocker-plea" => Self::BlockerPlea,
            "blocker-site" => Self::BlockerSite,
            "blocker-button" => Self::BlockerButton,
            "blocker-name" => Self::BlockerName,
            "product-date" => Self::ProductDate,
            "product-images" => Self::ProductImages,
            "paging-subject" => Self::PagingSubject,
            "key-subject" => Self::KeySubject,
            "account-subject" => Self::AccountSubject,
            "app-badge" => Self::AppBadge,
            "minutes" => Self::Minutes,
            "icon-address" => Self::IconAddress,
            "policy-address" => Self::PolicyAddress,
            "policy-link" => Self::PolicyLink,
            "agree" => Self::Agree,
            "ad-label-only" => Self::LabelOnly,
            "editor" => Self::Editor,
            "copy" => Self::Copy,
            "beside-copy" => Self::BesideCopy,
            "action" => Self::Action,
            "network-alone" => Self::People,
            "own-app" => Self::OwnApp,
            "end-line" => Self::EndLine,
            "end-label" => Self::EndLabel,
            "end-begin" => Self::EndBegin,
            "end-part" => Self::EndPart,
            "no-copying" => Self::NoCopying,
            "code-prompt" => Self::CodePrompt,
            "follow-account" => Self::FollowAccount,
            "code-lead" => Self::CodeLead,
            "cheer" => Self::Cheer,
            "cheer-for" => Self::CheerFor,
            "account-gives" => Self::AccountGives,
            "offer" => Self::Offer,
            "disclosure-own" => Self::Own,
            "disclosure-label" => Self::DisclosureLabel,
            "thanks" => Self::Thanks,
            "feedback-form" => Self::FeedbackForm,
            "votes" => Self::Votes,
            "and-or" => Self::AndOr,
            "byline-button" => Self::BylineButton,
            "share-plug-in" => Self::SharePlugIn,
            "tag-path" => Self::TagPath,
            "badge-address" => Self::BadgeAddress,
            "log-in-path" => Self::LogInPath,
            "return-parameter" => Self::ReturnParameter,
            "manual-host" => Self::ManualHost,
            "paper-host" => Self::PaperHost,
            "reference-host" => Self::ReferenceHost,
            "previous-post" => Self::PreviousPost,
            "next-post" => Self::NextPost,
            "previous" => Self::Previous,
            "next" => Self::Next,
            "page-label" => Self::PageLabel,
            "page-end" => Self::PageEnd,
            "page-key" => Self::PageKey,
            "gallery-control" => Self::GalleryControl,
            "error-report" => Self::ErrorReport,
            "error-stem" => Self::ErrorStem,
            "error-request" => Self::ErrorRequest,
            "paywall-ask" => Self::PaywallAsk,
            "paywall" => Self::Paywall,
            "listen" => Self::Listen,
            "reaction" => Self::Reaction,
            "sponsor" => Self::Sponsor,
            "contents-label" => Self::ContentsLabel,
            "contents-toggle" => Self::ContentsToggle,
            "ad-shortcode" => Self::AdShortcode,
            "rating-noun" => Self::RatingNoun,
            "tool" => Self::Tool,
            "select-stem" => Self::SelectStem,
            "permalink" => Self::Permalink,
            "section-edit" => Self::SectionEdit,
            "code-button" => Self::CodeButton,
            "code-button-word" => Self::CodeButtonWord,
            "embed-end" => Self::EmbedEnd,
            "reader-address" => Self::ReaderAddress,
            "reader-text" => Self::ReaderText,
            "reader-title" => Self::ReaderTitle,
            "reader-fact" => Self::ReaderFact,
            "provenance" => Self::Provenance,
            "interface-beside" => Self::InterfaceBeside,
            "platform-beside" => Self::PlatformBeside,
            "interface-image" => Self::InterfaceImage,
            "browser-message" => Self::BrowserMessage,
            "message-beside" => Self::MessageBeside,
            "script-topic" => Self::ScriptTopic,
            "player-topic" => Self::PlayerTopic,
            _ => return None,
        })
    }

    /// What a text that begins with one of its words may be, if rules look for it: a use that the openings know.
    pub fn opening(self) -> Option<Use> {
        match self {
            Self::Navigation
            | Self::PreviousPost
            | Self::NextPost
            | Self::Previous
            | Self::Next
            | Self::PageLabel
            | Self::ErrorReport
            | Self::ContentsLabel
            | Self::Tool
            | Self::Listen => Some(Use::Chrome),
            Self::GalleryControl => Some(Use::Enlarge),
            Self::Field => Some(Use::SignUp),
            Self::Sponsor | Self::AdShortcode => Some(Use::AdLabel),
            Self::BrowserMessage => Some(Use::Platform),
            Self::EndLine
            | Self::EndLabel
            | Self::EndBegin
            | Self::CodePrompt
            | Self::CodeLead
            | Self::Cheer => Some(Use::Feed),
            _ => None,
        }
    }
}
