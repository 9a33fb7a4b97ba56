//! RP112: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::normalise::lines::line_end_near;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;

pub(super) struct SwallowedHeading;

static INFO: Info = Info {
    code: "RP112",
    name: "swallowed-heading",
    summary: "a heading swallowed by the HTML on the line before it",
    phase: Phase::Content,
    kinds: &[Kind::Text],
    // readers saw the addresses of its links, which the HTML kept from being links
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp112_swallowed_heading.md"),
};

impl Rule for SwallowedHeading {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs { flags: Flags::IN_BLOCK, ..Needs::marks(Marks::HASH) }
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let source = node.source();
        if !node.has(Flags::IN_BLOCK)
            || node.has(Flags::RAW)
            || memchr::memchr(b'#', source.as_bytes()).is_none()
        {
            return;
        }
        // in a quote or list the new line would need a prefix; in a cell or paragraph of HTML no heading is meant
        let plain = node.ancestors().all(|a| {
            matches!(a.kind(), Kind::Root)
                || a.kind() == Kind::Element
                    && matches!(
                        a.tag(),
                        Tag::Div | Tag::Section | Tag::Article | Tag::Center | Tag::Main | Tag::Details
                    )
        });
        if !plain {
            return;
        }
        let text = cx.document.text;
        for at in memchr::memchr_iter(b'#', source.as_bytes()).map(|i| node.span().start + i) {
            if at == 0 || text.as_bytes().get(at - 1) != Some(&b'\n') {
                continue;
            }
            let line = cx.document.line_at(at);
            let rest = text.get(at..line.end).unwrap_or("");
            let title = rest.trim_start_matches('#');
            let level = rest.len() - title.len();
            if level > 6 || !title.starts_with(' ') || !has_words(title) {
                continue;
            }
            if level == 1 && is_prompt(text, at) {
                continue;
            }
            if at > cx.gathered::<OpenPreformatted>().from {
                return;
            }
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(at, line.end),
                    "the HTML on the line before keeps this from being a heading",
                )
                .confidence(0.9)
                .fix(vec![Edit::insert(at, line_end_near(text, at))]),
            );
        }
    }
}

/// Whether a line that begins with one hash at byte `at` is a comment or the prompt of a shell: text stands above it, or such a line beside it.
fn is_prompt(text: &str, at: usize) -> bool {
    let (head, tail) = text.split_at_checked(at).unwrap_or_default();
    let above = head.trim_end_matches(['\n', '\r']);
    let above = above.get(above.rfind('\n').map_or(0, |i| i + 1)..).unwrap_or("").trim();
    let is_below = head.ends_with("\n\n") || head.ends_with("\n\r\n");
    let below = tail.split_once('\n').map_or("", |(_, rest)| rest);
    below.starts_with("# ")
        || !is_below && !above.is_empty() && !above.ends_with('>') && !above.starts_with('<')
}

/// Where text begins that the HTML before it keeps as it is written, blank lines and all.
struct OpenPreformatted {
    from: usize,
}

impl Gather for OpenPreformatted {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let is_open = |n: &NodeRef<'_>| n.is_html() && n.has(Flags::UNCLOSED) && n.tag() == Tag::Pre;
        // one in a quote or an item ends with it
        let reaches_on = |n: &NodeRef<'_>| n.ancestors().all(|a| a.is_html() || a.kind() == Kind::Root);
        let first = document.nodes().find(|n| is_open(n) && reaches_on(n));
        Self { from: first.map_or(usize::MAX, |n| n.span().start) }
    }
}

fn has_words(title: &str) -> bool {
    title.chars().any(char::is_alphanumeric)
}
