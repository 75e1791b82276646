//! The gate before measures, tried from every side: one lawful question, then each of its parts changed.

use credit::catalog::{Catalog, Grade};
use credit::clock::{Severity, end_of};
use credit::measure::{
    Ask, Edition, Fact, Ground, Measure, On, Role, Standing, Stop, Term, Until, admit,
};
use credit::subject::SubjectKind;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::OnceLock;

const DAY: Date = date(2026, 11, 30);

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(super::catalog::load)
}

fn editions() -> &'static [Edition] {
    &catalog().measures
}

fn edition() -> &'static Edition {
    &editions()[0]
}

/// The grave fact of a bid that was arranged, on a demonstration site: M03 may follow.
fn collusion() -> Fact<'static> {
    Fact {
        theme: "penalty",
        act: "bid-collusion",
        severity: Some(Severity::Serious),
        standing: Standing::InForce,
        first_minor_corrected: false,
    }
}

fn ask() -> Ask<'static> {
    Ask {
        measure: "M03",
        on: DAY,
        jurisdiction: "330100",
        demonstration: true,
        kind: SubjectKind::Enterprise,
        role: Role::Subject,
        organ: "bid-supervision",
        item: "mandatory-tender",
        ground: Ground::Fact(collusion()),
        until: Some(date(2028, 5, 30)),
    }
}

fn stopped(ask: &Ask<'_>) -> Stop {
    admit(editions(), ask).expect_err("stopped")
}

#[test]
fn a_lawful_measure_is_admitted_with_its_basis_and_its_end() {
    let ask = ask();
    let admitted = admit(editions(), &ask).expect("lawful");
    assert_eq!(admitted.basis().law, "招标投标法");
    assert_eq!(admitted.basis().article.as_deref(), Some("53"));
    let imposed = admitted.serve(Some(date(2026, 11, 29))).expect("served");
    assert_eq!(imposed.until, Until::Day(date(2028, 5, 30)));
    assert_eq!(imposed.from, DAY);
}

#[test]
fn r13_no_number_of_facts_grounds_a_measure() {
    // `Ground` has two values, and neither counts. What a file could still try is refused by name.
    let files = with("theme = \"penalty\"\nact = \"bid-collusion\"", "count = 3");
    assert!(refusals(&files).contains(&"C63".to_owned()));
}

#[test]
fn r14_relatives_are_no_role_and_people_only_where_the_basis_names_them() {
    for word in ["spouse", "child", "relative", "家属", "parent", ""] {
        assert_eq!(Role::parse(word), None);
    }
    let mut ask = ask();
    ask.role = Role::Representative;
    assert_eq!(stopped(&ask), Stop::Role);
    let files = with("roles = [\"subject\"]", "roles = [\"subject\", \"spouse\"]");
    assert!(refusals(&files).contains(&"C64".to_owned()));
}

#[test]
fn r15_a_measure_outside_a_list_in_force_is_stopped() {
    let asks = [
        (
            Ask {
                measure: "M99",
                ..ask()
            },
            Stop::Unknown,
        ),
        (
            Ask {
                measure: "",
                ..ask()
            },
            Stop::Unknown,
        ),
        (
            Ask {
                on: date(2025, 12, 31),
                ..ask()
            },
            Stop::NotInForce,
        ),
        (
            Ask {
                demonstration: false,
                ..ask()
            },
            Stop::DemonstrationOnly,
        ),
        (
            Ask {
                jurisdiction: "JP",
                ..ask()
            },
            Stop::Elsewhere,
        ),
        (
            Ask {
                organ: "food-safety",
                ..ask()
            },
            Stop::Organ,
        ),
        (
            Ask {
                kind: SubjectKind::NaturalPerson,
                ..ask()
            },
            Stop::Kind,
        ),
        (
            Ask {
                item: "state-funds",
                ..ask()
            },
            Stop::Item,
        ),
    ];
    for (ask, stop) in asks {
        assert_eq!(stopped(&ask), stop);
        assert_eq!(stop.rule(), "R15");
    }
}

#[test]
fn r15_a_city_list_holds_in_its_districts_and_nowhere_else() {
    let mut city = edition().clone();
    city.jurisdiction = "330100".to_owned();
    let list = [city];
    for (area, holds) in [
        ("330100", true),
        ("330106", true),
        ("330200", false),
        ("CN", false),
    ] {
        let ask = Ask {
            jurisdiction: area,
            ..ask()
        };
        assert_eq!(admit(&list, &ask).is_ok(), holds, "{area}");
    }
}

