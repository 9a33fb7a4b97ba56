//! BP158: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::links::address;
use crate::boilerplate::lists;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::stems::parts_of;
use crate::boilerplate::subjects::{Subject, Subjects};
use crate::boilerplate::words::Use;
use crate::boilerplate::{announces, certain, is_among_the_last, removal, removed};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use std::sync::LazyLock;

pub(super) struct EndLine;

static INFO: Info = Info {
    code: "BP158",
    name: "end-line",
    summary: "lines that portals, agencies and accounts put below a text",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp158_end_line.md"),
};

/// The longest line, in bytes.
const LONGEST: usize = 700;
/// The most characters of a short line.
const SHORT: usize = 60;
/// The most characters of a name or number behind a label.
const LONGEST_VALUE: usize = 12;
/// How many blocks stand at the beginning of a text.
const MOST_ABOVE: usize = 2;
/// How often a text that is about accounts says so.
const MOST_MENTIONS: usize = 2;

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// That the text ends, or what number it has.
    End,
    /// That nobody may copy it.
    Rights,
    /// Scan this code.
    Scan,
    /// Press these buttons.
    Cheer,
}

impl Rule for EndLine {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Feed]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        // none of these lines begins with a letter of ASCII
        let begins = node.source().bytes().next();
        if begins.is_none_or(|b| b.is_ascii_alphanumeric()) || node.span().len() > LONGEST {
            return;
        }
        if node.parent().is_none_or(|p| p.kind() != Kind::Root) || !is_short(node, LONGEST) {
            return;
        }
        let is_last = is_among_the_last(node);
        if !is_last && removal::above(node).nth(MOST_ABOVE).is_some() {
            return;
        }
        let Some(says) = what_says(node) else { return };
        if !is_last && says != Says::Scan || removal::previous(node).is_some_and(announces) {
            return;
        }
        let below = ("a line below a text", "what portals and agencies end texts with");
        let forbids = ("a line that forbids to copy", "what agencies end texts with");
        let report = match says {
            Says::End => removed(&INFO, node, node, below.0, below.1),
            // it may be the author's
            Says::Rights => removed(&INFO, node, node, forbids.0, forbids.1)
                .map(|report| report.confidence(0.5).needs_review()),
            Says::Scan | Says::Cheer => with_code(node, says, cx),
        };
        if let Some(report) = report {
            cx.report(report);
        }
    }
}

/// What a line says, if it says one of these things and nothing else.
fn what_says(line: NodeRef<'_>) -> Option<Says> {
    let shape = Shape::of(line);
    if !shape.is_words_and_links() || shape.links.len() > 1 || shape.outside.contains('\n') {
        return None;
    }
    let source = line.source().trim();
    if source.starts_with('[') && shape.links.is_empty() && !source.ends_with(']') {
        return None;
    }
    let text = shape.all_words();
    let length = text.chars().count();
    if lists::is_end_line(&text) || lists::is_of_a_platform(&text) {
        return Some(Says::End);
    }
    if length > SHORT {
        return None;
    }
    let labelled = text.split_once([':', '：']).filter(|(label, _)| lists::is_end_label(label.trim()));
    if let Some((_, value)) = labelled {
        return is_value(value).then_some(Says::End);
    }
    if !shape.links.is_empty() {
        return None;
    }
    if lists::forbids_copying(&text) {
        return Some(Says::Rights);
    }
    if lists::asks_to_scan(&text) && lists::asks_to_follow(&text) {
        return Some(Says::Scan);
    }
    (length <= SHORT / 2 && lists::asks_for_cheers(&text)).then_some(Says::Cheer)
}

/// Whether what stands behind a label is a number, an address or a name, and no words.
fn is_value(value: &str) -> bool {
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')'));
    let is_address = value.contains(['/', '.']) && !value.contains(char::is_whitespace) && value.is_ascii();
    let is_name = value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '·'));
    !value.is_empty() && (is_address || is_name && value.chars().count() <= LONGEST_VALUE)
}

/// The report on a line that asks to scan a code or to press buttons, with the picture of the code beside it.
fn with_code(line: NodeRef<'_>, says: Says, cx: &mut Context<'_>) -> Option<Report> {
    let (what, evidence) =
        ("the end of a post on a network", "it asks to follow the account, or to press buttons of the app");
    // what ends the text below such a line is the code, whatever its address is
    let code =
        |n: Option<NodeRef<'_>>| n.is_some_and(|n| is_code(n) || is_picture(n) && removal::next(n).is_none());
    let (above, below) = (removal::previous(line), removal::next(line));
    let report = match says {
        Says::Scan if code(below) => {
            let (span, edits) = removal::remove_with_pictures(line, below?)?;
            certain(&INFO, span, what, evidence, edits)
        }
        Says::Scan if code(above) => removed(&INFO, above?, line, what, evidence)?,
        _ => removed(&INFO, line, line, what, evidence)?,
    };
    // a text on such accounts
    let is_about =
        says == Says::Scan && cx.gathered::<Subjects>().elsewhere(Subject::Accounts, line) >= MOST_MENTIONS;
    Some(if is_about { report.confidence(0.5).needs_review() } else { report })
}

/// Whether a block is one picture.
fn is_picture(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph && removal::only_shown(block).is_some_and(|n| n.kind() == Kind::Image)
}

/// Whether a block is one picture that is a code by its address.
fn is_code(block: NodeRef<'_>) -> bool {
    let Some(picture) = removal::only_shown(block).filter(|_| is_picture(block)) else { return false };
    let address = address(picture).to_ascii_lowercase();
    let file = address.rsplit("//").next().unwrap_or("");
    file.split(['/', '.', '_', '-', '?', '=']).any(|part| CODES.contains(&part))
}

/// Parts of addresses of such pictures.
static CODES: LazyLock<Vec<&str>> = LazyLock::new(|| parts_of("codes").collect());
