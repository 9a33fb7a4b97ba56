//! What a container is by what it holds: all ad, named or labelled as one with an advertiser's words, an empty place, or the
//! article's. Owns adding up children; must not look at neighbours.

use super::UnitKind;
use super::judge::{Judge, Nature, Part, begins_item};
use super::lexicon::{announces, is_call_to_action, names_sponsors};
use super::seed::Seed;
use super::signal::{Grounds, Signal, THRESHOLD};
use crate::document::html::Tag;
use crate::document::{Kind, NodeId, NodeRef};

/// How much the names and labels of an element must say, so that an advertiser's words in it are looked for.
pub(super) const LEAST_NAMES: i16 = 4;
/// Words of prose that a container may hold that is named or labelled as an ad.
const AD_COPY: usize = 40;
/// What a label in a container says for an ad.
const LABELLED: i16 = 4;
/// Words of the caption of an ad.
const CAPTION: usize = 15;

/// What the children of a container are.
#[derive(Default)]
struct Tally {
    /// The strongest ad.
    ad: Option<u32>,
    /// The strongest of what may be an ad.
    maybe: Option<u32>,
    /// The first link with words to an ad.
    text: Option<u32>,
    maybes: usize,
    texts: usize,
    /// How many are the article's, or leave something of it behind their end.
    content: usize,
    labels: usize,
    marks: usize,
}

impl Tally {
    fn holds_nothing(&self) -> bool {
        let speaks = self.ad.or(self.maybe).or(self.text).is_some();
        !speaks && self.content + self.labels + self.marks == 0
    }
}

impl<'a> Judge<'a> {
    /// A container without a name, by its children.
    pub(super) fn container(&mut self, ids: &[NodeId], node: NodeRef<'a>) -> Nature {
        let parts = self.parts(ids, node, 0, 0);
        self.nature_of(&parts, node, None, Grounds::default())
    }

    /// An element by its children; `names` is what its names say.
    pub(super) fn named_container(&mut self, ids: &[NodeId], node: NodeRef<'a>, names: Grounds) -> Nature {
        let parts = self.parts(ids, node, names.total(), 0);
        self.nature_of(&parts, node, Some(node), names)
    }

    /// The nature of a container whose children are `parts`; `own` is what its names say, where it is an element (`named`).
    pub(super) fn nature_of(
        &mut self,
        parts: &[Part],
        node: NodeRef<'a>,
        named: Option<NodeRef<'a>>,
        mut own: Grounds,
    ) -> Nature {
        let Some(tally) = self.tally(parts, named.is_some()) else { return Nature::Content };
        if tally.holds_nothing() {
            return named.map_or(Nature::Content, |element| self.empty_place(element, own));
        }
        if tally.content == 0
            && let Some(nature) = self.ads_alone(&tally, node, named, &mut own)
        {
            return nature;
        }
        named.map_or(Nature::Content, |element| self.says_so(&tally, parts, element, own))
    }

    /// The children of a container, counted; `None` where they are the article's.
    fn tally(&self, parts: &[Part], is_named: bool) -> Option<Tally> {
        // prose: whether one of its parts is a label says nothing where nothing else speaks for an ad
        let speaks = |p: &Part| matches!(p.nature, Nature::Ad(_) | Nature::Maybe(_) | Nature::Text(_));
        if !is_named && parts.iter().any(|p| p.nature == Nature::Content) && !parts.iter().any(speaks) {
            return None;
        }
        let mut tally = Tally::default();
        let stronger = |than: Option<u32>, seed: u32| than.is_none_or(|t| self.total(t) < self.total(seed));
        for part in parts {
            match part.nature {
                Nature::Ad(seed) => {
                    if stronger(tally.ad, seed) {
                        tally.ad = Some(seed);
                    }
                    tally.content += usize::from(part.leaves_rest);
                }
                Nature::Maybe(_) if is_named && self.is_label_node(part.node) => tally.labels += 1,
                Nature::Maybe(seed) => {
                    tally.maybes += 1;
                    if stronger(tally.maybe, seed) {
                        tally.maybe = Some(seed);
                    }
                }
                Nature::Text(seed) => {
                    tally.texts += 1;
                    tally.text = tally.text.or(Some(seed));
                }
                Nature::Content if self.is_label_node(part.node) => tally.labels += 1,
                // words beside it: only of what has a name is more asked
                Nature::Content if !is_named => return None,
                Nature::Content => tally.content += 1,
                Nature::Marks => tally.marks += 1,
                Nature::Blank | Nature::Comment | Nature::Empty => {}
            }
        }
        Some(tally)
    }

    /// An element with nothing in it: a place that its names say is one for ads, an anchor, or nothing.
    fn empty_place(&mut self, element: NodeRef<'a>, own: Grounds) -> Nature {
        // `<a name="sponsors"></a>`: a place that links lead to is named as its section
        if element.tag() == Tag::A && element.attribute("href").is_none() && self.is_anchor(element) {
            return Nature::Content;
        }
        if let Some(grounds) = self.slot_of(element, own) {
            return self.weighed(Seed::new(element, UnitKind::Slot, grounds));
        }
        if self.is_anchor(element) { Nature::Content } else { Nature::Empty }
    }

