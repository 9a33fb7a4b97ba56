//! NM130: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::data::{CODE_NAMES, for_each_listed};
use crate::document::{Document, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::emphasis::respellable;
use crate::span::Span;
use memchr::memchr;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) struct UnderscoreEmphasis;

static INFO: Info = Info {
    code: "NM130",
    name: "underscore-emphasis",
    summary: "emphasis marked by underscores",
    phase: Phase::Style,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("nm130_underscore_emphasis.md"),
};

impl Rule for UnderscoreEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::LOW_LINE_OR_CARET)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if memchr(b'_', node.source().as_bytes()).is_none() {
            return;
        }
        for pair in respellable(node) {
            if is_name_of_code(cx.document, pair.open, pair.close) {
                continue;
            }
            let stars = cx.document.slice(pair.open).replace('_', "*");
            let edits = vec![Edit::replace(pair.open, stars.as_str()), Edit::replace(pair.close, stars)];
            if !cx.are_certain(&edits) {
                continue;
            }
            let span = Span::new(pair.open.start, pair.close.end);
            cx.report(Report::new(&INFO, span, "the emphasis is marked by underscores").fix(edits));
        }
    }
}

/// Names between double underscores to which a language gives a meaning.
static NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut names = BTreeSet::new();
    for_each_listed(CODE_NAMES, |_, name| {
        names.insert(name);
    });
    names
});

/// Whether double underscores mark no emphasis but belong to a name: `__init__()`, `self.__dict__`, `__STDC_VERSION__`, `__FILE__`.
fn is_name_of_code(document: Document<'_>, open: Span, close: Span) -> bool {
    if open.len() != 2 {
        return false;
    }
    let name = document.slice(Span::new(open.end, close.start));
    let begins = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    if !begins || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return false;
    }
    let is_small = !name.bytes().any(|b| b.is_ascii_uppercase());
    let bytes = document.text.as_bytes();
    let before = open.start.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(close.end);
    name.contains('_')
        || is_small && (after == Some(&b'(') || before == Some(&b'.'))
        || bytes.get(..open.start).is_some_and(|head| head.ends_with(b"((")) && after == Some(&b')')
        || NAMES.contains(name)
}
