//! A case with everything that stands in it, as it leaves the store: sealed.

use super::{History, Party};
use crate::record::{Facts, Instant};
use crate::subject::{RecordId, SubjectId};
use std::fmt;

/// A file that was attached to a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// 1, 2, 3 … within the move.
    pub number: u32,
    /// Its name as sent; none once it was erased.
    pub name: Option<String>,
    /// What it was found to be: `application/pdf`.
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub digest: [u8; 32],
}

/// A move with what was said.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// Its number within the case.
    pub seq: u32,
    /// When.
    pub at: Instant,
    /// Who did it, as histories name accounts.
    pub officer: String,
    /// Field and text, in the order of their names; none once they were erased.
    pub said: Vec<(String, String)>,
    /// The version of the record that it names.
    pub version: Option<u32>,
    /// What was attached.
    pub files: Vec<Attachment>,
}

impl Told {
    /// One field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut said = self.said.iter();
        said.find(|(one, _)| one == name)
            .map(|(_, text)| text.as_str())
    }
}

impl fmt::Debug for Told {
    /// Prints no content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Told({})", self.seq)
    }
}

/// Everything on one case, with the fact that it is about. Leaves the store only sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Kind, edition and moves.
    pub history: History,
    /// The mention that was meant when it was opened.
    pub subject: SubjectId,
    /// The fact that it is about, if it is about one.
    pub record: Option<RecordId>,
    /// Its theme; empty where it is about none.
    pub theme: String,
    /// The agency that answers.
    pub supplier: String,
    /// The area whose rules it follows.
    pub area: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// What was said with each move, oldest first.
    pub told: Vec<Told>,
    /// The subject and, of its records, the one that the case is about.
    pub facts: Facts,
}

impl CaseFile {
    /// Who opened it.
    #[must_use]
    pub fn opener(&self) -> Option<Party> {
        self.history.steps.first().map(|step| step.by)
    }
}

impl fmt::Debug for CaseFile {
    /// Prints no content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseFile({} {})", self.history.kind, self.history.id)
    }
}

/// A file that was attached to a move, with its bytes. Leaves the store only sealed.
pub struct AttachedFile {
    /// The case.
    pub case: super::CaseId,
    /// What it was found to be.
    pub media: String,
    /// Its name as sent.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl fmt::Debug for AttachedFile {
    /// Prints no content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AttachedFile({} bytes)", self.content.len())
    }
}
