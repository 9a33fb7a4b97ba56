//! What the program says of itself.

use super::{folder, run};
use mdscrub::rules;
use serde_json::Value;

#[test]
fn each_rule_is_explained_by_code_and_name() {
    let folder = folder(&[]);
    for rule in rules::all() {
        let info = rule;
        let explained = run(folder.path(), &["explain", info.code], "");
        assert_eq!((explained.code, explained.out.as_str()), (0, info.documentation));
    }
    let first = rules::all().next().unwrap();
    assert_eq!(run(folder.path(), &["explain", &first.code.to_lowercase()], "").out, first.documentation);
    assert_eq!(run(folder.path(), &["explain", first.name], "").out, first.documentation);
    assert!(run(folder.path(), &["explain", first.family()], "").out.contains(first.code));
    let unknown = run(folder.path(), &["explain", "XX999"], "");
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("unknown rule or family `XX999`"), "{}", unknown.err);
}

#[test]
fn rules_are_listed_as_a_table_and_as_json() {
    let folder = folder(&[]);
    let table = run(folder.path(), &["rules"], "");
    let json = run(folder.path(), &["rules", "--format", "json"], "");
    let list: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(list["version"], 1);
    assert_eq!(list["rules"].as_array().unwrap().len(), rules::all().len());
    for rule in rules::all() {
        assert!(table.out.contains(rule.code) && table.out.contains(rule.summary));
    }
}

#[test]
fn the_configuration_that_is_shown_can_be_used() {
    let folder = folder(&[("mdscrub.toml", "allow-hosts = [\"shop.example.org\"]\n")]);
    let shown = run(folder.path(), &["config"], "");
    assert_eq!(shown.code, 0);
    assert!(shown.out.starts_with("# from ") && shown.out.contains("shop.example.org"), "{}", shown.out);
    let config = mdscrub::Config::from_toml(&shown.out).unwrap();
    assert_eq!(config.allow_hosts, ["shop.example.org"]);
    std::fs::write(folder.path().join("mdscrub.toml"), "alow-hosts = []\n").unwrap();
    let broken = run(folder.path(), &["config"], "");
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("mdscrub.toml") && broken.err.contains("alow-hosts"), "{}", broken.err);
    let missing = run(folder.path(), &["check", "--config", "none.toml"], "");
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("none.toml"), "{}", missing.err);
}

#[test]
fn completions_are_made_for_shells() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(folder.path(), &["completions", shell], "");
        assert_eq!(script.code, 0);
        assert!(script.out.contains("mdscrub"), "{shell}");
    }
}

#[test]
fn bad_usage_is_2_help_and_version_are_0() {
    let folder = folder(&[]);
    for args in [
        &[][..],
        &["frobnicate"],
        &["check", "--nonsense"],
        &["fix", "--jobs", "0"],
        &["completions", "tcsh"],
    ] {
        let used = run(folder.path(), args, "");
        assert_eq!((used.code, used.out.as_str()), (2, ""), "{args:?}");
        assert!(!used.err.is_empty());
    }
    for args in [&["--help"][..], &["check", "--help"], &["--version"]] {
        let helped = run(folder.path(), args, "");
        assert_eq!((helped.code, helped.err.as_str()), (0, ""), "{args:?}");
    }
}
