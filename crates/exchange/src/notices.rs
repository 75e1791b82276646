//! People are told (rights 6): an inbox that holds what is told, and messages outside it that say only
//! that there is something. Reminders of deadlines are notices like any other, each once.

mod deferral;
mod deliver;
pub mod smtp;

pub use deferral::{LookDeferral, NewDeferral, defer, deferrals, kinds, laws};
pub use deliver::{Delivered, Post, Relay, Routes, Webhook, deliver};

use crate::due::{self, DueStanding};
use crate::error::{Error, Result};
use crate::office::{Office, end_of_day};
use crate::people;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::NewNotice;

pub use credit::notice::{Addressee, Channel, NoticeId, NoticeKind};
pub use store::{Deferral, Notice, Page, Tried};

/// Days that reminders of missed periods look back: a notice that nobody wanted for so long is noise.
const BACK: i64 = 14;
/// Characters of each word of a deferral.
const WORDS_CHARS: usize = 300;

/// The id of a notice: whom it tells what.
#[must_use]
pub fn id(office: &Office, addressee: &Addressee, kind: NoticeKind, what: &str) -> NoticeId {
    let (whom, kind) = (addressee.code(), kind.code());
    let parts: [&[u8]; 3] = [whom.as_bytes(), kind.as_bytes(), what.as_bytes()];
    NoticeId(office.site_key.keyed16("notice", &parts))
}

/// A notice, told at once, or after the last day of a deferral.
///
/// # Errors
/// [`Error::Request`] for a deferral without law, officer or reason, or whose end has passed.
pub fn notice(
    office: &Office,
    addressee: Addressee,
    kind: NoticeKind,
    what: &str,
    facts: &Value,
    deferral: Option<Deferral>,
) -> Result<NewNotice> {
    let deferral = match deferral {
        Some(deferral) => {
            check(office, &deferral)?;
            let until = end_of_day(deferral.until);
            Some((deferral, Instant(until.0 + 1)))
        }
        None => None,
    };
    Ok(NewNotice {
        id: id(office, &addressee, kind, what),
        addressee,
        kind,
        facts: credit::canon::value(facts),
        made_at: office.now(),
        deferral,
    })
}

/// A deferral names a law of the catalogue, its officer, its reason and a day that comes within that law's
/// term here: silence without an end is none that a law allows.
fn check(office: &Office, deferral: &Deferral) -> Result<()> {
    let words = [&deferral.law, &deferral.officer, &deferral.reason];
    let said = |text: &&String| {
        let count = text.trim().chars().count();
        (1..=WORDS_CHARS).contains(&count) && !text.chars().any(char::is_control)
    };
    let today = office.today();
    let days = office.catalog.supply.deferral_days(&deferral.law, today);
    let last = days.map(|days| today.saturating_add(i32::from(days).days()));
    let ends = last.is_some_and(|last| (today..=last).contains(&deferral.until));
    if words.iter().all(said) && ends {
        return Ok(());
    }
    Err(Error::request(
        "暂缓告知须写明目录中的法律依据、决定人、原因，以及该依据允许的截止日期。",
        "A deferral names a law of the catalogue, the officer who decided, the reason and a last day within that law's term.",
        "Отсрочка указывает закон из каталога, решившего сотрудника, причину и последний день в пределах срока этого закона.",
    ))
}

/// Writes notices; what was told before stays. Tells how many are new.
///
/// # Errors
/// [`Error::Store`].
pub async fn tell(office: &Office, notices: &[NewNotice]) -> Result<u64> {
    Ok(office.store.notices_add(notices, office.today()).await?)
}

/// The addressee of what a subject is told: the subject as it is one today.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_subject(office: &Office, subject: SubjectId) -> Result<Addressee> {
    let root = office.store.subject_root(subject).await?;
    Ok(Addressee::Subject(root))
}

