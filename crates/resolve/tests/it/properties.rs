//! What holds for every claim: no order, no name and no bystander changes who somebody is.

use crate::make::{candidate, claim, id, org, subject, tax, uscc};
use credit::identifier::{Identifier, System};
use credit::limits::CANDIDATES;
use credit::subject::{Claim, SubjectId, SubjectKind};
use proptest::prelude::*;
use resolve::{Answer, Candidate, keys, resolve};

/// Identifiers from so small a pool that they often meet.
fn identifier() -> impl Strategy<Value = Identifier> {
    prop_oneof![
        (0..3_u8, 0..3_u32).prop_map(|(district, n)| uscc(district, n)),
        (0..3_u32).prop_map(org),
        (0..3_u32).prop_map(tax),
        (0..3_u8).prop_map(|n| id(System::RegNo, &format!("11010100000000{n}"))),
        (0..3_u8).prop_map(|n| id(System::CitizenId, &format!("11010119900307888{n}"))),
    ]
}

fn kind() -> impl Strategy<Value = SubjectKind> {
    prop::sample::select(SubjectKind::ALL.to_vec())
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "甲某",
        "乙（甲市）有限公司",
        "乙(甲市)有限公司",
        "丙厂",
    ])
}

fn any_claim() -> impl Strategy<Value = Claim> {
    (kind(), name(), prop::collection::vec(identifier(), 0..4)).prop_map(|(kind, name, all)| {
        let mut identifiers: Vec<Identifier> = Vec::new();
        for identifier in all {
            if identifiers
                .iter()
                .all(|known| known.system() != identifier.system())
            {
                identifiers.push(identifier);
            }
        }
        claim(kind, name, &identifiers)
    })
}

fn holders() -> impl Strategy<Value = Vec<(Identifier, SubjectId)>> {
    prop::collection::vec((identifier(), (0..4_u8).prop_map(subject)), 0..8)
}

fn namesakes() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0..30_u8, name(), kind(), prop::option::of(identifier()));
    let one = one.prop_map(|(n, name, kind, identifier)| Candidate {
        kind,
        ..candidate(n, name, identifier)
    });
    prop::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn order_decides_nothing(
        (claim, shuffled) in any_claim().prop_flat_map(|claim| {
            let identifiers = Just(claim.identifiers.clone()).prop_shuffle();
            let shuffled = (Just(claim.clone()), identifiers)
                .prop_map(|(claim, identifiers)| Claim { identifiers, ..claim });
            (Just(claim), shuffled)
        }),
        (holders, other_holders) in holders().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        (namesakes, other_namesakes) in namesakes().prop_flat_map(|all| {
            // One subject has one record among the namesakes.
            let mut all = all;
            all.sort_by_key(|one| one.subject);
            all.dedup_by_key(|one| one.subject);
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
    ) {
        let one = resolve(&claim, &holders, &namesakes);
        let two = resolve(&shuffled, &other_holders, &other_namesakes);
        prop_assert_eq!(one, two);
    }

    #[test]
    fn same_only_with_an_identifier_of_the_claim_on_file(
        claim in any_claim(), holders in holders(), namesakes in namesakes(),
    ) {
        if let Answer::Same { subject, .. } = resolve(&claim, &holders, &namesakes) {
            let keys = keys(&claim);
            let holds = |(held, holder): &(Identifier, SubjectId)| {
                *holder == subject && keys.iter().any(|key| key.identifier == *held)
            };
            prop_assert!(holders.iter().any(holds));
        }
        let by_name = resolve(&claim, &[], &namesakes);
        let is_same = matches!(by_name, Answer::Same { .. });
        prop_assert!(!is_same);
    }

    #[test]
    fn names_decide_nothing_about_people(
        claim in any_claim(), is_business in any::<bool>(),
        holders in holders(), namesakes in namesakes(), other in name(),
    ) {
        let kind = match is_business {
            true => SubjectKind::IndividualBusiness,
            false => SubjectKind::NaturalPerson,
        };
        let claim = Claim { kind, ..claim };
        let renamed = Claim { name: Some(other.to_owned()), ..claim.clone() };
        let answer = resolve(&claim, &holders, &namesakes);
        prop_assert_eq!(&answer, &resolve(&renamed, &holders, &[]));
        if let Answer::AskHuman { candidates, .. } = answer {
            prop_assert!(candidates.iter().all(|candidate| candidate.name.is_empty()));
        }
    }

    /// Holders of identifiers that have nothing to do with the claim change no answer.
    #[test]
    fn bystanders_decide_nothing(
        claim in any_claim(), holders in holders(), namesakes in namesakes(), n in 100..200_u32,
    ) {
        let mut more = holders.clone();
        more.push((uscc(1, n), subject(77)));
        more.push((org(n), subject(78)));
        prop_assert_eq!(
            resolve(&claim, &holders, &namesakes),
            resolve(&claim, &more, &namesakes)
        );
    }

    #[test]
    fn questions_are_bounded_ordered_and_about_distinct_subjects(
        claim in any_claim(), holders in holders(), namesakes in namesakes(),
    ) {
        if let Answer::AskHuman { candidates, .. } = resolve(&claim, &holders, &namesakes) {
            prop_assert!(candidates.len() <= CANDIDATES);
            prop_assert!(candidates.is_sorted_by(|a, b| a.subject < b.subject));
        }
    }

    /// Once answered *same* and written, the next row of that claim is *same* again.
    #[test]
    fn an_answer_is_stable(claim in any_claim(), holders in holders(), namesakes in namesakes()) {
        if let Answer::Same { subject, reason } = resolve(&claim, &holders, &namesakes) {
            let mut after = holders.clone();
            after.extend(keys(&claim).into_iter().map(|key| (key.identifier, subject)));
            let again = resolve(&claim, &after, &namesakes);
            let is_same = matches!(again, Answer::Same { subject: next, .. } if next == subject);
            prop_assert!(is_same, "{reason:?} then {again:?}");
        }
    }
}
