//! The contract of `clean --jsonl`: a line in, a line out.

use super::{PIXEL, damaged, folder, run};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// The answers, and what is told of lines that failed.
fn answers(args: &[&str], input: impl Into<Vec<u8>>) -> (Vec<String>, String) {
    let folder = folder(&[]);
    let answer = run(folder.path(), &[&["clean", "--jsonl"], args].concat(), input);
    assert_eq!(answer.code, 0, "{}", answer.err);
    (answer.out.lines().map(str::to_owned).collect(), answer.err)
}

fn lines(args: &[&str], input: impl Into<Vec<u8>>) -> Vec<String> {
    let (lines, told) = answers(args, input);
    let failed = lines.iter().filter(|line| line.contains("\"error\":\"line ")).count();
    assert_eq!(told.is_empty(), failed == 0, "{told}");
    lines
}

fn parse(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))
}

#[test]
fn the_text_is_clean_and_other_fields_are_as_they_were() {
    let (bad, good) = damaged();
    let text = serde_json::to_string(&bad).unwrap();
    let line = format!(
        r#"{{"id" : 1.50e3, "text": {text}, "ä\u00e9": [1,  {{"b":"\u00e9"}}], "big":123456789012345678901234567890}}"#
    );
    let answers = lines(&[], line);
    let [answer] = &answers[..] else { panic!("{answers:?}") };
    for kept in
        [r#""id":1.50e3"#, r#""ä\u00e9":[1,  {"b":"\u00e9"}]"#, r#""big":123456789012345678901234567890"#]
    {
        assert!(answer.contains(kept), "{kept}: {answer}");
    }
    let answer = parse(answer);
    assert_eq!(answer["text"], good);
    let (start, end) = (bad.find('<').unwrap(), bad.find('>').unwrap() + 1);
    let finding = &answer["findings"][0];
    assert!(finding["rule"].as_str().unwrap().starts_with("TR"));
    assert_eq!((&finding["start"], &finding["end"]), (&start.into(), &end.into()));
    assert_eq!(finding.as_object().unwrap().len(), 3, "compact: rule, start, end");
    assert!(answer.get("error").is_none() && answer.get("edits").is_none());
}

#[test]
fn edits_rebuild_the_text_and_name_their_rules() {
    let (bad, good) = damaged();
    let answer = parse(&lines(&["--edits"], json!({"text": bad}).to_string())[0]);
    let mut rebuilt = bad.clone();
    for edit in answer["edits"].as_array().unwrap().iter().rev() {
        let place = |key: &str| edit[key].as_u64().unwrap() as usize;
        rebuilt.replace_range(place("start")..place("end"), edit["text"].as_str().unwrap());
        assert!(!edit["rules"].as_array().unwrap().is_empty());
    }
    assert_eq!(rebuilt, good);
}

#[test]
fn findings_can_be_left_out_or_told_in_full() {
    let (bad, _) = damaged();
    let line = json!({"text": bad, "findings": "mine"}).to_string();
    assert_eq!(parse(&lines(&["--findings", "off"], line.as_str())[0])["findings"], "mine");
    let full = parse(&lines(&["--findings", "full"], line.as_str())[0]);
    let finding = &full["findings"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&3.into(), &10.into()));
    for key in ["message", "severity", "confidence", "evidence", "status", "fix", "group"] {
        assert!(finding.get(key).is_some(), "{key}: {finding}");
    }
}

#[test]
fn our_keys_are_replaced() {
    let line = r#"{"findings":"old","text":"a\n","edits":"old","error":"old"}"#;
    assert_eq!(parse(&lines(&["--edits"], line)[0]), json!({"text": "a\n", "findings": [], "edits": []}));
    // what was not asked for may be something else of the same name
    assert_eq!(parse(&lines(&[], line)[0]), json!({"text": "a\n", "findings": [], "edits": "old"}));
}

