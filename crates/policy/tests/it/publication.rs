//! What may be seen is decided today, on the version in force now; what it said, as known then.

use crate::make::{
    INNER, PENALTY, PERMIT, PROMISE, TODAY, catalog, facts, now, open_own, open_public, own_permit,
    record, sealed, subject_id, value, version,
};
use credit::catalog::Catalog;
use credit::clock::{Ended, Severity, Span};
use credit::record::{AsOf, Change, DocumentClock, Instant, Version};
use credit::subject::{DocumentId, SubjectKind};
use jiff::civil::{Date, date};
use policy::{Dossier, Mismatch, Permit, Publication, Shown, Status};
use std::sync::Arc;

fn document(day: Date) -> Option<DocumentClock> {
    Some(DocumentClock {
        id: DocumentId([1; 16]),
        started_on: day,
    })
}

fn penalty(change: impl FnOnce(&mut Version)) -> Vec<Version> {
    let mut version = version(1, &[("NUMBER", "甲罚〔2026〕1号")]);
    change(&mut version);
    vec![version]
}

fn public(versions: Vec<Version>, at: AsOf) -> usize {
    match open_public(vec![record(1, PENALTY, versions)], at) {
        Ok(dossier) => dossier.entries().len(),
        Err(Mismatch::NotPublic) => 0,
        Err(_) => 99,
    }
}

/// What its subject is told about the publication of the only fact.
fn told(versions: Vec<Version>) -> Option<Publication> {
    let dossier = open_own(vec![record(1, PENALTY, versions)], now()).ok()?;
    dossier
        .entries()
        .first()
        .map(|entry| entry.publication.clone())
}

#[test]
fn one_case_a_row() {
    use Publication::{Held, Moved, Public};
    let until = |day| Public { until: Some(day) };
    let cases: Vec<(Vec<Version>, Publication)> = vec![
        (penalty(|_| {}), until(date(2027, 3, 1))),
        (
            penalty(|v| v.severity = Some(Severity::Serious)),
            until(date(2029, 3, 1)),
        ),
        (
            penalty(|v| v.severity = Some(Severity::Minor)),
            Publication::Ended(Ended::MinorNotPublished),
        ),
        (
            penalty(|v| v.severity = None),
            Publication::Ended(Ended::SeverityUnknown),
        ),
        (
            penalty(|v| v.document = None),
            Publication::Ended(Ended::Undated),
        ),
        (
            penalty(|v| v.document = document(date(2025, 5, 31))),
            Publication::Ended(Ended::PublicityEnd),
        ),
        (
            penalty(|v| v.document = document(date(2025, 6, 1))),
            until(TODAY),
        ),
        (
            penalty(|v| v.change = Change::Removed),
            Publication::Ended(Ended::Removed),
        ),
        (penalty(|v| v.change = Change::Moved), Moved),
        (
            penalty(|v| v.held = Some("not-final".to_owned())),
            Held("not-final".to_owned()),
        ),
        (
            penalty(|v| v.values.push(("END".to_owned(), "2026-05-31".to_owned()))),
            Publication::Ended(Ended::PublicityEnd),
        ),
        (
            // The supplier may shorten, never lengthen.
            penalty(|v| v.values.push(("END".to_owned(), "2030-01-01".to_owned()))),
            until(date(2027, 3, 1)),
        ),
    ];
    for (versions, expected) in cases {
        let is_public = matches!(expected, Public { .. });
        assert_eq!(
            public(versions.clone(), now()),
            usize::from(is_public),
            "{expected:?}"
        );
        assert_eq!(told(versions), Some(expected));
    }
}

/// The edition under which a fact was taken in, and that of today: whichever way the law went, publicity ends
/// by the one that ends it sooner.
#[test]
fn r40_a_later_rule_ends_publicity_sooner_and_never_later() -> Result<(), Mismatch> {
    for (then, today, expected) in [(1, 3, 1), (3, 1, 1), (2, 2, 2), (3, 2, 2), (2, 3, 2)] {
        let mut catalog = catalog();
        for theme in catalog.themes.iter_mut().filter(|one| one.code == PENALTY) {
            let theme = Arc::get_mut(theme).expect("its only holder");
            let years = if theme.version == "1" { then } else { today };
            let table = theme.severity.as_mut().expect("a table");
            for row in &mut table.publicity {
                row.max = Span::Years(years);
            }
        }
        let versions = penalty(|one| one.theme_version = "1".to_owned());
        let records = vec![record(1, PENALTY, versions)];
        let permit = own_permit(1).map_err(|_| Mismatch::Permit)?;
        let sealed = sealed(&permit, facts(SubjectKind::Enterprise, records));
        let own = permit.open(sealed, &catalog, now())?;
        let until = Some(date(2026 + expected, 3, 1));
        let told = &own.entries()[0].publication;
        assert_eq!(
            told,
            &Publication::Public { until },
            "{then} then, {today} today"
        );
    }
    Ok(())
}

