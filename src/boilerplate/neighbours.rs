//! A pair of links to the post before and the post after, at the end of a text and without a heading of its own.
//! Owns what such a pair is and where it stands; the heading that themes give it is BP138's.

use super::links::{Purpose, address, is_manual, purpose};
use super::lists::{self, Way};
use super::pieces::{Piece, Stretch, pieces, removed_stretch, shape_of};
use super::place::begins_prose;
use super::shape::{LINK, Shape};
use super::words::{self, Use};
use super::{announces, look, removal, removed};
use crate::context::Context;
use crate::contract::Info;
use crate::data::FileKind;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;

/// What is found.
const WHAT: &str = "links to the post before and the post after";
/// Why it is that.
const WHY: &str = "one leads back and one forth, on one site, and the text ends above them";
/// The same below a line that names them.
const NAMED: &str = "the name that themes give them";

/// The longest block with such links, in bytes: their addresses are long.
const LONGEST_SOURCE: usize = 4000;
/// The longest words of one of them, in bytes: the title of a post.
const LONGEST_LABEL: usize = 240;
/// How many blocks may follow.
const MOST_BELOW: usize = 8;

/// A link that leads along a row of posts.
#[derive(Clone, Copy)]
struct Step<'a> {
    link: NodeRef<'a>,
    way: Way,
    /// Whether its words can mean nothing else: they name a post, or a colon follows, or nothing.
    is_sure: bool,
}

