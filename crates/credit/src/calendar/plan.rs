//! One year's notice: the file form and its checks.

use jiff::civil::Date;
use serde::Deserialize;

/// The State Council's notice for one year, as days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlan {
    /// The year that the notice is for; some of its days may lie in the year before or after.
    pub year: i16,
    /// Days off.
    pub holidays: Vec<Date>,
    /// Saturdays and Sundays that are worked.
    pub working: Vec<Date>,
    /// Addresses of the notices, corrections included.
    pub papers: Vec<String>,
}

/// Why a calendar file is refused.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not the form of a calendar file.
    #[error("not a calendar file: {0}")]
    Form(#[from] toml::de::Error),
    /// A text is no day.
    #[error("{0} is no day; write YYYY-MM-DD")]
    Day(String),
    /// A day stands twice, perhaps once as holiday and once as working day.
    #[error("{0} is listed twice")]
    Twice(Date),
    /// A day is more than a month outside its year.
    #[error("{0} does not belong to the notice of this year")]
    OutOfYear(Date),
    /// A working day is listed that is a weekday anyway.
    #[error("{0} is a weekday and is worked anyway")]
    NotMoved(Date),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i16,
    papers: Vec<String>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    #[serde(rename = "name")]
    _name: String,
    off: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
}

impl YearPlan {
    pub(super) fn parse(toml: &str) -> Result<YearPlan, CalendarError> {
        let file: File = toml::from_str(toml)?;
        let File {
            year,
            mut papers,
            source,
            holiday,
        } = file;
        if papers.is_empty() && !source.is_empty() {
            papers.push(source);
        }
        let mut plan = YearPlan {
            year,
            holidays: Vec::new(),
            working: Vec::new(),
            papers,
        };
        for holiday in &holiday {
            for text in &holiday.off {
                plan.holidays.push(day(text, year)?);
            }
            for text in &holiday.work {
                let day = day(text, year)?;
                if super::is_weekday(day) {
                    return Err(CalendarError::NotMoved(day));
                }
                plan.working.push(day);
            }
        }
        let mut all: Vec<Date> = [plan.holidays.as_slice(), &plan.working].concat();
        all.sort_unstable();
        match all.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(CalendarError::Twice(pair[0])),
            None => Ok(plan),
        }
    }
}

fn day(text: &str, year: i16) -> Result<Date, CalendarError> {
    let day: Date = text
        .parse()
        .map_err(|_| CalendarError::Day(text.to_owned()))?;
    let near = day.year() == year
        || (day.year() == year - 1 && day.month() == 12)
        || (day.year() == year + 1 && day.month() == 1);
    near.then_some(day).ok_or(CalendarError::OutOfYear(day))
}
