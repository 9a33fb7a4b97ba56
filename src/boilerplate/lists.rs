//! [`Lists`]: words of `data/boilerplate_words.toml` that are looked for as they are, or as parts of a text. Owns those questions;
//! phrases with openings and patterns are [`words`](super::words)'.

use super::words::lists;

/// What the words of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
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
    /// How a text speaks of itself, or of what it has.
    Own,
    /// What stands before the colon of a disclosure.
    DisclosureLabel,
    /// How a text begins that thanks for an answer.
    Thanks,
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
    /// Labels of hosts that hold manuals.
    ManualHost,
    /// Labels of hosts that hold what papers cite.
    PaperHost,
    /// Labels of other hosts that articles link to for good.
    ReferenceHost,
}

impl List {
    const COUNT: usize = List::ReferenceHost as usize + 1;

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
            "policy-address" => Self::PolicyAddress,
            "policy-link" => Self::PolicyLink,
            "agree" => Self::Agree,
            "ad-label-only" => Self::LabelOnly,
            "editor" => Self::Editor,
            "copy" => Self::Copy,
            "beside-copy" => Self::BesideCopy,
            "disclosure-own" => Self::Own,
            "disclosure-label" => Self::DisclosureLabel,
            "thanks" => Self::Thanks,
            "votes" => Self::Votes,
            "and-or" => Self::AndOr,
            "byline-button" => Self::BylineButton,
            "share-plug-in" => Self::SharePlugIn,
            "tag-path" => Self::TagPath,
            "manual-host" => Self::ManualHost,
            "paper-host" => Self::PaperHost,
            "reference-host" => Self::ReferenceHost,
            _ => return None,
        })
    }
}

/// The lists, each as the file has it.
#[derive(Debug)]
pub(super) struct Lists([Vec<&'static str>; List::COUNT]);

impl Default for Lists {
    fn default() -> Self {
        Self([const { Vec::new() }; List::COUNT])
    }
}

impl Lists {
    pub fn extend(&mut self, list: List, words: impl Iterator<Item = &'static str>) {
        self.0[list as usize].extend(words);
    }

    fn of(&self, list: List) -> &[&'static str] {
        &self.0[list as usize]
    }

    /// Whether `text` is one of its words.
    fn has(&self, list: List, text: &str) -> bool {
        self.of(list).contains(&text)
    }

    /// Whether one of its words is in `text`.
    fn has_part_of(&self, list: List, text: &str) -> bool {
        self.of(list).iter().any(|word| text.contains(word))
    }

    /// Whether `text` begins with one of its words.
    fn begins(&self, list: List, text: &str) -> bool {
        self.of(list).iter().any(|word| text.starts_with(word))
    }
}

/// Whether `text` (folded) speaks of itself or of what it has: rules, judgements and questions speak of paid links too.
pub(crate) fn speaks_of_itself(text: &str) -> bool {
    lists().has_part_of(List::Own, text)
}

/// Whether `text` (folded) speaks of links, or of who pays for them: banks take commissions too.
pub(crate) fn speaks_of_links(text: &str) -> bool {
    lists().has_part_of(List::Links, text)
}

/// Whether `text` (folded) is what a field for a mail address says.
pub(crate) fn asks_for_address(text: &str) -> bool {
    lists().has(List::Field, text)
}

/// Whether `word` (folded) is what a button below a question says.
pub(crate) fn answers(word: &str) -> bool {
    lists().has(List::Answer, word)
}

/// Whether `text` (folded) is the heading of the links to the post before and the post after.
pub(crate) fn is_navigation(text: &str) -> bool {
    lists().has(List::Navigation, text)
}

/// Whether `text` (folded) is the title or a button of what stands where a film or a map was to be loaded.
pub(crate) fn is_placeholder_part(text: &str) -> bool {
    lists().has(List::PlaceholderPart, text)
}

/// What a text may be about, and boilerplate too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Cookies,
    Affiliates,
}

impl Subject {
    /// In the order of their numbers.
    pub const ALL: [Self; 2] = [Self::Cookies, Self::Affiliates];
}

/// Parts of the words by which a text speaks of a subject.
pub(super) fn stems_of(subject: Subject) -> impl Iterator<Item = &'static str> {
    let list = match subject {
        Subject::Cookies => List::CookieSubject,
        Subject::Affiliates => List::AffiliateSubject,
    };
    lists().of(list).iter().copied()
}

/// Whether `text` (folded) asks to turn an ad blocker off.
pub(crate) fn asks_to_unblock(text: &str) -> bool {
    lists().has_part_of(List::BlockerPlea, text) && lists().has_part_of(List::Blocker, text)
}

