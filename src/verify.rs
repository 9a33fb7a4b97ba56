//! Holds fixes to what they declared: compares the blocks that edits touched in the old and the new tree.
//! Owns what "renders the same" means here; must not change text.
//!
//! The two trees are cut where a top-level block begins in both, untouched. What lies between two cuts is compared as strictly as the
//! freest edit in it declares ([`Effect`]): structure and text for style, structure and letters for spacing, letters alone where
//! structure is repaired. Blocks are compared inside the whole trees: `- a` and `* b` are two lists until one bullet changes.

use crate::contract::Effect;
use crate::document::html::Tag;
use crate::document::tree::Node;
use crate::document::{Document, Flags, Kind, NodeId, NodeRef};
use crate::edit::OwnedEdit;
use crate::span::Span;

/// An edit as the verification sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// The bytes of the old text that it replaces.
    pub span: Span,
    /// What it declares to change.
    pub effect: Effect,
    /// Whose it is: an index that the caller knows.
    pub owner: usize,
}

/// The owners of edits in stretches that did not come out as declared. `claims` are ascending by place; `edits` (canonical) lead from
/// the old text to the new.
pub(crate) fn broken(
    old: Document<'_>,
    new: Document<'_>,
    claims: &[Claim],
    edits: &[OwnedEdit],
) -> Vec<usize> {
    let mut out = Vec::new();
    if claims.iter().all(|c| c.effect == Effect::Words) {
        return out;
    }
    let old_blocks: Vec<NodeRef<'_>> = old.root().children().collect();
    let new_blocks: Vec<NodeRef<'_>> = new.root().children().collect();
    let (mut i, mut j, mut next) = (0, 0, 0);
    // the edits above a block, and how far they moved it
    let (mut above, mut shift) = (edits.iter().peekable(), 0isize);
    while i < old_blocks.len() || j < new_blocks.len() {
        let (from_old, from_new, from_claim) = (i, j, next);
        // up to the next place where both begin a block that no edit touches
        loop {
            i += 1;
            let Some(block) = old_blocks.get(i) else {
                (i, j, next) = (old_blocks.len(), new_blocks.len(), claims.len());
                break;
            };
            let start = block.span().start;
            while claims.get(next).is_some_and(|c| c.span.end < start) {
                next += 1;
            }
            if claims.get(next).is_some_and(|c| c.span.start <= start) {
                continue;
            }
            while let Some(e) = above.next_if(|e| e.edit.span.end < start) {
                shift += e.edit.text.len() as isize - e.edit.span.len() as isize;
            }
            let place = start.saturating_add_signed(shift);
            while new_blocks.get(j).is_some_and(|b| b.span().start < place) {
                j += 1;
            }
            if j > from_new
                && new_blocks.get(j).is_some_and(|b| {
                    // what was HTML may be a paragraph now, though it begins at the same byte
                    b.kind() == block.kind() && b.span().start == place
                })
            {
                break;
            }
        }
        let mine = claims.get(from_claim..next).unwrap_or(&[]);
        let Some(effect) = mine.iter().map(|c| c.effect).max() else { continue };
        if effect == Effect::Words {
            continue;
        }
        let before = old_blocks.get(from_old..i).unwrap_or(&[]);
        let after = new_blocks.get(from_new..j).unwrap_or(&[]);
        if are_alike(before, after) {
            continue;
        }
        let (before, after) = (atoms(before, effect), atoms(after, effect));
        if !same(&before, &after, effect) {
            out.extend(mine.iter().filter(|c| c.effect < Effect::Words).map(|c| c.owner));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether blocks hold the same nodes with the same in them, however these are marked: all that most edits of style leave.
fn are_alike(before: &[NodeRef<'_>], after: &[NodeRef<'_>]) -> bool {
    let (Some(old), Some(new)) = (nodes_of(before), nodes_of(after)) else { return false };
    let ([old_first, ..], [new_first, ..]) = (before, after) else { return false };
    let (old_text, new_text) = (old_first.document.text, new_first.document.text);
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let says_the_same = match old.kind {
                Kind::Paragraph
                | Kind::Item
                | Kind::Quote
                | Kind::SoftBreak
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Strike => true,
                Kind::List | Kind::Heading => old.data == new.data,
                // it says what stands elsewhere
                _ if old.has(Flags::REFERENCE) => false,
                _ => old_text.get(old.span().range()) == new_text.get(new.span().range()),
            };
            says_the_same
                && (old.kind, old.tag, old.flags) == (new.kind, new.tag, new.flags)
                && old.next - old_first.id.0 == new.next - new_first.id.0
        })
}

/// The nodes of blocks that follow each other.
fn nodes_of<'t>(blocks: &[NodeRef<'t>]) -> Option<&'t [Node]> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    first.document.parsed.tree.nodes.get(first.id.index()..last.node().next as usize)
}

