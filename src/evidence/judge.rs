//! [`Judge`]: what each node is, from the leaves up: an ad, part of one, or the article's. Owns how evidence of neighbours and
//! containers adds up; must not say what is removed (`units` does).

use super::UnitKind;
use super::attributes::{ad_size, add_names};
use super::comments::Remark;
use super::joined::LONGEST_OPEN_AD;
use super::lexicon::{LONGEST_LABEL, is_label, may_be_label};

use super::script::{Does, script_grounds};
use super::seed::{Scales, Seed, is_allowed, is_click};
use super::signal::{Grounds, Signal, THRESHOLD};
use super::url::{Family, UrlView};
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::hash::Quick;
use crate::span::Span;
use crate::zone::Zone;
use std::collections::HashMap;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// White space, a line break.
    Blank,
    /// Text without a letter or digit.
    Marks,
    /// Something of the article.
    Content,
    /// A comment.
    Comment,
    /// An element that shows nothing.
    Empty,
    /// An ad.
    Ad(u32),
    /// Perhaps an ad: its neighbours or its container may tell.
    Maybe(u32),
    /// A link with words to an ad: an ad if it stands alone.
    Text(u32),
}

/// A stretch of siblings that is one thing: a node, or an element that begins in one block and ends in another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Index of the first and past the last of the siblings.
    pub from: usize,
    pub to: usize,
    pub node: NodeId,
    pub span: Span,
    pub nature: Nature,
    /// Whether something behind its end stands in the same node.
    pub leaves_rest: bool,
}

/// What `Judge` notes about a node besides its nature, as bits.
mod note {
    /// Among its children is one that its siblings, or it by its siblings, are told by: the children are judged together.
    pub const WANTED: u8 = 1;
    /// It or something below it is so.
    pub const HOLDS: u8 = 2;
}

