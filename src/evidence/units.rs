//! [`Unit`]s: what is one ad with all that belongs to it: wrapper, label, marker comments, paired pixel, emptied container,
//! definitions. Owns where an ad begins and ends; must not judge what is one (`judge` does).

use super::UnitKind;
use super::comments::{Remark, comment_text, comment_words, is_same_word, share_word};
use super::joined::LONGEST_OPEN_AD;
use super::judge::{Judge, Nature, Part};
use super::signal::Grounds;
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::span::Span;

/// An ad with all that belongs to it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its bytes; line ends and blanks round it are not among them.
    pub span: Span,
    /// What led to it.
    pub grounds: Grounds,
    /// The node that it stands in.
    pub parent: NodeId,
    /// The sibling before it.
    pub previous: Option<NodeId>,
    /// The sibling after it.
    pub next: Option<NodeId>,
    /// Whether a reader sees nothing of it.
    pub invisible: bool,
    /// Definitions that serve nothing but it.
    pub definitions: Vec<Span>,
    /// Its nodes.
    nodes: (u32, u32),
}

impl Unit {
    /// Its nodes, with all below them.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (self.nodes.0..self.nodes.1).map(NodeId)
    }
}

/// The units of a document, in order.
pub(super) fn units(judge: &mut Judge<'_>) -> Vec<Unit> {
    let document = judge.document;
    let mut units = Vec::new();
    if !judge.may_hold_ads() {
        return units;
    }
    let mut open: Vec<NodeId> = vec![NodeId::ROOT];
    while let Some(parent) = open.pop() {
        let node = document.node(parent);
        if !judge.is_wanted(parent.index()) {
            let from = open.len();
            let below = document.parsed.tree.children(parent).filter(|id| judge.holds_wanted(id.index()));
            open.extend(below);
            open[from..].reverse();
            continue;
        }
        let ids: Vec<NodeId> = document.parsed.tree.children(parent).collect();
        let parts = judge.parts(&ids, node, 0, 0);
        let mut in_run = vec![false; parts.len()];
        for (from, to) in runs(judge, &parts) {
            in_run[from..to].fill(true);
            units.extend(unit(judge, parent, &parts, from, to));
        }
        for (part, gone) in parts.iter().zip(in_run) {
            if !gone {
                for id in ids.get(part.from..part.to).unwrap_or_default().iter().rev() {
                    if judge.holds_wanted(id.index()) {
                        open.push(*id);
                    }
                }
            }
        }
    }
    units.sort_by_key(|u| u.span.start);
    units.extend(open_ads(judge, &units));
    units.sort_by_key(|u| u.span.start);
    add_definitions(document, &mut units);
    units
}

