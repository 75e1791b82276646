//! What an audit reads of grants: each move with what its event commits to, made again from the rows.

use crate::error::Result;
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::grant::GrantId;
use credit::people::AccountId;
use seal::Digest;

/// Rows of a page: a kilobyte each.
const PAGE: i64 = 4_096;

/// Columns of terms, from the first after those of the move.
const TERMS: std::ops::Range<usize> = 11..23;

/// A move of a grant as its rows tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantProof {
    /// The grant and the number of the move; the cursor of the next page.
    pub key: (GrantId, i64),
    /// When, in microseconds.
    pub at: i64,
    /// What its event must commit to.
    pub content: Digest,
}

/// What the event of a move commits to: who made it, and asker, supplier, move, state, party, reason,
/// due day and the terms that came with it, in this order.
pub(super) fn content(by: &AccountId, said: &[String]) -> Digest {
    let mut body = Vec::new();
    for part in said {
        body.extend((part.len() as u64).to_be_bytes());
        body.extend(part.as_bytes());
    }
    seal::commit(&by.0, &body)
}

impl Store {
    /// Moves of grants after one, in the order of grant and number.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_grants(&self, after: (GrantId, i64)) -> Result<Vec<GrantProof>> {
        let values = [Val::Bytes(&after.0.0), Val::Int(after.1), Val::Int(PAGE)];
        transact!(self, Read, "audit_grants", tx => {
            let rows = tx.rows(sql::PROOFS, &values).await;
            rows.and_then(|rows| rows.iter().map(proof).collect())
        })
    }
}

fn proof(row: &Row) -> Result<GrantProof> {
    let by = AccountId(row.bytes(3, "account id")?);
    let text = |place: usize| match row.opt_int(place) {
        Some(number) => number.to_string(),
        None => row.opt_text(place).unwrap_or_default().to_owned(),
    };
    let mut said: Vec<String> = (4..11).map(text).collect();
    // Items are never empty: a move without them came without terms.
    if row.opt_text(TERMS.start).is_some() {
        said.extend(TERMS.map(text));
    }
    Ok(GrantProof {
        key: (
            GrantId(row.bytes(0, "grant id")?),
            row.int(1, "number of a move")?,
        ),
        at: row.int(2, "instant")?,
        content: content(&by, &said),
    })
}
