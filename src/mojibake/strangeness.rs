//! How strange a piece of text reads, in tenths of a bit: the sum over its characters of how rare each is and how badly
//! it stands beside its neighbours. Mojibake is strange and its repair is not; the difference is the evidence.
//! Owns that measure; must not know code pages.

use super::character::{Kind, Script, Traits, traits};

/// The characters beside a piece of text: two on each side. White space stands for the edges of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    /// The two characters before, the nearer one last.
    pub before: [char; 2],
    /// The two characters after, the nearer one first.
    pub after: [char; 2],
}

/// How much it counts where a symbol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Places {
    /// In full: for text as it is found.
    Full,
    /// By half: for text as it would be, because damage strikes odd places too.
    Half,
}

/// How strange `piece` is between its `sides`.
pub(super) fn strangeness(piece: &[char], sides: Sides, places: Places) -> i32 {
    let mut sum = 0;
    let mut earlier = traits(sides.before[0]);
    let mut last_char = sides.before[1];
    let mut last = traits(last_char);
    let end = [sides.after[0], sides.after[1]];
    let mut rest = piece.iter().chain(&end).copied().map(|c| (c, traits(c)));
    let Some((mut c, mut current)) = rest.next() else { return 0 };
    let mut left = piece.len();
    // One more than the piece: how its end meets what follows.
    for (next_char, next) in rest {
        if left > 0 {
            sum += i32::from(current.rarity) + suspicion(c, last_char, last, next_char, next);
        }
        // What stands behind the character after the piece may be damaged itself.
        let next_or_alike = if left == 0 { current } else { next };
        sum += meeting(earlier, last, current, next_or_alike, last_char == c, places);
        if left == 0 {
            break;
        }
        left -= 1;
        earlier = last;
        (last_char, last) = (c, current);
        (c, current) = (next_char, next);
    }
    sum
}

/// Ã and Â lead most mojibake and few words: only languages that write them so are spared.
fn suspicion(c: char, last_char: char, last: Traits, next_char: char, next: Traits) -> i32 {
    match c {
        'Ã' if next_char == '\u{a0}' => 25,
        'Ã' | 'Â' if last.kind != Kind::Upper && !next.is_letter() => 30,
        'Ã' if last.kind != Kind::Upper && !next_char.is_ascii() => 28,
        'Ã' | 'Â' if last.kind != Kind::Upper => 20,
        'Ã' if matches!(last_char, 'A' | 'E' | 'O' | 'U') => 18,
        // Signs of mathematics stand before figures and names of variables, which have no accents.
        '√' | '≈' | '∆'
            if next.kind != Kind::Math
                && next.is_letter()
                && next.script == Script::Latin
                && !next_char.is_ascii() =>
        {
            14
        }
        // ß follows vowels.
        'ß' if last.is_letter()
            && !matches!(last_char.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä'..='ü') =>
        {
            10
        }
        _ => 0,
    }
}

/// How badly `current` stands after `last` and before `next`.
fn meeting(
    earlier: Traits,
    last: Traits,
    current: Traits,
    next: Traits,
    doubled: bool,
    places: Places,
) -> i32 {
    if current.is_letter() {
        return letter_meeting(earlier, last, current, next);
    }
    match current.kind {
        Kind::Space | Kind::Hole | Kind::Ascii | Kind::Digit | Kind::Lost => 0,
        Kind::Mark => {
            if last.is_letter() || matches!(last.kind, Kind::Picture | Kind::Mark | Kind::Digit | Kind::Ascii)
            {
                0
            } else {
                30
            }
        }
        Kind::Control => 10,
        _ => {
            let touching = match (last.is_word_letter(), next.is_word_letter()) {
                (true, true) => current.between,
                (true, false) => current.after,
                (false, true) => current.before,
                (false, false) => 0,
            };
            let standing = i32::from(touching) + symbol_meeting(last, current, doubled);
            if places == Places::Full { standing } else { standing / 2 }
        }
    }
}

fn letter_meeting(earlier: Traits, last: Traits, current: Traits, next: Traits) -> i32 {
    if !last.is_letter() {
        return 0;
    }
    if last.script != current.script {
        return match (last.script, current.script) {
            (Script::EastAsian, _) | (_, Script::EastAsian) => 8,
            (Script::Thai, _) | (_, Script::Thai) => 15,
            // Greek letters stand in Latin words as signs: "TNFα", "IFNγ".
            (Script::Latin, Script::Greek) if current.kind == Kind::Lower => 12,
            (Script::Greek, Script::Latin) if last.kind == Kind::Lower => 12,
            _ => 50,
        };
    }
    match (last.kind, current.kind) {
        (Kind::Lower, Kind::Upper) => {
            // "McDONALD" and "iPhone" are met; "cAf" and "MģÄ" are not.
            if next.kind == Kind::Lower { 45 } else { 40 }
        }
        (Kind::Upper, Kind::Lower) if earlier.kind == Kind::Upper => {
            if next.kind == Kind::Lower {
                12
            } else {
                40
            }
        }
        (Kind::Upper, Kind::Lower) if next.kind == Kind::Upper => 50,
        _ => 0,
    }
}

/// Two symbols side by side: quotes and dashes meet, drawings meet drawings, the others seldom do.
fn symbol_meeting(last: Traits, current: Traits, doubled: bool) -> i32 {
    match (last.kind, current.kind) {
        (Kind::Punctuation, Kind::Punctuation) => 4,
        (Kind::Box, Kind::Box) | (Kind::Picture, Kind::Picture) => 0,
        (Kind::Math, Kind::Math) => 5,
        (Kind::Box, _) | (_, Kind::Box) if !is_blank(last) && !is_blank(current) => 20,
        (Kind::Symbol | Kind::Math, Kind::Symbol | Kind::Math) => {
            if doubled {
                2
            } else {
                14
            }
        }
        (Kind::Punctuation, Kind::Symbol | Kind::Math) | (Kind::Symbol | Kind::Math, Kind::Punctuation) => 6,
        _ => 0,
    }
}

fn is_blank(traits: Traits) -> bool {
    matches!(traits.kind, Kind::Space | Kind::Ascii | Kind::Hole | Kind::Digit)
}
