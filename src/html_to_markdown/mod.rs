//! Left-over HTML as Markdown: what of it Markdown can say, and the edits that make it so. Owns the conversion; the `HT1xx` rules
//! report what it finds, each its own kind of change, and nothing here knows what is an ad.
//!
//! 1. [`items`] finds the stretches of HTML blocks, and the inline elements of leaf blocks, as small trees.
//! 2. [`meaning`] tells what would be missed (an `id` that is linked to, a class that a box hangs on) from what would not.
//! 3. [`block`], [`table`], [`code`], [`inline`] write Markdown through the [`writer`], which keeps words where they stand and gives the edits
//!    between them; [`escape`] and [`destination`] spell what would be read otherwise; [`container`] knows line prefixes.
//! 4. [`proof`] parses what was written: it must have the same [`reading`] as the HTML, or nothing is proposed.
//!
//! All conversions of a document are gathered at once ([`Conversions`]): those of one stretch make one report, inline elements one
//! each, so that a round does all of them.

mod block;
mod code;
mod container;
mod destination;
pub(crate) mod empty;
mod escape;
mod inline;
mod items;
pub(crate) mod meaning;
mod proof;
mod reading;
mod table;
mod unwrap;
mod writer;

use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::Edit;
use crate::rules::{Context, Gather, Info, Report};
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use container::Prefix;
use empty::Hollow;
use items::{Item, Stretch};
use meaning::Fragments;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// Kinds of change; each is a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    Emphasis,
    Code,
    Link,
    Image,
    LineBreak,
    Wrapper,
    Paragraph,
    Heading,
    List,
    Table,
    Quote,
    Preformatted,
    Break,
    Swallowed,
}

impl Change {
    const ALL: [(Change, &'static str); 14] = [
        (Change::Emphasis, "HT101"),
        (Change::Code, "HT102"),
        (Change::Link, "HT103"),
        (Change::Image, "HT104"),
        (Change::LineBreak, "HT105"),
        (Change::Wrapper, "HT106"),
        (Change::Paragraph, "HT111"),
        (Change::Heading, "HT112"),
        (Change::List, "HT113"),
        (Change::Table, "HT114"),
        (Change::Quote, "HT115"),
        (Change::Preformatted, "HT116"),
        (Change::Break, "HT117"),
        (Change::Swallowed, "HT118"),
    ];
}

/// Which changes may be made.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    changes: [bool; Change::ALL.len()],
}

impl Allowed {
    /// Those whose rules run.
    pub(crate) fn by(runs: impl Fn(&str) -> bool) -> Self {
        Self { changes: Change::ALL.map(|(_, code)| runs(code)) }
    }

    pub(crate) fn is(&self, change: Change) -> bool {
        self.changes.get(change as usize).copied().unwrap_or(false)
    }
}

/// A conversion: what a rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Conversion {
    pub change: Change,
    pub span: Span,
    pub edits: Vec<Edit>,
    /// How many elements it rewrites.
    pub elements: usize,
}

/// The conversions of a document. Each stretch and each leaf block is converted when one of its nodes is looked at: what goes with
/// an advertisement never is.
pub(crate) struct Conversions {
    /// Those whose nodes may stand elsewhere: of wrappers round Markdown, of what begins in another stretch. By node, ascending.
    by_node: Vec<(NodeId, Conversion)>,
    /// The others.
    stretches: Vec<Convertible>,
    /// The node that was found last to have none.
    without: Cell<NodeId>,
    /// The leaf block that was looked at last.
    leaf: RefCell<Option<(NodeId, Rc<[(NodeId, Conversion)]>)>>,
    ground: Ground,
}

/// A stretch, with its conversion once somebody asks.
struct Convertible {
    stretch: Stretch,
    converted: OnceCell<Option<Converted>>,
}

/// The conversion of a stretch, the node it is reported on, and the markers of the list that it ends with.
type Converted = (NodeId, Conversion, proof::Markers);

