//! Texts to read: what scraped pages hold, and what damage makes of it.

use proptest::prelude::*;
use proptest::sample::select;

const NAMES: &[&str] = &[
    "a",
    "A",
    "p",
    "div",
    "DIV",
    "img",
    "br",
    "table",
    "td",
    "li",
    "h2",
    "span",
    "custom-tag",
    "amp-ad",
    "ins",
    "script",
    "style",
    "textarea",
    "TITLE",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintex",
    "b\u{e9}",
];

const WORDS: &[&str] = &[
    "word",
    "two words",
    "é",
    "日本",
    "😀",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{c}",
    "\0",
    "\u{a0}",
    "a < b",
    "1 > 0",
    "&amp;",
    "&copy",
    "&notit;",
    "&#8217;",
    "&#x41",
    "&nosuch;",
    "&",
    "AT&T",
    "\u{feff}",
    "=",
    "\"",
    "'",
    "--",
    "]]>",
    "/",
];

const ATTRIBUTES: &[&str] = &[
    "href=\"https://e.org/?a=1&amp;b=2&copy=3\"",
    "HREF='x'",
    "src=/a/b.png",
    "alt",
    "alt=\"\"",
    "alt=''",
    "title = \"t > u\"",
    "data-x\n=\n'1'",
    "class=a class=b",
    "onclick=\"if (a < b) { c('>') }\"",
    "x=`y`",
    "=",
    "=a",
    "a=",
    "a= ",
    "a==b",
    "/",
    "a/",
    "/b",
    "\"",
    "'",
    "<",
    "a\"b",
    "a='b\"c",
    "a=\"b",
    "é=ü",
    "k=\"a\"l='b'",
    "k=v/",
    "\0",
    "a\0=\0",
    "v=&not;&noti=&lt",
    "w=a\rb",
    "t='\r\n&#13;\n'",
];

const ODDITIES: &[&str] = &[
    "<",
    "<<",
    "</",
    "</>",
    "</ p>",
    "</ ",
    "<!",
    "<!>",
    "<!-",
    "<!->",
    "<!--",
    "<!-->",
    "<!--->",
    "<!---->",
    "<!--a-->",
    "<!-- ad: <b>x</b> -->",
    "<!--a--!>",
    "<!--a--!",
    "<!----!>",
    "<!---!>",
    "<!--!>",
    "<!--a--b-->",
    "<!--a->",
    "-->",
    "--!>",
    "<!--<!--",
    "<!--<!-->",
    "<!-- <!-- -->",
    "<!-- <!--->",
    "<!--<!-",
    "<?",
    "<?php echo 1 > 0 ?>",
    "<?xml?>",
    "<!doctype html>",
    "<!DOCTYPE html PUBLIC \"-//x>y\">",
    "<!doctyp",
    "<![CDATA[",
    "<![CDATA[x]]>",
    "<![cdata[x]]>",
    "<![if !IE]>",
    "<!ELEMENT a>",
    "]]>",
    "<1",
    "<é>",
    "<_a>",
    "<a",
    "<a ",
    "<a/",
    "<a/>",
    "<a//>",
    "<a b",
    "<a b=",
    "<a b='",
    "<p/ >",
    "</p",
    "</p ",
    "</p/>",
    "</p a='>'>",
    "<\r",
    "<a\r\n>",
    "</title",
    "</title >",
    "</TITLE/>",
    "</titles>",
    "</script",
    "</style\n>",
];

const SCRIPT: &[&str] = &[
    "<!--",
    "<!-",
    "<!",
    "-->",
    "--",
    "-",
    ">",
    "->",
    "--!>",
    "<script>",
    "<script",
    "<SCRIPT ",
    "<script/",
    "<scripts>",
    "<scrip",
    "</script>",
    "</script",
    "</Script ",
    "</script/",
    "</scripts>",
    "</scr",
    "</",
    "<",
    "<a>",
    "/",
    "x",
    " ",
    "if (a < b)",
    "é",
    "\0",
    "\r\n",
    "<!---->",
    "<!-->",
    "<!--->",
    "]]>",
    "&amp;",
    "script",
    "</script x='>'>",
];

/// Elements whose content state depends on where they stand; void and breaking-out ones left out. (The tree the reference
/// builds knows no `encoding` of `<annotation-xml>`.)
const NESTED: &[&str] = &[
    "svg",
    "math",
    "title",
    "desc",
    "foreignObject",
    "mi",
    "mtext",
    "mrow",
    "annotation-xml",
    "style",
    "script",
    "path",
    "g",
    "a",
    "section",
    "textarea",
    "iframe",
];

