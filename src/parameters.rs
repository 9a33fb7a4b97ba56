//! Parameters that track or pay, wherever an address stands: links, images, frames, definitions, bare in the text.
//! Owns finding addresses; must not know parameters (`evidence::url` does).

use crate::context::Context;
use crate::contract::{Gather, Info, Report};
use crate::data::{REPAIR_WORDS, listed};
use crate::document::{Document, Flags, Kind};
use crate::edit::Edit;
use crate::evidence::Address;
use crate::evidence::url::{UrlView, stripped};
use crate::explained::{is_apart, names_in_words};
use crate::hash::Quick;
use crate::links::spelled;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::LazyLock;

/// Reports the tracking parameters of the document's addresses: those with an affiliate's id if `affiliate`, else those without.
pub(crate) fn report_parameters(
    cx: &mut Context<'_>,
    rule: &'static Info,
    affiliate: bool,
    message: &'static str,
) {
    let addresses = cx.addresses();
    let facts = &cx.settings.facts;
    let mut found: Vec<Found> = Vec::new();
    for address in addresses.of_nodes.iter().filter(|a| !a.is_plain || a.known.stripping(facts).is_some()) {
        let node = cx.document.node(address.node);
        if node.kind() != Kind::Definition && node.has(Flags::REFERENCE) {
            continue;
        }
        let spelling = if node.is_html() { Spelling::Html } else { Spelling::Markdown };
        found.extend(found_at(cx, affiliate, address, spelling));
    }
    for (node, span) in &addresses.frames {
        let known = cx.known(cx.document.slice(*span));
        let address = Address { node: *node, span: *span, known, is_plain: true };
        found.extend(found_at(cx, affiliate, &address, Spelling::Html));
    }
    for address in &cx.bare_addresses().0 {
        found.extend(found_at(cx, affiliate, address, Spelling::Bare));
    }
    // a text that names a parameter shows what has it
    let shown =
        found.iter().filter(|f| f.is_shown).flat_map(|f| f.names.iter().map(|n| n.to_ascii_lowercase()));
    let shown: HashSet<String, Quick> = shown.collect();
    let explained = names_in_words(cx.document.text, &shown);
    for Found { span, edits, names, is_shown } in found {
        if is_shown && names.iter().any(|name| explained.contains(&name.to_ascii_lowercase())) {
            continue;
        }
        cx.report(Report::new(rule, span, message).because(names.join(", ")).fix(edits));
    }
}

/// What goes from an address.
struct Found {
    span: Span,
    edits: Vec<Edit>,
    names: Vec<String>,
    /// Whether the address stands in the text as such.
    is_shown: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Markdown,
    Html,
    Bare,
}

fn found_at(cx: &mut Context<'_>, affiliate: bool, address: &Address, spelling: Spelling) -> Option<Found> {
    let facts = &cx.settings.facts;
    let span = address.span;
    let written = cx.document.slice(span);
    // the address as written: character references in it are what separates parameters
    let known = if address.is_plain { Rc::clone(&address.known) } else { cx.known(written) };
    // escapes of Markdown hide names (`utm\_source`): the whole address is written anew
    let escaped = spelling == Spelling::Markdown && written.contains('\\');
    let (edits, names) = if escaped {
        let found = address.known.stripping(facts).filter(|s| s.affiliate == affiliate)?;
        let clean = stripped(&address.known.url, facts)?;
        (vec![Edit::replace(span, spelled(&clean, false))], &found.names)
    } else {
        let found = known.stripping(facts).filter(|s| s.affiliate == affiliate)?;
        let shift = |e: &Edit| {
            Edit::replace(Span::new(e.span.start + span.start, e.span.end + span.start), e.text.clone())
        };
        (found.edits.iter().map(shift).collect(), &found.names)
    };
    // what is unwrapped needs no stripping
    if known.leads_to_network() || is_template(&known.view()) {
        return None;
    }
    let is_shown = spelling == Spelling::Bare || cx.document.node(address.node).has(Flags::AUTOLINK);
    let mut is_example = || names_nobody(&known.view()) || cx.gathered::<Campaigns>().are_explained;
    if is_shown && !affiliate && is_example() {
        return None;
    }
    Some(Found { span, edits, names: names.clone(), is_shown })
}

/// Whether the site of an address is a name that the reader is to put there.
fn names_nobody(view: &UrlView<'_>) -> bool {
    static PLACEHOLDERS: LazyLock<Vec<&str>> = LazyLock::new(|| listed(REPAIR_WORDS, "placeholder-hosts"));
    let label = view.site().split('.').next().unwrap_or("");
    PLACEHOLDERS.iter().any(|name| label.eq_ignore_ascii_case(name))
}

/// Whether an address is one to be filled in: the value of a parameter is a name in braces or a dollar sign's, or three X.
fn is_template(view: &UrlView<'_>) -> bool {
    let is_to_fill = |value: &str| {
        let starts = |start: &str| value.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
        starts("{")
            || starts("%7B")
            || starts("<")
            || starts("%3C")
            || starts("$")
            || value == "XXX"
            || value == "..."
    };
    view.query.is_some() && view.parameters().any(|p| p.raw_value.is_some_and(is_to_fill))
}

/// Whether a text explains the parameters of campaigns: the addresses that it shows are its examples.
struct Campaigns {
    are_explained: bool,
}

/// How often a text names them that explains them.
const EXPLAINED: usize = 2;

impl Gather for Campaigns {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let bytes = document.text.as_bytes();
        let is_named =
            |at: &usize| is_apart(bytes, *at) && !bytes.get(at + 3).is_some_and(u8::is_ascii_alphanumeric);
        let places = ["utm", "UTM"]
            .map(|name| memchr::memmem::find_iter(bytes, name).filter(is_named).take(EXPLAINED).count());
        Self { are_explained: places.iter().sum::<usize>() >= EXPLAINED }
    }

    fn grants(&self) -> Option<u128> {
        Some(u128::from(!self.are_explained))
    }
}
