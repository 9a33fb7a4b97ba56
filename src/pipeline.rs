//! The way of a document; read first. Owns the order of things: parse, structure, settle, content and style, choose, guard, apply.
//!
//! 1. [`Parsed::new`] reads the text: front matter, Markdown and HTML in one tree, protected regions.
//! 2. *Structure first*: rules that remove blocks of HTML run and the text is parsed again, until nothing is new: only then
//!    is it known what is code and what is prose, for an ad can swallow the opening line of a fence.
//! 3. All rules read the settled tree in one walk; [`choose`](crate::choose) picks the fixes that go together.
//! 4. Edits are applied, the output is parsed once more; that parse is the next round's tree.
//! 5. Edit lists of all rounds are [composed](crate::edit::compose) into one on the original text.
//! 6. [`guard`](crate::guard): if the removals took too much of the article, the run starts over without them.

use crate::apply::apply;
use crate::choose::choose;
use crate::document::Kind;
use crate::document::{Document, Parsed};
use crate::edit::{self, Origins, OwnedEdit};
use crate::finding::{Finding, Fix, Safety, Severity, Status};
use crate::guard::Guard;
use crate::outcome::{Outcome, Stats};
use crate::rules::{ALL, Context, Gathered, Phase, Report};
use crate::settings::Settings;
use crate::span::Span;
use std::borrow::Cow;
use std::collections::HashSet;

/// Rounds in which structure settles.
const STRUCTURE_ROUNDS: u32 = 4;
/// Rounds in all; rules that are stable need three.
const ROUNDS: u32 = 12;

/// Cleans a text.
pub(crate) fn clean<'t>(text: Cow<'t, str>, settings: &Settings) -> Outcome<'t> {
    let mut state = run(State::new(text.clone(), settings), settings);
    if state.guard.is_exceeded() {
        state = State::new(text, settings);
        state.guard.close();
        state = run(state, settings);
    }
    state.finish()
}

/// All rounds, until one changes nothing.
fn run<'t>(mut state: State<'t>, settings: &Settings) -> State<'t> {
    // a settled tree is read on by the rules that have not seen it; after that every round is for all
    let mut scope = Scope::All;
    for _ in 0..STRUCTURE_ROUNDS {
        if !state.round(settings, Scope::Structure) {
            scope = Scope::Rest;
            break;
        }
    }
    while state.stats.rounds < ROUNDS {
        if !state.round(settings, scope) {
            state.converged = true;
            break;
        }
        scope = Scope::All;
    }
    state
}

/// Which rules take part in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Those of [`Phase::Structure`].
    Structure,
    /// The others: structure has just been read on this very tree.
    Rest,
    /// All.
    All,
}

struct State<'t> {
    original_length: usize,
    /// The original text, once it is no longer `text`.
    original: Option<Cow<'t, str>>,
    text: Cow<'t, str>,
    parsed: Parsed,
    edits: Vec<OwnedEdit>,
    findings: Vec<Finding>,
    stats: Stats,
    converged: bool,
    /// Fixes that did what they had not declared: rule and place.
    refused: HashSet<(&'static str, Span)>,
    /// What the whole document shows; true for the text as it stands.
    gathered: Gathered,
    /// What structure rules left unfixed on the text as it stands.
    left: Vec<(Report, Status)>,
    guard: Guard,
}

impl<'t> State<'t> {
    fn new(text: Cow<'t, str>, settings: &Settings) -> Self {
        let parsed = Parsed::new(&text);
        let guard = Guard::new(parsed.document(&text), &settings.config.guard);
        let stats = Stats { bytes_in: text.len(), ..Stats::default() };
        Self {
            original_length: text.len(),
            original: None,
            text,
            parsed,
            edits: Vec::new(),
            findings: Vec::new(),
            stats,
            converged: false,
            refused: HashSet::new(),
            gathered: Gathered::default(),
            left: Vec::new(),
            guard,
        }
    }

