//! What could not be read or written. Owns saying it, once each; the run goes on.

use std::fmt;

/// Something that could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The file or folder; empty where the message names it.
    pub name: String,
    /// What is wrong with it.
    pub message: String,
}

impl Problem {
    /// A problem with that file.
    pub fn new(name: impl Into<String>, message: impl ToString) -> Self {
        Self { name: name.into(), message: message.to_string() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.name, self.message)
        }
    }
}

/// The problems of a run.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// Each once: a broken configuration is everybody's.
    pub list: Vec<Problem>,
}

impl Problems {
    /// Says a problem on the standard error and keeps it.
    pub fn add(&mut self, problem: Problem) {
        if !problem.name.is_empty() || !self.list.contains(&problem) {
            super::complain(&problem);
            self.list.push(problem);
        }
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(found: Vec<Problem>) -> Self {
        let mut problems = Self::default();
        found.into_iter().for_each(|p| problems.add(p));
        problems
    }
}
