//! [`Context`]: what a rule may look at besides its node, and where it reports. Owns what is computed once for all rules; must not know which
//! rules there are, nor what they make of it.
//!
//! * `rule`: [`Rule`], which is handed a context, and [`Needs`], which tell the nodes that it wants to see.
//! * `gathered`: what is known of the whole document, and how long that holds.
//! * `marks`: which characters a stretch may have.
//! * `damage`: the mojibake of a document, in each `run`: the inline text of a block as a reader reads it.

mod damage;
mod gathered;
mod marks;
mod rule;
mod run;

pub(crate) use damage::Damage;
pub(crate) use gathered::Gathered;
pub use marks::Marks;
pub use rule::{Needs, Rule};

use crate::contract::{Gather, Report};
use crate::document::{Document, NodeId, NodeRef};
use crate::edit::{Earlier, Edit};
use crate::evidence::{Addresses, BareAddresses, Evidence, Known};
use crate::finding::Safety;
use crate::first_look::containers::Holds;
use crate::first_look::look::{Look, Seen, shown_to_structure};
use crate::first_look::signs::Shown;
use crate::first_look::stems::{StemMap, Stems};
use crate::first_look::words::Perhaps;
use crate::mojibake::may_show_damage;
use crate::normalise::Lines;
use crate::repair::flanking::has_delimiters;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use marks::MarkMap;
use std::rc::Rc;

