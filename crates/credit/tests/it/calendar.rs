//! Working days on the shipped notices: known days, the law's counting, and agreement with the
//! source that the files were made from.

use credit::calendar::{Calendar, CalendarError};
use credit::clock::{Span, end_of};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
    let folder = testkit::data::workspace().join("catalog/calendars");
    let plans = testkit::data::files(&folder).into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        Calendar::parse_year(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    });
    Calendar::from_years(plans.collect())
});

#[test]
fn spring_festival_2024_works_two_sundays() {
    assert!(SHIPPED.is_working_day(date(2024, 2, 4)));
    assert!(SHIPPED.is_working_day(date(2024, 2, 18)));
    for day in 10..=17 {
        assert!(
            !SHIPPED.is_working_day(date(2024, 2, day)),
            "February {day}"
        );
    }
    // Friday 9 February was no holiday by the notice.
    assert!(SHIPPED.is_working_day(date(2024, 2, 9)));
}

#[test]
fn seven_working_days_over_spring_festival() {
    // Decided on Friday 2 February: 4, 5–9, then 18 February is the seventh.
    let due = SHIPPED.add_working_days(date(2024, 2, 2), 7);
    assert_eq!(due, date(2024, 2, 18));
    assert_eq!(SHIPPED.working_days_between(date(2024, 2, 2), due), 7);
    assert_eq!(
        SHIPPED.add_working_days(date(2024, 2, 2), 0),
        date(2024, 2, 2)
    );
}

#[test]
fn years_without_a_notice_follow_the_week_and_say_so() {
    for year in 2007..=2026 {
        assert!(SHIPPED.covers(year), "{year}");
    }
    assert!(!SHIPPED.covers(2027) && !SHIPPED.covers(2006));
    assert!(SHIPPED.is_working_day(date(2031, 5, 1)));
    assert!(!SHIPPED.is_working_day(date(2031, 5, 3)));
    assert!(Calendar::default().is_working_day(date(2024, 2, 12)));
}

#[test]
fn a_deadline_on_a_holiday_moves_and_publicity_does_not() {
    // Three months from 3 July 2024 end on 3 October, within the National Day holiday.
    let span = Span::Months(3);
    assert_eq!(end_of(date(2024, 7, 3), span), date(2024, 10, 3));
    assert_eq!(SHIPPED.deadline(date(2024, 7, 3), span), date(2024, 10, 8));
}

#[test]
fn months_end_on_the_corresponding_day_or_the_last() {
    let cases = [
        (date(2024, 1, 31), Span::Months(1), date(2024, 2, 29)),
        (date(2023, 1, 31), Span::Months(1), date(2023, 2, 28)),
        (date(2023, 11, 30), Span::Months(3), date(2024, 2, 29)),
        (date(2024, 2, 29), Span::Years(1), date(2025, 2, 28)),
        (date(2024, 2, 29), Span::Years(4), date(2028, 2, 29)),
        (date(2024, 3, 15), Span::Months(12), date(2025, 3, 15)),
        (date(2024, 12, 31), Span::Days(1), date(2025, 1, 1)),
        (date(2024, 3, 1), Span::Days(0), date(2024, 3, 1)),
        (date(9999, 12, 1), Span::Years(u16::MAX), Date::MAX),
    ];
    for (start, span, end) in cases {
        assert_eq!(end_of(start, span), end, "{start} {span:?}");
    }
}

#[test]
fn a_day_of_two_notices_follows_the_later() {
    let one = Calendar::parse_year(
        "year = 2020\npapers = []\n[[holiday]]\nname = 'a'\noff = ['2021-01-01']\n",
    );
    let two = Calendar::parse_year(
        "year = 2021\npapers = []\n[[holiday]]\nname = 'b'\noff = ['2021-01-04']\nwork = ['2021-01-02']\n",
    );
    let plans = vec![two.unwrap(), one.unwrap()];
    let calendar = Calendar::from_years(plans);
    assert!(!calendar.is_working_day(date(2021, 1, 1)));
    assert!(calendar.is_working_day(date(2021, 1, 2)));
    assert!(!calendar.is_working_day(date(2021, 1, 4)));
}

