//! Control characters 0x80–0x9F that are characters of Windows-1252, or of Mac Roman: bytes that were read as Latin-1.
//! Owns their repair; those inside UTF-8 sequences are read in `reading`.

use super::character::{Kind, traits};
use super::reading::sides_of;
use super::strangeness::{Places, strangeness};
use super::{CodePage, Damage, Repair, repair_between};

/// What Mac Roman, which is rarer, must have ahead of Windows-1252.
const RARER: i32 = 30;

/// The repairs of the control characters that start at `places` (bytes).
pub(super) fn control_repairs(text: &str, places: &[usize]) -> Vec<Repair> {
    let strange = |page: CodePage| -> i32 {
        let found = places.iter().filter_map(|&at| {
            // A byte that Windows-1252 has no character for speaks for no page.
            decoded(text, at, CodePage::Windows1252).filter(|&c| traits(c).kind != Kind::Control)?;
            Some(strangeness(&[decoded(text, at, page)?], sides_of(text, at, at + 2), Places::Full))
        });
        found.sum()
    };
    let page = if strange(CodePage::MacRoman) + RARER < strange(CodePage::Windows1252) {
        CodePage::MacRoman
    } else {
        CodePage::Windows1252
    };
    places.iter().filter_map(|&at| control_repair(text, at, page)).collect()
}

fn decoded(text: &str, at: usize, page: CodePage) -> Option<char> {
    let c = text.get(at..)?.chars().next()?;
    Some(page.decoded(u8::try_from(u32::from(c)).ok()?))
}

fn control_repair(text: &str, at: usize, page: CodePage) -> Option<Repair> {
    let character = decoded(text, at, page)?;
    let found = traits(character);
    if found.kind == Kind::Control {
        return None;
    }
    let sides = sides_of(text, at, at + 2);
    if page == CodePage::MacRoman && !(found.is_letter() && traits(sides.before[1]).is_letter()) {
        return None;
    }
    // U+0085 is a line end of its own (NEL): between letters it stands for one.
    if character == '…' && traits(sides.before[1]).is_letter() && traits(sides.after[0]).is_letter() {
        return None;
    }
    repair_between(text, at, at + 2, page, 1, Damage::Control, character.encode_utf8(&mut [0; 4]))
}
