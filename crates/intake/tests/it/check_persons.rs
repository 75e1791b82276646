//! What must never be written leaves the checker in no field of any outcome.

use crate::check_support::{FIRM, Sample, buffer, checker, citizen, strings, texts, theme, uscc};
use intake::check::{Outcome, Rejected};
use proptest::prelude::*;

/// Nothing of the row is left but what kind of thing is wrong.
fn sealed(sample: &Sample, canaries: &[&str]) -> Rejected {
    let outcome = sample.outcome();
    let found = strings(&outcome);
    let Outcome::Rejected(rejected) = outcome else {
        panic!("it passed: {found}")
    };
    assert!(rejected.personal, "{found}");
    assert!(
        rejected.cells.is_none() && rejected.key.is_none(),
        "{found}"
    );
    let words: String = rejected
        .faults
        .iter()
        .map(|fault| texts(fault, &sample.theme))
        .collect();
    for canary in canaries {
        assert!(!found.contains(canary), "{canary} in {found}");
        assert!(!words.contains(canary), "{canary} in {words}");
    }
    rejected
}

#[test]
fn natural_persons_are_refused_whole() {
    let number = citizen("11010119900307775");
    let person = Sample::penalty()
        .with("CF_XDR_MC", "赵甲乙")
        .with("CF_XDR_LB", "自然人")
        .with("CF_XDR_SHXYM", "")
        .with("CF_FRDB", "")
        .with("CF_XDR_ZJHM", &number)
        .with("CF_SY", "赵甲乙于某日违章");
    let rejected = sealed(&person, &["赵甲乙", &number, "违章"]);
    assert_eq!(rejected.faults[0].rule, "P01");
    assert_eq!(rejected.faults.len(), 1);
}

#[test]
fn a_person_with_other_mistakes_is_refused_as_a_person() {
    let person = Sample::penalty()
        .with("CF_XDR_MC", "赵甲乙")
        .with("CF_XDR_LB", "自然人")
        .with("CF_JDRQ", "坏日期赵甲乙")
        .with("CF_CFLB", "赵甲乙");
    sealed(&person, &["赵甲乙", FIRM]);
}

#[test]
fn individual_businesses_are_refused_where_no_statute_publishes_them() {
    let code = uscc("92350211MA0000001");
    let by_code = Sample::penalty()
        .with("CF_XDR_SHXYM", &code)
        .with("CF_XDR_MC", "赵甲乙小吃店");
    assert_eq!(sealed(&by_code, &["赵甲乙", &code]).faults[0].rule, "P02");
    let by_column = Sample::penalty()
        .with("CF_XDR_LB", "个体工商户")
        .with("CF_XDR_SHXYM", "")
        .with("CF_XDR_MC", "赵甲乙小吃店");
    assert_eq!(sealed(&by_column, &["赵甲乙"]).faults[0].rule, "P02");
}

#[test]
fn a_mistyped_code_keeps_an_individual_business_out_of_rejects() {
    let name = "某区金丝雀小吃店";
    for code in [
        "92110105MA00000X18",
        "92110105MA00000X1",
        "９２１１０１０５ＭＡ００００Ｘ１８",
        "92110105 MA00000X18 ",
        "'92110105ma00000x18",
        "代码92110105MA00000X18",
        "92110105MA00000X18/91110105MA00000X18",
        "92",
        "921101050000000000",
        "110105600000001",
        "92110105MA\u{fffd}0000X18",
    ] {
        let home = "金丝雀胡同一号";
        let registered = Sample::registration().with("TYSHXYDM", code);
        let registered = registered.with("ZTMC", name).with("ZCDZ", home);
        assert_eq!(
            sealed(&registered, &["金丝雀", code]).faults[0].rule,
            "P02",
            "{code}"
        );
        let fined = Sample::penalty().with("CF_XDR_SHXYM", code);
        let fined = fined.with("CF_XDR_MC", name).with("CF_SY", home);
        assert_eq!(
            sealed(&fined, &["金丝雀", code]).faults[0].rule,
            "P02",
            "{code}"
        );
    }
}

