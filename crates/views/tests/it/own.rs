//! The subject's own file: everything, with its state, and what the public does not see.

use crate::sample::{
    CATALOG, Outcome, REPRESENTATIVE, own, penalty, public, registration, report, section, today,
    version,
};
use credit::lang::Lang;
use credit::record::Change;
use jiff::civil::date;

#[test]
fn ended_removed_and_held_facts_are_in_the_own_file_only_and_say_so() -> Outcome {
    let mut removed = penalty(3, date(2026, 6, 1));
    let mut gone = version(2, date(2026, 7, 1), &[]);
    gone.change = Change::Removed;
    removed.versions.push(gone);
    let mut held = penalty(4, date(2026, 6, 1));
    held.versions[0].held = Some("not-final".to_owned());
    let records = vec![
        penalty(2, date(2024, 1, 1)),
        removed,
        held,
        penalty(5, date(2026, 6, 1)),
    ];

    let seen = report(&public(records.clone(), today())?);
    assert_eq!(section(&seen, "administrative").len(), 1);

    let file = report(&own(records, today())?);
    let mut states: Vec<&str> = section(&file, "administrative")
        .iter()
        .map(|item| item.publication.code)
        .collect();
    states.sort_unstable();
    assert_eq!(states, ["held", "public", "publicity-end", "removed"]);
    assert!(
        file.notices
            .iter()
            .any(|text| text.contains("供信用主体了解自身信息"))
    );
    assert_eq!(file.purpose.code, "own-report");
    Ok(())
}

#[test]
fn the_representative_is_in_the_own_file_only() -> Outcome {
    let told = |report: &views::Report| views::report::json(report).contains(REPRESENTATIVE);
    assert!(!told(&report(&public(vec![registration()], today())?)));
    assert!(told(&report(&own(vec![registration()], today())?)));
    Ok(())
}

#[test]
fn a_glance_lists_what_a_report_lists() -> Outcome {
    let records = vec![
        registration(),
        penalty(2, date(2026, 6, 1)),
        penalty(3, date(2026, 7, 1)),
    ];
    let dossier = public(records, today())?;
    let glance = views::lookup::lookup(&CATALOG, &dossier, Lang::En);
    let made = report(&dossier);
    for (short, long) in glance.sections.iter().zip(&made.sections) {
        assert_eq!((short.code, short.found), (long.code, long.found));
    }
    let penalties = &glance.sections[1].lines;
    assert_eq!(
        penalties[0].headline.as_deref(),
        Some("江罚〔2026〕3号"),
        "most recent first"
    );
    assert_eq!(penalties[0].source, "Register");
    assert_eq!(penalties[0].dated, date(2026, 7, 1));
    Ok(())
}
