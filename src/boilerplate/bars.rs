//! Runs of blocks that a platform's interface left: which belong together, and where they stand. Owns place; what a block is
//! [`interface`](super::interface) says.

use super::interface::{Bar, Class, class};
use super::neighbours::is_of_page;
use super::place::begins_prose;
use super::shape::is_short;
use super::{announces, removal};
use crate::document::{Kind, NodeRef};
use crate::rules::Context;

/// The most blocks of a run, to each side.
const MOST: usize = 60;
/// How many blocks that stay may stand between two of them.
const MOST_KEPT: usize = 3;
/// How many blocks stand above a text: its title, its author, its date.
const MOST_ABOVE: usize = 14;
/// How many headings stand above a text: its title, twice, or a line below it.
const MOST_TITLES: usize = 2;
/// How many blocks stand below a text.
const MOST_BELOW: usize = 40;

/// The longest list below a text that is none of it, in bytes outside of links.
const LONGEST_LIST: usize = 300;

/// Blocks that stand together, each with what it is.
pub(crate) struct Run<'a>(Vec<(NodeRef<'a>, Class)>);

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between the title and the text, or above both.
    Head,
    /// Below the text.
    Foot,
    /// Amid the text.
    Midst,
    /// Where it belongs to what stands above it.
    Owned,
}

/// The run that `node`, which is `own`, is the first bar of; `None` if it is not the first.
pub(crate) fn run_at<'a>(node: NodeRef<'a>, own: Class, cx: &mut Context<'_>) -> Option<Run<'a>> {
    let mut all = Vec::new();
    for (block, class) in reach(removal::above(node), cx) {
        if matches!(&class, Class::Bar(bar) if !bar.words.is_empty()) {
            return None;
        }
        all.push((block, class));
    }
    all.reverse();
    all.push((node, own));
    all.extend(reach(removal::below(node), cx));
    // at the ends, what is told by its neighbours is the article's
    while all.last().is_some_and(|(_, class)| !is_end(class)) {
        all.pop();
    }
    // what is announced is shown, and what stands right below it
    let mut is_shown = false;
    let first = all.iter().position(|(block, class)| {
        let is_announced = || removal::previous(*block).is_some_and(|p| is_text(p) && announces(p));
        is_shown = match class {
            Class::Mark => is_shown,
            class => is_end(class) && (is_shown || is_announced()),
        };
        is_end(class) && !is_shown
    })?;
    // the dashes that stand for claps belong to the count below them
    let dashes = all.iter().take(first).rev().take_while(|(block, _)| block.source().trim() == "--").count();
    all.drain(..first - dashes);
    Some(Run(all))
}

/// The first of `blocks`, each with what it is, up to the article's: few that stay stand between two that go.
fn reach<'a>(
    blocks: impl Iterator<Item = NodeRef<'a>>,
    cx: &mut Context<'_>,
) -> impl Iterator<Item = (NodeRef<'a>, Class)> {
    let mut kept = 0;
    blocks.take(MOST).map_while(move |block| {
        let class = standing(block, cx);
        match class {
            Class::Else => return None,
            Class::Kept | Class::Provenance => kept += 1,
            Class::Bar(_) | Class::Mark | Class::Icons => kept = 0,
        }
        (kept <= MOST_KEPT).then_some((block, class))
    })
}

/// What a block is; a heading is of an interface only if nothing of its own stands below it.
fn standing(block: NodeRef<'_>, cx: &mut Context<'_>) -> Class {
    let own = class(block, cx);
    if block.kind() != Kind::Heading || !own.goes() {
        return own;
    }
    let is_empty = match removal::next(block) {
        None => true,
        Some(next) if next.kind() == Kind::Heading => {
            next.node().data <= block.node().data || { matches!(class(next, cx), Class::Bar(_)) }
        }
        Some(next) => class(next, cx).goes() || next.source().starts_with(['©', 'ⓒ']),
    };
    if is_empty { own } else { Class::Else }
}

