//! One batch of the journal: places, salts, entries, tiles and the head, in one transaction.

use super::{Head, LEASE, LEASE_TIME, NewEvent, Turn, head, read_bytes};
use crate::error::{Error, Result};
use crate::sql::{event as event_sql, journal as sql};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use seal::leaf::{ENTRY_BYTES, Event};
use seal::tile::{self, Edge, Full, LEVELS, WIDTH};
use seal::{Digest, Hasher, merkle};

/// Level under which entries stand in the tables of tiles.
pub(super) const ENTRIES: i64 = -1;
/// Bytes of an entry in a bundle: its length before it.
const IN_BUNDLE: usize = ENTRY_BYTES + 2;

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Another process has the turn.
    Elsewhere,
    /// Nothing waited.
    Nothing,
    /// Events stand in the tree: new ones first, in their order, from `from` on.
    Done {
        /// Place of the first of them.
        from: u64,
        /// The head after them.
        head: Head,
    },
}

/// The growing tree and what a batch adds to it.
struct Tree {
    edge: Edge,
    /// Entries that do not fill a bundle yet.
    entries: Vec<u8>,
    before: u64,
    full: Vec<Full>,
    bundles: Vec<(u64, Vec<u8>)>,
    salts: Vec<(i64, [u8; 16])>,
}

pub(super) async fn run(
    tx: &mut Tx,
    turn: Turn,
    now: Instant,
    new: &[NewEvent],
    limit: usize,
    seed: &[u8; 32],
) -> Result<Round> {
    let held = [
        Val::Text(LEASE),
        Val::Int(turn.fence),
        Val::Int(now.0 + LEASE_TIME),
    ];
    if tx.exec(event_sql::LEASE_HOLD, &held).await? == 0 {
        return Ok(Round::Elsewhere);
    }
    let pending = pending(tx, limit).await?;
    if new.is_empty() && pending.is_empty() {
        return Ok(Round::Nothing);
    }
    add(tx, new).await?;
    let mut tree = load(tx).await?;
    let from = tree.before;
    let events = new.iter().map(of_new).chain(pending.iter().cloned());
    let mut ids = Vec::with_capacity(new.len() + pending.len());
    for event in events {
        tree.push(&event, seed)?;
        ids.push(event.id);
    }
    order(tx, from, &ids, pending.len()).await?;
    let head = tree.save(tx, now).await?;
    Ok(Round::Done { from, head })
}

fn of_new(new: &NewEvent) -> Event {
    Event {
        id: new.id.clone(),
        kind: new.kind.clone(),
        at: new.at.0,
        content: new.content,
    }
}

async fn pending(tx: &mut Tx, limit: usize) -> Result<Vec<Event>> {
    let rows = tx.rows(sql::PENDING, &[Val::count(limit as u64)]).await?;
    rows.iter().map(|row| read_event(row, 0)).collect()
}

/// Four columns of an event, from a place of a row on.
pub(super) fn read_event(row: &Row, from: usize) -> Result<Event> {
    Ok(Event {
        id: row.text(from, "event")?.to_owned(),
        kind: row.text(from + 1, "kind")?.to_owned(),
        at: row.int(from + 2, "instant")?,
        content: Digest(row.bytes(from + 3, "content of an event")?),
    })
}

async fn add(tx: &mut Tx, new: &[NewEvent]) -> Result<()> {
    let mut rows = Vec::with_capacity(new.len() * 4);
    for event in new {
        rows.extend([
            Val::Text(&event.id),
            Val::Text(&event.kind),
            Val::Int(event.at.0),
            Val::Bytes(&event.content.0),
        ]);
    }
    tx.bulk(&sql::EVENTS, &rows).await?;
    Ok(())
}

/// Writes the places; the last `pending` of the events waited for them.
async fn order(tx: &mut Tx, from: u64, ids: &[String], pending: usize) -> Result<()> {
    let mut places = Vec::with_capacity(ids.len() * 2);
    for (index, id) in (from..).zip(ids) {
        places.extend([Val::count(index), Val::Text(id)]);
    }
    tx.bulk(&event_sql::ORDER, &places).await?;
    let waited = ids.get(ids.len() - pending..).unwrap_or_default();
    let done: Vec<Val<'_>> = waited.iter().map(|id| Val::Text(id)).collect();
    if tx.bulk(&event_sql::UNPEND, &done).await? != done.len() as u64 {
        return Err(Error::Raced);
    }
    Ok(())
}

