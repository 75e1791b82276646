//! Cases by when they were opened, or by their number: for a search that is then judged by the tables, and
//! for figures. Nothing that was said in them is read.

use super::read::{CaseCard, cards};
use crate::error::Result;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::tx::Val;
use credit::case::CaseId;
use credit::record::Instant;

/// Which cases are read.
#[derive(Clone, Copy, Debug)]
pub struct OpenedAsk<'a> {
    /// Code of the kind; empty: of any.
    pub kind: &'a str,
    /// The agency that answers; none: any.
    pub supplier: Option<&'a str>,
    /// Opened at that instant or later.
    pub from: Instant,
    /// Opened at that instant or before.
    pub to: Instant,
}

impl Store {
    /// Cases that were opened within some time, newest first, before one: the place at which the page before
    /// ended.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_opened(
        &self,
        ask: &OpenedAsk<'_>,
        (at, id): (Instant, CaseId),
        limit: usize,
    ) -> Result<Vec<CaseCard>> {
        let asked = [
            Val::Text(ask.kind),
            Val::Text(ask.supplier.unwrap_or_default()),
            Val::Int(ask.from.0),
            Val::Int(ask.to.0),
            Val::Int(at.0),
            Val::Bytes(&id.0),
            Val::count(limit as u64),
        ];
        transact!(self, Read, "cases_opened", tx => {
            match tx.rows(sql::OPENED, &asked).await {
                Ok(rows) => cards(&mut tx, &rows).await,
                Err(error) => Err(error),
            }
        })
    }

    /// Cases whose ids lie between two, by their ids.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_numbered(
        &self,
        (first, last): (CaseId, CaseId),
        limit: usize,
    ) -> Result<Vec<CaseCard>> {
        let asked = [
            Val::Bytes(&first.0),
            Val::Bytes(&last.0),
            Val::count(limit as u64),
        ];
        transact!(self, Read, "cases_numbered", tx => {
            match tx.rows(sql::NUMBERED, &asked).await {
                Ok(rows) => cards(&mut tx, &rows).await,
                Err(error) => Err(error),
            }
        })
    }
}
