//! Reads the rows of the built-in data files.
//!
//! Owns the subset of TOML those files keep to: `[[table]]` headers, `key = "value"` lines without escapes, comments.
//! The `toml` crate takes some forty times as long for them, at every start of the program; a test holds that both
//! read the same. Users' tables come through the configuration, never through here.

/// One row: its keys and values in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    fields: Vec<(&'static str, &'static str)>,
}

impl Row {
    /// The value of `key`, if the row has it.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.fields.iter().find(|(name, _)| *name == key).map(|&(_, value)| value)
    }

    /// The value of `key`, empty if the row does not have it.
    pub fn text(&self, key: &str) -> &'static str {
        self.get(key).unwrap_or_default()
    }

    /// Keys and values as written.
    #[cfg(test)]
    pub fn fields(&self) -> &[(&'static str, &'static str)] {
        &self.fields
    }
}

/// Calls `take` with each row of `text`. The row is reused: what is kept of it must be copied out.
pub(crate) fn for_each(text: &'static str, mut take: impl FnMut(&Row)) {
    let mut row = Row::default();
    let mut start = 0;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        start = end + 1;
        match line.as_bytes().first() {
            Some(b'[') => {
                if !row.fields.is_empty() {
                    take(&row);
                }
                row.fields.clear();
            }
            Some(b'a'..=b'z') => {
                // names are short: no searcher is worth its call
                if let Some(equals) = line.bytes().position(|b| b == b'=')
                    && let Some(value) = line.get(equals + 3..line.len() - 1)
                {
                    row.fields.push((line[..equals].trim_end(), value));
                }
            }
            _ => {}
        }
    }
    if !row.fields.is_empty() {
        take(&row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toml_crate_reads_the_same() {
        for (name, text) in [
            ("network", crate::data::NETWORKS),
            ("names", crate::data::CONTAINERS),
            ("param", crate::data::PARAMS),
            ("unwrap", crate::data::UNWRAP),
            ("word", crate::data::WORDS),
            ("phrase", crate::data::BOILERPLATE),
        ] {
            let table: toml::Table = toml::from_str(text).expect("the file is TOML");
            assert_eq!(table.len(), 1, "{name}");
            let rows = table[name].as_array().expect("an array of tables");
            let mut at = 0;
            for_each(text, |row| {
                let theirs = rows[at].as_table().expect("a table");
                assert_eq!(theirs.len(), row.fields().len(), "{row:?}");
                for (key, value) in row.fields() {
                    assert_eq!(theirs[*key].as_str(), Some(*value), "{row:?}");
                }
                at += 1;
            });
            assert_eq!(rows.len(), at);
        }
    }
}
