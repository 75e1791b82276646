//! A subject of which nothing is public is not known to the public; nor is a name or a number that
//! only facts out of public view tell.

use crate::make::{INNER, PENALTY, PERMIT, catalog, facts, now, open_own, record, version};
use credit::clock::Severity;
use credit::identifier::{Identifier, System};
use credit::record::{Change, Facts, Record, Subject, Version};
use credit::subject::SubjectKind;
use jiff::civil::date;
use policy::{Mismatch, Permit};

const CODE: &str = "91350100M000100Y43";
const OLD_NUMBER: &str = "350100100000001";

/// What the public is told of who a subject is.
fn seen(facts: Facts) -> Result<Subject, Mismatch> {
    let permit = Permit::public(facts.subject.id);
    let sealed = crate::make::sealed(&permit, facts);
    permit
        .open(sealed, &catalog(), now())
        .map(|dossier| dossier.subject().clone())
}

fn firm(records: Vec<Record>) -> Facts {
    let mut facts = facts(SubjectKind::Enterprise, records);
    facts.subject.name = "乙".to_owned();
    facts.subject.other_names = vec!["甲".to_owned(), "丙".to_owned()];
    let old = Identifier::from_store(System::RegNo, OLD_NUMBER.to_owned());
    let code = Identifier::from_store(System::Uscc, CODE.to_owned());
    let inner = code.org_code();
    facts.subject.identifiers = [Some(code), inner, Some(old)]
        .into_iter()
        .flatten()
        .collect();
    facts
}

fn held(row: &[(&str, &str)]) -> Version {
    Version {
        held: Some("severity-unknown".to_owned()),
        ..version(1, row)
    }
}

/// Every way in which a fact is out of public view.
fn unseen() -> Vec<Record> {
    let one = |change: &dyn Fn(&mut Version)| {
        let mut version = version(1, &[("NAME", "乙")]);
        change(&mut version);
        record(1, PENALTY, vec![version])
    };
    vec![
        record(1, PENALTY, vec![held(&[("NAME", "乙")])]),
        one(&|v| v.change = Change::Removed),
        one(&|v| v.change = Change::Moved),
        one(&|v| v.severity = Some(Severity::Minor)),
        one(&|v| v.severity = None),
        one(&|v| v.values.push(("END".to_owned(), "2026-05-31".to_owned()))),
        one(&|v| {
            v.document = v.document.map(|known| credit::record::DocumentClock {
                started_on: date(2020, 1, 1),
                ..known
            });
        }),
        record(1, INNER, vec![version(1, &[("NAME", "乙")])]),
        record(1, PENALTY, Vec::new()),
    ]
}

#[test]
fn nothing_public_means_not_known() {
    assert_eq!(seen(firm(Vec::new())).err(), Some(Mismatch::NotPublic));
    for record in unseen() {
        let known = seen(firm(vec![record.clone()]));
        assert_eq!(known.err(), Some(Mismatch::NotPublic), "{record:?}");
        assert!(open_own(vec![record], now()).is_ok(), "its own file stays");
    }
    let all = unseen();
    assert_eq!(seen(firm(all)).err(), Some(Mismatch::NotPublic));
}

#[test]
fn one_public_fact_beside_any_makes_it_known() -> Result<(), Mismatch> {
    for mut hidden in unseen() {
        hidden.id = credit::subject::RecordId([9; 16]);
        let shown = record(1, PERMIT, vec![version(1, &[("NAME", "甲")])]);
        let subject = seen(firm(vec![hidden, shown]))?;
        assert!(!subject.name.is_empty());
    }
    Ok(())
}

#[test]
fn a_name_told_only_out_of_view_is_not_shown() -> Result<(), Mismatch> {
    let shown = || record(1, PERMIT, vec![version(1, &[("NAME", "甲")])]);
    let hidden = record(2, PENALTY, vec![held(&[("NAME", "乙")])]);
    let subject = seen(firm(vec![shown(), hidden.clone()]))?;
    assert_eq!(subject.name, "甲");
    assert_eq!(subject.other_names, ["丙"], "no fact here tells its origin");
    // A version that waits within a record that is shown tells nothing either.
    let mut first = held(&[("NAME", "丙")]);
    first.stated_on = date(2026, 2, 1);
    let corrected = vec![first, version(2, &[("NAME", "甲")])];
    let subject = seen(firm(vec![record(1, PERMIT, corrected), hidden.clone()]))?;
    assert_eq!(
        (subject.name.as_str(), subject.other_names.len()),
        ("甲", 0)
    );
    // The same name in a fact that is shown is shown; a former name of such a fact, too.
    let renamed = vec![version(1, &[("NAME", "丙")]), version(2, &[("NAME", "乙")])];
    let subject = seen(firm(vec![record(1, PERMIT, renamed), hidden]))?;
    assert_eq!(
        (subject.name.as_str(), subject.other_names.len()),
        ("乙", 2)
    );
    // A public fact has a subject, whatever told its name.
    let nameless = record(1, PERMIT, vec![version(1, &[])]);
    let hidden = record(
        2,
        PENALTY,
        vec![held(&[("NAME", "乙"), ("REMARK", "甲"), ("FACTS", "丙")])],
    );
    assert_eq!(seen(firm(vec![nameless, hidden]))?.name, "乙");
    Ok(())
}

#[test]
fn a_number_told_only_out_of_view_is_not_shown() -> Result<(), Mismatch> {
    let shown = record(1, PERMIT, vec![version(1, &[("REMARK", CODE)])]);
    let hidden = record(
        2,
        PENALTY,
        vec![held(&[("REMARK", OLD_NUMBER), ("PLACE", CODE)])],
    );
    let values = |subject: Subject| -> Vec<String> {
        let values = subject.identifiers.iter();
        values.map(|one| one.value().to_owned()).collect()
    };
    let both = values(seen(firm(vec![shown, hidden.clone()]))?);
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(!both.contains(&OLD_NUMBER.to_owned()));
    let other = record(1, PERMIT, vec![version(1, &[("NAME", "甲")])]);
    assert!(values(seen(firm(vec![other, hidden]))?).is_empty());
    Ok(())
}
