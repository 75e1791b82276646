//! What holds for any row: no panic, canonical text is a fixed point, several cores say the same.

use crate::check_support::{Sample, buffer, checker, theme};
use credit::catalog::{ItemKind, Theme};
use intake::check::{Outcome, par};
use intake::read::{ReadOptions, RowBuf, open};
use intake::source::Source;
use intake::value::{CodeIndex, date, decimal};
use proptest::prelude::*;
use std::io::Cursor;

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<String>(),
        2 => "[0-9０-９年月日./:， -]{0,20}",
        2 => "[0-9,.eE+万亿元¥-]{0,16}",
        1 => "[0-9A-Z]{15,20}",
        1 => "(警告|罚款|[;；,、 ]){0,5}",
        1 => Just("\u{feff}\u{202e}罚款\u{0}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_cells_give_an_outcome(cells in prop::collection::vec(any_cell(), 0..30)) {
        let sample = Sample::penalty();
        let header: Vec<&str> = sample.cells.iter().map(|(code, _)| *code).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let mut check = checker(&sample.theme, &header);
        let first = check.row(&buffer(&cells).row());
        // The memo of repeated cells changes nothing.
        prop_assert_eq!(check.row(&buffer(&cells).row()), first);
    }

    #[test]
    fn dates_are_a_fixed_point(text in "[0-9０-９元年月日HR昭和平成./ -]{0,16}|[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?") {
        if let Ok(Some(day)) = date::parse(&text, true) {
            prop_assert_eq!(date::parse(&day, false), Ok(Some(day.clone())));
            prop_assert!(day.parse::<jiff::civil::Date>().is_ok());
        }
    }

    #[test]
    fn numbers_are_a_fixed_point(text in "[-(]?[0-9]{0,4}(,[0-9]{3}){0,2}(\\.[0-9]{0,6})?([eE]-?[0-9])?(元|万元|亿)?[)]?") {
        let form = decimal::Form { digits: 18, scale: 6, unit: Some("万元"), header_unit: Some("元") };
        let same = decimal::Form { header_unit: None, ..form };
        if let Ok(Some(number)) = decimal::parse(&text, &form) {
            prop_assert_eq!(decimal::parse(&number, &same), Ok(Some(number.clone())));
        }
    }

    #[test]
    fn codes_are_a_fixed_point(cell in "(警告|罚款|没收违法所得|0[1-5]|[;；,、/ ]){0,6}") {
        let penalty = theme("penalty");
        let index = code_index(&penalty, "CF_CFLB");
        if let Ok(Some(value)) = index.parse(&cell, true) {
            prop_assert_eq!(index.parse(&value, true), Ok(Some(value.clone())));
        }
    }

    #[test]
    fn an_accepted_row_is_accepted_again_and_says_the_same(
        changes in prop::collection::vec((0_usize..25, any_cell()), 0..4),
    ) {
        let mut sample = Sample::penalty();
        for (at, cell) in changes {
            sample.cells[at].1 = cell;
        }
        if let Outcome::Ready(draft) | Outcome::Held(draft, _) = sample.outcome() {
            let mut again = Sample::penalty();
            for (code, cell) in &mut again.cells {
                *cell = sample.value(&draft, code).unwrap_or_default();
            }
            let (Outcome::Ready(second) | Outcome::Held(second, _)) = again.outcome() else {
                panic!("canonical text was refused: {:?}", again.outcome())
            };
            prop_assert_eq!(second.values, draft.values);
            prop_assert_eq!(second.key, draft.key);
        }
    }
}

fn code_index(theme: &Theme, code: &str) -> CodeIndex {
    let item = &theme.items[theme.item(code).unwrap()];
    match &item.kind {
        ItemKind::Code { set, .. } => CodeIndex::new(std::sync::Arc::clone(set)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn several_cores_give_the_same_outcomes_in_the_same_order() {
    let sample = Sample::penalty();
    let header: Vec<&str> = sample.cells.iter().map(|(code, _)| *code).collect();
    let mut file = header.join(",") + "\n";
    for row in 0..20_000 {
        let cells: Vec<String> = sample
            .cells
            .iter()
            .map(|(code, cell)| match *code {
                "CF_WSH" => format!("样罚〔2026〕{row}号"),
                "CF_JDRQ" if row % 7 == 0 => "坏".to_owned(),
                "CF_XDR_LB" if row % 11 == 0 => "自然人".to_owned(),
                _ => cell.clone(),
            })
            .collect();
        file += &cells.join(",");
        file.push('\n');
    }
    let check = checker(&sample.theme, &header);
    let run = |threads: usize| {
        let bytes = file.clone().into_bytes();
        let opener = || -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(Cursor::new(bytes.clone())))
        };
        let source = Source {
            name: "a.csv".into(),
            open: &opener,
            bytes: bytes.len() as u64,
        };
        let mut rows = open(&source, &ReadOptions::default()).unwrap();
        let mut seen = Vec::new();
        par::run(&mut rows, &check, threads, &mut |outcome| {
            seen.push(std::mem::replace(outcome, Outcome::Blank));
            true
        })
        .unwrap();
        seen
    };
    let one = run(1);
    assert_eq!(one.len(), 20_000);
    assert_eq!(run(2), one);
    assert_eq!(run(5), one);
}

/// Whoever has enough gets not one outcome more, and no thread is left waiting.
#[test]
fn several_cores_stop_when_they_are_told() {
    let sample = Sample::penalty();
    let header: Vec<&str> = sample.cells.iter().map(|(code, _)| *code).collect();
    let row: Vec<&str> = sample.cells.iter().map(|(_, cell)| cell.as_str()).collect();
    let file = format!(
        "{}\n{}",
        header.join(","),
        (row.join(",") + "\n").repeat(20_000)
    );
    let check = checker(&sample.theme, &header);
    for threads in [1, 2, 5] {
        for enough in [1_usize, 127, 128, 129, 5_000] {
            let bytes = file.clone().into_bytes();
            let opener = || -> std::io::Result<Box<dyn std::io::Read + Send>> {
                Ok(Box::new(Cursor::new(bytes.clone())))
            };
            let source = Source {
                name: "a.csv".into(),
                open: &opener,
                bytes: bytes.len() as u64,
            };
            let mut rows = open(&source, &ReadOptions::default()).unwrap();
            let mut seen = 0;
            par::run(&mut rows, &check, threads, &mut |_| {
                seen += 1;
                seen < enough
            })
            .unwrap();
            assert_eq!(seen, enough, "{threads} threads");
        }
    }
}

#[test]
fn a_buffer_can_be_used_again() {
    let mut row = RowBuf::new();
    row.push("x");
    row.clear();
    assert!(row.row().is_empty());
}