#[test]
fn a_theme_that_is_not_public_is_only_in_the_own_file() -> Result<(), Mismatch> {
    let records = vec![record(1, INNER, vec![version(1, &[("NAME", "甲")])])];
    let seen = open_public(records.clone(), now());
    assert_eq!(seen.err(), Some(Mismatch::NotPublic));
    let own = open_own(records, now())?;
    assert_eq!(own.entries()[0].publication, Publication::NotPublished);
    assert_eq!(own.entries()[0].public_until, None);
    Ok(())
}

/// A row that says who sees it is believed in both its versions: that in force and that shown.
#[test]
fn a_row_may_close_itself() -> Result<(), Mismatch> {
    let says = |seq, word| version(seq, &[("REMARK", word)]);
    let seen = |versions: &[Version], known| -> Result<usize, Mismatch> {
        let at = AsOf {
            known: Instant(known),
            ..now()
        };
        // Another fact keeps the subject in view.
        let other = record(2, PERMIT, vec![version(3, &[])]);
        let records = vec![record(1, PROMISE, versions.to_vec()), other];
        Ok(open_public(records, at)?.entries().len())
    };
    let opened = [says(1, "政务"), says(2, "公开")];
    assert_eq!((seen(&opened, 1)?, seen(&opened, 2)?), (0, 1));
    let closed = [says(1, "公开"), says(2, "政务")];
    assert_eq!((seen(&closed, 1)?, seen(&closed, 2)?), (0, 0));
    let own = open_own(vec![record(1, PROMISE, closed.to_vec())], now())?;
    assert_eq!(own.entries()[0].publication, Publication::NotPublished);
    Ok(())
}

/// The fingerprint follows what the dossier says and not when it was opened.
#[test]
fn a_fingerprint_changes_with_what_is_said() -> Result<(), Mismatch> {
    let print = |versions: Vec<Version>, at: AsOf| -> Result<String, Mismatch> {
        let other = record(2, PERMIT, vec![version(1, &[])]);
        Ok(open_public(vec![record(1, PENALTY, versions), other], at)?.fingerprint())
    };
    let one = print(penalty(|_| {}), now())?;
    let known = AsOf {
        known: Instant(5),
        ..now()
    };
    assert_eq!(print(penalty(|_| {}), known)?, one);
    assert_ne!(print(vec![version(1, &[]), version(2, &[])], now())?, one);
    assert_ne!(
        print(penalty(|v| v.document = document(date(2026, 2, 1))), now())?,
        one
    );
    assert_ne!(print(penalty(|v| v.change = Change::Removed), now())?, one);
    assert_ne!(
        open_own(vec![record(1, PENALTY, penalty(|_| {}))], now())?.fingerprint(),
        one
    );
    Ok(())
}

/// Removed today: gone from every past day, too (rights 11).
#[test]
fn no_past_day_brings_back_what_has_ended() {
    let mut versions = penalty(|_| {});
    let before = AsOf {
        known: Instant(1),
        on: date(2026, 3, 2),
        today: TODAY,
    };
    assert_eq!(public(versions.clone(), before), 1);
    let removal = Version {
        change: Change::Removed,
        values: Vec::new(),
        ..versions[0].clone()
    };
    versions.push(Version {
        seq: 2,
        known_at: Instant(2),
        ..removal
    });
    assert_eq!(public(versions, before), 0);
}

/// Listed, removed, listed again: on a day in between it was not there.
#[test]
fn a_past_day_shows_no_more_than_was_known() {
    let mut versions = penalty(|_| {});
    let (listed, day) = (versions[0].clone(), |d| date(2026, 3, d));
    versions.push(Version {
        seq: 2,
        known_at: Instant(2),
        stated_on: day(2),
        change: Change::Removed,
        values: Vec::new(),
        ..listed.clone()
    });
    versions.push(Version {
        seq: 3,
        known_at: Instant(3),
        stated_on: day(3),
        ..listed
    });
    let at = |known| AsOf {
        known: Instant(known),
        ..now()
    };
    let seen: Vec<usize> = (0..5)
        .map(|known| public(versions.clone(), at(known)))
        .collect();
    assert_eq!(seen, [0, 1, 0, 1, 1]);
}

