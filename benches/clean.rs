//! Throughput on whole articles: parsing alone, the tree, the whole run, style alone, and each rule alone, in one process and on the
//! same texts, each beside the bare parse. `cargo bench --bench clean [-- FOLDER]`: the fixtures, or the Markdown files of a folder.
//!
//! Times are medians of several passes; the ratio to the bare parse is the figure to compare between machines.

#![allow(missing_docs)]

use mdscrub::document::Parsed;
use mdscrub::rules;
use mdscrub::{Cleaner, Config};
use pulldown_cmark::{Options, Parser};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

const PASSES: usize = 9;

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let texts = texts(folder.as_deref().map(Path::new));
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {bytes} bytes", texts.len());
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let parse = seconds(&texts, |t| {
        black_box(Parser::new_ext(t, options).into_offset_iter().map(|(_, r)| r.end).max());
    });
    let line = |name: &str, time: f64| {
        println!("{name:32} {:9.1} MB/s {:7.2} x parse", bytes as f64 / time / 1e6, time / parse);
    };
    line("parse only", parse);
    line("parse and tree", seconds(&texts, |t| drop(black_box(Parsed::new(t)))));
    let whole = Cleaner::default();
    line("clean", seconds(&texts, |t| drop(black_box(whole.clean(t)))));
    let clean: Vec<String> = texts.iter().map(|t| whole.clean(t).markdown.into_owned()).collect();
    line("clean, of clean text", seconds(&clean, |t| drop(black_box(whole.clean(t)))));
    for family in ["AD,AF,TR,BP", "MO", "RP", "HT", "NM"] {
        let cleaner = selecting(family.split(','));
        line(&format!("clean --select {family}"), seconds(&texts, |t| drop(black_box(cleaner.clean(t)))));
    }
    for rule in rules::all() {
        let cleaner = selecting([rule.code]);
        line(rule.code, seconds(&texts, |t| drop(black_box(cleaner.clean(t)))));
    }
}

fn selecting<'a>(codes: impl IntoIterator<Item = &'a str>) -> Cleaner {
    let mut config = Config::default();
    config.select = Some(codes.into_iter().map(str::to_owned).collect());
    Cleaner::new(config).expect("codes of rules that exist")
}

/// The median time of a pass over all texts.
fn seconds(texts: &[String], mut work: impl FnMut(&str)) -> f64 {
    let mut times: Vec<f64> = (0..PASSES)
        .map(|_| {
            let start = Instant::now();
            texts.iter().for_each(|t| work(t));
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[PASSES / 2]
}

fn texts(folder: Option<&Path>) -> Vec<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut paths = Vec::new();
    collect(folder.unwrap_or(&fixtures), folder.is_none(), &mut paths);
    paths.sort();
    paths.iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect()
}

fn collect(folder: &Path, inputs_alone: bool, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, inputs_alone, out);
        } else if path.extension().is_some_and(|e| e == "md")
            && (!inputs_alone || path.file_name().is_some_and(|n| n == "before.md"))
        {
            out.push(path);
        }
    }
}
