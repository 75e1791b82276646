//! Notices and the messages that say that there is one. A notice is written in the transaction of what
//! it tells, with its messages; a worker that holds the turn sends them later and keeps the answers.

use crate::error::{Error, Result};
use crate::page::{Page, instant_and_id};
use crate::sql::notice as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::notice::{Addressee, Channel, NoticeId, NoticeKind};
use credit::people::{AccountId, MyAction, Role};
use credit::record::Instant;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Accounts of one agency that are told: an agency has some tens of officers.
const ACCOUNTS: u64 = 200;
/// Characters of an answer that are kept.
const ANSWER_CHARS: usize = 200;

/// A notice to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Its id: told once.
    pub id: NoticeId,
    /// Whom it tells.
    pub addressee: Addressee,
    /// What it is about.
    pub kind: NoticeKind,
    /// What it tells, JSON.
    pub facts: String,
    /// When.
    pub made_at: Instant,
    /// Why it waits, and from when on it is told.
    pub deferral: Option<(Deferral, Instant)>,
}

/// Why a notice waits (rights 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// Law and article.
    pub law: String,
    /// Who decided.
    pub officer: String,
    /// Why; for the record, never in the notice.
    pub reason: String,
    /// The last day of silence.
    pub until: Date,
}

/// A notice in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What it is about.
    pub kind: NoticeKind,
    /// What it tells, JSON.
    pub facts: String,
    /// When it happened.
    pub made_at: Instant,
    /// From when on it was told.
    pub visible_at: Instant,
    /// Whether it was read before.
    pub read: bool,
    /// Why it was told late: law, officer, last day of silence.
    pub deferred: Option<(String, String, Date)>,
}

/// Where an account is told, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// How.
    pub channel: Channel,
    /// The sealed address.
    pub sealed: Vec<u8>,
    /// Language of messages, a tag.
    pub lang: String,
}

/// A message to send now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMessage {
    /// The notice.
    pub notice: NoticeId,
    /// Whom.
    pub account: AccountId,
    /// How.
    pub channel: Channel,
    /// Tries so far.
    pub tries: u32,
    /// Where; none when the address was taken away meanwhile.
    pub contact: Option<Contact>,
}

/// What a try brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// The other side took it.
    pub taken: bool,
    /// Its own words.
    pub answer: String,
    /// When it is tried again, where it was not taken; none gives it up.
    pub again: Option<Instant>,
}

/// A try as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// How.
    pub channel: String,
    /// The how manieth.
    pub number: u64,
    /// When.
    pub at: Instant,
    /// The other side took it.
    pub taken: bool,
    /// Its own words.
    pub answer: String,
}

/// Writes a notice and its messages; one that stands already stays as it is. Tells whether it is new.
pub(crate) async fn add(tx: &mut Tx, new: &NewNotice, today: Date) -> Result<bool> {
    let addressee = new.addressee.code();
    let visible = new.deferral.as_ref().map_or(new.made_at, |(_, from)| *from);
    let values = [
        Val::Bytes(&new.id.0),
        Val::Text(&addressee),
        Val::Text(new.kind.code()),
        Val::Text(&new.facts),
        Val::Int(new.made_at.0),
        Val::Int(visible.0),
    ];
    if tx.exec(sql::NEW, &values).await? == 0 {
        return Ok(false);
    }
    if let Some((deferral, _)) = &new.deferral {
        let values = [
            Val::Bytes(&new.id.0),
            Val::Text(&deferral.law),
            Val::Text(&deferral.officer),
            Val::Text(&deferral.reason),
            Val::Day(deferral.until),
            Val::Int(new.made_at.0),
        ];
        tx.exec(sql::DEFERRAL_NEW, &values).await?;
        let words = [deferral.law.as_str(), &deferral.officer, &deferral.reason].join("\u{1f}");
        let leaf = seal::commit(&new.id.0, words.as_bytes());
        let id = format!("deferral:{}", new.id);
        crate::event::add(tx, &id, "deferral", new.made_at, &leaf.0).await?;
    }
    for account in accounts(tx, &new.addressee, today).await? {
        for row in tx.rows(sql::CONTACTS, &[Val::Bytes(&account.0)]).await? {
            let values = [
                Val::Bytes(&new.id.0),
                Val::Bytes(&account.0),
                Val::Text(row.text(0, "channel")?),
                Val::Int(visible.0),
            ];
            tx.exec(sql::MESSAGE_NEW, &values).await?;
        }
    }
    Ok(true)
}

