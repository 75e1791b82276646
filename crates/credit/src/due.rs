//! What a supplier owes by when: periods of a theme, and the last day on which each is reported.
//!
//! Rules are dated data (`catalog/supply.toml`). A period that has ended is reported within so many
//! working days after its last day; the day itself is not counted (Civil Code 201).

use crate::calendar::Calendar;
use jiff::ToSpan;
use jiff::civil::Date;

/// Periods that are looked at one by one: two years of days.
const PERIODS: usize = 732;

/// How often a theme is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each working day.
    Day,
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
}

impl Every {
    /// Reads `day`, `month`, `quarter`, `year`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Every> {
        match code {
            "day" => Some(Every::Day),
            "month" => Some(Every::Month),
            "quarter" => Some(Every::Quarter),
            "year" => Some(Every::Year),
            _ => None,
        }
    }

    /// The period that holds a day.
    fn around(self, day: Date) -> (Date, Date) {
        let first = match self {
            Every::Day => return (day, day),
            Every::Month => day.first_of_month(),
            Every::Quarter => {
                let month = (day.month() - 1) / 3 * 3 + 1;
                Date::new(day.year(), month, 1).unwrap_or(day)
            }
            Every::Year => day.first_of_year(),
        };
        let months: i32 = match self {
            Every::Quarter => 2,
            Every::Year => 11,
            Every::Day | Every::Month => 0,
        };
        (first, first.saturating_add(months.months()).last_of_month())
    }
}

/// By when a theme is reported: a rule from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// The theme.
    pub theme: String,
    /// From the first period that begins on that day or later.
    pub from: Date,
    /// Until the rule that begins next.
    pub every: Every,
    /// Working days after the period's end.
    pub within: u16,
    /// Suppliers that owe it whether or not they ever sent it; others owe it once they have.
    pub suppliers: Vec<String>,
}

/// A period and its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The last day on which it is reported in time.
    pub due: Date,
}

/// A report as it counts: for which day it states, and when it came; or for which period there is
/// nothing to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The day it states.
    pub stated_on: Date,
    /// The day it came.
    pub received_on: Date,
    /// A nil report's period.
    pub nil: Option<(Date, Date)>,
}

/// How a period stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Reported by its day.
    OnTime,
    /// Reported after it.
    Late,
    /// Not reported, and its day has not passed.
    Open,
    /// Not reported, and its day has passed.
    Missed,
}

/// The rule of a theme on a day.
#[must_use]
pub fn rule<'r>(rules: &'r [DueRule], theme: &str, day: Date) -> Option<&'r DueRule> {
    let begun = rules
        .iter()
        .filter(|rule| rule.theme == theme && rule.from <= day);
    begun.max_by_key(|rule| rule.from)
}

/// The ended periods of a theme whose deadline lies within some days, oldest first; at most two years
/// of them.
#[must_use]
pub fn periods(
    rules: &[DueRule],
    theme: &str,
    calendar: &Calendar,
    due: (Date, Date),
) -> Vec<Period> {
    let mut found = Vec::new();
    let mut day = due.1;
    for _ in 0..PERIODS {
        let Some(rule) = rule(rules, theme, day) else {
            break;
        };
        let (from, to) = rule.every.around(day);
        let counts = rule.every != Every::Day || calendar.is_working_day(from);
        let period = Period {
            from,
            to,
            due: calendar.add_working_days(to, rule.within),
        };
        if period.due < due.0 {
            break;
        }
        if counts && from >= rule.from && period.due <= due.1 {
            found.push(period);
        }
        let Ok(before) = from.yesterday() else {
            break;
        };
        day = before;
    }
    found.reverse();
    found
}

