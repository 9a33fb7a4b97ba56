//! What the interface of a platform leaves of itself in a text: words of its buttons, counts, icons, in short blocks or lines.
//! Owns what such a block or line is made of; must not know where it stands: [`bars`](super::bars) does.

use super::addresses;
use super::fold::is_letter;
use super::links::{Purpose, address, asks_to_log_in, purpose};
use super::lists;
use super::pictures::is_of_article;
use super::removal;
use super::shape::{Shape, is_short};
use super::titles::Titles;
use super::words::{self, Perhaps, Use};
use crate::document::{Kind, NodeRef};
use crate::rules::Context;

/// The most text of such a block outside of links, in bytes.
pub(crate) const LONGEST: usize = 200;
/// The longest block, in bytes: its addresses are long.
const LONGEST_SOURCE: usize = 3000;
/// The longest words of a block that stays among them, in characters: a name, a date.
const LONGEST_KEPT: usize = 60;
/// How many words of buttons are hardly anything else.
const MANY: usize = 5;
/// How many names of networks with a word for sharing are nothing else.
const LEAST_NETWORKS: usize = 3;
/// The longest name or number in a phrase, in characters.
const LONGEST_NAME: usize = 60;
/// The longest name with a date, in characters.
const LONGEST_DATED: usize = 160;

/// Words of an interface, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bar {
    /// Those of buttons and labels, each once.
    pub words: Vec<String>,
    /// How many of them nothing else says.
    pub own: usize,
    /// How many numbers stand among them.
    pub counts: usize,
    /// How many words stand among them that any menu has.
    pub beside: usize,
    /// How many blocks of buttons that ask to log in first.
    pub for_members: usize,
    /// How many of these are names of networks.
    pub networks: usize,
    /// Whether one of the words is for sharing.
    pub shares: bool,
}

impl Bar {
    /// Adds what stands beside it.
    pub fn add(&mut self, other: &Self) {
        for word in &other.words {
            if !self.words.contains(word) {
                self.words.push(word.clone());
            }
        }
        self.own += other.own;
        self.counts += other.counts;
        self.beside += other.beside;
        self.for_members += other.for_members;
        self.networks += other.networks;
        self.shares |= other.shares;
    }

    /// Whether they are the names of networks with a word for sharing: «Share: Facebook Viber Messenger Copy link».
    fn are_to_share(&self) -> bool {
        self.shares && self.networks >= LEAST_NETWORKS
    }

    /// Whether something is among them that nothing else says: one button that asks to log in may be what a text is about.
    pub fn is_own(&self) -> bool {
        self.own > 0 || self.for_members >= 2
    }

    /// Whether there are enough of them: something that nothing else says, or three that may be anything.
    pub fn is_enough(&self) -> bool {
        let (words, others) = (self.words.len(), self.counts);
        self.is_own()
            || self.are_to_share()
            || words >= 3
            || words == 2 && others >= 1
            || words == 1 && others >= 2
    }

    /// Whether they are hardly anything else: something that nothing else says, counts or phrases among them, or many. Three verbs alone
    /// may be a lesson, or verse.
    pub fn is_certain(&self) -> bool {
        let has_phrase = || self.words.iter().any(|word| word.contains(' '));
        self.is_own() || self.are_to_share() || self.counts > 0 || self.words.len() >= MANY || has_phrase()
    }
}

/// What a block is to an interface.
#[derive(Clone, Debug)]
pub(crate) enum Class {
    /// Words and counts of it.
    Bar(Bar),
    /// Who wrote the text, when, where it is from.
    Provenance,
    /// Marks alone.
    Mark,
    /// Its icons alone.
    Icons,
    /// Something short that may be the article's: a name, a date.
    Kept,
    /// The article's.
    Else,
}

impl Class {
    /// Whether it goes with the words beside it.
    pub fn goes(&self) -> bool {
        matches!(self, Class::Bar(_) | Class::Mark | Class::Icons)
    }
}

