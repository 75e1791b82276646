//! What a slice asks, what the store has seen, and what is to be written.

use crate::person::{PersonPlan, SeenPerson};
use credit::clock::Severity;
use credit::identifier::Identifier;
use credit::record::Change;
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::Date;

/// What the store must look up for one row of a slice.
#[derive(Clone, Copy, Debug)]
pub struct SliceKey<'a> {
    /// The row's own mention.
    pub mention: SubjectId,
    /// The record of the row.
    pub record: RecordId,
    /// Keyed digest of its content.
    pub digest: [u8; 32],
    /// The day for which it is stated.
    pub stated_on: Date,
    /// Valid identifiers, strongest first.
    pub identifiers: &'a [Identifier],
    /// Comparison form of the name; only where there is no identifier.
    pub name_form: Option<&'a str>,
    /// It speaks of a natural person: it has neither identifiers nor a name here.
    pub person: bool,
}

/// The state of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The mention that has it now.
    pub subject: SubjectId,
    /// Its last version's number; the next is one more. The version in force may be an earlier
    /// one, when the last states an older day.
    pub seq: u32,
    /// Content of the version in force.
    pub digest: [u8; 32],
    /// What the version in force says.
    pub change: Change,
    /// Whether the version in force waits.
    pub held: bool,
    /// The day of the version in force.
    pub stated_on: Date,
    /// The last submission that had it.
    pub seen_in: SubmissionId,
}

/// A subject with the same name in comparison form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// Its root.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The name as written.
    pub name: String,
    /// Its strongest identifier.
    pub identifier: Option<Identifier>,
}

/// A mention by name that is on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownMention {
    /// A question about it is open: its facts wait.
    pub waiting: bool,
}

/// What the store knows about one row's key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The row's own mention, where it is one by name and is on file.
    pub mention: Option<KnownMention>,
    /// The record's state, if it is known.
    pub head: Option<Head>,
    /// Who holds the identifiers: the roots of their mentions.
    pub holders: Vec<(Identifier, SubjectId)>,
    /// Who bears the name; at most [`credit::limits::CANDIDATES`].
    pub namesakes: Vec<Namesake>,
    /// An earlier version has the same content, for the same day or a later one.
    pub repeats: bool,
    /// What is known of the person, or that the record is a person's.
    pub person: SeenPerson,
}

/// A mention to write; one that exists stays as it is.
#[derive(Clone, Debug)]
pub struct NewMention {
    /// Its id.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The name as written.
    pub name: String,
    /// Its comparison form.
    pub name_form: String,
    /// Waits for a person: not found by name, in nobody's dossier but its own.
    pub waiting: bool,
}

/// A version to write.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The mention it speaks of.
    pub subject: SubjectId,
    /// Its record.
    pub record: RecordId,
    /// Its number.
    pub seq: u32,
    /// The day for which it is stated.
    pub stated_on: Date,
    /// What it says.
    pub change: Change,
    /// Keyed digest of its content.
    pub digest: [u8; 32],
    /// Salted commitment to its body.
    pub leaf: [u8; 32],
    /// The salt.
    pub salt: [u8; 16],
    /// Canonical JSON of item codes and texts; none for removals and moves.
    pub body: Option<String>,
    /// The legal document.
    pub document: Option<DocumentId>,
    /// How grave.
    pub severity: Option<Severity>,
    /// After its deadline.
    pub late: bool,
    /// Code of the reason for which it waits.
    pub held: Option<String>,
    /// Row of the file.
    pub row: u64,
}

/// The new state of a record whose version in force changes.
#[derive(Clone, Debug)]
pub struct NewHead {
    /// The record.
    pub record: RecordId,
    /// The mention that has it.
    pub subject: SubjectId,
    /// Its last version.
    pub seq: u32,
    /// Content of the version in force.
    pub digest: [u8; 32],
    /// What that version says.
    pub change: Change,
    /// Whether it waits.
    pub held: bool,
    /// Its day.
    pub stated_on: Date,
    /// Scope of snapshots that it belongs to; empty where the theme has none.
    pub scope: String,
}

