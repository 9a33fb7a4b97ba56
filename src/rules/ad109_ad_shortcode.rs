//! AD109: see the `.md` beside this file.

use super::{Context, Effect, Gather, Info, Needs, Phase, Rule};
use crate::boilerplate::lists::shortcodes_of_ads;
use crate::boilerplate::look::outside;
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::Use;
use crate::boilerplate::{announces, removal, report};
use crate::document::{Document, Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::settings::Settings;
use crate::zone::Zone;

pub(super) struct AdShortcode;

static INFO: Info = Info {
    code: "AD109",
    name: "ad-shortcode",
    summary: "a shortcode by which a plug-in puts an ad into a post",
    phase: Phase::Structure,
    kinds: &[Kind::Paragraph],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Error,
    enters_protected: false,
    documentation: include_str!("ad109_ad_shortcode.md"),
};

/// The longest paragraph of shortcodes, in bytes.
const LONGEST: usize = 300;

impl Rule for AdShortcode {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::AdLabel]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.span().len() > LONGEST
            || !outside(node).is_any(&[Use::AdLabel])
            || node.descendants().any(|n| !matches!(n.kind(), Kind::Text | Kind::SoftBreak | Kind::HardBreak))
        {
            return;
        }
        let source = node.source().trim();
        let mut rest = source;
        while let Some((name, behind)) = shortcode(rest) {
            if !shortcodes_of_ads().contains(&name) || cx.gathered::<Explained>().has(name) {
                return;
            }
            rest = behind.trim_start();
        }
        if !rest.is_empty() || removal::previous(node).is_some_and(announces) {
            return;
        }
        report(
            cx,
            &INFO,
            node,
            node,
            "a shortcode of an ad",
            "the name of a plug-in's shortcode, and nothing else",
        );
    }
}

/// The name of the shortcode that a text begins with, and what stands behind it: `[name key="value"]`.
fn shortcode(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (inner, behind) = inner.split_once(']')?;
    let name = inner.split([' ', '=', '/']).next().filter(|name| !name.is_empty())?;
    (!inner.contains(['[', '\n']) && !behind.starts_with(['(', '[', ':'])).then_some((name, behind))
}

/// The shortcodes that the text names in code, in quotes or with doubled brackets: it tells how to use them.
struct Explained(Vec<&'static str>);

impl Explained {
    fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }
}

impl Gather for Explained {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let text = document.text;
        let is_shown = |at: &usize| {
            let before = text.get(..*at).unwrap_or("");
            before.ends_with(['`', '\'', '"']) || before.ends_with("`[") || before.ends_with("[[")
        };
        let names = shortcodes_of_ads().iter().copied();
        Self(
            names
                .filter(|name| memchr::memmem::find_iter(text.as_bytes(), name).any(|at| is_shown(&at)))
                .collect(),
        )
    }
}