/// Whether `text` (folded) speaks of the site that it is of, and of its ads.
pub(crate) fn speaks_of_site(text: &str) -> bool {
    lists().has_part_of(List::BlockerSite, text)
}

/// Whether `text` (folded) is the button of a message to who uses an ad blocker.
pub(crate) fn is_button_to_unblock(text: &str) -> bool {
    lists().has(List::BlockerButton, text)
}

/// Whether a class or an id is that of such a message.
pub(crate) fn is_name_of_unblocking(name: &str) -> bool {
    let begins = |start: &&str| name.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    lists().of(List::BlockerName).iter().any(begins)
}

/// Whether `text` (folded) is the line that a plug-in writes below its product boxes: a date, «affiliate links», whose images they are.
pub(crate) fn is_footer_of_products(text: &str) -> bool {
    let mut parts = text.rsplit(" / ");
    let images = parts.next().unwrap_or_default();
    lists().has(List::ProductImages, images.trim())
        && parts.next().is_some_and(speaks_of_links)
        && lists().begins(List::ProductDate, text)
}

/// Parts of the words by which a text speaks of ad blockers.
pub(super) fn stems_of_blockers() -> impl Iterator<Item = &'static str> {
    lists().of(List::BlockerSubject).iter().copied()
}

/// Whether `text` (folded) may be of a cookie notice.
pub(crate) fn may_be_of_cookies(text: &str) -> bool {
    lists().has_part_of(List::CookieStem, text)
}

/// Whether `address` (in lower case) is that of a policy on privacy or cookies.
pub(crate) fn is_address_of_policy(address: &str) -> bool {
    lists().has_part_of(List::PolicyAddress, address)
}

/// Whether `text` (folded) is what a link to such a policy says.
pub(crate) fn links_to_policy(text: &str) -> bool {
    text.len() < LONGEST_POLICY && lists().has_part_of(List::PolicyLink, text)
}

/// The longest words of a link to a policy, in bytes.
const LONGEST_POLICY: usize = 60;

/// Whether `text` (folded) names a policy on privacy or cookies.
pub(crate) fn names_policy(text: &str) -> bool {
    lists().has_part_of(List::Policy, text)
}

/// Whether `text` (folded) asks its reader to agree, or says that to go on is to agree.
pub(crate) fn asks_to_agree(text: &str) -> bool {
    lists().has_part_of(List::Agree, text)
}

/// Whether `text` (folded) is what the button says that copies the address of a page: no article has that in a line of its own.
pub(crate) fn copies_address(text: &str) -> bool {
    lists().has(List::Copy, text)
}

/// Whether `text` (folded) is what stands beside that button: its answer, the name of a network that is a word elsewhere.
pub(crate) fn is_beside_copy(text: &str) -> bool {
    lists().has(List::BesideCopy, text)
}

/// Whether a label of an ad (folded) is hardly anything else where it stands alone.
pub(crate) fn is_label_only(label: &str) -> bool {
    lists().has(List::LabelOnly, label)
}

/// Whether a comment with this text begins as an editor's own notes do.
pub(crate) fn begins_as_editors(text: &str) -> bool {
    let begins = |start: &&str| text.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    lists().of(List::Editor).iter().any(begins)
}

/// Whether `label` (folded) is what stands before the colon of a disclosure.
pub(crate) fn is_disclosure_label(label: &str) -> bool {
    lists().has(List::DisclosureLabel, label)
}

/// Whether `text` (folded) begins by thanking.
pub(crate) fn thanks(text: &str) -> bool {
    lists().begins(List::Thanks, text)
}

/// Whether `text` (folded) speaks of what readers gave.
pub(crate) fn speaks_of_votes(text: &str) -> bool {
    lists().has_part_of(List::Votes, text)
}

/// Whether `text` (folded) is what stands between names in a sentence: «and».
pub(crate) fn is_and_or(text: &str) -> bool {
    lists().has(List::AndOr, text)
}

/// Whether `text` (folded) is what a button of a byline of Medium leaves.
pub(crate) fn is_byline_button(text: &str) -> bool {
    lists().has(List::BylineButton, text)
}

/// Whether a class is of a share plug-in, and of nobody else.
pub(crate) fn is_of_share_plug_in(class: &str) -> bool {
    lists().begins(List::SharePlugIn, class)
}

/// Whether a part of a path (in lower case) stands before the name of a tag.
pub(crate) fn is_of_tags(segment: &str) -> bool {
    lists().has(List::TagPath, segment)
}

/// Whether one of the labels of `host` is among those of `list`.
pub(super) fn has_label(host: &str, list: List) -> bool {
    host.split('.').any(|label| lists().of(list).iter().any(|l| label.eq_ignore_ascii_case(l)))
}
