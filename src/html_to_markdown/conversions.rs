//! [`Conversions`]: which stretch or leaf block is converted when. Owns that each is converted once in a round, and only if a rule looks at
//! one of its nodes; how is the business of the rooms beside.

use super::empty::Hollow;
use super::items::{self, Stretch};
use super::referrers::Referred;
use super::{Allowed, Change, Conversion, REPORTED_ON, Work, inline, meaning, proof, unwrap};
use crate::context::Context;
use crate::contract::Gather;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::Earlier;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// The conversions of a document. Each stretch and each leaf block is converted when one of its nodes is looked at: what goes with
/// an advertisement never is.
pub(crate) struct Conversions {
    /// Those whose nodes may stand elsewhere: of wrappers round Markdown, of what begins in another stretch. By node, ascending.
    by_node: Vec<Reported>,
    /// The others.
    stretches: Vec<Convertible>,
    /// The node that was found last to have none.
    without: Cell<NodeId>,
    /// The leaf block that was looked at last, with its conversions as above.
    leaf: RefCell<Option<(NodeId, Rc<[Reported]>)>>,
    ground: Ground,
}

/// A conversion with the node that it is reported on.
type Reported = (NodeId, Conversion);

/// A stretch, with its conversion once somebody asks.
struct Convertible {
    stretch: Stretch,
    converted: OnceCell<Option<Converted>>,
}

/// The conversion of a stretch, the node it is reported on, and the markers of the list that it ends with.
type Converted = (NodeId, Conversion, proof::Markers);

/// Those on `node` among conversions that ascend by node, in their order.
fn reported_on(all: &[Reported], node: NodeId) -> impl Iterator<Item = &Reported> {
    let first = all.partition_point(|(id, _)| *id < node);
    all.iter().skip(first).take_while(move |(id, _)| *id == node)
}

impl Conversions {
    /// Hands those reported on `node` to `each`.
    pub(super) fn on(
        &self,
        node: NodeRef<'_>,
        cx: &mut Context<'_>,
        mut each: impl FnMut(&Conversion, &mut Context<'_>),
    ) {
        if self.without.get() == node.id {
            return;
        }
        let mut has_some = false;
        if let Some(index) = self.stretch_of(node)
            && let Some((_, conversion, _)) = self.converted(index, cx).filter(|(id, ..)| *id == node.id)
        {
            has_some = true;
            each(conversion, cx);
        }
        for (_, conversion) in reported_on(&self.by_node, node.id) {
            has_some = true;
            each(conversion, cx);
        }
        if let Some(leaf) = node.leaf_block().filter(|_| !node.has(Flags::IN_BLOCK)) {
            for (_, conversion) in reported_on(&self.of_leaf(leaf, cx), node.id) {
                has_some = true;
                each(conversion, cx);
            }
        }
        if !has_some {
            self.without.set(node.id);
        }
    }

    /// The stretch that a node of an HTML block stands in.
    fn stretch_of(&self, node: NodeRef<'_>) -> Option<usize> {
        let start = node.span().start;
        let index = self.stretches.partition_point(|s| s.stretch.span.end <= start);
        self.stretches.get(index).is_some_and(|s| s.stretch.span.start <= start).then_some(index)
    }

    fn converted(&self, index: usize, cx: &mut Context<'_>) -> Option<&Converted> {
        let own = self.stretches.get(index)?;
        if let Some(known) = own.converted.get() {
            return known.as_ref();
        }
        let hollow = self.ground.asks_for_empty_elements.then(|| cx.gathered::<Hollow>());
        let work = Work::new(cx.document, &self.ground, hollow);
        self.convert(&work, index);
        own.converted.get()?.as_ref()
    }

    /// The conversions of stretches that may be reported on a node before them: of an element that begins in another one.
    fn reported_elsewhere(&self, document: Document<'_>) -> Vec<Reported> {
        let begins_before =
            |s: &Stretch| s.items.iter().any(|i| document.node(i.node).span().start < s.span.start);
        let mut found = Vec::new();
        let mut work = Work::new(document, &self.ground, None);
        for (index, own) in self.stretches.iter().enumerate().filter(|(_, s)| begins_before(&s.stretch)) {
            if self.ground.asks_for_empty_elements && work.hollow.is_none() {
                work.hollow = Some(Rc::new(Hollow::of(document, &self.ground.referred)));
            }
            self.convert(&work, index);
            if let Some(Some((id, conversion, _))) = own.converted.get()
                && document.node(*id).span().start < own.stretch.span.start
            {
                found.push((*id, conversion.clone()));
            }
        }
        found
    }

    /// Whether there is nothing between a stretch and the one above.
    fn is_beside(&self, work: &Work<'_>, index: usize) -> bool {
        let above = index.checked_sub(1).and_then(|i| self.stretches.get(i));
        let (Some(above), Some(own)) = (above, self.stretches.get(index)) else { return false };
        let gap = Span::new(above.stretch.span.end, own.stretch.span.start.max(above.stretch.span.end));
        work.document.slice(gap).trim().is_empty()
    }

    fn converted_above(&self, index: usize) -> Option<&Option<Converted>> {
        self.stretches.get(index.checked_sub(1)?)?.converted.get()
    }

    /// Converts a stretch, and those before it that it is beside: the list that one ends with decides on the markers of the next.
    fn convert(&self, work: &Work<'_>, index: usize) {
        let mut first = index;
        while self.is_beside(work, first) && self.converted_above(first).is_none() {
            first -= 1;
        }
        for (at, own) in self.stretches.iter().enumerate().take(index + 1).skip(first) {
            let above =
                self.converted_above(at).and_then(Option::as_ref).filter(|_| self.is_beside(work, at));
            let markers = above.map_or((None, None), |(.., markers)| *markers);
            own.converted.get_or_init(|| work.stretch(&own.stretch, markers));
        }
    }

    fn of_leaf(&self, leaf: NodeRef<'_>, cx: &mut Context<'_>) -> Rc<[Reported]> {
        if let Some((id, known)) = &*self.leaf.borrow()
            && *id == leaf.id
        {
            return Rc::clone(known);
        }
        let work = Work::new(cx.document, &self.ground, None);
        let is_written = |n: NodeRef<'_>| !n.has(Flags::UNCLOSED) && inline::is_written_otherwise(n.tag());
        let mut converted = if leaf.descendants().any(is_written) { work.leaf(leaf) } else { Vec::new() };
        converted.sort_by_key(|(node, _)| *node);
        let new: Rc<[Reported]> = converted.into();
        self.leaf.replace(Some((leaf.id, Rc::clone(&new))));
        new
    }
}

/// What the whole document shows that conversions depend on.
pub(super) struct Ground {
    /// What [`Referrers`](super::referrers::Referrers) know.
    pub referred: Referred,
    pub line_end: &'static str,
    /// Protected regions that are no HTML code: templates, mostly.
    pub templates: Vec<Span>,
    /// Which changes may be made.
    pub allowed: Allowed,
    asks_for_empty_elements: bool,
}

impl Gather for Conversions {
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self {
        Self::gather_after(document, settings, zone, &Earlier::NOTHING)
    }

