//! [`Language`]: which language a document is written in, as its function words tell.
//! Owns the words; must not judge damage. It is used to know words that were glued and the typography of French.

use crate::document::{Document, Flags, Kind};
use std::sync::LazyLock;

/// How many words of a document are looked at.
const SAMPLE: usize = 600;

/// ISO 639-1 code and function words of a language. Letters that are also plural endings or case endings of acronyms (`s`) are no words
/// here; single letters only where they are words.
const FUNCTION_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the and of to a in is it you that for on with as are be this your from or at by not can have an if will when then \
         into its was but we they has also which more their how use any all so do does only what there may up out some after \
         other than these no our via here under over about between should i my he she while where until before right just now \
         both each every within without named called next whose",
    ),
    (
        "de",
        "der die das und in zu den mit von ist des im auf für ein eine nicht sie es sich dem auch als an werden aus er hat dass \
         oder wird bei einer um am sind noch wie einem über einen so zum war nur wenn nach dann kann ihr ihre zur bis durch \
         vor unter können haben diese dieser dieses ich wir sehr hier zwischen gegen ohne danach vom beim ins",
    ),
    (
        "fr",
        "le la les de des du et un une en est que qui dans pour sur avec au aux ce cette ces pas ne plus par vous votre vos il \
         elle ils nous ou où sont son sa ses se si mais comme être avoir fait tout tous puis ensuite sous sans entre vers chez \
         voici voilà après avant ici très à y leur leurs donc l d c qu",
    ),
    (
        "es",
        "el la los las de del y en un una que es se por con para al lo su sus como más o pero este esta esto si no ya le les hay \
         también cuando desde hasta sobre entre donde muy sin todo todos según después luego son está ser a e u tu mi qué",
    ),
    (
        "pt",
        "o a os as de do da dos das e em um uma que é se por com para no na nos nas ao aos à às como mais ou mas seu sua seus suas \
         este esta isto não já também quando até sobre entre onde muito sem depois são está ser pelo pela você num numa foi",
    ),
    (
        "it",
        "il lo la i gli le di del della dei delle dello degli e in un una che è si per con al alla ai alle allo da dal dalla nel \
         nella nei nelle sul sulla su come più o ma non questo questa se anche quando fino tra fra dove molto senza dopo sono \
         essere poi ed ad vostro tuo ne ci a quindi",
    ),
    (
        "nl",
        "de het een en van in is op te dat die voor met zijn niet aan er om ook als dan maar bij of naar uit wordt door over tot \
         kan je u uw hij ze wij nog deze dit daar hier onder tussen zonder na wanneer worden heeft hebben meer",
    ),
    (
        "pl",
        "i w z na do się nie to jest że o jak po od za dla ale czy oraz lub przez przy pod nad przed bez ze we są był może już \
         tylko także tym tej ten ta te aby więc gdy a u które który która następnie potem między ich jej jego",
    ),
    (
        "cs",
        "a v na se je to že s z do o i pro k ve si ale za po od nebo jako jak by tak aby který která které podle při není jsou \
         může jen také pak poté před mezi pod nad bez u ze ke až už",
    ),
    (
        "ru",
        "и в на не что с по для это как к от из или а но за у о вы же его так при если до то все мы они был есть может только \
         также после затем под над между через без ещё чтобы когда где со во ваш вашем этот эта эти потом об обо она он",
    ),
    (
        "uk",
        "і в на не що з по для це як до від із або а але за у о ви ж його так при якщо та ми вони є може тільки також після потім \
         під над між через без ще щоб коли де зі й цей ця ці він вона",
    ),
    (
        "sv",
        "och i att det som en på är av för med till den har de inte om ett kan från men eller vid så du din ditt när hur under över \
         efter sedan utan mellan också detta denna vi ni att där här",
    ),
    (
        "da",
        "og i at det som en på er af for med til den har de ikke om et kan fra men eller ved så du din dit når hvordan under over \
         efter derefter uden mellem også dette denne vi der her",
    ),
    (
        "no",
        "og i å det som en på er av for med til den har de ikke om et kan fra men eller ved så du din ditt når hvordan under over \
         etter deretter uten mellom også dette denne vi der her",
    ),
    (
        "fi",
        "ja on ei että se joka mutta tai kun jos niin myös kuin ovat voi sen sitten hän ne tämä tässä sekä vain jälkeen ennen kanssa \
         ilman mukaan",
    ),
    (
        "hu",
        "a az és hogy nem is egy van meg ez azt de vagy ha már csak mint el ki be fel majd után előtt alatt között nélkül kell lehet \
         ezt itt ott",
    ),
    (
        "tr",
        "ve bir bu için ile de da ne çok gibi daha olarak sonra kadar veya ama en ise olan her değil mi önce şu o ya hem üzerinde",
    ),
    (
        "ro",
        "și în de la cu pe nu un o este care să din pentru sau mai ce se sunt dar ca dacă prin după apoi între fără până al a ai \
         ale unei unui",
    ),
    (
        "el",
        "και το η ο να του της τα την στο στη στην για με από που είναι δεν θα οι τον των ή αν αλλά όταν μετά πριν σε σας ένα μια στα",
    ),
    (
        "id",
        "dan yang di ke dari untuk dengan pada ini itu adalah tidak atau akan dapat anda juga oleh sebagai dalam setelah kemudian \
         jika saat bisa lalu klik",
    ),
    (
        "vi",
        "và của là có trong cho các được không một với để này khi đã bạn từ những vào sau đó hoặc trên nếu thì ra lại như",
    ),
    ("ar", "في من على إلى أن عن هذا هذه التي الذي ثم أو لا ما مع كل بعد قبل هو هي كان إذا حتى بين"),
    ("he", "של את על לא זה עם הוא היא או אם גם כל כי אבל אחרי לפני בין אל"),
    ("hi", "और के में की है को से का पर यह कि एक नहीं हैं या भी तो कर लिए फिर जब बाद करें ने इस"),
    ("fa", "و در به از که این است را با برای آن یک تا بر هم یا اگر پس روی سپس داخل هر شما کنید شود بعد"),
];

