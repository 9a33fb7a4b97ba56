//! The mark before a step's title: `Step 3:`, `1\.`, `第三步`, `❶`, `2. Schritt`, `#4`. Owns reading it; must not know documents.

use super::number::{Number, any_number, arabic, chinese, circled, digit, lowered, roman, spelled};
use super::words::{WordClass, words};
use crate::script::has_unspaced_words;

/// What kind of mark it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mark {
    /// A word with a number.
    Word(WordClass),
    /// A number alone.
    Number(Style),
}

/// How a number alone is written: the members of one sequence are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// `1.`, `1)`, `1).`, `1:`, `(1)`.
    Arabic,
    /// `1、`.
    Ideographic,
    /// `1 Title` or `1 - Title`: a mark only beside others.
    Loose,
    /// `#1`, `No. 1`.
    Hash,
    /// `①`, `❶`.
    Circled,
    /// `一、`, `（一）`, `第一`.
    Chinese,
    /// `I.`, `IV)`.
    Roman,
}

/// A mark at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    /// What kind it is.
    pub(crate) mark: Mark,
    /// The word it counts with, in lower case; empty for a number alone.
    pub(crate) word: String,
    /// The number.
    pub(crate) number: u32,
    /// Whether the number has parts (`1.2`).
    pub(crate) dotted: bool,
    /// Whether the number has a letter (`5a`).
    pub(crate) lettered: bool,
    /// Where the mark begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends without the punctuation behind it.
    pub(crate) end: usize,
    /// Where the title begins.
    pub(crate) title: usize,
    /// Whether punctuation, a line end or nothing follows the number.
    pub(crate) separated: bool,
}

/// Punctuation between a mark and its title.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(
        c,
        '.' | ':'
            | '：'
            | '、'
            | ')'
            | '）'
            | '．'
            | '。'
            | ']'
            | '】'
            | '》'
            | '」'
            | '–'
            | '—'
            | '-'
            | '−'
            | '|'
            | '·'
            | ','
            | '，'
            | '~'
            | '>'
            | '/'
            | '﹕'
            | '︰'
            | '։'
            | '՝'
            | '।'
            | '۔'
            | '။'
            | '៖'
            | '»'
    )
}

/// Reads the mark at the beginning of a visible text.
pub(crate) fn marker(text: &str) -> Option<Marker> {
    let start = text.len() - text.trim_start_matches(is_ornament).len();
    let rest = text.get(start..)?;
    let mut found = word_first(rest)
        .or_else(|| number_first(rest))
        .or_else(|| ordinal_prefix(rest))
        .or_else(|| number_alone(rest))?;
    found.start += start;
    found.end += start;
    found.title += start;
    Some(found)
}

/// Emoji, arrows, bullets and opening brackets that may stand before a mark.
fn is_ornament(c: char) -> bool {
    !c.is_alphanumeric()
        && circled(c).is_none()
        && !matches!(
            c,
            '#' | '('
                | '（'
                | '№'
                | '$'
                | '%'
                | '&'
                | '-'
                | '+'
                | '/'
                | '.'
                | '@'
                | '`'
                | '<'
                | '~'
                | '='
                | '\u{fffc}'
        )
}

fn finish(text: &str, mark: Mark, word: &str, number: &Number, start: usize, end: usize) -> Option<Marker> {
    let mut end = end;
    let mut lettered = number.lettered;
    if matches!(mark, Mark::Word(_)) {
        let letter = letter_of_number(text.get(end..)?);
        lettered |= letter > 0;
        end += letter;
        end += qualifier(text.get(end..)?);
    }
    let rest = text.get(end..)?;
    let title =
        end + (rest.len() - rest.trim_start_matches(|c: char| is_separator(c) || c.is_whitespace()).len());
    let between = text.get(end..title)?;
    let separated = between.chars().any(|c| is_separator(c) || c == '\n') || title == text.len();
    Some(Marker {
        mark,
        word: word.to_string(),
        number: number.value,
        dotted: number.dotted,
        lettered,
        start,
        end,
        title,
        separated,
    })
}