/// Links to ads whose start tag stands in one container and whose end tag in another one, with ad copy and blank lines between.
fn open_ads(judge: &Judge<'_>, units: &[Unit]) -> Vec<Unit> {
    let document = judge.document;
    let mut out = Vec::new();
    let mut start: Option<(NodeRef<'_>, Grounds)> = None;
    if !judge.scales.addresses.has_open_links {
        return out;
    }
    for node in document.nodes() {
        match node.kind() {
            Kind::Link if node.is_html() && node.has(Flags::UNCLOSED) => {
                start = judge.open_ad_at(node).map(|g| (node, g))
            }
            Kind::Heading | Kind::Table | Kind::Footnote | Kind::Link | Kind::Protected => start = None,
            Kind::CodeBlock if node.has(Flags::FENCED) => start = None,
            Kind::EndTag if node.tag() == Tag::A => {
                let Some((from, grounds)) = start.take() else { continue };
                if node.partner().is_some_and(|p| p.id != from.id) {
                    continue;
                }
                let span = Span::new(from.span().start, node.span().end);
                let line = document.line_at(span.end);
                let rest = document.slice(Span::new(span.end, line.end.max(span.end)));
                let taken = units.iter().any(|u| u.span.overlaps(span));
                if span.len() > LONGEST_OPEN_AD || !rest.trim().is_empty() || taken {
                    continue;
                }
                out.push(Unit {
                    kind: UnitKind::AffiliateBlock,
                    span,
                    grounds,
                    parent: from.parent().map_or(NodeId::ROOT, |p| p.id),
                    previous: None,
                    next: None,
                    invisible: false,
                    definitions: Vec::new(),
                    nodes: (from.id.0, node.id.0 + 1),
                });
            }
            _ => {}
        }
    }
    out
}

/// A row's cells stay when their content goes.
fn is_cell(node: NodeRef<'_>) -> bool {
    matches!(node.tag(), Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead)
}

/// The stretches of parts that are one ad each.
fn runs(judge: &Judge<'_>, parts: &[Part]) -> Vec<(usize, usize)> {
    let document = judge.document;
    let is_ad = |i: usize| {
        parts.get(i).is_some_and(|p| matches!(p.nature, Nature::Ad(_)) && !is_cell(document.node(p.node)))
    };
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        if !is_ad(at) {
            at += 1;
            continue;
        }
        let floor = out.last().map_or(0, |r| r.1);
        let mut from = at;
        let mut to = at + 1;
        // on to the next ad, over what is nothing
        let mut look = to;
        while look < parts.len() && !parts[to - 1].leaves_rest {
            match parts[look].nature {
                Nature::Ad(_) if is_ad(look) => {
                    to = look + 1;
                    look = to;
                    continue;
                }
                Nature::Blank => {}
                Nature::Comment if !judge.remark(parts[look].node).is_directive => {}
                Nature::Empty => {}
                Nature::Content if judge.is_label_node(parts[look].node) => {}
                _ => break,
            }
            look += 1;
        }
        let source = Span::new(parts[from].span.start, parts[to - 1].span.end);
        let visible = (from..to).any(|i| !is_invisible(judge, &parts[i]));
        let paired = is_pair(judge, parts, from, to, floor);
        // what belongs to it before and behind
        let belongs = |part: &Part| paired || belongs(judge, part, source);
        let mut look = from;
        let (mut foreign, mut is_labelled) = (0, false);
        while look > floor {
            look -= 1;
            let part = &parts[look];
            match part.nature {
                Nature::Blank => {}
                Nature::Empty if !document.node(part.node).has(Flags::HTML) => break,
                Nature::Empty => from = look,
                Nature::Comment if foreign <= 2 && belongs(part) => from = look,
                // above the site's name, the place and the size may stand one that says all
                Nature::Comment if judge.remark(part.node).weight >= 4 => from = look,
                // a comment between those of an ad is the ad's too
                Nature::Comment if foreign < MOST_FOREIGN && !judge.remark(part.node).is_directive => {
                    foreign += 1
                }
                Nature::Content if visible && judge.is_label_node(part.node) => {
                    from = look;
                    is_labelled = true;
                }
                _ => break,
            }
        }
        let mut look = to;
        foreign = 0;
        while look < parts.len() && !parts[to - 1].leaves_rest {
            let part = &parts[look];
            match part.nature {
                Nature::Blank => {}
                Nature::Empty => to = look + 1,
                Nature::Comment if belongs(part) => to = look + 1,
                Nature::Comment if foreign < 2 && !judge.remark(part.node).is_directive => foreign += 1,
                // a label may stand below as well
                Nature::Content if visible && !is_labelled && judge.is_label_node(part.node) => {
                    to = look + 1;
                    is_labelled = true;
                }
                _ => break,
            }
            look += 1;
        }
        if let Some(whole) = marked(judge, parts, from, to, floor) {
            (from, to) = whole;
        }
        out.push((from, to));
        at = to;
    }
    out
}

/// So many comments that say nothing of ads may stand between an ad and one above that does.
const MOST_FOREIGN: usize = 4;

/// The stretch from the comment that says that an ad begins to the one that says that it ends, if between them and the ad `from..to`
/// stand a few words more: its heading, its price.
fn marked(judge: &Judge<'_>, parts: &[Part], from: usize, to: usize, floor: usize) -> Option<(usize, usize)> {
    let mut words = 0;
    let mut find = |places: &mut dyn Iterator<Item = usize>, is_mark: fn(Remark) -> bool| {
        for at in places {
            let part = parts.get(at)?;
            match part.nature {
                Nature::Blank | Nature::Empty => {}
                Nature::Comment => return is_mark(judge.remark(part.node)).then_some(at),
                Nature::Content => words += words_of_copy(judge.document.node(part.node))?,
                _ => return None,
            }
            if words > MOST_COPY {
                return None;
            }
        }
        None
    };
    // where the marks are the ad's already, they stand at its ends
    let begins = if parts.get(from)?.nature == Nature::Comment {
        from
    } else {
        find(&mut (floor..from).rev(), Remark::begins_ad)?
    };
    let ends = if to > from + 1 && parts.get(to - 1)?.nature == Nature::Comment {
        to - 1
    } else {
        find(&mut (to..parts.len()), Remark::ends_ad)?
    };
    let remark = |at: usize| parts.get(at).map(|p| judge.remark(p.node));
    let source = |at: usize| parts.get(at).map_or("", |p| judge.document.node(p.node).source());
    let pairs = remark(begins).is_some_and(Remark::begins_ad)
        && remark(ends).is_some_and(Remark::ends_ad)
        && share_word(source(begins), source(ends));
    (words > 0 && pairs).then_some((begins, ends + 1))
}