/// What function words of a language are besides: endings of its nouns, adjectives and verbs, as its grammars list them; with some that are
/// no words. Behind a span they tell words from endings no more: `**Excel**u`, `**Freund**in`.
const ENDINGS: &[(&str, &str)] = &[
    ("de", "in innen en er es e n s"),
    ("nl", "en je er in"),
    ("sv", "en et"),
    ("da", "en et er"),
    ("no", "en et er"),
    ("es", "a e o os as"),
    ("pt", "a e o os as"),
    ("it", "a e i o"),
    ("ro", "a o al ei"),
    ("pl", "a i o u"),
    ("cs", "a i o u"),
    ("ru", "а и о у его"),
    ("uk", "а і о у й"),
    ("el", "ο η οι"),
    ("hu", "a"),
    ("tr", "da de ta te ya ki mi"),
];

/// Whether French has a letter, in lower case.
pub(crate) fn is_french_letter(letter: char) -> bool {
    letter.is_ascii() || "àâæçéèêëîïôœùûüÿ".contains(letter)
}

/// The hashes of words to the languages that have them, as bits: half of the places at least are empty.
static BY_WORD: LazyLock<Vec<(u64, u32)>> = LazyLock::new(|| {
    let mut table = vec![(0, 0); SLOTS];
    for (index, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            let hash = hash(word);
            let mut at = hash as usize % SLOTS;
            while table.get(at).is_some_and(|slot| slot.1 != 0 && slot.0 != hash) {
                at = (at + 1) % SLOTS;
            }
            if let Some(slot) = table.get_mut(at) {
                *slot = (hash, slot.1 | 1 << index);
            }
        }
    }
    table
});

/// How many places the table of words has.
const SLOTS: usize = 4096;

/// Builds the table of words, so that no text has to wait for it.
pub(crate) fn prepare() {
    LazyLock::force(&BY_WORD);
}

/// A number that tells words apart, in lower case and capitals the same (FNV-1a, 64 bits: two of a text's words share one by chance
/// once in 10^14 texts).
fn hash(word: &str) -> u64 {
    if word.contains('Σ') {
        // its small letter depends on where it stands
        return word.to_lowercase().bytes().fold(FIRST, with_byte);
    }
    word.chars().fold(FIRST, with_char)
}

/// The hash of nothing.
const FIRST: u64 = 0xcbf2_9ce4_8422_2325;

#[inline]
const fn with_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// What is no letter in [`SMALL`].
const NO_LETTER: u8 = 0;
/// What may be of one.
const BEYOND_ASCII: u8 = 0x80;

/// The small letter of each byte.
const SMALL: [u8; 256] = {
    let mut table = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = (byte as u8).to_ascii_lowercase();
        table[byte] = if letter.is_ascii_lowercase() { letter } else { NO_LETTER };
        byte += 1;
    }
    table
};

/// The hash with a character more, in lower case.
fn with_char(hash: u64, c: char) -> u64 {
    let with_small = |hash: u64, small: char| small.encode_utf8(&mut [0; 4]).bytes().fold(hash, with_byte);
    match c {
        c if c.is_ascii() => with_byte(hash, c.to_ascii_lowercase() as u8),
        // most letters beyond ASCII are small, or have no capitals
        'ß'..='ö'
        | 'ø'..='ÿ'
        | 'а'..='џ'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => with_small(hash, c),
        c => c.to_lowercase().fold(hash, with_small),
    }
}

