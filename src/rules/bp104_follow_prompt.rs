//! BP104: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, is_channel};
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::shape::{LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::{is_among_the_last, removal, words};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

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
        let is_certain = (is_in_bold(node) || ends_the_text(node)) && !says_more(&shape);
        cx.report(if is_certain { report } else { report.confidence(0.6).needs_review() });
    }
}

/// Whether a line invites, or leads to a channel.
fn says(piece: &Piece<'_>) -> Says {
    if piece.is_picture {
        Says::Else
    } else if words::invites_to_follow(&piece.words) || piece.shape.links.iter().any(|l| may_be_followed(*l))
    {
        Says::It
    } else {
        Says::Perhaps
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
