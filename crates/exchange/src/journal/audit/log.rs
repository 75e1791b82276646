//! The log against its own tables: each event makes its entry, the entries make the tiles, and the
//! tiles make the heads.

use super::{Audit, Wrong};
use crate::error::Result;
use crate::journal::show::note_of;
use seal::note::{Note, NoteKey};
use seal::tile::{self, Edge, Full, Holds, Tile};
use seal::{Digest, merkle};
use std::collections::VecDeque;
use store::{JournalHead, Ordered, Store};

/// Where the walk along the order is.
struct Walk<'s> {
    store: &'s Store,
    size: u64,
    edge: Edge,
    full: Vec<Full>,
    /// Entries of the bundle at hand.
    bundle: Vec<Vec<u8>>,
    heads: VecDeque<JournalHead>,
}

pub(super) async fn check(store: &Store, key: Option<&NoteKey>, audit: &mut Audit) -> Result<()> {
    let head = store.journal_head().await?;
    let size = head.map_or(0, |head| head.size);
    let mut walk = Walk {
        store,
        size,
        edge: Edge::default(),
        full: Vec::new(),
        bundle: Vec::new(),
        heads: VecDeque::new(),
    };
    let mut from = 0;
    loop {
        let page = store.audit_order(from).await?;
        let Some(last) = page.last() else { break };
        from = last.index + 1;
        for placed in page.iter().filter(|placed| placed.index < size) {
            walk.step(placed, audit).await?;
        }
        if last.index >= size {
            break;
        }
    }
    // Places that are missing at the end.
    while walk.edge.size() < size {
        audit.finds(Wrong::Order, walk.edge.size().to_string());
        walk.entry_only(audit).await?;
    }
    walk.rest(audit).await?;
    for id in store.audit_strays().await? {
        audit.finds(Wrong::EventAdded, id);
    }
    signature(store, key, audit).await
}

impl Walk<'_> {
    /// One place of the order.
    async fn step(&mut self, placed: &Ordered, audit: &mut Audit) -> Result<()> {
        while self.edge.size() < placed.index {
            audit.finds(Wrong::Order, self.edge.size().to_string());
            self.entry_only(audit).await?;
        }
        let Some(entry) = self.entry_only(audit).await? else {
            return Ok(());
        };
        audit.events += 1;
        let Some(event) = &placed.event else {
            audit.finds(Wrong::EventGone, &placed.id);
            return Ok(());
        };
        audit.look_events += u64::from(event.kind == "access");
        audit.grant_events += u64::from(event.kind == "grant");
        audit.case_events += u64::from(event.kind == "case");
        audit.deferral_events += u64::from(event.kind == "deferral");
        audit.opening_events += u64::from(event.kind == "opening");
        audit.consent_events += u64::from(event.kind == "consent");
        audit.receiver_events += u64::from(event.kind == "receiver");
        audit.export_events += u64::from(event.kind == "export");
        audit.announcement_events += u64::from(event.kind == "announcement");
        match event.own_salt().or(placed.salt) {
            Some(salt) if event.entry(&salt).as_slice() != entry => {
                audit.finds(Wrong::EventChanged, &placed.id);
            }
            Some(_) => {}
            None => audit.erased += 1,
        }
        Ok(())
    }

    /// Takes the next entry of the log into the tree; `None` when its file is broken.
    async fn entry_only(&mut self, audit: &mut Audit) -> Result<Option<Vec<u8>>> {
        let index = self.edge.size();
        let within = (index % tile::WIDTH) as usize;
        if within == 0 {
            self.load(index / tile::WIDTH, audit).await?;
        }
        let entry = self.bundle.get(within).cloned();
        let leaf = entry
            .as_ref()
            .map_or(Digest([0; 32]), |entry| merkle::leaf(entry));
        self.edge.push(leaf, &mut self.full);
        for full in std::mem::take(&mut self.full) {
            self.same(full.level, full.number, &full.digests, audit)
                .await?;
        }
        self.head(audit).await?;
        Ok(entry)
    }

    async fn load(&mut self, number: u64, audit: &mut Audit) -> Result<()> {
        self.bundle.clear();
        let Some(tile) = Tile::of(Holds::Entries, number, self.size) else {
            return Ok(());
        };
        let body = self.store.journal_tile(&tile).await?.unwrap_or_default();
        match tile::entries(&body).filter(|entries| entries.len() >= usize::from(tile.width)) {
            Some(entries) => self.bundle = entries.into_iter().map(<[u8]>::to_vec).collect(),
            None => audit.finds(Wrong::Tile, tile.path()),
        }
        Ok(())
    }

    /// Compares the tree with the head of this size, where one was made.
    async fn head(&mut self, audit: &mut Audit) -> Result<()> {
        let size = self.edge.size();
        if self.heads.is_empty() {
            self.heads = self.store.audit_heads(size.saturating_sub(1)).await?.into();
        }
        while let Some(head) = self.heads.front().filter(|head| head.size <= size) {
            if head.size == size && head.root != self.edge.root() {
                audit.finds(Wrong::Head, size.to_string());
            }
            self.heads.pop_front();
        }
        Ok(())
    }

    /// Tiles of the right edge.
    async fn rest(&self, audit: &mut Audit) -> Result<()> {
        for level in 0..tile::LEVELS {
            let digests = self.edge.level(level);
            if !digests.is_empty() {
                let number = (self.size >> (u32::from(level) * 8)) / tile::WIDTH;
                self.same(level, number, digests, audit).await?;
            }
        }
        Ok(())
    }

    async fn same(
        &self,
        level: u8,
        number: u64,
        digests: &[Digest],
        audit: &mut Audit,
    ) -> Result<()> {
        let Some(tile) = Tile::of(Holds::Hashes(level), number, self.size) else {
            return Ok(());
        };
        if self.store.journal_tile(&tile).await? != Some(tile::bytes(digests)) {
            audit.finds(Wrong::Tile, tile.path());
        }
        Ok(())
    }
}

/// The newest signed head must carry the log's signature.
async fn signature(store: &Store, key: Option<&NoteKey>, audit: &mut Audit) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    let Some(head) = store.journal_signed(key.name()).await? else {
        return Ok(());
    };
    let lines = store.journal_signatures(head.size).await?.concat();
    let note = format!("{}\n{lines}", note_of(key.name(), head));
    let signed =
        Note::parse(note.as_bytes()).and_then(|note| note.verify(std::slice::from_ref(key)));
    if signed.is_err() {
        audit.finds(Wrong::Signature, head.size.to_string());
    }
    Ok(())
}