/// The bytes of the letter that stands directly behind a counted number and belongs to it: `Step 1A`. Only of scripts that write
/// words with blanks and in two cases: elsewhere the title may begin there.
fn letter_of_number(rest: &str) -> usize {
    let mut chars = rest.chars();
    let letter = chars.next().filter(|c| c.is_uppercase() || c.is_lowercase());
    let ends = chars.next().is_none_or(|c| is_separator(c) || c.is_whitespace());
    letter.filter(|_| ends).map_or(0, char::len_utf8)
}

/// The bytes of a bracket between a counted number and its separator, with the blanks before it: ` (optional)` in
/// `Step 1 (optional): Open it`. A bracket that nothing follows is the title.
fn qualifier(rest: &str) -> usize {
    const LONGEST: usize = 30;
    let bracket = rest.trim_start_matches([' ', '\u{a0}']);
    let mut chars = bracket.char_indices();
    let close = match chars.next() {
        Some((_, '(')) => ')',
        Some((_, '（')) => '）',
        Some((_, '[')) => ']',
        _ => return 0,
    };
    let Some((at, _)) = chars.take(LONGEST + 1).find(|(_, c)| *c == close) else { return 0 };
    let end = at + close.len_utf8();
    let behind = bracket.get(end..).unwrap_or("");
    let separated = behind.trim_start().starts_with([':', '：', '.', '。', '、', '-', '–', '—', '|']);
    let is_title = !behind.contains(char::is_alphanumeric);
    if separated && !is_title { rest.len() - bracket.len() + end } else { 0 }
}

/// `Step 1`, `Étape n° 1`, `步骤一`, `Step-1`, `الخطوة الأولى`.
fn word_first(text: &str) -> Option<Marker> {
    let lower = lowered(text, 48);
    for (word, class) in &words().counted {
        let Some(rest) = lower.strip_prefix(word.as_str()) else { continue };
        let after = text.get(word.len()..)?;
        let trimmed = after.trim_start_matches([' ', '\u{a0}', '\u{200b}', '#', '-', '–', '.', '\t']);
        let trimmed = ["n° ", "n°", "nr. ", "nr ", "no. "]
            .iter()
            .find_map(|p| trimmed.strip_prefix(p))
            .unwrap_or(trimmed);
        // `အဆင့် (၁)`: the number in brackets
        let inside = trimmed.strip_prefix(['(', '（']);
        let bracketed = inside
            .and_then(|inside| Some((inside, any_number(inside)?)))
            .filter(|(inside, n)| inside.get(n.len..).is_some_and(|behind| behind.starts_with([')', '）'])));
        let trimmed = bracketed.as_ref().map_or(trimmed, |(inside, _)| *inside);
        let Some(number) = bracketed.map(|(_, n)| n).or_else(|| any_number(trimmed)) else { continue };
        let gap = after.len() - trimmed.len();
        let spelled_out = trimmed.chars().next().is_some_and(|c| c.is_alphabetic() && !has_unspaced_words(c));
        // `steps`, `partial`: a word goes on, it is not counted
        if gap == 0 && spelled_out || rest.is_empty() {
            continue;
        }
        let end = word.len() + gap + number.len;
        return finish(text, Mark::Word(*class), word, &number, 0, end);
    }
    None
}

