//! `check`: what is found, in all files, in the order of their paths. Owns the report's frame and the exit code.

use super::args::{Check, Format};
use super::configuration::{Column, Configurations};
use super::files;
use super::input::Source;
use super::problems::{Problem, Problems};
use super::{Failure, say, without_panic};
use crate::report::json::{FindingView, VERSION};
use crate::report::lines::Lines;
use crate::report::text;
use crate::{Finding, Severity, Status};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;

/// Files whose reports are held until they are written.
pub(super) const BATCH: usize = 256;

/// What was found in a file.
#[derive(Default)]
struct Checked {
    report: String,
    counts: Counts,
    problem: Option<Problem>,
}

/// How much was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    files: usize,
    /// In how many of them something was found.
    with_findings: usize,
    findings: usize,
    fixable: usize,
    /// Those whose fix wants a look.
    unsafe_fixable: usize,
    notes: usize,
}

impl Counts {
    fn of(findings: &[Finding]) -> Self {
        let count = |test: &dyn Fn(&Finding) -> bool| findings.iter().filter(|f| test(f)).count();
        let matters = |f: &Finding| f.severity > Severity::Note && f.status != Status::Suppressed;
        let all = count(&matters);
        Self {
            files: 1,
            with_findings: usize::from(all > 0),
            findings: all,
            fixable: count(&|f| matters(f) && f.status == Status::Applied),
            unsafe_fixable: count(&|f| matters(f) && f.status == Status::NeedsReview),
            notes: count(&|f| f.severity == Severity::Note),
        }
    }

    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.with_findings += other.with_findings;
        self.findings += other.findings;
        self.fixable += other.fixable;
        self.unsafe_fixable += other.unsafe_fixable;
        self.notes += other.notes;
    }
}

pub(super) fn run(args: &Check, quiet: bool) -> Result<ExitCode, Failure> {
    let configurations = Configurations::new(&args.selection, Column::Folder)?;
    let found = files::sources(&args.sources);
    let mut problems = Problems::from(found.problems);
    let pool = super::threads(args.jobs.count())?;
    let mut out = anstream::stdout().lock();
    let mut counts = Counts::default();
    let mut is_followed = false;
    if args.format == Format::Json {
        write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    }
    for batch in found.sources.chunks(BATCH) {
        let checked: Vec<Checked> =
            pool.install(|| batch.par_iter().map(|s| check(s, &configurations, args.format)).collect());
        for file in checked {
            if let Some(problem) = file.problem {
                problems.add(problem);
            }
            if args.format == Format::Json
                && !file.report.is_empty()
                && std::mem::replace(&mut is_followed, true)
            {
                out.write_all(b",")?;
            }
            out.write_all(file.report.as_bytes())?;
            counts.add(file.counts);
        }
    }
    if args.format == Format::Json {
        let errors: Vec<_> =
            problems.list.iter().map(|p| json!({"file": p.name, "message": p.message})).collect();
        let summary = json!({
            "files": counts.files, "files_with_findings": counts.with_findings, "findings": counts.findings,
            "fixable": counts.fixable, "fixable_unsafe": counts.unsafe_fixable, "notes": counts.notes,
        });
        writeln!(out, "],\"errors\":{},\"summary\":{summary}}}", serde_json::Value::from(errors))?;
    }
    out.flush()?;
    if !quiet && counts.files > 0 {
        say(&summary(counts));
    }
    Ok(ExitCode::from(match (problems.list.is_empty(), counts.findings) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => 1,
    }))
}

fn check(source: &Source, configurations: &Configurations, format: Format) -> Checked {
    let name = source.name();
    let report = || -> Result<(String, Counts), Problem> {
        let problem = |m: &dyn std::fmt::Display| Problem::new(name.as_str(), m);
        let cleaner = configurations.cleaner(source.path()).map_err(|m| Problem::new("", m))?;
        let bytes = source.read().map_err(|e| problem(&e))?;
        let text = crate::document::decode::decode(&bytes).map_err(|e| problem(&e))?;
        let outcome = without_panic(|| cleaner.clean(&text)).map_err(|e| problem(&e))?;
        let mut counts = Counts::of(&outcome.findings);
        if std::str::from_utf8(&bytes).is_err() {
            // UTF-16 is read, but `fix` does not write it
            counts.fixable = 0;
            counts.unsafe_fixable = 0;
        }
        let shown = outcome.findings.iter().filter(|f| f.status != Status::Suppressed);
        let lines = Lines::new(&text);
        let mut report = String::new();
        for finding in shown {
            match format {
                Format::Text => report.push_str(&text::finding(finding, &lines, &name)),
                Format::Json => {
                    let view = FindingView::new(finding, &lines, Some(&name));
                    let json = serde_json::to_string(&view).map_err(|e| problem(&e))?;
                    if !report.is_empty() {
                        report.push(',');
                    }
                    report.push_str(&json);
                }
            }
        }
        Ok((report, counts))
    };
    match report() {
        Ok((report, counts)) => Checked { report, counts, problem: None },
        Err(problem) => Checked { problem: Some(problem), ..Checked::default() },
    }
}

fn summary(counts: Counts) -> String {
    let files = plural(counts.files, "file");
    let mut out = if counts.findings == 0 {
        format!("nothing found in {files}")
    } else {
        format!("{} in {} of {files}", plural(counts.findings, "finding"), counts.with_findings)
    };
    if counts.fixable > 0 {
        out.push_str(&format!("; `mdscrub fix` mends {}", counts.fixable));
    }
    if counts.unsafe_fixable > 0 {
        out.push_str(&format!("; --unsafe-fixes {} more", counts.unsafe_fixable));
    }
    if counts.notes > 0 {
        out.push_str(&format!("; {}", plural(counts.notes, "note")));
    }
    out
}

/// A count with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
