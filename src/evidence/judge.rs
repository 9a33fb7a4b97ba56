//! [`Judge`]: what each node is, from the leaves up: an ad, part of one, or the article's. Owns how evidence of neighbours and
//! containers adds up; must not say what is removed (`units` does).

use super::attributes::{ad_size, add_names};
use super::lexicon::{LONGEST_LABEL, is_bare_call, is_call_to_action, is_label, token_weight};
use super::seed::{Scales, Seed, is_allowed, is_click, shared_ids};
use super::script::{Does, script_grounds};
use super::signal::{Grounds, Signal, THRESHOLD};
use super::url::{Family, classify, destination as carried};
use super::UnitKind;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::span::Span;
use std::collections::HashMap;

/// How long an ad may be that runs over blank lines, in bytes.
pub(super) const LONGEST_OPEN_AD: usize = 8000;
/// Words of prose that a container may hold that is named or labelled as an ad.
const AD_COPY: usize = 40;
/// How deep elements that join across blocks are followed.
const JOINED_DEPTH: u32 = 16;

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

pub(crate) struct Judge<'a> {
    pub document: Document<'a>,
    pub scales: Scales<'a>,
    pub natures: Vec<Nature>,
    pub seeds: Vec<Seed>,
    /// Elements that join across blocks: what their start tag's node was judged to be.
    joined: HashMap<u32, Nature>,
}

impl<'a> Judge<'a> {
    pub fn new(document: Document<'a>, scales: Scales<'a>) -> Self {
        let natures = vec![Nature::Content; document.parsed.tree.nodes.len()];
        Self { document, scales, natures, seeds: Vec::new(), joined: HashMap::new() }
    }

    /// Judges every node, the last first, so that what a node holds is known before it.
    pub fn run(&mut self) {
        for i in (0..self.natures.len() as u32).rev() {
            let nature = self.judge(self.document.node(NodeId(i)));
            if let Some(slot) = self.natures.get_mut(i as usize) {
                *slot = nature;
            }
        }
    }

    fn nature(&self, id: NodeId) -> Nature {
        self.natures.get(id.index()).copied().unwrap_or(Nature::Content)
    }

    fn seed(&mut self, seed: Seed) -> u32 {
        self.seeds.push(seed);
        self.seeds.len() as u32 - 1
    }

    fn ad(&mut self, node: NodeRef<'_>, kind: UnitKind, signal: Signal, weight: i16) -> Nature {
        let mut grounds = Grounds::default();
        grounds.add(signal, weight);
        let seed = self.seed(Seed::new(node, kind, grounds));
        Nature::Ad(seed)
    }

    /// An ad if the grounds suffice, perhaps one if there are some.
    fn weighed(&mut self, seed: Seed) -> Nature {
        let total = seed.grounds.total();
        if total <= 0 {
            return Nature::Content;
        }
        let index = self.seed(seed);
        if total >= THRESHOLD { Nature::Ad(index) } else { Nature::Maybe(index) }
    }

