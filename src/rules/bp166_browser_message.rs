//! BP166: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::messages::{LONGEST, Topics, is_message};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::Use;
use crate::boilerplate::{announces, removal, report};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct BrowserMessage;

static INFO: Info = Info {
    code: "BP166",
    name: "browser-message",
    summary: "messages for browsers that cannot: «Your browser does not support the video tag»",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp166_browser_message.md"),
};

impl Rule for BrowserMessage {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Platform]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.parent().is_none_or(|p| p.kind() != Kind::Root)
            || !cx.look(node).words.is_any(&[Use::Platform])
            || !is_message(node)
            || removal::previous(node).is_some_and(announces)
            || cx.gathered::<Topics>().are_of(node)
        {
            return;
        }
        let why = "a sentence that pages hold for browsers, in a paragraph of its own";
        report(cx, &INFO, node, node, "a message of the browser", why);
    }
}
