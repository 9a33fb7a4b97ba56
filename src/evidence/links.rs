//! What a link is with what stands in it: a banner, a link with words to an ad, or the article's. Owns asking what is cheap to know
//! first: most links of an article are told by where they lead.

use super::UnitKind;
use super::edge::is_rim;
use super::judge::{Judge, Nature};
use super::lexicon::{
    LONGEST_LABEL, is_bare_call, is_call_to_action, is_evenly_spaced, is_label, may_begin_call, may_end_call,
};
use super::memo::Known;
use super::seed::{Seed, is_click};
use super::signal::{Signal, THRESHOLD};
use super::url::{Family, Signal as UrlSignal};
use crate::document::html::Tag;
use crate::document::tree::Node;
use crate::document::{Flags, Kind, NodeId, NodeRef};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// So many images, frames and films in a link are looked at.
const MOST_MEDIA: usize = 8;
/// So many words a link has at the most that is nothing but an invitation to open an account.
const MOST_WORDS_TO_INVITE: u32 = 20;
/// How many nodes lie between a link and its block at the most.
const MOST_ABOVE: usize = 5;
/// So many siblings on each side of a block are passed on the way to its like.
const MOST_BESIDE: usize = 12;
/// So many of its like on each side are looked at.
const NEAR: usize = 3;

impl<'a> Judge<'a> {
    /// A link with its end: where it leads and that nothing but words stands in it may tell at a glance that it is the article's.
    pub(super) fn closed_link(&mut self, node: NodeRef<'a>) -> Nature {
        let inside = node.id.0 + 1..node.node().next;
        if let Some(url) = self.scales.address(node)
            && !url.is_commercial()
            && self.has_words_alone(&inside)
            && !(node.is_html() && node.attribute("rel").is_some())
        {
            return Nature::Content;
        }
        self.link(node, inside)
    }

    /// Whether no image and no element is among nodes.
    fn has_words_alone(&self, nodes: &Range<u32>) -> bool {
        self.records(nodes).iter().all(|n| !matches!(n.kind, Kind::Image | Kind::Element))
    }

