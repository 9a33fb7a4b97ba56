//! BP161: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::links::address;
use crate::boilerplate::{certain, lists, removal, report, words};
use crate::document::{Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::evidence::url::percent_decoded;
use crate::finding::{Safety, Severity};
use crate::links::key;
use crate::span::Span;

pub(super) struct HeadingLink;

static INFO: Info = Info {
    code: "BP161",
    name: "heading-link",
    summary: "links beside a heading that lead to itself, or to its editor",
    phase: Phase::Content,
    kinds: &[Kind::Heading],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp161_heading_link.md"),
};

/// The longest words of a link that lead to a heading, in bytes: they may repeat it.
const LONGEST: usize = 400;
/// The shortest name of a place in another page that can hardly agree with a heading by chance, in bytes.
const SHORTEST_PLACE: usize = 4;
/// The longest «[edit]», in bytes.
const LONGEST_EDIT: usize = 80;
/// How many headings have such a link at the least, in a text that lost the addresses.
const NEAREST: usize = 12;

impl Rule for HeadingLink {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if let Some(below) = permalink_below(node) {
            report(cx, &INFO, below, below, "a link to the heading above", "it names it");
        }
        let (span, what, why) = if let Some(span) = lost_edit_link(node) {
            (span, "a link to the editor that lost its address", "the next heading ends so, too")
        } else if let Some((first, last, says)) = serving_links(node) {
            let span = with_brackets(node, Span::new(first.span().start, last.span().end));
            match says {
                Serves::Permalink => (span, "a link to the heading that it stands in", "nobody reads it"),
                Serves::Editor => (span, "a link to the editor", "its address asks to edit a section"),
            }
        } else {
            return;
        };
        if let Some(edit) = without(node, span) {
            cx.report(certain(&INFO, span, what, why, vec![edit]));
        }
    }
}

/// What a link in a heading serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Serves {
    /// To copy the address of the heading.
    Permalink,
    /// To edit what stands below it.
    Editor,
}

/// The links at one end of a heading that serve the page: the first and the last, and what they are.
fn serving_links<'a>(heading: NodeRef<'a>) -> Option<(NodeRef<'a>, NodeRef<'a>, Serves)> {
    let back = |n: NodeRef<'a>| n.previous_sibling();
    let forth = |n: NodeRef<'a>| n.next_sibling();
    let last = heading.children().filter(is_link).last()?;
    if let Some((first, says)) = run_at_end(heading, last, forth, back) {
        return Some((first, last, says));
    }
    let first = heading.children().find(is_link)?;
    let (last, says) = run_at_end(heading, first, back, forth)?;
    Some((first, last, says))
}

fn is_link(node: &NodeRef<'_>) -> bool {
    node.kind() == Kind::Link
}

