//! What a character is to a reader: a letter of which script and case, a mark, a symbol; how often it is met in
//! articles, and where it may stand. Owns those facts (weights in tenths of a bit, roughly); must not know code pages.

use std::sync::LazyLock;

/// What kind of character it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// White space, or the edge of the text.
    Space,
    /// A digit of any script.
    Digit,
    /// A letter in lower case.
    Lower,
    /// A letter in upper case.
    Upper,
    /// A letter of a script without case.
    Letter,
    /// A combining mark.
    Mark,
    /// ASCII punctuation.
    Ascii,
    /// Punctuation that is common in prose: quotes, dashes, the ellipsis.
    Punctuation,
    /// Any other symbol.
    Symbol,
    /// A mathematical sign.
    Math,
    /// Box drawings and blocks.
    Box,
    /// Emoji and dingbats.
    Picture,
    /// Invisible format characters.
    Format,
    /// Control characters 0x80–0x9F.
    Control,
    /// U+FFFD.
    Lost,
    /// A hole, U+FFFC: code, a URL, anything may stand there.
    Hole,
    /// Private, unassigned, or of scripts articles are not written in.
    Strange,
}

/// Scripts, as far as they matter: letters of two scripts do not stand in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Script {
    None,
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    EastAsian,
    Indic,
    Thai,
    Other,
}

/// How many scripts there are.
pub(super) const SCRIPTS: usize = 10;

/// What is known of one character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    pub kind: Kind,
    pub script: Script,
    /// How unexpected the character is by itself.
    pub rarity: u8,
    /// How unexpected it is right after a letter, at a word's end.
    pub after: u8,
    /// How unexpected it is right before a letter, at a word's start.
    pub before: u8,
    /// How unexpected it is between two letters.
    pub between: u8,
}

impl Traits {
    const fn letter(kind: Kind, script: Script, rarity: u8) -> Self {
        Self { kind, script, rarity, after: 0, before: 0, between: 0 }
    }

    const fn symbol(kind: Kind, rarity: u8, after: u8, before: u8, between: u8) -> Self {
        Self { kind, script: Script::None, rarity, after, before, between }
    }

    pub(super) const fn is_letter(self) -> bool {
        matches!(self.kind, Kind::Lower | Kind::Upper | Kind::Letter)
    }

    /// Whether words of it are set apart by spaces, so that what touches it matters.
    pub(super) const fn is_word_letter(self) -> bool {
        self.is_letter() && !matches!(self.script, Script::EastAsian | Script::Thai)
    }
}

/// The traits of `character`.
#[inline]
pub(super) fn traits(character: char) -> Traits {
    match LOW.get(character as usize) {
        Some(traits) => *traits,
        None => traits_of_high(character),
    }
}

/// Below U+3000 everything is looked up.
static LOW: LazyLock<Vec<Traits>> = LazyLock::new(|| {
    (0..0x3000u32).map(|code| char::from_u32(code).map_or(STRANGE, traits_of_low)).collect()
});

const STRANGE: Traits = Traits::symbol(Kind::Strange, 60, 20, 20, 20);

