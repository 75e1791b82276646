//! What an audit reads of cases: each move with what its event commits to, made again from the rows.

use super::CaseCard;
use super::read::{card_of, party};
use crate::error::Result;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::case::{CaseId, Step};
use credit::record::Instant;
use credit::subject::SubjectId;
use seal::Digest;

/// Rows of a page: some kilobytes each.
const PAGE: i64 = 1_024;

/// A move of a case as its rows tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseProof {
    /// Subject, case and number of the move; the cursor of the next page.
    pub key: (SubjectId, CaseId, i64),
    /// When, in microseconds.
    pub at: i64,
    /// What its event must commit to.
    pub content: Digest,
    /// Whether what was said is what the move commits to; none once it was erased.
    pub body: Option<bool>,
}

/// What the event of a move commits to: the case, what was done for whom and by whom, and the salted
/// commitment to what was said.
pub(super) fn content(
    card: &CaseCard,
    step: &Step,
    officer: &str,
    version: Option<u32>,
    leaf: &Digest,
) -> Digest {
    let record = card.record.map(|id| id.to_string()).unwrap_or_default();
    let version = version.map(|seq| seq.to_string()).unwrap_or_default();
    let said = [
        card.kind.as_str(),
        &card.version,
        &record,
        &card.theme,
        &card.supplier,
        &card.area,
        &step.what,
        step.by.code(),
        officer,
        &version,
    ];
    let mut body = leaf.0.to_vec();
    for part in said {
        body.extend((part.len() as u64).to_be_bytes());
        body.extend(part.as_bytes());
    }
    seal::sha256(&body)
}

impl Store {
    /// Moves of cases after one, in the order of subject, case and number.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_cases(&self, after: (SubjectId, CaseId, i64)) -> Result<Vec<CaseProof>> {
        let (subject, case, seq) = after;
        let values = [
            Val::Bytes(&subject.0),
            Val::Bytes(&case.0),
            Val::Int(seq),
            Val::Int(PAGE),
        ];
        transact!(self, Read, "audit_cases", tx => {
            let rows = tx.rows(sql::PROOFS, &values).await;
            rows.and_then(|rows| rows.iter().map(proof).collect())
        })
    }
}

fn proof(row: &Row) -> Result<CaseProof> {
    let card = card_of(row, [0, 1, 9, 10, 11, 12, 13, 14, 3])?;
    let at = row.int(3, "instant")?;
    let step = Step {
        seq: row.small(2, "number of a move")?,
        what: row.text(4, "move")?.to_owned(),
        by: party(row, 5)?,
        on: Instant(at).day(),
    };
    let version = row.opt_int(7).map(|seq| u32::try_from(seq).unwrap_or(0));
    let leaf = Digest(row.bytes(8, "leaf")?);
    let salt: Option<[u8; 16]> = row.opt_bytes(15, "salt")?;
    let body = salt.zip(row.opt_text(16));
    Ok(CaseProof {
        key: (card.subject, card.id, step.seq.into()),
        at,
        content: content(&card, &step, row.text(6, "officer")?, version, &leaf),
        body: body.map(|(salt, body)| seal::commit(&salt, body.as_bytes()) == leaf),
    })
}
