//! Mandates: who acts for a subject.

use crate::error::{Error, Result};
use crate::people::Deed;
use crate::sql::mandate as sql;
use crate::store::{Store, transact};
use crate::subject::{members, root};
use crate::tx::{Row, Tx, Val};
use credit::people::{AccountId, Mandate, MandateId, Role};
use credit::subject::SubjectId;

/// Mandates read of one account or mention at most: a person acts for some firms, a firm has
/// [`CLERKS`](credit::people::CLERKS) at a time, and ended ones stay; the newest come first.
const MOST: u64 = 1_000;

impl Store {
    /// Writes a mandate. A representative's ends those of the representatives before, on whom the
    /// clerks' hang; their number is given.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn mandate_add(&self, new: &Mandate, deed: &Deed<'_>) -> Result<u64> {
        transact!(self, Write, "mandate_add", tx => add(&mut tx, new, deed).await)
    }

    /// Ends a mandate. False where there is none of that name for the subject, or it was ended.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn mandate_end(
        &self,
        subject: SubjectId,
        one: MandateId,
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "mandate_end", tx => end(&mut tx, subject, one, deed).await)
    }

    /// Mandates of an account, newest first, ended ones included.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn mandates_of(&self, account: AccountId) -> Result<Vec<Mandate>> {
        transact!(self, Read, "mandates_of", tx => {
            let asked = [Val::Bytes(&account.0), Val::count(MOST)];
            let rows = tx.rows(sql::OF_ACCOUNT, &asked).await;
            rows.and_then(|rows| rows.iter().map(mandate).collect())
        })
    }

    /// Mandates for a subject, those of mentions that are one with it today included, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn mandates_for(&self, subject: SubjectId) -> Result<Vec<Mandate>> {
        transact!(self, Read, "mandates_for", tx => of_subject(&mut tx, subject).await)
    }
}

async fn add(tx: &mut Tx, new: &Mandate, deed: &Deed<'_>) -> Result<u64> {
    let mut superseded = 0;
    if new.role == Role::SubjectRepresentative {
        for before in of_subject(tx, new.subject).await? {
            let other = before.role == Role::SubjectRepresentative && !before.ended;
            if other && end(tx, before.subject, before.id, deed).await? {
                superseded += 1;
            }
        }
    }
    let tasks = new.tasks.join(" ");
    let values = [
        Val::Bytes(&new.subject.0),
        Val::Bytes(&new.id.0),
        Val::Bytes(&new.account.0),
        Val::Text(new.role.code()),
        Val::opt_bytes(new.under.as_ref().map(|under| under.0.as_slice())),
        Val::opt_text(new.document.as_deref()),
        Val::Text(&tasks),
        Val::Day(new.from),
        Val::Day(new.until),
        Val::Int(deed.at.0),
        Val::opt_bytes(deed.by.as_ref().map(|by| by.0.as_slice())),
        Val::Text(deed.reason),
    ];
    tx.exec(sql::NEW, &values).await?;
    note(tx, new.subject, new.id, new.role.code(), deed).await?;
    Ok(superseded)
}

async fn end(tx: &mut Tx, subject: SubjectId, one: MandateId, deed: &Deed<'_>) -> Result<bool> {
    let values = [
        Val::Bytes(&subject.0),
        Val::Bytes(&one.0),
        Val::Int(deed.at.0),
        Val::opt_bytes(deed.by.as_ref().map(|by| by.0.as_slice())),
        Val::Text(deed.reason),
    ];
    if tx.exec(sql::END, &values).await? == 0 {
        return Ok(false);
    }
    note(tx, subject, one, "end", deed).await?;
    Ok(true)
}

/// Adds the event of a mandate; its leaf commits to the subject, what and why.
async fn note(
    tx: &mut Tx,
    subject: SubjectId,
    one: MandateId,
    what: &str,
    deed: &Deed<'_>,
) -> Result<()> {
    let mut id = format!("mandate:{one}");
    if what == "end" {
        id.push_str(":end");
    }
    let leaf = seal::commit(
        &subject.0,
        format!("{id} {what} {}", deed.reason).as_bytes(),
    );
    crate::event::add(tx, &id, "mandate", deed.at, &leaf.0).await
}

/// Mandates for a subject and for mentions that are one with it today.
pub(crate) async fn of_subject(tx: &mut Tx, subject: SubjectId) -> Result<Vec<Mandate>> {
    let root = root(tx, subject).await?;
    let mut found = Vec::new();
    for one in members(tx, root).await? {
        let asked = [Val::Bytes(&one.0), Val::count(MOST)];
        for row in tx.rows(sql::OF_SUBJECT, &asked).await? {
            found.push(mandate(&row)?);
        }
    }
    Ok(found)
}

fn mandate(row: &Row) -> Result<Mandate> {
    let role = Role::parse(row.text(3, "role")?);
    let over = match (row.opt_text(10), row.opt_int(11)) {
        (Some(_), None) => Some(row.day(10, "last day")?),
        _ => None,
    };
    Ok(Mandate {
        id: MandateId(row.bytes(0, "mandate id")?),
        subject: SubjectId(row.bytes(1, "subject id")?),
        account: AccountId(row.bytes(2, "account id")?),
        role: role.ok_or(Error::Corrupt { what: "role" })?,
        under: row.opt_bytes(4, "mandate id")?.map(MandateId),
        document: row.opt_text(5).map(str::to_owned),
        tasks: row
            .text(6, "tasks")?
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        from: row.day(7, "first day")?,
        until: row.day(8, "last day")?,
        ended: row.opt_int(9).is_some(),
        over_until: over,
    })
}
