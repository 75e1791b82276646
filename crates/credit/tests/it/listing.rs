//! R12, R13: the shipped table of a listing lacks no step, and none can be taken out of it; on no way does a list
//! come before it.

use crate::catalog::load;
use credit::case::{Kind, Need, Party, Refusal, Said, Step};
use credit::catalog::{Catalog, Finding, Grade, check};
use jiff::civil::{Date, date};

fn table() -> String {
    let path = testkit::data::workspace().join("catalog/cases/listing.toml");
    std::fs::read_to_string(path).unwrap()
}

fn rules(text: &str) -> Vec<Finding> {
    let files = [("cases/listing.toml".to_owned(), text.to_owned())];
    let mut findings = check(&files);
    findings.retain(|finding| finding.severity == Grade::Error);
    findings
}

/// Changes the one move of a code, and expects the rule of listings to say what is missing.
fn refuses(code: &str, old: &str, new: &str, missing: &str) {
    let text = table();
    let (moves, head) = (
        text.find("[[moves]]").unwrap(),
        format!("code = \"{code}\"\n"),
    );
    let at = moves + text[moves..].find(&head).unwrap();
    let end = text[at..]
        .find("[[moves]]")
        .map_or(text.len(), |next| at + next);
    assert!(text[at..end].contains(old), "{code}: {old}");
    let changed = text[at..end].replace(old, new);
    let found = rules(&format!("{}{changed}{}", &text[..at], &text[end..]));
    let hit = found
        .iter()
        .find(|one| one.rule == "C49" && one.message.en.contains(missing));
    assert!(hit.is_some(), "{code} {new}: {found:#?}");
}

#[test]
fn r12_a_table_that_leaves_out_a_step_of_a_listing_is_refused() {
    assert_eq!(rules(&table()), []);
    for without in ["document", "service"] {
        let old = "needs = [\"reason\", \"document\", \"service\"]";
        let new = old.replace(&format!(", \"{without}\""), "");
        refuses("notify", old, &new, "prior notice");
    }
    refuses(
        "notify",
        "to = \"notified\"",
        "to = \"unanswered\"",
        "prior notice",
    );
    // The organ may not cut the time short.
    refuses(
        "silent",
        "by = [\"clock\"]",
        "by = [\"supplier\"]",
        "the subject's term",
    );
    refuses(
        "decide",
        "from = [\"answered\", \"unanswered\"]",
        "from = [\"notified\", \"answered\", \"unanswered\"]",
        "the subject's term",
    );
    let whole = "needs = [\"reason\", \"document\", \"contents\", \"head\"]";
    for without in ["document", "contents", "head"] {
        let new = whole.replace(&format!(", \"{without}\""), "");
        refuses("decide", whole, &new, "the decision");
    }
    refuses(
        "serve",
        "needs = [\"service\"]",
        "needs = []",
        "the service of the decision",
    );
    refuses(
        "serve",
        "from = [\"decided\"]",
        "from = [\"decided\", \"answered\"]",
        "the service of the decision",
    );
}

#[test]
fn r13_nobody_but_the_organ_opens_a_listing_and_no_clock_decides_one() {
    for by in ["subject", "centre", "authority"] {
        let new = format!("by = [\"supplier\", \"{by}\"]");
        refuses("propose", "by = [\"supplier\"]", &new, "supplier");
    }
    for by in ["centre", "authority", "clock"] {
        refuses(
            "decide",
            "by = [\"supplier\"]",
            &format!("by = [\"{by}\"]"),
            "the decision",
        );
    }
    // No shipped kind but this one makes a row of a list.
    let catalog = load();
    let listing = credit::catalog::Class::SeriousList;
    let makes = catalog
        .cases
        .iter()
        .filter(|kind| kind.makes.contains(&listing));
    let codes: Vec<&str> = makes.map(|kind| kind.code.as_str()).collect();
    assert_eq!(codes, ["listing"]);
    assert!(catalog.cases.iter().all(|kind| {
        let mut moves = kind
            .moves
            .iter()
            .filter(|one| one.by.contains(&Party::Clock));
        moves.all(|one| {
            kind.state(&one.to)
                .is_some_and(|to| !to.adverse && !to.admits)
        })
    }));
}

#[test]
fn r14_a_list_names_other_people_only_where_its_law_does() {
    let folder = testkit::data::workspace().join("catalog");
    let of = |changed: &dyn Fn(&str, String) -> String| {
        let mut files = Vec::new();
        for part in ["", "themes", "codes", "calendars", "measures", "cases"] {
            for path in testkit::data::files(&folder.join(part)) {
                if path.extension().is_some_and(|end| end == "toml") {
                    let name = path
                        .strip_prefix(&folder)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned();
                    let text = changed(&name, std::fs::read_to_string(&path).unwrap());
                    files.push((name, text));
                }
            }
        }
        let mut findings = check(&files);
        findings.retain(|finding| finding.severity == Grade::Error);
        findings
            .into_iter()
            .map(|one| (one.rule, one.file))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&|_, text| text), []);
    let wrong = |file: &str| vec![("C38".to_owned(), file.to_owned())];
    let unnamed = of(&|name, text| match name {
        "themes/safety-list.toml" => text.replace("responsible = true\n", ""),
        _ => text,
    });
    assert_eq!(unnamed, wrong("themes/safety-list.toml"));
    // A rule of a department is not enough, and a relative has no column even where there is a law.
    let by_rule = of(&|name, text| match name {
        "themes/serious-list.toml" => {
            let rule = "rank = \"departmental-rule\"\nverified = false\n";
            let named = text.replacen(rule, &format!("{rule}responsible = true\n"), 1);
            let person = "[[items]]\ncode = \"GD\"\ntitle = { zh = \"主要负责人\", en = \"Person in charge\", ru = \"Руководитель\" }\ntype = \"text\"\nlength = 64\nrole = \"person-name\"\nexposure = \"government\"\n\n";
            named.replacen("[[items]]", &format!("{person}[[items]]"), 1)
        }
        _ => text,
    });
    assert_eq!(by_rule, wrong("themes/serious-list.toml"));
}

