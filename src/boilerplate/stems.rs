//! Parts of words without which no cookie notice and no disclosure is: one scan over the source of a block before it is
//! read. Owns the stems; must not judge.

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What the source of a block may speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stems {
    /// Of cookies.
    pub cookie: bool,
    /// Of links that earn money.
    pub disclosure: bool,
}

/// Which stems a pattern is of. Capitals differ: their first letters are left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Cookie,
    /// A stem that in a text of ASCII is another word.
    CookieElsewhere,
    Disclosure,
}

/// At most 32: so many are looked for at once.
const ASCII: &[(Of, &[&str])] = &[
    (Of::Cookie, &["ookie"]),
    (Of::CookieElsewhere, &["iasteczk", "galetes", "kakor", "kuki", "informasjonskapsler"]),
    (
        Of::Disclosure,
        &[
            "ffili",
            "filia",
            "fliate",
            "ommission",
            "ponsored",
            "artnerlink",
            "erbelink",
            "rovision",
            "rovize",
            "rovizi",
            "rowizj",
            "artnersk",
            "ostenlos",
            "mazon",
            "xtra cost",
            "ditional cost",
            "omisyon",
            "omisi",
            "eklamel",
            "nnonsl",
            "ainoslink",
            "ommissie",
            "tjen provisjon",
        ],
    ),
];

const OTHER: &[(Of, &[&str])] = &[
    (
        Of::Cookie,
        &[
            "куки",
            "Куки",
            "クッキー",
            "쿠키",
            "çerez",
            "Çerez",
            "الارتباط",
            "کوکی",
            "עוגיות",
            "कुकी",
            "คุกกี้",
            "бисквитк",
            "колачић",
            "kolačić",
            "västei",
            "sütik",
            "piškot",
        ],
    ),
    (
        Of::Disclosure,
        &[
            "omisión",
            "omissão",
            "артн",
            "омисси",
            "омісі",
            "ortaklı",
            "عمولة",
            "تابعة",
            "hoa hồng",
            "tiếp thị",
            "พันธมิตร",
            "คอมมิชชั่น",
            "アフィリ",
            "プロモーション",
            "広告",
            "アソシエイト",
            "제휴",
            "수수료",
            "파트너스",
            "联盟",
            "推广",
            "佣",
            "返利",
            "聯盟",
            "推廣",
            "προμήθεια",
            "συνεργατ",
            "utalék",
        ],
    ),
];

/// Looks for several stems at once.
struct Finder {
    of: Vec<Of>,
    packed: Option<Searcher>,
    automaton: Option<AhoCorasick>,
}

impl Finder {
    fn new(lists: &[(Of, &[&str])]) -> Self {
        let stems = || lists.iter().flat_map(|(of, list)| list.iter().map(move |stem| (*of, *stem)));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(stems().map(|(_, stem)| stem))
            .ok();
        Self {
            of: stems().map(|(of, _)| of).collect(),
            packed: Searcher::new(stems().map(|(_, stem)| stem)),
            automaton,
        }
    }

    /// Adds what is found in `source`.
    fn add(&self, source: &str, found: &mut Stems) {
        let mut at = 0;
        while let Some(rest) = source.as_bytes().get(at..) {
            let hit = match &self.packed {
                Some(packed) if rest.len() >= packed.minimum_len() => packed.find(rest),
                _ => self.automaton.as_ref().and_then(|a| a.find(rest)),
            };
            let Some(hit) = hit else { return };
            at += hit.end();
            match self.of.get(hit.pattern().as_usize()) {
                Some(Of::Cookie) => found.cookie = true,
                Some(Of::CookieElsewhere) => found.cookie |= !source.is_ascii(),
                _ => found.disclosure = true,
            }
            if found.cookie && found.disclosure {
                return;
            }
        }
    }
}

static FINDERS: LazyLock<[Finder; 2]> = LazyLock::new(|| [Finder::new(ASCII), Finder::new(OTHER)]);

/// Makes the finders.
pub(crate) fn prepare() {
    LazyLock::force(&FINDERS);
}

impl Stems {
    /// The stems in the source of a block.
    pub fn of(source: &str) -> Self {
        let [ascii, other] = &*FINDERS;
        let mut found = Self::default();
        ascii.add(source, &mut found);
        if !source.is_ascii() {
            other.add(source, &mut found);
        }
        found
    }
}
