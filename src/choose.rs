//! Which fixes of a round go together. Owns precedence; must not change text.
//!
//! A fix is taken whole or not at all. The outermost removal wins, then the earlier phase, then the order of the rules; style
//! waits a round where its edits touch another's. What is not taken comes back in the next round, if it is still true then.

use crate::contract::{Phase, Report};
use crate::document::Document;
use crate::edit::Edit;
use crate::finding::{Safety, Status};
use crate::settings::Settings;
use crate::span::Span;
use std::collections::BTreeMap;

/// What becomes of the reports of a round.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// Whose fixes are applied now, in document order.
    pub applied: Vec<Report>,
    /// The rest that has something to say if no round follows.
    pub left: Vec<(Report, Status)>,
    /// Where fixes stand that wait for the next round.
    pub waiting: Vec<Span>,
}

/// Picks the fixes of a round.
pub(crate) fn choose(document: Document<'_>, settings: &Settings, reports: Vec<Report>) -> Chosen {
    let mut chosen = Chosen::default();
    let mut candidates: Vec<Report> = Vec::with_capacity(reports.len());
    for mut report in reports {
        if let Some(edits) = &mut report.edits {
            edits.retain(|e| document.text.get(e.span.range()) != Some(e.text.as_str()));
        }
        match &report.edits {
            None => chosen.left.push((report, Status::Reported)),
            Some(edits) if edits.is_empty() => {}
            Some(edits) if edits.iter().any(|e| is_refused(document, e, report.rule.enters_protected)) => {}
            Some(_) if report.safety == Safety::Unsafe && !settings.unsafe_fixes => {
                chosen.left.push((report, Status::NeedsReview));
            }
            Some(_) => candidates.push(report),
        }
    }
    let structure = candidates.iter().any(|r| r.rule.phase == Phase::Structure);
    let mut contested = contested(&candidates).into_iter();
    let (mut rivals, mut applied): (Vec<Report>, Vec<Report>) =
        candidates.into_iter().partition(|_| contested.next().unwrap_or(true));
    // phase first; then the outermost removal; rules come in their order already
    rivals.sort_by_cached_key(|r| {
        let removed: usize = r.edits.iter().flatten().map(|e| e.span.len()).sum();
        let removes = r.edits.iter().flatten().all(|e| e.text.is_empty()) && r.rule.removes();
        (r.rule.phase, if removes { usize::MAX - removed } else { usize::MAX })
    });
    // where structure changes, the rest of the tree may read otherwise: everything else waits
    let mut waits = |report: &Report| {
        let waits = structure && report.rule.phase != Phase::Structure;
        if waits {
            chosen.waiting.push(report.reach());
        }
        waits
    };
    applied.retain(|report| !waits(report));
    rivals.retain(|report| !waits(report));
    let mut taken = Taken::default();
    for report in rivals {
        let edits = report.edits.as_deref().unwrap_or(&[]);
        if taken.accepts(edits, report.rule.phase) {
            taken.add(edits, report.rule.phase);
            applied.push(report);
        } else {
            chosen.waiting.push(report.reach());
        }
    }
    // most stand in order already
    applied.sort_by_key(|r| r.edits.iter().flatten().next().map(|e| e.span));
    chosen.applied = applied;
    chosen
}

/// For each report whether one of its edits is in a chain of edits of several reports that touch: all others go together.
fn contested(reports: &[Report]) -> Vec<bool> {
    let mut edits: Vec<(Span, usize)> = Vec::with_capacity(reports.len());
    for (owner, report) in reports.iter().enumerate() {
        edits.extend(report.edits.iter().flatten().map(|e| (e.span, owner)));
    }
    // most ascend already, for each rule reports in the order of the text; the sort is stable, and keeps the owners' order
    edits.sort_by_key(|(span, _)| (span.start as u128) << 64 | span.end as u128);
    let mut contested = vec![false; reports.len()];
    let mut rest = edits.as_slice();
    while let Some(((first, owner), _)) = rest.split_first() {
        let mut end = first.end;
        let chain = rest.iter().take_while(|(span, _)| {
            let touches = span.start <= end;
            end = end.max(span.end);
            touches
        });
        let length = chain.count();
        let (chain, more) = rest.split_at(length);
        if chain.iter().any(|(_, other)| other != owner) {
            for (_, owner) in chain {
                contested[*owner] = true;
            }
        }
        rest = more;
    }
    contested
}

/// Whether an edit may not be made: it leaves the text, splits a character, or reaches into a protected region, which only some rules may.
fn is_refused(document: Document<'_>, edit: &Edit, may_enter_protected: bool) -> bool {
    document.text.get(edit.span.range()).is_none()
        || !may_enter_protected && document.parsed.protected.cuts(edit.span)
}

/// The edits taken so far, by where they begin.
#[derive(Default)]
struct Taken {
    edits: BTreeMap<usize, (usize, bool, Phase)>,
}

impl Taken {
    /// Whether edits go with those taken: they may not overlap, and touch only as removals side by side.
    fn accepts(&self, edits: &[Edit], phase: Phase) -> bool {
        edits.iter().all(|e| {
            // those taken do not overlap, so the ones that touch this edit are the last that begin before its end
            let near = self.edits.range(..=e.span.end).rev();
            near.map(|(&start, taken)| (Span::new(start, taken.0), taken))
                .take_while(|(theirs, _)| theirs.touches(e.span))
                .all(|(theirs, &(_, removal, other))| {
                    !theirs.overlaps(e.span)
                        && removal
                        && e.text.is_empty()
                        && !e.span.is_empty()
                        && phase == other
                })
        })
    }

    fn add(&mut self, edits: &[Edit], phase: Phase) {
        for e in edits {
            let removal = e.text.is_empty();
            let slot = self.edits.entry(e.span.start).or_insert((e.span.end, removal, phase));
            slot.0 = slot.0.max(e.span.end);
            slot.1 &= removal;
        }
    }
}
