//! BP162: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Phase, Rule};
use crate::boilerplate::{lists, removal, report, words};
use crate::document::html::Tag;
use crate::document::{Document, Kind, NodeId, NodeRef};
use crate::finding::{Safety, Severity};
use crate::hash::Quick;
use crate::settings::Settings;
use crate::zone::Zone;
use std::collections::HashMap;

pub(super) struct CodeButton;

static INFO: Info = Info {
    code: "BP162",
    name: "code-button",
    summary: "buttons of a code block: «Copy code», «Enter fullscreen mode»",
    phase: Phase::Content,
    kinds: &[Kind::CodeBlock],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp162_code_button.md"),
};

/// The longest paragraph of buttons, in bytes, with tags and addresses.
const LONGEST: usize = 800;
/// The longest name of a language before a button, in bytes: `bashCopy code`.
const LONGEST_LANGUAGE: usize = 16;
/// How many code blocks have a button at the least whose words are labels of code, too.
const FEWEST: u32 = 2;

impl Rule for CodeButton {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        for side in [Side::Above, Side::Below] {
            let mut buttons = side.of(node).take_while(|paragraph| match button(*paragraph) {
                Some(Says::Button) => true,
                Some(Says::ButtonOrLabel(words)) => cx.gathered::<Customs>().has(side, &words),
                None => false,
            });
            let Some(nearest) = buttons.next() else { continue };
            let furthest = buttons.last().unwrap_or(nearest);
            let (first, last) = if side == Side::Above { (furthest, nearest) } else { (nearest, furthest) };
            let why = "nothing else stands between it and the code";
            report(cx, &INFO, first, last, "a button of a code block", why);
        }
    }
}

/// Where a button stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Above,
    Below,
}

impl Side {
    /// The paragraphs on that side of a code block, the nearest first. What an item of a list begins with is its text.
    fn of<'a>(self, code: NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> {
        let step = move |n: NodeRef<'a>| match self {
            Self::Above => removal::previous(n),
            Self::Below => removal::next(n),
        };
        let begins_item = |n: &NodeRef<'_>| {
            n.parent().is_some_and(|p| p.kind() == Kind::Item) && removal::previous(*n).is_none()
        };
        std::iter::successors(step(code), move |n| step(*n)).take_while(move |n| {
            let is_block = n.kind() == Kind::Paragraph || n.tag() == Tag::Button;
            is_block && n.span().len() <= LONGEST && !begins_item(n)
        })
    }
}

/// What a paragraph beside code says.
#[derive(Debug, PartialEq, Eq)]
enum Says {
    /// What a button says, and nothing else does.
    Button,
    /// What a button says or a label: its words, folded.
    ButtonOrLabel(String),
}

fn button(paragraph: NodeRef<'_>) -> Option<Says> {
    let is_text = |n: NodeRef<'_>| matches!(n.kind(), Kind::Text | Kind::SoftBreak | Kind::HardBreak);
    let element = removal::only_shown(paragraph).filter(|n| n.tag() == Tag::Button).unwrap_or(paragraph);
    if is_footer_of_embed(paragraph) {
        return Some(Says::Button);
    }
    if !element.children().all(is_text) || paragraph.source().trim_end().ends_with([':', '：']) {
        return None;
    }
    let words = words::folded(&paragraph.words());
    // the name of the language, glued or not: `pythonCopy code`
    let language = lists::before_code_button(&words)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '.');
    if !language.chars().all(is_name) || language.len() > LONGEST_LANGUAGE {
        return None;
    }
    let said = words.get(language.len()..)?.trim();
    let is_button = element.tag() == Tag::Button && language.is_empty();
    let is_sure = is_button || lists::is_code_button(said);
    Some(if is_sure { Says::Button } else { Says::ButtonOrLabel(words) })
}

/// Whether a paragraph is the line below embedded code: «view raw», the name of the file, who shows it.
fn is_footer_of_embed(paragraph: NodeRef<'_>) -> bool {
    let last = paragraph.source().trim_end().trim_end_matches(')');
    let is_near = last.ends_with("GitHub") || last.ends_with("github.com") || last.ends_with("github.com/");
    is_near && lists::is_footer_of_embed(&words::folded(&paragraph.words()))
}

/// What stands beside the code blocks of a text so often that it is no label.
struct Customs {
    beside: HashMap<(Side, String), u32, Quick>,
    blocks: u32,
}

impl Customs {
    fn has(&self, side: Side, words: &str) -> bool {
        self.beside.get(&(side, words.to_owned())).is_some_and(|&count| self.is_custom(count))
    }

    /// Whether so many of the code blocks make a custom: half of them, and more than one.
    fn is_custom(&self, count: u32) -> bool {
        count >= FEWEST && 2 * count >= self.blocks
    }
}

impl Gather for Customs {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut customs = Self { beside: HashMap::default(), blocks: 0 };
        for (node, index) in document.parsed.tree.nodes.iter().zip(0..) {
            if node.kind != Kind::CodeBlock {
                continue;
            }
            customs.blocks += 1;
            let code = document.node(NodeId(index));
            for side in [Side::Above, Side::Below] {
                let nearest = side.of(code).next();
                if let Some(Says::ButtonOrLabel(words)) = nearest.and_then(button) {
                    *customs.beside.entry((side, words)).or_default() += 1;
                }
            }
        }
        customs
    }

    fn grants(&self) -> Option<u128> {
        let customs = self.beside.iter().filter(|(_, count)| self.is_custom(**count));
        Some(customs.fold(0, |bits, ((side, words), _)| {
            let place =
                words.bytes().fold(*side as u32, |sum, b| sum.wrapping_mul(31).wrapping_add(b.into()));
            bits | 1 << (place % u128::BITS)
        }))
    }
}
