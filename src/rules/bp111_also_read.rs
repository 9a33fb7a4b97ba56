//! BP111: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::links::{Purpose, address, is_manual, is_reference, purpose, site_of};
use crate::boilerplate::look::{beginning, outside};
use crate::boilerplate::shape::{self, LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::sites::Cited;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{removal, report};
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeId, NodeRef};
use crate::finding::{Safety, Severity};
use crate::script::is_han_or_kana;

pub(super) struct AlsoRead;

static INFO: Info = Info {
    code: "BP111",
    name: "also-read",
    summary: "a label and nothing but links to other posts",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp111_also_read.md"),
};

impl Rule for AlsoRead {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&LABELS), usize::MAX)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if is_card(node, cx) {
            let evidence = "one link that holds a label and a title";
            report(cx, &INFO, node, node, "a link to another post", evidence);
            return;
        }
        if node.kind() == Kind::Element && !(node.has(Flags::IN_BLOCK) && is_label_element(node.tag())) {
            return;
        }
        if node.kind() != Kind::Paragraph && !outside(node).is_any(&LABELS) {
            return;
        }
        let look = *cx.look(node);
        if node.kind() == Kind::Paragraph && look.breaks && look.links > 0 {
            lines(node, cx);
        }
        if !look.is_short(LONGEST_LABEL) || !look.outside.is_any(&LABELS) {
            return;
        }
        let shape = Shape::of(node);
        if !shape.is_words_and_links() || !shape.scripts.is_empty() {
            return;
        }
        let label = shape.label();
        let strength = if words::is(&label, Use::AlsoRead) {
            Strength::Strong
        } else if words::is(&label, Use::Related) {
            Strength::Weak
        } else {
            return;
        };
        let heading = node.kind() == Kind::Heading
            || matches!(node.tag(), Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6);
        if node.kind() == Kind::Heading && shape.links.is_empty() && is_of_jetpack(node) {
            below_jetpack(node, cx);
            return;
        }
        let last = if shape.links.is_empty() {
            if says_posts(strength, &label) { links_below(node, strength, cx) } else { None }
        } else if !heading
            && says_posts(strength, &label)
            && !shape.has_words_behind_label()
            && leads_away(&shape, strength, cx)
        {
            let begin = node.children().find(|c| !removal::is_nothing(*c));
            (strength == Strength::Strong || begin.is_some_and(|b| is_marked(b, &shape))).then_some(node)
        } else {
            None
        };
        let Some(last) = last else { return };
        let weak = strength == Strength::Weak;
        if weak && (is_of_article(node, last, cx) || is_curated(node, last)) || is_field(node) {
            return;
        }
        let has_cards =
            || removal::below(node).take_while(|n| n.span().end <= last.span().end).any(is_picture_of_card);
        let removed =
            if has_cards() { removal::remove_with_pictures(node, last) } else { removal::remove(node, last) };
        let Some((span, edits)) = removed else { return };
        let mut report = Report::new(&INFO, span, "links to other posts")
            .because(format!("label «{label}», and links alone"))
            .fix(edits);
        if heading && (weak || is_curated(node, last) || !are_titles(node, last)) {
            // authors and manuals have sections of that name
            report = report.confidence(0.5).needs_review();
        }
        cx.report(report);
    }
}

