//! What an audit reads: every place of the order, and the rows that events speak of, page by page.

use super::batch::read_event;
use super::{Head, read_head};
use crate::error::Result;
use crate::sql::journal as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::consent::ConsentId;
use credit::grant::GrantId;
use credit::subject::{RecordId, SubjectId, SubmissionId};
use seal::Digest;
use seal::leaf::Event;

/// Rows of a page of an audit: some megabytes in memory.
const PAGE: i64 = 4_096;

/// A place of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The place.
    pub index: u64,
    /// Id of the event in it.
    pub id: String,
    /// The event; `None` when its row is gone.
    pub event: Option<Event>,
    /// Its salt; `None` once it was erased.
    pub salt: Option<[u8; 16]>,
}

/// A look at facts that are not public, as its row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whom it was about.
    pub subject: SubjectId,
    /// The permit.
    pub permit: [u8; 16],
    /// Purpose, officer, agency, case number.
    pub texts: [String; 4],
    /// The grant on which it rested and the items that it could see; none for a subject's own file.
    pub ground: Option<(GrantId, String)>,
    /// The person's consent on which it rested beside the grant.
    pub consent: Option<ConsentId>,
    /// When, in microseconds.
    pub at: i64,
}

impl Access {
    /// What the event of this look commits to; see `docs/journal.md`.
    #[must_use]
    pub fn content(&self) -> Digest {
        let mut body = Vec::new();
        let [purpose, officer, agency, case] = &self.texts;
        for part in [
            self.subject.0.as_slice(),
            purpose.as_bytes(),
            officer.as_bytes(),
            agency.as_bytes(),
            case.as_bytes(),
        ] {
            body.extend((part.len() as u64).to_be_bytes());
            body.extend(part);
        }
        // Looks of a subject's own file have no ground and no such parts, as before there were grants.
        if let Some((grant, items)) = &self.ground {
            for part in [grant.0.as_slice(), items.as_bytes()] {
                body.extend((part.len() as u64).to_be_bytes());
                body.extend(part);
            }
        }
        // Likewise: only looks that rest on a consent have this part.
        if let Some(consent) = &self.consent {
            body.extend((consent.0.len() as u64).to_be_bytes());
            body.extend(consent.0);
        }
        seal::commit(&self.permit, &body)
    }
}

/// A receipt as its row keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedReceipt {
    /// Number of the submission; the cursor of the next page.
    pub number: i64,
    /// The submission.
    pub submission: SubmissionId,
    /// When it was finished, in microseconds.
    pub at: i64,
    /// The stored text.
    pub text: String,
}

/// A slice as its row keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SliceRoot {
    /// Number of the submission and of the slice; the cursor of the next page.
    pub key: (i64, i64),
    /// The submission.
    pub submission: SubmissionId,
    /// When it was applied, in microseconds.
    pub at: i64,
    /// Its Merkle root.
    pub root: Digest,
    /// Rows that may have become versions.
    pub rows: u64,
}

/// A version and what it commits to, where that still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVersion {
    /// Subject, record and version; the cursor of the next page.
    pub key: (SubjectId, RecordId, i64),
    /// The commitment.
    pub leaf: Digest,
    /// Number of the submission that brought it, and when, in microseconds: its slice.
    pub slice: (i64, i64),
    /// Row of the file; 0 for a removal by absence.
    pub row: i64,
    /// Salt and what it commits to, the body or, of a person, what is sealed; `None` once erased, or
    /// where there never was a body.
    pub opened: Option<([u8; 16], Vec<u8>)>,
}

macro_rules! page {
    ($store:expr, $name:literal, $sql:expr, $values:expr, $read:expr) => {{
        let values = $values;
        transact!($store, Read, $name, tx => {
            let rows = tx.rows($sql, &values).await;
            rows.and_then(|rows| rows.iter().map($read).collect())
        })
    }};
}

