//! One row a rule.

use crate::make::{candidate, claim, firm, id, org, subject, tax, uscc};
use credit::identifier::System;
use credit::lang::Lang;
use credit::limits::CANDIDATES;
use credit::subject::SubjectKind;
use resolve::{Answer, Reason, keys, resolve};

const NAME: &str = "甲市乙贸易有限公司";

fn reason(answer: &Answer) -> Option<Reason> {
    match answer {
        Answer::Same { reason, .. } | Answer::AskHuman { reason, .. } => Some(*reason),
        Answer::New => None,
    }
}

#[test]
fn the_exact_code_decides_whatever_the_name() {
    let holders = [(uscc(1, 7), subject(1))];
    let answer = resolve(&firm("改了名的公司", &[uscc(1, 7)]), &holders, &[]);
    let reason = Reason::SameIdentifier(System::Uscc);
    assert_eq!(
        answer,
        Answer::Same {
            subject: subject(1),
            reason
        }
    );
}

#[test]
fn an_old_number_leads_to_the_unified_code() {
    let holders = [(org(7), subject(1)), (uscc(1, 7), subject(1))];
    let by_tax = resolve(&firm(NAME, &[tax(7)]), &holders, &[]);
    assert_eq!(
        by_tax,
        Answer::Same {
            subject: subject(1),
            reason: Reason::OrgCodeInside(System::TaxNo)
        }
    );
    let by_org = resolve(&firm(NAME, &[org(7)]), &holders, &[]);
    assert_eq!(
        by_org,
        Answer::Same {
            subject: subject(1),
            reason: Reason::SameIdentifier(System::OrgCode)
        }
    );
}

#[test]
fn the_unified_code_leads_back_to_the_old_number() {
    let holders = [(org(7), subject(1)), (tax(7), subject(1))];
    let answer = resolve(&firm(NAME, &[uscc(1, 7)]), &holders, &[]);
    let reason = Reason::OrgCodeInside(System::Uscc);
    assert_eq!(
        answer,
        Answer::Same {
            subject: subject(1),
            reason
        }
    );
}

/// Real registers hold pairs of bodies, a parent and its branch among them, whose two unified
/// codes contain one organisation code. They are two subjects until a person says otherwise.
#[test]
fn two_unified_codes_around_one_organisation_code_are_asked_about() {
    let holders = [(org(7), subject(1)), (uscc(1, 7), subject(1))];
    let answer = resolve(&firm(NAME, &[uscc(2, 7)]), &holders, &[]);
    assert_eq!(reason(&answer), Some(Reason::StrongerDiffers(System::Uscc)));
    assert!(matches!(answer, Answer::AskHuman { candidates, .. } if candidates.len() == 1));
}

#[test]
fn a_weaker_number_does_not_outweigh_a_stronger_one() {
    let old = id(System::RegNo, "110101000000018");
    let holders = [(old.clone(), subject(1)), (uscc(1, 7), subject(1))];
    let answer = resolve(&firm(NAME, &[old.clone(), uscc(1, 8)]), &holders, &[]);
    assert_eq!(reason(&answer), Some(Reason::StrongerDiffers(System::Uscc)));
    // Without a stronger one of its own the weaker number is enough.
    let answer = resolve(&firm(NAME, std::slice::from_ref(&old)), &holders, &[]);
    assert_eq!(reason(&answer), Some(Reason::SameIdentifier(System::RegNo)));
    // A weaker number that differs is a change of number, not of body.
    let newer = id(System::RegNo, "110101000000026");
    let answer = resolve(&firm(NAME, &[uscc(1, 7), newer]), &holders, &[]);
    assert_eq!(reason(&answer), Some(Reason::SameIdentifier(System::Uscc)));
}

#[test]
fn two_holders_of_two_numbers_are_asked_about() {
    let old = id(System::RegNo, "110101000000018");
    let holders = [(uscc(1, 7), subject(9)), (old.clone(), subject(2))];
    let namesakes = [candidate(9, NAME, Some(uscc(1, 7)))];
    let answer = resolve(&firm(NAME, &[uscc(1, 7), old]), &holders, &namesakes);
    assert_eq!(reason(&answer), Some(Reason::HoldersDisagree));
    let Answer::AskHuman { candidates, .. } = answer else {
        return;
    };
    let found: Vec<_> = candidates
        .iter()
        .map(|c| (c.subject, c.name.as_str()))
        .collect();
    assert_eq!(found, [(subject(2), ""), (subject(9), NAME)]);
}

#[test]
fn a_name_is_a_question_and_never_an_answer() {
    let known = [candidate(1, "甲市乙贸易有限公司", None)];
    let answer = resolve(&firm("甲市乙贸易有限公司", &[]), &[], &known);
    assert_eq!(
        answer,
        Answer::AskHuman {
            candidates: known.to_vec(),
            reason: Reason::SameName
        }
    );
    assert_eq!(
        resolve(&firm("甲市丙贸易有限公司", &[]), &[], &known),
        Answer::New
    );
    assert_eq!(resolve(&firm(NAME, &[]), &[], &[]), Answer::New);
}