#[test]
fn a_mistyped_kind_keeps_a_person_out_of_rejects() {
    for (kind, rule) in [
        ("个体户", "P02"),
        ("法人及非法人组织;个体工商户", "P02"),
        ("个体工商户（无字号）", "P02"),
        ("自然人（中国籍）", "P01"),
        ("个人", "P01"),
    ] {
        let sample = Sample::penalty()
            .with("CF_XDR_LB", kind)
            .with("CF_XDR_SHXYM", "")
            .with("CF_XDR_MC", "金丝雀商店");
        assert_eq!(sealed(&sample, &["金丝雀"]).faults[0].rule, rule, "{kind}");
        // With an organisation's code one of the two is wrong.
        let sample = sample.with("CF_XDR_SHXYM", FIRM);
        assert_eq!(sealed(&sample, &["金丝雀"]).faults[0].rule, "P04", "{kind}");
    }
    // A register has no column of kinds but says it in another.
    let sample = Sample::registration()
        .with("TYSHXYDM", "MA00000X")
        .with("ZTMC", "金丝雀商店")
        .with("ZTLX", "个体工商户");
    sealed(&sample, &["金丝雀"]);
}

#[test]
fn a_mistyped_code_of_an_organisation_stays_mendable() {
    for code in [
        "91350211M000100Y47",
        "11350200MB0000001X",
        "911101000000000000",
        "350211000000001",
    ] {
        let rejected = Sample::penalty().with("CF_XDR_SHXYM", code).rejected();
        assert!(!rejected.personal && rejected.cells.is_some(), "{code}");
    }
    // An organ's own code is no subject's.
    let rejected = Sample::penalty()
        .with("CF_CFJGDM", "92110105MA00000X18")
        .rejected();
    assert!(!rejected.personal);
}

#[test]
fn a_mistyped_citizens_number_is_kept_out_of_rejects() {
    for number in [
        "110101199001011230",
        "110101 19900101 1230",
        "１１０１０１１９９００１０１１２３０",
        "11O101199001011230",
        "11010119901301123X",
        "110101900101123",
    ] {
        let sample = Sample::penalty().with("CF_XDR_SHXYM", number);
        assert_eq!(sealed(&sample, &[number]).faults[0].rule, "P01", "{number}");
    }
    // In running text the whole form tells, and only a row that fails elsewhere would be kept.
    let sample = Sample::penalty().with("CF_SY", "经查110101199001011230未公示");
    let sample = sample.with("CF_JDRQ", "昨天");
    let rejected = sealed(&sample, &["110101199001011230", "昨天"]);
    assert_eq!(rejected.faults.len(), 1);
    assert_eq!(rejected.faults[0].rule, "P03");
}

#[test]
fn a_row_of_many_faults_still_says_why_it_is_kept_out() {
    let mut sample = Sample::penalty();
    for (code, cell) in &mut sample.cells {
        if *code != "BZ" {
            *cell = "x".repeat(9_000);
        }
    }
    let sample = sample.with("BZ", "宗教信仰：佛教");
    let rejected = sealed(&sample, &["xx", "佛教"]);
    assert!(rejected.faults.iter().all(|fault| fault.kind.is_personal()));
    assert!(!rejected.faults.is_empty());
}

#[test]
fn of_an_individual_business_only_what_a_statute_publishes_stays() {
    let sample = Sample::registration()
        .with("TYSHXYDM", &uscc("92350211MA0000001"))
        .with("ZTMC", "某某小吃店")
        .with("FDDBR", "赵甲乙")
        .with("ZCDZ", "某某路9号楼901室");
    let outcome = sample.outcome();
    let found = strings(&outcome);
    let Outcome::Ready(draft) = outcome else {
        panic!("{found}")
    };
    assert!(
        !found.contains("赵甲乙") && !found.contains("901"),
        "{found}"
    );
    assert_eq!(draft.claim.name.as_deref(), Some("某某小吃店"));
    assert_eq!(draft.claim.place, None);
    // With a mistake a reject would show more than the statute does.
    let wrong = sample.with("ZCRQ", "不是日期");
    sealed(&wrong, &["赵甲乙", "小吃店", "901"]);
}

#[test]
fn a_name_alone_must_surely_be_an_organisation() {
    let theme = theme("registration");
    let mut check = checker(&theme, &["ZTMC", "TYSHXYDM", "ZTLX"]);
    for name in ["赵甲乙", "欧阳甲乙"] {
        let outcome = check.row(&buffer(&[name, "", ""]).row());
        let Outcome::Rejected(rejected) = &outcome else {
            panic!("{outcome:?}")
        };
        assert!(rejected.personal);
        assert!(!strings(&outcome).contains(name));
    }
}

