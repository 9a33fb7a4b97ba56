//! [`Guard`]: keeps removals from taking an article. Owns counting the words of prose that they take, and the two limits;
//! must not know rules: it asks [`Info::removes`](crate::contract::Info::removes).
//!
//! A fix that alone takes more than a quarter of the document's prose is dropped. If those that are left take more than half of
//! it, the run starts over without any removal. Words in links, code and raw text are no prose.

use crate::choose::Chosen;
use crate::config::GuardLimits;
use crate::contract::{Gather, Report};
use crate::document::tree::Range32;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::Status;
use crate::script::is_east_asian;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::cell::Cell;

/// Removals that take no more words than these in all never take an article.
const FEW: usize = 20;

/// What removals have taken of a document so far.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    limits: GuardLimits,
    prose: Prose,
    taken: usize,
    /// Whether all removals are dropped: this is the run without them.
    closed: bool,
}

impl Guard {
    /// A guard of `document`, the original.
    pub fn new(document: Document<'_>, limits: &GuardLimits) -> Self {
        Self { limits: *limits, prose: Prose::of(document), taken: 0, closed: false }
    }

    /// The same guard for the run without removals.
    pub fn close(&mut self) {
        self.closed = true;
        self.taken = 0;
    }

    /// Whether the removals of all rounds took too much: the run has to start over.
    pub fn is_exceeded(&self, original: &str) -> bool {
        !self.closed && self.taken > FEW && self.prose.is_exceeded(original, self.taken, self.limits.total)
    }

    /// Takes from the fixes of a round those that the guard drops, and counts the others. `document` is that of the round.
    pub fn filter(
        &mut self,
        document: Document<'_>,
        original: &str,
        settings: &Settings,
        chosen: &mut Chosen,
    ) {
        if !chosen.applied.iter().any(|r| r.rule.removes()) {
            return;
        }
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
            let takes_too_much = || {
                self.prose.is_exceeded(original, words, self.limits.fix)
                    && self.prose.reaches(original, |prose| prose >= self.limits.words)
            };
            if self.closed || takes_too_much() {
                chosen.left.push((report, Status::Guarded));
            } else {
                self.taken += words;
                kept.push(report);
            }
        }
        chosen.applied = kept;
    }
}

/// The prose of the original: where it stands, and how many words of it have been counted. They are counted as far as a question needs.
#[derive(Clone, Debug)]
struct Prose {
    texts: Vec<Range32>,
    /// How many of the texts have been read, and how many words they have.
    counted: Cell<(usize, usize)>,
}

impl Prose {
    fn of(document: Document<'_>) -> Self {
        let mut texts = Vec::new();
        each_text(document, Span::new(0, document.text.len()), |span| texts.push(Range32::from(span)));
        Self { texts, counted: Cell::new((0, 0)) }
    }

    /// Whether `words` are more than that share of the words of prose.
    fn is_exceeded(&self, original: &str, words: usize, share: f64) -> bool {
        !self.reaches(original, |prose| words as f64 <= prose as f64 * share)
    }

    /// Whether there are so many words of prose that `is_enough`, which stays true for more.
    fn reaches(&self, original: &str, is_enough: impl Fn(usize) -> bool) -> bool {
        let (mut read, mut count) = self.counted.get();
        while !is_enough(count) {
            let Some(text) = self.texts.get(read) else { return false };
            count += text.span().and_then(|s| original.get(s.range())).map_or(0, words);
            read += 1;
            self.counted.set((read, count));
        }
        true
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
    let mut count = 0;
    each_text(document, span, |text| count += words(document.slice(text)));
    count
}

/// Calls `then` with the texts of prose in a stretch of a document.
fn each_text(document: Document<'_>, span: Span, mut then: impl FnMut(Span)) {
    let nodes = &document.parsed.tree.nodes;
    // nodes stand in order of their beginnings; the one before the stretch may reach into it
    let first = nodes.partition_point(|n| (n.start as usize) < span.start).saturating_sub(1);
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
                    then(Span::new(from, to));
                }
            }
            _ => {}
        }
    }
}

