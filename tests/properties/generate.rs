//! Documents as scraping leaves them: Markdown, HTML, ads, damage and templates in any order, glued or apart.

use proptest::prelude::*;
use proptest::sample::select;

/// Words and the damage between them.
const INLINE: &[&str] = &[
    "Open the ",
    "app",
    " and wait",
    ". ",
    ", then",
    "**Settings**",
    "the**Settings** app",
    "**Menu**then",
    "*soft*",
    "`code  x`",
    "[link](https://example.org/a?utm_source=x&b=1)",
    "[text][ref]",
    "![shot](https://images.example.org/a.png \"title\")",
    "<https://example.org/?utm_medium=y>",
    "https://www.amazon.com/dp/B000000000?tag=some-20",
    " .",
    "  ",
    " ,",
    "\u{a0}",
    "enoughâ€”especially",
    "donâ€™t",
    "CafÃ©",
    "&acirc;&euro;&trade;",
    "\u{fffd}",
    "1\\.",
    "\\*",
    "\\_",
    "x^2^",
    "$a*b$",
    "<b>bold</b>",
    "<span>in</span>",
    "<i>open",
    "</b>",
    "<br>",
    "<br/>\n",
    "<a href=\"https://x.sjv.io/c/1234567/1234567/12345\">Shop now</a>",
    "{{< fig src=\"a\" >}}",
    "{% raw %}",
    "{% endraw %}",
    "[^1]",
    "[[wiki]]",
    "<img src=\"https://www.facebook.com/tr?id=1&ev=PageView\" width=\"1\" height=\"1\" style=\"display:none\">",
    "按**确定**键",
    "これは**重要**です",
    "für Übung",
    "\u{200b}",
    "\t",
    "<!-- note -->",
    "~~gone~~",
    "|",
    "\\",
    "<",
    ">",
    "&amp;",
    "&lt;b&gt;",
    "*",
    "_",
    "`",
    "**",
];

/// Blocks, without the line end behind them.
const BLOCKS: &[&str] = &[
    "# Title",
    "## 1\\. Check the settings",
    "###Glued heading",
    "Setext\n======",
    "## Closed ##",
    "Close",
    "---",
    "***",
    "> A quote\n> with two lines",
    "> [!NOTE]\n> mind this",
    "- one\n- two\n  - three",
    "* a\n* b\n\n* c",
    "1. One\n2. Two\n\n   more of two\n3. Three",
    "1) On your keyboard",
    " One leading blank",
    "    indented code\n    <ins class=\"adsbygoogle\">",
    "```sh\nrun  this . <b>\n```",
    "~~~\ntilde â€™\n~~~",
    "````\n```\n````",
    "```` ````",
    "``` unclosed\ncode",
    "| a | b |\n| --- | --- |\n| 1 | <b>2</b> |",
    "[ref]: https://example.org/ref?utm_source=z \"T\"",
    "[^1]: A note with **bold**text .",
    "<ins class=\"adsbygoogle\"\n     style=\"display:block\"\n     data-ad-client=\"ca-pub-1\" data-ad-slot=\"2\"></ins>",
    "<script async src=\"https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>",
    "<script>\n(adsbygoogle = window.adsbygoogle || []).push({});\n\n</script>",
    "<!-- affiliate ads begin -->\n<a href=\"https://x.sjv.io/c/1234567/1234567/12345\" target=\"_top\">\n<img src=\"//a.impactradius-go.com/display-ad/1-2\" width=\"728\" height=\"90\"></a>\n<!-- affiliate ads end -->",
    "<a href=\"https://x.sjv.io/c/1234567/1234567/12345\"><img src=\"//a.impactradius-go.com/display-ad/1-2\" width=\"300\" height=\"250\"></a>",
    "<a href=\"https://store.example.com/order/checkout.php?PRODS=1&QTY=1&AFFILIATE=1234&CART=1\"><img src=\"https://secure.avangate.com/images/merchant/abc/p.png\"></a>Buy it today",
    "<div class=\"share\"><ul>\n<li><a href=\"https://twitter.com/share?url=x\">Tweet</a></li>\n</ul></div>",
    "<div>\n\n**in** a div\n\n</div>",
    "<div align=\"center\"><img src=\"a.png\" onclick=\"x()\"></div>",
    "<table><tr><td>cell</td></tr></table>",
    "<pre><code>x &lt; y\n\nz</code></pre>",
    "<details><summary>More</summary>\n\nhidden\n\n</details>",
    "<p>Para <em>one</em></p>",
    "<h3>Heading</h3>",
    "<a href=\"javascript:alert(1)\">click</a>",
    "<iframe src=\"https://www.youtube.com/embed/abc\"></iframe>",
    "<noscript><img src=\"https://mc.yandex.ru/watch/1\"></noscript>",
    "<p></p>",
    "<div",
    "<!-- never closed",
    "{% highlight js %}\nlet a = 1 ;\n{% endhighlight %}",
    "{{% notice %}}\ntext **b**x\n{{% /notice %}}",
    "!!! note\n    body",
    ":::tip\ntext\n:::",
    "import X from './x'",
    "$$\na_b\n$$",
    "<Tabs>{x}</Tabs>",
    "Also read:\n\n- [Ten tips](https://tips.example.com/ten)",
    "*Affiliate disclosure: this post contains affiliate links.*",
    "Share this: [](https://www.facebook.com/sharer.php?u=x)",
    "\u{feff}mark inside",
    "\0",
    "a\rb\r",
];

