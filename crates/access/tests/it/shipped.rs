//! What the shipped policies say.

use crate::{appointed, shipped, today};
use access::policies::{Matter, Policies, SCHEMA, SHIPPED};
use credit::people::{Action, Reach, Role};
use jiff::civil::date;

#[test]
fn an_officer_reaches_the_agency_and_themes_of_the_appointment_only() {
    let access = shipped();
    let officer = [appointed(Role::SupplierOfficer, "samr", &["penalty"])];
    let reach = access.reach(&officer, Action::SubmissionCreate, today());
    assert!(reach.covers("samr", "penalty") && reach.touches("samr"));
    assert!(!reach.covers("samr", "permit") && !reach.covers("tax", "penalty"));
    let confirms = access.reach(&officer, Action::SnapshotConfirm, today());
    assert!(confirms.is_nothing());
}

#[test]
fn nothing_is_reached_before_the_first_day_nor_after_the_last() {
    let access = shipped();
    for role in Role::ALL {
        let one = [appointed(role, "samr", &[])];
        for action in Action::ALL {
            for day in [date(2025, 12, 31), date(2027, 1, 1)] {
                let reach = access.reach(&one, *action, day);
                assert!(reach.is_nothing(), "{role:?} {action:?} on {day}");
            }
            let [first, last] =
                [date(2026, 1, 1), date(2026, 12, 31)].map(|day| access.reach(&one, *action, day));
            assert_eq!(first, last, "{role:?} {action:?}");
        }
    }
}

#[test]
fn several_appointments_add_up_and_never_cross() {
    let access = shipped();
    let both = [
        appointed(Role::SupplierOfficer, "samr", &["penalty"]),
        appointed(Role::Reader, "tax", &[]),
        appointed(Role::SupplierOfficer, "court", &["judgment-debtor"]),
    ];
    let reach = access.reach(&both, Action::SubmissionCreate, today());
    assert_eq!(reach.agencies(), Some(vec!["court", "samr"]));
    let crossed = reach.covers("samr", "judgment-debtor");
    assert!(!crossed, "themes stay with their agency");
    let read = access.reach(&both, Action::SubmissionRead, today());
    assert!(read.covers("tax", "tax-a"));
}

#[test]
fn nobody_who_only_reads_or_acts_for_a_subject_changes_anything() {
    let access = shipped();
    let changes = [
        Action::SubmissionCreate,
        Action::SubmissionRecall,
        Action::FactCorrect,
        Action::RejectMend,
        Action::SnapshotConfirm,
        Action::QuestionDecide,
        Action::PeopleMove,
    ];
    let readers = [Role::Reader, Role::Auditor];
    let outside = [Role::SubjectRepresentative, Role::TaskClerk];
    for role in readers.into_iter().chain(outside) {
        for action in changes {
            let reach = access.reach(&[appointed(role, "samr", &[])], action, today());
            assert!(reach.is_nothing(), "{role:?} {action:?}");
        }
    }
    for role in outside {
        for action in Action::ALL {
            let reach = access.reach(&[appointed(role, "samr", &[])], *action, today());
            assert!(
                reach.is_nothing(),
                "the desk is not theirs: {role:?} {action:?}"
            );
        }
    }
}

/// A code that the schema lacks would make an action impossible; one that the program lacks would be a
/// promise that nobody keeps.
#[test]
fn schema_and_program_know_the_same_roles_and_actions() {
    let quoted = |text: &str| -> Vec<String> {
        let odd = text.split('"').skip(1).step_by(2);
        odd.map(str::to_owned).collect()
    };
    let (head, rest) = SCHEMA.split_once("];").expect("roles");
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    assert_eq!(quoted(head), roles);
    let actions: Vec<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(quoted(rest), actions);
}

/// What an answer is made of: policies see where a matter stands and nothing else of it.
#[test]
fn policies_are_asked_of_three_matters() {
    let policies = Policies::read(SHIPPED, "").expect("policies");
    let officer = appointed(Role::Reader, "tax", &["tax-a"]);
    let told = Matter::ALL.map(|at| policies.allow(&officer, Action::HoldList, at, today()));
    assert_eq!(told, [true, false, false]);
    let auditor = appointed(Role::Auditor, "centre", &[]);
    let told = Matter::ALL.map(|at| policies.allow(&auditor, Action::HoldList, at, today()));
    assert_eq!(told, [true, true, true]);
}

/// Codes come from outside; none of them may be read as anything but a code.
#[test]
fn codes_of_agencies_and_units_are_never_read_as_policy() {
    let access = shipped();
    for code in [
        "",
        "\"",
        "a\" || true",
        "Role::\"auditor\"",
        "\u{0}",
        "市监局\n",
    ] {
        let mut one = appointed(Role::Reader, code, &[]);
        one.unit = Some(code.to_owned());
        let reach = access.reach(&[one], Action::HoldList, today());
        assert_eq!(reach, Reach::Own(vec![(code.to_owned(), Vec::new())]));
    }
}
