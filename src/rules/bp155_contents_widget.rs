//! BP155: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::address;
use crate::boilerplate::removed;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::words;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct ContentsWidget;

static INFO: Info = Info {
    code: "BP155",
    name: "contents-widget",
    summary: "the contents list that a plug-in drew, with its toggle",
    phase: Phase::Structure,
    kinds: &[Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp155_contents_widget.md"),
};

/// The most text outside of links, in bytes: a title, and what the toggle says.
const LONGEST: usize = 120;

impl Rule for ContentsWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if cx.holds(node) != Some(Holds::Contents)
            || node.end_tag().is_none()
            || !is_short(node, LONGEST + 200)
        {
            return;
        }
        let shape = Shape::of(node);
        let words = words::folded(&shape.outside);
        if shape.other || shape.pictures > 0 || words.len() > LONGEST {
            return;
        }
        let (entries, controls): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) =
            shape.links.iter().partition(|link| has_fragment(**link));
        if entries.len() < 2 || !controls.iter().all(|link| is_control(*link)) {
            return;
        }
        let certain = !controls.is_empty() || has_toggle(node) || repeats(node, &entries);
        let (what, evidence) = (
            "a contents list that a plug-in drew",
            "a class of the plug-in, and links to places in the page",
        );
        let Some(report) = removed(&INFO, node, node, what, evidence) else { return };
        cx.report(if certain { report } else { report.confidence(0.6).needs_review() });
    }
}

/// Whether a link leads to a place in the page.
fn has_fragment(link: NodeRef<'_>) -> bool {
    let address = address(link);
    let address = address.trim();
    address.len() > 1 && address.starts_with('#')
        || address.split_once('#').is_some_and(|(page, place)| page.starts_with("http") && !place.is_empty())
}

/// Whether a link is the toggle of a list: it leads nowhere.
fn is_control(link: NodeRef<'_>) -> bool {
    matches!(address(link).trim(), "" | "#" | "javascript:void(0)" | "javascript:void(0);" | "javascript:;")
}

/// Whether something in a widget opens and closes its list.
fn has_toggle(widget: NodeRef<'_>) -> bool {
    widget.descendants().any(|n| {
        matches!(n.tag(), Tag::Input | Tag::Button)
            || n.kind() == Kind::Element
                && n.attribute_value("class")
                    .is_some_and(|class| class.to_ascii_lowercase().contains("toggle"))
    })
}

/// Whether most entries are the words of a heading of the page, with or without its number.
fn repeats(widget: NodeRef<'_>, entries: &[NodeRef<'_>]) -> bool {
    let Some(root) = widget.ancestors().last() else { return false };
    let is_heading = |n: &NodeRef<'_>| {
        n.kind() == Kind::Heading
            || matches!(n.tag(), Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    };
    let headings: std::collections::HashSet<String> =
        root.descendants().filter(is_heading).take(MOST_HEADINGS).map(|h| bare(&h.words())).collect();
    let known = entries.iter().filter(|entry| headings.contains(&bare(&entry.words()))).count();
    known * 2 >= entries.len()
}

/// The most headings that are compared.
const MOST_HEADINGS: usize = 500;

/// A title as it is compared: folded, without the number before it.
fn bare(title: &str) -> String {
    let folded = words::folded(title);
    folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ')).to_owned()
}