const FRONTS: &[&str] = &[
    "",
    "",
    "",
    "\u{feff}",
    "---\ntitle: \"\\\"2024 Approved  Tips â€™\\\"\"\ntags: [a]\n---\n",
    "+++\ntitle = \"x\"\n+++\n",
    "{\n\"title\": \"x\"\n}\n",
    "---\nnever closed\n",
];

fn character_start(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(select(INLINE), 1..10).prop_map(|pieces| pieces.concat())
}

fn block() -> impl Strategy<Value = String> {
    let plain = prop_oneof![3 => select(BLOCKS).prop_map(str::to_owned), 2 => paragraph()];
    (plain, 0..8u8).prop_map(|(block, container)| {
        let inside = |first: &str, rest: &str| {
            let mut lines = block.split('\n');
            let mut out = format!("{first}{}", lines.next().unwrap_or(""));
            lines.for_each(|l| out.push_str(&format!("\n{rest}{l}")));
            out
        };
        match container {
            0 => inside("> ", "> "),
            1 => inside("- ", "  "),
            2 => inside("12. ", "    "),
            _ => block,
        }
    })
}

/// Blocks one after the other, with or without a blank line between them.
pub fn body() -> impl Strategy<Value = String> {
    prop::collection::vec((block(), select(&["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", " \n \n"][..])), 0..9)
        .prop_map(|blocks| blocks.into_iter().map(|(block, end)| block + end).collect())
}

/// Documents with front matter, line ends of either kind, and cuts anywhere.
pub fn document() -> impl Strategy<Value = String> {
    (
        select(FRONTS),
        body(),
        any::<bool>(),
        prop::option::weighted(0.3, (any::<prop::sample::Index>(), any::<prop::sample::Index>())),
    )
        .prop_map(|(front, body, crlf, cut)| {
            let mut text = front.to_owned() + &body;
            if crlf {
                text = text.replace("\r\n", "\n").replace('\n', "\r\n");
            }
            if let Some((from, to)) = cut {
                let at = |index: prop::sample::Index| character_start(&text, index.index(text.len() + 1));
                let (a, b) = (at(from), at(to));
                let start = a.min(b);
                text.replace_range(start..character_start(&text, a.max(b).min(start + 12)), "");
            }
            text
        })
}