#[test]
fn wrong_files_are_refused() {
    let holiday =
        |days: &str| format!("year = 2024\npapers = []\n[[holiday]]\nname = 'x'\n{days}\n");
    let refused = |days: &str| Calendar::parse_year(&holiday(days)).unwrap_err();
    assert!(matches!(
        refused("off = ['2024-13-01']"),
        CalendarError::Day(_)
    ));
    assert!(matches!(
        refused("off = ['2024-05-01', '2024-05-01']"),
        CalendarError::Twice(_)
    ));
    assert!(matches!(
        refused("off = ['2024-05-04']\nwork = ['2024-05-04']"),
        CalendarError::Twice(_)
    ));
    assert!(matches!(
        refused("off = ['2019-05-01']"),
        CalendarError::OutOfYear(_)
    ));
    assert!(matches!(
        refused("off = []\nwork = ['2024-05-06']"),
        CalendarError::NotMoved(_)
    ));
    assert!(matches!(refused("of = []"), CalendarError::Form(_)));
    assert!(matches!(
        Calendar::parse_year("").unwrap_err(),
        CalendarError::Form(_)
    ));
}

#[test]
fn agrees_with_the_source_day_by_day() {
    let Some(folder) = testkit::data::shared("cn_holidays") else {
        return;
    };
    let mut moved = std::collections::BTreeMap::new();
    for path in testkit::data::files(&folder)
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let year: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for day in year["days"].as_array().unwrap() {
            let on: Date = day["date"].as_str().unwrap().parse().unwrap();
            moved.insert(on, !day["isOffDay"].as_bool().unwrap());
        }
    }
    let mut day = date(2007, 1, 1);
    let mut working = 0;
    while day <= date(2027, 12, 31) {
        let week = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let expected = moved.get(&day).copied().unwrap_or(week);
        assert_eq!(SHIPPED.is_working_day(day), expected, "{day}");
        working += u32::from(expected);
        day = day.tomorrow().unwrap();
    }
    assert_eq!(
        SHIPPED.working_days_between(date(2006, 12, 31), date(2027, 12, 31)),
        working
    );
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..9_000).prop_map(|days| date(2005, 1, 1).checked_add(days.days()).unwrap())
}

proptest! {
    #[test]
    fn counting_and_adding_are_inverse(start in any_day(), days in 0_u16..400) {
        let end = SHIPPED.add_working_days(start, days);
        prop_assert_eq!(SHIPPED.working_days_between(start, end), u32::from(days));
        prop_assert!(days == 0 || SHIPPED.is_working_day(end));
    }

    #[test]
    fn counting_agrees_with_looking_at_each_day(start in any_day(), length in 0_i32..900) {
        let end = start.checked_add(length.days()).unwrap();
        let each = (1..=length).filter(|days| SHIPPED.is_working_day(start.checked_add(days.days()).unwrap()));
        prop_assert_eq!(SHIPPED.working_days_between(start, end), each.count() as u32);
        prop_assert_eq!(SHIPPED.working_days_between(end, start), 0);
    }

    #[test]
    fn later_starts_never_end_earlier(start in any_day(), days in 0_u16..60) {
        let later = start.tomorrow().unwrap();
        prop_assert!(SHIPPED.add_working_days(start, days) <= SHIPPED.add_working_days(later, days));
    }

    #[test]
    fn going_back_and_forth_returns(start in any_day(), days in 1_u16..60) {
        let end = SHIPPED.add_working_days(start, days);
        let back = SHIPPED.working_days_before(end, days);
        prop_assert!(back == start || !SHIPPED.is_working_day(start));
    }

    #[test]
    fn longer_spans_end_later(start in any_day(), months in 0_u16..120) {
        prop_assert!(end_of(start, Span::Months(months)) < end_of(start, Span::Months(months + 1)));
        prop_assert_eq!(end_of(start, Span::Months(12)), end_of(start, Span::Years(1)));
    }
}