/// What `block` is.
pub(crate) fn class(block: NodeRef<'_>, cx: &mut Context<'_>) -> Class {
    match block.kind() {
        Kind::Paragraph | Kind::Heading => {}
        Kind::List => return list(block),
        _ => return Class::Else,
    }
    if block.span().len() > LONGEST_SOURCE || !is_short(block, LONGEST) {
        return Class::Else;
    }
    let shape = Shape::of(block);
    if shape.other || shape.fields > 0 || !shape.scripts.is_empty() {
        return Class::Else;
    }
    let is_heading = block.kind() == Kind::Heading;
    let mut pictures = block.descendants().filter(|n| n.kind() == Kind::Image);
    let has_icons = shape.pictures > 0 && pictures.all(is_icon);
    if shape.pictures > 0 && !has_icons && (is_heading || block.descendants().any(is_of_article)) {
        return Class::Else;
    }
    let text = shape.all_words();
    if text.is_empty() {
        return match shape.pictures {
            _ if is_heading || !shape.links.is_empty() => Class::Kept,
            0 => Class::Mark,
            _ if has_icons => Class::Icons,
            _ => Class::Kept,
        };
    }
    if shape.pictures > 0 && !has_icons {
        return Class::Kept;
    }
    // marks that stood between words which a script was to write
    if shape.links.is_empty() && !is_heading && !text.contains(char::is_alphanumeric) {
        return Class::Mark;
    }
    if has_icons && !is_heading && is_label_of_icon(&text) {
        return Class::Bar(Bar { words: vec![text], own: 1, ..Bar::default() });
    }
    if are_for_members(&shape) {
        return Class::Bar(Bar { words: vec![text], for_members: 1, ..Bar::default() });
    }
    match bar(&text) {
        Some(_) if is_provenance(&text) => Class::Provenance,
        Some(bar) if bar.own > 0 || !is_sentence(block.source()) && links_are_of_page(&shape, cx) => {
            Class::Bar(bar)
        }
        _ if is_heading => Class::Else,
        _ if text.chars().count() <= LONGEST_KEPT && !is_sentence(block.source()) => Class::Kept,
        _ => Class::Else,
    }
}

/// Whether pictures are in a block, and all of them icons of an interface.
fn has_only_icons(block: NodeRef<'_>) -> bool {
    let mut pictures = block.descendants().filter(|n| n.kind() == Kind::Image).peekable();
    pictures.peek().is_some() && pictures.all(is_icon)
}

/// Whether `text` is short enough to belong to an icon.
fn is_label_of_icon(text: &str) -> bool {
    text.chars().count() <= LONGEST_LABEL && !is_sentence(text)
}

/// The longest words beside an icon, in characters.
const LONGEST_LABEL: usize = 40;

/// The longest words of a button, in characters.
const LONGEST_BUTTON: usize = 30;

/// Whether a block is buttons that ask to log in first, and nothing else.
fn are_for_members(shape: &Shape<'_>) -> bool {
    !shape.links.is_empty()
        && !shape.outside.contains(char::is_alphanumeric)
        && shape
            .links
            .iter()
            .all(|link| asks_to_log_in(&address(*link)) && link.words().chars().count() <= LONGEST_BUTTON)
}

/// Whether a picture is an icon of an interface.
fn is_icon(picture: NodeRef<'_>) -> bool {
    let address = address(picture).to_ascii_lowercase();
    addresses::is_address_of_interface(&address)
}

/// A list is of an interface if each of its items is what nothing else says.
fn list(list: NodeRef<'_>) -> Class {
    if list.span().len() > LONGEST_SOURCE || !is_short(list, LONGEST) {
        return Class::Else;
    }
    let items = list.children().filter(|n| !removal::is_nothing(*n));
    let own = |item: NodeRef<'_>| {
        let text = words::folded(&item.words());
        item.kind() == Kind::Item && (is_own(&text) || is_label_of_icon(&text) && has_only_icons(item))
    };
    match items.map(|item| own(item).then_some(())).collect::<Option<Vec<_>>>() {
        Some(items) if !items.is_empty() => Class::Bar(Bar { own: items.len(), ..Bar::default() }),
        _ => Class::Else,
    }
}

/// Whether nothing but an interface says `text` (folded).
fn is_own(text: &str) -> bool {
    words::is(text, Use::Platform) || lists::is_beside_platform(text) || {
        // who wrote it, and when, is longer
        let longest = if lists::tells_provenance(text) { LONGEST_DATED } else { LONGEST_NAME };
        words::is_like(text, Use::Platform, |name| name.chars().count() <= longest)
    }
}

/// Whether `text` (folded) says who wrote a text, when, or where it is from.
fn is_provenance(text: &str) -> bool {
    lists::tells_provenance(text) && is_own(text)
}

/// The words of an interface that a line is whose words are `text` (folded), if it is nothing else, and says nothing of the author.
pub(crate) fn line(text: &str) -> Option<Bar> {
    bar(text).filter(|_| !is_provenance(text))
}

/// The words of an interface that `text` (folded) is, if it is nothing else.
fn bar(text: &str) -> Option<Bar> {
    let mut bar = Bar::default();
    if is_own(text) {
        bar.words.push(text.to_owned());
        bar.own = 1;
        return Some(bar);
    }
    if words::is_like(text, Use::Interface, |name| name.chars().count() <= LONGEST_NAME) {
        bar.words.push(text.to_owned());
        return Some(bar);
    }
    let mut rest = text;
    let mut behind_word = false;
    while let Some(c) = rest.chars().next() {
        let read = if let Some(clock) = clock(rest).filter(|_| !bar.words.is_empty()) {
            bar.counts += 1;
            clock
        } else if c.is_ascii_digit() {
            bar.counts += 1;
            count(rest)?
        } else if is_letter(c) || c == '+' {
            word(rest, &mut bar)?
        } else if rest.starts_with("...") {
            behind_word = false;
            rest = rest.get("...".len()..)?;
            continue;
        } else if is_between(c) || behind_word && matches!(c, '!' | '！') {
            behind_word = false;
            rest = rest.get(c.len_utf8()..)?;
            continue;
        } else {
            return None;
        };
        behind_word = true;
        rest = rest.get(read..)?;
    }
    (!bar.words.is_empty() || bar.counts + bar.beside > 0).then_some(bar)
}