#[test]
fn r16_class_iii_is_ordered_by_nobody_and_class_i_stands_on_law() {
    let mut list = edition().clone();
    let measure = list.measures.iter_mut().find(|one| one.code == "M03");
    measure.expect("M03").class = credit::measure::Class::Informing;
    let refused = admit(std::slice::from_ref(&list), &ask()).expect_err("stopped");
    assert_eq!(refused, Stop::InformOnly);
    for rank in ["departmental-rule", "standard", "local-regulation"] {
        let text = format!("article = \"53\"\nrank = \"{rank}\"");
        let files = with("article = \"53\"\nrank = \"law\"", &text);
        assert!(refusals(&files).contains(&"C60".to_owned()), "{rank}");
    }
    let files = with(
        "class = \"I\"\neffect = \"bar\"",
        "class = \"II\"\neffect = \"bar\"",
    );
    assert!(refusals(&files).contains(&"C61".to_owned()));
    let files = with(
        "class = \"I\"\neffect = \"bar\"",
        "class = \"III\"\neffect = \"inform\"",
    );
    assert!(
        refusals(&files).contains(&"C61".to_owned()),
        "it has an organ"
    );
}

#[test]
fn r17_a_grade_alone_sets_inspections_and_nothing_else() {
    for measure in &edition().measures {
        for item in measure.items() {
            let ask = Ask {
                measure: &measure.code,
                kind: *measure.kinds.first().expect("a kind"),
                organ: measure.organs.first().expect("an organ"),
                item,
                ground: Ground::Grade,
                until: end(measure),
                ..ask()
            };
            let inspects = measure.effect == credit::measure::Effect::Inspect;
            match admit(editions(), &ask) {
                Ok(_) => assert!(inspects, "{}", measure.code),
                Err(stop) => {
                    assert!(!inspects, "{}", measure.code);
                    assert_eq!(stop, Stop::GradeAlone);
                }
            }
        }
    }
    let of_a_person = Ask {
        measure: "M14",
        kind: SubjectKind::IndividualBusiness,
        organ: "food-safety",
        item: "inspection",
        ground: Ground::Grade,
        until: None,
        ..ask()
    };
    assert_eq!(stopped(&of_a_person), Stop::GradeAlone);
    let files = with(
        "theme = \"penalty\"\nact = \"bid-collusion\"\nseverity = \"serious\"",
        "grade = \"D\"",
    );
    assert!(refusals(&files).contains(&"C62".to_owned()));
}

#[test]
fn r18_an_act_that_no_basis_joins_with_the_item_grounds_nothing() {
    for act in ["bid-fraud", "food-record", "dishonest-debtor", "littering"] {
        let fact = Fact { act, ..collusion() };
        let ask = Ask {
            ground: Ground::Fact(fact),
            ..ask()
        };
        assert_eq!(stopped(&ask), Stop::Unlinked);
    }
    let files = with("acts = [\"bid-collusion\"]", "acts = [\"bid-fraud\"]");
    assert!(refusals(&files).contains(&"C65".to_owned()));
    // Two bases: each joins its own acts with its own items, and neither lends the other's.
    let mut list = edition().clone();
    let mut measures = list.measures.iter_mut();
    let measure = measures.find(|one| one.code == "M03").expect("M03");
    let mut other = measure.bases[0].clone();
    other.acts = vec!["bid-fraud".to_owned()];
    other.items = vec!["government-procurement".to_owned()];
    measure.bases.push(other);
    measure.grounds.push(On {
        act: "bid-fraud".to_owned(),
        ..measure.grounds[0].clone()
    });
    for (act, item, joined) in [
        ("bid-collusion", "mandatory-tender", true),
        ("bid-fraud", "government-procurement", true),
        ("bid-collusion", "government-procurement", false),
        ("bid-fraud", "mandatory-tender", false),
    ] {
        let ask = Ask {
            item,
            ground: Ground::Fact(Fact { act, ..collusion() }),
            ..ask()
        };
        let admitted = admit(std::slice::from_ref(&list), &ask).map(|_| ());
        let expected = if joined { Ok(()) } else { Err(Stop::Unlinked) };
        assert_eq!(admitted, expected, "{act} {item}");
    }
}

#[test]
fn r19_terms_keep_within_the_law_and_a_first_minor_act_has_no_consequence() {
    let (shortest, longest) = (date(2027, 11, 30), date(2028, 11, 30));
    for until in [shortest, longest] {
        let ask = Ask {
            until: Some(until),
            ..ask()
        };
        assert!(admit(editions(), &ask).is_ok(), "{until}");
    }
    for until in [shortest.yesterday().ok(), longest.tomorrow().ok(), None] {
        assert_eq!(stopped(&Ask { until, ..ask() }), Stop::Term);
    }
    for severity in [Some(Severity::Ordinary), Some(Severity::Minor), None] {
        let fact = Fact {
            severity,
            ..collusion()
        };
        let ask = Ask {
            ground: Ground::Fact(fact),
            ..ask()
        };
        assert_eq!(stopped(&ask), Stop::NotGrave);
    }
    let fact = Fact {
        first_minor_corrected: true,
        ..collusion()
    };
    let ask = Ask {
        ground: Ground::Fact(fact),
        ..ask()
    };
    assert_eq!(stopped(&ask), Stop::FirstMinor);
    let files = with("term = { min = \"1 year\", max = \"2 years\" }\n", "");
    assert!(refusals(&files).contains(&"C66".to_owned()));
}

#[test]
fn r20_nothing_takes_effect_before_the_subject_was_told() {
    for told in [None, Some(date(2026, 12, 1))] {
        let ask = ask();
        let admitted = admit(editions(), &ask).expect("lawful");
        assert_eq!(admitted.serve(told), Err(Stop::NotServed));
    }
}

