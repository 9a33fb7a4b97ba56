//! RP104: see the `.md` beside this file.

use super::{Context, Effect, Info, Marks, Needs, Phase, Report, Rule};
use crate::document::{Kind, NodeRef};
use crate::edit::Edit;
use crate::finding::{Safety, Severity};
use crate::repair::characters::{before, behind, is_blank, is_space, letters_before};
use crate::repair::edges::LONGEST;
use crate::repair::flanking::{Mended, Pair, has_delimiters, has_word, pairs, written_pairs};
use crate::repair::habits::Habits;
use crate::repair::masks::{has_clauses, is_surname};
use crate::script::is_unspaced;
use crate::span::Span;

pub(super) struct BlankInsideEmphasis;

static INFO: Info = Info {
    code: "RP104",
    name: "blank-inside-emphasis",
    summary: "asterisks with blanks inside, which make no emphasis: `** bold **`",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Heading, Kind::Cell, Kind::Strong],
    effect: Effect::Structure,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("rp104_blank_inside_emphasis.md"),
};

impl Rule for BlankInsideEmphasis {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::marks(Marks::STAR.or(Marks::LOW_LINE_OR_CARET))
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Strong {
            if begins_with_a_clause_mark(node) {
                astray(node, cx);
            } else {
                crossed(node, cx);
            }
            return;
        }
        if !cx.has_delimiters(node) {
            return;
        }
        // single signs are left to other rules
        let source = node.source();
        let has_stars = source.contains("**");
        let has_low_lines = source.contains("__") && (has_stars || source.contains("__ "));
        let stars = if has_stars { pairs(node, b'*') } else { Vec::new() };
        let low_lines = if has_low_lines { pairs(node, b'_') } else { Vec::new() };
        let is_odd = !stars.is_empty() && source.matches("**").count() % 2 == 1;
        for pair in stars.into_iter().chain(low_lines) {
            let Some(mended) = pair.mended() else { continue };
            let behind = Span::new(pair.close.span.end, node.span().end);
            let is_all = pair.leads && cx.document.slice(behind).trim().is_empty();
            // `| ** A ** |`: a cell may hold a letter alone
            let is_cell = is_all && node.kind() == Kind::Cell && mended.blank_inside == [true, true];
            if pair.open.span.len() < 2
                || mended.blank_inside == [false, false]
                || !(is_cell || is_meant(&pair, &mended, is_all, is_odd, cx))
            {
                continue;
            }
            cx.report(
                Report::new(
                    &INFO,
                    Span::new(pair.open.span.start, pair.close.span.end),
                    "blanks inside the asterisks keep them from making emphasis",
                )
                .confidence(0.9)
                .fix(mended.edits),
            );
        }
    }
}

/// Whether the asterisks were meant as emphasis: no powers, no keyword arguments, no marks of footnotes.
/// `is_all` says that nothing else stands in their block, `is_odd` that one of its asterisks has no partner.
fn is_meant(pair: &Pair<'_>, mended: &Mended, is_all: bool, is_odd: bool, cx: &mut Context<'_>) -> bool {
    let content = pair.document.slice(pair.content());
    if !has_word(content) {
        return false;
    }
    // a whole paragraph in bold may be long
    let is_whole = is_all && mended.blank_inside == [true, true];
    if !is_whole && (content.chars().count() > 60 || content.contains(['=', '(']) && content.contains(',')) {
        return false;
    }
    let free =
        |outer: Option<char>| outer.is_none_or(|c| is_space(c) || is_unspaced(c) || !c.is_alphanumeric());
    let words = content.trim();
    if mended.blank_inside[0]
        && (!is_all || pair.open.span.len() == 3)
        && is_mask_or_operator(pair, mended, is_odd, cx)
    {
        return false;
    }
    // `word ** and ** word`: bold does not end with a small word
    let last = words.rsplit(' ').next().unwrap_or("");
    // `** Log in **`: the name of a button may
    let is_name = mended.blank_inside == [true, true]
        && words.starts_with(char::is_uppercase)
        && words.split_whitespace().count() <= 3;
    if is_power(pair, words)
        || !is_name
            && last.starts_with(char::is_lowercase)
            && cx.gathered::<Habits>().language(cx.document).is_function_word(last)
    {
        return false;
    }
    let named = words.chars().next().is_some_and(|c| c.is_uppercase() || is_unspaced(c))
        && words.split_whitespace().count() <= 4;
    match mended.blank_inside {
        [true, true] => true,
        // `Price** and weight**`: two marks of a footnote, which no small word has
        [true, false] => {
            free(mended.outer[0]) || {
                let word = letters_before(pair.document.text, pair.open.span.start);
                named && cx.gathered::<Habits>().language(cx.document).is_function_word(word)
            }
        }
        // `**args and **kwargs`
        [false, true] => free(mended.outer[1]) || pair.leads && words.ends_with([':', '：']) || named,
        [false, false] => false,
    }
}