fn tag() -> impl Strategy<Value = String> {
    let attribute = (select(&[" ", "\n", "", "\r\n ", "\t/"][..]), select(ATTRIBUTES));
    let end = select(&[">", " >", "/>", " />", "/", "", "\n>"][..]);
    (select(&["<", "<", "<", "</"][..]), select(NAMES), prop::collection::vec(attribute, 0..4), end).prop_map(
        |(open, name, attributes, end)| {
            let mut tag = format!("{open}{name}");
            for (space, attribute) in attributes {
                tag.push_str(space);
                tag.push_str(attribute);
            }
            tag.push_str(end);
            tag
        },
    )
}

/// What a mutation does, and where (a share of the text).
fn mutations() -> impl Strategy<Value = Vec<(u16, u8, char)>> {
    let inserted = select(
        &['<', '>', '/', '!', '-', '"', '\'', '=', ' ', '\n', '\r', '&', ';', 'a', '?', '[', ']', '\0', 'é']
            [..],
    );
    prop::collection::vec((any::<u16>(), 0..4u8, inserted), 0..4)
}

fn mutated(text: &str, mutations: &[(u16, u8, char)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for &(place, kind, character) in mutations {
        let at = characters.len() * usize::from(place) / (usize::from(u16::MAX) + 1);
        match (kind, characters.get(at).copied()) {
            (0, Some(_)) => drop(characters.remove(at)),
            (1, Some(twice)) => characters.insert(at, twice),
            (2, Some(_)) => characters[at] = character,
            _ => characters.insert(at, character),
        }
    }
    characters.into_iter().collect()
}

fn joined(pieces: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = String> {
    (pieces, mutations()).prop_map(|(pieces, mutations)| mutated(&pieces.concat(), &mutations))
}

/// Tags, text and oddities in any order, mutated.
pub(super) fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => tag(),
        3 => select(WORDS).prop_map(str::to_owned),
        3 => select(ODDITIES).prop_map(str::to_owned),
    ];
    joined(prop::collection::vec(piece, 0..14))
}

/// A script element whose content plays with comments and tags.
pub(super) fn script() -> impl Strategy<Value = String> {
    let content = prop::collection::vec(select(SCRIPT).prop_map(str::to_owned), 0..14);
    joined(content.prop_map(|mut content| {
        content.insert(0, "<script>".to_owned());
        content
    }))
}

/// Short texts of hardly anything but the characters the states know.
pub(super) fn markup_characters() -> impl Strategy<Value = String> {
    let character =
        select(&['<', '<', '>', '/', '!', '-', '-', '"', '\'', '=', ' ', '?', 'a', 'B', '&', 'é', '\n'][..]);
    prop::collection::vec(character, 0..16).prop_map(|characters| characters.into_iter().collect())
}

/// References, whole, cut and mutated. No quotes nor markup.
pub(super) fn references() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = html5ever::data::NAMED_ENTITIES.keys().copied().collect();
    let piece = prop_oneof![
        3 => select(names).prop_map(|name| format!("&{name}")),
        2 => any::<u32>().prop_map(|number| format!("&#{number}")),
        2 => (0..0x11_0000u32).prop_map(|number| format!("&#x{number:x};")),
        2 => (0..0x400u32).prop_map(|number| format!("&#{number};")),
        2 => select(&[";", "=", "&", "x", "1", " ", "é", "#", "\n", "\r", "not", "it;"][..]).prop_map(str::to_owned),
    ];
    joined(prop::collection::vec(piece, 0..8)).prop_map(|text| text.replace(['"', '<'], ""))
}

/// What means something else outside foreign content; deeper down in it only a tree can tell.
const IN_FOREIGN_ONLY: &[&str] =
    &["<![CDATA[a > b]]>", "<title/>", "<style/>", "<script/>", "<path/>", "<desc/>"];

/// Well nested elements, foreign ones among them, with CDATA and self-closing tags.
pub(super) fn nested_elements() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        2 => select(&["text", "&lt;", "<!-- c -->", "<svg/>", "<math/>"][..]).prop_map(str::to_owned),
        1 => select(IN_FOREIGN_ONLY).prop_map(str::to_owned),
    ];
    let element = leaf.prop_recursive(5, 24, 4, |inner| {
        (select(NESTED), prop::collection::vec(inner, 0..4)).prop_map(|(name, content)| {
            let mut content = content.concat();
            if !matches!(name, "svg" | "math") {
                content = without_foreign(content);
            }
            format!("<{name}>{content}</{name}>")
        })
    });
    prop::collection::vec(element, 0..3).prop_map(|elements| {
        let is_element = |text: &String| text.ends_with("</svg>") || text.ends_with("</math>");
        elements
            .into_iter()
            .map(|text| if is_element(&text) { text } else { without_foreign(text) })
            .collect()
    })
}

fn without_foreign(content: String) -> String {
    IN_FOREIGN_ONLY.iter().fold(content, |content, piece| content.replace(piece, ""))
}