impl Store {
    /// Places of the order, from one on.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_order(&self, from: u64) -> Result<Vec<Ordered>> {
        let values = [Val::count(from), Val::Int(PAGE)];
        page!(self, "audit_order", sql::ORDERED, values, read_ordered)
    }

    /// Ids of events that have no place and wait for none: rows that somebody else added.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_strays(&self) -> Result<Vec<String>> {
        page!(
            self,
            "audit_strays",
            sql::STRAY,
            [Val::Int(PAGE)],
            |row: &Row| { Ok(row.text(0, "event")?.to_owned()) }
        )
    }

    /// Heads above a size.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_heads(&self, above: u64) -> Result<Vec<Head>> {
        let values = [Val::count(above), Val::Int(PAGE)];
        page!(self, "audit_heads", sql::HEADS, values, read_head)
    }

    /// Looks after one, in the order of subject and permit.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_accesses(&self, after: (SubjectId, [u8; 16])) -> Result<Vec<Access>> {
        let values = [Val::Bytes(&after.0.0), Val::Bytes(&after.1), Val::Int(PAGE)];
        page!(self, "audit_accesses", sql::ACCESSES, values, read_access)
    }

    /// One look.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_access(
        &self,
        subject: SubjectId,
        permit: &[u8; 16],
    ) -> Result<Option<Access>> {
        let values = [Val::Bytes(&subject.0), Val::Bytes(permit)];
        let found: Vec<Access> = page!(self, "audit_access", sql::ACCESS, values, read_access)?;
        Ok(found.into_iter().next())
    }

    /// Receipts after a number of a submission.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_receipts(&self, after: i64) -> Result<Vec<SignedReceipt>> {
        let values = [Val::Int(after), Val::Int(PAGE)];
        page!(self, "audit_receipts", sql::RECEIPTS, values, read_receipt)
    }

    /// Slices after one.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_slices(&self, after: (i64, i64)) -> Result<Vec<SliceRoot>> {
        let values = [Val::Int(after.0), Val::Int(after.1), Val::Int(PAGE)];
        page!(self, "audit_slices", sql::SLICES, values, read_slice)
    }

    /// Versions after one that submissions of these numbers, both included, brought.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_versions(
        &self,
        after: (SubjectId, RecordId, i64),
        submissions: (i64, i64),
    ) -> Result<Vec<StoredVersion>> {
        let (subject, record, seq) = after;
        let values = [
            Val::Bytes(&subject.0),
            Val::Bytes(&record.0),
            Val::Int(seq),
            Val::Int(submissions.0),
            Val::Int(submissions.1),
            Val::Int(PAGE),
        ];
        page!(self, "audit_versions", sql::VERSIONS, values, read_version)
    }

    /// The same of natural persons.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_person_versions(
        &self,
        after: (SubjectId, RecordId, i64),
        submissions: (i64, i64),
    ) -> Result<Vec<StoredVersion>> {
        let (subject, record, seq) = after;
        let values = [
            Val::Bytes(&subject.0),
            Val::Bytes(&record.0),
            Val::Int(seq),
            Val::Int(submissions.0),
            Val::Int(submissions.1),
            Val::Int(PAGE),
        ];
        let statement = crate::sql::person::AUDIT_VERSIONS;
        page!(
            self,
            "audit_person_versions",
            statement,
            values,
            read_version
        )
    }
}

fn read_ordered(row: &Row) -> Result<Ordered> {
    Ok(Ordered {
        index: row.count(0, "log index")?,
        id: row.text(1, "event")?.to_owned(),
        event: match row.opt_text(2) {
            Some(_) => Some(read_event(row, 1)?),
            None => None,
        },
        salt: row.opt_bytes(5, "salt")?,
    })
}

fn read_access(row: &Row) -> Result<Access> {
    let text = |place| row.text(place, "access").map(str::to_owned);
    Ok(Access {
        subject: SubjectId(row.bytes(0, "subject id")?),
        permit: row.bytes(1, "permit")?,
        texts: [text(2)?, text(3)?, text(4)?, text(5)?],
        ground: row
            .opt_bytes(7, "grant id")?
            .map(GrantId)
            .zip(row.opt_text(8).map(str::to_owned)),
        consent: row.opt_bytes(9, "consent")?.map(ConsentId),
        at: row.int(6, "instant")?,
    })
}

fn read_receipt(row: &Row) -> Result<SignedReceipt> {
    Ok(SignedReceipt {
        number: row.int(0, "submission number")?,
        submission: SubmissionId(row.bytes(1, "submission id")?),
        at: row.int(2, "instant")?,
        text: row.text(3, "receipt")?.to_owned(),
    })
}

fn read_slice(row: &Row) -> Result<SliceRoot> {
    Ok(SliceRoot {
        key: (
            row.int(0, "submission number")?,
            row.int(1, "slice number")?,
        ),
        submission: SubmissionId(row.bytes(2, "submission id")?),
        at: row.int(3, "instant")?,
        root: Digest(row.bytes(4, "root")?),
        rows: row.count(5, "count")?,
    })
}

fn read_version(row: &Row) -> Result<StoredVersion> {
    let salt: Option<[u8; 16]> = row.opt_bytes(4, "salt")?;
    let body = row.opt_text(5).map(|text| text.as_bytes().to_vec());
    let body = body.or_else(|| row.opt_blob(5));
    Ok(StoredVersion {
        key: (
            SubjectId(row.bytes(0, "subject id")?),
            RecordId(row.bytes(1, "record id")?),
            row.int(2, "version number")?,
        ),
        leaf: Digest(row.bytes(3, "leaf")?),
        slice: (row.int(6, "submission number")?, row.int(7, "instant")?),
        row: row.int(8, "row number")?,
        opened: salt.zip(body),
    })
}