#[test]
fn a_namesake_with_another_code_of_the_same_system_is_another_body() {
    let namesakes = [candidate(1, NAME, Some(uscc(1, 7)))];
    assert_eq!(
        resolve(&firm(NAME, &[uscc(1, 8)]), &[], &namesakes),
        Answer::New
    );
    // A namesake without a code may be it.
    let waiting = [candidate(1, NAME, None)];
    let answer = resolve(&firm(NAME, &[uscc(1, 8)]), &[], &waiting);
    assert_eq!(reason(&answer), Some(Reason::SameName));
}

#[test]
fn a_person_is_never_matched_by_name() {
    for kind in [SubjectKind::NaturalPerson, SubjectKind::IndividualBusiness] {
        let mut namesake = candidate(1, "甲某", None);
        namesake.kind = kind;
        let answer = resolve(
            &claim(kind, "甲某", &[]),
            &[],
            std::slice::from_ref(&namesake),
        );
        let reason = Reason::PersonWithoutIdentifier;
        assert_eq!(
            answer,
            Answer::AskHuman {
                candidates: Vec::new(),
                reason
            }
        );
        // Nor is an organisation's row attached to a person who bears its name.
        assert_eq!(resolve(&firm("甲某", &[]), &[], &[namesake]), Answer::New);
    }
}

#[test]
fn a_person_is_matched_by_the_exact_number_only() {
    let number = id(System::CitizenId, "11010119900307888X");
    let person = claim(
        SubjectKind::NaturalPerson,
        "甲某",
        std::slice::from_ref(&number),
    );
    assert_eq!(resolve(&person, &[], &[]), Answer::New);
    let answer = resolve(&person, &[(number, subject(3))], &[]);
    assert_eq!(
        reason(&answer),
        Some(Reason::SameIdentifier(System::CitizenId))
    );
    // A firm's code in a person's row is no number of that person.
    let odd = claim(SubjectKind::NaturalPerson, "甲某", &[uscc(1, 7)]);
    let answer = resolve(&odd, &[(uscc(1, 7), subject(1))], &[]);
    assert_eq!(reason(&answer), Some(Reason::PersonWithoutIdentifier));
}

#[test]
fn a_persons_number_leads_to_no_organisation() {
    let number = id(System::CitizenId, "11010119900307888X");
    let answer = resolve(
        &firm("", std::slice::from_ref(&number)),
        &[(number, subject(3))],
        &[],
    );
    assert_eq!(reason(&answer), Some(Reason::NothingToGoBy));
}

#[test]
fn nothing_is_not_somebody() {
    for name in ["", "  ", "（）"] {
        let answer = resolve(&firm(name, &[]), &[], &[candidate(1, name, None)]);
        assert_eq!(reason(&answer), Some(Reason::NothingToGoBy), "{name:?}");
    }
}

#[test]
fn a_person_looks_at_no_more_than_fits_a_page() {
    let many: Vec<_> = (0..=255).rev().map(|n| candidate(n, NAME, None)).collect();
    let Answer::AskHuman { candidates, .. } = resolve(&firm(NAME, &[]), &[], &many) else {
        unreachable!("namesakes make a question")
    };
    assert_eq!(candidates.len(), CANDIDATES);
    assert_eq!(
        candidates.first().map(|first| first.subject),
        Some(subject(0))
    );
}

#[test]
fn keys_come_strongest_first_and_derived_ones_last() {
    let claim = firm(NAME, &[tax(8), uscc(1, 7)]);
    let found: Vec<_> = keys(&claim).into_iter().map(|key| key.identifier).collect();
    assert_eq!(found, [uscc(1, 7), tax(8), org(7), org(8)]);
    // An organisation code that the row itself gives is not derived again.
    let found = keys(&firm(NAME, &[org(7), uscc(1, 7)]));
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|key| !key.is_derived()));
}

#[test]
fn every_reason_speaks_three_languages_and_has_its_own_code() {
    let reasons = [
        Reason::SameIdentifier(System::Uscc),
        Reason::OrgCodeInside(System::TaxNo),
        Reason::HoldersDisagree,
        Reason::StrongerDiffers(System::Uscc),
        Reason::SameName,
        Reason::PersonWithoutIdentifier,
        Reason::NothingToGoBy,
    ];
    let codes: std::collections::BTreeSet<_> = reasons.iter().map(|r| r.code()).collect();
    assert_eq!(codes.len(), reasons.len());
    for reason in reasons {
        let texts = Lang::ALL.map(|lang| reason.text(lang));
        assert!(
            texts.iter().all(|text| text.ends_with(['.', '。'])),
            "{texts:?}"
        );
        assert!(texts[0] != texts[1] && texts[1] != texts[2]);
    }
}
