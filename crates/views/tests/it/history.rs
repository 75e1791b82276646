//! Versions of one fact.

use crate::sample::{CATALOG, Outcome, own, public, record, registration, today, version};
use credit::lang::Lang;
use credit::record::Change;
use credit::subject::RecordId;
use jiff::civil::date;
use views::history::history;

#[test]
fn versions_stand_newest_first_and_name_what_changed() -> Outcome {
    let mut gone = version(3, date(2026, 3, 1), &[]);
    gone.change = Change::Removed;
    let fact = record(
        1,
        "registration",
        vec![
            version(1, date(2026, 1, 1), &[("MC", "甲公司"), ("ZB", "1.00")]),
            version(2, date(2026, 2, 1), &[("MC", "甲公司"), ("ZB", "2.00")]),
            gone,
        ],
    );
    let dossier = own(vec![fact.clone()], today())?;
    let found = history(&CATALOG, &dossier, fact.id, Lang::En).ok_or("no history")?;
    let seqs: Vec<u32> = found.versions.iter().map(|version| version.seq).collect();
    assert_eq!(seqs, [2, 3, 1]);
    let told: Vec<&str> = found
        .versions
        .iter()
        .map(|version| version.change.code)
        .collect();
    assert_eq!(told, ["stated", "removed", "stated"]);
    assert_eq!(found.source, "Register");
    Ok(())
}

#[test]
fn the_public_has_no_history() -> Outcome {
    let mut fact = registration();
    fact.versions
        .push(version(2, date(2026, 2, 1), &[("MC", "新名")]));
    let dossier = public(vec![fact.clone()], today())?;
    let found = history(&CATALOG, &dossier, fact.id, Lang::Zh).ok_or("no history")?;
    assert_eq!(found.versions.len(), 1);
    assert!(history(&CATALOG, &dossier, RecordId([0xff; 16]), Lang::Zh).is_none());
    Ok(())
}
