//! Rejects go out as a file, are mended, and come back alone.

use crate::check_support::{Sample, catalog, checker, theme};
use credit::lang::Lang;
use intake::check::Outcome;
use intake::read::{ReadOptions, Rows, open};
use intake::refusal::FileRefusal;
use intake::rejects::{self, Line, Reason};
use intake::source::Source;
use std::io::Cursor;

fn rows(name: &str, bytes: &[u8]) -> Result<Rows, FileRefusal> {
    let opener = || -> std::io::Result<Box<dyn std::io::Read + Send>> {
        Ok(Box::new(Cursor::new(bytes.to_vec())))
    };
    open(
        &Source {
            name: name.into(),
            open: &opener,
            bytes: bytes.len() as u64,
        },
        &ReadOptions::default(),
    )
}

fn outcomes(sample: &Sample, name: &str, bytes: &[u8]) -> Vec<Outcome> {
    let mut rows = rows(name, bytes).unwrap();
    let header: Vec<String> = rows.header().to_vec();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut check = checker(&sample.theme, &header);
    assert!(check.binding().guarded);
    assert_eq!(check.binding().unknown().count(), 0);
    let mut seen = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        seen.push(check.row(&row));
    }
    seen
}

/// One bad row of an agency's file with a formula in it, and one about a person.
fn lines(sample: &Sample) -> Vec<Line> {
    let rejected = sample.rejected();
    let reasons = rejected
        .faults
        .iter()
        .map(|fault| Reason::of(fault, Lang::Zh, &sample.theme))
        .collect();
    let person = Sample::penalty()
        .with("CF_XDR_LB", "自然人")
        .with("CF_XDR_SHXYM", "")
        .rejected();
    let why = Reason::of(&person.faults[0], Lang::Zh, &sample.theme);
    vec![
        Line {
            row: 2,
            cells: rejected.cells,
            reasons,
            reference: None,
        },
        Line {
            row: 3,
            cells: None,
            reasons: vec![why],
            reference: None,
        },
    ]
}

#[test]
fn a_mended_file_binds_and_gives_the_fact() {
    let sample = Sample::penalty()
        .with("CF_NR_FK", "-2")
        .with("BZ", "=HYPERLINK(\"x\")")
        .with("CF_NR", "'-罚款");
    let headers: Vec<String> = sample
        .cells
        .iter()
        .map(|(code, _)| (*code).to_owned())
        .collect();
    let lines = lines(&sample);
    let csv = String::from_utf8(rejects::csv(&headers, Lang::Zh, lines.iter()).unwrap()).unwrap();
    assert!(csv.contains("\"'=HYPERLINK"), "{csv}");
    assert!(csv.contains(",'-2,"), "{csv}");
    assert!(csv.contains("CF-05"), "{csv}");
    let mended = csv.replace(",'-2,", ",0.2,");
    let seen = outcomes(&sample, "mended.csv", mended.as_bytes());
    let [Outcome::Ready(draft), Outcome::Blank] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    let value = |code: &str| sample.value(draft, code);
    assert_eq!(value("BZ").as_deref(), Some("=HYPERLINK(\"x\")"));
    assert_eq!(value("CF_NR").as_deref(), Some("'-罚款"));
}

#[test]
fn a_workbook_of_rejects_comes_back_as_it_went() {
    let sample = Sample::penalty()
        .with("CF_JDRQ", "坏日期")
        .with("BZ", "=1+1");
    let headers: Vec<String> = sample
        .cells
        .iter()
        .map(|(code, _)| (*code).to_owned())
        .collect();
    for lang in Lang::ALL {
        let book = rejects::xlsx(&headers, lang, lines(&sample).iter()).unwrap();
        let seen = outcomes(&sample, "rejects.xlsx", &book);
        let [Outcome::Rejected(again), Outcome::Blank] = seen.as_slice() else {
            panic!("{seen:?}")
        };
        assert_eq!(again.faults[0].rule, "I14");
        let cells = again.cells.as_ref().unwrap();
        let at = headers.iter().position(|code| code == "BZ").unwrap();
        assert_eq!(cells[at], "=1+1");
    }
}

#[test]
fn every_template_is_a_workbook_whose_header_binds() {
    for theme in &catalog().themes {
        for lang in Lang::ALL {
            let book = intake::template::xlsx(theme, lang).unwrap();
            // A row must follow for the reader to see a table, so the header is read by itself.
            let sheets = sheet_titles(&book);
            assert_eq!(sheets.len(), 3, "{}", theme.code);
        }
        let header: Vec<String> = theme
            .items
            .iter()
            .filter(|item| item.role != credit::catalog::Role::PersonIdentifier)
            .map(|item| format!("{}（必填）", item.title.zh))
            .collect();
        let binding = intake::header::bind(theme, &header, Lang::Zh)
            .unwrap_or_else(|refusal| panic!("{}: {}", theme.code, refusal.message(Lang::Zh)));
        assert_eq!(binding.unknown().count(), 0, "{}", theme.code);
    }
}

fn sheet_titles(book: &[u8]) -> Vec<String> {
    use calamine::Reader;
    let book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(book.to_vec())).unwrap();
    book.sheet_names().clone()
}

#[test]
fn a_template_offers_the_values_of_a_set() {
    use calamine::{DataType, Reader};
    let book = intake::template::xlsx(&theme("penalty"), Lang::Ru).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    let codes = book.worksheet_range("Коды").unwrap();
    let has = |word: &str| {
        codes
            .used_cells()
            .any(|(_, _, cell)| cell.get_string() == Some(word))
    };
    assert!(has("罚款") && has("法人及非法人组织"));
    let data = book.worksheet_range("数据").unwrap();
    let titles: Vec<String> = data
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        titles.iter().any(|title| title == "处罚类别（必填）"),
        "{titles:?}"
    );
    assert!(
        !titles.iter().any(|title| title.contains("证件号码")),
        "{titles:?}"
    );
}