/// Whether a block is a card: one link alone that holds a label, in an element or emphasis of its own, and a title.
fn is_card(block: NodeRef<'_>, cx: &Context<'_>) -> bool {
    let is_block = match block.kind() {
        Kind::Paragraph => block.parent().is_some_and(|p| p.kind() == Kind::Root),
        Kind::Element => {
            block.has(Flags::IN_BLOCK) && matches!(block.tag(), Tag::P | Tag::Div | Tag::Section | Tag::Aside)
        }
        _ => false,
    };
    if !is_block || block.source().len() > LONGEST_CARD {
        return false;
    }
    let mut shown = block.children().filter(|c| !removal::is_nothing(*c));
    let (Some(link), None) = (shown.next(), shown.next()) else { return false };
    if link.kind() != Kind::Link {
        return false;
    }
    let is_text = |n: &NodeRef<'_>| n.kind() == Kind::Text && !removal::is_nothing(*n);
    let Some(first) = link.descendants().find(is_text) else { return false };
    // it is set off from the title
    let Some(holder) = first.parent().filter(|p| p.id != link.id) else { return false };
    let label = words::folded(&holder.words());
    let strength = match () {
        () if words::is(&label, Use::AlsoRead) => Strength::Strong,
        () if words::is(&label, Use::Related) && says_posts(Strength::Weak, &label) => Strength::Weak,
        () => return false,
    };
    let title = link.words();
    let rest = title.trim_start().strip_prefix(holder.words().as_str()).unwrap_or_default();
    let purpose = purpose(link, cx);
    let has_picture = || link.descendants().any(|n| n.kind() == Kind::Image);
    // «Related crafts of the north»: the label is a word of the title
    let goes_on = rest.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    is_headline(rest)
        && !goes_on
        && matches!(purpose, Purpose::Page | Purpose::RootPage)
        && (strength == Strength::Strong || has_picture() && !is_reference(&address(link)))
        && !is_source(link)
}

/// The longest card, in bytes.
const LONGEST_CARD: usize = 1500;

/// Whether a heading is «*Related*», the word in italics and nothing else, as Jetpack writes it.
fn is_of_jetpack(heading: NodeRef<'_>) -> bool {
    removal::only_shown(heading).is_some_and(|n| {
        n.kind() == Kind::Emphasis || n.kind() == Kind::Element && matches!(n.tag(), Tag::Em | Tag::I)
    })
}

/// What stands below Jetpack's heading: links each in a paragraph of its own, with the day and the category below them; or nothing.
fn below_jetpack(heading: NodeRef<'_>, cx: &mut Context<'_>) {
    let mut last = heading;
    let mut at = removal::next(heading);
    while let Some(block) = at.filter(|b| b.kind() == Kind::Paragraph && is_short(*b, 120)) {
        let shape = Shape::of(block);
        let of_link = shape.links.len() == 1
            && shape.outside.trim_start().starts_with(LINK)
            && !shape.outside.trim_end().ends_with(['.', '!', '?', '。'])
            && shape.purposes(cx).all(|p| matches!(p, Purpose::Page | Purpose::RootPage));
        let of_category = shape.is_plain()
            && last.id != heading.id
            && shape.outside.chars().count() <= 60
            && (shape.outside.contains(['"', '“', '„', '«'])
                || shape.outside.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4));
        if shape.other || shape.pictures > 0 || !of_link && !of_category {
            break;
        }
        last = block;
        at = removal::next(block);
    }
    let is_left = last.id == heading.id && at.is_none_or(|n| n.kind() == Kind::Heading);
    if last.id != heading.id || is_left {
        report(
            cx,
            &INFO,
            heading,
            last,
            "links to other posts",
            "the heading of a plug-in and what it puts below",
        );
    }
}

/// Lines of a paragraph, such as one that ran on into a list item, that are a label with a colon and links.
fn lines(paragraph: NodeRef<'_>, cx: &mut Context<'_>) {
    for (first, last) in shape::lines(paragraph) {
        if !beginning(first, last).is_some_and(|(before, _)| before.is_any(&LABELS)) {
            continue;
        }
        let shape = Shape::of_run(first, last);
        let before = shape.outside.split(LINK).next().unwrap_or("").trim_end();
        if before.len() > LONGEST_LABEL || !before.ends_with([':', '：']) || shape.other || shape.pictures > 0
        {
            continue;
        }
        let label = shape.label();
        let strength = if words::is(&label, Use::AlsoRead) {
            Strength::Strong
        } else if words::is(&label, Use::Related) && is_marked(first, &shape) {
            Strength::Weak
        } else {
            continue;
        };
        if shape.has_words_behind_label()
            || !says_posts(strength, &label)
            || !leads_away(&shape, strength, cx)
            || strength == Strength::Weak && (is_of_article(first, last, cx) || is_curated(first, last))
        {
            continue;
        }
        report(cx, &INFO, first, last, "links to other posts", "a line of a label and links alone");
    }
}

/// Whether links lead to a site that the article's own sentences lead to: then its author may have set them.
fn is_of_article(first: NodeRef<'_>, last: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let cited = cx.gathered::<Cited>();
    links_in(first, last).any(|link| cited.holds(&address(link)))
}

