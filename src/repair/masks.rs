//! Names and numbers that are masked by asterisks: `张** 和李** 获奖`, as reports of courts and lists of winners in Chinese do.
//! Owns telling surnames; rules decide what follows from them.

use crate::data::{REPAIR_WORDS, listed};
use std::sync::LazyLock;

/// Surnames of one character.
static SURNAMES: LazyLock<String> = LazyLock::new(|| listed(REPAIR_WORDS, "surnames").concat());

/// Whether `c` is a surname (or stands for one) in Chinese.
pub fn is_surname(c: char) -> bool {
    !c.is_ascii() && SURNAMES.contains(c)
}

/// Whether clauses are parted in `text`, by marks of any script.
pub fn has_clauses(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let parts = matches!(c, '，' | '。' | '；' | '！' | '？' | '،' | '؛' | '؟' | '।')
            || matches!(c, ',' | ';' | '.' | '?' | '!') && chars.peek() == Some(&' ');
        if parts {
            return true;
        }
    }
    false
}
