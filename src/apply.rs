//! Applies the fixes of a round and takes back those that did what they had not declared. Owns the search for the culprit;
//! what "declared" means is [`verify`](crate::verify)'s.

use crate::contract::Report;
use crate::document::{Document, Parsed, Reparsed};
use crate::edit::{self, OwnedEdit};
use crate::span::Span;
use crate::verify::{Claim, broken};

/// How many parses the search for culprits may take in a round; what it has not cleared by then goes.
const TRIES: u32 = 48;

/// A text after a round.
#[derive(Debug)]
pub(crate) struct Applied {
    pub text: String,
    pub parsed: Parsed,
    /// Where the tree reads otherwise, though no edit touched it.
    pub differing: Vec<Span>,
    /// What was changed, owned by indices into `reports`.
    pub edits: Vec<OwnedEdit>,
    /// The reports whose fixes these are.
    pub reports: Vec<Report>,
    /// The reports whose fixes were taken back.
    pub dropped: Vec<Report>,
    /// Where fixes stand that wait for the next round: each is innocent, not together.
    pub waiting: Vec<Span>,
}

/// The text and the tree after the fixes of `reports`, less those that did not keep their word; nothing where none is left.
pub(crate) fn apply(document: Document<'_>, mut reports: Vec<Report>) -> Result<Applied, Vec<Report>> {
    let mut dropped = Vec::new();
    let mut waiting = Vec::new();
    let mut tries = TRIES;
    while !reports.is_empty() {
        let all: Vec<&Report> = reports.iter().collect();
        let next = Next::new(document, &all);
        let suspects = next.broken(document, &all);
        if suspects.is_empty() {
            let Next { text, tree: Reparsed { parsed, whole }, edits } = next;
            let differing = if whole { document.parsed.differences(&parsed, &edits) } else { Vec::new() };
            return Ok(Applied { text, parsed, differing, edits, reports, dropped, waiting });
        }
        let mut guilty = Vec::new();
        convict(document, &reports, &suspects, &mut tries, &mut guilty);
        if guilty.is_empty() {
            // innocent each, not together: the others go first, and these come back in the next round, on the text as it then is
            let only_these = suspects.len() == reports.len();
            let first = suspects.first().copied();
            let mut index = 0..;
            reports.retain(|report| {
                let stays = index
                    .next()
                    .is_some_and(|i: usize| !suspects.contains(&i) || only_these && first == Some(i));
                if !stays {
                    waiting.push(report.reach());
                }
                stays
            });
            continue;
        }
        let mut index = 0..;
        let (out, kept): (Vec<Report>, Vec<Report>) =
            reports.into_iter().partition(|_| index.next().is_some_and(|i: usize| guilty.contains(&i)));
        dropped.extend(out);
        reports = kept;
    }
    Err(dropped)
}

/// Which of `suspects` break their word alone, by halves.
fn convict(
    document: Document<'_>,
    reports: &[Report],
    suspects: &[usize],
    tries: &mut u32,
    guilty: &mut Vec<usize>,
) {
    if suspects.is_empty() {
        return;
    }
    if *tries == 0 {
        guilty.extend(suspects);
        return;
    }
    *tries -= 1;
    let some: Vec<&Report> = suspects.iter().filter_map(|&i| reports.get(i)).collect();
    if Next::new(document, &some).broken(document, &some).is_empty() {
        return;
    }
    if let [one] = suspects {
        guilty.push(*one);
        return;
    }
    let before = guilty.len();
    let (left, right) = suspects.split_at(suspects.len() / 2);
    convict(document, reports, left, tries, guilty);
    convict(document, reports, right, tries, guilty);
    if guilty.len() == before {
        guilty.extend(right);
    }
}

struct Next {
    text: String,
    tree: Reparsed,
    edits: Vec<OwnedEdit>,
}

impl Next {
    fn new(document: Document<'_>, reports: &[&Report]) -> Self {
        let mut edits = Vec::with_capacity(reports.len());
        for (index, report) in reports.iter().enumerate() {
            for e in report.edits.iter().flatten() {
                edits.push(OwnedEdit::new(e.clone(), index as u32));
            }
        }
        let edits = edit::canonical(edits);
        let text = edit::apply(document.text, &edits);
        let tree = document.parsed.after(document.text, &edits, &text);
        Self { text, tree, edits }
    }

    fn broken(&self, document: Document<'_>, reports: &[&Report]) -> Vec<usize> {
        let mut claims: Vec<Claim> = Vec::with_capacity(reports.len());
        for (owner, report) in reports.iter().enumerate() {
            for e in report.edits.iter().flatten() {
                claims.push(Claim { span: e.span, effect: report.rule.effect, owner });
            }
        }
        claims.sort_by_key(|c| c.span);
        broken(document, self.tree.parsed.document(&self.text), &claims, &self.edits)
    }
}
