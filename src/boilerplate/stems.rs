//! Parts of words without which no cookie notice and no disclosure is: one scan over the source of a block before it is
//! read; and names of services in addresses and scripts. Owns stems and names; must not judge.

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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Cookie,
    Disclosure,
    Feed,
}

/// Looked for in every text: the fewer, the faster. Their first four letters are what counts.
const ASCII: &[(Of, &[&str])] = &[
    (Of::Cookie, &["ookie"]),
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

/// Looked for where letters beyond ASCII are.
const OTHER: &[(Of, &[&str])] = &[
    (Of::Feed, &["azısı", "çıktı", "最初に", "게시물은", "最先出"]),
    (
        Of::Cookie,
        &[
            "iasteczk",
            "galetes",
            "kakor",
            "kuki",
            "informasjonskapsler",
            "куки",
            "Куки",
            "クッキー",
            "쿠키",
            "çerez",
            "Çerez",
            "الارتباط",
            "الكوكيز",
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
            "utalék",
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

    /// Adds what is found in `source`.
    fn add(&self, source: &str, found: &mut Stems) {
        let mut at = 0;
        while let Some((number, end)) = self.finder.find(source.as_bytes().get(at..).unwrap_or_default()) {
            at += end;
            match self.of.get(number) {
                Some(Of::Cookie) => found.cookie = true,
                Some(Of::Disclosure) => found.disclosure = true,
                Some(Of::Feed) => found.feed = true,
                None => {}
            }
        }
    }
}

static FINDERS: LazyLock<[StemFinder; 2]> =
    LazyLock::new(|| [StemFinder::new(ASCII), StemFinder::new(OTHER)]);

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
    /// Whether the source may be of a notice.
    pub fn are_any(self) -> bool {
        self.cookie || self.disclosure
    }

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
