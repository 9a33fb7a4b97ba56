//! Numbers as marks write them: digits of several scripts, circled, Chinese, Roman, in words. Owns reading them; must not know
//! what they count.

use super::marker::is_separator;
use super::words::words;
use crate::script::has_unspaced_words;

/// A number at the start of a text.
pub(crate) struct Number {
    /// What it is.
    pub(crate) value: u32,
    /// Its bytes.
    pub(crate) len: usize,
    /// Whether it has parts (`1.2`).
    pub(crate) dotted: bool,
    /// Whether it has a letter (`5a`).
    pub(crate) lettered: bool,
}

/// The number a digit of any of the scripts in use stands for.
pub(crate) fn digit(c: char) -> Option<u32> {
    // of each script its zero: Arabic, Persian and Urdu, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada,
    // Malayalam, Thai, Lao, Burmese, Khmer, full width (Unicode 17, general category Nd)
    const ZEROS: [u32; 17] = [
        0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
        0x1040, 0x17E0, 0xFF10,
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let before = ZEROS.partition_point(|&zero| zero <= c as u32);
    let value = c as u32 - ZEROS.get(before.checked_sub(1)?)?;
    (value < 10).then_some(value)
}

/// The number a circled digit stands for.
pub(crate) fn circled(c: char) -> Option<u32> {
    Some(match c as u32 {
        u @ 0x2460..=0x2473 => u - 0x245F,
        u @ 0x2776..=0x277F => u - 0x2775,
        u @ 0x2780..=0x2789 => u - 0x277F,
        u @ 0x278A..=0x2793 => u - 0x2789,
        u @ 0x24EB..=0x24F4 => u - 0x24EB + 11,
        u @ 0x24F5..=0x24FE => u - 0x24F4,
        u @ 0x2474..=0x2487 => u - 0x2473,
        u @ 0x2488..=0x249B => u - 0x2487,
        u @ 0x3220..=0x3229 => u - 0x321F,
        u @ 0x3280..=0x3289 => u - 0x327F,
        _ => return None,
    })
}

/// An Arabic number (with parts and a letter) at the start: its value, its bytes, dotted, lettered.
pub(crate) fn arabic(text: &str) -> Option<(u32, usize, bool, bool)> {
    let mut value = 0u32;
    let mut end = 0;
    let mut digits = 0;
    for (i, c) in text.char_indices() {
        // a keycap emoji is its digit, U+FE0F, U+20E3
        if digits > 0 && matches!(c, '\u{fe0f}' | '\u{20e3}') {
            end = i + c.len_utf8();
            continue;
        }
        let Some(d) = digit(c) else { break };
        digits += 1;
        if digits > 3 {
            return None;
        }
        value = value * 10 + d;
        end = i + c.len_utf8();
    }
    if digits == 0 {
        return None;
    }
    let mut dotted = false;
    loop {
        let rest = text.get(end..)?;
        let Some(tail) = rest.strip_prefix('.') else { break };
        let more = tail.len() - tail.trim_start_matches(|c| digit(c).is_some()).len();
        if more == 0 {
            break;
        }
        dotted = true;
        end += 1 + more;
    }
    let rest = text.get(end..)?;
    let mut chars = rest.chars();
    let lettered = chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && chars.next().is_none_or(|c| is_separator(c) || c.is_whitespace());
    Some((value, end + usize::from(lettered), dotted, lettered))
}

/// A number of Chinese characters up to ninety-nine.
pub(crate) fn chinese(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut end = 0;
    let mut last = 0;
    for (i, c) in text.char_indices() {
        let unit = "一二三四五六七八九".chars().position(|u| u == c).map(|p| p as u32 + 1);
        match (unit, c) {
            (Some(u), _) => last = u,
            (_, '两') => last = 2,
            (_, '十') => {
                value += last.max(1) * 10;
                last = 0;
            }
            _ => break,
        }
        end = i + c.len_utf8();
    }
    (end > 0 && value + last > 0 && value + last < 100).then_some((value + last, end))
}

/// A Roman number in capitals up to thirty-nine.
pub(crate) fn roman(text: &str) -> Option<(u32, usize)> {
    let end = text.len() - text.trim_start_matches(['I', 'V', 'X']).len();
    let written = text.get(..end).filter(|w| !w.is_empty() && w.len() < 8)?;
    let value = |c| match c {
        'I' => 1,
        'V' => 5,
        _ => 10,
    };
    let mut sum = 0;
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        if chars.peek().is_some_and(|&n| value(n) > value(c)) {
            sum -= value(c);
        } else {
            sum += value(c);
        }
    }
    let number = u32::try_from(sum).ok().filter(|n| *n > 0 && *n < 40)?;
    // only the canonical spelling, so that `IIII` and words of these letters are none
    let mut left = number;
    let mut canonical = String::new();
    for (unit, spelled) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while left >= unit {
            canonical.push_str(spelled);
            left -= unit;
        }
    }
    (canonical == written).then_some((number, end))
}

/// A number in words at the start of `lower`.
pub(crate) fn spelled(lower: &str) -> Option<(u32, usize)> {
    let words = words();
    let mut best = None;
    let mut count = 0;
    for (i, c) in lower.char_indices() {
        count += 1;
        if count > words.longest_numeral {
            break;
        }
        let end = i + c.len_utf8();
        let after = lower.get(end..).and_then(|r| r.chars().next());
        if (has_unspaced_words(c) || !after.is_some_and(char::is_alphanumeric))
            && let Some(&n) = lower.get(..end).and_then(|w| words.numerals.get(w))
        {
            best = Some((n, end));
        }
    }
    best
}

/// Any number behind a counted word. `text` and its lower case may differ in length, so the number is read in `text`.
pub(crate) fn any_number(text: &str) -> Option<Number> {
    if let Some((value, len, dotted, lettered)) = arabic(text) {
        return Some(Number { value, len, dotted, lettered });
    }
    let plain = |(value, len)| Number { value, len, dotted: false, lettered: false };
    let first = text.chars().next()?;
    if let Some(n) = circled(first) {
        return Some(plain((n, first.len_utf8())));
    }
    if let Some(found) = chinese(text) {
        return Some(plain(found));
    }
    if let Some((n, len)) = roman(text)
        && !text.get(len..).and_then(|r| r.chars().next()).is_some_and(char::is_alphanumeric)
    {
        return Some(plain((n, len)));
    }
    let lower = lowered(text, 40);
    if let Some((n, len)) = spelled(&lower) {
        return text.is_char_boundary(len).then(|| plain((n, len)));
    }
    // `Option A`
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ 'A'..='H'), next) if next.is_none_or(is_separator) => Some(plain((c as u32 - 64, 1))),
        _ => None,
    }
}

/// The first characters in lower case where that keeps their length in bytes, as they are where not.
pub(crate) fn lowered(text: &str, count: usize) -> String {
    text.chars()
        .take(count)
        .map(|c| {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
                _ => c,
            }
        })
        .collect()
}
