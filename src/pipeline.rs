//! The way of a document; read first. Owns the order of things: parse, structure, settle, content and style, choose, guard, apply.
//!
//! 1. [`Parsed::new`] reads the text: front matter, Markdown and HTML in one tree, protected regions.
//! 2. *Structure first*: rules that remove blocks of HTML run and the text is parsed again, until nothing is new: only then
//!    is it known what is code and what is prose, for an ad can swallow the opening line of a fence.
//! 3. All rules read the settled tree in one walk; [`choose`](crate::choose) picks the fixes that go together.
//! 4. Edits are applied, the output is parsed once more where it changed; that is the next round's tree, and a [`Zone`] round what
//!    changed is what the next round looks at.
//! 5. Edit lists of all rounds are [composed](crate::edit::compose) into one on the original text.
//! 6. [`guard`](crate::guard): if the removals took too much of the article, the run starts over without them.

use crate::apply::apply;
use crate::choose::choose;
use crate::context::{Context, Gathered};
use crate::contract::{Effect, Phase, Report};
use crate::document::{Document, Kind, NodeId, Parsed};
use crate::edit::{self, Earlier, Moves, Origins, OwnedEdit};
use crate::finding::{Finding, Fix, Severity, Status};
use crate::first_look::signs::Shown;
use crate::guard::Guard;
use crate::outcome::{Outcome, Stats};
use crate::rules::{Rules, Ruleset, Wanted};
use crate::span::Span;
use crate::zone::Zone;
use std::borrow::Cow;
use std::collections::HashSet;

/// Rounds in which structure settles.
const STRUCTURE_ROUNDS: u32 = 4;
/// Rounds in all; rules that are stable need three.
const ROUNDS: u32 = 12;

/// Cleans a text.
pub(crate) fn clean<'t>(text: Cow<'t, str>, ruleset: &Ruleset) -> Outcome<'t> {
    let mut state = run(State::new(text.clone(), ruleset), ruleset);
    if state.guard.is_exceeded(state.original()) {
        state = State::new(text, ruleset);
        state.guard.close();
        state = run(state, ruleset);
    }
    if !state.guarded.is_empty() {
        // a second run would measure this text: repairs make prose of what was none, and what is short now is exempt
        let again = run(State::new(Cow::Owned(state.text.to_string()), ruleset), ruleset);
        if !again.edits.is_empty() && !again.guard.is_exceeded(again.original()) {
            state = state.then(again);
        }
    }
    state.finish()
}

/// All rounds, until one changes nothing.
fn run<'t>(mut state: State<'t>, ruleset: &Ruleset) -> State<'t> {
    let mut settled = false;
    while state.stats.rounds < ROUNDS {
        let is_settled =
            settled || state.unseen.structure.is_empty() || state.stats.rounds >= STRUCTURE_ROUNDS;
        let scope = if is_settled { Scope::All } else { Scope::Structure };
        settled |= scope == Scope::All;
        let saw_all = state.unseen.structure.is_all() && state.unseen.rest.is_all();
        let changed = state.round(ruleset, scope);
        if changed || scope != Scope::All || state.try_again() || !saw_all && state.has_turned(ruleset) {
            continue;
        }
        state.converged = true;
        break;
    }
    state
}

/// Which rules take part in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Those of [`Phase::Structure`].
    Structure,
    /// All.
    All,
}

/// What rules have not seen yet of the text as it stands.
#[derive(Clone, Debug)]
struct Unseen {
    structure: Zone,
    rest: Zone,
}

struct State<'t> {
    original_length: usize,
    /// The original text, once it is no longer `text`.
    original: Option<Cow<'t, str>>,
    text: Cow<'t, str>,
    parsed: Parsed,
    edits: Vec<OwnedEdit>,
    /// What was applied; edits name it by its number.
    findings: Vec<Finding>,
    /// What the guard dropped.
    guarded: Vec<Finding>,
    stats: Stats,
    converged: bool,
    /// Fixes that are not tried again: rule and place in the original.
    refused: HashSet<(&'static str, Span)>,
    /// Those of them that did what they had not declared, and how many rounds had changed the text by then.
    dropped: Vec<(Finding, u32)>,
    /// Whether what removals take is left to rules that remove.
    spares: bool,
    /// Rounds that changed the text.
    changes: u32,
    unseen: Unseen,
    /// What the whole document shows; true for the text as it stands.
    gathered: Gathered,
    /// What was found and not fixed, with its place in the text as it stands.
    left: Vec<(Finding, Span)>,
    guard: Guard,
}

