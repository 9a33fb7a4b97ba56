//! Generated documents: blocks of all kinds, spelled in two ways each.

use crate::{assert_sound, styled};
use proptest::prelude::*;

/// A block, or a way of spelling one: which bullets, which fence, how many blank lines.
#[derive(Clone, Debug)]
enum Block {
    Paragraph(Vec<String>),
    Heading(u8, String),
    Bullets(Vec<Vec<Block>>),
    Numbers(u32, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    Fence(String, Vec<String>),
    Indented(Vec<String>),
    Break,
    Html(&'static str),
    Table,
}

/// How a document is spelled.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    bullets: [char; 2],
    numbers: [char; 2],
    breaks: &'static str,
    fence: &'static str,
    setext: bool,
    closing: bool,
    underscores: bool,
    blank_lines: usize,
    trailing: &'static str,
}

const HOUSE: Spelling = Spelling {
    bullets: ['-', '*'],
    numbers: ['.', ')'],
    breaks: "---",
    fence: "```",
    setext: false,
    closing: false,
    underscores: false,
    blank_lines: 1,
    trailing: "",
};

fn spelling() -> impl Strategy<Value = Spelling> {
    let bullets = prop::sample::select(vec![['-', '*'], ['*', '-'], ['+', '-'], ['*', '+'], ['-', '+']]);
    let numbers = prop::sample::select(vec![['.', ')'], [')', '.']]);
    let breaks = prop::sample::select(vec!["---", "***", "* * *", "___", "_ _ _", "- - -", "-----"]);
    let fence = prop::sample::select(vec!["```", "~~~", "````", "~~~~~"]);
    let trailing = prop::sample::select(vec!["", " "]);
    (bullets, numbers, breaks, fence, any::<[bool; 3]>(), 1..4usize, trailing).prop_map(
        |(bullets, numbers, breaks, fence, [setext, closing, underscores], blank_lines, trailing)| Spelling {
            bullets,
            numbers,
            breaks,
            fence,
            setext,
            closing,
            underscores,
            blank_lines,
            trailing,
        },
    )
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "plain",
        "words",
        "*weak*",
        "**strong**",
        "**a *b* c**",
        "`code`",
        "[link](https://example.org/a_b)",
        "![image](a.png)",
        "snake_case",
        "ünïcode",
        "漢字",
        "2 * 3",
        "a.b",
        "<b>bold</b>",
        "&amp;",
        "~~gone~~",
        "*漢字*",
        "(*in brackets*)",
        "**end.**",
        "end\\* here",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|w| format!("Begin {} end", w.join(" ")))
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => prop::collection::vec(words(), 1..3).prop_map(Block::Paragraph),
        2 => (1..5u8, words()).prop_map(|(l, w)| Block::Heading(l, w)),
        1 => (prop::sample::select(vec!["", "rust", "sh"]), prop::collection::vec(words(), 0..3))
            .prop_map(|(i, l)| Block::Fence(i.to_owned(), l)),
        1 => prop::collection::vec(words(), 1..3).prop_map(Block::Indented),
        1 => Just(Block::Break),
        1 => prop::sample::select(vec!["<div>\ntext\n</div>", "<!-- comment -->", "<pre>\n a\n\n\n b\n</pre>"])
            .prop_map(Block::Html),
        1 => Just(Block::Table),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        let items = prop::collection::vec(prop::collection::vec(inner.clone(), 1..3), 1..4);
        prop_oneof![
            items.clone().prop_map(Block::Bullets),
            (0..12u32, items).prop_map(|(n, i)| Block::Numbers(n, i)),
            prop::collection::vec(inner, 1..3).prop_map(Block::Quote),
        ]
    })
}

fn document() -> impl Strategy<Value = Vec<Block>> {
    // a paragraph comes first: what stands first could be front matter
    prop::collection::vec(block(), 0..6).prop_map(|mut blocks| {
        blocks.insert(0, Block::Paragraph(vec!["The beginning.".to_owned()]));
        blocks
    })
}

/// The lines of blocks, one after the other.
fn spell(blocks: &[Block], s: Spelling) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut chain = 0;
    for (i, block) in blocks.iter().enumerate() {
        let same = |a: &Block, b: &Block| {
            matches!(
                (a, b),
                (Block::Bullets(_), Block::Bullets(_)) | (Block::Numbers(..), Block::Numbers(..))
            )
        };
        chain = if i > 0 && same(&blocks[i - 1], block) { chain + 1 } else { 0 };
        if i > 0 {
            let quote = matches!((&blocks[i - 1], block), (Block::Quote(_), Block::Quote(_)));
            let code = matches!((&blocks[i - 1], block), (Block::Indented(_), Block::Indented(_)))
                || matches!(block, Block::Indented(_))
                    && matches!(blocks[i - 1], Block::Bullets(_) | Block::Numbers(..));
            if quote || code {
                out.extend(["".to_owned(), "<!-- apart -->".to_owned()]);
            }
            out.extend(vec![String::new(); s.blank_lines]);
        }
        out.extend(spell_block(block, s, chain));
    }
    out
}

