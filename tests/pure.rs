//! The library without its command line can run where there are no threads, files, clocks or random numbers: in a browser.

use std::process::Command;

/// What stands in the way on `wasm32-unknown-unknown`.
const UNWANTED: [&str; 5] = ["getrandom", "rayon", "wasm-bindgen", "tempfile", "clap"];

#[test]
fn the_library_alone_depends_on_nothing_of_an_operating_system() {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["tree", "--locked", "--prefix", "none"]);
    command.args(["--target", "wasm32-unknown-unknown", "--no-default-features", "-e", "normal"]);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.starts_with("mdscrub "), "{tree}");
    for name in UNWANTED {
        assert!(!tree.lines().any(|l| l.split(' ').next() == Some(name)), "{name} is in\n{tree}");
    }
}
