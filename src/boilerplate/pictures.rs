//! Which pictures are the article's. Owns telling them from icons, buttons and counters.

use super::addresses;
use super::removal::only_shown;
use crate::data::FileKind;
use crate::document::{Kind, NodeRef};

/// Whether a node is a picture of the article's: no link holds it but one to a larger one, and neither its size nor its address makes it
/// an icon.
pub(crate) fn is_of_article(node: NodeRef<'_>) -> bool {
    let picture = match node.kind() {
        Kind::Image => node,
        Kind::Link => {
            let Some(only) = only_shown(node) else { return false };
            let leads_to_picture = node.destination().is_some_and(|d| is_file_of_picture(&d.url()));
            if only.kind() != Kind::Image || !leads_to_picture {
                return false;
            }
            only
        }
        _ => return false,
    };
    let is_small = |name: &str| {
        let size =
            picture.attribute_value(name).and_then(|v| v.trim().trim_end_matches("px").parse::<u32>().ok());
        size.is_some_and(|size| size <= ICON)
    };
    if picture.is_html() && (is_small("width") || is_small("height")) {
        return false;
    }
    let address = picture.destination().map(|d| d.url().to_ascii_lowercase()).unwrap_or_default();
    !addresses::is_address_of_icon(&address) && !addresses::is_address_of_interface(&address)
}

/// Whether an address ends as those of pictures do that are no icons.
fn is_file_of_picture(url: &str) -> bool {
    FileKind::of_url(url) == Some(FileKind::Picture)
}

/// The largest icon, in pixels.
const ICON: u32 = 72;