/// The links from `first` to `last`.
fn links_in<'a>(first: NodeRef<'a>, last: NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> {
    let document = first.document;
    (first.id.0..last.node().next).map(move |id| document.node(NodeId(id))).filter(|n| n.kind() == Kind::Link)
}

/// Whether all links have words that can be titles of posts: the parts of a manual have names.
fn are_titles(first: NodeRef<'_>, last: NodeRef<'_>) -> bool {
    links_in(first, last).all(|link| is_headline(&link.words()))
}

/// Whether links lead to more sites than one: somebody chose them. A page's own posts are on its own.
fn is_curated(first: NodeRef<'_>, last: NodeRef<'_>) -> bool {
    let mut one: Option<String> = None;
    links_in(first, last).map(|link| site_of(&address(link))).filter(|site| !site.is_empty()).any(|site| {
        match &one {
            Some(known) => *known != site,
            None => {
                one = Some(site);
                false
            }
        }
    })
}

/// Whether a label is that of one item among several with labels of their own: `- **Author:** …`.
fn is_field(label: NodeRef<'_>) -> bool {
    let Some(item) = label.parent().filter(|p| p.kind() == Kind::Item) else { return false };
    let is_labelled = |item: &NodeRef<'_>| {
        let head: String = item.source().chars().take(LONGEST_LABEL).take_while(|c| *c != '\n').collect();
        let words = head.split(['[', '(']).next().unwrap_or("");
        words.contains([':', '：']) && words.contains(char::is_alphanumeric)
    };
    item.parent().is_some_and(|list| {
        list.children().filter(|n| n.id != item.id).take(MOST_BLOCKS).filter(is_labelled).take(2).count() == 2
    })
}

/// What labels are for.
const LABELS: [Use; 2] = [Use::AlsoRead, Use::Related];
/// The most text that a label with its punctuation has, in bytes.
const LONGEST_LABEL: usize = 140;
/// How many blocks of links belong to one label.
const MOST_BLOCKS: usize = 8;

/// What a label says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// Hardly any author uses it.
    Strong,
    /// Authors and documentation use it too.
    Weak,
}

/// Whether a label speaks of posts. One word, «More», «Recommended», says too little.
fn says_posts(strength: Strength, label: &str) -> bool {
    strength == Strength::Strong
        || label.contains(' ')
        || !label.is_ascii()
        || label.contains("relat")
        || label.contains("relac")
}

fn is_label_element(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, P | Div | Span | Strong | B | H1 | H2 | H3 | H4 | H5 | H6 | Center | Section | Aside)
}

/// Whether links lead to pages that a «related» label is for: posts, not documentation or a place near by.
fn leads_away(shape: &Shape<'_>, strength: Strength, cx: &Context<'_>) -> bool {
    !shape.links.is_empty()
        && shape.links.iter().zip(shape.purposes(cx)).all(|(link, purpose)| {
            match (purpose, strength) {
                (Purpose::Nowhere, Strength::Strong) => true,
                (Purpose::Page, Strength::Strong) => !is_source(*link) && !is_reference(&address(*link)),
                (Purpose::RootPage, Strength::Strong) => !is_reference(&address(*link)),
                (Purpose::Page, Strength::Weak) => {
                    let address = address(*link);
                    // a link that was hijacked for an ad had words of the article
                    !is_reference(&address)
                        && is_headline(&link.words())
                        && !cx.known(&address).is_commercial()
                }
                _ => false,
            }
        })
        && shape.links.iter().any(|link| link.kind() == Kind::Link && !link.words().is_empty())
}

/// Whether a link names a source: its text is its address, or it leads to the manual of something. Plug-ins write titles of posts.
fn is_source(link: NodeRef<'_>) -> bool {
    let words = link.words();
    let words = words.trim();
    words.starts_with("http://") || words.starts_with("https://") || is_manual(&address(link))
}

/// Whether a link's text can be the title of a post.
fn is_headline(text: &str) -> bool {
    text.split_whitespace().count() >= 3 || text.chars().filter(|c| !c.is_ascii()).count() >= 6
}

