//! BP144: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::bytes::hex_digit;
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::span::Span;

pub(super) struct HiddenAddress;

static INFO: Info = Info {
    code: "BP144",
    name: "hidden-address",
    summary: "a mail address that was hidden from robots and is told by its link",
    phase: Phase::Content,
    kinds: &[Kind::Link],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp144_hidden_address.md"),
};

impl Rule for HiddenAddress {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::HASH)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(destination) = node.destination() else { return };
        let Some((_, hidden)) = destination.written.split_once(FORM) else { return };
        let Some(address) = shown(hidden) else { return };
        // a reference shares its destination with others
        if !(node.span().start..node.span().end).contains(&destination.span.start) {
            return;
        }
        let mut edits = Vec::new();
        let words = node.words().replace('\u{a0}', " ");
        if words.trim() == "[email protected]" {
            let mut children = node.children();
            let Some(first) = children.next() else { return };
            let last = children.last().unwrap_or(first);
            edits.push(Edit::replace(Span::new(first.span().start, last.span().end), address.clone()));
        }
        edits.push(Edit::replace(destination.span, format!("mailto:{address}")));
        edits.sort_by_key(|e| e.span.start);
        cx.report(
            Report::new(&INFO, node.span(), "a mail address that was hidden from robots")
                .because("the link holds the address")
                .confidence(0.95)
                .fix(edits),
        );
    }
}

/// What stands before the hidden address in a link of Cloudflare's.
const FORM: &str = "/cdn-cgi/l/email-protection#";

/// The longest hidden address, in hexadecimal digits.
const LONGEST: usize = 200;

/// The address: pairs of digits, of which the first is the key that all others are masked with.
fn shown(hidden: &str) -> Option<String> {
    let (pairs, []) = hidden.as_bytes().as_chunks::<2>() else { return None };
    if hidden.len() > LONGEST {
        return None;
    }
    let byte = |[high, low]: &[u8; 2]| Some(hex_digit(*high)? << 4 | hex_digit(*low)?);
    let bytes: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    let (key, masked) = bytes.split_first()?;
    let address = String::from_utf8(masked.iter().map(|b| b ^ key).collect()).ok()?;
    let (name, host) = address.split_once('@')?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_'))
    };
    (is_plain(name) && is_plain(host) && host.contains('.') && !address.contains("__")).then_some(address)
}
