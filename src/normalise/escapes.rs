//! Which backslash does nothing. Owns the answer for each character that can be escaped, by what stands around it.
//!
//! The answer looks at the source as it is and holds as well when other needless backslashes of the block go: neighbours are
//! compared with their own backslash looked through.

use super::place::is_indented_cell;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::span::Span;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memmem};

/// The longest text between brackets that are taken for plain ones, in bytes.
const BRACKETS_REACH: usize = 80;

/// The longest block that is looked at: each escape looks over its block.
const LONGEST_BLOCK: usize = 4096;
/// How many elements an escape may stand in inside its block.
const DEEPEST: usize = 16;

/// An escaped character with what stands around it.
struct Escape<'a> {
    /// The source of the leaf block.
    block: &'a str,
    /// The backslash, in bytes of `block`.
    at: usize,
    /// The escaped character.
    mark: u8,
    /// The byte before the backslash, as far as it is on the same line.
    before: Option<u8>,
    /// The byte after the escaped character (a backslash before it looked through), as far as it is on the same line.
    after: Option<u8>,
}

/// The backslash before a text node, if it is an escape that does nothing.
pub(crate) fn needless(text: NodeRef<'_>) -> Option<Span> {
    let document = text.document;
    let bytes = document.text.as_bytes();
    let start = text.span().start;
    let backslash = start.checked_sub(1)?;
    let mark = *bytes.get(start)?;
    if bytes[backslash] != b'\\'
        || !mark.is_ascii_punctuation()
        || text.has(Flags::HTML)
        || text.has(Flags::DECODED)
    {
        return None;
    }
    let leaf = leaf_of(text, mark)?;
    let span = leaf.span();
    if backslash < span.start || span.len() > LONGEST_BLOCK || is_indented_cell(leaf) {
        return None;
    }
    let escape = Escape {
        block: document.slice(span),
        at: backslash - span.start,
        mark,
        before: on_line(bytes, backslash.checked_sub(1)),
        after: after(bytes, start + 1),
    };
    let line = document.line_at(backslash);
    let head = document.slice(Span::new(line.start.max(span.start), backslash));
    let whole_head = document.slice(Span::new(line.start, backslash));
    if (is_line_head(head) || is_line_head(whole_head)) && !escape.is_behind_a_mark() {
        return None;
    }
    if speaks_in_backslashes(escape.block) || escape.is_in_a_path() {
        return None;
    }
    // between brackets it could be part of a label, which is compared as it is written
    if memchr(b'[', escape.block.as_bytes()).is_some() && escape.may_be_in_a_label(document) {
        return None;
    }
    escape.does_nothing(document, leaf).then(|| Span::new(backslash, start))
}

/// The paragraph, heading or cell; `None` inside an image, or where `mark` could end the link that it stands in.
fn leaf_of(text: NodeRef<'_>, mark: u8) -> Option<NodeRef<'_>> {
    for at in text.ancestors().take(DEEPEST) {
        match at.kind() {
            kind if kind.is_leaf_block() => return Some(at),
            Kind::Emphasis | Kind::Strong | Kind::Strike => {}
            Kind::Link if !b"[]()!".contains(&mark) => {}
            Kind::Element if !at.has(Flags::IN_BLOCK) => {}
            _ => return None,
        }
    }
    None
}

/// Whether a backslash stands in `block`, outside of code, that escapes nothing, before a letter or digit: `C:\Users`, `\d+`, `\alpha`.
/// Who writes so means those before other characters too; converters that escape what means nothing leave no such backslash.
pub(crate) fn speaks_in_backslashes(block: &str) -> bool {
    let bytes = block.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr2(b'\\', b'`', rest)).map(|at| from + at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.first() == Some(&b'\\') {
            if rest.get(1).is_some_and(|b| !b.is_ascii_punctuation() && !b.is_ascii_whitespace()) {
                return true;
            }
            from = at + 2;
            continue;
        }
        let run = rest.iter().take_while(|b| **b == b'`').count();
        let (mark, behind) = rest.split_at(run);
        // three backticks in a row are looked for where one would do: that ends the code later at most
        from = at + run + memmem::find(behind, mark).map_or(0, |end| end + run);
    }
    false
}

fn on_line(bytes: &[u8], at: Option<usize>) -> Option<u8> {
    at.and_then(|i| bytes.get(i)).copied().filter(|b| !matches!(b, b'\n' | b'\r'))
}

fn after(bytes: &[u8], at: usize) -> Option<u8> {
    let next = on_line(bytes, Some(at))?;
    match on_line(bytes, Some(at + 1)) {
        Some(escaped) if next == b'\\' && escaped.is_ascii_punctuation() => Some(escaped),
        _ => Some(next),
    }
}

/// Whether only marks and numbers stand before: there a character can begin a list, a quote, a heading, a definition.
fn is_line_head(head: &str) -> bool {
    head.bytes().all(|b| b.is_ascii_digit() || b" \t>#*+-.)(:|~`_[]!?=\\".contains(&b))
}

fn is_blank(b: Option<u8>) -> bool {
    matches!(b, None | Some(b' ' | b'\t'))
}