    fn records(&self, nodes: &Range<u32>) -> &'a [Node] {
        let all = &self.document.parsed.tree.nodes;
        all.get(nodes.start as usize..nodes.end as usize).unwrap_or_default()
    }

    pub(super) fn nodes_in(&self, nodes: &Range<u32>) -> impl Iterator<Item = NodeRef<'a>> + Clone + use<'a> {
        let document = self.document;
        nodes.clone().map(move |i| document.node(NodeId(i)))
    }

    /// A link with the nodes inside of it.
    pub(super) fn link(&mut self, node: NodeRef<'a>, inside: Range<u32>) -> Nature {
        let Some(url) = self.scales.address(node) else {
            let mut ids = Vec::new();
            let mut at = inside.start;
            while at < inside.end {
                ids.push(NodeId(at));
                at = self.document.node(NodeId(at)).node().next;
            }
            return self.container(&ids, node);
        };
        if url.is_allowed() {
            return Nature::Content;
        }
        let media = if self.has_words_alone(&inside) { Vec::new() } else { self.media(&inside) };
        if media.is_empty() {
            self.link_with_words(node, url, &inside)
        } else {
            self.link_with_media(node, url, &inside, &media)
        }
    }

    /// What a link shows besides words.
    pub(super) fn media(&self, nodes: &Range<u32>) -> Vec<NodeRef<'a>> {
        let shows = |n: &NodeRef<'_>| {
            n.kind() == Kind::Image
                || n.kind() == Kind::Element
                    && matches!(
                        n.tag(),
                        Tag::Iframe
                            | Tag::Video
                            | Tag::Object
                            | Tag::Embed
                            | Tag::AmpImg
                            | Tag::Script
                            | Tag::Ins
                    )
        };
        self.nodes_in(nodes).filter(shows).take(MOST_MEDIA).collect()
    }

    fn link_with_media(
        &mut self,
        node: NodeRef<'a>,
        url: &'a Rc<Known>,
        inside: &Range<u32>,
        media: &[NodeRef<'a>],
    ) -> Nature {
        let has_words = has_words(self.nodes_in(inside));
        if !has_words && let Some(pixel) = self.pixel_alone(media) {
            return Nature::Ad(pixel);
        }
        let commercial = url.is_commercial();
        // what nobody knows is a display ad
        let affiliate = url.family() == Family::Affiliate && url.has_network();
        let (grounds, own) = self.scales.banner(node, url, media);
        let kind = if affiliate && commercial { UnitKind::AffiliateBanner } else { UnitKind::Banner };
        let total = grounds.total();
        if own && total >= THRESHOLD && commercial {
            // the article's own picture, sold as a link: the picture stays
            return Nature::Content;
        }
        let mut seed = Seed::new(node, kind, grounds);
        seed.has_media = true;
        if has_words {
            let (words, count) = words_of(self.nodes_in(inside));
            seed.is_call = is_call_to_action(&words) || is_label(&words);
            seed.words = count;
        }
        if !has_words || seed.is_call {
            return self.weighed(seed);
        }
        if total >= THRESHOLD && (node.is_html() || commercial) {
            return Nature::Text(self.seed(seed));
        }
        Nature::Content
    }

    fn link_with_words(&mut self, node: NodeRef<'a>, url: &'a Rc<Known>, inside: &Range<u32>) -> Nature {
        let (commercial, is_html) = (url.is_commercial(), node.is_html());
        if !has_words(self.nodes_in(inside)) {
            let shows = self.records(inside).iter().any(|n| matches!(n.kind, Kind::Code | Kind::Protected));
            if commercial && !shows && node.span().len() > 4 {
                let grounds = self.scales.link(node, url);
                return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, grounds));
            }
            return Nature::Content;
        }
        let paid = commercial && is_click(url.role()) || is_registered(url);
        let may_be_sponsored = || is_html && node.attribute("rel").is_some();
        if !(paid || may_be_sponsored()) {
            return Nature::Content;
        }
        // what has no words of a call is told by where it leads: in HTML, to an ad server, with an inviter's code
        let of_display = || url.family() == Family::Ad && url.has_network() && is_click(url.role());
        let invites = || url.has(UrlSignal::Invitation);
        let is_labelled = paid && (self.stands_behind_label(node) || self.stands_below_label(node));
        let paid_in_html = paid && (is_html || is_labelled || of_display() || invites());
        if !(paid_in_html || may_be_call(self.nodes_in(inside))) {
            return Nature::Content;
        }
        let (words, count) = words_of(self.nodes_in(inside));
        let is_call = is_call_to_action(&words) && (is_bare_call(&words) || !self.stands_among_titles(node))
            || count <= MOST_WORDS_TO_INVITE && invites();
        if !(is_call || paid_in_html) {
            return Nature::Content;
        }
        // an address that carries its page is worth more than its click
        // but not the headline of an ad beside its picture
        let is_headline = || of_display() && self.stands_beside_its_picture(node, url);
        if !is_labelled
            && url.destination(self.scales.facts).is_some()
            && !is_bare_call(&words)
            && !is_headline()
        {
            return Nature::Content;
        }
        let mut grounds = self.scales.link(node, url);
        grounds.add(Signal::Label, if is_labelled { 2 } else { 0 });
        if !(paid || grounds.has(Signal::Sponsored)) {
            // a plain link says little, but within a container that is named as an ad it counts
            return Nature::Content;
        }
        let kind = if is_call { UnitKind::CallToAction } else { UnitKind::AffiliateBlock };
        let mut seed = Seed::new(node, kind, grounds);
        seed.is_call = is_call;
        seed.words = count;
        Nature::Text(self.seed(seed))
    }

    /// Whether the items, paragraphs or headings beside that of a link lead to programmes too, most of them with words that are no call: a list
    /// of titles, and some titles begin like calls.
    fn stands_among_titles(&self, link: NodeRef<'a>) -> bool {
        let is_block = |n: &NodeRef<'_>| matches!(n.kind(), Kind::Item | Kind::Heading | Kind::Paragraph);
        let Some(block) = link.ancestors().take(MOST_ABOVE).find(is_block) else { return false };
        let block = block.parent().filter(|item| item.kind() == Kind::Item).unwrap_or(block);
        let before =
            std::iter::successors(block.previous_sibling(), |n| n.previous_sibling()).take(MOST_BESIDE);
        let behind = std::iter::successors(block.next_sibling(), |n| n.next_sibling()).take(MOST_BESIDE);
        let (mut titles, mut calls) = (0, 0);
        let mut count = |other: NodeRef<'a>| {
            let link = other.descendants().take(MOST_ABOVE).find(|n| n.kind() == Kind::Link);
            let Some(link) = link.filter(|l| self.scales.address(*l).is_some_and(|url| url.is_commercial()))
            else {
                return;
            };
            let (words, all) = (link.words(), other.words());
            let begins_block = all.trim_start().starts_with(words.trim());
            let fills_block = all.trim().len() == words.trim().len() || other.kind() == Kind::Item;
            match words.trim() {
                "" => {}
                _ if !(begins_block && fills_block) => {}
                words if is_call_to_action(words) => calls += 1,
                _ => titles += 1,
            }
        };
        before.filter(|n| n.kind() == block.kind()).take(NEAR).for_each(&mut count);
        behind.filter(|n| n.kind() == block.kind()).take(NEAR).for_each(&mut count);
        titles >= 2 && titles > calls
    }

    /// Whether the link before a link, or behind it, leads to the same address and shows nothing but a picture.
    fn stands_beside_its_picture(&self, link: NodeRef<'a>, url: &Known) -> bool {
        let is_blank = |n: &NodeRef<'a>| {
            matches!(n.kind(), Kind::SoftBreak | Kind::HardBreak)
                || n.kind() == Kind::Text && n.source().trim().is_empty()
        };
        let before = std::iter::successors(link.previous_sibling(), |n| n.previous_sibling());
        let behind = std::iter::successors(link.next_sibling(), |n| n.next_sibling());
        let nearest = [before.take(2).find(|n| !is_blank(n)), behind.take(2).find(|n| !is_blank(n))];
        nearest.into_iter().flatten().any(|other| {
            other.kind() == Kind::Link
                && self.scales.address(other).is_some_and(|known| known.url == url.url)
                && !other.has_words()
                && other.descendants().any(|n| n.kind() == Kind::Image)
        })
    }

    /// Whether nothing but the label of an ad stands before a link in its block: `Annons: […](…)`.
    fn stands_behind_label(&self, link: NodeRef<'a>) -> bool {
        let is_short = |n: &NodeRef<'_>| n.span().len() <= LONGEST_LABEL;
        let Some(text) = link.previous_sibling().filter(|n| n.kind() == Kind::Text && is_short(n)) else {
            return false;
        };
        let has_words = text.source().contains(char::is_alphanumeric);
        let label = if has_words { Some(text) } else { text.previous_sibling().filter(is_short) };
        label.is_some_and(|l| l.previous_sibling().is_none() && self.is_label_node(l.id))
    }

    /// Whether a link is all that its paragraph says, and the paragraph above is nothing but the label of an ad.
    fn stands_below_label(&self, link: NodeRef<'a>) -> bool {
        let Some(block) = link.ancestors().take(MOST_ABOVE).find(|n| n.kind() == Kind::Paragraph) else {
            return false;
        };
        let above = block.previous_sibling().filter(|n| n.kind() == Kind::Paragraph);
        above.is_some_and(|label| self.is_label_node(label.id)) && block.words().trim() == link.words().trim()
    }

    /// The pixel, if all that a link shows is pixels.
    fn pixel_alone(&self, media: &[NodeRef<'a>]) -> Option<u32> {
        let mut found = None;
        for node in media {
            match self.nature(node.id) {
                Nature::Ad(seed)
                    if self.seeds.get(seed as usize).is_some_and(|s| s.kind == UnitKind::Pixel) =>
                {
                    found = Some(seed)
                }
                _ => return None,
            }
        }
        found
    }
}