/// Whether what stands between the asterisks is the text between two signs of another meaning: masks of names, operators, the frame of a
/// line in a log. Bold stands in a sentence, and is no part of two clauses.
fn is_mask_or_operator(pair: &Pair<'_>, mended: &Mended, is_odd: bool, cx: &mut Context<'_>) -> bool {
    let words = pair.document.slice(pair.content()).trim();
    let text = pair.document.text;
    let first = words.chars().next();
    let [left, right] = mended.outer;
    // `张** 和李** 获得`: both signs stand behind a letter and before a blank
    if !mended.blank_inside[1] {
        return left.is_some_and(is_unspaced)
            && (has_clauses(words) || left.is_some_and(is_surname) || words.ends_with(is_surname) || is_odd);
    }
    let is_loose = [left, right].iter().all(|c| c.is_none_or(is_space));
    // `*** Build failed ***`
    let (head, tail) = (text.get(..pair.open.span.start), text.get(pair.close.span.end..));
    let before = head.unwrap_or("").trim_end_matches(is_blank);
    let behind = tail.unwrap_or("").trim_start_matches(is_blank);
    let small = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let last_before = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    if pair.open.span.len() == 3 {
        let is_named = first.is_some_and(char::is_uppercase) && words.split_whitespace().count() <= 4;
        return !(is_named && !last_before.is_empty() && behind.starts_with(char::is_alphanumeric));
    }
    if !is_loose || !first.is_some_and(|c| c.is_lowercase() || is_unspaced(c)) {
        return false;
    }
    // `use ** for folders, and ** for all`, `char ** argv and char ** envp`
    let last = words.rsplit(' ').next().unwrap_or("");
    let parts = [',', ';', '.', ':', '?', '!', '，', '。', '；', '：', '？', '！', '、'];
    let goes_on = !before.ends_with(parts) && !behind.is_empty() && !behind.starts_with(parts);
    if has_clauses(words) && goes_on && !pair.leads
        || ["char", "int", "void", "float"].contains(&last_before)
        || last == last_before && small(last)
    {
        return true;
    }
    // `width ** height ** depth`: no small word of the language stands beside it
    let next = behind.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    if !(small(words) && small(last_before) && small(next)) {
        return false;
    }
    let habits = cx.gathered::<Habits>();
    let language = habits.language(cx.document);
    !language.is_function_word(last_before) && !language.is_function_word(next)
}

/// Whether the asterisks raise to a power: `2 ** 10 or 2 ** n`, `x ** exponent ** y`.
fn is_power(pair: &Pair<'_>, words: &str) -> bool {
    let text = pair.document.text;
    let before = text.get(..pair.open.span.start).unwrap_or("").trim_end_matches(is_blank);
    let behind = text.get(pair.close.span.end..).unwrap_or("").trim_start_matches(is_blank);
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = before.rsplit(|c| !name(c)).next().unwrap_or("");
    let behind = behind.split(|c| !name(c)).next().unwrap_or("");
    let number = |token: &str| token.starts_with(|c: char| c.is_ascii_digit());
    let inside = number(words) || words.ends_with(|c: char| c.is_ascii_digit());
    let lower = words.chars().all(|c| c.is_ascii_lowercase());
    (number(before) || number(behind)) && (inside || lower)
        || before.len() == 1 && behind.len() == 1 && (inside || lower)
}

/// Whether bold begins with a mark that ends a clause: no author sets that.
fn begins_with_a_clause_mark(node: NodeRef<'_>) -> bool {
    let inside = node.source().strip_prefix("**").unwrap_or("");
    inside.starts_with([',', '.', ';', ':', '!', '?', ')', '，', '。', '；', '：', '、', '！', '？', '）'])
}

/// `**first **, then ** second**`: a sign that was to end bold begins it, and all that follow are astray. As they are written, each second
/// one ends what the one before it begins.
fn astray(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let Some(block) = node.leaf_block().filter(|b| b.source().len() <= LONGEST) else { return };
    let Some(pairs) = written_pairs(block) else { return };
    let mut edits = Vec::new();
    for pair in &pairs {
        let content = pair.document.slice(pair.content());
        let begins = content.trim_start_matches(is_blank).starts_with(char::is_alphanumeric);
        if !begins || content.contains('\n') {
            return;
        }
        match pair.mended() {
            Some(mended) if is_meant(pair, &mended, false, false, cx) => edits.extend(mended.edits),
            None if !content.starts_with(is_space) && !content.ends_with(is_space) => {}
            _ => return,
        }
    }
    if !edits.is_empty() {
        cx.report(
            Report::new(
                &INFO,
                block.span(),
                "a blank before the asterisks that end bold makes them begin it",
            )
            .confidence(0.85)
            .fix(edits),
        );
    }
}

/// `**first ** and ** second**`: the outermost asterisks found each other, and all between them is bold.
fn crossed(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let text = node.document.text;
    if node.span().len() > LONGEST {
        return;
    }
    let Some(inside) = node.source().strip_prefix("**").and_then(|s| s.strip_suffix("**")) else { return };
    // most have no asterisks inside
    if memchr::memchr(b'*', inside.as_bytes()).is_none()
        || node.source().matches("**").count() != 4
        || !has_delimiters(node)
    {
        return;
    }
    let inner = pairs(node, b'*');
    let [pair] = inner.as_slice() else { return };
    let (open, close) = (pair.open.span, pair.close.span);
    let (first, last) = (text.get(..open.start).unwrap_or(""), text.get(close.end..).unwrap_or(""));
    let left = Span::new(first.trim_end_matches(is_blank).len(), open.start);
    let right = Span::new(close.end, close.end + (last.len() - last.trim_start_matches(is_blank).len()));
    let content = text.get(open.end..close.start).unwrap_or("");
    let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let fits = !left.is_empty()
        && !right.is_empty()
        && content.starts_with(is_blank)
        && content.ends_with(is_blank)
        && letters(before(text, left.start))
        && letters(behind(text, right.end));
    if fits && open.len() == 2 {
        cx.report(
            Report::new(
                &INFO,
                node.span(),
                "blanks inside two pairs of asterisks make all between them bold",
            )
            .confidence(0.85)
            .fix(vec![Edit::remove(left), Edit::remove(right)]),
        );
    }
}
