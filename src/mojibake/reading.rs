//! Readings: what a run of characters would say if it were UTF-8 misread in some code page, and how much less strange
//! that is. Owns collecting them; whether one becomes a repair is decided in `decide`.

use super::CodePage;
use super::Damage;
use super::bytes::{Pages, TRIED, Table};
use super::character::{Kind, Script, traits};
use super::entities::reference;
use super::layers::peel;
use super::plain::{PlainChain, read_plain};
use super::scan::{character_at, character_before};
use super::sequence::{Chain, Tolerance, read_chain};
use super::spoken_of::close_their_quotation;
use super::strangeness::{Places, Sides, strangeness};

/// One way to read a stretch of text.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The first byte of the stretch.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    pub page: CodePage,
    /// Whether a control character took part for whose byte the page has a character.
    pub mixed: bool,
    /// Whether the text as it stands is letters that go together: "DĹŽKA" is Slovak.
    pub word: bool,
    /// Other pages that read it the same way, one bit each.
    pub alike: Pages,
    pub layers: u8,
    pub damage: Damage,
    /// How much less strange the text becomes.
    pub gain: i32,
    /// The script of the letters as they stand: what a text of that script may hold by itself.
    pub script_before: Script,
    /// The script of the letters it would have.
    pub script_after: Script,
    /// Whether all it says is "å".
    pub is_ring: bool,
    /// How many characters it decodes to.
    pub length: u16,
    /// Where its text lies in [`Readings::text`].
    text: (usize, usize),
}

/// What it costs a reading to need two decoders.
pub(super) const MIXED: i32 = 8;

/// What it costs a reading that a known habit explains the text as it stands.
const NATURAL: i32 = 60;

/// What a reading gains that needs no comparison with those of other pages, once its own is settled on.
const PLAIN: i32 = 50;

/// What a page must have gained to be settled on.
const SETTLED: i32 = 1000;

/// What ISO 8859-2 is behind Windows-1250, which is met more often.
const SELDOM: i32 = 3;

/// What unlike lines in a drawing add.
const UNLIKE: i32 = 12;

/// What it costs a reading to give a combining mark where Windows-1252 gives a letter that has its mark.
const MARKS: i32 = 60;

/// What it costs a letter to be small among capitals, where a program made the capitals that knew ASCII alone.
const LEFT_SMALL: i32 = 10;

/// All readings of a text, ascending by start.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub all: Vec<Reading>,
    text: String,
    run: Run,
    decoded: Vec<char>,
    /// The page that has read most so far, once that is enough for the others to be left out where it reads well.
    settled: Option<CodePage>,
    /// How much Windows-1252 and Windows-1251 have gained so far.
    western: i32,
    cyrillic: i32,
}

/// A run of characters with their places.
#[derive(Debug, Default)]
struct Run {
    characters: Vec<char>,
    /// The byte where each starts, and one more: where the run ends.
    places: Vec<usize>,
    /// How its characters are spelled, if not as themselves.
    spelled: Option<Damage>,
}

impl Readings {
    /// What `reading` says.
    pub(super) fn text_of(&self, reading: &Reading) -> &str {
        self.text.get(reading.text.0..reading.text.1).unwrap_or_default()
    }

    /// Adds a reading that was made elsewhere.
    #[expect(clippy::too_many_arguments, reason = "one per field that cannot be worked out")]
    pub(super) fn add(
        &mut self,
        start: usize,
        end: usize,
        page: CodePage,
        layers: u8,
        damage: Damage,
        gain: i32,
        characters: &[char],
        before: &[char],
    ) {
        let from = self.text.len();
        self.text.extend(characters);
        self.all.push(Reading {
            start,
            end,
            page,
            alike: 0,
            mixed: false,
            word: false,
            layers,
            damage,
            gain,
            script_before: script_of(before),
            script_after: script_of(characters),
            is_ring: matches!(characters, ['å']),
            length: characters.len().min(usize::from(u16::MAX)) as u16,
            text: (from, self.text.len()),
        });
    }

