//! Workbooks: cells as their reader sees them, and containers that mean harm.

use crate::support::{read, read_with, shared};
use intake::read::{CellState, Format, ReadOptions};
use intake::refusal::RefusalKind;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};
use std::error::Error;
use std::io::{Cursor, Write};

type Outcome = Result<(), Box<dyn Error>>;

fn book() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("空")?;
    let sheet = book.add_worksheet();
    sheet.set_name("数据")?;
    for (column, title) in ["名称", "代码", "日期", "金额", "备注"]
        .into_iter()
        .enumerate()
    {
        sheet.write(2, column as u16, title)?;
    }
    sheet.merge_range(0, 0, 0, 4, "行政处罚信息公示表", &CellFormat::new())?;
    let date = CellFormat::new().set_num_format("yyyy-mm-dd");
    sheet.write(3, 0, "甲公司")?;
    sheet.write(3, 1, 440_301_103_292_191_i64)?;
    sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(2024, 1, 2)?, &date)?;
    sheet.write(3, 3, 0.1 + 0.2)?;
    sheet.write(5, 0, "乙公司")?;
    sheet.write(5, 1, 912_308_000_000_000_000_i64)?;
    sheet.write_formula(5, 3, Formula::new("=1+1").set_result("2"))?;
    sheet.write_formula(5, 4, Formula::new("=1/0").set_result("#DIV/0!"))?;
    let last = book.add_worksheet();
    last.set_name("说明")?;
    last.write(0, 0, "a")?;
    last.write(0, 1, "b")?;
    Ok(book.save_to_buffer()?)
}

#[test]
fn cells_are_what_their_reader_sees() -> Outcome {
    let file = read("x.bin", &book()?)?;
    assert_eq!(file.end.format(), Format::Xlsx);
    assert_eq!(file.end.sheet(), Some("数据"));
    assert_eq!(file.header, ["名称", "代码", "日期", "金额", "备注"]);
    assert_eq!(file.numbers(), [4, 6]);
    assert_eq!(
        file.rows[0].cells,
        ["甲公司", "440301103292191", "2024-01-02", "0.3", ""]
    );
    assert_eq!(
        file.rows[1].cells,
        ["乙公司", "912308000000000000", "", "2", "#DIV/0!"]
    );
    assert_eq!(
        file.rows[1].unsound,
        [(1, CellState::Rounded), (4, CellState::WorkbookError)]
    );
    Ok(())
}

#[test]
fn a_sheet_can_be_told_and_must_exist() -> Outcome {
    let bytes = book()?;
    let told = |sheet| ReadOptions {
        sheet: Some(sheet),
        ..ReadOptions::default()
    };
    assert_eq!(
        read_with("x.xlsx", &bytes, &told("说明"))?.header,
        ["a", "b"]
    );
    let refusal = read_with("x.xlsx", &bytes, &told("别的")).map(|file| file.header);
    let found = ["空", "数据", "说明"].map(str::to_owned).to_vec();
    let kind = RefusalKind::NoSheet {
        asked: "别的".to_owned(),
        found,
    };
    assert_eq!(refusal.map_err(|refusal| refusal.kind), Err(kind));
    Ok(())
}

/// A container with one sheet of `size` zeros, which deflate packs a thousand times.
fn bomb(size: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("[Content_Types].xml", options)?;
    archive.write_all(b"<Types/>")?;
    archive.start_file("xl/worksheets/sheet1.xml", options)?;
    let block = vec![b'0'; 1 << 20];
    for _ in 0..size >> 20 {
        archive.write_all(&block)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[test]
fn swelling_containers_are_refused_before_they_are_parsed() -> Outcome {
    let refusal = read("x.xlsx", &bomb(256 << 20)?).map(|file| file.header);
    assert_eq!(
        refusal.map_err(|refusal| refusal.kind),
        Err(RefusalKind::TooDense)
    );
    Ok(())
}

#[test]
fn cut_and_foreign_containers_are_refused() -> Outcome {
    let bytes = book()?;
    for part in [100, bytes.len() / 2, bytes.len() - 30] {
        let refusal = read("x.xlsx", &bytes[..part]).map(|file| file.rows.len());
        assert_eq!(
            refusal.map_err(|refusal| refusal.kind),
            Err(RefusalKind::BadWorkbook),
            "{part}"
        );
    }
    let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    assert_eq!(
        read("x.xls", &ole)
            .map(|file| file.header)
            .map_err(|refusal| refusal.kind),
        Err(RefusalKind::BadWorkbook)
    );
    Ok(())
}

#[test]
fn a_stopped_process_refuses_the_file() -> Outcome {
    let bytes = book()?;
    let mut rows = Vec::new();
    intake::read::workbook::rows(&bytes, None, &mut rows)?;
    for part in [0, 10, rows.len() / 2, rows.len() - 3] {
        let stream = rows[..part].to_vec();
        let runner = move |_: &[u8]| -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(Cursor::new(stream.clone())))
        };
        let options = ReadOptions {
            workbook: Some(&runner),
            ..ReadOptions::default()
        };
        let refusal = read_with("x.xlsx", &bytes, &options).map(|file| file.rows.len());
        assert_eq!(
            refusal.map_err(|refusal| refusal.kind),
            Err(RefusalKind::WorkbookTooHeavy),
            "{part}"
        );
    }
    Ok(())
}

#[test]
fn three_formats_of_one_file_hold_the_same_cells() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    for stem in ["1981_辽宁", "1981_湖北", "1981_广东", "1981_山东"] {
        let cells = |extension: &str| -> Result<Vec<Vec<String>>, Box<dyn Error>> {
            let path = shared.join(format!("cn_registry_three_formats/{stem}.{extension}"));
            let file = crate::support::read_path(&path)?;
            let tidy = |cell: &String| credit::text::tidy(cell).into_owned();
            Ok(file
                .rows
                .iter()
                .map(|row| row.cells.iter().map(tidy).collect())
                .collect())
        };
        let (csv, json, xls) = (cells("csv")?, cells("json")?, cells("xls")?);
        assert!(csv.len() > 50, "{stem}: {}", csv.len());
        assert_eq!(csv, json, "{stem}");
        assert_eq!(csv, xls, "{stem}");
    }
    Ok(())
}
