//! A block as [`Piece`]s: its sentences and lines, or the blocks in it. Scraped texts lack blank lines, so that what a page added stands
//! in one paragraph, quote or element with the article's own words; what a rule takes is the [`stretch`] that says what it looks for.
//! Owns where a piece begins and ends, and which pictures are the article's; must not know what a rule looks for.

use super::lists::offers_something;
use super::pictures::is_of_article;
use super::removal::{self, is_nothing, only_shown};
use super::shape::{Part, Shape};
use super::{certain, removed};
use crate::contract::{Info, Report};
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::span::Span;

/// A sentence, a line, a picture, or a block in another one.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    /// Its bytes, without blanks round them.
    pub span: Span,
    /// The number of its line.
    pub line: usize,
    /// What it consists of.
    pub shape: Shape<'a>,
    /// All its words, folded.
    pub words: String,
    /// Whether it is a picture of the article's.
    pub is_picture: bool,
    /// Its node, if it is a block.
    block: Option<NodeRef<'a>>,
}

/// Pieces that belong together, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub first: usize,
    pub last: usize,
}

/// How sure it is that a piece is what a rule looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// It is.
    It,
    /// It is beside one that is, in the same line.
    Perhaps,
    /// It may be anything.
    Else,
}

impl Stretch {
    /// Whether it is all there is.
    pub fn is_all(self, pieces: &[Piece<'_>]) -> bool {
        self.first == 0 && self.last + 1 == pieces.len()
    }
}

/// The pieces of `block`: the blocks in it, or its sentences and lines; of a paragraph that is emphasised as a whole those of the emphasis.
pub(crate) fn pieces(block: NodeRef<'_>) -> Vec<Piece<'_>> {
    if let Some(only) = only_shown(block)
        && (matches!(only.kind(), Kind::Emphasis | Kind::Strong | Kind::Paragraph)
            || only.kind() == Kind::Element
                && only.end_tag().is_some()
                && matches!(
                    only.tag(),
                    Tag::Em | Tag::I | Tag::Small | Tag::Strong | Tag::B | Tag::Span | Tag::P | Tag::Div
                ))
    {
        return pieces(only);
    }
    let mut reader = Reader::default();
    for child in block.children() {
        reader.read(child);
    }
    reader.close();
    reader.pieces
}

/// The pieces from the first to the last that say what is looked for, with those beside them in their lines that may, and what says next
/// to nothing at the ends. `None` if no piece says it, or a block among them says something else besides.
pub(crate) fn stretch(pieces: &[Piece<'_>], says: &dyn Fn(&Piece<'_>) -> Says) -> Option<Stretch> {
    let mut said = Vec::with_capacity(pieces.len());
    for piece in pieces {
        said.push(match piece.block {
            Some(block) => {
                let inner = self::pieces(block);
                match stretch(&inner, says) {
                    Some(part) if part.is_all(&inner) => Says::It,
                    Some(_) => return None,
                    None => Says::Else,
                }
            }
            _ => says(piece),
        });
    }
    let mut first = said.iter().position(|s| *s == Says::It)?;
    let mut last = said.iter().rposition(|s| *s == Says::It)?;
    let is_beside = |at: usize, other: usize| {
        said[at] == Says::Perhaps && pieces[at].line == pieces[other].line && !pieces[at].is_picture
    };
    while first > 0 && is_beside(first - 1, first) {
        first -= 1;
    }
    while last + 1 < pieces.len() && is_beside(last + 1, last) {
        last += 1;
    }
    if pieces[..first].iter().all(Piece::says_nothing) {
        first = 0;
    }
    if pieces[last + 1..].iter().all(Piece::says_nothing) {
        last = pieces.len() - 1;
    }
    Some(Stretch { first, last })
}

/// Whether what stands before or behind a stretch stands in its first or last line.
pub(crate) fn shares_line(pieces: &[Piece<'_>], stretch: Stretch) -> bool {
    let line = |at: usize| pieces.get(at).map(|p| p.line);
    let before = stretch.first.checked_sub(1).and_then(line);
    before.is_some() && before == line(stretch.first)
        || line(stretch.last + 1).is_some_and(|behind| Some(behind) == line(stretch.last))
}

/// The report on `block`, less what in it does not say what is looked for, from `lead` above it on.
pub(crate) fn removed_less_others(
    rule: &'static Info,
    lead: NodeRef<'_>,
    block: NodeRef<'_>,
    says: &dyn Fn(&Piece<'_>) -> Says,
    what: &'static str,
    evidence: &'static str,
) -> Option<Report> {
    let pieces = pieces(block);
    let Some(mut part) = stretch(&pieces, says) else { return removed(rule, lead, block, what, evidence) };
    if lead.id != block.id {
        // what stands between a title and a button is theirs
        part.first = 0;
    }
    if part.is_all(&pieces) {
        return removed(rule, lead, block, what, evidence);
    }
    let (mut span, mut edits) = take_out(&pieces, part)?;
    if lead.id != block.id {
        span.start = lead.span().start;
        edits = vec![Edit::remove(Span::new(span.start, pieces.get(part.last + 1)?.span.start))];
    }
    Some(certain(rule, span, what, evidence, edits))
}

/// The report on a stretch of the pieces of `block`, and on `last` if that is another block below it.
pub(crate) fn removed_stretch(
    rule: &'static Info,
    block: NodeRef<'_>,
    last: NodeRef<'_>,
    pieces: &[Piece<'_>],
    part: Stretch,
    what: &'static str,
    evidence: &'static str,
) -> Option<Report> {
    if part.is_all(pieces) {
        return removed(rule, block, last, what, evidence);
    }
    let (span, mut edits) = take_out(pieces, part)?;
    if last.id != block.id {
        edits.extend(removal::remove(last, last).into_iter().flat_map(|(_, edits)| edits));
    }
    Some(certain(rule, span, what, evidence, edits))
}

/// Takes the pieces of a stretch, not all of them, out of their block: where they stand, and the edits.
fn take_out(pieces: &[Piece<'_>], stretch: Stretch) -> Option<(Span, Vec<Edit>)> {
    let (first, last) = (pieces.get(stretch.first)?, pieces.get(stretch.last)?);
    let span = Span::new(first.span.start, last.span.end);
    let before = stretch.first.checked_sub(1).and_then(|at| pieces.get(at));
    let taken = match (before, pieces.get(stretch.last + 1)) {
        (_, Some(behind)) => Span::new(first.span.start, behind.span.start),
        (Some(before), None) => Span::new(before.span.end, last.span.end),
        (None, None) => return None,
    };
    Some((span, vec![Edit::remove(taken)]))
}

impl Piece<'_> {
    /// Whether it has no picture, no link, no code, and a word or two at the most.
    fn says_nothing(&self) -> bool {
        let letters = self.words.chars().map(|c| if is_word_by_itself(c) { 4 } else { 1 });
        !self.is_picture
            && self.shape.is_plain()
            && letters.sum::<usize>() <= LONGEST_NOTHING
            && self.words.split(' ').count() <= 2
    }

    /// What it says if it stands in the line of an invitation: it may be of that where it asks, calls or tells what readers get. What
    /// tells anything else is the article's.
    pub fn beside_an_invitation(&self) -> Says {
        let asks = self.shape.outside.trim_end().ends_with(['!', '?', '！', '？', '؟', ':', '：']);
        if self.is_picture {
            Says::Else
        } else if asks || self.says_nothing() || offers_something(&self.words) {
            Says::Perhaps
        } else {
            Says::Else
        }
    }
}

/// Whether a letter is of a script that has no blanks between words: few of them say much.
fn is_word_by_itself(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff)
}

/// The most letters of words that say nothing; one of a script without blanks counts four times.
const LONGEST_NOTHING: usize = 12;

/// What the pieces of a stretch consist of, together.
pub(crate) fn shape_of<'a>(pieces: &[Piece<'a>], stretch: Stretch) -> Shape<'a> {
    let mut whole = Shape::default();
    for piece in pieces.get(stretch.first..=stretch.last).unwrap_or_default() {
        whole.add(&piece.shape);
    }
    whole
}

/// Reads the children of a block, one by one.
#[derive(Default)]
struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    line: usize,
    /// The piece that is being read.
    open: Option<(Span, Shape<'a>)>,
    /// Whether it ends with the end of a sentence.
    ends: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self, node: NodeRef<'a>) {
        match Part::of(node.node()) {
            Part::Text => self.read_text(node),
            Part::LineEnd if node.kind() == Kind::SoftBreak => {
                // a sentence may run on
                let goes_on = node
                    .next_sibling()
                    .is_some_and(|n| n.kind() == Kind::Text && n.source().starts_with(char::is_lowercase));
                let runs_on = !self.ends
                    && self.open.as_ref().is_some_and(|(_, shape)| {
                        goes_on || shape.links.is_empty() && runs_on(&shape.outside)
                    });
                if runs_on {
                    if let Some((_, shape)) = &mut self.open {
                        shape.outside.push('\n');
                    }
                } else {
                    self.end_line();
                }
            }
            Part::LineEnd => self.end_line(),
            Part::Nothing if node.tag() == Tag::Br => self.end_line(),
            Part::Block => {
                self.end_line();
                let shape = Shape::of_run(node, node);
                self.push(node.span(), shape, false);
                if let Some(piece) = self.pieces.last_mut().filter(|piece| piece.span == node.span()) {
                    piece.block = Some(node);
                }
                self.end_line();
            }
            Part::Picture | Part::Link if is_of_article(node) => {
                self.close();
                let shape = Shape::of_run(node, node);
                self.push(node.span(), shape, true);
            }
            _ if is_nothing(node) => {}
            _ => {
                if self.ends {
                    self.close();
                }
                let shape = Shape::of_run(node, node);
                self.ends = ends_sentence(&node.words());
                self.add(node.span(), shape);
            }
        }
    }

