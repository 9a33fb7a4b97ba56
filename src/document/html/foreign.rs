//! Foreign content: whether the tokenizer stands in `<svg>` or `<math>`, where `<title/>` is closed, `<style>` is no
//! raw text and `<![CDATA[` is text. It follows [the tree builder's rules][rules] as far as tokens alone can show them.
//!
//! [rules]: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign

use super::{Attribute, Tag};

/// The open `<svg>`, `<math>` and the elements in them whose content is HTML again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ForeignContent {
    /// One bit an element, the innermost lowest: 1 foreign, 0 HTML in foreign content.
    stack: u64,
    depth: u8,
}

impl ForeignContent {
    /// Whether the current element is foreign.
    pub(super) const fn is_current(self) -> bool {
        self.depth > 0 && self.stack & 1 == 1
    }

    /// Whether `<![CDATA[` opens text. In HTML that stands in foreign content it would not, but only a tree could tell
    /// that from the immediate content of `<title>` in `<svg>`, where it does.
    pub(super) const fn has_text_in_cdata(self) -> bool {
        self.depth > 0
    }

    fn push(&mut self, is_foreign: bool) {
        if u32::from(self.depth) < u64::BITS {
            self.stack = self.stack << 1 | u64::from(is_foreign);
            self.depth += 1;
        }
    }

    fn pop(&mut self) {
        self.stack >>= 1;
        self.depth = self.depth.saturating_sub(1);
    }

    /// Takes note of a start tag; to be called where [`Self::is_current`] or [`Tag::opens_foreign_content`].
    pub(super) fn start_tag(&mut self, tag: Tag, self_closing: bool, text: &str, attributes: &[Attribute]) {
        if self.is_current() && breaks_out(tag, text, attributes) {
            while self.is_current() {
                self.pop();
            }
        } else if tag.opens_foreign_content() {
            if !self_closing {
                self.push(true);
            }
        } else if holds_html(tag) && !self_closing {
            self.push(false);
        }
    }

    /// Takes note of an end tag, but not of that of a raw text element.
    pub(super) fn end_tag(&mut self, tag: Tag) {
        if self.depth == 0 {
            return;
        }
        if tag.opens_foreign_content() {
            self.pop_through(true);
        } else if holds_html(tag) {
            self.pop_through(false);
        } else if self.is_current() && breaks_out(tag, "", &[]) {
            // Its element was open before: what is foreign was left open.
            while self.is_current() {
                self.pop();
            }
        }
    }

    /// Pops up to and with the innermost entry of that sort; nothing without one.
    fn pop_through(&mut self, is_foreign: bool) {
        let wanted = if is_foreign { self.stack } else { !self.stack };
        let entry = wanted.trailing_zeros();
        if entry < u32::from(self.depth) {
            for _ in 0..=entry {
                self.pop();
            }
        }
    }
}

/// Whether the element, in foreign content, holds HTML.
fn holds_html(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::ForeignObject
            | Tag::Desc
            | Tag::Title
            | Tag::Mi
            | Tag::Mo
            | Tag::Mn
            | Tag::Ms
            | Tag::Mtext
            | Tag::AnnotationXml
    )
}

/// Whether the start tag ends foreign content.
fn breaks_out(tag: Tag, text: &str, attributes: &[Attribute]) -> bool {
    use Tag::*;
    match tag {
        B | Big | Blockquote | Body | Br | Center | Code | Dd | Div | Dl | Dt | Em | Embed | H1 | H2 | H3
        | H4 | H5 | H6 | Head | Hr | I | Img | Li | Listing | Menu | Meta | Nobr | Ol | P | Pre | Ruby
        | S | Small | Span | Strong | Strike | Sub | Sup | Table | Tt | U | Ul | Var => true,
        Font => attributes
            .iter()
            .any(|attribute| ["color", "face", "size"].iter().any(|name| attribute.is_named(text, name))),
        _ => false,
    }
}