pub(crate) struct Judge<'a> {
    pub document: Document<'a>,
    pub scales: Scales<'a>,
    natures: Vec<Nature>,
    notes: Vec<u8>,
    pub seeds: Vec<Seed>,
    /// Elements that join across blocks: what their start tag's node was judged to be.
    pub(super) joined: HashMap<u32, Nature, Quick>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(document: Document<'a>, scales: Scales<'a>) -> Self {
        let count = document.parsed.tree.nodes.len();
        let natures = vec![Nature::Content; count];
        Self {
            document,
            scales,
            natures,
            notes: vec![0; count],
            seeds: Vec::new(),
            joined: HashMap::default(),
        }
    }

    /// Judges every node, the last first, so that what a node holds is known before it. Text is judged where somebody asks, and a
    /// container only if something stands in it that may be an ad's: else it is the article's.
    pub(super) fn run(&mut self, zone: &Zone) {
        let tree = &self.document.parsed.tree;
        // an open link may reach from anywhere to anywhere
        if zone.is_all() || self.scales.addresses.has_open_links {
            return self.run_over(0, tree.nodes.len());
        }
        let blocks: Vec<NodeId> = tree.children(NodeId::ROOT).collect();
        let mut seen = zone.walker();
        let wanted: Vec<NodeId> =
            blocks.into_iter().filter(|id| seen.touches(tree.node(*id).span())).collect();
        for id in wanted.into_iter().rev() {
            self.run_over(id.index(), tree.node(id).next as usize);
        }
        self.run_over(0, 1);
    }

    /// Judges the nodes `from..to`, the last one first.
    fn run_over(&mut self, from: usize, to: usize) {
        let nodes = &self.document.parsed.tree.nodes;
        for (index, record) in nodes.iter().enumerate().take(to).skip(from).rev() {
            let nature = match record.kind {
                Kind::Paragraph
                | Kind::Heading
                | Kind::Item
                | Kind::List
                | Kind::Quote
                | Kind::Root
                | Kind::Cell
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Strike
                    if self.is_wanted(index) =>
                {
                    self.judge(self.document.node(NodeId(index as u32)))
                }
                Kind::Image | Kind::Link | Kind::Element | Kind::EndTag => {
                    self.judge(self.document.node(NodeId(index as u32)))
                }
                Kind::Comment => Nature::Comment,
                _ => Nature::Content,
            };
            let (parent, first) = (record.parent as usize, record.parent as usize + 1 == index);
            let note = self.notes.get(index).copied().unwrap_or_default();
            let mut of_parent = if note != 0 { note::HOLDS } else { 0 };
            if nature != Nature::Content {
                if let Some(slot) = self.natures.get_mut(index) {
                    *slot = nature;
                }
                if matches!(nature, Nature::Ad(_) | Nature::Maybe(_) | Nature::Text(_) | Nature::Comment) {
                    of_parent |= note::WANTED;
                }
            }
            if record.has(Flags::UNCLOSED) {
                of_parent |= note::WANTED;
                // a paragraph that begins with an open link is judged as that
                let above = nodes.get(parent).map_or(usize::MAX, |p| p.parent as usize);
                if first && let Some(slot) = self.notes.get_mut(above) {
                    *slot |= note::WANTED;
                }
            }
            if of_parent != 0
                && let Some(slot) = self.notes.get_mut(parent)
            {
                *slot |= of_parent;
            }
        }
    }

    /// Whether the children of a node are to be judged together.
    pub(super) fn is_wanted(&self, index: usize) -> bool {
        self.notes.get(index).is_some_and(|n| n & note::WANTED != 0)
    }

    /// Whether the children of a node, or of one below it, are to be judged together.
    pub(super) fn holds_wanted(&self, index: usize) -> bool {
        self.notes.get(index).is_some_and(|n| *n != 0)
    }

    pub(super) fn nature(&self, id: NodeId) -> Nature {
        match self.natures.get(id.index()) {
            None | Some(Nature::Content) => {}
            Some(known) => return *known,
        }
        let node = self.document.node(id);
        match node.kind() {
            Kind::Text => text_nature(node),
            Kind::SoftBreak | Kind::HardBreak => Nature::Blank,
            _ => Nature::Content,
        }
    }

    /// What a comment says.
    pub(super) fn remark(&self, id: NodeId) -> Remark {
        self.scales.memo.remark(self.document.node(id).source())
    }

    pub(super) fn set_nature(&mut self, id: NodeId, nature: Nature) {
        if let Some(slot) = self.natures.get_mut(id.index()) {
            *slot = nature;
        }
    }

    pub(super) fn seed(&mut self, seed: Seed) -> u32 {
        self.seeds.push(seed);
        self.seeds.len() as u32 - 1
    }

    pub(super) fn ad(&mut self, node: NodeRef<'_>, kind: UnitKind, signal: Signal, weight: i16) -> Nature {
        let mut grounds = Grounds::default();
        grounds.add(signal, weight);
        let seed = self.seed(Seed::new(node, kind, grounds));
        Nature::Ad(seed)
    }

    /// An ad if the grounds suffice, perhaps one if there are some.
    pub(super) fn weighed(&mut self, seed: Seed) -> Nature {
        let total = seed.grounds.total();
        if total <= 0 {
            return Nature::Content;
        }
        let index = self.seed(seed);
        if total >= THRESHOLD { Nature::Ad(index) } else { Nature::Maybe(index) }
    }

    fn judge(&mut self, node: NodeRef<'a>) -> Nature {
        match node.kind() {
            Kind::Image => match self.scales.image(node) {
                Some(seed) if seed.kind == UnitKind::Pixel => self.weighed(seed),
                Some(seed) => {
                    // an image that is no link: only a network's own file is an ad by itself
                    let known = seed.grounds.signals().iter().any(|&(s, w)| s == Signal::Creative && w >= 10);
                    let total = seed.grounds.total();
                    let index = self.seed(seed);
                    if known && total >= THRESHOLD { Nature::Ad(index) } else { Nature::Maybe(index) }
                }
                None => Nature::Content,
            },
            Kind::Link if node.has(Flags::AUTOLINK) => Nature::Content,
            Kind::Link if !node.has(Flags::UNCLOSED) => {
                if self.is_plain_link(node) {
                    return Nature::Content;
                }
                let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
                self.link(node, &ids)
            }
            Kind::Element | Kind::Link => self.element(node),
            Kind::EndTag => match node.partner() {
                Some(_) => Nature::Content,
                None => Nature::Empty,
            },
            Kind::Emphasis | Kind::Strong | Kind::Strike => {
                let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
                self.container(&ids, node, None)
            }
            Kind::Paragraph
            | Kind::Heading
            | Kind::Item
            | Kind::List
            | Kind::Quote
            | Kind::Root
            | Kind::Cell => {
                let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
                let nature = self.container(&ids, node, None);
                match node.kind() {
                    Kind::Root | Kind::Cell => Nature::Content,
                    _ if ids.is_empty() => Nature::Content,
                    _ => nature,
                }
            }
            _ => Nature::Content,
        }
    }

    /// An HTML element that is no link.
    fn element(&mut self, node: NodeRef<'a>) -> Nature {
        use Tag::*;
        if node.has(Flags::UNCLOSED) {
            return self.lone_start_tag(node);
        }
        match node.tag() {
            Script => match script_grounds(node, &self.scales) {
                Some((grounds, does)) => {
                    let kind = if does == Does::Counts { UnitKind::Counter } else { UnitKind::Script };
                    self.weighed(Seed::new(node, kind, grounds))
                }
                None => Nature::Content,
            },
            AmpAd | AmpEmbed | AmpStickyAd | AmpAutoAds => self.ad(node, UnitKind::Slot, Signal::Element, 10),
            AmpPixel | AmpAnalytics => self.ad(node, UnitKind::Pixel, Signal::Element, 10),
            Iframe | AmpIframe | Object | Embed | Applet | Video | Audio | AmpVideo | Frame => {
                match self.scales.frame(node) {
                    Some(seed) => self.weighed(seed),
                    None => Nature::Content,
                }
            }
            Style | Link | Meta | Source | Param | Track | Wbr | Template => Nature::Empty,
            Pre | Code | Kbd | Samp | Textarea | Math | Svg | Select | Input | Button | Canvas | Hr => {
                Nature::Content
            }
            _ => {
                let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
                self.container(&ids, node, Some(node))
            }
        }
    }

    /// A start tag that nothing closes in its container. With a partner elsewhere it is judged beside it.
    fn lone_start_tag(&mut self, node: NodeRef<'a>) -> Nature {
        if node.partner().is_some() {
            return Nature::Content;
        }
        if node.kind() == Kind::Link
            && let Some(url) = self.scales.address(node)
        {
            let verdict = url.verdict();
            if is_click(&verdict)
                && verdict.is_commercial()
                && !is_allowed(&verdict)
                && !self.has_stray_end(node)
            {
                let grounds = self.scales.link(node, url);
                return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, grounds));
            }
            return Nature::Content;
        }
        match node.tag() {
            Tag::Ins if self.slot(node).is_some() => self.element_named(node),
            Tag::Div | Tag::Center | Tag::Span | Tag::Ins | Tag::Font | Tag::P => Nature::Empty,
            Tag::AmpAd | Tag::AmpEmbed => self.ad(node, UnitKind::Slot, Signal::Element, 10),
            _ => Nature::Content,
        }
    }

    /// Whether an end tag of a link that nothing opened follows soon.
    pub(super) fn has_stray_end(&self, start: NodeRef<'a>) -> bool {
        (start.id.0 + 1..self.natures.len() as u32)
            .map(|i| self.document.node(NodeId(i)))
            .take_while(|n| {
                let other = matches!(n.kind(), Kind::Heading | Kind::Table | Kind::Link)
                    || n.kind() == Kind::CodeBlock && n.has(Flags::FENCED);
                !other && n.span().start < start.span().end + LONGEST_OPEN_AD
            })
            .any(|n| {
                n.kind() == Kind::EndTag && n.tag() == Tag::A
                    || n.kind() == Kind::CodeBlock && n.source().contains("</a>")
            })
    }

    pub(super) fn element_named(&mut self, node: NodeRef<'a>) -> Nature {
        let Some(grounds) = self.slot(node) else { return Nature::Empty };
        self.weighed(Seed::new(node, UnitKind::Slot, grounds))
    }

    /// The grounds of an element that holds nothing as a placeholder.
    pub(super) fn slot(&self, node: NodeRef<'a>) -> Option<Grounds> {
        let mut grounds = Grounds::default();
        add_names(node, &mut grounds);
        let data =
            node.attributes().any(|a| a.name.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("data-")));
        if node.tag() == Tag::Ins && data {
            grounds.add(Signal::Attribute, 5);
        }
        if grounds.total() <= 0 && ad_size(node) == 0 {
            return None;
        }
        grounds.add(Signal::AdSize, ad_size(node));
        grounds.add(Signal::Empty, 2);
        Some(grounds)
    }

    /// Whether a link is the article's at a glance: it leads to a page, and nothing but words stands in it.
    fn is_plain_link(&self, node: NodeRef<'a>) -> bool {
        let Some(url) = self.scales.address(node) else { return false };
        let plain = |n: NodeRef<'_>| !matches!(n.kind(), Kind::Image | Kind::Element);
        !url.is_commercial()
            && node.descendants().all(plain)
            && !(node.is_html() && node.attribute("rel").is_some())
    }

    /// A link with its content: a banner, a link with words to an ad, or the article's.
    pub(super) fn link(&mut self, node: NodeRef<'a>, ids: &[NodeId]) -> Nature {
        let Some(url) = self.scales.address(node) else { return self.container(ids, node, None) };
        let verdict = url.verdict();
        if is_allowed(&verdict) {
            return Nature::Content;
        }
        let range = match (ids.first(), ids.last()) {
            (Some(first), Some(last)) => first.0..self.document.node(*last).node().next,
            _ => 0..0,
        };
        let nodes = || range.clone().map(|i| self.document.node(NodeId(i)));
        let media: Vec<NodeRef<'a>> = nodes()
            .filter(|n| {
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
            })
            .take(8)
            .collect();
        let words = words_of(nodes());
        let saying = self.scales.memo.saying(&words);
        if words.is_empty()
            && !media.is_empty()
            && let Some(pixel) = self.pixel_alone(&media)
        {
            return Nature::Ad(pixel);
        }
        let commercial = verdict.is_commercial();
        // what nobody knows is a display ad
        let affiliate = verdict.family == Family::Affiliate && verdict.network.is_some();
        if !media.is_empty() {
            let (grounds, own) = self.scales.banner(node, url, &media);
            let call = saying.is_call || saying.is_label;
            let kind = if affiliate && commercial { UnitKind::AffiliateBanner } else { UnitKind::Banner };
            let total = grounds.total();
            let mut seed = Seed::new(node, kind, grounds);
            seed.has_media = true;
            seed.is_call = call;
            seed.words = saying.count;
            if own && total >= THRESHOLD && commercial {
                // the article's own picture, sold as a link: the picture stays
                return Nature::Content;
            }
            if words.is_empty() || call {
                return self.weighed(seed);
            }
            if total >= THRESHOLD && (node.is_html() || commercial) {
                return Nature::Text(self.seed(seed));
            }
            return Nature::Content;
        }
        if words.is_empty() {
            let shows = nodes().any(|n| matches!(n.kind(), Kind::Code | Kind::Protected));
            if commercial && !shows && node.span().len() > 4 {
                let grounds = self.scales.link(node, url);
                return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, grounds));
            }
            return Nature::Content;
        }
        // a number that Russian law asks of paid links alone
        let registered = url.url.contains("erid=")
            && UrlView::parse(&url.url).parameters().any(|p| p.name().eq_ignore_ascii_case("erid"));
        let paid = commercial && is_click(&verdict) || registered;
        let may_be_sponsored = || node.is_html() && node.attribute("rel").is_some();
        if !paid && !may_be_sponsored() {
            return Nature::Content;
        }
        // an address that carries its page is worth more than its click
        if !saying.is_bare_call && url.destination(self.scales.facts).is_some() {
            return Nature::Content;
        }
        let is_call = saying.is_call;
        if !is_call && (!paid || !node.is_html()) {
            return Nature::Content;
        }
        let grounds = self.scales.link(node, url);
        if !(paid || grounds.has(Signal::Sponsored)) {
            // a plain link says little, but within a container that is named as an ad it counts
            return Nature::Content;
        }
        let kind = if is_call { UnitKind::CallToAction } else { UnitKind::AffiliateBlock };
        let mut seed = Seed::new(node, kind, grounds);
        seed.is_call = is_call;
        seed.words = saying.count;
        Nature::Text(self.seed(seed))
    }

    /// The pixel, if all that a link shows is pixels.
    pub(super) fn pixel_alone(&self, media: &[NodeRef<'a>]) -> Option<u32> {
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

    /// Whether a node is nothing but a label.
    pub(super) fn is_label_node(&self, id: NodeId) -> bool {
        let node = self.document.node(id);
        if node.span().len() > LONGEST_LABEL * 3
            || matches!(
                node.kind(),
                Kind::CodeBlock | Kind::Code | Kind::Protected | Kind::Image | Kind::Heading
            )
        {
            return false;
        }
        match node.kind() {
            Kind::Text => is_label(&node.text()),
            Kind::Paragraph | Kind::Emphasis | Kind::Strong | Kind::Element => {
                let mut begun = false;
                for n in node.descendants() {
                    match n.kind() {
                        Kind::Image | Kind::Link | Kind::Code | Kind::Protected => return false,
                        Kind::Text if !begun && !n.has(Flags::RAW) => {
                            let text = n.text();
                            let mut letters = text.chars().filter(|c| c.is_alphanumeric());
                            // two letters of the words tell most of what is none
                            begun = letters.next().is_some();
                            if letters.next().is_some() && !may_be_label(&text) {
                                return false;
                            }
                        }
                        _ => {}
                    }
                }
                is_label(&node.words())
            }
            Kind::Link => node.node().next > node.id.0 + 1 && is_label(&node.words()),
            _ => false,
        }
    }

    /// Whether links lead to an element: it stays though it shows nothing.
    pub(super) fn is_anchor(&self, node: NodeRef<'_>) -> bool {
        let named = |name: &str| node.attribute(name).is_some_and(|a| !a.value.is_empty());
        if node.tag() == Tag::A {
            return named("name") || named("id");
        }
        node.attribute("id").is_some_and(|a| self.scales.page.is_anchor(a.value))
    }

    /// The children as parts, with what neighbours tell of each other counted.
    pub(super) fn parts(
        &mut self,
        ids: &[NodeId],
        parent: NodeRef<'a>,
        context: i16,
        depth: u32,
    ) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::with_capacity(ids.len());
        let mut at = 0;
        while let Some(&id) = ids.get(at) {
            let part = self.joined_part(ids, at, depth).unwrap_or_else(|| Part {
                from: at,
                to: at + 1,
                node: id,
                span: self.document.node(id).span(),
                nature: self.nature(id),
                leaves_rest: false,
            });
            at = part.to;
            parts.push(part);
        }
        if parts.iter().any(|p| matches!(p.nature, Nature::Maybe(_) | Nature::Text(_))) {
            self.weigh_neighbours(&mut parts, parent, context);
        }
        self.mark_empty_markers(&mut parts);
        parts
    }
}

