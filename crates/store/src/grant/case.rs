//! Registers in which agencies keep their cases, so that the number of a look can be confirmed.

use crate::error::{Error, Result};
use crate::event;
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::subject::root;
use crate::tx::{Tx, Val};
use credit::catalog::CaseRule;
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use jiff::civil::Date;

/// A case of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The number, as the agency writes it.
    pub number: String,
    /// The first day.
    pub opened_on: Date,
    /// The day on which it was closed.
    pub closed_on: Option<Date>,
    /// The mention of the code of whom it is about; none: the first look settles it.
    pub about: Option<SubjectId>,
}

/// Cases that an agency loads.
#[derive(Clone, Copy, Debug)]
pub struct NewCases<'a> {
    /// Code of the agency.
    pub agency: &'a str,
    /// Each number once.
    pub cases: &'a [CaseRow],
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// The account that loads them.
    pub by: AccountId,
    /// When.
    pub at: Instant,
}

/// Why a case number does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseFault {
    /// The purpose asks for a confirmed number and the agency offers no register.
    #[error("the agency offers no register of its cases")]
    NoRegister,
    /// The register does not have it.
    #[error("the agency's register has no such case")]
    Unknown,
    /// It is not open yet, or closed.
    #[error("the case is not open")]
    NotOpen,
    /// It is about another subject, or was used for one.
    #[error("the case is about another subject")]
    Another,
}

impl Store {
    /// Loads cases of an agency's register: new ones are added, known ones may be closed. A closed case
    /// stays closed, and whom a case is about does not change.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_load(&self, new: &NewCases<'_>) -> Result<()> {
        transact!(self, Write, "cases_load", tx => load(&mut tx, new).await)
    }

    /// When an agency last loaded its register; none where it offers none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_loaded(&self, agency: &str) -> Result<Option<Instant>> {
        transact!(self, Read, "cases_loaded", tx => {
            let found = tx.one(sql::REGISTER, &[Val::Text(agency)]).await;
            found.and_then(|row| row.map(|row| row.int(0, "instant").map(Instant)).transpose())
        })
    }
}

async fn load(tx: &mut Tx, new: &NewCases<'_>) -> Result<()> {
    let days: Vec<(String, Option<String>)> = new
        .cases
        .iter()
        .map(|one| {
            let closed = one.closed_on.map(|day| day.to_string());
            (one.opened_on.to_string(), closed)
        })
        .collect();
    let mut values = Vec::with_capacity(new.cases.len() * 6);
    for (one, (opened, closed)) in new.cases.iter().zip(&days) {
        values.extend([
            Val::Text(new.agency),
            Val::Text(&one.number),
            Val::Text(opened),
            Val::opt_text(closed.as_deref()),
            Val::opt_bytes(one.about.as_ref().map(|id| id.0.as_slice())),
            Val::Int(new.at.0),
        ]);
    }
    tx.bulk(&sql::CASES, &values).await?;
    let note = [
        Val::Text(new.agency),
        Val::Int(new.at.0),
        Val::Bytes(&new.by.0),
        Val::count(new.cases.len() as u64),
        Val::Bytes(&new.digest),
    ];
    tx.exec(sql::CASES_LOADED, &note).await?;
    let id = format!("cases:{}:{}", new.agency, new.at.0);
    let leaf = seal::commit(&new.by.0, &new.digest);
    event::add(tx, &id, "cases", new.at, &leaf.0).await
}

/// Confirms the number of a look in the transaction that reads, and settles whom the case is about:
/// `about`, who was asked for by the code of the mention `named`.
pub(super) async fn confirm(
    tx: &mut Tx,
    rule: CaseRule,
    (agency, number): (&str, &str),
    (about, named): (SubjectId, SubjectId),
    (at, today): (Instant, Date),
) -> Result<()> {
    let fault = |fault: CaseFault| Err(Error::Look(super::LookFault::Case(fault)));
    let register = tx.one(sql::REGISTER, &[Val::Text(agency)]).await?;
    if register.is_none() {
        return match rule {
            CaseRule::Named => Ok(()),
            CaseRule::Confirmed => fault(CaseFault::NoRegister),
        };
    }
    let key = [Val::Text(agency), Val::Text(number)];
    let Some(case) = tx.one(sql::CASE, &key).await? else {
        return fault(CaseFault::Unknown);
    };
    let opened = case.day(0, "day")?;
    let closed = case.opt_day(1, "day")?;
    if today < opened || closed.is_some_and(|closed| closed <= today) {
        return fault(CaseFault::NotOpen);
    }
    if let Some(given) = case.opt_bytes(2, "subject id")?.map(SubjectId)
        && given != named
        && root(tx, given).await? != about
    {
        return fault(CaseFault::Another);
    }
    let settle = [key[0], key[1], Val::Bytes(&about.0), Val::Int(at.0)];
    tx.exec(sql::CASE_SETTLE, &settle).await?;
    let settled = tx.one(sql::CASE_ABOUT, &key).await?.unwrap_or_default();
    let settled = SubjectId(settled.bytes(0, "subject id")?);
    if root(tx, settled).await? == about {
        Ok(())
    } else {
        fault(CaseFault::Another)
    }
}