fn is_word(b: Option<u8>) -> bool {
    b.is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii())
}

impl Escape<'_> {
    fn does_nothing(&self, document: Document<'_>, leaf: NodeRef<'_>) -> bool {
        let (before, after) = (self.before, self.after);
        let alone = is_blank(before) && is_blank(after);
        if self.is_behind_an_address() {
            return false;
        }
        match self.mark {
            // between two letters the other two may be accents of TeX
            b'"' | b'`' if self.is_inside_a_word() => false,
            b'"' | b'\'' | b',' => true,
            b'!' => after != Some(b'['),
            b'?' => before != Some(b'<'),
            b';' => memchr(b'&', self.word()).is_none(),
            b'.' | b'/' => before != Some(b'<') && !self.is_address(),
            b':' => {
                before != Some(b']') && after != Some(b':') && !self.is_address() && !self.repeats_in_word()
            }
            b'%' => !matches!(before, Some(b'{' | b'%')) && !matches!(after, Some(b'}' | b'{' | b'%')),
            b'-' => {
                leaf.kind() != Kind::Cell
                    && !matches!(before, Some(b'-' | b'!' | b'<' | b'\\'))
                    && !matches!(after, Some(b'-' | b'>'))
            }
            b'+' => before != Some(b'+') && after != Some(b'+') && !self.is_address(),
            b'=' => before != Some(b'=') && after != Some(b'='),
            b'#' => {
                leaf.kind() != Kind::Heading
                    && !matches!(before, Some(b'{' | b'&'))
                    && (is_blank(after)
                        || before.is_some_and(|b| b.is_ascii_alphanumeric()) && !is_word(after))
            }
            b'&' => !is_word(after) && after != Some(b'#'),
            b'>' => {
                memchr(b'<', self.block.get(..self.at).unwrap_or("<").as_bytes()).is_none()
                    && before != Some(b'-')
            }
            b'@' => !is_word(after) && before != Some(b'['),
            // behind a blank it may be the name of a block
            b'^' => before != Some(b'[') && self.is_single() && !(is_blank(before) && is_word(after)),
            b'*' => {
                alone
                    || self.is_single() && before != Some(b'/') && after != Some(b'/') && after != Some(b'[')
            }
            b'_' => {
                alone
                    || !self.is_address()
                        && memchr(b':', self.word()).is_none()
                        && (self.is_single() || self.is_inside_a_word())
            }
            b'~' | b'`' => alone && self.mark == b'~' || self.is_single(),
            b'$' => self.is_single() && after != Some(b'{'),
            b'\\' => self.is_lone_backslash(),
            b'(' | b')' => self.is_plain_parenthesis(),
            b'[' | b']' => {
                leaf.kind() != Kind::Heading
                    && document.parsed.tree.definitions.is_empty()
                    && ["](", "] (", "]（"]
                        .iter()
                        .all(|link| memmem::find(self.block.as_bytes(), link.as_bytes()).is_none())
                    && self.is_plain_bracket()
            }
            // `<`, `{` and `}` mean something to more readers than can be told, `|` to any table
            _ => false,
        }
    }

    /// Whether the escape stands between brackets of which a definition or a footnote could make a link.
    fn may_be_in_a_label(&self, document: Document<'_>) -> bool {
        let block = self.block.as_bytes();
        let opened = memchr(b'[', &block[..self.at]).is_some() && memchr(b']', &block[self.at..]).is_some();
        let footnote = memmem::find(block, b"[^").is_some();
        opened && (footnote || !document.parsed.tree.definitions.is_empty())
    }

    /// The run of non-blank bytes that the escape stands in.
    fn word(&self) -> &[u8] {
        let bytes = self.block.as_bytes();
        let start = bytes[..self.at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
        let end =
            bytes[self.at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |i| i + self.at);
        &bytes[start..end]
    }

    /// Whether the escape, at the head of a line, stands behind what keeps a list from beginning there: `**2\.`, `2\-`. A link may
    /// go and leave its words.
    fn is_behind_a_mark(&self) -> bool {
        match self.mark {
            b'.' | b')' => {
                let head = self.block.as_bytes().get(..self.at).unwrap_or_default();
                let number = head.iter().rev().take_while(|b| b.is_ascii_digit()).count();
                let before = head.iter().rev().nth(number);
                number > 0 && matches!(before, Some(b'*' | b'_'))
            }
            b'-' => self.before.is_some_and(|b| b.is_ascii_digit()),
            _ => false,
        }
    }

    /// Whether the word is the path of a file of Windows, or of a server: `D:\-old`, `%appdata%\.x`, `\\nas`.
    fn is_in_a_path(&self) -> bool {
        let word = self.word();
        match word {
            [drive, b':', b'\\', next, ..] => drive.is_ascii_alphabetic() && *next != b'\\',
            [b'%', rest @ ..] => memmem::find(rest, b"%\\").is_some_and(|at| {
                at > 0 && rest[..at].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
            }),
            // in `\\device\\disk` a converter escaped each
            [b'\\', b'\\', rest @ ..] => {
                rest.first().is_some_and(u8::is_ascii_alphanumeric) && memmem::find(rest, b"\\\\").is_none()
            }
            [b'.' | b'~', b'\\', next, ..] => {
                next.is_ascii_alphanumeric() || *next == b'.' && word[0] == b'.'
            }
            _ => false,
        }
    }

    /// Whether the word, without its backslashes, is something that GitHub makes a link of.
    fn is_address(&self) -> bool {
        let word: Vec<u8> = self.word().iter().filter(|b| **b != b'\\').map(u8::to_ascii_lowercase).collect();
        memchr(b'@', &word).is_some()
            || memmem::find(&word, b"www.").is_some()
            || memmem::find(&word, b":/").is_some()
    }

    /// Whether an address begins before it in the same word: what GitHub makes a link of takes the backslash in.
    fn is_behind_an_address(&self) -> bool {
        let head = self.block.as_bytes().get(..self.at).unwrap_or_default();
        let start = head.iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
        let head = head.get(start..).unwrap_or_default();
        memmem::find(head, b"://").is_some() || memmem::find(head, b"www.").is_some()
    }

    /// Whether the character stands in the word a second time: `:smile:`.
    fn repeats_in_word(&self) -> bool {
        memchr_iter(self.mark, self.word()).nth(1).is_some()
    }

    /// Whether letters or digits stand on both sides: an underscore there neither opens nor closes.
    fn is_inside_a_word(&self) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = self.block.get(..self.at).and_then(|t| t.chars().next_back());
        let after = self.block.get(self.at + 2..).and_then(|t| t.chars().next());
        letter(before) && letter(after)
    }

    /// Whether the block has the character but once: what works in pairs only does nothing then. `*` and `_` are one character, for
    /// one may come in place of the other.
    fn is_single(&self) -> bool {
        let block = self.block.as_bytes();
        match self.mark {
            b'*' | b'_' => memchr2_iter(b'*', b'_', block).nth(1).is_none(),
            mark => memchr_iter(mark, block).nth(1).is_none(),
        }
    }

    /// Whether `\\` stands before a letter, a digit or in a word of another script: the second one alone says the same.
    fn is_lone_backslash(&self) -> bool {
        let next = self.block.as_bytes().get(self.at + 2).copied();
        is_word(next) && self.before != Some(b'\\')
    }

    /// Whether `\(` or `\)` can neither be the second half of a link nor a delimiter of math.
    fn is_plain_parenthesis(&self) -> bool {
        if self.before == Some(b']') || self.before == Some(b'\\') {
            return false;
        }
        let block = self.block.as_bytes();
        // math needs both
        if memmem::find(block, b"\\(").is_none() || memmem::find(block, b"\\)").is_none() {
            return true;
        }
        let (open, close) = if self.mark == b'(' {
            let close = memmem::find(&block[self.at + 2..], b"\\)");
            (Some(self.at), close.map(|i| self.at + 2 + i))
        } else {
            (memmem::rfind(&block[..self.at], b"\\("), Some(self.at))
        };
        let (Some(open), Some(close)) = (open, close) else { return true };
        let content = &block[open + 2..close];
        // the brackets of a call: math stands apart from words
        let called =
            open.checked_sub(1).is_some_and(|i| block[i].is_ascii_alphanumeric() || block[i] == b'_');
        content.is_empty() || is_prose(content) || called && content.iter().all(u8::is_ascii_alphanumeric)
    }

    /// Whether the brackets around a few words are neither a link, a footnote, a task, a citation nor math.
    fn is_plain_bracket(&self) -> bool {
        let block = self.block.as_bytes();
        let (open, close) = if self.mark == b'[' {
            let Some(len) = memmem::find(&block[self.at + 2..], b"\\]") else { return false };
            (self.at, self.at + 2 + len)
        } else {
            let Some(open) = memmem::rfind(&block[..self.at], b"\\[") else { return false };
            (open, self.at)
        };
        let content = &block[open + 2..close];
        let before = open.checked_sub(1).and_then(|i| block.get(i));
        let after = block.get(close + 2);
        let marker = content.eq_ignore_ascii_case(b"toc") || content.eq_ignore_ascii_case(b"_toc_");
        content.len() <= BRACKETS_REACH
            && memchr2(b'[', b']', content).is_none()
            && !marker
            && !matches!(before, Some(b'!' | b'[' | b']' | b'\\'))
            && !matches!(after, Some(b'(' | b'[' | b']' | b':' | b'{' | b'\\'))
            && (is_prose(content) || content.len() < 4 && content.iter().all(u8::is_ascii_digit))
            && !content.is_empty()
    }
}

/// Whether nothing of it looks like math or a marker: letters of words, no formula.
fn is_prose(content: &[u8]) -> bool {
    let first = content.first().copied();
    let letters = content.iter().filter(|b| b.is_ascii_alphabetic() || !b.is_ascii()).count();
    letters > 2
        && (is_word(first))
        && content.last().is_some_and(|b| !b.is_ascii_whitespace())
        && !content.iter().any(|b| b"\\^_=+*/<>{}|$~`\n".contains(b))
}