fn traits_of_low(c: char) -> Traits {
    match c {
        '\t' | '\n' | '\r' | ' ' | '\u{b}' | '\u{c}' => Traits::symbol(Kind::Space, 0, 0, 0, 0),
        '0'..='9' => Traits::symbol(Kind::Digit, 0, 0, 0, 0),
        'a'..='z' => Traits::letter(Kind::Lower, Script::Latin, 0),
        'A'..='Z' => Traits::letter(Kind::Upper, Script::Latin, 0),
        '\0'..='\u{7f}' => Traits::symbol(Kind::Ascii, 0, 0, 0, 0),
        '\u{80}'..='\u{9f}' => Traits::symbol(Kind::Control, 60, 0, 0, 0),
        '\u{a0}'..='\u{bf}' | '×' | '÷' => traits_of_latin1_symbol(c),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => traits_of_latin(c),
        'ə' => Traits::letter(Kind::Lower, Script::Latin, 15),
        '\u{250}'..='\u{2af}' => Traits::letter(Kind::Lower, Script::Latin, 60),
        'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' => Traits::symbol(Kind::Symbol, 15, 0, 0, 0),
        'ˈ' | 'ˌ' | 'ː' => Traits::symbol(Kind::Symbol, 30, 0, 0, 0),
        '\u{2b0}'..='\u{2ff}' => Traits::symbol(Kind::Symbol, 40, 35, 35, 50),
        '\u{300}'..='\u{338}' => Traits::symbol(Kind::Mark, 14, 0, 0, 0),
        '\u{339}'..='\u{36f}' => Traits::symbol(Kind::Mark, 30, 0, 0, 0),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => traits_of_greek(c),
        '\u{400}'..='\u{52f}' => traits_of_cyrillic(c),
        '\u{531}'..='\u{556}' => Traits::letter(Kind::Upper, Script::Other, 45),
        '\u{561}'..='\u{587}' => Traits::letter(Kind::Lower, Script::Other, 30),
        '\u{5d0}'..='\u{5ea}' => Traits::letter(Kind::Letter, Script::Hebrew, 4),
        '\u{591}'..='\u{5c7}' => Traits::symbol(Kind::Mark, 25, 0, 0, 0),
        '׳' | '״' => Traits::symbol(Kind::Punctuation, 10, 3, 5, 5),
        '\u{600}'..='\u{6ff}' => traits_of_arabic(c),
        '\u{900}'..='\u{97f}' if c != '\u{978}' => Traits::letter(Kind::Letter, Script::Indic, 5),
        '\u{981}'..='\u{d7f}' => Traits::letter(Kind::Letter, Script::Indic, 8),
        '\u{d81}'..='\u{df4}' => Traits::letter(Kind::Letter, Script::Indic, 12),
        '\u{e01}'..='\u{e5b}' if !('\u{e3b}'..'\u{e3f}').contains(&c) => {
            Traits::letter(Kind::Letter, Script::Thai, 4)
        }
        '\u{e81}'..='\u{edf}' => Traits::letter(Kind::Letter, Script::Thai, 15),
        '\u{f00}'..='\u{fda}' => Traits::letter(Kind::Letter, Script::Other, 25),
        '\u{1000}'..='\u{109f}' => Traits::letter(Kind::Letter, Script::Thai, 15),
        '\u{10d0}'..='\u{10ff}' => Traits::letter(Kind::Letter, Script::Other, 12),
        '\u{1100}'..='\u{11ff}' => Traits::letter(Kind::Letter, Script::EastAsian, 50),
        '\u{1200}'..='\u{137c}' => Traits::letter(Kind::Letter, Script::Other, 30),
        '\u{1780}'..='\u{17f9}' => Traits::letter(Kind::Letter, Script::Thai, 15),
        '\u{2000}'..='\u{206f}' => traits_of_general_punctuation(c),
        '€' => Traits::symbol(Kind::Symbol, 3, 35, 25, 50),
        '₹' | '₽' | '₴' | '₺' | '₪' | '₩' | '₫' | '₱' | '₿' | '₦' => {
            Traits::symbol(Kind::Symbol, 8, 35, 25, 50)
        }
        '\u{2070}'..='\u{209c}' => Traits::symbol(Kind::Symbol, 12, 15, 30, 30),
        '\u{20a0}'..='\u{20c0}' => Traits::symbol(Kind::Symbol, 25, 35, 25, 50),
        '™' => Traits::symbol(Kind::Symbol, 4, 8, 40, 50),
        '№' => Traits::symbol(Kind::Symbol, 4, 25, 10, 45),
        '\u{2100}'..='\u{214f}' => Traits::symbol(Kind::Symbol, 15, 20, 20, 45),
        '\u{2150}'..='\u{218b}' => Traits::symbol(Kind::Symbol, 15, 30, 30, 45),
        '\u{2190}'..='\u{21ff}' => Traits::symbol(Kind::Symbol, 6, 20, 20, 30),
        '−' | '≤' | '≥' | '≠' | '≈' => Traits::symbol(Kind::Math, 6, 25, 15, 40),
        '√' | '∞' | '∑' | '∂' | '∆' | '∏' | '∫' | '◊' => {
            Traits::symbol(Kind::Math, 10, 25, 12, 45)
        }
        '\u{2200}'..='\u{22ff}' => Traits::symbol(Kind::Math, 12, 25, 15, 40),
        '\u{2300}'..='\u{23ff}' => Traits::symbol(Kind::Symbol, 12, 20, 20, 35),
        '\u{2400}'..='\u{245f}' => Traits::symbol(Kind::Symbol, 30, 20, 20, 35),
        '\u{2460}'..='\u{24ff}' => Traits::symbol(Kind::Symbol, 8, 15, 5, 30),
        '\u{2500}'..='\u{259f}' => Traits::symbol(Kind::Box, 12, 30, 30, 45),
        '\u{25a0}'..='\u{25ff}' => Traits::symbol(Kind::Picture, 8, 20, 15, 35),
        '\u{2600}'..='\u{27bf}' => Traits::symbol(Kind::Picture, 5, 15, 15, 30),
        '\u{27c0}'..='\u{27ff}' | '\u{2900}'..='\u{2aff}' => Traits::symbol(Kind::Math, 20, 25, 15, 40),
        '\u{2800}'..='\u{28ff}' => Traits::symbol(Kind::Symbol, 25, 25, 25, 40),
        '\u{2b00}'..='\u{2bff}' => Traits::symbol(Kind::Picture, 8, 15, 15, 30),
        '\u{2e80}'..='\u{2fd5}' => Traits::letter(Kind::Letter, Script::EastAsian, 50),
        _ => STRANGE,
    }
}