impl Conversions {
    /// Hands those reported on `node` to `each`.
    fn on(&self, node: NodeRef<'_>, cx: &mut Context<'_>, mut each: impl FnMut(&Conversion, &mut Context<'_>)) {
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
        let first = self.by_node.partition_point(|(id, _)| *id < node.id);
        for (_, conversion) in self.by_node.iter().skip(first).take_while(|(id, _)| *id == node.id) {
            has_some = true;
            each(conversion, cx);
        }
        if let Some(leaf) = node.leaf_block().filter(|_| !node.has(Flags::IN_BLOCK)) {
            for (_, conversion) in self.of_leaf(leaf, cx).iter().filter(|(id, _)| *id == node.id) {
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
        let work = Work::new(cx.document, cx.settings, &self.ground, hollow);
        self.convert(&work, index);
        own.converted.get()?.as_ref()
    }

    /// The conversions of stretches that may be reported on a node before them: of an element that begins in another one.
    fn reported_elsewhere(&self, document: Document<'_>, settings: &Settings) -> Vec<(NodeId, Conversion)> {
        let begins_before = |s: &Stretch| s.items.iter().any(|i| document.node(i.node).span().start < s.span.start);
        let mut found = Vec::new();
        let mut work = Work::new(document, settings, &self.ground, None);
        for (index, own) in self.stretches.iter().enumerate().filter(|(_, s)| begins_before(&s.stretch)) {
            if self.ground.asks_for_empty_elements && work.hollow.is_none() {
                work.hollow = Some(Rc::new(Hollow::gather(document, settings, &Zone::ALL)));
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
            let above = self.converted_above(at).and_then(Option::as_ref).filter(|_| self.is_beside(work, at));
            let markers = above.map_or((None, None), |(.., markers)| *markers);
            own.converted.get_or_init(|| work.stretch(&own.stretch, markers));
        }
    }

    fn of_leaf(&self, leaf: NodeRef<'_>, cx: &mut Context<'_>) -> Rc<[(NodeId, Conversion)]> {
        if let Some((id, known)) = &*self.leaf.borrow()
            && *id == leaf.id
        {
            return Rc::clone(known);
        }
        let work = Work::new(cx.document, cx.settings, &self.ground, None);
        let is_written = |n: NodeRef<'_>| !n.has(Flags::UNCLOSED) && inline::is_written_otherwise(n.tag());
        let converted = if leaf.descendants().any(is_written) { work.leaf(leaf) } else { Vec::new() };
        let new: Rc<[(NodeId, Conversion)]> = converted.into();
        self.leaf.replace(Some((leaf.id, Rc::clone(&new))));
        new
    }
}

/// The kinds of node that conversions are reported on.
pub(crate) const REPORTED_ON: &[Kind] =
    &[Kind::Element, Kind::Link, Kind::Image, Kind::HardBreak, Kind::EndTag];

/// Reports the conversions on `node` that are of one kind of change, as findings of its rule.
pub(crate) fn report(
    rule: &'static Info,
    change: Change,
    message: &'static str,
    node: NodeRef<'_>,
    cx: &mut Context<'_>,
) {
    let conversions = cx.gathered::<Conversions>();
    conversions.on(node, cx, |c, cx| {
        if c.change != change {
            return;
        }
        let mut report = Report::new(rule, c.span, message).fix(c.edits.clone());
        if c.elements > 1 {
            report = report.because(format!("{} elements", c.elements));
        }
        cx.report(report);
    });
}

/// What is the same for the whole document.
pub(crate) struct Work<'a> {
    document: Document<'a>,
    fragments: Fragments<'a>,
    allowed: &'a Allowed,
    ground: &'a Ground,
    /// Empty elements, if they are removed: what holds one waits for that.
    hollow: Option<Rc<Hollow>>,
}

/// What the whole document shows that conversions depend on.
struct Ground {
    /// See [`Fragments`].
    names: OnceCell<HashSet<String>>,
    line_end: &'static str,
    /// Protected regions that are no HTML code: templates, mostly.
    templates: Vec<Span>,
    asks_for_empty_elements: bool,
}

impl Gather for Conversions {
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self {
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
        found.ground = Ground::of(document);
        found.ground.asks_for_empty_elements = !stretches.is_empty() && settings.runs("HT004");
        let pairs = if settings.conversions.is(Change::Wrapper) {
            unwrap::pairs(&Work::new(document, settings, &found.ground, None), &stretches)
        } else {
            Vec::new()
        };
        found.stretches = stretches
            .into_iter()
            .filter(|s| zone.touches(s.span))
            .map(|stretch| Convertible { stretch, converted: OnceCell::new() })
            .collect();
        found.by_node = found.reported_elsewhere(document, settings);
        found.by_node.extend(pairs);
        // those of one node stay in their order
        found.by_node.sort_by_key(|(node, _)| *node);
        found
    }
}

impl Default for Ground {
    fn default() -> Self {
        Self { names: OnceCell::new(), line_end: "\n", templates: Vec::new(), asks_for_empty_elements: false }
    }
}

impl Ground {
    fn of(document: Document<'_>) -> Self {
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
        Self { line_end: if is_crlf { "\r\n" } else { "\n" }, templates, ..Self::default() }
    }
}

impl<'a> Work<'a> {
    fn new(document: Document<'a>, settings: &'a Settings, ground: &'a Ground, hollow: Option<Rc<Hollow>>) -> Self {
        let fragments = Fragments::of(document, &ground.names);
        Self { document, fragments, allowed: &settings.conversions, ground, hollow }
    }

    /// Whether there is an empty element among `items` that another rule takes away.
    fn holds_empty_element(&self, items: &[Item]) -> bool {
        let Some(hollow) = &self.hollow else { return false };
        items.iter().any(|item| {
            let node = self.document.node(item.node);
            item.role == items::Role::Element && hollow.has(node) && empty::around(node).is_some()
                || self.holds_empty_element(&item.children)
        })
    }

    fn hits_template(&self, span: Span) -> bool {
        let index = self.ground.templates.partition_point(|t| t.end <= span.start);
        self.ground.templates.get(index).is_some_and(|t| t.start < span.end)
    }

    /// The conversion of a stretch of HTML blocks, with the node it is reported on.
    fn stretch(
        &self,
        stretch: &Stretch,
        above: proof::Markers,
    ) -> Option<(NodeId, Conversion, proof::Markers)> {
        if self.hits_template(stretch.span)
            || unwrap::is_pure(self, stretch)
            || self.holds_empty_element(&stretch.items)
        {
            return None;
        }
        let prefix = Prefix::of(self.document.node(stretch.container))?;
        let written = proof::stretch(self, stretch, &prefix, above)?;
        let main =
            written.changed.iter().find(|c| c.change != Change::Wrapper).or(written.changed.first())?;
        // the tags stayed after all: white space alone is the business of style
        let is_white = |t: &str| t.bytes().all(|b| b.is_ascii_whitespace());
        let stays =
            written.edits.iter().all(|(e, _)| is_white(&e.text) && is_white(self.document.slice(e.span)));
        if main.change == Change::Wrapper && stays {
            return None;
        }
        let conversion = Conversion {
            change: main.change,
            span: written.region,
            elements: written.changed.len(),
            edits: written.edits.into_iter().map(|(e, _)| e).collect(),
        };
        Some((main.node, conversion, written.ends_with))
    }

    /// The conversions in a leaf block: one for each element, or for those whose edits serve both.
    fn leaf(&self, leaf: crate::document::NodeRef<'a>) -> Vec<(NodeId, Conversion)> {
        let Some(prefix) = Prefix::of(leaf.container()) else { return Vec::new() };
        let items: Vec<Item> = leaf.children().map(|c| Item::inline(c, 0)).collect();
        let Some(written) = proof::leaf(self, leaf, &items, &prefix) else { return Vec::new() };
        let mut out = Vec::new();
        for (owners, edits) in shared_groups(written.edits) {
            let Some(main) = owners.iter().min().and_then(|i| written.changed.get(*i as usize)) else {
                continue;
            };
            if edits.iter().any(|e| self.hits_template(e.span)) {
                continue;
            }
            let node = self.document.node(main.node);
            out.push((
                main.node,
                Conversion { change: main.change, span: node.span(), elements: owners.len(), edits },
            ));
        }
        out
    }
}

/// The edits of a leaf block by the elements that they serve: edits that share one are together. Where an edit serves none (an escape), all are.
fn shared_groups(edits: Vec<(Edit, Vec<u32>)>) -> Vec<(Vec<u32>, Vec<Edit>)> {
    if edits.iter().any(|(_, owners)| owners.is_empty()) {
        let owners = edits.iter().flat_map(|(_, owners)| owners.iter().copied()).collect();
        return vec![(owners, edits.into_iter().map(|(edit, _)| edit).collect())];
    }
    let count = edits.iter().flat_map(|(_, owners)| owners).max().map_or(0, |m| *m as usize + 1);
    // each element points at an earlier one of its group, the first at itself
    let mut above: Vec<usize> = (0..count).collect();
    fn first(above: &mut [usize], mut at: usize) -> usize {
        while let Some(&next) = above.get(at).filter(|next| **next != at) {
            let further = above.get(next).copied().unwrap_or(next);
            if let Some(slot) = above.get_mut(at) {
                *slot = further;
            }
            at = next;
        }
        at
    }
    for (_, owners) in &edits {
        for pair in owners.windows(2) {
            if let [a, b] = pair {
                let (a, b) = (first(&mut above, *a as usize), first(&mut above, *b as usize));
                if let Some(slot) = above.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<u32>, Vec<Edit>)> =
        std::collections::BTreeMap::new();
    for (edit, owners) in edits {
        let Some(own) = owners.first() else { continue };
        let group = groups.entry(first(&mut above, *own as usize)).or_default();
        group.0.extend(owners);
        group.1.push(edit);
    }
    groups.into_values().collect()
}
