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
            "cheer" => Self::Cheer,
            "cheer-for" => Self::CheerFor,
            "account-gives" => Self::AccountGives,
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

/// Whether `text` (folded) is what buttons beside those for sharing say: «save», «print», «comments».
pub(crate) fn is_action(text: &str) -> bool {
    lists().has(List::Action, text)
}

/// Whether `name` (folded) is that of a network and hardly a word: «Facebook», not «Line».
pub(crate) fn is_of_people(name: &str) -> bool {
    lists().has_part_of(List::People, name)
}

/// Whether `text` (folded) speaks of the app of whoever says it.
pub(crate) fn speaks_of_own_app(text: &str) -> bool {
    lists().has_part_of(List::OwnApp, text)
}

/// Whether `text` (folded) says more of that app than that there is one: to get it.
pub(crate) fn offers_own_app(text: &str) -> bool {
    let names = lists().of(List::OwnApp).iter().filter(|app| text.contains(**app));
    names.map(|app| app.len()).max().is_some_and(|longest| text.len() > longest + 1)
}

/// Whether `text` (folded) is a line that portals and agencies put below a text.
pub(crate) fn is_end_line(text: &str) -> bool {
    lists().has(List::EndLine, text)
}

/// Whether `label` (folded) is what stands before the colon of such a line.
pub(crate) fn is_end_label(label: &str) -> bool {
    lists().has(List::EndLabel, label)
}

/// Whether `text` (folded) says what no text but a platform's says.
pub(crate) fn is_of_a_platform(text: &str) -> bool {
    lists().begins(List::EndBegin, text) && lists().has_part_of(List::EndPart, text)
}

/// Whether `text` (folded) forbids to copy what stands above it.
pub(crate) fn forbids_copying(text: &str) -> bool {
    lists().begins(List::EndBegin, text) && lists().has_part_of(List::NoCopying, text)
}

/// Whether `text` (folded) begins by asking to scan a code.
pub(crate) fn asks_to_scan(text: &str) -> bool {
    lists().begins(List::CodePrompt, text)
}

/// Whether `text` (folded) asks to follow an account, and offers nothing for it that a text may need.
pub(crate) fn asks_to_follow(text: &str) -> bool {
    lists().has_part_of(List::FollowAccount, text) && !lists().has_part_of(List::AccountGives, text)
}

/// Whether `text` (folded) asks to press buttons that an app has below a post: it names two of them.
pub(crate) fn asks_for_cheers(text: &str) -> bool {
    lists().has_part_of(List::CheerFor, text)
        && lists().of(List::Cheer).iter().filter(|word| text.contains(**word)).nth(1).is_some()
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
