//! The command line.
use crate::{Cleaner, Config};
use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// Runs the program with `args` (the first one is its name).
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<String> = args.map(|a| a.to_string_lossy().into_owned()).collect();
    let list = |name: &str| {
        args.iter()
            .position(|a| a == name)
            .and_then(|i| args.get(i + 1))
            .map(|v| v.split(',').map(str::to_owned).collect::<Vec<_>>())
    };
    let has = |name: &str| args.iter().any(|a| a == name);
    let mut config = Config::default();
    config.select = list("--select");
    config.ignore = list("--ignore").unwrap_or_default();
    let cleaner = match Cleaner::new(config) {
        Ok(c) => c,
        Err(_) => return ExitCode::from(2),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if !has("--jsonl") {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut std::io::stdin(), &mut text);
        let Ok(o) = cleaner.clean_bytes(&text) else { return ExitCode::from(2) };
        let _ = out.write_all(o.markdown.as_bytes());
        return ExitCode::SUCCESS;
    }
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let Ok(serde_json::Value::Object(mut row)) = serde_json::from_str(&line) else { continue };
        let text = row.get("text").and_then(|t| t.as_str()).unwrap_or("").to_owned();
        let o = cleaner.clean(&text);
        row.insert("text".into(), o.markdown.clone().into_owned().into());
        row.insert(
            "findings".into(),
            o.findings
                .iter()
                .map(|f| serde_json::json!({"rule": f.rule, "start": f.span.start, "end": f.span.end}))
                .collect(),
        );
        if has("--edits") {
            let rules = |e: &crate::OwnedEdit| {
                e.findings
                    .iter()
                    .filter_map(|&i| o.findings.get(i as usize))
                    .map(|f| f.rule)
                    .collect::<Vec<_>>()
            };
            row.insert(
                "edits".into(),
                o.edits
                    .iter()
                    .map(|e| serde_json::json!({"start": e.edit.span.start, "end": e.edit.span.end, "text": e.edit.text, "rules": rules(e)}))
                    .collect(),
            );
        }
        let _ = serde_json::to_writer(&mut out, &row);
        let _ = out.write_all(b"\n");
    }
    ExitCode::SUCCESS
}
