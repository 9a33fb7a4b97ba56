//! AD108: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Needs, Phase, Rule};
use crate::boilerplate::links::{address, site_of};
use crate::boilerplate::lists::{self, begins_with_sponsor};
use crate::boilerplate::look::outside;
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::removal;
use crate::boilerplate::report;
use crate::boilerplate::shape::Shape;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::data::Family;
use crate::document::{Document, Kind, NodeRef};
use crate::evidence::is_label;
use crate::evidence::is_picture;
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};
use crate::settings::Settings;
use crate::zone::Zone;
use std::collections::HashMap;

pub(super) struct SponsoredSection;

static INFO: Info = Info {
    code: "AD108",
    name: "sponsored-section",
    summary: "the label of an ad with the text below it: up to a thematic break, or a paragraph that leads to ads",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad108_sponsored_section.md"),
};

impl Rule for SponsoredSection {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::AdLabel]), LONGEST_MESSAGE)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || node.span().len() > LONGEST_MESSAGE
            || !outside(node).is_any(&[Use::AdLabel])
        {
            return;
        }
        let label = Shape::of(node);
        let names_sponsor = begins_with_sponsor(&words::folded(&label.outside));
        if names_sponsor && !label.links.is_empty() {
            message(node, &label, cx);
            return;
        }
        if node.span().len() > LONGEST_LABEL
            || !label.is_plain()
            || !(names_sponsor || is_label(&label.outside))
        {
            return;
        }
        // at the top of a post it is the author's word on the post
        let above = removal::previous(node);
        let amid = above.is_some_and(|n| matches!(n.kind(), Kind::Paragraph | Kind::List | Kind::Quote));
        let below = removal::next(node).filter(|_| amid);
        if let Some(text) = below.filter(|below| leads_to_ads(*below, cx)) {
            report(
                cx,
                &INFO,
                node,
                text,
                "a labelled ad",
                "a label, and below it a text whose links all lead to ads",
            );
            return;
        }
        if let Some(row) = below.filter(|below| says_sponsored(&label.outside) && is_row_of_links(*below))
            && leads_elsewhere(row, row, cx)
        {
            report(
                cx,
                &INFO,
                node,
                row,
                "labelled links",
                "a label, and below it links that lead to one site nothing else leads to",
            );
            return;
        }
        if let Some(banner) = below.filter(|_| lists::is_label_only(&words::folded(&label.outside)))
            && is_banner(banner)
            && leads_elsewhere(banner, banner, cx)
        {
            report(
                cx,
                &INFO,
                node,
                banner,
                "a labelled banner",
                "a label, and below it an image that leads to a site nothing else leads to",
            );
            return;
        }
        if above.is_none_or(|above| above.kind() != Kind::Break) {
            return;
        }
        let Some(last) = last_of_section(node) else { return };
        let len = last.span().end - node.span().start;
        if len > LONGEST || len * 3 > node.document.text.len() {
            return;
        }
        if !is_among_entries(node, last) && leads_elsewhere(node, last, cx) {
            report(
                cx,
                &INFO,
                node,
                last,
                "a sponsored section",
                "a label, one site that nothing else leads to, thematic breaks round it",
            );
        }
    }
}

/// Reports a paragraph that begins by saying who pays for the issue or the episode, if its links lead to one site and nothing else in the
/// text does. What in its lines tells neither of that nor of what readers get is the article's.
fn message(node: NodeRef<'_>, shape: &Shape<'_>, cx: &mut Context<'_>) {
    if node.kind() != Kind::Paragraph
        || !is_set_off(node)
        || shape.pictures > 0
        || !leads_elsewhere(node, node, cx)
    {
        return;
    }
    let says = |piece: &Piece<'_>| {
        if piece.is_picture {
            Says::Else
        } else if begins_with_sponsor(&piece.words) || !piece.shape.links.is_empty() {
            Says::It
        } else {
            piece.beside_an_invitation()
        }
    };
    let (what, evidence) =
        ("a sponsor's message", "it names who pays, and leads to one site that nothing else leads to");
    if let Some(report) = pieces::removed_less_others(&INFO, node, node, &says, what, evidence) {
        cx.report(report);
    }
}

/// Whether a paragraph begins in bold or italics, or stands at the beginning or the end of a text or beside a break: amid prose its words
/// may be those of an article on sponsors.
fn is_set_off(paragraph: NodeRef<'_>) -> bool {
    let is_break = |n: NodeRef<'_>| n.kind() == Kind::Break;
    let first = paragraph.children().next();
    first.is_some_and(|n| matches!(n.kind(), Kind::Strong | Kind::Emphasis))
        || removal::above(paragraph).take(2).all(|n| n.kind() == Kind::Heading)
        || removal::previous(paragraph).is_some_and(is_break)
        || removal::next(paragraph).is_none_or(is_break)
}