/// The words of a text; two characters of scripts without blanks count as one.
fn words(text: &str) -> usize {
    if text.is_ascii() {
        return words_of_ascii(text.as_bytes());
    }
    let (mut count, mut wide, mut inside) = (0, 0, false);
    for c in text.chars() {
        if is_east_asian(c) {
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

/// The same for a text of ASCII alone, which most are.
fn words_of_ascii(text: &[u8]) -> usize {
    let (mut count, mut inside) = (0, false);
    for byte in text {
        let is_of_word = byte.is_ascii_alphanumeric();
        count += usize::from(is_of_word & !inside);
        inside = is_of_word | inside & !matches!(byte, b' ' | b'\t'..=b'\r');
    }
    count
}

/// What a user's `keep` names in a document: no removal may touch it.
#[derive(Debug, Default)]
struct Kept {
    spans: Vec<Span>,
}

impl Kept {
    /// Whether a removal of `span` would take something that is kept.
    fn touches(&self, span: Span) -> bool {
        self.spans.iter().any(|k| k.overlaps(span))
    }
}

impl Gather for Kept {
    fn gather(document: Document<'_>, settings: &Settings, _: &Zone) -> Self {
        if !settings.selectors.keeps_some() {
            return Self::default();
        }
        let spans = elements(document)
            .filter(|n| settings.selectors.keeping(*n).is_some())
            .map(|n| n.span())
            .collect();
        Self { spans }
    }
}

/// The HTML elements of a document that are closed.
fn elements(document: Document<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    document.nodes().filter(|n| {
        n.is_html() && !n.has(Flags::UNCLOSED) && matches!(n.kind(), Kind::Element | Kind::Link | Kind::Image)
    })
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
        // what stands in a word parts none, in either spelling
        assert_eq!((words("it's – 2.5 %"), words("it's - 2.5 %\x0bx")), (2, 3));
    }

    #[test]
    fn what_is_short_once_the_rest_is_gone_is_measured_again() {
        let words = |word: &str, count: usize| vec![word; count].join(" ");
        let text = format!(
            "<div class=\"a\">{}</div>\n\n{}\n\n<div class=\"b\">{}</div>\n",
            words("kettle", 33),
            words("wheat", 60),
            words("kettle", 10)
        );
        let cleaner = cleaner("remove = [\"div.a\", \"div.b\"]");
        let outcome = cleaner.clean(&text);
        assert!(!outcome.markdown.contains("kettle"), "{}", outcome.markdown);
        assert!(outcome.findings.iter().all(|f| f.status == Status::Applied));
        let again = cleaner.clean(&outcome.markdown);
        assert!(again.edits.is_empty(), "{}", again.markdown);
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

    #[test]
    fn a_second_run_measures_the_repaired_text_and_changes_nothing() {
        let text = "*Affiliate disclosure: this post contains affiliate links.*\n12. &acirc;&euro;&trade;tps://www.facebook.com/tr?id=1&ev=PageView\" width=\"1\" height=\"1\" style=\"display:none\">按**确定**键the**Settings** app\n\n> <a href=\"https://store.example.com/order/checkout.php?PRODS=1&QTY=1&AFFILIATE=1234&CART=1\"><img src=\"https://secure.avangate.com/images/merchant/abc/p.png\"></a>Buy it today\n\n> <https://example.org/?utm_medium=y>**Settings**<https://example.org/?utm_medium=y>Open the a . .\n";
        let once = Cleaner::default().clean(text);
        let again = Cleaner::default().clean(&once.markdown);
        assert_eq!(again.markdown, once.markdown);
        assert_eq!(crate::edit::apply(text, &once.edits), once.markdown);
        let explains =
            |e: &crate::OwnedEdit| e.findings.iter().all(|&f| once.findings.get(f as usize).is_some());
        assert!(once.edits.iter().all(explains));
    }
}
