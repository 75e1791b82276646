//! Natural persons: sealed, in tables of their own, found by exact identifier only.
//!
//! No list, search, count or public look-up of the store reads these tables. What comes in is sealed
//! already, by who holds the key ring; what goes out is opened here, for one permit that names officer
//! and case, in the transaction that writes the look and the notice which is owed for it.

mod erase;
mod facts;
mod keys;
mod slice;

pub use erase::{Erased, Erasure};
pub(crate) use facts::{owe, read};
pub use keys::PersonKey;
pub(crate) use slice::{seen, write};

use credit::record::Change;
use credit::subject::{RecordId, SubjectId};
use jiff::civil::Date;
use seal::{Place, Wrapped};

/// Where a person's own key stands; its row is the person's id.
pub const KEY: Place = Place::new("person_key.wrapped");
/// Where an identifier stands; its row is the person's id.
pub const IDENTIFIER: Place = Place::new("person_identifier.sealed");
/// Where the content of a version stands; see [`body_row`].
pub const BODY: Place = Place::new("person_body.sealed");

/// The row to which the content of a version is bound: person, record and version.
#[must_use]
pub fn body_row(subject: SubjectId, record: RecordId, seq: u32) -> Vec<u8> {
    [&subject.0[..], &record.0[..], &seq.to_be_bytes()[..]].concat()
}

/// What the store knows about a person and a record of a row. Nothing of it tells who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenPerson {
    /// The person's own key, where the person is on file.
    pub key: Option<Wrapped>,
    /// The person's data were erased by a decision, which stands.
    pub erased: bool,
    /// The record's state, if it is known and of a person.
    pub head: Option<PersonHead>,
    /// An earlier version has the same content, for the same day or a later one.
    pub repeats: bool,
}

/// The state of a record on a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonHead {
    /// Whom it speaks of.
    pub subject: SubjectId,
    /// Its last version, which is in force.
    pub seq: u32,
    /// Keyed digest of its content.
    pub digest: [u8; 32],
    /// What it says.
    pub change: Change,
    /// It waits.
    pub held: bool,
    /// The day for which it is stated.
    pub stated_on: Date,
    /// This submission brought or saw it.
    pub seen_now: bool,
}

/// A person who is new here.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Keyed digest of the identifier.
    pub subject: SubjectId,
    /// The person's own key, wrapped.
    pub key: Wrapped,
    /// System of the identifier.
    pub system: &'static str,
    /// Its blind index.
    pub digest: [u8; 32],
    /// Its value, sealed.
    pub sealed: Vec<u8>,
}

/// A version of a record on a person; all that tells anything is sealed.
#[derive(Clone, Debug)]
pub struct NewPersonVersion {
    /// Whom it speaks of.
    pub subject: SubjectId,
    /// Its record.
    pub record: RecordId,
    /// Its number.
    pub seq: u32,
    /// Row of the file.
    pub row: u64,
    /// What it says.
    pub change: Change,
    /// Keyed digest of its content.
    pub digest: [u8; 32],
    /// It waits.
    pub held: bool,
    /// The salt of its commitment.
    pub salt: [u8; 16],
    /// Salted commitment to what is sealed.
    pub leaf: [u8; 32],
    /// Its content, sealed.
    pub sealed: Vec<u8>,
}

/// What is to be written of persons for a slice.
#[derive(Clone, Debug, Default)]
pub struct PersonPlan {
    /// Persons who are new here.
    pub new: Vec<NewPerson>,
    /// Versions; of one record in their order.
    pub versions: Vec<NewPersonVersion>,
    /// Records that were seen and did not change.
    pub touched: Vec<RecordId>,
    /// Code of the theme of the versions: what their persons are told.
    pub theme: String,
    /// A key on file does not open with the ring at hand: nothing of the slice may be written.
    pub unsealed: bool,
}
