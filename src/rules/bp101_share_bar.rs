//! BP101: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{Purpose, address, purpose};
use crate::boilerplate::lists;
use crate::boilerplate::look::{Look, beginning, outside};
use crate::boilerplate::pictures::is_of_article;
use crate::boilerplate::shape::{self, LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{announces, is_share_script, label_above, removal, report};
use crate::data::Role;
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use std::cell::LazyCell;

pub(super) struct ShareBar;

static INFO: Info = Info {
    code: "BP101",
    name: "share-bar",
    summary: "a row or list of share buttons",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::List, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp101_share_bar.md"),
};

impl Rule for ShareBar {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Share, Use::ShareText, Use::Network]), usize::MAX)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        match node.kind() {
            Kind::List => in_list(node, cx),
            Kind::Element if !is_block_of_links(node) => {}
            _ => in_block(node, cx),
        }
    }
}

/// The most text that a row of share buttons has outside of its links, in bytes.
const LONGEST: usize = 160;

/// A block of nothing but share buttons, or lines of them.
fn in_block(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let look = *cx.look(node);
    if look.links == 0 {
        return;
    }
    let in_item = || node.parent().is_some_and(|p| p.kind() == Kind::Item);
    if look.is_short(LONGEST) && look.outside.is_share_text() && look.first_link.is_share_text() && !in_item()
    {
        let first = || label_above(node, Use::Share);
        // «Example:» above it
        let is_announced = || {
            first().id == node.id
                && removal::previous(node).is_some_and(|p| p.kind() == Kind::Paragraph && announces(p))
        };
        let holds_picture = || node.kind() == Kind::Element && node.descendants().any(is_of_article);
        if let Some(sure) = buttons(&Shape::of(node), || first().id != node.id, cx)
            .filter(|_| !is_announced() && !holds_picture())
        {
            report(cx, &INFO, first(), node, "share buttons", sure);
            return;
        }
    }
    if look.breaks && node.kind() == Kind::Paragraph {
        lines(node, cx);
    }
}

/// Lines of a paragraph that are share buttons, at least two of them or one with a label.
fn lines(paragraph: NodeRef<'_>, cx: &mut Context<'_>) {
    for (first, last) in shape::lines(paragraph) {
        if !beginning(first, last).is_some_and(|(_, link)| link.is_share_text()) {
            continue;
        }
        let shape = Shape::of_run(first, last);
        let several = shape.links.len() > 1 || !shape.pieces().is_empty();
        if shape.outside.len() <= LONGEST
            && several
            && let Some(sure) = buttons(&shape, || false, cx)
        {
            report(cx, &INFO, first, last, "share buttons", sure);
        }
    }
}

/// What an item of a list is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Buttons,
    Label,
    Other,
}

fn is_block_of_links(node: NodeRef<'_>) -> bool {
    node.has(Flags::IN_BLOCK)
        && matches!(
            node.tag(),
            Tag::P | Tag::Div | Tag::Ul | Tag::Ol | Tag::Section | Tag::Aside | Tag::Center
        )
}

/// The evidence, if a block is nothing but share buttons and their label.
fn buttons(shape: &Shape<'_>, label_above: impl FnOnce() -> bool, cx: &Context<'_>) -> Option<&'static str> {
    if shape.other || shape.fields > 0 || shape.links.is_empty() || shape.links.len() > 40 {
        return None;
    }
    let pieces = shape.pieces();
    if !pieces.iter().all(|piece| words::is_share_text(piece)) && !is_sentence_of_buttons(shape)
        || !shape.scripts.iter().all(|s| is_share_script(*s))
    {
        return None;
    }
    let (buttons, beside): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) =
        shape.links.iter().partition(|link| words::is_share_text(&words::folded(&link.words())));
    let labelled = pieces.iter().any(|piece| words::is(piece, Use::Share)) || label_above();
    let is_sharer = |link: &&NodeRef<'_>| purpose(**link, cx) == Purpose::Share;
    let are_beside_sharers = || {
        labelled
            && buttons.iter().filter(is_sharer).count() >= 2
            && beside.iter().all(|link| is_tool(*link, cx))
    };
    if !(beside.is_empty() || are_beside_sharers()) {
        return None;
    }
    let (mut shares, mut nowhere) = (0, 0);
    for link in &buttons {
        match purpose(*link, cx) {
            Purpose::Share => shares += 1,
            Purpose::Nowhere => nowhere += 1,
            Purpose::Mail if labelled => {}
            _ => return None,
        }
    }
    if shares > 0 && (shape.pictures == 0 || labelled) {
        Some("every link opens the form of a network")
    } else if labelled && nowhere > 0 {
        Some("a label of share buttons, and links that lead nowhere")
    } else {
        None
    }
}

