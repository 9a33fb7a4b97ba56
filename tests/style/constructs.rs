//! Marks of programs that read Markdown after or before its parser: none of them changes, wherever it stands.

use crate::styled;

/// One of each kind, with Markdown marks inside that style would change.
const CONSTRUCTS: &[&str] = &[
    "{{< figure src=\"a_b.png\" title=\"_t_ \\! *u*\" >}}",
    "{{% include \"_snippets_/a.md\" %}}",
    "{{< gallery\n  * _one_\n  + two >}}",
    "{% asset_img a_b_.jpg \"__t__\" %}",
    "{% highlight c %}\n* a\n\n\n_b_   \n{% endhighlight %}",
    "{% raw %}\n***\n\n\n{{ _a_ }}\n{% endraw %}",
    "{{ page.title | replace: '_a_', '\\!' }}",
    "text\n{: .lead #_id_ title=\"*a*\"}",
    "$a_1 * b_1$",
    "$$\na * _b_\n+ c\n$$",
    "\\(a_1 \\! = _b_\\)",
    "\\[a_1 = _b_\\]",
    "\\begin{align}\na_1 &= _b_ \\\\\n+ c\n\\end{align}",
    "see[^note_1_a] there\n\n[^note_1_a]: the note",
    "[[Page_a_|_text_]] and ![[a_b_.png|100]]",
    "> [!NOTE]\n> text",
    "> [!tip]+ Title\n> text",
    ":::warning _Title_\n\ntext\n\n:::",
    "!!! note \"_Title_\"\n    * a _b_\n    + c \\!",
    "!!! note\n\n    * a _b_\n\n    1) c",
    "??? tip \"a\"\n\n    _b_",
    "=== \"A _tab_\"\n\n    * a",
    "Term\n: the definition",
    "{::comment}\n* _a_\n{:/comment}",
    "<!-- prettier-ignore -->",
    "*[HTML]: Hyper Text",
    "==marked== and ^up^ and ~down~ and {++new++}",
    ":smile_cat: and :white\\_check\\_mark:",
    "[TOC]",
    "\\newpage",
    "@user_name_ and #tag_a_",
    "--8<-- \"_file_.md\"",
];

#[test]
fn no_construct_changes() {
    for construct in CONSTRUCTS {
        let text = format!("Before.\n\n{construct}\n\nAfter *it*.\n");
        assert_eq!(styled(&text), text, "alone");
        let inline =
            format!("- item\n\n  {}\n\n- item\n", construct.replace('\n', "\n  ").replace("\n  \n", "\n\n"));
        if !construct.contains("    ") {
            assert_eq!(styled(&inline), inline, "in an item");
        }
        if !construct.contains('\n') {
            let quoted = format!("> {}\n", construct.replace("> ", ""));
            assert_eq!(styled(&quoted), quoted, "in a quote");
        }
    }
}

#[test]
fn mdx_stays() {
    let text = "import A from './a'\nexport const b = {\n  c_: '_d_', e: 2 * 3,\n}\n\n# Title\n\n<A f={g_ * _h_} i=\"_j_\">\n\n- text {k * l * _m_} *n*\n\n</A>\n";
    assert_eq!(styled(text), text);
}

#[test]
fn front_matter_stays() {
    for head in [
        "---\ntitle: _a_   \nlist:\n* b\n\n\n---\n",
        "+++\ntitle = \"_a_\"   \n\n\n+++\n",
        "{\n  \"title\": \"_a_\",   \n\n\n  \"b\": 1\n}\n",
        "\u{feff}---\r\ntitle: a\r\n---\r\n",
    ] {
        let line_end = if head.contains('\r') { "\r\n" } else { "\n" };
        let text = format!("{head}{line_end}# Title{line_end}");
        assert_eq!(styled(&text), text);
    }
}
