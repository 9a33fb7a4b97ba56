//! `fix` rewrites wholly or not at all.

use super::{PIXEL, damaged, folder, read, run};
use std::fs;

#[test]
fn files_are_rewritten_and_a_second_run_finds_nothing() {
    let (bad, good) = damaged();
    let folder = folder(&[("a.md", &bad), ("b.md", &good)]);
    let fixed = run(folder.path(), &["fix"], "");
    assert_eq!(fixed.code, 0, "{}", fixed.err);
    assert!(fixed.err.contains("fixed 1 finding in 1 of 2 files"), "{}", fixed.err);
    assert_eq!(read(&folder, "a.md"), good);
    assert_eq!(run(folder.path(), &["check"], "").code, 0);
    let again = run(folder.path(), &["fix"], "");
    assert_eq!(again.code, 0);
    assert!(again.err.contains("nothing to fix"), "{}", again.err);
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let (bad, good) = damaged();
    let crlf = |t: &str| format!("\u{feff}{}", t.replace('\n', "\r\n"));
    let folder = folder(&[("a.md", &crlf(&bad))]);
    assert_eq!(run(folder.path(), &["fix"], "").code, 0);
    assert_eq!(read(&folder, "a.md"), crlf(&good));
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let (bad, good) = damaged();
    let folder = folder(&[("a.md", &bad), ("b.md", &good)]);
    let diff = run(folder.path(), &["fix", "--diff"], "");
    assert_eq!(diff.code, 1);
    assert!(diff.out.starts_with("--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n"), "{}", diff.out);
    assert!(diff.out.ends_with("+Open the app.\n"), "{}", diff.out);
    assert_eq!(read(&folder, "a.md"), bad);
    let none = run(folder.path(), &["fix", "--diff", "b.md"], "");
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    let coloured = run(folder.path(), &["fix", "--diff", "--color", "always"], "").out;
    assert!(coloured.contains("\u{1b}[32m+Open the app.\u{1b}[0m\n"), "{coloured}");
    let plain = coloured.split('\u{1b}').map(|s| s.split_once('m').map_or(s, |(_, rest)| rest));
    assert_eq!(plain.collect::<String>(), diff.out);
}

#[test]
fn stdin_is_fixed_to_stdout() {
    let (bad, good) = damaged();
    let folder = folder(&[]);
    let fixed = run(folder.path(), &["fix", "-"], bad.as_str());
    assert_eq!((fixed.code, fixed.out), (0, good));
    let diff = run(folder.path(), &["fix", "--diff", "-", "--stdin-filename", "x/y.md"], bad.as_str());
    assert_eq!(diff.code, 1);
    assert!(diff.out.starts_with("--- x/y.md\n"), "{}", diff.out);
    // a document is not a report: what looks like a colour stays
    let coloured = run(folder.path(), &["fix", "-", "--select", "TR"], format!("\u{1b}[31mred {PIXEL}\n"));
    assert!(coloured.out.starts_with("\u{1b}[31mred"), "{:?}", coloured.out);
}

#[test]
fn what_is_not_utf_8_is_never_written() {
    let (bad, _) = damaged();
    let folder = folder(&[]);
    let latin = [bad.as_bytes(), b"caf\xe9\n"].concat();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(bad.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, bytes, says) in [("latin.md", &latin, "not UTF-8"), ("wide.md", &utf16, "UTF-16")] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let fixed = run(folder.path(), &["fix", name], "");
        assert_eq!(fixed.code, 2);
        assert!(fixed.err.contains(name) && fixed.err.contains(says), "{}", fixed.err);
        assert_eq!(&fs::read(folder.path().join(name)).unwrap(), bytes);
    }
}

#[test]
fn a_read_only_file_stays_and_the_rest_is_fixed() {
    let (bad, good) = damaged();
    let folder = folder(&[("a.md", &bad), ("b.md", &bad)]);
    let path = folder.path().join("a.md");
    let mut mode = fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&path, mode).unwrap();
    let fixed = run(folder.path(), &["fix"], "");
    assert_eq!(fixed.code, 2);
    assert!(fixed.err.contains("a.md: the file is read-only"), "{}", fixed.err);
    assert_eq!(read(&folder, "a.md"), bad);
    assert_eq!(read(&folder, "b.md"), good);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    #[test]
    fn the_mode_is_kept() {
        let (bad, _) = damaged();
        let folder = folder(&[("a.md", &bad)]);
        let path = folder.path().join("a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(run(folder.path(), &["fix"], "").code, 0);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_link_stays_and_its_target_is_fixed() {
        let (bad, good) = damaged();
        let folder = folder(&[("real/a.md", &bad)]);
        let link = folder.path().join("link.md");
        symlink("real/a.md", &link).unwrap();
        assert_eq!(run(folder.path(), &["fix", "link.md", "real"], "").code, 0);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(read(&folder, "real/a.md"), good);
    }

    #[test]
    fn further_names_of_a_file_are_told_of() {
        let (bad, good) = damaged();
        let folder = folder(&[("a.md", &bad)]);
        fs::hard_link(folder.path().join("a.md"), folder.path().join("other.txt")).unwrap();
        let fixed = run(folder.path(), &["fix", "a.md"], "");
        assert_eq!(fixed.code, 0);
        assert!(fixed.err.contains("1 other name (hard links)"), "{}", fixed.err);
        assert_eq!((read(&folder, "a.md"), read(&folder, "other.txt")), (good, bad));
    }

    #[test]
    fn the_target_is_unchanged_when_writing_fails() {
        let (bad, _) = damaged();
        let long = format!("{bad}{}", "Some more words.\n".repeat(2_000));
        let folder = folder(&[("a.md", &long)]);
        // files may have one block only: writing the new text fails half-way
        let script = r#"trap '' XFSZ; ulimit -f 1; exec "$0" fix a.md"#;
        let output = std::process::Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_mdscrub")])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("a.md: cannot write beside it"), "{said}");
        assert_eq!(read(&folder, "a.md"), long);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }
}
