//! Tables of HTML as pipe tables. Owns which tables those can say: one row of heads, rows of as many cells, text in them.

use super::Change;
use super::items::{Item, Role};
use super::meaning;
use super::writer::Writer;
use crate::document::html::Tag;

impl Writer<'_> {
    /// Writes a table; `false` where a pipe table cannot say it.
    pub(super) fn table(&mut self, item: &Item) -> bool {
        if !meaning::says_nothing(self.node_of(item), self.around.referrers, &[]) {
            return false;
        }
        let mut rows: Vec<&Item> = Vec::new();
        if !self.gather_rows(item, &mut rows, true) {
            return false;
        }
        let cells = |row: &Item| row.children.iter().filter(|c| c.role == Role::Element).count();
        let Some((head, body)) = rows.split_first() else { return false };
        let width = cells(head);
        let is_head = |row: &Item, tag: Tag| {
            row.children.iter().filter(|c| c.role == Role::Element).all(|c| self.node_of(c).tag() == tag)
        };
        if width == 0
            || body.is_empty()
            || !is_head(head, Tag::Th)
            || !body.iter().all(|row| cells(row) == width && is_head(row, Tag::Td))
            || !rows.iter().all(|row| self.is_plain_row(row))
        {
            return false;
        }
        let alignments: Vec<&'static str> =
            head.children.iter().filter(|c| c.role == Role::Element).map(|c| self.alignment(c)).collect();
        let owner = self.change(Change::Table, item.node);
        self.begin_block();
        let (one_line, in_cell) = (self.is_one_line, self.is_in_cell);
        (self.is_one_line, self.is_in_cell) = (true, true);
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.line_end(false, owner);
            }
            self.insert("|", owner);
            for cell in row.children.iter().filter(|c| c.role == Role::Element) {
                self.insert(" ", owner);
                self.cell(cell);
                self.insert(" |", owner);
            }
            if index == 0 {
                self.line_end(false, owner);
                self.insert("|", owner);
                for alignment in &alignments {
                    self.insert(&format!(" {alignment} |"), owner);
                }
            }
        }
        (self.is_one_line, self.is_in_cell) = (one_line, in_cell);
        self.is_block_empty = false;
        true
    }

    /// Gathers the rows of a table; `false` for anything but rows in it.
    fn gather_rows<'i>(&self, item: &'i Item, rows: &mut Vec<&'i Item>, is_table: bool) -> bool {
        item.children.iter().all(|c| match c.role {
            Role::Text => self.slice(c.span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>'),
            Role::Element => match self.node_of(c).tag() {
                Tag::Tr => {
                    rows.push(c);
                    true
                }
                // its rows are drawn last, wherever it stands
                Tag::Tfoot if is_table && self.is_before_rows(item, c) => false,
                Tag::Thead | Tag::Tbody | Tag::Tfoot if is_table => self.gather_rows(c, rows, false),
                // widths of columns
                Tag::Colgroup if is_table => c
                    .children
                    .iter()
                    .all(|col| col.role == Role::Text || self.node_of(col).attribute("span").is_none()),
                Tag::Col if is_table => self.node_of(c).attribute("span").is_none(),
                _ => false,
            },
            _ => false,
        })
    }

    /// Whether rows of the table's body follow one of its parts.
    fn is_before_rows(&self, table: &Item, part: &Item) -> bool {
        table.children.iter().any(|c| {
            c.span.start > part.span.start
                && c.role == Role::Element
                && matches!(self.node_of(c).tag(), Tag::Tbody | Tag::Tr)
        })
    }

    fn is_plain_row(&self, row: &Item) -> bool {
        meaning::says_nothing(self.node_of(row), self.around.referrers, &[])
            && row.children.iter().all(|c| match c.role {
                Role::Text => self.slice(c.span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>'),
                Role::Element => {
                    matches!(self.node_of(c).tag(), Tag::Td | Tag::Th)
                        && meaning::says_nothing(self.node_of(c), self.around.referrers, &["align"])
                        && (!c.children.iter().any(|k| k.has_block) || self.only_paragraph(c).is_some())
                }
                _ => false,
            })
    }

    /// The paragraph that a cell holds, if that is all.
    fn only_paragraph<'i>(&self, cell: &'i Item) -> Option<&'i Item> {
        let mut found = None;
        for c in &cell.children {
            match c.role {
                Role::Text if self.slice(c.span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>') => {}
                Role::Element
                    if found.is_none()
                        && self.node_of(c).tag() == Tag::P
                        && !c.children.iter().any(|k| k.has_block)
                        && meaning::says_nothing(self.node_of(c), self.around.referrers, &[]) =>
                {
                    found = Some(c);
                }
                _ => return None,
            }
        }
        found
    }

    fn cell(&mut self, cell: &Item) {
        let content = self.only_paragraph(cell).unwrap_or(cell);
        self.blank = None;
        self.breaks.clear();
        self.is_block_empty = true;
        self.begins_block = false;
        self.inline(&content.children, content.span.start);
        self.blank = None;
        self.breaks.clear();
        self.waiting.clear();
    }

    fn alignment(&self, cell: &Item) -> &'static str {
        let node = self.node_of(cell);
        let align = node.attribute("align").map(|a| a.value.to_ascii_lowercase()).unwrap_or_default();
        let style = node.attribute("style").map(|a| a.value.to_ascii_lowercase()).unwrap_or_default();
        let style: String = style.split_whitespace().collect();
        let is = |side: &str| align == side || style.contains(&format!("text-align:{side}"));
        if is("center") {
            ":---:"
        } else if is("right") {
            "---:"
        } else {
            "---"
        }
    }
}