/// The languages that have the word of that hash.
#[inline]
fn languages_of(table: &[(u64, u32)], hash: u64) -> u32 {
    let mut at = hash as usize % SLOTS;
    while let Some((known, bits)) = table.get(at).filter(|slot| slot.1 != 0) {
        if *known == hash {
            return *bits;
        }
        at = (at + 1) % SLOTS;
    }
    0
}

/// Words that also begin longer ones (`un**do**`, `auf**stehen**`): no sign of glue on their own.
const PREFIXES: &[&str] = &[
    "a", "ab", "an", "auf", "aus", "be", "bei", "by", "con", "de", "do", "durch", "e", "ein", "en", "for",
    "i", "il", "im", "in", "into", "mis", "mit", "na", "nach", "nad", "no", "o", "od", "on", "out", "over",
    "para", "per", "po", "pod", "por", "pre", "pro", "przed", "przy", "re", "s", "se", "sin", "so", "sobre",
    "sur", "to", "u", "um", "un", "under", "up", "v", "vor", "w", "with", "within", "without", "y", "z",
    "za", "ze", "zu", "zum", "à", "über", "unter", "в", "во", "до", "за", "з", "из", "к", "на", "над", "не",
    "о", "об", "от", "по", "под", "при", "про", "с", "со", "у", "ال", "وال", "بال", "كال", "فال", "لل",
    "ولل", "وب", "ول", "فب", "فل", "وا", "ست", "سي", "וה", "וב", "ול", "ומ", "וש", "וכ", "שה", "שב", "של",
    "מה", "בה", "כש", "וכש", "נו",
];

/// What the sampled words of a text say about its language.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Bits of the languages whose function words are (nearly) the most frequent.
    likely: u32,
    /// Whether French is the most frequent.
    french: bool,
    /// Whether two function words at least were seen, or letters that French does not have.
    known: bool,
    /// The hashes of words that stand alone, in lower case.
    words: Vec<u64>,
}

impl Language {
    /// The language of a document.
    pub fn of_document(document: Document<'_>) -> Self {
        let mut tally = Tally { words: Vec::with_capacity(SAMPLE), ..Tally::default() };
        let nodes = &document.parsed.tree.nodes;
        for node in nodes.iter().filter(|n| n.kind == Kind::Text && !n.has(Flags::RAW)) {
            if tally.read >= SAMPLE {
                break;
            }
            tally.text(document.slice(node.span()), false);
        }
        tally.language()
    }

    /// The language of a stretch of text.
    pub fn of(text: &str) -> Self {
        let mut tally = Tally::default();
        tally.text(text, true);
        tally.language()
    }

    /// Whether enough was seen to tell French from others: function words, or letters that French does not have.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Whether more function words of it are French than of any other language, two at least.
    pub fn is_french(&self) -> bool {
        self.french
    }

    /// Whether `word` is a function word of the language (of any, if too little is known).
    pub fn is_function_word(&self, word: &str) -> bool {
        let bits = languages_of(&BY_WORD, hash(word));
        bits != 0 && (self.likely == 0 || bits & self.likely != 0)
    }

    /// Whether `word` is also an ending of the language (of any, if too little is known).
    pub fn is_ending(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        ENDINGS
            .iter()
            .any(|(code, endings)| endings.split(' ').any(|ending| ending == word) && self.may_be(code))
    }

    /// Whether the language is likely that of an ISO 639-1 code.
    pub fn is_likely(&self, code: &str) -> bool {
        let index = FUNCTION_WORDS.iter().position(|(known, _)| *known == code);
        index.is_some_and(|index| self.likely & 1 << index != 0)
    }

    /// The same, or too little is known.
    pub fn may_be(&self, code: &str) -> bool {
        self.likely == 0 || self.is_likely(code)
    }

    /// Whether `word` stands alone somewhere in the text.
    pub fn is_seen(&self, word: &str) -> bool {
        self.words.contains(&hash(word))
    }
}

/// Whether `word` (a function word) also begins longer words.
pub fn is_prefix(word: &str) -> bool {
    let word = word.to_lowercase();
    PREFIXES.contains(&word.as_str())
}

#[derive(Default)]
struct Tally {
    hits: [u32; FUNCTION_WORDS.len()],
    words: Vec<u64>,
    read: usize,
    /// Whether letters were seen that French does not have.
    foreign: bool,
}

