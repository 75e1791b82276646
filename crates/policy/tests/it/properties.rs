//! Whatever is on file and whatever day is asked for: the public sees what may be seen, no more
//! and no less, told apart by a second, plain statement of the rules.

use crate::make::{
    CANARY, HIDDEN, INNER, PENALTY, PERMIT, all_texts, open_own, open_public, record,
};
use credit::clock::Severity;
use credit::record::{AsOf, Change, DocumentClock, Instant, Record, Version};
use credit::subject::{DocumentId, SubmissionId};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use policy::Mismatch;
use proptest::prelude::*;

fn day() -> impl Strategy<Value = Date> {
    (0..2_200_i32).prop_map(|days| date(2022, 1, 1).saturating_add(days.days()))
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![6 => Just(Change::Stated), 1 => Just(Change::Removed), 1 => Just(Change::Recalled),
        1 => Just(Change::Moved)]
}

fn severity() -> impl Strategy<Value = Option<Severity>> {
    prop_oneof![
        4 => Just(Some(Severity::Ordinary)),
        2 => Just(Some(Severity::Serious)),
        1 => Just(Some(Severity::Minor)),
        1 => Just(None),
    ]
}

/// A value for every item: the canary in each that must stay inside.
fn values(number: u32, end: Option<Date>) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = HIDDEN
        .iter()
        .map(|code| ((*code).to_owned(), CANARY.to_owned()))
        .collect();
    values.push(("CLOSED_LATER".to_owned(), format!("{CANARY}二")));
    values.push(("NUMBER".to_owned(), format!("{number}号")));
    values.extend(end.map(|end| ("END".to_owned(), end.to_string())));
    values
}

fn version() -> impl Strategy<Value = Version> {
    (
        (
            day(),
            change(),
            severity(),
            prop::option::weighted(0.9, day()),
        ),
        (
            prop::option::weighted(0.2, day()),
            prop::bool::weighted(0.1),
            any::<bool>(),
        ),
    )
        .prop_map(
            |((stated_on, change, severity, document), (end, held, is_new))| Version {
                seq: 0,
                known_at: Instant(0),
                stated_on,
                change,
                values: match change {
                    Change::Stated => values(0, end),
                    Change::Removed | Change::Recalled | Change::Moved => Vec::new(),
                },
                document: document.map(|started_on| DocumentClock {
                    id: DocumentId([1; 16]),
                    started_on,
                }),
                severity,
                theme_version: if is_new { "2" } else { "1" }.to_owned(),
                submission: SubmissionId([0; 16]),
                late: false,
                held: held.then(|| "not-final".to_owned()),
            },
        )
}

fn any_record() -> impl Strategy<Value = Record> {
    let theme = prop::sample::select(vec![PENALTY, PENALTY, PENALTY, PERMIT, INNER]);
    (any::<u8>(), theme, prop::collection::vec(version(), 1..5)).prop_map(|(n, theme, versions)| {
        let numbered = versions
            .into_iter()
            .zip(1_u32..)
            .map(|(version, seq)| Version {
                seq,
                known_at: Instant(i64::from(seq) * 10),
                theme_version: if theme == PENALTY {
                    version.theme_version
                } else {
                    "1".to_owned()
                },
                ..version
            });
        record(n, theme, numbered.collect())
    })
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(any_record(), 0..6).prop_map(|mut records| {
        records.sort_by_key(|record| record.id);
        records.dedup_by_key(|record| record.id);
        records
    })
}

fn as_of() -> impl Strategy<Value = AsOf> {
    (0..60_i64, day(), day()).prop_map(|(known, on, today)| AsOf {
        known: Instant(known),
        on,
        today,
    })
}

