//! A job's permit: organisations only, its theme, its items, its time; counted by the lock.

use crate::make::{CANARY, PENALTY, PERMIT, Row, all_texts, catalog, facts, now, record, version};
use credit::catalog::Catalog;
use credit::clock::Severity;
use credit::record::{Change, Facts, Instant, Version};
use credit::subject::{SubjectId, SubjectKind};
use policy::{
    Dossier, JobPermit, Mismatch, NotAccepted, Officer, OrganisationFacts, Purpose, SealedBatch,
};

const END: Instant = Instant(1_000);
const ROW: Row<'_> = &[
    ("REMARK", "甲"),
    ("GOVERNMENT", "乙"),
    ("AUTHORISED", CANARY),
    ("OWN", CANARY),
    ("PERSON_ID", CANARY),
];

fn permit(id: u8) -> Result<JobPermit, NotAccepted> {
    let catalog: Catalog = catalog();
    let officer = Officer::parse("窗口甲", "信用中心")?;
    let theme = catalog.themes.iter().rfind(|theme| theme.code == PENALTY);
    let theme = theme.ok_or(NotAccepted { field: "theme" })?;
    Ok(JobPermit::forward([id; 16], theme, officer, END))
}

fn firm(n: u8, versions: Vec<Version>) -> Facts {
    let mut facts = facts(
        SubjectKind::Enterprise,
        vec![
            record(1, PENALTY, versions),
            record(2, PERMIT, vec![version(1, &[("REMARK", CANARY)])]),
        ],
    );
    facts.subject.id = SubjectId([n; 16]);
    facts
}

fn sealed(permit: &JobPermit, all: Vec<Facts>) -> SealedBatch {
    let facts = all.into_iter().filter_map(OrganisationFacts::of);
    SealedBatch::new(permit, facts.collect())
}

fn opened(permit: &mut JobPermit, all: Vec<Facts>) -> Result<Vec<Dossier>, Mismatch> {
    let batch = sealed(permit, all);
    permit.open(batch, &catalog(), now(), Instant(1))
}

#[test]
fn it_gives_its_theme_and_its_items_of_many_subjects_and_counts_them() -> Result<(), NotAccepted> {
    let mut permit = permit(1)?;
    let all = (1..4).map(|n| firm(n, vec![version(1, ROW)])).collect();
    let dossiers = opened(&mut permit, all).unwrap_or_default();
    assert_eq!(dossiers.len(), 3);
    for (dossier, n) in dossiers.iter().zip(1..) {
        assert_eq!(dossier.subject().id, SubjectId([n; 16]));
        assert_eq!(dossier.purpose(), Purpose::Forward);
        let texts = all_texts(dossier).concat();
        assert!(texts.contains('甲') && texts.contains('乙'), "{texts}");
        assert!(!texts.contains(CANARY), "{texts}");
    }
    let more = opened(&mut permit, vec![firm(9, vec![version(1, ROW)])]);
    assert_eq!(more.map(|all| all.len()), Ok(1));
    let account = permit.end();
    assert_eq!((account.subjects, account.records), (4, 4));
    assert!(
        !account
            .items
            .iter()
            .any(|item| item == "OWN" || item == "AUTHORISED")
    );
    Ok(())
}

#[test]
fn no_person_can_be_sealed_for_a_job() {
    for kind in SubjectKind::ALL {
        let made = OrganisationFacts::of(facts(kind, Vec::new()));
        assert_eq!(made.is_some(), kind.is_organisation(), "{kind:?}");
    }
    let people = [SubjectKind::NaturalPerson, SubjectKind::IndividualBusiness];
    assert!(people.iter().all(|kind| !kind.is_organisation()));
}

#[test]
fn what_has_ended_waits_or_was_moved_is_not_sent_on_and_not_counted() -> Result<(), NotAccepted> {
    let mut permit = permit(1)?;
    let gone = |change: Change| Version {
        change,
        ..version(2, ROW)
    };
    let all = vec![
        firm(1, vec![version(1, ROW), gone(Change::Removed)]),
        firm(2, vec![version(1, ROW), gone(Change::Moved)]),
        firm(
            3,
            vec![Version {
                held: Some("not-final".into()),
                ..version(1, ROW)
            }],
        ),
        firm(
            4,
            vec![Version {
                severity: Some(Severity::Minor),
                ..version(1, ROW)
            }],
        ),
    ];
    assert_eq!(opened(&mut permit, all).map(|all| all.len()), Ok(0));
    let account = permit.end();
    assert_eq!((account.subjects, account.records), (0, 0));
    Ok(())
}

#[test]
fn another_jobs_batch_stays_shut_and_so_does_an_expired_one() -> Result<(), NotAccepted> {
    let other = permit(2)?;
    let mut own = permit(1)?;
    let batch = sealed(&other, vec![firm(1, vec![version(1, ROW)])]);
    let opened = own.open(batch, &catalog(), now(), Instant(1));
    assert_eq!(opened.err(), Some(Mismatch::Permit));
    for (at, fits) in [(END.0, true), (END.0 + 1, false)] {
        let batch = sealed(&own, vec![firm(1, vec![version(1, ROW)])]);
        let opened = own.open(batch, &catalog(), now(), Instant(at));
        assert_eq!(opened.err(), (!fits).then_some(Mismatch::Expired));
    }
    assert_eq!(own.end().subjects, 1, "what stayed shut is not counted");
    Ok(())
}

#[test]
fn a_job_prints_nothing_of_what_it_reads() -> Result<(), NotAccepted> {
    let permit = permit(1)?;
    let batch = sealed(&permit, vec![firm(1, vec![version(1, ROW)])]);
    assert_eq!((batch.len(), batch.is_empty()), (1, false));
    let printed = format!("{permit:?} {batch:?} {:?}", permit.account());
    for secret in ["甲市乙厂", "窗口甲", "91350100M000100Y43"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    Ok(())
}
