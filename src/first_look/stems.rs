//! Parts of words without which no cookie notice and no disclosure is: one scan over all that a round looks at, before any block
//! is read; and names of services in addresses and scripts. Owns stems and names; must not judge.

use super::signs::Signs;
use crate::contract::Gather;
use crate::document::Document;
use crate::settings::Settings;
use crate::span::Span;
use crate::zone::Zone;
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
    /// Of the post and the feed it is from, in languages that begin with its title.
    pub feed: bool,
}

/// Which stems a pattern is of. Capitals differ: their first letters are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Cookie,
    /// Of cookies where letters beyond ASCII are in the same block.
    CookieAbroad,
    Disclosure,
    Feed,
}

/// Looked for in every text: the fewer, the faster. Their first four letters are what counts: they are rare ones.
const ASCII: &[(Of, &[&str])] = &[
    (Of::Feed, &["ghlighting and resp", "ifttt.com", "ift.tt/"]),
    (Of::Cookie, &["okie"]),
    (Of::CookieAbroad, &["iasteczk", "aletes", "kakor", "kuki", "jonskapsler"]),
    (
        Of::Disclosure,
        &[
            "ffili",
            "filia",
            "fliate",
            "mmission",
            "mmissie",
            "nsored",
            "nerlink",
            "belink",
            "ovision",
            "ovisj",
            "ovize",
            "ovizi",
            "owizj",
            "ersk",
            "tenlos",
            "mazon",
            "xtra cost",
            "nal cost",
            "misyon",
            "omisi",
            "klamel",
            "nonsl",
            "noslink",
        ],
    ),
];

/// Looked for where Latin letters beyond ASCII are.
const LATIN: &[(Of, &[&str])] = &[
    (Of::Feed, &["azısı", "çıktı"]),
    (Of::Cookie, &["çerez", "Çerez", "kolačić", "västei", "sütik", "piškot"]),
    (Of::Disclosure, &["omisión", "omissão", "ortaklı", "utalék"]),
];

/// Looked for where letters of other scripts are, or Vietnamese ones.
const OTHER: &[(Of, &[&str])] = &[
    (Of::Feed, &["最初に", "게시물은", "最先出"]),
    (
        Of::Cookie,
        &[
            "куки",
            "Куки",
            "クッキー",
            "쿠키",
            "الارتباط",
            "الكوكيز",
            "کوکی",
            "עוגיות",
            "कुकी",
            "คุกกี้",
            "бисквитк",
            "колачић",
        ],
    ),
    (
        Of::Disclosure,
        &[
            "артн",
            "омисси",
            "омісі",
            "ortaklı",
            "ortağı",
            "філій",
            "еферальн",
            "लिएट",
            "कमीशन",
            "فلييت",
            "分潤",
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
        ],
    ),
];

/// Looks for several strings at once.
pub(crate) enum Finder {
    /// By vector instructions.
    Packed(Searcher),
    /// Where the machine has none.
    Automaton(AhoCorasick),
    /// Never: the lists are short.
    Nothing,
}

impl Finder {
    fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        if let Some(packed) = Searcher::new(names.clone()) {
            return Self::Packed(packed);
        }
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(names)
            .map_or(Self::Nothing, Self::Automaton)
    }

    /// The first of the strings in `text`: its number, and where it ends.
    fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        let hit = match self {
            Self::Packed(packed) => packed.find(text),
            Self::Automaton(automaton) => automaton.find(text),
            Self::Nothing => None,
        }?;
        Some((hit.pattern().as_usize(), hit.end()))
    }

    /// Whether one of the strings is in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text.as_bytes()).is_some()
    }

    /// Whether one of the strings is in `text` as it is in lower case (capitals beyond ASCII stay).
    pub fn is_in_lower_case_of(&self, text: &str) -> bool {
        let mut room = [0; 256];
        match room.get_mut(..text.len()) {
            Some(lower) => {
                lower.copy_from_slice(text.as_bytes());
                lower.make_ascii_lowercase();
                self.find(lower).is_some()
            }
            None => self.is_in(&text.to_ascii_lowercase()),
        }
    }
}

/// Looks for stems.
struct StemFinder {
    of: Vec<Of>,
    finder: Finder,
}

impl StemFinder {
    fn new(lists: &'static [(Of, &[&str])]) -> Self {
        Self {
            of: lists.iter().flat_map(|(of, list)| list.iter().map(|_| *of)).collect(),
            finder: Finder::new(lists.iter().flat_map(|(_, list)| list.iter().copied())),
        }
    }

    /// What is found in `source`, with where it ends.
    fn each_in(&self, source: &str) -> impl Iterator<Item = (Of, usize)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (number, end) = self.finder.find(source.as_bytes().get(at..).unwrap_or_default())?;
            at += end;
            Some((*self.of.get(number)?, at))
        })
    }
}

static FINDERS: LazyLock<[StemFinder; 3]> = LazyLock::new(|| [ASCII, LATIN, OTHER].map(StemFinder::new));

