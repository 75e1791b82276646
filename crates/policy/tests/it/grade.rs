//! Grading behind the lock: what does not stand does not count, and no person gets in.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

use crate::make::{
    INNER, PENALTY, PERMIT, Row, catalog, facts, now, open_own, open_public, record, version,
};
use credit::case::{CaseId, History};
use credit::clock::{Severity, Span};
use credit::grade::{
    Band, EntityKind, Form, Grade, Indicator, Model, NotGraded, Outcome, Says, Scale, Standing,
};
use credit::lang::Text;
use credit::record::{Change, Record, Version};
use credit::subject::SubjectKind;
use jiff::civil::date;
use policy::{OrganisationFacts, grade, grade_own};

const COMPANY: Row<'_> = &[("REMARK", "有限责任公司")];

fn text(text: &str) -> Text {
    Text {
        zh: text.to_owned(),
        en: text.to_owned(),
        ru: text.to_owned(),
    }
}

fn band(code: &str, points: (i32, i32)) -> Band {
    Band {
        code: code.to_owned(),
        title: text(code),
        points: Some(points),
        bad: false,
    }
}

fn indicator(theme: &str, each: i32) -> Indicator {
    Indicator {
        code: theme.to_owned(),
        title: text(theme),
        theme: theme.to_owned(),
        severity: None,
        on: None,
        date: None,
        within: None,
        says: Says::Points { each, most: 9 },
    }
}

/// A model over the theme of negative facts; the registered form stands in the permits.
fn model() -> Model {
    Model {
        code: "m".to_owned(),
        version: "1".to_owned(),
        title: text("m"),
        about: text("m"),
        jurisdiction: "CN".to_owned(),
        valid_from: date(2020, 1, 1),
        valid_to: None,
        demonstration: false,
        adopted: None,
        bases: Vec::new(),
        kinds: vec![EntityKind::Enterprise, EntityKind::PublicInstitution],
        form: Some(Form {
            theme: PERMIT.to_owned(),
            item: "REMARK".to_owned(),
        }),
        scale: Some(Scale {
            from: 0,
            to: 10,
            start: 10,
        }),
        bands: vec![band("good", (6, 10)), band("bad", (0, 5))],
        indicators: vec![
            indicator(PENALTY, -5),
            indicator(INNER, -5),
            indicator(PERMIT, 0),
        ],
        no_record: None,
        valid_for: Span::Years(1),
        notice_days: None,
        unverified: Vec::new(),
    }
}

fn permit() -> Record {
    record(2, PERMIT, vec![version(1, COMPANY)])
}

fn graded(records: Vec<Record>) -> Result<Grade, NotGraded> {
    let facts = OrganisationFacts::of(facts(SubjectKind::Enterprise, records));
    grade(&model(), facts.ok_or(NotGraded::Person)?, &catalog(), now())
}

fn outcome(records: Vec<Record>) -> (Outcome, Vec<Standing>) {
    let grade = graded(records).unwrap_or_else(|why| panic!("{why:?}"));
    (
        grade.outcome,
        grade.left.iter().map(|one| one.why).collect(),
    )
}

fn good() -> Outcome {
    Outcome::Band("good".to_owned())
}

#[test]
fn a_fact_in_force_counts_and_one_that_is_not_is_left_with_its_reason() {
    let one = || version(1, &[]);
    let later = |change| Version {
        change,
        ..version(2, &[])
    };
    assert_eq!(outcome(vec![permit()]), (good(), vec![]));
    let bad = outcome(vec![permit(), record(1, PENALTY, vec![one()])]);
    assert_eq!(bad, (Outcome::Band("bad".to_owned()), vec![]));
    let table: Vec<(Vec<Version>, Standing)> = vec![
        (vec![one(), later(Change::Removed)], Standing::Withdrawn),
        (vec![one(), later(Change::Recalled)], Standing::Withdrawn),
        (vec![one(), later(Change::Moved)], Standing::Withdrawn),
        (
            vec![Version {
                held: Some("not-final".into()),
                ..one()
            }],
            Standing::Held,
        ),
        (
            vec![Version {
                severity: None,
                ..one()
            }],
            Standing::Held,
        ),
        (
            vec![Version {
                severity: Some(Severity::Minor),
                ..one()
            }],
            Standing::Unpublished,
        ),
        (
            vec![version(1, &[("END", "2026-05-01")])],
            Standing::Expired,
        ),
        (vec![version(1, &[("TO", "2026-05-01")])], Standing::Expired),
        (
            vec![version(1, &[("FROM", "2026-07-01")])],
            Standing::NotYet(Some(date(2026, 7, 1))),
        ),
    ];
    for (versions, why) in table {
        let got = outcome(vec![permit(), record(1, PENALTY, versions)]);
        assert_eq!(got, (good(), vec![why]));
    }
    let inner = record(1, INNER, vec![one()]);
    assert_eq!(
        outcome(vec![permit(), inner]),
        (good(), vec![Standing::Unpublished])
    );
}

#[test]
fn invariant_10_a_contested_fact_does_not_count() {
    let mut contested = record(1, PENALTY, vec![version(1, &[])]);
    // A case of a table that the catalogue does not have contests its fact.
    contested.cases.push(History {
        id: CaseId([1; 16]),
        kind: "objection".to_owned(),
        version: "lost".to_owned(),
        steps: Vec::new(),
    });
    assert_eq!(
        outcome(vec![permit(), contested]),
        (good(), vec![Standing::Contested])
    );
}

#[test]
fn invariant_02_nobody_who_is_a_person_or_might_be_one_is_graded() {
    for kind in [SubjectKind::NaturalPerson, SubjectKind::IndividualBusiness] {
        assert!(OrganisationFacts::of(facts(kind, vec![permit()])).is_none());
    }
    assert_eq!(graded(Vec::new()), Err(NotGraded::FormUnknown));
    let owner = record(2, PERMIT, vec![version(1, &[("REMARK", "个人独资企业")])]);
    let other = record(3, PERMIT, vec![version(1, COMPANY)]);
    for records in [
        vec![owner.clone()],
        vec![owner.clone(), other.clone()],
        vec![other, owner],
    ] {
        assert_eq!(graded(records), Err(NotGraded::Owner));
    }
    let gone = Version {
        change: Change::Removed,
        ..version(2, &[])
    };
    let removed = record(2, PERMIT, vec![version(1, COMPANY), gone]);
    assert_eq!(graded(vec![removed]), Err(NotGraded::FormUnknown));
}

#[test]
fn a_subject_gets_the_same_grade_from_its_own_file_and_nobody_from_a_public_one() {
    let records = || vec![permit(), record(1, PENALTY, vec![version(1, &[])])];
    let own = open_own(records(), now()).expect("opened");
    assert_eq!(grade_own(&model(), &own), graded(records()));
    let public = open_public(records(), now()).expect("opened");
    assert!(grade_own(&model(), &public).is_err());
}
