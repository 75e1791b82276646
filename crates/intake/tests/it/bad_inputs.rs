//! Every file of the shared folder of bad inputs through every reader: rows or a clear refusal,
//! never a panic, and for files with known contents the right cells.

use crate::support::{File, files_below, open_path, read_path, read_with, shared};
use credit::lang::Lang;
use intake::read::{Format, ReadOptions};
use intake::refusal::{FileRefusal, RefusalKind};
use serde_json::Value;
use std::error::Error;
use std::path::Path;

type Outcome = Result<(), Box<dyn Error>>;

/// What must hold of any answer.
fn sane(path: &Path, answer: &Result<File, FileRefusal>) {
    match answer {
        Ok(file) => {
            assert!(!file.header.is_empty(), "{}: no header", path.display());
            let numbers = file.numbers();
            assert!(numbers.is_sorted(), "{}: rows out of order", path.display());
            assert!(
                numbers
                    .first()
                    .is_none_or(|first| *first > file.end.header_row()),
                "{}",
                path.display()
            );
        }
        Err(refusal) => {
            for lang in Lang::ALL {
                assert!(
                    refusal.message(lang).chars().count() > 10,
                    "{}: {refusal}",
                    path.display()
                );
            }
            assert!(
                refusal.kind != RefusalKind::Unreadable,
                "{}: {refusal}",
                path.display()
            );
        }
    }
}

#[test]
fn every_file_is_detected_and_read_or_refused() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let files = files_below(&shared.join("bad_inputs"))?;
    assert!(files.len() > 400, "only {} files", files.len());
    for path in &files {
        let answer = read_path(path);
        if std::env::var_os("GONGXIN_SHOW").is_some() {
            let told = match &answer {
                Ok(file) => format!(
                    "{} {:?} {:?} rows {} skipped {:?} header {:?}",
                    file.end.format().code(),
                    file.end.encoding(),
                    file.end.delimiter(),
                    file.rows.len(),
                    file.end.skipped(),
                    file.header
                ),
                Err(refusal) => format!("REFUSED {refusal}"),
            };
            let told: String = told.chars().take(220).collect();
            eprintln!("{}: {told}", path.strip_prefix(&shared)?.display());
        }
        sane(path, &answer);
    }
    Ok(())
}

#[test]
fn every_file_through_every_reader() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    for path in files_below(&shared.join("bad_inputs"))? {
        let bytes = std::fs::read(&path)?;
        if bytes.is_empty() || bytes.len() > 50_000 {
            continue;
        }
        for format in Format::ALL {
            let options = ReadOptions {
                format: Some(format),
                ..ReadOptions::default()
            };
            sane(&path, &read_with("told", &bytes, &options));
        }
        for encoding in ["gbk", "big5", "shift_jis", "utf-16le", "windows-1252"] {
            let options = ReadOptions {
                encoding: Some(encoding),
                ..ReadOptions::default()
            };
            sane(&path, &read_with("told", &bytes, &options));
        }
    }
    Ok(())
}

#[test]
fn the_csv_spectrum_equals_its_expected_records() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let folder = shared.join("bad_inputs/csv-spectrum");
    let mut compared = 0;
    for path in files_below(&folder.join("csvs"))? {
        let stem = path.file_stem().unwrap_or_default();
        let expected =
            std::fs::read_to_string(folder.join("json").join(stem).with_extension("json"))?;
        // The shared copy of the set has plain line feeds in every table.
        let expected = expected.replace("\\r\\n", "\\n");
        let mut expected = match serde_json::from_str(&expected)? {
            Value::Array(records) => records,
            single => vec![single],
        };
        let options = ReadOptions {
            delimiter: Some(b','),
            ..ReadOptions::default()
        };
        let mut rows = open_path(&path, &options)?;
        let header = rows.header().to_vec();
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let cells = header.iter().cloned().zip(row.iter().map(Value::from));
            records.push(Value::Object(cells.collect()));
        }
        // The set hides a telephone number in one of the two, so it cannot be compared.
        for record in records.iter_mut().chain(&mut expected) {
            if let Value::Object(fields) = record {
                fields.remove("Contact Phone Number");
            }
        }
        assert_eq!(records, expected, "{}", path.display());
        // Detection comes to the same cells.
        let detected = read_path(&path)?;
        assert_eq!(detected.header, header, "{}", path.display());
        compared += 1;
    }
    assert_eq!(compared, 12);
    Ok(())
}

/// The vectors hold every two- and four-byte sequence with the text it stands for, line by line.
#[test]
fn encoding_vectors_decode_to_their_reference() -> Outcome {
    use std::io::Read;
    let Some(shared) = shared() else {
        return Ok(());
    };
    for (name, label) in [
        ("gb18030", "gb18030"),
        ("big5", "big5"),
        ("shift_jis", "shift_jis"),
    ] {
        let folder = shared.join("bad_inputs/encoding_rs");
        let bytes = std::fs::read(folder.join(format!("{name}_in.txt")))?;
        let expected = std::fs::read_to_string(folder.join(format!("{name}_in_ref.txt")))?;
        let mut decoded = intake::decode::Decoded::new(
            Box::new(std::io::Cursor::new(bytes)),
            intake::decode::encoding(label)?,
        );
        let mut text = String::new();
        decoded.read_to_string(&mut text)?;
        let differing = text
            .lines()
            .zip(expected.lines())
            .filter(|(found, wanted)| found != wanted)
            .count();
        assert_eq!(
            (text.lines().count(), differing),
            (expected.lines().count(), 0),
            "{name}"
        );
    }
    Ok(())
}

/// Each naughty string survives a trip through each text form as the text that it is.
#[test]
fn naughty_strings_survive_every_form() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let strings = std::fs::read_to_string(shared.join("bad_inputs/blns/blns.json"))?;
    let strings: Vec<String> = serde_json::from_str(&strings)?;
    assert!(strings.len() > 400);
    let records: Vec<Value> = strings
        .iter()
        .map(|text| serde_json::json!({ "名称": "x", "文本": text }))
        .collect();
    let json = serde_json::to_string(&records)?;
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["名称", "文本"])?;
    for text in &strings {
        writer.write_record(["x", text])?;
    }
    let table = writer.into_inner()?;
    let forms: [(&str, &[u8]); 3] = [
        ("x.json", json.as_bytes()),
        ("x.ndjson", lines.as_bytes()),
        ("x.csv", &table),
    ];
    for (name, bytes) in forms {
        let file = read_with(
            name,
            bytes,
            &ReadOptions {
                encoding: Some("utf-8"),
                ..ReadOptions::default()
            },
        )?;
        let found: Vec<&String> = file.rows.iter().map(|row| &row.cells[1]).collect();
        assert_eq!(found, strings.iter().collect::<Vec<_>>(), "{name}");
    }
    Ok(())
}
