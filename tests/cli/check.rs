//! `check` reports and never writes.

use super::{PIXEL, damaged, folder, mdscrub, read, run};
use serde_json::Value;

#[test]
fn nothing_found_is_0_findings_are_1() {
    let (bad, good) = damaged();
    let folder = folder(&[("bad.md", &bad), ("good.md", &good)]);
    let clean = run(folder.path(), &["check", "good.md"], "");
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    assert!(clean.err.contains("nothing found in 1 file"), "{}", clean.err);
    let found = run(folder.path(), &["check"], "");
    assert_eq!(found.code, 1);
    assert!(found.err.contains("1 finding in 1 of 2 files; `mdscrub fix` mends 1"), "{}", found.err);
    assert_eq!(read(&folder, "bad.md"), bad, "check does not write");
}

#[test]
fn the_report_names_place_code_and_excerpt_with_carets() {
    let (bad, _) = damaged();
    let folder = folder(&[("bad.md", &bad)]);
    let found = run(folder.path(), &["check", "bad.md"], "");
    assert!(found.out.contains("bad.md:3:10"), "{}", found.out);
    assert!(found.out.contains("error[TR"), "{}", found.out);
    assert!(found.out.contains("Open the <img"), "{}", found.out);
    assert!(found.out.contains("^^^"), "{}", found.out);
    assert!(found.out.contains("fix: removes"), "{}", found.out);
    assert!(!found.out.contains('\u{1b}'), "no colours in a pipe");
    let coloured = run(folder.path(), &["check", "--color", "always", "bad.md"], "");
    assert!(coloured.out.contains('\u{1b}'));
}

#[test]
fn no_color_is_respected() {
    let (bad, _) = damaged();
    let folder = folder(&[("bad.md", &bad)]);
    let output = mdscrub(folder.path()).env("NO_COLOR", "1").args(["check", "bad.md"]).output().unwrap();
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn json_has_spans_in_bytes_and_columns_in_characters() {
    let text = format!("Ünïcödé €{PIXEL} end.\n");
    let folder = folder(&[("a.md", &text)]);
    let found = run(folder.path(), &["check", "--format", "json", "a.md"], "");
    assert_eq!(found.code, 1);
    let report: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(report["version"], 1);
    let finding = &report["findings"][0];
    assert_eq!(finding["file"], "a.md");
    assert_eq!(finding["start"], text.find('<').unwrap());
    assert_eq!(finding["end"], text.find('>').unwrap() + 1);
    assert_eq!((&finding["line"], &finding["column"]), (&1.into(), &10.into()));
    assert_eq!(finding["fix"]["safety"], "safe");
    assert_eq!(report["summary"]["findings"], report["findings"].as_array().unwrap().len());
    assert_eq!(report["errors"], serde_json::json!([]));
}

#[test]
fn stdin_behaves_like_a_file() {
    let (bad, _) = damaged();
    let folder = folder(&[("sub/a.md", &bad), ("sub/mdscrub.toml", "ignore = [\"RP\"]\n")]);
    for format in ["text", "json"] {
        let file = run(folder.path(), &["check", "--format", format, "sub/a.md"], "");
        let args = ["check", "--format", format, "-", "--stdin-filename", "sub/a.md"];
        let stdin = run(folder.path(), &args, bad.as_str());
        assert_eq!((file.code, file.out, file.err), (stdin.code, stdin.out, stdin.err));
    }
    let unnamed = run(folder.path(), &["check", "-"], bad.as_str());
    assert!(unnamed.out.contains("<stdin>:3:10"), "{}", unnamed.out);
}

#[test]
fn output_comes_in_the_order_of_paths_whatever_the_threads() {
    let (bad, _) = damaged();
    let names: Vec<String> = (0..40).map(|i| format!("d{}/{i:02}.md", i % 3)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), bad.as_str())).collect();
    let folder = folder(&files);
    let one = run(folder.path(), &["check", "--jobs", "1"], "");
    let many = run(folder.path(), &["check", "--jobs", "7"], "");
    assert_eq!(one.out, many.out);
    let mut sorted = names.clone();
    sorted.sort();
    let listed = run(folder.path(), &["files"], "");
    assert_eq!(listed.out.lines().collect::<Vec<_>>(), sorted);
}

#[test]
fn folders_are_walked_for_markdown_and_ignore_files_are_respected() {
    let (bad, _) = damaged();
    let folder = folder(&[
        ("a.md", "a\n"),
        ("b.markdown", "b\n"),
        ("c.mdown", "c\n"),
        ("d.mkd", "d\n"),
        ("e.mdx", "e\n"),
        ("F.MD", "f\n"),
        ("g.txt", &bad),
        ("ignored/h.md", &bad),
        (".hidden/i.md", &bad),
        (".gitignore", "ignored/\n"),
    ]);
    let listed = run(folder.path(), &["files", "."], "");
    assert_eq!(listed.out, "F.MD\na.md\nb.markdown\nc.mdown\nd.mkd\ne.mdx\n");
    assert_eq!(run(folder.path(), &["check"], "").code, 0);
    // what is named is read
    assert_eq!(run(folder.path(), &["check", "g.txt"], "").code, 1);
    assert_eq!(run(folder.path(), &["check", "ignored/h.md"], "").code, 1);
}

#[test]
fn what_cannot_be_read_is_named_and_the_run_goes_on() {
    let (bad, _) = damaged();
    let folder = folder(&[("a.md", &bad), ("empty/notes.txt", "no Markdown")]);
    std::fs::write(folder.path().join("latin.md"), b"caf\xe9\n").unwrap();
    let found = run(folder.path(), &["check", "latin.md", "missing.md", "empty", "a.md"], "");
    assert_eq!(found.code, 2);
    assert!(found.out.contains("a.md:3:10"), "{}", found.out);
    assert!(found.err.contains("latin.md: not UTF-8"), "{}", found.err);
    assert!(found.err.contains("offset 3"), "{}", found.err);
    assert!(found.err.contains("missing.md: No such file"), "{}", found.err);
    assert!(found.err.contains("empty: no Markdown files"), "{}", found.err);
    let json = run(folder.path(), &["check", "--format", "json", "latin.md", "a.md"], "");
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["errors"][0]["file"], "latin.md");
}

