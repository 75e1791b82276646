//! For the auditor: officers whose look-ups of a month stand out from those of their peers. Officers
//! are compared with officers; nothing here is counted over subjects.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::people::Action;
use jiff::civil::Date;
use store::OfficerLooks;

/// An officer in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The account's mark.
    pub officer: String,
    /// Code of the agency.
    pub agency: String,
    /// Looks under grants.
    pub looks: u64,
    /// Median of the peers' looks: of the agency's other officers who looked at all, or of all
    /// agencies' where the agency has too few; none where even those are too few.
    pub median: Option<u64>,
    /// How many peers that were.
    pub peers: usize,
    /// Whether the looks stand out, by the catalogue's figures of the month.
    pub stands_out: bool,
}

/// Officers of a month, the most looks first.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a month that is none.
pub async fn month(office: &Office, who: &Acting, month: Option<&str>) -> Result<Vec<Officer>> {
    if who.reach(Action::LookAudit).is_nothing() {
        return Err(Error::Forbidden);
    }
    let (month, first) = term(office, month)?;
    let last = first.last_of_month();
    let limits = office.catalog.look_limits(last);
    let rows = office.store.looks_of_officers(&month).await?;
    let least = usize::try_from(limits.stands_out_peers).unwrap_or(usize::MAX);
    let judged = rows.iter().enumerate().map(|(at, row)| {
        let (median, peers) = peers(&rows, at, least);
        let times = u64::from(limits.stands_out_times);
        let far = median.is_some_and(|median| row.looks >= median.saturating_mul(times));
        Officer {
            officer: row.officer.clone(),
            agency: row.agency.clone(),
            looks: row.looks,
            median,
            peers,
            stands_out: far && row.looks >= u64::from(limits.stands_out_looks),
        }
    });
    Ok(judged.collect())
}

/// A month as it is written, and its first day; this month where none is named.
///
/// # Errors
/// [`Error::Request`] for a month that is none.
pub(super) fn term(office: &Office, month: Option<&str>) -> Result<(String, Date)> {
    let today = office.today().to_string();
    let month = month.filter(|month| !month.is_empty());
    let month = month.unwrap_or(today.get(..7).unwrap_or_default());
    let first = format!("{month}-01").parse().map_err(|_| {
        Error::request(
            "月份请写成 2026-11 的形式。",
            "Write the month as 2026-11.",
            "Пишите месяц в виде 2026-11.",
        )
    })?;
    Ok((month.to_owned(), first))
}

/// The median of the peers' looks, and how many they are. Rows come with the most looks first.
fn peers(rows: &[OfficerLooks], own: usize, least: usize) -> (Option<u64>, usize) {
    let agency = rows.get(own).map(|row| row.agency.as_str());
    let others = |of_agency: bool| -> Vec<u64> {
        let others = rows.iter().enumerate().filter(|(at, _)| *at != own);
        let others = others.filter(|(_, row)| !of_agency || Some(row.agency.as_str()) == agency);
        others.map(|(_, row)| row.looks).collect()
    };
    let mut found = others(true);
    if found.len() < least {
        found = others(false);
    }
    let enough = found.len() >= least.max(1);
    let median = found.get(found.len() / 2).copied().filter(|_| enough);
    (median, found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(looks: &[(&str, u64)]) -> Vec<OfficerLooks> {
        let rows = looks.iter().enumerate();
        rows.map(|(at, (agency, looks))| OfficerLooks {
            officer: format!("account:{at}"),
            agency: (*agency).to_owned(),
            looks: *looks,
        })
        .collect()
    }

    #[test]
    fn an_officer_is_compared_with_others_and_never_with_themself() {
        let all = rows(&[
            ("a", 900),
            ("a", 30),
            ("b", 25),
            ("a", 20),
            ("a", 10),
            ("a", 8),
        ]);
        assert_eq!(
            peers(&all, 0, 4),
            (Some(10), 4),
            "30, 20, 10, 8: the lower middle"
        );
        assert_eq!(
            peers(&all, 2, 4),
            (Some(20), 5),
            "b has too few: all others"
        );
        assert_eq!(peers(&all, 0, 6), (None, 5), "too few everywhere");
        assert_eq!(peers(&rows(&[("a", 5)]), 0, 0), (None, 0));
    }
}
