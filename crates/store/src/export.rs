//! Tables that officers took out as files: who, which rows were asked for, how many there were, and the
//! digest of the file, so that one found elsewhere is known again. Their content is kept nowhere.

use crate::error::Result;
use crate::sql::export as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use seal::Digest;

/// Rows of a page of an audit.
const PAGE: i64 = 4_096;

/// A table that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredExport {
    /// Its id, unpredictable: the salt of the commitment too.
    pub id: [u8; 16],
    /// Which table.
    pub what: String,
    /// Which of its rows, as the page's address says it.
    pub asked: String,
    /// Kind of file.
    pub form: String,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// Who, as histories name it.
    pub officer: String,
    /// For which agency.
    pub agency: String,
    /// When.
    pub at: Instant,
}

impl StoredExport {
    /// The event's id.
    #[must_use]
    pub fn event(&self) -> String {
        format!("export:{}", SubjectId(self.id))
    }

    /// What the event commits to.
    #[must_use]
    pub fn content(&self) -> Digest {
        let rows = self.rows.to_string();
        let digest = Digest(self.digest).to_string();
        let parts = [
            &self.what,
            &self.asked,
            &self.form,
            &rows,
            &digest,
            &self.officer,
            &self.agency,
        ];
        let body = parts.map(String::as_str).join("\u{1f}");
        seal::commit(&self.id, body.as_bytes())
    }
}

impl Store {
    /// Writes down that a table was taken out.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn export_add(&self, one: &StoredExport) -> Result<()> {
        transact!(self, Write, "export_add", tx => add(&mut tx, one).await)
    }

    /// What was taken out after one, by ids, for an audit.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_exports(&self, after: [u8; 16]) -> Result<Vec<StoredExport>> {
        let asked = [Val::Bytes(&after), Val::Int(PAGE)];
        transact!(self, Read, "audit_exports", tx => {
            let rows = tx.rows(sql::AFTER, &asked).await;
            rows.and_then(|rows| rows.iter().map(read).collect())
        })
    }
}

async fn add(tx: &mut Tx, one: &StoredExport) -> Result<()> {
    let values = [
        Val::Bytes(&one.id),
        Val::Text(&one.what),
        Val::Text(&one.asked),
        Val::Text(&one.form),
        Val::count(one.rows),
        Val::Bytes(&one.digest),
        Val::Text(&one.officer),
        Val::Text(&one.agency),
        Val::Int(one.at.0),
    ];
    tx.exec(sql::NEW, &values).await?;
    crate::event::add(tx, &one.event(), "export", one.at, &one.content().0).await
}

fn read(row: &Row) -> Result<StoredExport> {
    let text = |place| row.text(place, "export").map(str::to_owned);
    Ok(StoredExport {
        id: row.bytes(0, "export id")?,
        what: text(1)?,
        asked: text(2)?,
        form: text(3)?,
        rows: row.count(4, "count")?,
        digest: row.bytes(5, "digest")?,
        officer: text(6)?,
        agency: text(7)?,
        at: Instant(row.int(8, "instant")?),
    })
}