/// A piece of what a reader gets.
#[derive(Clone, Debug, PartialEq)]
enum Atom<'t> {
    /// A mark of structure; whether blanks beside it are seen.
    Mark(u64, bool),
    /// Text as it is read.
    Text(std::borrow::Cow<'t, str>),
}

fn atoms<'t>(blocks: &[NodeRef<'t>], effect: Effect) -> Vec<Atom<'t>> {
    // most nodes are one piece, some open and close
    let count: u32 = blocks.iter().map(|block| block.node().next - block.id.0).sum();
    let mut out = Vec::with_capacity(count as usize * 2);
    for block in blocks {
        let mut open: Vec<(u32, u64, bool)> = Vec::new();
        let document = block.document;
        let mut skip = 0;
        // numbered lists that are open: where each ends, and the number of its next item
        let mut lists: Vec<(u32, u64)> = Vec::new();
        for id in block.id.0..block.node().next {
            while open.last().is_some_and(|o| o.0 <= id) {
                if let Some((_, mark, inline)) = open.pop() {
                    out.push(Atom::Mark(!mark, inline));
                }
            }
            if id < skip {
                continue;
            }
            let n = document.node(NodeId(id));
            if effect == Effect::Structure {
                while lists.last().is_some_and(|l| l.0 <= id) {
                    lists.pop();
                }
                if let Some(first) = first_number(n) {
                    lists.push((n.node().next, first));
                } else if (n.kind() == Kind::Item || n.kind() == Kind::Element && n.tag() == Tag::Li)
                    && let Some((_, number)) = lists.last_mut().filter(|l| l.1 != u64::MAX)
                {
                    out.push(Atom::Text(number.to_string().into()));
                    *number += 1;
                }
            }
            if let Some(closes) = add(n, effect, &mut out) {
                open.push((n.node().next, closes.0, closes.1));
            } else if n.kind() == Kind::Definition {
                skip = n.node().next;
            }
        }
        while let Some((_, mark, inline)) = open.pop() {
            out.push(Atom::Mark(!mark, inline));
        }
    }
    out
}

/// The number of a list's first item, [`u64::MAX`] where items have none; lists of HTML count too.
fn first_number(n: NodeRef<'_>) -> Option<u64> {
    let is_unordered = n.kind() == Kind::List
        || n.kind() == Kind::Element && matches!(n.tag(), Tag::Ul | Tag::Menu | Tag::Dir);
    n.first_number().map(u64::from).or(is_unordered.then_some(u64::MAX))
}

/// Adds what a node itself is; gives its mark if it encloses others.
fn add<'t>(n: NodeRef<'t>, effect: Effect, out: &mut Vec<Atom<'t>>) -> Option<(u64, bool)> {
    let kind = n.kind();
    let letters_alone = effect == Effect::Structure;
    match kind {
        Kind::Text => {
            out.push(Atom::Text(n.text()));
            return None;
        }
        Kind::SoftBreak => {
            out.push(Atom::Text(" ".into()));
            return None;
        }
        Kind::Code => {
            if !letters_alone {
                out.push(Atom::Mark(mark(kind, 0), true));
            }
            out.push(Atom::Text(n.source().trim_matches('`').into()));
            return None;
        }
        Kind::CodeBlock => {
            if !letters_alone {
                out.push(Atom::Mark(mark(kind, hash(code_info(n).as_bytes())), false));
            }
            out.push(Atom::Text(code_lines(n).into()));
            return None;
        }
        _ => {}
    }
    if letters_alone {
        if kind == Kind::Image && n.is_html() {
            out.push(Atom::Text(n.alternative()));
        }
        return None;
    }
    let inline = kind.is_inline();
    let data = match kind {
        Kind::Paragraph if n.has(Flags::TIGHT) => return None,
        Kind::Heading => u64::from(n.node().data),
        Kind::List => u64::from(n.node().data) << 1 | u64::from(n.has(Flags::ORDERED)),
        Kind::Link | Kind::Image if !n.is_html() => {
            let url = n.destination().map_or(0, |d| hash(d.url().as_bytes()));
            let title = n.title().map_or(0, |t| hash(n.document.slice(t).as_bytes()));
            url ^ title.rotate_left(17)
        }
        Kind::Link | Kind::Image | Kind::Element | Kind::EndTag => {
            let tag = n.start_tag().or(n.end_tag()).unwrap_or(n.span());
            hash(n.document.slice(tag).as_bytes())
        }
        Kind::Comment | Kind::Markup | Kind::Protected | Kind::FootnoteReference | Kind::TaskMarker => {
            hash(n.source().as_bytes())
        }
        Kind::Definition => hash(n.source().trim().as_bytes()),
        _ => 0,
    };
    let mark = mark(kind, data);
    out.push(Atom::Mark(mark, inline));
    let encloses = n.node().next > n.id.0 + 1 || n.end_tag().is_some() || kind.is_block();
    encloses.then_some((mark, inline))
}