/// `1. Schritt`, `1단계`, `1st step`, `Erster Schritt`, `First step`.
fn number_first(text: &str) -> Option<Marker> {
    let number = match arabic(text) {
        Some((value, len, dotted, lettered)) => Number { value, len, dotted, lettered },
        None => {
            let (value, len) = spelled(&lowered(text, 40))?;
            Number { value, len, dotted: false, lettered: false }
        }
    };
    let after = text.get(number.len..)?;
    let trimmed = after.trim_start_matches(['.', 'º', 'ª', '°', ' ', '-', '\u{a0}']);
    let trimmed =
        ["st ", "nd ", "rd ", "th ", "er ", "ère ", "re ", "ème ", "eme ", "e ", ":a ", "-й ", "ο ", ". "]
            .iter()
            .find_map(|p| trimmed.strip_prefix(p))
            .unwrap_or(trimmed);
    let lower = lowered(trimmed, 32);
    for (word, class) in &words().counted {
        // only words that are counted so: `2 methods` is a sum, `1. Tip jar` a title
        if *class != WordClass::Step || !lower.starts_with(word.as_str()) {
            continue;
        }
        let rest = trimmed.get(word.len()..)?;
        let next = rest.chars().next();
        let gap = after.len() - trimmed.len();
        if next.is_none_or(|c| is_separator(c) || c == '\n')
            || rest.trim_start_matches(' ').starts_with([':', '–', '—'])
            || qualifier(rest) > 0
            || (gap == 0 && next.is_some_and(char::is_whitespace))
        {
            let end = number.len + gap + word.len();
            return finish(text, Mark::Word(*class), word, &number, 0, end);
        }
    }
    None
}

/// `第1步`, `第一步：`, `第三种方法`, `第二，`.
fn ordinal_prefix(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix('第').or_else(|| text.strip_prefix("제"))?;
    let inner = rest.trim_start();
    let number = any_number(inner)?;
    let after = inner.get(number.len..)?.trim_start();
    let units: [(&str, Mark); 22] = [
        ("步骤", Mark::Word(WordClass::Step)),
        ("步驟", Mark::Word(WordClass::Step)),
        ("步", Mark::Word(WordClass::Step)),
        ("歩", Mark::Word(WordClass::Step)),
        ("단계", Mark::Word(WordClass::Step)),
        ("种方法", Mark::Word(WordClass::Alternative)),
        ("種方法", Mark::Word(WordClass::Alternative)),
        ("个方法", Mark::Word(WordClass::Alternative)),
        ("种方式", Mark::Word(WordClass::Alternative)),
        ("部分", Mark::Word(WordClass::Part)),
        ("章", Mark::Word(WordClass::Part)),
        ("节", Mark::Word(WordClass::Part)),
        ("節", Mark::Word(WordClass::Part)),
        ("篇", Mark::Word(WordClass::Part)),
        ("阶段", Mark::Word(WordClass::Part)),
        ("招", Mark::Word(WordClass::Tip)),
        ("个技巧", Mark::Word(WordClass::Tip)),
        ("条", Mark::Number(Style::Chinese)),
        ("條", Mark::Number(Style::Chinese)),
        ("点", Mark::Number(Style::Chinese)),
        ("个", Mark::Number(Style::Chinese)),
        ("名", Mark::Number(Style::Hash)),
    ];
    let unit = units.iter().find(|(u, _)| after.starts_with(u));
    let end = text.len() - after.len() + unit.map_or(0, |(u, _)| u.len());
    let next = text.get(end..)?.chars().next();
    let mark = match unit {
        Some((_, mark)) => *mark,
        None if next.is_none_or(is_separator) => Mark::Number(Style::Chinese),
        None => return None,
    };
    let free = next.is_none_or(|c| is_separator(c) || c.is_whitespace());
    (free || matches!(mark, Mark::Word(WordClass::Step)))
        .then(|| finish(text, mark, "第", &number, 0, end))
        .flatten()
}