impl Tally {
    /// Reads words. The first and the last may be pieces of words unless the text is `whole`: they are not taken as seen.
    fn text(&mut self, text: &str, whole: bool) {
        let table = BY_WORD.as_slice();
        let bytes = text.as_bytes();
        let mut at = 0;
        while self.read < SAMPLE {
            while at < bytes.len() && SMALL[usize::from(bytes[at])] == NO_LETTER {
                at += 1;
            }
            let start = at;
            let mut number = FIRST;
            let mut sigma = false;
            while at < bytes.len() {
                let letter = SMALL[usize::from(bytes[at])];
                if letter.is_ascii_lowercase() {
                    number = with_byte(number, letter);
                    at += 1;
                    continue;
                }
                if letter == NO_LETTER {
                    break;
                }
                let next = text.get(at..).and_then(|rest| rest.chars().next());
                let Some(c) = next.filter(|c| is_of_word(*c)) else { break };
                number = with_char(number, c);
                sigma |= c == 'Σ';
                self.foreign = self.foreign || c.to_lowercase().any(|c| !is_french_letter(c));
                at += c.len_utf8();
            }
            if at == start {
                let Some(other) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                at += other.len_utf8();
                continue;
            }
            if sigma {
                number = hash(text.get(start..at).unwrap_or(""));
            }
            self.read += 1;
            let mut bits = languages_of(table, number);
            while bits != 0 {
                if let Some(hits) = self.hits.get_mut(bits.trailing_zeros() as usize) {
                    *hits += 1;
                }
                bits &= bits - 1;
            }
            if whole || start > 0 && at < text.len() {
                self.words.push(number);
            }
        }
    }

    fn language(self) -> Language {
        let most = self.hits.iter().copied().max().unwrap_or(0);
        let mut likely = 0;
        for (index, &hits) in self.hits.iter().enumerate() {
            if most > 0 && hits * 10 >= most * 7 {
                likely |= 1 << index;
            }
        }
        let french = FUNCTION_WORDS.iter().position(|(code, _)| *code == "fr");
        let french = french.and_then(|i| self.hits.get(i)).is_some_and(|&hits| hits >= 2 && hits == most);
        Language { likely, french, known: most >= 2 || self.foreign, words: self.words }
    }
}

/// Whether a word goes on with `c`; most letters need no look into a table.
#[inline]
fn is_of_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => true,
        '\u{400}'..='\u{481}'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        '\0'..='\u{7f}' | '\u{2010}'..='\u{2070}' | '\u{2190}'..='\u{22ff}' | '\u{3001}'..='\u{3004}' => {
            false
        }
        _ => c.is_alphabetic() || is_mark(c),
    }
}

/// Vowel signs and other marks that belong to the letter before them.
pub fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0x903 | 0x93a..=0x94f | 0x951..=0x957 | 0x962..=0x963
        | 0x981..=0x983 | 0x9bc..=0x9cd | 0xa01..=0xa03 | 0xa3c..=0xa4d | 0xa81..=0xa83 | 0xabc..=0xacd | 0xb01..=0xb03
        | 0xb3c..=0xb57 | 0xb82 | 0xbbe..=0xbcd | 0xc00..=0xc04 | 0xc3c..=0xc56 | 0xc81..=0xc83 | 0xcbc..=0xcd6 | 0xd00..=0xd03
        | 0xd3b..=0xd4d | 0xd81..=0xd83 | 0xdca..=0xddf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell_the_language() {
        assert!(Language::of("Que faire pour les lampes de la maison").is_french());
        assert!(!Language::of("Que hacer para las lámparas de la casa en el año").is_french());
        assert!(!Language::of("What to do with the lamps of your house").is_french());
        let english = Language::of("open the box and take it from the shelf of your house");
        assert!(english.is_function_word("The"));
        assert!(!english.is_function_word("avec"));
        assert!(english.is_seen("Shelf"));
    }

    #[test]
    fn words_are_the_same_in_capitals() {
        for c in '\0'..=char::MAX {
            let plain = c
                .to_lowercase()
                .fold(FIRST, |hash, small| small.encode_utf8(&mut [0; 4]).bytes().fold(hash, with_byte));
            assert_eq!(with_char(FIRST, c), plain, "{c}");
        }
        assert_eq!(hash("ΤΗΣ"), hash("της"));
    }

    #[test]
    fn words_go_on_with_letters_and_marks() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_of_word(c), c.is_alphabetic() || is_mark(c), "{c}");
        }
    }

    #[test]
    fn words_are_in_lower_case_and_there_are_at_most_thirty_two_languages() {
        assert!(FUNCTION_WORDS.len() <= 32);
        for (code, words) in FUNCTION_WORDS {
            assert_eq!(words.to_lowercase(), *words, "{code}");
        }
    }
}
