//! [`Lines`]: how the lines of a text end, which of them are blank. Owns one pass over line ends; must not know Markdown.

use crate::document::{Document, Kind, NodeRef};
use crate::span::Span;
use memchr::{memchr, memchr_iter, memchr2, memrchr};

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
    /// Whether readers disagree on what the lines are: there is a `\r` that no `\n` follows (a line end to CommonMark, and to
    /// nobody else), a line of blanks after an empty list item (it goes on with the item for some), a tab behind a fence.
    pub(crate) ambiguous: bool,
    /// What some readers take for Markdown and some for HTML; ascending.
    disputed: Vec<Span>,
    /// Lines that look like the one under a table's head.
    rules: Vec<Span>,
}

impl Lines {
    /// The lines of a document.
    pub(crate) fn of_document(document: Document<'_>) -> Self {
        let mut lines =
            Self::of(document.text, document.body_start(), document.parsed.front_matter.is_some());
        lines.dispute_rules(document);
        lines
    }

    /// Whether all lines end alike and readers agree on what they are.
    pub(crate) fn are_plain(&self) -> bool {
        !self.ambiguous && self.crlf == 0
    }

    /// What rules may do in the whole text, as [`Gather::grants`](crate::contract::Gather::grants) has it: for readers agree, and most lines
    /// end this way or that.
    pub(crate) fn grants(&self) -> Option<u128> {
        let bits = [!self.ambiguous, self.crlf > self.lf, self.crlf > 0 && self.crlf <= self.lf];
        Some(bits.iter().fold(0, |all, &bit| all << 1 | u128::from(bit)))
    }

    /// The same of a document whose lines are plain but, maybe, in these stretches (ascending): what is wrong with lines is told there
    /// and in the chunks beside.
    pub(crate) fn of_stretches(document: Document<'_>, stretches: &[Span]) -> Self {
        let (text, body) = (document.text, document.body_start());
        let bytes = text.as_bytes();
        let mut lines = Lines { body, ..Self::default() };
        (lines.first, lines.last) = first_and_last(bytes, body);
        let mut done = body;
        for stretch in stretches {
            // of many in one chunk the first one reads it
            if stretch.end < done {
                continue;
            }
            // the blank lines beside it belong to the chunk before
            let start = chunk_start(bytes, stretch.start.saturating_sub(1).max(body), body);
            let at = done.max(start);
            let mut reader = Reader::new(at > lines.first || document.parsed.front_matter.is_some());
            // a blank line stands before a chunk
            reader.blank_run = usize::from(at > body);
            done = lines.read_chunks(bytes, at, stretch.end, &mut reader);
            if memchr(b'\r', bytes.get(at..done).unwrap_or(&[])).is_some() {
                return Self::of_document(document);
            }
            lines.dispute_ends(done, &mut reader);
        }
        (lines.first, lines.last) = first_and_last(bytes, body);
        lines.leave_out_the_end();
        lines.dispute_rules(document);
        lines
    }

