//! [`Lists`]: words of `data/boilerplate_words.toml` that are looked for as they are, or as parts of a text. Owns those questions;
//! phrases with openings and patterns are [`words`](super::words)'.

use super::list::List;
use super::words::lists;

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

    pub(super) fn of(&self, list: List) -> &[&'static str] {
        &self.0[list as usize]
    }

    /// Whether `text` is one of its words.
    pub(super) fn has(&self, list: List, text: &str) -> bool {
        self.of(list).contains(&text)
    }

    /// Whether one of its words is in `text`.
    pub(super) fn has_part_of(&self, list: List, text: &str) -> bool {
        self.of(list).iter().any(|word| text.contains(word))
    }

    /// Its words that begin with the first byte of `text`.
    pub(super) fn may_begin(&self, list: List, text: &str) -> impl Iterator<Item = &'static str> {
        let first = text.as_bytes().first();
        self.of(list).iter().copied().filter(move |word| word.as_bytes().first() == first)
    }

    /// Whether `text` begins with one of its words.
    pub(super) fn begins(&self, list: List, text: &str) -> bool {
        self.may_begin(list, text).any(|word| text.starts_with(word))
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

/// Which way a link leads along a row of posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Back,
    Forth,
}

/// Which way a link leads whose words (folded) begin with a word for it and one for a post: «previous post».
pub(crate) fn way_to_post(text: &str) -> Option<Way> {
    let lists = lists();
    if lists.begins(List::PreviousPost, text) {
        Some(Way::Back)
    } else {
        lists.begins(List::NextPost, text).then_some(Way::Forth)
    }
}

/// Which way a link leads whose words (folded) are a word for it, and what stands behind that word: the title of a post, or nothing.
pub(crate) fn way(text: &str) -> Option<(Way, &str)> {
    let lists = lists();
    // «next up» before «next»
    let behind = |list| {
        let rest = lists.may_begin(list, text).filter_map(|word| text.strip_prefix(word));
        rest.filter(|rest| !rest.starts_with(char::is_alphanumeric)).min_by_key(|rest| rest.len())
    };
    let back = behind(List::Previous).map(|rest| (Way::Back, rest));
    back.or_else(|| behind(List::Next).map(|rest| (Way::Forth, rest)))
}

/// Whether `text` (folded) is what stands before links to the pages of one article.
pub(crate) fn is_page_label(text: &str) -> bool {
    lists().has(List::PageLabel, text)
}

/// Whether `text` (folded) is what a link says that stands among those: «show all», «next».
pub(crate) fn is_page_end(text: &str) -> bool {
    lists().has(List::PageEnd, text) || way(text).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether `key` (in lower case) stands before the number of a page in its address.
pub(crate) fn is_page_key(key: &str) -> bool {
    lists().has(List::PageKey, key)
}

/// Whether `text` (folded) is a button of an image viewer that two of them tell.
pub(crate) fn controls_gallery(text: &str) -> bool {
    lists().has(List::GalleryControl, text)
}

/// Whether `text` (folded) begins by asking whether there is an error, and has words for one and for selecting it.
pub(crate) fn asks_for_errors(text: &str) -> bool {
    let lists = lists();
    lists.begins(List::ErrorReport, text)
        && lists.has_part_of(List::ErrorStem, text)
        && lists.has_part_of(List::SelectStem, text)
}

/// Whether `text` (folded) begins by asking whether there is an error, and has a word for one.
pub(crate) fn speaks_of_an_error(text: &str) -> bool {
    let lists = lists();
    lists.begins(List::ErrorReport, text) && lists.has_part_of(List::ErrorStem, text)
}

/// Whether `text` (folded) is what a link says that leads to where errors are reported.
pub(crate) fn asks_to_write(text: &str) -> bool {
    lists().has(List::ErrorRequest, text)
}

/// Whether `text` (folded) asks whether its reader pays already.
pub(crate) fn asks_subscribers(text: &str) -> bool {
    lists().has_part_of(List::PaywallAsk, text)
}

/// Whether `text` (folded) says that the rest is for those who pay.
pub(crate) fn is_for_subscribers(text: &str) -> bool {
    lists().has_part_of(List::Paywall, text)
}

/// Whether `text` (folded) tells that a link leads to the heading that it stands in.
pub(crate) fn names_permalink(text: &str) -> bool {
    lists().has_part_of(List::Permalink, text)
}

/// `text` (folded) without what tells that a link leads to its heading.
pub(crate) fn without_permalink(text: &str) -> Option<String> {
    let parts = lists().of(List::Permalink).iter().filter(|part| text.contains(**part));
    parts.max_by_key(|part| part.len()).map(|part| text.replacen(part, "", 1))
}

/// Whether `text` (folded) is what a link says by which a section of a wiki is edited.
pub(crate) fn edits_section(text: &str) -> bool {
    lists().has(List::SectionEdit, text)
}

/// Whether `text` (folded) is what a button of a code block says.
pub(crate) fn is_code_button(text: &str) -> bool {
    lists().has(List::CodeButton, text)
}

/// Whether `text` (folded) is the line below embedded code: a button, the name of a file, who shows it.
pub(crate) fn is_footer_of_embed(text: &str) -> bool {
    let lists = lists();
    lists.begins(List::CodeButton, text) && lists.of(List::EmbedEnd).iter().any(|end| text.ends_with(end))
}

/// What a line tells of a page that a program has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Address,
    Text,
    Title,
    Fact,
}

