//! Consents of natural persons: given, withdrawn and used by insert, each with its event in the same
//! transaction; how one stands follows from the rows.

use crate::error::{Error, Result};
use crate::event;
use crate::sql::consent as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::consent::{Consent, ConsentId, Scope};
use credit::grant::Items;
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use jiff::civil::Date;
use seal::Digest;

/// Consents of one person that are open at a time: a person gives some a year, each for a month at most;
/// ten a day for a month make 300.
const OPEN: u64 = 300;
/// Those that are read: what came at once may have passed the limit together.
const READ: u64 = 2 * OPEN;
/// Rows of a page of an audit.
const PAGE: u64 = 4_096;

/// A consent to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewConsent<'a> {
    /// It.
    pub consent: &'a Consent,
    /// The case number under which its person's document was seen; of one given by the person alone, the
    /// mandate for the own file.
    pub seen: &'a str,
    /// Keyed digest of the word by which it is withdrawn.
    pub word: &'a [u8; 32],
}

impl Store {
    /// Writes a consent; false where too many of its person's are open today.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consent_give(&self, new: &NewConsent<'_>, today: Date) -> Result<bool> {
        transact!(self, Write, "consent_give", tx => give(&mut tx, new, today).await)
    }

    /// A person's consents that were not withdrawn and end today or later, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consents_of(&self, person: SubjectId, today: Date) -> Result<Vec<Consent>> {
        transact!(self, Read, "consents_of", tx => of_person(&mut tx, person, today).await)
    }

    /// Withdraws one of a person's consents by the person's own account, for good. `None`: the person has
    /// none of this id.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consent_end(
        &self,
        (person, id): (SubjectId, ConsentId),
        by: AccountId,
        at: Instant,
    ) -> Result<Option<Consent>> {
        transact!(self, Write, "consent_end", tx => {
            end(&mut tx, (person, id), by, at).await
        })
    }

    /// The consent of a number, whatever became of it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consent(&self, id: ConsentId) -> Result<Option<Consent>> {
        transact!(self, Read, "consent", tx => of_number(&mut tx, id).await)
    }

    /// Withdraws the consent of a word, for good; one that was withdrawn stays so. `None`: no consent has
    /// this word.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consent_withdraw(&self, word: &[u8; 32], at: Instant) -> Result<Option<Consent>> {
        transact!(self, Write, "consent_withdraw", tx => by_word(&mut tx, word, at).await)
    }

    /// Consents after one, in the order of persons.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_consents(
        &self,
        after: (SubjectId, ConsentId),
    ) -> Result<Vec<StoredConsent>> {
        let asked = [
            Val::Bytes(&after.0.0),
            Val::Bytes(&after.1.0),
            Val::count(PAGE),
        ];
        transact!(self, Read, "audit_consents", tx => {
            let rows = tx.rows(sql::ALL, &asked).await;
            rows.and_then(|rows| rows.iter().map(stored).collect())
        })
    }

    /// Withdraws every consent of a person that may still be used; tells how many.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn consents_withdraw(
        &self,
        person: SubjectId,
        by: AccountId,
        (at, today): (Instant, Date),
    ) -> Result<u64> {
        transact!(self, Write, "consents_withdraw", tx => {
            all(&mut tx, person, by, (at, today)).await
        })
    }
}

async fn give(tx: &mut Tx, new: &NewConsent<'_>, today: Date) -> Result<bool> {
    let open = of_person(tx, new.consent.subject, today).await?;
    if open.len() as u64 >= OPEN {
        return Ok(false);
    }
    let (consent, scope) = (new.consent, &new.consent.scope);
    let items = scope.items.to_string();
    let values = [
        Val::Bytes(&consent.subject.0),
        Val::Bytes(&consent.id.0),
        Val::Text(&scope.agency),
        Val::Text(&scope.purpose),
        Val::Text(&items),
        Val::Text(&scope.case),
        Val::flag(scope.once),
        Val::Day(scope.until),
        Val::Int(consent.given_at.0),
        Val::Bytes(&consent.by.0),
        Val::Text(new.seen),
        Val::Bytes(new.word),
    ];
    tx.exec(sql::NEW, &values).await?;
    let leaf = content(consent, new.seen);
    let id = format!("consent:{}", consent.id);
    event::add(tx, &id, "consent", consent.given_at, &leaf.0).await?;
    Ok(true)
}