/// Whether an address carries the number that Russian law asks of paid links alone.
fn is_registered(url: &Known) -> bool {
    let view = url.view();
    view.query.is_some()
        && view.parameters().any(|p| p.name().eq_ignore_ascii_case("erid"))
        && url.url.contains("erid=")
}

/// The pieces of visible words among nodes, with whether a line ends there; alternatives of images are none.
fn pieces<'a>(nodes: impl Iterator<Item = NodeRef<'a>>) -> impl Iterator<Item = Option<Cow<'a, str>>> {
    let (mut skip, mut behind_list) = (0, 0);
    nodes.filter_map(move |n| {
        if n.id.0 < skip {
            return None;
        }
        match n.kind() {
            Kind::Text if n.span().end <= behind_list => None,
            Kind::Text if !n.has(Flags::RAW) => Some(Some(n.text())),
            Kind::Code => Some(Some(n.source().trim_matches('`').into())),
            Kind::SoftBreak | Kind::HardBreak => Some(None),
            // what stands in a film is for those who cannot see it
            Kind::Image => {
                skip = n.node().next;
                behind_list = n.end_with_attributes();
                None
            }
            Kind::Element if matches!(n.tag(), Tag::Video | Tag::Audio | Tag::Object) => {
                skip = n.node().next;
                None
            }
            _ => None,
        }
    })
}

