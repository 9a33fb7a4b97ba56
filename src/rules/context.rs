//! [`Context`]: what a rule may look at besides its node, and where it reports. Owns what is computed once for all rules.

use super::damage::Damage;
use super::marks::MarkMap;
use super::{Info, Marks, Run};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::look::{Look, Seen, shown_to_structure};
use crate::boilerplate::signs::Shown;
use crate::boilerplate::stems::{StemMap, Stems};
use crate::boilerplate::words::Perhaps;
use crate::document::{Document, NodeId, NodeRef};
use crate::edit::{Earlier, Edit};
use crate::evidence::{Addresses, BareAddresses, Evidence, Known, Memo};
use crate::finding::Safety;
use crate::mojibake::may_show_damage;
use crate::normalise::Lines;
use crate::repair::flanking::has_delimiters;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::rc::Rc;

/// What a rule found, in bytes of the text that it was shown.
#[derive(Clone, Debug)]
pub struct Report {
    pub(crate) rule: &'static Info,
    pub(crate) span: Span,
    pub(crate) message: Cow<'static, str>,
    pub(crate) confidence: f32,
    pub(crate) evidence: Vec<Cow<'static, str>>,
    pub(crate) edits: Option<Vec<Edit>>,
    pub(crate) safety: Safety,
    pub(crate) note: bool,
}

impl Report {
    /// A report of `rule` on `span`; `message` is one sentence for a person.
    pub fn new(rule: &'static Info, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rule,
            span,
            message: message.into(),
            confidence: 1.0,
            evidence: Vec::new(),
            edits: None,
            safety: rule.safety,
            note: false,
        }
    }

    /// With a fix: edits that are taken together or not at all, ascending, not overlapping.
    #[must_use]
    pub fn fix(mut self, edits: Vec<Edit>) -> Self {
        self.edits = Some(edits);
        self
    }

    /// With the fix of removing `span`.
    #[must_use]
    pub fn remove(self, span: Span) -> Self {
        self.fix(vec![Edit::remove(span)])
    }

    /// With a signal that led to it.
    #[must_use]
    pub fn because(mut self, evidence: impl Into<Cow<'static, str>>) -> Self {
        self.evidence.push(evidence.into());
        self
    }

    /// With signals that led to it.
    #[must_use]
    pub fn because_all(mut self, evidence: impl IntoIterator<Item = Cow<'static, str>>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// With how sure the rule is, from 0 to 1.
    #[must_use]
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.confidence = confidence;
        self
    }

    /// With a fix that wants a look, though the rule's fixes are safe.
    #[must_use]
    pub fn needs_review(mut self) -> Self {
        self.safety = Safety::Unsafe;
        self
    }

    /// From the first to the last byte that it is about or changes.
    pub(crate) fn reach(&self) -> Span {
        self.edits
            .iter()
            .flatten()
            .fold(self.span, |all, e| Span::new(all.start.min(e.span.start), all.end.max(e.span.end)))
    }

    /// As a note: nobody can act on it, it never sets the exit code.
    #[must_use]
    pub fn note(mut self) -> Self {
        self.note = true;
        self
    }
}

/// Something that the whole document shows, computed once for all rules of a round, when the first one asks
/// ([`Context::gathered`]): evidence, habits of spelling, the code page of damage.
pub trait Gather: 'static {
    /// Reads the document, linear in its size: at least what matters in `zone`, for no rule looks elsewhere in this round.
    fn gather(document: Document<'_>, settings: &Settings, zone: &Zone) -> Self;

    /// The same for who wants to know what was done to the text before.
    #[doc(hidden)]
    fn gather_after(document: Document<'_>, settings: &Settings, zone: &Zone, _: &Earlier<'_>) -> Self
    where
        Self: Sized,
    {
        Self::gather(document, settings, zone)
    }

    /// What rules may do because the document as a whole is as it is, in bits, if it grants anything: where a change of the text sets another one, everything is
    /// looked at again, not only what changed.
    fn grants(&self) -> Option<u128> {
        None
    }
}

