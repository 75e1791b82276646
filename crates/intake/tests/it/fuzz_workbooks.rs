//! Workbooks changed where it hurts: inside their parts, packed again so that the change reaches the
//! parser, and in the records of the old binary form. A change of packed bytes alone mostly ends at a
//! check sum.

use crate::fuzz::{Dice, iterations, mutate, probe};
use crate::support::{files_below, shared};
use intake::read::ReadOptions;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};
use std::error::Error;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Outcome = Result<(), Box<dyn Error>>;
/// Paths and what they hold.
type Parts = Vec<(String, Vec<u8>)>;

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="数据"><table:table-column table:number-columns-repeated="4"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>日期</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>金额</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>备注</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>甲<text:s text:c="2"/>公司</text:p><text:p>乙</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-01-02"/><table:table-cell office:value-type="float" office:value="12.5"/><table:table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="time" office:time-value="PT12H30M00S"/><table:table-cell office:value-type="percentage" office:value="0.5"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
<table:table-row table:number-rows-repeated="40"><table:table-cell table:number-columns-repeated="9"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;

const LISTED: &str = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

fn open_document() -> Parts {
    [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", LISTED),
        ("content.xml", CONTENT),
    ]
    .map(|(path, part)| (path.to_owned(), part.as_bytes().to_vec()))
    .into()
}

fn open_xml() -> Result<Parts, Box<dyn Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = CellFormat::new().set_num_format("yyyy-mm-dd");
    for (column, title) in ["名称", "代码", "日期"].into_iter().enumerate() {
        sheet.write(0, column as u16, title)?;
    }
    sheet.write(1, 0, "甲公司")?;
    sheet.write(1, 1, 440_301_103_292_191_i64)?;
    sheet.write_with_format(1, 2, ExcelDateTime::from_ymd(2024, 1, 2)?, &date)?;
    sheet.merge_range(3, 0, 3, 2, "合计", &CellFormat::new())?;
    let mut archive = zip::ZipArchive::new(Cursor::new(book.save_to_buffer()?))?;
    let mut parts = Parts::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        parts.push((entry.name()?.into_owned(), bytes));
    }
    Ok(parts)
}

fn pack(parts: &Parts) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in parts {
        archive.start_file(path.as_str(), stored)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Changes one part of many, packs all, reads.
fn inside(parts: &Parts, seed: u64, rounds: usize) -> Outcome {
    let unchanged = crate::support::read("x", &pack(parts)?)?;
    assert!(unchanged.rows.len() >= 2, "the seed itself is not read");
    let mut dice = Dice(seed);
    let mut read = 0;
    for round in 0..rounds {
        let mut changed = parts.clone();
        let at = dice.roll(changed.len());
        let seeds = [changed[at].1.clone()];
        changed[at].1 = mutate(&seeds, &mut dice);
        let bytes = pack(&changed)?;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            probe(&bytes, &ReadOptions::default());
            crate::support::read("x", &bytes).is_ok()
        }));
        let name = &changed[at].0;
        let shown = || String::from_utf8_lossy(&changed[at].1).into_owned();
        read += usize::from(*outcome.as_ref().unwrap_or(&false));
        assert!(outcome.is_ok(), "round {round}, {name}: {}", shown());
    }
    // Were every input refused, the parser behind would never be tried.
    assert!(read * 20 > rounds, "only {read} of {rounds} were read");
    Ok(())
}

#[test]
fn parts_of_an_open_document() -> Outcome {
    inside(&open_document(), 11, iterations() / 3)
}

#[test]
fn parts_of_an_open_xml_workbook() -> Outcome {
    inside(&open_xml()?, 12, iterations() / 3)
}

/// The round at which a child begins, told by its parent; the file in which it notes each round.
const BEGIN: &str = "GONGXIN_FUZZ_BEGIN";
const NOTES: &str = "GONGXIN_FUZZ_NOTES";

/// Seeds of the old form, which has no writer here: they are of the shared folder.
fn old_seeds() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut seeds = Vec::new();
    let Some(shared) = shared() else {
        return Ok(seeds);
    };
    for folder in ["bad_inputs/frictionless_data", "cn_registry_three_formats"] {
        for path in files_below(&shared.join(folder))? {
            let bytes = std::fs::read(&path)?;
            if path.extension().is_some_and(|end| end == "xls") && bytes.len() < 40_000 {
                let read = crate::support::read("x.xls", &bytes);
                assert!(read.is_ok(), "{}", path.display());
                seeds.push(bytes);
            }
        }
    }
    Ok(seeds)
}

/// Bytes changed in place, so that sectors stay where their table says.
fn change_in_place(bytes: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.roll(12) {
        let at = dice.roll(bytes.len());
        let step = dice.roll(4);
        for byte in bytes.iter_mut().skip(at).take(step + 1) {
            *byte = match step {
                0 => *byte ^ (1 << dice.roll(8)),
                1 => 0xFF,
                2 => 0,
                _ => dice.roll(256) as u8,
            };
        }
    }
}

/// A changed length can make the parser ask for a terabyte and the process end; intake reads
/// workbooks in a process of their own for that reason, and so does this test, which begins a new
/// one behind each input that ended the last.
#[test]
fn records_of_the_old_binary_form() -> Outcome {
    let rounds = iterations() / 3;
    let begin = std::env::var(BEGIN).ok().and_then(|told| told.parse().ok());
    if let Some(begin) = begin {
        return old_rounds(begin, rounds, &std::env::var(NOTES)?);
    }
    if shared().is_none() {
        return Ok(());
    }
    let notes = std::env::temp_dir().join(format!("gongxin-fuzz-xls-{}", std::process::id()));
    let (mut begin, mut ended) = (0, 0);
    loop {
        let status = std::process::Command::new(std::env::current_exe()?)
            .args(["--exact", "fuzz_workbooks::records_of_the_old_binary_form"])
            .env(BEGIN, begin.to_string())
            .env(NOTES, &notes)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()?;
        let last: usize = std::fs::read_to_string(&notes)?.parse()?;
        if status.success() {
            break;
        }
        // A failed assertion ends with a code, an allocation that is refused with a signal.
        assert_eq!(status.code(), None, "round {last}");
        assert!(last >= begin);
        begin = last + 1;
        ended += 1;
    }
    std::fs::remove_file(&notes)?;
    eprintln!("{ended} of {rounds} inputs ended their process");
    assert!(ended * 10 <= rounds.max(10), "{ended} of {rounds}");
    Ok(())
}

fn old_rounds(begin: usize, rounds: usize, notes: &str) -> Outcome {
    let seeds = old_seeds()?;
    assert!(seeds.len() >= 3, "{} seeds", seeds.len());
    for round in begin..rounds {
        std::fs::write(notes, round.to_string())?;
        let mut dice = Dice(13 + ((round as u64) << 8));
        let mut bytes = seeds[dice.roll(seeds.len())].clone();
        change_in_place(&mut bytes, &mut dice);
        let outcome = catch_unwind(AssertUnwindSafe(|| probe(&bytes, &ReadOptions::default())));
        assert!(outcome.is_ok(), "round {round}");
    }
    Ok(())
}