    /// Collects the readings of the run that starts at byte `start`; returns the byte after the run.
    /// The control characters 0x80–0x9F of the run are added to `controls`, by byte.
    pub(super) fn collect_run(
        &mut self,
        table: Table,
        text: &str,
        start: usize,
        controls: &mut Vec<usize>,
    ) -> usize {
        if let Some(page) = self.settled {
            let mut decoded = std::mem::take(&mut self.decoded);
            let chain = read_plain(text, start, page, &mut decoded);
            self.decoded = decoded;
            if let Some(chain) = chain {
                self.add_plain(start, page, chain);
                return chain.end;
            }
        }
        let mut run = std::mem::take(&mut self.run);
        run.fill(table, text, start, controls);
        self.collect(table, text, start, run)
    }

    /// Collects the readings of the character references from byte `start` on; returns the byte after them.
    pub(super) fn collect_references(&mut self, table: Table, text: &str, start: usize) -> usize {
        let mut run = std::mem::take(&mut self.run);
        run.fill_with_references(table, text, start);
        self.collect(table, text, start, run)
    }

    fn collect(&mut self, table: Table, text: &str, start: usize, run: Run) -> usize {
        let mut decoded = std::mem::take(&mut self.decoded);
        let end = run.places.last().copied().unwrap_or(start);
        let mut read_until = [0usize; super::code_page::PAGES];
        let mut at = 0;
        while at < run.characters.len() {
            let from = at;
            at += 1;
            let role = table.role(run.characters[from]);
            if role.lead == 0 || run.spelled.is_some() && !run.is_spelled(text, from) {
                continue;
            }
            let behind = run.characters.get(from + 1).map_or(0, |&next| match next {
                '\u{FFFD}' | '?' => u16::MAX,
                _ => table.role(next).continuation,
            });
            let mut candidates = role.lead & behind;
            while candidates != 0 {
                let settled = self.settled.filter(|page| candidates & 1 << page.index() != 0);
                let first = CodePage::ALL.get(candidates.trailing_zeros() as usize).copied();
                let Some(page) = settled.or(first) else { break };
                candidates &= !(1 << page.index());
                if from < read_until[page.index()] {
                    continue;
                }
                decoded.clear();
                let chain = read_chain(table, &run.characters[from..], page, Tolerance::Strict, &mut decoded);
                if chain.length == 0 {
                    continue;
                }
                read_until[page.index()] = from + chain.length;
                let mut alike = 0;
                // The pages that write the same bytes for these characters, and would stop there too, say nothing new.
                let goes_on = match run.characters.get(from + chain.length..).unwrap_or_default() {
                    [next, after, ..] => table.role(*next).lead & table.role(*after).continuation,
                    _ => 0,
                };
                for other in TRIED {
                    let bit = 1 << other.index();
                    if candidates & bit & !goes_on != 0
                        && run.characters[from..from + chain.length].iter().all(|&c| {
                            let byte = table.role(c).byte;
                            byte[other.index()] == byte[page.index()]
                        })
                    {
                        candidates &= !bit;
                        alike |= bit;
                        read_until[other.index()] = from + chain.length;
                    }
                }
                let count = self.all.len();
                self.judge(table, text, &run, from, chain, &mut decoded);
                if let Some(reading) = self.all.get_mut(count) {
                    reading.alike = alike;
                    if settled.is_some() && reading.gain >= PLAIN && reading.damage == Damage::Utf8 {
                        at = from + chain.length;
                        break;
                    }
                    self.settle(page, count);
                }
            }
        }
        self.run = run;
        self.decoded = decoded;
        end.max(start + 1)
    }

    /// Notes what the reading at position `at` gains; settles on its page once it has gained enough. Only the pages
    /// that none of its relatives can be mistaken for are settled on.
    fn settle(&mut self, page: CodePage, at: usize) {
        let gain = self.all.get(at).map_or(0, |reading| reading.gain.clamp(0, 100));
        let sum = match page {
            CodePage::Windows1252 => &mut self.western,
            CodePage::Windows1251 => &mut self.cyrillic,
            _ => return,
        };
        *sum = sum.saturating_add(if gain >= PLAIN { gain } else { 0 });
        if self.settled.is_none() && *sum >= SETTLED {
            self.settled = Some(page);
        }
    }