    fn of(text: &str, body: usize, after_front_matter: bool) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Lines { body, first: text.len(), last: body, ..Self::default() };
        let carriage_returns = memchr_iter(b'\r', bytes).count();
        let mut reader = Reader::new(after_front_matter);
        lines.read_chunks(bytes, body, bytes.len(), &mut reader);
        lines.leave_out_the_end();
        if carriage_returns > 0 {
            lines.lf = memchr_iter(b'\n', bytes).count();
            lines.crlf = memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) == Some(&b'\n')).count();
            lines.lf -= lines.crlf;
            lines.ambiguous |= lines.crlf < carriage_returns;
        }
        lines.dispute_ends(text.len(), &mut reader);
        lines
    }

    /// Reads the lines from byte `at` until a chunk begins whose line before, which is blank, begins behind byte `enough`; gives where.
    fn read_chunks(&mut self, bytes: &[u8], mut at: usize, enough: usize, reader: &mut Reader) -> usize {
        let mut before = at;
        while let Some(first) = bytes.get(at) {
            if *first == b'\n' {
                self.read_empty_line(at, at, bytes.len(), reader);
                before = at;
                at += 1;
                continue;
            }
            let newline = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
            if before > enough && reader.blank_run > 0 && !is_blank(&bytes[at..newline]) {
                return at;
            }
            self.read(bytes, at, newline, reader);
            before = at;
            at = newline + 1;
        }
        bytes.len()
    }

    /// What follows the last line with something on it is one matter for itself.
    fn leave_out_the_end(&mut self) {
        let last = self.last;
        self.trailing.retain(|s| s.start < last);
        self.extra.retain(|s| s.start < last);
    }

    /// Whether `span` stands where readers disagree on what is HTML.
    pub(crate) fn is_disputed(&self, span: Span) -> bool {
        if self.disputed.is_empty() {
            return false;
        }
        let index = self.disputed.partition_point(|s| s.end < span.start);
        let near = |s: &Span| if span.is_empty() { s.touches(span) } else { s.overlaps(span) };
        self.disputed.get(index..).is_some_and(|rest| rest.iter().take(2).any(near))
    }

    fn read(&mut self, bytes: &[u8], start: usize, newline: usize, reader: &mut Reader) {
        // most lines begin and end with a letter, or what only means something at the end of a short one
        if let Some(line) = bytes.get(start..newline)
            && let (Some(first), Some(last)) = (line.first(), line.last())
            && !matches!(first, b' ' | b'\t' | b'\r' | b'>' | b'<')
            && (last.is_ascii_alphanumeric()
                || matches!(last, b'!' | b'?' | b',' | b';' | b'"' | b'\'' | 0x80..)
                || matches!(last, b'.' | b')') && line.len() >= 40)
        {
            reader.seen = true;
            self.first = self.first.min(start);
            (reader.blank_run, reader.empty_item, reader.quote) = (0, false, None);
            self.last = newline;
            return;
        }
        let mut end = newline;
        if end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        let mut bare = end;
        while bare > start && matches!(bytes[bare - 1], b' ' | b'\t') {
            bare -= 1;
        }
        if bare == start {
            self.ambiguous |= reader.empty_item && end > bare;
            self.read_empty_line(start, newline, bytes.len(), reader);
            if reader.seen && reader.blank_run == 1 && end > bare {
                self.trailing.push(Span::new(bare, end));
            }
            return;
        }
        if !reader.seen || self.first == bytes.len() {
            reader.seen = true;
            self.first = self.first.min(start);
        }
        if is_disputed_line(&bytes[start..bare], reader.blank_run == 0 && reader.quote.is_none()) {
            reader.disputed.get_or_insert(start);
        }
        if is_table_rule(&bytes[start..bare]) {
            self.rules.push(Span::new(start, bare));
        }
        reader.blank_run = 0;
        reader.empty_item = is_empty_item(&bytes[start..bare]);
        self.last = end;
        let quote = if bytes[bare - 1] == b'>' { empty_quote(&bytes[start..bare]) } else { None };
        if quote.is_some() && quote == reader.quote {
            self.extra_line(start, newline, bytes.len());
            return;
        }
        reader.quote = quote;
        if end > bare {
            self.trailing.push(Span::new(bare, end));
            // a tab behind a closing fence: not every parser sees the end of the code
            self.ambiguous |=
                matches!(bytes[bare - 1], b'`' | b'~') && memchr(b'\t', &bytes[bare..end]).is_some();
        }
    }

    /// Reads a line with nothing on it but blanks.
    fn read_empty_line(&mut self, start: usize, newline: usize, length: usize, reader: &mut Reader) {
        reader.quote = None;
        reader.blank_run += 1;
        self.dispute_ends(start, reader);
        reader.empty_item = false;
        if reader.seen && reader.blank_run > 1 {
            self.extra_line(start, newline, length);
        }
    }

    fn dispute_ends(&mut self, at: usize, reader: &mut Reader) {
        if let Some(start) = reader.disputed.take() {
            self.disputed.push(Span::new(start, at));
        }
    }

    /// What looks like a table and is none here, or could as well be a list, is one thing to some readers and another to others.
    fn dispute_rules(&mut self, document: Document<'_>) {
        if self.rules.is_empty() {
            return;
        }
        let tables: Vec<Span> =
            document.nodes().filter(|n| n.kind() == Kind::Table).map(NodeRef::span).collect();
        for rule in std::mem::take(&mut self.rules) {
            let next = tables.partition_point(|t| t.end <= rule.start);
            let table = tables.get(next).is_some_and(|t| t.start <= rule.start);
            if self.disputed.last().is_some_and(|d| d.start <= rule.start && rule.start < d.end) {
                continue;
            }
            let bare = document.slice(rule).trim_start_matches([' ', '\t', '>']);
            if !table || bare.starts_with("- ") || bare.starts_with("-\t") {
                // the line before would be its head
                let start = document.line_at(rule.start.saturating_sub(1)).start;
                self.disputed.push(Span::new(start, chunk_end(document.text.as_bytes(), rule.end)));
            }
        }
        self.disputed.sort_unstable();
        self.disputed.dedup_by(|next, last| {
            let joined = next.start <= last.end;
            last.end = if joined { last.end.max(next.end) } else { last.end };
            joined
        });
    }

    fn extra_line(&mut self, start: usize, newline: usize, length: usize) {
        let end = (newline + 1).min(length);
        match self.extra.last_mut() {
            Some(span) if span.end == start => span.end = end,
            _ => self.extra.push(Span::new(start, end)),
        }
    }
}