#[test]
fn bad_lines_give_an_error_and_the_run_goes_on() {
    let input: &[&[u8]] = &[
        b"{\"text\":\"one\"}",
        b"not json",
        b"",
        b"[1,2]",
        b"{\"id\":7}",
        b"{\"id\":8,\"text\":null}",
        b"{\"id\":9,\"text\":\"\\ud800\"}",
        b"{\"text\":\"caf\xe9\"}",
        b"{\"text\":\"cut off",
        b"{\"text\":\"last\"}",
    ];
    for jobs in ["1", "3"] {
        let (answers, told) = answers(&["--jobs", jobs], input.join(&b'\n'));
        assert_eq!(answers.len(), input.len());
        assert!(told.contains("8 lines could not be cleaned, the first is line 2"), "{told}");
        // half a surrogate pair is kept as it came, so not every reader takes that line
        assert!(answers[6].starts_with(r#"{"id":9,"text":"\ud800","error":"line 7: "#), "{}", answers[6]);
        for (number, answer) in answers.iter().enumerate().filter(|(n, _)| *n != 6) {
            let answer = parse(answer);
            if number == 0 || number == 9 {
                assert!(answer.get("error").is_none());
                continue;
            }
            let error = answer["error"].as_str().unwrap();
            assert!(error.starts_with(&format!("line {}: ", number + 1)), "{error}");
        }
        assert_eq!(parse(&answers[4])["id"], 7, "what could be read is kept");
    }
}

#[test]
fn characters_that_json_escapes_come_through() {
    let text = "\0 tab\tquote\" back\\slash \u{7f}\u{2028}😀 \u{1b}[0m é";
    let line = serde_json::to_string(&json!({"text": format!("{text} {PIXEL}")})).unwrap();
    let answer = parse(&lines(&["--select", "TR"], line)[0]);
    assert_eq!(answer["text"].as_str().unwrap().trim_end(), text);
    let escaped = r#"{"text":"\u0000\ud83d\ude00\u00e9\/"}"#;
    let answer = &lines(&["--select", "TR"], escaped)[0];
    assert_eq!(parse(answer)["text"], "\0😀é/");
}

#[test]
fn the_text_may_have_another_name() {
    let (bad, good) = damaged();
    let line = json!({"text": bad, "body": bad}).to_string();
    let answer = parse(&lines(&["--text-field", "body"], line)[0]);
    assert_eq!((&answer["text"], &answer["body"]), (&bad.as_str().into(), &good.as_str().into()));
    let folder = folder(&[]);
    let clash = run(folder.path(), &["clean", "--jsonl", "--text-field", "findings"], "");
    assert_eq!(clash.code, 2);
    let named = parse(&lines(&["--text-field", "body"], r#"{"text":"a"}"#)[0]);
    assert_eq!(named["error"], "line 1: no `body`");
}

#[test]
fn order_is_kept_and_files_are_read_too() {
    let (bad, _) = damaged();
    let rows: String =
        (0..600).map(|i| format!("{}\n", json!({"id": i, "text": bad.repeat(1 + i % 17)}))).collect();
    let one = lines(&["--jobs", "1"], rows.as_str());
    assert_eq!(lines(&["--jobs", "8"], rows.as_str()), one);
    let ids: Vec<u64> = one.iter().map(|l| parse(l)["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..600).collect::<Vec<_>>());
    let folder = folder(&[("rows.jsonl", &rows)]);
    let file = run(folder.path(), &["clean", "--jsonl", "rows.jsonl"], "");
    assert_eq!(file.out.lines().collect::<Vec<_>>(), one);
}

/// A program may wait for the answer to a line before it sends the next one.
#[test]
fn each_line_is_answered_without_waiting_for_more() {
    let folder = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdscrub"))
        .current_dir(folder.path())
        .args(["clean", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 0..5 {
        writeln!(stdin, "{}", json!({"id": number, "text": "a"})).unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert_eq!(parse(&answer)["id"], number);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