/// What the event of a consent commits to; see `docs/journal.md`.
fn content(consent: &Consent, seen: &str) -> Digest {
    let scope = &consent.scope;
    let items = scope.items.to_string();
    let (by, until) = (consent.by.to_string(), scope.until.to_string());
    let once = if scope.once { "once" } else { "" };
    let parts = [
        consent.subject.0.as_slice(),
        scope.agency.as_bytes(),
        scope.purpose.as_bytes(),
        items.as_bytes(),
        scope.case.as_bytes(),
        once.as_bytes(),
        until.as_bytes(),
        by.as_bytes(),
        seen.as_bytes(),
    ];
    let mut body = Vec::new();
    for part in parts {
        body.extend((part.len() as u64).to_be_bytes());
        body.extend(part);
    }
    seal::commit(&consent.id.0, &body)
}

/// A consent as its row tells it, for an audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConsent {
    /// The person and the consent; the cursor of the next page.
    pub key: (SubjectId, ConsentId),
    /// What its event commits to, if the row was not changed.
    pub content: Digest,
    /// When it was given, in microseconds.
    pub at: i64,
    /// What the event of its withdrawal commits to, and when that was; none while it was not withdrawn.
    pub withdrawn: Option<(Digest, i64)>,
    /// The row that its one look took, beside the looks that rest on it.
    pub used: Used,
}

/// How the row by which a consent is used up stands beside the looks that rest on it. Those are events of
/// their own, which commit to the consent; so the row needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// As it should be.
    Fits,
    /// A look rests on a consent that is good for one, and the row that it took is not there; or more than
    /// one look does, and there is one row at most.
    Gone,
    /// The row names another look, or another instant.
    Changed,
    /// No look rests on it, or it is good for any number.
    Added,
}

impl Used {
    /// Of a consent that is good for one look or for any number; whether the row is there, how many looks
    /// rest on the consent, and how many of them are the row's.
    fn of(once: bool, taken: bool, (looks, own): (u64, u64)) -> Used {
        match (once, taken, looks) {
            (false, false, _) | (true, false, 0) => Used::Fits,
            (false, true, _) | (true, true, 0) => Used::Added,
            (true, false, _) => Used::Gone,
            (true, true, 1) if own == 1 => Used::Fits,
            (true, true, 1) => Used::Changed,
            (true, true, _) => Used::Gone,
        }
    }
}

fn stored(row: &Row) -> Result<StoredConsent> {
    let found = consent(row)?;
    let by = row.opt_bytes(13, "account")?.map(AccountId);
    let looks = (row.count(14, "looks")?, row.count(15, "looks")?);
    Ok(StoredConsent {
        used: Used::of(found.scope.once, found.used_at.is_some(), looks),
        withdrawn: found.withdrawn_at.map(|at| (ended(found.id, by), at.0)),
        key: (found.subject, found.id),
        content: content(&found, row.text(12, "case number")?),
        at: found.given_at.0,
    })
}

/// The consent of a number, as it stands in a transaction.
pub(crate) async fn of_number(tx: &mut Tx, id: ConsentId) -> Result<Option<Consent>> {
    let row = tx.one(sql::OF_NUMBER, &[Val::Bytes(&id.0)]).await?;
    row.map(|row| consent(&row)).transpose()
}

