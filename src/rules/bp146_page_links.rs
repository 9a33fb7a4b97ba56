//! BP146: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{Purpose, address, purpose};
use crate::boilerplate::lists;
use crate::boilerplate::look::{Look, first_link};
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::subjects::{Subject, Subjects};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, removal, report};
use crate::data::FileKind;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct PageLinks;

static INFO: Info = Info {
    code: "BP146",
    name: "page-links",
    summary: "links to the pages of one article, by their numbers",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp146_page_links.md"),
};

/// The most text outside of the links, in bytes.
const LONGEST: usize = 120;
/// The longest block, in bytes: addresses are long.
const LONGEST_SOURCE: usize = 6000;
/// The most links.
const MOST_LINKS: usize = 40;
/// The highest number of a page.
const MOST_DIGITS: usize = 4;
impl Rule for PageLinks {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        // numbers look like the counts of share buttons
        Needs::signs(Signs::words(&[Use::Chrome, Use::Share]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > LONGEST_SOURCE
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || node.kind() == Kind::List && !begins_with_number(node)
        {
            return;
        }
        let look = *cx.look(node);
        if !(1..=MOST_LINKS as u32).contains(&look.links) || !look.is_short(LONGEST) {
            return;
        }
        if node.kind() == Kind::Paragraph && !may_be_pages(node, &look) {
            return;
        }
        let shape = Shape::of(node);
        if !shape.is_words_and_links() || !are_pages(&shape, cx) {
            return;
        }
        let Some(above) = removal::previous(node) else { return };
        if above.kind() == Kind::Heading
            || announces(above)
            || cx.gathered::<Subjects>().elsewhere(Subject::Paging, node) > 0
        {
            return;
        }
        report(cx, &INFO, node, node, "links to the pages of an article", "they differ in the number alone");
    }
}

/// Whether the first item of a list begins with a number.
fn begins_with_number(list: NodeRef<'_>) -> bool {
    let begin = list.source().as_bytes();
    let marks = |b: &&u8| matches!(b, b'-' | b'+' | b'*' | b' ' | b'\t' | b'[' | b'_');
    let mut behind = begin.get(..LONGEST_MARKER).unwrap_or(begin).iter().skip_while(marks);
    begin.first().is_some_and(|b| !b.is_ascii_digit()) && behind.next().is_some_and(u8::is_ascii_digit)
}

/// How far the marker of an item and what stands round its number are read, in bytes.
const LONGEST_MARKER: usize = 12;

/// Whether the first link of a paragraph is a number, or a label stands before it.
fn may_be_pages(paragraph: NodeRef<'_>, look: &Look) -> bool {
    look.outside.is_any(&[Use::Chrome])
        || first_link(paragraph).is_some_and(|link| {
            let words = link.source().trim_start_matches(['[', '*', '_', ' ']);
            words.starts_with(|c: char| c.is_ascii_digit()) || look.first_link.is_any(&[Use::Chrome])
        })
}

/// A part of a row of pages.
enum Part<'a> {
    /// A number, with the link that has it.
    Number(u32, Option<NodeRef<'a>>),
    /// Words before the numbers.
    Label,
    /// «Next», «show all».
    End,
}

/// Whether a block is a row of pages.
fn are_pages(shape: &Shape<'_>, cx: &Context<'_>) -> bool {
    let Some(parts) = parts(shape) else { return false };
    let (mut numbers, mut linked) = (Vec::new(), Vec::new());
    let (mut has_label, mut has_end) = (false, false);
    for part in &parts {
        match part {
            Part::Number(number, link) => {
                if link.is_none() && numbers.len() > linked.len() {
                    // one page at the most is the one that is shown
                    return false;
                }
                numbers.push(*number);
                linked.extend(link.map(|link| (*number, link)));
            }
            Part::Label => has_label = true,
            Part::End => has_end = true,
        }
    }
    let rises = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let begins = numbers.first().is_some_and(|first| *first == 1 || has_end || *first == 2 && has_label);
    if numbers.len() < 2 || !rises || !begins {
        return false;
    }
    let mut same: Option<(String, bool)> = None;
    let mut host: Option<String> = None;
    let mut patterns = 0;
    let mut is_base = false;
    for (number, link) in &linked {
        if !matches!(purpose(*link, cx), Purpose::Page | Purpose::RootPage | Purpose::Near) {
            return false;
        }
        let address = address(*link);
        let its_host = UrlView::parse(&address).host.to_ascii_lowercase();
        if host.get_or_insert_with(|| its_host.clone()) != &its_host {
            return false;
        }
        match pattern(&address, *number) {
            Some(pattern) => {
                if same.get_or_insert_with(|| pattern.clone()) != &pattern {
                    return false;
                }
                patterns += 1;
            }
            // the first page has the address of the article
            None if *number == 1 && !is_place(&address) => is_base = true,
            None => return false,
        }
    }
    let has_key = same.is_some_and(|(_, has_key)| has_key);
    // one page is this one: a row of which all lead elsewhere may be that of another work
    let is_of_this = numbers.len() > linked.len() || has_end || is_base;
    patterns >= 1 && (has_label || has_key && patterns >= 2 && is_of_this)
}

/// The parts of a row of pages, if a block is nothing else.
fn parts<'a>(shape: &Shape<'a>) -> Option<Vec<Part<'a>>> {
    let mut parts = Vec::new();
    let mut links = shape.links.iter();
    for (index, outside) in shape.outside.split(LINK).enumerate() {
        if index > 0 {
            let link = *links.next()?;
            let words = words::folded(&link.words());
            parts.push(match number(&words) {
                Some(number) => Part::Number(number, Some(link)),
                None => {
                    // the number may stand with its word: «page 2»
                    let behind = words.rsplit_once(' ').filter(|(label, _)| lists::is_page_label(label));
                    match behind.and_then(|(_, last)| number(last)) {
                        Some(number) => Part::Number(number, Some(link)),
                        None if words.is_empty() || lists::is_page_end(&words) => Part::End,
                        None => return None,
                    }
                }
            });
        }
        // with commas it is a sentence
        if outside.contains([',', ';', '、', '，', '.']) && !outside.contains("..") {
            return None;
        }
        for word in outside.split(['|', '·', '•', '/', ':', '：', '\n', '…', '«', '»']) {
            let word = words::folded(word);
            if word.is_empty() {
                continue;
            }
            let (label, rest) = match word.rsplit_once(' ') {
                Some((label, rest)) if number(rest).is_some() => (label, rest),
                _ if number(&word).is_some() => ("", word.as_str()),
                _ => (word.as_str(), ""),
            };
            if !label.is_empty() {
                let is_label = parts.is_empty() && lists::is_page_label(label);
                parts.push(match is_label {
                    true => Part::Label,
                    false if lists::is_page_end(label) => Part::End,
                    false => return None,
                });
            }
            parts.extend(number(rest).map(|number| Part::Number(number, None)));
        }
    }
    Some(parts)
}

/// The number of a page.
fn number(word: &str) -> Option<u32> {
    let is_number = (1..=MOST_DIGITS).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

/// Whether an address is that of a place in this page: notes have numbers too.
fn is_place(address: &str) -> bool {
    address.starts_with('#')
}

/// An address with its last `number` left out, and whether a word for pages stands before that. `None` if it has none, or is that of a
/// place or of a file.
fn pattern(address: &str, number: u32) -> Option<(String, bool)> {
    let whole = address.split('#').next().unwrap_or("");
    let is_file = |kind| {
        use FileKind::*;
        matches!(kind, Picture | Drawing | Film | Sound | Document | Manual)
    };
    if FileKind::of_url(whole).is_some_and(is_file) {
        return None;
    }
    let number = number.to_string();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = whole.as_bytes();
    let (at, _) = whole.rmatch_indices(number.as_str()).find(|(at, _)| {
        !is_digit(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_digit(bytes.get(at + number.len()))
    })?;
    let (before, behind) = (whole.get(..at)?, whole.get(at + number.len()..)?);
    let key = before.strip_suffix(['=', '/', '-', '_', ',']).unwrap_or(before);
    let key = key.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    Some((format!("{before}#{behind}"), lists::is_page_key(&key)))
}
