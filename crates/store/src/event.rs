//! Events: what happened, written in the transaction in which it happened. They wait for their place
//! in the order, which `journal` gives them; that order is the only one that consumers use.

use crate::error::Result;
use crate::sql::event as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;

/// An event in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// 0, 1, 2 … without gaps.
    pub index: u64,
    /// Kind and what it names.
    pub event: String,
    /// Its kind.
    pub kind: String,
    /// When it happened.
    pub at: Instant,
    /// What the journal holds of it.
    pub leaf: [u8; 32],
}

/// Adds an event; its place in the order comes later.
pub(crate) async fn add(
    tx: &mut Tx,
    id: &str,
    kind: &'static str,
    at: Instant,
    leaf: &[u8; 32],
) -> Result<()> {
    let values = [
        Val::Text(id),
        Val::Text(kind),
        Val::Int(at.0),
        Val::Bytes(leaf),
    ];
    tx.exec(sql::NEW, &values).await?;
    tx.exec(sql::PENDING, &[Val::Text(id)]).await?;
    Ok(())
}

impl Store {
    /// Events from a place in the order on.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn events_log(&self, from: u64, limit: usize) -> Result<Vec<LogEntry>> {
        transact!(self, Read, "events_log", tx => {
            let rows = tx.rows(sql::LOG_PAGE, &[Val::count(from), Val::count(limit as u64)]).await;
            rows.and_then(|rows| rows.iter().map(entry).collect())
        })
    }
}

fn entry(row: &Row) -> Result<LogEntry> {
    Ok(LogEntry {
        index: row.count(0, "log index")?,
        event: row.text(1, "event")?.to_owned(),
        kind: row.text(2, "kind")?.to_owned(),
        at: Instant(row.int(3, "instant")?),
        leaf: row.bytes(4, "leaf")?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Kinds that no call of [`super::add`] names itself: what identity decides, and what a helper is told.
    const ELSEWHERE: [&str; 7] = [
        "account",
        "appointment",
        "merge",
        "receiver",
        "session",
        "split",
        "undo",
    ];

    /// The kinds that calls below a folder name.
    fn named(folder: &Path, kinds: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                named(&path, kinds);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for call in text.split("event::add(").skip(1) {
                let call = call.split(".await").next().unwrap_or_default();
                // Ids are made by `format!` and hold a colon or a blank; a kind is one word.
                let words = call.split('"').skip(1).step_by(2);
                let is_word = |one: &&str| {
                    !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_lowercase())
                };
                kinds.extend(words.filter(is_word).map(str::to_owned));
            }
        }
    }

    #[test]
    fn the_page_on_the_journal_says_what_an_entry_of_each_kind_commits_to() {
        let mut kinds: BTreeSet<String> = ELSEWHERE.map(str::to_owned).into();
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        named(&sources, &mut kinds);
        let page = include_str!("../../../docs/journal.md");
        let table = page.split("| kind | id | content |").nth(1).unwrap_or("");
        let table = table.split("\n\n").next().unwrap_or("");
        let rows = table.lines().filter(|line| line.starts_with("| `"));
        let told: BTreeSet<String> = rows
            .flat_map(|row| row.split('|').nth(1).unwrap_or("").split(','))
            .map(|kind| kind.trim().trim_matches('`').to_owned())
            .collect();
        assert_eq!(told, kinds);
    }
}