/// How a period stands, given what came. A report counts for the period whose day it states, and for
/// the last period that had ended when it came; a nil report for its own period only.
#[must_use]
pub fn standing(
    period: &Period,
    next: Option<&Period>,
    reports: &[Report],
    today: Date,
) -> Standing {
    let counts = |report: &&Report| match report.nil {
        Some(nil) => nil == (period.from, period.to),
        None => {
            let stated = (period.from..=period.to).contains(&report.stated_on);
            let after = report.received_on > period.to;
            stated || (after && next.is_none_or(|next| report.received_on <= next.to))
        }
    };
    let first = reports
        .iter()
        .filter(counts)
        .map(|report| report.received_on)
        .min();
    match first {
        Some(day) if day <= period.due => Standing::OnTime,
        Some(_) => Standing::Late,
        None if today <= period.due => Standing::Open,
        None => Standing::Missed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rules(every: Every, within: u16) -> Vec<DueRule> {
        vec![DueRule {
            theme: "t".to_owned(),
            from: date(2026, 1, 1),
            every,
            within,
            suppliers: Vec::new(),
        }]
    }

    fn all(every: Every, from: Date, to: Date) -> Vec<Period> {
        periods(&rules(every, 5), "t", &Calendar::default(), (from, to))
    }

    #[test]
    fn months_quarters_and_years_end_on_their_last_day() {
        let of = |every, from, to| {
            let all = all(every, from, to);
            all.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>()
        };
        let (from, to) = (date(2026, 2, 1), date(2026, 4, 15));
        assert_eq!(
            of(Every::Month, from, to),
            [
                (date(2026, 1, 1), date(2026, 1, 31)),
                (date(2026, 2, 1), date(2026, 2, 28)),
                (date(2026, 3, 1), date(2026, 3, 31)),
            ]
        );
        assert_eq!(
            of(Every::Quarter, from, to),
            [(date(2026, 1, 1), date(2026, 3, 31))]
        );
        assert_eq!(of(Every::Year, from, to), []);
        let year = of(Every::Year, date(2027, 1, 1), date(2027, 2, 1));
        assert_eq!(year, [(date(2026, 1, 1), date(2026, 12, 31))]);
    }

    #[test]
    fn days_off_are_not_reported_and_deadlines_count_working_days() {
        let days = all(Every::Day, date(2026, 5, 11), date(2026, 5, 15));
        // Monday to Friday of the week before, each due five working days later.
        assert_eq!(days.len(), 5);
        assert!(days.iter().all(|one| one.from == one.to));
        assert_eq!(
            (days[0].from, days[0].due),
            (date(2026, 5, 4), date(2026, 5, 11))
        );
    }

    #[test]
    fn nothing_is_owed_before_the_first_rule_begins() {
        let all = all(Every::Month, date(2025, 1, 1), date(2026, 2, 28));
        assert_eq!(all.len(), 1, "{all:?}");
    }

    #[test]
    fn a_report_counts_for_its_day_or_for_the_period_that_ended_last() {
        let months = all(Every::Month, date(2026, 2, 1), date(2026, 4, 15));
        let [january, february, march] = months.as_slice() else {
            panic!("{months:?}")
        };
        let report = |stated_on, received_on| Report {
            stated_on,
            received_on,
            nil: None,
        };
        let today = date(2026, 4, 20);
        let stands = |period, next, reports: &[Report]| standing(period, next, reports, today);
        // Sent in early February and dated then: January's.
        let sent = [report(date(2026, 2, 3), date(2026, 2, 3))];
        assert_eq!(stands(january, Some(february), &sent), Standing::OnTime);
        assert_eq!(
            stands(february, Some(march), &sent),
            Standing::OnTime,
            "it states a day of it"
        );
        assert_eq!(stands(march, None, &sent), Standing::Missed);
        let late = [report(date(2026, 1, 31), date(2026, 3, 20))];
        assert_eq!(stands(january, Some(february), &late), Standing::Late);
        let nil = Report {
            nil: Some((january.from, january.to)),
            ..report(date(2026, 2, 4), date(2026, 2, 4))
        };
        assert_eq!(stands(january, Some(february), &[nil]), Standing::OnTime);
        assert_eq!(
            stands(february, Some(march), &[nil]),
            Standing::Missed,
            "of its period only"
        );
        assert_eq!(
            standing(march, None, &[], march.due),
            Standing::Open,
            "its last day is its own"
        );
    }
}