async fn load(tx: &mut Tx) -> Result<Tree> {
    const BROKEN: Error = Error::Corrupt { what: "journal" };
    let size = head(tx).await?.map_or(0, |head| head.size);
    let mut levels = vec![Vec::new(); usize::from(LEVELS)];
    let mut entries = Vec::new();
    for row in tx.rows(sql::EDGES, &[]).await? {
        let level = row.int(0, "level")?;
        let body = read_bytes(&row, 2)?;
        match usize::try_from(level) {
            Ok(level) => {
                let slot = levels.get_mut(level).ok_or(BROKEN)?;
                *slot = tile::digests(&body).ok_or(BROKEN)?;
            }
            Err(_) => entries = body,
        }
    }
    let edge = Edge::resume(size, levels).ok_or(BROKEN)?;
    if entries.len() != (size % WIDTH) as usize * IN_BUNDLE {
        return Err(BROKEN);
    }
    Ok(Tree {
        edge,
        entries,
        before: size,
        full: Vec::new(),
        bundles: Vec::new(),
        salts: Vec::new(),
    })
}

impl Tree {
    fn push(&mut self, event: &Event, seed: &[u8; 32]) -> Result<()> {
        let index = self.edge.size();
        let place = i64::try_from(index).map_err(|_| Error::Corrupt { what: "journal" })?;
        let salt = match event.own_salt() {
            Some(salt) => salt,
            None => {
                let salt = salt(seed, index);
                self.salts.push((place, salt));
                salt
            }
        };
        let entry = event.entry(&salt);
        self.entries.extend(tile::bundle([entry.as_slice()]));
        self.edge.push(merkle::leaf(&entry), &mut self.full);
        if self.edge.size().is_multiple_of(WIDTH) {
            let bundle = std::mem::take(&mut self.entries);
            self.bundles.push((index / WIDTH, bundle));
        }
        Ok(())
    }

    /// Writes what grew, and the head.
    async fn save(self, tx: &mut Tx, now: Instant) -> Result<Head> {
        let mut salts = Vec::with_capacity(self.salts.len() * 2);
        for (place, salt) in &self.salts {
            salts.extend([Val::Int(*place), Val::Bytes(salt)]);
        }
        tx.bulk(&sql::SALTS, &salts).await?;
        let mut tiles = Vec::new();
        for full in &self.full {
            tiles.push((
                full.number,
                i64::from(full.level),
                tile::bytes(&full.digests),
            ));
        }
        tiles.extend(
            self.bundles
                .iter()
                .map(|(number, body)| (*number, ENTRIES, body.clone())),
        );
        let mut rows = Vec::with_capacity(tiles.len() * 3);
        for (number, level, body) in &tiles {
            rows.extend([Val::count(*number), Val::Int(*level), Val::Bytes(body)]);
        }
        tx.bulk(&sql::TILES, &rows).await?;
        self.save_edge(tx).await?;
        let head = Head {
            size: self.edge.size(),
            root: self.edge.root(),
        };
        let values = [
            Val::count(head.size),
            Val::Bytes(&head.root.0),
            Val::Int(now.0),
        ];
        tx.exec(sql::HEAD_NEW, &values).await?;
        Ok(head)
    }

    async fn save_edge(&self, tx: &mut Tx) -> Result<()> {
        let size = self.edge.size();
        let mut edges = vec![(ENTRIES, size / WIDTH, self.entries.clone())];
        for level in 0..LEVELS {
            let shift = u32::from(level) * 8;
            // Levels above the first that did not grow stay as they are.
            if level == 0 || size >> shift != self.before >> shift {
                let body = tile::bytes(self.edge.level(level));
                edges.push((i64::from(level), (size >> shift) / WIDTH, body));
            }
        }
        let mut rows = Vec::with_capacity(edges.len() * 3);
        for (level, number, body) in &edges {
            rows.extend([Val::Int(*level), Val::count(*number), Val::Bytes(body)]);
        }
        tx.bulk(&sql::EDGE_SET, &rows).await?;
        Ok(())
    }
}

/// The salt of one entry of a batch.
fn salt(seed: &[u8; 32], index: u64) -> [u8; 16] {
    let mut hasher = Hasher::new();
    hasher.update(b"gongxin/journal-salt/1\0");
    hasher.update(seed);
    hasher.update(index.to_be_bytes());
    let digest = hasher.finish();
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest.0[..16]);
    salt
}