/// Whether readers disagree on a line that begins with a tag: `<source` begins an HTML block up to CommonMark 0.30 and none since
/// 0.31; a tag alone on its line begins one for some where others see the last line of a list's or a quote's paragraph go on.
pub(crate) fn is_disputed_line(line: &[u8], after_text: bool) -> bool {
    let bare = line.iter().position(|b| !matches!(b, b' ' | b'\t' | b'>')).map_or(&[][..], |i| &line[i..]);
    if bare.first() != Some(&b'<') {
        return false;
    }
    let named = |name: &[u8]| bare.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    let tag = bare.get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
    named(b"source") || named(b"search") || tag && after_text && is_alone(bare) && !begins_block(bare)
}

struct Reader {
    blank_run: usize,
    /// The quote marks of the line before, if it has nothing else.
    quote: Option<(usize, usize)>,
    seen: bool,
    /// Whether the line before has a list's marker and nothing else.
    empty_item: bool,
    /// Where the lines begin that readers disagree on, until a blank line comes.
    disputed: Option<usize>,
}

impl Reader {
    /// A reader at the start of the text or of a chunk; `seen`: lines with something on them may stand before.
    fn new(seen: bool) -> Self {
        Self { blank_run: 0, quote: None, seen, disputed: None, empty_item: false }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r'))
}

/// Where the first line begins that has something on it, and where the last one ends.
pub(super) fn first_and_last(bytes: &[u8], body: usize) -> (usize, usize) {
    let is_ink = |b: &u8| !matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let rest = bytes.get(body..).unwrap_or(&[]);
    let (Some(first), Some(last)) = (rest.iter().position(is_ink), rest.iter().rposition(is_ink)) else {
        return (bytes.len(), body);
    };
    let first = memrchr(b'\n', &rest[..first]).map_or(0, |i| i + 1);
    let line_end = memchr(b'\n', &rest[last..]).map_or(rest.len(), |i| last + i);
    let last = if rest[..line_end].ends_with(b"\r") { line_end - 1 } else { line_end };
    (body + first, body + last)
}

/// Where the chunk ends whose line byte `at` stands in, without its last line end.
fn chunk_end(bytes: &[u8], at: usize) -> usize {
    let mut end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    while end < bytes.len() {
        let next = memchr(b'\n', &bytes[end + 1..]).map_or(bytes.len(), |i| end + 1 + i);
        if is_blank(&bytes[end + 1..next]) {
            break;
        }
        end = next;
    }
    end
}

/// Where the chunk that byte `at` stands in, or that ends in the blank lines there, begins.
fn chunk_start(bytes: &[u8], at: usize, body: usize) -> usize {
    let line_start = |at: usize| memrchr(b'\n', &bytes[body..at]).map_or(body, |i| body + i + 1);
    let mut start = line_start(at.min(bytes.len()));
    let line_end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i);
    let mut has_ink = !is_blank(&bytes[start..line_end]);
    while start > body {
        let above = line_start(start - 1);
        let is_above_blank = is_blank(&bytes[above..start - 1]);
        if is_above_blank && has_ink {
            break;
        }
        has_ink |= !is_above_blank;
        start = above;
    }
    start
}