    fn gather_after(document: Document<'_>, settings: &Settings, zone: &Zone, earlier: &Earlier<'_>) -> Self {
        let is_converted = |n: NodeRef<'_>| n.has(Flags::HTML) && REPORTED_ON.contains(&n.kind());
        let mut found = Conversions {
            by_node: Vec::new(),
            stretches: Vec::new(),
            without: Cell::new(NodeId::ROOT),
            leaf: RefCell::new(None),
            ground: Ground::default(),
        };
        if !document.nodes().any(is_converted) {
            return found;
        }
        let stretches = items::stretches(document);
        found.ground = Ground::of(document, settings, earlier);
        found.ground.asks_for_empty_elements = !stretches.is_empty() && settings.runs("HT004");
        let pairs = if found.ground.allowed.is(Change::Wrapper) {
            unwrap::pairs(&Work::new(document, &found.ground, None), &stretches)
        } else {
            Vec::new()
        };
        found.stretches = stretches
            .into_iter()
            .filter(|s| zone.touches(s.span))
            .map(|stretch| Convertible { stretch, converted: OnceCell::new() })
            .collect();
        found.by_node = found.reported_elsewhere(document);
        found.by_node.extend(pairs);
        // those of one node stay in their order
        found.by_node.sort_by_key(|(node, _)| *node);
        found
    }
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            referred: Referred::default(),
            line_end: "\n",
            templates: Vec::new(),
            allowed: Allowed::default(),
            asks_for_empty_elements: false,
        }
    }
}

impl Ground {
    fn of(document: Document<'_>, settings: &Settings, earlier: &Earlier<'_>) -> Self {
        let first_line = memchr::memchr(b'\n', document.text.as_bytes());
        let is_crlf =
            first_line.is_some_and(|i| i > 0 && document.text.as_bytes().get(i - 1) == Some(&b'\r'));
        let mut templates = document.parsed.protected.spans().to_vec();
        if !templates.is_empty() {
            let code: HashSet<usize> = document
                .nodes()
                .filter(|n| {
                    n.is_html() && n.kind() == Kind::Element && matches!(n.tag(), Tag::Pre | Tag::Code)
                })
                .map(|n| n.span().start)
                .collect();
            templates.retain(|s| !code.contains(&s.start));
        }
        let before = templates.len();
        let tags = document.nodes().filter(|n| n.is_html() && meaning::is_template_tag(*n));
        templates.extend(tags.filter_map(|n| n.start_tag()));
        if templates.len() > before {
            templates.sort_unstable();
        }
        Self {
            referred: Referred::after(earlier.removals()),
            line_end: if is_crlf { "\r\n" } else { "\n" },
            templates,
            allowed: Allowed::by(|code| settings.runs(code)),
            ..Self::default()
        }
    }
}
