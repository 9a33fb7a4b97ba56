//! Foreign content: whether the tokenizer stands in `<svg>` or `<math>`, where `<title/>` is closed, `<style>` is no
//! raw text and `<![CDATA[` is text. It follows [the tree builder's rules][rules] as far as tokens alone can show them.
//!
//! [rules]: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign

use super::{Attribute, Tag};

/// How deep foreign content is followed; what is nested deeper counts as what it stands in.
const DEEPEST: usize = 16;

/// The open `<svg>` and `<math>`, and the elements in them that change what their content is.
#[derive(Clone, Copy, Debug)]
pub(super) struct ForeignContent {
    open: [Entry; DEEPEST],
    depth: usize,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Entry {
    tag: Tag,
    content: Content,
}

/// What the content of an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Html,
    Svg,
    MathMl,
    /// That of `<annotation-xml>`: MathML, but `<svg>` is SVG.
    Annotation,
}

impl Default for ForeignContent {
    fn default() -> Self {
        Self { open: [Entry { tag: Tag::Unknown, content: Content::Html }; DEEPEST], depth: 0 }
    }
}

impl ForeignContent {
    fn entries(&self) -> &[Entry] {
        self.open.get(..self.depth).unwrap_or_default()
    }

    fn current(&self) -> Content {
        self.entries().last().map_or(Content::Html, |entry| entry.content)
    }

    /// Whether the current element is foreign.
    pub(super) fn is_current(&self) -> bool {
        self.current() != Content::Html
    }

    /// Whether an element of it is open.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Takes note of a start tag; to be called where [`Self::is_open`] or [`Tag::opens_foreign_content`]. Returns whether
    /// the tag is that of a foreign element.
    pub(super) fn start_tag(
        &mut self,
        tag: Tag,
        self_closing: bool,
        text: &str,
        attributes: &[Attribute],
    ) -> bool {
        if self.is_current() && breaks_out(tag, text, attributes) {
            self.leave();
        }
        let current = self.current();
        let content = match (current, tag) {
            (Content::Html | Content::Annotation, Tag::Svg) => Content::Svg,
            (Content::Html, Tag::Math) => Content::MathMl,
            // Of these names in HTML only the end tags matter.
            (Content::Html, _) if holds_html_in_svg(tag) && tag != Tag::Title || holds_html_in_math(tag) => {
                Content::Html
            }
            (Content::Html, _) => return false,
            (Content::Svg, _) if holds_html_in_svg(tag) => Content::Html,
            (Content::MathMl | Content::Annotation, Tag::AnnotationXml) => {
                annotation_content(text, attributes)
            }
            (Content::MathMl | Content::Annotation, _) if holds_html_in_math(tag) => Content::Html,
            (_, Tag::Svg | Tag::Math) => current,
            _ => return true,
        };
        let is_foreign = current != Content::Html || tag.opens_foreign_content();
        if let Some(entry) = self.open.get_mut(self.depth).filter(|_| !(is_foreign && self_closing)) {
            *entry = Entry { tag, content };
            self.depth += 1;
        }
        is_foreign
    }

    /// Takes note of an end tag, but not of that of a raw text element.
    pub(super) fn end_tag(&mut self, tag: Tag) {
        if let Some(at) = self.entries().iter().rposition(|entry| entry.tag == tag) {
            self.depth = at;
        } else if self.is_current() && breaks_out(tag, "", &[]) {
            // Its element was open before: what is foreign was left open.
            self.leave();
        }
    }

    /// Closes what is open up to HTML.
    fn leave(&mut self) {
        while self.is_current() {
            self.depth -= 1;
        }
    }
}

/// Whether the element of SVG holds HTML.
fn holds_html_in_svg(tag: Tag) -> bool {
    matches!(tag, Tag::ForeignObject | Tag::Desc | Tag::Title)
}

/// Whether the element of MathML holds HTML, `<annotation-xml>` in some cases.
fn holds_html_in_math(tag: Tag) -> bool {
    matches!(tag, Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext | Tag::AnnotationXml)
}

/// What an `<annotation-xml>` holds.
fn annotation_content(text: &str, attributes: &[Attribute]) -> Content {
    let encoding = attributes.iter().find(|attribute| attribute.is_named(text, "encoding"));
    let encoding = encoding.map_or("", |attribute| attribute.raw_value(text));
    if ["text/html", "application/xhtml+xml"].iter().any(|html| encoding.eq_ignore_ascii_case(html)) {
        Content::Html
    } else {
        Content::Annotation
    }
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