/// `1.`, `1)`, `(1)`, `1、`, `#1`, `No. 1`, `①`, `一、`, `IV.`, and the loose forms `1 Title`, `1 - Title`.
fn number_alone(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let plain = |value| Number { value, len: 0, dotted: false, lettered: false };
    if let Some(n) = circled(first) {
        return finish(text, Mark::Number(Style::Circled), "", &plain(n), 0, first.len_utf8());
    }
    for prefix in ["#", "№", "no. ", "no.", "no ", "nr. ", "nº ", "n° ", "number ", "top "] {
        let lower = lowered(text, 12);
        let Some(tail) = lower.strip_prefix(prefix) else { continue };
        let skipped = prefix.len() + (tail.len() - tail.trim_start_matches([' ', '#']).len());
        let Some((value, len, dotted, lettered)) = text.get(skipped..).and_then(arabic) else { continue };
        let number = Number { value, len, dotted, lettered };
        let end = skipped + len;
        let next = text.get(end..)?.chars().next();
        if next.is_none_or(|c| is_separator(c) || c.is_whitespace()) {
            return finish(text, Mark::Number(Style::Hash), "", &number, 0, end);
        }
        return None;
    }
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let (style, number) = match arabic(inner) {
            Some((value, len, dotted, lettered)) => (Style::Arabic, Number { value, len, dotted, lettered }),
            None => {
                let (value, len) = chinese(inner)?;
                (Style::Chinese, Number { value, len, dotted: false, lettered: false })
            }
        };
        let close = inner.get(number.len..)?.chars().next().filter(|c| matches!(c, ')' | '）'))?;
        let end = first.len_utf8() + number.len + close.len_utf8();
        return finish(text, Mark::Number(style), "", &number, 0, end)
            .map(|m| Marker { separated: true, ..m });
    }
    if let Some((value, len, dotted, lettered)) = arabic(text) {
        let number = Number { value, len, dotted, lettered };
        let rest = text.get(len..)?;
        let next = rest.chars().next();
        let style = match next {
            None => return None,
            Some('、') => Style::Ideographic,
            Some('.' | ')' | '）' | '．' | ':' | '：' | '】' | ']' | '。') => {
                // `10:30`, `3.5`, `2.times`: a figure or a word, not a mark
                let behind = rest.chars().nth(1);
                let glued = next == Some(':') && behind.is_some_and(|c| digit(c).is_some());
                if glued {
                    return None;
                }
                Style::Arabic
            }
            Some(c) if c.is_whitespace() => Style::Loose,
            Some('-' | '–' | '—' | '|' | '/') if rest.chars().nth(1).is_some_and(char::is_whitespace) => {
                Style::Loose
            }
            Some(_) => return None,
        };
        return finish(text, Mark::Number(style), "", &number, 0, len);
    }
    if let Some((value, len)) = chinese(text) {
        let next = text.get(len..)?.chars().next();
        if matches!(next, Some('、' | '.' | '．' | ':' | '：' | '，' | ')' | '）')) {
            return finish(text, Mark::Number(Style::Chinese), "", &plain(value), 0, len);
        }
        return None;
    }
    if let Some((value, len)) = roman(text) {
        let next = text.get(len..)?.chars().next();
        if matches!(next, Some('.' | ')' | ':' | '、' | '：')) {
            return finish(text, Mark::Number(Style::Roman), "", &plain(value), 0, len);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Mark, u32, &str)> {
        marker(text).map(|m| (m.mark, m.number, &text[m.title..]))
    }

    #[test]
    fn words_with_numbers() {
        let step = Mark::Word(WordClass::Step);
        for (text, number, title) in [
            ("Step 1: Open it", 1, "Open it"),
            ("Step1Launch", 1, "Launch"),
            ("STEP 12 – Go", 12, "Go"),
            ("Step Three. Go", 3, "Go"),
            ("Schritt 2: Los", 2, "Los"),
            ("2. Schritt: Los", 2, "Los"),
            ("Étape 1 : Aller", 1, "Aller"),
            ("Шаг 1. Подготовка", 1, "Подготовка"),
            ("步骤 1：打开", 1, "打开"),
            ("步骤三、打开", 3, "打开"),
            ("第一步：打开", 1, "打开"),
            ("第 12 步 打开", 12, "打开"),
            ("手順1 開く", 1, "開く"),
            ("1단계: 열기", 1, "열기"),
            ("1. Adım: Aç", 1, "Aç"),
            ("Bước 1: Mở", 1, "Mở"),
            ("الخطوة الأولى: افتح", 1, "افتح"),
            ("चरण 1: खोलें", 1, "खोलें"),
            ("Step IV - Go", 4, "Go"),
            ("➡️ Step 2: Go", 2, "Go"),
            ("【步骤1】打开", 1, "打开"),
            ("Step 1", 1, ""),
            ("Стъпка 2: Отворете", 2, "Отворете"),
            ("1. korak: Otvorite", 1, "Otvorite"),
            ("3. samm – Ava", 3, "Ava"),
            ("Hatua ya 2: Fungua", 2, "Fungua"),
            ("1-қадам. Ашыңыз", 1, "Ашыңыз"),
            ("Քայլ 2՝ Բացեք", 2, "Բացեք"),
            ("ধাপ ৩: খুলুন", 3, "খুলুন"),
            ("প্রথম ধাপ: খুলুন", 1, "খুলুন"),
            ("படி ௨: திற", 2, "திற"),
            ("مرحلہ ۲: کھولیں", 2, "کھولیں"),
            ("ជំហានទី១៖ បើក", 1, "បើក"),
            ("အဆင့် (၂) ဖွင့်ပါ", 2, "ဖွင့်ပါ"),
            ("ຂັ້ນຕອນທີ 4: ເປີດ", 4, "ເປີດ"),
            // what stands in brackets before the separator, and a letter of the number, are of the mark
            ("Step 2 (optional): Go", 2, "Go"),
            ("Schritt 2 (nur beim ersten Mal) – Los", 2, "Los"),
            ("3. Schritt (freiwillig): Los", 3, "Los"),
            ("第二步（可选）：打开", 2, "打开"),
            ("Step 4 [only once]. Go", 4, "Go"),
            ("Étape 2B Aller", 2, "Aller"),
            ("Шаг 1Б. Подготовка", 1, "Подготовка"),
            // nothing but the bracket is the title
            ("Step 5 (Optional)", 5, "(Optional)"),
            ("Step 5 (see below) go", 5, "(see below) go"),
            ("Step 6Go on", 6, "Go on"),
            ("Step 7: A lid", 7, "A lid"),
        ] {
            assert_eq!(read(text), Some((step, number, title)), "{text}");
        }
        assert_eq!(read("Method 2: Reinstall"), Some((Mark::Word(WordClass::Alternative), 2, "Reinstall")));
        assert_eq!(read("Option A: Reinstall"), Some((Mark::Word(WordClass::Alternative), 1, "Reinstall")));
        assert_eq!(read("方法 3：重装"), Some((Mark::Word(WordClass::Alternative), 3, "重装")));
        assert_eq!(read("Part 1\nStart"), Some((Mark::Word(WordClass::Part), 1, "Start")));
    }

    #[test]
    fn numbers_alone() {
        for (text, style, number, title) in [
            ("1. Open", Style::Arabic, 1, "Open"),
            ("1). Open", Style::Arabic, 1, "Open"),
            ("(1) Open", Style::Arabic, 1, "Open"),
            ("１．開く", Style::Arabic, 1, "開く"),
            ("1: Open", Style::Arabic, 1, "Open"),
            ("1.Open", Style::Arabic, 1, "Open"),
            ("1、打开", Style::Ideographic, 1, "打开"),
            ("一、打开", Style::Chinese, 1, "打开"),
            ("十二、打开", Style::Chinese, 12, "打开"),
            ("（二）打开", Style::Chinese, 2, "打开"),
            ("❶ Open", Style::Circled, 1, "Open"),
            ("②Open", Style::Circled, 2, "Open"),
            ("#3. Open", Style::Hash, 3, "Open"),
            ("No. 4 Open", Style::Hash, 4, "Open"),
            ("IV. Open", Style::Roman, 4, "Open"),
            ("6 Impressive", Style::Loose, 6, "Impressive"),
            ("1️⃣ Open", Style::Loose, 1, "Open"),
        ] {
            assert_eq!(read(text), Some((Mark::Number(style), number, title)), "{text}");
        }
    }

    #[test]
    fn looks_like_marks() {
        for text in [
            "Steps to follow",
            "10:30 sharp",
            "2024 was good",
            "Stepfather 2",
            "Partial 1",
            "I am here",
            "3D printing",
            "5%",
            "",
            "一个人",
            "Window 11 tips",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(marker("3.2 Setup").is_some_and(|m| m.dotted));
        assert!(marker("5a) Setup").is_some_and(|m| m.lettered && m.number == 5));
    }
}
