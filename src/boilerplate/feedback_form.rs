//! The form below the question whether a page was of help: what its fields, choices and buttons leave as text. Owns how far it reaches;
//! must not decide what the question is.

use super::{lists, pieces, removal};
use crate::document::{Kind, NodeRef};

/// The longest block of a form, in bytes.
const LONGEST: usize = 400;
/// The most blocks of one.
const MOST_BLOCKS: usize = 40;
/// The fewest of its lines that tell a form from an article that goes on.
const FEWEST: usize = 2;

/// The last block of the form that begins right below `question`, if one does.
pub(crate) fn last_block_below<'a>(question: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut lines = 0;
    let mut last = None;
    for block in removal::below(question).take(MOST_BLOCKS) {
        match lines_of(block) {
            Some(0) => {}
            Some(count) => {
                lines += count;
                last = Some(block);
            }
            None => break,
        }
    }
    last.filter(|_| lines >= FEWEST)
}

/// How many lines of a form a block is, if it is nothing else.
fn lines_of(block: NodeRef<'_>) -> Option<usize> {
    if block.span().len() > LONGEST {
        return None;
    }
    match block.kind() {
        Kind::Paragraph | Kind::Heading => {
            let mut lines = 0;
            for piece in pieces::pieces(block) {
                if piece.is_picture || piece.shape.other {
                    return None;
                }
                lines += lists::parts_of_feedback_form(&piece.words)?;
            }
            Some(lines)
        }
        Kind::List | Kind::Item => block.children().map(lines_of).sum(),
        _ => None,
    }
}