fn traits_of_high(c: char) -> Traits {
    match c {
        '\u{3000}'..='\u{303f}' => Traits::symbol(Kind::Punctuation, 4, 5, 5, 10),
        '\u{3041}'..='\u{30ff}' => Traits::letter(Kind::Letter, Script::EastAsian, 3),
        '\u{3105}'..='\u{318e}' => Traits::letter(Kind::Letter, Script::EastAsian, 25),
        '\u{3190}'..='\u{33ff}' => Traits::symbol(Kind::Symbol, 20, 5, 5, 10),
        '\u{3400}'..='\u{4dbf}' => Traits::letter(Kind::Letter, Script::EastAsian, 40),
        '\u{4e00}'..='\u{9fff}' => Traits::letter(Kind::Letter, Script::EastAsian, 6),
        '\u{ac00}'..='\u{d7a3}' => Traits::letter(Kind::Letter, Script::EastAsian, 6),
        '\u{f900}'..='\u{faff}' => Traits::letter(Kind::Letter, Script::EastAsian, 45),
        'ﬁ' | 'ﬂ' => Traits::letter(Kind::Lower, Script::Latin, 10),
        '\u{fb00}'..='\u{fb06}' => Traits::letter(Kind::Lower, Script::Latin, 15),
        '\u{fb1d}'..='\u{fb4f}' => Traits::letter(Kind::Letter, Script::Hebrew, 25),
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Traits::letter(Kind::Letter, Script::Arabic, 30),
        '\u{fe0e}' | '\u{fe0f}' => Traits::symbol(Kind::Mark, 3, 0, 0, 0),
        '\u{fe30}'..='\u{fe4f}' => Traits::symbol(Kind::Punctuation, 20, 5, 5, 10),
        '\u{feff}' => Traits::symbol(Kind::Format, 6, 0, 0, 0),
        '\u{ff01}'..='\u{ff5e}' => Traits::symbol(Kind::Punctuation, 4, 5, 5, 10),
        '\u{ff61}'..='\u{ff9f}' => Traits::letter(Kind::Letter, Script::EastAsian, 20),
        '\u{fffc}' => Traits::symbol(Kind::Hole, 0, 0, 0, 0),
        '\u{fffd}' => Traits::symbol(Kind::Lost, 25, 0, 0, 0),
        '\u{1f000}'..='\u{1faff}' => Traits::symbol(Kind::Picture, 4, 10, 10, 15),
        '\u{1d400}'..='\u{1d7ff}' => Traits::symbol(Kind::Symbol, 15, 5, 5, 5),
        '\u{20000}'..='\u{2fa1f}' => Traits::letter(Kind::Letter, Script::EastAsian, 45),
        _ => STRANGE,
    }
}

