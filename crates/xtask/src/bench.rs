//! `cargo xtask bench NAME`: a figure beside its peer's, in one run on one machine. Each bench is one
//! function that runs commands and fills a table; this file writes the table, the plot and the raw logs.

pub mod conditions;
pub mod figures;
pub mod growth;
pub mod input;
pub mod m1;
pub mod m10;
pub mod m11;
pub mod m2;
pub mod m3;
pub mod m4;
pub mod m5;
pub mod m6;
pub mod m7;
pub mod m8;
pub mod m9;
pub mod measure;
pub mod plot;
pub mod postgres;
pub mod union;

use figures::Table;
use measure::Bench;
use std::io;
use std::path::Path;

/// A bench by its name.
type Run = fn(&mut Bench) -> io::Result<Table>;

/// Every bench.
const BENCHES: [(&str, Run); 13] = [
    ("m1", m1::run),
    ("m2", m2::run),
    ("m3", m3::run),
    ("m4", m4::run),
    ("m5", m5::run),
    ("m6", m6::run),
    ("m7", m7::run),
    ("m8", m8::run),
    ("m9", m9::run),
    ("m10", m10::run),
    ("m11", m11::run),
    ("growth", growth::run),
    ("union", union::run),
];

/// Names of all benches.
#[must_use]
pub fn names() -> Vec<&'static str> {
    BENCHES.iter().map(|(name, _)| *name).collect()
}

/// Runs one and writes its table, plot and logs into `docs/benchmarks`.
///
/// # Errors
/// When there is no such bench, or one of its commands fails.
pub fn run(root: &Path, name: &str) -> io::Result<()> {
    let (_, act) = BENCHES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| {
            io::Error::other(format!(
                "no bench `{name}`; there are {}",
                names().join(", ")
            ))
        })?;
    let mut bench = Bench::new(root, name)?;
    let start = conditions::Start::now();
    let table = act(&mut bench)?;
    let folder = root.join("docs/benchmarks");
    let text = table.markdown(name, &start.end(root));
    std::fs::write(folder.join(format!("{name}.md")), &text)?;
    std::fs::write(folder.join(format!("{name}.svg")), plot::svg(&table))?;
    println!("{text}");
    Ok(())
}
