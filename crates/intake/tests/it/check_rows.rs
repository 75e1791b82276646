//! Rows through the checker: what passes, what waits, what is refused and with which words.

use crate::check_support::{FIRM, Sample, agency, buffer, checker, texts, theme, uscc};
use credit::clock::Severity;
use credit::fault::FaultKind;
use credit::lang::Lang;
use credit::subject::SubjectKind;
use intake::check::{HoldReason, Outcome};

#[test]
fn a_good_row_becomes_a_draft() {
    let sample = Sample::penalty();
    let draft = sample.draft();
    assert_eq!(draft.claim.kind, SubjectKind::Enterprise);
    assert_eq!(draft.claim.identifiers[0].value(), FIRM);
    // Brackets of a document's number are written in many ways, so its key has none.
    assert_eq!(draft.key, format!("uscc:{FIRM}\u{1f}样市监罚-2026-1号"));
    assert_eq!(draft.severity, Some(Severity::Minor));
    let document = draft.document.clone().unwrap();
    assert_eq!(document.organ, agency());
    assert_eq!(document.number, "样市监罚〔2026〕1号");
    assert_eq!(document.decided_on.unwrap().to_string(), "2026-11-17");
    assert!(!draft.late && !draft.removed);
    assert_eq!(draft.values.len(), sample.theme.items.len());
}

#[test]
fn cells_are_brought_to_one_spelling() {
    let sample = Sample::penalty()
        .with("CF_JDRQ", " ２０２６年11月17日 ")
        .with("CF_NR_FK", "2,000元")
        .with("CF_CFLB", "03")
        .with("CF_XDR_SHXYM", "\t91350211m000100y46 ")
        .with("CF_YXQ", "9999/12/31")
        .with("CF_GSJZQ", "1900-01-01")
        .with("BZ", "无");
    let draft = sample.draft();
    let value = |code: &str| sample.value(&draft, code);
    assert_eq!(value("CF_JDRQ").as_deref(), Some("2026-11-17"));
    assert_eq!(value("CF_NR_FK").as_deref(), Some("0.2"));
    assert_eq!(value("CF_CFLB").as_deref(), Some("罚款"));
    assert_eq!(value("CF_XDR_SHXYM").as_deref(), Some(FIRM));
    assert_eq!(value("CF_YXQ").as_deref(), Some("2099-12-31"));
    assert_eq!(value("CF_GSJZQ"), None);
    assert_eq!(value("BZ"), None, "the theme's spelling of empty");
    // The same fact in two spellings is the same draft.
    let mut plain = Sample::penalty().draft();
    plain.row = draft.row;
    assert_eq!(plain.values, draft.values);
    assert_eq!(plain.key, draft.key);
}

#[test]
fn each_mistake_has_its_rule() {
    let mistakes = [
        ("CF_XDR_MC", "", "I10"),
        ("CF_WSH", " ", "I10"),
        ("CF_XDR_SHXYM", "", "I11"),
        ("CF_NR_FK", "", "I11"),
        ("CF_CFLB", "打屁股", "I21"),
        ("YZCD", "轻微;严重", "I22"),
        ("CF_JDRQ", "昨天", "I14"),
        ("CF_JDRQ", "2026-02-30", "I15"),
        ("CF_JDRQ", "2026-11-21", "I16"),
        ("CF_NR_FK", "二千", "I17"),
        ("CF_NR_FK", "0.1234567", "I19"),
        ("CF_NR_FK", "5美元", "I20"),
        ("CF_XDR_SHXYM", "91350211M000100Y40", "R06"),
        ("CF_XDR_SHXYM", "91350211M000100Y4", "R06"),
        ("CF_XDR_SHXYM", "91350211I000100Y46", "R06"),
        ("CF_CFJGDM", "xx", "R06"),
        ("CF_YXQ", "2026-01-01", "CF-03"),
        ("CF_GSJZQ", "2026-01-01", "CF-04"),
        ("CF_NR_FK", "-1", "CF-05"),
        ("CF_XDR_ZZJG", "000000019", "I24"),
    ];
    for (code, cell, rule) in mistakes {
        let sample = Sample::penalty().with(code, cell);
        let codes = sample.codes();
        assert!(
            codes.iter().any(|found| found == rule),
            "{code} = {cell:?}: {codes:?}"
        );
        let rejected = sample.rejected();
        assert!(!rejected.personal);
        let cells = rejected.cells.unwrap();
        assert!(
            cells.iter().any(|each| each == cell),
            "{code}: cells can be mended"
        );
        for fault in &rejected.faults {
            assert!(
                fault.column.is_some() && fault.header.is_some(),
                "{code}: {fault:?}"
            );
        }
    }
    let long = "长".repeat(129);
    assert_eq!(Sample::penalty().with("CF_WSH", &long).codes(), ["I12"]);
    assert_eq!(
        Sample::penalty()
            .with("CF_WSH", &"长".repeat(128))
            .draft()
            .key
            .chars()
            .count(),
        5 + 18 + 1 + 128
    );
}

#[test]
fn one_row_may_have_several_faults_and_all_are_named() {
    let sample = Sample::penalty()
        .with("CF_JDRQ", "x")
        .with("CF_CFLB", "y")
        .with("CF_SY", "");
    let mut codes = sample.codes();
    codes.sort();
    // The rules over the date stay silent, since the date itself is at fault.
    assert_eq!(codes, ["I10", "I14", "I21"]);
}

