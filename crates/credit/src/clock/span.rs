//! Ends of periods by the Civil Code, articles 200–203.

use super::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// The last day of a period. The day it begins is not counted (Civil Code 201); months and years
/// end on the corresponding day or, where the month has none, on its last day (202). Saturates at
/// the end of the calendar. A last day that is a holiday stays: see `Calendar::deadline` for 203.
#[must_use]
pub fn end_of(start: Date, span: Span) -> Date {
    let span = match span {
        Span::Days(days) => i32::from(days).days(),
        Span::Months(months) => i32::from(months).months(),
        Span::Years(years) => years_of(years),
    };
    start.checked_add(span).unwrap_or(Date::MAX)
}

/// A span of years; jiff refuses more than 19,998, which is past every calendar anyway.
fn years_of(years: u16) -> jiff::Span {
    i32::from(years.min(9_999)).years()
}
