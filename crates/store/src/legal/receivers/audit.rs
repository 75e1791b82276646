//! What the journal commits to of those who were told to stop using a fact, and of their word that they did;
//! and the same made again from the rows, for an audit.

use crate::error::Result;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::case::CaseId;
use credit::subject::SubjectId;
use jiff::civil::Date;
use seal::Digest;

/// Rows of a page: some hundred bytes each, fifty case numbers at most.
const PAGE: i64 = 1_024;

/// The kind of both events.
pub(super) const KIND: &str = "receiver";

/// A receiver as its rows tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverProof {
    /// Subject, case, number of the move and agency; the cursor of the next page.
    pub key: (SubjectId, CaseId, i64, String),
    /// That it was told, and that it stopped: event, what that commits to, and when, in microseconds.
    pub events: Vec<(String, Digest, i64)>,
}

/// The event of an agency that is told.
pub(super) fn told(key: (CaseId, u32, &str), looks: &str, due: Date) -> (String, Digest) {
    let (case, seq, agency) = key;
    let event = format!("receiver:{case}:{seq}:{agency}");
    let content = seal::sha256(format!("{due}\n{looks}").as_bytes());
    (event, content)
}

/// The event of its word that it stopped.
pub(super) fn stopped(key: (CaseId, u32, &str), officer: &str) -> (String, Digest) {
    let (case, seq, agency) = key;
    let event = format!("receiver:{case}:{seq}:{agency}:stopped");
    (event, seal::sha256(officer.as_bytes()))
}

impl Store {
    /// Receivers after one, in the order of subject, case, move and agency.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_receivers(
        &self,
        after: &(SubjectId, CaseId, i64, String),
    ) -> Result<Vec<ReceiverProof>> {
        let (subject, case, seq, agency) = after;
        let values = [
            Val::Bytes(&subject.0),
            Val::Bytes(&case.0),
            Val::Int(*seq),
            Val::Text(agency),
            Val::Int(PAGE),
        ];
        transact!(self, Read, "audit_receivers", tx => {
            let rows = tx.rows(sql::RECEIVER_PROOFS, &values).await;
            rows.and_then(|rows| rows.iter().map(proof).collect())
        })
    }
}

fn proof(row: &Row) -> Result<ReceiverProof> {
    let case = CaseId(row.bytes(1, "case id")?);
    let seq = row.small(2, "number of a move")?;
    let agency = row.text(3, "agency")?;
    let key = (case, seq, agency);
    let (event, content) = told(key, row.text(4, "looks")?, row.day(6, "day")?);
    let mut events = vec![(event, content, row.int(5, "instant")?)];
    if let Some((at, officer)) = row.opt_int(7).zip(row.opt_text(8)) {
        let (event, content) = stopped(key, officer);
        events.push((event, content, at));
    }
    Ok(ReceiverProof {
        key: (
            SubjectId(row.bytes(0, "subject id")?),
            case,
            seq.into(),
            agency.to_owned(),
        ),
        events,
    })
}
