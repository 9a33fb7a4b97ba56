//! BP145: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Report, Rule};
use crate::boilerplate::lists;
use crate::document::{Kind, NodeRef};
use crate::excision::{Removed, removal};
use crate::finding::{Safety, Severity};

pub(super) struct EditorComment;

static INFO: Info = Info {
    code: "BP145",
    name: "editor-comment",
    summary: "the comments in which an editor keeps its own notes",
    phase: Phase::Structure,
    kinds: &[Kind::Comment],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Info,
    enters_protected: false,
    documentation: include_str!("bp145_editor_comment.md"),
};

impl Rule for EditorComment {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let Some(parent) = node.parent().filter(|_| is_editors(node)) else { return };
        let (previous, next) = (beside(node, |n| n.previous_sibling()), beside(node, |n| n.next_sibling()));
        // it alone keeps two lists apart
        if previous.is_some_and(is_list) && next.is_some_and(is_list) {
            return;
        }
        let removed = Removed { span: node.span(), invisible: true, parent, previous, next };
        let edit = removal(cx.document, &removed);
        cx.report(
            Report::new(&INFO, node.span(), "a comment of an editor")
                .because("it begins as those of WordPress, Ghost or Word do")
                .confidence(0.95)
                .fix(vec![edit]),
        );
    }
}

fn is_list(node: NodeRef<'_>) -> bool {
    node.kind() == Kind::List
}

/// Whether a comment begins as an editor's.
fn is_editors(comment: NodeRef<'_>) -> bool {
    comment
        .source()
        .strip_prefix("<!--")
        .map(|text| text.trim_start_matches(['-', ' ', '\t', '\n', '\r']))
        .is_some_and(lists::begins_as_editors)
}

/// The nearest sibling that is neither blank nor such a comment.
fn beside<'a>(node: NodeRef<'a>, go: fn(NodeRef<'a>) -> Option<NodeRef<'a>>) -> Option<NodeRef<'a>> {
    let is_other = |n: &NodeRef<'_>| match n.kind() {
        Kind::Text => !n.source().trim().is_empty(),
        Kind::Comment => !is_editors(*n),
        _ => true,
    };
    std::iter::successors(go(node), |n| go(*n)).take(NEAR).find(is_other)
}

/// How many siblings are looked at.
const NEAR: usize = 8;
