//! What the URL engine promises: roles by facts and shape, traps, properties.

use super::*;
use crate::data::UserNetwork;
use proptest::prelude::*;

fn role(url: &str) -> Role {
    classify(url, &Facts::builtin()).role
}

#[test]
fn networks_that_are_in_no_list() {
    for (url, wanted) in [
        ("https://go.velvet.example.net/track?offer=2218&pub=4419&subid=mid", Role::Click),
        ("https://creatives.velvet.example.net/2218/300x250_v3.gif", Role::Creative),
        ("https://partners.hazel.example.org/cl/70213/5512/91", Role::Click),
        ("https://click.tundra.example.net/r?bid=abc991&site=kp", Role::Click),
        ("https://banners.tundra.example.net/728x90/abc991.gif", Role::Creative),
        ("https://promo.glass.example.com/creative/250x250-b.jpg", Role::Creative),
        ("https://promo.glass.example.com/out?campaign=51&affid=kp", Role::Click),
        ("https://adserver.moltke.example.de/click?bid=44", Role::Click),
        ("https://adserver.moltke.example.de/img/88x31_44.gif", Role::Creative),
        ("https://clk.nube.example.es/c/9912/4", Role::Click),
        ("https://click.sakura-ad.example.jp/go?adv=5531&med=kp", Role::Click),
        ("https://adv.luna.example.it/b/443-300x250.jpg", Role::Creative),
        ("https://ct.april.example.jp/0.gif?mat=3HX1+9Q2", Role::Pixel),
        ("https://harbor.example.io/signup?aff=9912&sid=guide", Role::Retail),
        ("https://harbor.example.io/assets/affiliates/468x60.png", Role::Creative),
    ] {
        let facts = Facts::builtin();
        let verdict = classify(url, &facts);
        // Which of the two pictures it is, the document tells.
        let shown = |role| if role == Role::Pixel { Role::Creative } else { role };
        assert_eq!(shown(verdict.role), shown(wanted), "{url} {verdict:?}");
    }
}

#[test]
fn traps() {
    for url in [
        "https://forum.example.org/c/support/12/l/latest",
        "https://static.garten.example.de/image-10112-20934.jpg",
        "https://api.github.com/repos/a/b/contents/src/lib.rs?ref=v1.4.0",
        "https://www.youtube.com/embed/0IXrnhcRNUk",
        "https://img.shields.io/badge/licence-MIT-blue",
        "https://images.drivereasy.com/wp-content/uploads/2018/08/img_5b6e.jpg",
        "https://images.wondershare.com/repairit/article/2022/step-1.jpg",
        "https://haacked.com/images/haacked_com/WindowsLiveWriter/Track_1234/click_thumb.png",
        "https://www.example.org/wp-content/uploads/2020/01/heap-300x250.jpg",
        "https://www.example.org/go/tour/1",
        "https://ads.google.com/home",
        "https://www.booking.com/",
        "https://www.facebook.com/rust",
        "https://www.facebook.com/travelzoo",
        "https://twitter.com/sharelatex",
        "https://medium.com/react-tutorials/828c397e3dc8",
        "https://github.com/",
        "https://medium.com/@name/a-post-1a2b3c",
        "https://t.co/abc123",
        "https://www.walmart.com/ip/12345",
        "https://www.udemy.com/course/rust/",
        "https://docs.adserver.example.com/ads/banner/300x250",
        "https://www.example.org/track/parcel?id=12345678",
        "https://shop.example.org/product?id=123&pid=5",
        "mailto:ads@example.org",
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP",
        "#affiliate",
        "",
    ] {
        let facts = Facts::builtin();
        let verdict = classify(url, &facts);
        assert_eq!(verdict.role, Role::Ordinary, "{url} {verdict:?}");
    }
}