/// What a rule may look at besides its node.
pub struct Context<'a> {
    /// The document of this round.
    pub document: Document<'a>,
    /// What the user chose.
    pub settings: &'a Settings,
    reports: Vec<Report>,
    delimited: Option<(NodeId, bool)>,
    seen: Seen,
    map: MarkMap,
    stem_map: Option<Rc<StemMap>>,
    gathered: Gathered,
    /// What was done to the text before.
    earlier: Earlier<'a>,
    /// What the removal takes that reaches furthest of those reported.
    leaving: Span,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        document: Document<'a>,
        settings: &'a Settings,
        gathered: Gathered,
        earlier: Earlier<'a>,
    ) -> Self {
        Self {
            document,
            settings,
            reports: Vec::new(),
            delimited: None,
            seen: Seen::default(),
            map: MarkMap::default(),
            stem_map: None,
            gathered,
            earlier,
            leaving: Span::at(0),
        }
    }

    /// Reports what a rule found.
    pub fn report(&mut self, report: Report) {
        if report.rule.removes() && (report.safety == Safety::Safe || self.settings.unsafe_fixes) {
            let removals = report.edits.iter().flatten().filter(|e| e.text.is_empty());
            if let Some(furthest) = removals.map(|e| e.span).max_by_key(|span| span.end)
                && furthest.end > self.leaving.end
                && !self.document.parsed.protected.cuts(furthest)
            {
                self.leaving = furthest;
            }
        }
        self.reports.push(report);
    }

    /// The removal among the fixes reported that takes `span`, if one is known: no other fix will be made there in this round.
    #[inline]
    pub(crate) fn leaving(&self, span: Span) -> Option<Span> {
        (self.leaving.start <= span.start && span.end <= self.leaving.end && !self.leaving.is_empty())
            .then_some(self.leaving)
    }

    /// Whether there are delimiters of emphasis that are text right in `block`; found out once for all rules.
    pub(crate) fn has_delimiters(&mut self, block: NodeRef<'_>) -> bool {
        match self.delimited {
            Some((id, known)) if id == block.id => known,
            _ => self.delimited.insert((block.id, has_delimiters(block))).1,
        }
    }

    /// The marks that may occur in a node, or right before it.
    pub(crate) fn marks(&mut self, node: NodeRef<'_>) -> Marks {
        let own = node.span();
        self.map.of(self.document.text, Span::new(own.start.saturating_sub(1), own.end))
    }

    /// A first look at a block, made once for all rules.
    #[inline]
    pub(crate) fn look(&mut self, block: NodeRef<'_>) -> &Look {
        self.seen.look(block)
    }

    /// What the words of a heading may be, or begin with, by its source; looked up once for all rules.
    #[inline]
    pub(crate) fn heading(&mut self, heading: NodeRef<'_>) -> Perhaps {
        self.seen.heading(heading)
    }

    /// What a paragraph shows to rules on boilerplate; `content`: also to those that are none of structure.
    #[inline]
    pub(crate) fn shown(&mut self, paragraph: NodeRef<'_>, content: bool) -> Shown {
        if !content {
            return shown_to_structure(paragraph);
        }
        let look = self.seen.look(paragraph);
        let reads = look.is_readable() && !look.says_nothing();
        let stems = if reads { self.stems(paragraph) } else { Stems::default() };
        self.seen.shown(paragraph, stems)
    }

    /// What an HTML element says it holds, by class or id; found out once for all rules.
    #[inline]
    pub(crate) fn holds(&mut self, element: NodeRef<'_>) -> Option<Holds> {
        self.seen.holds(element)
    }

    /// Which notices a block may be, by its source; found out once for all rules.
    pub(crate) fn stems(&mut self, block: NodeRef<'_>) -> Stems {
        let (span, source) = (block.span(), block.source());
        let is_ascii = !self.marks(block).has_non_ascii() || source.is_ascii();
        if self.stem_map.is_none() {
            self.stem_map = Some(self.gathered());
        }
        let map = self.stem_map.as_ref();
        self.seen.stems(block, || map.map_or_else(Stems::default, |map| map.of(span, source, is_ascii)))
    }

    /// What the whole document shows of `T`; gathered when the first rule asks.
    pub fn gathered<T: Gather>(&mut self) -> Rc<T> {
        match self.gathered.get() {
            Some(found) => found,
            None => {
                let new = T::gather_after(self.document, self.settings, &self.gathered.zone, &self.earlier);
                self.gathered.hear::<T>(new.grants(), |document, settings| {
                    T::gather(document, settings, &Zone::ALL).grants()
                });
                self.gathered.keep(new)
            }
        }
    }

    /// Where links, images and frames lead in the blocks that this round looks at.
    pub(crate) fn addresses(&mut self) -> Rc<Addresses> {
        match self.gathered.get() {
            Some(found) => found,
            None => {
                let Gathered { memo, zone, .. } = &self.gathered;
                let new = Addresses::of(self.document, &self.settings.facts, memo, zone);
                self.gathered.keep(new)
            }
        }
    }

    /// The addresses that stand in the text as such, in the blocks that this round looks at.
    pub(crate) fn bare_addresses(&mut self) -> Rc<BareAddresses> {
        if let Some(found) = self.gathered.get() {
            return found;
        }
        let addresses = self.addresses();
        let Gathered { memo, zone, .. } = &self.gathered;
        let new = BareAddresses::of(self.document, &addresses, &self.settings.facts, memo, zone);
        self.gathered.keep(new)
    }

    /// The mojibake of the document.
    pub(crate) fn damage(&mut self) -> Rc<Damage> {
        if let Some(found) = self.gathered.get() {
            return found;
        }
        let text = self.document.text;
        let may_show = match self.gathered.zone.stretches().filter(|_| self.gathered.is_undamaged) {
            Some(changed) => changed.iter().any(|s| text.get(s.range()).is_none_or(may_show_damage)),
            None => may_show_damage(text),
        };
        self.gathered.is_undamaged = !may_show;
        self.gathered.keep(if may_show { Damage::of(self.document) } else { Damage::default() })
    }

    /// Where lines end, and what is wrong with them.
    pub(crate) fn lines(&mut self) -> Rc<Lines> {
        if let Some(found) = self.gathered.get() {
            return found;
        }
        let lines = match self.gathered.zone.stretches().filter(|_| self.gathered.has_plain_lines) {
            Some(changed) => Lines::of_stretches(self.document, changed),
            None => Lines::of_document(self.document),
        };
        self.gathered.has_plain_lines = lines.are_plain();
        self.gathered.hear::<Lines>(lines.grants(), |document, _| Lines::of_document(document).grants());
        self.gathered.keep(lines)
    }

    /// Whether the places of all these edits read the same to every reader of Markdown, and belong to no site generator.
    pub(crate) fn are_certain(&mut self, edits: &[Edit]) -> bool {
        let lines = self.lines();
        let generators = &self.document.parsed.style_protected;
        !lines.ambiguous
            && edits.iter().all(|e| !lines.is_disputed(e.span) && generators.hit(e.span).is_none())
    }

    /// The ads of the document.
    pub(crate) fn evidence(&mut self) -> Rc<Evidence> {
        if let Some(found) = self.gathered.get() {
            return found;
        }
        let addresses = self.addresses();
        let new = Evidence::of(self.document, self.settings, &addresses, &self.gathered.memo);
        self.gathered.keep(new)
    }

    /// The ads of another text, such as that of a block read anew.
    pub(crate) fn evidence_of(&self, document: Document<'_>) -> Evidence {
        let memo = &self.gathered.memo;
        let addresses = Addresses::of(document, &self.settings.facts, memo, &Zone::ALL);
        Evidence::of(document, self.settings, &addresses, memo)
    }

    /// What an address is; it is found out once for a document.
    pub(crate) fn known(&self, url: &str) -> Rc<Known> {
        self.gathered.memo.of(url, &self.settings.facts)
    }

    /// The stretches that rules look at in this round.
    pub fn zone(&self) -> &Zone {
        &self.gathered.zone
    }

    pub(crate) fn into_parts(self) -> (Vec<Report>, Gathered) {
        (self.reports, self.gathered)
    }
}
