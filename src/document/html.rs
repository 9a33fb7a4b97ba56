//! HTML as tokens with exact byte spans: tags, tag names, attribute names and values.
//!
//! Owns what is a tag and what is not, after the [tokenizer states of the HTML standard][states], the names of the
//! elements ([`Tag`]), character references ([`entities`]) and the way from a region that is not contiguous in the
//! source back to the source ([`Region`]). It builds no tree, changes no text and knows nothing of ads or Markdown.
//!
//! The tokens of a text tile it: every byte lies in exactly one token, in order, so a caller can remove a token by its
//! span and knows what is left. Every token ends further on than the search for its end went, so any input takes
//! linear time.
//!
//! Where a tree builder would switch the tokenizer's state, the name of the element decides, as it does for
//! `html5ever` (the definition this module is tested against): the content of `<script>`, `<style>`, `<textarea>`,
//! `<title>`, `<xmp>`, `<iframe>`, `<noembed>`, `<noframes>` is one text up to the matching end tag, that of
//! `<plaintext>` runs to the end; in `<svg>` and `<math>` these are elements like any other and `<![CDATA[…]]>` is
//! text. `<noscript>` is data (scripting is off), or pixels would hide in it. A slash does not close such an element:
//! after `<iframe />` everything up to `</iframe>` is its text, as in a browser.
//!
//! [states]: https://html.spec.whatwg.org/multipage/parsing.html#tokenization

pub mod entities;
mod foreign;
mod markup;
mod raw_text;
mod region;
pub mod tag;

#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;

pub use region::Region;
pub use tag::Tag;

use crate::span::Span;
use foreign::ForeignContent;

/// A piece of a text. The tokens of a text follow each other without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// All its bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Character data, references not decoded. Never followed by another text.
    Text {
        /// The element whose raw text it is (`script`, `title`, …): markup in it is not markup. References in it count
        /// only where [`Tag::is_escapable_raw_text`].
        raw: Option<Tag>,
    },
    /// `<name attribute="value">`.
    StartTag {
        /// The bytes of the name as written.
        name: Span,
        /// The element.
        tag: Tag,
        /// Its attributes, duplicates included: give it to [`Tokens::attributes`].
        attributes: AttributeRange,
        /// Whether it ends in `/>`. HTML elements do not heed it, those in `<svg>` and `<math>` do.
        self_closing: bool,
    },
    /// `</name>`. Attributes of an end tag mean nothing and are not given.
    EndTag {
        /// The bytes of the name as written.
        name: Span,
        /// The element.
        tag: Tag,
    },
    /// `<!-- content -->`. Without an end it runs to the end of the text.
    Comment {
        /// What stands between the marks.
        content: Span,
    },
    /// `<!doctype …>`.
    Doctype,
    /// `<![CDATA[content]]>`. Outside `<svg>` and `<math>` it ends at the first `>` and is a comment to browsers.
    Cdata {
        /// What stands between the marks; outside foreign content without a closing `]]`.
        content: Span,
        /// Whether the content is text (in `<svg>`, `<math>`), not a comment.
        is_text: bool,
    },
    /// `<?…>`: up to the first `>`; a comment to browsers.
    ProcessingInstruction,
    /// `<!…>` or `</…>` that is nothing else: up to the first `>`; a comment to browsers.
    BogusComment {
        /// What a browser takes for the comment.
        content: Span,
    },
    /// `</>`: browsers drop it.
    EmptyEndTag,
    /// A tag the end of the text cuts: browsers drop it.
    Incomplete,
}

/// Which of the attributes of a [`Tokens`] belong to a start tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttributeRange {
    /// The first.
    pub start: u32,
    /// The one after the last.
    pub end: u32,
}

impl AttributeRange {
    /// The attributes of it out of `all`, those of all tokens.
    pub fn of(self, all: &[Attribute]) -> &[Attribute] {
        all.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// An attribute of a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name as written; names are compared without regard to ASCII case.
    pub name: Span,
    /// Its value without quotes, references not decoded; `None` without `=`, empty for `a=""` and for `a=` before `>`.
    pub value: Option<Span>,
    /// What the value stands in.
    pub quote: Quote,
}

impl Attribute {
    /// Name, equals sign, value and quotes.
    pub fn whole(self) -> Span {
        let end = match (self.value, self.quote) {
            (None, _) => self.name.end,
            (Some(value), Quote::None) => value.end,
            (Some(value), _) => value.end + 1,
        };
        Span::new(self.name.start, end)
    }

    /// Whether its name in `text` is `name`, given in lower case.
    pub fn is_named(self, text: &str, name: &str) -> bool {
        text.get(self.name.range()).is_some_and(|written| written.eq_ignore_ascii_case(name))
    }

    /// Its value in `text`, references not decoded; empty without one.
    pub fn raw_value(self, text: &str) -> &str {
        self.value.and_then(|value| text.get(value.range())).unwrap_or_default()
    }
}

/// What the value of an [`Attribute`] stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// Nothing.
    None,
    /// `'`
    Single,
    /// `"`
    Double,
}

/// The tokens of a text, one after the other. Allocates only to hold attributes.
///
/// The attributes of all start tags stay in one list, so that tokens can be kept: [`Tokens::attributes`] while
/// reading, [`Tokens::into_attributes`] with [`AttributeRange::of`] afterwards.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    /// Where the next token starts.
    position: usize,
    /// The element whose raw text starts at `position`.
    raw: Option<Tag>,
    /// The raw element whose end tag starts at `position`.
    closing: Option<Tag>,
    foreign: ForeignContent,
    attributes: Vec<Attribute>,
}

impl<'t> Tokens<'t> {
    /// The tokens of `text`, read from the data state.
    #[cfg(test)]
    pub fn new(text: &'t str) -> Self {
        Self::with_attributes(text, Vec::new())
    }

    /// The tokens of `text`, read from the data state, adding the attributes to `attributes`: one list for many texts. The attributes' spans are bytes of
    /// `text`.
    pub fn with_attributes(text: &'t str, attributes: Vec<Attribute>) -> Self {
        Self { text, position: 0, raw: None, closing: None, foreign: ForeignContent::default(), attributes }
    }

    /// The attributes of a start tag already read.
    pub fn attributes(&self, range: AttributeRange) -> &[Attribute] {
        range.of(&self.attributes)
    }

    /// The attributes of all start tags read.
    pub fn into_attributes(self) -> Vec<Attribute> {
        self.attributes
    }

    /// The token from `position` to `end`, after which reading goes on.
    fn token(&mut self, end: usize, kind: TokenKind) -> Token {
        let span = Span::new(self.position, end);
        self.position = end;
        Token { span, kind }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.position >= self.text.len() {
            return None;
        }
        if let Some(raw) = self.raw.take() {
            let end = raw_text::end(self.text.as_bytes(), self.position, raw);
            self.closing = Some(raw);
            if end > self.position {
                return Some(self.token(end, TokenKind::Text { raw: Some(raw) }));
            }
        }
        let closing = self.closing.take();
        let start = markup::next_start(self.text.as_bytes(), self.position);
        if start > self.position {
            return Some(self.token(start, TokenKind::Text { raw: None }));
        }
        Some(self.markup(closing))
    }
}