    /// Adds the reading of a chain that needs no weighing; what it says is in `decoded`.
    fn add_plain(&mut self, start: usize, page: CodePage, chain: PlainChain) {
        let from = self.text.len();
        let decoded = &self.decoded;
        self.text.extend(decoded);
        self.all.push(Reading {
            start,
            end: chain.end,
            page: if chain.is_latin1 { CodePage::Latin1 } else { page },
            alike: 0,
            mixed: false,
            word: false,
            layers: 1,
            damage: Damage::Utf8,
            gain: PLAIN * chain.sequences,
            script_before: Script::None,
            script_after: chain.script,
            is_ring: matches!(decoded[..], ['å']),
            length: decoded.len().min(usize::from(u16::MAX)) as u16,
            text: (from, self.text.len()),
        });
    }

    fn judge(
        &mut self,
        table: Table,
        text: &str,
        run: &Run,
        at: usize,
        chain: Chain,
        decoded: &mut Vec<char>,
    ) {
        let page = chain.page;
        let (start, end) = (run.places[at], run.places[at + chain.length]);
        let before = &run.characters[at..at + chain.length];
        let sides = sides_of(text, start, end);
        if close_their_quotation(table, text, start, before) {
            return;
        }
        let is_strange = |c: &char| traits(*c).kind == Kind::Strange;
        if decoded.iter().any(is_strange) && !before.iter().any(is_strange) {
            return;
        }
        let peeled = peel(table, decoded, page, sides);
        let is_control = |c: &char| traits(*c).kind == Kind::Control;
        if decoded.iter().any(is_control) && !before.iter().any(is_control) {
            return;
        }
        let mixed = before.iter().any(|&c| is_foreign_control(table, c, page));
        let gain = among_capitals(decoded, before, sides)
            .map_or(0, |raised| peeled.strangeness - raised.min(peeled.strangeness))
            - if gives_marks_for_letters(table, decoded, before, page) { MARKS } else { 0 }
            + strangeness(before, sides, Places::Full)
            + chain.against_chance()
            - peeled.strangeness
            - if mixed { MIXED } else { 0 }
            - if is_natural(before, sides) { NATURAL } else { 0 }
            - if page == CodePage::Iso8859_2 { SELDOM } else { 0 }
            + if joins_unlike_lines(before) { UNLIKE } else { 0 };
        let word = is_word(before, sides);
        let damage = if let Some(spelled) = run.spelled {
            spelled
        } else if chain.losses.replaced > 0 || peeled.replaced {
            Damage::Lossy
        } else if chain.surrogates {
            Damage::Surrogates
        } else {
            Damage::Utf8
        };
        let named = match page {
            CodePage::Windows1252 if chain.controls && !chain.beyond_latin1 => CodePage::Latin1,
            _ => page,
        };
        self.add(start, end, named, peeled.layers + 1, damage, gain, decoded, before);
        if let Some(reading) = self.all.last_mut() {
            reading.mixed = mixed;
            reading.word = word;
        }
    }
}

impl Run {
    /// Fills itself with the characters from byte `start` on that can take part in a sequence.
    fn fill(&mut self, table: Table, text: &str, start: usize, controls: &mut Vec<usize>) {
        self.characters.clear();
        self.places.clear();
        self.spelled = None;
        let bytes = text.as_bytes();
        let mut at = start;
        while let Some((c, length)) = character_at(bytes, at) {
            let role = table.role(c);
            let fits = role.lead | role.continuation != 0 || c == '\u{FFFD}' || c == '?';
            if !fits {
                break;
            }
            if ('\u{80}'..='\u{9f}').contains(&c) {
                controls.push(at);
            }
            self.characters.push(c);
            self.places.push(at);
            at += length;
        }
        self.places.push(at);
    }

    /// Fills itself with the characters that references from byte `start` on spell, and raw ones behind them.
    fn fill_with_references(&mut self, table: Table, text: &str, start: usize) {
        self.characters.clear();
        self.places.clear();
        let is_json = text.as_bytes().get(start) == Some(&b'\\');
        self.spelled = Some(if is_json { Damage::Escape } else { Damage::Entity });
        let mut at = start;
        while let Some(rest) = text.get(at..) {
            let raw = || character_at(text.as_bytes(), at).filter(|&(c, _)| table.role(c).continuation != 0);
            let Some((c, length)) = reference(rest).or_else(raw) else { break };
            self.characters.push(c);
            self.places.push(at);
            at += length;
        }
        self.places.push(at);
    }

