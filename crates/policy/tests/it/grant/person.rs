//! A person is looked up by consent or statutory power, and by nothing else (rights 7).

use super::{Asked, ROW, granted, refused, set};
use crate::make::{PENALTY, TODAY, all_texts, catalog, now, record, version};
use credit::consent::{Consent, ConsentId, Scope};
use credit::grant::{GrantState, Items};
use credit::lang::Lang;
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::{SubjectId, SubjectKind};
use jiff::civil::date;
use policy::grant::Refused;
use policy::{Officer, Permit};
use std::collections::BTreeSet;

/// A look at a person under a grant that reaches persons, with a consent that covers it.
fn of_person(asked: &mut Asked) {
    asked.facts.subject.kind = SubjectKind::NaturalPerson;
    granted(asked).kinds = BTreeSet::from([SubjectKind::NaturalPerson]);
    asked.consent = Some(Some(Consent {
        id: ConsentId([5; 16]),
        subject: asked.facts.subject.id,
        scope: Scope {
            agency: "finance".to_owned(),
            purpose: "procurement".to_owned(),
            items: Items::parse("penalty/REMARK penalty/OTHER").expect("items"),
            case: "采1".to_owned(),
            once: false,
            until: TODAY,
        },
        by: AccountId([8; 16]),
        given_at: Instant(1),
        withdrawn_at: None,
        used_at: None,
    }));
}

fn consent(asked: &mut Asked) -> &mut Consent {
    asked
        .consent
        .as_mut()
        .expect("shown")
        .as_mut()
        .expect("one")
}

/// Invariant 7: a person is looked up by a live consent for just this look, or by a power that the grant
/// names, and a consent widens no grant.
#[test]
fn invariant_07_a_person_is_looked_up_by_consent_or_power_and_by_nothing_else() {
    let person = |change: fn(&mut Asked)| {
        refused(|it| {
            of_person(it);
            change(it);
        })
    };
    assert_eq!(person(|_| {}), None);
    let power = |it: &mut Asked| granted(it).power = Some("行政许可法 12".to_owned());
    assert_eq!(
        refused(|it| {
            of_person(it);
            power(it);
            it.consent = None;
        }),
        None,
        "by statute"
    );
    type Change = fn(&mut Asked);
    let cases: [(Change, Refused); 19] = [
        (|it| it.consent = None, Refused::NoConsent),
        (|it| it.consent = Some(None), Refused::ConsentOther),
        (
            |it| consent(it).subject = SubjectId([9; 16]),
            Refused::ConsentOther,
        ),
        (
            |it| consent(it).scope.agency = "tax".to_owned(),
            Refused::ConsentOther,
        ),
        (
            |it| consent(it).scope.purpose = "hiring".to_owned(),
            Refused::ConsentOther,
        ),
        (
            |it| consent(it).scope.case = "采2".to_owned(),
            Refused::ConsentOther,
        ),
        // Nothing that was agreed to is in the grant.
        (
            |it| consent(it).scope.items = Items::parse("penalty/OTHER").expect("items"),
            Refused::ConsentOther,
        ),
        // Granted and asked for by name, and not agreed to.
        (
            |it| it.items = Items::parse("penalty/PLACE").expect("items"),
            Refused::ConsentOther,
        ),
        // Agreed to and asked for by name, and not granted.
        (
            |it| it.items = Items::parse("penalty/OTHER").expect("items"),
            Refused::Items,
        ),
        // Who recorded it looks at nothing under it.
        (
            |it| {
                let name = format!("account:{}", consent(it).by);
                it.officer = Officer::parse(&name, "finance").expect("an officer");
            },
            Refused::ConsentOther,
        ),
        (
            |it| consent(it).scope.until = date(2026, 1, 1),
            Refused::ConsentOver,
        ),
        (
            |it| consent(it).withdrawn_at = Some(Instant(2)),
            Refused::ConsentOver,
        ),
        (
            |it| consent(it).used_at = Some(Instant(2)),
            Refused::ConsentOver,
        ),
        // A power does not make up for a consent that was shown and does not hold.
        (
            |it| {
                granted(it).power = Some("行政许可法 12".to_owned());
                consent(it).withdrawn_at = Some(Instant(2));
            },
            Refused::ConsentOver,
        ),
        // What the grant says comes first, whatever was agreed to.
        (|it| it.grant.state = GrantState::Ended, Refused::Over),
        (
            |it| granted(it).kinds = BTreeSet::from([SubjectKind::Enterprise]),
            Refused::Kind,
        ),
        (|it| it.purpose.kinds.clear(), Refused::Kind),
        (|it| granted(it).areas = set(&["3501"]), Refused::Area),
        (|it| it.used.in_all = 101, Refused::Volume),
    ];
    for (at, (change, why)) in cases.into_iter().enumerate() {
        assert_eq!(person(change), Some(why), "row {at}");
        for lang in Lang::ALL {
            assert!(!why.text(lang).is_empty());
        }
    }
    let trader = |it: &mut Asked| {
        of_person(it);
        it.facts.subject.kind = SubjectKind::IndividualBusiness;
        granted(it).kinds = BTreeSet::from([SubjectKind::IndividualBusiness]);
        it.purpose.kinds = vec![SubjectKind::IndividualBusiness];
    };
    assert_eq!(refused(trader), Some(Refused::People));
    // A consent says nothing about an organisation.
    let organisation = |it: &mut Asked| {
        of_person(it);
        it.facts.subject.kind = SubjectKind::Enterprise;
        granted(it).kinds = BTreeSet::from([SubjectKind::Enterprise]);
    };
    assert_eq!(refused(organisation), Some(Refused::ConsentOther));
}

#[test]
fn what_is_seen_by_consent_is_what_grant_and_consent_share() {
    let rows = vec![record(1, PENALTY, vec![version(1, ROW)])];
    let mut asked = Asked::new("penalty/REMARK penalty/PLACE", rows);
    of_person(&mut asked);
    let covered = asked.check().expect("covered");
    let permit = Permit::granted([3; 16], covered);
    let ground = permit
        .access()
        .and_then(|access| access.ground)
        .expect("a ground");
    assert_eq!(ground.items.to_string(), "penalty/REMARK");
    assert_eq!(ground.consent, Some(ConsentId([5; 16])));
    let sealed = crate::make::sealed(&permit, asked.facts);
    let seen = permit.open(sealed, &catalog(), now()).expect("opened");
    let texts = all_texts(&seen).join(" ");
    assert!(
        texts.contains("可见") && !texts.contains("东华路8号"),
        "{texts}"
    );
    assert!(seen.subject().identifiers.is_empty());
}
