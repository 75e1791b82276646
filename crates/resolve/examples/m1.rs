//! The program of the bench: `m1 FILE CLUSTERS [HELD]` resolves a plain table (no quotes), writes a
//! cluster a row and prints one JSON line. With `HELD` percent held back, these rows are added one by one
//! afterwards, and the line says whether the batch under the same model is equal.

use resolve::link::{Costs, Resolver, Schema};
use resolve::table::Table;
use std::io::{BufWriter, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (Some(file), Some(out)) = (words.first(), words.get(1)) else {
        return Err("m1 FILE CLUSTERS [HELD]".into());
    };
    let held: usize = words.get(2).map_or(Ok(0), |percent| percent.parse())?;
    let start = Instant::now();
    let text = std::fs::read_to_string(file)?;
    let mut lines = text.lines();
    let header = lines
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::to_owned)
        .collect();
    let rows: Vec<&str> = lines.collect();
    let first = rows.len() - rows.len() * held / 100;
    let mut table = Table::new(header);
    for row in &rows[..first] {
        table.push(row.split(','));
    }
    let schema = Schema::detect(&table);
    let mut resolver = Resolver::learn(&schema, &table, Costs::default(), 1, 2);
    let learnt = start.elapsed().as_secs_f64();
    for (at, row) in rows.iter().enumerate().skip(first) {
        let cells: Vec<&str> = row.split(',').collect();
        resolver.add(&cells, at as u64);
    }
    let seconds = start.elapsed().as_secs_f64();
    for row in &rows[first..] {
        table.push(row.split(','));
    }
    let clusters = resolver.clusters();
    let before = cpu_seconds();
    let equal =
        held == 0 || Resolver::batch(resolver.model().clone(), &table, 2).clusters() == clusters;
    let checked = cpu_seconds() - before;
    let mut written = BufWriter::new(std::fs::File::create(out)?);
    for cluster in &clusters {
        writeln!(written, "{cluster}")?;
    }
    let added = seconds - learnt;
    let cpu = cpu_seconds() - checked;
    println!(
        "{{\"rows\":{},\"seconds\":{seconds:.3},\"added_seconds\":{added:.3},\"cpu\":{:.2},\"pairs\":{},\"equal\":{equal}}}",
        rows.len(),
        cpu,
        resolver.tally().proposed
    );
    Ok(())
}

/// Seconds of processor time that this process used, in hundredths; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}
