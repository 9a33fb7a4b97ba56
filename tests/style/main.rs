//! What the family `NM` promises: a reader sees the same before and after, a second run changes nothing, two spellings of one
//! document come out as one, and what site generators read stays to the byte.

mod constructs;
mod documents;
mod escapes;
mod render;
mod sites;
mod specification;

use mdscrub::{Cleaner, Config};

/// The text as the style rules alone leave it.
fn styled(text: &str) -> String {
    let mut config = Config::default();
    config.select = Some(vec!["NM".to_owned()]);
    Cleaner::new(config).unwrap().clean(text).markdown.into_owned()
}

/// Asserts that `text` renders the same before and after and stays as it then is.
fn assert_sound(text: &str, place: &str) {
    let once = styled(text);
    for (name, renderer) in render::RENDERERS {
        // tables are GitHub's: without them their rows are text in lines
        if text.contains('|') && !name.contains("GitHub") {
            continue;
        }
        let (before, after) = (render::shape(&renderer(text)), render::shape(&renderer(&once)));
        assert_eq!(
            before, after,
            "{place}: {name} renders otherwise\n--- before\n{text}\n--- after\n{once}\n---"
        );
    }
    let twice = styled(&once);
    assert_eq!(once, twice, "{place}: a second run changes something of\n{text}");
}