/// How many words of copy may stand between an ad and its marks.
const MOST_COPY: usize = 25;

/// The words of a heading or paragraph that shows nothing but words; `None` for what an ad's copy is not.
fn words_of_copy(node: NodeRef<'_>) -> Option<usize> {
    use Tag::*;
    let is_text = match node.kind() {
        Kind::Heading | Kind::Paragraph | Kind::Text => true,
        Kind::Element => {
            matches!(node.tag(), H1 | H2 | H3 | H4 | H5 | H6 | P | Span | Div | Center | B | Strong)
        }
        _ => false,
    };
    let shows = |n: NodeRef<'_>| {
        matches!(
            n.kind(),
            Kind::Image
                | Kind::Link
                | Kind::Code
                | Kind::CodeBlock
                | Kind::Table
                | Kind::List
                | Kind::Protected
        )
    };
    (is_text && !node.descendants().any(shows)).then(|| node.words().split_whitespace().count())
}

fn is_invisible(judge: &Judge<'_>, part: &Part) -> bool {
    match part.nature {
        Nature::Ad(seed) => judge.seeds.get(seed as usize).is_some_and(|s| {
            s.kind == UnitKind::Pixel || s.kind == UnitKind::Counter || s.kind == UnitKind::Markers
        }),
        _ => true,
    }
}

/// Whether the comments before and behind a stretch are its beginning and end.
fn is_pair(judge: &Judge<'_>, parts: &[Part], from: usize, to: usize, floor: usize) -> bool {
    let skip = |p: &Part| matches!(p.nature, Nature::Blank | Nature::Empty);
    let before = (floor..from).rev().find(|&i| !skip(&parts[i]));
    let after = (to..parts.len()).find(|&i| !skip(&parts[i]));
    let (Some(before), Some(after)) = (before, after) else { return false };
    if parts[before].nature != Nature::Comment || parts[after].nature != Nature::Comment {
        return false;
    }
    let (first, last) = (judge.remark(parts[before].node), judge.remark(parts[after].node));
    if first.is_directive || last.is_directive {
        return false;
    }
    let ends = last.ends;
    if ends && first.begins {
        return true;
    }
    let source = |at: usize| judge.document.node(parts[at].node).source();
    let (first, last) = (source(before), source(after));
    let alike = || comment_words(first).count() == comment_words(last).count();
    (ends || comment_text(last).starts_with('/') || alike()) && share_word(first, last)
}

/// Whether a comment speaks of the ad beside it, whose source is given.
fn belongs(judge: &Judge<'_>, part: &Part, ad: Span) -> bool {
    let document = judge.document;
    let comment = document.node(part.node).source();
    let remark = judge.remark(part.node);
    if remark.is_directive {
        return false;
    }
    if remark.weight >= 4 {
        return true;
    }
    if comment_text(comment).len() > 100 {
        return false;
    }
    let of_code = |w: &str| OF_CODE.iter().any(|c| is_same_word(w, c));
    if comment_words(comment).any(of_code) && comment_words(comment).nth(8).is_none() {
        return true;
    }
    let mut long = comment_words(comment).filter(|w| w.to_lowercase().chars().nth(4).is_some()).peekable();
    if long.peek().is_none() {
        return false;
    }
    let source = document.slice(ad).to_ascii_lowercase();
    let flat: String = source.chars().filter(|c| c.is_alphanumeric()).collect();
    long.any(|w| flat.contains(w.to_lowercase().as_str()))
}

/// Words of comments that stand beside code of others.
const OF_CODE: &[&str] = &[
    "tag",
    "code",
    "script",
    "widget",
    "pixel",
    "counter",
    "analytics",
    "banner",
    "tracking",
    "tracker",
    "beacon",
    "unit",
    "zone",
    "slot",
    "noscript",
    "composite",
    "embed",
    "rtb",
];