fn traits_of_latin1_symbol(c: char) -> Traits {
    let (kind, rarity, after, before, between) = match c {
        '\u{a0}' => return Traits::symbol(Kind::Space, 3, 0, 0, 5),
        '¡' | '¿' => (Kind::Symbol, 6, 45, 2, 50),
        '¢' | '£' | '¥' => (Kind::Symbol, 5, 40, 25, 50),
        '¤' => (Kind::Symbol, 40, 40, 40, 50),
        '¦' => (Kind::Symbol, 30, 40, 40, 50),
        '§' | '¶' => (Kind::Symbol, 8, 35, 15, 50),
        '¨' | '¯' | '¸' => (Kind::Symbol, 40, 35, 35, 50),
        '´' => (Kind::Symbol, 12, 25, 15, 35),
        '©' => (Kind::Symbol, 4, 25, 20, 50),
        '®' => (Kind::Symbol, 4, 5, 40, 50),
        'ª' | 'º' => (Kind::Symbol, 10, 20, 35, 45),
        '«' => (Kind::Punctuation, 4, 10, 3, 40),
        '»' => (Kind::Punctuation, 4, 3, 10, 40),
        '¬' => (Kind::Math, 25, 30, 15, 45),
        '\u{ad}' => (Kind::Format, 20, 15, 10, 5),
        '°' => (Kind::Symbol, 3, 25, 30, 50),
        '±' => (Kind::Math, 5, 40, 35, 50),
        '¹' => (Kind::Symbol, 10, 15, 40, 45),
        '²' | '³' => (Kind::Symbol, 7, 15, 40, 45),
        'µ' => (Kind::Symbol, 6, 40, 5, 45),
        '·' => (Kind::Symbol, 8, 20, 20, 15),
        '¼' | '½' | '¾' => (Kind::Symbol, 5, 35, 35, 50),
        _ => (Kind::Math, 5, 25, 25, 40), // × ÷
    };
    Traits::symbol(kind, rarity, after, before, between)
}

fn traits_of_latin(c: char) -> Traits {
    let kind = if c.is_uppercase() { Kind::Upper } else { Kind::Lower };
    let lower = match c {
        'é' => 2,
        'ù' | 'ì' | 'û' | 'ï' | 'ë' | 'ò' | 'õ' => 5,
        'å' => 6,
        'ß' | 'à'..='ä' | 'æ'..='ö' | 'ø'..='ü' | 'À'..='Ö' | 'Ø'..='Ü' => 3,
        'ý' | 'þ' | 'ÿ' | 'Ý' | 'Þ' | 'Ÿ' => 6,
        'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' => 14,
        'ĉ' | 'Ĉ' | 'ĝ' | 'Ĝ' | 'ĥ' | 'Ĥ' | 'ĵ' | 'Ĵ' | 'ŝ' | 'Ŝ' | 'ŭ' | 'Ŭ' | 'ŧ' | 'Ŧ' | 'ŋ' | 'Ŋ'
        | 'ħ' | 'Ħ' | 'ŵ' | 'Ŵ' | 'ŷ' | 'Ŷ' => 18,
        'ĕ' | 'Ĕ' | 'ĭ' | 'Ĭ' | 'ŏ' | 'Ŏ' | 'ĸ' | 'ŉ' | 'ĳ' | 'Ĳ' | 'ŗ' | 'Ŗ' | 'ġ' | 'Ġ' | 'ċ' | 'Ċ' => {
            22
        }
        'ĺ' | 'Ĺ' | 'ŕ' | 'Ŕ' => 12,
        'ŀ' | 'Ŀ' => 35,
        'ſ' => 100,
        '\u{100}'..='\u{17f}' => 5,
        'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ș' | 'Ș' | 'ț' | 'Ț' => 4,
        'Ə' => 15,
        'ǎ' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǚ' | 'ǧ' | 'ǵ' | 'ȷ' => 25,
        '\u{180}'..='\u{24f}' => 60,
        '\u{1ea0}'..='\u{1ef9}' => 4,
        'ẞ' => 6,
        'ẁ' | 'ẃ' | 'ẅ' | 'ḥ' | 'ṣ' | 'ṭ' | 'ṛ' | 'ṇ' | 'ḍ' | 'ṃ' | 'Ḥ' | 'Ṣ' | 'Ṭ' => {
            18
        }
        _ => 35,
    };
    let rarity = if kind == Kind::Upper { lower + 8 } else { lower };
    Traits::letter(kind, Script::Latin, rarity)
}

fn traits_of_greek(c: char) -> Traits {
    let rarity = match c {
        'ΐ' | 'ΰ' => 20,
        'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='ώ' => 4,
        '΄' | '΅' | '·' => return Traits::symbol(Kind::Symbol, 20, 10, 10, 40),
        'Ͱ'..='Ͽ' => 50,
        _ => 25,
    };
    if c.is_uppercase() {
        Traits::letter(Kind::Upper, Script::Greek, if rarity == 4 { 10 } else { rarity })
    } else if c.is_lowercase() {
        Traits::letter(Kind::Lower, Script::Greek, rarity)
    } else {
        STRANGE
    }
}