#[test]
fn columns_of_persons_numbers_are_dropped_from_good_and_bad_rows() {
    let passport = "E12345678";
    let good = Sample::penalty().with("CF_FR_ZJHM", passport);
    let outcome = good.outcome();
    assert!(matches!(outcome, Outcome::Ready(_)));
    assert!(!strings(&outcome).contains(passport));
    let bad = good.with("CF_JDRQ", "x");
    let outcome = bad.outcome();
    assert!(matches!(&outcome, Outcome::Rejected(rejected) if rejected.cells.is_some()));
    assert!(!strings(&outcome).contains(passport));
}

#[test]
fn unknown_columns_never_come_back() {
    let theme = theme("registration");
    let mut check = checker(&theme, &["ZTMC", "TYSHXYDM", "ZTLX", "经办人身份证"]);
    for code in [FIRM, "bad"] {
        let outcome = check.row(&buffer(&["某某市样例机械有限公司", code, "x", "P1234567"]).row());
        assert!(!strings(&outcome).contains("P1234567"));
    }
}

#[test]
fn a_citizens_number_is_found_in_every_column() {
    let number = citizen("11010119900307775");
    let spaced = format!("{} {} {}", &number[..6], &number[6..14], &number[14..]);
    let columns: Vec<&str> = Sample::penalty()
        .cells
        .iter()
        .map(|(code, _)| *code)
        .collect();
    for code in columns {
        if code.ends_with("ZJHM") {
            continue;
        }
        for cell in [
            number.clone(),
            format!("当事人证件{number}，"),
            spaced.clone(),
        ] {
            let sample = Sample::penalty().with(code, &cell);
            sealed(&sample, &[&number, &spaced, "机械"]);
        }
    }
    // With a wrong check digit in a column of codes it is a person's number all the same.
    let wrong = format!("{}0", &number[..17]);
    let wrong = if wrong == number {
        format!("{}1", &number[..17])
    } else {
        wrong
    };
    sealed(&Sample::penalty().with("CF_XDR_SHXYM", &wrong), &[&wrong]);
}

#[test]
fn data_that_is_never_collected_is_refused_by_content() {
    for text in [
        "宗教信仰：佛教",
        "经查当事人患有乙肝",
        "血型：A型",
        "Religion: Buddhist",
        "RELIGION : none",
        "blood type: A",
        "Blood group AB",
        "He was diagnosed with hepatitis",
        "ethnicity: Han",
        "Monthly income: CNY 3000",
        "Salary 3000",
    ] {
        let sample = Sample::penalty().with("CF_SY", text);
        let rejected = sealed(&sample, &[text, "佛教", "乙肝"]);
        assert_eq!(rejected.faults[0].rule, "R02", "{text}");
    }
    // A column of dates, figures or codes may hold it too, and its row would be kept for mending.
    for code in [
        "CF_JDRQ",
        "CF_NR_FK",
        "CF_CFLB",
        "CF_XDR_SHXYM",
        "CF_XDR_LB",
    ] {
        for text in ["血型：A型", "Religion: Buddhist"] {
            let rejected = sealed(&Sample::penalty().with(code, text), &[text]);
            assert!(
                rejected.faults.iter().any(|fault| fault.rule == "R02"),
                "{code}"
            );
        }
    }
    for text in [
        "生物医药研发",
        "销售佛教用品",
        "违反药品管理规定销售乙肝疫苗",
        "Disease control equipment, blood products",
        "Income tax was paid late",
        "religion",
        "Trade union hall repairs",
        "Genetic testing services; fingerprint locks",
    ] {
        Sample::penalty().with("CF_SY", text).draft();
    }
}

/// Rows that are labelled an organisation and may speak of a person.
#[test]
fn a_label_makes_no_organisation_of_a_person() {
    let names = [
        "金丝雀",
        "金丝雀甲",
        "金丝雀乙（女）",
        "金丝雀先生",
        "金絲雀",
        "金 丝 雀",
        "买买·金丝雀",
        "金丝雀等3人",
        "当事人：金丝雀",
        "Canary Jane",
        "CANARY, J.",
        "Канарейкин И.И.",
    ];
    let codes = [
        "",
        "91350211M000100Y47",
        "MA000100Y",
        "350211000000001",
        "无",
        "x",
    ];
    for name in names {
        for kind in ["法人及非法人组织", "", "法人", "不详"] {
            for code in codes {
                let sample = Sample::penalty()
                    .with("CF_XDR_MC", name)
                    .with("CF_XDR_LB", kind)
                    .with("CF_XDR_SHXYM", code)
                    .with("CF_WFXW", "金丝雀于某日违章");
                let sealed = sealed(
                    &sample,
                    &["金丝雀", "金絲雀", "anary", "ANARY", "Канарейкин"],
                );
                assert_eq!(sealed.faults[0].rule, "P04", "{name} {kind} {code}");
            }
        }
    }
    // An organisation's code of nine characters or a registration number says no kind of body.
    let sample = Sample::penalty()
        .with("CF_XDR_MC", "金丝雀")
        .with("CF_XDR_SHXYM", "")
        .with("CF_XDR_ZZJG", "M000100Y-4");
    sealed(&sample, &["金丝雀"]);
}

