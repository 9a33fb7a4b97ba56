//! [`Destination`]: where links lead and what images show, in any spelling. Owns finding the address, the title and the content of a link in
//! its source; must not judge addresses.

use super::html::entities::{decode_attribute, decode_markdown};
use super::node::NodeRef;
use super::tree::{Definition, Flags, Kind};
use crate::bytes::any_byte;
use crate::span::Span;
use std::borrow::Cow;

/// Where a link leads or what an image shows, as written.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The bytes of the address, without brackets or quotes.
    pub span: Span,
    /// The address as written.
    pub written: &'a str,
    html: bool,
}

impl<'a> Destination<'a> {
    /// The address with character references and (in Markdown) escapes decoded.
    pub fn url(&self) -> Cow<'a, str> {
        if !self.html {
            unescape(self.written)
        } else if any_byte(self.written.as_bytes(), |b| b == b'&') {
            decode_attribute(self.written)
        } else {
            Cow::Borrowed(self.written)
        }
    }
}

/// Markdown text with backslash escapes and character references decoded.
pub fn unescape(written: &str) -> Cow<'_, str> {
    if !any_byte(written.as_bytes(), |b| (b == b'\\') | (b == b'&')) {
        return Cow::Borrowed(written);
    }
    let decoded = decode_markdown(written);
    if !decoded.contains('\\') {
        return decoded;
    }
    let mut out = String::with_capacity(decoded.len());
    let mut chars = decoded.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.extend(chars.next());
        }
    }
    Cow::Owned(out)
}

impl<'a> NodeRef<'a> {
    /// The definition that a reference link or image, or a definition's own node, stands for.
    pub(crate) fn definition(self) -> Option<&'a Definition> {
        let node = self.node();
        let refers = node.kind == Kind::Definition
            || matches!(node.kind, Kind::Link | Kind::Image) && node.has(Flags::REFERENCE);
        refers.then(|| self.tree().definitions.get(node.data as usize)).flatten()
    }

    /// Where a link leads, what an image shows, in any spelling; for a reference, the place in its definition.
    pub fn destination(self) -> Option<Destination<'a>> {
        let node = self.node();
        let in_html = |name: &str| {
            let span = self.attribute_record(name)?.value.span()?;
            Some(Destination { span, written: self.document.slice(span), html: true })
        };
        match node.kind {
            Kind::Link if node.has(Flags::HTML) => in_html("href"),
            Kind::Image if node.has(Flags::HTML) => in_html("src"),
            Kind::Link | Kind::Image | Kind::Definition => {
                let span = if let Some(d) = self.definition() {
                    d.destination.span()?
                } else if node.has(Flags::AUTOLINK) {
                    Span::new(node.start as usize + 1, (node.end as usize).saturating_sub(1))
                } else if node.kind != Kind::Definition && !node.has(Flags::REFERENCE) {
                    self.inline_destination()?
                } else {
                    return None;
                };
                Some(Destination { span, written: self.document.slice(span), html: false })
            }
            _ => None,
        }
    }

    /// The byte after the last child: where the text of an inline link or image ends.
    fn content_end(self) -> usize {
        let (nodes, record) = (&self.tree().nodes, self.node());
        let start = record.start as usize + if record.kind == Kind::Image { 2 } else { 1 };
        if record.next <= self.id.0 + 1 {
            return start;
        }
        // the last node below it, or what that stands in
        let mut last = nodes.get(record.next as usize - 1);
        while let Some(node) = last
            && node.parent != self.id.0
        {
            last = nodes.get(node.parent as usize);
        }
        last.map_or(start, |child| (child.end as usize).max(start))
    }

    /// The bytes of an inline link's address: after `](`, in angle brackets or with balanced parentheses.
    fn inline_destination(self) -> Option<Span> {
        let text = self.document.text;
        let end = self.node().end as usize;
        let from = self.content_end();
        let rest = text.get(from..end)?;
        // nothing but white space stands between the last child and the bracket, or nothing at all
        let open = from + if rest.starts_with("](") { 2 } else { rest.find("](")? + 2 };
        let bytes = text.as_bytes();
        // no blank up to the last bracket: nothing but the address stands there
        let inner = bytes.get(open..end.saturating_sub(1)).unwrap_or_default();
        if bytes.get(end - 1) == Some(&b')')
            && inner.first() != Some(&b'<')
            && !any_byte(inner, |b| b <= b' ')
        {
            return Some(Span::new(open, end - 1));
        }
        let mut at = open;
        while at < end && matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | b'>') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'<') {
            let mut close = at + 1;
            while close < end && bytes[close] != b'>' {
                close += if bytes[close] == b'\\' { 2 } else { 1 };
            }
            return Some(Span::new(at + 1, close.min(end)));
        }
        let start = at;
        let mut depth = 0usize;
        while at < end {
            // most bytes of an address are none of these
            let plain = |b: &u8| !matches!(b, b'\\' | b'(' | b')' | b' ' | b'\t' | b'\n' | b'\r');
            at += bytes[at..end].iter().take_while(|b| plain(b)).count();
            if at == end {
                break;
            }
            match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b' ' | b'\t' | b'\n' | b'\r' => break,
                _ => {}
            }
            at += 1;
        }
        Some(Span::new(start, at.min(end)))
    }

    /// The bytes of the title of an inline link or image, or of an HTML `title`, without quotes.
    pub fn title(self) -> Option<Span> {
        if self.is_html() {
            return self.attribute("title").and_then(|a| a.value_span);
        }
        if !matches!(self.kind(), Kind::Link | Kind::Image) || self.definition().is_some() {
            return None;
        }
        let end = self.span().end;
        let mut at = self.destination()?.span.end;
        let bytes = self.document.text.as_bytes();
        if bytes.get(at) == Some(&b'>') {
            at += 1;
        }
        while at < end && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let close = match bytes.get(at)? {
            b'"' => b'"',
            b'\'' => b'\'',
            b'(' => b')',
            _ => return None,
        };
        let last = memchr::memrchr(close, &bytes[at + 1..end.saturating_sub(1).max(at + 1)])?;
        Some(Span::new(at + 1, at + 1 + last))
    }

    /// The bytes between `[` and `]` of a Markdown link or image, or between the tags of an element.
    pub fn content_span(self) -> Span {
        let span = self.span();
        match self.kind() {
            Kind::Link | Kind::Image if !self.is_html() => {
                let start = span.start + if self.kind() == Kind::Image { 2 } else { 1 };
                if self.has(Flags::AUTOLINK) {
                    return Span::new(span.start + 1, span.end.saturating_sub(1));
                }
                let from = self.content_end();
                let close = self
                    .document
                    .text
                    .get(from..span.end)
                    .and_then(|s| s.find(']'))
                    .map_or(from, |i| from + i);
                Span::new(start, close.max(start))
            }
            _ => match (self.start_tag(), self.end_tag()) {
                (Some(a), Some(b)) => Span::new(a.end, b.start.max(a.end)),
                (Some(a), None) => Span::new(a.end, span.end.max(a.end)),
                _ => span,
            },
        }
    }
}