/// Words of buttons.
const BUTTONS: [Use; 3] = [Use::Interface, Use::Platform, Use::Share];
/// What stands beside them.
const BESIDE: [Use; 4] = [Use::Counter, Use::Network, Use::Chrome, Use::Home];

/// Whether a line that begins so may be of an interface: by its first word, by a number, or because it is short.
pub(crate) fn may_begin_line(source: &str) -> bool {
    source.len() <= SHORT || source.starts_with(|c: char| c.is_ascii_digit()) || {
        let perhaps = Perhaps::of(source);
        perhaps.is_any(&BUTTONS) || perhaps.is_any(&BESIDE)
    }
}

/// A line so short may begin with any word, in bytes.
const SHORT: usize = 16;

/// How long the word is that `rest` begins with, in bytes; adds it to `bar`.
fn word(rest: &str, bar: &mut Bar) -> Option<usize> {
    let beside = words::longest_of(rest, &BESIDE).max(lists::longest_beside(rest));
    let button = words::longest_of(rest, &BUTTONS);
    if button >= beside {
        let word = rest.get(..button?)?;
        bar.own += usize::from(words::is(word, Use::Platform));
        bar.shares |= words::is(word, Use::Share) && !words::is(word, Use::Network);
        if !bar.words.iter().any(|known| known == word) {
            bar.words.push(word.to_owned());
        }
        return button;
    }
    bar.beside += 1;
    bar.networks +=
        usize::from(beside.and_then(|end| rest.get(..end)).is_some_and(|w| words::is(w, Use::Network)));
    beside
}

/// How long the number is that `rest` begins with, in bytes: `1.2k`, `1,203`. `None` if it is a date.
fn count(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let number = rest.get(..digits)?;
    let mut behind = rest.get(digits..)?.chars();
    let next = behind.next();
    let is_unit = next.is_some_and(|c| matches!(c, 'k' | 'm' | '万' | '+'));
    let end = if is_unit { behind.next() } else { next };
    // «2024-03-01», «10:22», «3. 1.»
    if number.ends_with(['.', ',']) || matches!(next, Some('-' | '/' | ':' | '年' | '月' | '日' | '년')) {
        return None;
    }
    let is_apart = !is_unit || end.is_none_or(|c| !c.is_ascii_alphanumeric());
    Some(digits + if is_unit && is_apart { next.map_or(0, char::len_utf8) } else { 0 })
}

/// How long the time is that `rest` begins with, in bytes, as buttons have it that read aloud: `3:20`, `(2:48)`.
fn clock(rest: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let minutes = digits(inner);
    let seconds = inner.get(minutes..)?.strip_prefix(':')?;
    let behind = seconds.get(2..)?.trim_start_matches(')');
    let is_apart = behind.is_empty() || behind.starts_with(' ');
    ((1..=2).contains(&minutes) && digits(seconds) == 2 && is_apart).then_some(rest.len() - behind.len())
}

/// Whether `c` stands between buttons.
fn is_between(c: char) -> bool {
    match c {
        ' ' | '|' | '/' | '(' | ')' | '[' | ']' | ':' | '：' | '-' | '#' | '（' | '）' => true,
        _ if c.is_ascii() => false,
        '.' | ',' | '、' | '，' | '。' | '；' | '？' | '！' | '“' | '”' | '„' | '«' | '»' | '「' | '」'
        | '『' | '』' | '‘' | '’' => false,
        _ => !is_letter(c),
    }
}

/// Whether a block ends as a sentence does.
pub(crate) fn is_sentence(source: &str) -> bool {
    let text = source.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ')' | '"'));
    text.ends_with(['.', '。', ',', '，', ';', '।']) && !text.ends_with("...")
}

/// Whether the links among buttons lead to what a page has: nowhere, to an account, to another page; not to a place in the text, and not
/// to a file beside it.
fn links_are_of_page(shape: &Shape<'_>, cx: &mut Context<'_>) -> bool {
    if shape.links.is_empty() {
        return true;
    }
    let titles = cx.gathered::<Titles>();
    shape.links.iter().all(|link| match purpose(*link, cx) {
        Purpose::Near => {
            let address = address(*link);
            address.starts_with('#') && !titles.has(&words::folded(&link.words()))
        }
        Purpose::Page | Purpose::RootPage => {
            let address = address(*link).to_ascii_lowercase();
            let path = address.split(['?', '#']).next().unwrap_or("");
            !is_of_article(*link) && ![".md", ".mdx", ".rst", ".pdf"].iter().any(|end| path.ends_with(end))
        }
        _ => true,
    })
}