fn mark(kind: Kind, data: u64) -> u64 {
    (data ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(31).wrapping_add(kind as u64 + 1)
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

fn code_info(n: NodeRef<'_>) -> &str {
    if !n.has(Flags::FENCED) {
        return "";
    }
    let line = n.source().split('\n').next().unwrap_or("");
    line.trim_start_matches(['`', '~']).trim()
}

/// The code of a block, without fences, the marks of the quotes that it stands in, and the indent that all its lines have.
fn code_lines(n: NodeRef<'_>) -> String {
    let quotes = n.ancestors().filter(|a| a.kind() == Kind::Quote || a.tag() == Tag::Blockquote).count();
    let unquoted = |line| {
        (0..quotes).fold(line, |line: &str, _| {
            let rest = line.trim_start_matches([' ', '\t']).strip_prefix('>');
            rest.map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest))
        })
    };
    let mut lines: Vec<&str> = n.source().split('\n').map(unquoted).collect();
    let is_fence = |line: &str| line.trim().chars().all(|c| c == '`' || c == '~');
    if n.has(Flags::FENCED) {
        if lines.len() > 1 && lines.last().is_some_and(|line| is_fence(line)) {
            lines.pop();
        }
        lines.remove(0);
    } else if let Some(first) = lines.first_mut() {
        // it begins behind its indent
        *first = first.trim_start_matches([' ', '\t']);
    }
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let indented = lines.iter().skip(usize::from(!n.has(Flags::FENCED)));
    let indent = indented.filter(|line| !line.trim().is_empty()).map(|line| blanks(line)).min().unwrap_or(0);
    let inner = |line: &&str| line.get(indent.min(blanks(line))..).unwrap_or("").to_owned();
    lines.iter().map(inner).collect::<Vec<_>>().join("\n")
}

/// Whether two readings are the same but for what `effect` may change: white space folded, or letters and digits alone.
fn same(before: &[Atom<'_>], after: &[Atom<'_>], effect: Effect) -> bool {
    let (mut before, mut after) = (Reader::new(before, effect), Reader::new(after, effect));
    loop {
        before.skip_same(&mut after);
        before.skip_same_words(&mut after);
        match (before.next(), after.next()) {
            (None, None) => return true,
            (a, b) if a != b => return false,
            _ => {}
        }
    }
}

/// So many bytes of two texts are compared in one go, so that no text is read again and again.
const STRIDE: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Mark(u64),
    Char(char),
}

/// Reads atoms unit by unit.
struct Reader<'a> {
    atoms: &'a [Atom<'a>],
    chars: std::str::Chars<'a>,
    /// Comes next, behind a blank.
    held: Option<Unit>,
    /// Whether white space is folded; else letters and digits are all that is read of texts.
    folds: bool,
    /// A blank that is seen if text follows.
    blank: bool,
    /// Blanks at the edge of a block are not seen.
    edge: bool,
}

impl<'a> Reader<'a> {
    fn new(atoms: &'a [Atom<'a>], effect: Effect) -> Self {
        let folds = effect == Effect::Nothing;
        Self { atoms, chars: "".chars(), held: None, folds, blank: false, edge: true }
    }

    fn is_between_atoms(&self) -> bool {
        self.held.is_none() && self.chars.as_str().is_empty()
    }

    /// Passes the atoms that both have next, where both have read the same.
    fn skip_same(&mut self, other: &mut Self) {
        if !self.is_between_atoms()
            || !other.is_between_atoms()
            || (self.blank, self.edge) != (other.blank, other.edge)
        {
            return;
        }
        while let ([mine, more @ ..], [theirs, others @ ..]) = (self.atoms, other.atoms)
            && mine == theirs
        {
            (self.atoms, other.atoms) = (more, others);
            match mine {
                Atom::Mark(_, inline) => (self.blank, self.edge) = (false, !inline),
                Atom::Text(_) if !self.folds => {}
                Atom::Text(text) => {
                    let words = text.trim_end_matches(is_blank);
                    if !words.is_empty() {
                        (self.blank, self.edge) = (words.len() < text.len(), false);
                    } else if !text.is_empty() {
                        self.blank = !self.edge;
                    }
                }
            }
        }
        (other.blank, other.edge) = (self.blank, self.edge);
    }

    /// Passes what both have next of a text up to a letter or digit, where both have read the same: no blank is open behind it.
    fn skip_same_words(&mut self, other: &mut Self) {
        if self.held.is_some() || other.held.is_some() || (self.blank, self.edge) != (other.blank, other.edge)
        {
            return;
        }
        let (mine, theirs) = (self.chars.as_str(), other.chars.as_str());
        let pairs = mine.bytes().zip(theirs.bytes()).take(STRIDE);
        let mut common = pairs.take_while(|(a, b)| a == b).count();
        while !mine.is_char_boundary(common) {
            common -= 1;
        }
        let words = mine[..common].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if words > 0 {
            (self.chars, other.chars) = (mine[words..].chars(), theirs[words..].chars());
            if self.folds {
                (self.blank, self.edge) = (false, false);
                (other.blank, other.edge) = (false, false);
            }
        }
    }

    /// What `c` adds, if anything.
    fn read(&mut self, c: char) -> Option<Unit> {
        if !self.folds {
            return c.is_alphanumeric().then_some(Unit::Char(c));
        }
        if is_blank(c) {
            self.blank = !self.edge;
            return None;
        }
        self.edge = false;
        self.behind_blank(Unit::Char(c))
    }

    /// The unit, or the blank before it.
    fn behind_blank(&mut self, unit: Unit) -> Option<Unit> {
        if std::mem::take(&mut self.blank) {
            self.held = Some(unit);
            return Some(Unit::Char(' '));
        }
        Some(unit)
    }
}