#[test]
fn a_fault_says_what_and_how_in_three_languages() {
    let sample = Sample::penalty().with("CF_XDR_SHXYM", "91350211M000100Y40");
    let rejected = sample.rejected();
    let fault = &rejected.faults[0];
    assert_eq!(fault.value.as_deref(), Some("91350211M000100Y40"));
    assert_eq!(fault.header.as_deref(), Some("CF_XDR_SHXYM"));
    let zh = fault.message(Lang::Zh, &sample.theme);
    assert!(zh.contains("校验位"), "{zh}");
    assert!(
        fault
            .message(Lang::En, &sample.theme)
            .contains("check digit")
    );
    assert!(
        fault
            .message(Lang::Ru, &sample.theme)
            .contains("контрольный")
    );
    assert!(!texts(fault, &sample.theme).contains('{'));
}

#[test]
fn severity_is_never_guessed() {
    let held = |sample: Sample| sample.held().1;
    let unknown = Sample::penalty()
        .with("CF_NR_FK", "5")
        .with("CF_NR", "罚款五万元");
    assert_eq!(held(unknown), HoldReason::SeverityUnknown);
    let labelled = Sample::penalty()
        .with("CF_NR_FK", "5")
        .with("YZCD", "一般失信");
    assert_eq!(labelled.draft().severity, Some(Severity::Ordinary));
    let serious = Sample::penalty()
        .with("CF_CFLB", "吊销许可证件")
        .with("CF_NR_FK", "")
        .with("CF_NR_ZKDX", "某许可证")
        .with("YZCD", "轻微");
    assert_eq!(
        serious.draft().severity,
        Some(Severity::Serious),
        "a label cannot belittle it"
    );
}

#[test]
fn lateness_follows_the_working_days() {
    // Decided on Tuesday 2026-11-10, submitted on Friday 2026-11-20: eight working days.
    assert!(Sample::penalty().with("CF_JDRQ", "2026-11-10").draft().late);
    assert!(!Sample::penalty().with("CF_JDRQ", "2026-11-11").draft().late);
}

#[test]
fn a_row_that_does_not_match_the_header_keeps_none_of_its_cells() {
    let theme = theme("registration");
    let mut check = checker(&theme, &["ZTMC", "TYSHXYDM", "ZTLX"]);
    let shifted = buffer(&["某公司", "x", FIRM, "有限责任公司"]);
    let Outcome::Rejected(rejected) = check.row(&shifted.row()) else {
        panic!("a shifted row passed")
    };
    assert_eq!(
        rejected.faults[0].kind,
        FaultKind::Ragged {
            expected: 3,
            found: 4
        }
    );
    assert!(rejected.cells.is_none() && rejected.key.is_none());
    let padded = buffer(&["某公司", FIRM, "有限责任公司", "", " "]);
    assert!(
        matches!(check.row(&padded.row()), Outcome::Ready(_)),
        "empty cells at the end"
    );
    let short = buffer(&["某公司", FIRM]);
    assert!(matches!(check.row(&short.row()), Outcome::Rejected(_)));
}

#[test]
fn every_row_has_one_outcome() {
    let theme = theme("registration");
    let mut check = checker(&theme, &["ZTMC", "TYSHXYDM", "ZTLX"]);
    assert_eq!(check.row(&buffer(&["", " ", "\t"]).row()), Outcome::Blank);
    let footer = check.row(&buffer(&["制表人：甲某", "", ""]).row());
    assert_eq!(footer, Outcome::Footer { letters: 6 });
    assert!(!format!("{footer:?}").contains('甲'));
}

#[test]
fn a_subject_needs_a_code_or_a_name() {
    let theme = theme("registration");
    let mut check = checker(&theme, &["ZTMC", "TYSHXYDM", "ZTLX"]);
    let Outcome::Rejected(none) = check.row(&buffer(&["", "", "有限责任公司"]).row()) else {
        panic!("a row about nobody passed")
    };
    assert!(
        none.key.is_none()
            && none
                .faults
                .iter()
                .all(|fault| fault.kind == FaultKind::Missing)
    );
    assert_eq!(none.faults.len(), 2);
}

#[test]
fn a_theme_takes_only_its_kinds_of_subject() {
    let sample = Sample {
        theme: theme("tax-a"),
        cells: vec![
            ("NSRSBH", uscc("92350211MA0000001")),
            ("NSRMC", "某某市某某小吃店".to_owned()),
            ("PJND", "2025".to_owned()),
            ("SWJG", "某某税务局".to_owned()),
        ],
    };
    assert_eq!(sample.codes(), ["P02"]);
    let agency = sample.with("NSRSBH", &agency());
    assert_eq!(agency.draft().claim.kind, SubjectKind::GovernmentAgency);
}

#[test]
fn a_line_glued_to_the_last_cell_is_cut_where_the_kind_can_tell() {
    let sample = Sample::penalty().with("CF_JDRQ", "2026-11-17\n制表人：甲某");
    let draft = sample.draft();
    assert_eq!(
        sample.value(&draft, "CF_JDRQ").as_deref(),
        Some("2026-11-17")
    );
}
