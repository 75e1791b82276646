//! With sealed storage open a person's row passes to the sealer alone, or leaves nothing but which
//! rules it breaks.

use crate::check_support::{FIRM, Sample, TODAY, catalog, citizen, strings, supplier, texts, uscc};
use credit::catalog::{Outside, SupplierLimit};
use credit::subject::SubjectKind;
use intake::check::{HoldReason, Outcome, PersonFact, Rejected};
use jiff::civil::date;
use proptest::prelude::*;

const NAME: &str = "金丝雀甲";
const STREET: &str = "鹦鹉里七巷";
const PHONE: &str = "13800138007";

fn number() -> String {
    citizen("11010119900307775")
}

/// A penalty on a person.
fn person() -> Sample {
    Sample::penalty()
        .with("CF_XDR_MC", NAME)
        .with("CF_XDR_LB", "自然人")
        .with("CF_XDR_SHXYM", "")
        .with("CF_FRDB", "")
        .with("CF_XDR_ZJHM", &number())
        .with("CF_SY", &format!("{NAME}住{STREET}三号，于某日违章"))
        .with("YZCD", "一般")
}

fn taken(sample: &Sample) -> PersonFact {
    let outcome = sample.sealing(true);
    let found = strings(&outcome);
    let Outcome::Personal(draft) = outcome else {
        panic!("{found}")
    };
    assert_eq!(found, "Personal(PersonalDraft(row 2))");
    draft.fact.reveal().clone()
}

fn refused(sample: &Sample) -> Rejected {
    masked(sample, sample.sealing(true))
}

/// A refusal of which nothing of the person is left.
fn masked(sample: &Sample, outcome: Outcome) -> Rejected {
    let found = strings(&outcome);
    let Outcome::Rejected(rejected) = outcome else {
        panic!("it passed: {found}")
    };
    assert!(rejected.personal && rejected.cells.is_none() && rejected.key.is_none());
    let words: String = rejected
        .faults
        .iter()
        .map(|fault| texts(fault, &sample.theme))
        .collect();
    for canary in [NAME, STREET, PHONE, &number()[..17]] {
        assert!(!found.contains(canary), "{canary} in {found}");
        assert!(!words.contains(canary), "{canary} in {words}");
    }
    rejected
}

fn codes(sample: &Sample) -> Vec<String> {
    let faults = refused(sample).faults;
    faults.iter().map(|fault| fault.rule.to_string()).collect()
}

#[test]
fn a_persons_row_passes_for_the_sealer_alone() {
    let fact = taken(&person());
    assert_eq!(fact.number.value(), number());
    assert_eq!(fact.draft.claim.name.as_deref(), Some(NAME));
    assert_eq!(fact.held, None);
    // The number stands in one place only, and that is not among the values.
    assert!(
        fact.draft
            .values
            .iter()
            .flatten()
            .all(|value| !value.contains(&number()[..17]))
    );
    assert!(
        fact.draft
            .values
            .iter()
            .flatten()
            .any(|value| value.contains(STREET))
    );
}

#[test]
fn a_number_is_read_in_any_width_and_case() {
    let wide: String = number()
        .chars()
        .map(|each| char::from_u32(each as u32 + 0xFEE0).unwrap())
        .collect();
    for written in [wide, format!(" {} ", number())] {
        assert_eq!(
            taken(&person().with("CF_XDR_ZJHM", &written))
                .number
                .value(),
            number()
        );
    }
}

#[test]
fn a_row_that_must_wait_says_so_to_the_sealer_only() {
    let fact = taken(&person().with("YZCD", "").with("CF_NR_FK", "50"));
    assert_eq!(fact.held, Some(HoldReason::SeverityUnknown));
}

#[test]
fn without_sealed_storage_nothing_changes() {
    let outcome = person().sealing(false);
    let Outcome::Rejected(rejected) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(rejected.faults[0].rule, "P01");
    assert_eq!(rejected.faults.len(), 1);
}

#[test]
fn a_theme_that_takes_no_persons_refuses_them_all_the_same() {
    let mut sample = person();
    // The edition before it has no `[natural_person]`.
    let before = catalog().theme("penalty", date(2025, 1, 1)).unwrap();
    assert!(before.natural_person.is_none() && sample.theme.natural_person.is_some());
    sample.theme = std::sync::Arc::clone(before);
    assert_eq!(codes(&sample), ["P01"]);
}

