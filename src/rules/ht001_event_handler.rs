//! HT001: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::html_to_markdown::meaning::{is_of_template, may_lose_script};
use crate::span::Span;

pub(super) struct EventHandler;

static INFO: Info = Info {
    code: "HT001",
    name: "event-handler",
    summary: "a script in an attribute",
    phase: Phase::Content,
    kinds: &[Kind::Element, Kind::Link, Kind::Image, Kind::HardBreak],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Error,
    // drawings
    enters_protected: true,
    documentation: include_str!("ht001_event_handler.md"),
};

impl Rule for EventHandler {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::HTML
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        for attribute in node.attributes().filter(|a| is_handler(a.name)) {
            // components of MDX and Vue bind functions of their own
            if attribute.value.starts_with('{')
                || attribute.value_span.is_none()
                || !may_lose_script(node, attribute.whole)
                || is_of_template(&attribute)
            {
                continue;
            }
            let before = cx.document.text.get(..attribute.whole.start).unwrap_or("");
            let blanks = before.len() - before.trim_end_matches([' ', '\t', '\n', '\r']).len();
            let has_quote = before.ends_with(['"', '\'']);
            let from = if has_quote { attribute.whole.start } else { attribute.whole.start - blanks };
            cx.report(
                Report::new(&INFO, attribute.whole, "an attribute that runs a script")
                    .because(attribute.name.to_owned())
                    .fix(vec![Edit::remove(Span::new(from, attribute.whole.end))]),
            );
        }
    }
}

/// Whether browsers run the attribute: `on` and the name of an event, all in letters.
fn is_handler(name: &str) -> bool {
    let event = name.get(..2).filter(|on| on.eq_ignore_ascii_case("on")).and_then(|_| name.get(2..));
    event.is_some_and(|e| {
        let e = e.to_ascii_lowercase();
        e.bytes().all(|b| b.is_ascii_lowercase()) && EVENTS.iter().any(|start| e.starts_with(start))
    })
}

/// How the names of events begin (<https://html.spec.whatwg.org/multipage/indices.html#events-2> and the DOM's).
const EVENTS: &[&str] = &[
    "abort",
    "after",
    "animation",
    "aux",
    "before",
    "blur",
    "can",
    "change",
    "click",
    "close",
    "context",
    "copy",
    "cue",
    "cut",
    "dbl",
    "drag",
    "drop",
    "duration",
    "emptied",
    "ended",
    "error",
    "focus",
    "form",
    "full",
    "got",
    "hash",
    "input",
    "invalid",
    "key",
    "lang",
    "load",
    "lost",
    "message",
    "mouse",
    "off",
    "online",
    "open",
    "page",
    "paste",
    "pause",
    "play",
    "pointer",
    "pop",
    "progress",
    "rate",
    "rejection",
    "reset",
    "resize",
    "scroll",
    "search",
    "security",
    "seek",
    "select",
    "slot",
    "stall",
    "start",
    "storage",
    "submit",
    "suspend",
    "time",
    "toggle",
    "touch",
    "transition",
    "unhandled",
    "unload",
    "volume",
    "wait",
    "webkit",
    "wheel",
];