/// Whether a link is what stands beside share buttons, whatever its language: it leads nowhere, to a network's form, or to the page as
/// it is printed, and says little.
fn is_tool(link: NodeRef<'_>, cx: &Context<'_>) -> bool {
    let words = link.words();
    let prints = || {
        let address = address(link).to_ascii_lowercase();
        address.split(['/', '?', '&', '#', '=']).any(|part| part == "print")
    };
    words.split_whitespace().count() <= MOST_WORDS
        && words.chars().count() <= LONGEST_TOOL
        && (matches!(purpose(link, cx), Purpose::Nowhere | Purpose::Share) || prints())
}

/// The most words of what a link beside share buttons says.
const MOST_WORDS: usize = 4;
/// The most characters of them.
const LONGEST_TOOL: usize = 30;

/// Whether names of networks stand in what a button says, with no more than «and» between them: «Share on [X] and [Reddit]».
fn is_sentence_of_buttons(shape: &Shape<'_>) -> bool {
    let between: Vec<&str> = shape.outside.split(LINK).collect();
    let ([first, middle @ .., last], [link, ..]) = (between.as_slice(), shape.links.as_slice()) else {
        return false;
    };
    let names = |link: &NodeRef<'_>| words::is_network(&words::folded(&link.words()));
    let is_join = |text: &&str| {
        let text = words::folded(text);
        text.is_empty() || lists::is_and_or(&text)
    };
    shape.links.len() >= 2
        && shape.links.iter().all(names)
        && middle.iter().all(is_join)
        && words::is_share_text(&words::folded(&format!("{first} {} {last}", link.words())))
}

/// Whether an item may be share buttons, by a first look.
fn may_be_buttons(item: NodeRef<'_>) -> bool {
    if !outside(item).is_share_text() {
        return false;
    }
    let look = Look::at(item);
    look.is_short(LONGEST)
        && if look.links > 0 {
            look.outside.is_share_text() && look.first_link.is_share_text()
        } else {
            look.outside.is_any(&[Use::ShareText, Use::Network])
        }
}

/// The shape of an item that may be share buttons or their label.
fn shape_of(item: NodeRef<'_>) -> Option<Shape<'_>> {
    let look = Look::at(item);
    let may_be = look.is_short(LONGEST)
        && look.outside.is_share_text()
        && (look.links == 0 || look.first_link.is_share_text());
    may_be.then(|| Shape::of(item))
}

/// Whether words are those of a button for people who do not see it.
fn is_said_unseen(text: &str) -> bool {
    let said = words::without_name_behind(text).unwrap_or(text);
    said.ends_with([')', '）'])
        && (words::is(said, Use::ShareText) || words::is_like(said, Use::ShareText, words::is_network))
}

/// Whether links that lead nowhere say what share buttons say.
fn are_dead_buttons(shape: &Shape<'_>, cx: &Context<'_>) -> bool {
    shape.pictures == 0
        && !shape.other
        && shape.pieces().is_empty()
        && shape.links.iter().all(|link| {
            let text = words::folded(&link.words());
            !text.is_empty() && words::is_share_text(&text) && purpose(*link, cx) == Purpose::Nowhere
        })
}

/// Whether an item is a button that is no link any more, because blanks stand in its address: `[](https://x.com/share?text=On rye)`.
fn is_broken_button(item: NodeRef<'_>, cx: &Context<'_>) -> bool {
    let mut blocks = item.children();
    let (Some(block), None) = (blocks.next(), blocks.next()) else { return false };
    let source = block.source().trim();
    let link = source
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once("]("));
    link.is_some_and(|(text, address)| {
        let url = address.split([' ', '\t', '\n']).next().unwrap_or("");
        !text.contains(['[', ']'])
            && !address.contains("](")
            && url.len() < address.len()
            && words::is_share_text(&words::folded(text))
            && cx.known(url).role() == Role::Share
    })
}

/// Whether a list is nothing but buttons of a page, one link that leads nowhere in each item, and several of them share on networks.
fn is_dead_bar(list: NodeRef<'_>, cx: &Context<'_>) -> bool {
    let begin = list.source().as_bytes();
    let begin = begin.get(..begin.len().min(LONGEST_BEGIN)).unwrap_or_default();
    let leads_nowhere = |at: usize| matches!(begin.get(at + 1..at + 3), Some(b"(#" | b"(j" | b"()"));
    if list.has(Flags::ORDERED)
        || list.span().len() > LONGEST_DEAD
        || !memchr::memchr_iter(b']', begin).any(leads_nowhere)
        || removal::previous(list).is_some_and(announces)
    {
        return false;
    }
    let (mut sharers, mut items) = (0, 0);
    for item in list.children().filter(|n| !removal::is_nothing(*n)) {
        let shape = Shape::of(item);
        let [link] = shape.links.as_slice() else { return false };
        let picture = removal::only_shown(*link).filter(|n| n.kind() == Kind::Image);
        let words = picture.map_or_else(|| words::folded(&link.words()), |p| words::folded(&p.alternative()));
        let is_short =
            words.split_whitespace().count() <= MOST_WORDS && words.chars().count() <= LONGEST_TOOL;
        let is_sharer = words::is_share_text(&words) && !words.is_empty();
        match purpose(*link, cx) {
            Purpose::Share if is_sharer => {}
            Purpose::Nowhere => {}
            // the comments of this page
            Purpose::Near if address(*link).starts_with('#') => {}
            _ => return false,
        }
        if shape.other || !shape.pieces().is_empty() || !is_short {
            return false;
        }
        sharers += usize::from(is_sharer);
        items += 1;
    }
    sharers >= 2 && items >= 3 && sharers * 3 >= items
}

