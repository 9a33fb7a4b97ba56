//! What `data-NAME` tells of ad code. Owns the words of such names.

use super::names::token_weight;
use crate::data::WordTable;
use std::sync::LazyLock;

/// What the parts of a name speak for, as bits.
mod part {
    /// Advertising beside what is said of an ad, or alone.
    pub const AD: u8 = 1;
    /// Something that is said of an ad.
    pub const OF_AD: u8 = 2;
    /// Ad code by itself.
    pub const CODE: u8 = 4;
    /// Ad code with a number.
    pub const ZONE: u8 = 8;
    /// Ad code beside an id or a key.
    pub const PARTNER: u8 = 16;
    pub const ID: u8 = 32;
    /// Ad code behind a vendor's letters: `ea-publisher`.
    pub const PUBLISHER: u8 = 64;
}

const PARTS: &[(u8, &[&str])] = &[
    (part::AD, &["ad", "ads", "adv", "gpt", "dfp"]),
    (
        part::OF_AD,
        &[
            "client",
            "slot",
            "unit",
            "format",
            "layout",
            "width",
            "height",
            "key",
            "host",
            "channel",
            "region",
            "test",
            "sizes",
            "size",
            "type",
            "id",
            "position",
            "targeting",
            "network",
            "status",
            "zone",
            "code",
            "tag",
            "block",
            "refresh",
            "path",
        ],
    ),
    (
        part::CODE,
        &[
            "zoneid",
            "adunit",
            "adslot",
            "adzone",
            "adclient",
            "adformat",
            "ezoic",
            "taboola",
            "outbrain",
            "revive",
            "affiliate",
            "affid",
            "adid",
            "criteo",
            "prebid",
            "adbreak",
            "adtags",
            "clickid",
            // Expedia's and Partnerize's widgets
            "camref",
            "pubref",
            "campaignid",
            "bannerid",
            "placementid",
        ],
    ),
    (part::ZONE, &["zone"]),
    (part::PARTNER, &["partner"]),
    (part::PUBLISHER, &["publisher"]),
    (part::ID, &["id", "key"]),
];

/// Whole names that speak for ad code: how much.
const NAMES: &[(i16, &[&str])] = &[
    (
        4,
        &[
            "aid",
            "placement",
            "placement-id",
            "campaign",
            "sponsor",
            "sponsored",
            "banner",
            "creative",
            "tracking-id",
            // boxes that the scripts of partners fill: Skyscanner, Tiqets, Civitatis; Playwire's places
            "skyscanner-widget",
            "tiqets-widget",
            "associate-id",
            "pw-desk",
            "pw-mobi",
        ],
    ),
    (3, &["sizes"]),
    (2, &["widget-id", "slot", "cfasync"]),
];

#[derive(Default)]
struct Words {
    parts: WordTable,
    bits: Vec<u8>,
    names: WordTable,
    weights: Vec<i16>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for (bits, list) in PARTS {
        for part in *list {
            let number = words.parts.number(*part);
            if number == words.bits.len() {
                words.bits.push(0);
            }
            words.bits[number] |= bits;
        }
    }
    for (weight, list) in NAMES {
        for name in *list {
            words.names.number(*name);
            words.weights.push(*weight);
        }
    }
    words
});

/// Reads the words, so that the first text does not wait for them.
pub(super) fn prepare() {
    LazyLock::force(&WORDS);
}

/// How much `data-NAME` speaks for ad code, by what follows behind `data-`. `data-ad-domain` may be Active Directory: only names that
/// ad code has count.
pub(super) fn data_weight(name: &[u8], value: &str) -> i16 {
    let words = &*WORDS;
    let has_digit = || value.bytes().any(|b| b.is_ascii_digit());
    let (mut bits, mut count) = (0, 0);
    for part in name.split(|b| matches!(b, b'-' | b'_')) {
        count += 1;
        if let Some(number) = str::from_utf8(part).ok().and_then(|part| words.parts.get(part)) {
            bits |= words.bits.get(number).copied().unwrap_or_default();
        }
    }
    let has = |wanted: u8| bits & wanted != 0;
    if has(part::AD) && (count == 1 || has(part::OF_AD))
        || has(part::CODE)
        || has(part::ZONE) && has_digit()
        || has(part::PARTNER) && has(part::ID)
    {
        return 5;
    }
    if has(part::PUBLISHER) && count == 2 && name.iter().position(|b| *b == b'-').is_some_and(|at| at <= 4) {
        return 4;
    }
    // Publift's places have a number, plista's are named: `data-display="plista_widget_underArticle_1"`
    if name.eq_ignore_ascii_case(b"fuse") && value.len() >= 6 && value.bytes().all(|b| b.is_ascii_digit())
        || name.eq_ignore_ascii_case(b"display") && token_weight(value) >= 4
    {
        return 5;
    }
    let number = str::from_utf8(name).ok().and_then(|name| words.names.get(name));
    match number.and_then(|number| words.weights.get(number)) {
        Some(3) if !(value.contains(',') && has_digit()) => 0,
        Some(weight) => *weight,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ad_code() {
        let weigh = |name: &str, value: &str| data_weight(name.as_bytes(), value);
        assert_eq!(weigh("ad-client", "ca-pub-1"), 5);
        assert_eq!(weigh("AD_Slot", ""), 5);
        assert_eq!(weigh("ad", ""), 5);
        assert_eq!(weigh("ad-domain", "corp"), 0);
        assert_eq!((weigh("zone", "12"), weigh("zone", "north")), (5, 0));
        assert_eq!((weigh("partner-id", ""), weigh("partner", "")), (5, 0));
        assert_eq!((weigh("sizes", "300,250"), weigh("sizes", "auto")), (3, 0));
        assert_eq!((weigh("fuse", "22447120455"), weigh("fuse", "5A"), weigh("display", "grid")), (5, 0, 0));
        assert_eq!(weigh("display", "plista_widget_1"), 5);
        assert_eq!((weigh("Slot", ""), weigh("campaign", ""), weigh("id", "")), (2, 4, 0));
    }
}
