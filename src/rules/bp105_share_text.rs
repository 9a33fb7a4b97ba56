//! BP105: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::links::Purpose;
use crate::boilerplate::lists;
use crate::boilerplate::look::LONGEST_LINE;
use crate::boilerplate::shape::{self, LINK, Shape};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::titles::Titles;
use crate::boilerplate::words::{self, Perhaps, Use};
use crate::boilerplate::{certain, removal, removed};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct ShareText;

static INFO: Info = Info {
    code: "BP105",
    name: "share-text",
    summary: "a label of share buttons with the names that they left as text, or with nothing",
    phase: Phase::Content,
    kinds: &[Kind::Heading, Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp105_share_text.md"),
};

/// The longest label, in bytes.
const LONGEST: usize = 80;
/// The most nodes of a label with what is in it.
const MOST_NODES: u32 = 4;
/// How many blocks below a label are looked at.
const MOST_BLOCKS: usize = 16;
/// How many lines may stand between a label and its buttons: the name of the publication, the title of the post.
const MOST_BETWEEN: usize = 6;
/// The longest of these lines, in bytes.
const LONGEST_BETWEEN: usize = 150;

impl Rule for ShareText {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Share]), LONGEST_LINE)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if let Some(report) = in_a_line(node) {
            cx.report(report);
            return;
        }
        // labels are words and nothing else, in bold at the most
        if node.span().len() > LONGEST
            || node.node().next - node.id.0 > MOST_NODES
            || node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !may_be_above(node, node.next_sibling())
            || node.kind() == Kind::Heading && !cx.heading(node).is_any(&[Use::Share])
            || !cx.look(node).outside.is_any(&[Use::Share])
        {
            return;
        }
        let shape = Shape::of(node);
        let label = words::folded(&shape.outside);
        if !shape.is_plain() || !shape.scripts.is_empty() || !words::is(&label, Use::Share) {
            return;
        }
        // «Share» may be the title of a section, «Share this post» tells what is shared
        let is_whole = label.contains(' ') || label.chars().filter(|c| !c.is_ascii()).count() >= 4;
        // without those words it must stand above all buttons of a bar, the one that copies among them
        if node.kind() != Kind::Heading && !is_whole && !is_above_copy(node, cx) {
            return;
        }
        if let Some(report) = with_buttons(node, is_whole, cx).or_else(|| without_any(node, is_whole)) {
            cx.report(report);
        }
    }
}

/// Whether what stands below may stand below a label: most headings have prose there, and most paragraphs no name of a network.
fn may_be_above(label: NodeRef<'_>, below: Option<NodeRef<'_>>) -> bool {
    let is_heading = label.kind() == Kind::Heading;
    let Some(below) = below else { return is_heading };
    match below.kind() {
        Kind::Paragraph => {
            is_short(below)
                && (is_heading
                    || Perhaps::of(below.source()).is_share_text()
                    || says_action(&words::folded(below.source())))
        }
        Kind::Heading => is_heading,
        kind => is_heading && kind == Kind::Comment,
    }
}

/// Whether the first line of a paragraph may be one of a box: it is text, and short.
#[inline]
fn is_short(paragraph: NodeRef<'_>) -> bool {
    let nodes = &paragraph.document.parsed.tree.nodes;
    let (first, end) = (paragraph.id.0 + 1, paragraph.node().next);
    let ends_line = |id: u32| {
        id >= end
            || nodes.get(id as usize).is_some_and(|n| matches!(n.kind, Kind::SoftBreak | Kind::HardBreak))
    };
    nodes.get(first as usize).is_some_and(|n| {
        n.kind == Kind::Text
            && (n.end - n.start) as usize <= LONGEST_BETWEEN
            && (ends_line(first + 1) || ends_line(first + 2))
    })
}

/// A line below a label.
struct Line<'a> {
    block: NodeRef<'a>,
    /// Its last node, if it is not all of its block.
    last: Option<NodeRef<'a>>,
    says: Says,
}

/// What a line says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// What the button says that copies the address: no article has that in a line of its own.
    Copy,
    /// What other buttons say.
    Name,
    /// What the buttons beside these say: «Save», «Comments (12)».
    Action,
    /// Nothing, for the font of its icon is lost; or how often it was shared.
    Nothing,
    /// Something that may be a title.
    Title,
}

