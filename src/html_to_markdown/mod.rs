//! Left-over HTML as Markdown: what of it Markdown can say, and the edits that make it so. Owns the conversion; the `HT1xx` rules
//! report what it finds, each its own kind of change, and nothing here knows what is an ad.
//!
//! 1. [`items`] finds the stretches of HTML blocks, and the inline elements of leaf blocks, as small trees.
//! 2. [`meaning`] tells what would be missed (an `id` that is linked to, a class that a box hangs on) from what would not, by its [`words`]
//!    and by what refers to it ([`referrers`]).
//! 3. [`block`], [`table`], [`code`], [`inline`] write Markdown through the [`writer`], which keeps words where they stand and gives the edits
//!    between them; [`escape`] and [`destination`] spell what would be read otherwise; [`container`] knows line prefixes.
//! 4. [`proof`] parses what was written: it must have the same [`reading`] as the HTML, or nothing is proposed.
//!
//! 5. [`conversions`] knows what is converted when: each stretch and each leaf block once, when a rule looks at it.
//!
//! What is converted in one stretch makes one report, inline elements make one each, so that a round does all of them.

mod block;
mod code;
mod container;
mod conversions;
mod destination;
pub(crate) mod empty;
mod escape;
mod inline;
mod items;
pub(crate) mod lazy;
pub(crate) mod meaning;
mod proof;
mod reading;
mod referrers;
mod style;
mod table;
mod unwrap;
pub(crate) mod words;
mod writer;

use crate::context::Context;
use crate::contract::{Info, Report};
use crate::document::{Document, Kind, NodeId, NodeRef};
use crate::edit::Edit;
use crate::normalise::lines::is_disputed_line;
use crate::span::Span;
use container::Prefix;
use conversions::{Conversions, Ground};
use empty::Hollow;
use items::{Item, Stretch};
use referrers::Referrers;
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
#[derive(Clone, Debug, Default)]
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
    cx.gathered::<Conversions>().on(node, cx, |c, cx| {
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
    referrers: Referrers<'a>,
    allowed: &'a Allowed,
    ground: &'a Ground,
    /// Empty elements, if they are removed: what holds one waits for that.
    hollow: Option<Rc<Hollow>>,
}

impl<'a> Work<'a> {
    fn new(document: Document<'a>, ground: &'a Ground, hollow: Option<Rc<Hollow>>) -> Self {
        let referrers = Referrers::of(document, &ground.referred);
        Self { document, referrers, allowed: &ground.allowed, ground, hollow }
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
        let container = self.document.node(stretch.container);
        // how a block of HTML goes on in a footnote, readers do not agree on
        if std::iter::once(container).chain(container.ancestors()).any(|n| n.kind() == Kind::Footnote) {
            return None;
        }
        let prefix = Prefix::of(container)?;
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
        // there a lone tag begins an HTML block for some readers, who then see what follows as it is written
        let is_disputed = |line| prefix.is_short_on(line) && is_disputed_line(line.as_bytes(), true);
        if leaf.container().kind() != Kind::Root && leaf.source().split('\n').skip(1).any(is_disputed) {
            return Vec::new();
        }
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