/// Whether a run may end with that.
fn is_end(class: &Class) -> bool {
    matches!(class, Class::Bar(_) | Class::Icons)
}

fn is_text(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph
}

impl<'a> Run<'a> {
    /// What it says, together.
    pub fn bar(&self) -> Bar {
        let mut all = Bar::default();
        for (_, class) in &self.0 {
            if let Class::Bar(bar) = class {
                all.add(bar);
            }
        }
        all
    }

    /// Whether headings are among what goes.
    pub fn takes_headings(&self) -> bool {
        self.0.iter().any(|(block, class)| block.kind() == Kind::Heading && class.goes())
    }

    /// Its first and last block.
    pub fn ends(&self) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
        Some((self.0.first()?.0, self.0.last()?.0))
    }

    /// The stretches of it that go, each as its first and last block.
    pub fn going(&self) -> Vec<(NodeRef<'a>, NodeRef<'a>)> {
        let mut going: Vec<(NodeRef<'a>, NodeRef<'a>)> = Vec::new();
        let mut open = false;
        for (block, class) in &self.0 {
            match going.last_mut() {
                Some(last) if open && class.goes() => last.1 = *block,
                _ if class.goes() => going.push((*block, *block)),
                _ => {}
            }
            open = class.goes();
        }
        going
    }

    /// Its blocks that say who wrote the text, when, where it is from.
    pub fn provenance(&self) -> impl Iterator<Item = NodeRef<'a>> {
        self.0.iter().filter(|(_, class)| matches!(class, Class::Provenance)).map(|(block, _)| *block)
    }
}

/// Where the blocks `first` to `last` stand.
pub(crate) fn place(first: NodeRef<'_>, last: NodeRef<'_>) -> Place {
    let above = removal::previous(first);
    if above.is_some_and(announces) {
        return Place::Owned;
    }
    if is_head(first) && removal::below(last).take(MOST_ABOVE).any(is_prose) {
        return Place::Head;
    }
    // a section of its own may be about them
    let heads_section = above.is_some_and(|a| a.kind() == Kind::Heading) && first.kind() != Kind::Heading;
    if above.is_some() && is_foot(last) {
        return if heads_section { Place::Owned } else { Place::Foot };
    }
    if heads_section { Place::Owned } else { Place::Midst }
}

/// Where lines of a paragraph of the text stand; `first`: the first of them.
pub(crate) fn place_in(paragraph: NodeRef<'_>, first: bool) -> Place {
    if first && is_head(paragraph) {
        Place::Head
    } else if is_foot(paragraph) {
        Place::Foot
    } else {
        Place::Midst
    }
}

/// Whether nothing of the text but its title stands above a block.
fn is_head(first: NodeRef<'_>) -> bool {
    let mut above = removal::above(first);
    let mut titles = 0;
    for block in above.by_ref().take(MOST_ABOVE) {
        match block.kind() {
            Kind::Heading => titles += 1,
            Kind::CodeBlock | Kind::Table | Kind::Quote => return false,
            _ if is_prose(block) => return false,
            _ => {}
        }
    }
    above.next().is_none() && titles <= MOST_TITLES
}

/// Whether nothing of the text stands below a block.
fn is_foot(last: NodeRef<'_>) -> bool {
    let mut below = removal::below(last);
    for block in below.by_ref().take(MOST_BELOW) {
        match block.kind() {
            Kind::Heading if is_of_page(block) => return true,
            Kind::CodeBlock | Kind::Table => return false,
            Kind::List | Kind::Quote if !is_short(block, LONGEST_LIST) => return false,
            _ if is_prose(block) => return false,
            _ => {}
        }
    }
    below.next().is_none()
}

/// Whether a block is prose.
fn is_prose(block: NodeRef<'_>) -> bool {
    matches!(block.kind(), Kind::Paragraph) && begins_prose(block) && !block.source().starts_with(['©', 'ⓒ'])
}
