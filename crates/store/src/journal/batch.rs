//! One batch of the journal: places, salts, entries, tiles and the head, in one transaction.

use super::{Head, LEASE, LEASE_TIME, NewEvent, Turn, read_bytes, read_head};
use crate::error::{Error, Result};
use crate::sql::{event as event_sql, journal as sql};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use seal::leaf::{ENTRY_BYTES, Event, EventRef};
use seal::tile::{self, Edge, Full, LEVELS, WIDTH};
use seal::{Digest, Hasher, merkle};
use std::borrow::Cow;

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
    /// Memory for the body of one event.
    room: Vec<u8>,
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
    // Asked for together. Holding the lease comes first, so that the rest is read under it; and were it
    // not, the places would meet those of the other process, and the transaction would end.
    let read = tx
        .rows_of(&[
            (event_sql::LEASE_HOLD, &held),
            (sql::PENDING, &[Val::count(limit as u64)]),
            (sql::HEAD, &[]),
            (sql::EDGES, &[]),
        ])
        .await?;
    let mut read = read.into_iter();
    let mut next = || read.next().unwrap_or_default();
    if next().is_empty() {
        return Ok(Round::Elsewhere);
    }
    let pending: Vec<Event> = next()
        .iter()
        .map(|row| read_event(row, 0))
        .collect::<Result<_>>()?;
    if new.is_empty() && pending.is_empty() {
        return Ok(Round::Nothing);
    }
    let mut tree = load(next().first(), &next())?;
    let from = tree.before;
    let waited = pending.iter().map(Event::borrowed);
    let events: Vec<EventRef<'_>> = new.iter().map(of_new).chain(waited).collect();
    tree.grow(&events, seed)?;
    let head = tree.save(tx, now, &events, new.len()).await?;
    Ok(Round::Done { from, head })
}

fn of_new(new: &NewEvent) -> EventRef<'_> {
    EventRef {
        id: &new.id,
        kind: &new.kind,
        at: new.at.0,
        content: &new.content,
    }
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

fn load(head: Option<&Row>, edges: &[Row]) -> Result<Tree> {
    const BROKEN: Error = Error::Corrupt { what: "journal" };
    let size = head.map(read_head).transpose()?.map_or(0, |head| head.size);
    let mut levels = vec![Vec::new(); usize::from(LEVELS)];
    let mut entries = Vec::new();
    for row in edges {
        let level = row.int(0, "level")?;
        let body = read_bytes(row, 2)?;
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
        room: Vec::new(),
    })
}

impl Tree {
    /// Gives events their places, in their order, and their salts.
    fn grow(&mut self, events: &[EventRef<'_>], seed: &[u8; 32]) -> Result<()> {
        self.salts.reserve(events.len());
        events.iter().try_for_each(|event| self.push(event, seed))
    }

    fn push(&mut self, event: &EventRef<'_>, seed: &[u8; 32]) -> Result<()> {
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
        let entry = event.entry(&salt, &mut self.room);
        tile::append(&mut self.entries, &entry);
        self.edge.push(merkle::leaf(&entry), &mut self.full);
        if self.edge.size().is_multiple_of(WIDTH) {
            let bundle = std::mem::take(&mut self.entries);
            self.bundles.push((index / WIDTH, bundle));
        }
        Ok(())
    }

    /// Writes what grew, and the head: the first `new` events are written too, the others waited for
    /// their place. All of it is one round trip.
    async fn save(
        self,
        tx: &mut Tx,
        now: Instant,
        events: &[EventRef<'_>],
        new: usize,
    ) -> Result<Head> {
        let head = Head {
            size: self.edge.size(),
            root: self.edge.root(),
        };
        let (fresh, waited) = events.split_at(new.min(events.len()));
        let fresh = fresh.iter().flat_map(|event| {
            [
                Val::Text(event.id),
                Val::Text(event.kind),
                Val::Int(event.at),
                Val::Bytes(&event.content.0),
            ]
        });
        let places = (self.before..).zip(events);
        let places = places.flat_map(|(index, event)| [Val::count(index), Val::Text(event.id)]);
        let done = waited.iter().map(|event| Val::Text(event.id));
        let salts = self.salts.iter();
        let salts = salts.flat_map(|(place, salt)| [Val::Int(*place), Val::Bytes(salt)]);
        let (tiles, edges) = (self.tiles(), self.edges());
        let head_row = [
            Val::count(head.size),
            Val::Bytes(&head.root.0),
            Val::Int(now.0),
        ];
        let counts = tx
            .bulks(&[
                (&event_sql::UNPEND, &done.collect::<Vec<_>>()),
                (&sql::EVENTS, &fresh.collect::<Vec<_>>()),
                (&event_sql::ORDER, &places.collect::<Vec<_>>()),
                (&sql::SALTS, &salts.collect::<Vec<_>>()),
                (&sql::TILES, &tile_values(&tiles)),
                (&sql::EDGE_SET, &edge_values(&edges)),
                (&sql::HEAD_NEW, &head_row),
            ])
            .await?;
        if counts.first() != Some(&(waited.len() as u64)) {
            return Err(Error::Raced);
        }
        Ok(head)
    }

    /// Tiles that became full: number, level, body.
    fn tiles(&self) -> Vec<(u64, i64, Cow<'_, [u8]>)> {
        let hashes = self.full.iter().map(|full| {
            let body = tile::bytes(&full.digests);
            (full.number, i64::from(full.level), Cow::Owned(body))
        });
        let bundles = self.bundles.iter();
        let bundles = bundles.map(|(number, body)| (*number, ENTRIES, Cow::Borrowed(&body[..])));
        hashes.chain(bundles).collect()
    }

    /// What does not fill a tile: level, number, body.
    fn edges(&self) -> Vec<(i64, u64, Cow<'_, [u8]>)> {
        let size = self.edge.size();
        let mut edges = vec![(ENTRIES, size / WIDTH, Cow::Borrowed(&self.entries[..]))];
        for level in 0..LEVELS {
            let shift = u32::from(level) * 8;
            // Levels above the first that did not grow stay as they are.
            if level == 0 || size >> shift != self.before >> shift {
                let body = tile::bytes(self.edge.level(level));
                edges.push((i64::from(level), (size >> shift) / WIDTH, Cow::Owned(body)));
            }
        }
        edges
    }
}

fn tile_values<'t>(tiles: &'t [(u64, i64, Cow<'_, [u8]>)]) -> Vec<Val<'t>> {
    let rows = tiles.iter().flat_map(|(number, level, body)| {
        [Val::count(*number), Val::Int(*level), Val::Bytes(body)]
    });
    rows.collect()
}

fn edge_values<'t>(edges: &'t [(i64, u64, Cow<'_, [u8]>)]) -> Vec<Val<'t>> {
    let rows = edges.iter().flat_map(|(level, number, body)| {
        [Val::Int(*level), Val::count(*number), Val::Bytes(body)]
    });
    rows.collect()
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
