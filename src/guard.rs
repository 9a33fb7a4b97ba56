//! [`Guard`]: keeps removals from taking an article. Owns counting the words of prose that they take, and the two limits;
//! must not know rules: it asks [`Info::removes`](crate::rules::Info::removes).
//!
//! A fix that alone takes more than a quarter of the document's prose is dropped. If those that are left take more than half of
//! it, the run starts over without any removal. Words in links, code and raw text are no prose.

use crate::choose::Chosen;
use crate::config::GuardLimits;
use crate::document::{Document, Flags, Kind};
use crate::edit::Edit;
use crate::finding::Status;
use crate::rules::{Gather, Report};
use crate::selectors::Kept;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

/// Removals that take no more words than these in all never take an article.
const FEW: usize = 20;

/// What removals have taken of a document so far.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    limits: GuardLimits,
    /// Words of prose of the original.
    prose: usize,
    taken: usize,
    /// Whether all removals are dropped: this is the run without them.
    closed: bool,
}

impl Guard {
    /// A guard of `document`, the original.
    pub fn new(document: Document<'_>, limits: &GuardLimits) -> Self {
        let prose = words_of_prose(document, Span::new(0, document.text.len()));
        Self { limits: *limits, prose, taken: 0, closed: false }
    }

    /// The same guard for the run without removals.
    pub fn close(&mut self) {
        self.closed = true;
        self.taken = 0;
    }

    /// Whether the removals of all rounds took too much: the run has to start over.
    pub fn is_exceeded(&self) -> bool {
        !self.closed && self.taken > FEW && self.taken as f64 > self.prose as f64 * self.limits.total
    }

    /// Takes from the fixes of a round those that the guard drops, and counts the others.
    pub fn filter(&mut self, document: Document<'_>, settings: &Settings, chosen: &mut Chosen) {
        if !chosen.applied.iter().any(|r| r.rule.removes()) {
            return;
        }
        let limit = self.prose as f64 * self.limits.fix;
        let keep = Kept::gather(document, settings, &Zone::ALL);
        let mut kept = Vec::with_capacity(chosen.applied.len());
        for report in std::mem::take(&mut chosen.applied) {
            if !report.rule.removes() {
                kept.push(report);
                continue;
            }
            if report.edits.iter().flatten().any(|e| keep.touches(e.span)) {
                chosen.left.push((report, Status::Suppressed));
                continue;
            }
            let words = words_taken(document, &report);
            if self.closed || self.prose >= self.limits.words && words as f64 > limit {
                chosen.left.push((report, Status::Guarded));
            } else {
                self.taken += words;
                kept.push(report);
            }
        }
        chosen.applied = kept;
    }
}

/// The words of prose that the fix of a report takes. What it puts in their place counts against them.
fn words_taken(document: Document<'_>, report: &Report) -> usize {
    let edits: &[Edit] = report.edits.as_deref().unwrap_or(&[]);
    let taken: usize = edits.iter().map(|e| words_of_prose(document, e.span)).sum();
    let given: usize = edits.iter().map(|e| words(&e.text)).sum();
    taken.saturating_sub(given)
}

/// The words of prose in a stretch of a document.
fn words_of_prose(document: Document<'_>, span: Span) -> usize {
    let nodes = &document.parsed.tree.nodes;
    // nodes stand in order of their beginnings; the one before the stretch may reach into it
    let first = nodes.partition_point(|n| (n.start as usize) < span.start).saturating_sub(1);
    let mut count = 0;
    let mut skip = 0;
    for (index, node) in nodes.iter().enumerate().skip(first) {
        if node.start as usize >= span.end {
            break;
        }
        if (index as u32) < skip {
            continue;
        }
        match node.kind {
            Kind::Link if !node.has(Flags::UNCLOSED) => skip = node.next,
            Kind::Text if !node.has(Flags::RAW) => {
                let (from, to) = ((node.start as usize).max(span.start), (node.end as usize).min(span.end));
                if from < to {
                    count += words(document.slice(Span::new(from, to)));
                }
            }
            _ => {}
        }
    }
    count
}

/// The words of a text; two characters of scripts without blanks count as one.
fn words(text: &str) -> usize {
    let (mut count, mut wide, mut inside) = (0, 0, false);
    for c in text.chars() {
        if matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
        {
            wide += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            count += usize::from(!inside);
            inside = true;
        } else if c.is_whitespace() {
            inside = false;
        }
    }
    count + wide / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Config, Status};

    fn cleaner(config: &str) -> Cleaner {
        Cleaner::new(Config::from_toml(&format!("select = [\"AD\", \"AF\", \"TR\"]\n{config}")).unwrap())
            .unwrap()
    }

    /// An ad container with `ad` words of copy in an article of `article` words.
    fn text(article: usize, ad: usize) -> String {
        let prose = vec!["wheat"; article].join(" ");
        let copy = vec!["kettle"; ad].join(" ");
        format!(
            "{prose}\n\n<div class=\"ad-box\"><p>{copy}</p><a href=\"https://x.sjv.io/c/1000000/2000000/30000\">Buy now</a></div>\n"
        )
    }

    #[test]
    fn words_of_scripts_without_blanks_count_by_two() {
        assert_eq!(words("one two, three-four"), 3);
        assert_eq!(words("酵母と水"), 2);
        assert_eq!(words(" — "), 0);
    }

    #[test]
    fn a_fix_that_takes_a_quarter_is_dropped_and_reported() {
        let text = text(100, 38);
        let outcome = cleaner("").clean(&text);
        assert!(outcome.markdown.contains("kettle"));
        assert!(outcome.findings.iter().any(|f| f.status == Status::Guarded));
        let outcome = cleaner("guard = { fix = 0.5 }");
        assert!(!outcome.clean(&text).markdown.contains("kettle"));
    }

    #[test]
    fn a_short_document_is_exempt_from_the_first_limit() {
        let outcome = cleaner("").clean(&text(40, 30)).markdown.into_owned();
        assert!(!outcome.contains("kettle"));
    }

    #[test]
    fn removals_that_take_half_are_all_dropped() {
        let text = text(10, 30);
        let outcome = cleaner("").clean(&text);
        assert_eq!(outcome.markdown, text);
        assert!(outcome.findings.iter().any(|f| f.status == Status::Guarded));
        assert!(outcome.edits.is_empty());
    }
}
