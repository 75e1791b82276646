//! Working days with the State Council's make-up days.
//!
//! The notice of a year moves days both ways: weekdays become holidays and Saturdays or Sundays
//! become working days. Both are data (`catalog/calendars/`), one file a year. A day of a year
//! whose notice is not loaded follows the week alone; [`Calendar::covers`] says so.

mod plan;

pub use plan::{CalendarError, YearPlan};

use crate::clock::{Span, end_of};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Working-day calendars of all loaded years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days that differ from the rule of the week, ascending, with whether they are worked.
    moved: Vec<(Date, bool)>,
    /// Years whose notice is loaded, ascending.
    years: Vec<i16>,
}

impl Calendar {
    /// A calendar of some years. Where two notices speak of one day (a holiday across New Year),
    /// the plan of the later year wins: it was published later.
    #[must_use]
    pub fn from_years(mut plans: Vec<YearPlan>) -> Calendar {
        plans.sort_by_key(|plan| plan.year);
        let mut moved = std::collections::BTreeMap::new();
        let mut years = Vec::with_capacity(plans.len());
        for plan in &plans {
            years.push(plan.year);
            moved.extend(plan.holidays.iter().map(|day| (*day, false)));
            moved.extend(plan.working.iter().map(|day| (*day, true)));
        }
        years.dedup();
        Calendar {
            moved: moved.into_iter().collect(),
            years,
        }
    }

    /// Reads one year's file of `catalog/calendars/`.
    ///
    /// # Errors
    /// When the file is no TOML of this form, a day is listed twice, or a day changes nothing.
    pub fn parse_year(toml: &str) -> Result<YearPlan, CalendarError> {
        YearPlan::parse(toml)
    }

    /// Whether the year's notice is loaded. Deadlines in other years are provisional.
    #[must_use]
    pub fn covers(&self, year: i16) -> bool {
        self.years.binary_search(&year).is_ok()
    }

    /// Whether offices work on a day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        match self.moved.binary_search_by_key(&day, |(moved, _)| *moved) {
            Ok(at) => self.moved.get(at).is_some_and(|(_, working)| *working),
            Err(_) => is_weekday(day),
        }
    }

    /// The last day of a period of working days. The day on which it begins is not counted (Civil
    /// Code 201), so 0 gives the day itself. Saturates at the end of the calendar, in 9999.
    #[must_use]
    pub fn add_working_days(&self, start: Date, days: u16) -> Date {
        let mut day = start;
        let mut left = days;
        while left > 0 {
            let Ok(next) = day.tomorrow() else {
                return day;
            };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `start` up to and including `end`; 0 if `end` is not later.
    /// `working_days_between(d, add_working_days(d, n)) == n`.
    #[must_use]
    pub fn working_days_between(&self, start: Date, end: Date) -> u32 {
        if end <= start {
            return 0;
        }
        // Whole weeks by arithmetic, the rest day by day, then the moved days within.
        let total = start.until(end).map_or(0, |span| span.get_days());
        let weeks = u32::try_from(total / 7).unwrap_or_default();
        let mut day = start;
        let mut count = weeks * 5;
        for _ in 0..total % 7 {
            day = day.tomorrow().unwrap_or(day);
            count += u32::from(is_weekday(day));
        }
        let from = self.moved.partition_point(|(moved, _)| *moved <= start);
        let to = self.moved.partition_point(|(moved, _)| *moved <= end);
        for (moved, working) in self.moved.get(from..to).unwrap_or_default() {
            match (is_weekday(*moved), working) {
                (true, false) => count -= 1,
                (false, true) => count += 1,
                _ => {}
            }
        }
        count
    }

    /// The first working day on or after a day.
    #[must_use]
    pub fn working_day_from(&self, day: Date) -> Date {
        if self.is_working_day(day) {
            day
        } else {
            self.add_working_days(day, 1)
        }
    }

    /// The last day on which someone may act within a period: a last day that is a holiday moves
    /// to the next working day (Civil Code 203). For periods to act in, not for publicity terms,
    /// which it would lengthen against their subject: those end at [`end_of`].
    #[must_use]
    pub fn deadline(&self, start: Date, span: Span) -> Date {
        self.working_day_from(end_of(start, span))
    }

    /// The day some working days before a day: when to warn of a deadline.
    #[must_use]
    pub fn working_days_before(&self, day: Date, days: u16) -> Date {
        let mut day = day;
        let mut left = days;
        while left > 0 {
            let Ok(earlier) = day.checked_sub(1.day()) else {
                return day;
            };
            day = earlier;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }
}

fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
