//! Announcements of the centre to the public (公告). What was published never changes: who errs withdraws it
//! with a reason and publishes another. Whether one is shown follows from its days and from that.

use crate::error::{Error, Result};
use crate::page::{Page, instant_and_id};
use crate::sql::announcement as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::announcement::{Announcement, AnnouncementId, Withdrawn};
use credit::lang::Text;
use credit::record::Instant;
use jiff::civil::Date;
use seal::Digest;

/// Rows of a page of an audit: each has up to 16 kB of text, 256 × 16 kB = 4 MB.
const AUDITED: i64 = 256;

/// An announcement beside its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementProof {
    /// Which; the cursor of the next page.
    pub id: AnnouncementId,
    /// Each event: its id, what it commits to, when, in microseconds.
    pub events: Vec<(String, Digest, i64)>,
}

impl Store {
    /// Publishes one.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn announce(&self, new: &Announcement) -> Result<()> {
        transact!(self, Write, "announce", tx => announce(&mut tx, new).await)
    }

    /// Withdraws one, once. Tells whether it was withdrawn by this.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn announcement_withdraw(&self, id: AnnouncementId, why: &Withdrawn) -> Result<bool> {
        transact!(self, Write, "announcement_withdraw", tx => withdraw(&mut tx, id, why).await)
    }

    /// One, whatever became of it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn announcement(&self, id: AnnouncementId) -> Result<Option<Announcement>> {
        transact!(self, Read, "announcement", tx => one(&mut tx, id).await)
    }

    /// Those that are in force on a day, newest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn announcements_in_force(
        &self,
        day: Date,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Announcement>> {
        let (at, id) = before(after)?;
        let asked = [
            Val::Day(day),
            Val::Int(at),
            Val::Bytes(&id),
            Val::count(limit as u64 + 1),
        ];
        transact!(self, Read, "announcements_in_force", tx => {
            tx.rows(sql::IN_FORCE, &asked).await.and_then(|rows| page(&rows, limit))
        })
    }

    /// All of them, newest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn announcements(
        &self,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Announcement>> {
        let (at, id) = before(after)?;
        let asked = [Val::Int(at), Val::Bytes(&id), Val::count(limit as u64 + 1)];
        transact!(self, Read, "announcements", tx => {
            tx.rows(sql::ALL, &asked).await.and_then(|rows| page(&rows, limit))
        })
    }

    /// Those after one, by ids, with what their events commit to, for an audit.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_announcements(
        &self,
        after: AnnouncementId,
    ) -> Result<Vec<AnnouncementProof>> {
        let asked = [Val::Bytes(&after.0), Val::Int(AUDITED)];
        transact!(self, Read, "audit_announcements", tx => {
            let rows = tx.rows(sql::AFTER, &asked).await;
            rows.and_then(|rows| rows.iter().map(|row| read(row).map(|one| proof(&one))).collect())
        })
    }
}

/// The place before which a page begins: of the first, after everything.
fn before(after: Option<&str>) -> Result<(i64, Vec<u8>)> {
    match after {
        None => Ok((i64::MAX, Vec::new())),
        some => instant_and_id(some),
    }
}

async fn announce(tx: &mut Tx, new: &Announcement) -> Result<()> {
    let values = [
        Val::Bytes(&new.id.0),
        Val::Text(&new.title.zh),
        Val::Text(&new.title.en),
        Val::Text(&new.title.ru),
        Val::Text(&new.text.zh),
        Val::Text(&new.text.en),
        Val::Text(&new.text.ru),
        Val::Day(new.from),
        Val::Day(new.until),
        Val::Text(&new.officer),
        Val::Text(&new.agency),
        Val::Int(new.published_at.0),
    ];
    tx.exec(sql::NEW, &values).await?;
    let (event, leaf) = (event(new.id), content(new));
    crate::event::add(tx, &event, "announcement", new.published_at, &leaf.0).await
}

async fn withdraw(tx: &mut Tx, id: AnnouncementId, why: &Withdrawn) -> Result<bool> {
    if one(tx, id).await?.is_none() {
        return Err(Error::NotFound("announcement"));
    }
    let values = [
        Val::Bytes(&id.0),
        Val::Text(&why.reason),
        Val::Text(&why.officer),
        Val::Int(why.at.0),
    ];
    if tx.exec(sql::WITHDRAW, &values).await? == 0 {
        return Ok(false);
    }
    let event = format!("{}:withdrawn", event(id));
    let leaf = withdrawal(id, why);
    crate::event::add(tx, &event, "announcement", why.at, &leaf.0).await?;
    Ok(true)
}

async fn one(tx: &mut Tx, id: AnnouncementId) -> Result<Option<Announcement>> {
    let row = tx.one(sql::ONE, &[Val::Bytes(&id.0)]).await?;
    row.as_ref().map(read).transpose()
}

fn event(id: AnnouncementId) -> String {
    format!("announcement:{id}")
}

/// What its event commits to: everything that was published, who, and until when.
fn content(one: &Announcement) -> Digest {
    let (from, until) = (one.from.to_string(), one.until.to_string());
    let parts = [
        &one.title.zh,
        &one.title.en,
        &one.title.ru,
        &one.text.zh,
        &one.text.en,
        &one.text.ru,
        &from,
        &until,
        &one.officer,
        &one.agency,
    ];
    commit(one.id, &parts.map(String::as_str))
}

fn withdrawal(id: AnnouncementId, why: &Withdrawn) -> Digest {
    commit(id, &[&why.reason, &why.officer])
}

fn commit(id: AnnouncementId, parts: &[&str]) -> Digest {
    let mut body = Vec::new();
    for part in parts {
        body.extend((part.len() as u64).to_be_bytes());
        body.extend(part.as_bytes());
    }
    seal::commit(&id.0, &body)
}

fn proof(one: &Announcement) -> AnnouncementProof {
    let published = (event(one.id), content(one), one.published_at.0);
    let ended = one.withdrawn.as_ref().map(|why| {
        let event = format!("{}:withdrawn", event(one.id));
        (event, withdrawal(one.id, why), why.at.0)
    });
    AnnouncementProof {
        id: one.id,
        events: std::iter::once(published).chain(ended).collect(),
    }
}

fn page(rows: &[Row], limit: usize) -> Result<Page<Announcement>> {
    let rows = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(Page::cut(rows, limit, |one| {
        format!("{}.{}", one.published_at.0, one.id)
    }))
}

fn read(row: &Row) -> Result<Announcement> {
    let text = |at| row.text(at, "announcement").map(str::to_owned);
    let words = |at: usize| {
        Ok::<_, Error>(Text {
            zh: text(at)?,
            en: text(at + 1)?,
            ru: text(at + 2)?,
        })
    };
    let withdrawn = match row.opt_int(14) {
        None => None,
        Some(at) => Some(Withdrawn {
            reason: text(12)?,
            officer: text(13)?,
            at: Instant(at),
        }),
    };
    Ok(Announcement {
        id: AnnouncementId(row.bytes(0, "announcement id")?),
        title: words(1)?,
        text: words(4)?,
        from: row.day(7, "day")?,
        until: row.day(8, "day")?,
        officer: text(9)?,
        agency: text(10)?,
        published_at: Instant(row.int(11, "instant")?),
        withdrawn,
    })
}