#[test]
fn a_past_day_shows_what_was_said_then() -> Result<(), Mismatch> {
    let versions = vec![
        version(1, &[("REMARK", "旧")]),
        version(2, &[("REMARK", "新")]),
    ];
    let at = |known| AsOf {
        known: Instant(known),
        ..now()
    };
    let told = |known| -> Result<Option<Shown>, Mismatch> {
        let dossier = open_public(vec![record(1, PENALTY, versions.clone())], at(known))?;
        Ok(value(&dossier, "REMARK"))
    };
    assert_eq!(told(1)?, Some(Shown::Plain("旧".to_owned())));
    assert_eq!(told(2)?, Some(Shown::Plain("新".to_owned())));
    Ok(())
}

/// A version that waited when it was known is not shown for that day, though it was settled since.
#[test]
fn what_waited_then_is_not_shown_for_then() {
    let mut versions = penalty(|v| v.held = Some("severity-unknown".to_owned()));
    versions.push(version(2, &[("NUMBER", "1")]));
    let at = |known| AsOf {
        known: Instant(known),
        ..now()
    };
    assert_eq!(public(versions.clone(), at(1)), 0);
    assert_eq!(public(versions.clone(), at(2)), 1);
    // And what waits now is not shown for a day on which it did not.
    versions.push(Version {
        held: Some("text-doubtful".to_owned()),
        ..version(3, &[])
    });
    assert_eq!(public(versions, at(2)), 0);
}

/// A late statement for an older day restarts nothing and displaces nothing.
#[test]
fn the_day_stated_decides_before_the_day_known() -> Result<(), Mismatch> {
    let newer = version(1, &[("REMARK", "新")]);
    let older = Version {
        stated_on: date(2026, 2, 1),
        ..version(2, &[("REMARK", "旧")])
    };
    let dossier = open_public(vec![record(1, PENALTY, vec![newer, older])], now())?;
    assert_eq!(
        value(&dossier, "REMARK"),
        Some(Shown::Plain("新".to_owned()))
    );
    Ok(())
}

#[test]
fn validity_is_read_on_the_asked_day() -> Result<(), Mismatch> {
    let row = [("FROM", "2026-02-01"), ("TO", "2026-04-30")];
    let status = |on: Date| -> Result<Option<Status>, Mismatch> {
        let records = vec![record(1, PERMIT, vec![version(1, &row)])];
        let dossier = open_public(records, AsOf { on, ..now() })?;
        Ok(dossier.entries().first().map(|entry| entry.status))
    };
    assert_eq!(status(date(2026, 1, 31))?, Some(Status::NotYet));
    assert_eq!(status(date(2026, 2, 1))?, Some(Status::InForce));
    assert_eq!(status(date(2026, 4, 30))?, Some(Status::InForce));
    assert_eq!(status(date(2026, 5, 1))?, Some(Status::Expired));
    Ok(())
}

#[test]
fn what_the_catalogue_does_not_know_is_counted_and_not_shown() -> Result<(), Mismatch> {
    let unknown = || record(1, "no-such-theme", vec![version(1, &[("NAME", "甲")])]);
    let known = record(2, PERMIT, vec![version(1, &[])]);
    let dossier = open_public(vec![unknown(), known], now())?;
    assert_eq!(dossier.entries().len(), 1);
    assert_eq!(dossier.unreadable(), 1);
    let alone = open_public(vec![unknown()], now());
    assert_eq!(alone.err(), Some(Mismatch::NotPublic));
    let permit = Permit::public(subject_id());
    let records = vec![record(1, PERMIT, vec![version(1, &[])])];
    let sealed = crate::make::sealed(&permit, facts(SubjectKind::Enterprise, records));
    let without_catalogue = permit.open(sealed, &Catalog::default(), now());
    assert_eq!(without_catalogue.err(), Some(Mismatch::NotPublic));
    Ok(())
}

#[test]
fn entries_come_by_theme_then_record() -> Result<(), Mismatch> {
    let one = |n, theme| record(n, theme, vec![version(1, &[])]);
    let records = vec![
        one(3, PERMIT),
        one(2, PENALTY),
        one(1, PERMIT),
        one(4, PENALTY),
    ];
    let dossier: Dossier = open_public(records, now())?;
    let order: Vec<(String, u8)> = dossier
        .entries()
        .iter()
        .map(|e| (e.theme.code.clone(), e.record.0[0]))
        .collect();
    let expected = [(PENALTY, 2), (PENALTY, 4), (PERMIT, 1), (PERMIT, 3)];
    assert_eq!(order, expected.map(|(theme, n)| (theme.to_owned(), n)));
    Ok(())
}
