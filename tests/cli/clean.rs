//! `clean`: one document, clean, on the standard output.

use super::{damaged, folder, mdscrub, read, run};
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn a_file_and_the_standard_input_come_out_the_same() {
    let (bad, good) = damaged();
    let folder = folder(&[("a.md", &bad)]);
    for (args, stdin) in
        [(vec!["clean", "a.md"], ""), (vec!["clean", "-"], bad.as_str()), (vec!["clean"], bad.as_str())]
    {
        let cleaned = run(folder.path(), &args, stdin);
        assert_eq!((cleaned.code, cleaned.out.as_str(), cleaned.err.as_str()), (0, good.as_str(), ""));
    }
    assert_eq!(read(&folder, "a.md"), bad);
}

#[test]
fn what_is_no_text_gives_no_output() {
    let folder = folder(&[]);
    std::fs::write(folder.path().join("a.md"), b"ab\xff\n").unwrap();
    let cleaned = run(folder.path(), &["clean", "a.md"], "");
    assert_eq!((cleaned.code, cleaned.out.as_str()), (2, ""));
    assert!(cleaned.err.contains("a.md: not UTF-8") && cleaned.err.contains("offset 2"), "{}", cleaned.err);
    let stdin = run(folder.path(), &["clean", "-"], b"ab\xff\n");
    assert!(stdin.err.contains("<stdin>: not UTF-8"), "{}", stdin.err);
    let missing = run(folder.path(), &["clean", "none.md"], "");
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("none.md: No such file"), "{}", missing.err);
    for args in [["clean", "."].as_slice(), &["clean", "--jsonl", "."], &["steps", "."]] {
        let directory = run(folder.path(), args, "");
        assert_eq!((directory.code, directory.out.as_str()), (2, ""));
        assert!(directory.err.contains(".: it is a folder"), "{}", directory.err);
    }
}

#[test]
fn utf_16_is_read() {
    let (bad, good) = damaged();
    let folder = folder(&[]);
    let wide: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(bad.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(run(folder.path(), &["clean"], wide).out, good);
}

#[test]
fn odd_characters_stay() {
    let folder = folder(&[]);
    for text in ["a\0b\n", "one\rtwo\r\rthree\r", "\u{feff}# A\n", ""] {
        let cleaned = run(folder.path(), &["clean", "--ignore", "NM,MO,RP"], text);
        assert_eq!((cleaned.code, cleaned.out.as_str()), (0, text));
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let (bad, _) = damaged();
    let text = bad.repeat(20_000);
    let rows = format!("{}\n", serde_json::json!({ "text": bad })).repeat(5_000);
    let folder = folder(&[("a.md", &text), ("a.jsonl", &rows)]);
    for args in [
        &["clean", "a.md"][..],
        &["clean", "--jsonl", "a.jsonl"],
        &["clean", "--jsonl", "--jobs", "1", "a.jsonl"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mdscrub"))
            .current_dir(folder.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_130() {
    let folder = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdscrub"))
        .current_dir(folder.path())
        .args(["clean", "--jsonl", "--jobs", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // an answer shows that the program is under way
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"text\":\"a\"}\n").unwrap();
    let mut answer = [0; 8];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut answer).unwrap();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn reports_of_lines_need_lines() {
    let folder = folder(&[]);
    let used = mdscrub(folder.path()).args(["clean", "--edits"]).output().unwrap();
    assert_eq!(used.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&used.stderr).contains("--jsonl"));
}
