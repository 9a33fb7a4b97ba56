//! The tokens against those of `html5ever`, on generated soup and its mutants.

mod generators;
mod reference;

use super::{Token, TokenKind, Tokens, entities};
use proptest::prelude::*;
use reference::{Event, reference_events, tree_builder_events};

/// Line ends as the standard's preprocessing leaves them.
fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The tokens as `html5ever` would report them.
fn own_events(text: &str) -> Vec<Event> {
    let slice = |span: crate::Span| normalised(&text[span.range()]);
    let mut events = Vec::new();
    let mut tokens = Tokens::new(text);
    while let Some(Token { span, kind }) = tokens.next() {
        let event = match kind {
            TokenKind::Text { raw } => match raw {
                Some(raw) if !raw.is_escapable_raw_text() => Event::text(&slice(span)),
                _ => Event::text(&entities::decode_text(&slice(span))),
            },
            TokenKind::StartTag { name, attributes, self_closing, tag } => {
                assert!(tag.name().is_empty() || tag.name().eq_ignore_ascii_case(&text[name.range()]));
                let attributes = tokens.attributes(attributes).iter().map(|attribute| {
                    assert!(span.contains(attribute.whole()));
                    let value = attribute.value.map(slice).unwrap_or_default();
                    (slice(attribute.name), entities::decode_attribute(&value).into_owned())
                });
                Event::start_tag(&slice(name), attributes, self_closing)
            }
            TokenKind::EndTag { name, .. } => Event::end_tag(&slice(name)),
            TokenKind::Comment { content } | TokenKind::BogusComment { content } => {
                Event::comment(&slice(content))
            }
            TokenKind::ProcessingInstruction => {
                let inside = &text[span.start + 1..span.end];
                Event::comment(&normalised(inside.strip_suffix('>').unwrap_or(inside)))
            }
            TokenKind::Cdata { content, is_text: true } => Event::text(&slice(content)),
            TokenKind::Cdata { is_text: false, .. } => {
                let inside = &text[span.start + 2..span.end];
                Event::comment(&normalised(inside.strip_suffix('>').unwrap_or(inside)))
            }
            TokenKind::Doctype => Event::Doctype,
            TokenKind::EmptyEndTag | TokenKind::Incomplete => continue,
        };
        Event::push(&mut events, event);
    }
    events
}

/// Whether every byte of the text is in exactly one token, in order.
fn tiles(text: &str) -> bool {
    let mut end = 0;
    for token in Tokens::new(text) {
        if token.span.start != end || token.span.is_empty() || text.get(token.span.range()).is_none() {
            return false;
        }
        end = token.span.end;
    }
    end == text.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_is_read_as_html5ever_reads_it(text in generators::soup()) {
        prop_assert!(tiles(&text));
        prop_assert_eq!(own_events(&text), reference_events(&text));
    }

    #[test]
    fn scripts_are_read_as_html5ever_reads_them(text in generators::script()) {
        prop_assert!(tiles(&text));
        prop_assert_eq!(own_events(&text), reference_events(&text));
    }

    #[test]
    fn markup_characters_in_any_order_are_read_as_html5ever_reads_them(text in generators::markup_characters()) {
        prop_assert!(tiles(&text));
        prop_assert_eq!(own_events(&text), reference_events(&text));
    }

    #[test]
    fn references_are_decoded_as_html5ever_decodes_them(text in generators::references()) {
        prop_assert_eq!(own_events(&text), reference_events(&text));
        let tag = format!("<a b=\"{text}\">");
        prop_assert_eq!(own_events(&tag), reference_events(&tag));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn foreign_content_is_read_as_the_tree_builder_has_it_read(text in generators::nested_elements()) {
        prop_assert!(tiles(&text));
        prop_assert_eq!(own_events(&text), tree_builder_events(&text));
    }
}

#[test]
fn every_named_reference_is_decoded_as_html5ever_decodes_it() {
    for after in ["", ";", "=", "x", " ", "é"] {
        let all: String =
            html5ever::data::NAMED_ENTITIES.keys().map(|name| format!("&{name}{after}\n")).collect();
        assert_eq!(own_events(&all), reference_events(&all));
        let tag = format!("<a b='{all}'>");
        assert_eq!(own_events(&tag), reference_events(&tag));
    }
}

#[test]
fn every_kind_of_numeric_reference_is_decoded_as_html5ever_decodes_it() {
    let edges =
        [0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFDD0, 0xFFFE, 0xFFFF, 0x1F600, 0x10FFFF, 0x110000, u64::MAX];
    let all: String = (0..0x180).chain(edges).map(|n| format!("&#{n};&#{n} &#x{n:x};&#X{n:X}\n")).collect();
    assert_eq!(own_events(&all), reference_events(&all));
    let tag = format!("<a b='{all}' c=&#x26;&#60>&#;&#x;&#xg;&# &#");
    assert_eq!(own_events(&tag), reference_events(&tag));
}
