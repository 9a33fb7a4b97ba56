//! Repairs on top of repairs: what one pass leaves behind may be found by the next, which reads a better text.
//! Owns running passes until nothing is found, as one list of repairs on the first text.

use super::character::{Script, traits};
use super::{Damage, Repair, repair_between};
use crate::span::Span;

/// More passes than this are not made; the second one finds something in about one damaged text of a thousand.
const PASSES: usize = 6;

/// What `pass` finds in `text`, and in what it becomes, until nothing is left.
pub(super) fn until_nothing_is_left(text: &str, mut pass: impl FnMut(&str) -> Vec<Repair>) -> Vec<Repair> {
    let mut all = pass(text);
    if all.is_empty() {
        return all;
    }
    for _ in 1..PASSES {
        // Repairs that nobody asked for may be left out: what they would lead to is not looked for.
        if all.iter().any(|repair| !repair.damage.is_safe()) {
            break;
        }
        let (output, places) = applied(text, &all);
        let more: Vec<Repair> = pass(&output)
            .into_iter()
            .filter(|repair| repair.damage.is_safe() && !is_chance(repair, &output, &places))
            .collect();
        if more.is_empty() {
            break;
        }
        all = composed(text, all, &output, &places, &more);
    }
    all
}

/// Whether a repair takes a letter that another one gave for a lead, and the blank behind it for a byte that was lost: `Ù ET` is no
/// Arabic numeral. A Latin letter may come out of that, for damage was done twice.
fn is_chance(repair: &Repair, output: &str, places: &[Span]) -> bool {
    let span = repair.edit.span;
    output.get(span.range()).is_some_and(|read| read.contains(' '))
        && repair.edit.text.chars().any(|c| c.is_alphanumeric() && traits(c).script != Script::Latin)
        && places.iter().any(|place| place.touches(span))
}

/// `text` with the repairs made, and where each of them lies in it.
fn applied(text: &str, repairs: &[Repair]) -> (String, Vec<Span>) {
    let mut output = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(repairs.len());
    let mut at = 0;
    for repair in repairs {
        output.push_str(text.get(at..repair.edit.span.start).unwrap_or_default());
        let start = output.len();
        output.push_str(&repair.edit.text);
        places.push(Span::new(start, output.len()));
        at = repair.edit.span.end;
    }
    output.push_str(text.get(at..).unwrap_or_default());
    (output, places)
}

/// `first` (on `text`) followed by `second` (on `output`) as one list on `text`. `places` says where `first` lies in
/// `output`.
fn composed(text: &str, first: Vec<Repair>, output: &str, places: &[Span], second: &[Repair]) -> Vec<Repair> {
    let mut all = Vec::with_capacity(first.len() + second.len());
    let mut first = first.into_iter().zip(places.iter().copied()).peekable();
    let mut second = second.iter().peekable();
    // By how much a byte of `output` lies behind the same byte of `text`.
    let mut shift = 0isize;
    while let Some(next) = second.next() {
        while let Some((repair, place)) = first.next_if(|(_, place)| place.end < next.edit.span.start) {
            shift = place.end as isize - repair.edit.span.end as isize;
            all.push(repair);
        }
        // What touches in `output` becomes one repair.
        let mut whole = next.edit.span;
        let (start_shift, mut end_shift) = (shift, shift);
        let mut told = (next.code_page, next.layers, next.damage);
        let mut parts = vec![next];
        loop {
            if let Some((repair, place)) = first.next_if(|(_, place)| place.start <= whole.end) {
                whole = Span::new(whole.start.min(place.start), whole.end.max(place.end));
                end_shift = place.end as isize - repair.edit.span.end as isize;
                told = (repair.code_page, repair.layers.saturating_add(told.1), repair.damage);
            } else if let Some(part) = second.next_if(|part| part.edit.span.start <= whole.end) {
                whole.end = whole.end.max(part.edit.span.end);
                parts.push(part);
            } else {
                break;
            }
        }
        shift = end_shift;
        let mut new = String::new();
        let mut at = whole.start;
        for part in parts {
            new.push_str(output.get(at..part.edit.span.start).unwrap_or_default());
            new.push_str(&part.edit.text);
            at = part.edit.span.end;
        }
        new.push_str(output.get(at..whole.end).unwrap_or_default());
        let back = |byte: usize, shift: isize| usize::try_from(byte as isize - shift).unwrap_or(0);
        let (start, end) = (back(whole.start, start_shift), back(whole.end, end_shift));
        let (code_page, layers, damage): (_, _, Damage) = told;
        all.extend(repair_between(text, start, end, code_page, layers, damage, &new));
    }
    all.extend(first.map(|(repair, _)| repair));
    all
}

#[cfg(test)]
mod tests {
    use crate::edit::{OwnedEdit, apply, canonical};
    use crate::mojibake::repair;

    fn repaired(text: &str) -> String {
        let edits = repair(text).into_iter().map(|r| OwnedEdit::new(r.edit, 0)).collect();
        apply(text, &canonical(edits))
    }

    #[test]
    fn a_capital_before_a_blank_is_no_lead_once_it_is_repaired() {
        assert_eq!(repaired("OÃ™ EST LE CHAT ?"), "OÙ EST LE CHAT ?");
        assert_eq!(repaired("voilÃ  le chat, dÃ©jÃ "), "voilà le chat, déjà");
        assert_eq!(repaired("Il va Ã Paris, dÃ©jÃ vu."), "Il va à Paris, déjà vu.");
        assert_eq!(repaired("LÃ  oÃ¹ il est"), "Là où il est");
        // letters that are meant
        assert_eq!(repaired("A CONCLUSÃO: LÃ DE OVELHA, S Ã O"), "A CONCLUSÃO: LÃ DE OVELHA, S Ã O");
    }
}
