//! A report is asked: permit, sealed facts, dossier, report. No permit, no dossier; no dossier, no
//! view.

pub mod file;
pub mod issue;
mod pdf;
pub mod standing;

use crate::error::{Error, Result};
use crate::office::{Office, end_of_day};
use crate::people::Acting;
use crate::{identity, lookup};
use credit::lang::Lang;
use credit::people::Action;
use credit::record::{Facts, Instant};
use credit::subject::SubjectId;
use jiff::civil::Date;
pub use policy::{CaseNumber, Officer};
use policy::{Dossier, Extent, Mismatch, Permit, Sealed};
use views::report::{Report, ReportAsk};

/// What the reader asks for.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Language.
    pub lang: Lang,
    /// As known at the end of that day.
    pub as_of: Option<Date>,
    /// Only these themes.
    pub themes: Option<Vec<String>>,
    /// Only facts decided from that day on.
    pub from: Option<Date>,
    /// Only facts decided up to that day.
    pub to: Option<Date>,
}

impl Ask {
    /// The first and the last day asked for, where one of them is.
    fn period(&self) -> Option<(Date, Date)> {
        match (self.from, self.to) {
            (None, None) => None,
            (from, to) => Some((from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX))),
        }
    }

    /// The facts that it is about.
    fn extent(&self) -> Extent<'_> {
        Extent {
            themes: self.themes.as_deref(),
            period: self.period(),
        }
    }
}

/// A public report by any of the subject's identifiers.
///
/// # Errors
/// [`Error::NotFound`] when the public may know of no such subject; a natural person and an
/// individual business are never found here, whatever is on file.
pub async fn public(office: &Office, code: &str, ask: &Ask) -> Result<Report> {
    check(office, ask)?;
    let subject = subject(office, code, ask).await?;
    let dossier = open(office, Permit::public(subject), ask.as_of).await?;
    Ok(make(office, &dossier, ask))
}

/// The subject's own report, printed at the service window by a named officer for a case. The
/// look-up is written in the same transaction as the read.
///
/// # Errors
/// [`Error::NotFound`] when there is no such subject.
pub async fn own(
    office: &Office,
    code: &str,
    officer: Officer,
    case: CaseNumber,
    ask: &Ask,
) -> Result<Report> {
    check(office, ask)?;
    let subject = subject(office, code, ask).await?;
    let permit = Permit::own(office.nonce(), subject, officer, case);
    let dossier = open(office, permit, ask.as_of).await?;
    Ok(make(office, &dossier, ask))
}

/// Whom a code means: today, or as it was known at the end of the asked day.
async fn subject(office: &Office, code: &str, ask: &Ask) -> Result<SubjectId> {
    match ask.as_of.filter(|day| *day < office.today()) {
        Some(day) => identity::subject_then(office, code, day).await,
        None => lookup::find(office, code).await,
    }
}

/// Reads who hands an own report out, and for which case.
///
/// # Errors
/// [`Error::Request`] when one of the three is empty or not printable.
pub fn window(officer: &str, agency: &str, case: &str) -> Result<(Officer, CaseNumber)> {
    let read = || Ok((Officer::parse(officer, agency)?, CaseNumber::parse(case)?));
    read().map_err(|_: policy::NotAccepted| {
        Error::request(
            "请写明经办人、单位和受理编号，每项不超过 120 字，不得含身份证号码。",
            "Name the officer, the agency and the case number, each of at most 120 characters and without a citizen's number.",
            "Укажите должностное лицо, орган и номер дела, каждое не длиннее 120 знаков и без номера гражданина.",
        )
    })
}

/// The same of an account that may hand files out at the window, for a case that is named.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may not; as [`window`].
pub fn at_window(who: &Acting, case: &str) -> Result<(Officer, CaseNumber)> {
    let officer = who.officer(who.home(Action::OwnFile)?)?;
    window(officer.name(), officer.agency(), case)
}

