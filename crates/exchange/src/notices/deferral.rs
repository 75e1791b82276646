//! Silence by decision (rights 6): an officer of an agency decides, before it looks, that whoever is looked
//! up for one case is told later. It takes a law of the catalogue, a reason and a last day within that
//! law's term; the day after, the looks are told by themselves, with the law and the officer.

use super::{Deferral, check};
use crate::error::{Error, Result};
use crate::office::{Office, end_of_day};
use crate::people::Acting;
use credit::limits::PAGE_ROWS;
use credit::notice::NoticeId;
use credit::people::Action;
use credit::record::Instant;
use credit::subject::SubjectKind;
use jiff::civil::Date;
use policy::CaseNumber;
use store::Page;

pub use store::LookDeferral;

/// What is decided.
#[derive(Clone, Debug)]
pub struct NewDeferral<'a> {
    /// The agency whose looks are told later; none: the account's own.
    pub agency: Option<&'a str>,
    /// Number of the case.
    pub case: &'a str,
    /// The law, as the catalogue names it.
    pub law: &'a str,
    /// Why; auditors read it, the subject does not.
    pub reason: &'a str,
    /// The last day of silence; none is refused.
    pub until: Option<Date>,
}

/// Decides. The same decision made again is the same one.
///
/// # Errors
/// [`Error::Forbidden`] for an account that decides nothing of the kind; [`Error::Request`] without a law
/// of the catalogue, a reason or an end, for an end beyond the law's term, and where the case has a
/// decision already: silence is not made longer.
pub async fn defer(office: &Office, who: &Acting, new: &NewDeferral<'_>) -> Result<LookDeferral> {
    let agency = who.agency(Action::DeferralDecide, new.agency)?;
    let case = CaseNumber::parse(new.case).map_err(|_| wrong_case())?;
    let deferral = Deferral {
        law: new.law.trim().to_owned(),
        officer: format!("account:{}", who.account),
        reason: crate::ingest::reason(new.reason)?,
        until: new.until.ok_or_else(no_end)?,
    };
    check(office, &deferral)?;
    let parts: [&[u8]; 2] = [agency.as_bytes(), case.as_str().as_bytes()];
    let new = LookDeferral {
        id: NoticeId(office.site_key.keyed16("deferral", &parts)),
        told_at: Instant(end_of_day(deferral.until).0 + 1),
        decided_at: office.now(),
        agency,
        case: case.as_str().to_owned(),
        deferral,
    };
    match office.store.deferral_decide(&new).await? {
        None => Ok(new),
        Some(before) if before.deferral == new.deferral => Ok(before),
        Some(before) => Err(decided(&before)),
    }
}

/// Decisions, newest first, that an account may know of: of one agency, or of all where it reaches all.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a cursor that is not ours.
pub async fn deferrals(
    office: &Office,
    who: &Acting,
    agency: Option<&str>,
    after: Option<&str>,
) -> Result<Page<LookDeferral>> {
    let action = Action::DeferralList;
    let named = agency.filter(|agency| !agency.is_empty());
    let agency = match named {
        None if who.reach(action).agencies().is_none() => None,
        named => Some(who.agency(action, named)?),
    };
    let store = &office.store;
    Ok(store.deferrals(agency.as_deref(), after, PAGE_ROWS).await?)
}

/// Laws of the catalogue by which somebody may be told later today, with the days that each allows.
#[must_use]
pub fn laws(office: &Office) -> Vec<(String, u16)> {
    office.catalog.supply.deferral_laws(office.today())
}

/// Of whom somebody is told later under a law of today's catalogue.
#[must_use]
pub fn kinds(office: &Office, law: &str) -> Vec<SubjectKind> {
    let supply = &office.catalog.supply;
    supply.deferral_kinds(law, office.today()).to_vec()
}

fn wrong_case() -> Error {
    Error::request(
        "请填写案件编号，不超过 120 字，不得含身份证号码。",
        "Name the case number, of at most 120 characters and without a citizen's number.",
        "Укажите номер дела, не длиннее 120 знаков и без номера гражданина.",
    )
}

fn no_end() -> Error {
    Error::request(
        "请写明暂缓告知的截止日期：没有期限的暂缓不予受理。",
        "Name the last day of silence: none without an end is taken.",
        "Укажите последний день молчания: без срока отсрочка не принимается.",
    )
}

fn decided(before: &LookDeferral) -> Error {
    let until = before.deferral.until;
    Error::request(
        format!("该案件已有暂缓告知的决定，截至 {until}，不能改动或者延长。"),
        format!(
            "The case has a decision already, until {until}; it is neither changed nor made longer."
        ),
        format!("По делу уже есть решение, до {until}; его не меняют и не продлевают."),
    )
}
