//! A site's own policies: they take away, and never give.

use crate::{appointed, shipped, today, with};
use access::BadPolicies;
use access::policies::{SITE_BYTES, SITE_POLICIES};
use credit::people::{Action, Appointment, Reach, Role};
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn a_site_forbids_by_agency_unit_and_day() {
    let site = r#"
        forbid (principal, action == Action::"lookup-make", resource)
        when { principal.agency == Agency::"tax" };
        forbid (principal, action == Action::"lookup-make", resource)
        unless { principal has unit && principal.unit == "inspection" };
        forbid (principal in Role::"auditor", action, resource)
        when { context.today >= datetime("2026-07-01") && !resource.own };
    "#;
    let access = with(site).expect("policies");
    let look = |one: &Appointment, day| {
        let reach = access.reach(std::slice::from_ref(one), Action::LookupMake, day);
        !reach.is_nothing()
    };
    let mut officer = appointed(Role::LookupOfficer, "samr", &[]);
    assert!(!look(&officer, today()), "of no unit");
    officer.unit = Some("inspection".to_owned());
    assert!(look(&officer, today()));
    officer.agency = "tax".to_owned();
    assert!(!look(&officer, today()), "of the agency that may not");

    let auditor = [appointed(Role::Auditor, "centre", &[])];
    let reach = |day| access.reach(&auditor, Action::PeopleList, day);
    assert_eq!(reach(date(2026, 6, 30)), Reach::All);
    let own = Reach::Own(vec![("centre".to_owned(), Vec::new())]);
    assert_eq!(reach(date(2026, 7, 1)), own);
}

#[test]
fn a_site_permits_nothing() {
    let refused = with("@id(\"more\")\npermit (principal, action, resource);");
    let named = matches!(&refused, Err(BadPolicies::Permits(which)) if which.contains("more"));
    assert!(named, "{refused:?}");
    let hidden = "forbid (principal, action, resource) when { false };\n\
                  permit (principal, action, resource) unless { false };";
    assert!(matches!(with(hidden), Err(BadPolicies::Permits(_))));
}

#[test]
fn a_policy_that_speaks_of_what_is_not_known_is_refused() {
    for unknown in [
        "forbid (principal, action, resource) when { resource.agency == Agency::\"tax\" };",
        "forbid (principal, action == Action::\"score\", resource);",
        "forbid (principal in Role::\"auditer\", action, resource);",
        "forbid (principal, action, resource) when { principal.unit == \"x\" };",
        "forbid (principal, action, resource) when { principal.from == 1 };",
        "forbid (principal, action, resource) when { context.hour > 18 };",
    ] {
        let read = with(unknown);
        assert!(
            matches!(read, Err(BadPolicies::Unfit(_))),
            "{unknown}: {read:?}"
        );
    }
    for broken in [
        "forbid",
        "forbid (principal, action, resource)",
        "\u{0}",
        "};",
    ] {
        let read = with(broken);
        assert!(
            matches!(read, Err(BadPolicies::Unreadable(_))),
            "{broken}: {read:?}"
        );
    }
}

#[test]
fn a_site_has_a_hundred_policies_and_no_template() {
    let one = "forbid (principal, action, resource) when { false };\n";
    assert!(with(&one.repeat(SITE_POLICIES)).is_ok());
    let many = with(&one.repeat(SITE_POLICIES + 1));
    assert_eq!(many.err(), Some(BadPolicies::TooMany));
    let long = format!("{one}//{}", "·".repeat(SITE_BYTES));
    assert_eq!(with(&long).err(), Some(BadPolicies::TooMany));
    let template = "forbid (principal == ?principal, action, resource);";
    assert_eq!(with(template).err(), Some(BadPolicies::TooMany));
}

/// Cedar leaves a policy out that fails while it is asked; one that forbids would let in.
#[test]
fn a_policy_that_fails_on_its_way_lets_nobody_in() {
    let failing = "forbid (principal, action, resource) \
                   when { 9223372036854775807 + (if principal.agency == Agency::\"tax\" then 1 else 0) > 0 && false };";
    let access = with(failing).expect("it fits the schema");
    let reach = |agency| {
        let one = [appointed(Role::Reader, agency, &[])];
        access.reach(&one, Action::HoldList, today())
    };
    assert!(reach("tax").is_nothing());
    assert!(!reach("samr").is_nothing());
}

fn some_rule() -> impl Strategy<Value = String> {
    let action = prop_oneof![
        Just("action".to_owned()),
        prop::sample::select(Action::ALL)
            .prop_map(|action| format!("action == Action::\"{}\"", action.code())),
    ];
    let role = prop_oneof![
        Just("principal".to_owned()),
        prop::sample::select(Role::ALL.to_vec())
            .prop_map(|role| format!("principal in Role::\"{}\"", role.code())),
    ];
    let when = prop::sample::select(vec![
        "true",
        "false",
        "resource.own",
        "resource.named",
        "!resource.own",
        "principal has unit",
        "principal.agency == Agency::\"samr\"",
        "context.today > datetime(\"2026-05-31\")",
    ]);
    (role, action, when).prop_map(|(role, action, when)| {
        format!("forbid ({role}, {action}, resource) when {{ {when} }};")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever a site writes, nobody reaches further; and what was remembered is what is asked.
    #[test]
    fn rules_of_a_site_only_narrow(
        rules in prop::collection::vec(some_rule(), 0..4),
        asked in prop::collection::vec(
            (prop::sample::select(Role::ALL.to_vec()), prop::sample::select(Action::ALL), any::<bool>()),
            1..12,
        ),
    ) {
        let (plain, access) = (shipped(), with(&rules.join("\n")).expect("rules"));
        for (role, action, themed) in asked {
            let themes: &[&str] = if themed { &["penalty"] } else { &[] };
            let one = [appointed(role, "samr", themes)];
            let wide = plain.reach(&one, action, today());
            let narrow = access.reach(&one, action, today());
            for (agency, theme) in [("samr", "penalty"), ("samr", "permit"), ("tax", "penalty")] {
                let further = narrow.covers(agency, theme) && !wide.covers(agency, theme);
                prop_assert!(!further, "{role:?} {action:?} {agency} {theme} {rules:?}");
            }
            prop_assert_eq!(access.reach(&one, action, today()), narrow);
        }
    }
}