    fn judge(&mut self, node: NodeRef<'a>) -> Nature {
        match node.kind() {
            Kind::Text => text_nature(node),
            Kind::SoftBreak | Kind::HardBreak => Nature::Blank,
            Kind::Comment => Nature::Comment,
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
            Kind::Paragraph | Kind::Heading | Kind::Item | Kind::List | Kind::Quote | Kind::Root | Kind::Cell => {
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
        let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
        match node.tag() {
            Script => match script_grounds(node, self.scales.facts) {
                Some((grounds, does)) => {
                    let kind = if does == Does::Counts { UnitKind::Counter } else { UnitKind::Script };
                    self.weighed(Seed::new(node, kind, grounds))
                }
                None => Nature::Content,
            },
            AmpAd | AmpEmbed | AmpStickyAd | AmpAutoAds => self.ad(node, UnitKind::Slot, Signal::Element, 10),
            AmpPixel | AmpAnalytics => self.ad(node, UnitKind::Pixel, Signal::Element, 10),
            Iframe | AmpIframe | Object | Embed | Applet | Video | Audio | AmpVideo | Frame => match self.scales.frame(node) {
                Some(seed) => self.weighed(seed),
                None => Nature::Content,
            },
            Style | Link | Meta | Source | Param | Track | Wbr | Template => Nature::Empty,
            Pre | Code | Kbd | Samp | Textarea | Math | Svg | Select | Input | Button | Canvas | Hr => Nature::Content,
            _ => self.container(&ids, node, Some(node)),
        }
    }

    /// A start tag that nothing closes in its container. With a partner elsewhere it is judged beside it.
    fn lone_start_tag(&mut self, node: NodeRef<'a>) -> Nature {
        if node.partner().is_some() {
            return Nature::Content;
        }
        if node.kind() == Kind::Link
            && let Some(d) = node.destination()
        {
            let url = d.url();
            let verdict = classify(&url, self.scales.facts);
            if is_click(&verdict) && verdict.is_commercial() && !is_allowed(&verdict) && !self.has_stray_end(node) {
                let grounds = self.scales.link(node, &url, &verdict);
                return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, grounds));
            }
            return Nature::Content;
        }
        match node.tag() {
            Tag::Ins if self.slot(node, &[]).is_some() => self.element_named(node),
            Tag::Div | Tag::Center | Tag::Span | Tag::Ins | Tag::Font | Tag::P => Nature::Empty,
            Tag::AmpAd | Tag::AmpEmbed => self.ad(node, UnitKind::Slot, Signal::Element, 10),
            _ => Nature::Content,
        }
    }

    /// Whether an end tag of a link that nothing opened follows soon.
    fn has_stray_end(&self, start: NodeRef<'a>) -> bool {
        (start.id.0 + 1..self.natures.len() as u32)
            .map(|i| self.document.node(NodeId(i)))
            .take_while(|n| n.span().start < start.span().end + LONGEST_OPEN_AD && n.kind() != Kind::Heading)
            .any(|n| n.kind() == Kind::EndTag && n.tag() == Tag::A || n.kind() == Kind::CodeBlock && n.source().contains("</a>"))
    }

    fn element_named(&mut self, node: NodeRef<'a>) -> Nature {
        let Some(grounds) = self.slot(node, &[]) else { return Nature::Empty };
        self.weighed(Seed::new(node, UnitKind::Slot, grounds))
    }

    /// The grounds of an element that holds nothing as a placeholder.
    fn slot(&self, node: NodeRef<'a>, _ids: &[NodeId]) -> Option<Grounds> {
        let mut grounds = Grounds::default();
        add_names(node, &mut grounds);
        let data = node.attributes().any(|a| a.name.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("data-")));
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