#[test]
fn every_network_row_does_what_its_example_says() {
    let rows: toml::Table = toml::from_str(crate::data::NETWORKS).expect("TOML");
    let facts = Facts::builtin();
    let mut wrong = Vec::new();
    for row in rows["network"].as_array().expect("rows") {
        let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        let verdict = classify(text("example"), &facts);
        let given = serde_json::to_value(verdict.role).expect("a name");
        let of_host = text("path").is_empty() && text("query").is_empty();
        let role_fits = match (text("role"), verdict.role) {
            // A row of the host alone says less than the kind of the file.
            ("display", Role::Script | Role::Click | Role::Creative) => true,
            ("click", Role::Script | Role::Creative) if of_host => true,
            (role, _) => given.as_str() == Some(role),
        };
        if verdict.network != Some(text("name")) || !role_fits {
            wrong.push(format!("{row} gave {given} {:?}", verdict.network));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sites_of_networks_are_pages() {
    for url in [
        "https://www.taboola.com/",
        "https://www.criteo.com/blog/what-is-retargeting",
        "https://shareasale.com",
        "https://geni.us/",
        "https://www.addthis.com/blog/",
    ] {
        assert_eq!(role(url), Role::VendorSite, "{url}");
    }
    assert_eq!(role("https://static.criteo.net/js/ld/publishertag.js"), Role::Script);
}

#[test]
fn links_that_lead_nowhere() {
    assert_eq!(role("javascript:void(0);"), Role::Void);
    assert_eq!(role("https://www.example.com/it/javascript:void%280%29;"), Role::Void);
    let script =
        "javascript:window.open(decodeURIComponent('https%3A%2F%2Fbrand.sjv.io%2Fc%2F12345%2F67890%2F1234'))";
    let facts = Facts::builtin();
    let verdict = classify(script, &facts);
    assert_eq!((verdict.role, verdict.network), (Role::Click, Some("Impact")));
    assert!(verdict.evidence.has(Signal::InScript));
}

#[test]
fn what_the_user_allows() {
    let allow = |hosts: &[&str], ids: &[&str]| {
        let strings = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        Facts::new(&[], &strings(hosts), &strings(ids)).expect("valid")
    };
    let facts = allow(&["brand.sjv.io"], &["4471", "mine-20"]);
    for url in [
        "https://brand.sjv.io/c/1234567/123456/1234",
        "https://shop.example.org/order/checkout.php?PRODS=1&AFFILIATE=4471",
        "https://goto.example.com/c/4471/123456/1234",
    ] {
        let verdict = classify(url, &facts);
        assert_eq!(verdict.role, Role::Ordinary, "{url}");
        assert!(verdict.evidence.has(Signal::Allowed));
    }
    assert_eq!(classify("https://other.sjv.io/c/1234567/123456/1234", &facts).role, Role::Click);
    assert!(Facts::new(&[], &["https://x.example/".to_owned()], &[]).is_err());
}

#[test]
fn the_users_networks_win() {
    let own = [
        UserNetwork::new("Fine", ["goto.walmart.com"], Role::Ordinary),
        UserNetwork::new("Ours", ["cdn.example.org"], Role::Creative),
    ];
    let facts = Facts::new(&own, &[], &[]).expect("valid");
    let verdict = classify("https://goto.walmart.com/c/1234567/123456/1234", &facts);
    assert_eq!((verdict.role, verdict.network), (Role::Ordinary, Some("Fine")));
    let verdict = classify("https://a.cdn.example.org/x.html", &facts);
    assert_eq!((verdict.role, verdict.network), (Role::Creative, Some("Ours")));
}

#[test]
fn evidence_is_named_and_adds_up() {
    let facts = Facts::builtin();
    let verdict = classify("https://ads.nobody.example/click?bid=1", &facts);
    let sum: i16 = verdict.evidence.iter().map(|(_, weight)| weight).sum();
    assert_eq!(sum, verdict.score);
    assert!(verdict.evidence.has(Signal::HostWord) && verdict.evidence.has(Signal::PathWord));
    assert!((0.0..=1.0).contains(&verdict.confidence()) && verdict.confidence() > 0.8);
    assert_eq!(verdict.reasons().len(), 3);
    let known = classify("https://brand.sjv.io/vmebyo", &facts);
    assert_eq!(known.reasons(), ["Impact", "host of a known network"]);
    let shop = classify("https://www.amazon.de/dp/0007381247?tag=mine-21", &facts);
    assert_eq!((shop.role, shop.family, shop.score), (Role::Retail, Family::Affiliate, 10));
    assert!(shop.evidence.has(Signal::IdParameter));
}

fn encoded(text: &str, all: bool) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' if !all => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

fn base64(text: &str, url_safe: bool) -> String {
    let alphabet: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(if url_safe { ['-', '_'] } else { ['+', '/'] })
        .collect();
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().chain([0, 0].iter()).take(3).fold(0_u32, |bits, b| bits << 8 | u32::from(*b));
        for part in 0..=chunk.len() {
            out.push(alphabet[(bits >> (18 - 6 * part) & 63) as usize]);
        }
    }
    out
}

/// A web address of letters, digits and what stands unencoded in one.
fn address() -> impl Strategy<Value = String> {
    "https?://www\\.[a-z]{3,9}\\.(org|de|co\\.uk)/[a-zA-Z0-9/._-]{0,20}(\\?[xy]=[a-z0-9]{1,5}(&z=[0-9]{1,3})?)?(#[a-z]{1,6})?"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_panics(url in "\\PC{0,60}", scheme in "(https?:)?(//)?|javascript:|") {
        let facts = Facts::builtin();
        for url in [format!("{scheme}{url}"), format!("{scheme}www.amazon.de/{url}"), format!("{scheme}go.example/out?aff_id=1&u={url}")] {
            let _ = classify(&url, &facts);
            let _ = destination(&url, &facts);
            let _ = readable_target(&url, &facts);
            let _ = pair_score(&url, "https://a.example/1234/5");
        }
    }

    #[test]
    fn stripping_is_idempotent_and_keeps_host_and_path(
        path in "[a-z/.=-]{0,12}", query in "([a-z_]{1,4}|utm_x|gclid|ref|&|;|&amp;|=|a%20b|%75tm_y){0,12}", fragment in "(#[a-z=&_]{0,9})?"
    ) {
        let facts = Facts::builtin();
        let url = format!("https://www.example.org/{path}?{query}{fragment}");
        let once = stripped(&url, &facts).unwrap_or(url.clone());
        prop_assert_eq!(stripped(&once, &facts), None, "{} gave {}", url, once);
        let (before, after) = (UrlView::parse(&url), UrlView::parse(&once));
        prop_assert_eq!((before.host, before.path), (after.host, after.path));
        if let Some(found) = strip_tracking(&url, &facts) {
            prop_assert!(found.edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start));
        }
    }

}

/// The rules whose destination is a parameter's value: the start of their example's URL, and the parameter.
fn rules_by_parameter() -> &'static [(String, String)] {
    static RULES: std::sync::OnceLock<Vec<(String, String)>> = std::sync::OnceLock::new();
    RULES.get_or_init(|| {
        let rows: toml::Table = toml::from_str(crate::data::UNWRAP).expect("TOML");
        let text = |row: &toml::Value, key: &str| {
            row.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
        };
        let rows = rows["unwrap"].as_array().expect("rows").iter();
        // Disqus appends a token to the value.
        rows.filter(|row| text(row, "form").is_empty() && !text(row, "host").starts_with("disq"))
            .map(|row| {
                let start = text(row, "example").split('?').next().unwrap_or_default().to_owned();
                (start, text(row, "keys").split(' ').next().unwrap_or_default().to_owned())
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_rule_gives_back_what_it_wraps(target in address(), form in 0..5) {
        let facts = Facts::builtin();
        // a target that is an ad itself is no destination
        prop_assume!(!classify(&target, &facts).is_commercial());
        let value = match form {
            0 => encoded(&target, false),
            1 => encoded(&target, true),
            2 => encoded(&encoded(&target, false), false),
            3 => base64(&target, false).replace('+', "%2B"),
            _ => base64(&target, true),
        };
        for (start, key) in rules_by_parameter() {
            let url = format!("{start}?ACCOUNT=A&offer_id=1&{key}={value}&end=1");
            let given = destination(&url, &facts);
            prop_assert_eq!(given.as_deref(), Some(target.as_str()), "{}", url);
        }
    }
}

#[test]
fn codes_of_who_invites_and_macros_tell() {
    for url in [
        "https://accounts.exchange.example/fr/register?ref=35771299",
        "https://bank.example/referral/?referral-code=marta9xk!NOV1",
        "https://live.player.example/view.php?s=11&cb=%%CACHEBUSTER%%&url=%%REFERRER%%",
        "https://serve.example/view?ord=[timestamp]",
    ] {
        assert!(classify(url, &Facts::builtin()).is_commercial(), "{url}");
    }
    for url in [
        "https://git.example.org/repo/file?ref=v1.2.3",
        "https://app.example.org/register?ref=homepage",
        "https://chat.example.org/join?room=4471",
        "https://api.example.org/v1?fields=[title]&key=${API_KEY}",
        "https://www.example.org/100%%25",
    ] {
        assert!(!classify(url, &Facts::builtin()).is_commercial(), "{url}");
    }
}
