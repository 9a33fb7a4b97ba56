//! BP134: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct CounterLine;

static INFO: Info = Info {
    code: "BP134",
    name: "counter-line",
    summary: "a line of counters: views, comments, minutes to read",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp134_counter_line.md"),
};

impl Rule for CounterLine {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let at_root = node.parent().is_some_and(|p| matches!(p.kind(), Kind::Root | Kind::Quote));
        if !at_root || node.span().len() > 900 || !is_short(node, 140) {
            return;
        }
        let shape = Shape::of(node);
        if shape.other || shape.fields > 0 || shape.pictures > 0 || !shape.scripts.is_empty() {
            return;
        }
        let digits_alone = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
        };
        if shape.links.is_empty()
            && words::is_like(&words::folded(&shape.outside), Use::Counter, digits_alone)
        {
            report(cx, &INFO, node, node, "counters of the page", "the words of a counter");
            return;
        }
        let mut pieces = Vec::new();
        for line in shape.outside.split(['|', '·', '•', '/', '\n', LINK, '¦', '—', '–', '⋅']) {
            pieces.push((words::folded(line), false));
        }
        pieces.extend(shape.links.iter().map(|l| (words::folded(&l.words()), true)));
        pieces.retain(|p| !p.0.is_empty());
        let (mut counters, mut others, mut digits) = (0, 0, 0);
        for (piece, link) in &pieces {
            if is_counter(piece) {
                counters += 1;
                digits = digits.max(piece.bytes().filter(u8::is_ascii_digit).count());
            } else if words::is(piece, Use::Chrome)
                || words::is_share_text(piece) && (*link || pieces.len() > 1)
            {
            } else if is_date(piece) || begins_like_a_byline(piece) {
                others += 1;
            } else {
                return;
            }
        }
        if counters == 0
            || pieces.len() == 1 && !(digits >= 3 || is_reading_time(&pieces) || !shape.links.is_empty())
        {
            return;
        }
        let Some((span, edits)) = removal::remove(node, node) else { return };
        let mut report = Report::new(&INFO, span, "counters of the page")
            .because("numbers with what they count, and nothing else")
            .confidence(0.9)
            .fix(edits);
        if others > 0 {
            // who wrote it, and when, may be wanted
            report = report.confidence(0.5).needs_review();
        }
        cx.report(report);
    }
}

/// A number and what it counts, in either order; or that there is nothing to count.
fn is_counter(piece: &str) -> bool {
    if piece.len() > 60 {
        return false;
    }
    let mut number = 0;
    let unit: String = piece
        .chars()
        .filter(|c| {
            let digit = c.is_ascii_digit();
            number += usize::from(digit);
            !digit && !matches!(c, ',' | '.' | '(' | ')' | ':' | '：' | '+' | '\'')
        })
        .collect();
    let unit = unit.trim();
    let unit = unit
        .strip_prefix("k ")
        .or_else(|| unit.strip_prefix("m "))
        .or_else(|| unit.strip_prefix("万 "))
        .unwrap_or(unit)
        .trim();
    if number == 0 {
        return piece.contains(' ') && words::is(piece, Use::Counter);
    }
    let unit = unit.trim_end_matches(['回', '次', '件', '人', '条', '회', '개', '명']).trim();
    words::is(&words::folded(unit), Use::Counter)
}

fn is_reading_time(pieces: &[(String, bool)]) -> bool {
    pieces.iter().any(|(piece, _)| {
        [
            "min",
            "мин",
            "хв",
            "dk",
            "dakika",
            "分",
            "분",
            "دقيق",
            "phút",
            "menit",
            "perc",
            "λεπτ",
            "मिनट",
            "perc",
            "דקות",
        ]
        .iter()
        .any(|unit| piece.contains(unit))
    })
}

fn is_date(piece: &str) -> bool {
    piece.len() < 40 && piece.bytes().filter(u8::is_ascii_digit).count() >= 5 && piece.split(' ').count() <= 4
}

fn begins_like_a_byline(piece: &str) -> bool {
    piece.len() < 60 && piece.split(' ').count() <= 6 && words::starts_with(piece, Use::Byline)
}