/// The accounts behind an addressee: of an agency those that have an address, of a subject those that may
/// see on its behalf who looked.
async fn accounts(tx: &mut Tx, addressee: &Addressee, today: Date) -> Result<Vec<AccountId>> {
    match addressee {
        Addressee::Account(id) => Ok(vec![*id]),
        Addressee::Subject(id) => {
            let held = crate::mandate::of_subject(tx, *id).await?;
            let may = held.iter().filter(|one| one.allows(MyAction::Looks, today));
            let mut accounts: BTreeSet<AccountId> = may.map(|one| one.account).collect();
            // A natural person has no account here: what it left to be told at stands under its own id.
            accounts.insert(AccountId(id.0));
            Ok(accounts.into_iter().collect())
        }
        Addressee::Agency(code) => {
            let asked = [Val::Text(code), Val::Day(today), Val::count(ACCOUNTS)];
            let rows = tx.rows(sql::OF_AGENCY, &asked).await?;
            rows.iter()
                .map(|row| row.bytes(0, "account").map(AccountId))
                .collect()
        }
        Addressee::Receiver(code) => with(tx, Role::SharingOfficer, code, today).await,
        Addressee::Centre => with(tx, Role::CentreClerk, "", today).await,
    }
}

/// Accounts with a role that have an address.
async fn with(tx: &mut Tx, role: Role, agency: &str, today: Date) -> Result<Vec<AccountId>> {
    let role = Val::Text(role.code());
    let asked = [
        role,
        Val::Text(agency),
        Val::Day(today),
        Val::count(ACCOUNTS),
    ];
    let rows = tx.rows(sql::OF_ROLE, &asked).await?;
    let ids = rows
        .iter()
        .map(|row| row.bytes(0, "account").map(AccountId));
    ids.collect()
}

impl Store {
    /// Writes notices with their messages; what was told before stays. Tells how many are new.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notices_add(&self, new: &[NewNotice], today: Date) -> Result<u64> {
        transact!(self, Write, "notices_add", tx => add_all(&mut tx, new, today).await)
    }

    /// What an addressee reads, newest first: what is told by now.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn notices(
        &self,
        addressee: &Addressee,
        now: Instant,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Notice>> {
        let (at, id) = match after {
            Some(_) => instant_and_id(after)?,
            None => (i64::MAX, Vec::new()),
        };
        let code = addressee.code();
        let asked = [
            Val::Text(&code),
            Val::Int(now.0),
            Val::Int(at),
            Val::Bytes(&id),
            Val::count(limit as u64 + 1),
        ];
        transact!(self, Read, "notices", tx => {
            let rows = tx.rows(sql::INBOX, &asked).await;
            rows.and_then(|rows| {
                let rows = rows.iter().map(notice).collect::<Result<Vec<_>>>()?;
                Ok(Page::cut(rows, limit, |last| format!("{}.{}", last.visible_at.0, last.id)))
            })
        })
    }

    /// How many notices an addressee has not read.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notices_unread(&self, addressee: &Addressee, now: Instant) -> Result<u64> {
        let code = addressee.code();
        transact!(self, Read, "notices_unread", tx => {
            let row = tx.one(sql::UNREAD, &[Val::Text(&code), Val::Int(now.0)]).await;
            row.and_then(|row| row.unwrap_or_default().count(0, "count"))
        })
    }

    /// Marks what an addressee was shown as read.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notices_read(&self, addressee: &Addressee, now: Instant) -> Result<()> {
        let code = addressee.code();
        let values = [Val::Text(&code), Val::Int(now.0), Val::Int(now.0)];
        transact!(self, Write, "notices_read", tx => {
            tx.exec(sql::READ, &values).await.map(|_| ())
        })
    }

    /// Sets where an account is told, or takes it away.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn contact_set(
        &self,
        account: AccountId,
        channel: Channel,
        contact: Option<(&[u8], &str)>,
        at: Instant,
    ) -> Result<()> {
        let key = [Val::Bytes(&account.0), Val::Text(channel.code())];
        transact!(self, Write, "contact_set", tx => {
            match contact {
                Some((sealed, lang)) => {
                    let values = [key[0], key[1], Val::Bytes(sealed), Val::Text(lang), Val::Int(at.0)];
                    tx.exec(sql::CONTACT_SET, &values).await.map(|_| ())
                }
                None => tx.exec(sql::CONTACT_VOID, &key).await.map(|_| ()),
            }
        })
    }

    /// Where an account is told.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn contacts(&self, account: AccountId) -> Result<Vec<Contact>> {
        transact!(self, Read, "contacts", tx => {
            let rows = tx.rows(sql::CONTACTS, &[Val::Bytes(&account.0)]).await;
            rows.and_then(|rows| rows.iter().map(|row| contact(row, 0)).collect())
        })
    }

    /// Takes the turn to send messages, until `until`; `false` while another process has it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn turn_take(
        &self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool> {
        let values = [
            Val::Text(name),
            Val::Text(holder),
            Val::Int(until.0),
            Val::Int(now.0),
        ];
        transact!(self, Write, "turn_take", tx => {
            tx.exec(crate::sql::event::LEASE_TAKE, &values).await.map(|taken| taken > 0)
        })
    }

    /// Messages to send now, oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn messages_due(&self, now: Instant, limit: usize) -> Result<Vec<DueMessage>> {
        transact!(self, Read, "messages_due", tx => {
            let rows = tx.rows(sql::DUE, &[Val::Int(now.0), Val::count(limit as u64)]).await;
            rows.and_then(|rows| rows.iter().map(due).collect())
        })
    }

    /// Keeps what a try brought.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn message_tried(&self, message: &DueMessage, attempt: &Attempt) -> Result<()> {
        transact!(self, Write, "message_tried", tx => tried(&mut tx, message, attempt).await)
    }

    /// The tries of a notice's messages: the proof of delivery.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notice_tries(&self, id: NoticeId) -> Result<Vec<Tried>> {
        transact!(self, Read, "notice_tries", tx => {
            let rows = tx.rows(sql::TRIES, &[Val::Bytes(&id.0)]).await;
            rows.and_then(|rows| rows.iter().map(read_try).collect())
        })
    }
}

