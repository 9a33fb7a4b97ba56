//! [`Referrers`]: what elsewhere in the document refers to an element by its id or class: links, labels, styles, scripts; and what was in
//! it before. Owns finding these; whether an element can go, `meaning` says.

use crate::document::html::Tag;
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::evidence::language::Language;
use crate::evidence::url::percent_decoded;
use crate::span::Span;
use std::cell::OnceCell;
use std::collections::HashSet;

/// Attributes that name the ids of other elements.
const NAMING: &[&str] = &[
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-details",
    "aria-owns",
    "headers",
    "list",
    "form",
];

/// A longer name is none.
const LONGEST: usize = 64;

/// What is known of a text, read when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Referred {
    /// Ids (without regard to case) that something leads to.
    ids: OnceCell<HashSet<String>>,
    /// Classes that a style of the document dresses.
    styled: OnceCell<HashSet<String>>,
    /// The language that most of it is written in.
    language: OnceCell<Language>,
    /// Where something was taken out of the text in this run, ascending.
    removals: Vec<Span>,
}

impl Referred {
    /// That of a text from which `removals` are gone.
    pub(crate) fn after(removals: Vec<Span>) -> Self {
        Self { removals, ..Self::default() }
    }
}

/// See the room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Referrers<'d> {
    document: Document<'d>,
    known: &'d Referred,
}

impl<'d> Referrers<'d> {
    /// Those of a document; `known` keeps what is read.
    pub(crate) fn of(document: Document<'d>, known: &'d Referred) -> Self {
        Self { document, known }
    }

    /// Whether something leads to the element of that id.
    pub(crate) fn lead_to(&self, id: &str) -> bool {
        self.known.ids.get_or_init(|| ids(self.document)).contains(&id.to_ascii_lowercase())
    }

    /// Whether a style of the document dresses one of these classes.
    pub(crate) fn dress(&self, classes: &str) -> bool {
        let styled = self.known.styled.get_or_init(|| classes_of_styles(self.document));
        !styled.is_empty() && classes.split_ascii_whitespace().any(|class| styled.contains(class))
    }

    /// Whether a tag of a language (`en-GB`) names the one that the document is written in.
    pub(crate) fn is_in_language(&self, tag: &str) -> bool {
        let code = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let language = self.known.language.get_or_init(|| Language::of_document(self.document));
        language.is_known() && language.is_likely(&code)
    }

    /// Whether an element that is empty now held something when the run began.
    pub(crate) fn have_emptied(&self, node: NodeRef<'_>) -> bool {
        let (Some(start), Some(end)) = (node.start_tag(), node.end_tag()) else { return false };
        std::ptr::eq(node.document.parsed, self.document.parsed)
            && self.have_taken_from(Span::new(start.end, end.start.max(start.end)))
    }

    /// Whether something was taken out there.
    pub(crate) fn have_taken_from(&self, content: Span) -> bool {
        let index = self.known.removals.partition_point(|r| r.end < content.start);
        self.known.removals.get(index).is_some_and(|r| r.start <= content.end)
    }
}

fn ids(document: Document<'_>) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut add = |name: &str| {
        if !name.is_empty() && name.len() <= LONGEST {
            names.insert(name.to_ascii_lowercase());
        }
    };
    for node in document.nodes() {
        // `<h2 id="kiln"><a href="#kiln"></a>`: nobody follows a link without words
        if matches!(node.kind(), Kind::Link | Kind::Definition)
            && !(node.is_html() && node.children().next().is_none())
            && let Some(d) = node.destination()
            && let Some((_, name)) = d.written.split_once('#')
        {
            add(name);
            add(&percent_decoded(name));
        }
        if !node.has(Flags::HTML) {
            continue;
        }
        match node.tag() {
            Tag::Style => selectors(node.source()).for_each(|s| {
                names_after('#', s).for_each(&mut add);
            }),
            Tag::Script if !node.attribute("type").is_some_and(|t| t.value.contains("json")) => {
                quoted(node.source()).for_each(&mut add);
            }
            _ => {
                let naming =
                    node.attributes().filter(|a| NAMING.iter().any(|n| a.name.eq_ignore_ascii_case(n)));
                naming.flat_map(|a| a.value.split_ascii_whitespace()).for_each(&mut add);
            }
        }
    }
    names
}

fn classes_of_styles(document: Document<'_>) -> HashSet<String> {
    let has = |tag: &str| memchr::memmem::find(document.text.as_bytes(), tag.as_bytes()).is_some();
    if !has("<style") && !has("<STYLE") {
        return HashSet::new();
    }
    let styles = document.nodes().filter(|n| n.tag() == Tag::Style && n.has(Flags::HTML));
    let mut found = HashSet::new();
    for style in styles {
        for selector in selectors(style.source()) {
            found.extend(names_after('.', selector).map(str::to_owned));
        }
    }
    found
}

/// The selectors of a style sheet: what stands before an opening brace.
fn selectors(style: &str) -> impl Iterator<Item = &str> {
    let mut parts = style.split('{').peekable();
    std::iter::from_fn(move || {
        let part = parts.next()?;
        parts.peek()?;
        part.rsplit(['}', ';']).next()
    })
}

/// The names that follow a sign in a selector.
fn names_after(sign: char, selector: &str) -> impl Iterator<Item = &str> {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    selector
        .split(sign)
        .skip(1)
        .map(move |s| s.get(..s.find(|c| !is_of_name(c)).unwrap_or(s.len())).unwrap_or(""))
}

/// The strings of a script, without the sign of a selector before them.
fn quoted(script: &str) -> impl Iterator<Item = &str> {
    let parts = script.split(['"', '\'', '`']);
    parts.map(|s| s.trim_start_matches('#')).filter(|s| s.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_styles_and_scripts() {
        let all = |style| -> Vec<&str> { selectors(style).flat_map(|s| names_after('.', s)).collect() };
        assert_eq!(all("<style>.rot{color:red} p.a > .b-c, i{x:1.5;y:2}</style>"), ["rot", "a", "b-c"]);
        assert_eq!(all("@media print { .a { b: c } .d { e: f } }"), ["a", "d"]);
        assert!(quoted("x.getElementById(\"erg\").y = 5; $('#map')").any(|s| s == "erg"));
        assert!(quoted("$('#map')").any(|s| s == "map"));
    }
}