/// How far the links reach inwards that serve the same as the `outermost` one of a heading, and what that is; `None` if words stand beyond it.
fn run_at_end<'a>(
    heading: NodeRef<'a>,
    outermost: NodeRef<'a>,
    outwards: impl Fn(NodeRef<'a>) -> Option<NodeRef<'a>>,
    inwards: impl Fn(NodeRef<'a>) -> Option<NodeRef<'a>>,
) -> Option<(NodeRef<'a>, Serves)> {
    // nothing but what stands between such links and around them
    let is_rest = |n: NodeRef<'_>| n.kind() == Kind::Text && !n.has_words();
    if !std::iter::successors(outwards(outermost), |n| outwards(*n)).all(is_rest) {
        return None;
    }
    let says = serves(outermost, heading)?;
    let run = std::iter::successors(Some(outermost), |n| inwards(*n))
        .take_while(|n| is_rest(*n) || is_link(n) && serves(*n, heading) == Some(says));
    Some((run.filter(is_link).last()?, says))
}

/// What `link` serves, in that heading.
fn serves(link: NodeRef<'_>, heading: NodeRef<'_>) -> Option<Serves> {
    let is_anchor = || link.attribute("id").is_some() || link.attribute("name").is_some();
    if link.has(Flags::AUTOLINK) || link.span().len() > 2 * LONGEST || link.is_html() && is_anchor() {
        return None;
    }
    // attributes of other Markdown dialects
    if link.document.text.as_bytes().get(link.span().end) == Some(&b'{') {
        return None;
    }
    let url = address(link);
    if asks_to_edit(&url) {
        return Some(Serves::Editor);
    }
    let (page, place) = url.split_once('#')?;
    if place.is_empty() || removal::only_shown(link).is_some_and(|shown| shown.kind() == Kind::Image) {
        return None;
    }
    let said = link.words();
    let is_mark = said.chars().all(is_mark_or_unseen);
    // «#», «â»: whatever stands there, the article's words it is not
    if is_mark || said.chars().nth(1).is_none() {
        let title = link.title().map_or("", |title| link.document.slice(title));
        if lists::names_permalink(&words::folded(title)) {
            return Some(Serves::Permalink);
        }
    }
    let own = own_words(heading, link);
    let says_nothing_else = || {
        let rest = lists::without_permalink(&words::folded(&said)).map(|rest| key(&rest));
        said.len() <= LONGEST && rest.is_some_and(|rest| rest.is_empty() || rest == own)
    };
    // a mark may lead to the article's page by its whole address
    let is_own = leads_to(place, &own) && (page.is_empty() || place.len() >= SHORTEST_PLACE);
    (is_own && (is_mark || says_nothing_else())).then_some(Serves::Permalink)
}

/// The letters and digits of what stands in `heading` besides `link`.
fn own_words(heading: NodeRef<'_>, link: NodeRef<'_>) -> String {
    let others = heading.children().filter(|c| c.id != link.id);
    key(&others.map(|c| c.words()).collect::<String>())
}

/// Whether an address is that of an editor of one section, as wikis have it.
fn asks_to_edit(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let mut parts = query.split('&');
    parts.clone().any(|part| part == "action=edit" || part == "veaction=edit")
        && parts.any(|part| part.starts_with("section="))
}

/// Whether a character is the mark of a permalink, or is not seen at all.
fn is_mark_or_unseen(c: char) -> bool {
    matches!(c, '#' | '¶' | '§' | '🔗' | '⚓' | '⛓' | '🖇' | '\u{fe0e}' | '\u{fe0f}')
        || c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        // pictures of icon fonts
        || matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Whether `place` is the name that pages give to a heading with these letters and digits: all of them, or a part.
fn leads_to(place: &str, own: &str) -> bool {
    let place = key(&percent_decoded(place));
    !place.is_empty() && !own.is_empty() && (own.contains(&place) || place.contains(own))
}

/// The paragraph below `heading` that is a link to it and says so: «Permalink: Baking».
fn permalink_below(heading: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let below = heading.next_sibling().filter(|n| n.kind() == Kind::Paragraph)?;
    if below.children().next()?.kind() != Kind::Link || below.span().len() > 3 * LONGEST {
        return None;
    }
    let link = removal::only_shown(below).filter(|n| n.kind() == Kind::Link)?;
    let rest = lists::without_permalink(&words::folded(&link.words()))?;
    let names = key(&rest) == key(&heading.words());
    (names && address(link).contains('#')).then_some(below)
}

/// «[edit]» at the end of `heading`, where the next one or the one before ends so, too.
fn lost_edit_link(heading: NodeRef<'_>) -> Option<Span> {
    let own = edit_in_brackets(heading)?;
    let text = heading.document.slice(own);
    let is_alike =
        |other: NodeRef<'_>| edit_in_brackets(other).is_some_and(|span| heading.document.slice(span) == text);
    let is_heading = |n: &NodeRef<'_>| n.kind() == Kind::Heading;
    let behind = std::iter::successors(heading.next_sibling(), |n| n.next_sibling());
    let before = std::iter::successors(heading.previous_sibling(), |n| n.previous_sibling());
    let near = behind.take(NEAREST).find(is_heading).into_iter().chain(before.take(NEAREST).find(is_heading));
    near.into_iter().any(is_alike).then_some(own)
}

/// «[edit]», «[edit | edit source]» at the end of a heading, with nothing of Markdown in it.
fn edit_in_brackets(heading: NodeRef<'_>) -> Option<Span> {
    let last = heading.children().last().filter(|n| n.kind() == Kind::Text)?;
    let end = last.span().end;
    let text = heading.document.text.get(heading.span().start..end)?;
    let inner = text.strip_suffix(']')?;
    let inner = inner.strip_suffix('\\').unwrap_or(inner);
    let open = inner.rfind('[').filter(|open| inner.len() - open <= LONGEST_EDIT)?;
    let words = inner.get(open + 1..)?;
    let mut parts = words.split('|').map(words::folded);
    if !parts.all(|part| lists::edits_section(&part)) {
        return None;
    }
    let before = inner.get(..open)?;
    let before = before.strip_suffix('\\').unwrap_or(before);
    Some(Span::new(heading.span().start + before.len(), end))
}

/// `span` with the brackets that stand around it: «[» and «]», escaped or not.
fn with_brackets(heading: NodeRef<'_>, span: Span) -> Span {
    let (text, whole) = (heading.document.text, heading.span());
    let before = text.get(whole.start..span.start).unwrap_or("").trim_end_matches(' ');
    let behind = text.get(span.end..whole.end).unwrap_or("");
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let behind = behind.trim_start_matches(' ');
    let (Some(before), Some(close)) =
        (before.strip_suffix('['), ["]", "\\]"].into_iter().find(|close| behind.starts_with(close)))
    else {
        return span;
    };
    let before = before.strip_suffix('\\').unwrap_or(before);
    Span::new(whole.start + before.len(), span.end + blanks + close.len())
}

/// The edit that takes `span` out of `heading`, with the blanks that parted it from the words; `None` if there are none.
fn without(heading: NodeRef<'_>, span: Span) -> Option<Edit> {
    let (text, content) = (heading.document.text, heading.content_span());
    let before = text.get(content.start..span.start)?;
    let behind = text.get(span.end..content.end)?;
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let kept = before.trim_end_matches(is_blank);
    let has_words = |part: &str| part.contains(char::is_alphanumeric);
    if has_words(kept) && !has_words(behind) {
        return Some(Edit::remove(Span::new(content.start + kept.len(), span.end)));
    }
    let rest = behind.trim_start_matches(is_blank);
    has_words(rest).then(|| Edit::remove(Span::new(span.start, content.end - rest.len())))
}
