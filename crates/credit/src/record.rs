//! Records: append-only versions with two times, when true and when known.

use crate::case::History;
use crate::clock::Severity;
use crate::identifier::Identifier;
use crate::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::Date;

/// An instant, in microseconds since 1970-01-01 UTC: the unit of the store and of wire shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil date in Asia/Shanghai, which is UTC+8 all year since 1992; civil dates of the store are
    /// dates there.
    #[must_use]
    pub fn day(self) -> Date {
        const HOUR: i64 = 3_600_000_000;
        let days = self.0.saturating_add(8 * HOUR).div_euclid(24 * HOUR);
        let span = jiff::Span::new().days(days.clamp(-700_000, 2_900_000));
        jiff::civil::date(1970, 1, 1).saturating_add(span)
    }
}

/// The three times of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Content is taken as it was known at this instant.
    pub known: Instant,
    /// Clocks inside the content (valid, expired) are read on this day.
    pub on: Date,
    /// What may be shown at all is decided on this day: today. A past-day view changes what was
    /// known, never what today's reader may see (rights 11).
    pub today: Date,
}

/// What a version says about its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The supplier states the fact with this content (first statement or correction).
    Stated,
    /// The fact is gone: withdrawn by a row, or absent from a full snapshot on that day.
    Removed,
    /// Its supplier took the fact back: it was sent in error. What stood before it, if anything, is
    /// stated again beside it.
    Recalled,
    /// The record now belongs to another subject, because its supplier corrected the code.
    Moved,
}

impl Change {
    /// The code kept in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Change::Stated => "stated",
            Change::Removed => "removed",
            Change::Recalled => "recalled",
            Change::Moved => "moved",
        }
    }

    /// The inverse of [`Change::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Change> {
        use Change::{Moved, Recalled, Removed, Stated};
        [Stated, Removed, Recalled, Moved]
            .into_iter()
            .find(|change| change.code() == code)
    }
}

/// The legal document behind a fact, as one version of one row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The organ that issued it: its unified code where the row has it, else its name.
    pub organ: String,
    /// The number printed on it.
    pub number: String,
    /// The day of decision, from which publicity is counted (Order 36).
    pub decided_on: Option<Date>,
}

/// A document as the store knows it: with the earliest day that any row ever gave for it, so that
/// no re-submission restarts its clocks (rights 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentClock {
    /// Keyed digest of organ and number.
    pub id: DocumentId,
    /// The earliest decision day on file.
    pub started_on: Date,
}

/// One version of a record. Insert-only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 … within the record.
    pub seq: u32,
    /// When the platform came to know it.
    pub known_at: Instant,
    /// The day for which the supplier states it (the submission's date).
    pub stated_on: Date,
    /// What it says.
    pub change: Change,
    /// Item code and canonical text, in the theme's order; empty for a removal or after erasure.
    pub values: Vec<(String, String)>,
    /// The legal document, where the theme has one.
    pub document: Option<DocumentClock>,
    /// How grave, where the theme has a severity table.
    pub severity: Option<Severity>,
    /// The catalogue version of the theme under which it was accepted.
    pub theme_version: String,
    /// The submission that brought it.
    pub submission: SubmissionId,
    /// Reported after its deadline (R07).
    pub late: bool,
    /// Code of the reason for which the fact waits (not final, severity unknown …). A held version
    /// is in no third party's dossier; a later version without a reason supersedes it.
    pub held: Option<String>,
}

/// A record: one supplier's fact about one subject, with its history, oldest version first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// The theme's code.
    pub theme: String,
    /// The supplier's code.
    pub supplier: String,
    /// Every version, by ascending `seq`.
    pub versions: Vec<Version>,
    /// The cases about it, each with all its moves: what they do to it is computed from them.
    pub cases: Vec<History>,
}

impl Record {
    /// The version in force at an instant: of those known by then, the one stated for the latest
    /// day; among equals, the last. A late repeat of an older day does not displace a newer one.
    #[must_use]
    pub fn at(&self, known: Instant) -> Option<&Version> {
        self.versions
            .iter()
            .filter(|version| version.known_at <= known)
            .max_by_key(|version| (version.stated_on, version.seq))
    }

    /// The version in force now.
    #[must_use]
    pub fn head(&self) -> Option<&Version> {
        self.at(Instant(i64::MAX))
    }
}

/// Who a subject is, as its mentions tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The oldest mention: the id in links. Ids of merged mentions lead here.
    pub id: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The current name.
    pub name: String,
    /// Former and other names, newest first.
    pub other_names: Vec<String>,
    /// Identifiers of organisations; a natural person's stay sealed.
    pub identifiers: Vec<Identifier>,
}

/// Everything the platform holds on one subject. Leaves the store only sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who.
    pub subject: Subject,
    /// What, ordered by theme, then record id.
    pub records: Vec<Record>,
}
