//! BP106: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, is_channel, site_of};
use crate::boilerplate::place::ends_prose;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::{addresses, announces, is_among_the_last, removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct FollowIcons;

static INFO: Info = Info {
    code: "BP106",
    name: "follow-icons",
    summary: "a row of pictures below the text that link to channels on networks",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp106_follow_icons.md"),
};

/// The most text between the icons, in bytes.
const LONGEST: usize = 40;
/// The longest words of an icon, in characters.
const LONGEST_ALT: usize = 30;
/// The most paragraphs of a row.
const MOST: usize = 12;

impl Rule for FollowIcons {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if !node.source().starts_with(['[', '<']) || node.parent().is_none_or(|p| p.kind() != Kind::Root) {
            return;
        }
        let Some(mut sites) = sites_of_icons(node) else { return };
        // a section of its own, or what is announced, is the author's
        let ends =
            |above: NodeRef<'_>| above.kind() == Kind::Paragraph && ends_prose(above) && !announces(above);
        if !removal::previous(node).is_some_and(ends) {
            return;
        }
        let mut last = node;
        for block in removal::below(node).take(MOST) {
            let Some(more) = sites_of_icons(block) else { break };
            sites.extend(more);
            last = block;
        }
        let count = sites.len();
        sites.sort_unstable();
        sites.dedup();
        if count < 2 || sites.len() < count || !is_among_the_last(last) {
            return;
        }
        report(cx, &INFO, node, last, "icons that lead to channels", "one for each network, below the text");
    }
}

/// The sites that the icons of a paragraph lead to, if it is nothing but pictures that link to channels.
fn sites_of_icons(block: NodeRef<'_>) -> Option<Vec<String>> {
    if block.kind() != Kind::Paragraph {
        return None;
    }
    let shape = Shape::of(block);
    if shape.links.is_empty()
        || shape.other
        || shape.fields > 0
        || shape.outside.contains(char::is_alphanumeric)
    {
        return None;
    }
    shape.links.iter().map(|link| site_of_icon(*link)).collect()
}

/// The site of the channel that a link leads to which shows one picture and says little.
fn site_of_icon(link: NodeRef<'_>) -> Option<String> {
    let picture = removal::only_shown(link).filter(|only| only.kind() == Kind::Image)?;
    let url = address(link);
    let alt = picture.words();
    // a badge tells a number, and belongs to a project
    let is_badge = addresses::is_address_of_badge(&address(picture).to_ascii_lowercase());
    (is_channel(&url) && alt.chars().count() <= LONGEST_ALT && !is_badge).then(|| site_of(&url))
}