    /// A container of ads, of what may be ads and of links to them, of one of these alone.
    fn ads_alone(
        &mut self,
        tally: &Tally,
        node: NodeRef<'a>,
        named: Option<NodeRef<'a>>,
        own: &mut Grounds,
    ) -> Option<Nature> {
        if let Some(seed) = tally.ad
            && tally.texts == 0
            && tally.maybes == 0
        {
            // a named place with its script in it
            if let Some(element) = named
                && own.total() >= LEAST_NAMES
                && let Some(s) = self.seeds.get(seed as usize)
                && s.kind == UnitKind::Script
            {
                own.join(&s.grounds);
                return Some(Nature::Ad(self.seed(Seed::new(element, UnitKind::Slot, own.clone()))));
            }
            return Some(Nature::Ad(seed));
        }
        if let Some(seed) = tally.maybe
            && tally.texts == 0
        {
            own.add(Signal::Label, if tally.labels > 0 { LABELLED } else { 0 });
            if let Some(s) = self.seeds.get_mut(seed as usize) {
                s.grounds.join(own);
            }
            return Some(match tally.ad {
                _ if self.total(seed) >= THRESHOLD => Nature::Ad(seed),
                // the ad goes, what stands beside it is the article's
                Some(_) => Nature::Content,
                None => Nature::Maybe(seed),
            });
        }
        let seed = tally.text.filter(|_| tally.maybes == 0)?;
        let is_labelled = tally.labels > 0 || own.total() >= LEAST_NAMES;
        Some(self.text_alone(seed, node, is_labelled, tally.ad))
    }

    /// Words of an advertiser in an element that says it is an ad; else a figure round one.
    fn says_so(&mut self, tally: &Tally, parts: &[Part], element: NodeRef<'a>, mut own: Grounds) -> Nature {
        let labelled = if tally.labels > 0 { LABELLED } else { 0 };
        if labelled > 0 {
            own.add(Signal::Label, labelled);
        }
        if own.total() < LEAST_NAMES {
            return match tally.ad.filter(|_| tally.content == 1 && tally.maybes == 0) {
                Some(seed)
                    if element.tag() == Tag::Figure
                        && !self.holds_picture(parts)
                        && element.words().split_whitespace().count() <= CAPTION =>
                {
                    Nature::Ad(seed)
                }
                _ => Nature::Content,
            };
        }
        // the article's own words, and a labelled ad among them
        let says_so = own.total() >= LEAST_NAMES + labelled;
        if !says_so && (element.tag() == Tag::Details || self.holds_prose(parts)) || thanks_sponsors(element)
        {
            return Nature::Content;
        }
        let named_so = own.clone();
        match self.is_ad_copy(element, &mut own, tally.ad.or(tally.maybe).or(tally.text)) {
            Some(true) => self.weighed(Seed::new(element, UnitKind::Container, own)),
            // an advertiser's words without a link: what stands beside them tells
            Some(false) if named_so.total() < THRESHOLD && !self.holds_paragraph(parts) => {
                Nature::Maybe(self.seed(Seed::new(element, UnitKind::Container, named_so)))
            }
            _ => Nature::Content,
        }
    }

    pub(super) fn total(&self, seed: u32) -> i16 {
        self.seeds.get(seed as usize).map_or(0, |s| s.grounds.total())
    }

