//! [`Lines`]: how the lines of a text end, which of them are blank. Owns one pass over line ends; must not know Markdown.

use crate::document::Document;
use crate::rules::Gather;
use crate::settings::Settings;
use crate::span::Span;
use memchr::{memchr_iter, memmem, memrchr};

/// The line ends of a text, and what stands before them. The front matter and a byte order mark are left out.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// Blanks and tabs before line ends, ascending; lines that [`Lines::extra`] names or that lie outside of
    /// `first..last` are left out.
    pub(crate) trailing: Vec<Span>,
    /// Whole lines, with their line ends: blank lines after a blank line, and lines of nothing but `>` after one like it (which
    /// can be text all the same); ascending, disjoint.
    pub(crate) extra: Vec<Span>,
    /// Where the body begins.
    pub(crate) body: usize,
    /// Where the first line with something on it begins.
    pub(crate) first: usize,
    /// Where the last line with something on it ends, its line end not included.
    pub(crate) last: usize,
    /// How many lines end in `\r\n`.
    pub(crate) crlf: usize,
    /// How many end in a bare `\n`.
    pub(crate) lf: usize,
    /// Whether there is a `\r` that no `\n` follows: a line end to CommonMark, and to nobody else.
    pub(crate) stray_cr: bool,
    /// What some readers take for Markdown and some for HTML; ascending.
    disputed: Vec<Span>,
}

impl Gather for Lines {
    fn gather(document: Document<'_>, _: &Settings) -> Self {
        Self::of(document.text, document.body_start(), document.parsed.front_matter.is_some())
    }
}

impl Lines {
    fn of(text: &str, body: usize, after_front_matter: bool) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Lines { body, first: text.len(), last: body, ..Self::default() };
        let carriage_returns = memchr_iter(b'\r', bytes).count();
        let mut reader = Reader { blank_run: 0, quote: 0, seen: after_front_matter };
        let mut at = body;
        for newline in memchr_iter(b'\n', &bytes[body..]).map(|i| i + body) {
            lines.read(bytes, at, newline, &mut reader);
            at = newline + 1;
        }
        if at < bytes.len() {
            lines.read(bytes, at, bytes.len(), &mut reader);
        }
        // what follows the last line with something on it is one matter for itself
        let last = lines.last;
        lines.trailing.retain(|s| s.start < last);
        lines.extra.retain(|s| s.start < last);
        if carriage_returns > 0 {
            lines.lf = memchr_iter(b'\n', bytes).count();
            lines.crlf = memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) == Some(&b'\n')).count();
            lines.lf -= lines.crlf;
            lines.stray_cr = lines.crlf < carriage_returns;
        }
        lines.disputed = disputed(bytes, body);
        lines
    }

    /// Whether `span` stands where readers disagree on what is HTML.
    pub(crate) fn is_disputed(&self, span: Span) -> bool {
        !self.disputed.is_empty() && {
            let index = self.disputed.partition_point(|s| s.end < span.start);
            self.disputed.get(index).is_some_and(|s| s.start <= span.end)
        }
    }

    fn read(&mut self, bytes: &[u8], start: usize, newline: usize, reader: &mut Reader) {
        let mut end = newline;
        if end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        let mut bare = end;
        while bare > start && matches!(bytes[bare - 1], b' ' | b'\t') {
            bare -= 1;
        }
        if bare == start {
            reader.quote = 0;
            reader.blank_run += 1;
            if reader.seen && reader.blank_run > 1 {
                self.extra_line(start, newline, bytes.len());
            } else if reader.seen && end > bare {
                self.trailing.push(Span::new(bare, end));
            }
            return;
        }
        if !reader.seen || self.first == bytes.len() {
            reader.seen = true;
            self.first = self.first.min(start);
        }
        reader.blank_run = 0;
        self.last = end;
        let depth = if bytes[bare - 1] == b'>' { empty_quote(&bytes[start..bare]) } else { 0 };
        if depth > 0 && depth == reader.quote {
            self.extra_line(start, newline, bytes.len());
            return;
        }
        reader.quote = depth;
        if end > bare {
            self.trailing.push(Span::new(bare, end));
        }
    }

    fn extra_line(&mut self, start: usize, newline: usize, length: usize) {
        let end = (newline + 1).min(length);
        match self.extra.last_mut() {
            Some(span) if span.end == start => span.end = end,
            _ => self.extra.push(Span::new(start, end)),
        }
    }
}

/// From each line that begins with `<source` to the next blank line: that element begins an HTML block up to CommonMark 0.30, and
/// none since 0.31.
fn disputed(bytes: &[u8], body: usize) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for at in memmem::find_iter(&bytes[body..], b"<source").map(|i| i + body) {
        if out.last().is_some_and(|s| at < s.end) {
            continue;
        }
        let line = memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
        if bytes[line..at].iter().all(|b| b" \t>".contains(b)) {
            let blank = memmem::find(&bytes[at..], b"\n\n");
            let blank_crlf = memmem::find(&bytes[at..blank.map_or(bytes.len(), |i| at + i)], b"\n\r\n");
            out.push(Span::new(line, blank_crlf.or(blank).map_or(bytes.len(), |i| at + i)));
        }
    }
    out
}

struct Reader {
    blank_run: usize,
    /// How many quote marks the line before has, if it has nothing else.
    quote: usize,
    seen: bool,
}

/// How many `>` a line has that has nothing else.
fn empty_quote(line: &[u8]) -> usize {
    if line.iter().all(|b| matches!(b, b'>' | b' ')) { line.iter().filter(|b| **b == b'>').count() } else { 0 }
}

/// The line end that the line of byte `at` has, or else the one before it; `\n` where there is none.
pub(crate) fn line_end_near(text: &str, at: usize) -> &'static str {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let newline =
        memchr::memchr(b'\n', &bytes[at..]).map(|i| at + i).or_else(|| memrchr(b'\n', &bytes[..at]));
    match newline {
        Some(i) if i > 0 && bytes[i - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Lines {
        Lines::of(text, 0, false)
    }

    #[test]
    fn blanks_and_runs() {
        let lines = of("\n a \n\n \n\nb\t\r\n  \nc\n\n\n");
        assert_eq!(lines.first, 1);
        assert_eq!(lines.trailing, [Span::new(3, 4), Span::new(10, 11), Span::new(13, 15)]);
        assert_eq!(lines.extra, [Span::new(6, 9)]);
        assert_eq!(lines.last, 17);
        assert_eq!((lines.crlf, lines.lf, lines.stray_cr), (1, 9, false));
        assert!(of("a\rb\n").stray_cr);
    }

    #[test]
    fn blank_lines_of_quotes() {
        assert_eq!(of("> a\n>\n> \n>\n> b\n").extra, [Span::new(6, 11)]);
        assert!(of("> a\n>\n>>\n> >b\n").extra.is_empty());
    }
}
