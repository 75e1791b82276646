//! A report stays bounded however much there is, and says what it leaves out.

use crate::sample::{Outcome, penalty, public, report, section, today};
use credit::limits::{REPORT_SECTION_CHARS, REPORT_SECTION_ENTRIES};
use jiff::ToSpan;
use jiff::civil::date;

#[test]
fn of_ten_thousand_entries_the_most_recent_are_printed_and_the_rest_is_told() -> Outcome {
    let first = date(2026, 1, 1);
    let records = (0..10_000_u16)
        .map(|n| penalty(n + 2, first.saturating_add((i64::from(n) % 300).days())))
        .collect();
    let made = report(&public(records, today())?);
    let printed = section(&made, "administrative");
    assert_eq!(printed.len(), REPORT_SECTION_ENTRIES);
    let view = &made.sections[1];
    assert_eq!(view.found, 10_000);
    let note = view.note.as_deref().unwrap_or_default();
    for part in ["10000", "200", "9800"] {
        assert!(note.contains(part), "{part} in {note}");
    }
    let oldest = printed.iter().filter_map(|item| item.document.dated).min();
    assert!(
        oldest >= Some(first.saturating_add(293.days())),
        "{oldest:?}"
    );
    assert!(views::report::json(&made).len() < 1_000_000);
    Ok(())
}

#[test]
fn long_texts_bound_a_section_too_but_never_to_nothing() -> Outcome {
    let long = "长".repeat(REPORT_SECTION_CHARS / 4);
    let records = (2..20_u16)
        .map(|n| {
            let mut fact = penalty(n, date(2026, 6, 1));
            fact.versions[0].values.retain(|(code, _)| code != "NR");
            fact.versions[0]
                .values
                .push(("JG".to_owned(), long.clone()));
            fact
        })
        .collect();
    let made = report(&public(records, today())?);
    let printed = section(&made, "administrative").len();
    assert!((1..=5).contains(&printed), "{printed}");
    assert!(made.sections[1].note.is_some());
    Ok(())
}