/// The report on a label with buttons below it that are text.
fn with_buttons(label: NodeRef<'_>, is_whole: bool, cx: &Context<'_>) -> Option<Report> {
    let lines = lines_below(label, cx);
    let begin = lines.iter().position(|line| matches!(line.says, Says::Copy | Says::Name))?;
    let run = lines[begin..].iter().take_while(|line| line.says != Says::Title);
    let buttons = run.clone().filter(|line| line.says != Says::Nothing);
    let names = buttons.clone().filter(|line| line.says != Says::Action).count();
    let copies = buttons.clone().any(|line| line.says == Says::Copy);
    let is_beside = lines[..begin].iter().all(|line| matches!(line.says, Says::Nothing | Says::Action));
    let enough = match (is_whole, is_beside) {
        (true, true) => names >= 2 || copies,
        (true, false) => names >= 3 && lines[begin].says == Says::Copy && begin <= MOST_BETWEEN,
        (false, true) => names >= 3,
        (false, false) => false,
    };
    let last = buttons.last().filter(|_| enough)?;
    if last.last.is_none() && goes_on_below(last.block) {
        return None;
    }
    let (what, evidence) = ("what share buttons left", "a label of share buttons, and what they say as text");
    let Some(line) = last.last else { return removed(&INFO, label, last.block, what, evidence) };
    // the article goes on in the same paragraph
    let (span, edits) = removal::remove_up_to(label, line.span().end)?;
    Some(certain(&INFO, span, what, evidence, edits))
}

/// Whether the lines right below a label name three buttons, and one of them copies the address.
fn is_above_copy(label: NodeRef<'_>, cx: &mut Context<'_>) -> bool {
    let lines = lines_below(label, cx);
    let buttons = lines.iter().take_while(|line| matches!(line.says, Says::Copy | Says::Name));
    if buttons.clone().count() < 3 || !buttons.clone().any(|line| line.says == Says::Copy) {
        return false;
    }
    // a section may be about it
    let stands_alone = label.parent().is_some_and(|root| root.kind() == Kind::Root);
    stands_alone && !cx.gathered::<Titles>().speak_of(&words::folded(label.source()))
}

/// The report on a label with nothing below it: its section is empty, or has marks without letters alone.
fn without_any(label: NodeRef<'_>, is_whole: bool) -> Option<Report> {
    if label.kind() != Kind::Heading || !is_whole {
        return None;
    }
    let marks = removal::below(label).take(MOST_BLOCKS).take_while(|n| {
        n.kind() == Kind::Paragraph && n.source().len() <= 8 && !n.source().contains(char::is_alphanumeric)
    });
    let last = marks.clone().last().unwrap_or(label);
    let ends = match removal::next(last) {
        None => true,
        Some(next) => next.kind() == Kind::Heading && next.node().data <= label.node().data,
    };
    // an outline has headings alone
    let below = removal::previous(label).is_some_and(|p| p.kind() != Kind::Heading);
    if !below || !(ends || marks.count() >= 2) {
        return None;
    }
    removed(&INFO, label, last, "the label of share buttons that are gone", "a section with nothing in it")
}

/// The lines below a label, as far as they may be of its box.
fn lines_below<'a>(label: NodeRef<'a>, cx: &Context<'_>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for block in removal::below(label).take(MOST_BLOCKS) {
        if block.kind() != Kind::Paragraph {
            break;
        }
        let inside = shape::lines(block);
        let count = inside.len();
        for (at, (first, last)) in inside.into_iter().enumerate() {
            let Some(says) = what_says(&Shape::of_run(first, last), cx) else { return lines };
            lines.push(Line { block, last: (at + 1 < count).then_some(last), says });
        }
        if count == 0 {
            let Some(says) = what_says(&Shape::of(block), cx) else { return lines };
            lines.push(Line { block, last: None, says });
        }
    }
    lines
}

/// What a line says, if it may be of a box.
fn what_says(line: &Shape<'_>, cx: &Context<'_>) -> Option<Says> {
    if line.other || line.fields > 0 || line.outside.len() > LONGEST_BETWEEN {
        return None;
    }
    if !line.purposes(cx).all(|purpose| matches!(purpose, Purpose::Nowhere | Purpose::Share)) {
        return None;
    }
    if !line.links.is_empty() || line.pictures > 0 {
        return Some(Says::Title);
    }
    let text = words::folded(&line.outside.replace(LINK, ""));
    Some(match text.as_str() {
        text if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'k' | 'm' | '+')) => {
            Says::Nothing
        }
        text if lists::copies_address(text) => Says::Copy,
        text if lists::is_beside_copy(text) || words::is_share_text(text) => Says::Name,
        text if says_action(text) => Says::Action,
        _ if line
            .outside
            .trim_end()
            .ends_with(['.', '!', '?', ':', ',', ';', '。', '！', '？', '：', '，']) =>
        {
            return None;
        }
        _ => Says::Title,
    })
}

/// Whether `text` (folded) is what buttons beside those for sharing say; how many comments there are may stand with it.
fn says_action(text: &str) -> bool {
    if text.len() > LONGEST_ACTION {
        return false;
    }
    let bare = text.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '));
    lists::is_action(bare)
}

/// The longest of these words, in bytes.
const LONGEST_ACTION: usize = 60;

