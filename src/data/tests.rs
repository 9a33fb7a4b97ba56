//! The data files are sorted, unique and well formed.

use super::*;

fn rows(text: &str, table: &str) -> Vec<toml::Table> {
    let file: toml::Table = toml::from_str(text).expect("TOML");
    file[table].as_array().expect("rows").iter().map(|row| row.as_table().expect("a row").clone()).collect()
}

fn text<'r>(row: &'r toml::Table, key: &str) -> &'r str {
    row.get(key).and_then(|v| v.as_str()).unwrap_or_default()
}

#[test]
fn files_are_sorted_unique_and_complete() {
    for (file, table, keys, needed) in [
        (NETWORKS, "network", ["host", "path", "query"], ["host", "name", "role", "example", "source"]),
        (UNWRAP, "unwrap", ["host", "path", "keys"], ["host", "example", "gives", "source", "source"]),
        (PARAMS, "param", ["name", "host", "value"], ["name", "host", "action", "example", "source"]),
    ] {
        let rows = rows(file, table);
        let key = |row: &toml::Table| keys.map(|k| text(row, k).to_lowercase());
        for pair in rows.windows(2) {
            assert!(key(&pair[0]) < key(&pair[1]), "{:?}", pair[1]);
        }
        for row in &rows {
            assert!(needed.iter().all(|key| !text(row, key).is_empty()), "{row}");
            let host = text(row, "host");
            assert!(host == "*" || is_host_suffix(host) && host == host.to_lowercase(), "{host}");
        }
    }
}

#[test]
fn values_are_of_their_lists() {
    for row in rows(NETWORKS, "network") {
        assert!(serde_json::from_value::<Role>(text(&row, "role").into()).is_ok(), "{row}");
        assert!(["", "affiliate", "ad", "tracking", "share"].contains(&text(&row, "family")), "{row}");
        assert!(text(&row, "host") != "*" || !text(&row, "path").is_empty(), "{row}");
    }
    for row in rows(UNWRAP, "unwrap") {
        assert!(["", "tail", "query", "urldefense", "json"].contains(&text(&row, "form")), "{row}");
        assert!(["", "yes"].contains(&text(&row, "neutral")), "{row}");
    }
    for row in rows(PARAMS, "param") {
        assert!(["strip", "keep"].contains(&text(&row, "action")), "{row}");
        assert!(["", "affiliate"].contains(&text(&row, "family")), "{row}");
    }
}

#[test]
fn words_stand_in_one_row_of_their_list() {
    let mut known = std::collections::BTreeSet::new();
    for row in rows(WORDS, "word") {
        assert!(
            ["host", "path", "query", "account", "embed", "invitation", "macro"]
                .contains(&text(&row, "where")),
            "{row}"
        );
        assert!(["click", "creative", "pixel", "any", "against"].contains(&text(&row, "kind")), "{row}");
        assert!(text(&row, "weight").parse::<i16>().is_ok(), "{row}");
        for word in text(&row, "words").split(' ') {
            assert!(known.insert((text(&row, "where").to_owned(), word.to_owned())), "{word} twice");
        }
    }
}

#[test]
fn a_container_holds_one_thing() {
    let mut known = std::collections::BTreeSet::new();
    for row in rows(CONTAINERS, "names") {
        assert!(!text(&row, "source").is_empty() && !text(&row, "holds").is_empty(), "{row}");
        for name in text(&row, "names").split(' ') {
            assert!(!name.is_empty() && name == name.to_lowercase(), "{name:?}");
            assert!(known.insert(name.to_owned()), "{name} twice");
        }
    }
}

#[test]
fn there_are_enough() {
    let networks = rows(NETWORKS, "network");
    let names: std::collections::BTreeSet<&str> = networks.iter().map(|row| text(row, "name")).collect();
    assert!(names.len() >= 150, "{} networks", names.len());
    assert!(rows(PARAMS, "param").iter().filter(|row| text(row, "action") == "strip").count() >= 200);
    assert!(rows(UNWRAP, "unwrap").len() >= 60);
}

#[test]
fn hosts_that_are_ordinary_sites_too_are_told_by_path() {
    let dual = [
        "facebook.com",
        "medium.com",
        "t.co",
        "walmart.com",
        "udemy.com",
        "booking.com",
        "youtube.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "reddit.com",
        "substack.com",
        "disqus.com",
        "yandex.ru",
        "google.com",
        "vk.com",
        "digistore24.com",
        "agoda.com",
        "expedia.com",
        "flipkart.com",
        "blogger.com",
        "amazon.*",
        "ebay.us",
    ];
    for row in rows(NETWORKS, "network") {
        if dual.contains(&text(&row, "host")) {
            assert!(!text(&row, "path").is_empty() || text(&row, "role") == "ordinary", "{row}");
        }
    }
}

#[test]
fn users_networks() {
    let own = UserNetwork {
        path: Some("/b/##".into()),
        query: Some("id=#".into()),
        ..UserNetwork::new("Mine", ["b.example.org", "example.*"], Role::Creative)
    };
    let facts = Facts::new(&[own], &[], &[]).expect("valid");
    assert_eq!(facts.of_host("x.b.example.org").users_networks().count(), 2);
    assert_eq!(facts.of_host("www.example.de").users_networks().count(), 1);
    assert_eq!(facts.of_host("example.test.de").users_networks().count(), 0);
    let bad = UserNetwork::new("Mine", ["https://b.example.org/"], Role::Creative);
    assert!(Facts::new(&[bad], &[], &[]).is_err());
}

#[test]
fn networks_in_the_configuration() {
    let config = crate::Config::from_toml(
        "[[network]]\nname = \"Ours\"\nhosts = [\"b.example.org\"]\nrole = \"creative\"\npath = \"/b/\"",
    );
    let networks = config.expect("valid").networks;
    assert_eq!((networks[0].role, networks[0].path.as_deref()), (Role::Creative, Some("/b/")));
    assert!(
        crate::Config::from_toml("[[network]]\nname = \"Ours\"\nhosts = []\nrole = \"nonsense\"").is_err()
    );
}
