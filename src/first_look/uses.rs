//! [`Use`]: what the words of `data/boilerplate_words.toml` are there for. Owns their names; [`words`](super::words) finds them.

/// What words are there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A label before links to other posts.
    AlsoRead,
    /// The same, where authors use it too.
    Related,
    /// A label before share buttons.
    Share,
    /// What a share button says, with a network's name in it.
    ShareText,
    /// A network's name.
    Network,
    /// What a sign-up box says at its top.
    Newsletter,
    /// What its button says.
    SignUp,
    /// What a cookie notice says.
    Cookie,
    /// What its buttons say.
    Consent,
    /// What a disclosure says.
    Disclosure,
    /// The same, of any commission.
    Commission,
    /// What is counted.
    Counter,
    /// What stands before an author or a date.
    Byline,
    /// A link that serves the page.
    Chrome,
    /// The first entry of a trail.
    Home,
    /// What feeds append.
    Feed,
    /// A label of a tag line.
    Tags,
    /// What stands before links to the pages of tags.
    TagLabel,
    /// What comment widgets leave.
    Comments,
    /// What stands above and below the fields of a comment form, and nowhere else.
    CommentForm,
    /// What stands there too, or in many other places.
    CommentFormMore,
    /// What like buttons leave.
    Like,
    /// What rating widgets leave.
    Rating,
    /// A label of an ad.
    AdLabel,
    /// The button of an image viewer.
    Close,
    /// Its invitation to look at a larger picture.
    Enlarge,
    /// How the text begins that stands where a film or a map was to be loaded.
    Placeholder,
    /// How the title begins of a message to who uses an ad blocker.
    BlockerTitle,
    /// A button or a label of a platform's interface.
    Interface,
    /// What nothing but such an interface says.
    Platform,
}

impl Use {
    /// How many there are.
    pub(crate) const COUNT: usize = Use::Platform as usize + 1;

    /// Its bit in a set of uses.
    #[inline]
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The name in the data file.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "also-read" => Self::AlsoRead,
            "related" => Self::Related,
            "share" => Self::Share,
            "share-text" => Self::ShareText,
            "network" => Self::Network,
            "newsletter" => Self::Newsletter,
            "sign-up" => Self::SignUp,
            "cookie" => Self::Cookie,
            "consent" => Self::Consent,
            "disclosure" => Self::Disclosure,
            "commission" => Self::Commission,
            "counter" => Self::Counter,
            "byline" => Self::Byline,
            "chrome" => Self::Chrome,
            "home" => Self::Home,
            "feed" => Self::Feed,
            "tags" => Self::Tags,
            "tag-label" => Self::TagLabel,
            "comments" => Self::Comments,
            "comment-form" => Self::CommentForm,
            "comment-form-more" => Self::CommentFormMore,
            "like" => Self::Like,
            "rating" => Self::Rating,
            "ad-label" => Self::AdLabel,
            "close" => Self::Close,
            "enlarge" => Self::Enlarge,
            "placeholder" => Self::Placeholder,
            "blocker-title" => Self::BlockerTitle,
            "interface" => Self::Interface,
            "platform" => Self::Platform,
            _ => return None,
        })
    }
}
