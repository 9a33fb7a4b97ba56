//! What a tree promises about the text it was read from.

use super::{fixtures, generate};
use mdscrub::document::{Kind, Parsed};
use proptest::prelude::*;

/// Nesting, order and character boundaries.
fn check(text: &str) -> Result<(), TestCaseError> {
    let parsed = Parsed::new(text);
    let document = parsed.document(text);
    let mut children = 0;
    for node in document.nodes() {
        let (kind, span) = (node.kind(), node.span());
        prop_assert!(span.start <= span.end && span.end <= text.len(), "{kind:?} {span:?}");
        prop_assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{kind:?} {span:?}"
        );
        if let Some(parent) = node.parent() {
            prop_assert!(
                parent.id < node.id && parent.span().contains(span),
                "{kind:?} {span:?} leaves its parent"
            );
        }
        children += node.children().count();
    }
    prop_assert_eq!(children + 1, document.nodes().count(), "each node but the root is a child of one");
    for node in document.nodes() {
        let mut at = node.span().start;
        for child in node.children() {
            prop_assert_eq!(child.parent().map(|p| p.id), Some(node.id));
            // footnotes and definitions are gathered where they stand, so order holds for all kinds
            prop_assert!(
                child.span().start >= at || child.kind() == Kind::Definition,
                "{:?} before its sibling's end {at}",
                child.kind()
            );
            at = child.span().end.max(at);
        }
        for a in node.attributes() {
            prop_assert!(text.get(a.whole.range()).is_some() && node.span().contains(a.whole), "{a:?}");
        }
    }
    let protected = parsed.protected.spans();
    prop_assert!(protected.windows(2).all(|w| w[0].end <= w[1].start), "{protected:?}");
    Ok(())
}

/// Elements with their attributes, and what else is a node of its own in every spelling.
fn elements(text: &str) -> Vec<String> {
    let parsed = Parsed::new(text);
    parsed
        .document(text)
        .nodes()
        .filter(|n| n.is_html() && !matches!(n.kind(), Kind::Text | Kind::Comment | Kind::Markup))
        .map(|n| {
            let attributes: Vec<_> = n.attributes().map(|a| (a.name, a.value)).collect();
            format!("{:?} {:?} {attributes:?}", n.kind(), n.tag())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 400, max_global_rejects: 65536, ..ProptestConfig::default() })]

    #[test]
    fn nodes_nest_and_lie_on_characters(text in generate::document()) {
        check(&text)?;
    }

    #[test]
    fn any_string_has_a_tree(text in "(?s).{0,200}") {
        check(&text)?;
    }

    #[test]
    fn line_ends_do_not_change_the_elements(text in generate::plain_body()) {
        prop_assert_eq!(elements(&text), elements(&text.replace('\n', "\r\n")));
    }

    #[test]
    fn a_quote_does_not_change_the_elements(text in generate::plain_body()) {
        // front matter, definitions of templates and MDX are told by where a line stands: a quote takes them away
        prop_assume!(!text.contains(['{', '$', ':', '!', '+']) && !text.starts_with("---") && !text.contains("import "));
        let quoted: String = text.split_inclusive('\n').map(|l| format!("> {l}")).collect();
        prop_assert_eq!(elements(&text), elements(&quoted));
    }
}

#[test]
fn an_element_that_nothing_closes_holds_the_end_tags_of_what_it_holds() {
    for text in [
        "<div><ul>\n<li><a href=\"u\">x</a></div>\n",
        "<table><tr><td><b>x</b></table>\n",
        "> <ul><li><a href=u><b>x</b></a>\n",
    ] {
        if let Err(e) = check(text) {
            panic!("{text}: {e}");
        }
    }
}

#[test]
fn fixtures_too() {
    for (path, text) in fixtures() {
        for text in [text.clone(), text.replace("\r\n", "\n").replace('\n', "\r\n")] {
            if let Err(e) = check(&text) {
                panic!("{path}: {e}");
            }
        }
    }
}
