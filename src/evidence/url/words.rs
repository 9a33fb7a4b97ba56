//! Words of hosts, paths and parameter names that speak for an ad, and how much. Owns the weights;
//! must not add them up.
//!
//! None of them is enough alone ([`THRESHOLD`]): `click.` is a library's documentation, `/track/` a parcel, `aid` an
//! article. Weights were set by hand and checked against links of ordinary articles, which must stay under the threshold.

use crate::data::WordTable;
use std::sync::OnceLock;

/// The sum from which a URL has a role.
pub(crate) const THRESHOLD: i16 = 6;

/// What a word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Following it counts.
    Click,
    /// It is shown.
    Creative,
    /// It counts views.
    Pixel,
    /// Advertising of some kind.
    Any,
    /// Documentation, code, archives: speaks against.
    Against,
}

/// A word's kind and weight.
pub(crate) type Weight = (Kind, i16);

use Kind::{Against, Any, Click, Creative, Pixel};

/// Labels of hosts, and parts of them between hyphens.
const HOST: &[(&str, Kind, i16)] = &[
    ("click clicks clk clck clickserve clicktrack", Click, 4),
    ("track tracking tracker trk trck trkr tracked redir redirect", Click, 3),
    ("go out hop jump visit goto link links l r to get", Click, 1),
    (
        "go2 aff affil affiliate affiliates affiliation afiliados partnerprogramm partnerlink afl affi",
        Click,
        4,
    ),
    (
        "partner partners partenaires parceiros referral refer ref deals deal promo promos offers offer prf",
        Click,
        2,
    ),
    ("banner banners creative creatives adimg adimage adimages", Creative, 4),
    (
        "ad ads adv advert adverts advertising adserver adserv adserve adsrv adx adnet adnetwork adclick",
        Any,
        4,
    ),
    ("reklama reklam reklame reklamy werbung werbemittel anzeigen publicite publicidad publicidade", Any, 4),
    ("pubblicita tuiguang guanggao koukoku kokoku iklan quangcao annonce annonces mainos hirdetes", Any, 4),
    (
        "sponsor sponsors sponsored media2 pub pubs rk rklm dsp ssp rtb bid bidder syndication delivery",
        Any,
        2,
    ),
    ("pixel pixels px beacon beacons imp imps impression impressions pxl", Pixel, 4),
    ("hit hits stat stats counter count metrics analytics telemetry collect collector log logs", Pixel, 2),
    ("docs doc developer developers support help wiki learn", Against, -8),
    ("dev forum forums blog community", Against, -4),
    ("git gitlab gitea bugs issues jira archive web-archive translate validator proxy mail", Against, -4),
    ("tag tags trc ct", Any, 1),
];

/// Segments of paths, without an ending such as `.php`.
const PATH: &[(&str, Kind, i16)] = &[
    ("click clicks clk clck adclick ad-click aclk clickthrough clickthru click-through linkclick", Click, 3),
    (
        "track trk tracking trck tracker tracklink redir redirect rd rdr redirector outbound outgoing",
        Click,
        2,
    ),
    (
        "out go goto visit jump hop cl lnk link exit away leave recommends recommend refer ref deeplink",
        Click,
        2,
    ),
    ("c k r t l a o x g s z j", Click, 1),
    (
        "aff affiliate affiliates affiliation afiliado afiliados affil partner partners partnerprogramm",
        Click,
        3,
    ),
    ("offer offers deal promo promos coupon campaign campaigns kampagne campagne campana sponsor", Any, 1),
    (
        "banner banners creative creatives creativ cr bnr werbemittel banery bannerit adimages adimg",
        Creative,
        3,
    ),
    ("ad ads adv advert adverts advertisement advertisements advertising adserver adserv adx pagead", Any, 3),
    ("reklama reklam reklame werbung anzeige anzeigen publicite publicidad publicidade pubblicita", Any, 3),
    ("imp imps impression impressions im view views pixel px pxl beacon hit v i show", Pixel, 2),
    ("0 1x1 pix blank spacer count counter transparent clear pixel.gif", Pixel, 1),
    (
        "docs doc documentation wiki questions blob tree raw issues pull commit wp-content uploads",
        Against,
        -3,
    ),
    ("article articles tutorial tutorials guide guides help support api reference blog posts", Against, -2),
    ("category categories tag tags topic topics archive archives forum thread", Against, -2),
];