/// What an addressee reads, newest first, and marks it as read.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn inbox(
    office: &Office,
    addressee: &Addressee,
    after: Option<&str>,
) -> Result<Page<Notice>> {
    let now = office.now();
    let page = office
        .store
        .notices(addressee, now, after, PAGE_ROWS)
        .await?;
    if page.rows.iter().any(|one| !one.read) {
        office.store.notices_read(addressee, now).await?;
    }
    Ok(page)
}

/// How many notices an addressee has not read.
///
/// # Errors
/// [`Error::Store`].
pub async fn unread(office: &Office, addressee: &Addressee) -> Result<u64> {
    Ok(office.store.notices_unread(addressee, office.now()).await?)
}

/// Sets where an account is told that there is a message, or, with an empty address, nowhere.
///
/// # Errors
/// [`Error::Request`] for an address that is none.
pub async fn set_contact(
    office: &Office,
    account: AccountId,
    channel: Channel,
    address: &str,
    lang: Lang,
) -> Result<()> {
    let address = address.trim();
    let now = office.now();
    if address.is_empty() {
        return Ok(office
            .store
            .contact_set(account, channel, None, now)
            .await?);
    }
    if !channel.takes(address) {
        return Err(no_address());
    }
    let sealed = people::seal_contact(office, account, channel, address).await?;
    let contact = Some((sealed.as_slice(), lang.tag()));
    Ok(office
        .store
        .contact_set(account, channel, contact, now)
        .await?)
}

pub(crate) fn no_address() -> Error {
    Error::request(
        "请填写一个邮箱地址（name@example.cn），或者带国际区号的手机号码。",
        "Give one mail address (name@example.org), or a telephone number with its country code.",
        "Укажите один адрес почты (name@example.org) или номер телефона с кодом страны.",
    )
}

/// Where an account is told, opened for its owner.
///
/// # Errors
/// [`Error::Store`].
pub async fn contacts(office: &Office, account: AccountId) -> Result<Vec<(Channel, String)>> {
    let mut open = Vec::new();
    for one in office.store.contacts(account).await? {
        let address = people::open_contact(office, account, one.channel, &one.sealed).await?;
        open.push((one.channel, address));
    }
    Ok(open)
}

/// Tells each supplier once what is due soon and what was missed, and whoever has to act in a case that its
/// deadline comes, or above that it passed. Tells how many notices are new.
///
/// # Errors
/// [`Error::Store`].
pub async fn remind(office: &Office) -> Result<u64> {
    let today = office.today();
    let supply = &office.catalog.supply;
    let calendar = &office.catalog.calendar;
    let soon = calendar.add_working_days(today, supply.remind_days(today));
    let back = today.saturating_sub(BACK.days());
    let mut suppliers = office.store.suppliers_known().await?;
    suppliers.extend(
        supply
            .due
            .iter()
            .flat_map(|rule| rule.suppliers.iter().cloned()),
    );
    suppliers.sort_unstable();
    suppliers.dedup();
    let mut new = crate::cases::remind(office).await?;
    for supplier in suppliers {
        let owed = due::owed(office, &supplier, back, soon).await?;
        let notices = owed
            .iter()
            .filter_map(|one| reminder(office, &supplier, one).transpose());
        let notices = notices.collect::<Result<Vec<_>>>()?;
        if !notices.is_empty() {
            new += tell(office, &notices).await?;
        }
    }
    Ok(new)
}

fn reminder(office: &Office, supplier: &str, one: &due::Owed) -> Result<Option<NewNotice>> {
    let kind = match one.standing {
        DueStanding::Open => NoticeKind::Due,
        DueStanding::Missed => NoticeKind::Missed,
        DueStanding::OnTime | DueStanding::Late => return Ok(None),
    };
    let day = |day: Date| day.to_string();
    let facts = json!({
        "theme": one.theme,
        "supplier": supplier,
        "from": day(one.period.from),
        "to": day(one.period.to),
        "due": day(one.period.due),
    });
    let what = format!("{} {} {}", one.theme, one.period.from, one.period.to);
    let addressee = Addressee::Agency(supplier.to_owned());
    notice(office, addressee, kind, &what, &facts, None).map(Some)
}