    /// A link with its content: a banner, a link with words to an ad, or the article's.
    fn link(&mut self, node: NodeRef<'a>, ids: &[NodeId]) -> Nature {
        let Some(destination) = node.destination() else { return self.container(ids, node, None) };
        let url = destination.url();
        let verdict = classify(&url, self.scales.facts);
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
                        && matches!(n.tag(), Tag::Iframe | Tag::Video | Tag::Object | Tag::Embed | Tag::AmpImg | Tag::Script | Tag::Ins)
            })
            .take(8)
            .collect();
        let words = words_of(nodes());
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
            let (grounds, own) = self.scales.banner(node, &url, &verdict, &media);
            let call = is_call_to_action(&words) || is_label(&words);
            let kind = if affiliate && commercial { UnitKind::AffiliateBanner } else { UnitKind::Banner };
            let total = grounds.total();
            let mut seed = Seed::new(node, kind, grounds);
            seed.has_media = true;
            seed.is_call = call;
            seed.words = words.split_whitespace().count() as u32;
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
                let grounds = self.scales.link(node, &url, &verdict);
                return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, grounds));
            }
            return Nature::Content;
        }
        let grounds = self.scales.link(node, &url, &verdict);
        let is_call = is_call_to_action(&words);
        let paid = commercial && is_click(&verdict);
        if !(paid || grounds.has(Signal::Sponsored) && is_call) {
            // a plain link says little, but within a container that is named as an ad it counts
            return Nature::Content;
        }
        // an address that carries its page is worth more than its click
        if !is_call && !node.is_html() || !is_bare_call(&words) && carried(&url, self.scales.facts).is_some() {
            return Nature::Content;
        }
        let kind = if is_call { UnitKind::CallToAction } else { UnitKind::AffiliateBlock };
        let mut seed = Seed::new(node, kind, grounds);
        seed.is_call = is_call;
        seed.words = words.split_whitespace().count() as u32;
        Nature::Text(self.seed(seed))
    }

    /// The pixel, if all that a link shows is pixels.
    fn pixel_alone(&self, media: &[NodeRef<'a>]) -> Option<u32> {
        let mut found = None;
        for node in media {
            match self.nature(node.id) {
                Nature::Ad(seed) if self.seeds.get(seed as usize).is_some_and(|s| s.kind == UnitKind::Pixel) => found = Some(seed),
                _ => return None,
            }
        }
        found
    }

    /// A container by its children; `named` is the element whose names may say that it is an ad.
    fn container(&mut self, ids: &[NodeId], node: NodeRef<'a>, named: Option<NodeRef<'a>>) -> Nature {
        let mut own = Grounds::default();
        if let Some(element) = named {
            add_names(element, &mut own);
        }
        let parts = self.parts(ids, node, own.total(), 0);
        self.nature_of(&parts, node, named, own)
    }

    /// The nature of a container whose children are `parts`.
    fn nature_of(&mut self, parts: &[Part], node: NodeRef<'a>, named: Option<NodeRef<'a>>, mut own: Grounds) -> Nature {
        let (mut ad, mut maybe, mut text, mut content, mut labels, mut marks) = (None, None, None, 0, 0, 0);
        let mut strongest = i16::MIN;
        let (mut texts, mut maybes) = (0, 0);
        for part in parts {
            match part.nature {
                Nature::Ad(seed) => {
                    let total = self.total(seed);
                    if total > strongest {
                        strongest = total;
                        ad = Some(seed);
                    }
                    if part.leaves_rest {
                        content += 1;
                    }
                }
                Nature::Maybe(seed) => {
                    maybes += 1;
                    if maybe.is_none_or(|m| self.total(m) < self.total(seed)) {
                        maybe = Some(seed);
                    }
                }
                Nature::Text(seed) => {
                    texts += 1;
                    text = text.or(Some(seed));
                }
                Nature::Content if self.is_label_node(part.node) => labels += 1,
                Nature::Content => content += 1,
                Nature::Marks => marks += 1,
                Nature::Blank | Nature::Comment | Nature::Empty => {}
            }
        }
        let holds_nothing = ad.is_none() && maybe.is_none() && text.is_none() && content == 0 && labels == 0 && marks == 0;
        if holds_nothing {
            let Some(element) = named else { return Nature::Content };
            if let Some(grounds) = self.slot(element, &[]) {
                return self.weighed(Seed::new(element, UnitKind::Slot, grounds));
            }
            return if self.is_anchor(element) { Nature::Content } else { Nature::Empty };
        }
        if content == 0 {
            if let Some(seed) = ad
                && texts == 0
                && maybes == 0
            {
                // a named place with its script in it
                if let Some(element) = named
                    && own.total() >= 4
                    && let Some(s) = self.seeds.get(seed as usize)
                    && s.kind == UnitKind::Script
                {
                    own.join(&s.grounds);
                    return Nature::Ad(self.seed(Seed::new(element, UnitKind::Slot, own)));
                }
                return Nature::Ad(seed);
            }
            if let Some(seed) = maybe
                && texts == 0
            {
                if ad.is_some() {
                    return Nature::Ad(seed);
                }
                own.add(Signal::Label, if labels > 0 { 4 } else { 0 });
                if let Some(s) = self.seeds.get_mut(seed as usize) {
                    s.grounds.join(&own);
                }
                return if self.total(seed) >= THRESHOLD { Nature::Ad(seed) } else { Nature::Maybe(seed) };
            }
            if let Some(seed) = text
                && maybes == 0
            {
                return self.text_alone(seed, node, labels > 0 || own.total() >= 4, ad);
            }
        }
        // words of an advertiser in a container that says it is an ad
        if let Some(element) = named {
            if labels > 0 {
                own.add(Signal::Label, 4);
            }
            if own.total() >= 4 {
                let named_so = own.clone();
                return match self.is_ad_copy(element, &mut own, ad.or(maybe).or(text)) {
                    Some(true) => self.weighed(Seed::new(element, UnitKind::Container, own)),
                    // an advertiser's words without a link: what stands beside them tells
                    Some(false) if named_so.total() < THRESHOLD => Nature::Maybe(self.seed(Seed::new(element, UnitKind::Container, named_so))),
                    _ => Nature::Content,
                };
            }
            if node.tag() == Tag::Figure
                && let Some(seed) = ad
                && content == 1
                && element.words().split_whitespace().count() <= 15
            {
                return Nature::Ad(seed);
            }
        }
        Nature::Content
    }

    fn total(&self, seed: u32) -> i16 {
        self.seeds.get(seed as usize).map_or(0, |s| s.grounds.total())
    }

    /// A container that holds nothing but links with words to ads (and pixels): an ad where it is a block.
    fn text_alone(&mut self, seed: u32, node: NodeRef<'a>, labelled: bool, ad: Option<u32>) -> Nature {
        let Some(s) = self.seeds.get(seed as usize) else { return Nature::Content };
        let calls = s.is_call || labelled;
        let pixel = ad.and_then(|a| self.seeds.get(a as usize)).is_some_and(|a| a.kind == UnitKind::Pixel);
        let element = node.kind() == Kind::Element;
        let inline = matches!(node.kind(), Kind::Emphasis | Kind::Strong | Kind::Strike)
            || element && !node.tag().is_block() && !matches!(node.tag(), Tag::Center | Tag::Font);
        if inline {
            return Nature::Text(seed);
        }
        if calls || s.has_media {
            return Nature::Ad(seed);
        }
        match node.kind() {
            Kind::Heading | Kind::Item | Kind::List | Kind::Cell => Nature::Content,
            Kind::Paragraph if begins_item(node) => Nature::Content,
            // a name with a pixel is a sentence's object, much text is an ad's
            _ if pixel && s.words <= 10 => Nature::Content,
            _ if element && matches!(node.tag(), Tag::Li | Tag::Td | Tag::Th | Tag::Dd | Tag::Dt) => Nature::Content,
            _ => Nature::Ad(seed),
        }
    }

    /// Whether what an element holds is an advertiser's words: few, and nothing that articles are made of (else `None`), with a link or
    /// an ad among them.
    fn is_ad_copy(&self, element: NodeRef<'a>, own: &mut Grounds, seed: Option<u32>) -> Option<bool> {
        let mut links = 0;
        let words = element.words();
        if words.split_whitespace().count() > AD_COPY || words.chars().count() > 400 {
            return None;
        }
        for n in element.descendants() {
            match n.kind() {
                Kind::Heading | Kind::CodeBlock | Kind::Code | Kind::Table | Kind::Protected | Kind::Footnote => return None,
                Kind::Link => {
                    let Some(d) = n.destination() else { continue };
                    let url = d.url();
                    let verdict = classify(&url, self.scales.facts);
                    if is_allowed(&verdict) {
                        return None;
                    }
                    let grounds = self.scales.link(n, &url, &verdict);
                    links += 1;
                    if grounds.total() > 0 {
                        own.join(&grounds);
                    }
                    if is_call_to_action(&n.words()) {
                        own.add(Signal::CallToAction, 3);
                    }
                }
                Kind::Image => links += 1,
                _ => {}
            }
        }
        if let Some(s) = seed.and_then(|s| self.seeds.get(s as usize)) {
            own.join(&s.grounds);
        }
        Some((links > 0 || seed.is_some()) && own.total() >= THRESHOLD)
    }

    /// Whether a node is nothing but a label.
    pub fn is_label_node(&self, id: NodeId) -> bool {
        let node = self.document.node(id);
        if node.span().len() > LONGEST_LABEL * 3 || matches!(node.kind(), Kind::CodeBlock | Kind::Code | Kind::Protected | Kind::Image | Kind::Heading) {
            return false;
        }
        match node.kind() {
            Kind::Text => is_label(&node.text()),
            Kind::Paragraph | Kind::Emphasis | Kind::Strong | Kind::Element => {
                if node.descendants().any(|n| matches!(n.kind(), Kind::Image | Kind::Link | Kind::Code | Kind::Protected)) {
                    return false;
                }
                is_label(&node.words())
            }
            Kind::Link => node.node().next > node.id.0 + 1 && is_label(&node.words()),
            _ => false,
        }
    }

    /// Whether links lead to an element: it stays though it shows nothing.
    fn is_anchor(&self, node: NodeRef<'_>) -> bool {
        let named = |name: &str| node.attribute(name).is_some_and(|a| !a.value.is_empty());
        if node.tag() == Tag::A {
            return named("name") || named("id");
        }
        node.attribute("id").is_some_and(|a| self.scales.page.is_anchor(a.value))
    }

    /// The children as parts, with what neighbours tell of each other counted.
    pub fn parts(&mut self, ids: &[NodeId], parent: NodeRef<'a>, context: i16, depth: u32) -> Vec<Part> {
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

    /// An element that begins at sibling `at` and ends in another one.
    fn joined_part(&mut self, ids: &[NodeId], at: usize, depth: u32) -> Option<Part> {
        let &id = ids.get(at)?;
        let node = self.document.node(id);
        let start = self.open_start(node)?;
        let Some(end) = start.partner() else { return self.part_to_end_tag_in_code(ids, at, start) };
        if depth >= JOINED_DEPTH || end.id <= start.id {
            return None;
        }
        let last = ids.partition_point(|i| *i <= end.id).checked_sub(1)?;
        if last <= at {
            return None;
        }
        let &last_id = ids.get(last)?;
        let span = Span::new(start.span().start, end.span().end);
        let known = self.joined.get(&start.id.0).copied();
        if start.id == id && end.id == last_id {
            let inner = ids.get(at + 1..last)?;
            let nature = known.unwrap_or_else(|| self.joined_element(start, inner, depth));
            self.joined.insert(start.id.0, nature);
            return match nature {
                Nature::Ad(_) | Nature::Maybe(_) | Nature::Text(_) | Nature::Empty => {
                    Some(Part { from: at, to: last + 1, node: id, span, nature, leaves_rest: false })
                }
                _ => None,
            };
        }
        // a link that begins one paragraph and ends in a later one
        let nature = known.unwrap_or_else(|| self.open_link(start, end, ids.get(at..=last).unwrap_or(&[])));
        self.joined.insert(start.id.0, nature);
        let Nature::Ad(_) = nature else { return None };
        let last_node = self.document.node(last_id);
        let rest = Span::new(span.end, last_node.span().end.max(span.end));
        let leaves_rest = !self.document.slice(rest).trim().is_empty();
        Some(Part { from: at, to: last + 1, node: id, span, nature, leaves_rest })
    }

    /// A link to an ad whose end tag reads as indented code, because a blank line and a tab stand in its words.
    fn part_to_end_tag_in_code(&mut self, ids: &[NodeId], at: usize, start: NodeRef<'a>) -> Option<Part> {
        if start.kind() != Kind::Link {
            return None;
        }
        for (index, &id) in ids.iter().enumerate().skip(at + 1).take(6) {
            let node = self.document.node(id);
            if node.kind() == Kind::CodeBlock && !node.has(Flags::FENCED) {
                let Some(end) = node.source().find("</a>") else { continue };
                let span = Span::new(start.span().start, node.span().start + end + 4);
                let known = self.joined.get(&start.id.0).copied();
                let siblings = ids.get(at..index)?;
                let nature = known.unwrap_or_else(|| self.open_link_over(start, span, siblings));
                self.joined.insert(start.id.0, nature);
                let rest = Span::new(span.end, node.span().end.max(span.end));
                let leaves_rest = !self.document.slice(rest).trim().is_empty();
                return match nature {
                    Nature::Ad(_) if !leaves_rest => {
                        Some(Part { from: at, to: index + 1, node: *ids.get(at)?, span, nature, leaves_rest })
                    }
                    _ => None,
                };
            }
            if !matches!(node.kind(), Kind::Paragraph | Kind::List | Kind::Text) {
                return None;
            }
        }
        None
    }

    /// The unclosed start tag that `node` is, or begins with.
    fn open_start(&self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        if node.has(Flags::UNCLOSED) {
            return Some(node);
        }
        if node.kind() != Kind::Paragraph {
            return None;
        }
        let first = node.children().next()?;
        (first.has(Flags::UNCLOSED) && first.kind() == Kind::Link).then_some(first)
    }

    fn joined_element(&mut self, start: NodeRef<'a>, inner: &[NodeId], depth: u32) -> Nature {
        if start.kind() == Kind::Link {
            return match self.link(start, inner) {
                Nature::Text(seed) => Nature::Ad(seed),
                other => other,
            };
        }
        let mut own = Grounds::default();
        add_names(start, &mut own);
        let parts = self.parts(inner, start, own.total(), depth + 1);
        match self.nature_of(&parts, start, Some(start), own) {
            Nature::Content => Nature::Content,
            other => other,
        }
    }

    fn open_link(&mut self, start: NodeRef<'a>, end: NodeRef<'a>, siblings: &[NodeId]) -> Nature {
        self.open_link_over(start, Span::new(start.span().start, end.span().end), siblings)
    }

    fn open_link_over(&mut self, start: NodeRef<'a>, span: Span, siblings: &[NodeId]) -> Nature {
        if span.len() > LONGEST_OPEN_AD {
            return Nature::Content;
        }
        let other = siblings.iter().any(|id| {
            matches!(self.document.node(*id).kind(), Kind::Heading | Kind::CodeBlock | Kind::Table | Kind::Footnote)
        });
        let Some(d) = start.destination() else { return Nature::Content };
        let url = d.url();
        let verdict = classify(&url, self.scales.facts);
        if other || is_allowed(&verdict) || !verdict.is_commercial() || !is_click(&verdict) {
            return Nature::Content;
        }
        let grounds = self.scales.link(start, &url, &verdict);
        self.weighed(Seed::new(start, UnitKind::AffiliateBlock, grounds))
    }

    /// The grounds of an unclosed link that begins its line, if it leads to an ad.
    pub fn open_ad_at(&self, start: NodeRef<'a>) -> Option<Grounds> {
        let line = self.document.line_at(start.span().start);
        let before = self.document.slice(Span::new(line.start, start.span().start));
        if !before.trim_matches([' ', '\t', '>']).is_empty() {
            return None;
        }
        let url = start.destination()?.url();
        let verdict = classify(&url, self.scales.facts);
        if is_allowed(&verdict) || !verdict.is_commercial() || !is_click(&verdict) {
            return None;
        }
        let grounds = self.scales.link(start, &url, &verdict);
        (grounds.total() >= THRESHOLD).then_some(grounds)
    }

    /// Counts labels, marker comments, paired pixels beside what may be an ad.
    fn weigh_neighbours(&mut self, parts: &mut [Part], parent: NodeRef<'a>, context: i16) {
        for at in 0..parts.len() {
            match parts[at].nature {
                Nature::Maybe(seed) => {
                    let more = self.beside(parts, at, seed, context);
                    if more.total() > 0
                        && let Some(s) = self.seeds.get_mut(seed as usize)
                    {
                        s.grounds.join(&more);
                        if s.grounds.total() >= THRESHOLD {
                            self.promote(&mut parts[at], seed);
                        }
                    }
                }
                Nature::Text(seed) if self.stands_alone(parts, at, parent) => self.promote(&mut parts[at], seed),
                _ => {}
            }
        }
    }

    fn promote(&mut self, part: &mut Part, seed: u32) {
        part.nature = Nature::Ad(seed);
        if part.to == part.from + 1 {
            if let Some(slot) = self.natures.get_mut(part.node.index()) {
                *slot = part.nature;
            }
        } else {
            self.joined.insert(part.node.0, part.nature);
        }
    }

    /// What stands beside part `at` and speaks for an ad.
    fn beside(&self, parts: &[Part], at: usize, seed: u32, context: i16) -> Grounds {
        let mut more = Grounds::default();
        let near = |range: &mut dyn Iterator<Item = usize>| -> Option<usize> {
            range.filter(|&i| parts.get(i).is_some_and(|p| !matches!(p.nature, Nature::Blank | Nature::Empty))).next()
        };
        let before = near(&mut (0..at).rev());
        let after = near(&mut (at + 1..parts.len()));
        if context >= 4 {
            more.add(Signal::Token, context.min(5));
        }
        for i in before.into_iter().chain(after) {
            let Some(part) = parts.get(i) else { continue };
            match part.nature {
                Nature::Content if Some(i) == before && self.is_label_node(part.node) => more.add(Signal::Label, 4),
                Nature::Comment if comment_weight(self.document.node(part.node).source()) >= 4 => {
                    if !more.has(Signal::Marker) {
                        more.add(Signal::Marker, 4);
                    }
                }
                Nature::Ad(other) => {
                    let pixel = self.seeds.get(other as usize).is_some_and(|s| s.kind == UnitKind::Pixel);
                    if pixel {
                        let pair = self.pair(seed, other);
                        more.add(Signal::Pair, if pair >= 1 { 6 } else { 3 });
                    } else {
                        more.add(Signal::Marker, 2);
                    }
                }
                _ => {}
            }
        }
        more
    }

    /// How many ids the addresses of two seeds share.
    fn pair(&self, one: u32, other: u32) -> usize {
        let url = |seed: u32| {
            let s = self.seeds.get(seed as usize)?;
            Some(self.document.node(s.node).destination()?.url().into_owned())
        };
        match (url(one), url(other)) {
            (Some(a), Some(b)) => shared_ids(&a, &b),
            _ => 0,
        }
    }

    /// Whether a link with words fills its lines, and is not a sentence's beginning.
    fn stands_alone(&self, parts: &[Part], at: usize, parent: NodeRef<'a>) -> bool {
        let Some(part) = parts.get(at) else { return false };
        let Nature::Text(seed) = part.nature else { return false };
        let Some(s) = self.seeds.get(seed as usize) else { return false };
        let node = self.document.node(part.node);
        if !node.is_html() {
            return false;
        }
        // in a paragraph: at its beginning, or behind a sentence's end; in HTML: anywhere
        let text = self.document.text;
        if parent.kind() == Kind::Paragraph {
            let first = parts.iter().take(at).all(|p| matches!(p.nature, Nature::Blank | Nature::Ad(_) | Nature::Comment | Nature::Empty));
            let above = text.get(parent.span().start..part.span.start).unwrap_or("").trim_end();
            let closed = above.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：', ')', '>', '”', '」']) || begins_item(parent);
            if !first && !s.has_media && !closed {
                return false;
            }
        } else if !matches!(parent.kind(), Kind::Root | Kind::Quote | Kind::Item) {
            return false;
        }
        let line = self.document.line_at(part.span.start);
        let before = text.get(line.start..part.span.start).unwrap_or("x");
        if !before.trim_matches([' ', '\t', '>']).is_empty() {
            return false;
        }
        let mut end = part.span.end;
        for p in parts.iter().skip(at + 1) {
            if matches!(p.nature, Nature::Ad(_)) {
                end = p.span.end;
            } else if !matches!(p.nature, Nature::Blank | Nature::Comment) || self.document.slice(p.span).contains('\n') {
                break;
            }
        }
        let line = self.document.line_at(end);
        let after = text.get(end..line.end).unwrap_or("x");
        if !after.trim().is_empty() {
            return false;
        }
        let pixel = parts.iter().any(|p| matches!(p.nature, Nature::Ad(i) if self.seeds.get(i as usize).is_some_and(|s| s.kind == UnitKind::Pixel)));
        if s.has_media || s.is_call {
            return true;
        }
        if parent.kind() == Kind::Item && parts.len() == 1 || pixel && s.words <= 10 {
            return false;
        }
        let next = text.get(line.end..).unwrap_or("").trim_start_matches(['\r', '\n', ' ', '>']).chars().next();
        let blank_follows = text.get(line.end..).unwrap_or("").trim_start_matches('\r').strip_prefix('\n').is_none_or(|t| {
            let l = t.split('\n').next().unwrap_or("");
            l.trim_matches([' ', '\t', '>', '\r']).is_empty()
        });
        blank_follows || next.is_none_or(|c| !c.is_lowercase())
    }

    /// Two comments that begin and end an ad of which nothing is left.
    fn mark_empty_markers(&mut self, parts: &mut [Part]) {
        let mut open: Option<usize> = None;
        for at in 0..parts.len() {
            match parts[at].nature {
                Nature::Comment => {
                    let source = self.document.node(parts[at].node).source();
                    let words = comment_words(source);
                    if let Some(first) = open
                        && is_end(&words)
                        && comment_weight(source) >= 4
                    {
                        for i in [first, at] {
                            let node = self.document.node(parts[i].node);
                            let nature = self.ad(node, UnitKind::Markers, Signal::Marker, 8);
                            let Nature::Ad(seed) = nature else { continue };
                            self.promote(&mut parts[i], seed);
                        }
                        open = None;
                    } else {
                        open = (is_begin(&words) && comment_weight(source) >= 4).then_some(at);
                    }
                }
                Nature::Blank | Nature::Empty => {}
                _ => open = None,
            }
        }
    }
}

