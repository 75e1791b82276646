//! Grading by the shipped models: whom it takes, what counts, how long a grade holds, and what a file may not say.

use credit::catalog::{Catalog, Grade as Weight};
use credit::clock::Severity;
use credit::grade::{
    Entity, EntityKind, Evidence, Grade, Model, NotGraded, Outcome, Standing, Worth, grade,
};
use credit::subject::{RecordId, SubjectKind};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::OnceLock;

const DAY: Date = date(2026, 11, 30);
const COMPANY: &str = "有限责任公司（自然人独资）";

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(super::catalog::load)
}

fn model(code: &str) -> &'static Model {
    catalog()
        .model(code, "demonstration-2026")
        .expect("a shipped model")
}

fn entity() -> Entity {
    Entity::of(SubjectKind::Enterprise, Some(COMPANY)).expect("a company")
}

/// The day of a month that is the number of a fact.
fn day(n: u8) -> i8 {
    i8::try_from(n).expect("a day")
}

/// A fact in force of a day.
fn fact(n: u8, theme: &'static str, dated: Date) -> Evidence<'static> {
    Evidence {
        record: RecordId([n; 16]),
        version: 1,
        theme,
        dated,
        severity: None,
        standing: Standing::InForce(None),
        values: Vec::new(),
    }
}

fn penalty(n: u8, severity: Severity, dated: Date) -> Evidence<'static> {
    Evidence {
        severity: Some(severity),
        values: vec![("CF_CFJG", "某市税务局")],
        ..fact(n, "penalty", dated)
    }
}

