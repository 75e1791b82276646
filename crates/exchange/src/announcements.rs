//! Announcements of the centre to the public: published, withdrawn with a reason, listed. Nothing of them is
//! ever changed.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::announcement::{Fault, REASON_CHARS, is_personal};
use credit::lang::Text;
use credit::limits::PAGE_ROWS;
use credit::people::Action;
use jiff::civil::Date;
use store::Page;

pub use credit::announcement::{Announcement, AnnouncementId, TEXT_CHARS, TITLE_CHARS, Withdrawn};

/// Announcements on the front page: what a reader takes in at a glance.
pub const ON_FRONT: usize = 5;

/// What is to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Title; empty in a language that it does not have.
    pub title: Text,
    /// Text, likewise.
    pub text: Text,
    /// The first day; none: today.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// Publishes an announcement.
///
/// # Errors
/// [`Error::Forbidden`] for whoever is not of the centre; [`Error::Request`] for a draft that cannot be
/// published.
pub async fn publish(office: &Office, who: &Acting, draft: Draft) -> Result<AnnouncementId> {
    let officer = who.officer(who.home(Action::AnnouncementPublish)?)?;
    let today = office.today();
    let new = Announcement {
        id: AnnouncementId(office.nonce()),
        title: draft.title,
        text: draft.text,
        from: draft.from.unwrap_or(today),
        until: draft.until.ok_or_else(|| refused(Fault::Days))?,
        officer: officer.name().to_owned(),
        agency: officer.agency().to_owned(),
        published_at: office.now(),
        withdrawn: None,
    };
    new.check(today).map_err(refused)?;
    office.store.announce(&new).await?;
    Ok(new.id)
}

/// Withdraws an announcement with a reason, which the public reads in its place.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Request`] without a reason, or where it was withdrawn
/// before.
pub async fn withdraw(office: &Office, who: &Acting, id: &str, reason: &str) -> Result<()> {
    let officer = who.officer(who.home(Action::AnnouncementPublish)?)?;
    let id = AnnouncementId::parse(id).ok_or(Error::NotFound)?;
    let reason = reason.trim();
    let sound = !reason.is_empty() && reason.chars().count() <= REASON_CHARS;
    if !sound || is_personal(reason) {
        return Err(no_reason());
    }
    let why = Withdrawn {
        reason: reason.to_owned(),
        officer: officer.name().to_owned(),
        at: office.now(),
    };
    let done = office.store.announcement_withdraw(id, &why).await;
    match done {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::request(
            "该公告此前已经撤回。",
            "The announcement was withdrawn before.",
            "Объявление уже отозвано.",
        )),
        Err(store::Error::NotFound(_)) => Err(Error::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// Those that the public reads today, newest first.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn in_force(
    office: &Office,
    after: Option<&str>,
    limit: usize,
) -> Result<Page<Announcement>> {
    let today = office.today();
    let page = office.store.announcements_in_force(today, after, limit);
    Ok(page.await?)
}

/// One that the public may read today: in force, or withdrawn within its days, of which the reason is read and
/// the text is not.
///
/// # Errors
/// [`Error::NotFound`] for one whose days have not come, or are over.
pub async fn one(office: &Office, id: &str) -> Result<Announcement> {
    let id = AnnouncementId::parse(id).ok_or(Error::NotFound)?;
    let found = office.store.announcement(id).await?;
    let found = found.filter(|one| one.is_within(office.today()));
    found.ok_or(Error::NotFound)
}

/// All of them, for the desk, newest first.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a cursor that is not ours.
pub async fn all(office: &Office, who: &Acting, after: Option<&str>) -> Result<Page<Announcement>> {
    if who.reach(Action::AnnouncementList).is_nothing() {
        return Err(Error::Forbidden);
    }
    Ok(office.store.announcements(after, PAGE_ROWS).await?)
}

fn refused(fault: Fault) -> Error {
    match fault {
        Fault::Missing => Error::request(
            "请填写中文标题和正文；其他语言的标题和正文要么都填，要么都不填。",
            "Give the title and the text in Chinese; of another language both or neither.",
            "Укажите заголовок и текст по-китайски; на другом языке — оба или ни одного.",
        ),
        Fault::Long => Error::request(
            format!("标题不超过 {TITLE_CHARS} 字，正文不超过 {TEXT_CHARS} 字。"),
            format!("A title has at most {TITLE_CHARS} characters, a text {TEXT_CHARS}."),
            format!("Заголовок — не более {TITLE_CHARS} знаков, текст — не более {TEXT_CHARS}."),
        ),
        Fault::Personal => Error::request(
            "公告中不能有身份证号码、银行卡号或者手机号码。请删去后再发布。",
            "An announcement holds no citizen's number, bank card or mobile number. Take it out and publish then.",
            "В объявлении не бывает номеров граждан, карт и мобильных телефонов. Уберите их и опубликуйте снова.",
        ),
        Fault::Days => Error::request(
            "首日不早于今天，末日不早于首日，期间不超过一年。",
            "The first day is today or later, the last not before it, and no more than a year lies between.",
            "Первый день — не раньше сегодняшнего, последний — не раньше первого, между ними не больше года.",
        ),
    }
}

fn no_reason() -> Error {
    Error::request(
        format!("请写明撤回的原因，不超过 {REASON_CHARS} 字，公众可以看到；其中不能有个人号码。"),
        format!(
            "Say why it is withdrawn, in at most {REASON_CHARS} characters and without numbers of people: the public reads it."
        ),
        format!(
            "Укажите причину отзыва, не более {REASON_CHARS} знаков и без номеров людей: её прочтут все."
        ),
    )
}
