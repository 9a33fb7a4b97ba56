//! Sequences of which something was lost on the way: a no-break space that became a space or vanished, a byte that
//! became `?` or vanished, quotes that were straightened, leads that were put in lower case. Too little is left of
//! them to be read by themselves: they are looked for beside sure readings, or where no right text looks like that.
//! Owns these rules; whole sequences are read in `reading`.

use super::bytes::Table;
use super::character::{Kind, Script, traits};
use super::decide::Evidence;
use super::scan::{character_at, character_before, skip_ascii};
use super::sequence::{Tolerance, read_sequence};
use super::{CodePage, Damage, Repair, repair_between};

/// What is known while walking through a text.
struct Walk<'a> {
    table: Table,
    text: &'a str,
    evidence: &'a Evidence,
    /// Pages that sure readings speak for, the best first.
    supported: Vec<CodePage>,
    /// Whether a double quote was opened and not closed yet.
    open_quote: bool,
    /// Whether the text has no capital letter of ASCII: it may have been put in lower case as a whole.
    lowercased: bool,
    /// Whether characters vanished from sequences: then no-break spaces did so too, and a space is a space.
    dropped: bool,
    /// Whether Vietnamese stands around: its syllables go on behind an à.
    vietnamese: bool,
}

/// The characters of a place that is looked at.
struct Place {
    at: usize,
    /// The character there and up to five more, with one byte offset more than characters.
    characters: Vec<char>,
    offsets: Vec<usize>,
    before: char,
}

/// The repairs of what remains, in the gaps between the repairs `made`; all of them together, ascending.
pub(super) fn with_remains(table: Table, text: &str, evidence: &Evidence, made: Vec<Repair>) -> Vec<Repair> {
    let mut supported: Vec<CodePage> =
        CodePage::ALL.into_iter().filter(|&page| evidence.support(page) > 0).collect();
    supported.sort_by_key(|&page| std::cmp::Reverse(evidence.pages[page.index()]));
    let is_vietnamese = |c: char| ('\u{1ea0}'..='\u{1ef9}').contains(&c);
    let mut walk = Walk {
        table,
        text,
        evidence,
        supported,
        open_quote: false,
        lowercased: has_no_capitals(text),
        dropped: false,
        vietnamese: made.iter().any(|repair| repair.edit.text.chars().any(is_vietnamese)),
    };
    walk.dropped = walk.characters_were_dropped(&made);
    let mut found = Vec::new();
    let mut next = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let next_made = made.get(next).map_or(bytes.len(), |repair| repair.edit.span.start);
        at = skip_ascii(bytes, at).min(next_made);
        if at == next_made {
            let Some(repair) = made.get(next) else { break };
            walk.note_quotes(&repair.edit.text);
            at = repair.edit.span.end;
            next += 1;
            continue;
        }
        let Some((c, length)) = character_at(bytes, at) else { break };
        let may_remain = !c.is_ascii() && (walk.lowercased || table.role(c).lead != 0);
        match if may_remain { walk.remains_at(at, next_made) } else { None } {
            Some(repair) => {
                walk.note_quotes(&repair.edit.text);
                at = repair.edit.span.end.max(at + length);
                found.push(repair);
            }
            None => {
                walk.note_quote(c);
                at += length;
            }
        }
    }
    let mut all = made;
    if !found.is_empty() {
        all.extend(found);
        all.sort_by_key(|repair| repair.edit.span);
    }
    all
}

/// Whether `text` has no capital letter of ASCII.
fn has_no_capitals(text: &str) -> bool {
    let is_capital = |b: &u8| u8::from(b.is_ascii_uppercase());
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().map(is_capital).fold(0, |all, one| all | one) == 0)
}

