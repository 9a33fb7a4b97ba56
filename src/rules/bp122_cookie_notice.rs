//! BP122: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::addresses;
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::address;
use crate::boilerplate::lists;
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::subjects::{Subject, Subjects};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct CookieNotice;

static INFO: Info = Info {
    code: "BP122",
    name: "cookie-notice",
    summary: "a cookie notice that is a block of its own",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp122_cookie_notice.md"),
};

impl Rule for CookieNotice {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::COOKIE, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element {
            let named = cx.holds(node) == Some(Holds::Cookies);
            if named && is_short(node, 2000) && !Shape::of(node).other {
                report(cx, &INFO, node, node, "a cookie notice", "a class of a consent manager");
                return;
            }
            if !(node.has(Flags::IN_BLOCK)
                && matches!(node.tag(), Tag::P | Tag::Div | Tag::Section | Tag::Aside))
            {
                return;
            }
        }
        if node.span().len() < 24 || !cx.stems(node).cookie || !cx.look(node).is_short(LONGEST) {
            return;
        }
        if !words::speaks_of_cookies(&Shape::of(node).all_words()) {
            return;
        }
        // what stands in the same paragraph may be the article's
        let pieces = pieces::pieces(node);
        let Some(part) = pieces::stretch(&pieces, &says) else { return };
        let is_all = part.is_all(&pieces);
        if !is_all && removal::blocks_in(node).next().is_some() {
            // they are looked at one by one
            return;
        }
        let shape = if is_all { Shape::of(node) } else { pieces::shape_of(&pieces, part) };
        if shape.other || shape.pictures > 1 {
            return;
        }
        let text = shape.all_words();
        let mut last = node;
        let chosen = |l: &NodeRef<'_>| is_choice(*l);
        // right below a heading, but for the title, stands what the text says on cookies itself: there only buttons make it a notice
        let is_heading = |n: &NodeRef<'_>| n.kind() == Kind::Heading && removal::previous(*n).is_some();
        let below_heading = removal::previous(node).is_some_and(|p| is_heading(&p));
        let mut asked = shape.fields > 0
            || shape.links.iter().any(chosen)
            || shape.links.is_empty() && words::is(&lone_word(&shape.outside), Use::Consent)
            || !below_heading
                && names_policy(&shape, &text)
                && (lists::asks_to_agree(&text) || is_at_edge(node));
        if let Some(buttons) = removal::next(node).filter(|n| part.last + 1 == pieces.len() && is_buttons(*n))
        {
            last = buttons;
            asked = true;
        }
        if !asked {
            return;
        }
        // an article on cookies may show a notice
        if cx.gathered::<Subjects>().elsewhere(Subject::Cookies, node) >= SUBJECT {
            let Some((span, edits)) = removal::remove(node, last).filter(|_| is_all) else { return };
            cx.report(
                Report::new(&INFO, span, "a cookie notice in a text on cookies")
                    .confidence(0.4)
                    .fix(edits)
                    .needs_review(),
            );
            return;
        }
        let (what, evidence) = ("a cookie notice", "the words of a notice, and a choice");
        if let Some(report) = pieces::removed_stretch(&INFO, node, last, &pieces, part, what, evidence) {
            cx.report(report);
        }
    }
}

/// Whether a piece is of a notice: it speaks of cookies as notices do, or is a choice; beside one it may ask, or name a policy.
fn says(piece: &Piece<'_>) -> Says {
    let text = &piece.words;
    let is_policy_link = |l: &NodeRef<'_>| is_policy(*l) && l.words().chars().count() <= LONGEST_CHOICE;
    if piece.is_picture {
        Says::Else
    } else if words::speaks_of_cookies(text)
        || words::is(text, Use::Consent)
        || piece.shape.fields > 0
        || piece.shape.links.iter().any(|l| is_choice(*l) || is_policy_link(l))
    {
        Says::It
    } else if lists::asks_to_agree(text) || lists::names_policy(text) || lists::may_be_of_cookies(text) {
        Says::Perhaps
    } else {
        Says::Else
    }
}

/// Whether a link is a button of a notice, and names no policy.
fn is_choice(link: NodeRef<'_>) -> bool {
    let said = words::folded(&link.words());
    words::is(&said, Use::Consent) && !lists::names_policy(&said)
}

/// The longest words of a link to a policy, in characters.
const LONGEST_CHOICE: usize = 60;

/// The most text of a notice outside of its links, in bytes.
const LONGEST: usize = 900;
/// From how many mentions elsewhere on cookies are a text's subject.
const SUBJECT: usize = 6;

/// Whether a notice leads to a policy, or names one where it has no links left.
fn names_policy(shape: &Shape<'_>, text: &str) -> bool {
    shape.links.iter().any(|l| is_policy(*l)) || shape.links.is_empty() && lists::names_policy(text)
}

/// Whether a block is the first or the last of its text.
fn is_at_edge(block: NodeRef<'_>) -> bool {
    removal::previous(block).is_none() || removal::next(block).is_none()
}

/// What stands behind the last sentence of a text, if it is a word or three: a button.
fn lone_word(text: &str) -> String {
    let last =
        text.trim_end().rsplit(['.', '!', '?', '。', '！', '？', '|', '·', '\n']).next().unwrap_or("").trim();
    if last.split_whitespace().count() <= 3 { words::folded(last) } else { String::new() }
}

/// Whether a link leads to a policy on cookies or privacy.
fn is_policy(link: NodeRef<'_>) -> bool {
    addresses::is_address_of_policy(&address(link).to_ascii_lowercase())
        || lists::links_to_policy(&words::folded(&link.words()))
}

/// A block of nothing but buttons: `[Accept](#accept) [Reject](#reject)`.
fn is_buttons(block: NodeRef<'_>) -> bool {
    if !(block.kind() == Kind::Paragraph
        || block.kind() == Kind::Element && matches!(block.tag(), Tag::P | Tag::Div | Tag::Button))
        || !is_short(block, 80)
    {
        return false;
    }
    let shape = Shape::of(block);
    !shape.other
        && shape.pictures == 0
        && (!shape.links.is_empty() || block.tag() == Tag::Button)
        && shape.pieces().iter().all(|p| words::is(p, Use::Consent))
        && shape.links.iter().all(|l| words::is(&words::folded(&l.words()), Use::Consent))
}
