//! Real files from elsewhere, everything detected: form, encoding, delimiter, header, rows.

use crate::support::{files_below, read_path, shared};
use intake::read::{CellState, Format};
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

#[test]
fn every_real_table_is_as_wide_as_its_header() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let folders = [
        "cn_registry_three_formats",
        "lists",
        "legal_forms",
        "er",
        "jp_labour_penalties",
        "cn_public_credit_schemas",
    ];
    let mut read = 0;
    for folder in folders {
        for path in files_below(&shared.join(folder))? {
            let name = path.to_string_lossy().into_owned();
            let table = [".csv", ".tsv", ".json", ".xls"]
                .iter()
                .any(|end| name.ends_with(end));
            if !table {
                continue;
            }
            let file = read_path(&path)?;
            let ragged = file
                .rows
                .iter()
                .filter(|row| row.cells.len() != file.header.len())
                .count();
            let unsound = file
                .rows
                .iter()
                .flat_map(|row| &row.unsound)
                .filter(|(_, state)| *state == CellState::Malformed)
                .count();
            if std::env::var_os("GONGXIN_SHOW").is_some() {
                eprintln!(
                    "{name}: {:?} {:?} rows {} ragged {ragged} unsound {unsound} skipped {:?} header {:?}",
                    file.end.format(),
                    file.end.delimiter(),
                    file.rows.len(),
                    file.end.skipped(),
                    file.header
                );
            }
            assert_eq!(unsound, 0, "{name}");
            assert!(
                file.rows.len() == 1 || file.rows.len() > 20,
                "{name}: {} rows",
                file.rows.len()
            );
            assert!(
                ragged * 50 <= file.rows.len(),
                "{name}: {ragged} ragged rows"
            );
            read += 1;
        }
    }
    assert!(read > 30, "only {read} files");
    Ok(())
}

#[test]
fn the_published_snapshots_are_tables_of_tabs() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let mut snapshots = 0;
    for path in files_below(&shared.join("jp_labour_penalties"))? {
        let file = read_path(&path)?;
        assert_eq!(file.end.delimiter(), Some('\t'), "{}", path.display());
        assert_eq!(file.end.encoding(), Some("UTF-8"));
        assert_eq!(file.end.format(), Format::Csv);
        assert_eq!(file.header[2], "企業・事業場名称", "{}", path.display());
        assert_eq!(file.end.header_row(), 1);
        snapshots += 1;
    }
    assert_eq!(snapshots, 13);
    Ok(())
}
