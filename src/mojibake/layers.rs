//! Damage done more than once: peels layer after layer off a decoded chain until it reads best.
//! Owns the search for the depth; must not decide whether a repair is made.

use super::CodePage;
use super::bytes::{TRIED, Table};
use super::sequence::{Tolerance, read_chain};
use super::strangeness::{Places, Sides, strangeness};

/// More layers than this are not met.
const DEEPEST: u8 = 8;

/// A text with its strangeness, and how many layers were peeled off it.
#[derive(Clone, Debug)]
pub(super) struct Peeled {
    pub strangeness: i32,
    pub layers: u8,
    /// Whether a byte was lost on the way.
    pub replaced: bool,
}

/// Peels `characters` in place until no layer makes it less strange.
pub(super) fn peel(table: Table, characters: &mut Vec<char>, page: CodePage, sides: Sides) -> Peeled {
    let mut peeled =
        Peeled { strangeness: strangeness(characters, sides, Places::Half), layers: 0, replaced: false };
    let mut against_chance = 0;
    while peeled.layers < DEEPEST {
        let bar = peeled.strangeness + against_chance;
        let Some((strange, below, replaced)) = best_layer_below(table, characters, page, sides, bar) else {
            break;
        };
        let chance = strangeness(&below, sides, Places::Half) - strange;
        against_chance += chance;
        peeled.strangeness = strange - (against_chance - chance);
        *characters = below;
        peeled.layers += 1;
        peeled.replaced |= replaced;
    }
    peeled
}

/// The least strange text that one more decoding gives, if it is less strange than `bar`.
fn best_layer_below(
    table: Table,
    characters: &[char],
    outer: CodePage,
    sides: Sides,
    bar: i32,
) -> Option<(i32, Vec<char>, bool)> {
    let mut pages = 0;
    for (at, &c) in characters.iter().enumerate() {
        let lead = table.role(c).lead;
        if lead != 0 {
            let next = characters.get(at + 1).copied();
            pages |=
                lead & next.map_or(0, |next| {
                    if next == '\u{FFFD}' { u16::MAX } else { table.role(next).continuation }
                });
        }
    }
    let mut best: Option<(i32, Vec<char>, bool)> = None;
    for page in TRIED {
        if pages & 1 << page.index() == 0 {
            continue;
        }
        let (below, replaced, chance) = decoded_once(table, characters, page);
        // A loss in another page than that of the layer above is chance: any letter could be its lead.
        if replaced && page != outer {
            continue;
        }
        let strange = strangeness(&below, sides, Places::Half) - chance;
        if strange + 5 < best.as_ref().map_or(bar, |(strange, ..)| *strange) {
            best = Some((strange, below, replaced));
        }
    }
    best
}

/// `characters` with every chain of `page` decoded, whether a byte of them was lost, and what speaks against chance.
fn decoded_once(table: Table, characters: &[char], page: CodePage) -> (Vec<char>, bool, i32) {
    let mut below = Vec::with_capacity(characters.len());
    let mut at = 0;
    let mut replaced = false;
    let mut chance = 0;
    while at < characters.len() {
        let chain = read_chain(table, &characters[at..], page, Tolerance::Below, &mut below);
        replaced |= chain.losses.replaced > 0;
        chance += chain.against_chance();
        if chain.length == 0 {
            below.push(characters[at]);
            at += 1;
        } else {
            at += chain.length;
        }
    }
    (below, replaced, chance)
}
