//! The short way through heavy damage: once a document is settled to be damaged in one page, chains that can be nothing
//! else need no weighing. Owns telling those; the others go the long way.

use super::CodePage;
use super::bytes::Table;
use super::character::{Script, traits};
use super::scan::character_at;

/// A chain that needs no weighing.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainChain {
    /// The byte after it.
    pub end: usize,
    /// How many sequences they are.
    pub sequences: i32,
    /// The script of what comes out.
    pub script: Script,
    /// Whether only Latin-1 characters took part, control characters among them.
    pub is_latin1: bool,
}

/// The most that a character that comes out may be rare.
const COMMON: u8 = 14;

/// Reads the chain of `page` at byte `start` if it is plain: every byte is there, mostly signs stand behind the letters
/// that lead, common characters come out, no layer is below, and nothing is left over behind it.
pub(super) fn read_plain(
    table: Table,
    text: &str,
    start: usize,
    page: CodePage,
    decoded: &mut Vec<char>,
) -> Option<PlainChain> {
    decoded.clear();
    let index = page.index();
    let bytes = text.as_bytes();
    let mut chain = PlainChain { end: start, sequences: 0, script: Script::None, is_latin1: false };
    let (mut controls, mut beyond_latin1) = (false, false);
    // Signs and letters behind leads.
    let (mut signs, mut letters) = (0, 0);
    // Whether the last character that came out leads a sequence of its own.
    let mut led = 0;
    loop {
        let next = character_at(bytes, chain.end).filter(|(c, _)| !c.is_ascii());
        let Some((c, width)) = next else { break };
        let lead = table.role(c).byte[index];
        let length = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            // No character of the page: the chain ends here, cleanly.
            0 if c != '\u{FFFD}' => break,
            // A byte that continues nothing: something was lost.
            _ => return None,
        };
        let mut at = chain.end + width;
        let mut code = u32::from(lead) & (0x7F >> length);
        for _ in 1..length {
            let (c, width) = character_at(bytes, at)?;
            let role = table.role(c);
            let byte = role.byte[index];
            if !(0x80..0xC0).contains(&byte) {
                return None;
            }
            *(if role.is_letter { &mut letters } else { &mut signs }) += 1;
            controls |= c <= '\u{9f}';
            beyond_latin1 |= c > '\u{ff}';
            code = code << 6 | u32::from(byte & 0x3F);
            at += width;
        }
        beyond_latin1 |= c > '\u{ff}';
        let smallest = [0, 0, 0x80, 0x800, 0x1_0000].get(length)?;
        let c = char::from_u32(code).filter(|_| code >= *smallest)?;
        let found = traits(c);
        let role = table.role(c);
        if found.rarity > COMMON || led & role.continuation != 0 {
            return None;
        }
        led = role.lead;
        decoded.push(c);
        if found.script != Script::None {
            chain.script = found.script;
        }
        chain.end = at;
        chain.sequences += 1;
    }
    // `Ã?`: what stands right behind may be a byte that was lost.
    let is_cut = bytes.get(chain.end) == Some(&b'?') && bytes.get(chain.end + 1).is_some_and(|b| *b >= 0x80);
    chain.is_latin1 = controls && !beyond_latin1;
    (chain.sequences > 0 && signs > 0 && signs >= letters && !is_cut).then_some(chain)
}