impl Iterator for Reader<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        if let Some(held) = self.held.take() {
            return Some(held);
        }
        loop {
            while let Some(c) = self.chars.next() {
                if let Some(unit) = self.read(c) {
                    return Some(unit);
                }
            }
            let (atom, more) = self.atoms.split_first()?;
            self.atoms = more;
            match atom {
                Atom::Mark(mark, inline) => {
                    self.blank &= *inline;
                    self.edge = !inline;
                    return self.behind_blank(Unit::Mark(*mark));
                }
                Atom::Text(text) => self.chars = text.chars(),
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parsed;
    use crate::edit::{Edit, apply, canonical};

    /// Whether the replacement passes as `effect`.
    fn passes(text: &str, from: &str, to: &str, effect: Effect) -> bool {
        let at = text.find(from).unwrap();
        let span = Span::new(at, at + from.len());
        let edits = canonical(vec![OwnedEdit::new(Edit::replace(span, to), 0)]);
        let out = apply(text, &edits);
        let (old, new) = (Parsed::new(text), Parsed::new(&out));
        let claims = [Claim { span, effect, owner: 0 }];
        broken(old.document(text), new.document(&out), &claims, &edits).is_empty()
    }

    #[test]
    fn style_must_render_the_same() {
        assert!(passes("a\n\n* b\n* c\n\nd\n", "* b\n* c", "- b\n- c", Effect::Nothing));
        assert!(!passes("- a\n\n* b\n", "*", "-", Effect::Nothing));
        assert!(passes("a\n===\n\nb\n", "a\n===", "# a", Effect::Nothing));
        assert!(!passes("a\n===\n\nb\n", "a\n===", "## a", Effect::Nothing));
        assert!(!passes("x\n\n1\\. a\n", "\\", "", Effect::Nothing));
        assert!(passes("x\n\na\\. b\n", "\\", "", Effect::Nothing));
        assert!(passes("_a_ b\n", "_a_", "*a*", Effect::Nothing));
        assert!(!passes("**_a_** b\n", "**_a_**", "***a***", Effect::Nothing));
        assert!(passes("~~~\nx\n~~~\n", "~~~\nx\n~~~", "```\nx\n```", Effect::Nothing));
        assert!(!passes("a  \nb\n", "  \n", "\n", Effect::Nothing));
    }

    #[test]
    fn spacing_keeps_structure_and_letters() {
        assert!(passes("the**Set** x\n", "the*", "the *", Effect::Spacing));
        assert!(!passes("the**Set** x\n", "the*", "the *", Effect::Nothing));
        assert!(!passes("the **Set** x\n", "**Set**", "Set", Effect::Spacing));
        assert!(!passes("the **Set** x\n", "Set", "Sat", Effect::Spacing));
    }

    #[test]
    fn structure_keeps_letters() {
        assert!(passes("text.## Head\n", ".##", ".\n\n##", Effect::Structure));
        assert!(passes("<b>x</b> y\n", "<b>x</b>", "**x**", Effect::Structure));
        assert!(passes("a\n1986\\. x\n", "\n1986\\.", "\n\n1986.", Effect::Structure));
        assert!(!passes("<b>x</b> y\n", "<b>x</b>", "", Effect::Structure));
        assert!(passes("<b>x</b> y\n", "<b>x</b>", "", Effect::Words));
    }
}
