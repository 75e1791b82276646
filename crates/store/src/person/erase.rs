//! Crypto-erasure: the rows that can be deleted are, and histories keep what tells nothing.

use crate::error::Result;
use crate::event;
use crate::sql::person as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use seal::Digest;

/// Rows of a page of erasures.
const PAGE: u64 = 1_000;

/// A decision to erase a person's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The person.
    pub subject: SubjectId,
    /// When it was decided.
    pub at: Instant,
    /// The account that decided; none: whoever runs the machine.
    pub by: Option<AccountId>,
    /// Why, in one line.
    pub reason: String,
}

/// What an erasure found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// The person was on file and is no more.
    Done,
    /// Nothing was on file; what comes later is refused.
    Nothing,
    /// It was erased before.
    Before,
}

impl Erasure {
    /// What its event commits to.
    #[must_use]
    pub fn content(&self) -> Digest {
        let by = self.by.map(|one| one.0.to_vec()).unwrap_or_default();
        let mut body = Vec::new();
        for part in [&by, self.reason.as_bytes()] {
            body.extend((part.len() as u64).to_be_bytes());
            body.extend(part);
        }
        seal::commit(&self.subject.0, &body)
    }

    /// The id of its event.
    #[must_use]
    pub fn event(&self) -> String {
        format!("erasure:{}", self.subject)
    }
}

impl Store {
    /// Erases what is held on a person, once, and writes the decision with its event. A row of the
    /// person that comes later is refused: an erasure is undone by nobody's file.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_erase(&self, erasure: &Erasure) -> Result<Erased> {
        let erased = transact!(self, Write, "person_erase", tx => erase(&mut tx, erasure).await)?;
        if erased == Erased::Done {
            self.scrub().await?;
        }
        Ok(erased)
    }

    /// All erasures that the store knows, in the order of their persons.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_erasures(&self) -> Result<Vec<Erasure>> {
        let (mut all, mut after): (Vec<Erasure>, _) = (Vec::new(), SubjectId([0; 16]));
        loop {
            let page: Vec<Erasure> = transact!(self, Read, "person_erasures", tx => {
                let asked = [Val::Bytes(&after.0), Val::count(PAGE)];
                let rows = tx.rows(sql::ERASURES, &asked).await;
                rows.and_then(|rows| rows.iter().map(read).collect())
            })?;
            let Some(last) = page.last() else { break };
            after = last.subject;
            all.extend(page);
        }
        Ok(all)
    }
}

async fn erase(tx: &mut Tx, erasure: &Erasure) -> Result<Erased> {
    let of = [Val::Bytes(&erasure.subject.0)];
    // The key first: a slice that is being written holds its row, and waits or is waited for.
    let found = tx.exec(sql::KEY_ERASE, &of).await?;
    for statement in [
        sql::IDENTIFIERS_ERASE,
        sql::BODIES_ERASE,
        sql::HEADS_ERASE,
        sql::CONTACTS_ERASE,
    ] {
        tx.exec(statement, &of).await?;
    }
    let by = erasure.by.as_ref().map(|one| one.0.as_slice());
    let values = [
        Val::Bytes(&erasure.subject.0),
        Val::Int(erasure.at.0),
        Val::opt_bytes(by),
        Val::Text(&erasure.reason),
    ];
    if tx.exec(sql::ERASURE_NEW, &values).await? == 0 {
        return Ok(Erased::Before);
    }
    let content = erasure.content();
    event::add(tx, &erasure.event(), "erasure", erasure.at, &content.0).await?;
    Ok(if found > 0 {
        Erased::Done
    } else {
        Erased::Nothing
    })
}

fn read(row: &Row) -> Result<Erasure> {
    Ok(Erasure {
        subject: SubjectId(row.bytes(0, "subject id")?),
        at: Instant(row.int(1, "instant")?),
        by: row.opt_bytes(2, "account id")?.map(AccountId),
        reason: row.text(3, "reason")?.to_owned(),
    })
}