/// Whether the line is one tag.
fn is_alone(line: &[u8]) -> bool {
    memchr(b'>', line) == Some(line.len() - 1)
}

/// Whether every reader begins an HTML block at this tag, whatever stands before it (CommonMark 0.31, section 4.6, kinds 1 and 6).
fn begins_block(line: &[u8]) -> bool {
    let name = line.get(1..).unwrap_or(&[]);
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    let Some(name) = name.get(..end).and_then(|n| std::str::from_utf8(n).ok()) else { return false };
    BLOCKS.iter().any(|b| b.eq_ignore_ascii_case(name))
}

const BLOCKS: [&str; 65] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
    "pre",
    "script",
    "style",
    "textarea",
];

/// Whether a line looks like the one under a table's head: bars and dashes.
fn is_table_rule(line: &[u8]) -> bool {
    line.last().is_some_and(|b| matches!(b, b'|' | b'-' | b':'))
        && line.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'>'))
        && memchr2(b'|', b':', line).is_some()
        && memchr(b'-', line).is_some()
}

/// Whether a line has a list's marker and nothing else.
fn is_empty_item(line: &[u8]) -> bool {
    line.len() < 40
        && line.last().is_some_and(|b| b"-*+.)".contains(b))
        && line.iter().all(|b| b.is_ascii_digit() || b" \t>-*+.)".contains(b))
}

/// The quote that a line is an empty line of: the place of its first `>` and how many there are. `None` where it has something
/// else.
fn empty_quote(line: &[u8]) -> Option<(usize, usize)> {
    let first = memchr(b'>', line)?;
    line.iter()
        .all(|b| matches!(b, b'>' | b' '))
        .then(|| (first, line.iter().filter(|b| **b == b'>').count()))
}

/// The line end that the line of byte `at` has, or else the one before it; `\n` where there is none.
pub(crate) fn line_end_near(text: &str, at: usize) -> &'static str {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let newline = memchr(b'\n', &bytes[at..]).map(|i| at + i).or_else(|| memrchr(b'\n', &bytes[..at]));
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
        assert_eq!((lines.crlf, lines.lf, lines.ambiguous), (1, 9, false));
        assert!(of("a\rb\n").ambiguous);
    }

    #[test]
    fn blank_lines_of_quotes() {
        assert_eq!(of("> a\n>\n> \n>\n> b\n").extra, [Span::new(6, 11)]);
        assert!(of("> a\n>\n>>\n> >b\n").extra.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn stretches_show_what_the_whole_shows(
            text in "(a|b c|> |>|- |\\* x|<b>|</i>|<source>| |  |\t|\n|\n\n|\n\n\n|--- \\| --|# x){0,24}",
            from in 0usize..60,
            length in 0usize..20,
        ) {
            let parsed = crate::document::Parsed::new(&text);
            let document = parsed.document(&text);
            let whole = Lines::of_document(document);
            let start = from.min(text.len());
            let stretch = Span::new(start, (start + length).min(text.len()));
            if whole.are_plain() {
                let part = Lines::of_stretches(document, &[stretch]);
                let near = |spans: &[Span]| spans.iter().copied().filter(|s| s.touches(stretch)).collect::<Vec<_>>();
                proptest::prop_assert_eq!((part.first, part.last), (whole.first, whole.last));
                proptest::prop_assert_eq!(near(&part.trailing), near(&whole.trailing));
                proptest::prop_assert_eq!(near(&part.extra), near(&whole.extra));
                proptest::prop_assert!(part.are_plain());
                for at in stretch.start..=stretch.end {
                    proptest::prop_assert_eq!(part.is_disputed(Span::at(at)), whole.is_disputed(Span::at(at)));
                }
            }
        }
    }
}
