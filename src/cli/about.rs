//! What the program says of itself: rules, configuration, files, completions. Owns these lists' words.

use super::args::{Arguments, Completions, Explain, ForVerb, Format, Rules, ShowConfig, Sources};
use super::configuration::{Column, Configurations};
use super::problems::Problems;
use super::{Failure, files};
use crate::report::json::VERSION;
use crate::rules::{FAMILIES, Info, Phase, all, find};
use crate::{Cleaner, Config, HtmlPolicy, Safety};
use clap::CommandFactory;
use serde_json::json;
use std::io::{self, Write};
use std::process::ExitCode;

/// `explain`: a rule's documentation, or a family's rules.
pub(super) fn explain(args: &Explain) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    if let Some(rule) = find(&args.code) {
        out.write_all(rule.documentation.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let family = FAMILIES.iter().find(|(code, _)| code.eq_ignore_ascii_case(&args.code));
    let Some((code, summary)) = family else {
        return Err(Failure::Message(format!(
            "unknown rule or family `{}`; `mdscrub rules` lists them",
            args.code
        )));
    };
    writeln!(out, "{code}: {summary}\n")?;
    for info in all().filter(|i| i.family() == *code) {
        writeln!(out, "{}  {}: {}", info.code, info.name, info.summary)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `rules`: all of them.
pub(super) fn rules(args: &Rules) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    let folder = defaults(Column::Folder)?;
    let corpus = defaults(Column::Corpus)?;
    let is_on = |cleaner: &Cleaner, info: &Info| cleaner.runs(info.code);
    if args.format == Format::Json {
        let rules: Vec<_> = all()
            .map(|info| {
                json!({
                    "code": info.code, "name": info.name, "family": info.family(), "summary": info.summary,
                    "safety": info.safety, "severity": info.severity, "phase": phase(info),
                    "on": {"check": is_on(&folder, info), "clean": is_on(&corpus, info)},
                })
            })
            .collect();
        let families: Vec<_> =
            FAMILIES.iter().map(|(code, summary)| json!({"code": code, "summary": summary})).collect();
        writeln!(out, "{}", json!({"version": VERSION, "families": families, "rules": rules}))?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = all().map(|info| info.name.len()).max().unwrap_or(0);
    writeln!(out, "{:<6} {:<width$}  {:<14} {:<7} finds", "code", "name", "on in", "fix")?;
    for info in all() {
        let on = match (is_on(&folder, info), is_on(&corpus, info)) {
            (true, true) => "check, clean",
            (false, true) => "clean",
            (true, false) => "check",
            (false, false) => "-",
        };
        let fix = if info.safety == Safety::Safe { "safe" } else { "unsafe" };
        writeln!(out, "{:<6} {:<width$}  {on:<14} {fix:<7} {}", info.code, info.name, info.summary)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn defaults(column: Column) -> Result<Cleaner, Failure> {
    let mut config = Config::default();
    if column == Column::Folder {
        config.normalise = Some(false);
        config.html = Some(HtmlPolicy::Keep);
    }
    Cleaner::new(config).map_err(|e| Failure::Message(e.to_string()))
}

fn phase(info: &Info) -> &'static str {
    match info.phase {
        Phase::Structure => "structure",
        Phase::Content => "content",
        Phase::Style => "style",
    }
}

/// `config`: the configuration for a path as TOML, with where it comes from.
pub(super) fn config(args: &ShowConfig) -> Result<ExitCode, Failure> {
    let column = match args.verb {
        ForVerb::Check | ForVerb::Fix => Column::Folder,
        ForVerb::Clean | ForVerb::Steps => Column::Corpus,
    };
    let configurations = Configurations::new(&args.selection, column)?;
    let (from, config) = configurations.config(&args.path)?;
    Cleaner::new(config.clone()).map_err(|e| Failure::Message(e.to_string()))?;
    let text = toml::to_string(&config).map_err(|e| Failure::Message(e.to_string()))?;
    let mut out = io::stdout().lock();
    match from {
        Some(path) => writeln!(out, "# from {}", path.display())?,
        None => writeln!(out, "# no configuration file: these are the defaults and the flags")?,
    }
    out.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// `files`: what would be read, a path a line.
pub(super) fn files(args: &Sources) -> Result<ExitCode, Failure> {
    let found = files::sources(args);
    let problems = Problems::from(found.problems);
    let mut out = io::stdout().lock();
    for source in &found.sources {
        writeln!(out, "{}", source.name())?;
    }
    Ok(ExitCode::from(if problems.list.is_empty() { 0 } else { 2 }))
}

/// `completions`: a script for a shell.
pub(super) fn completions(args: &Completions) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "mdscrub", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
