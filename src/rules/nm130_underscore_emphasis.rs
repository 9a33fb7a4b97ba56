//! NM130: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::normalise::are_certain;
use crate::edit::Edit;
use crate::normalise::emphasis::respellable;
use crate::span::Span;
use memchr::memchr;
use crate::finding::{Safety, Severity};

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
            let stars = cx.document.slice(pair.open).replace('_', "*");
            let edits = vec![Edit::replace(pair.open, stars.as_str()), Edit::replace(pair.close, stars)];
            if !are_certain(cx, &edits) {
                continue;
            }
            let span = Span::new(pair.open.start, pair.close.end);
            cx.report(Report::new(&INFO, span, "the emphasis is marked by underscores").fix(edits));
        }
    }
}