    /// A text is cut where sentences end.
    fn read_text(&mut self, text: NodeRef<'a>) {
        let (source, start) = (text.source(), text.span().start);
        let mut from = 0;
        if source.starts_with(char::is_whitespace) && (self.ends || self.is_button() && begins_anew(source)) {
            self.close();
        }
        for end in sentence_ends(source) {
            self.add_text(source, from, end, start);
            self.close();
            from = end;
        }
        if from == 0 && !source.trim().is_empty() {
            // as it is decoded
            let mut shape = Shape::default();
            shape.outside.push_str(&text.text());
            self.ends = ends_sentence(source);
            self.add(trimmed(source, start), shape);
        } else {
            self.add_text(source, from, source.len(), start);
        }
    }

    /// Whether the open piece is links and nothing else: what the button says is no part of a sentence behind it.
    fn is_button(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, shape)| {
            !shape.links.is_empty() && !shape.outside.contains(char::is_alphanumeric)
        })
    }

    fn add_text(&mut self, source: &str, from: usize, to: usize, start: usize) {
        let Some(part) = source.get(from..to).filter(|part| !part.trim().is_empty()) else { return };
        let mut shape = Shape::default();
        shape.outside.push_str(part);
        self.ends = ends_sentence(part);
        self.add(trimmed(part, start + from), shape);
    }

    fn add(&mut self, span: Span, shape: Shape<'a>) {
        match &mut self.open {
            Some((whole, all)) => {
                whole.end = span.end;
                all.add(&shape);
            }
            None => self.open = Some((span, shape)),
        }
    }

    fn end_line(&mut self) {
        self.close();
        self.line += 1;
    }

    fn close(&mut self) {
        self.ends = false;
        let Some((span, shape)) = self.open.take() else { return };
        self.push(span, shape, false);
    }

    fn push(&mut self, span: Span, shape: Shape<'a>, is_picture: bool) {
        let words = shape.all_words();
        // marks between pieces are of the one before
        if let Some(last) = self.pieces.last_mut()
            && words.is_empty()
            && !is_picture
            && !last.is_picture
            && shape.is_plain()
            && last.line == self.line
        {
            last.span.end = span.end;
            return;
        }
        self.pieces.push(Piece { span, line: self.line, shape, words, is_picture, block: None });
    }
}