/// Names of parameters.
const QUERY: &[(&str, Kind, i16)] = &[
    ("a8mat clickref camref clickid click_id cjevent irclickid awinaffid awinmid afftrack pubref", Click, 5),
    (
        "aff_id affid affiliate_id affiliateid aff_code aff_sub affsub a_aid a_bid aid_aff affcode awc",
        Click,
        5,
    ),
    ("affiliate affiliatecode affil affname affiliate_code affiliatecode partnerid partner_id", Click, 4),
    ("aff subid sub_id subid1 subid2 subid3 sub1 s1 s2 pubid publisher_id publisherid", Click, 4),
    ("offer_id offerid oid tid wmid campaign_id campaignid campid camp_id adgroup adgroupid", Any, 2),
    ("offer pub pid aid adv advertiser advertiserid advertiser_id partner ref_id refid hop", Any, 2),
    ("bid bannerid banner_id banner zoneid zone_id placement placementid adid ad_id ad_slot adslot", Any, 3),
    ("creative creativeid creative_id cr crid zone adunit ad_unit ad_type adtype slot idb erid", Any, 2),
    ("campaign mid cid sid site siteid site_id b k z mat ti pos uid med adgroup_id sponsor", Any, 1),
    ("adurl clicktag clickurl click_url lp_url landingpage deeplink dl deep_link", Click, 3),
    ("ord cachebuster cb rnd random", Any, 1),
    ("login next return returnurl return_to redirect_uri callback continue service state scope", Against, -4),
    ("client_id response_type oauth_token samlrequest nonce code_challenge", Against, -4),
    ("q query search text page lang sort tag", Against, -2),
];

/// Words with their weights.
#[derive(Debug, Default)]
pub(crate) struct Words {
    table: WordTable,
    weights: Vec<Weight>,
}

impl Words {
    fn of(rows: &[(&'static str, Kind, i16)]) -> Self {
        let mut words = Self::default();
        for &(list, kind, weight) in rows {
            for word in list.split(' ') {
                let number = words.table.number(word);
                if number == words.weights.len() {
                    words.weights.push((kind, weight));
                }
            }
        }
        words
    }

    /// The weight of `word`, without regard to case.
    #[inline]
    pub fn weight(&self, word: &str) -> Option<Weight> {
        self.weights.get(self.table.get(word)?).copied()
    }
}

/// The three lists.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Labels of hosts.
    pub host: Words,
    /// Segments of paths.
    pub path: Words,
    /// Names of parameters.
    pub query: Words,
}

/// The lists, compiled at the first call.
pub(crate) fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists { host: Words::of(HOST), path: Words::of(PATH), query: Words::of(QUERY) })
}

/// Sizes of ads in pixels and how much each says: some are shapes that only ads have, some are thumbnails' too.
/// Source: IAB "Display & Mobile Advertising Creative Format Guidelines" and its older sets.
pub(crate) fn creative_size_weight(width: u32, height: u32) -> i16 {
    match (width, height) {
        (728 | 970, 90) | (468 | 234, 60) | (160 | 120, 600) | (970, 250 | 66) | (320, 50 | 100) => 4,
        (88, 31)
        | (980, 90 | 120 | 240)
        | (930, 180)
        | (750, 100 | 200 | 300)
        | (640, 90 | 100)
        | (300, 50) => 4,
        (125, 125) | (120, 60 | 90 | 240) | (240, 400) | (300, 1050) | (580, 400) | (950, 90) | (960, 90) => {
            3
        }
        (300, 250 | 600) | (336, 280) | (250, 250) | (200, 200) | (180, 150) | (300, 100) | (234, 234) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_enough_alone() {
        for list in [&lists().host, &lists().path, &lists().query] {
            assert!(list.weights.iter().all(|(_, weight)| *weight < THRESHOLD));
        }
        assert_eq!(lists().host.weight("CLICK"), Some((Click, 4)));
        assert_eq!(lists().path.weight("oven"), None);
    }

    #[test]
    fn sizes() {
        assert!(creative_size_weight(728, 90) > creative_size_weight(300, 250));
        assert_eq!(creative_size_weight(1920, 1080), 0);
    }
}
