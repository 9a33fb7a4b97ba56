//! [`Judge`]: what each node is, from the leaves up: an ad, part of one, or the article's. Owns how evidence of neighbours and
//! containers adds up; must not say what is removed (`units` does).

use super::UnitKind;
use super::comments::Remark;
use super::labels::text_nature;
use super::seed::{Scales, Seed};
use super::signal::{Grounds, Signal, THRESHOLD};
use crate::document::tree::Node;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::hash::Quick;
use crate::span::Span;
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
pub(super) mod note {
    /// Among its children is one that its siblings, or it by its siblings, are told by: the children are judged together.
    pub const WANTED: u8 = 1;
    /// It or something below it is so.
    pub const HOLDS: u8 = 2;
    /// What stands before it spoke for an ad.
    pub const TOLD_BEFORE: u8 = 4;
    /// What stands behind it did.
    pub const TOLD_BEHIND: u8 = 8;
    /// The names of what it stands in did.
    pub const NAMED_AROUND: u8 = 16;
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

    /// Judges what tells something and all that it stands in, the last node first, so that what a node holds is known before it.
    /// Text is judged where somebody asks; what holds nothing that may be an ad's is the article's.
    pub(super) fn run(&mut self) {
        // those round what was judged last, the innermost last
        let mut round: Vec<NodeId> = Vec::new();
        for &id in self.scales.addresses.telling.iter().rev() {
            while let Some(outer) = round.pop_if(|outer| *outer > id) {
                self.judge_and_tell(outer, &mut round);
            }
            if round.last() == Some(&id) {
                round.pop();
            }
            self.judge_and_tell(id, &mut round);
        }
        while let Some(outer) = round.pop() {
            self.judge_and_tell(outer, &mut round);
        }
    }

    /// Judges a node and notes at its parent what that tells; a parent with notes is to be judged too.
    fn judge_and_tell(&mut self, id: NodeId, round: &mut Vec<NodeId>) {
        let nodes = &self.document.parsed.tree.nodes;
        let Some(record) = nodes.get(id.index()) else { return };
        let nature = self.judge(record, id);
        let note = self.notes.get(id.index()).copied().unwrap_or_default();
        let mut of_parent = if note & (note::WANTED | note::HOLDS) != 0 { note::HOLDS } else { 0 };
        if nature != Nature::Content {
            self.set_nature(id, nature);
            if matches!(nature, Nature::Ad(_) | Nature::Maybe(_) | Nature::Text(_) | Nature::Comment) {
                of_parent |= note::WANTED;
            }
        }
        if record.has(Flags::UNCLOSED) {
            of_parent |= note::WANTED;
            // a paragraph that begins with an open link is judged as that
            let above = nodes.get(record.parent as usize).map_or(usize::MAX, |p| p.parent as usize);
            if record.parent + 1 == id.0
                && let Some(slot) = self.notes.get_mut(above)
            {
                *slot |= note::WANTED;
            }
        }
        if of_parent != 0
            && let Some(slot) = self.notes.get_mut(record.parent as usize)
        {
            *slot |= of_parent;
            let parent = NodeId(record.parent);
            if round.last() != Some(&parent) {
                round.push(parent);
            }
        }
    }

    /// Whether anything was found that is an ad, may be one, or stands beside one.
    pub(super) fn may_hold_ads(&self) -> bool {
        self.notes.first().is_some_and(|root| *root != 0)
    }

    /// Whether the children of a node are to be judged together.
    pub(super) fn is_wanted(&self, index: usize) -> bool {
        self.notes.get(index).is_some_and(|n| n & note::WANTED != 0)
    }

    /// Whether the children of a node, or of one below it, are to be judged together.
    pub(super) fn holds_wanted(&self, index: usize) -> bool {
        self.notes.get(index).is_some_and(|n| n & (note::WANTED | note::HOLDS) != 0)
    }