fn spell_block(block: &Block, s: Spelling, chain: usize) -> Vec<String> {
    let respelled = |text: &str| {
        if s.underscores {
            text.replace(" *weak*", " _weak_").replace("**strong**", "__strong__")
        } else {
            text.to_owned()
        }
    };
    match block {
        Block::Paragraph(lines) => lines.iter().map(|l| respelled(l) + s.trailing).collect(),
        Block::Heading(level, text) if s.setext && *level < 3 => {
            vec![respelled(text), if *level == 1 { "=====" } else { "---" }.to_owned()]
        }
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level));
            let closing = if s.closing { format!(" {marks} ") } else { String::new() };
            vec![format!("{marks} {}{closing}", respelled(text))]
        }
        Block::Bullets(items) => {
            items.iter().flat_map(|i| spell_item(&format!("{} ", s.bullets[chain % 2]), i, s)).collect()
        }
        Block::Numbers(first, items) => items
            .iter()
            .enumerate()
            .flat_map(|(n, i)| spell_item(&format!("{}{} ", first + n as u32, s.numbers[chain % 2]), i, s))
            .collect(),
        Block::Quote(blocks) => {
            spell(blocks, s).into_iter().map(|l| format!("> {l}").trim_end().to_owned()).collect()
        }
        Block::Fence(info, lines) => {
            let mut out = vec![format!("{}{info}", s.fence)];
            out.extend(lines.iter().cloned());
            out.push(s.fence.to_owned());
            out
        }
        Block::Indented(lines) => lines.iter().map(|l| format!("    {l}")).collect(),
        Block::Break => vec![s.breaks.to_owned()],
        Block::Html(html) => html.lines().map(str::to_owned).collect(),
        Block::Table => ["| a | b |", "| - | - |", "| *c* | d\\|e |"].map(str::to_owned).to_vec(),
    }
}

fn spell_item(marker: &str, blocks: &[Block], s: Spelling) -> Vec<String> {
    // what begins on the marker's line is a paragraph: a break or code there reads otherwise in some spellings
    let mut all = vec![Block::Paragraph(vec!["Item text".to_owned()])];
    all.extend_from_slice(blocks);
    let indent = " ".repeat(marker.len());
    spell(&all, s)
        .into_iter()
        .enumerate()
        .map(|(i, l)| {
            if i == 0 {
                format!("{marker}{l}")
            } else if l.is_empty() {
                l
            } else {
                format!("{indent}{l}")
            }
        })
        .collect()
}

/// Soup of Markdown marks: no document that anybody would write, all the more ways to be wrong.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b ", "_", "__", "*", "**", "***", "\\_", "\\*", "\\.", "\\!", "\\-", "\\#", "\\[", "\\]",
        "\\\\", "\\(", "\n", "\n", "\n\n", "\n\n\n", "- ", "* ", "+ ", "1. ", "1) ", "7) ", "# ", "## ",
        " #", "###", "> ", ">", "---", "***", "===", "```", "~~~", "    ", "  ", " ", "\t", "<b>", "</b>",
        "<div>", "<!--", "-->", "[", "](u)", "]", "![", "|", "|-|", "~~", "`", "&amp;", "\r\n", ".", "。",
        "é", ":", "word", "\n- ", "\n* ", "\n> ", "\n    ", "\n1. ", "\n# ", "\n***\n", "\n---\n", "\n```\n",
        "\n~~~\n", "$", "{", "}",
    ]);
    prop::collection::vec(piece, 1..24)
        .prop_map(|p| p.concat())
        // the renderers take front matter for text
        .prop_filter("front matter", |t| !t.starts_with(['-', '+', '{']))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_renders_the_same_and_stays(blocks in document(), s in spelling()) {
        let text = spell(&blocks, s).join("\n") + "\n";
        assert_sound(&text, "generated");
    }

    #[test]
    fn two_spellings_come_out_as_one(blocks in document(), s in spelling()) {
        let house = spell(&blocks, HOUSE).join("\n") + "\n";
        let other = spell(&blocks, s).join("\n") + "\n";
        prop_assert_eq!(styled(&house), styled(&other), "from\n{}\n--- and\n{}", house, other);
    }

    #[test]
    fn soup_renders_the_same_and_stays(text in soup()) {
        assert_sound(&text, "soup");
    }
}

/// `PROPTEST_CASES` asks for more.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}
