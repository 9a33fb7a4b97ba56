//! HTML elements that say by class or id what they hold. Owns the names of plug-ins, themes and services; must not decide what goes.

use super::addresses;
use crate::data::{CONTAINERS, WordTable, for_each_row};
use crate::document::NodeRef;
use std::sync::LazyLock;

/// What a container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Share buttons.
    Share,
    /// Links to other posts.
    Related,
    /// A sign-up form.
    Newsletter,
    /// A cookie notice.
    Cookies,
    /// A comment thread that a script fills.
    Comments,
    /// What a blog editor or a feed appended.
    Editor,
    /// Stars to click on.
    Rating,
    /// A breadcrumb trail.
    Trail,
    /// A contents list that a plug-in drew.
    Contents,
    /// Who wrote the text, as a plug-in shows it.
    Author,
}

impl Holds {
    /// The kind of a row of the data file.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "share" => Self::Share,
            "related" => Self::Related,
            "newsletter" => Self::Newsletter,
            "cookies" => Self::Cookies,
            "comments" => Self::Comments,
            "editor" => Self::Editor,
            "rating" => Self::Rating,
            "trail" => Self::Trail,
            "contents" => Self::Contents,
            "author" => Self::Author,
            _ => return None,
        })
    }
}

/// The names, and by their numbers what they stand for.
static TABLE: LazyLock<(WordTable, Vec<Holds>)> = LazyLock::new(|| {
    let mut table = WordTable::default();
    let mut holds: Vec<Holds> = Vec::new();
    for_each_row(CONTAINERS, |row| {
        let Some(what) = Holds::named(row.text("holds")) else { return };
        for name in row.text("names").split(' ') {
            let number = table.number(name);
            match holds.get_mut(number) {
                Some(known) => *known = what,
                None => holds.push(what),
            }
        }
    });
    (table, holds)
});

/// Whether a class of `element` is of a share plug-in, and of nothing else.
pub(crate) fn is_of_share_plug_in(element: NodeRef<'_>) -> bool {
    element
        .attribute("class")
        .is_some_and(|class| class.value.split_ascii_whitespace().any(addresses::is_of_share_plug_in))
}

/// Makes the table of names.
pub(crate) fn prepare() {
    LazyLock::force(&TABLE);
}

/// What an element says it holds by a class name or id.
pub(crate) fn holds(element: NodeRef<'_>) -> Option<Holds> {
    let tree = &element.document.parsed.tree;
    let record = element.element()?;
    let from = record.first_attribute as usize;
    let attributes = tree.attributes.get(from..from + record.attribute_count as usize)?;
    let mut found = None;
    for attribute in attributes {
        let (Some(name), Some(value)) = (attribute.name.span(), attribute.value.span()) else { continue };
        let wanted = match name.len() {
            5 => "class",
            2 => "id",
            _ => continue,
        };
        if !element.document.slice(name).eq_ignore_ascii_case(wanted) {
            continue;
        }
        let value = element.document.slice(value);
        if value.starts_with("scid:0767317B-992E-4b12-91E0-4F059A8CECA8") {
            return Some(Holds::Editor);
        }
        if found.is_none() {
            let (table, holds) = &*TABLE;
            found = value
                .split_ascii_whitespace()
                .find_map(|name| table.get(name).and_then(|number| holds.get(number)))
                .copied();
        }
    }
    found
}
