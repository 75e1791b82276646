//! What a supplier owes by when, and what waits for it: its list of things to do. Computed on every
//! read from the rules of the catalogue and what was sent; nothing is stored.

use crate::error::Result;
use crate::office::{Office, date_of, end_of_day};
use credit::due::{self, Period, Report, Standing};
use credit::record::Instant;
use jiff::ToSpan;
use jiff::civil::Date;

pub use credit::due::Standing as DueStanding;
pub use store::Unmended;

/// Days that the list of things to do looks back: what was missed before is in the quality figures.
const BACK: i64 = 60;

/// A period of a theme that a supplier owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Code of the theme.
    pub theme: String,
    /// The period.
    pub period: Period,
    /// How it stands today.
    pub standing: Standing,
}

/// Facts that wait, and by when their source answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Code of the theme.
    pub theme: String,
    /// Code of the reason.
    pub reason: String,
    /// How many.
    pub facts: u64,
    /// The last day to answer for the oldest.
    pub until: Date,
}

/// What a supplier has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToDo {
    /// Periods that are due or were missed, by deadline.
    pub owed: Vec<Owed>,
    /// Submissions with rejected rows.
    pub unmended: Vec<Unmended>,
    /// Facts that wait.
    pub waits: Vec<Waits>,
}

/// Every period of a supplier whose deadline lies within some days, by deadline; of all themes that it
/// ever sent, or owes by the catalogue.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn owed(office: &Office, supplier: &str, from: Date, to: Date) -> Result<Vec<Owed>> {
    let rules = &office.catalog.supply.due;
    let first = office.store.supplier_themes(supplier).await?;
    // A report counts for a period at most a year before it came.
    let since = end_of_day(from.saturating_sub(1.year()));
    let sent = office.store.supplier_reports(supplier, since).await?;
    let today = office.today();
    let mut owed = Vec::new();
    let mut themes: Vec<&str> = rules.iter().map(|rule| rule.theme.as_str()).collect();
    themes.sort_unstable();
    themes.dedup();
    for theme in themes {
        let begun = first
            .iter()
            .find(|(code, _)| code == theme)
            .map(|(_, at)| date_of(*at));
        let named = |rule: &&due::DueRule| {
            rule.theme == theme && rule.suppliers.iter().any(|one| one == supplier)
        };
        let named = rules.iter().filter(named).map(|rule| rule.from).min();
        let Some(begun) = begun.into_iter().chain(named).min() else {
            continue;
        };
        let reports: Vec<Report> = sent
            .iter()
            .filter(|one| one.theme == theme)
            .map(|one| Report {
                stated_on: one.stated_on,
                received_on: date_of(one.received_at),
                nil: one.nil,
            })
            .collect();
        let periods = due::periods(rules, theme, &office.catalog.calendar, (from, to));
        for (place, period) in periods.iter().enumerate() {
            if period.to < begun || period.to >= today {
                continue;
            }
            let standing = due::standing(period, periods.get(place + 1), &reports, today);
            owed.push(Owed {
                theme: theme.to_owned(),
                period: *period,
                standing,
            });
        }
    }
    owed.sort_by(|one, other| (one.period.due, &one.theme).cmp(&(other.period.due, &other.theme)));
    Ok(owed)
}

/// The supplier's list of things to do: what is due or was missed, rejected rows, facts that wait.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn to_do(office: &Office, supplier: &str) -> Result<ToDo> {
    let today = office.today();
    let back = today.saturating_sub(BACK.days());
    let far = office.catalog.calendar.add_working_days(today, 40);
    let open = |one: &Owed| matches!(one.standing, Standing::Open | Standing::Missed);
    let mut owed = owed(office, supplier, back, far).await?;
    owed.retain(open);
    let since = Instant(end_of_day(back).0);
    let unmended = office.store.supplier_unmended(supplier, since).await?;
    let held = office.store.supplier_held(supplier).await?;
    let catalog = &office.catalog;
    let waits = held.into_iter().map(|sum| {
        let days = catalog
            .hold(&sum.reason)
            .map_or(0, |hold| hold.answer_within);
        Waits {
            until: catalog.calendar.add_working_days(date_of(sum.since), days),
            theme: sum.theme,
            reason: sum.reason,
            facts: sum.facts,
        }
    });
    Ok(ToDo {
        owed,
        unmended,
        waits: waits.collect(),
    })
}

/// How the periods of one theme stood whose deadlines lie within some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Reported in time, nil reports included.
    pub on_time: u64,
    /// Reported late.
    pub late: u64,
    /// Not reported.
    pub missed: u64,
}

/// How a supplier kept its deadlines, by theme, as far as they have passed.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn kept(
    office: &Office,
    supplier: &str,
    from: Date,
    to: Date,
) -> Result<Vec<(String, Kept)>> {
    let mut themes: Vec<(String, Kept)> = Vec::new();
    for one in owed(office, supplier, from, to).await? {
        let at = themes.iter().position(|(theme, _)| *theme == one.theme);
        let at = at.unwrap_or_else(|| {
            themes.push((one.theme.clone(), Kept::default()));
            themes.len() - 1
        });
        if let Some((_, kept)) = themes.get_mut(at) {
            match one.standing {
                Standing::OnTime => kept.on_time += 1,
                Standing::Late => kept.late += 1,
                Standing::Missed => kept.missed += 1,
                Standing::Open => {}
            }
        }
    }
    Ok(themes)
}