#[test]
fn nobody_is_taken_by_less_than_a_verified_number() {
    let wrong = format!(
        "{}{}",
        &number()[..17],
        if number().ends_with('1') { '2' } else { '1' }
    );
    for given in [
        "",
        "无",
        "E12345678",
        &wrong,
        "110101900307775",
        "H12345678",
        "12345678",
        &number()[..17],
    ] {
        let found = codes(&person().with("CF_XDR_ZJHM", given));
        assert_eq!(found, ["P06"], "{given}");
    }
    // A number of another column is not the person's own.
    assert_eq!(
        codes(
            &person()
                .with("CF_XDR_ZJHM", "")
                .with("CF_FR_ZJHM", &number())
        ),
        ["P06"]
    );
}

#[test]
fn faults_of_a_persons_row_name_columns_and_no_values() {
    let bad = person()
        .with("CF_JDRQ", &format!("{NAME}不是日期"))
        .with("CF_CFLB", STREET)
        .with("CF_NR_FK", PHONE)
        .with("CF_WSH", "");
    let rejected = refused(&bad);
    assert!(rejected.faults.len() >= 3, "{rejected:?}");
    for fault in &rejected.faults {
        assert!(fault.value.is_none() && fault.item.is_some(), "{fault:?}");
    }
    let both = refused(&person().with("CF_XDR_ZJHM", "").with("CF_JDRQ", STREET));
    assert_eq!(both.faults[0].rule, "P06");
    assert_eq!(both.faults[1].rule, "I14");
}

#[test]
fn numbers_and_forbidden_data_in_a_persons_texts_are_refused() {
    let text = format!("{NAME}，身份证号{}", number());
    assert_eq!(codes(&person().with("CF_SY", &text)), ["P03"]);
    assert!(codes(&person().with("CF_SY", "宗教信仰：佛教")).contains(&"R02".to_owned()));
    for column in ["CF_XDR_MC", "CF_WSH", "CF_XDR_SHXYM"] {
        let found = codes(&person().with(column, &number()));
        assert!(found.contains(&"P03".to_owned()), "{column} {found:?}");
    }
}

#[test]
fn a_row_that_is_a_persons_and_a_bodys_is_neither() {
    let trader = uscc("92350211MA0000001");
    for (column, code) in [
        ("CF_XDR_SHXYM", FIRM),
        ("CF_XDR_SHXYM", &trader),
        ("CF_XDR_ZZJG", "M000100Y-4"),
    ] {
        assert_eq!(codes(&person().with(column, code)), ["P04"], "{code}");
    }
    assert_eq!(codes(&person().with("CF_XDR_LB", "个体工商户")), ["P04"]);
    // Its label says an organisation: the number is another's, and is dropped.
    let body = Sample::penalty().with("CF_XDR_ZJHM", &number());
    let outcome = body.sealing(true);
    assert!(matches!(outcome, Outcome::Ready(_)), "{outcome:?}");
    assert!(!strings(&outcome).contains(&number()[..17]));
    // A label that says a person without saying so in the column of kinds is not enough.
    let unsaid = person().with("CF_XDR_LB", "");
    assert_eq!(codes(&unsaid), ["P04"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_person_leaks_through_no_column_with_sealed_storage_open(
        columns in prop::collection::vec(0_usize..25, 1..6),
        prefix in "[ 　a-z赵，]{0,3}",
        kind in prop::sample::select(vec!["自然人", "02", "2", "自然 人", "个人", "个体户", ""]),
        number in prop_oneof!["[0-9]{17}[0-9X]", Just(String::new()), Just(citizen("11010119900307775"))],
    ) {
        let canary = "金丝雀甲";
        let mut sample = person().with("CF_XDR_LB", kind).with("CF_XDR_ZJHM", &number);
        for at in columns {
            if !matches!(sample.cells[at].0, "CF_XDR_LB" | "CF_XDR_ZJHM") {
                sample.cells[at].1 = format!("{prefix}{canary}");
            }
        }
        let outcome = sample.sealing(true);
        prop_assert!(!strings(&outcome).contains(canary));
        prop_assert!(number.is_empty() || !strings(&outcome).contains(&number));
        let is_sealed = match &outcome {
            Outcome::Personal(_) => true,
            Outcome::Rejected(rejected) => rejected.personal && rejected.cells.is_none(),
            _ => false,
        };
        prop_assert!(is_sealed, "{:?}", outcome);
    }
}

#[test]
fn invariant_13_a_person_outside_a_suppliers_charge_leaves_nothing_behind() {
    let mut limited = supplier().clone();
    limited.limits.push(SupplierLimit {
        from: TODAY,
        area: "11".to_owned(),
        outside: Outside::Reject,
        kinds: vec![SubjectKind::Enterprise],
    });
    let sample = person();
    let rejected = masked(&sample, sample.sealing_by(&limited));
    let rules: Vec<&str> = rejected
        .faults
        .iter()
        .map(|one| one.rule.as_ref())
        .collect();
    assert_eq!(rules, ["R01"]);
}