fn traits_of_cyrillic(c: char) -> Traits {
    let rarity = match c {
        '\u{410}'..='\u{44f}' => 4,
        'ё' | 'Ё' | 'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ў' | 'Ў' => 5,
        '\u{402}'..='\u{40f}' | '\u{452}'..='\u{45f}' if !matches!(c, 'Ѝ' | 'ѝ') => 8,
        'ґ' | 'Ґ' => 8,
        'ғ' | 'Ғ' | 'қ' | 'Қ' | 'ң' | 'Ң' | 'ү' | 'Ү' | 'ұ' | 'Ұ' | 'һ' | 'Һ' | 'ә' | 'Ә' | 'ө' | 'Ө'
        | 'җ' | 'Җ' | 'ҳ' | 'Ҳ' | 'ҷ' | 'Ҷ' | 'ӣ' | 'Ӣ' | 'ӯ' | 'Ӯ' => 15,
        'ѐ' | 'Ѐ' | 'ѝ' | 'Ѝ' => 22,
        _ => 50,
    };
    if c.is_uppercase() {
        Traits::letter(Kind::Upper, Script::Cyrillic, rarity + 5)
    } else if c.is_lowercase() {
        Traits::letter(Kind::Lower, Script::Cyrillic, rarity)
    } else {
        STRANGE
    }
}

fn traits_of_arabic(c: char) -> Traits {
    match c {
        '\u{620}' => Traits::letter(Kind::Letter, Script::Arabic, 40),
        'ـ' => Traits::letter(Kind::Letter, Script::Arabic, 12),
        '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' => Traits::letter(Kind::Letter, Script::Arabic, 3),
        '\u{64b}'..='\u{655}' | '\u{670}' => Traits::symbol(Kind::Mark, 14, 0, 0, 0),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Traits::symbol(Kind::Digit, 8, 0, 0, 0),
        '،' | '؛' | '؟' | '٪' => Traits::symbol(Kind::Punctuation, 6, 3, 20, 30),
        'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' | 'ہ' | 'ے' | 'ں' | 'ٹ' | 'ڈ' | 'ڑ' | 'ھ' | 'ۂ' | 'ۓ' => {
            Traits::letter(Kind::Letter, Script::Arabic, 8)
        }
        '\u{66e}'..='\u{6d3}' => Traits::letter(Kind::Letter, Script::Arabic, 50),
        _ => STRANGE,
    }
}

fn traits_of_general_punctuation(c: char) -> Traits {
    let (kind, rarity, after, before, between) = match c {
        '’' => (Kind::Punctuation, 2, 3, 5, 2),
        '‘' => (Kind::Punctuation, 3, 10, 3, 30),
        '“' => (Kind::Punctuation, 2, 10, 2, 40),
        '”' => (Kind::Punctuation, 2, 3, 20, 40),
        '„' => (Kind::Punctuation, 4, 35, 3, 45),
        '‚' => (Kind::Punctuation, 14, 25, 5, 45),
        '‹' | '›' => (Kind::Punctuation, 10, 10, 10, 45),
        '–' | '—' => (Kind::Punctuation, 2, 10, 10, 8),
        '‐' | '‑' => (Kind::Punctuation, 8, 5, 10, 5),
        '‒' | '―' => (Kind::Punctuation, 15, 10, 10, 8),
        '…' => (Kind::Punctuation, 2, 3, 5, 20),
        '•' => (Kind::Symbol, 4, 25, 12, 40),
        '†' | '‡' => (Kind::Symbol, 14, 12, 25, 45),
        '‰' => (Kind::Symbol, 12, 35, 40, 50),
        '′' | '″' => (Kind::Symbol, 8, 10, 20, 30),
        '⁄' => (Kind::Symbol, 15, 15, 15, 20),
        '\u{2002}'..='\u{200a}' | '\u{202f}' => (Kind::Space, 10, 0, 0, 5),
        '\u{2028}' | '\u{2029}' => (Kind::Space, 14, 0, 0, 5),
        '\u{200b}' => (Kind::Format, 5, 0, 0, 0),
        '\u{200c}'..='\u{200f}' | '\u{2060}' => (Kind::Format, 8, 0, 0, 0),
        '\u{2010}'..='\u{205e}' => (Kind::Symbol, 20, 15, 15, 35),
        _ => (Kind::Format, 30, 10, 10, 10),
    };
    Traits::symbol(kind, rarity, after, before, between)
}