/// Whether there is a visible word among nodes.
pub(super) fn has_words<'a>(nodes: impl Iterator<Item = NodeRef<'a>>) -> bool {
    pieces(nodes).flatten().any(|piece| !piece.trim_start().is_empty())
}

/// Whether the words among nodes may be a call to action, by how they begin and end: a glance.
fn may_be_call<'a>(nodes: impl Iterator<Item = NodeRef<'a>> + Clone) -> bool {
    let shows = |piece: &Cow<'a, str>| piece.contains(|c: char| !is_rim(c));
    let mut shown = pieces(nodes).flatten().filter(shows);
    let Some(first) = shown.next() else { return false };
    match shown.last() {
        None => may_begin_call(&first, true) || may_end_call(&first, true),
        Some(last) => may_begin_call(&first, false) || may_end_call(&last, false),
    }
}

/// The visible words among nodes as one line, white space folded, with their number.
fn words_of<'a>(nodes: impl Iterator<Item = NodeRef<'a>>) -> (Cow<'a, str>, u32) {
    let mut pieces = pieces(nodes).peekable();
    let Some(Some(first)) = pieces.next() else { return joined(pieces) };
    // most links hold one text
    match first {
        Cow::Borrowed(text) if pieces.peek().is_none() && is_evenly_spaced(text) => {
            let text = text.trim_matches(' ');
            let blanks = text.bytes().filter(|&b| b == b' ').count() as u32;
            (text.into(), blanks + u32::from(!text.is_empty()))
        }
        first => joined(std::iter::once(Some(first)).chain(pieces)),
    }
}

/// Pieces of words as one line.
fn joined<'a>(pieces: impl Iterator<Item = Option<Cow<'a, str>>>) -> (Cow<'a, str>, u32) {
    let mut out = String::with_capacity(64);
    let mut count = 0;
    let mut blank = false;
    for piece in pieces {
        let Some(piece) = piece else {
            blank = true;
            continue;
        };
        if is_evenly_spaced(&piece) {
            let words = piece.trim_matches(' ');
            if !words.is_empty() {
                blank |= piece.starts_with(' ');
                count +=
                    u32::from(out.is_empty() || blank) + words.bytes().filter(|&b| b == b' ').count() as u32;
                if blank && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(words);
                blank = piece.ends_with(' ');
            } else {
                blank |= !piece.is_empty();
            }
            continue;
        }
        blank |= piece.starts_with(char::is_whitespace);
        for word in piece.split_whitespace() {
            if out.is_empty() || blank {
                count += 1;
            }
            if blank && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            blank = true;
        }
        if !piece.is_empty() {
            blank &= piece.ends_with(char::is_whitespace);
        }
    }
    (out.into(), count)
}
