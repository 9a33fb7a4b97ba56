//! RP117: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::repair::title::title;

pub(super) struct QuotedTitle;

static INFO: Info = Info {
    code: "RP117",
    name: "quoted-title",
    summary: "a title in the front matter that is quoted twice",
    phase: Phase::Content,
    kinds: &[Kind::Root],
    effect: Effect::Nothing,
    safety: Safety::Safe,
    severity: Severity::Note,
    enters_protected: false,
    documentation: include_str!("rp117_quoted_title.md"),
};

impl Rule for QuotedTitle {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, _: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(title) = title(cx.document) else { return };
        let words = title.words.trim();
        let inner = words.strip_prefix('"').and_then(|w| w.strip_suffix('"'));
        if title.quoted && inner.is_some_and(|w| !w.is_empty() && !w.contains('"')) {
            cx.report(Report::new(&INFO, title.span, "the title is quoted twice").note());
        }
    }
}
