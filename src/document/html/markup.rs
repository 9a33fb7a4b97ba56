//! Markup: where it starts in text, and the tags, comments and declarations. Positions are bytes of the text.

use super::{Attribute, AttributeRange, Quote, Tag, Token, TokenKind, Tokens};
use crate::span::Span;
use memchr::{memchr, memmem};

const SPACE: u8 = 1;
const ENDS_TAG_NAME: u8 = 2;
const ENDS_ATTRIBUTE_NAME: u8 = 4;
const ENDS_UNQUOTED_VALUE: u8 = 8;

/// What a byte means inside a tag.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let spaces = [b'\t', b'\n', 0x0C, b'\r', b' '];
    let mut i = 0;
    while i < spaces.len() {
        classes[spaces[i] as usize] = SPACE | ENDS_TAG_NAME | ENDS_ATTRIBUTE_NAME | ENDS_UNQUOTED_VALUE;
        i += 1;
    }
    classes[b'/' as usize] = ENDS_TAG_NAME | ENDS_ATTRIBUTE_NAME;
    classes[b'>' as usize] = ENDS_TAG_NAME | ENDS_ATTRIBUTE_NAME | ENDS_UNQUOTED_VALUE;
    classes[b'=' as usize] = ENDS_ATTRIBUTE_NAME;
    classes
};

/// Whether `byte` ends a tag name: a space, `/` or `>`.
pub(super) fn ends_tag_name(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & ENDS_TAG_NAME != 0
}

/// The first byte from `from` on that is of one of `classes`; the end of the text if none is.
fn find_class(bytes: &[u8], from: usize, classes: u8) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter()
        .position(|&byte| CLASSES[usize::from(byte)] & classes != 0)
        .map_or(bytes.len(), |found| from + found)
}

/// The first byte from `from` on that is no space; the end of the text if all are.
fn skip_spaces(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter()
        .position(|&byte| CLASSES[usize::from(byte)] & SPACE == 0)
        .map_or(bytes.len(), |found| from + found)
}

/// Where `needle` stands next, from `from` on.
fn find_byte(bytes: &[u8], from: usize, needle: u8) -> Option<usize> {
    memchr(needle, bytes.get(from..)?).map(|found| from + found)
}

