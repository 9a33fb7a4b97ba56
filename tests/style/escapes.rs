//! Backslashes: none is added, and those that do nothing go.

use crate::{render, styled};

#[test]
fn none_is_added() {
    let prose = [
        "2 * 3 * 4 and snake_case and a_b_c, 5 < 6 > 4, a + b - c = d",
        "* not - a + list 1. here # nor heading",
        "[brackets] (and) {braces} | bars | ~ tilde ~ `tick",
        "C# and F#, #tag, @name, a@b.org, 100%, $5, $6, & so on, AT&T",
        "Wait! Really? \"Quoted\" 'so': a; b, c. (1) 2) 3. ...",
        "C:\\Users\\name and \\ alone",
        "価格は_約_5*円です。",
    ];
    for line in prose {
        let text = format!("Text {line}\n");
        let backslashes = |t: &str| t.matches('\\').count();
        assert_eq!(backslashes(&styled(&text)), backslashes(&text), "{text}");
    }
}

#[test]
fn needless_ones_go() {
    for (escaped, bare) in [
        ("Windows 10\\. Then", "Windows 10. Then"),
        ("well\\-known", "well-known"),
        ("a \\+ b", "a + b"),
        ("snake\\_case", "snake_case"),
        ("Stop\\!", "Stop!"),
        ("a \\> b", "a > b"),
        ("5\\%", "5%"),
        ("say \\\"so\\\"", "say \"so\""),
        ("it\\'s", "it's"),
        ("one\\, two", "one, two"),
        ("a \\* b", "a * b"),
        ("a \\= b", "a = b"),
        ("f\\(x\\)", "f(x)"),
        ("C\\#", "C#"),
        ("12\\:30", "12:30"),
        ("and\\/or", "and/or"),
        ("why\\?", "why?"),
        ("a \\~ b", "a ~ b"),
        ("R \\& D", "R & D"),
        ("C:\\\\Users", "C:\\Users"),
        ("see \\[sic here\\]", "see [sic here]"),
    ] {
        let (text, want) = (format!("Text {escaped} end\n"), format!("Text {bare} end\n"));
        assert_eq!(styled(&text), want);
        assert_eq!(
            render::shape(&render::RENDERERS[1].1(&text)),
            render::shape(&render::RENDERERS[1].1(&want))
        );
    }
}

#[test]
fn needed_ones_stay() {
    for text in [
        "1\\. list",
        "\\- list",
        "\\+ list",
        "\\* list",
        "# 1\\. Title",
        "\\# heading",
        "\\> quote",
        "\\*emphasis\\*",
        "\\_emphasis\\_",
        "\\`code\\`",
        "\\[link](a)",
        "[link\\](a)",
        "!\\[image](a)",
        "a \\![image](a)",
        "\\<b>",
        "\\&amp;",
        "\\~\\~struck\\~\\~",
        "\\$1 and \\$2",
        "\\{{ a }}",
        "\\{% a %}",
        "www\\.example.org",
        "https\\://example.org",
        "a\\@example.org",
        "text[\\^1]",
        "\\[[wiki]]",
        "- \\[x\\] task",
        "\\| a | b |\n| - | - |",
        "text\n\\===",
        "text\n\\---",
        "Term\n\\: definition",
        ":smile\\:",
        "\\(n\\)",
        "fixes \\#12",
        "\\!!! note",
        "a\\\nb",
        "\\\\(a^2\\\\)",
    ] {
        let text = format!("{text}\n");
        assert_eq!(styled(&text), text);
    }
}
