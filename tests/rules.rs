//! Every rule's `.md` is its test: each case is run as `clean` with this rule alone selected.
//!
//! A case is an `input` fence with an `output` fence behind it (it must come out so), or without one (it must stay); a `config`
//! fence before the input adds TOML. For each case a second run must change nothing, and the reported edits must rebuild the output.

use mdscrub::rules::{self, FAMILIES};
use mdscrub::{Cleaner, Config, Safety};

struct Case {
    line: usize,
    config: String,
    input: String,
    output: Option<String>,
}

/// The fenced cases of a rule's documentation. Fences may be longer than three ticks, to hold fences.
fn cases(documentation: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut config = String::new();
    let mut lines = documentation.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            continue;
        }
        let kind = line.trim_start_matches('`').trim().to_owned();
        let fence = "`".repeat(ticks);
        let mut body = String::new();
        for (_, l) in lines.by_ref() {
            if l.trim_end() == fence {
                break;
            }
            body.push_str(l);
            body.push('\n');
        }
        // `input crlf`: line ends are \r\n; `escaped`: \u{…} and \t are written out
        let escaped = kind.contains("escaped");
        let body = if escaped { unescape(&body) } else { body };
        let body = if kind.contains("crlf") { body.replace('\n', "\r\n") } else { body };
        match kind.split_whitespace().next() {
            Some("input") => {
                out.push(Case {
                    line: number + 1,
                    config: std::mem::take(&mut config),
                    input: body,
                    output: None,
                });
            }
            Some("output") => {
                let case =
                    out.last_mut().unwrap_or_else(|| panic!("line {}: an output without input", number + 1));
                assert!(case.output.is_none(), "line {}: two outputs", number + 1);
                case.output = Some(body);
            }
            Some("config") => config = body,
            _ => {}
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        if let Some(hex) = tail.strip_prefix("u{") {
            let (number, after) = hex.split_once('}').expect("closing brace");
            out.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a character"));
            rest = after;
        } else if let Some(after) = tail.strip_prefix('t') {
            out.push('\t');
            rest = after;
        } else if let Some(after) = tail.strip_prefix('r') {
            out.push('\r');
            rest = after;
        } else {
            out.push('\\');
            rest = tail;
        }
    }
    out + rest
}

#[test]
fn every_case_of_every_rule() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let info = rule;
        let all = cases(info.documentation);
        let changed = all.iter().filter(|c| c.output.is_some()).count();
        let kept = all.len() - changed;
        if kept < changed || kept == 0 {
            wrong.push(format!(
                "{}: {changed} cases that change, {kept} that stay: as many must stay",
                info.code
            ));
        }
        for case in &all {
            let mut config = Config::from_toml(&case.config)
                .unwrap_or_else(|e| panic!("{} line {}: {e}", info.code, case.line));
            config.select.get_or_insert_with(|| vec![info.code.to_owned()]);
            config.unsafe_fixes |= info.safety == Safety::Unsafe;
            let cleaner = Cleaner::new(config).unwrap();
            let outcome = cleaner.clean(&case.input);
            let want = case.output.as_deref().unwrap_or(&case.input);
            let at = format!("{} line {}", info.code, case.line);
            if outcome.markdown != want {
                wrong.push(format!(
                    "{at}:\n--- input\n{}--- want\n{want}--- got\n{}",
                    case.input, outcome.markdown
                ));
                continue;
            }
            let mut rebuilt = case.input.clone();
            for e in outcome.edits.iter().rev() {
                rebuilt.replace_range(e.edit.span.range(), &e.edit.text);
                assert!(!e.findings.is_empty(), "{at}: an edit nobody owns");
            }
            if rebuilt != outcome.markdown {
                wrong.push(format!("{at}: the edits give {rebuilt:?}"));
            }
            let again = cleaner.clean(&outcome.markdown);
            if again.markdown != outcome.markdown || !again.edits.is_empty() {
                wrong.push(format!("{at}: a second run gives {:?}", again.markdown));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases fail:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn codes_and_names_are_in_order_and_well_formed() {
    let mut seen = std::collections::HashSet::new();
    for rule in rules::all() {
        let info = rule;
        assert!(seen.insert(info.code), "{} twice", info.code);
        assert!(seen.insert(info.name), "{} twice", info.name);
        assert!(FAMILIES.iter().any(|(f, _)| *f == info.family()), "{}: no such family", info.code);
        assert!(info.code[2..].chars().all(|c| c.is_ascii_digit()), "{}: family and number", info.code);
        assert!(
            info.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            info.name
        );
        let title = format!("# {} {}\n", info.code, info.name);
        assert!(info.documentation.starts_with(&title), "{}: its .md begins with {title:?}", info.code);
    }
}
