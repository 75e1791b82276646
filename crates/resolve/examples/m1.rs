//! The program of the bench: `m1 FILE[+FILE…] CLUSTERS [HELD]` resolves plain tables (no quotes; commas,
//! or tabs where the header has one), writes a cluster a row and prints one JSON line. With `HELD` percent
//! held back, these rows are added one by one afterwards, and the line says whether the batch under the
//! same model is equal. `M1_SHOW=1` tells what the columns were taken for and what was learnt. Pairs above
//! the threshold are written to `CLUSTERS.pairs`.

use resolve::link::{Costs, Resolver, Schema};
use resolve::table::Table;
use std::io::{BufWriter, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (Some(files), Some(out)) = (words.first(), words.get(1)) else {
        return Err("m1 FILE[+FILE…] CLUSTERS [HELD]".into());
    };
    let held: usize = words.get(2).map_or(Ok(0), |percent| percent.parse())?;
    let start = Instant::now();
    let texts: Vec<String> = files
        .split('+')
        .map(std::fs::read_to_string)
        .collect::<Result<_, _>>()?;
    let (header, mark, rows, starts) = read(&texts);
    let first = rows.len() - rows.len() * held / 100;
    let mut table = Table::new(header);
    for (at, row) in rows[..first].iter().enumerate() {
        if starts.contains(&at) {
            table.next_file();
        }
        table.push(row.split(mark));
    }
    let schema = Schema::detect(&table);
    let mut resolver = Resolver::learn(&schema, &table, Costs::default(), 1, 2);
    let learnt = start.elapsed().as_secs_f64();
    for (at, row) in rows.iter().enumerate().skip(first) {
        let cells: Vec<&str> = row.split(mark).collect();
        resolver.add(&cells, at as u64);
    }
    let seconds = start.elapsed().as_secs_f64();
    let used = cpu_seconds();
    for row in &rows[first..] {
        table.push(row.split(mark));
    }
    let clusters = resolver.clusters();
    let equal =
        held == 0 || Resolver::batch(resolver.model().clone(), &table, 2).clusters() == clusters;
    let mut written = BufWriter::new(std::fs::File::create(out)?);
    for cluster in &clusters {
        writeln!(written, "{cluster}")?;
    }
    let mut pairs = BufWriter::new(std::fs::File::create(format!("{out}.pairs"))?);
    let graph = resolver.graph();
    for row in 0..rows.len() as u32 {
        for (other, bits) in graph.linked(row) {
            if other < row && bits > 0.0 {
                writeln!(pairs, "{other} {row}")?;
            }
        }
    }
    if std::env::var_os("M1_SHOW").is_some() {
        show(&resolver);
    }
    let added = seconds - learnt;
    println!(
        "{{\"rows\":{},\"seconds\":{seconds:.3},\"added_seconds\":{added:.3},\"cpu\":{used:.2},\"pairs\":{},\"kept\":{},\"equal\":{equal}}}",
        rows.len(),
        resolver.tally().proposed,
        resolver.tally().kept
    );
    Ok(())
}

/// The header of the first text, the sign between cells, the rows of all and where each text's begin.
fn read(texts: &[String]) -> (Vec<String>, char, Vec<&str>, Vec<usize>) {
    let (mut rows, mut starts, mut header) = (Vec::new(), Vec::new(), "");
    for text in texts {
        let mut lines = text.lines();
        header = lines.next().unwrap_or_default();
        starts.push(rows.len());
        rows.extend(lines);
    }
    let mark = if header.contains('\t') { '\t' } else { ',' };
    let header = header.split(mark).map(str::to_owned).collect();
    (header, mark, rows, starts)
}

/// What each column was taken for, and its weights in bits, level by level.
fn show(resolver: &Resolver) {
    let model = resolver.model();
    eprintln!("prior {:.1}, home {:?}", model.prior, model.home);
    let mut weights = model.columns.iter();
    for (at, column) in model.schema.columns.iter().enumerate() {
        eprint!(
            "{:<20} {:<9} {:<7} {}",
            column.title,
            column.kind.code(),
            column.role.code(),
            column.why
        );
        if model.schema.evidence().contains(&at)
            && let Some(weights) = weights.next()
        {
            let levels = weights.same.iter().zip(&weights.chance);
            for (same, chance) in levels.take(column.kind.levels().len()).skip(1) {
                eprint!(" | {same:.3} {:.1}", (same / chance.max(1e-9)).log2());
            }
        }
        eprintln!();
    }
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