/// A mention joins a subject.
#[derive(Clone, Debug)]
pub struct NewMembership {
    /// The mention.
    pub mention: SubjectId,
    /// The subject.
    pub root: SubjectId,
    /// Code of the reason.
    pub reason: String,
}

/// A row that goes back to its supplier.
#[derive(Clone, Debug)]
pub struct NewReject {
    /// Row of the file.
    pub row: u64,
    /// Of a natural person: nothing of it may stand in `faults` or `cells`.
    pub personal: bool,
    /// What is wrong, JSON.
    pub faults: String,
    /// The row as sent, JSON.
    pub cells: Option<String>,
    /// Its record, where its key could be read: a later row of it mends this one.
    pub record: Option<RecordId>,
}

/// A version that waits.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// Its record.
    pub record: RecordId,
    /// Its mention.
    pub subject: SubjectId,
    /// Its number.
    pub seq: u32,
    /// Row of the file.
    pub row: u64,
    /// Code of the reason.
    pub reason: String,
}

/// A question of identity.
#[derive(Clone, Debug)]
pub struct NewQuestion {
    /// The mention that waits.
    pub mention: SubjectId,
    /// The record that raised it.
    pub record: RecordId,
    /// Row of the file.
    pub row: u64,
    /// Code of the reason.
    pub reason: String,
    /// Who it may be.
    pub candidates: Vec<SubjectId>,
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Became versions.
    pub accepted: u64,
    /// Went back.
    pub rejected: u64,
    /// Wait.
    pub held: u64,
    /// Said nothing new.
    pub unchanged: u64,
    /// After their deadline, within accepted.
    pub late: u64,
    /// Facts removed by absence from a snapshot.
    pub removed: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.held += other.held;
        self.unchanged += other.unchanged;
        self.late += other.late;
        self.removed += other.removed;
    }
}

/// Whoever looked under a grant at a fact that a slice changes or ends is told to stop using it as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopUse {
    /// Code of the theme.
    pub theme: String,
    /// Whoever states the facts: it holds them by right and is not told.
    pub supplier: String,
    /// By when it is acknowledged.
    pub due: Date,
}

/// What is to be written for a slice, in one transaction.
#[derive(Clone, Debug, Default)]
pub struct SlicePlan {
    /// Mentions that may be new.
    pub mentions: Vec<NewMention>,
    /// Identifiers that may be new, and who holds them.
    pub identifiers: Vec<(Identifier, SubjectId)>,
    /// Names of known mentions that may be new: a renamed firm.
    pub names: Vec<NewMention>,
    /// Versions.
    pub versions: Vec<NewVersion>,
    /// States of records whose version in force changes.
    pub heads: Vec<NewHead>,
    /// Records that were seen and did not change.
    pub touched: Vec<RecordId>,
    /// Documents and the day each was decided.
    pub documents: Vec<(DocumentId, Date)>,
    /// Mentions that join subjects.
    pub memberships: Vec<NewMembership>,
    /// Rows that go back.
    pub rejects: Vec<NewReject>,
    /// Rejected rows that rows of this slice say they mend, by submission and row. Only those of
    /// the same supplier and theme are.
    pub mends: Vec<(SubmissionId, u64)>,
    /// Versions that wait.
    pub holds: Vec<NewHold>,
    /// Questions of identity.
    pub questions: Vec<NewQuestion>,
    /// Of natural persons, sealed.
    pub persons: PersonPlan,
    /// Who holds what it changes or ends is told so.
    pub stop: Option<StopUse>,
    /// What became of the rows.
    pub counts: Counts,
    /// Merkle root over the rows' commitments.
    pub root: [u8; 32],
}

/// What became of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceApplied {
    /// The slice had been applied before; nothing was written now.
    pub repeated: bool,
    /// What became of its rows, then or now.
    pub counts: Counts,
}
