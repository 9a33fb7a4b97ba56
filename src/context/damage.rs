//! [`Damage`] of a whole document: the mojibake of its prose, found once for all rules of the family `MO`.
//! Owns where prose stands (leaf blocks, text of HTML blocks, titles, alternatives, readable attributes, front-matter values);
//! what is damage is [`mojibake`](crate::mojibake)'s.

use super::run::Run;
use crate::contract::{Info, Report};
use crate::document::{Document, Flags, Kind, NodeRef};
use crate::edit::Edit;
use crate::mojibake::{CodePage, Damage as Kinds, Repair, repair_all};
use crate::span::Span;

/// Attributes that a reader reads.
const READABLE: [&str; 6] = ["title", "alt", "aria-label", "placeholder", "summary", "label"];

/// What was found in the prose of a document.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// The repairs, with their edits in the source.
    pub repairs: Vec<Place>,
    /// Where U+FFFD stands, which nothing can repair.
    pub lost: Vec<Span>,
}

/// A repair in its place.
#[derive(Debug)]
pub(crate) struct Place {
    /// The bytes it is about.
    pub span: Span,
    /// What changes.
    pub edits: Vec<Edit>,
    /// What stood there, as it was read.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// The kind of damage.
    pub kind: Kinds,
    /// Which code page the text was misread in.
    pub code_page: CodePage,
    /// How many times.
    pub layers: u8,
}

impl Place {
    /// The report of the repair.
    pub(crate) fn report(&self, rule: &'static Info, message: String) -> Report {
        let times = if self.layers > 1 { format!(", {} times", self.layers) } else { String::new() };
        Report::new(rule, self.span, message)
            .because(format!("UTF-8 read as {}{times}", self.code_page))
            .fix(self.edits.clone())
    }
}

impl Damage {
    /// The damage of a document that may show some.
    pub(crate) fn of(document: Document<'_>) -> Self {
        let mut damage = Damage::default();
        // escapes are rare: looked for once, not in every block
        let escaped = memchr::memmem::find(document.text.as_bytes(), b"\\u00").is_some();
        let runs = runs(document, escaped);
        let texts: Vec<&str> = runs.iter().map(Run::text).collect();
        for (run, repairs) in runs.iter().zip(repair_all(&texts)) {
            let lost = run.text().match_indices('\u{fffd}');
            damage.lost.extend(lost.map(|(at, c)| run.source(at..at + c.len())));
            damage.repairs.extend(repairs.iter().filter_map(|r| place(run, r)));
        }
        damage
    }
}

/// Whether bytes can hold damage at all: ASCII without references and escapes cannot.
fn may_be_damaged(bytes: &[u8]) -> bool {
    !bytes.is_ascii() || memchr::memchr(b'&', bytes).is_some()
}

fn place(run: &Run, r: &Repair) -> Option<Place> {
    let range = r.edit.span.range();
    let edits = run.replace(range.clone(), &r.edit.text)?;
    let span = run.source(range.clone());
    Some(Place {
        span,
        edits,
        before: run.text().get(range)?.to_owned(),
        after: r.edit.text.clone(),
        kind: r.damage,
        code_page: r.code_page,
        layers: r.layers,
    })
}

/// The prose of a document that can hold damage.
fn runs(document: Document<'_>, escaped: bool) -> Vec<Run> {
    let mut out = Vec::new();
    let suspect = |span: Span| escaped || may_be_damaged(document.slice(span).as_bytes());
    if let Some(front) = document.parsed.front_matter
        && suspect(front)
    {
        out.push(Run::plain(document, front));
    }
    let protected = &document.parsed.protected;
    let mut block_end = 0;
    for n in document.nodes() {
        if n.kind().is_leaf_block() {
            block_end = n.node().next;
            if suspect(n.span()) {
                out.push(Run::of(n));
            }
        } else if n.kind() == Kind::Text
            && n.id.0 >= block_end
            && !n.has(Flags::RAW)
            && suspect(n.span())
            && !protected.covers(n.span())
        {
            out.push(Run::of(n));
        }
        match n.kind() {
            Kind::Image if !n.is_html() && suspect(n.span()) => {
                out.push(Run::of(n));
                out.extend(n.title().map(|t| Run::plain(document, t)));
            }
            Kind::Link if !n.is_html() && suspect(n.span()) => {
                out.extend(n.title().map(|t| Run::plain(document, t)));
            }
            Kind::Image | Kind::Link | Kind::Element if n.is_html() => attributes(n, &mut out),
            _ => {}
        }
    }
    out
}

fn attributes(n: NodeRef<'_>, out: &mut Vec<Run>) {
    for a in n.attributes() {
        if may_be_damaged(a.value.as_bytes())
            && READABLE.iter().any(|name| a.name.eq_ignore_ascii_case(name))
            && let Some(span) = a.value_span
        {
            out.push(Run::plain(n.document, span));
        }
    }
}
