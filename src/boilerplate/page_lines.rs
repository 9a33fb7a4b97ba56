//! Lines in which a page offers something, and that have no link: «Listen to this article 4:12», «Found a mistake? Select it and press
//! Ctrl + Enter.», the title of a contents list that is gone. Owns what they are and where they stand.

use super::links::{Purpose, address};
use super::look::has_digits;
use super::pieces::pieces;
use super::place::begins_prose;
use super::shape::{LINK, Shape};
use super::subjects::{Subject, Subjects};
use super::words::{self, Use};
use super::{announces, lists, neighbours, removal, report};
use crate::context::Context;
use crate::contract::Info;
use crate::document::{Kind, NodeRef};

/// The longest line that asks to report errors, in bytes: Cyrillic letters have two.
const LONGEST_REQUEST: usize = 420;
/// How many sentences it is at the most.
const MOST_SENTENCES: usize = 3;
/// The longest one that offers to read aloud.
const LONGEST_OFFER: usize = 120;
/// The longest unit of time behind a number, in characters.
const LONGEST_UNIT: usize = 10;
/// The longest time of a player, in bytes: `1:04:12`, `0:00 / 4:12`.
const LONGEST_CLOCK: usize = 16;
/// How far a player is looked for in the block below, in bytes.
const LONGEST_PLAYER: usize = 600;

/// Reports `paragraph` if it is such a line; whether it is one.
pub(crate) fn find(rule: &'static Info, paragraph: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    if paragraph.span().len() > LONGEST_REQUEST
        || !cx.look(paragraph).words.is_any(&[Use::Chrome])
        || paragraph.parent().is_none_or(|p| p.kind() != Kind::Root)
        || removal::previous(paragraph).is_some_and(announces)
    {
        return false;
    }
    let mut last = paragraph;
    let (what, why) = if offers_to_read(paragraph, cx) {
        ("an offer to read the text aloud", "the words of a button, and how long it takes")
    } else if let Some(times) = dead_player(paragraph, cx) {
        last = times;
        ("an offer to read the text aloud", "the words of a button below the title, and nothing to listen to")
    } else if let Some(toggle) = dead_contents(paragraph, cx) {
        last = toggle;
        ("the title of a contents list that is gone", "a toggle, and no list below it")
    } else if asks_to_report(paragraph, cx) {
        ("a request to report errors", "two keys that a script of the page waits for")
    } else if asks_to_write(paragraph, cx) {
        ("a request to report errors", "a question about errors and a link to write to, below the text")
    } else {
        return false;
    };
    report(cx, rule, paragraph, last, what, why);
    true
}

/// Whether a line offers to read the text aloud, and says how long that takes; the recording itself does not follow.
fn offers_to_read(line: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if line.span().len() > LONGEST_OFFER || !has_digits(line) {
        return false;
    }
    let shape = Shape::of(line);
    let stays = shape.purposes(cx).all(|p| p == Purpose::Nowhere);
    // the button itself may be there, with a mark on it
    if shape.other || shape.fields > 1 || shape.pictures > 0 || !stays {
        return false;
    }
    let all = shape.all_words();
    // before the time, or behind it; a unit is short
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(from), Some(to)) = (all.find(is_digit), all.rfind(is_digit)) else { return false };
    let (before, behind) = (all.get(..from).unwrap_or(""), all.get(to + 1..).unwrap_or(""));
    let label = if from == 0 { behind } else { before };
    let unit = if from == 0 { before } else { behind };
    let time = all.get(from..=to).unwrap_or("");
    let is_clock = time.contains(':') && time.len() <= LONGEST_CLOCK && unit.trim().is_empty();
    let is_long = label.trim().contains(' ') || !label.is_ascii();
    if !(is_clock || is_long && unit.chars().count() <= LONGEST_UNIT && lists::has_minutes(unit)) {
        return false;
    }
    lists::reads_aloud(&words::folded(label)) && !removal::next(line).is_some_and(is_recording)
}

/// Whether a block is the player of a recording, or begins with one.
fn is_recording(block: NodeRef<'_>) -> bool {
    let begin = block.source().as_bytes();
    let begin = begin.get(..LONGEST_PLAYER).unwrap_or(begin);
    let parts = ["<audio", "<iframe", "<video", ".mp3", ".m4a", ".ogg"];
    parts.iter().any(|part| memchr::memmem::find(begin, part.as_bytes()).is_some())
}

/// The last block of what a player left between the title and the first sentence: the words of its button, and times below them.
fn dead_player<'a>(line: NodeRef<'a>, cx: &Context<'_>) -> Option<NodeRef<'a>> {
    let is_head = |n: NodeRef<'_>| {
        n.kind() == Kind::Heading || n.kind() == Kind::Paragraph && n.span().len() <= LONGEST_OF_HEAD
    };
    let mut above = removal::above(line);
    if line.span().len() > LONGEST_OFFER
        || !above.by_ref().take(MOST_OF_HEAD).all(is_head)
        || above.next().is_some()
    {
        return None;
    }
    let shape = Shape::of(line);
    let stays = shape.purposes(cx).all(|p| p == Purpose::Nowhere);
    let label = words::folded(&shape.all_words());
    let wide = label.chars().filter(|c| u32::from(*c) >= 0x2e80).count();
    let says_all = label.contains(' ') && label.chars().count() >= LEAST_OFFER || wide >= LEAST_OFFER / 3;
    if shape.other || shape.fields > 1 || shape.pictures > 0 || !stays || !says_all {
        return None;
    }
    if !lists::reads_aloud(&label) {
        return None;
    }
    let last = removal::below(line).take(2).take_while(|n| is_time(*n)).last().unwrap_or(line);
    removal::next(last).filter(|text| begins_prose(*text) && !is_recording(*text)).map(|_| last)
}

