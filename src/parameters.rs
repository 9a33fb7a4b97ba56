//! Parameters that track or pay, wherever an address stands: links, images, frames, definitions, bare in the text.
//! Owns finding addresses; must not know parameters (`evidence::url` does).

use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::{Stripping, classify, strip_tracking, stripped};
use crate::links::{leads_to_network, spelled};
use crate::rules::{Context, Info, Report};
use crate::span::Span;

/// Reports the tracking parameters of the addresses of a node: those with an affiliate's id if `affiliate`, else those without.
pub(crate) fn report_parameters(
    node: NodeRef<'_>,
    cx: &mut Context<'_>,
    rule: &'static Info,
    affiliate: bool,
    message: &str,
) {
    match node.kind() {
        Kind::Text => {
            for span in bare_urls(node) {
                report_at(cx, rule, affiliate, message, span, Spelling::Bare);
            }
        }
        Kind::Element => {
            if !matches!(node.tag(), Tag::Iframe | Tag::Video | Tag::Audio | Tag::Source | Tag::Embed) {
                return;
            }
            if let Some(span) = node.attribute("src").and_then(|a| a.value_span) {
                report_at(cx, rule, affiliate, message, span, Spelling::Html);
            }
        }
        Kind::Link | Kind::Image if node.has(Flags::REFERENCE) => {}
        _ => {
            if let Some(destination) = node.destination() {
                let spelling = if node.is_html() { Spelling::Html } else { Spelling::Markdown };
                report_at(cx, rule, affiliate, message, destination.span, spelling);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Markdown,
    Html,
    Bare,
}

fn report_at(
    cx: &mut Context<'_>,
    rule: &'static Info,
    affiliate: bool,
    message: &str,
    span: Span,
    spelling: Spelling,
) {
    let written = cx.document.slice(span);
    if !written.contains(['?', '#', ';']) && !written.contains("/ref=") && !written.contains("ASIN") {
        return;
    }
    let facts = &cx.settings.facts;
    let found = |url: &str| strip_tracking(url, facts).filter(|s| s.affiliate == affiliate);
    // escapes of Markdown hide names (`utm\_source`): the whole address is written anew
    let escaped = spelling == Spelling::Markdown && written.contains('\\');
    let (edits, names) = if escaped {
        let url = crate::document::node::unescape(written);
        let Some(Stripping { names, .. }) = found(&url) else { return };
        let Some(clean) = stripped(&url, facts) else { return };
        (vec![Edit::replace(span, spelled(&clean, false))], names)
    } else {
        let Some(stripping) = found(written) else { return };
        let shift =
            |e: Edit| Edit::replace(Span::new(e.span.start + span.start, e.span.end + span.start), e.text);
        (stripping.edits.into_iter().map(shift).collect(), stripping.names)
    };
    // what is unwrapped needs no stripping
    if leads_to_network(&classify(written, facts)) {
        return;
    }
    cx.report(Report::new(rule, span, message).because(names.join(", ")).fix(edits));
}

/// The addresses that stand in a text as such. Text in links says where it leads, it is no address of its own.
pub(crate) fn bare_urls(node: NodeRef<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    let source = node.source();
    if memchr::memmem::find(source.as_bytes(), b"://").is_none()
        || node.has(Flags::RAW)
        || node.has(Flags::DECODED)
    {
        return out;
    }
    if node.ancestors().any(|a| matches!(a.kind(), Kind::Link | Kind::Image | Kind::Code | Kind::CodeBlock)) {
        return out;
    }
    let start = node.span().start;
    for at in memchr::memmem::find_iter(source.as_bytes(), b"://") {
        let scheme = ["https", "http"].iter().find(|s| source.get(..at).is_some_and(|b| b.ends_with(*s)));
        let Some(scheme) = scheme else { continue };
        let from = start + at - scheme.len();
        if out.last().is_some_and(|s: &Span| s.end > from) {
            continue;
        }
        if let Some(end) = bare_url_end(node, from) {
            out.push(Span::new(from, end));
        }
    }
    out
}

/// Where an address in a text ends: at a blank, a bracket of the text, a letter that is not ASCII; stops behind it are the sentence's.
/// It may run over character references, and nodes of text only.
fn bare_url_end(node: NodeRef<'_>, from: usize) -> Option<usize> {
    let document: Document<'_> = node.document;
    let mut limit = node.span().end;
    let mut next = node.next_sibling();
    while let Some(n) = next.filter(|n| n.kind() == Kind::Text && n.span().start == limit) {
        limit = n.span().end;
        next = n.next_sibling();
    }
    let bytes = document.text.as_bytes().get(from..limit)?;
    let mut depth = 0i32;
    let mut end = bytes.len();
    for (i, &b) in bytes.iter().enumerate() {
        let stop = match b {
            b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'>' | b'"' | b'`' | b'|' | b']' | b'[' | b'\\' => true,
            b'(' => {
                depth += 1;
                false
            }
            b')' => {
                depth -= 1;
                depth < 0
            }
            _ => !b.is_ascii_graphic(),
        };
        if stop {
            end = i;
            break;
        }
    }
    while end > 0
        && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~')
    {
        end -= 1;
    }
    (end > 8).then_some(from + end)
}
