//! The code pages UTF-8 is misread in, and which byte each of them writes for a character.
//! Owns the tables; must not know what damage looks like.
//!
//! Sources: `encoding_rs` (the mappings of the [WHATWG Encoding Standard](https://encoding.spec.whatwg.org/)) for all
//! but cp437 and cp850, which browsers do not know: those are spelled out below from the
//! [mappings of the Unicode Consortium](https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/).
//!
//! The pages are *sloppy*, as ftfy calls it: a byte without a character stands for the control character of the same
//! number, because that is what decoders do with it (0x81, 0x8D, 0x8F, 0x90 and 0x9D in Windows-1252, for example).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::LazyLock;

/// A code page in which UTF-8 was misread.
///
/// Its [name](CodePage::name) is the label of the WHATWG Encoding Standard, or for cp437 and cp850 the name IANA registered.
///
/// ```
/// use mdscrub::mojibake::CodePage;
/// assert_eq!(CodePage::Windows1252.decoded(0x80), '€');
/// assert_eq!(CodePage::Windows1252.decoded(0x81), '\u{81}');
/// assert_eq!(CodePage::MacRoman.byte('√'), Some(0xC3));
/// assert_eq!(CodePage::Latin1.to_string(), "iso-8859-1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CodePage {
    /// Western European, of Windows.
    Windows1252,
    /// ISO 8859-1 with its control characters.
    Latin1,
    /// Turkish, of Windows.
    Windows1254,
    /// Central European, of Windows.
    Windows1250,
    /// ISO 8859-2, Central European.
    Iso8859_2,
    /// Cyrillic, of Windows.
    Windows1251,
    /// Greek, of Windows.
    Windows1253,
    /// Baltic, of Windows.
    Windows1257,
    /// Western European, of the classic Mac OS.
    MacRoman,
    /// The first one of DOS, with box drawings.
    Cp437,
    /// Western European, of DOS.
    Cp850,
}

/// How many code pages there are.
pub(super) const PAGES: usize = 11;

/// The upper half of cp437, 0x80 to 0xFF.
const CP437: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The upper half of cp850, 0x80 to 0xFF.
const CP850: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl CodePage {
    /// All of them, the likeliest first.
    pub const ALL: [CodePage; PAGES] = [
        CodePage::Windows1252,
        CodePage::Latin1,
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

    /// Its name: a WHATWG label, or the name IANA registered.
    pub const fn name(self) -> &'static str {
        match self {
            CodePage::Windows1252 => "windows-1252",
            CodePage::Latin1 => "iso-8859-1",
            CodePage::Windows1254 => "windows-1254",
            CodePage::Windows1250 => "windows-1250",
            CodePage::Iso8859_2 => "iso-8859-2",
            CodePage::Windows1251 => "windows-1251",
            CodePage::Windows1253 => "windows-1253",
            CodePage::Windows1257 => "windows-1257",
            CodePage::MacRoman => "macintosh",
            CodePage::Cp437 => "cp437",
            CodePage::Cp850 => "cp850",
        }
    }

    /// The character that `byte` stands for. Bytes below 0x80 are ASCII in every page.
    pub fn decoded(self, byte: u8) -> char {
        if byte < 0x80 { byte as char } else { TABLES[self.index()][usize::from(byte & 0x7F)] }
    }

    /// The byte that stands for `character`, `None` where the page has none.
    pub fn byte(self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return Some(character as u8);
        }
        let at = TABLES[self.index()].iter().position(|&c| c == character)?;
        u8::try_from(at).ok().map(|at| at | 0x80)
    }

    /// Its number, the position in [`CodePage::ALL`].
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// Whether 0xA0 is the no-break space, as in all pages of Windows and ISO.
    pub(super) const fn has_nbsp_at_a0(self) -> bool {
        !matches!(self, CodePage::MacRoman | CodePage::Cp437 | CodePage::Cp850)
    }
}

impl fmt::Display for CodePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The upper half of every page, in the order of [`CodePage::ALL`].
static TABLES: LazyLock<[[char; 128]; PAGES]> = LazyLock::new(|| CodePage::ALL.map(upper_half));

fn upper_half(page: CodePage) -> [char; 128] {
    let encoding = match page {
        CodePage::Windows1252 => encoding_rs::WINDOWS_1252,
        CodePage::Windows1254 => encoding_rs::WINDOWS_1254,
        CodePage::Windows1250 => encoding_rs::WINDOWS_1250,
        CodePage::Iso8859_2 => encoding_rs::ISO_8859_2,
        CodePage::Windows1251 => encoding_rs::WINDOWS_1251,
        CodePage::Windows1253 => encoding_rs::WINDOWS_1253,
        CodePage::Windows1257 => encoding_rs::WINDOWS_1257,
        CodePage::MacRoman => encoding_rs::MACINTOSH,
        CodePage::Latin1 => return std::array::from_fn(same_number),
        CodePage::Cp437 => return spelled_out(CP437),
        CodePage::Cp850 => return spelled_out(CP850),
    };
    let bytes: [u8; 128] = std::array::from_fn(|at| at as u8 | 0x80);
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    // one character for each byte: none of these pages has sequences
    let mut characters = text.chars();
    std::array::from_fn(|at| {
        match characters.next() {
            None | Some('\u{FFFD}') => same_number(at),
            // Where the standard has a private character, the page has none.
            Some(c) if page != CodePage::MacRoman && ('\u{E000}'..='\u{F8FF}').contains(&c) => {
                same_number(at)
            }
            Some(c) => c,
        }
    })
}

fn same_number(at: usize) -> char {
    char::from(at as u8 | 0x80)
}

fn spelled_out(characters: &str) -> [char; 128] {
    let mut characters = characters.chars();
    std::array::from_fn(|at| characters.next().unwrap_or_else(|| same_number(at)))
}