    /// A container that holds nothing but links with words to ads (and pixels): an ad where it is a block.
    pub(super) fn text_alone(
        &mut self,
        seed: u32,
        node: NodeRef<'a>,
        labelled: bool,
        ad: Option<u32>,
    ) -> Nature {
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
            _ if element && matches!(node.tag(), Tag::Li | Tag::Td | Tag::Th | Tag::Dd | Tag::Dt) => {
                Nature::Content
            }
            _ if s.words <= MOST_WORDS_OF_TITLE && (is_announced(node) || is_in_list_below_heading(node)) => {
                Nature::Content
            }
            _ => Nature::Ad(seed),
        }
    }

    /// Whether a part that is the article's is a picture or holds one: what stands beside an ad is no caption then.
    fn holds_picture(&self, parts: &[Part]) -> bool {
        let is_picture = |n: NodeRef<'_>| n.kind() == Kind::Image || n.tag() == Tag::Img;
        parts.iter().filter(|part| part.nature == Nature::Content).any(|part| {
            let node = self.document.node(part.node);
            is_picture(node) || node.descendants().any(is_picture)
        })
    }

    /// Whether one of the parts is a block of its own with a sentence and no link: an advertiser's words stand in the named element itself.
    fn holds_paragraph(&self, parts: &[Part]) -> bool {
        let blocks = parts.iter().filter(|part| part.nature == Nature::Content);
        blocks
            .map(|part| self.document.node(part.node))
            .any(|node| (node.kind() == Kind::Paragraph || node.tag().is_block()) && is_sentence(node))
    }

    /// Whether a sentence stands above the label of an ad, or one without a link anywhere beside it.
    fn holds_prose(&self, parts: &[Part]) -> bool {
        let is_label = |part: &Part| part.nature == Nature::Content && self.is_label_node(part.node);
        let is_prose = |part: &&Part| {
            let node = self.document.node(part.node);
            part.nature == Nature::Content && !is_label(part) && is_sentence(node)
        };
        parts.iter().take_while(|part| !is_label(part)).any(|part| part.nature == Nature::Content)
            || parts.iter().any(|part| is_prose(&part))
    }

    /// Whether what an element holds is an advertiser's words: few, and nothing that articles are made of (else `None`), with a link or
    /// an ad among them.
    fn is_ad_copy(&self, element: NodeRef<'a>, own: &mut Grounds, seed: Option<u32>) -> Option<bool> {
        let mut links = 0;
        // an address of the own site sells nothing, where no name says that it does
        let named = own.total() >= THRESHOLD;
        let words = element.words();
        if words.split_whitespace().count() > AD_COPY || words.chars().count() > 400 {
            return None;
        }
        for n in element.descendants() {
            match n.kind() {
                Kind::Heading
                | Kind::CodeBlock
                | Kind::Code
                | Kind::Table
                | Kind::Protected
                | Kind::Footnote => return None,
                Kind::Link => {
                    let Some(url) = self.scales.address(n) else { continue };
                    if url.is_allowed() {
                        return None;
                    }
                    let grounds = self.scales.link(n, url);
                    if !named && grounds.total() <= 0 && url.view().host.is_empty() {
                        continue;
                    }
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
}

/// Whether a block is a sentence without a link or a picture in it.
fn is_sentence(block: NodeRef<'_>) -> bool {
    let words = block.words();
    let words = words.trim_end();
    words.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        && (words.split_whitespace().count() >= SENTENCE
            || !words.is_ascii() && words.chars().count() >= SENTENCE * 3)
        && block.descendants().all(|n| !matches!(n.kind(), Kind::Link | Kind::Image))
}

/// The fewest words of a sentence.
const SENTENCE: usize = 5;

/// So many words has the title of a book at the most that a sentence announces.
const MOST_WORDS_OF_TITLE: u32 = 12;

/// How long what announces something is at the most, in bytes: of more the end is told by its source.
const ANNOUNCEMENT: usize = 400;
/// How many links of a list below a heading are passed on the way up to it.
const LONGEST_LIST: usize = 8;

/// Whether a block that is a link alone is one of several right below a heading: a list that the heading names.
fn is_in_list_below_heading(block: NodeRef<'_>) -> bool {
    let shows = |n: &NodeRef<'_>| !n.source().trim().is_empty();
    let is_link_alone = |n: &NodeRef<'_>| {
        let link = n.descendants().take(4).find(|n| n.kind() == Kind::Link);
        link.is_some_and(|link| {
            let document = link.document;
            let mut beside = (n.id.0 + 1..link.id.0).chain(link.node().next..n.node().next);
            // of a sentence the first word tells
            beside.all(|id| {
                let node = document.node(NodeId(id));
                node.kind() != Kind::Text || node.source().trim().is_empty()
            })
        })
    };
    let above = std::iter::successors(block.previous_sibling(), |n| n.previous_sibling()).filter(shows);
    let mut passed = 0;
    let heading = above.take(LONGEST_LIST).find(|n| {
        let is_one = is_link_alone(n);
        passed += usize::from(is_one);
        !is_one
    });
    let next = std::iter::successors(block.next_sibling(), |n| n.next_sibling()).find(shows);
    heading.is_some_and(|n| n.kind() == Kind::Heading)
        && (passed > 0 || next.is_some_and(|n| is_link_alone(&n)))
}

/// Whether a block stands right below a heading that names a project's sponsors: what the article says of them.
fn thanks_sponsors(block: NodeRef<'_>) -> bool {
    let shows = |n: &NodeRef<'_>| n.kind() != Kind::Comment && !n.source().trim().is_empty();
    let above = std::iter::successors(block.previous_sibling(), |n| n.previous_sibling()).take(6).find(shows);
    above.filter(|n| n.kind() == Kind::Heading).is_some_and(|heading| names_sponsors(&heading.words()))
}

/// Whether the sentence above a block says that something follows.
fn is_announced(block: NodeRef<'_>) -> bool {
    let shows = |n: &NodeRef<'_>| !n.source().trim().is_empty();
    let above = std::iter::successors(block.previous_sibling(), |n| n.previous_sibling()).take(4).find(shows);
    above.filter(|n| matches!(n.kind(), Kind::Paragraph | Kind::Text | Kind::Element)).is_some_and(|n| {
        let words = if n.span().len() <= ANNOUNCEMENT { n.words() } else { n.source().into() };
        announces(&words)
    })
}