impl<'t> State<'t> {
    fn new(text: Cow<'t, str>, ruleset: &Ruleset) -> Self {
        let parsed = Parsed::new(&text);
        let guard = Guard::new(parsed.document(&text), &ruleset.settings.config.guard);
        let stats = Stats { bytes_in: text.len(), ..Stats::default() };
        Self {
            original_length: text.len(),
            original: None,
            text,
            parsed,
            edits: Vec::new(),
            findings: Vec::new(),
            guarded: Vec::new(),
            stats,
            converged: false,
            refused: HashSet::new(),
            dropped: Vec::new(),
            spares: true,
            changes: 0,
            unseen: Unseen { structure: Zone::ALL, rest: Zone::ALL },
            gathered: Gathered::new(Zone::ALL),
            left: Vec::new(),
            guard,
        }
    }

    /// One round: whether it changed anything.
    fn round(&mut self, ruleset: &Ruleset, scope: Scope) -> bool {
        self.stats.rounds += 1;
        let document = self.parsed.document(&self.text);
        let origins = Origins::new(&self.edits);
        let rest = if scope == Scope::All { &self.unseen.rest } else { &Zone::NOTHING };
        // a removal that was refused is reported still, and takes nothing
        let spares = self.spares && self.refused.is_empty();
        let earlier =
            Earlier { original: self.original.as_deref().unwrap_or(&self.text), edits: &self.edits };
        let (mut reports, spared) =
            walk(document, ruleset, &self.unseen.structure, rest, spares, &mut self.gathered, earlier);
        if !self.refused.is_empty() {
            reports.retain(|r| !self.refused.contains(&(r.rule.code, origins.span(r.span))));
        }
        let mut chosen = choose(document, &ruleset.settings, reports);
        let original = self.original.as_deref().unwrap_or(&self.text);
        self.guard.filter(document, original, &ruleset.settings, &mut chosen);
        let mut left = Vec::new();
        for (report, status) in chosen.left {
            let span = report.span;
            if status != Status::Guarded {
                left.push((finding(report, &origins, status), span));
            } else if self.refused.insert((report.rule.code, origins.span(span))) {
                // said once, and not tried again
                self.guarded.push(finding(report, &origins, status));
            }
        }
        let applied = match apply(document, chosen.applied) {
            Ok(applied) => applied,
            Err(dropped) => {
                let changes = !dropped.is_empty();
                self.refuse(dropped, &origins);
                if !changes && !spared.is_empty() {
                    // what was not looked at because it was going was kept: by the guard, by the user
                    self.spares = false;
                    self.unseen.structure = Zone::of(spared);
                    if scope == Scope::All {
                        self.unseen.rest = self.unseen.structure.clone();
                    }
                    return true;
                }
                if changes {
                    // what gave way to them may go now
                    return true;
                }
                self.left.append(&mut left);
                self.unseen.structure = Zone::NOTHING;
                if scope == Scope::All {
                    self.unseen.rest = Zone::NOTHING;
                }
                return false;
            }
        };
        self.left.append(&mut left);
        self.gathered.clear();
        let effect = |e: &OwnedEdit| {
            let owners = e.findings.iter().filter_map(|&f| applied.reports.get(f as usize));
            owners.map(|r| r.rule.effect).max().unwrap_or(Effect::Words)
        };
        let differing = Zone::of(applied.differing);
        let definitions = applied.parsed.tree.definitions.iter().filter_map(|d| d.span.span());
        let changed = Zone::after(&applied.text, &applied.edits, |e| effect(e).reach())
            .and(differing)
            // one whose last use went may stand anywhere
            .and(Zone::of(definitions.collect()));
        // what is done to one tag of an element is done to the other
        let partners = applied.parsed.tree.partners().filter(|(one, _)| changed.touches(*one));
        let partners = Zone::of(partners.map(|(_, other)| other).collect());
        let changed = changed.and(partners);
        let waiting = chosen.waiting.into_iter().chain(applied.waiting).chain(spared).collect();
        self.look_again(scope, changed, waiting, &applied.edits, &applied.text);
        let first = self.findings.len() as u32;
        self.findings.extend(applied.reports.into_iter().map(|r| finding(r, &origins, Status::Applied)));
        self.refuse(applied.dropped, &origins);
        let mut edits = applied.edits;
        for e in &mut edits {
            e.findings.iter_mut().for_each(|f| *f += first);
        }
        self.edits = edit::compose(self.original_length, std::mem::take(&mut self.edits), edits);
        self.changes += 1;
        self.parsed = applied.parsed;
        let before = std::mem::replace(&mut self.text, Cow::Owned(applied.text));
        self.original.get_or_insert(before);
        true
    }

