//! HT002: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::meaning::{may_lose_script, runs_script};
use crate::links::{UsedDefinitions, take_out};
use crate::span::Span;

pub(super) struct ScriptUrl;

static INFO: Info = Info {
    code: "HT002",
    name: "script-url",
    summary: "an address that runs a script",
    phase: Phase::Content,
    kinds: &[Kind::Element, Kind::Link, Kind::Image, Kind::Definition],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Error,
    // drawings
    enters_protected: true,
    documentation: include_str!("ht002_script_url.md"),
};

impl Rule for ScriptUrl {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element {
            return attributes(node, cx);
        }
        if !cx.addresses().at(node.id).is_some_and(|address| is_script(&address.known.url)) {
            return;
        }
        let span = node.span();
        if node.kind() == Kind::Definition {
            // with its last link it goes
            if !cx.gathered::<UsedDefinitions>().has(node) {
                cx.report(
                    Report::new(&INFO, span, "the address runs a script; nothing leads to it")
                        .because("script")
                        .fix(take_out(node)),
                );
            }
            return;
        }
        if cx.document.parsed.protected.cuts(span) && !may_lose_script(node, span) {
            return;
        }
        let report = Report::new(&INFO, span, "the address runs a script; the words stay").because("script");
        let content = node.content_span();
        if node.kind() == Kind::Image && node.is_html() {
            if let Some(source) = node.attribute("src") {
                cx.report(report.remove(with_blanks_before(node, source.whole)));
            }
        } else if node.kind() == Kind::Link && node.is_html() {
            if let (Some(start), Some(end)) = (node.start_tag(), node.end_tag()) {
                let has_name = node.attribute("id").is_some() || node.attribute("name").is_some();
                let href = node.attribute("href").map(|a| with_blanks_before(node, a.whole));
                match href {
                    // the anchor is led to
                    Some(href) if has_name => cx.report(report.remove(href)),
                    _ => cx.report(report.fix(vec![Edit::remove(start), Edit::remove(end)])),
                }
            }
        } else if content.start > span.start && content.end < span.end {
            let edits = vec![
                Edit::remove(Span::new(span.start, content.start)),
                Edit::remove(Span::new(content.end, span.end)),
            ];
            cx.report(report.fix(edits));
        }
    }
}

/// A script is told at the first letters: most addresses are none.
fn is_script(url: &str) -> bool {
    let plain = url.as_bytes().first().is_some_and(|b| matches!(b, b'h' | b'/' | b'#' | b'.' | b'm'));
    (!plain || url.contains("script:")) && runs_script(url)
}

/// Attributes that lead somewhere, on elements that are neither link nor image.
fn attributes(node: NodeRef<'_>, cx: &mut Context<'_>) {
    const LEADING: [&str; 8] =
        ["src", "action", "formaction", "data", "href", "xlink:href", "srcdoc", "background"];
    for attribute in node.attributes() {
        if !LEADING.iter().any(|l| attribute.name.eq_ignore_ascii_case(l))
            || !runs_script(&attribute.decoded())
            || !may_lose_script(node, attribute.whole)
        {
            continue;
        }
        let span = with_blanks_before(node, attribute.whole);
        cx.report(
            Report::new(&INFO, attribute.whole, "the address runs a script")
                .because(attribute.name.to_owned())
                .fix(vec![Edit::remove(span)]),
        );
    }
}

fn with_blanks_before(node: NodeRef<'_>, attribute: Span) -> Span {
    let before = node.document.text.get(..attribute.start).unwrap_or("");
    let blanks = before.len() - before.trim_end_matches([' ', '\t', '\n', '\r']).len();
    Span::new(attribute.start - blanks, attribute.end)
}