async fn add_all(tx: &mut Tx, new: &[NewNotice], today: Date) -> Result<u64> {
    let mut count = 0;
    for one in new {
        count += u64::from(add(tx, one, today).await?);
    }
    Ok(count)
}

async fn tried(tx: &mut Tx, message: &DueMessage, attempt: &Attempt) -> Result<()> {
    let answer: String = attempt.answer.chars().take(ANSWER_CHARS).collect();
    let number = Val::Int(i64::from(message.tries) + 1);
    let key = [
        Val::Bytes(&message.notice.0),
        Val::Bytes(&message.account.0),
        Val::Text(message.channel.code()),
    ];
    let state = match (attempt.taken, attempt.again) {
        (true, _) => "sent",
        (false, Some(_)) => "waiting",
        (false, None) => "failed",
    };
    let again = attempt.again.unwrap_or(attempt.at);
    let values = [
        key[0],
        key[1],
        key[2],
        Val::Text(state),
        number,
        Val::Int(again.0),
    ];
    if tx.exec(sql::MESSAGE_SET, &values).await? == 0 {
        // Another worker kept a try of that number already.
        return Ok(());
    }
    let values = [
        key[0],
        key[1],
        key[2],
        number,
        Val::Int(attempt.at.0),
        Val::flag(attempt.taken),
        Val::Text(&answer),
    ];
    tx.exec(sql::TRY_NEW, &values).await.map(|_| ())
}

fn channel(row: &Row, place: usize) -> Result<Channel> {
    Channel::parse(row.text(place, "channel")?).ok_or(Error::Corrupt { what: "channel" })
}

fn contact(row: &Row, place: usize) -> Result<Contact> {
    Ok(Contact {
        channel: channel(row, place)?,
        sealed: row.opt_blob(place + 1).unwrap_or_default(),
        lang: row.text(place + 2, "language")?.to_owned(),
    })
}

fn due(row: &Row) -> Result<DueMessage> {
    let channel = channel(row, 2)?;
    let contact = row.opt_blob(4).map(|sealed| Contact {
        channel,
        sealed,
        lang: row.opt_text(5).unwrap_or_default().to_owned(),
    });
    Ok(DueMessage {
        notice: NoticeId(row.bytes(0, "notice")?),
        account: AccountId(row.bytes(1, "account")?),
        channel,
        tries: row.small(3, "tries")?,
        contact,
    })
}

fn notice(row: &Row) -> Result<Notice> {
    let kind = NoticeKind::parse(row.text(1, "kind")?).ok_or(Error::Corrupt { what: "kind" })?;
    let deferred = match (row.opt_text(6), row.opt_text(7), row.opt_day(8, "day")?) {
        (Some(law), Some(officer), Some(until)) => {
            Some((law.to_owned(), officer.to_owned(), until))
        }
        _ => None,
    };
    Ok(Notice {
        id: NoticeId(row.bytes(0, "notice")?),
        kind,
        facts: row.text(2, "facts")?.to_owned(),
        made_at: Instant(row.int(3, "instant")?),
        visible_at: Instant(row.int(4, "instant")?),
        read: row.opt_int(5).is_some(),
        deferred,
    })
}

fn read_try(row: &Row) -> Result<Tried> {
    Ok(Tried {
        channel: row.text(0, "channel")?.to_owned(),
        number: row.count(1, "number of a try")?,
        at: Instant(row.int(2, "instant")?),
        taken: row.flag(3, "flag")?,
        answer: row.text(4, "answer")?.to_owned(),
    })
}
