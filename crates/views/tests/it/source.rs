//! Every view names the same source of a fact: report, short view and history.

use crate::sample::{CATALOG, Outcome, own, penalty, report, section, today};
use credit::lang::Lang;
use views::{history, lookup};

const ORGAN: &str = "江州市市场监督管理局";

#[test]
fn a_source_is_named_alike_in_every_view() -> Outcome {
    // The sender, what the row itself names, and what a reader is to see.
    let cases = [
        ("register", ORGAN, "登记机关"),
        ("11310000MA1FL00005", ORGAN, ORGAN),
        ("11310000MA1FL00005", "", "11310000MA1FL00005"),
    ];
    for (supplier, named, seen) in cases {
        assert_eq!(sources(supplier, named)?, [seen, seen, seen]);
    }
    let relayed = sources("above", ORGAN)?;
    assert!(relayed.iter().all(|text| *text == relayed[0]));
    assert!(relayed[0].contains(ORGAN) && relayed[0].contains("上级平台"));
    assert_eq!(sources("above", "")?, ["上级平台"; 3]);
    Ok(())
}

/// What report, short view and history name as the source of a penalty.
fn sources(supplier: &str, named: &str) -> Result<[String; 3], Box<dyn std::error::Error>> {
    let mut fact = penalty(2, jiff::civil::date(2026, 6, 1));
    let id = fact.id;
    fact.supplier = supplier.into();
    if !named.is_empty() {
        fact.versions[0].values.push(("LY".into(), named.into()));
    }
    let dossier = own(vec![fact], today())?;
    let made = report(&dossier);
    let full = section(&made, "administrative")
        .first()
        .map(|item| item.source.clone());
    let short = lookup::lookup(&CATALOG, &dossier, Lang::Zh);
    let short = short.sections.iter().flat_map(|section| &section.lines);
    let short = short.map(|line| line.source.clone()).next();
    let past = history::history(&CATALOG, &dossier, id, Lang::Zh).map(|past| past.source);
    Ok([full, short, past].map(Option::unwrap_or_default))
}
