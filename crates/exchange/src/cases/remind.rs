//! Deadlines of cases are warned of before and told above after: each once for each step of a case, by the
//! inbox like everything else. Nothing depends on it: whoever reads a case computes its deadline.

use super::kind;
use super::show::standing;
use crate::error::Result;
use crate::notices::{self, tell};
use crate::office::Office;
use credit::case::Party;
use credit::limits::PAGE_ROWS;
use credit::notice::{Addressee, NoticeKind};
use jiff::civil::Date;
use serde_json::json;
use store::{CaseCard, CaseQueueAsk, NewNotice, ReceiptAsk};

/// Tells whoever has the next move in a case that its deadline comes, and the authority above that one has
/// passed; and the centre which agencies did not say that they stopped using a fact. Tells how many notices
/// are new.
///
/// # Errors
/// [`crate::Error::Store`].
pub async fn remind(office: &Office) -> Result<u64> {
    Ok(deadlines(office).await? + receipts(office).await?)
}

async fn deadlines(office: &Office) -> Result<u64> {
    let (mut new, mut after) = (0, None::<String>);
    loop {
        let ask = CaseQueueAsk {
            until: Some(horizon(office)),
            ..CaseQueueAsk::default()
        };
        let page = office
            .store
            .case_queue(ask, after.as_deref(), PAGE_ROWS)
            .await?;
        let mut notices = Vec::new();
        for one in page.rows {
            notices.extend(of_case(office, &one.card).await?);
        }
        if !notices.is_empty() {
            new += tell(office, &notices).await?;
        }
        after = page.next;
        if after.is_none() {
            return Ok(new);
        }
    }
}

/// The day until which deadlines may have to be warned of: by the longest warning of all tables.
fn horizon(office: &Office) -> Date {
    let kinds = office.catalog.cases.iter();
    let states = kinds.flat_map(|kind| kind.states.iter());
    let warnings = states.filter_map(|state| Some(state.deadline.as_ref()?.warn));
    let calendar = &office.catalog.calendar;
    calendar.add_working_days(office.today(), warnings.max().unwrap_or(0))
}

async fn of_case(office: &Office, card: &CaseCard) -> Result<Option<NewNotice>> {
    let standing = standing(office, kind(office, card)?, &card.steps)?;
    let due = standing.due.into_iter().chain(standing.due_in_all).min();
    let (Some(who), Some(due)) = (standing.who, due) else {
        return Ok(None);
    };
    let (addressee, kind) = match (standing.overdue, standing.soon) {
        (true, _) => (Addressee::Centre, NoticeKind::CaseLate),
        (false, true) => (addressee(office, card, who).await?, NoticeKind::CaseSoon),
        (false, false) => return Ok(None),
    };
    let facts = json!({
        "case": card.id.to_string(),
        "kind": card.kind,
        "version": card.version,
        "theme": card.theme,
        "due": due.to_string(),
    });
    // The deadline of a step is warned of once; one that was put off is another one.
    let seq = card.steps.last().map_or(0, |step| step.seq);
    let what = format!("{} {seq} {due}", card.id);
    notices::notice(office, addressee, kind, &what, &facts, None).map(Some)
}

async fn addressee(office: &Office, card: &CaseCard, who: Party) -> Result<Addressee> {
    match who {
        Party::Subject => notices::of_subject(office, card.subject).await,
        Party::Supplier => Ok(Addressee::Agency(card.supplier.clone())),
        Party::Centre | Party::Authority | Party::Clock => Ok(Addressee::Centre),
    }
}

async fn receipts(office: &Office) -> Result<u64> {
    let yesterday = office.today().yesterday().unwrap_or(Date::MIN);
    let (mut new, mut after) = (0, None::<String>);
    loop {
        let ask = ReceiptAsk {
            agency: None,
            open: true,
            until: Some(yesterday),
        };
        let page = office
            .store
            .receipts(ask, after.as_deref(), PAGE_ROWS)
            .await?;
        let notices = page.rows.iter().map(|one| {
            let facts = json!({
                "case": one.case.to_string(),
                "theme": one.theme,
                "agency": one.agency,
                "due": one.due.to_string(),
            });
            let what = format!("{} {} {}", one.case, one.seq, one.agency);
            let kind = NoticeKind::StopUseLate;
            notices::notice(office, Addressee::Centre, kind, &what, &facts, None)
        });
        let notices = notices.collect::<Result<Vec<_>>>()?;
        if !notices.is_empty() {
            new += tell(office, &notices).await?;
        }
        after = page.next;
        if after.is_none() {
            return Ok(new);
        }
    }
}
