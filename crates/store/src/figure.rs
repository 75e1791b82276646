//! What the store holds in all, kept up as it changes: a page that tells it costs the same for a
//! thousand records and for a billion.

use crate::error::Result;
use crate::plan::SlicePlan;
use crate::sql::figure as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;

/// Subjects: mentions that lead themselves.
const SUBJECTS: &str = "subjects";
/// Records, each once however often it was corrected, removed ones with their history included.
const RECORDS: &str = "records";
/// The source of moves that a person decided.
pub(crate) const NO_SOURCE: i64 = 0;

/// What the store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Subjects; mentions that were found to be one count once.
    pub subjects: u64,
    /// Records, each once however often it was corrected; removed ones are kept and count.
    pub records: u64,
    /// When the newest submission came in; none before the first.
    pub newest: Option<Instant>,
}

impl Store {
    /// What the store holds, from kept figures.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn figures(&self) -> Result<Figures> {
        transact!(self, Read, "figures", tx => read(&mut tx).await)
    }
}

async fn read(tx: &mut Tx) -> Result<Figures> {
    let mut figures = Figures::default();
    for row in tx.rows(sql::SUMS, &[]).await? {
        match row.text(0, "figure")? {
            SUBJECTS => figures.subjects = row.count(1, "figure")?,
            RECORDS => figures.records = row.count(1, "figure")?,
            _ => {}
        }
    }
    if let Some(row) = tx.one(sql::NEWEST, &[]).await? {
        figures.newest = Some(Instant(row.int(1, "instant")?));
    }
    Ok(figures)
}

/// Adds what a slice brought: mentions that were not there, less those that joined another, and
/// first versions of records.
pub(crate) async fn slice(tx: &mut Tx, source: i64, plan: &SlicePlan, subjects: i64) -> Result<()> {
    let first = plan.versions.iter().filter(|version| version.seq == 1);
    let records = i64::try_from(first.count()).unwrap_or(i64::MAX);
    add(tx, RECORDS, source, records).await?;
    self::subjects(tx, source, subjects).await
}

/// Adds to the number of subjects.
pub(crate) async fn subjects(tx: &mut Tx, source: i64, change: i64) -> Result<()> {
    add(tx, SUBJECTS, source, change).await
}

async fn add(tx: &mut Tx, name: &str, source: i64, change: i64) -> Result<()> {
    if change != 0 {
        let values = [Val::Text(name), Val::Int(source), Val::Int(change)];
        tx.exec(sql::ADD, &values).await?;
    }
    Ok(())
}
