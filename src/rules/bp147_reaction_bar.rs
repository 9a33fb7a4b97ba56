//! BP147: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{Purpose, purpose};
use crate::boilerplate::lists;
use crate::boilerplate::look::first_link;
use crate::boilerplate::neighbours::ends_text;
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::titles::Titles;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, removal, report};
use crate::document::{Flags, Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct ReactionBar;

static INFO: Info = Info {
    code: "BP147",
    name: "reaction-bar",
    summary: "buttons that lead nowhere: reactions with their counts, tools of the page",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp147_reaction_bar.md"),
};

/// The most buttons, and the fewest.
const MOST: usize = 12;
const FEWEST: usize = 3;
/// The longest words of a button, in characters, and how many there are.
const LONGEST: usize = 24;
const MOST_WORDS: usize = 3;
/// The longest block, in bytes.
const LONGEST_SOURCE: usize = 3000;
/// The most text outside of links, in bytes.
const LONGEST_OUTSIDE: usize = 160;

impl Rule for ReactionBar {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        // counts look like those of share buttons
        Needs::signs(
            Signs::FEW_LINKS.or(Signs::words(&[Use::Share, Use::Like, Use::Chrome])),
            LONGEST_OUTSIDE,
        )
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !begins_with_dead_link(node)
            || node.span().len() > LONGEST_SOURCE
            || node.has(Flags::ORDERED)
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
        {
            return;
        }
        // most links lead somewhere
        let leads_nowhere = |link: NodeRef<'_>| purpose(link, cx) == Purpose::Nowhere;
        if !first_link(node).is_some_and(leads_nowhere) {
            return;
        }
        let buttons = if node.kind() == Kind::List { of_list(node) } else { of_paragraph(node) };
        let Some(buttons) = buttons.filter(|buttons| (FEWEST..=MOST).contains(&buttons.len())) else {
            return;
        };
        let links = || buttons.iter().filter_map(|b| b.link);
        if links().count() < 2 || !links().all(leads_nowhere) {
            return;
        }
        // a link that has its number in it is a button; beside one it may be how much of something there is
        let is_inside =
            |b: &Button<'_>| b.link.is_some_and(|l| l.words().contains(|c: char| c.is_ascii_digit()));
        let are_counts = buttons.iter().all(|b| b.has_number && (b.link.is_some() || b.is_known()))
            && (buttons.iter().any(Button::is_known) || buttons.iter().all(is_inside) && ends_text(node));
        if !are_counts && !buttons.iter().all(Button::is_known) {
            return;
        }
        // what a text shows, or a list of the places in it
        let titles = cx.gathered::<Titles>();
        if removal::previous(node).is_none_or(|above| announces(above) || above.kind() == Kind::Heading)
            // a heading of the text says what a button does: a list of its parts
            || !are_counts && buttons.iter().any(|b| titles.has(&b.words))
        {
            return;
        }
        let why = if are_counts { "words with a number each" } else { "words of a page's tools" };
        report(cx, &INFO, node, node, "buttons that lead nowhere", why);
    }
}

/// Whether a block, or its first item, begins with a link that may lead nowhere: to `#`, to a script, to nothing.
fn begins_with_dead_link(block: NodeRef<'_>) -> bool {
    let begin = block.source().as_bytes();
    let marker = if block.kind() == Kind::List { LONGEST_MARKER } else { 0 };
    let Some(link) = begin.iter().take(marker + 1).position(|b| *b == b'[') else { return false };
    let words = begin.get(link..begin.len().min(link + LONGEST_BEGIN)).unwrap_or_default();
    let end = memchr::memchr_iter(b']', words).find(|end| words.get(end + 1) == Some(&b'('));
    end.and_then(|end| words.get(end + 2)).is_some_and(|b| matches!(b, b'#' | b'j' | b'J' | b')' | b'<'))
}

/// The longest marker of an item, in bytes.
const LONGEST_MARKER: usize = 5;
/// Where the first link of such a block ends its words at the latest, in bytes.
const LONGEST_BEGIN: usize = 120;

/// A button: a word or two, and a number beside it.
struct Button<'a> {
    words: String,
    has_number: bool,
    link: Option<NodeRef<'a>>,
}

impl<'a> Button<'a> {
    /// What `shape` is, if it is a button.
    fn of(shape: &Shape<'a>) -> Option<Self> {
        if !shape.is_words_and_links() || shape.links.len() > 1 {
            return None;
        }
        let all = shape.all_words();
        Self::new(&all, shape.links.first().copied())
    }

    fn new(all: &str, link: Option<NodeRef<'a>>) -> Option<Self> {
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ')');
        let mut has_number = false;
        let mut words = Vec::new();
        for word in all.split_whitespace() {
            let is_number = word.chars().all(is_of_number) && word.contains(|c: char| c.is_ascii_digit());
            if is_number && has_number {
                return None;
            }
            has_number |= is_number;
            if !is_number {
                words.push(word);
            }
        }
        let words = words::folded(&words.join(" "));
        let is_short = words.chars().count() <= LONGEST && words.split(' ').count() <= MOST_WORDS;
        // what has a stop in it is a sentence
        (is_short && words.contains(char::is_alphabetic) && !words.contains(['.', '。', ':', '?']))
            .then_some(Self { words, has_number, link })
    }

    /// Whether its words are those of a button of pages.
    fn is_known(&self) -> bool {
        lists::is_reaction(&self.words)
            || lists::copies_address(&self.words)
            || lists::reads_aloud(&self.words)
            || words::is(&self.words, Use::Like)
            || words::serves_page(&self.words)
            || words::is_share_text(&self.words)
            || self.has_number && words::is(&self.words, Use::Counter)
    }
}

/// The items of a list, if each is a button.
fn of_list(list: NodeRef<'_>) -> Option<Vec<Button<'_>>> {
    list.children()
        .filter(|n| !removal::is_nothing(*n))
        .map(|item| if item.kind() == Kind::Item { Button::of(&Shape::of(item)) } else { None })
        .collect()
}

/// The links of a paragraph, each with the number behind it, if there is nothing else.
fn of_paragraph(paragraph: NodeRef<'_>) -> Option<Vec<Button<'_>>> {
    let shape = Shape::of(paragraph);
    if !shape.is_words_and_links() {
        return None;
    }
    let mut outside = shape.outside.split(LINK);
    // a label before it would be a sentence
    if outside.next().is_some_and(|before| before.contains(char::is_alphanumeric)) {
        return None;
    }
    shape
        .links
        .iter()
        .zip(outside)
        .map(|(link, behind)| {
            if behind.contains(char::is_alphabetic) {
                return None;
            }
            let number = behind.trim_matches(|c: char| !c.is_ascii_digit());
            Button::new(&words::folded(&format!("{} {number}", link.words())), Some(*link))
        })
        .collect()
}
