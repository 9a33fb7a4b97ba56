//! [`Prefix`]: what stands before the content on each line of a quote or list item. Owns skipping it in the source and writing it
//! on new lines.

use crate::document::{Kind, NodeRef};

#[derive(Clone, Copy, Debug)]
enum Level {
    Quote,
    /// A list item, with the width of its marker in columns.
    Item(usize),
}

/// How many columns the lines of a footnote are indented, but for the first one.
const FOOTNOTE: usize = 4;

/// The line prefix of a Markdown container.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prefix {
    levels: Vec<Level>,
    written: String,
}

impl Prefix {
    /// The prefix of the lines in `container`; `None` where it cannot be told (tabs).
    pub(crate) fn of(container: NodeRef<'_>) -> Option<Self> {
        let mut prefix = Self::default();
        for node in std::iter::once(container).chain(container.ancestors()) {
            match node.kind() {
                Kind::Quote => prefix.levels.push(Level::Quote),
                Kind::Item => {
                    let start = node.span().start;
                    let line = node.document.line_at(start);
                    let source = node.document.slice(line);
                    let marker = node.source().find([' ', '\t', '\n', '\r']).unwrap_or(node.source().len());
                    let content = node.children().next().map_or(start + marker + 1, |c| c.span().start);
                    let width =
                        if content > start + marker && content <= line.end && content - start <= marker + 4 {
                            content - start
                        } else {
                            marker + 1
                        };
                    if source.contains('\t') {
                        return None;
                    }
                    prefix.levels.push(Level::Item(width));
                }
                Kind::Footnote => prefix.levels.push(Level::Item(FOOTNOTE)),
                _ => {}
            }
        }
        prefix.levels.reverse();
        for level in &prefix.levels {
            match level {
                Level::Quote => prefix.written.push_str("> "),
                Level::Item(width) => prefix.written.extend(std::iter::repeat_n(' ', *width)),
            }
        }
        Some(prefix)
    }

    /// As it is written at the start of a line.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// How many bytes of a line it takes; lines may have less of it than they should.
    pub(crate) fn skip(&self, line: &str) -> usize {
        self.on(line).0
    }

    /// Whether a line has less of it than it should: it is in the container only because a paragraph goes on.
    pub(crate) fn is_short_on(&self, line: &str) -> bool {
        !self.on(line).1
    }

    /// How many bytes of a line it takes, and whether it is whole there.
    fn on(&self, line: &str) -> (usize, bool) {
        let bytes = line.as_bytes();
        let mut at = 0;
        let mut whole = true;
        for level in &self.levels {
            let mut blanks = 0;
            let limit = if let Level::Item(width) = level { *width } else { 3 };
            while blanks < limit && bytes.get(at + blanks) == Some(&b' ') {
                blanks += 1;
            }
            match level {
                Level::Item(width) => {
                    at += blanks;
                    whole &= blanks == *width;
                }
                Level::Quote if bytes.get(at + blanks) == Some(&b'>') => {
                    at += blanks + 1;
                    at += usize::from(bytes.get(at) == Some(&b' '));
                }
                Level::Quote => return (at, false),
            }
        }
        (at, whole)
    }

    /// `text` without it on all lines but the first.
    pub(crate) fn strip<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.levels.is_empty() || !text.contains('\n') {
            return text.into();
        }
        let mut out = String::with_capacity(text.len());
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let from = if number == 0 { 0 } else { self.skip(line) };
            out.push_str(line.get(from..).unwrap_or(""));
        }
        out.into()
    }
}
