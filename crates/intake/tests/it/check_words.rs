//! Every kind of fault has its sentences in every language. The list is printed in full to
//! `snapshots/faults.txt`, which is read when it changes.

use crate::check_support::theme;
use credit::catalog::{Required, Theme};
use credit::fault::{Fault, FaultKind};
use credit::identifier::{IdentifierError, System};
use credit::lang::Lang;
use credit::subject::SubjectKind;
use jiff::civil::date;
use std::path::Path;

fn kinds() -> Vec<FaultKind> {
    let mut kinds = vec![
        FaultKind::Ragged {
            expected: 14,
            found: 13,
        },
        FaultKind::Broken,
        FaultKind::UnknownField,
        FaultKind::DoubledField,
        FaultKind::Malformed,
        FaultKind::CellTooLong,
        FaultKind::WorkbookError,
        FaultKind::Rounded,
        FaultKind::Missing,
        FaultKind::MissingWhen,
        FaultKind::TooLong {
            max: 128,
            found: 130,
        },
        FaultKind::Format,
        FaultKind::NotADate,
        FaultKind::NoSuchDay,
        FaultKind::Future {
            today: date(2026, 11, 20),
        },
        FaultKind::NotANumber,
        FaultKind::Exponent,
        FaultKind::NotWhole,
        FaultKind::Digits {
            digits: 18,
            scale: 6,
        },
        FaultKind::Unit {
            wanted: "万元".into(),
        },
        FaultKind::Unit {
            wanted: String::new(),
        },
        FaultKind::NotInSet {
            allowed: vec!["警告".into(), "罚款".into()],
        },
        FaultKind::OneOnly,
        FaultKind::Contradiction,
        FaultKind::NoSubject,
        FaultKind::NoKey,
        FaultKind::Repeat { row: 7 },
        FaultKind::Repeat { row: 0 },
        FaultKind::Rule(0),
        FaultKind::RuleFailed,
        FaultKind::UnknownSource,
        FaultKind::OutsideArea,
        FaultKind::KindNotAllowed(SubjectKind::GovernmentAgency),
        FaultKind::Forbidden,
        FaultKind::NoDocument,
        FaultKind::NotHeard,
        FaultKind::Person,
        FaultKind::IndividualBusiness,
        FaultKind::PersonalNumber,
        FaultKind::KindUnclear,
        FaultKind::NoConsent,
        FaultKind::PersonUnverified,
        FaultKind::PersonErased,
        FaultKind::OtherSubject,
    ];
    for error in [
        IdentifierError::Length { found: 17 },
        IdentifierError::Character { position: 9 },
        IdentifierError::CheckDigit,
    ] {
        kinds.push(FaultKind::Identifier {
            system: Some(System::Uscc),
            error,
        });
    }
    kinds.push(FaultKind::Identifier {
        system: None,
        error: IdentifierError::CheckDigit,
    });
    kinds
}

fn item_of(theme: &Theme, kind: &FaultKind) -> usize {
    match kind {
        FaultKind::MissingWhen => theme
            .items
            .iter()
            .position(|item| matches!(item.required, Required::When(_)))
            .unwrap(),
        FaultKind::Format => theme
            .items
            .iter()
            .position(|item| item.format.is_some())
            .unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn every_kind_speaks_every_language() {
    let theme = theme("penalty");
    let mut list = String::new();
    for kind in kinds() {
        let fault = Fault::of_item(kind.clone(), item_of(&theme, &kind));
        list += &format!("{} {:?}\n", fault.rule, kind);
        let mut said = Vec::new();
        for lang in Lang::ALL {
            let (message, mend) = (fault.message(lang, &theme), fault.mend(lang, &theme));
            assert!(
                message.chars().count() > 4 && mend.chars().count() > 4,
                "{kind:?}"
            );
            assert_ne!(message, fault.rule, "{kind:?} has no sentence");
            assert!(
                !message.contains('{') && !mend.contains("{a}"),
                "{kind:?}: {message} {mend}"
            );
            let whole = format!("{message} {mend}");
            for scar in ["()", "“”", "«»", " 0 ", "第 0", "：：", "  "] {
                assert!(!whole.contains(scar), "{kind:?} says {scar}: {whole}");
            }
            assert!(!mend.trim_end().ends_with([':', '：']), "{mend}");
            list += &format!("  {} {message} | {mend}\n", lang.tag());
            said.push(message);
        }
        said.dedup();
        assert_eq!(said.len(), 3, "{kind:?} says the same in two languages");
    }
    compare(&list);
}

/// Compares with the committed list; `GONGXIN_ACCEPT=1` writes it anew.
fn compare(list: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots/faults.txt");
    if std::env::var_os("GONGXIN_ACCEPT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, list).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == list,
        "{} is out of date; read the difference, then run with GONGXIN_ACCEPT=1\n{list}",
        path.display()
    );
}

#[test]
fn a_theme_rule_speaks_in_its_own_words() {
    let theme = theme("penalty");
    let fault = Fault::of_row(FaultKind::Rule(2));
    assert_eq!(fault.message(Lang::En, &theme), theme.rules[2].message.en);
    assert!(fault.mend(Lang::Zh, &theme).contains("处罚有效期"));
}
