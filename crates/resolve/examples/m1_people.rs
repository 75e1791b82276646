//! Writes an invented set of people for the bench: `m1_people ROWS SEED MISTAKES REPEATS MISSING
//! COLUMNS FILE TRUTH`. The same words give the same bytes.

#[path = "../tests/it/er_people.rs"]
#[allow(dead_code, missing_docs, unreachable_pub)]
mod er_people;

use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [rows, seed, mistakes, repeats, missing, columns, file, truth] = words.as_slice() else {
        return Err("m1_people ROWS SEED MISTAKES REPEATS MISSING COLUMNS FILE TRUTH".into());
    };
    let set = er_people::people(er_people::Ask {
        rows: rows.parse()?,
        seed: seed.parse()?,
        mistakes: mistakes.parse()?,
        repeats: repeats.parse()?,
        missing: missing.parse()?,
        columns: String::leak(columns.clone()),
    });
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "row_id,{}", set.titles.join(","))?;
    for (at, row) in set.rows.iter().enumerate() {
        writeln!(out, "{at},{}", row.join(","))?;
    }
    let mut out = BufWriter::new(std::fs::File::create(truth)?);
    writeln!(out, "row_id,cluster")?;
    for (at, id) in set.truth.iter().enumerate() {
        writeln!(out, "{at},{id}")?;
    }
    Ok(())
}