/// Whether a paragraph is a list item's: what follows in lines without indent is none of it for a reader.
pub(super) fn begins_item(paragraph: NodeRef<'_>) -> bool {
    paragraph.parent().is_some_and(|p| p.kind() == Kind::Item)
}

fn text_nature(node: NodeRef<'_>) -> Nature {
    if node.has(Flags::RAW) {
        return Nature::Content;
    }
    let source = node.source();
    let first = source.trim_start();
    if first.is_empty() {
        return Nature::Blank;
    }
    if first.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return Nature::Content;
    }
    let text = node.text();
    if text.trim().is_empty() {
        Nature::Blank
    } else if text.chars().any(|c| c.is_alphanumeric()) || text.len() > 12 {
        Nature::Content
    } else {
        Nature::Marks
    }
}

/// The visible words of a range of nodes, folded.
fn words_of<'a>(nodes: impl Iterator<Item = NodeRef<'a>>) -> String {
    let mut out = String::new();
    let mut skip = 0;
    let mut blank = false;
    for n in nodes {
        if n.id.0 < skip {
            continue;
        }
        let piece = match n.kind() {
            Kind::Text if !n.has(Flags::RAW) => n.text(),
            Kind::Code => n.source().trim_matches('`').into(),
            Kind::SoftBreak | Kind::HardBreak => {
                blank = true;
                continue;
            }
            Kind::Image => {
                skip = n.node().next;
                continue;
            }
            _ => continue,
        };
        blank |= piece.starts_with(char::is_whitespace);
        for word in piece.split_whitespace() {
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
    out
}