/// Whether a paragraph is a list item's: what follows in lines without indent is none of it for a reader.
fn begins_item(paragraph: NodeRef<'_>) -> bool {
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
    for n in nodes {
        if n.id.0 < skip {
            continue;
        }
        let piece = match n.kind() {
            Kind::Text if !n.has(Flags::RAW) => n.text(),
            Kind::Code => n.source().trim_matches('`').into(),
            Kind::SoftBreak | Kind::HardBreak => " ".into(),
            Kind::Image => {
                skip = n.node().next;
                continue;
            }
            _ => continue,
        };
        for word in piece.split_inclusive(char::is_whitespace) {
            if word.trim().is_empty() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            } else {
                out.push_str(word.trim_end());
                if word.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
            }
        }
    }
    out.trim().to_owned()
}

/// The words of a comment in lower case.
pub(crate) fn comment_words(source: &str) -> Vec<String> {
    comment_text(source)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

pub(crate) fn comment_text(source: &str) -> &str {
    source.trim_start_matches("<!--").trim_end_matches("-->").trim()
}

/// How much a comment speaks of advertising, 0 to 6.
pub(crate) fn comment_weight(source: &str) -> i16 {
    let text = comment_text(source);
    if text.len() > 120 || text.is_empty() {
        return 0;
    }
    // the path of a unit: /21709104563/article_mid
    if text.strip_prefix('/').is_some_and(|t| t.bytes().take_while(u8::is_ascii_digit).count() >= 5) {
        return 6;
    }
    let joined = text.replace(' ', "-");
    token_weight(&joined).max(if is_label(text) { 5 } else { 0 })
}

pub(crate) fn is_begin(words: &[String]) -> bool {
    words.iter().any(|w| matches!(w.as_str(), "begin" | "begins" | "start" | "starts" | "open" | "beginn" | "anfang" | "début" | "inicio" | "inizio" | "início" | "начало" | "开始" | "開始" | "ここから" | "시작"))
}

pub(crate) fn is_end(words: &[String]) -> bool {
    words.iter().any(|w| matches!(w.as_str(), "end" | "ends" | "stop" | "close" | "ende" | "fin" | "fine" | "fim" | "конец" | "结束" | "終了" | "ここまで" | "끝"))
}
