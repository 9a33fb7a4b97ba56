//! `fix`: files rewritten in place, or with `--diff` shown as they would be. Owns what is told and the exit code; `write` owns the files' safety.

use super::args::Fix;
use super::check::{BATCH, plural};
use super::configuration::{Column, Configurations};
use super::files;
use super::input::Source;
use super::problems::{Problem, Problems};
use super::{Failure, complain, say, without_panic, write};
use crate::edit::OwnedEdit;
use crate::report::lines::Lines;
use crate::report::text;
use crate::{Severity, Span, Status};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use similar::TextDiff;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

/// After this long a difference is shown as it then is, right but not the shortest.
const DIFF_TIME: Duration = Duration::from_secs(2);

/// What was done with a file.
#[derive(Default)]
struct Fixed {
    /// For the standard output, to the byte: the text of `-`, or the difference.
    output: Vec<u8>,
    /// What is left: on the standard output, unless the text is there.
    remarks: String,
    warning: Option<String>,
    problem: Option<Problem>,
    changed: bool,
    applied: usize,
    left: usize,
    /// Those of them whose fix wants a look.
    want_a_look: usize,
}

pub(super) fn run(args: &Fix, quiet: bool) -> Result<ExitCode, Failure> {
    let configurations = Configurations::new(&args.selection, Column::Folder)?;
    let found = files::sources(&args.sources);
    let mut problems = Problems::from(found.problems);
    let pool = super::threads(args.jobs.count())?;
    let (mut files, mut changed, mut applied, mut left, mut want_a_look) = (0, 0, 0, 0, 0);
    let mut closed = false;
    for batch in found.sources.chunks(BATCH) {
        let fixed: Vec<Fixed> =
            pool.install(|| batch.par_iter().map(|s| fix(s, &configurations, args.diff)).collect());
        for (source, file) in batch.iter().zip(fixed) {
            files += usize::from(file.problem.is_none());
            file.problem.into_iter().for_each(|p| problems.add(p));
            file.warning.iter().for_each(|w| complain(w));
            // files are written whether somebody reads the report or not
            closed = closed
                || print(
                    args.diff || matches!(source, Source::Stdin(_)),
                    args.diff,
                    &file.output,
                    &file.remarks,
                )
                .is_err();
            changed += usize::from(file.changed);
            applied += file.applied;
            left += file.left;
            want_a_look += file.want_a_look;
        }
    }
    if !quiet && !closed && files > 0 {
        let verb = if args.diff { "would fix" } else { "fixed" };
        let mut summary = if changed == 0 {
            format!("nothing to fix in {}", plural(files, "file"))
        } else {
            format!("{verb} {} in {changed} of {}", plural(applied, "finding"), plural(files, "file"))
        };
        if left > 0 {
            summary.push_str(&format!("; {left} left for a person"));
        }
        if want_a_look > 0 {
            summary.push_str(&format!("; --unsafe-fixes mends {want_a_look} of them"));
        }
        say(&summary);
    }
    let remains = left > 0 || args.diff && changed > 0;
    Ok(ExitCode::from(if !problems.list.is_empty() { 2 } else { u8::from(remains) }))
}

/// Prints what a file gave: a text as it is, a difference in colours where these are wanted.
fn print(is_text: bool, diff: bool, output: &[u8], remarks: &str) -> io::Result<()> {
    if !is_text {
        return anstream::stdout().lock().write_all(remarks.as_bytes());
    }
    let mut out = io::stdout().lock();
    if diff && anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never {
        out.write_all(&coloured(output))?;
    } else {
        out.write_all(output)?;
    }
    out.flush()?;
    // who closed the standard error does not want them
    let _ = anstream::stderr().lock().write_all(remarks.as_bytes());
    Ok(())
}

fn fix(source: &Source, configurations: &Configurations, diff: bool) -> Fixed {
    try_fix(source, configurations, diff)
        .unwrap_or_else(|problem| Fixed { problem: Some(problem), ..Fixed::default() })
}