/// The shortest words of a button that say what is read, in characters.
const LEAST_OFFER: usize = 12;
/// How many blocks stand at most between the beginning and a player: a title, a byline, a date.
const MOST_OF_HEAD: usize = 3;
/// The longest of them that is no heading, in bytes.
const LONGEST_OF_HEAD: usize = 120;

/// Whether a paragraph is a time and nothing else: `4 min`, `0:00 / 4:12`.
fn is_time(block: NodeRef<'_>) -> bool {
    let words = block.words();
    // how fast it is read: `1x`, `1.5×`
    let words = words.trim_end_matches(['x', '×']);
    let unit = words.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '/' | ' ' | '.' | '-'));
    block.kind() == Kind::Paragraph
        && words.len() <= LONGEST_CLOCK
        && words.contains(|c: char| c.is_ascii_digit())
        && (unit.is_empty() && (words.contains(':') || block.source().trim_end().ends_with(['x', '×']))
            || unit.chars().count() <= LONGEST_UNIT && lists::has_minutes(&words::folded(unit)))
}

/// The last block of what a plug-in's contents list left, where the list itself is gone: its title, and its toggle in the same line or
/// below.
fn dead_contents<'a>(line: NodeRef<'a>, cx: &Context<'_>) -> Option<NodeRef<'a>> {
    // with its toggle beside it, or below
    let has_toggle = || line.source().contains(['[', '(', '\n']);
    let is_above_links = || removal::next(line).is_some_and(|n| n.source().starts_with(['[', '<']));
    if line.span().len() > LONGEST_OFFER || !(has_toggle() || is_above_links()) {
        return None;
    }
    let is_plain = |block: NodeRef<'_>| {
        let shape = Shape::of(block);
        let stays = shape.purposes(cx).all(|p| matches!(p, Purpose::Nowhere | Purpose::Near));
        !shape.other && shape.fields == 0 && shape.pictures == 0 && stays
    };
    let words = line.words();
    let mut parts = words.split(['[', '(', '\n']).map(words::folded).filter(|part| !part.is_empty());
    if !parts.next().is_some_and(|title| lists::is_title_of_contents(&title)) || !is_plain(line) {
        return None;
    }
    let mut toggles = 0;
    for part in parts {
        toggles += 1;
        if !lists::toggles_contents(&part) {
            return None;
        }
    }
    let last = if toggles > 0 {
        line
    } else {
        removal::next(line).filter(|below| {
            let shape = Shape::of(*below);
            let says = |link: &NodeRef<'_>| lists::toggles_contents(&words::folded(&link.words()));
            below.kind() == Kind::Paragraph
                && below.span().len() <= LONGEST_OFFER
                && is_plain(*below)
                && !shape.links.is_empty()
                && !shape.outside.contains(char::is_alphanumeric)
                && shape.links.iter().all(says)
        })?
    };
    removal::next(last).filter(|text| begins_prose(*text)).map(|_| last)
}

/// Whether a line at the end of a text asks to select an error and press two keys; nothing else in the text speaks of keys.
fn asks_to_report(line: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let source = line.source().as_bytes();
    if !["trl", "TRL"].iter().any(|key| memchr::memmem::find(source, key.as_bytes()).is_some()) {
        return false;
    }
    let words = words::folded(&line.words());
    let names_keys = |words: &str| words.contains("ctrl") && words.contains("enter");
    // the keys are named in the last sentence: what stands behind is the article's
    let sentences = pieces(line);
    sentences.len() <= MOST_SENTENCES
        && sentences.last().is_some_and(|last| names_keys(&last.words) && !last.is_picture)
        && ends_with_keys(line.source())
        && lists::asks_for_errors(&words)
        && Shape::of(line).purposes(cx).all(|p| p == Purpose::Nowhere)
        && neighbours::ends_text(line)
        && removal::previous(line).is_some_and(|above| above.kind() != Kind::Heading)
        && cx.gathered::<Subjects>().elsewhere(Subject::Keys, line) == 0
}

/// Whether a line at the end of a text asks whether there is an error, and its only link says that one may write: «Found a mistake? [Let us
/// know](…)». A link to the issues of a repository is its author's.
fn asks_to_write(line: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    if line.span().len() > LONGEST_REQUEST || cx.look(line).links != 1 {
        return false;
    }
    let shape = Shape::of(line);
    let Some(link) = shape.links.first().filter(|_| shape.is_words_and_links()) else { return false };
    let address = address(*link).to_ascii_lowercase();
    let (before, behind) = shape.outside.split_once(LINK).unwrap_or((&shape.outside, ""));
    lists::asks_to_write(&words::folded(&link.words()))
        && !["/issues", "/pull", "git", "/discussions"].iter().any(|part| address.contains(part))
        && !behind.contains(char::is_alphanumeric)
        && before.trim_end().ends_with(['?', '？', '؟', ';'])
        && lists::speaks_of_an_error(&words::folded(before))
        && neighbours::ends_text(line)
        && removal::previous(line).is_some_and(|above| above.kind() != Kind::Heading)
}

/// Whether nothing stands behind the last key but the end of its own sentence: what begins anew, in this line or in the next one, is the
/// article's.
fn ends_with_keys(source: &str) -> bool {
    let Some(at) = source.rfind("nter").or_else(|| source.rfind("NTER")) else { return false };
    let behind = source.get(at + "nter".len()..).unwrap_or("").trim_end();
    let behind = behind.trim_start_matches(['*', '_', '`', ']', ')', '"', '»', '”']);
    !behind.contains('\n')
        && !behind.trim_start().starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
}