fn unit(judge: &Judge<'_>, parent: NodeId, parts: &[Part], from: usize, to: usize) -> Option<Unit> {
    let document = judge.document;
    let run = parts.get(from..to)?;
    let (first, last) = (run.first()?, run.last()?);
    let mut grounds = Grounds::default();
    let mut kind = UnitKind::Markers;
    let mut invisible = true;
    let mut strongest: Option<&super::seed::Seed> = None;
    for part in run {
        match part.nature {
            Nature::Ad(seed) => {
                let Some(seed) = judge.seeds.get(seed as usize) else { continue };
                if rank(seed.kind) < rank(kind) || strongest.is_none() {
                    kind = seed.kind;
                }
                invisible &= matches!(
                    seed.kind,
                    UnitKind::Pixel
                        | UnitKind::Counter
                        | UnitKind::Markers
                        | UnitKind::Script
                        | UnitKind::Slot
                );
                if strongest.is_none_or(|s| s.grounds.total() < seed.grounds.total()) {
                    strongest = Some(seed);
                }
            }
            Nature::Content => {
                grounds.add(super::Signal::Label, 2);
                invisible = false;
            }
            Nature::Comment => grounds.add(super::Signal::Marker, 1),
            _ => {}
        }
    }
    let mut all = strongest?.grounds.clone();
    all.join(&grounds);
    let last_node =
        if last.leaves_rest { last.node.0 + 1 } else { document.node(last_id(document, last)).node().next };
    let end_with_attributes =
        if last.leaves_rest { 0 } else { document.node(last.node).end_with_attributes() };
    Some(Unit {
        kind,
        span: Span::new(first.span.start, last.span.end.max(end_with_attributes)),
        grounds: all,
        parent,
        previous: from
            .checked_sub(1)
            .and_then(|i| parts[..=i].iter().rev().find(|p| p.nature != Nature::Blank))
            .map(|p| p.node),
        next: parts.get(to..).and_then(|r| r.iter().find(|p| p.nature != Nature::Blank)).map(|p| p.node),
        invisible,
        definitions: Vec::new(),
        nodes: (first.node.0, last_node),
    })
}

/// The node that a part ends in: its own, or that of the end tag.
fn last_id(document: Document<'_>, part: &Part) -> NodeId {
    if part.to == part.from + 1 {
        return part.node;
    }
    let start = document.node(part.node);
    let open = if start.has(Flags::UNCLOSED) { Some(start) } else { start.children().next() };
    open.and_then(|o| o.partner()).map_or(part.node, |p| p.id)
}

/// Which kind names a unit of several: the lower one.
fn rank(kind: UnitKind) -> u8 {
    match kind {
        UnitKind::AffiliateBanner => 0,
        UnitKind::Banner => 1,
        UnitKind::Slot => 2,
        UnitKind::Frame => 3,
        UnitKind::AffiliateBlock => 4,
        UnitKind::CallToAction => 5,
        UnitKind::Container => 6,
        UnitKind::Script => 7,
        UnitKind::Counter => 8,
        UnitKind::Pixel => 9,
        UnitKind::Markers => 10,
    }
}

/// Gives each unit the definitions that nothing else uses.
fn add_definitions(document: Document<'_>, units: &mut [Unit]) {
    let tree = &document.parsed.tree;
    if tree.definitions.is_empty() || units.is_empty() {
        return;
    }
    let mut uses = vec![0u32; tree.definitions.len()];
    let mut by: Vec<Option<usize>> = vec![None; tree.definitions.len()];
    for (index, node) in tree.nodes.iter().enumerate() {
        if !matches!(node.kind, Kind::Link | Kind::Image) || !node.has(Flags::REFERENCE) {
            continue;
        }
        let Some(count) = uses.get_mut(node.data as usize) else { continue };
        *count += 1;
        let at = units.partition_point(|u| u.nodes.1 as usize <= index);
        let inside = units.get(at).is_some_and(|u| (u.nodes.0 as usize) <= index);
        let owner = &mut by[node.data as usize];
        match (inside, *count) {
            (true, 1) => *owner = Some(at),
            (true, _) => {}
            (false, _) => *count = u32::MAX / 2,
        }
    }
    for node in &tree.nodes {
        if node.kind == Kind::Definition
            && uses.get(node.data as usize).is_some_and(|&n| n > 0 && n < u32::MAX / 2)
            && let Some(Some(owner)) = by.get(node.data as usize)
            && let Some(unit) = units.get_mut(*owner)
        {
            unit.definitions.push(node.span());
        }
    }
}
