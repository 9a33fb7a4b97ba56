//! How time grows with the text, where the text is hostile: each case of each rule, and pieces known to have been slow, over and over, once in
//! a text and once in one four times as long. `cargo bench --bench growth` prints what grows most, beside what the bare parse takes for the
//! longer one, and ends with 1 if anything takes more than eight times as long.

#![allow(missing_docs)]

use mdscrub::Cleaner;
use mdscrub::rules;
use pulldown_cmark::{Options, Parser};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The length of the shorter text, in bytes.
const LENGTH: usize = 40_000;
/// How much longer the other one is.
const TIMES: usize = 4;
/// The most that four times the text may cost.
const MOST: f64 = 8.0;
/// What takes less for the longer text is lost in noise.
const LEAST: Duration = Duration::from_millis(60);
/// So many are printed.
const SHOWN: usize = 12;

/// Pieces that took more than linear time once.
const PIECES: [&str; 14] = [
    "<b>x</b></b> ",
    "{::comment}\n",
    "- flour\n- [](https://example.org/x)\n- salt\n",
    "> This site has affiliate links: if you buy, we earn a commission.\n\n",
    "<!-- ad begin one two three four five --><ins class=\"adsbygoogle\"></ins>\n",
    "![][a]\n\n[a]: data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAA\n",
    "&utm_source=x",
    "**a",
    "*a_",
    "[a](",
    "<div>",
    "> ",
    "| a ",
    "Ã¢â‚¬â„¢",
];

struct Growth {
    short: Duration,
    long: Duration,
    parse: Duration,
    piece: String,
}

fn main() {
    let cleaner = Cleaner::default();
    let mut all: Vec<Growth> = Vec::new();
    let cases = rules::all().flat_map(|rule| inputs(rule.documentation));
    for piece in PIECES.iter().map(|p| (*p).to_owned()).chain(cases) {
        for separator in ["\n\n", " ", ""] {
            let unit = format!("{}{separator}", piece.trim_end_matches('\n'));
            let text = |length: usize| unit.repeat((length / unit.len()).max(1));
            let (short, long) = (text(LENGTH), text(LENGTH * TIMES));
            all.push(Growth {
                short: time(|| drop(black_box(cleaner.clean(&short)))),
                long: time(|| drop(black_box(cleaner.clean(&long)))),
                parse: time(|| drop(black_box(Parser::new_ext(&long, Options::ENABLE_TABLES).last()))),
                piece: unit,
            });
        }
    }
    // a single run may have been disturbed
    for growth in all.iter_mut().filter(|g| g.is_too_much()) {
        let text = |length: usize| growth.piece.repeat((length / growth.piece.len()).max(1));
        let (short, long) = (text(LENGTH), text(LENGTH * TIMES));
        growth.short =
            (0..3).map(|_| time(|| drop(black_box(cleaner.clean(&short))))).min().unwrap_or_default();
        growth.long =
            (0..3).map(|_| time(|| drop(black_box(cleaner.clean(&long))))).min().unwrap_or_default();
    }
    all.sort_by(|a, b| b.factor().total_cmp(&a.factor()));
    println!("{} texts of {LENGTH} and {} bytes", all.len(), LENGTH * TIMES);
    for g in all.iter().filter(|g| g.long > LEAST).take(SHOWN) {
        let start: String = g.piece.chars().take(60).collect();
        println!(
            "{:5.1} times  {:7.1?} -> {:7.1?}  (parse {:7.1?})  {start:?}",
            g.factor(),
            g.short,
            g.long,
            g.parse
        );
    }
    std::process::exit(i32::from(all.iter().any(Growth::is_too_much)));
}

impl Growth {
    fn factor(&self) -> f64 {
        self.long.as_secs_f64() / self.short.as_secs_f64()
    }

    fn is_too_much(&self) -> bool {
        self.long > LEAST && self.factor() > MOST
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// The inputs of a rule's cases.
fn inputs(documentation: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = documentation.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            continue;
        }
        let fence = &line[..ticks];
        let body: Vec<&str> = lines.by_ref().take_while(|l| l.trim_end() != fence).collect();
        if line[ticks..].starts_with("input") {
            found.push(body.join("\n"));
        }
    }
    found
}
