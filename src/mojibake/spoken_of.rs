//! Letters that a sound text speaks of: `«Â»`, `“Ã”`, `„CÂ“`. What closes the quotation is no byte of a sequence that the letter leads.
//! Owns telling that the quotation mark belongs to an open one; must not weigh readings.

use super::bytes::Table;
use super::character::traits;
use super::scan::character_before;

/// The longest word between quotation marks that is looked back over, in characters.
const LONGEST: usize = 24;

/// Whether the last of `characters`, which stand at byte `start` of `text`, closes a quotation that was opened right before their word.
/// Where the opening mark is damaged too (`Â«motÂ»`), it is none.
pub(super) fn close_their_quotation(table: Table, text: &str, start: usize, characters: &[char]) -> bool {
    let Some((&closing, letters)) = characters.split_last() else { return false };
    let openings: &[char] = match closing {
        '»' => &['«', '»'],
        '«' => &['»'],
        '“' => &['„'],
        '”' => &['“', '„', '”'],
        '’' => &['‘', '‚', '’'],
        '‘' => &['‚'],
        '›' => &['‹', '›'],
        '‹' => &['›'],
        _ => return false,
    };
    if !letters.iter().all(|&c| traits(c).is_letter()) {
        return false;
    }
    let bytes = text.as_bytes();
    let mut at = start;
    for _ in 0..LONGEST {
        let Some((c, length)) = character_before(bytes, at) else { return false };
        at -= length;
        if openings.contains(&c) {
            // an apostrophe stands behind a letter, a byte of a sequence behind its lead
            return character_before(bytes, at)
                .is_none_or(|(c, _)| table.role(c).lead == 0 && !traits(c).is_word_letter());
        }
        if !traits(c).is_letter() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::repair;

    #[test]
    fn a_quoted_capital_is_no_lead() {
        for text in [
            "Les capitales «Â», «Ê», «Î», «Ô», «Û» gardent leur accent.",
            "Буква «Â» есть в румынском, «Ã» — в португальском, «Å» — в шведском.",
            "Die portugiesischen Buchstaben heißen „Ã“ und „Õ“.",
            "O til usa-se em “Ã” e “Õ”, não em ‘Ã’.",
            "Il nome finisce in «Â» e la sigla è «CÂ».",
            "Bogstavet »Ã« og bokstaven ”Å”.",
        ] {
            assert!(repair(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_damaged_quotation_is_none() {
        for text in ["Le Â«motÂ» est lÃ¢chÃ©.", "â€œOlÃ¡â€\u{9d} e Â«AVÃ“Â»", "«L’Ã©tÃ©»", "“FÃ³rum”"]
        {
            assert!(!repair(text).is_empty(), "{text}");
        }
    }
}
