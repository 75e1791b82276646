//! Validates a CSV file against a JSON Schema, a row an object: what one would build of the crates
//! `csv` and `jsonschema`. `m4-peer FILE.csv SCHEMA.json [errors]`; with `errors` it words each fault,
//! as ours does, else it only tells good from bad.

use serde_json::{Map, Value};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let schema = arguments.next().ok_or("which schema?")?;
    let words = arguments.next().is_some();
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(schema)?)?;
    let validator = jsonschema::options().should_validate_formats(true).build(&schema)?;
    let start = Instant::now();
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.headers()?.clone();
    let mut record = csv::StringRecord::new();
    let (mut rows, mut rejected, mut letters) = (0_u64, 0_u64, 0_usize);
    while reader.read_record(&mut record)? {
        let cells = header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let object: Map<String, Value> =
            cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect();
        let object = Value::Object(object);
        let good = if words {
            let before = letters;
            letters += validator.iter_errors(&object).map(|error| error.to_string().len()).sum::<usize>();
            before == letters
        } else {
            validator.is_valid(&object)
        };
        rows += 1;
        rejected += u64::from(!good);
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{{\"rows\":{rows},\"rejected\":{rejected},\"seconds\":{seconds:.3},\"letters\":{letters}}}");
    Ok(())
}