    /// Both runs as one: `next` began with the text of this one.
    fn then(mut self, next: State<'t>) -> Self {
        let origins = Origins::new(&self.edits);
        let in_original = |mut finding: Finding| {
            finding.span = origins.span(finding.span);
            finding.fix.iter_mut().flat_map(|f| &mut f.edits).for_each(|e| e.span = origins.span(e.span));
            finding
        };
        // what was not applied was found again, where it is still so
        let guarded = next.guarded.into_iter().map(in_original).collect();
        let left = next.left.into_iter().map(|(finding, at)| (in_original(finding), at)).collect();
        let dropped = next.dropped.into_iter().map(|(finding, then)| (in_original(finding), then)).collect();
        let first = self.findings.len() as u32;
        self.findings.extend(next.findings.into_iter().map(in_original));
        let mut edits = next.edits;
        edits.iter_mut().flat_map(|e| &mut e.findings).for_each(|f| *f += first);
        let rounds = self.stats.rounds + next.stats.rounds;
        Self {
            original_length: self.original_length,
            original: Some(self.original.unwrap_or(self.text)),
            edits: edit::compose(self.original_length, self.edits, edits),
            findings: self.findings,
            guarded,
            left,
            dropped,
            stats: Stats { rounds, ..self.stats },
            ..next
        }
    }

    /// The text as it was given.
    fn original(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
    }

    /// Notes what is to be looked at in the text after `edits`: where it changed, where fixes wait, and what rules that took no part
    /// have not seen. What was left there will be found again, if it is still so.
    fn look_again(
        &mut self,
        scope: Scope,
        changed: Zone,
        waiting: Vec<Span>,
        edits: &[OwnedEdit],
        text: &str,
    ) {
        let changed = changed.and(Zone::of(waiting).moved(edits).widened(text));
        let rest = std::mem::replace(&mut self.unseen.rest, Zone::NOTHING);
        self.unseen.rest =
            if scope == Scope::All { changed.clone() } else { rest.moved(edits).and(changed.clone()) };
        let moves = Moves::new(edits);
        self.left.iter_mut().for_each(|(_, span)| *span = moves.span(*span));
        self.left.retain(|(_, span)| !changed.touches(*span));
        self.unseen.structure = changed;
    }

    /// Fixes that did not keep their word are reported, and not tried again.
    fn refuse(&mut self, dropped: Vec<Report>, origins: &Origins) {
        for report in dropped {
            if self.refused.insert((report.rule.code, origins.span(report.span))) {
                self.dropped.push((finding(report, origins, Status::Dropped), self.changes));
            }
        }
    }

    /// Forgets that fixes were dropped, if the text has changed since: whether there are any. What was in their way may be gone, and
    /// a second run would try them.
    fn try_again(&mut self) -> bool {
        let (changes, refused) = (self.changes, &mut self.refused);
        let before = self.dropped.len();
        self.dropped.retain(|(finding, then)| {
            let stays = *then == changes;
            if !stays {
                refused.remove(&(finding.rule, finding.span));
            }
            stays
        });
        let any = self.dropped.len() < before;
        if any {
            self.look_at_all();
        }
        any
    }

    /// Whether something is to be looked at again because of what the document shows as a whole: the habit that a fix waits for may have
    /// come to light.
    fn has_turned(&mut self, ruleset: &Ruleset) -> bool {
        let has_turned = self.gathered.has_turned(self.parsed.document(&self.text), &ruleset.settings);
        if has_turned {
            self.look_at_all();
        }
        has_turned
    }

    fn look_at_all(&mut self) {
        self.unseen = Unseen { structure: Zone::ALL, rest: Zone::ALL };
        self.left.clear();
    }

    /// Drops edits that leave the original as it was, for a later round took an earlier one's back. The findings that changed nothing.
    fn drop_undone(&mut self) -> HashSet<u32> {
        let mut undone = HashSet::new();
        let Some(original) = &self.original else { return undone };
        self.edits.retain(|e| {
            let changes = original.get(e.edit.span.range()) != Some(e.edit.text.as_str());
            if !changes {
                undone.extend(e.findings.iter().copied());
            }
            changes
        });
        if !undone.is_empty() {
            self.edits.iter().flat_map(|e| &e.findings).for_each(|f| {
                undone.remove(f);
            });
        }
        undone
    }