#[test]
fn invariant_04_a_fact_that_ended_or_is_contested_or_hangs_on_a_name_grounds_nothing() {
    let standings = [
        (Standing::Ended, Stop::FactEnded),
        (Standing::Contested, Stop::Contested),
        (Standing::ByName, Stop::ByName),
    ];
    for (standing, stop) in standings {
        let fact = Fact {
            standing,
            ..collusion()
        };
        let ask = Ask {
            ground: Ground::Fact(fact),
            ..ask()
        };
        assert_eq!(stopped(&ask), stop);
    }
    let fact = Fact {
        standing: Standing::ContestedUsed,
        ..collusion()
    };
    let ask = Ask {
        ground: Ground::Fact(fact),
        ..ask()
    };
    assert!(admit(editions(), &ask).is_ok());
}

#[test]
fn every_shipped_measure_is_reached_by_its_own_lawful_question() {
    assert_eq!(edition().measures.len(), 20);
    assert!(edition().demonstration);
    for measure in &edition().measures {
        let on = measure.grounds.first().expect("a ground");
        let joined = measure.bases.iter().find(|one| one.acts.contains(&on.act));
        let item = joined.expect("joined").items.first().expect("an item");
        let fact = Fact {
            theme: &on.theme,
            act: &on.act,
            severity: on.severity,
            ..collusion()
        };
        let ask = Ask {
            measure: &measure.code,
            kind: *measure.kinds.first().expect("a kind"),
            organ: measure.organs.first().expect("an organ"),
            item,
            ground: Ground::Fact(fact),
            until: end(measure),
            ..ask()
        };
        assert!(admit(editions(), &ask).is_ok(), "{}", measure.code);
    }
}

#[test]
fn each_reason_is_said_in_three_languages_and_has_its_own_code() {
    let mut codes: Vec<&str> = Stop::ALL.iter().map(|stop| stop.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Stop::ALL.len());
    let texts: std::collections::HashSet<String> =
        Stop::ALL.iter().map(|stop| stop.text().zh).collect();
    assert_eq!(texts.len(), Stop::ALL.len());
}

fn end(measure: &Measure) -> Option<Date> {
    match measure.term {
        Term::Fixed { min, .. } => Some(end_of(DAY, min)),
        Term::ByOrder => Some(DAY),
        Term::WhileInForce => None,
    }
}

/// The shipped catalogue with the first place of a text in the list of measures changed.
fn with(from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = super::catalog::shipped();
    let list = files
        .iter_mut()
        .find(|(path, _)| path == "measures/demonstration.toml");
    let (_, text) = list.expect("the list");
    let start = text.find("code = \"M03\"").expect("M03");
    let place = text[start..].find(from).expect("the text") + start;
    text.replace_range(place..place + from.len(), to);
    files
}

fn refusals(files: &[(String, String)]) -> Vec<String> {
    let findings = credit::catalog::check(files);
    let errors = findings
        .into_iter()
        .filter(|one| one.severity == Grade::Error);
    errors.map(|one| one.rule).collect()
}

proptest! {
    /// Against a plain reading of the list: whatever is admitted has every condition, and a site that
    /// decides for real is never let through by a demonstration.
    #[test]
    fn no_mixture_of_conditions_slips_through(
        measure in 0_usize..20, organ in 0_usize..15, item in 0_usize..24, act in 0_usize..17,
        kind in 0_usize..7, role in 0_usize..3, severity in 0_usize..4, theme in 0_usize..6,
        days in -10_i32..2_500, demonstration: bool,
    ) {
        let list = edition();
        let themes = ["penalty", "serious-list", "judgment-debtor", "safety-list", "government-arrears", "permit"];
        let severities = [None, Some(Severity::Minor), Some(Severity::Ordinary), Some(Severity::Serious)];
        let (act, item) = (&list.words.acts[act].code, &list.words.items[item].code);
        let measure = &list.measures[measure];
        let fact = Fact { theme: themes[theme], act, severity: severities[severity], ..collusion() };
        let until = (days >= 0).then(|| DAY + jiff::Span::new().days(days));
        let ask = Ask {
            measure: &measure.code, organ: &list.words.organs[organ].code, item,
            kind: SubjectKind::ALL[kind], role: Role::ALL[role],
            ground: Ground::Fact(fact), until, demonstration, ..ask()
        };
        if admit(editions(), &ask).is_ok() {
            prop_assert!(demonstration);
            prop_assert!(measure.organs.contains(&list.words.organs[organ].code));
            prop_assert!(measure.kinds.contains(&SubjectKind::ALL[kind]));
            prop_assert!(measure.roles.contains(&Role::ALL[role]));
            prop_assert!(measure.bases.iter().any(|one| one.acts.contains(act) && one.items.contains(item)));
            prop_assert!(measure.grounds.iter().any(|on| on.theme == themes[theme] && on.act == *act));
            prop_assert!(until.is_none_or(|day| day >= DAY));
        }
    }
}
