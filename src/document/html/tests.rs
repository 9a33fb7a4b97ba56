//! The tokens of single cases.

use super::*;

#[test]
fn attributes_have_exact_spans() {
    let text = r#"x <A HREF = 'q>"' b c=1/2 d="" e=>y</a >"#;
    let mut tokens = Tokens::new(text);
    assert_eq!(tokens.next().map(|t| t.kind), Some(TokenKind::Text { raw: None }));
    let Some(Token { span, kind: TokenKind::StartTag { name, tag, attributes, self_closing } }) =
        tokens.next()
    else {
        panic!("no start tag");
    };
    assert_eq!((&text[name.range()], tag, self_closing), ("A", Tag::A, false));
    assert_eq!(&text[span.range()], r#"<A HREF = 'q>"' b c=1/2 d="" e=>"#);
    let read: Vec<_> = tokens
        .attributes(attributes)
        .iter()
        .map(|a| {
            (&text[a.whole().range()], &text[a.name.range()], a.value.map(|v| &text[v.range()]), a.quote)
        })
        .collect();
    assert_eq!(
        read,
        [
            ("HREF = 'q>\"'", "HREF", Some("q>\""), Quote::Single),
            ("b", "b", None, Quote::None),
            ("c=1/2", "c", Some("1/2"), Quote::None),
            ("d=\"\"", "d", Some(""), Quote::Double),
            ("e=", "e", Some(""), Quote::None),
        ]
    );
    assert_eq!(tokens.next().map(|t| &text[t.span.range()]), Some("y"));
    assert_eq!(tokens.next().map(|t| &text[t.span.range()]), Some("</a >"));
    assert_eq!(tokens.next(), None);
}
