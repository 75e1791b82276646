//! A subject's own file: everything, with its status and its history, and no numbers of people.

use crate::make::{CANARY, PENALTY, all_texts, now, open_own, open_public, record, version};
use credit::clock::Ended;
use credit::record::{AsOf, Change, Instant, Version};
use credit::subject::SubjectKind;
use jiff::civil::date;
use policy::{Mismatch, Publication, Shown};

fn removed(seq: u32) -> Version {
    Version {
        change: Change::Removed,
        stated_on: date(2026, 4, 1),
        values: Vec::new(),
        document: None,
        severity: None,
        ..version(seq, &[])
    }
}

#[test]
fn a_removed_fact_is_shown_as_it_last_stood() -> Result<(), Mismatch> {
    let versions = vec![
        version(1, &[("REMARK", "旧")]),
        version(2, &[("REMARK", "新")]),
        removed(3),
    ];
    let dossier = open_own(vec![record(1, PENALTY, versions)], now())?;
    let entry = &dossier.entries()[0];
    assert_eq!(entry.publication, Publication::Ended(Ended::Removed));
    assert_eq!(entry.version, 2);
    let remark = entry
        .theme
        .item("REMARK")
        .and_then(|item| entry.value(item));
    assert_eq!(remark, Some(&Shown::Plain("新".to_owned())));
    let history: Vec<(u32, Change)> = entry
        .history
        .iter()
        .map(|past| (past.version, past.change))
        .collect();
    assert_eq!(history, [(3, Change::Removed), (1, Change::Stated)]);
    Ok(())
}

#[test]
fn a_removal_without_a_statement_is_shown_empty() -> Result<(), Mismatch> {
    let dossier = open_own(vec![record(1, PENALTY, vec![removed(1)])], now())?;
    assert_eq!(dossier.entries().len(), 1);
    assert!(dossier.entries()[0].values.is_empty());
    Ok(())
}

#[test]
fn history_knows_no_more_than_was_known() -> Result<(), Mismatch> {
    let versions = vec![version(1, &[]), version(2, &[]), version(3, &[])];
    let at = AsOf {
        known: Instant(2),
        ..now()
    };
    let dossier = open_own(vec![record(1, PENALTY, versions)], at)?;
    let entry = &dossier.entries()[0];
    assert_eq!(entry.version, 2);
    assert_eq!(
        entry
            .history
            .iter()
            .map(|past| past.version)
            .collect::<Vec<_>>(),
        [1]
    );
    Ok(())
}

#[test]
fn the_public_gets_no_history() -> Result<(), Mismatch> {
    let versions = vec![
        version(1, &[("REMARK", CANARY)]),
        version(2, &[("REMARK", "新")]),
    ];
    let dossier = open_public(vec![record(1, PENALTY, versions)], now())?;
    assert_eq!(dossier.entries().len(), 1);
    assert!(!all_texts(&dossier).contains(&CANARY.to_owned()));
    Ok(())
}

/// An individual business may have its own file; nothing of it counts as public.
#[test]
fn an_individual_business_has_its_own_file() -> Result<(), Mismatch> {
    let permit = crate::make::own_permit(1).map_err(|_| Mismatch::Permit)?;
    let records = vec![record(1, PENALTY, vec![version(1, &[])])];
    let facts = crate::make::facts(SubjectKind::IndividualBusiness, records);
    let sealed = crate::make::sealed(&permit, facts);
    let dossier = permit.open(sealed, &crate::make::catalog(), now())?;
    assert_eq!(dossier.entries()[0].publication, Publication::NotPublished);
    Ok(())
}