fn try_fix(source: &Source, configurations: &Configurations, diff: bool) -> Result<Fixed, Problem> {
    let name = source.name();
    let problem = |m: &dyn std::fmt::Display| Problem::new(name.as_str(), m);
    let cleaner = configurations.cleaner(source.path()).map_err(|m| Problem::new("", m))?;
    let bytes = source.read().map_err(|e| problem(&e))?;
    let text = crate::document::decode::decode(&bytes).map_err(|e| problem(&e))?;
    let outcome = without_panic(|| cleaner.clean(&text)).map_err(|e| problem(&e))?;
    let mut fixed = Fixed { changed: !outcome.edits.is_empty(), ..Fixed::default() };
    if fixed.changed && std::str::from_utf8(&bytes).is_err() {
        return Err(problem(&"it is UTF-16, and only UTF-8 is rewritten; convert the file to UTF-8 first"));
    }
    let new = &*outcome.markdown;
    match source {
        _ if diff => fixed.output = unified(&name, &text, new).into_bytes(),
        Source::Stdin(_) if fixed.changed => fixed.output = new.as_bytes().to_owned(),
        Source::Stdin(_) => fixed.output.clone_from(&bytes),
        Source::File(path) if fixed.changed => {
            let replaced = write::replace(path, &bytes, new.as_bytes()).map_err(|m| problem(&m))?;
            if replaced.other_names > 0 {
                fixed.warning = Some(format!(
                    "{name}: the file has {} (hard links), which keep the old text",
                    plural(replaced.other_names as usize, "other name")
                ));
            }
        }
        Source::File(_) => {}
    }
    let (lines, destinations) = (Lines::new(new), Destinations::new(&outcome.edits));
    for finding in &outcome.findings {
        let matters = finding.severity > Severity::Note;
        match finding.status {
            Status::Suppressed => {}
            Status::Applied => fixed.applied += usize::from(matters),
            _ => {
                fixed.left += usize::from(matters);
                fixed.want_a_look += usize::from(matters && finding.status == Status::NeedsReview);
                // it is told where it now is
                let mut moved = finding.clone();
                moved.span = destinations.span(moved.span);
                for edit in moved.fix.iter_mut().flat_map(|f| &mut f.edits) {
                    edit.span = destinations.span(edit.span);
                }
                fixed.remarks.push_str(&text::finding(&moved, &lines, &name));
            }
        }
    }
    Ok(fixed)
}

/// Where bytes of the original are after edits.
struct Destinations<'e> {
    edits: &'e [OwnedEdit],
    /// Bytes inserted and removed by the edits before each one, and by all.
    shifts: Vec<(usize, usize)>,
}

impl<'e> Destinations<'e> {
    fn new(edits: &'e [OwnedEdit]) -> Self {
        let mut shifts = Vec::with_capacity(edits.len() + 1);
        let (mut inserted, mut removed) = (0, 0);
        for e in edits {
            shifts.push((inserted, removed));
            inserted += e.edit.text.len();
            removed += e.edit.span.len();
        }
        shifts.push((inserted, removed));
        Self { edits, shifts }
    }

    fn span(&self, span: Span) -> Span {
        let start = self.place(span.start);
        Span::new(start, self.place(span.end).max(start))
    }

    fn place(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|e| e.edit.span.end <= at);
        let (inserted, removed) = self.shifts.get(before).copied().unwrap_or_default();
        // a place in replaced text is where the replacement begins
        self.edits.get(before).map_or(at, |next| at.min(next.edit.span.start)) + inserted - removed
    }
}

/// A difference as terminals show it: what goes in red, what comes in green, places in cyan.
fn coloured(diff: &[u8]) -> Vec<u8> {
    const RESET: &[u8] = b"\x1b[0m";
    let mut out = Vec::with_capacity(diff.len() + diff.len() / 8);
    for line in diff.split_inclusive(|&b| b == b'\n') {
        let colour: &[u8] = match line {
            [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => b"\x1b[1m",
            [b'-', ..] => b"\x1b[31m",
            [b'+', ..] => b"\x1b[32m",
            [b'@', ..] => b"\x1b[36m",
            _ => {
                out.extend_from_slice(line);
                continue;
            }
        };
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        for piece in [colour, text, RESET, line.get(text.len()..).unwrap_or(b"")] {
            out.extend_from_slice(piece);
        }
    }
    out
}

/// The difference of two texts for `patch`; empty where there is none.
fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(old, new);
    diff.unified_diff().context_radius(3).header(name, name).missing_newline_hint(true).to_string()
}
