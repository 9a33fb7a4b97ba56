//! RP101: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::escapes::speaks_in_backslashes;
use crate::span::Span;

pub(super) struct EscapedNumber;

static INFO: Info = Info {
    code: "RP101",
    name: "escaped-number",
    summary: "a number in a heading whose full stop is escaped: `1\\.`",
    phase: Phase::Content,
    kinds: &[Kind::Heading],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp101_escaped_number.md"),
};

impl Rule for EscapedNumber {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::BACKSLASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let text = node.document.text;
        let bytes = text.as_bytes();
        if memchr::memchr(b'\\', node.source().as_bytes()).is_none() {
            return;
        }
        // where a backslash stands for itself, this one may too
        if speaks_in_backslashes(node.source()) {
            return;
        }
        // `1\.` opening a line of a setext heading would open a list without its backslash
        let setext = node.has(Flags::OTHER);
        for child in node.descendants().filter(|c| c.kind() == Kind::Text) {
            // behind an escaped backslash the full stop is the second character
            let first = child.span().start;
            let at = first + usize::from(bytes.get(first) == Some(&b'\\'));
            if !matches!(bytes.get(at), Some(b'.' | b')')) {
                continue;
            }
            let mut start = at;
            while start > node.span().start && bytes.get(start - 1) == Some(&b'\\') {
                start -= 1;
            }
            let number = text.get(..start).is_some_and(|t| t.ends_with(char::is_numeric));
            if start == at || !number {
                continue;
            }
            let opens_line = || {
                let line = cx.document.line_at(start);
                let head = text.get(line.start..start).unwrap_or("");
                head.trim_start().chars().all(char::is_numeric)
            };
            if setext && opens_line() {
                continue;
            }
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(start, at + 1),
                    "the number is escaped, which a heading does not need",
                )
                .fix(vec![Edit::remove(start..at)]),
            );
        }
    }
}
