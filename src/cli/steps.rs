//! `steps`: the steps of one article on the standard output. Owns the choice of format.

use super::args::{Steps, StepsFormat};
use super::configuration::{Column, Configurations};
use super::input::Source;
use super::{Failure, say, without_panic};
use crate::steps::{json_schema, to_jsonld, to_markdown, to_text};
use std::io::{self, Write};
use std::process::ExitCode;

pub(super) fn run(args: &Steps) -> Result<ExitCode, Failure> {
    if args.format == StepsFormat::Schema {
        writeln!(io::stdout().lock(), "{:#}", json_schema())?;
        return Ok(ExitCode::SUCCESS);
    }
    let source = Source::of(&args.file, args.stdin_filename.as_ref());
    let configurations = Configurations::new(&args.selection, Column::Corpus)?;
    let cleaner = configurations.cleaner(source.path()).map_err(Failure::Message)?;
    let bytes = source.read().map_err(|e| source.problem(&e))?;
    let found = without_panic(|| cleaner.clean_bytes(&bytes).map(|outcome| outcome.steps()));
    let steps = found.map_err(|e| source.problem(&e))?.map_err(|e| source.problem(&e))?;
    if args.verbose {
        steps.reasons.iter().for_each(|reason| say(reason));
    }
    let mut printed = match args.format {
        StepsFormat::Text => to_text(&steps),
        StepsFormat::Markdown => to_markdown(&steps),
        StepsFormat::Json => serde_json::to_string_pretty(&steps).map_err(|e| source.problem(&e))?,
        StepsFormat::Jsonld => match to_jsonld(&steps, args.url.as_deref()) {
            Some(value) => format!("{value:#}"),
            None => String::new(),
        },
        StepsFormat::Schema => String::new(),
    };
    if printed.is_empty() {
        say(&format!("{}: no steps found", source.name()));
    } else if !printed.ends_with('\n') {
        printed.push('\n');
    }
    let mut out = io::stdout().lock();
    out.write_all(printed.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