/// What a line with that label (folded) tells of a page that a program has read.
pub(crate) fn told_by_reader(label: &str) -> Option<Told> {
    let lists = lists();
    let of = [
        (List::ReaderAddress, Told::Address),
        (List::ReaderText, Told::Text),
        (List::ReaderTitle, Told::Title),
        (List::ReaderFact, Told::Fact),
    ];
    of.into_iter().find(|(list, _)| lists.has(*list, label)).map(|(_, told)| told)
}

/// What stands before the words of a button of a code block that `text` (folded) ends with: the name of a language.
pub(crate) fn before_code_button(text: &str) -> Option<&str> {
    let lists = lists();
    let buttons = lists.of(List::CodeButton).iter().chain(lists.of(List::CodeButtonWord));
    buttons.filter_map(|button| text.strip_suffix(button)).min_by_key(|rest| rest.len()).map(str::trim_end)
}

/// Whether `text` (folded) begins by saying who pays for an issue or an episode.
pub(crate) fn begins_with_sponsor(text: &str) -> bool {
    lists().begins(List::Sponsor, text)
}

/// Whether `text` (folded) is the title of a contents list.
pub(crate) fn is_title_of_contents(text: &str) -> bool {
    lists().has(List::ContentsLabel, text)
}

/// Whether `text` (folded) is what the toggle of a contents list says.
pub(crate) fn toggles_contents(text: &str) -> bool {
    lists().has(List::ContentsToggle, text)
}

/// The names of the shortcodes by which plug-ins put ads into posts.
pub(crate) fn shortcodes_of_ads() -> &'static [&'static str] {
    lists().of(List::AdShortcode)
}

/// Whether `text` (folded) is what the button says that reads an article aloud.
pub(crate) fn reads_aloud(text: &str) -> bool {
    lists().has(List::Listen, text)
}

/// Whether `text` (folded) is what a button says by which readers react.
pub(crate) fn is_reaction(text: &str) -> bool {
    lists().has(List::Reaction, text)
}

/// Whether a label (folded) of a rating asks for none.
pub(crate) fn names_rating(label: &str) -> bool {
    lists().has(List::RatingNoun, label)
}

/// Whether `text` (folded) is the title or a button of what stands where a film or a map was to be loaded.
pub(crate) fn is_placeholder_part(text: &str) -> bool {
    lists().has(List::PlaceholderPart, text)
}

/// Whether a word for minutes is in `text` (folded).
pub(crate) fn has_minutes(text: &str) -> bool {
    lists().has_part_of(List::Minutes, text)
}

/// What a text may be about, and boilerplate too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Cookies,
    Affiliates,
    /// Links to the pages of a text.
    Paging,
    /// Keys of keyboards.
    Keys,
    /// Accounts of networks, and the codes that lead to them.
    Accounts,
    /// Ad blockers.
    AdBlockers,
}

impl Subject {
    /// How many there are.
    pub const COUNT: usize = Self::AdBlockers as usize + 1;
}