macro_rules! finders {
    ($($(#[$doc:meta])* $name:ident: [$($text:literal),* $(,)?];)*) => {
        $($(#[$doc])* pub(crate) static $name: LazyLock<Finder> = LazyLock::new(|| Finder::new([$($text),*].into_iter()));)*

        /// Makes the finders.
        pub(crate) fn prepare() {
            LazyLock::force(&FINDERS);
            $(LazyLock::force(&$name);)*
        }
    };
}

finders! {
    /// Scripts that draw share buttons.
    SHARE_SCRIPTS: [
        "addthis",
        "addtoany.com",
        "a2a_config",
        "sharethis",
        "shareaholic",
        "st-hatena.com",
        "bookmark_button.js",
        "d.line-scdn.net",
        "media.line.me",
        "line-website.com/social-plugins",
        "platform.tumblr.com/v1/share",
        "assets.tumblr.com/share-button",
        "apis.google.com/js/plusone",
        "apis.google.com/js/platform",
        "assets.pinterest.com/js/pinit",
        "platform.linkedin.com/in.js",
        "yastatic.net/share2",
        "yandex.st/share",
        "bdstatic.com/static/api/js/share",
        "_bd_share_config",
        "jiathis.com",
        "bshare.cn",
        "platform.twitter.com/widgets.js",
        "connect.facebook.net",
        "widgets.getpocket.com",
        "uptolike.com",
        "share.pluso.ru",
        "kakao.min.js",
        "digg.com/tools/diggthis",
    ];
    /// Scripts that load a comment thread.
    COMMENT_LOADERS: [
        ".disqus.com/",
        "disqus_shortname",
        "disqus_config",
        "disqus.com/?ref_noscript",
        "//disqus.com/",
        "utteranc.es/client.js",
        "giscus.app/client.js",
        "cdn.commento.io",
        "cusdis.es.js",
        "livefyre",
        "intensedebate.com/js",
        "hypercomments",
        "cackle.me/widget",
        "talk.hyvor.com",
        "uyan.cc",
        "static.duoshuo.com",
        "changyan.sohu.com",
        "new gitalk",
        "new Gitalk",
        "new Valine",
        "remark_config",
    ];
    /// Comments beside share buttons, in lower case.
    SHARE_COMMENTS: [
        "addthis",
        "addtoany",
        "sharethis",
        "shareaholic",
        "a2a ",
        "jiathis",
        "baidu button",
        "bshare",
        "sharedaddy",
        "simple share buttons",
        "twitter share button",
        "share button",
    ];
    /// Addresses of sign-up forms, in lower case.
    SIGN_UP: [
        "list-manage.com",
        "mailchi.mp",
        "eepurl.com",
        "/subscribe",
        "/newsletter",
        "feedburner.com/fb/a/mailverify",
        "tinyletter.com",
        "convertkit.com",
        "ck.page",
        "sendinblue.com",
        "getrevue.co",
    ];
    /// Addresses that post a sentence.
    POSTS_A_SENTENCE: ["twitter.com/", "x.com/", "clicktotweet", "ctt."];
}

impl Stems {
    /// The signs that they are.
    pub fn signs(self) -> Signs {
        Signs::COOKIE
            .only_if(self.cookie)
            .or(Signs::DISCLOSURE.only_if(self.disclosure))
            .or(Signs::FEED.only_if(self.feed))
    }

    /// Adds one that was found in a block that is ASCII, or not.
    fn add(&mut self, of: Of, is_ascii: bool) {
        match of {
            Of::Cookie => self.cookie = true,
            Of::CookieAbroad => self.cookie |= !is_ascii,
            Of::Disclosure => self.disclosure = true,
            Of::Feed => self.feed = true,
        }
    }
}

/// Where the stems of ASCII stand in what a round looks at: one search for all blocks.
#[derive(Debug)]
pub(crate) struct StemMap {
    /// Where was searched, ascending.
    stretches: Vec<Span>,
    /// What was found, and where it ends, ascending.
    found: Vec<(usize, Of)>,
}

impl Gather for StemMap {
    fn gather(document: Document<'_>, _: &Settings, zone: &Zone) -> Self {
        let whole = [Span::new(0, document.text.len())];
        let stretches = zone.stretches().unwrap_or(&whole).to_vec();
        let [ascii, ..] = &*FINDERS;
        let mut found = Vec::new();
        for stretch in &stretches {
            let here = ascii.each_in(document.slice(*stretch));
            found.extend(here.map(|(of, end)| (stretch.start + end, of)));
        }
        Self { stretches, found }
    }
}

impl StemMap {
    /// The stems in a block with that span and source; `is_ascii`: nothing else is in it.
    pub fn of(&self, span: Span, source: &str, is_ascii: bool) -> Stems {
        let [ascii, latin, other] = &*FINDERS;
        let mut stems = Stems::default();
        let stretch = self.stretches.partition_point(|s| s.end < span.end);
        if self.stretches.get(stretch).is_some_and(|s| s.start <= span.start) {
            // no stem reaches over the beginning of a block
            let first = self.found.partition_point(|(end, _)| *end <= span.start);
            let here = self.found.get(first..).unwrap_or_default();
            here.iter().take_while(|(end, _)| *end <= span.end).for_each(|(_, of)| stems.add(*of, is_ascii));
        } else {
            ascii.each_in(source).for_each(|(of, _)| stems.add(of, is_ascii));
        }
        if !is_ascii {
            let scripts = Scripts::of(source);
            for (finder, _) in [(latin, scripts.latin), (other, scripts.other)].iter().filter(|(_, has)| *has)
            {
                finder.each_in(source).for_each(|(of, _)| stems.add(of, is_ascii));
            }
        }
        stems
    }
}

/// Which letters beyond ASCII a text may have.
struct Scripts {
    /// Latin ones: U+00C0 to U+017F.
    latin: bool,
    /// Any others.
    other: bool,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let (mut latin, mut other) = (false, false);
        for byte in text.bytes() {
            latin |= matches!(byte, 0xc3..=0xc5);
            // dashes, quotes and other signs begin with 0xE2
            other |= byte > 0xc5 && byte != 0xe2;
        }
        Self { latin, other }
    }
}
