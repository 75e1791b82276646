//! "Nothing to report": a submission without rows, for a theme and a period that has ended. It counts
//! as on time like any other, and its receipt says so.

use super::file::{File, Told};
use super::recall::{Ground, perform};
use super::receipt::Receipt;
use super::terms::{self, Request};
use crate::error::{Error, Result};
use crate::ids;
use crate::office::{Office, date_of, end_of_day};
use credit::due;
use jiff::ToSpan;
use jiff::civil::Date;
use store::{CauseKind, NewCause};

/// A nil report.
#[derive(Clone, Debug)]
pub struct Nil {
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// First and last day of the period.
    pub period: (Date, Date),
    /// Who says so, as histories name accounts.
    pub officer: String,
}

/// Takes a nil report and answers with its receipt; the same one again changes nothing.
///
/// # Errors
/// [`Error::Request`] for a supplier that may not send the theme, a period that is none of its or has not
/// ended, and one for which facts were sent.
pub async fn nil(office: &Office, nil: Nil) -> Result<Receipt> {
    let (from, to) = nil.period;
    check(office, &nil).await?;
    let cause = NewCause {
        kind: CauseKind::Nil,
        of: None,
        record: None,
        row: None,
        seq: None,
        reason: format!("{from} – {to}"),
        document: None,
        period: Some(nil.period),
        officer: nil.officer,
    };
    let id = ids::nil(&office.site_key, &nil.supplier, &nil.theme, nil.period);
    let ground = Ground {
        supplier: nil.supplier,
        theme: nil.theme,
        back: None,
        cause,
        id,
    };
    perform(office, ground).await
}

async fn check(office: &Office, nil: &Nil) -> Result<()> {
    let (from, to) = nil.period;
    // Who may send the theme may say that there is nothing of it.
    let asked = Request {
        theme: nil.theme.clone(),
        supplier: Some(nil.supplier.clone()),
        mode: None,
        date: None,
        file: File::bytes("nil", Vec::new()),
        told: Told::default(),
    };
    terms::settle(office, asked)?;
    let rules = &office.catalog.supply.due;
    let far = end(office, to);
    let periods = due::periods(rules, &nil.theme, &office.catalog.calendar, (to, far));
    let known = periods.iter().any(|one| (one.from, one.to) == nil.period);
    if !known || to >= office.today() {
        return Err(Error::request(
            format!("{from} 至 {to} 不是该主题已结束的报送期。报送期见报送台首页的待办。"),
            format!(
                "{from} to {to} is no period of the theme that has ended. The periods stand on the desk's front page."
            ),
            format!(
                "{from} – {to} не является завершённым периодом этой темы. Периоды указаны на первой странице."
            ),
        ));
    }
    let sent = office
        .store
        .supplier_reports(&nil.supplier, end_of_day(from.saturating_sub(1.day())))
        .await?;
    let facts = |one: &store::SentReport| {
        one.theme == nil.theme && one.nil.is_none() && (from..=to).contains(&one.stated_on)
    };
    if let Some(one) = sent.iter().find(|one| facts(one)) {
        let day = date_of(one.received_at);
        return Err(Error::request(
            format!("该期内已于 {day} 报送过信息，不能再报零。"),
            format!("Facts for that period were sent on {day}; it is not empty."),
            format!("За этот период {day} уже поданы сведения; он не пуст."),
        ));
    }
    Ok(())
}

/// A day by which the period's deadline has surely passed.
fn end(office: &Office, to: Date) -> Date {
    office.catalog.calendar.add_working_days(to, 250)
}