/// What one that was gathered grants.
#[derive(Clone, Copy, Debug)]
struct Grants {
    of: TypeId,
    /// The bits that were set on a text that was looked at.
    bits: u128,
    /// Finds those of a text.
    find: fn(Document<'_>, &Settings) -> Option<u128>,
    /// Whether those of the text as it stands are known.
    is_fresh: bool,
}

/// What was gathered for a zone, by type, with what outlives the text it was gathered from.
#[derive(Debug)]
pub(crate) struct Gathered {
    zone: Zone,
    found: Vec<(TypeId, Rc<dyn Any>)>,
    memo: Memo,
    grants: Vec<Grants>,
    /// Whether something is granted that was not when the text was looked at.
    has_turned: bool,
    /// Whether the whole text showed no place for damage when it was last read: then only what changed since can have brought one.
    is_undamaged: bool,
    /// Whether all lines were plain when they were last read: then only what changed since can have others.
    has_plain_lines: bool,
}

impl Gathered {
    /// Nothing, to be gathered for `zone`.
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            found: Vec::new(),
            memo: Memo::default(),
            grants: Vec::new(),
            has_turned: false,
            is_undamaged: false,
            has_plain_lines: false,
        }
    }

    /// What is gathered already serves `zone` too, or is let go.
    pub fn serve(&mut self, zone: Zone) {
        if !self.zone.is_all() && self.zone != zone {
            self.found.clear();
            self.zone = zone;
        }
    }

    /// Forgets what was true of the text alone.
    pub fn clear(&mut self) {
        // what changed before this round was not read, if nobody asked
        self.has_plain_lines &= self.get::<Lines>().is_some();
        self.found.clear();
        self.zone = Zone::NOTHING;
        self.grants.iter_mut().for_each(|g| g.is_fresh = false);
    }

    /// Notes what is granted by what was just gathered; `find` tells it of a text.
    fn hear<T: 'static>(&mut self, bits: Option<u128>, find: fn(Document<'_>, &Settings) -> Option<u128>) {
        let Some(bits) = bits else { return };
        let of = TypeId::of::<T>();
        match self.grants.iter_mut().find(|g| g.of == of) {
            Some(known) => {
                self.has_turned |= bits & !known.bits != 0;
                known.bits |= bits;
                known.is_fresh = true;
            }
            None => self.grants.push(Grants { of, bits, find, is_fresh: true }),
        }
    }

    /// Whether the document as a whole grants something now that it did not when its parts were looked at: told once.
    pub fn has_turned(&mut self, document: Document<'_>, settings: &Settings) -> bool {
        for known in self.grants.iter_mut().filter(|g| !g.is_fresh) {
            let bits = (known.find)(document, settings).unwrap_or_default();
            self.has_turned |= bits & !known.bits != 0;
            known.bits |= bits;
            known.is_fresh = true;
        }
        std::mem::take(&mut self.has_turned)
    }

    fn get<T: 'static>(&self) -> Option<Rc<T>> {
        let id = TypeId::of::<T>();
        let (_, found) = self.found.iter().find(|(t, _)| *t == id)?;
        Rc::clone(found).downcast().ok()
    }

    fn keep<T: 'static>(&mut self, new: T) -> Rc<T> {
        let new = Rc::new(new);
        self.found.push((TypeId::of::<T>(), Rc::clone(&new) as Rc<dyn Any>));
        new
    }
}

/// What a rule may look at besides its node.
pub struct Context<'a> {
    /// The document of this round.
    pub document: Document<'a>,
    /// What the user chose.
    pub settings: &'a Settings,
    reports: Vec<Report>,
    run: Option<(NodeId, Rc<Run>)>,
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
            run: None,
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

    /// The inline text of a leaf block; made once for all rules that want it.
    pub fn run(&mut self, block: NodeRef<'_>) -> Rc<Run> {
        if let Some((id, run)) = &self.run
            && *id == block.id
        {
            return Rc::clone(run);
        }
        let run = Rc::new(Run::of(block));
        self.run = Some((block.id, Rc::clone(&run)));
        run
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
    pub(super) fn damage(&mut self) -> Rc<Damage> {
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