#[test]
fn unknown_rules_are_named() {
    let folder = folder(&[
        ("a.md", "a\n"),
        ("bad/mdscrub.toml", "ignore = [\"ZZ9\"]"),
        ("bad/a.md", "a"),
        ("bad/b.md", "b"),
    ]);
    let flag = run(folder.path(), &["check", "--select", "AD,XX999"], "");
    assert_eq!(flag.code, 2);
    assert!(flag.err.contains("--select: unknown rule or family `XX999`"), "{}", flag.err);
    let file = run(folder.path(), &["check", "bad"], "");
    assert_eq!(file.code, 2);
    assert!(file.err.contains("mdscrub.toml: ignore: unknown rule or family `ZZ9`"), "{}", file.err);
    assert_eq!(file.err.matches("ZZ9").count(), 1, "once for all files: {}", file.err);
}

#[test]
fn what_may_have_been_meant_is_named_where_one_rule_is_most_alike() {
    let folder = folder(&[("a.md", "a\n")]);
    for (given, meant) in [("RPP107", "`RP107`"), ("tracking-pixl", "`tracking-pixel`")] {
        let refused = run(folder.path(), &["check", "--select", given], "");
        assert!(refused.err.contains(&format!("did you mean {meant}?")), "{}", refused.err);
    }
    for given in ["BP1O1", "zebra", "A", ""] {
        let refused = run(folder.path(), &["check", "--ignore", given], "");
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("unknown rule") && !refused.err.contains("mean"), "{}", refused.err);
    }
}

#[test]
fn beginnings_of_codes_and_all_select_rules() {
    let folder = folder(&[("a.md", "* [a](https://a.example/?utm_source=q)\n")]);
    let found = |select: &str| {
        let report = run(folder.path(), &["check", "--format", "json", "--select", select], "");
        let report: Value = serde_json::from_str(&report.out).unwrap();
        let mut codes: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["rule"].as_str().unwrap().to_owned())
            .collect();
        codes.sort();
        codes
    };
    assert_eq!(found("tr2"), ["TR202"]);
    assert_eq!(found("TR"), ["TR202"]);
    assert!(found("TR1").is_empty());
    assert_eq!(found("ALL"), ["NM120", "TR202"]);
}

#[test]
fn mends_that_fix_refuses_are_not_promised() {
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("a\u{200b}b **c **d\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let folder = folder(&[]);
    std::fs::write(folder.path().join("wide.md"), wide).unwrap();
    let report = run(folder.path(), &["check", "wide.md"], "");
    assert_eq!(report.code, 1);
    assert!(!report.err.contains("fix"), "{}", report.err);
}

#[test]
fn notes_do_not_set_the_exit_code_and_odd_characters_are_no_error() {
    let folder = folder(&[
        ("nul.md", "a\0b\n"),
        ("cr.md", "one\rtwo\r"),
        ("nothing.md", ""),
        ("mark.md", "\u{feff}# A\n"),
    ]);
    let found = run(folder.path(), &["check"], "");
    assert_ne!(found.code, 2, "{}", found.err);
}

#[test]
fn the_nearest_configuration_counts() {
    let (bad, _) = damaged();
    let folder = folder(&[
        ("mdscrub.toml", "ignore = [\"TR\", \"AD\", \"AF\"]\n"),
        ("a.md", &bad),
        ("deep/er/b.md", &bad),
        ("own/.mdscrub.toml", "\n"),
        ("own/c.md", &bad),
    ]);
    let found = run(folder.path(), &["check"], "");
    assert_eq!(found.code, 1);
    assert!(found.out.contains("own/c.md:3"), "{}", found.out);
    assert!(!found.out.contains("a.md:") && !found.out.contains("b.md:"), "{}", found.out);
    let isolated = run(folder.path(), &["check", "--isolated"], "");
    assert!(isolated.out.contains("a.md:3") && isolated.out.contains("b.md:3"), "{}", isolated.out);
    let other = run(folder.path(), &["check", "--config", "mdscrub.toml", "own"], "");
    assert_eq!(other.code, 0, "{}", other.out);
    let selected = run(folder.path(), &["check", "--select", "TR", "a.md"], "");
    assert_eq!(selected.code, 1, "a selection goes before the file's keys");
}

#[test]
fn style_is_left_alone_unless_asked_for() {
    let folder = folder(&[("a.md", "* one\n* two\n")]);
    let shown = run(folder.path(), &["config", "a.md"], "");
    assert!(
        shown.out.contains("normalise = false") && shown.out.contains("html = \"keep\""),
        "{}",
        shown.out
    );
    let asked = run(folder.path(), &["config", "--normalize", "--html", "unwrap", "a.md"], "");
    assert!(
        asked.out.contains("normalise = true") && asked.out.contains("html = \"unwrap\""),
        "{}",
        asked.out
    );
    let without = run(folder.path(), &["clean", "--no-normalise", "a.md"], "");
    assert_eq!(without.out, "* one\n* two\n");
    let corpus = run(folder.path(), &["config", "--verb", "clean", "a.md"], "");
    assert!(
        corpus.out.contains("normalise = true") && corpus.out.contains("html = \"convert\""),
        "{}",
        corpus.out
    );
    assert_eq!(run(folder.path(), &["check"], "").code, 0);
}