    fn finish(mut self) -> Outcome<'t> {
        self.stats.dropped = self.dropped.len() as u32;
        self.findings.append(&mut self.guarded);
        self.findings.extend(std::mem::take(&mut self.left).into_iter().map(|(finding, _)| finding));
        self.findings.extend(std::mem::take(&mut self.dropped).into_iter().map(|(finding, _)| finding));
        self.stats.bytes_out = self.text.len();
        let undone = self.drop_undone();
        let total = self.findings.len();
        let mut numbered: Vec<(u32, Finding)> = (0..).zip(self.findings).collect();
        if !undone.is_empty() {
            numbered.retain(|(number, _)| !undone.contains(number));
        }
        numbered.sort_by_cached_key(|(_, f)| (f.span, f.rule));
        let mut place = vec![0u32; total];
        for (new, (old, _)) in (0..).zip(&numbered) {
            place[*old as usize] = new;
        }
        let mut findings: Vec<Finding> = numbered.into_iter().map(|(_, finding)| finding).collect();
        for (group, e) in self.edits.iter_mut().enumerate() {
            for f in &mut e.findings {
                *f = place[*f as usize];
                if let Some(finding) = findings.get_mut(*f as usize) {
                    finding.group.get_or_insert(group as u32);
                }
            }
            e.findings.sort_unstable();
        }
        Outcome {
            markdown: self.text,
            edits: self.edits,
            findings,
            stats: self.stats,
            converged: self.converged,
            parsed: self.parsed,
        }
    }
}

/// One walk over the document: rules of structure see the nodes of the first zone, the others those of the second. Rules see
/// nothing inside templates. With `spares`, what a removal takes is looked at by rules that remove alone: no other fix would be made
/// there. It is given back, for the removal may not be made.
fn walk(
    document: Document<'_>,
    ruleset: &Ruleset,
    structure: &Zone,
    rest: &Zone,
    spares: bool,
    gathered: &mut Gathered,
    earlier: Earlier<'_>,
) -> (Vec<Report>, Vec<Span>) {
    let both = structure.clone().and(rest.clone());
    gathered.serve(both.clone());
    let known = std::mem::replace(gathered, Gathered::new(Zone::NOTHING));
    let mut cx = Context::new(document, &ruleset.settings, known, earlier);
    let nodes = &document.parsed.tree.nodes;
    let (mut at, mut any) = (0, both.walker());
    let (mut sees_structure, mut sees_rest) = (structure.walker(), rest.walker());
    let mut spared: Vec<Span> = Vec::new();
    while let Some(node) = nodes.get(at) {
        let span = node.span();
        if !any.touches(span) {
            at = (node.next as usize).max(at + 1);
            continue;
        }
        let here = document.node(NodeId(at as u32));
        let mut wanted = ruleset.plan.of(node.kind);
        let asks_structure = !wanted.structure.is_empty() && sees_structure.touches(span);
        let asks_rest = !wanted.rest.is_empty() && sees_rest.touches(span);
        // paragraphs are many, and hardly one is boilerplate: one look for all of its rules
        let mut shown = Shown::ANYTHING;
        if node.kind == Kind::Paragraph
            && let Some(others) = ruleset.plan.beside_boilerplate()
        {
            shown = cx.shown(here, asks_rest);
            if shown.signs.is_empty() {
                wanted = others;
            }
        }
        let mut ask = |rules: &Rules| {
            for index in rules.for_node(node, || cx.marks(here)) {
                let Some(Wanted { rule, needs, removes }) = rules.get(index) else { continue };
                if !needs.are_met_by(shown) {
                    continue;
                }
                if !removes
                    && spares
                    && let Some(leaving) = cx.leaving(span)
                {
                    if spared.last() != Some(&leaving) {
                        spared.push(leaving);
                    }
                } else {
                    rule.visit(here, &mut cx);
                }
            }
        };
        if asks_structure {
            ask(&wanted.structure);
        }
        if asks_rest {
            ask(&wanted.rest);
        }
        at += 1;
    }
    let (mut reports, kept) = cx.into_parts();
    *gathered = kept;
    if !both.is_all() {
        // rules that look at the document as a whole have told of the rest before
        reports.retain(|r| {
            let zone = if r.rule.phase == Phase::Structure { structure } else { rest };
            // a tag may stand where nothing changed, its partner where something did
            zone.touches(r.span) || r.edits.iter().flatten().any(|e| zone.touches(e.span))
        });
    }
    (reports, spared)
}

fn finding(report: Report, origins: &Origins, status: Status) -> Finding {
    let fix = report.edits.map(|mut edits| {
        edits.iter_mut().for_each(|e| e.span = origins.span(e.span));
        Fix { edits, safety: report.safety }
    });
    Finding {
        rule: report.rule.code,
        span: origins.span(report.span),
        message: report.message,
        severity: if report.note { Severity::Note } else { report.rule.severity },
        confidence: report.confidence,
        evidence: report.evidence,
        fix,
        status,
        group: None,
    }
}
