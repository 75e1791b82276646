//! Looks under a grant: what is not covered is refused with its reason, and what is covered is cut to
//! the items that were granted, on facts that agencies may see today.
#![allow(clippy::expect_used, reason = "tests stop where something is wrong")]

mod person;

use crate::make::{CANARY, INNER, PENALTY, PERMIT, TODAY, all_texts, catalog, facts, now, record};
use crate::make::{subject_id, value, version};
use credit::catalog::{CaseRule, Catalog, SharingClass, Succession, UsePurpose};
use credit::clock::{Severity, Span};
use credit::consent::Consent;
use credit::grant::{Grant, GrantId, GrantState, Items, Terms};
use credit::lang::{Lang, Text};
use credit::record::{Change, Facts, Record, Version};
use credit::subject::SubjectKind;
use jiff::civil::{Date, date};
use policy::grant::{ConsentShown, Covered, Look, Refused, Used, check};
use policy::{CaseNumber, Dossier, Mismatch, Officer, Permit, Publication, Shown};
use std::collections::BTreeSet;
use std::sync::Arc;

fn set(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn terms(items: &str) -> Terms {
    Terms {
        items: Items::parse(items).expect("items"),
        purposes: set(&["procurement"]),
        kinds: BTreeSet::from([SubjectKind::Enterprise]),
        basis: "政府采购法 22".to_owned(),
        power: None,
        impact: None,
        units: BTreeSet::new(),
        areas: BTreeSet::new(),
        from: date(2026, 1, 1),
        until: date(2026, 12, 31),
        per_day: 10,
        in_all: 100,
    }
}

fn grant(items: &str) -> Grant {
    Grant {
        id: GrantId([9; 16]),
        asker: "finance".to_owned(),
        supplier: "s".to_owned(),
        state: GrantState::Granted,
        asked: terms(items),
        granted: Some(terms(items)),
        due: None,
    }
}

fn purpose() -> UsePurpose {
    let text = || "采购".to_owned();
    UsePurpose {
        code: "procurement".to_owned(),
        title: Text {
            zh: text(),
            en: text(),
            ru: text(),
        },
        bases: Vec::new(),
        kinds: vec![SubjectKind::Enterprise, SubjectKind::NaturalPerson],
        case: CaseRule::Named,
        valid_from: date(2020, 1, 1),
        valid_to: None,
    }
}

/// A look that the grant of these tests covers, until a test changes something.
struct Asked {
    grant: Grant,
    facts: Facts,
    officer: Officer,
    unit: Option<&'static str>,
    purpose: UsePurpose,
    items: Items,
    successions: Vec<Succession>,
    used: Used,
    today: Date,
    /// What is shown of a consent: nothing, a number of none, or one.
    consent: Option<Option<Consent>>,
}

impl Asked {
    fn new(items: &str, records: Vec<Record>) -> Asked {
        Asked {
            grant: grant(items),
            facts: facts(SubjectKind::Enterprise, records),
            officer: Officer::parse("account:1", "finance").expect("an officer"),
            unit: None,
            purpose: purpose(),
            items: Items::default(),
            successions: Vec::new(),
            used: Used {
                today: 1,
                in_all: 1,
            },
            today: TODAY,
            consent: None,
        }
    }

    fn check(&self) -> Result<Covered, Refused> {
        let case = CaseNumber::parse("采1").expect("a case");
        let look = Look {
            officer: &self.officer,
            unit: self.unit,
            case: &case,
            purpose: &self.purpose,
            items: &self.items,
            successions: &self.successions,
            consent: match &self.consent {
                None => ConsentShown::Nothing,
                Some(None) => ConsentShown::Unknown,
                Some(Some(consent)) => ConsentShown::Consent(consent),
            },
        };
        check(
            &self.grant,
            &self.facts.subject,
            &look,
            self.used,
            self.today,
        )
    }

    fn open(self) -> Result<Dossier, Mismatch> {
        self.open_in(&catalog())
    }

    fn open_in(self, catalog: &Catalog) -> Result<Dossier, Mismatch> {
        let covered = self.check().expect("a look that is covered");
        let permit = Permit::granted([3; 16], covered);
        let access = permit.access().expect("every look is logged");
        assert_eq!(access.purpose_code(), "procurement");
        assert_eq!(access.ground.expect("a ground").grant, GrantId([9; 16]));
        let sealed = crate::make::sealed(&permit, self.facts);
        permit.open(sealed, catalog, now())
    }
}

fn refused(change: impl FnOnce(&mut Asked)) -> Option<Refused> {
    let mut asked = Asked::new("penalty/REMARK penalty/PLACE", Vec::new());
    change(&mut asked);
    asked.check().err()
}

/// Invariant 5: nothing that is not public is read without a purpose that a grant covers.
#[test]
fn invariant_05_what_a_grant_does_not_cover_is_refused_and_says_why() {
    assert_eq!(refused(|_| {}), None);
    type Change = fn(&mut Asked);
    let cases: [(Change, Refused); 19] = [
        (
            |it| it.officer = Officer::parse("account:1", "tax").expect("one"),
            Refused::Agency,
        ),
        (|it| it.grant.state = GrantState::Asked, Refused::Over),
        (|it| it.grant.state = GrantState::Ended, Refused::Over),
        (|it| it.grant.state = GrantState::Disputed, Refused::Over),
        (|it| it.grant.granted = None, Refused::Over),
        (|it| it.today = date(2027, 1, 1), Refused::Over),
        (|it| it.today = date(2025, 12, 31), Refused::Over),
        (|it| it.purpose.code = "hiring".to_owned(), Refused::Purpose),
        (
            |it| it.purpose.valid_to = Some(date(2026, 5, 31)),
            Refused::Purpose,
        ),
        (|it| granted(it).units = set(&["采购科"]), Refused::Unit),
        (
            |it| {
                granted(it).units = set(&["采购科"]);
                it.unit = Some("人事科");
            },
            Refused::Unit,
        ),
        (
            |it| it.items = Items::parse("penalty/REMARK penalty/OWN").expect("items"),
            Refused::Items,
        ),
        (
            |it| it.facts.subject.kind = SubjectKind::NaturalPerson,
            Refused::Kind,
        ),
        (
            |it| it.facts.subject.kind = SubjectKind::IndividualBusiness,
            Refused::People,
        ),
        (
            |it| it.facts.subject.kind = SubjectKind::PublicInstitution,
            Refused::Kind,
        ),
        (|it| it.purpose.kinds.clear(), Refused::Kind),
        (|it| granted(it).areas = set(&["350101"]), Refused::Area),
        (|it| it.used.today = 11, Refused::Volume),
        (|it| it.used.in_all = 101, Refused::Volume),
    ];
    for (at, (change, why)) in cases.into_iter().enumerate() {
        assert_eq!(refused(change), Some(why), "row {at}");
        for lang in Lang::ALL {
            assert!(!why.text(lang).is_empty());
        }
    }
    // The last look of a day, a unit and an area that are named.
    assert_eq!(
        refused(|it| it.used = Used {
            today: 10,
            in_all: 100
        }),
        None
    );
    assert_eq!(refused(|it| granted(it).areas = set(&["3501"])), None);
    assert_eq!(
        refused(|it| {
            granted(it).units = set(&["采购科"]);
            it.unit = Some("采购科");
        }),
        None
    );
}

fn granted(asked: &mut Asked) -> &mut Terms {
    asked.grant.granted.as_mut().expect("terms")
}

#[test]
fn a_grant_passes_to_the_successor_on_its_day_and_leaves_who_had_it() {
    let passes = |asked: &mut Asked, from: &str| {
        asked.successions = vec![Succession {
            from: from.to_owned(),
            to: "treasury".to_owned(),
            on: date(2026, 5, 1),
            basis: "机构改革方案".to_owned(),
        }];
    };
    assert_eq!(refused(|it| passes(it, "finance")), Some(Refused::Agency));
    let heir = |it: &mut Asked| {
        passes(it, "finance");
        it.officer = Officer::parse("account:1", "treasury").expect("one");
    };
    assert_eq!(refused(heir), None);
    let early = |it: &mut Asked| {
        heir(it);
        it.today = date(2026, 4, 30);
    };
    assert_eq!(refused(early), Some(Refused::Agency));
    // The supplier's successor sends what is seen from then on.
    let mut later = record(2, PENALTY, vec![version(1, &[("REMARK", "新")])]);
    later.supplier = "treasury".to_owned();
    let mut asked = Asked::new("penalty/REMARK", vec![later]);
    passes(&mut asked, "s");
    assert_eq!(asked.open().map(|seen| seen.entries().len()), Ok(1));
}

const ROW: &[(&str, &str)] = &[
    ("NAME", "甲市乙厂"),
    ("NUMBER", "罚1号"),
    ("DECIDED", "2026-03-01"),
    ("REMARK", "可见"),
    ("PLACE", "东华路8号"),
    ("GOVERNMENT", "仅政务"),
    ("AUTHORISED", CANARY),
    ("OWN", CANARY),
    ("PERSON_ID", CANARY),
];

#[test]
fn what_is_seen_is_cut_to_the_items_and_masked_as_the_catalogue_says() -> Result<(), Mismatch> {
    let records = vec![
        record(1, PENALTY, vec![version(1, ROW)]),
        record(2, PERMIT, vec![version(1, &[("REMARK", CANARY)])]),
    ];
    let seen = Asked::new("penalty/PLACE penalty/GOVERNMENT", records.clone()).open()?;
    assert_eq!(seen.entries().len(), 1, "one theme was granted");
    assert_eq!(seen.entries()[0].values.len(), 2);
    assert_eq!(
        value(&seen, "PLACE"),
        Some(Shown::Masked("东华**号".to_owned()))
    );
    assert_eq!(
        value(&seen, "GOVERNMENT"),
        Some(Shown::Plain("仅政务".to_owned()))
    );
    assert!(!all_texts(&seen).contains(&CANARY.to_owned()));
    let entry = &seen.entries()[0];
    assert_eq!(
        (entry.severity, entry.document_started_on),
        (None, None),
        "content, too"
    );
    assert!(entry.history.is_empty());
    // What takes its subject's authorisation, or is its subject's alone, no grant of a supplier opens.
    let closed = "penalty/AUTHORISED penalty/OWN penalty/PERSON_ID penalty/DECIDED";
    let seen = Asked::new(closed, records.clone()).open()?;
    assert_eq!(seen.entries()[0].values.len(), 1);
    assert!(seen.entries()[0].document_started_on.is_some());
    // An officer may ask for less than the grant names.
    let mut asked = Asked::new("penalty/PLACE penalty/REMARK", records);
    asked.items = Items::parse("penalty/REMARK").expect("items");
    assert_eq!(asked.open()?.entries()[0].values.len(), 1);
    Ok(())
}

#[test]
fn facts_of_another_supplier_are_not_in_the_grant() -> Result<(), Mismatch> {
    let mut other = record(1, PENALTY, vec![version(1, &[("REMARK", CANARY)])]);
    other.supplier = "t".to_owned();
    let mut asked = Asked::new("penalty/REMARK", vec![other.clone()]);
    assert!(asked.check().is_ok());
    assert!(asked.open()?.entries().is_empty());
    asked = Asked::new("penalty/REMARK", vec![other]);
    asked.grant.supplier = "*".to_owned();
    assert_eq!(
        asked.open()?.entries().len(),
        1,
        "by rule, of every supplier"
    );
    Ok(())
}

/// Invariants 9 and 11: what is removed, moved, waiting or past its sharing clock is not shared either.
#[test]
fn what_has_ended_is_not_shared_and_what_is_not_published_may_be() -> Result<(), Mismatch> {
    let opened = |version: Version| {
        let records = vec![record(1, PENALTY, vec![version])];
        Asked::new("penalty/REMARK", records).open()
    };
    let row = &[("REMARK", "可见")];
    let hidden = [
        Version {
            change: Change::Removed,
            ..version(1, &[])
        },
        Version {
            change: Change::Moved,
            ..version(1, &[])
        },
        Version {
            held: Some("severity-unknown".to_owned()),
            ..version(1, row)
        },
    ];
    for version in hidden {
        assert!(opened(version)?.entries().is_empty());
    }
    // A minor matter is not published; agencies may be granted it.
    let minor = Version {
        severity: Some(Severity::Minor),
        ..version(1, row)
    };
    let seen = opened(minor)?;
    assert_eq!(seen.entries().len(), 1);
    assert!(!matches!(
        seen.entries()[0].publication,
        Publication::Public { .. }
    ));
    assert!(
        seen.subject().name.is_empty(),
        "the public knows of nothing: {seen:?}"
    );
    assert!(seen.subject().identifiers.is_empty());
    // A removal after the shown version hides it, whatever the asked instant.
    let removed = Version {
        change: Change::Removed,
        ..version(2, &[])
    };
    let records = vec![record(1, PENALTY, vec![version(1, row), removed])];
    assert!(
        Asked::new("penalty/REMARK", records)
            .open()?
            .entries()
            .is_empty()
    );
    Ok(())
}

#[test]
fn the_sharing_clock_and_the_sharing_class_of_the_day_close() -> Result<(), Mismatch> {
    let changed = |change: fn(&mut credit::catalog::Theme)| {
        let mut catalog = catalog();
        for theme in &mut catalog.themes {
            if let Some(theme) = Arc::get_mut(theme) {
                change(theme);
            }
        }
        catalog
    };
    let asked = || {
        let records = vec![record(1, PENALTY, vec![version(1, ROW)])];
        Asked::new("penalty/REMARK", records)
    };
    let short = changed(|theme| theme.clocks.sharing = Some(Span::Months(2)));
    assert!(
        asked().open_in(&short)?.entries().is_empty(),
        "1 March + 2 months"
    );
    let long = changed(|theme| theme.clocks.sharing = Some(Span::Months(4)));
    assert_eq!(asked().open_in(&long)?.entries().len(), 1);
    let closed = changed(|theme| theme.sharing.class = SharingClass::NotShared);
    assert!(asked().open_in(&closed)?.entries().is_empty());
    // A theme that is not public at all is for agencies alone.
    let inner = vec![record(
        1,
        INNER,
        vec![version(1, &[("REMARK", "可见"), ("NAME", "甲")])],
    )];
    let seen = Asked::new("inner/REMARK inner/NAME", inner).open()?;
    assert_eq!(seen.entries()[0].publication, Publication::NotPublished);
    assert_eq!(
        seen.subject().name,
        "甲市乙厂",
        "the grant names the item that tells it"
    );
    Ok(())
}

#[test]
fn a_permit_opens_what_was_read_for_it_and_nothing_of_the_own_file() {
    let asked = Asked::new("penalty/REMARK", Vec::new());
    let one = Permit::granted([1; 16], asked.check().expect("covered"));
    let other = Permit::granted([2; 16], asked.check().expect("covered"));
    let sealed = crate::make::sealed(&one, facts(SubjectKind::Enterprise, Vec::new()));
    assert_eq!(
        other.open(sealed, &catalog(), now()).err(),
        Some(Mismatch::Permit)
    );
    struct Mine;
    impl policy::OfOwnFile for Mine {}
    let sealed = crate::make::sealed(&one, Mine);
    assert_eq!(one.open_own(sealed).err(), Some(Mismatch::Permit));
    let own = crate::make::own_permit(7).expect("a permit");
    let sealed = crate::make::sealed(&own, Mine);
    assert!(own.open_own(sealed).is_ok());
    let public = Permit::public(subject_id());
    let sealed = crate::make::sealed(&public, Mine);
    assert!(public.open_own(sealed).is_err());
}
