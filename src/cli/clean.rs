//! `clean`: one document clean on the standard output, or a stream of them. Owns the choice between the two.

use super::args::Clean;
use super::configuration::{Column, Configurations};
use super::input::Source;
use super::jsonl::{self, Failed, OUR_KEYS, Rows};
use super::{Failure, without_panic};
use std::io::{self, Write};
use std::process::ExitCode;

pub(super) fn run(args: &Clean) -> Result<ExitCode, Failure> {
    let source = Source::of(&args.file, args.stdin_filename.as_ref());
    let cleaner = Configurations::new(&args.selection, Column::Corpus)?
        .cleaner(source.path())
        .map_err(Failure::Message)?;
    let mut out = io::stdout().lock();
    if args.jsonl {
        if OUR_KEYS.contains(&args.text_field.as_str()) {
            return Err(Failure::Message(format!(
                "--text-field: `{}` is a key of the answer",
                args.text_field
            )));
        }
        let rows = Rows {
            cleaner,
            text_field: args.text_field.clone(),
            findings: args.findings,
            edits: args.edits,
            steps: args.steps,
            failed: Failed::default(),
        };
        jsonl::clean_stream(source.open()?, &mut out, &rows, args.jobs.count())?;
        if let Some(summary) = rows.failed.summary() {
            eprintln!("mdscrub: {summary}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let bytes = source.read().map_err(|e| source.problem(&e))?;
    let cleaned = without_panic(|| cleaner.clean_bytes(&bytes)).map_err(|e| source.problem(&e))?;
    let outcome = cleaned.map_err(|e| source.problem(&e))?;
    out.write_all(outcome.markdown.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