/// Where the next markup starts in data, from `from` on: the `<` of it, or the end of the text.
pub(super) fn next_start(bytes: &[u8], from: usize) -> usize {
    let mut from = from;
    while let Some(open) = find_byte(bytes, from, b'<') {
        match bytes.get(open + 1) {
            Some(b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z') => return open,
            Some(b'/') if bytes.len() > open + 2 => return open,
            _ => from = open + 1,
        }
    }
    bytes.len()
}

/// Where the tag whose name ends at `from` ends (after its `>`, `None` if the text ends first), and whether in `/>`.
/// Its attributes go to `take`.
fn read_attributes(bytes: &[u8], from: usize, mut take: impl FnMut(Attribute)) -> Option<(usize, bool)> {
    let mut at = from;
    loop {
        at = skip_spaces(bytes, at);
        match bytes.get(at)? {
            b'>' => return Some((at + 1, false)),
            b'/' => {
                at += 1;
                if *bytes.get(at)? == b'>' {
                    return Some((at + 1, true));
                }
                continue;
            }
            _ => {}
        }
        // An equals sign where a name starts belongs to the name.
        let name_end = find_class(bytes, at + 1, ENDS_ATTRIBUTE_NAME);
        let name = Span::new(at, name_end);
        let equals = skip_spaces(bytes, name_end);
        if bytes.get(equals) != Some(&b'=') {
            take(Attribute { name, value: None, quote: Quote::None });
            at = equals;
            continue;
        }
        let value_start = skip_spaces(bytes, equals + 1);
        let (value, quote) = match *bytes.get(value_start)? {
            mark @ (b'"' | b'\'') => {
                let close = find_byte(bytes, value_start + 1, mark)?;
                at = close + 1;
                (Span::new(value_start + 1, close), if mark == b'"' { Quote::Double } else { Quote::Single })
            }
            b'>' => {
                at = value_start;
                (Span::at(value_start), Quote::None)
            }
            _ => {
                at = find_class(bytes, value_start, ENDS_UNQUOTED_VALUE);
                (Span::new(value_start, at), Quote::None)
            }
        };
        take(Attribute { name, value: Some(value), quote });
    }
}

/// Where the comment whose `<!--` starts at `start` ends, and its content.
fn read_comment(bytes: &[u8], start: usize) -> (usize, Span) {
    let content_start = start + 4;
    let mut from = content_start;
    while let Some(close) = find_byte(bytes, from, b'>') {
        let before = bytes.get(start + 2..close).unwrap_or_default();
        if before.ends_with(b"--") {
            // `<!-->` and `<!--->` are whole comments: the marks share dashes.
            return (close + 1, Span::new(content_start, (close - 2).max(content_start)));
        }
        if close >= content_start + 3 && before.ends_with(b"--!") {
            return (close + 1, Span::new(content_start, close - 3));
        }
        from = close + 1;
    }
    let rest = bytes.get(content_start..).unwrap_or_default();
    let unfinished = [b"--!".as_slice(), b"--", b"-"].into_iter().find(|end| rest.ends_with(end));
    (bytes.len(), Span::new(content_start, bytes.len() - unfinished.map_or(0, <[u8]>::len)))
}

impl Tokens<'_> {
    /// The markup that starts at the position; `closing` if it is the end tag of that raw element.
    pub(super) fn markup(&mut self, closing: Option<Tag>) -> Token {
        let bytes = self.text.as_bytes();
        let start = self.position;
        match (bytes.get(start + 1), bytes.get(start + 2)) {
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.end_tag(closing),
            (Some(b'/'), Some(b'>')) => self.token(start + 3, TokenKind::EmptyEndTag),
            (Some(b'/'), _) => self.bogus_comment(),
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?'), _) => {
                let (end, _) = self.first_close(start + 1);
                self.token(end, TokenKind::ProcessingInstruction)
            }
            _ => self.start_tag(),
        }
    }

    fn start_tag(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        let name = Span::new(self.position + 1, find_class(bytes, self.position + 1, ENDS_TAG_NAME));
        let first = self.attributes.len();
        let list = &mut self.attributes;
        let Some((end, self_closing)) = read_attributes(bytes, name.end, |attribute| list.push(attribute))
        else {
            self.attributes.truncate(first);
            return self.token(bytes.len(), TokenKind::Incomplete);
        };
        let tag = self.tag_at(name);
        let is_foreign = (self.foreign.is_open() || tag.opens_foreign_content()) && {
            let read = self.attributes.get(first..).unwrap_or_default();
            self.foreign.start_tag(tag, self_closing, self.text, read)
        };
        if tag.is_raw_text() && !is_foreign {
            self.raw = Some(tag);
        }
        let attributes = AttributeRange {
            start: u32::try_from(first).unwrap_or(u32::MAX),
            end: u32::try_from(self.attributes.len()).unwrap_or(u32::MAX),
        };
        self.token(end, TokenKind::StartTag { name, tag, attributes, self_closing })
    }

    fn end_tag(&mut self, closing: Option<Tag>) -> Token {
        let bytes = self.text.as_bytes();
        let name = Span::new(self.position + 2, find_class(bytes, self.position + 2, ENDS_TAG_NAME));
        let Some((end, _)) = read_attributes(bytes, name.end, |_| ()) else {
            return self.token(bytes.len(), TokenKind::Incomplete);
        };
        let tag = self.tag_at(name);
        if closing != Some(tag) {
            self.foreign.end_tag(tag);
        }
        self.token(end, TokenKind::EndTag { name, tag })
    }

    fn tag_at(&self, name: Span) -> Tag {
        self.text.get(name.range()).map_or(Tag::Unknown, Tag::from_name)
    }

    /// `<!…`.
    fn declaration(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        let inside = bytes.get(self.position + 2..).unwrap_or_default();
        if inside.starts_with(b"--") {
            let (end, content) = read_comment(bytes, self.position);
            self.token(end, TokenKind::Comment { content })
        } else if inside.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            let (end, _) = self.first_close(self.position + 2);
            self.token(end, TokenKind::Doctype)
        } else if inside.starts_with(b"[CDATA[") {
            self.cdata()
        } else {
            self.bogus_comment()
        }
    }

    /// `<![CDATA[…`.
    fn cdata(&mut self) -> Token {
        let content_start = self.position + 9;
        // In HTML that stands in foreign content it would be a comment, but only a tree could tell that from the immediate
        // content of `<title>` in `<svg>`, where it is text.
        if self.foreign.is_open() {
            let rest = self.text.as_bytes().get(content_start..).unwrap_or_default();
            let found = memmem::find(rest, b"]]>");
            let content_end = found.map_or(self.text.len(), |at| content_start + at);
            let end = found.map_or(self.text.len(), |_| content_end + 3);
            let content = Span::new(content_start, content_end);
            return self.token(end, TokenKind::Cdata { content, is_text: true });
        }
        let (end, close) = self.first_close(content_start);
        let inside = self.text.get(content_start..close).unwrap_or_default();
        let content =
            Span::new(content_start, content_start + inside.strip_suffix("]]").unwrap_or(inside).len());
        self.token(end, TokenKind::Cdata { content, is_text: false })
    }

    /// `<!…` or `</…` that is nothing else.
    fn bogus_comment(&mut self) -> Token {
        let (end, close) = self.first_close(self.position + 2);
        let content = Span::new(self.position + 2, close);
        self.token(end, TokenKind::BogusComment { content })
    }

    /// The end after the first `>` from `from` on, and where that stands; the text's end if there is none.
    fn first_close(&self, from: usize) -> (usize, usize) {
        find_byte(self.text.as_bytes(), from, b'>')
            .map_or((self.text.len(), self.text.len()), |close| (close + 1, close))
    }
}
