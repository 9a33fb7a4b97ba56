//! Lines in which a page offers something, and that have no link: «Listen to this article 4:12», «Found a mistake? Select it and press
//! Ctrl + Enter.» Owns what they are and where they stand.

use super::links::Purpose;
use super::look::has_digits;
use super::pieces::pieces;
use super::shape::Shape;
use super::subjects::{Subject, Subjects};
use super::words::{self, Use};
use super::{announces, lists, neighbours, removal, removed};
use crate::document::{Kind, NodeRef};
use crate::rules::{Context, Info};

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
    let (what, why) = if offers_to_read(paragraph, cx) {
        ("an offer to read the text aloud", "the words of a button, and how long it takes")
    } else if asks_to_report(paragraph, cx) {
        ("a request to report errors", "two keys that a script of the page waits for")
    } else {
        return false;
    };
    removed(rule, paragraph, paragraph, what, why).into_iter().for_each(|found| cx.report(found));
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
    let is_recording = |block: NodeRef<'_>| {
        let begin = block.source().as_bytes();
        let begin = begin.get(..LONGEST_PLAYER).unwrap_or(begin);
        let parts = ["<audio", "<iframe", "<video", ".mp3", ".m4a", ".ogg"];
        parts.iter().any(|part| memchr::memmem::find(begin, part.as_bytes()).is_some())
    };
    lists::reads_aloud(&words::folded(label)) && !removal::next(line).is_some_and(is_recording)
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

/// Whether nothing stands behind the last key but the end of its own sentence: what begins anew, in this line or in the next one, is the
/// article's.
fn ends_with_keys(source: &str) -> bool {
    let Some(at) = source.rfind("nter").or_else(|| source.rfind("NTER")) else { return false };
    let behind = source.get(at + "nter".len()..).unwrap_or("").trim_end();
    let behind = behind.trim_start_matches(['*', '_', '`', ']', ')', '"', '»', '”']);
    !behind.contains('\n')
        && !behind.trim_start().starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
}