#[test]
fn a_name_that_cannot_be_read_is_nobodys() {
    let mut sample = Sample::penalty().with("CF_XDR_SHXYM", "");
    sample = sample.with("CF_XDR_MC", &"金丝雀甲乙".repeat(200));
    assert_eq!(sealed(&sample, &["金丝雀"]).faults[0].rule, "P04");
}

#[test]
fn a_name_with_a_citizens_number_is_a_persons() {
    for name in [
        "金丝雀110101199001011230",
        "金丝雀（110101 19900101 1230）",
        "金丝雀商店有限公司１１０１０１１９９００１０１１２３０",
        "金丝雀110101900101123",
    ] {
        let sample = Sample::penalty().with("CF_XDR_MC", name);
        assert_eq!(sealed(&sample, &["金丝雀"]).faults[0].rule, "P01", "{name}");
    }
}

#[test]
fn organisations_without_a_sound_code_stay_mendable() {
    for name in [
        "某某市样例机械有限公司",
        "某某製造廠",
        "某某小吃店",
        "教育部",
        "某某科技开发部",
    ] {
        for code in ["", "91350211M000100Y47", "MA000100Y", "无"] {
            let sample = Sample::penalty().with("CF_XDR_MC", name);
            let rejected = sample.with("CF_XDR_SHXYM", code).rejected();
            let cells = rejected.cells.unwrap_or_else(|| panic!("{name} {code}"));
            assert!(!rejected.personal && cells.iter().any(|cell| cell == name));
        }
    }
    // A short name with a sound code of an enterprise is that enterprise's.
    let named = Sample::penalty()
        .with("CF_XDR_MC", "某某石化")
        .with("CF_JDRQ", "x");
    assert!(named.rejected().cells.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_person_without_a_sound_code_leaks_through_no_label(
        surname in prop::sample::select("赵钱孙李周吴郑王张陳劉楊歐司马买阿".chars().collect::<Vec<_>>()),
        given in "[\u{4e00}-\u{9fa5}]{1,2}",
        code in prop_oneof!["[0-9A-Z]{0,18}", "9[13][0-9]{6}[0-9A-Z]{10}", Just(String::new())],
        note in prop::sample::select(vec!["", " ", "（男）", "先生", "等2人", "，女"]),
        column in prop::sample::select(vec!["CF_SY", "BZ", "CF_FRDB", "CF_WFXW"]),
    ) {
        let name = format!("{surname}{given}");
        prop_assume!(!credit::text::looks_like_organisation(&name));
        prop_assume!(credit::identifier::Identifier::detect(&code).is_err());
        // 部, 会 and their like behind what is no surname is an office.
        prop_assume!(credit::text::could_be_person(&name));
        let sample = Sample::penalty()
            .with("CF_XDR_MC", &format!("{name}{note}"))
            .with("CF_XDR_SHXYM", &code)
            .with(column, "金丝雀甲");
        let outcome = sample.outcome();
        prop_assert!(!strings(&outcome).contains("金丝雀甲"));
        let is_sealed = matches!(&outcome, Outcome::Rejected(rejected) if rejected.personal && rejected.cells.is_none());
        prop_assert!(is_sealed, "{:?}", outcome);
    }

    #[test]
    fn a_person_leaks_through_no_column(
        columns in prop::collection::vec(0_usize..25, 1..6),
        prefix in "[ 　a-z赵，]{0,3}",
        kind in prop::sample::select(vec!["自然人", "02", "2", "自然 人", "个人"]),
    ) {
        let canary = "金丝雀甲";
        let mut sample = Sample::penalty().with("CF_XDR_LB", kind);
        for at in columns {
            if sample.cells[at].0 != "CF_XDR_LB" {
                sample.cells[at].1 = format!("{prefix}{canary}");
            }
        }
        let outcome = sample.outcome();
        prop_assert!(!strings(&outcome).contains(canary));
        let is_sealed = matches!(&outcome, Outcome::Rejected(rejected) if rejected.personal && rejected.cells.is_none());
        prop_assert!(is_sealed);
    }
}
