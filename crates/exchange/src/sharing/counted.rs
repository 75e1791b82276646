//! For the auditor: what processes opened at the lock beside the looks that were written down, and looks
//! that were refused. Nothing of any subject is in either.

use super::outliers::term;
use crate::error::{Error, Result};
use crate::office::{Office, end_of_day};
use crate::people::Acting;
use credit::people::Action;
use credit::record::Instant;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub use store::{DayOpenings, RefusedLooks};

/// A day: what was opened, process by process, and how many looks were written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// Openings by process and purpose.
    pub runs: Vec<DayOpenings>,
    /// Openings in all.
    pub opened: u64,
    /// Looks that were written down.
    pub written: u64,
}

impl DayCount {
    /// Whether more was opened than written down: a look around the platform. Fewer may be: a process that
    /// was killed has not settled its last openings, and one that is under way settles each minute.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.opened > self.written
    }
}

/// Openings of a month beside its looks, day by day, newest first.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a month that is none.
pub async fn openings(office: &Office, who: &Acting, month: Option<&str>) -> Result<Vec<DayCount>> {
    let (first, last) = audited(office, who, month)?;
    let store = &office.store;
    let mut days: BTreeMap<Date, DayCount> = BTreeMap::new();
    let empty = |day| DayCount {
        day,
        runs: Vec::new(),
        opened: 0,
        written: 0,
    };
    // What was opened is read first: the looks that it belongs to were written down before.
    let opened = store.openings_of(first, last).await?;
    let from = Instant(end_of_day(first.saturating_sub(1.days())).0 + 1);
    for (day, written) in store.looks_written(from, end_of_day(last)).await? {
        days.entry(day).or_insert_with(|| empty(day)).written = written;
    }
    for one in opened {
        let Ok(day) = one.day.parse() else { continue };
        let count = days.entry(day).or_insert_with(|| empty(day));
        count.opened += one.opened;
        count.runs.push(one);
    }
    Ok(days.into_values().rev().collect())
}

/// Looks of a month that were refused, the most first.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a month that is none.
pub async fn refused(
    office: &Office,
    who: &Acting,
    month: Option<&str>,
) -> Result<Vec<RefusedLooks>> {
    let (first, last) = audited(office, who, month)?;
    Ok(office.store.looks_refused(first, last).await?)
}

fn audited(office: &Office, who: &Acting, month: Option<&str>) -> Result<(Date, Date)> {
    if who.reach(Action::LookAudit).is_nothing() {
        return Err(Error::Forbidden);
    }
    let (_, first) = term(office, month)?;
    Ok((first, first.last_of_month()))
}