/// The rules once more, in the order in which a reader of the law would ask them.
fn may_be_seen(record: &Record, at: AsOf) -> bool {
    let in_force = |known: i64| {
        let of_then = record.versions.iter().filter(|v| v.known_at.0 <= known);
        of_then.max_by_key(|v| (v.stated_on, v.seq))
    };
    let stands = |v: &Version| v.change == Change::Stated && v.held.is_none();
    let (Some(head), Some(then)) = (in_force(i64::MAX), in_force(at.known.0)) else {
        return false;
    };
    if record.theme == INNER || !stands(head) || !stands(then) {
        return false;
    }
    // What was sent in error, and is not what is said now, is shown for no past day either.
    let next = record.versions.iter().filter(|v| v.seq == then.seq + 1);
    let taken_back = next.into_iter().any(|v| v.change == Change::Recalled);
    if taken_back && then.values != head.values {
        return false;
    }
    let stated_end = head.values.iter().find(|(code, _)| code == "END");
    let stated_end = stated_end.and_then(|(_, end)| end.parse::<Date>().ok());
    if stated_end.is_some_and(|end| end < at.today) {
        return false;
    }
    if record.theme == PERMIT {
        return true;
    }
    let years = match head.severity {
        Some(Severity::Ordinary) => 1,
        Some(Severity::Serious) => 3,
        Some(Severity::Minor) | None => return false,
    };
    let start = head.document.map(|document| document.started_on);
    start.is_some_and(|start| at.today <= start.saturating_add(years.years()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_public_sees_what_may_be_seen_and_nothing_else(records in any_records(), at in as_of()) {
        let expected: Vec<_> = {
            let mut seen: Vec<_> = records.iter().filter(|record| may_be_seen(record, at)).collect();
            seen.sort_by(|a, b| (&a.theme, a.id).cmp(&(&b.theme, b.id)));
            seen.iter().map(|record| record.id).collect()
        };
        // Where nothing is public today, the subject itself is unknown.
        let now = AsOf { known: Instant(i64::MAX), ..at };
        let is_known = records.iter().any(|record| may_be_seen(record, now));
        let found = match open_public(records, at) {
            Ok(dossier) => Some(dossier.entries().iter().map(|entry| entry.record).collect()),
            Err(Mismatch::NotPublic) => None,
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        prop_assert_eq!(found, is_known.then_some(expected));
    }

    #[test]
    fn no_public_dossier_holds_a_guarded_value(records in any_records(), at in as_of()) {
        let at = AsOf { today: at.today.max(date(2026, 1, 1)), ..at };
        // In the permit theme the item is open in every edition.
        let records: Vec<Record> =
            records.into_iter().filter(|record| record.theme != PERMIT).collect();
        let Ok(dossier) = open_public(records, at) else { return Ok(()) };
        for text in all_texts(&dossier) {
            prop_assert!(!text.contains(CANARY), "{}", text);
            prop_assert!(!text.contains("11010519491231002X"), "{}", text);
        }
    }

    /// Its own file leaves no fact out that was known, and shows no number of a person.
    #[test]
    fn the_own_file_is_whole(records in any_records(), at in as_of()) {
        let is_known = |record: &&Record| record.versions.iter().any(|v| v.known_at <= at.known);
        let known = records.iter().filter(is_known).count();
        let dossier = open_own(records, at).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(dossier.entries().len(), known);
        for entry in dossier.entries() {
            let shown = entry.values.iter().chain(entry.history.iter().flat_map(|p| &p.values));
            for (item, _) in shown {
                let code = &entry.theme.items[*item].code;
                prop_assert!(code != "PERSON_ID" && code != "ODD_ID", "{}", code);
            }
            prop_assert!(entry.values.is_sorted_by_key(|(item, _)| *item));
        }
        prop_assert!(!all_texts(&dossier).concat().contains("11010519491231002X"));
    }

    /// Ten years on no negative fact is left, whatever was stated, moved or corrected (rights 9).
    #[test]
    fn every_negative_fact_ends(records in any_records(), at in as_of()) {
        let later = AsOf { today: at.today.saturating_add(10.years()), ..at };
        let Ok(dossier) = open_public(records, later) else { return Ok(()) };
        prop_assert!(dossier.entries().iter().all(|entry| !entry.theme.is_negative()));
    }
}
