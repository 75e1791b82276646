//! Agencies that hold a fact which is not good any more: what they were told, and that they stopped using it.
//! A page of it names an agency's own case numbers and never the subject.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::case::{CaseId, Kind};
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::people::Action;
use jiff::civil::Date;
use std::sync::Arc;
use store::{Page, Receipt, ReceiptAsk, ReceiptCount};

/// What an agency was told.
pub struct ReceiptLine {
    /// The row.
    pub receipt: Receipt,
    /// The table of its case; none where the supplier changed or ended the fact without one.
    pub kind: Option<Arc<Kind>>,
    /// It was not acknowledged, and the day has passed.
    pub overdue: bool,
    /// Whoever reads may acknowledge it.
    pub mine: bool,
}

impl ReceiptLine {
    /// Code of what ended the fact: of the move, or `corrected`, `removed`, `recalled`, `moved`.
    #[must_use]
    pub fn code(&self) -> &str {
        match (&self.kind, self.receipt.what.as_str()) {
            (None, "stated") => "corrected",
            (_, code) => code,
        }
    }

    /// What ended the fact, as it reads.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        let Some(kind) = &self.kind else {
            return ended(self.code(), lang).to_owned();
        };
        let made = kind.one_move(&self.receipt.what);
        made.map_or_else(String::new, |one| one.title.get(lang).to_owned())
    }
}

/// What a supplier did with a fact without a case.
fn ended(code: &str, lang: Lang) -> &'static str {
    let [zh, en, ru] = match code {
        "corrected" => [
            "信源单位已更正",
            "corrected by its supplier",
            "исправлено поставщиком",
        ],
        "recalled" => [
            "信源单位已撤回",
            "taken back by its supplier",
            "отозвано поставщиком",
        ],
        "moved" => [
            "已改归其他主体",
            "it is about another subject",
            "относится к другому субъекту",
        ],
        _ => [
            "信源单位已移出",
            "ended by its supplier",
            "снято поставщиком",
        ],
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    }
}

/// What agencies were told: an agency's own, or all.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a cursor that is not ours.
pub async fn receipts(
    office: &Office,
    who: &Acting,
    (agency, open): (&str, bool),
    after: Option<&str>,
) -> Result<Page<ReceiptLine>> {
    let agency = whose(who, agency)?;
    let ask = ReceiptAsk {
        agency: agency.as_deref(),
        open,
        until: None,
    };
    let page = office.store.receipts(ask, after, PAGE_ROWS).await?;
    let (gives, today) = (who.reach(Action::ReceiptGive), office.today());
    let mut rows = Vec::new();
    for receipt in page.rows {
        let kind = match receipt.kind.as_str() {
            "" => None,
            kind => {
                let found = office.catalog.case_edition(kind, &receipt.version);
                let lacks = "the catalogue lacks the table of a case";
                let found = found.ok_or_else(|| Error::inner(lacks, receipt.version.clone()))?;
                Some(Arc::clone(found))
            }
        };
        let open = receipt.given_at.is_none();
        rows.push(ReceiptLine {
            kind,
            overdue: open && receipt.due < today,
            mine: open && gives.touches(&receipt.agency),
            receipt,
        });
    }
    Ok(Page {
        rows,
        next: page.next,
    })
}

/// How agencies acknowledged: an agency's own figures, or each one's.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn receipts_counted(office: &Office, who: &Acting) -> Result<Vec<ReceiptCount>> {
    let agency = whose(who, "")?;
    let today = office.today();
    Ok(office
        .store
        .receipts_counted(agency.as_deref(), today)
        .await?)
}

/// The agency that is asked for; none for all of them.
fn whose(who: &Acting, asked: &str) -> Result<Option<String>> {
    let reach = who.reach(Action::ReceiptList);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    match (asked, reach.agencies()) {
        ("", None) => Ok(None),
        (asked, _) => Ok(Some(who.agency(Action::ReceiptList, Some(asked))?)),
    }
}

/// Says for an agency that it stopped using a fact. Said again, it stays as it was.
///
/// # Errors
/// [`Error::Forbidden`] for an account that does not speak for that agency; [`Error::NotFound`] where the
/// agency was told no such thing.
pub async fn acknowledge(
    office: &Office,
    who: &Acting,
    (case, seq, agency): (&str, u32, &str),
) -> Result<()> {
    who.may(Action::ReceiptGive, agency)?;
    let officer = who.officer(agency)?;
    let case = CaseId::parse(case).ok_or(Error::NotFound)?;
    let given = office
        .store
        .receipt_give((case, seq, agency), officer.name(), office.now());
    given.await.map_err(|error| match error {
        store::Error::NotFound(_) => Error::NotFound,
        other => other.into(),
    })
}

/// Says so by a machine, for an officer whom it names. Both must speak for the agency.
///
/// # Errors
/// As [`acknowledge`], for either of the two.
pub async fn acknowledge_by(
    office: &Office,
    (machine, who): (&Acting, &Acting),
    what: (&str, u32, &str),
) -> Result<()> {
    machine.may(Action::ReceiptGive, what.2)?;
    acknowledge(office, who, what).await
}

/// Whether an agency has not said in time that it stopped using something: it is lent nothing more until it
/// does (rights 9).
///
/// # Errors
/// [`Error::Store`].
pub(crate) async fn owes(office: &Office, agency: &str) -> Result<bool> {
    let ask = ReceiptAsk {
        agency: Some(agency),
        open: true,
        until: Some(office.today().yesterday().unwrap_or(Date::MIN)),
    };
    Ok(!office.store.receipts(ask, None, 1).await?.rows.is_empty())
}
