//! Lists: who looked at a subject, and how often officers looked.

use crate::error::{Error, Result};
use crate::page::Page;
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::subject::{log, members, root};
use crate::tx::{Row, Tx, Val};
use credit::grant::{GrantId, Items};
use credit::record::Instant;
use policy::{Access, OfOwnFile, Permit, Sealed};

/// A look at facts that are not public, as its subject reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookRow {
    /// The permit, by which the journal names it.
    pub permit: [u8; 16],
    /// Code of the purpose.
    pub purpose: String,
    /// Who looked: an account's mark, or a name where there was no account.
    pub officer: String,
    /// Of which agency.
    pub agency: String,
    /// For which case.
    pub case: String,
    /// When.
    pub at: Instant,
    /// Under which grant; none for the subject's own file.
    pub grant: Option<GrantId>,
    /// Which items it could see, under a grant.
    pub items: Option<Items>,
}

impl OfOwnFile for Page<LookRow> {}

/// How often an officer looked in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerLooks {
    /// The account's mark.
    pub officer: String,
    /// Code of the agency.
    pub agency: String,
    /// How often.
    pub looks: u64,
}

/// Officers of a month at most: a city of a million people has some ten thousand officers who look
/// anyone up; those with the fewest looks are left out beyond that.
const OFFICERS: i64 = 10_000;

impl Store {
    /// A page of the looks at a subject, newest first, of all its mentions, sealed for the permit of
    /// its own file. That the list was read is itself a look, written down in the same transaction,
    /// and not yet among those it shows.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours; [`Error::Conflict`] for a permit that is
    /// spent, or one that is not for the subject's own file.
    pub async fn subject_looks(
        &self,
        permit: &Permit,
        at: Instant,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Sealed<Page<LookRow>>> {
        let access = permit
            .access()
            .filter(|access| access.ground.is_none())
            .ok_or(Error::Conflict("who looked is in the subject's own file"))?;
        let before = newest(after)?;
        let page = transact!(self, Write, "subject_looks", tx => {
            looks(&mut tx, &access, at, (before.0, &before.1), limit).await
        })?;
        Ok(self.sealed(permit, page, at))
    }

    /// How often officers looked under grants in a month (`2026-11`), the most first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn looks_of_officers(&self, month: &str) -> Result<Vec<OfficerLooks>> {
        transact!(self, Read, "looks_of_officers", tx => {
            let rows = tx.rows(sql::OFFICERS, &[Val::Text(month), Val::Int(OFFICERS)]).await;
            rows.and_then(|rows| rows.iter().map(officer).collect())
        })
    }
}

/// A cursor of an order that begins with what is newest; after everything where there is none.
pub(super) fn newest(after: Option<&str>) -> Result<(i64, Vec<u8>)> {
    match after {
        None => Ok((i64::MAX, Vec::new())),
        Some(_) => crate::page::instant_and_id(after),
    }
}

async fn looks(
    tx: &mut Tx,
    access: &Access,
    at: Instant,
    (before, id): (i64, &[u8]),
    limit: usize,
) -> Result<Page<LookRow>> {
    let root = root(tx, access.subject).await?;
    let mut found = Vec::new();
    // One page of each mention is enough for one page of all. A subject has a handful of them.
    for mention in members(tx, root).await? {
        let asked = [
            Val::Bytes(&mention.0),
            Val::Int(before),
            Val::Bytes(id),
            Val::count(limit as u64 + 1),
            Val::Int(at.0),
        ];
        for row in &tx.rows(sql::LOOKS, &asked).await? {
            found.push(look(row)?);
        }
    }
    log(tx, access, at).await?;
    found.sort_by(|one, other| {
        let newer = other.at.cmp(&one.at);
        newer.then_with(|| one.permit.cmp(&other.permit))
    });
    Ok(Page::cut(found, limit, |one| {
        let id: String = one
            .permit
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{}.{id}", one.at.0)
    }))
}

fn look(row: &Row) -> Result<LookRow> {
    let text = |place| row.text(place, "access").map(str::to_owned);
    let items = row.opt_text(7).map(Items::parse).transpose();
    Ok(LookRow {
        permit: row.bytes(0, "permit")?,
        purpose: text(1)?,
        officer: text(2)?,
        agency: text(3)?,
        case: text(4)?,
        at: Instant(row.int(5, "instant")?),
        grant: row.opt_bytes(6, "grant id")?.map(GrantId),
        items: items.map_err(|_| Error::Corrupt { what: "items" })?,
    })
}

fn officer(row: &Row) -> Result<OfficerLooks> {
    Ok(OfficerLooks {
        officer: row.text(0, "officer")?.to_owned(),
        agency: row.text(1, "agency")?.to_owned(),
        looks: row.count(2, "count")?,
    })
}