/// Where the first link of such a list ends its words at the latest, in bytes.
const LONGEST_BEGIN: usize = 200;
/// The longest such list, in bytes.
const LONGEST_DEAD: usize = 6000;

/// Whether an item is a link to the form of a network alone, whatever it says.
fn is_sharer_by_address(item: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if item.span().len() > LONGEST_ITEM {
        return false;
    }
    let shape = Shape::of(item);
    shape.is_words_and_links()
        && shape.pieces().is_empty()
        && matches!(shape.links.as_slice(), [link] if purpose(*link, cx) == Purpose::Share && is_tool(*link, cx))
}

/// The longest such item, in bytes.
const LONGEST_ITEM: usize = 1500;

/// Lists of share buttons, and those that stand among other items.
fn in_list(list: NodeRef<'_>, cx: &mut Context<'_>) {
    let above = LazyCell::new(|| label_above(list, Use::Share));
    let words_of = |shape: &Shape<'_>| {
        let text = words::folded(&shape.outside);
        (shape.is_plain() && shape.scripts.is_empty() && !text.contains(LINK)).then_some(text)
    };
    // «(Opens in new window)»: no step of a tutorial says so
    let are_buttons = |shape: &Shape<'_>| {
        buttons(shape, || above.id != list.id, cx).is_some()
            || words_of(shape).is_some_and(|text| is_said_unseen(&text))
    };
    if is_dead_bar(list, cx) {
        report(cx, &INFO, *above, list, "share buttons", "links that lead nowhere, and names of networks");
        return;
    }
    // most lists have none
    let is_button = |item| may_be_buttons(item) && shape_of(item).is_some_and(|shape| are_buttons(&shape));
    if !list.children().any(is_button) {
        return;
    }
    let part = |item: NodeRef<'_>| match shape_of(item) {
        Some(shape) if are_buttons(&shape) => Part::Buttons,
        Some(shape) if words_of(&shape).is_some_and(|text| words::is_share_text(&text)) => Part::Label,
        Some(shape) if are_dead_buttons(&shape, cx) => Part::Label,
        _ if is_broken_button(item, cx) => Part::Buttons,
        _ if is_sharer_by_address(item, cx) => Part::Label,
        _ => Part::Other,
    };
    let mut parts: Vec<(NodeRef<'_>, Part)> = list.children().map(|item| (item, part(item))).collect();
    // «Copy link» in any language: where all else are buttons under their label
    let are_tools = |item: NodeRef<'_>| {
        let shape = Shape::of(item);
        shape.is_words_and_links()
            && shape.pieces().is_empty()
            && shape.links.len() == 1
            && shape.links.iter().all(|link| is_tool(*link, cx))
    };
    if above.id != list.id
        && parts.iter().filter(|p| p.1 == Part::Buttons).count() >= 2
        && parts.iter().all(|p| p.1 != Part::Other || are_tools(p.0))
    {
        parts.iter_mut().filter(|p| p.1 == Part::Other).for_each(|p| p.1 = Part::Label);
    }
    let mut at = 0;
    let mut runs = Vec::new();
    while at < parts.len() {
        let length = parts[at..].iter().take_while(|p| p.1 != Part::Other).count();
        let run = &parts[at..at + length];
        if let (Some(from), Some(to)) =
            (run.iter().position(|p| p.1 == Part::Buttons), run.iter().rposition(|p| p.1 == Part::Buttons))
        {
            // labels beside the buttons go; words of a list that has other items stay unless they are right before
            let whole = length == parts.len();
            let from = if whole { 0 } else { from.saturating_sub(1) };
            let to = if whole { length - 1 } else { to };
            runs.push((run[from].0, run[to].0, whole));
        }
        at += length.max(1);
    }
    for (first, last, whole) in runs {
        let (first, last) = if whole && above.id != list.id { (*above, list) } else { (first, last) };
        report(cx, &INFO, first, last, "share buttons", "items that open the forms of networks");
    }
}