    /// One round: whether it changed the text. The last round, which changes nothing, leaves the findings without a fix.
    fn round(&mut self, settings: &Settings, scope: Scope) -> bool {
        self.stats.rounds += 1;
        let document = self.parsed.document(&self.text);
        let origins = Origins::new(&self.edits);
        let mut reports = walk(document, settings, scope, &mut self.gathered);
        if !self.refused.is_empty() {
            reports.retain(|r| !self.refused.contains(&(r.rule.code, origins.span(r.span))));
        }
        let mut chosen = choose(document, settings, reports);
        self.guard.filter(document, settings, &mut chosen);
        for (report, status) in std::mem::take(&mut chosen.left) {
            if status != Status::Guarded {
                chosen.left.push((report, status));
            } else if self.refused.insert((report.rule.code, origins.span(report.span))) {
                // said once, and not tried again
                self.findings.push(finding(&report, &origins, status));
            }
        }
        let applied = match apply(document, chosen.applied) {
            Ok(applied) => applied,
            Err(dropped) => {
                let changes = !dropped.is_empty();
                self.refuse(dropped, &origins);
                if changes {
                    self.left.clear();
                    return true;
                }
                self.left.extend(chosen.left);
                if scope != Scope::Structure {
                    let left = std::mem::take(&mut self.left);
                    self.findings
                        .extend(left.iter().map(|(report, status)| finding(report, &origins, *status)));
                }
                return false;
            }
        };
        self.left.clear();
        self.gathered.clear();
        let first = self.findings.len() as u32;
        self.findings.extend(applied.reports.iter().map(|r| finding(r, &origins, Status::Applied)));
        self.refuse(applied.dropped, &origins);
        let mut edits = applied.edits;
        for e in &mut edits {
            e.findings.iter_mut().for_each(|f| *f += first);
        }
        self.edits = edit::compose(self.original_length, &self.edits, &edits);
        self.parsed = applied.parsed;
        let before = std::mem::replace(&mut self.text, Cow::Owned(applied.text));
        self.original.get_or_insert(before);
        true
    }

    /// Fixes that did not keep their word are reported, and not tried again.
    fn refuse(&mut self, dropped: Vec<Report>, origins: &Origins) {
        for report in dropped {
            self.stats.dropped += 1;
            if self.refused.insert((report.rule.code, origins.span(report.span))) {
                self.findings.push(finding(&report, origins, Status::Dropped));
            }
        }
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
        self.stats.bytes_out = self.text.len();
        let undone = self.drop_undone();
        let mut order: Vec<u32> = (0..self.findings.len() as u32).filter(|f| !undone.contains(f)).collect();
        order.sort_by_key(|&i| {
            let f = &self.findings[i as usize];
            (f.span.start, f.span.end, f.rule)
        });
        let mut place = vec![0u32; self.findings.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut slots: Vec<Option<Finding>> = self.findings.into_iter().map(Some).collect();
        let mut findings: Vec<Finding> = order.iter().filter_map(|&i| slots[i as usize].take()).collect();
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

/// One walk over the document for the rules of `scope`. Rules see nothing inside templates.
fn walk(document: Document<'_>, settings: &Settings, scope: Scope, gathered: &mut Gathered) -> Vec<Report> {
    let mut wanted: [Vec<usize>; Kind::COUNT] = std::array::from_fn(|_| Vec::new());
    for (index, rule) in ALL.iter().enumerate() {
        let info = rule.info();
        let takes_part = match scope {
            Scope::All => true,
            Scope::Structure => info.phase == Phase::Structure,
            Scope::Rest => info.phase != Phase::Structure,
        };
        if takes_part && settings.is_enabled(index) {
            for &kind in info.kinds {
                wanted[kind as usize].push(index);
            }
        }
    }
    let mut cx = Context::new(document, settings, std::mem::take(gathered));
    let is_boilerplate = |index: usize| ALL.get(index).is_some_and(|rule| rule.info().family() == "BP");
    // paragraphs are many, and hardly one is boilerplate: one look for all of its rules
    let of_paragraphs = &wanted[Kind::Paragraph as usize];
    let others: Vec<usize> = of_paragraphs.iter().copied().filter(|&index| !is_boilerplate(index)).collect();
    let gated = others.len() < of_paragraphs.len();
    for node in document.nodes() {
        let mut rules = &wanted[node.kind() as usize];
        if gated && node.kind() == Kind::Paragraph && !cx.may_be_boilerplate(node) {
            rules = &others;
        }
        for &index in rules {
            if let Some(rule) = ALL.get(index) {
                rule.visit(node, &mut cx);
            }
        }
    }
    let (reports, kept) = cx.into_parts();
    *gathered = kept;
    reports
}

fn finding(report: &Report, origins: &Origins, status: Status) -> Finding {
    let fix = report.edits.as_ref().map(|edits| Fix {
        edits: edits
            .iter()
            .map(|e| crate::edit::Edit { span: origins.span(e.span), text: e.text.clone() })
            .collect(),
        safety: if report.safety == Safety::Safe { Safety::Safe } else { Safety::Unsafe },
    });
    Finding {
        rule: report.rule.code,
        span: origins.span(report.span),
        message: report.message.clone(),
        severity: if report.note { Severity::Note } else { report.rule.severity },
        confidence: report.confidence,
        evidence: report.evidence.clone(),
        fix,
        status,
        group: None,
    }
}
