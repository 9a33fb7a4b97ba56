//! What a character can be inside a misread UTF-8 sequence: for every code page its byte, and whether that byte leads a
//! sequence or continues one. Owns the look-up by character; must not judge.

use super::code_page::{CodePage, PAGES};
use std::sync::LazyLock;

/// A set of code pages, one bit each, in the order of [`CodePage::ALL`].
pub(super) type Pages = u16;

/// The pages a reading is tried in. Latin-1 is not among them: every Windows page also accepts the control
/// characters 0x80–0x9F as their own bytes (text that went through two decoders mixes both), so Latin-1 is what
/// [`CodePage::Windows1252`] is called when only Latin-1 characters took part.
pub(super) const TRIED: [CodePage; PAGES - 1] = [
    CodePage::Windows1252,
    CodePage::Windows1254,
    CodePage::Windows1250,
    CodePage::Iso8859_2,
    CodePage::Windows1251,
    CodePage::Windows1253,
    CodePage::Windows1257,
    CodePage::MacRoman,
    CodePage::Cp437,
    CodePage::Cp850,
];

/// What a character is in every code page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    /// The pages in which it leads a sequence (bytes 0xC2–0xF4).
    pub lead: Pages,
    /// The pages in which it leads one of three bytes or more (0xE0–0xF4).
    pub long: Pages,
    /// The pages in which it continues one (bytes 0x80–0xBF).
    pub continuation: Pages,
    /// Whether it is a letter.
    pub is_letter: bool,
    /// Its byte in each page, 0 where it has none.
    pub byte: [u8; PAGES],
}

const NOTHING: Role = Role { lead: 0, long: 0, continuation: 0, is_letter: false, byte: [0; PAGES] };

/// Characters a block of the two-level table holds.
const BLOCK: usize = 64;

/// What the scan wants to know of a character of two UTF-8 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Low {
    pub lead: Pages,
    pub long: Pages,
    pub continuation: Pages,
    /// Where it is counted.
    pub counter: u8,
    /// Whether it is a control character 0x80–0x9F, or one that losses are told by.
    pub special: bool,
}

struct Roles {
    /// By the 11 bits of a character of two bytes.
    low: Box<[Low; 0x800]>,
    /// The number of the block for every 64 characters of the BMP.
    blocks: Box<[u8; 0x10000 / BLOCK]>,
    /// The number of the role of each character of a block.
    numbers: Vec<[u16; BLOCK]>,
    roles: Vec<Role>,
}

static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    let nothing = Low { lead: 0, long: 0, continuation: 0, counter: 0, special: false };
    let mut roles = Roles {
        low: Box::new([nothing; 0x800]),
        blocks: Box::new([0; 0x10000 / BLOCK]),
        numbers: vec![[0; BLOCK]],
        roles: vec![NOTHING],
    };
    for page in TRIED {
        // The control characters first: a page that has a character of its own at that byte keeps both.
        let mixed = !matches!(page, CodePage::MacRoman | CodePage::Cp437 | CodePage::Cp850);
        for byte in 0x80..=0xFFu8 {
            if mixed && byte < 0xA0 {
                roles.add(page, char::from(byte), byte);
            }
            roles.add(page, page.decoded(byte), byte);
        }
    }
    for code in 0x80..0x800u32 {
        let Some(c) = char::from_u32(code) else { continue };
        let number = roles.numbers[usize::from(roles.blocks[c as usize / BLOCK])][c as usize % BLOCK];
        let Role { lead, long, continuation, .. } = roles.roles[usize::from(number)];
        let special = c <= '\u{9f}' || matches!(c, 'Ã' | 'Â' | 'â' | 'ã');
        let counter = super::scan::counter(c) as u8;
        roles.low[c as usize] = Low { lead, long, continuation, counter, special };
    }
    roles
});

impl Roles {
    fn add(&mut self, page: CodePage, character: char, byte: u8) {
        let code = character as usize;
        let Some(block) = self.blocks.get_mut(code / BLOCK) else { return };
        if *block == 0 {
            *block = self.numbers.len() as u8;
            self.numbers.push([0; BLOCK]);
        }
        let number = &mut self.numbers[usize::from(*block)][code % BLOCK];
        if *number == 0 {
            *number = self.roles.len() as u16;
            let is_letter = super::character::traits(character).is_letter();
            self.roles.push(Role { is_letter, ..NOTHING });
        }
        let role = &mut self.roles[usize::from(*number)];
        role.byte[page.index()] = byte;
        let bit = 1 << page.index();
        match byte {
            0x80..=0xBF => role.continuation |= bit,
            0xC2..=0xDF => role.lead |= bit,
            0xE0..=0xF4 => {
                role.lead |= bit;
                role.long |= bit;
            }
            _ => {}
        }
    }
}

/// A handle on the table, so that a loop fetches it once.
#[derive(Clone, Copy)]
pub(super) struct Table(&'static Roles);

impl Table {
    pub(super) fn new() -> Self {
        Self(&ROLES)
    }

    /// What the scan wants to know of the character whose UTF-8 bytes are these two.
    #[inline]
    pub(super) fn low(self, first: u8, second: u8) -> Low {
        self.0.low[usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)]
    }

    /// Calls `take` with the number of each character that has a role, and its role.
    pub(super) fn each_role(self, mut take: impl FnMut(usize, &Role)) {
        for (block, &number) in self.0.blocks.iter().enumerate().filter(|(_, number)| **number != 0) {
            for (at, &role) in
                self.0.numbers[usize::from(number)].iter().enumerate().filter(|(_, r)| **r != 0)
            {
                take(block * BLOCK + at, &self.0.roles[usize::from(role)]);
            }
        }
    }

    /// The role of a character.
    #[inline]
    pub(super) fn role(self, character: char) -> &'static Role {
        let code = character as usize;
        let block = self.0.blocks.get(code / BLOCK).copied().unwrap_or(0);
        let number = self.0.numbers[usize::from(block)][code % BLOCK];
        &self.0.roles[usize::from(number)]
    }
}