/// Whether the label of one line is set off: in bold or italics, in capitals, with a colon.
fn is_marked(begin: NodeRef<'_>, shape: &Shape<'_>) -> bool {
    let before = shape.outside.split(LINK).next().unwrap_or("").trim();
    let colon = before.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']);
    let capitals = before.chars().any(char::is_uppercase) && !before.chars().any(char::is_lowercase);
    let emphasised = matches!(begin.kind(), Kind::Strong | Kind::Emphasis)
        || begin.kind() == Kind::Element
            && matches!(begin.tag(), Tag::Strong | Tag::B | Tag::Em | Tag::I | Tag::Span);
    let is_long = || shape.links.iter().all(|l| is_long(&l.words()));
    // «**Related** [How the river was turned](…)»: the label alone is set off, and a title follows
    let is_set_off = || !colon && shape.links.len() == 1 && (emphasised || capitals) && is_long();
    is_set_off() || shape.links.len() <= 3 && colon && (emphasised || capitals || is_long())
}

fn is_long(text: &str) -> bool {
    // seven characters of a script without blanks are four words
    text.split_whitespace().count() >= 5
        || text.chars().filter(|c| !c.is_ascii()).count() >= 10
        || text.chars().filter(|c| is_han_or_kana(*c)).count() >= 7
}

/// The last block of nothing but links below a label that is a block of its own.
fn links_below<'a>(label: NodeRef<'a>, strength: Strength, cx: &Context<'_>) -> Option<NodeRef<'a>> {
    let mut last = None;
    let mut at = removal::next(label);
    for count in 0..MOST_BLOCKS * 3 {
        let Some(block) = at else { break };
        if block.kind() == Kind::Paragraph && strength == Strength::Strong {
            if is_picture_of_card(block) && removal::next(block).is_some_and(|n| is_title_of_card(n, cx)) {
                at = removal::next(block);
                continue;
            }
            if last.is_some() && is_date_of_card(block) {
                last = Some(block);
                at = removal::next(block);
                continue;
            }
        }
        if count >= MOST_BLOCKS && block.kind() != Kind::Paragraph {
            break;
        }
        let fits = match block.kind() {
            Kind::List => block.children().all(|item| is_link_alone(item, strength, cx)),
            Kind::Element => {
                matches!(block.tag(), Tag::Div | Tag::Ul | Tag::Ol | Tag::P | Tag::Section)
                    && is_link_alone(block, strength, cx)
            }
            Kind::Paragraph => strength == Strength::Strong && is_link_alone(block, strength, cx),
            _ => false,
        };
        if !fits {
            break;
        }
        last = Some(block);
        if block.kind() != Kind::Paragraph {
            break;
        }
        at = removal::next(block);
    }
    last
}

/// Whether a paragraph is a picture alone, as it stands above the title of a card.
fn is_picture_of_card(block: NodeRef<'_>) -> bool {
    removal::only_shown(block).is_some_and(|n| {
        n.kind() == Kind::Image
            || n.kind() == Kind::Link && removal::only_shown(n).is_some_and(|i| i.kind() == Kind::Image)
    })
}

/// Whether a paragraph is a link alone that has the words of a title.
fn is_title_of_card(block: NodeRef<'_>, cx: &Context<'_>) -> bool {
    block.kind() == Kind::Paragraph
        && is_link_alone(block, Strength::Strong, cx)
        && is_headline(&block.words())
}

/// Whether a paragraph is the date below the title of a card, and nothing else.
fn is_date_of_card(block: NodeRef<'_>) -> bool {
    is_short(block, LONGEST_DATE) && {
        let shape = Shape::of(block);
        let text = shape.outside.trim();
        shape.is_plain()
            && text.bytes().filter(u8::is_ascii_digit).count() >= 2
            && text.split_whitespace().count() <= 5
            && !text.ends_with(['.', ':', '。', '：', '!', '?'])
    }
}

/// The longest date, in bytes.
const LONGEST_DATE: usize = 60;

/// Whether a block holds links and no other words.
fn is_link_alone(block: NodeRef<'_>, strength: Strength, cx: &Context<'_>) -> bool {
    if !is_short(block, 400) {
        return false;
    }
    let shape = Shape::of(block);
    !shape.other
        && shape.fields == 0
        && !shape.outside.chars().any(char::is_alphanumeric)
        && leads_away(&shape, strength, cx)
}
