//! What is published: a checkpoint that changes, and files that never do.

use crate::error::Result;
use crate::office::Office;
use seal::checkpoint::Checkpoint;
use seal::tile::{Holds, LEVELS, Tile};
use store::{JournalHead, Store};

/// A published file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub body: Vec<u8>,
    /// Whether it never changes; only the checkpoint does.
    pub is_fixed: bool,
}

/// The text of a head.
pub(super) fn note_of(origin: &str, head: JournalHead) -> String {
    Checkpoint {
        origin: origin.to_owned(),
        size: head.size,
        root: head.root,
    }
    .to_string()
}

/// The newest checkpoint that the log and so many witnesses signed. `None` before there is any.
///
/// # Errors
/// What the store says.
pub async fn checkpoint(store: &Store, witnesses: u64) -> Result<Option<(JournalHead, String)>> {
    let Some((origin, _)) = store.journal_identity().await? else {
        return Ok(None);
    };
    let head = match witnesses {
        0 => store.journal_signed(&origin).await?,
        some => store.journal_cosigned(&origin, some).await?,
    };
    let Some(head) = head else { return Ok(None) };
    let lines = store.journal_signatures(head.size).await?;
    let text = note_of(&origin, head);
    Ok(Some((head, format!("{text}\n{}", lines.concat()))))
}

/// A file of the log by its path below the log's prefix: `checkpoint`, `tile/…`. `None`: there is
/// no such file.
///
/// # Errors
/// What the store says.
pub async fn file(office: &Office, witnesses: u64, path: &str) -> Result<Option<File>> {
    let store = &office.store;
    if path == "checkpoint" {
        let note = checkpoint(store, witnesses).await?;
        return Ok(note.map(|(_, note)| File {
            body: note.into_bytes(),
            is_fixed: false,
        }));
    }
    let Some(tile) = Tile::parse(path) else {
        return Ok(None);
    };
    let body = store.journal_tile(&tile).await?;
    Ok(body.map(|body| File {
        body,
        is_fixed: true,
    }))
}

/// Every tile of a log of a size.
pub fn tiles(size: u64) -> impl Iterator<Item = Tile> {
    let level = move |holds| (0..).map_while(move |number| Tile::of(holds, number, size));
    let hashes = (0..LEVELS).flat_map(move |level_no| level(Holds::Hashes(level_no)));
    level(Holds::Entries).chain(hashes)
}
