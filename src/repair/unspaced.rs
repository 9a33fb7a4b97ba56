//! Bold that does not parse in text between scripts that put no blanks: `**注意：**请`. Owns which marks move out of it; where a blank
//! helps is the matter of [`flanking`](super::flanking).
//!
//! By CommonMark (section 6.2) a delimiter behind punctuation closes only before a blank or more punctuation. Outside of the bold the mark
//! stands as well, and the delimiter beside a letter closes.

use super::characters::{before, behind, is_blank, is_punctuation};
use super::flanking::{Pair, flanks, has_word};
use crate::edit::Edit;
use crate::script::{has_blanks, is_unspaced};
use crate::span::Span;

/// Brackets and quotation marks that belong together.
const ENCLOSING: &[(char, char)] = &[
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('"', '"'),
];

/// The edits that make the pair emphasis where one of its sides stands beside a script without blanks: a mark moves out of it, or, before a
/// script that puts blanks behind clauses (Hangul, Thai), a blank is put behind it.
pub fn parted(pair: &Pair<'_>) -> Option<Vec<Edit>> {
    let text = pair.document.text;
    let content = pair.document.slice(pair.content());
    if pair.open.byte != b'*' || pair.open.span.len() < 2 || !has_word(content) {
        return None;
    }
    let (outer_left, outer_right) = (before(text, pair.open.span.start), behind(text, pair.close.span.end));
    let (first, last) = (content.chars().next()?, content.chars().next_back()?);
    if is_blank(first) || is_blank(last) {
        return None;
    }
    let (opens, closes) = (flanks(outer_left, first), flanks(outer_right, last));
    if opens && closes {
        return None;
    }
    let beside = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) && c.is_alphabetic());
    // `**「保存」**を`: both marks move
    if let Some(inner) = enclosed(content) {
        let is_beside = (opens || beside(outer_left)) && (closes || beside(outer_right));
        let left = Span::new(pair.open.span.end, pair.open.span.end + first.len_utf8());
        let right = Span::new(pair.close.span.start - last.len_utf8(), pair.close.span.start);
        let is_word = !inner.starts_with(is_rim) && !inner.ends_with(is_rim);
        return (is_beside && is_word).then(|| {
            vec![
                Edit::insert(pair.open.span.start, first.to_string()),
                Edit::remove(left),
                Edit::remove(right),
                Edit::insert(pair.close.span.end, last.to_string()),
            ]
        });
    }
    if !opens {
        return None;
    }
    let moved = moved_behind(content)?;
    let rest = content.get(..content.len() - moved.len())?;
    let inner = rest.chars().next_back()?;
    let is_among =
        beside(outer_right) || is_unspaced(inner) && outer_right.is_some_and(char::is_alphanumeric);
    if is_rim(inner) || !is_among {
        return None;
    }
    if moved.chars().all(|c| matches!(c, ':' | '：' | '!' | '?' | '.'))
        && outer_right.is_some_and(|c| is_unspaced(c) && has_blanks(c))
    {
        return Some(vec![Edit::insert(pair.close.span.end, " ")]);
    }
    Some(vec![
        Edit::remove(Span::new(pair.close.span.start - moved.len(), pair.close.span.start)),
        Edit::insert(pair.close.span.end, moved),
    ])
}

/// The end of `content` that can stand outside of it: marks that end a clause, or something in brackets.
pub fn moved_behind(content: &str) -> Option<&str> {
    let marks = |c: char| {
        matches!(c, '：' | ':' | '，' | ',' | '。' | '．' | '.' | '！' | '!' | '？' | '?' | '；' | ';' | '、')
    };
    let rest = content.trim_end_matches(marks);
    if rest.len() < content.len() {
        return content.get(rest.len()..);
    }
    let last = content.chars().next_back()?;
    let (open, _) = ENCLOSING.iter().find(|(open, close)| *close == last && open != close)?;
    let start = content.rfind(*open)?;
    let group = content.get(start..)?;
    let rest = content.get(..start)?.trim_end_matches(is_blank);
    // `**bloginfo()**` is one name
    (group.matches(last).count() == 1 && rest.ends_with(is_unspaced) && has_word(rest))
        .then(|| content.get(rest.len()..))?
}

/// What stands in the brackets or quotation marks that `content` begins and ends with.
fn enclosed(content: &str) -> Option<&str> {
    ENCLOSING.iter().find_map(|(open, close)| {
        let inner = content.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(*open) && !inner.contains(*close)).then_some(inner)
    })
}

fn is_rim(c: char) -> bool {
    is_punctuation(c) || c.is_whitespace()
}