/// The span of `part`, which begins at byte `start`, without the blanks round it.
fn trimmed(part: &str, start: usize) -> Span {
    let begin = start + (part.len() - part.trim_start().len());
    Span::new(begin, begin + part.trim().len())
}

/// Whether a sentence begins a text: with no small letter, and several words.
fn begins_anew(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
        && (text.split_whitespace().count() >= 4 || !text.is_ascii() && text.chars().count() >= 8)
}

/// Whether words without an end of a sentence go on in the next line: prose that was wrapped, no label and no row of links.
fn runs_on(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= SHORTEST_WRAPPED
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '、' | '，' | ';' | '-'))
}

/// The shortest line that is wrapped, in bytes.
const SHORTEST_WRAPPED: usize = 24;

/// What sentences end with.
const ENDS: [char; 9] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।'];
/// What may stand behind that.
const QUOTES: [char; 12] = ['"', '”', '»', '«', '“', ')', '）', '」', '』', '*', '’', ']'];

/// Whether `text` ends a sentence: with a stop that is not that of one letter, «e.g.».
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(QUOTES);
    let last = |words: &str| words.chars().rev().take_while(|c| c.is_alphanumeric()).count();
    match bare.strip_suffix('.') {
        Some(words) => words.is_empty() || last(words) > 1 || words.ends_with(|c: char| !c.is_alphanumeric()),
        None => bare.ends_with(ENDS),
    }
}

