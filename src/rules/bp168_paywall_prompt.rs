//! BP168: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::pieces::{Piece, pieces};
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::{lists, neighbours, removal, removed};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct PaywallPrompt;

static INFO: Info = Info {
    code: "BP168",
    name: "paywall-prompt",
    summary: "what a newspaper says to who has not paid, below what may be read for nothing",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp168_paywall_prompt.md"),
};

/// The longest block of such a prompt, in bytes.
const LONGEST: usize = 420;
/// The longest sentence of one, in bytes.
const LONGEST_SENTENCE: usize = 240;
/// The longest button or price, in bytes.
const LONGEST_PART: usize = 120;
/// How many blocks are looked at to each side.
const MOST: usize = 5;
/// The most links of a block.
const MOST_LINKS: usize = 3;

impl Rule for PaywallPrompt {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !cx.look(node).is_short(LONGEST)
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || removal::below(node).take(MOST + 1).count() > MOST
        {
            return;
        }
        let Some(own) = says(node) else { return };
        let above: Vec<_> = removal::above(node).take(MOST).map_while(|n| Some((n, says(n)?))).collect();
        // the first that has a link speaks for all
        if above.iter().any(|(block, _)| block.kind() == Kind::Paragraph && has_links(*block)) {
            return;
        }
        let below: Vec<_> = removal::below(node).map_while(|n| Some((n, says(n)?))).collect();
        let mut all: Vec<_> = above.into_iter().rev().chain([(node, own)]).chain(below).collect();
        // a button or a price above the first words of the wall is something else's
        let Some(first) = all.iter().position(|(_, says)| *says != Says::Beside) else { return };
        all.drain(..first);
        let (Some((first, _)), Some((last, _))) = (all.first(), all.last()) else { return };
        let asks = all.iter().any(|(_, says)| *says == Says::Asks);
        let statements = all.iter().filter(|(_, says)| *says == Says::States).count();
        let in_section = removal::previous(*first).is_none_or(|p| p.kind() == Kind::Heading);
        if in_section || !neighbours::ends_text(*last) || !all.iter().any(|(block, _)| has_links(*block)) {
            return;
        }
        let what = "a request to pay for the rest";
        let why = "what walls say, with a link, and nothing of the text below";
        let Some(report) = removed(&INFO, *first, *last, what, why) else { return };
        let links: usize = all.iter().map(|(block, _)| Shape::of(*block).links.len()).sum();
        let is_sure = asks && (all.len() > 1 || links > 1) || statements > 1;
        cx.report(if is_sure { report } else { report.confidence(0.6).needs_review() });
    }
}

/// What a block is to a wall.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It asks who pays already.
    Asks,
    /// It says that the rest is for those who pay.
    States,
    /// A button or a price, as they stand beside that.
    Beside,
}

/// What `block` says, if nothing else.
fn says(block: NodeRef<'_>) -> Option<Says> {
    if !matches!(block.kind(), Kind::Paragraph | Kind::Heading)
        || block.span().len() > LONGEST * 3
        || !is_short(block, LONGEST)
    {
        return None;
    }
    let shape = Shape::of(block);
    if !shape.is_words_and_links() || shape.links.len() > MOST_LINKS {
        return None;
    }
    let pieces = pieces(block);
    let said: Vec<Says> = pieces.iter().map(piece).collect::<Option<_>>()?;
    let is = |what: Says| said.contains(&what);
    match () {
        () if is(Says::Asks) => Some(Says::Asks),
        () if is(Says::States) => Some(Says::States),
        () => (!said.is_empty() && block.kind() == Kind::Paragraph).then_some(Says::Beside),
    }
}

/// What a sentence says, if that belongs to a wall.
fn piece(piece: &Piece<'_>) -> Option<Says> {
    match &piece.words {
        words if piece.is_picture || words.len() > LONGEST_SENTENCE => None,
        words if lists::asks_subscribers(words) => Some(Says::Asks),
        words if lists::is_for_subscribers(words) => Some(Says::States),
        words => is_button_or_price(piece, words).then_some(Says::Beside),
    }
}

/// Whether a sentence is a link alone, or names a price.
fn is_button_or_price(piece: &Piece<'_>, words: &str) -> bool {
    let is_price = || words.contains(['€', '$', '£', '¥', '₽', '₹', '₺', '₴', '₩']) && has_digit(words);
    let is_link = !piece.shape.links.is_empty() && !piece.shape.outside.contains(char::is_alphanumeric);
    words.len() <= LONGEST_PART && (is_link || is_price())
}

fn has_digit(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

fn has_links(block: NodeRef<'_>) -> bool {
    block.descendants().any(|n| n.kind() == Kind::Link)
}
