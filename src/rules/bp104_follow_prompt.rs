//! BP104: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, is_channel, site_of};
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::place::{begins_prose, ends_prose};
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::{is_among_the_last, removal, words};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::script::is_wide;

pub(super) struct FollowPrompt;

static INFO: Info = Info {
    code: "BP104",
    name: "follow-prompt",
    summary: "an invitation to follow the site on a network",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp104_follow_prompt.md"),
};

/// The longest prompt, in bytes.
const LONGEST: usize = 420;
/// So many links it has at the most.
const MOST_LINKS: usize = 6;

impl Rule for FollowPrompt {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !cx.look(node).is_short(LONGEST)
            || node.parent().is_none_or(|p| !matches!(p.kind(), Kind::Root | Kind::Quote))
        {
            return;
        }
        // most links lead elsewhere
        if !node.descendants().any(|n| n.kind() == Kind::Link && may_be_followed(n)) {
            return;
        }
        let shape = Shape::of(node);
        let is_small = (1..=MOST_LINKS).contains(&shape.links.len()) && shape.pictures <= 1;
        // one may lead to the site itself
        let elsewhere = || shape.links.iter().filter(|link| !may_be_followed(**link)).count();
        if shape.other || shape.fields > 0 || !is_small || elsewhere() > 1 {
            return;
        }
        if !words::invites_to_follow(&shape.all_words()) {
            return;
        }
        // a section of its own is what the author wants to say
        if removal::previous(node).is_some_and(|p| p.kind() == Kind::Heading) {
            return;
        }
        let (what, evidence) =
            ("an invitation to follow the site on a network", "words that invite, and links to channels");
        let Some(report) = pieces::removed_less_others(&INFO, node, node, &says, what, evidence) else {
            return;
        };
        let stands_out = is_in_bold(node) || ends_the_text(node) || parts_prose(node, &shape);
        let is_certain = stands_out && !says_more(&shape);
        cx.report(if is_certain { report } else { report.confidence(0.6).needs_review() });
    }
}

/// Whether a sentence invites, or leads to a channel; one beside it may tell what that brings.
fn says(piece: &Piece<'_>) -> Says {
    if piece.is_picture {
        Says::Else
    } else if words::invites_to_follow(&piece.words) || piece.shape.links.iter().any(|l| may_be_followed(*l))
    {
        Says::It
    } else {
        piece.beside_an_invitation()
    }
}

/// Whether all words of a paragraph are emphasised.
fn is_in_bold(paragraph: NodeRef<'_>) -> bool {
    paragraph.descendants().all(|n| {
        n.kind() != Kind::Text
            || !n.source().contains(char::is_alphanumeric)
            || n.ancestors().any(|a| matches!(a.kind(), Kind::Strong | Kind::Emphasis))
    })
}

/// The most characters of a prompt between two parts of a text; one of a script without blanks counts twice.
const LONGEST_AMID: usize = 150;

/// Whether a single sentence that leads to channels and nowhere else stands between two parts of a text that say nothing of the network.
fn parts_prose(node: NodeRef<'_>, shape: &Shape<'_>) -> bool {
    let words = shape.all_words();
    let length: usize = words.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
    let one_sentence = !ends_sentence(words.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let (Some(above), Some(below)) = (removal::previous(node), removal::next(node)) else { return false };
    length <= LONGEST_AMID
        && one_sentence
        && shape.pictures == 0
        && node.parent().is_some_and(|p| p.kind() == Kind::Root)
        && shape.links.iter().all(|link| may_be_followed(*link))
        && above.kind() == Kind::Paragraph
        && ends_prose(above)
        && begins_prose(below)
        && [above, below].iter().all(|block| !speaks_of_networks(*block, shape))
}

/// From how many bytes on the first label of a host is a name: that of `t.me` is none.
const LEAST_OF_A_NAME: usize = 4;

/// Whether a block names a network, the one a prompt leads to or any, or leads to a channel on one.
fn speaks_of_networks(block: NodeRef<'_>, prompt: &Shape<'_>) -> bool {
    let words = block.words();
    let lower = words.to_lowercase();
    let mut sites = prompt.links.iter().map(|link| site_of(&address(*link)));
    let mut names = words.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')' | ':'));
    names.any(|word| word.len() >= 3 && words::is_network(&words::folded(word)))
        || block.descendants().any(|n| n.kind() == Kind::Link && may_be_followed(n))
        || sites.any(|site| {
            site.split('.').next().is_some_and(|name| name.len() >= LEAST_OF_A_NAME && lower.contains(name))
        })
}

/// Whether a prompt says something besides: where else it leads, before it invites; at what hour.
fn says_more(shape: &Shape<'_>) -> bool {
    let leads_elsewhere_first = shape.links.first().is_some_and(|link| !may_be_followed(*link));
    let before = shape.outside.split(LINK).nth(1).unwrap_or("");
    let tells_first = leads_elsewhere_first && ends_sentence(before);
    let behind = shape.outside.rsplit(LINK).next().unwrap_or("");
    tells_first || behind.contains(|c: char| c.is_ascii_digit())
}

/// Whether a sentence ends in the words between two links.
fn ends_sentence(words: &str) -> bool {
    words.contains(['。', '！', '？'])
        || [". ", "! ", "? ", ".\n", "!\n", "?\n"].iter().any(|end| words.contains(end))
}

fn may_be_followed(link: NodeRef<'_>) -> bool {
    is_channel(&address(link))
}

/// Whether little follows, and no heading.
fn ends_the_text(node: NodeRef<'_>) -> bool {
    is_among_the_last(node) && removal::below(node).all(|n| n.kind() != Kind::Heading)
}