/// Documents that are long enough for a round to look at parts of them alone: bodies with stretches of sound text between.
pub fn long_document() -> impl Strategy<Value = String> {
    let sound = (1..4usize).prop_map(|paragraphs| {
        let sentence =
            "The fan of the kettle turns for nine minutes, then it rests; nothing here wants mending. ";
        format!("\n\n{}\n\n", vec![sentence.repeat(6).trim_end(); paragraphs].join("\n\n"))
    });
    prop::collection::vec((body(), sound), 2..5)
        .prop_map(|parts| parts.into_iter().map(|(body, sound)| body + &sound).collect())
}

/// Bodies without what a quote or other line ends change: tabs, lone `\r`, templates that know lines, byte order marks.
pub fn plain_body() -> impl Strategy<Value = String> {
    body().prop_map(|text| text.replace(['\t', '\r', '\u{feff}'], " "))
}

/// What nothing may touch, `#` standing for a number, with the lines above and below it: code, mathematics, templates.
const PROTECTED: &[(&str, &str, &str)] = &[
    ("```sh\n", "run # this . the**Settings** app  now\n<ins class=\"adsbygoogle\"></ins> donâ€™t", "\n```"),
    ("~~~text\n", "1\\. https://www.amazon.com/dp/B000000#?tag=some-20 *a* ,\n\n\n    deep  # .", "\n~~~"),
    ("> ```\n> ", "quoted # . **b**then", "\n> ```"),
    ("- item\n\n  ```js\n  ", "let a# = \"<b>x</b>\" ;", "\n  ```"),
    ("Type ", "`code  # .the**x**y â€™`", " and wait  ."),
    ("| a | b |\n| --- | --- |\n| ", "`x# ,y`", " | the**Menu**then |"),
    ("Sums are $", "a_#*b*c", "$ long ."),
    ("$$\n", "a_# ,  b*c*", "\n$$"),
    ("Look at ", "{{< fig src=\"a  #.png\" caption=\"**a**b .\" >}}", " now ."),
    ("{% raw %}\n", "x**y**z # .", "\n{% endraw %}"),
];

/// Damage and boilerplate that ends where it ends: what stands below is not within it.
const CLOSED: &[&str] = &[
    "Open the**Settings** app and wait .",
    "Press **Enter** , then donâ€™t  touch it.",
    "See [this](https://example.org/a?utm_source=x&b=1) first.",
    "## 1\\. Check the settings",
    "###Glued heading",
    "* a\n* b",
    "<ins class=\"adsbygoogle\" data-ad-client=\"ca-pub-1\" data-ad-slot=\"2\"></ins>",
    "<script async src=\"https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>",
    "<a href=\"https://x.sjv.io/c/1234567/1234567/12345\"><img src=\"//a.impactradius-go.com/display-ad/1-2\" width=\"300\" height=\"250\"></a>",
    "<p>Para <em>one</em></p>",
    "<h3>Heading</h3>",
    "<p></p>",
    "Share this: [](https://www.facebook.com/sharer.php?u=x)",
    "The fan of the kettle turns for nine minutes, then it rests.",
];

/// Documents of what nothing may touch, between blocks that are mended or go; and the former, in order.
pub fn protected_document() -> impl Strategy<Value = (String, Vec<String>)> {
    let part = (select(CLOSED), select(PROTECTED), select(&["\n\n", "\n\n\n"][..]));
    (prop::collection::vec(part, 1..7), any::<bool>()).prop_map(|(parts, crlf)| {
        let (mut text, mut kept) = (String::new(), Vec::new());
        for (number, (closed, (above, own, below), gap)) in (1..).zip(parts) {
            let own = own.replace('#', &format!("{number}"));
            text.push_str(&format!("{closed}{gap}{above}{own}{below}\n\n"));
            kept.push(own);
        }
        text.push_str("Press **Enter** , and it is done .\n");
        let ends = |s: String| if crlf { s.replace('\n', "\r\n") } else { s };
        (ends(text), kept.into_iter().map(ends).collect())
    })
}