/// Parts of the words by which a text speaks of a subject.
pub(crate) fn stems_of(subject: Subject) -> impl Iterator<Item = &'static str> {
    let list = match subject {
        Subject::Cookies => List::CookieSubject,
        Subject::Affiliates => List::AffiliateSubject,
        Subject::Paging => List::PagingSubject,
        Subject::Keys => List::KeySubject,
        Subject::Accounts => List::AccountSubject,
        Subject::AdBlockers => List::BlockerSubject,
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

/// Whether `text` (folded) is the line that a plug-in writes below its product boxes: a date, «affiliate links», whose images they are.
pub(crate) fn is_footer_of_products(text: &str) -> bool {
    let mut parts = text.rsplit(" / ");
    let images = parts.next().unwrap_or_default();
    lists().has(List::ProductImages, images.trim())
        && parts.next().is_some_and(speaks_of_links)
        && lists().begins(List::ProductDate, text)
}

/// Whether `text` (folded) may be of a cookie notice.
pub(crate) fn may_be_of_cookies(text: &str) -> bool {
    lists().has_part_of(List::CookieStem, text)
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

/// Whether `text` (folded) asks to scan a code: it begins so, or by speaking to those who liked the text.
pub(crate) fn asks_to_scan(text: &str) -> bool {
    let lists = lists();
    lists.begins(List::CodePrompt, text)
        || lists.begins(List::CodeLead, text) && lists.has_part_of(List::CodePrompt, text)
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

/// Whether `text` (folded) tells what readers get who follow or subscribe.
pub(crate) fn offers_something(text: &str) -> bool {
    lists().has_part_of(List::Offer, text)
}

/// Whether `label` (folded) is what stands before the colon of a disclosure.
pub(crate) fn is_disclosure_label(label: &str) -> bool {
    lists().has(List::DisclosureLabel, label)
}

/// Whether `text` (folded) begins by thanking.
pub(crate) fn thanks(text: &str) -> bool {
    lists().begins(List::Thanks, text)
}

/// How many lines of the form below the question whether a page was of help stand in `text` (folded), where converters may have joined
/// them: `None` if there is anything else.
pub(crate) fn parts_of_feedback_form(text: &str) -> Option<usize> {
    let lists = lists();
    let edge = |c: char| !c.is_alphanumeric();
    let (mut rest, mut parts) = (text.trim_start_matches(edge), 0);
    while !rest.is_empty() {
        let fits =
            |word: &&str| rest.strip_prefix(*word).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
        let forms = lists.may_begin(List::FeedbackForm, rest).chain(lists.may_begin(List::Answer, rest));
        match forms.filter(fits).map(str::len).max() {
            Some(length) => rest = rest[length..].trim_start_matches(edge),
            // `0/255`, an address to write to
            None if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(edge);
                continue;
            }
            None if parts > 0 && is_mail_address(rest) => return Some(parts),
            None if parts == 0 && rest.len() <= LONGEST_THANKS && thanks(rest) => return Some(1),
            None => return None,
        }
        parts += 1;
    }
    Some(parts)
}

/// The longest line that thanks for an answer, in bytes.
const LONGEST_THANKS: usize = 80;

/// Whether `text` is an address to write a mail to, and nothing else.
fn is_mail_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace)
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

/// Whether `text` (folded) begins as lines of an interface do that say who wrote a text, when, or where it is from.
pub(crate) fn tells_provenance(text: &str) -> bool {
    lists().begins(List::Provenance, text)
}

/// The longest message to browsers that `text` (folded) begins with, in bytes, and whether it is one by itself.
pub(crate) fn message_at(text: &str) -> Option<(usize, bool)> {
    let longest = |list| {
        let begins = lists().may_begin(list, text).filter(|word| text.starts_with(word));
        begins.map(str::len).max()
    };
    let own = longest(List::BrowserMessage).map(|length| (length, true));
    own.or_else(|| longest(List::MessageBeside).map(|length| (length, false)))
}

/// Whether `text` (in lower case) speaks of scripts.
pub(crate) fn speaks_of_scripts(text: &str) -> bool {
    lists().has_part_of(List::ScriptTopic, text)
}

/// Whether `text` (in lower case) speaks of the elements for films and recordings.
pub(crate) fn speaks_of_players(text: &str) -> bool {
    lists().has_part_of(List::PlayerTopic, text)
}

/// Whether nothing but an interface says `text` (folded), beside something else of it.
pub(crate) fn is_beside_platform(text: &str) -> bool {
    lists().has(List::PlatformBeside, text)
}

/// The longest beginning of `text` (folded) that stands among the buttons of an interface, in bytes.
pub(crate) fn longest_beside(text: &str) -> Option<usize> {
    let begins = lists().may_begin(List::InterfaceBeside, text).filter(|word| text.starts_with(word));
    begins.map(str::len).max()
}
