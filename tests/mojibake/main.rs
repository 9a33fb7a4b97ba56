//! The mojibake engine: right text stays, damaged text comes back, and what is promised of any text.

mod clean_text;
mod code_pages;
mod properties;
mod round_trip;

use mdscrub::mojibake::{Repair, repair};

/// The text after `repairs`.
fn applied(text: &str, repairs: &[Repair]) -> String {
    let mut result = String::new();
    let mut at = 0;
    for repair in repairs {
        result.push_str(&text[at..repair.edit.span.start]);
        result.push_str(&repair.edit.text);
        at = repair.edit.span.end;
    }
    result + &text[at..]
}

/// The text after all repairs that the engine finds.
fn repaired(text: &str) -> String {
    applied(text, &repair(text))
}
