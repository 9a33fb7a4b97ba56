//! What an HTML element is that is no link: a script, a frame, an empty place, a container. Owns choosing how it is weighed;
//! the weights are `script`'s, `seed`'s and `containers`'.

use super::UnitKind;
use super::attributes::{ad_size, add_names};
use super::containers::LEAST_NAMES;
use super::joined::LONGEST_OPEN_AD;
use super::judge::{Judge, Nature};
use super::names::{PRODUCT_BOX, is_counter};
use super::script::{Does, script_grounds};
use super::seed::{Seed, is_click};
use super::signal::{Grounds, Signal};
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeId, NodeRef};
use std::ops::Range;

/// The most letters and digits of a box round a product.
const MOST_OF_BOX: usize = 1500;
/// The most characters round a count of readers.
const MOST_OF_COUNT: usize = 60;

impl<'a> Judge<'a> {
    /// An HTML element that is no link.
    pub(super) fn element(&mut self, node: NodeRef<'a>) -> Nature {
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
                if let Some(nature) = self.handler(node) {
                    return nature;
                }
                if node.tag() == Span && self.is_count_of_readers(node) {
                    return self.ad(node, UnitKind::Counter, Signal::Token, 10);
                }
                let mut names = Grounds::default();
                add_names(node, &mut names);
                if self.is_product_box(&names, &(node.id.0..node.node().next)) {
                    return self.weighed(Seed::new(node, UnitKind::AffiliateBlock, names));
                }
                if names.total() < LEAST_NAMES && self.holds_words_alone(node) {
                    return Nature::Content;
                }
                let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
                self.named_container(&ids, node, names)
            }
        }
    }

    /// Whether an element shows a count of readers, with a few words round it.
    fn is_count_of_readers(&self, element: NodeRef<'a>) -> bool {
        element.attribute("id").is_some_and(|id| is_counter(id.value))
            && element.words().chars().count() <= MOST_OF_COUNT
            && element.descendants().all(|n| matches!(n.kind(), Kind::Text | Kind::Element))
    }

    /// Whether the element of `names`, whose nodes are given, is the box that a plug-in draws round a product: its class says so, and a link
    /// stands in it.
    pub(super) fn is_product_box(&self, names: &Grounds, nodes: &Range<u32>) -> bool {
        if !names.signals().contains(&(Signal::Token, PRODUCT_BOX)) {
            return false;
        }
        let (mut links, mut words) = (0, 0);
        for node in self.nodes_in(nodes) {
            match node.kind() {
                Kind::Link if self.scales.address(node).is_some_and(|url| url.is_allowed()) => return false,
                Kind::Link => links += 1,
                Kind::CodeBlock | Kind::Protected | Kind::Footnote => return false,
                Kind::Text => words += node.source().chars().filter(|c| c.is_alphanumeric()).count(),
                _ => {}
            }
        }
        links > 0 && words <= MOST_OF_BOX
    }

    /// Whether words of the article stand right in an element, no label among them, and nothing that may be an ad's.
    fn holds_words_alone(&self, element: NodeRef<'a>) -> bool {
        let mut words = false;
        !self.is_wanted(element.id.index())
            && element.children().all(|child| match self.nature(child.id) {
                Nature::Content => {
                    words = true;
                    !self.is_label_node(child.id)
                }
                _ => true,
            })
            && words
    }

    /// A start tag that nothing closes in its container. With a partner elsewhere it is judged beside it.
    fn lone_start_tag(&mut self, node: NodeRef<'a>) -> Nature {
        if node.partner().is_some() {
            return Nature::Content;
        }
        if node.kind() == Kind::Link
            && let Some(url) = self.scales.address(node)
        {
            if is_click(url.role()) && url.is_commercial() && !url.is_allowed() && !self.has_stray_end(node) {
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
        (start.id.0 + 1..self.document.parsed.tree.nodes.len() as u32)
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
        let mut names = Grounds::default();
        add_names(node, &mut names);
        self.slot_of(node, names)
    }

    /// The grounds of an element that holds nothing as a placeholder; `grounds` are those of its names.
    pub(super) fn slot_of(&self, node: NodeRef<'a>, mut grounds: Grounds) -> Option<Grounds> {
        let is_data = |name: &[u8]| name.get(..5).is_some_and(|p| p.eq_ignore_ascii_case(b"data-"));
        if node.tag() == Tag::Ins && node.attribute_names().any(|(name, _)| is_data(name)) {
            grounds.add(Signal::Attribute, 5);
        }
        // `<div class="yn-bnr" id="ynpos-13210">`: a place with a number
        let is_numbered = |id: &str| id.bytes().rev().take_while(u8::is_ascii_digit).count() >= 3;
        if grounds.total() > 0 && node.attribute("id").is_some_and(|id| is_numbered(id.value)) {
            grounds.add(Signal::Ids, 2);
        }
        let size = ad_size(node);
        if grounds.total() <= 0 && size == 0 {
            return None;
        }
        grounds.add(Signal::AdSize, size);
        grounds.add(Signal::Empty, 2);
        Some(grounds)
    }

    /// Whether links lead to an element: it stays though it shows nothing.
    pub(super) fn is_anchor(&self, node: NodeRef<'_>) -> bool {
        let named = |name: &str| node.attribute(name).is_some_and(|a| !a.value.is_empty());
        if node.tag() == Tag::A {
            return named("name") || named("id");
        }
        node.attribute("id").is_some_and(|a| self.scales.page.is_anchor(a.value))
    }
}
