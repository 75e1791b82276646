//! Links by name over half a million real registrations and a list of taxpayers, with the codes hidden and then
//! used to judge.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran, number};
use std::io;

/// Runs it.
///
/// # Errors
/// When a command fails, or the shared data is not there.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["--workspace", "--bin", "gongxin"])?;
    let shared = bench.root.join("../shared/data");
    let shared = std::env::var("GONGXIN_SHARED_DATA")
        .unwrap_or_else(|_| shared.to_string_lossy().into_owned());
    if !std::path::Path::new(&shared).join("cn_registry").is_dir() {
        return Err(io::Error::other(
            "no registrations: set GONGXIN_SHARED_DATA to the folder that holds cn_registry",
        ));
    }
    let folder = bench.file("");
    let script = |name: &str| format!("docs/benchmarks/peers/union/{name}.py");
    bench.run(
        "prepare",
        &["python3", &script("prepare"), &folder, &shared],
    )?;
    let program = bench.built("gongxin");
    let file = |name: &str| bench.file(name);
    let (union, listed, registered) = (
        file("union.csv"),
        file("listed.csv"),
        file("registered.csv"),
    );
    let (resolved, matched, clusters) =
        (file("resolved.csv"), file("matched.csv"), file("clusters"));
    let resolve = [&program, "resolve", &union, "--out", &resolved];
    let ran = bench.run("resolve", &resolve)?;
    let against = [
        &program,
        "match",
        &listed,
        "--against",
        &registered,
        "--out",
        &matched,
    ];
    let other = bench.run("match", &against)?;
    let last: String = std::fs::read_to_string(&resolved)?
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next())
        .fold(String::new(), |all, cluster| all + cluster + "\n");
    std::fs::write(&clusters, last)?;
    let judge = ["python3", &script("judge"), &folder, &clusters, &matched];
    let judged = bench.run("judge", &judge)?;
    Ok(table(&judged.output, &ran, &other))
}

/// The table from what the judge printed and the two runs.
fn table(judged: &str, resolve: &Ran, matching: &Ran) -> Table {
    let line = |mark: &str| {
        let found = judged.lines().find(|line| line.starts_with(mark));
        found.unwrap_or_default().to_owned()
    };
    let (union, list) = (line("union:"), line("match:"));
    let mut rows = Vec::new();
    for (label, text, ran) in [
        ("clusters of all names", &union, resolve),
        ("the list against the register", &list, matching),
    ] {
        for key in ["precision=", "recall="] {
            let label = format!("{label}: {}", key.trim_end_matches('='));
            let share = number(text, key).unwrap_or(0.0);
            rows.push(Row::ours(&label, vec![share]).memory(ran.memory));
        }
    }
    let clock = format!(
        "{:.0} s for the clusters, {:.0} s for the list, by the clock",
        resolve.seconds, matching.seconds
    );
    Table {
        title: "links by name, judged by hidden codes".to_owned(),
        unit: "share",
        goal: "stated, not promised: names alone link nothing in the platform",
        rows,
        notes: vec![union, list, clock],
    }
}