    /// Whether the character at position `at` is a reference.
    fn is_spelled(&self, text: &str, at: usize) -> bool {
        let byte = self.places.get(at).and_then(|&place| text.as_bytes().get(place));
        matches!(byte, Some(b'&' | b'\\'))
    }
}

/// How strange `decoded` is where it stands among capitals that a program made of bytes (`INFORMAÃ§ÃµES`): it left the letters small
/// that are not ASCII. `None` if it does not.
fn among_capitals(decoded: &[char], before: &[char], sides: Sides) -> Option<i32> {
    let is_small = |c: &char| matches!(c, 'à'..='þ') && *c != '÷';
    let is_capital = |c: char| c.is_ascii_uppercase();
    let [outer, last] = sides.before;
    let stands = is_capital(last) && (is_capital(sides.after[0]) || is_capital(outer));
    if !stands || before.first() != Some(&'Ã') || !decoded.iter().all(is_small) {
        return None;
    }
    let raised: Vec<char> = decoded.iter().flat_map(|c| c.to_uppercase()).collect();
    Some(strangeness(&raised, sides, Places::Half) + LEFT_SMALL)
}

/// Whether `decoded` begins with combining marks that `page` reads out of what Windows-1252 reads as letters: `Ã§` is a mark below in
/// Mac Roman.
fn gives_marks_for_letters(table: Table, decoded: &[char], before: &[char], page: CodePage) -> bool {
    if page == CodePage::Windows1252 || !decoded.iter().any(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        return false;
    }
    let mut letters = Vec::with_capacity(decoded.len());
    let chain = read_chain(table, before, CodePage::Windows1252, Tolerance::Strict, &mut letters);
    chain.length == before.len() && letters.iter().all(|&c| traits(c).is_letter())
}

/// Whether a known habit puts just these characters between their `sides`.
fn is_natural(characters: &[char], sides: Sides) -> bool {
    match characters {
        // "a lot of Ã’s": a letter spoken of.
        [_, '’'] => sides.after[0] == 's' && !traits(sides.after[1]).is_letter(),
        // "`¬´": accents as quotes, or as eyes.
        [_, '´'] => sides.before[1] == '`',
        _ => false,
    }
}

/// Whether `characters` is a drawing of which a single line runs into a double one, or into a shade.
fn joins_unlike_lines(characters: &[char]) -> bool {
    matches!(characters, ['┬' | '├', '░'..='▓' | '═'..='╬'])
}

/// Whether `characters` are letters of one word, by script and case.
fn is_word(characters: &[char], sides: Sides) -> bool {
    characters.iter().all(|&c| traits(c).is_letter())
        && strangeness(characters, sides, Places::Full)
            == characters.iter().map(|&c| i32::from(traits(c).rarity)).sum::<i32>()
}

/// Whether `c` is a control character for whose byte `page` has a character of its own: two decoders were at work.
fn is_foreign_control(table: Table, c: char, page: CodePage) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c) && page.decoded(table.role(c).byte[page.index()]) != c
}

/// The characters on both sides of the stretch from byte `start` to `end`.
pub(super) fn sides_of(text: &str, start: usize, end: usize) -> Sides {
    let bytes = text.as_bytes();
    let (mut before, mut after) = ([' '; 2], [' '; 2]);
    if let Some((c, length)) = character_before(bytes, start) {
        before[1] = c;
        before[0] = character_before(bytes, start - length).map_or(' ', |(c, _)| c);
    }
    if let Some((c, length)) = character_at(bytes, end) {
        after[0] = c;
        after[1] = character_at(bytes, end + length).map_or(' ', |(c, _)| c);
    }
    Sides { before, after }
}

/// The script of the first letter that is not Latin, else of the first letter.
pub(super) fn script_of(characters: &[char]) -> Script {
    let mut found = Script::None;
    for &c in characters {
        let traits = traits(c);
        // π and Ω are signs of mathematics in Mac Roman, not words of Greek.
        if !matches!(c, 'π' | 'Ω') && (traits.is_letter() || traits.kind == Kind::Mark) {
            match traits.script {
                Script::None => {}
                Script::Latin => found = Script::Latin,
                other => return other,
            }
        }
    }
    found
}