impl Walk<'_> {
    /// Whether leads of the best supported page stand there with a letter or another lead right behind them.
    fn characters_were_dropped(&self, made: &[Repair]) -> bool {
        let Some(page) = self.supported.first() else { return false };
        let is_lead = |c: char| !c.is_ascii() && self.table.role(c).lead & 1 << page.index() != 0;
        made.windows(2).any(|pair| {
            let [one, other] = pair else { return false };
            let between = self.text.get(one.edit.span.end..other.edit.span.start).unwrap_or_default();
            let mut characters = between.chars();
            matches!((characters.next(), characters.next()), (Some(c), None) if is_lead(c))
        })
    }

    fn note_quotes(&mut self, text: &str) {
        for c in text.chars() {
            self.note_quote(c);
        }
    }

    fn note_quote(&mut self, c: char) {
        match c {
            '“' | '„' => self.open_quote = true,
            '”' => self.open_quote = false,
            _ => {}
        }
    }

    /// The repair of what starts at byte `at` and ends before `limit`.
    fn remains_at(&self, at: usize, limit: usize) -> Option<Repair> {
        let place = self.place(at, limit);
        let first = *place.characters.first()?;
        if self.lowercased
            && let Some(repair) = self.lowercased_at(&place)
        {
            return Some(repair);
        }
        if matches!(first, 'Â' | 'Ã' | 'â') && !self.supported.contains(&CodePage::Windows1252) {
            let found = self.remains_in(&place, CodePage::Windows1252, false);
            if found.is_some() {
                return found;
            }
        }
        for &page in &self.supported {
            let found = self.remains_in(&place, page, true);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn place(&self, at: usize, limit: usize) -> Place {
        let bytes = self.text.as_bytes();
        let mut place = Place {
            at,
            characters: Vec::with_capacity(6),
            offsets: vec![at],
            before: character_before(bytes, at).map_or(' ', |(c, _)| c),
        };
        let mut end = at;
        while place.characters.len() < 6 && end < limit {
            let Some((c, length)) = character_at(bytes, end) else { break };
            end += length;
            place.characters.push(c);
            place.offsets.push(end);
        }
        place
    }

    fn remains_in(&self, place: &Place, page: CodePage, supported: bool) -> Option<Repair> {
        let byte = |at: usize| {
            place
                .characters
                .get(at)
                .map_or(0, |&c| if c.is_ascii() { 0 } else { self.table.role(c).byte[page.index()] })
        };
        let next = place.characters.get(1).copied();
        let make = |length: usize, text: &str, damage: Damage| {
            repair_between(self.text, place.at, *place.offsets.get(length)?, page, 1, damage, text)
        };
        let lead = byte(0);
        // `â€` was `”` where a quote is open: 0x9D has no character in these pages.
        if lead == 0xE2
            && byte(1) == 0x80
            && !(0x80..0xC0).contains(&byte(2))
            && page.decoded(0x9D) == '\u{9d}'
            && self.open_quote
            && !matches!(place.characters.get(2), Some('\u{FFFD}' | '?' | '"'))
        {
            return make(2, "”", Damage::Cut);
        }
        if let Some(sequence) = read_sequence(self.table, &place.characters, page, Tolerance::Tolerant) {
            let (length, character) = (sequence.length, sequence.character);
            if sequence.losses.replaced > 0 {
                let fits = supported && (length > 2 || place.characters.contains(&'\u{FFFD}'));
                return if fits { make(length, "\u{FFFD}", Damage::Lossy) } else { None };
            }
            if sequence.losses.spaces == 0 {
                return None;
            }
            return match character {
                '\u{a0}' => self
                    .no_break_space(place, supported)
                    .and_then(|_| make(2, "\u{a0}", Damage::NoBreakSpace)),
                'à' => {
                    let taken = self.taken_by_a_grave(place, supported)?;
                    make(taken, "à", Damage::NoBreakSpace)
                }
                _ if supported && !self.dropped && self.fits_word(place, length, character) => {
                    make(length, character.encode_utf8(&mut [0; 4]), Damage::NoBreakSpace)
                }
                _ => None,
            };
        }
        match (lead, next) {
            // `Â` whose no-break space is gone altogether.
            (0xC2, _)
                if place.characters.first() == Some(&'Â') && self.stands_for_a_space(place, supported) =>
            {
                make(1, "\u{a0}", Damage::NoBreakSpace)
            }
            // `voilÃ,`: an à whose no-break space is gone.
            (0xC3, next)
                if traits(place.before).kind == Kind::Lower
                    && next.is_none_or(|c| {
                        !traits(c).is_letter() && c != '?' && !(0x80..0xC0).contains(&byte(1))
                    }) =>
            {
                make(1, "à", Damage::NoBreakSpace)
            }
            // `StraÃ?e`.
            (0xC3, Some('?')) if supported && traits(place.before).kind == Kind::Lower => {
                let goes_on = place.characters.get(2).is_some_and(|&c| traits(c).kind == Kind::Lower);
                if goes_on { make(2, "\u{FFFD}", Damage::Lossy) } else { None }
            }
            (0xE0..=0xEF, _) => {
                let character = self.straightened(place, page)?;
                make(3, character.encode_utf8(&mut [0; 4]), Damage::Straightened)
            }
            _ => None,
        }
    }

    /// `Â ` was a no-break space, unless letters are listed.
    fn no_break_space(&self, place: &Place, supported: bool) -> Option<()> {
        if place.characters.first() != Some(&'Â') {
            return supported.then_some(());
        }
        let before = traits(place.before);
        if before.kind == Kind::Upper {
            return None;
        }
        if before.kind != Kind::Space || supported {
            return Some(());
        }
        // Between spaces, a word of Welsh ("Cysylltu Â Ni") and of alphabets ("Ă Â B"): only behind punctuation or
        // beside a figure, or before a word in lower case, where it would be in lower case too.
        let word_before = self.text.get(..place.at)?.trim_end().rsplit(' ').next()?;
        let word_after = self.text.get(place.at + 3..)?.split(' ').next()?;
        let last = word_before.chars().next_back()?;
        let first = word_after.chars().next()?;
        let is_listed =
            word_before.chars().count() == 1 || first.is_alphabetic() && word_after.chars().count() == 1;
        let fits = last.is_ascii_punctuation()
            || last.is_ascii_digit()
            || first.is_ascii_digit()
            || (first.is_lowercase() || first == '-') && word_before.chars().any(char::is_lowercase);
        (fits && !is_listed).then_some(())
    }

    /// How many characters `Ã ` takes: with the space, or without it where the next word is one of its own.
    fn taken_by_a_grave(&self, place: &Place, supported: bool) -> Option<usize> {
        let before = traits(place.before);
        let rest = self.text.get(*place.offsets.get(2)?..)?;
        let after = rest.chars().next().unwrap_or(' ');
        let mut next_letters = rest.trim_start_matches(' ').chars().map(traits);
        let next_word = next_letters.next().unwrap_or(traits(' '));
        let is_a_tilde = place.characters.first() == Some(&'Ã');
        // «Là» begins with a capital
        let begins_word = supported && before.kind == Kind::Upper && next_word.kind == Kind::Lower && {
            let letter = self.text.get(..place.at).unwrap_or("").chars().rev().nth(1);
            letter.is_none_or(|c| !traits(c).is_letter())
        };
        let in_word = before.kind == Kind::Lower || begins_word;
        // "C O N C L U S Ã O" is none, "Ã Paris" is
        let is_capital = next_word.kind == Kind::Upper
            && !(supported && next_letters.next().is_some_and(|t| t.kind == Kind::Lower));
        let alone = !before.is_letter() && !is_capital;
        if !(in_word || supported && alone || is_a_tilde && alone && next_word.kind == Kind::Lower) {
            return None;
        }
        if !supported && (!is_a_tilde || before.kind == Kind::Space && self.has_sound_letters()) {
            return None;
        }
        if self.dropped {
            return Some(1);
        }
        if matches!(after, ' ' | ',' | '.' | ')') {
            return Some(2);
        }
        // Portuguese "àquele", "àquela", "àquilo", "às" (ftfy knows the same four).
        let goes_on =
            ["quele", "quela", "quilo"].iter().any(|end| rest.starts_with(end)) || rest.starts_with("s ");
        let syllable = self.vietnamese && before.is_letter() && {
            let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
            let ends = rest[end..].chars().next().is_none_or(|c| c.is_ascii());
            ends && matches!(
                &rest[..end],
                "i" | "o" | "y" | "u" | "n" | "m" | "ng" | "nh" | "p" | "t" | "c" | "ch"
            )
        };
        Some(if goes_on || syllable { 2 } else { 1 })
    }

    /// Whether small letters beyond ASCII were read right: damage would have taken them with the others, so a lone `Ã` is the letter that is
    /// spoken of (`Â e Ã são letras`).
    fn has_sound_letters(&self) -> bool {
        self.evidence.letters[Script::Latin as usize] > 0
            && self.text.chars().any(|c| !c.is_ascii() && traits(c).kind == Kind::Lower)
    }

    /// Whether a letter that swallowed a space fits the word that follows.
    fn fits_word(&self, place: &Place, length: usize, character: char) -> bool {
        let this = traits(character);
        let before = traits(place.before);
        let end = place.offsets.get(length).copied().unwrap_or(place.at);
        let after = character_at(self.text.as_bytes(), end).map_or(' ', |(c, _)| c);
        if length == 2 {
            let case_fits = this.kind != Kind::Upper || before.kind != Kind::Lower;
            let goes_on = traits(after).is_letter() || !after.is_ascii();
            this.rarity <= 20 && case_fits && goes_on && (this.is_letter() || this.kind == Kind::Digit)
        } else {
            (this.kind == Kind::Picture || character == '\u{2800}')
                || this.is_letter() && self.evidence.repaired[this.script as usize] >= 4 && this.rarity <= 15
        }
    }

    /// Whether a lone `Â` stands where a no-break space stood: no word has it there.
    fn stands_for_a_space(&self, place: &Place, supported: bool) -> bool {
        let (before, next) = (traits(place.before), place.characters.get(1).copied().unwrap_or(' '));
        match before.kind {
            Kind::Lower | Kind::Digit => true,
            // "corps,Âme" lacks a space, "Hello,Âworld" has one too many letters.
            Kind::Ascii if matches!(place.before, ',' | '.' | ':' | ';' | '!' | '?' | ')') => {
                supported
                    || traits(next).kind != Kind::Lower && traits(next).kind != Kind::Space
                    || !matches!(next, 'g' | 'm' | 'n' | 'p' | 't' | 'c' | 'l' | ' ')
            }
            _ => false,
        }
    }

    /// A sequence of three of whose quotes one was straightened: `â€"` was `–` or `—`, `â~…` was `★`.
    fn straightened(&self, place: &Place, page: CodePage) -> Option<char> {
        let mut best: Option<(u8, char)> = None;
        for at in 1..3 {
            let curled: &[u8] = match place.characters.get(at)? {
                '"' => &[0x93, 0x94, 0x84],
                '\'' => &[0x91, 0x92, 0x82],
                '~' => &[0x98],
                '^' => &[0x88],
                _ => continue,
            };
            let mut characters: Vec<char> = place.characters.iter().copied().take(3).collect();
            for &byte in curled {
                *characters.get_mut(at)? = page.decoded(byte);
                let Some(read) = read_sequence(self.table, &characters, page, Tolerance::Strict) else {
                    continue;
                };
                let rarity = traits(read.character).rarity;
                if read.length == 3 && rarity <= 6 && best.is_none_or(|(least, _)| rarity < least) {
                    best = Some((rarity, read.character));
                }
            }
        }
        let (_, character) = best?;
        let after = place.characters.get(3).copied().unwrap_or(' ');
        Some(match character {
            // Both dashes become `â€"`: ranges have the short one, spaces stand around the long one.
            '–' | '—' if !(place.before.is_ascii_digit() && after.is_ascii_digit()) => '—',
            '–' | '—' => '–',
            other => other,
        })
    }

    /// A sequence whose lead was put in lower case with the whole text: `cafã©`.
    fn lowercased_at(&self, place: &Place) -> Option<Repair> {
        let (first, second) = (*place.characters.first()?, *place.characters.get(1)?);
        if !matches!(first, 'ã' | 'â' | 'å' | 'ä') || traits(second).is_letter() || second.is_ascii() {
            return None;
        }
        // Beside more of its kind it is part of something longer that cannot be read any more.
        if !place.before.is_ascii() || place.characters.get(2).is_some_and(|c| !c.is_ascii()) {
            return None;
        }
        let page = CodePage::Windows1252;
        let mut raised: Vec<char> = place.characters.clone();
        *raised.first_mut()? = first.to_uppercase().next()?;
        let read = read_sequence(self.table, &raised, page, Tolerance::Strict)?;
        let found = traits(read.character);
        if read.length != 2 || read.losses.replaced > 0 || found.rarity > 8 || found.kind == Kind::Upper {
            return None;
        }
        // Closing quotes and the like stand behind letters in right text too.
        if matches!(second, '’' | '”' | '»' | '…' | '–' | '—' | '™' | '®' | '\u{a0}') && !self.evidence.any()
        {
            return None;
        }
        repair_between(
            self.text,
            place.at,
            *place.offsets.get(2)?,
            page,
            1,
            Damage::Lowercased,
            read.character.encode_utf8(&mut [0; 4]),
        )
    }
}
