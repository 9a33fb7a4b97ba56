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

/// The tokens as kind and text, for cases that need no more.
fn read(text: &str) -> Vec<(&'static str, &str)> {
    Tokens::new(text)
        .map(|token| {
            let kind = match token.kind {
                TokenKind::Text { raw: None } => "text",
                TokenKind::Text { raw: Some(raw) } => raw.name(),
                TokenKind::StartTag { .. } => "start",
                TokenKind::EndTag { .. } => "end",
                TokenKind::Comment { .. } => "comment",
                TokenKind::Doctype => "doctype",
                TokenKind::Cdata { .. } => "cdata",
                TokenKind::ProcessingInstruction => "instruction",
                TokenKind::BogusComment { .. } => "bogus",
                TokenKind::EmptyEndTag => "empty",
                TokenKind::Incomplete => "incomplete",
            };
            (kind, &text[token.span.range()])
        })
        .collect()
}

#[test]
fn raw_text_ends_at_the_matching_end_tag_only() {
    assert_eq!(
        read("<style>a > b</div></STYLE >c"),
        [("start", "<style>"), ("style", "a > b</div>"), ("end", "</STYLE >"), ("text", "c")]
    );
    assert_eq!(read("<script></script>"), [("start", "<script>"), ("end", "</script>")]);
    assert_eq!(read("<title>a</titles>b"), [("start", "<title>"), ("title", "a</titles>b")]);
    assert_eq!(read("<plaintext></plaintext>"), [("start", "<plaintext>"), ("plaintext", "</plaintext>")]);
    assert_eq!(read("<iframe src=a />x<b>"), [("start", "<iframe src=a />"), ("iframe", "x<b>")]);
}

#[test]
fn a_script_in_a_comment_in_a_script_is_hidden() {
    assert_eq!(
        read("<script><!--<script></script>--></script>x"),
        [("start", "<script>"), ("script", "<!--<script></script>-->"), ("end", "</script>"), ("text", "x")]
    );
    assert_eq!(
        read("<script><!-- a </script>x"),
        [("start", "<script>"), ("script", "<!-- a "), ("end", "</script>"), ("text", "x")]
    );
}

#[test]
fn noscript_is_data() {
    assert_eq!(
        read("<noscript><img></noscript>").iter().map(|t| t.0).collect::<Vec<_>>(),
        ["start", "start", "end"]
    );
}

#[test]
fn a_comment_without_an_end_runs_to_the_end() {
    assert_eq!(read("a<!-- b <p> --"), [("text", "a"), ("comment", "<!-- b <p> --")]);
    assert_eq!(read("<!-->a"), [("comment", "<!-->"), ("text", "a")]);
    assert_eq!(read("<!--a--!>b"), [("comment", "<!--a--!>"), ("text", "b")]);
}

#[test]
fn a_tag_the_end_cuts_is_incomplete() {
    for cut in ["<a", "<a ", "<a b=\"c>", "</a", "<a/"] {
        assert_eq!(read(cut), [("incomplete", cut)]);
    }
    assert_eq!(
        read("<title>a</title b"),
        [("start", "<title>"), ("title", "a"), ("incomplete", "</title b")]
    );
    let mut tokens = Tokens::new("<a b c=\"d>");
    assert!(tokens.next().is_some());
    assert!(tokens.into_attributes().is_empty());
}

#[test]
fn a_lone_angle_bracket_is_text() {
    for text in ["a < b", "1<2", "<", "a </", "<<<", "<_>", "x <- y"] {
        assert_eq!(read(text), [("text", text)]);
    }
    assert_eq!(read("</>"), [("empty", "</>")]);
    assert_eq!(read("</ a>"), [("bogus", "</ a>")]);
}

#[test]
fn declarations_are_told_apart() {
    assert_eq!(
        read("<!DocType html><?php a > b ?><![CDATA[a>b]]><!a>"),
        [
            ("doctype", "<!DocType html>"),
            ("instruction", "<?php a >"),
            ("text", " b ?>"),
            ("cdata", "<![CDATA[a>"),
            ("text", "b]]>"),
            ("bogus", "<!a>"),
        ]
    );
}

#[test]
fn svg_has_titles_that_close_themselves_and_text_in_cdata() {
    assert_eq!(
        read("<svg><title/><style>a<b</style><title><![CDATA[a>b]]></title></svg><title>c<d>"),
        [
            ("start", "<svg>"),
            ("start", "<title/>"),
            ("start", "<style>"),
            ("text", "a"),
            ("start", "<b</style>"),
            ("start", "<title>"),
            ("cdata", "<![CDATA[a>b]]>"),
            ("end", "</title>"),
            ("end", "</svg>"),
            ("start", "<title>"),
            ("title", "c<d>"),
        ]
    );
}

#[test]
fn the_encoding_of_an_annotation_says_whether_it_is_html() {
    let html = "<math><annotation-xml encoding='Text/HTML'><style>a<b></style></annotation-xml></math>";
    assert_eq!(read(html)[3], ("style", "a<b>"));
    assert_eq!(read(&html.replace("HTML", "TeX"))[4], ("start", "<b>"));
}

#[test]
fn an_svg_left_open_ends_with_the_first_html_element() {
    assert_eq!(read("<svg><path><p><style>a<b></style>")[4], ("style", "a<b>"));
    assert_eq!(read("<div><svg></div><style>a<b></style>")[4], ("style", "a<b>"));
}

#[test]
fn attributes_of_many_texts_go_into_one_list() {
    let mut first = Tokens::new("<a b=1>");
    assert_eq!(first.by_ref().count(), 1);
    let mut second = Tokens::with_attributes("<c d=2 e=3>", first.into_attributes());
    let Some(TokenKind::StartTag { attributes, .. }) = second.next().map(|token| token.kind) else {
        panic!("no start tag");
    };
    assert_eq!(attributes, AttributeRange { start: 1, end: 3 });
    assert_eq!(second.attributes(attributes)[0].raw_value(second.text), "2");
}

#[test]
fn storms_are_few_tokens_or_short_ones() {
    // Each token ends where the search for its end stopped, so nothing is read twice.
    let many = 20_000;
    for (storm, tokens) in [
        ("<!--<script>", 1),
        ("<a b=\"", 1),
        ("<<<<", 1),
        ("<script><!--", 2),
        ("<title></titl", 2),
        ("<?", 1),
        ("<!", 1),
        ("<a/", 1),
        ("<svg>", many),
        ("<![CDATA[", 1),
        ("&amp", 1),
    ] {
        assert_eq!(Tokens::new(&storm.repeat(many)).count(), tokens, "{storm}");
    }
}