/// Where sentences end in `text`, in bytes, but for the last one: behind the stop, where another sentence begins.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut word = 0;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            if !ENDS.contains(&c) {
                word = if c.is_alphanumeric() { word + c.len_utf8() } else { 0 };
                continue;
            }
            // behind a link, its words are not counted
            let long = word > 1 || c != '.' || at == 0;
            word = 0;
            let end = at + c.len_utf8();
            let rest = text.get(end..).unwrap_or("");
            let behind = rest.trim_start_matches(ENDS).trim_start_matches(QUOTES);
            let end = text.len() - behind.len();
            while chars.next_if(|(next, _)| *next < end).is_some() {}
            let is_wide = matches!(c, '。' | '！' | '？');
            let begins = behind.trim_start().chars().next();
            if long
                && (is_wide || behind.starts_with(char::is_whitespace))
                && begins.is_some_and(|c| !c.is_lowercase())
            {
                return Some(end);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parsed;

    fn words_of(text: &str) -> Vec<(usize, String)> {
        let parsed = Parsed::new(text);
        let block = parsed.document(text).root().children().next();
        block
            .map(pieces)
            .unwrap_or_default()
            .into_iter()
            .map(|p| (p.line, text[p.span.range()].to_owned()))
            .collect()
    }

    #[test]
    fn a_paragraph_is_cut_at_sentences_lines_and_pictures() {
        let text =
            "Bread rests. Ask e.g. *Anna!* She knows.\n![A jar](jar.jpg)\nOne [link](/a)  \ntwo<br>three";
        let cut = [
            "Bread rests.",
            "Ask e.g. *Anna!*",
            "She knows.",
            "![A jar](jar.jpg)",
            "One [link](/a)",
            "two",
            "three",
        ];
        let lines = [0, 0, 0, 1, 2, 3, 4];
        let want: Vec<_> = lines.into_iter().zip(cut.map(str::to_owned)).collect();
        assert_eq!(words_of(text), want);
    }

    #[test]
    fn a_wrapped_sentence_is_one_piece() {
        assert_eq!(words_of("Whoever bakes bread at home\nneeds a jar.").len(), 1);
        assert_eq!(words_of("パンには時間が必要です。発酵は一晩です。").len(), 2);
    }

    #[test]
    fn blocks_are_pieces() {
        assert_eq!(words_of("> One. Two.\n>\n> Three.").len(), 2);
    }
}
