//! The permit fits one seal, of one subject, for one purpose, and says what must be logged.

use crate::make::{
    PERMIT, all_texts, catalog, facts, now, own_permit, record, subject_id, version,
};
use credit::lang::Lang;
use credit::subject::{SubjectId, SubjectKind};
use policy::{CaseNumber, Mismatch, NotAccepted, Officer, Permit, Purpose};

fn firm() -> credit::record::Facts {
    facts(
        SubjectKind::Enterprise,
        vec![record(1, PERMIT, vec![version(1, &[("NAME", "甲")])])],
    )
}

#[test]
fn the_permit_for_which_facts_were_read_opens_them() -> Result<(), NotAccepted> {
    let permit = own_permit(1)?;
    let sealed = crate::make::sealed(&permit, firm());
    let dossier = permit.open(sealed, &catalog(), now());
    assert_eq!(dossier.map(|dossier| dossier.entries().len()), Ok(1));
    Ok(())
}

#[test]
fn another_subjects_facts_stay_shut() {
    let other = Permit::public(SubjectId([8; 16]));
    let sealed = crate::make::sealed(&other, firm());
    let opened = Permit::public(subject_id()).open(sealed, &catalog(), now());
    assert_eq!(opened.err(), Some(Mismatch::Subject));
}

/// A store that reads the wrong subject under the right permit is caught as well.
#[test]
fn facts_about_another_subject_under_this_permit_stay_shut() {
    let permit = Permit::public(SubjectId([8; 16]));
    let sealed = crate::make::sealed(&permit, firm());
    assert_eq!(
        permit.open(sealed, &catalog(), now()).err(),
        Some(Mismatch::Subject)
    );
}

#[test]
fn another_permits_facts_stay_shut() -> Result<(), NotAccepted> {
    let sealed = crate::make::sealed(&own_permit(1)?, firm());
    let opened = own_permit(2)?.open(sealed, &catalog(), now());
    assert_eq!(opened.err(), Some(Mismatch::Permit));
    Ok(())
}

/// An own permit that happens to bear the public permits' id is still another permit, both ways.
#[test]
fn another_purposes_facts_stay_shut() -> Result<(), NotAccepted> {
    let read_publicly = crate::make::sealed(&Permit::public(subject_id()), firm());
    let opened = own_permit(0)?.open(read_publicly, &catalog(), now());
    assert_eq!(opened.err(), Some(Mismatch::Permit));
    let read_for_own = crate::make::sealed(&own_permit(0)?, firm());
    let opened = Permit::public(subject_id()).open(read_for_own, &catalog(), now());
    assert_eq!(opened.err(), Some(Mismatch::Permit));
    Ok(())
}

#[test]
fn a_public_permit_is_not_logged_and_an_own_one_is_in_full() -> Result<(), NotAccepted> {
    assert_eq!(Permit::public(subject_id()).access(), None);
    let permit = own_permit(5)?;
    let access = permit.access();
    let access = access.as_ref();
    assert_eq!(access.map(|access| access.permit), Some([5; 16]));
    assert_eq!(access.map(|access| access.subject), Some(subject_id()));
    assert_eq!(
        access.map(|access| access.purpose),
        Some(Purpose::OwnReport)
    );
    assert_eq!(access.map(|access| access.officer.name()), Some("窗口甲"));
    assert_eq!(access.map(|access| access.case.as_str()), Some("2026-1"));
    Ok(())
}

/// The public cannot even tell whether such a subject is on file.
#[test]
fn people_have_no_public_page() {
    for kind in [SubjectKind::NaturalPerson, SubjectKind::IndividualBusiness] {
        for records in [firm().records, Vec::new()] {
            let permit = Permit::public(subject_id());
            let sealed = crate::make::sealed(&permit, facts(kind, records));
            assert_eq!(
                permit.open(sealed, &catalog(), now()).err(),
                Some(Mismatch::NotPublic)
            );
        }
    }
}

#[test]
fn every_kind_of_organisation_has_one() {
    for kind in SubjectKind::ALL
        .into_iter()
        .filter(|kind| kind.is_organisation())
    {
        let permit = Permit::public(subject_id());
        let sealed = crate::make::sealed(&permit, facts(kind, firm().records));
        assert!(permit.open(sealed, &catalog(), now()).is_ok(), "{kind:?}");
    }
}

