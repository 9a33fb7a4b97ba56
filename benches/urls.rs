//! How fast URLs are classified, unwrapped and stripped, and how long the data takes to compile.
//! Beside it, in the same run, the engine of the `adblock` crate with a block rule for each host that is known here: the job is not the
//! same (it says block or not, of a request; this says what a link is for), the question that it answers for a URL is.
//! `cargo bench --bench urls -- [FILE]`: FILE has one URL a line; without it, a mix of ordinary and commercial ones.

use adblock::Engine;
use adblock::lists::{FilterSet, ParseOptions};
use adblock::request::Request;
use mdscrub::data::compile_anew;
use mdscrub::evidence::url::{Facts, Role, classify, destination, strip_tracking};
use std::hint::black_box;
use std::time::{Duration, Instant};

const MIX: &[&str] = &[
    "https://www.example.org/articles/2021/05/how-to-reset-the-router/",
    "https://docs.example.com/en/stable/reference/configuration.html#timeouts",
    "../images/settings-window.png",
    "https://cdn.images-example.net/wp-content/uploads/2020/11/step-3-1024x576.jpg",
    "https://github.com/example/project/blob/main/src/lib.rs",
    "https://en.wikipedia.org/wiki/Sourdough",
    "https://forum.example.org/t/no-sound-after-update/12345?page=2",
    "https://www.youtube.com/embed/0IXrnhcRNUk",
    "https://shop.example.com/products/kettle?variant=31&utm_source=mail",
    "https://brand.sjv.io/c/5597632/2135356/19272",
];

/// The best of several rounds, as time for one.
fn best(rounds: usize, mut round: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let start = Instant::now();
            round();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The hosts of the networks that are known.
fn hosts() -> Vec<String> {
    let data: toml::Table = include_str!("../src/data/networks.toml").parse().expect("the table of networks");
    let rows = data["network"].as_array().expect("rows");
    let mut hosts: Vec<String> = rows
        .iter()
        .filter_map(|row| row["host"].as_str())
        .filter(|host| !host.contains('*'))
        .map(str::to_owned)
        .collect();
    hosts.dedup();
    hosts
}

fn main() {
    let compile = best(20, || {
        black_box(compile_anew());
    });
    println!("data compiled in {:.2} ms", compile.as_secs_f64() * 1e3);
    let facts = Facts::builtin();
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let text = file.map(|path| std::fs::read_to_string(path).expect("a file of URLs"));
    let all: Vec<&str> = match &text {
        Some(text) => text.lines().collect(),
        None => MIX.iter().copied().cycle().take(20_000).collect(),
    };
    let ordinary: Vec<&str> =
        all.iter().copied().filter(|url| classify(url, &facts).role == Role::Ordinary).collect();
    let rules: Vec<String> = hosts().iter().map(|host| format!("||{host}^")).collect();
    let filters = || {
        let mut set = FilterSet::new(false);
        set.add_filter_list(rules.join("\n"), ParseOptions::default());
        Engine::new_with_filter_set(set)
    };
    println!(
        "adblock: {} rules compiled in {:.2} ms",
        rules.len(),
        best(5, || drop(black_box(filters()))).as_secs_f64() * 1e3
    );
    let engine = filters();
    for (name, urls) in [("all", &all), ("ordinary", &ordinary)] {
        let per_second = |time: Duration| urls.len() as f64 / time.as_secs_f64() / 1e6;
        let classified = best(10, || {
            urls.iter().for_each(|url| {
                black_box(classify(black_box(url), &facts));
            })
        });
        let unwrapped =
            best(10, || urls.iter().for_each(|url| drop(black_box(destination(black_box(url), &facts)))));
        let stripped =
            best(10, || urls.iter().for_each(|url| drop(black_box(strip_tracking(black_box(url), &facts)))));
        let requests: Vec<&&str> = urls.iter().filter(|url| url.starts_with("http")).collect();
        let blocked = best(5, || {
            requests.iter().for_each(|url| {
                if let Ok(request) = Request::new(black_box(url), "https://www.example.org/", "image", "get")
                {
                    black_box(engine.check_network_request(&request).filter.is_some());
                }
            })
        });
        println!(
            "{name} ({} URLs), million a second: classify {:.2}, destination {:.2}, strip {:.2}; adblock {:.2}",
            urls.len(),
            per_second(classified),
            per_second(unwrapped),
            per_second(stripped),
            requests.len() as f64 / blocked.as_secs_f64() / 1e6,
        );
    }
}
