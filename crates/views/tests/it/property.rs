//! Whatever the facts: a report says what its dossier holds, and nothing else.

use crate::sample::{CATALOG, REPRESENTATIVE, ask, penalty, public, registration, report, today};
use credit::lang::Lang;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::HashSet;

fn days() -> impl Strategy<Value = Date> {
    (0_i32..900).prop_map(|n| date(2024, 7, 1).saturating_add(jiff::Span::new().days(n)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_value_of_a_report_is_in_its_dossier(
        facts in prop::collection::vec((days(), "\\PC{0,12}", any::<bool>()), 0..12),
    ) {
        let mut records = vec![registration()];
        for (n, (day, text, late)) in facts.iter().enumerate() {
            let mut fact = penalty(n as u16 + 2, *day);
            fact.versions[0].late = *late;
            fact.versions[0].values.push(("JG".to_owned(), text.clone()));
            records.push(fact);
        }
        let dossier = public(records, today()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let held: HashSet<&str> = dossier
            .entries()
            .iter()
            .flat_map(|entry| entry.values.iter().map(|(_, shown)| shown.text(Lang::Zh)))
            .collect();
        let made = report(&dossier);
        let mut records_seen = HashSet::new();
        for item in made.sections.iter().flat_map(|section| &section.entries) {
            prop_assert!(records_seen.insert(item.record), "an entry is printed once");
            for value in item.values.iter().filter_map(|value| value.value.as_deref()) {
                prop_assert!(held.contains(value), "{}", value);
            }
        }
        prop_assert_eq!(records_seen.len(), dossier.entries().len());
        prop_assert!(!views::report::json(&made).contains(REPRESENTATIVE));
    }

    #[test]
    fn signs_in_values_change_nothing_but_the_value(text in "[\\PC{}\"\\\\#$*<>&]{1,20}") {
        let mut fact = penalty(2, date(2026, 6, 1));
        fact.versions[0].values.retain(|(code, _)| code != "JG");
        fact.versions[0].values.push(("JG".to_owned(), text.clone()));
        let dossier =
            public(vec![fact], today()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let made = views::report(&CATALOG, &dossier, &ask(Lang::En));
        let tree: serde_json::Value = serde_json::from_str(&views::report::json(&made))
            .map_err(|e| TestCaseError::fail(e.to_string()))?;
        let values = &tree["sections"][1]["entries"][0]["values"];
        let organ = values.as_array().and_then(|all| all.iter().find(|one| one["code"] == "JG"));
        let value = organ.map(|one| one["value"].clone());
        let seen = dossier.entries()[0].value(2).map(|shown| shown.text(Lang::En).to_owned());
        prop_assert_eq!(value, seen.map(serde_json::Value::String));
    }
}