#[test]
fn no_dossier_holds_a_persons_number_of_the_subject() -> Result<(), NotAccepted> {
    for permit in [Permit::public(subject_id()), own_permit(1)?] {
        let sealed = crate::make::sealed(&permit, firm());
        let texts = permit
            .open(sealed, &catalog(), now())
            .map(|dossier| all_texts(&dossier));
        let texts = texts.unwrap_or_default().concat();
        assert!(texts.contains("91350100M000100Y43"));
        assert!(!texts.contains("11010519491231002X"), "{texts}");
    }
    Ok(())
}

#[test]
fn officers_and_cases_are_named() {
    let number = "身份证11010519491231002X";
    for bad in ["", "  ", "甲\n乙", "\u{0}", number, &"长".repeat(121)] {
        assert!(Officer::parse(bad, "局").is_err(), "{bad:?}");
        assert!(Officer::parse("甲", bad).is_err(), "{bad:?}");
        assert!(CaseNumber::parse(bad).is_err(), "{bad:?}");
    }
    assert_eq!(
        Officer::parse(" 甲 ", " 局 ").map(|officer| officer.name().len()),
        Ok(3)
    );
    assert!(CaseNumber::parse(&"长".repeat(120)).is_ok());
}

#[test]
fn nothing_prints_what_it_holds() -> Result<(), NotAccepted> {
    let permit = own_permit(1)?;
    let sealed = crate::make::sealed(&permit, firm());
    let mut printed = format!("{permit:?} {sealed:?} {:?}", permit.access());
    if let Ok(dossier) = permit.open(sealed, &catalog(), now()) {
        printed += &format!("{dossier:?} {:?}", dossier.entries());
    }
    for secret in ["甲市乙厂", "窗口甲", "91350100M000100Y43", "\"甲\""] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    Ok(())
}

#[test]
fn purposes_have_codes_and_errors_a_way_on() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::parse(purpose.code()), Some(purpose));
    }
    assert_eq!(Purpose::parse("audit"), None);
    // What the public reads about a person is what it reads about nobody.
    for lang in Lang::ALL {
        assert!(!Mismatch::NotPublic.text(lang).is_empty());
        assert_eq!(Mismatch::Subject.text(lang), Mismatch::Permit.text(lang));
    }
}

/// A list that the store could give.
struct List;

impl policy::OfCaseList for List {}
impl policy::OfOwnFile for List {}

fn search(id: u8, matter: &str) -> Result<Permit, NotAccepted> {
    let officer = Officer::parse("account:1", "credit-centre")?;
    Permit::case_search([id; 16], subject_id(), officer, matter)
}

#[test]
fn a_search_for_cases_opens_the_list_and_nothing_else() -> Result<(), NotAccepted> {
    for wrong in ["", " ", "11010519491231002X"] {
        assert!(search(1, wrong).is_err(), "{wrong}");
    }
    let permit = search(1, "call 7")?;
    let access = permit
        .access()
        .map(|access| access.case.as_str().to_owned());
    assert_eq!(access.as_deref(), Some("search:call 7"));
    assert_eq!(permit.purpose(), Purpose::CaseWork);
    let sealed = crate::make::sealed(&permit, List);
    assert!(permit.open_case_list(sealed).is_ok());
    // Neither the own file, nor a list of another's.
    let permit = search(2, "call 7")?;
    let sealed = crate::make::sealed(&permit, List);
    assert_eq!(permit.open_own(sealed).err(), Some(Mismatch::Permit));
    let permit = own_permit(3)?;
    let sealed = crate::make::sealed(&permit, List);
    assert_eq!(permit.open_case_list(sealed).err(), Some(Mismatch::Permit));
    // Whoever works on one case searches nothing.
    let officer = Officer::parse("account:1", "credit-centre")?;
    let case = credit::case::CaseId([4; 16]);
    let permit = Permit::case_work([4; 16], subject_id(), officer, case)?;
    let sealed = crate::make::sealed(&permit, List);
    assert_eq!(permit.open_case_list(sealed).err(), Some(Mismatch::Permit));
    // Nor does a matter that is called like a case open that one.
    let permit = search(5, "case:05050505050505050505050505050505")?;
    let sealed = crate::make::sealed(
        &permit,
        credit::case::AttachedFile {
            case: credit::case::CaseId([5; 16]),
            media: String::new(),
            name: String::new(),
            content: Vec::new(),
        },
    );
    assert_eq!(permit.open_attachment(sealed).err(), Some(Mismatch::Permit));
    Ok(())
}
