//! What site generators read: a folder for each of them under `fixtures/sites`. `clean.md` stays to the byte; of `unclean.md`
//! comes `expected.md`.

use crate::styled;
use std::path::{Path, PathBuf};

fn sites() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites");
    let mut out: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    out.sort();
    out
}

#[test]
fn what_is_clean_stays_and_what_is_not_gains_the_declared_edits() {
    let all = sites();
    assert!(all.len() >= 5, "Hexo, Hugo, Jekyll, Docusaurus, MkDocs");
    for site in all {
        let read = |name: &str| std::fs::read_to_string(site.join(name)).unwrap();
        for name in ["clean.md", "expected.md"] {
            let text = read(name);
            assert_eq!(styled(&text), text, "{name} of {}", site.display());
        }
        assert_eq!(styled(&read("unclean.md")), read("expected.md"), "{}", site.display());
        let crlf = read("unclean.md").replace('\n', "\r\n");
        assert_eq!(styled(&crlf), read("expected.md").replace('\n', "\r\n"), "with CRLF: {}", site.display());
    }
}
