//! Throughput of the mojibake engine, beside a scan for bytes that are not ASCII and UTF-8 validation in the same run.
//! Run with `cargo bench --bench mojibake [-- PART OF A NAME]`. The texts are generated; the best of several rounds counts.

use mdscrub::mojibake::{CodePage, repair};
use std::hint::black_box;
use std::time::{Duration, Instant};

const SIZE: usize = 1 << 17;

/// `pattern` over and over, about [`SIZE`] bytes.
fn repeated(pattern: &str) -> String {
    pattern.repeat(SIZE / pattern.len() + 1)
}

/// UTF-8 misread in `page`.
fn misread(text: &str, page: CodePage) -> String {
    text.bytes().map(|byte| page.decoded(byte)).collect()
}

/// Counts the bytes that are not ASCII: a scan for them that does not stop at the first.
fn bytes_beyond_ascii(bytes: &[u8]) -> usize {
    bytes.chunks(255).map(|chunk| usize::from(chunk.iter().map(|byte| byte >> 7).sum::<u8>())).sum()
}

/// Megabytes a second, the best of the rounds.
fn throughput(text: &str, mut work: impl FnMut(&str) -> usize) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..60 {
        let began = Instant::now();
        black_box(work(black_box(text)));
        best = best.min(began.elapsed());
    }
    text.len() as f64 / 1e6 / best.as_secs_f64()
}

fn main() {
    let english = "The quick brown fox jumps over the lazy dog, and then it rests a while beside the river. ";
    let french = "L’été dernier, le café du théâtre était fermé — « à bientôt », disait-elle. ";
    let russian = "Быстрая лиса прыгает через ленивую собаку и отдыхает у реки весь день. ";
    let chinese = "敏捷的狐狸跳过懒狗，然后在河边休息了一会儿。";
    let sparse = format!("{}{}", english.repeat(24), misread("It’s a naïve café. ", CodePage::Windows1252));
    let texts = [
        ("ASCII", repeated(english)),
        ("clean French", repeated(french)),
        ("clean Cyrillic", repeated(russian)),
        ("clean CJK", repeated(chinese)),
        ("sparse damage", repeated(&sparse)),
        (
            "heavy damage (English)",
            repeated(&misread("It’s the café’s “best” – don’t you think? ", CodePage::Windows1252)),
        ),
        ("heavy damage (French)", repeated(&misread(french, CodePage::Windows1252))),
        ("heavy damage (Cyrillic)", repeated(&misread(russian, CodePage::Windows1252))),
        ("heavy damage (two layers)", {
            repeated(&misread(&misread(french, CodePage::Windows1252), CodePage::Windows1252))
        }),
    ];
    println!("{:26} {:>9} {:>9} {:>9}   of scan  of validation", "MB/s", "repair", "scan", "validate");
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    for (name, text) in
        texts.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only.as_str())))
    {
        let ours = throughput(text, |text| repair(text).len());
        let scan = throughput(text, |text| bytes_beyond_ascii(text.as_bytes()));
        let validate = throughput(text, |text| std::str::from_utf8(text.as_bytes()).map_or(0, str::len));
        println!(
            "{name:26} {ours:9.0} {scan:9.0} {validate:9.0} {:9.2} {:14.2}",
            ours / scan,
            ours / validate
        );
    }
}
