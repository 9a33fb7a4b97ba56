//! What addresses, classes and ids are for by their parts, as `data/boilerplate_words.toml` lists them. Owns these questions; words that
//! readers see are [`lists`](super::lists)'.

use super::list::List;
use super::words::lists;

/// Whether `name` (in lower case) is that of the badge of a shop for apps.
pub(crate) fn is_name_of_badge(name: &str) -> bool {
    lists().has_part_of(List::AppBadge, name)
}

/// Whether `address` (in lower case) may be that of an icon, a button or a counter.
pub(crate) fn is_address_of_icon(address: &str) -> bool {
    lists().has_part_of(List::IconAddress, address)
}

/// Whether `address` (in lower case) is that of a policy on privacy or cookies.
pub(crate) fn is_address_of_policy(address: &str) -> bool {
    lists().has_part_of(List::PolicyAddress, address)
}

/// Whether a class or an id is that of such a message.
pub(crate) fn is_name_of_unblocking(name: &str) -> bool {
    let begins = |start: &&str| name.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    lists().of(List::BlockerName).iter().any(begins)
}

/// Whether a class is of a share plug-in, and of nobody else.
pub(crate) fn is_of_share_plug_in(class: &str) -> bool {
    lists().begins(List::SharePlugIn, class)
}

/// Whether a part of a path (in lower case) stands before the name of a tag.
pub(crate) fn is_of_tags(segment: &str) -> bool {
    lists().has(List::TagPath, segment)
}

/// Whether a part of a path (in lower case) is that of a page to log in.
pub(crate) fn is_of_log_in(segment: &str) -> bool {
    lists().has(List::LogInPath, segment)
}

/// Whether a parameter (in lower case) says where a page goes back to once somebody has logged in.
pub(crate) fn is_to_return(name: &str) -> bool {
    lists().has(List::ReturnParameter, name)
}

/// Whether `address` (in lower case) is that of an icon of an interface.
pub(crate) fn is_address_of_interface(address: &str) -> bool {
    lists().has_part_of(List::InterfaceImage, address)
}

/// Whether one of the labels of `host` is among those of `list`.
pub(crate) fn has_label(host: &str, list: List) -> bool {
    host.split('.').any(|label| lists().of(list).iter().any(|l| label.eq_ignore_ascii_case(l)))
}

/// Whether `address` (in lower case) is that of a badge: a small picture with a number or a state of a project.
pub(crate) fn is_address_of_badge(address: &str) -> bool {
    lists().has_part_of(List::BadgeAddress, address)
}
