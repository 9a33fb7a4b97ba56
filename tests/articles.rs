//! Whole articles: `fixtures/articles/NAME/before.md` must give `after.md`, `findings.txt` and `steps.json` beside it, to the byte.
//!
//! `MDSCRUB_BLESS=1 cargo test --test articles` writes what comes out; look at the difference before it is committed.

use mdscrub::report::lines::Lines;
use mdscrub::{Outcome, Status};
use std::fmt::Write;
use std::path::Path;

/// The findings as lines: place, code, status, message.
fn findings_txt(text: &str, outcome: &Outcome<'_>) -> String {
    let lines = Lines::new(text);
    let mut out = String::new();
    for f in &outcome.findings {
        let place = lines.position(f.span.start);
        let status = match f.status {
            Status::Applied => "applied",
            Status::NeedsReview => "needs review",
            Status::Reported => "reported",
            Status::Guarded => "guarded",
            Status::Dropped => "dropped",
            _ => "other",
        };
        writeln!(out, "{}:{} {} {status}: {}", place.line, place.column, f.rule, f.message).unwrap();
    }
    out
}

fn check(folder: &Path) -> Result<(), String> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let before =
        std::fs::read_to_string(folder.join("before.md")).map_err(|e| format!("{name}: before.md: {e}"))?;
    let outcome = mdscrub::clean(&before);
    let steps = serde_json::to_string_pretty(&outcome.steps()).unwrap() + "\n";
    let given = [
        ("after.md", outcome.markdown.clone().into_owned()),
        ("findings.txt", findings_txt(&before, &outcome)),
        ("steps.json", steps),
    ];
    for (file, text) in given {
        let path = folder.join(file);
        if std::env::var_os("MDSCRUB_BLESS").is_some() {
            std::fs::write(&path, &text).map_err(|e| e.to_string())?;
        }
        let wanted = std::fs::read_to_string(&path).map_err(|e| format!("{name}/{file}: {e}"))?;
        if wanted != text {
            let place = wanted
                .lines()
                .zip(text.lines())
                .position(|(a, b)| a != b)
                .unwrap_or_else(|| wanted.lines().count().min(text.lines().count()));
            return Err(format!(
                "{name}/{file} differs from line {}:\n  want {:?}\n  got  {:?}",
                place + 1,
                wanted.lines().nth(place),
                text.lines().nth(place)
            ));
        }
    }
    let again = mdscrub::clean(&outcome.markdown);
    if again.markdown != outcome.markdown {
        return Err(format!("{name}: a second run changes it: {:?}", again.findings));
    }
    let mut rebuilt = before.clone();
    for e in outcome.edits.iter().rev() {
        rebuilt.replace_range(e.edit.span.range(), &e.edit.text);
    }
    if rebuilt != outcome.markdown {
        return Err(format!("{name}: the edits do not give the output"));
    }
    Ok(())
}

#[test]
fn articles_come_out_as_they_should() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 8, "{} articles", folders.len());
    let wrong: Vec<String> = folders.iter().filter_map(|f| check(f).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