/// Reports the pair that begins or ends in `block`.
pub(crate) fn find(rule: &'static Info, block: NodeRef<'_>, cx: &mut Context<'_>) {
    if block.span().len() > LONGEST_SOURCE || block.parent().is_none_or(|p| p.kind() != Kind::Root) {
        return;
    }
    if block.kind() == Kind::List {
        if may_be_items(block)
            && let Some(steps) = steps(&Shape::of(block))
        {
            report(rule, block, block, &steps, cx);
        }
        return;
    }
    if cx.look(block).links == 0 || !ends_with_step(block, cx) {
        return;
    }
    let pieces = pieces(block);
    let Some(last) = pieces.len().checked_sub(1) else { return };
    // what stands above in the same paragraph may be the article's
    let begins_line = |at: &usize| *at == 0 || pieces[*at - 1].line != pieces[*at].line;
    for first in (0..=last).rev().filter(begins_line).take(2) {
        let part = Stretch { first, last };
        let Some(found) = steps(&shape_of(&pieces, part)) else { continue };
        if found.len() == 1 {
            // the other one stands in the next block
            let Some(next) = removal::next(block).filter(|n| n.kind() == Kind::Paragraph) else { continue };
            if !part.is_all(&pieces) || next.span().len() > LONGEST_SOURCE {
                continue;
            }
            let Some([other]) =
                steps(&Shape::of(next)).as_deref().and_then(|s| <[Step<'_>; 1]>::try_from(s).ok())
            else {
                continue;
            };
            report(rule, block, next, &[found[0], other], cx);
            return;
        }
        if part.is_all(&pieces) {
            report(rule, block, block, &found, cx);
        } else if is_pair(&found, cx) {
            let named = first.checked_sub(1).filter(|at| is_name(&pieces[*at]) && begins_line(at));
            let why = if named.is_some() { NAMED } else { WHY };
            let part = Stretch { first: named.unwrap_or(first), last };
            let is_announced =
                named.is_none() && pieces[first - 1].shape.outside.trim_end().ends_with([':', '：']);
            if (named.is_some() || ends_text(block)) && !is_announced {
                let found = removed_stretch(rule, block, block, &pieces, part, WHAT, why);
                found.into_iter().for_each(|found| cx.report(found));
            }
        }
        return;
    }
}

/// Whether a list is two items at the most, and a link soon begins whose words may lead along a row of posts.
fn may_be_items(list: NodeRef<'_>) -> bool {
    let begin = list.source().as_bytes();
    let mut items = list.children().filter(|n| n.kind() == Kind::Item);
    items.by_ref().take(2).count() > 0
        && items.next().is_none()
        && begin.get(..LONGEST_LEAD).unwrap_or(begin).contains(&b'[')
        && (look::outside(list).is_any(&[Use::Chrome])
            || look::first_link(list).is_some_and(|link| look::says(link).is_any(&[Use::Chrome])))
}

/// Whether a paragraph ends with a link that may lead along a row of posts, by its words or those above it.
fn ends_with_step(paragraph: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let look = *cx.look(paragraph);
    let may_be_label = look.outside.is_any(&[Use::Chrome]) && look.is_short(LONGEST_LABEL);
    let last = paragraph.node().next;
    // an arrow may stand behind it
    let is_end = |link: &NodeRef<'_>| {
        let behind = (link.node().end as usize, paragraph.span().end);
        let text = link.document.text.get(behind.0..behind.1).unwrap_or("");
        link.node().next == last || text.len() <= LONGEST_ARROW && !text.contains(char::is_alphanumeric)
    };
    let links = paragraph.children().filter(|n| n.kind() == Kind::Link);
    links.last().filter(is_end).is_some_and(|link| may_be_label || look::says(link).is_any(&[Use::Chrome]))
}

/// Where the link of an item begins at the latest, in bytes.
const LONGEST_LEAD: usize = 60;
/// The longest marks behind a link, in bytes.
const LONGEST_ARROW: usize = 24;

/// Whether a piece is the name that themes give such links.
fn is_name(piece: &Piece<'_>) -> bool {
    piece.shape.is_plain() && lists::is_navigation(&piece.words)
}

/// Reports the blocks `first` to `last`, which are `steps`, if they are a pair and stand where one does.
fn report<'a>(
    rule: &'static Info,
    first: NodeRef<'a>,
    last: NodeRef<'a>,
    steps: &[Step<'a>],
    cx: &mut Context<'_>,
) {
    if !is_pair(steps, cx) {
        return;
    }
    let Some(above) = removal::previous(first) else { return };
    let is_name = above.kind() == Kind::Paragraph
        && above.span().len() <= 100
        && lists::is_navigation(&words::folded(&above.words()));
    let found = if is_name {
        removed(rule, above, last, WHAT, NAMED)
    } else if above.kind() != Kind::Heading && !announces(above) && ends_text(last) {
        removed(rule, first, last, WHAT, WHY)
    } else {
        None
    };
    found.into_iter().for_each(|found| cx.report(found));
}

/// Whether one of two links leads back and the other forth, both to pages of one site.
fn is_pair(steps: &[Step<'_>], cx: &Context<'_>) -> bool {
    let [one, other] = steps else { return false };
    if one.way == other.way {
        return false;
    }
    let (from, to) = (address(one.link), address(other.link));
    let (a, b) = (UrlView::parse(&from), UrlView::parse(&to));
    let is_sure = one.is_sure && other.is_sure || is_manual(&from) && is_manual(&to);
    is_sure
        && a.host.eq_ignore_ascii_case(b.host)
        && [one, other].iter().all(|step| matches!(purpose(step.link, cx), Purpose::Page | Purpose::RootPage))
        && [a.path, b.path].iter().all(|path| !is_source(path))
}

/// Whether a path is that of a source of documentation: the chapters of a manual lead to each other.
fn is_source(path: &str) -> bool {
    FileKind::of_path(path) == Some(FileKind::Manual)
}

/// Whether no prose follows a block: the end, or headings of what pages append.
pub(crate) fn ends_text(block: NodeRef<'_>) -> bool {
    let mut below = removal::below(block);
    for next in below.by_ref().take(MOST_BELOW) {
        match next.kind() {
            Kind::Heading => return is_of_page(next),
            Kind::CodeBlock | Kind::Table => return false,
            Kind::Paragraph | Kind::Quote if begins_prose(next) => return false,
            _ => {}
        }
    }
    below.next().is_none()
}

/// Whether a heading is that of related posts, comments, a sign-up box.
pub(crate) fn is_of_page(heading: NodeRef<'_>) -> bool {
    // «Leave a reply [Cancel reply](#respond)»
    let label = Shape::of(heading).label();
    let words = if label.is_empty() { words::folded(&heading.words()) } else { label };
    let counted = words.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    let what =
        [Use::AlsoRead, Use::Related, Use::Share, Use::Newsletter, Use::Comments, Use::CommentFormMore];
    words::is_any(&words, &what) || words::is_any(counted, &[Use::Counter, Use::Chrome])
}

/// The links of a row of posts, one or two, if there is nothing else.
fn steps<'a>(shape: &Shape<'a>) -> Option<Vec<Step<'a>>> {
    if !shape.is_words_and_links() || !shape.scripts.is_empty() || !(1..=2).contains(&shape.links.len()) {
        return None;
    }
    let mut outside = shape.outside.split(LINK);
    let steps =
        shape.links.iter().map(|link| step(outside.next().unwrap_or(""), *link)).collect::<Option<_>>()?;
    // arrows
    outside.all(|rest| !rest.contains(char::is_alphanumeric)).then_some(steps)
}

/// The step of a link with the words before it, if it is one.
fn step<'a>(before: &str, link: NodeRef<'a>) -> Option<Step<'a>> {
    let own = link.words();
    if before.len() + own.len() > LONGEST_LABEL {
        return None;
    }
    // «Previous: [Wheat](…)», or all in the link
    let is_before = before.contains(char::is_alphanumeric);
    let label = words::folded(if is_before { before } else { &own });
    if let Some(way) = lists::way_to_post(&label) {
        return Some(Step { link, way, is_sure: true });
    }
    let (way, rest) = lists::way(&label)?;
    let is_sure = rest.is_empty() || !is_before && rest.starts_with([':', '：', '|', '»', '›', '–', '—']);
    (is_sure || !is_before).then_some(Step { link, way, is_sure })
}