#[test]
fn a_table_that_finds_a_promise_broken_unheard_is_refused() {
    let path = testkit::data::workspace().join("catalog/cases/promise.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let of = |text: &str| {
        let files = [("cases/promise.toml".to_owned(), text.to_owned())];
        let mut found = check(&files);
        found.retain(|one| one.severity == Grade::Error);
        found
    };
    assert_eq!(of(&text), []);
    for (old, new, missing) in [
        (
            "needs = [\"reason\", \"service\"]",
            "needs = [\"reason\"]",
            "notice of the breach",
        ),
        (
            "needs = [\"reason\", \"attachment\", \"head\"]",
            "needs = [\"reason\"]",
            "the finding",
        ),
        (
            "from = [\"answered\", \"unanswered\"]",
            "from = [\"running\", \"answered\", \"unanswered\"]",
            "notice of the breach",
        ),
        (
            "from = [\"answered\", \"unanswered\"]",
            "from = [\"stated\", \"answered\", \"unanswered\"]",
            "the subject's term",
        ),
        (
            "to = \"made\"\nby = [\"subject\"]",
            "to = \"made\"\nby = [\"subject\", \"supplier\"]",
            "subject",
        ),
        (
            "kept = { item = \"LXZT\", values = [\"全部履行\"] }\n",
            "",
            "kept",
        ),
    ] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        let found = of(&text.replace(old, new));
        let hit = found
            .iter()
            .find(|one| one.rule == "C49" && one.message.en.contains(missing));
        assert!(hit.is_some(), "{new}: {found:#?}");
    }
}

fn kind(catalog: &Catalog) -> &Kind {
    catalog
        .case_kind("listing", "CN", date(2026, 6, 1))
        .unwrap()
}

/// Makes a move that brings everything.
fn make(
    catalog: &Catalog,
    steps: &mut Vec<Step>,
    (what, by): (&str, Party),
    on: Date,
) -> Result<String, Refusal> {
    let kind = kind(catalog);
    let choice = kind.one_move(what).and_then(|one| one.choices.first());
    let said = Said {
        choice: choice.map(|one| one.code.as_str()),
        brings: Need::ALL,
    };
    let applied = kind.apply(steps, what, by, &said, on, &catalog.calendar)?;
    steps.push(applied.step);
    Ok(applied.then.state.code.clone())
}

#[test]
fn r12_nothing_is_decided_on_any_day_of_the_subjects_term() {
    let catalog = load();
    let told = date(2026, 9, 24);
    let mut steps = Vec::new();
    make(&catalog, &mut steps, ("propose", Party::Supplier), told).unwrap();
    make(&catalog, &mut steps, ("notify", Party::Supplier), told).unwrap();
    // Five working days over the holidays of the National Day, which make-up days shorten.
    let due = kind(&catalog)
        .standing(&steps, told, &catalog.calendar)
        .unwrap()
        .due
        .unwrap();
    assert_eq!(catalog.calendar.working_days_between(told, due), 5);
    let mut day = told;
    while day <= due {
        let early = make(
            &catalog,
            &mut steps.clone(),
            ("decide", Party::Supplier),
            day,
        );
        assert_eq!(early, Err(Refusal::NotFromHere), "{day}");
        day = day.tomorrow().unwrap();
    }
    let mut silent = steps.clone();
    let decided = make(&catalog, &mut silent, ("decide", Party::Supplier), day);
    assert_eq!(decided.as_deref(), Ok("decided"));
    // Whoever speaks on the last day is answered first, and has the whole term again to add to it.
    make(&catalog, &mut steps, ("state", Party::Subject), due).unwrap();
    for what in ["decide", "reply", "serve", "publish"] {
        let early = make(&catalog, &mut steps.clone(), (what, Party::Supplier), day);
        assert_eq!(early, Err(Refusal::NotFromHere), "{what}");
    }
    let later = date(2026, 11, 2);
    let early = make(
        &catalog,
        &mut steps.clone(),
        ("decide", Party::Supplier),
        later,
    );
    assert_eq!(early, Err(Refusal::NotFromHere));
    make(&catalog, &mut steps, ("reply", Party::Supplier), later).unwrap();
    for by in [
        Party::Centre,
        Party::Authority,
        Party::Subject,
        Party::Clock,
    ] {
        let made = make(&catalog, &mut steps.clone(), ("decide", by), later);
        assert_eq!(made, Err(Refusal::NotYours), "{by:?}");
    }
    make(&catalog, &mut steps, ("decide", Party::Supplier), later).unwrap();
    let early = make(
        &catalog,
        &mut steps.clone(),
        ("publish", Party::Supplier),
        later,
    );
    assert_eq!(early, Err(Refusal::NotFromHere));
}

#[test]
fn whatever_is_not_wholly_kept_is_broken() {
    let catalog = load();
    for code in ["promise", "notice-promise"] {
        let kind = catalog.case_kind(code, "CN", date(2026, 6, 1)).unwrap();
        let kept = kind.kept.as_ref().expect("how a row says it");
        assert!(!kept.is_broken("全部履行") && !kept.is_broken(""), "{code}");
        assert!(
            kept.is_broken("部分履行") && kept.is_broken("全部未履行"),
            "{code}"
        );
    }
}