    /// Whether `bit` was noted of a node.
    pub(super) fn has_note(&self, id: NodeId, bit: u8) -> bool {
        self.notes.get(id.index()).is_some_and(|note| note & bit != 0)
    }

    /// Notes `bit` of a node; gives whether it was noted before.
    pub(super) fn set_note(&mut self, id: NodeId, bit: u8) -> bool {
        let Some(note) = self.notes.get_mut(id.index()) else { return true };
        let was = *note & bit != 0;
        *note |= bit;
        was
    }

    pub(super) fn nature(&self, id: NodeId) -> Nature {
        match self.natures.get(id.index()) {
            None | Some(Nature::Content) => {}
            Some(known) => return *known,
        }
        let node = self.document.node(id);
        match node.kind() {
            Kind::Text if self.is_in_attribute_list(node) => Nature::Empty,
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

    /// What a node is by itself and what stands in it.
    fn judge(&mut self, record: &Node, id: NodeId) -> Nature {
        let node = self.document.node(id);
        match record.kind {
            Kind::Link if record.has(Flags::AUTOLINK) => Nature::Content,
            Kind::Link if !record.has(Flags::UNCLOSED) => self.closed_link(node),
            Kind::Element | Kind::Link => self.element(node),
            Kind::Image => self.image(node),
            Kind::EndTag if node.partner().is_none() => Nature::Empty,
            Kind::Comment => Nature::Comment,
            Kind::Emphasis
            | Kind::Strong
            | Kind::Strike
            | Kind::Paragraph
            | Kind::Heading
            | Kind::Item
            | Kind::List
            | Kind::Quote
                if self.is_wanted(id.index()) =>
            {
                self.judge_children(node)
            }
            Kind::Root | Kind::Cell if self.is_wanted(id.index()) => {
                // they stay, whatever stands in them
                self.judge_children(node);
                Nature::Content
            }
            _ => Nature::Content,
        }
    }

    fn judge_children(&mut self, node: NodeRef<'a>) -> Nature {
        let ids: Vec<NodeId> = self.document.parsed.tree.children(node.id).collect();
        self.container(&ids, node)
    }

    /// An image that is no link: only a network's own file is an ad by itself.
    fn image(&mut self, node: NodeRef<'a>) -> Nature {
        if let Some(nature) = self.handler(node) {
            return nature;
        }
        let Some(seed) = self.scales.image(node) else { return Nature::Content };
        if seed.kind == UnitKind::Pixel {
            return self.weighed(seed);
        }
        let known = seed.grounds.signals().iter().any(|&(s, w)| s == Signal::Creative && w >= 10);
        let total = seed.grounds.total();
        let index = self.seed(seed);
        if known && total >= THRESHOLD { Nature::Ad(index) } else { Nature::Maybe(index) }
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
        let (mut may_tell, mut comments) = (false, 0);
        let mut at = 0;
        while let Some(&id) = ids.get(at) {
            let node = self.document.node(id);
            let joined = self.open_start(node).and_then(|start| self.joined_part(ids, at, start, depth));
            let part = match joined {
                Some(part) => part,
                None => {
                    let (span, nature) = (node.span(), self.nature(id));
                    Part { from: at, to: at + 1, node: id, span, nature, leaves_rest: false }
                }
            };
            at = part.to;
            may_tell |= matches!(part.nature, Nature::Maybe(_) | Nature::Text(_));
            comments += usize::from(part.nature == Nature::Comment);
            parts.push(part);
        }
        if may_tell {
            self.weigh_neighbours(&mut parts, parent, context);
        }
        if comments >= 2 {
            self.mark_empty_markers(&mut parts);
        }
        parts
    }
}

/// Whether a paragraph is a list item's: what follows in lines without indent is none of it for a reader.
pub(super) fn begins_item(paragraph: NodeRef<'_>) -> bool {
    paragraph.parent().is_some_and(|p| p.kind() == Kind::Item)
}