fn level(n: u8, theme: &'static str, item: &'static str, value: &'static str) -> Evidence<'static> {
    Evidence {
        values: vec![(item, value)],
        ..fact(n, theme, date(2026, 9, day(n)))
    }
}

fn graded(code: &str, facts: &[Evidence<'_>]) -> Grade {
    grade(model(code), entity(), facts, DAY).expect("graded")
}

fn band(code: &str, facts: &[Evidence<'_>]) -> Option<String> {
    graded(code, facts).outcome.band().map(str::to_owned)
}

#[test]
fn four_models_are_shipped_and_none_is_anybodys() {
    let codes: Vec<&str> = catalog()
        .models
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(codes, ["credit", "customs", "environment", "tax"]);
    for model in &catalog().models {
        assert!(
            model.demonstration && !model.unverified.is_empty(),
            "{}",
            model.code
        );
        assert!(model.bases.iter().all(|basis| !basis.verified));
        for day in [DAY, date(2026, 4, 1), date(2099, 1, 1)] {
            assert!(model.adopted(day).is_none(), "{}", model.code);
        }
    }
    let bands = |code| -> Vec<&str> { model(code).bands.iter().map(|b| b.code.as_str()).collect() };
    assert_eq!(bands("credit"), ["A", "B", "C", "D"]);
    assert_eq!(
        bands("environment"),
        ["green", "blue", "yellow", "red", "black"]
    );
    assert_eq!(bands("customs").len(), 5);
    assert_eq!(bands("tax"), ["A", "B", "M", "C", "D"]);
}

#[test]
fn r33_people_individual_businesses_and_sole_proprietorships_are_never_graded() {
    for kind in SubjectKind::ALL {
        let made = Entity::of(kind, Some(COMPANY));
        assert_eq!(made.is_ok(), kind.is_organisation(), "{kind:?}");
        assert_eq!(
            EntityKind::of(kind).map(EntityKind::subject),
            kind.is_organisation().then_some(kind)
        );
    }
    for form in [
        "个人独资企业",
        "个人独资企业分支机构",
        "个体工商户",
        " 个体（内地） ",
    ] {
        let made = Entity::of(SubjectKind::Enterprise, Some(form));
        assert_eq!(made, Err(NotGraded::Owner), "{form}");
    }
    for form in [None, Some(""), Some("  ")] {
        let made = Entity::of(SubjectKind::Enterprise, form);
        assert_eq!(made, Err(NotGraded::FormUnknown));
    }
    for form in [
        "有限责任公司（法人独资）",
        "外商独资",
        "股份有限公司（上市）",
        "合伙企业",
    ] {
        assert!(
            Entity::of(SubjectKind::Enterprise, Some(form)).is_ok(),
            "{form}"
        );
    }
    assert!(Entity::of(SubjectKind::PublicInstitution, None).is_ok());
    let institution = Entity::of(SubjectKind::PublicInstitution, None).expect("an entity");
    assert_eq!(
        grade(model("credit"), institution, &[], DAY),
        Err(NotGraded::Kind)
    );
    let before = date(2025, 12, 31);
    assert_eq!(
        grade(model("credit"), entity(), &[], before),
        Err(NotGraded::NotInForce)
    );
}

#[test]
fn points_and_rules_lead_to_bands_and_say_by_which_facts() {
    let registered = || fact(1, "registration", date(2010, 1, 1));
    let ordinary = |n| penalty(n, Severity::Ordinary, date(2026, 10, day(n)));
    let serious = |n| penalty(n, Severity::Serious, date(2025, 10, day(n)));
    let table: Vec<(Vec<Evidence<'_>>, Option<&str>, Option<i32>)> = vec![
        (vec![], None, None),
        (vec![registered()], Some("B"), Some(85)),
        (
            vec![registered(), fact(2, "tax-a", date(2026, 4, 1))],
            Some("A"),
            Some(92),
        ),
        (
            vec![registered(), fact(2, "tax-a", date(2024, 4, 1))],
            Some("B"),
            Some(85),
        ),
        (vec![registered(), ordinary(2)], Some("B"), Some(77)),
        (
            vec![registered(), ordinary(2), ordinary(3)],
            Some("C"),
            Some(69),
        ),
        ((1..9).map(ordinary).collect(), Some("C"), Some(45)),
        ((1..9).map(serious).collect(), Some("D"), Some(25)),
        (
            vec![ordinary(2), fact(3, "serious-list", date(2020, 1, 1))],
            Some("D"),
            Some(77),
        ),
    ];
    for (facts, expected, points) in table {
        let grade = graded("credit", &facts);
        assert_eq!(grade.outcome.band(), expected, "{facts:?}");
        assert_eq!(grade.points, points, "{facts:?}");
    }
    let grade = graded("credit", &[registered(), ordinary(2), serious(3)]);
    let said: Vec<(&str, u8, &Worth)> = grade
        .counted
        .iter()
        .map(|point| (point.indicator.as_str(), point.record.0[0], &point.worth))
        .collect();
    let expected = [
        ("registration", 1, &Worth::Points(0)),
        ("penalty-serious", 3, &Worth::Points(-20)),
        ("penalty-ordinary", 2, &Worth::Points(-8)),
    ];
    assert_eq!(said, expected);
}

#[test]
fn an_authoritys_levels_are_taken_as_they_are_the_newest_first() {
    for (value, expected) in [
        ("绿", "green"),
        ("蓝", "blue"),
        ("黄", "yellow"),
        ("红", "red"),
        ("黑", "black"),
    ] {
        assert_eq!(
            band("environment", &[level(1, "environment", "PJDJ", value)]).as_deref(),
            Some(expected)
        );
    }
    let two = [
        level(1, "environment", "PJDJ", "红"),
        level(2, "environment", "PJDJ", "蓝"),
    ];
    assert_eq!(band("environment", &two).as_deref(), Some("blue"));
    let of_organ = |organ| {
        let penalty = Evidence {
            values: vec![("CF_CFJG", organ)],
            ..penalty(9, Severity::Serious, date(2026, 8, 1))
        };
        band(
            "environment",
            &[level(1, "environment", "PJDJ", "绿"), penalty],
        )
    };
    assert_eq!(of_organ("某市生态环境局").as_deref(), Some("red"));
    assert_eq!(of_organ("某市税务局").as_deref(), Some("green"));
    for (value, expected) in [
        ("高级认证企业", "advanced"),
        ("常规企业", "regular"),
        ("严重失信企业", "seriously-discredited"),
    ] {
        assert_eq!(
            band("customs", &[level(1, "customs", "XYDJ", value)]).as_deref(),
            Some(expected)
        );
    }
    let mut gone = level(1, "customs", "XYDJ", "高级认证企业");
    gone.values.push(("ZXBZ", "是"));
    assert_eq!(band("customs", &[gone]), None);
}

#[test]
fn tax_levels_of_the_new_of_those_without_record_and_of_those_fined() {
    assert_eq!(graded("tax", &[]).outcome, Outcome::NoRecord);
    let mut new = fact(1, "registration", date(2026, 2, 1));
    new.values.push(("ZCRQ", "2026-02-01"));
    assert_eq!(band("tax", &[new.clone()]).as_deref(), Some("M"));
    assert_eq!(graded("tax", &[new.clone()]).until, date(2027, 2, 1));
    new.values = vec![("ZCRQ", "2020-02-01")];
    assert_eq!(
        band("tax", &[new]),
        None,
        "without a record nobody is graded"
    );
    let a = fact(2, "tax-a", date(2026, 5, 1));
    assert_eq!(band("tax", std::slice::from_ref(&a)).as_deref(), Some("A"));
    let fined = penalty(3, Severity::Serious, date(2025, 1, 1));
    assert_eq!(band("tax", &[a, fined]).as_deref(), Some("D"));
    let many: Vec<_> = (1..4)
        .map(|n| penalty(n, Severity::Ordinary, date(2026, 6, day(n))))
        .collect();
    assert_eq!(band("tax", &many).as_deref(), Some("C"));
}

#[test]
fn a_fact_that_ended_is_repaired_contested_or_withdrawn_never_counts() {
    let never = [
        Standing::NotYet(None),
        Standing::Contested,
        Standing::Repaired,
        Standing::Expired,
        Standing::Withdrawn,
        Standing::Held,
        Standing::Unpublished,
    ];
    assert_eq!(never.map(Standing::code), Standing::NEVER);
    let registered = fact(1, "registration", date(2010, 1, 1));
    let clean = graded("credit", std::slice::from_ref(&registered));
    for theme in model("credit").themes() {
        for standing in never {
            for severity in [None, Some(Severity::Ordinary), Some(Severity::Serious)] {
                let other = Evidence {
                    standing,
                    severity,
                    ..fact(2, theme, date(2026, 9, 1))
                };
                let with = graded("credit", &[registered.clone(), other]);
                assert_eq!(
                    (&with.outcome, with.points),
                    (&clean.outcome, clean.points),
                    "{theme} {standing:?}"
                );
                assert_eq!(with.counted, clean.counted, "{theme} {standing:?}");
                assert!(
                    with.left
                        .iter()
                        .all(|left| left.why == standing && left.record.0[0] == 2)
                );
            }
        }
    }
    let repaired = Evidence {
        standing: Standing::Repaired,
        ..fact(2, "serious-list", date(2026, 9, 1))
    };
    let grade = graded("credit", &[registered, repaired]);
    assert_eq!(grade.outcome, clean.outcome);
    assert_eq!(
        grade.left.len(),
        1,
        "its subject is told why it does not count"
    );
}

#[test]
fn a_grade_holds_until_the_first_of_its_facts_ends_and_never_beyond_its_term() {
    let registered = fact(1, "registration", date(2010, 1, 1));
    assert_eq!(
        graded("credit", std::slice::from_ref(&registered)).until,
        date(2027, 11, 30)
    );
    let fined = Evidence {
        standing: Standing::InForce(Some(date(2026, 12, 24))),
        ..penalty(2, Severity::Ordinary, date(2026, 9, 1))
    };
    assert_eq!(graded("credit", &[fined]).until, date(2026, 12, 24));
    let older = penalty(2, Severity::Ordinary, date(2025, 12, 10));
    assert_eq!(
        graded("credit", &[older]).until,
        date(2026, 12, 10),
        "it leaves the year that counts"
    );
    let later = Evidence {
        standing: Standing::NotYet(Some(date(2027, 1, 2))),
        ..penalty(2, Severity::Ordinary, date(2026, 9, 1))
    };
    assert_eq!(
        graded("credit", &[registered, later]).until,
        date(2027, 1, 1)
    );
}

/// The files with a text of one model changed.
fn with(file: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = super::catalog::shipped();
    let (_, text) = files
        .iter_mut()
        .find(|(path, _)| path == file)
        .expect("the model");
    assert!(text.contains(from), "{from}");
    *text = text.replacen(from, to, 1);
    files
}

fn refusals(files: &[(String, String)]) -> Vec<String> {
    let findings = credit::catalog::check(files);
    let errors = findings
        .into_iter()
        .filter(|one| one.severity == Weight::Error);
    errors.map(|one| one.rule).collect()
}

#[test]
fn what_the_law_forbids_a_model_is_refused_by_the_rules_number() {
    let never = "excludes = [\"not-yet\", \"contested\", \"repaired\", \"expired\", \"withdrawn\", \"held\", \"unpublished\"]";
    let kinds = "kinds = [\"enterprise\"]";
    let uses = "uses = [\"inspection\", \"benefit\"]";
    let lax = never.replace("\"repaired\", ", "");
    let table: [(&str, &str, &str); 22] = [
        (kinds, "kinds = [\"enterprise\", \"natural-person\"]", "C25"),
        (kinds, "kinds = [\"individual-business\"]", "C25"),
        (
            "form = { theme = \"registration\", item = \"ZTLX\" }\n",
            "",
            "C07",
        ),
        ("theme = \"serious-list\"", "theme = \"petitions\"", "C70"),
        (
            "theme = \"serious-list\"",
            "theme = \"social-insurance\"",
            "C70",
        ),
        ("item = \"ZTLX\"", "item = \"FDDBR\"", "C70"),
        ("item = \"LXZT\"", "item = \"WLXNR\"", "C70"),
        ("to = 69", "to = 70", "C71"),
        ("to = 69", "to = 68", "C71"),
        ("from = 0\nto = 39", "from = 1\nto = 39", "C71"),
        ("to = 100\n\n[[bands]]", "to = 99\n\n[[bands]]", "C71"),
        ("start = 85", "start = 101", "C71"),
        (never, &lax, "C72"),
        (uses, "uses = [\"measure\"]", "C73"),
        (uses, "uses = [\"inspection\", \"refusal\"]", "C73"),
        ("notice_working_days = 10\n", "", "C74"),
        ("points = -20\nmost = 3", "points = -20", "C75"),
        (
            "points = -20\nmost = 3",
            "points = -20\nmost = 3\nband = \"D\"",
            "C75",
        ),
        ("band = \"D\"", "band = \"E\"", "C06"),
        ("no_record = \"not-graded\"", "no_record = \"Z\"", "C06"),
        (
            "demonstration = true",
            "demonstration = true\nadopted = { authority = { zh = \"某市\", en = \"a city\", ru = \"город\" }, document = \"1\", on = 2026-01-01 }",
            "C76",
        ),
        ("code = \"honour\"\n", "code = \"abnormal\"\n", "C18"),
    ];
    for (from, to, rule) in table {
        let found = refusals(&with("models/credit.toml", from, to));
        assert!(found.contains(&rule.to_owned()), "{to}: {found:?}");
    }
    let found = refusals(&with(
        "models/tax.toml",
        "model = \"tax\"",
        "model = \"credit\"",
    ));
    assert!(found.contains(&"C17".to_owned()), "{found:?}");
    let people = with("models/tax.toml", "date = \"ZCRQ\"", "date = \"ZTLX\"");
    assert!(refusals(&people).contains(&"C70".to_owned()));
}

#[test]
fn an_adopted_model_is_somebodys_from_its_day_on() {
    let by = "adopted = { authority = { zh = \"某市\", en = \"a city\", ru = \"город\" }, document = \"1\", on = 2026-03-01 }";
    let files = with("models/credit.toml", "demonstration = true", by);
    let catalog = Catalog::load(&files).expect("loads");
    let model = catalog.model("credit", "demonstration-2026").expect("it");
    assert!(model.adopted(date(2026, 2, 28)).is_none());
    let adopted = model.adopted(date(2026, 3, 1)).expect("adopted");
    assert_eq!(adopted.by().document, "1");
}

fn any_fact() -> impl Strategy<Value = Evidence<'static>> {
    let themes = [
        "penalty",
        "registration",
        "serious-list",
        "abnormal",
        "tax-a",
        "honour",
        "promise",
        "permit",
    ];
    let standing = prop_oneof![
        4 => Just(Standing::InForce(None)),
        2 => (0_i32..900).prop_map(|days| Standing::InForce(Some(later(days)))),
        1 => Just(Standing::Repaired),
        1 => Just(Standing::Contested),
        1 => Just(Standing::Expired),
    ];
    let severities = [
        None,
        Some(Severity::Minor),
        Some(Severity::Ordinary),
        Some(Severity::Serious),
    ];
    (
        0_usize..8,
        standing,
        0_usize..4,
        -2_000_i32..30,
        any::<u8>(),
        any::<bool>(),
    )
        .prop_map(
            move |(theme, standing, severity, days, n, broken)| Evidence {
                standing,
                severity: severities[severity],
                values: if broken {
                    vec![("LXZT", "全部未履行")]
                } else {
                    Vec::new()
                },
                ..fact(n, themes[theme], later(days))
            },
        )
}

fn later(days: i32) -> Date {
    DAY.saturating_add(jiff::Span::new().days(days))
}

proptest! {
    /// However facts are ordered the grade is the same; what does not count might as well not be there; and
    /// until the day that it names, time alone changes nothing.
    #[test]
    fn a_grade_is_a_function_of_what_counts(
        facts in proptest::collection::vec(any_fact(), 0..12), turn in 0_usize..12, ahead in 0_i32..400,
    ) {
        let model = model("credit");
        let whole = graded("credit", &facts);
        let mut turned = facts.clone();
        turned.rotate_left(turn.min(facts.len()));
        prop_assert_eq!(&graded("credit", &turned), &whole);
        let counting: Vec<_> = facts.iter().filter(|one| matches!(one.standing, Standing::InForce(_))).cloned().collect();
        let less = graded("credit", &counting);
        prop_assert_eq!((&less.outcome, less.points, &less.counted), (&whole.outcome, whole.points, &whole.counted));
        prop_assert!(whole.until >= DAY);
        let day = later(ahead);
        if day <= whole.until {
            let then = grade(model, entity(), &facts, day).expect("graded");
            prop_assert_eq!((&then.outcome, &then.counted), (&whole.outcome, &whole.counted));
        }
        let sum: i32 = whole.counted.iter().map(|point| match point.worth {
            Worth::Points(points) => points,
            Worth::Band(_) => 0,
        }).sum();
        if whole.outcome != Outcome::NoRecord {
            prop_assert_eq!(whole.points, Some((85 + sum).clamp(0, 100)));
        }
    }
}