/// Takes the one look of a consent that is good for one. False: another look took it.
pub(crate) async fn take(
    tx: &mut Tx,
    consent: &Consent,
    permit: &[u8; 16],
    at: Instant,
) -> Result<bool> {
    let values = [
        Val::Bytes(&consent.subject.0),
        Val::Bytes(&consent.id.0),
        Val::Bytes(permit),
        Val::Int(at.0),
    ];
    Ok(tx.exec(sql::USE, &values).await? > 0)
}

async fn by_word(tx: &mut Tx, word: &[u8; 32], at: Instant) -> Result<Option<Consent>> {
    let Some(row) = tx.one(sql::OF_WORD, &[Val::Bytes(word)]).await? else {
        return Ok(None);
    };
    let mut found = consent(&row)?;
    if withdraw(tx, &found, None, at).await? {
        found.withdrawn_at = Some(at);
    }
    Ok(Some(found))
}

async fn all(
    tx: &mut Tx,
    person: SubjectId,
    by: AccountId,
    (at, today): (Instant, Date),
) -> Result<u64> {
    let mut count = 0;
    for one in of_person(tx, person, today).await? {
        count += u64::from(withdraw(tx, &one, Some(by), at).await?);
    }
    Ok(count)
}

async fn of_person(tx: &mut Tx, person: SubjectId, today: Date) -> Result<Vec<Consent>> {
    let asked = [Val::Bytes(&person.0), Val::Day(today), Val::count(READ)];
    let rows = tx.rows(sql::OF_PERSON, &asked).await?;
    rows.iter().map(consent).collect()
}

async fn end(
    tx: &mut Tx,
    (person, id): (SubjectId, ConsentId),
    by: AccountId,
    at: Instant,
) -> Result<Option<Consent>> {
    let found = of_number(tx, id).await?;
    let Some(mut found) = found.filter(|one| one.subject == person) else {
        return Ok(None);
    };
    if withdraw(tx, &found, Some(by), at).await? {
        found.withdrawn_at = Some(at);
    }
    Ok(Some(found))
}

/// Withdraws one; false where it was withdrawn before.
async fn withdraw(
    tx: &mut Tx,
    consent: &Consent,
    by: Option<AccountId>,
    at: Instant,
) -> Result<bool> {
    let values = [
        Val::Bytes(&consent.subject.0),
        Val::Bytes(&consent.id.0),
        Val::Int(at.0),
        Val::opt_bytes(by.as_ref().map(|by| by.0.as_slice())),
    ];
    if tx.exec(sql::WITHDRAW, &values).await? == 0 {
        return Ok(false);
    }
    let leaf = ended(consent.id, by);
    let id = format!("consent:{}:withdrawn", consent.id);
    event::add(tx, &id, "consent", at, &leaf.0).await?;
    Ok(true)
}

/// What the event of a withdrawal commits to: by which account, or by the person's own word.
fn ended(id: ConsentId, by: Option<AccountId>) -> Digest {
    let who = by.map(|by| by.to_string()).unwrap_or_default();
    seal::commit(&id.0, format!("withdrawn {who}").as_bytes())
}

fn consent(row: &Row) -> Result<Consent> {
    let text = |place, what| row.text(place, what).map(str::to_owned);
    let items = Items::parse(row.text(4, "items")?);
    Ok(Consent {
        subject: SubjectId(row.bytes(0, "subject id")?),
        id: ConsentId(row.bytes(1, "consent")?),
        scope: Scope {
            agency: text(2, "agency")?,
            purpose: text(3, "purpose")?,
            items: items.map_err(|_| Error::Corrupt { what: "items" })?,
            case: text(5, "case number")?,
            once: row.flag(6, "flag")?,
            until: row.day(7, "day")?,
        },
        given_at: Instant(row.int(8, "instant")?),
        by: AccountId(row.bytes(9, "account")?),
        withdrawn_at: row.opt_int(10).map(Instant),
        used_at: row.opt_int(11).map(Instant),
    })
}