/// The longest paragraph that is a message, in bytes.
const LONGEST_MESSAGE: usize = 600;
/// The longest label, in bytes.
const LONGEST_LABEL: usize = 120;
/// The most words of an ad that is a paragraph, outside of its links, in bytes.
const LONGEST_TEXT: usize = 600;
/// The longest section, in bytes.
const LONGEST: usize = 2000;
/// The most blocks of a section.
const BLOCKS: usize = 8;

/// Whether a paragraph has links, and all of them lead to servers of ads: those of affiliates stand in what authors write.
fn leads_to_ads(text: NodeRef<'_>, cx: &Context<'_>) -> bool {
    if text.kind() != Kind::Paragraph || text.span().len() > LONGEST {
        return false;
    }
    let shape = Shape::of(text);
    !shape.other
        && !shape.links.is_empty()
        && shape.outside.len() <= LONGEST_TEXT
        && shape.links.iter().all(|link| {
            let known = cx.known(&address(*link));
            known.is_commercial() && known.family() == Family::Ad
        })
}

/// Whether a label says of links that somebody paid for them: more than one word, or one that is hardly anything else.
fn says_sponsored(label: &str) -> bool {
    let label = words::folded(label);
    let wide = label.chars().filter(|c| u32::from(*c) >= 0x2e80).count();
    label.contains(' ') || wide >= 4 || lists::is_label_only(&label)
}

/// Whether a list is links and nothing else, each an item of its own.
fn is_row_of_links(list: NodeRef<'_>) -> bool {
    if list.kind() != Kind::List || list.span().len() > LONGEST {
        return false;
    }
    let is_link = |item: NodeRef<'_>| {
        let shape = Shape::of(item);
        shape.links.len() == 1 && !shape.outside.contains(char::is_alphanumeric) && shape.pictures == 0
    };
    list.children().count() >= 2 && list.children().all(is_link)
}

/// Whether a paragraph is nothing but images that lead to pages.
fn is_banner(paragraph: NodeRef<'_>) -> bool {
    if paragraph.kind() != Kind::Paragraph || paragraph.span().len() > LONGEST {
        return false;
    }
    let shape = Shape::of(paragraph);
    let leads = |link: &NodeRef<'_>| {
        let url = address(*link);
        link.children().all(|n| n.kind() == Kind::Image) && !is_picture(UrlView::parse(&url).path)
    };
    shape.pictures == 0 && !shape.outside.contains(char::is_alphanumeric) && shape.links.iter().all(leads)
}

/// The last block of the section below a label: those up to the next thematic break, all of words, links and pictures.
pub(super) fn last_of_section<'a>(label: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut last = None;
    for (count, block) in removal::below(label).enumerate() {
        match block.kind() {
            Kind::Break => return last,
            Kind::Paragraph | Kind::List if count < BLOCKS => last = Some(block),
            // its own heading
            Kind::Heading if count == 0 => last = Some(block),
            _ => return None,
        }
    }
    None
}

/// Whether the section before or behind begins with a name too: entries of a glossary, or slides.
pub(super) fn is_among_entries(label: NodeRef<'_>, last: NodeRef<'_>) -> bool {
    let is_break = |n: &NodeRef<'_>| n.kind() == Kind::Break;
    let behind = removal::next(last).filter(is_break).and_then(removal::next);
    let above = removal::previous(label).filter(is_break);
    let before = above
        .into_iter()
        .flat_map(removal::above)
        .take(BLOCKS)
        .take_while(|n| !is_break(n))
        .last()
        .filter(|first| removal::previous(*first).is_some_and(|n| is_break(&n)));
    behind.is_some_and(is_name) || before.is_some_and(is_name)
}

/// Whether a paragraph is one or two words, and more stands below it.
fn is_name(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph
        && block.span().len() <= LONGEST_LABEL / 3
        && block.words().split_whitespace().count() <= 2
        && !is_label(&block.words())
        && removal::next(block).is_some_and(|n| n.kind() == Kind::Paragraph)
        && block.descendants().all(|n| !matches!(n.kind(), Kind::Link | Kind::Image))
}

/// Whether the links from `first` to `last` all lead to one site that no link outside of them leads to.
fn leads_elsewhere(first: NodeRef<'_>, last: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let shape = Shape::of_run(first, last);
    let Some(site) = shape.links.first().map(|link| site_of(&address(*link))).filter(|site| !site.is_empty())
    else {
        return false;
    };
    !shape.other
        && shape.fields == 0
        && shape.links.iter().all(|link| site_of(&address(*link)) == site)
        && cx.gathered::<Sites>().0.get(&site) == Some(&shape.links.len())
}

/// How many links lead to each site.
struct Sites(HashMap<String, usize>);

impl Gather for Sites {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut sites = HashMap::new();
        for link in document.nodes().filter(|n| n.kind() == Kind::Link) {
            *sites.entry(site_of(&address(link))).or_default() += 1;
        }
        Self(sites)
    }
}