/// The subject's own dossier, for views other than the report (its history). Logged like [`own`].
///
/// # Errors
/// [`Error::NotFound`] when there is no such subject.
pub async fn own_dossier(
    office: &Office,
    subject: SubjectId,
    officer: Officer,
    case: CaseNumber,
) -> Result<Dossier> {
    open(
        office,
        Permit::own(office.nonce(), subject, officer, case),
        None,
    )
    .await
}

pub(crate) async fn open(office: &Office, permit: Permit, as_of: Option<Date>) -> Result<Dossier> {
    let sealed = office
        .store
        .subject_facts_then(&permit, office.now(), past(office, as_of))
        .await?
        .ok_or(Error::NotFound)?;
    unseal(office, permit, sealed, as_of)
}

/// Spends the permit on what was sealed for it.
pub(crate) fn unseal(
    office: &Office,
    permit: Permit,
    sealed: Sealed<Facts>,
    as_of: Option<Date>,
) -> Result<Dossier> {
    match permit.open(sealed, &office.catalog, office.as_of(as_of)) {
        Ok(dossier) => Ok(dossier),
        // A person is answered exactly like an unknown code.
        Err(Mismatch::NotPublic) => Err(Error::NotFound),
        Err(mismatch) => Err(mismatch.into()),
    }
}

/// The instant up to which a past day's answer knows; none for today.
fn past(office: &Office, as_of: Option<Date>) -> Option<Instant> {
    let day = as_of.filter(|day| *day < office.today())?;
    Some(end_of_day(day))
}

pub(crate) fn make(office: &Office, dossier: &Dossier, ask: &Ask) -> Report {
    views::report::report(
        &office.catalog,
        dossier,
        &ReportAsk {
            lang: ask.lang,
            themes: ask.themes.clone(),
            period: ask.period(),
            number: number(office, dossier, ask),
        },
    )
}

/// The report's number follows from what it says: the same facts, day and language give the same
/// number and the same bytes; any change gives another.
fn number(office: &Office, dossier: &Dossier, ask: &Ask) -> String {
    let serial: String = digest(office, dossier, ask)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let today = dossier.at().today.to_string();
    format!("{}-{serial}", today.replace('-', ""))
}

/// A digest of what was asked, on which day, under which catalogue, and of what is answered.
fn digest(office: &Office, dossier: &Dossier, ask: &Ask) -> [u8; 16] {
    let today = dossier.at().today.to_string();
    let on = dossier.at().on.to_string();
    let period = format!("{:?}/{:?}/{:?}", ask.from, ask.to, ask.themes);
    let facts = dossier.fingerprint();
    office.site_key.keyed16(
        "report",
        &[
            today.as_bytes(),
            on.as_bytes(),
            ask.lang.tag().as_bytes(),
            period.as_bytes(),
            office.catalog.digest.as_bytes(),
            facts.as_bytes(),
        ],
    )
}

pub(crate) fn check(office: &Office, ask: &Ask) -> Result<()> {
    let today = office.today();
    if let Some(day) = ask.as_of.filter(|day| *day > today) {
        return Err(Error::request(
            format!("{day} 还没有到。请给出今天（{today}）或更早的日期。"),
            format!("{day} has not come yet. Give today, {today}, or an earlier day."),
            format!("{day} ещё не наступило. Укажите сегодня, {today}, или более раннюю дату."),
        ));
    }
    if let (Some(from), Some(to)) = (ask.from, ask.to)
        && from > to
    {
        return Err(Error::request(
            format!("起始日 {from} 晚于截止日 {to}。请对调两个日期。"),
            format!("The first day, {from}, is after the last, {to}. Exchange the two."),
            format!("Первый день, {from}, позже последнего, {to}. Поменяйте их местами."),
        ));
    }
    let unknown = ask.themes.iter().flatten().find(|code| {
        !office
            .catalog
            .themes
            .iter()
            .any(|theme| theme.code == **code)
    });
    if let Some(code) = unknown {
        return Err(Error::request(
            format!("目录中没有主题 {code}。"),
            format!("The catalogue has no theme {code}."),
            format!("В каталоге нет темы {code}."),
        ));
    }
    Ok(())
}