/// The report on a line «Share: Facebook | X | Print», if the first or the last of a paragraph is one.
fn in_a_line(paragraph: NodeRef<'_>) -> Option<Report> {
    let is_at_root = paragraph.parent().is_some_and(|p| p.kind() == Kind::Root);
    let source = paragraph.source();
    let may_have_marks = || memchr::memchr(b'|', source.as_bytes()).is_some() || !source.is_ascii();
    if paragraph.kind() != Kind::Paragraph || !is_at_root || !may_have_marks() {
        return None;
    }
    let (what, evidence) =
        ("what share buttons left", "a label of share buttons with names of networks alone");
    let lines = shape::lines(paragraph);
    let (Some(&(first, end)), Some(&(start, last))) = (lines.first(), lines.last()) else {
        if !is_row(&Shape::of(paragraph)) || !is_apart(paragraph, None, None) {
            return None;
        }
        return removed(&INFO, paragraph, paragraph, what, evidence);
    };
    let words = |line: Option<&(NodeRef<'_>, NodeRef<'_>)>| {
        line.map(|(first, last)| Shape::of_run(*first, *last).outside)
    };
    if is_row(&Shape::of_run(first, end)) && is_apart(paragraph, None, words(lines.get(1))) {
        return removed(&INFO, first, end, what, evidence);
    }
    let above = lines.len().checked_sub(2).and_then(|at| lines.get(at));
    if is_row(&Shape::of_run(start, last)) && is_apart(paragraph, words(above), None) {
        return removed(&INFO, start, last, what, evidence);
    }
    None
}

/// Whether a line is a label of share buttons with what they said behind it: nothing else, and two names of networks at least.
fn is_row(line: &Shape<'_>) -> bool {
    let text = line.outside.trim();
    if !line.is_plain() || !line.scripts.is_empty() || text.len() > LONGEST_ROW || text.ends_with(ENDS) {
        return false;
    }
    let Some((label, names)) = text.split_once(COLONS).or_else(|| text.split_once(BARS)) else {
        return false;
    };
    // with commas it may be a list in somebody's words
    if !names.contains(BARS) || !words::is(&words::folded(label), Use::Share) {
        return false;
    }
    let (mut networks, mut is_sure) = (0, false);
    for name in names.split(BARS).map(words::folded).filter(|name| !name.is_empty()) {
        if words::is_network(&name) {
            networks += 1;
            is_sure |= lists::is_of_people(&name);
        } else if !(words::is_share_text(&name) || lists::copies_address(&name) || says_action(&name)) {
            return false;
        }
    }
    networks >= 2 && is_sure
}

/// The longest row, in bytes.
const LONGEST_ROW: usize = 200;
/// What stands between names.
const BARS: [char; 5] = ['|', '·', '•', '｜', '¦'];
/// What stands behind a label.
const COLONS: [char; 2] = [':', '：'];
/// How sentences end.
const ENDS: [char; 8] = ['.', '!', '?', '…', '。', '！', '？', '।'];

/// Whether nothing speaks for a row being the article's: nobody announces it, it is no line of a list of properties, and the heading above
/// is not about sharing. `above` and `below` are the lines beside it in its paragraph.
fn is_apart(paragraph: NodeRef<'_>, above: Option<String>, below: Option<String>) -> bool {
    let words_of = |block: NodeRef<'_>| (block.kind() == Kind::Paragraph).then(|| block.source().to_owned());
    let heading = removal::above(paragraph).take(MOST_BLOCKS).find(|n| n.kind() == Kind::Heading);
    let is_about_sharing = heading.is_some_and(|heading| {
        heading.node().data > 1
            && words::folded(&heading.words())
                .split([' ', '-', ','])
                .any(|word| words::is_any(word, &[Use::Share, Use::Network]))
    });
    let above = above.or_else(|| removal::previous(paragraph).and_then(words_of));
    let below = below.or_else(|| removal::next(paragraph).and_then(words_of));
    !is_about_sharing
        && !goes_on_below(paragraph)
        && !above.is_some_and(|text| text.trim_end().ends_with(COLONS) || has_label(&text))
        && !below.is_some_and(|text| has_label(&text))
}

/// Whether what stands below a block goes on with it: «… are the buttons of the bar».
fn goes_on_below(block: NodeRef<'_>) -> bool {
    removal::next(block)
        .is_some_and(|n| n.kind() == Kind::Paragraph && n.source().starts_with(char::is_lowercase))
}

/// Whether a text is a label with a colon and a few words, which is not one that pages put there: «Size: 4 cm».
fn has_label(text: &str) -> bool {
    let Some((label, rest)) = text.trim().split_once(COLONS) else { return false };
    let label = words::folded(label);
    text.len() <= LONGEST_ROW
        && !rest.trim().is_empty()
        && label.split(' ').count() <= 3
        && !words::is_any(&label, &[Use::Byline, Use::Tags, Use::TagLabel, Use::AlsoRead, Use::Related])
}
