//! The short way through heavy damage: once a document is settled to be damaged in one page, chains that can be nothing
//! else need no weighing. Owns telling those; the others go the long way.

use super::CodePage;
use super::bytes::Table;
use super::character::{Script, traits};
use super::scan::character_at;
use std::sync::LazyLock;

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

/// Characters up to the last one of the pages that are settled on, U+2122.
const DIRECT: usize = 0x2123;

/// For the pages that are settled on: the byte of every character, and 0x100 if it is a letter.
type DirectTable = [u16; DIRECT];

/// The pages that documents are settled on, the ones that none of their relatives can be mistaken for.
pub(super) const SETTLING: [CodePage; 2] = [CodePage::Windows1252, CodePage::Windows1251];

static DIRECT_TABLES: LazyLock<[Box<DirectTable>; SETTLING.len()]> = LazyLock::new(|| {
    SETTLING.map(|page| {
        let table = Table::new();
        let mut direct = Box::new([0; DIRECT]);
        table.each_role(|character, role| {
            if let Some(place) = direct.get_mut(character) {
                *place = u16::from(role.byte[page.index()]) | u16::from(role.is_letter) << 8;
            }
        });
        direct
    })
});

/// Builds the tables.
pub(super) fn prepare() {
    LazyLock::force(&DIRECT_TABLES);
}

fn direct_table(page: CodePage) -> Option<&'static DirectTable> {
    let at = SETTLING.iter().position(|&settling| settling == page)?;
    DIRECT_TABLES.get(at).map(|table| &**table)
}

/// The most that a character that comes out may be rare.
const COMMON: u8 = 14;

/// Reads the chain of `page` at byte `start` if it is plain: every byte is there, mostly signs stand behind the letters
/// that lead, common characters come out, no layer is below, and nothing is left over behind it.
pub(super) fn read_plain(
    text: &str,
    start: usize,
    page: CodePage,
    decoded: &mut Vec<char>,
) -> Option<PlainChain> {
    decoded.clear();
    let direct = direct_table(page)?;
    let bytes = text.as_bytes();
    let mut chain = PlainChain { end: start, sequences: 0, script: Script::None, is_latin1: false };
    let (mut controls, mut beyond_latin1) = (false, false);
    // What stands behind leads, and how many of it are letters.
    let (mut continuations, mut letters) = (0u32, 0u32);
    // The bytes of the last two characters that came out.
    let mut led = [0u8; 2];
    loop {
        let next = character_at(bytes, chain.end).filter(|(c, _)| !c.is_ascii());
        let Some((c, width)) = next else { break };
        let lead = direct.get(c as usize).map_or(0, |entry| *entry as u8);
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
            let entry = *direct.get(c as usize)?;
            let byte = entry as u8;
            if !(0x80..0xC0).contains(&byte) {
                return None;
            }
            letters += u32::from(entry >> 8);
            continuations += 1;
            controls |= c <= '\u{9f}';
            beyond_latin1 |= c > '\u{ff}';
            code = code << 6 | u32::from(byte & 0x3F);
            at += width;
        }
        beyond_latin1 |= c > '\u{ff}';
        let smallest = [0, 0, 0x80, 0x800, 0x1_0000].get(length)?;
        let c = char::from_u32(code).filter(|_| code >= *smallest)?;
        let found = traits(c);
        if found.rarity > COMMON {
            return None;
        }
        // Below may lie another layer of the same page.
        let below = direct.get(c as usize).map_or(0, |entry| *entry as u8);
        if matches!((led, below), ([_, 0xC2..=0xDF], 0x80..=0xBF) | ([0xE0..=0xF4, 0x80..=0xBF], 0x80..=0xBF))
        {
            return None;
        }
        led = [led[1], below];
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
    (chain.sequences > 0 && continuations > letters && continuations >= letters * 2 && !is_cut)
        .then_some(chain)
}
