//! To do by deadline: which cases wait for whom, and how agencies kept their deadlines. Computed from the
//! moves on every read.

use super::show::{Standing, standing};
use super::{kind, parties};
use crate::error::Result;
use crate::office::{Office, end_of_day};
use crate::people::Acting;
use credit::case::{CaseId, Kind, Party};
use credit::limits::PAGE_ROWS;
use credit::people::Action;
use credit::record::Instant;
use jiff::civil::Date;
use std::sync::Arc;
use store::{CaseCard, CaseQueueAsk, Page};

/// A case in the queue.
pub struct Line {
    /// The case.
    pub card: CaseCard,
    /// Its table.
    pub kind: Arc<Kind>,
    /// Where it stands today.
    pub standing: Standing,
    /// Whoever reads has the next move.
    pub mine: bool,
}

/// What a reader asks of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen<'a> {
    /// Of one agency; empty: of the reader's own, or of all.
    pub agency: &'a str,
    /// Only of whoever has the next move.
    pub who: Option<Party>,
    /// Only what is overdue.
    pub overdue: bool,
}

/// Cases that wait, by their last day: an agency's own, or all of them.
///
/// # Errors
/// [`crate::Error::Forbidden`]; [`crate::Error::Request`] for a cursor that is not ours.
pub async fn queue(
    office: &Office,
    who: &Acting,
    seen: Seen<'_>,
    after: Option<&str>,
) -> Result<Page<Line>> {
    let reach = who.reach(Action::LegalList);
    let agency = match (seen.agency, reach.agencies()) {
        ("", None) => None,
        (asked, _) => Some(who.agency(Action::LegalList, Some(asked))?),
    };
    let yesterday = office.today().yesterday().unwrap_or(Date::MIN);
    let ask = CaseQueueAsk {
        who: seen.who,
        supplier: agency.as_deref(),
        until: seen.overdue.then_some(yesterday),
    };
    let page = office.store.case_queue(ask, after, PAGE_ROWS).await?;
    let mut rows = Vec::new();
    for one in page.rows {
        let kind = Arc::clone(kind(office, &one.card)?);
        let standing = standing(office, &kind, &one.card.steps)?;
        // What a deadline ended since the last move waits for nobody.
        if standing.over || !reach.covers(&one.card.supplier, &one.card.theme) {
            continue;
        }
        let mine = parties(who, &one.card);
        rows.push(Line {
            mine: standing.who.is_some_and(|who| mine.contains(&who)),
            card: one.card,
            kind,
            standing,
        });
    }
    Ok(Page {
        rows,
        next: page.next,
    })
}

/// How an agency kept the deadlines of cases that were opened within some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Cases.
    pub cases: u64,
    /// Deadlines that the agency did not keep.
    pub missed: u64,
    /// Of them, those on which it has not acted yet.
    pub overdue: u64,
}

/// Cases of one page of a count.
const PAGE: usize = 500;

/// Counts the deadlines that an agency did not keep.
///
/// # Errors
/// [`crate::Error::Store`].
pub async fn kept(office: &Office, supplier: &str, from: Date, to: Date) -> Result<Kept> {
    let mut kept = Kept::default();
    let begin = from.yesterday().unwrap_or(Date::MIN);
    let mut after = (end_of_day(begin), CaseId([0xff; 16]));
    let end: Instant = end_of_day(to);
    loop {
        let page = office
            .store
            .cases_of_supplier(supplier, after, PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        after = (last.opened_at, last.id);
        let within = |card: &&CaseCard| card.opened_at <= end;
        for card in page.iter().filter(within) {
            let standing = standing(office, kind(office, card)?, &card.steps)?;
            let own = standing.missed.iter();
            let own = own.filter(|miss| miss.who == Party::Supplier);
            kept.cases += 1;
            kept.missed += own.clone().count() as u64;
            kept.overdue += own.filter(|miss| miss.done.is_none()).count() as u64;
        }
        if after.0 > end {
            break;
        }
    }
    Ok(kept)
}
