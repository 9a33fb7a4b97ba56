//! [`bare_urls`]: where addresses stand in a text as such. Owns where they begin and end; must not judge them.

use crate::document::{Document, Flags, Kind, NodeRef};
use crate::span::Span;

/// The addresses that stand in a text as such. Text in links says where it leads, it is no address of its own.
pub(super) fn bare_urls(node: NodeRef<'_>) -> Vec<Span> {
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

/// Whether an address begins at the start of `bytes`.
fn is_scheme(bytes: &[u8]) -> bool {
    bytes.starts_with(b"http://") || bytes.starts_with(b"https://")
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
            b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'>' | b'"' | b'`' | b']' | b'[' | b'\\' => true,
            b'(' => {
                depth += 1;
                false
            }
            b')' => {
                depth -= 1;
                depth < 0
            }
            // between addresses it parts them, between words of a query it is one's
            b'|' => {
                let (before, behind) = (&bytes[..i], &bytes[i + 1..]);
                memchr::memchr(b'?', before).is_none()
                    || !behind.first().is_some_and(u8::is_ascii_alphanumeric)
                    || behind.starts_with(b"http")
            }
            b',' | b';' => is_scheme(&bytes[i + 1..]) && memchr::memchr(b'?', &bytes[..i]).is_some(),
            // what a template fills in
            b'{' => return None,
            _ => !b.is_ascii_graphic(),
        };
        if stop {
            end = i;
            break;
        }
    }
    let rest = document.text.as_bytes().get(from + end..).unwrap_or(&[]);
    // a value that is to be filled in: the address goes on behind it
    if rest.starts_with(b"{")
        || bytes[..end].ends_with(b"=")
            && rest.starts_with(b"<")
            && !rest.starts_with(b"</")
            && !rest.starts_with(b"<br")
    {
        return None;
    }
    while end > 0
        && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~')
    {
        end -= 1;
    }
    (end > 8).then_some(from + end)
}
