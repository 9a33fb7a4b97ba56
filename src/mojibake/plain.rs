//! The short way through heavy damage: once a document is settled to be damaged in one page, chains that can be nothing
//! else need no weighing. Owns telling those; the others go the long way.

use super::CodePage;
use super::bytes::Table;
use super::character::{Script, traits};

/// A chain that needs no weighing.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainChain {
    /// How many characters were read.
    pub length: usize,
    /// How many sequences they are.
    pub sequences: i32,
    /// The script of what comes out.
    pub script: Script,
    /// Whether only Latin-1 characters took part, control characters among them.
    pub is_latin1: bool,
}

/// The most that a character that comes out may be rare.
const COMMON: u8 = 5;

/// Reads the chain of `page` at the start of `characters` if it is plain: every byte is there, signs stand behind the
/// letters that lead, common characters come out, no layer is below, and nothing is left over behind it.
pub(super) fn read_plain(
    table: Table,
    characters: &[char],
    page: CodePage,
    decoded: &mut Vec<char>,
) -> Option<PlainChain> {
    decoded.clear();
    let (index, bit) = (page.index(), 1 << page.index());
    let mut chain = PlainChain { length: 0, sequences: 0, script: Script::None, is_latin1: false };
    let (mut controls, mut beyond_latin1) = (false, false);
    // Whether the last character that came out leads a sequence of its own.
    let mut led = 0;
    loop {
        let lead = characters.get(chain.length).map_or(0, |&c| table.role(c).byte[index]);
        let length = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            // A byte that continues nothing: something was lost.
            0x80..=0xBF => return None,
            _ => break,
        };
        let sequence = characters.get(chain.length..chain.length + length)?;
        let mut code = u32::from(lead) & (0x7F >> length);
        for (at, &c) in sequence.iter().enumerate() {
            controls |= c <= '\u{9f}';
            beyond_latin1 |= c > '\u{ff}';
            if at > 0 {
                let byte = table.role(c).byte[index];
                if !(0x80..0xC0).contains(&byte) || at == 1 && traits(c).is_letter() {
                    return None;
                }
                code = code << 6 | u32::from(byte & 0x3F);
            }
        }
        let smallest = [0, 0, 0x80, 0x800, 0x1_0000].get(length)?;
        let c = char::from_u32(code).filter(|_| code >= *smallest)?;
        let found = traits(c);
        let role = table.role(c);
        if found.rarity > COMMON || led & role.continuation != 0 {
            return None;
        }
        led = role.lead;
        decoded.push(c);
        chain.script = if found.script == Script::None { chain.script } else { found.script };
        chain.length += length;
        chain.sequences += 1;
    }
    // What stands right behind must not be a lead that lost its byte.
    let left_over = characters.get(chain.length).is_some_and(|&c| table.role(c).lead & bit != 0 || c == '\u{FFFD}');
    chain.is_latin1 = controls && !beyond_latin1;
    (chain.sequences > 0 && !left_over).then_some(chain)
}
